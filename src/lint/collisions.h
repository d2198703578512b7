/* The rule that physical names do not collide. */
#ifndef DSC_LINT_COLLISIONS_H
#define DSC_LINT_COLLISIONS_H

#include "rules.h"

/* Of LINT_MODEL. */
void check_name_collisions(struct lint *lint, const void *object);

#endif
