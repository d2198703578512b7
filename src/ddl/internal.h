/* ddl: what the parts of the module share. */
#ifndef DSC_DDL_INTERNAL_H
#define DSC_DDL_INTERNAL_H

#include "dsc/ddl.h"

/* Appends an embedded file of this folder. */
void ddl_put_file(struct buf *out, const char *path);

#endif
