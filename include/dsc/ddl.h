/*
 * ddl: what a plan asks of a database, as SQL text. No connection, no state: `schema apply` compares
 * with what is there and runs these statements; `render` prints them for people.
 */
#ifndef DSC_DDL_H
#define DSC_DDL_H

#include "dsc/base.h"
#include "dsc/plan.h"

/* Each appends whole statements, one idempotent statement per object (IF NOT EXISTS, OR REPLACE, or a
 * DO block that looks first), that psql runs as they are. */

/* What the platform's database needs once: schemas, roles, their search paths and defaults. */
void ddl_platform(struct buf *out);

/* The stream's staging tables with their fixed twins, heartbeat, signal, transaction and notification
 * tables, live and history tables. */
void ddl_tables(struct buf *out, const struct plan *plan);

/* The stream's views in its workspaces' schemas, with their roles and grants. */
void ddl_views(struct buf *out, const struct plan *plan);

/* What the producer's DBA runs at the source of the streams whose source is this container. */
struct ddl_source {
    const char *container;   /* for the heading */
    const char *type;        /* "postgres" */
    const char *database;    /* or NULL */
};
struct ddl_publication { /* one store on one platform */
    const char *platform, *store;
    int64_t incarnation;
    const char *role;        /* that replicates: what the credential's user is, as a psql variable name */
    const char *slot, *publication, *schema; /* physical names; schema of heartbeat and signal */
    bool signal_truncates;
    struct ddl_source_table {
        const char *schema, *table, *dataset;
        bool keyless;        /* needs REPLICA IDENTITY FULL */
    } *tables;
    size_t n_tables;
};
/* A script for psql: role and rights, schema, heartbeat (with the source's identity), signal table and
 * triggers, publication; reads the role's password from nowhere: the DBA sets it. */
void ddl_source(struct buf *out, const struct ddl_source *source,
                const struct ddl_publication *publications, size_t n);

#endif
