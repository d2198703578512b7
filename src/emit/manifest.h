/* MANIFEST.json: who wrote a folder, from what, and what it held. */
#ifndef DSC_EMIT_MANIFEST_H
#define DSC_EMIT_MANIFEST_H

#include "dsc/doc.h"
#include "dsc/emit.h"

#define MANIFEST_NAME "MANIFEST.json"

struct manifest_file {
    const char *path; /* below the folder */

    char sha256[SHA256_HEX];

    size_t size;
};

struct manifest {
    VEC(struct manifest_file *) files;
};

/* Appends the manifest of a folder, and sorts its files. `revision` may be NULL. */
void manifest_write(struct buf *out, struct manifest *manifest, const struct emission *emission,
                    enum emit_folder folder, const char *revision);

/* Whether `folder` may be replaced: it is absent, empty, or holds exactly what its manifest lists.
 * If not, says what differs and what to do; false also where it cannot be read. */
bool manifest_check(struct arena *arena, const char *folder);

#endif
