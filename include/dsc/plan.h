/*
 * plan: the merge plan of a stream: all that the engines (schema apply, ingest, merge, rewind) need to
 * know, and nothing of the model. `render` writes it as JSON to plans/STREAM.json; `schema apply`
 * stores it in the platform's database. src/plan/table.c describes every member once; reading, writing
 * and the JSON Schema in docs/plan.schema.json are driven by it. Physical names only; no secrets.
 */
#ifndef DSC_PLAN_H
#define DSC_PLAN_H

#include "dsc/base.h"

enum { PLAN_FORMAT = 1 }; /* a reader refuses a newer format */

enum plan_promise {     /* what the engine promises of the stream */
    PLAN_TRANSACTIONAL, /* whole commits of the source, all datasets at the same one */
    PLAN_CONVERGENT,    /* each row in the end equals the source's */
    PLAN_RUNS           /* SQL captures and transformers: whole runs, one after the other */
};

enum plan_capture {
    PLAN_CDC,
    PLAN_KAFKA,
    PLAN_SQL_SNAPSHOT,
    PLAN_SQL_WATERMARK,
    PLAN_SQL_QUERY,
    PLAN_TRANSFORMER
};

enum plan_priority { PLAN_LOW, PLAN_MEDIUM, PLAN_HIGH, PLAN_CRITICAL };
enum plan_deletes { PLAN_HARD, PLAN_SOFT };
enum plan_truncate { PLAN_TRUNCATE_REFUSE, PLAN_TRUNCATE_SIGNAL };
enum plan_quarantine { PLAN_QUARANTINE_STOP, PLAN_QUARANTINE_SET_ASIDE };
enum plan_shows { PLAN_SHOWS_LIVE, PLAN_SHOWS_HISTORY };

struct plan_address {
    const char *container; /* DSC_<CONTAINER>_HOST and _PORT override host and port */
    const char *host;
    int64_t port;
    const char *database;        /* NULL: it has none */
    const char *tls;             /* libpq's sslmode */
    const char *ca;              /* credential of type ca_bundle, or NULL */
    const char *credential;      /* its name, or NULL */
    const char *credential_type; /* user_password, client_certificate …, or NULL */
};

struct plan_table { /* of the platform's database, unquoted */
    const char *schema, *name;
};

/* One incarnation of the source: one slot, one topic prefix, one snapshot. */
struct plan_incarnation {
    int64_t number;
    const char *prefix; /* topic prefix; NULL where the producer has none */
    bool draining;      /* an earlier one, whose topics are still being merged */
};

struct plan_topic { /* what fills a staging table in one incarnation */
    int64_t incarnation;
    const char *topic;
    const char *connector; /* the sink's name, for rewind */
};

struct plan_feed { /* one of dsc's own topics of a stream */
    struct plan_table staging;
    struct plan_topic *topics;
    size_t n_topics;
};

/* Where a staging row has its place: SQL expressions on its columns. */
struct plan_order {
    const char *commit; /* rises from commit to commit; its NULL comes first */
    const char *change; /* rises within a transaction, or (convergent) within a partition */
    /* Transactional streams only, else NULL: what a row and the END of its transaction share, and
     * on a row of the transaction table also what rises from END to END. */
    const char *transaction;
    const char *end_transaction;
    const char *end_commit;
};

struct plan_column {
    const char *name;         /* at the source, in staging, live and history alike */
    const char *type;         /* in live and history, as format_type() prints it */
    const char *staging_type; /* in staging, as the sink fills it */
    int64_t key;              /* place in the key from 1; 0: not in it */
    const char *placeholder;  /* literal of staging_type that means "unchanged"; NULL: never comes */
    const char *fallback;     /* text of the value of rows older than the column; NULL: null */
};

struct plan_view {
    struct plan_table view;
    enum plan_shows shows;
    const char *workspace; /* for messages */
    const char *role;      /* that may select from it */
};

/* Without a column in the key it is keyless: before.* is staged too. Kept neither live nor in history
 * it is staged only for the sake of transactions that touch it. */
struct plan_dataset {
    const char *name;
    const char *source_schema; /* NULL where it is none of a database */
    const char *source_table;  /* NULL where there is a query instead, or no database */
    enum plan_deletes deletes;
    struct plan_table staging;
    struct plan_table sealed;   /* the twin of staging */
    struct plan_table *live;    /* NULL: not kept */
    struct plan_table *history; /* NULL: not kept */
    int64_t retention;          /* of history in seconds; 0: for ever */
    const char *watermark;      /* column, for captures by watermark */
    const char *query;          /* for captures by query */
    struct plan_topic *topics;  /* none for captures by SQL */
    size_t n_topics;
    struct plan_column *columns;
    size_t n_columns;
    struct plan_view *views;
    size_t n_views;
};

struct plan_role { /* of a workspace: nologin, select on its views, granted to its readers */
    const char *role;
    const char *schema; /* of its views */
    const char **readers;
    size_t n_readers;
};

struct plan_parameter { /* of a capture by query */
    const char *name;
    const char **values;
    size_t n_values;
};

struct plan {
    int64_t format; /* PLAN_FORMAT */
    const char *stream, *platform, *store;
    enum plan_promise promise;
    enum plan_capture capture;
    const char *schedule; /* cron, or NULL: external */
    enum plan_priority priority;
    struct plan_address database; /* the platform's; its credential owns the tables */
    const char *sink_credential;  /* who fills staging, where it is not the owner */
    struct plan_address *source;  /* of SQL captures, else NULL */
    struct plan_address *connect; /* Kafka Connect's REST, for rewind; NULL: there is none */
    struct plan_incarnation *incarnations; /* the present one last; none for captures by SQL */
    size_t n_incarnations;
    struct plan_feed *transaction, *notification, *heartbeat, *signal; /* NULL: not used */
    struct plan_order *order; /* NULL: runs have their own */
    enum plan_truncate truncate;
    enum plan_quarantine quarantine;
    int64_t metrics_retention;   /* seconds */
    int64_t tombstone_retention; /* seconds; convergent streams only, else 0 */
    int64_t safety_lag;          /* seconds; captures by watermark only, else 0 */
    struct plan_parameter *parameters;
    size_t n_parameters;
    struct plan_dataset *datasets;
    size_t n_datasets;
    struct plan_role *roles; /* of the workspaces that have views here */
    size_t n_roles;
};

bool plan_is_keyless(const struct plan_dataset *dataset);

/* Appends the plan as JSON, members in the order of the table. Strings are valid UTF-8. */
void plan_write(struct buf *out, const struct plan *plan);

/* Reads and checks a plan: its format understood, every member known and of its type, those that
 * may not be null present, places in keys from 1 without a gap. NULL with a sentence in *why, which
 * names the member ("datasets[2].columns[0].type"). Everything is in `arena`. */
struct plan *plan_read(struct arena *arena, const char *json, size_t length, const char **why);

/* Appends the JSON Schema (draft 2020-12) of a plan. */
void plan_write_schema(struct buf *out);

#endif
