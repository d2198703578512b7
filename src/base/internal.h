/* What base's own files share. */
#ifndef DSC_BASE_INTERNAL_H
#define DSC_BASE_INTERNAL_H

#include "dsc/base.h"

/* malloc and realloc that do not fail. */
void *memory_new(size_t size);
void *memory_resize(void *old, size_t size);

/* Room for `more` further bytes and a NUL. */
void buf_reserve(struct buf *buf, size_t more);

/* A well-mixed hash of bytes; the seed is fixed, and no caller lets the order of hashes show. */
uint64_t hash_bytes(const char *bytes, size_t length);

/* The path without trailing slashes; path_resolve: and with links followed where it exists, so that
 * a rename replaces what a link leads to and not the link. */
char *path_trim(struct arena *arena, const char *path);
char *path_resolve(struct arena *arena, const char *path);

/* Where the last component of a path begins. */
size_t path_name(const char *path);

/* The folder that holds it: with its slash, or ".". */
const char *path_parent(struct arena *arena, const char *path);

/* ".NAME.WORD-PID-N" beside the resolved `path`: temporary names of this process. */
char *path_beside(struct arena *arena, const char *path, const char *word, unsigned n);

/* Syncs the folder that holds `path`, so that a rename in it lasts; false with errno set. */
bool sync_parent(struct arena *arena, const char *path);

/* Writes all the bytes; false with errno set. */
bool fd_write(int fd, const void *bytes, size_t length);

#endif
