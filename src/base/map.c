/* A map from pairs of pointers: open addressing, never more than half full. */
#include "internal.h"

struct slot {
    const void *key; /* NULL: free */

    const void *key2;

    void *value;
};

struct map {
    struct arena *arena;

    struct slot *slots;

    size_t n, size; /* size is a power of two */
};

struct map *map_new(struct arena *arena)
{
    struct map *map = ARENA_NEW(arena, struct map);

    map->arena = arena;
    map->size = 16;
    map->slots = arena_alloc(arena, map->size * sizeof(*map->slots));
    return map;
}

/* The slot that holds the pair, or the free one where it belongs. */
static struct slot *lookup(const struct map *map, const void *key, const void *key2)
{
    const void *pair[] = {key, key2};

    if (!key)
        fatal("a map was asked for the key NULL");
    for (size_t i = hash_bytes((const char *)pair, sizeof(pair));; i++) {
        struct slot *slot = &map->slots[i & (map->size - 1)];

        if (!slot->key || (slot->key == key && slot->key2 == key2))
            return slot;
    }
}

void *map_get(const struct map *map, const void *key, const void *key2)
{
    return lookup(map, key, key2)->value;
}

static void enlarge(struct map *map)
{
    const struct slot *old = map->slots;
    size_t old_size = map->size;

    map->size = 2 * old_size;
    map->slots = arena_alloc(map->arena, map->size * sizeof(*map->slots));
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].key)
            *lookup(map, old[i].key, old[i].key2) = old[i];
    }
}

static void fill(struct map *map, struct slot *slot, struct slot with)
{
    bool is_new = !slot->key;

    *slot = with;
    map->n += is_new;
    if (map->n > map->size / 2)
        enlarge(map);
}

void *map_add(struct map *map, const void *key, const void *key2, void *value)
{
    struct slot *slot = lookup(map, key, key2);

    if (slot->key)
        return slot->value;
    fill(map, slot, (struct slot){key, key2, value});
    return NULL;
}

void map_set(struct map *map, const void *key, const void *key2, void *value)
{
    fill(map, lookup(map, key, key2), (struct slot){key, key2, value});
}

size_t map_count(const struct map *map)
{
    return map->n;
}
