/* schema: what the parts of the module share. */
#ifndef DSC_SCHEMA_INTERNAL_H
#define DSC_SCHEMA_INTERNAL_H

#include "dsc/schema.h"

enum comparison {
    COMPARED_NOT, /* the catalogue could not be read; it was said */
    COMPARED_NARROWER,
    COMPARED_EQUAL,
    COMPARED_MISSING, /* tables or views: ddl makes them */
    COMPARED_ALTERED  /* columns: the statements were appended */
};

/* Compares a plan's tables with the catalogue. Columns to be added, and types to be widened, are
 * appended to `sql`; to `views` that the plan's views go, since neither what a view shows, nor a
 * type that it shows, can be changed under it. */
enum comparison schema_compare(struct arena *arena, struct pg *pg, const struct plan *plan,
                               struct buf *views, struct buf *sql);

/* Whether every value of a column of type `from` is one of type `to`, both as format_type() prints
 * them. */
bool schema_widens(const char *from, const char *to);

#endif
