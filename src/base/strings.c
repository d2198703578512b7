/* Interned strings: one open-addressing table of pointers into the arena. */
#include "internal.h"

#include <string.h>

struct entry {
    const char *text; /* NULL: free */

    uint64_t hash;

    size_t length;
};

struct strings {
    struct arena *arena;

    struct entry *entries;

    size_t n, size; /* size is a power of two */
};

uint64_t hash_bytes(const char *bytes, size_t length)
{
    const uint64_t odd =
        0x9e3779b97f4a7c15u; /* 2^64 over the golden ratio: no pattern in its bits */
    uint64_t hash = length * odd;

    while (length) {
        uint64_t word = 0;
        size_t step = length < sizeof(word) ? length : sizeof(word);

        memcpy(&word, bytes, step);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
        bytes += step;
        length -= step;
    }
    return hash;
}

struct strings *strings_new(struct arena *arena)
{
    struct strings *strings = ARENA_NEW(arena, struct strings);

    strings->arena = arena;
    strings->size = 64;
    strings->entries = arena_alloc(arena, strings->size * sizeof(*strings->entries));
    return strings;
}

/* The entry that holds the text, or the free one where it belongs. */
static struct entry *lookup(const struct strings *strings, uint64_t hash, const char *text,
                            size_t length)
{
    for (size_t i = hash;; i++) {
        struct entry *entry = &strings->entries[i & (strings->size - 1)];

        if (!entry->text || (entry->hash == hash && entry->length == length &&
                             memcmp(entry->text, text, length) == 0))
            return entry;
    }
}

static void enlarge(struct strings *strings)
{
    const struct entry *old = strings->entries;
    size_t old_size = strings->size;

    strings->size = 2 * old_size;
    strings->entries = arena_alloc(strings->arena, strings->size * sizeof(*strings->entries));
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].text)
            *lookup(strings, old[i].hash, old[i].text, old[i].length) = old[i];
    }
}

const char *intern_n(struct strings *strings, const char *text, size_t length)
{
    uint64_t hash = hash_bytes(text, length);
    struct entry *entry = lookup(strings, hash, text, length);

    if (entry->text)
        return entry->text;
    const char *copy = arena_strndup(strings->arena, text, length);
    *entry = (struct entry){.text = copy, .hash = hash, .length = length};
    strings->n++;
    if (strings->n > strings->size / 2)
        enlarge(strings);
    return copy;
}

const char *intern(struct strings *strings, const char *text)
{
    return intern_n(strings, text, strlen(text));
}

const char *intern_find(const struct strings *strings, const char *text, size_t length)
{
    return lookup(strings, hash_bytes(text, length), text, length)->text;
}
