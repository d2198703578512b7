/*
 * embedded: the files that the program carries (templates, SQL, the starter model). Level 0.
 *
 * Which files these are is decided by CMakeLists.txt (dsc_embed); src/embedded/embed.cmake writes
 * them as C.
 */
#ifndef DSC_EMBEDDED_H
#define DSC_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path; /* in the repository: "templates/airflow/Dockerfile" */

    const char *text; /* any bytes; a NUL follows the last one */

    size_t size; /* without that NUL */
};

/* All of them, sorted by path; their number goes to *count. */
const struct embedded *embedded_list(size_t *count);

/* The file of exactly this path, or NULL. */
const struct embedded *embedded_find(const char *path);

#endif
