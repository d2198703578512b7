/*
 * base: memory, strings, containers, diagnostics, files. Level 0: uses libc and libcrypto only.
 *
 * Failure has three idioms, everywhere in dsc:
 *   the user's mistake   a diagnostic (diag_add), and go on;
 *   the environment      env_error() where it happens, `false` upward;
 *   a bug, no memory     abort() with a message.
 */
#ifndef DSC_BASE_H
#define DSC_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRINTF(text, first) __attribute__((format(printf, text, first)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A bug, or no memory: says so on standard error and aborts. */
_Noreturn void fatal(const char *format, ...) PRINTF(1, 2);

/* ---- memory ---------------------------------------------------------------------------------
 * One arena per run, a scratch arena per step, reset after it; nothing is freed by itself.
 * Debug builds (DSC_DEBUG_ARENA) give every allocation its own malloc, so that sanitizers see
 * overruns. Out of memory aborts. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */
void arena_reset(struct arena *arena); /* everything allocated so far is gone */

/* Zeroed, aligned for any type; size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* Grows an allocation made by this arena; the new tail is zeroed. `old` may be NULL. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);

char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) PRINTF(2, 0);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/* ---- vectors: VEC(struct column *) columns; vec_push(arena, &columns, column); ----------------
 * Zero-initialised is empty. Items live in the arena that grew them. */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *v;                                                                                   \
        size_t n, cap;                                                                             \
    }

#define vec_push(arena, vec, ...)                                                                  \
    do {                                                                                           \
        if ((vec)->n == (vec)->cap)                                                                \
            (vec)->v = vec_more((arena), (vec)->v, &(vec)->cap, sizeof(*(vec)->v));                \
        (vec)->v[(vec)->n++] = (__VA_ARGS__);                                                      \
    } while (0)

void *vec_more(struct arena *arena, void *items, size_t *cap, size_t item_size);

/* ---- interned strings: equal text is the same pointer, so that equality is ==. ----------------
 * Sorting uses the text (strcmp), never addresses. */
struct strings;

struct strings *strings_new(struct arena *arena);
const char *intern(struct strings *strings, const char *text);
const char *intern_n(struct strings *strings, const char *text, size_t length);
/* The interned copy if there is one, else NULL; adds nothing. */
const char *intern_find(const struct strings *strings, const char *text, size_t length);

/* ---- a map from a pair of pointers (compared by identity; only the second may be NULL) to a
 * pointer. */
struct map;

struct map *map_new(struct arena *arena);
void *map_get(const struct map *map, const void *key, const void *key2); /* NULL if absent */
/* Returns the value that was there before, which stays (NULL: it was absent and is now set). */
void *map_add(struct map *map, const void *key, const void *key2, void *value);
void map_set(struct map *map, const void *key, const void *key2, void *value);
size_t map_count(const struct map *map);

/* ---- a growing byte buffer, on malloc since it outlives arenas; NUL-terminated after each put. */
struct buf {
    char *data;
    size_t len, cap;
};

void buf_put(struct buf *buf, const void *bytes, size_t length);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_fill(struct buf *buf, char c, size_t times);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list arguments) PRINTF(2, 0);
void buf_clear(struct buf *buf); /* keeps the memory */
void buf_free(struct buf *buf);

/* ---- text ------------------------------------------------------------------------------------ */
/* The word of `words` nearest to `text` by edit distance, where near enough to be what was meant
 * (distance at most a third of the length), else NULL: "did you mean …". Ties: the first. */
const char *text_nearest(const char *text, const char *const *words, size_t n);

/* Bytes of the valid UTF-8 sequence at `text` (1 to 4), 0 where it is not valid (RFC 3629). */
size_t utf8_length(const char *text, size_t available);

/* Appends a time of `seconds` as the language writes it, in the largest unit that says it exactly: 90s
 * 5m 4h 30d 12w 5y. */
void text_put_duration(struct buf *buf, int64_t seconds);

/* ---- places and diagnostics -------------------------------------------------------------------- */
struct span {
    uint32_t file; /* index into diags.files, from 1; 0: no place */
    uint32_t line; /* from 1 */
    uint16_t col;  /* from 1, in bytes */
    uint16_t len;  /* bytes to underline, at least 1 */
};

enum severity { SEV_OFF, SEV_NOTE, SEV_WARNING, SEV_ERROR };

const char *severity_name(enum severity severity);

struct diag_related {
    struct span span;
    const char *text; /* "first defined here" */
};

struct diag {
    const char *rule; /* id: words with hyphens, never reused */
    enum severity severity;
    struct span span;
    const char *text;
    const char *hint; /* what to do; NULL: none */
    VEC(struct diag_related) related;
};

struct diag_file {
    const char *path;  /* as the user would write it */
    const char *bytes; /* the text in memory, or NULL: read `path` again to show a line of it */
    size_t size;
};

