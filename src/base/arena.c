/* Memory that is given back all at once: a list of chunks, filled from the front. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* With a chunk size of 0 every allocation gets a chunk, hence a malloc, of its own. */
#ifdef DSC_DEBUG_ARENA
enum { CHUNK_SIZE = 0 };
#else
enum { CHUNK_SIZE = 256 * 1024 };
#endif

/* An arena of many chunks goes on in huge pages: the first touch of each small page, a fault, costs
 * more than all that is then written to it. */
enum { HUGE_SIZE = 2 * 1024 * 1024, FEW_CHUNKS = 8 };

enum { ALIGNMENT = _Alignof(max_align_t) };

struct chunk {
    struct chunk *next;

    size_t size, used; /* bytes of data */

    _Alignas(max_align_t) char data[];
};

struct arena {
    struct chunk *chunks; /* the first is the one being filled */

    char *last; /* the newest allocation, which can grow in place, and the chunk it lies in */

    struct chunk *last_chunk;

    size_t n_chunks;
};

void *memory_resize(void *old, size_t size)
{
    void *new = realloc(old, size ? size : 1);

    if (!new)
        fatal("out of memory, asking for %zu bytes", size);
    return new;
}

void *memory_new(size_t size)
{
    return memory_resize(NULL, size);
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_new(sizeof(*arena));

    *arena = (struct arena){0};
    return arena;
}

void arena_reset(struct arena *arena)
{
    struct chunk *keep = NULL;

    for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        if (!keep && CHUNK_SIZE > 0 && chunk->size == CHUNK_SIZE) {
            keep = chunk;
            keep->used = 0;
            keep->next = NULL;
        } else {
            free(chunk);
        }
    }
    *arena = (struct arena){.chunks = keep};
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    free(arena->chunks);
    free(arena);
}

/* Where the next allocation of the chunk may begin. */
static size_t aligned_end(const struct chunk *chunk)
{
    return (chunk->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static struct chunk *chunk_new(size_t room)
{
    struct chunk *chunk = memory_new(sizeof(*chunk) + room);

    *chunk = (struct chunk){.size = room};
    return chunk;
}

static struct chunk *chunk_new_huge(void)
{
    struct chunk *chunk = aligned_alloc(HUGE_SIZE, HUGE_SIZE);

    if (!chunk)
        fatal("out of memory, asking for %d bytes", HUGE_SIZE);
    madvise(chunk, HUGE_SIZE, MADV_HUGEPAGE); /* where there are none, small pages do */
    *chunk = (struct chunk){.size = HUGE_SIZE - sizeof(*chunk)};
    return chunk;
}

static struct chunk *chunk_add(struct arena *arena, size_t size)
{
    bool own = size > CHUNK_SIZE / 4 || CHUNK_SIZE == 0;
    struct chunk *chunk;

    if (size > SIZE_MAX / 2)
        fatal("out of memory, asking for %zu bytes", size);
    if (own)
        chunk = chunk_new(size);
    else if (arena->n_chunks++ < FEW_CHUNKS)
        chunk = chunk_new(CHUNK_SIZE);
    else
        chunk = chunk_new_huge();
    if (own && arena->chunks) { /* what is left of the first chunk stays in use */
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
    } else {
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    return chunk;
}

static void *take(struct arena *arena, size_t size)
{
    struct chunk *chunk = arena->chunks;

    if (!chunk || aligned_end(chunk) > chunk->size || chunk->size - aligned_end(chunk) < size ||
        CHUNK_SIZE == 0)
        chunk = chunk_add(arena, size);
    size_t begin = aligned_end(chunk);
    chunk->used = begin + size;
    arena->last_chunk = chunk;
    arena->last = chunk->data + begin;
    return arena->last;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

/* Lengthens the newest allocation where it lies, if its chunk has room. */
static bool grow_in_place(struct arena *arena, const void *old, size_t size)
{
    struct chunk *chunk = arena->last_chunk;

    if (old != arena->last)
        return false;
    size_t begin = (size_t)(arena->last - chunk->data);
    if (chunk->size - begin < size)
        return false;
    chunk->used = begin + size;
    return true;
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (new_size <= old_size && old)
        return old;
    if (!old)
        return arena_alloc(arena, new_size);
    char *new = old;
    if (!grow_in_place(arena, old, new_size)) {
        new = take(arena, new_size);
        memcpy(new, old, old_size);
#ifdef DSC_DEBUG_ARENA
        memset(old, 0xdd, old_size); /* whoever kept the old place reads nonsense at once */
#endif
    }
    memset(new + old_size, 0, new_size - old_size);
    return new;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1);

    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        fatal("cannot format \"%s\"", format);
    char *text = take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

void *vec_more(struct arena *arena, void *items, size_t *cap, size_t item_size)
{
    size_t old = *cap;

    *cap = old ? 2 * old : 8;
    return arena_grow(arena, items, old * item_size, *cap * item_size);
}
