/* Java's properties files. */
#ifndef DSC_EMIT_PROPERTIES_H
#define DSC_EMIT_PROPERTIES_H

#include "dsc/doc.h"

/* The members of a map of strings as lines NAME=VALUE that java.util.Properties reads back as they
 * were. Names hold no blank and no mark of the format. The text is in the arena. */
const char *properties_text(struct arena *arena, const struct doc *map);

#endif
