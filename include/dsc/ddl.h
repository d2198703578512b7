/*
 * ddl: what a plan asks of a database, as SQL text. No connection, no state: `schema apply` compares
 * with what is there and runs these statements; `render` prints them for people. Each function
 * appends whole statements that can be run again without effect (IF NOT EXISTS, OR REPLACE, or a DO
 * block that looks first), by psql as they are.
 *
 * Columns that dsc adds, besides those of the plan:
 *   staging    coordinates of Kafka (or dsc_run, dsc_row), __before_COLUMN of keyless datasets, what
 *              ddl_metadata lists; all nullable but the coordinates
 *   live       dsc_deleted timestamptz: when the row was deleted at the source (soft deletes only)
 *   history    dsc_from, dsc_until bigint: the stream's own commit numbers, half-open;
 *              dsc_valid_from, dsc_valid_to timestamptz: when the source committed
 */
#ifndef DSC_DDL_H
#define DSC_DDL_H

#include "dsc/base.h"
#include "dsc/plan.h"

/* What the platform's database needs once: the roles dsc_merge (owns all that dsc makes) and dsc_sink
 * (fills staging), and the schemas. To be run, as all for that database, by a role that may create
 * roles, and schemas in it; it becomes a member of dsc_merge. Whoever merges is granted dsc_merge, the
 * sinks' user dsc_sink. */
void ddl_platform(struct buf *out);

/* The stream's staging tables with their fixed twins, those of its feeds, live and history tables. */
void ddl_tables(struct buf *out, const struct plan *plan);

/* The stream's views in its workspaces' schemas, with their roles and grants. A view of live shows the
 * dataset's columns and dsc_deleted, one of history valid_from and valid_to (under their own names
 * dsc_valid_from and dsc_valid_to where the dataset has a column called so). */
void ddl_views(struct buf *out, const struct plan *plan);

/* The columns that a sink fills besides the dataset's own (its field.include.list names them). */
struct ddl_column {
    const char *name, *type;
};
const struct ddl_column *ddl_metadata(size_t *n);

/* What the producer's DBA runs at a PostgreSQL source, for all stores captured from it. */
struct ddl_source {
    const char *container; /* for the heading */
    const char *database;  /* the script refuses to run in another; NULL: in any */
};

struct ddl_store { /* one store on one platform */
    const char *platform, *store;
    const char *credential;
    const char *role; /* psql variable with the role's name: NAME_PSQL_VARIABLE */
    const char *schema, *slot, *publication; /* NULL: captured by SQL, which needs rights only */
    bool signal_truncates; /* false where captured by SQL */
    struct ddl_source_table {
        const char *schema, *table, *dataset;
        bool keyless; /* needs REPLICA IDENTITY FULL */
    } *tables;
    size_t n_tables;
};

/* A script for psql: role (without a password, where it is missing) and rights, schema, heartbeat with
 * the source's identity, signal table and triggers, publication. It first checks that each table is
 * there and can be replicated, since a publication would break the updates of one that cannot. */
void ddl_source(struct buf *out, const struct ddl_source *source, const struct ddl_store *stores,
                size_t n);

/* The connector's heartbeat.action.query: renews the heartbeat row with the source's identity. */
void ddl_heartbeat_query(struct buf *out, const char *schema);

#endif
