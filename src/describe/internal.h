/* What the files of the describe module share. */
#ifndef DESCRIBE_INTERNAL_H
#define DESCRIBE_INTERNAL_H

#include "dsc/describe.h"
#include "dsc/doc.h"

/* Whether the name of such an entity, its first field, is the key that it stands under. */
bool named_by_key(const struct kind *kind);

/* The field that a scalar or list in place of the whole mapping is; or NULL. */
const struct field *short_form(const struct kind *kind);

#endif