/* Everything found in one run: collected, sorted (file, line, column, rule, text), printed once. */
struct diags {
    struct arena *arena;
    VEC(struct diag_file) files;
    VEC(struct diag *) all;
};

void diags_init(struct diags *diags, struct arena *arena);
uint32_t diags_add_file(struct diags *diags, const char *path, const char *bytes, size_t size);
const char *diags_path(const struct diags *diags, struct span span); /* "" for no place */

struct diag *diag_add(struct diags *diags, const char *rule, enum severity severity,
                      struct span span, const char *format, ...) PRINTF(5, 6);
void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...) PRINTF(3, 4);
void diag_relate(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
    PRINTF(4, 5);

/* Sorts, by file name and never by file index, and drops exact repetitions. */
void diags_sort(struct diags *diags);
size_t diags_count(const struct diags *diags, enum severity severity);

/* The source lines of diagnostics. Asked for in the order of diags_sort, each file is read once. */
struct diag_lines {
    const struct diags *diags; /* set by the caller; all else begins as 0 */
    void *stream;              /* of the file, where it was left */
    uint32_t file, line;       /* what is in `text` */
    char *text;                /* without the line's end */
    size_t length, room;
};

/* Whether there is a line at `span` (a file that is gone by now has none): it is in lines->text then. */
bool diag_lines_find(struct diag_lines *lines, struct span span);
void diag_lines_close(struct diag_lines *lines);

/* ---- the environment ----------------------------------------------------------------------------
 * Prints "dsc: TEXT" on standard error. Say what was being done, on what, and what to do next.
 * Returns false, so that a caller can `return env_error(…)`. */
bool env_error(const char *format, ...) PRINTF(1, 2);

/* True once SIGINT or SIGTERM came (signals_install): long work stops at the next safe point. The
 * second such signal ends the process at once. SIGPIPE ends it in silence, whatever the parent left
 * set (`dsc lint | head`); a file that grows past the limit is an error (EFBIG), not a signal. */
void signals_install(void);
bool interrupted(void);

/* ---- sums -------------------------------------------------------------------------------------- */
#define SHA256_HEX 65 /* 64 digits and NUL */
void sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX]);

struct sha256;
struct sha256 *sha256_begin(void);
void sha256_add(struct sha256 *sha, const void *bytes, size_t length);
void sha256_end(struct sha256 *sha, char out[SHA256_HEX]); /* frees it */

/* The UUID of version 3 that Java's UUID.nameUUIDFromBytes makes of these bytes, in its usual form. */
#define UUID_TEXT 37 /* 32 digits, 4 hyphens and NUL */
void uuid_of_bytes(const void *bytes, size_t length, char out[UUID_TEXT]);

/* ---- files: each reports its failure with env_error and returns false ---------------------------- */
/* Reads the whole file, appending to `out`; refuses more than `limit` bytes (0: no limit), and what
 * is no regular file. */
bool file_read(const char *path, size_t limit, struct buf *out);
/* The SHA-256 of a regular file, which may be of any size. */
bool file_sha256(const char *path, char out[SHA256_HEX]);
/* Writes beside, syncs, renames: `path` is the old file or the new one, never half of either. The
 * mode of an existing file stays; a symbolic link stays, and what it leads to is replaced. */
bool file_write(const char *path, const void *bytes, size_t length);
bool file_exists(const char *path);
bool dir_make(const char *path); /* with its parents; existing is fine */
bool dir_remove(const char *path); /* and all below it; absent is fine; never follows links */

/* Names in a directory, sorted by bytes, without . and ..; `kind` is 'd', 'f' or '?' (other). */
struct dir_entry {
    const char *name;
    char kind;
};
struct dir_list {
    VEC(struct dir_entry) entries;
};
bool dir_read(struct arena *arena, const char *path, struct dir_list *out);

/* A folder that is written as a whole: files go into a fresh folder beside `path`, which is synced
 * and then exchanged with the old one (renameat2), so that a failed run leaves the old one. Only the
 * first failure of a swap is reported (an interruption is one); every later call returns false. */
struct swap;

/* Makes the fresh folder, and the parents of `path`; removes those that killed runs left. NULL: could
 * not. `path` must not be a file. */
struct swap *swap_begin(struct arena *arena, const char *path);
/* `name` is relative, may hold folders, never `..`, comes once; directories are made as needed. */
bool swap_write(struct swap *swap, const char *name, const void *bytes, size_t length);
/* Adds to the end of a file that swap_write began. */
bool swap_append(struct swap *swap, const char *name, const void *bytes, size_t length);
bool swap_commit(struct swap *swap);
/* Removes what was begun. To be called at the end in any case: after a commit it only cleans up; NULL
 * is fine. */
void swap_abort(struct swap *swap);

#endif
