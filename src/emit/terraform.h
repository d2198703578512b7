/* What the pipeline's module and the root module share. */
#ifndef DSC_EMIT_TERRAFORM_H
#define DSC_EMIT_TERRAFORM_H

#include "dsc/doc.h"

/* A block in `parent`, with up to two labels; NULL: none. */
struct doc *terraform_block(struct arena *arena, struct doc *parent, const char *type,
                            const char *label, const char *second);

/* The versions of Terraform and of the providers, into a block `terraform`. */
void terraform_requirements(struct arena *arena, struct doc *terraform);

#endif
