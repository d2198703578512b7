/* What an unchanged large value arrives as in a staging column. */
#ifndef DSC_EMIT_PLACEHOLDER_H
#define DSC_EMIT_PLACEHOLDER_H

#include "dsc/base.h"

/* The placeholder `text` as a literal of SQL, as Debezium puts it into a column of this type; NULL:
 * a value of it is never left out. Rule of Debezium 3.6 (UnchangedToastedPlaceholder). */
const char *placeholder_literal(struct arena *arena, const char *staging_type, const char *text);

#endif
