/*
 * schema: brings the platform's database to what plans ask of it, and keeps the plans there.
 *
 * Schema `dsc` (src/schema/dsc.sql) is versioned: a program refuses one that is newer than its own.
 */
#ifndef DSC_SCHEMA_H
#define DSC_SCHEMA_H

#include "dsc/pg.h"
#include "dsc/plan.h"

enum { SCHEMA_VERSION = 1 };

/* A plan with its text, which is what is stored. */
struct schema_plan {
    const struct plan *plan;
    const char *text;
};

/* Reads every *.json of a folder, in the order of their names, or one file. */
struct schema_plans {
    VEC(struct schema_plan) v;
};
bool schema_read_plans(struct arena *arena, const char *path, struct schema_plans *out);

enum schema_outcome {
    SCHEMA_FAILED,  /* the environment; it was said */
    SCHEMA_REFUSED, /* a table holds what the plan would narrow; it was said */
    SCHEMA_NOTHING, /* all was there */
    SCHEMA_APPLIED
};

/* Compares the plans with the catalogue, which takes no lock on any table, and in the same
 * transaction makes what is missing. The statements are appended to `sql`; with `dry_run` that is
 * all that happens. */
enum schema_outcome schema_apply(struct arena *arena, struct pg *pg,
                                 const struct schema_plan *plans, size_t n, bool dry_run,
                                 struct buf *sql);

/* Sees that schema `dsc` is there and of this program's version. */
bool schema_check(struct pg *pg, const char *doing);

/* The stored plan of a stream; NULL after env_error. */
const struct plan *schema_stored_plan(struct arena *arena, struct pg *pg, const char *stream);

/* The names of all streams, sorted. */
struct schema_streams {
    VEC(const char *) v;
};
bool schema_list_streams(struct arena *arena, struct pg *pg, struct schema_streams *out);

#endif
