/*
 * describe: what the field tables alone are good for. Nothing here knows an entity by name.
 */
#ifndef DSC_DESCRIBE_H
#define DSC_DESCRIBE_H

#include "dsc/model.h"

/* The whole model in its long form, as documents in the order of model.h: what was written, and the
 * fallbacks that hold elsewhere. Loaded again it gives the same model (and hash). */
void describe_model_yaml(struct buf *out, const struct model *model);

/* The language as a JSON Schema, for completion in editors (docs/model.schema.json). */
void describe_schema_json(struct buf *out);

/* The language's reference documentation (docs/reference.md). */
void describe_reference_markdown(struct buf *out);

/* What columns become at each place, type by type (docs/types.md). */
void describe_types_markdown(struct buf *out);

#endif
