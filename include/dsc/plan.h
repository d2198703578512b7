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

enum plan_promise { /* what the engine promises, design and docs/merge.md */
    PLAN_TRANSACTIONAL, /* whole commits of the source, all datasets at the same one */
    PLAN_CONVERGENT,    /* each row in the end equals the source's */
    PLAN_RUNS           /* SQL captures and transformers: whole runs, one after the other */
};

enum plan_capture { PLAN_CDC, PLAN_KAFKA, PLAN_SQL_SNAPSHOT, PLAN_SQL_WATERMARK, PLAN_SQL_QUERY,
                    PLAN_TRANSFORMER };

enum plan_keeps { PLAN_LIVE, PLAN_HISTORY, PLAN_BOTH };
enum plan_deletes { PLAN_HARD, PLAN_SOFT };
enum plan_truncate { PLAN_TRUNCATE_REFUSE, PLAN_TRUNCATE_SIGNAL };
enum plan_quarantine { PLAN_QUARANTINE_STOP, PLAN_QUARANTINE_SET_ASIDE };

struct plan_address {
    const char *container;  /* DSC_<CONTAINER>_HOST and _PORT override host and port */
    const char *host;
    int64_t port;
    const char *database;   /* NULL: none */
    const char *tls;        /* libpq's sslmode */
    const char *ca;         /* credential of type ca_bundle, or NULL */
    const char *credential; /* its name, or NULL */
    const char *credential_type; /* user_password, client_certificate …, or NULL */
};

struct plan_table { /* a table of the platform's database, unquoted */
    const char *schema, *name;
};

/* One incarnation of the source: one slot, one topic prefix, one snapshot. */
struct plan_incarnation {
    int64_t number;
    const char *prefix;             /* topic prefix */
    const char *transaction_topic;  /* NULL where the stream is not transactional */
    const char *notification_topic;
    const char *heartbeat_topic;
    const char *signal_topic;       /* NULL unless truncates are signalled */
    bool draining;                  /* an earlier one whose topics are still being merged */
};

struct plan_topic { /* the topic that carries a dataset in one incarnation */
    int64_t incarnation;
    const char *topic;
};

struct plan_column {
    const char *name;         /* at the source, in staging, live and history alike */
    const char *type;         /* in live and history, as format_type() prints it */
    const char *staging_type; /* in staging, as the sink fills it */
    bool not_null;
    int64_t key;              /* place in the key from 1; 0: not in it */
    const char *placeholder;  /* SQL literal of staging_type that means "unchanged"; NULL: never comes */
};

struct plan_view {
    struct plan_table view;
    enum plan_keeps shows;  /* live or history */
    const char *workspace;  /* for messages */
    const char *role;       /* that may select from it */
};

struct plan_dataset {
    const char *name;
    const char *source_schema, *source_table; /* NULL where it is none of ours */
    enum plan_keeps keeps;
    enum plan_deletes deletes;
    bool keyless;               /* identity is the place in the transaction; before.* is staged */
    struct plan_table staging;
    struct plan_table sealed;   /* the twin of staging */
    struct plan_table live;     /* name NULL unless kept */
    struct plan_table history;  /* name NULL unless kept */
    int64_t retention;          /* of history in seconds; 0: for ever */
    const char *watermark;      /* column, for captures by watermark */
    const char *query;          /* for captures by query */
    struct plan_topic *topics;
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
    const char *schedule;                /* cron, or NULL: external */
    const char *priority;                /* critical, high, medium, low */
    struct plan_address database;        /* the platform's; its credential owns the tables */
    struct plan_address source;          /* of SQL captures; container NULL otherwise */
    struct plan_address connect;         /* Kafka Connect's REST, for rewind; container NULL: none */
    const char *source_schema;           /* for SQL captures: where its tables are */
    struct plan_table heartbeat, signal, transaction, notification; /* staging; name NULL: not used */
    struct plan_incarnation *incarnations; /* the present one last */
    size_t n_incarnations;
    /* Order of changes, as SQL expressions on a staging row; a NULL value comes first. */
    const char *commit_order;   /* "commit position": rises from commit to commit */
    const char *change_order;   /* the place within the transaction, or within the partition */
    enum plan_truncate truncate;
    enum plan_quarantine quarantine;
    int64_t metrics_retention;   /* seconds */
    int64_t tombstone_retention; /* seconds; convergent streams only, else 0 */
    int64_t safety_lag;          /* seconds; captures by watermark only */
    struct plan_parameter *parameters;
    size_t n_parameters;
    struct plan_dataset *datasets;
    size_t n_datasets;
    struct plan_role *roles;
    size_t n_roles;
};

/* Appends the plan as JSON, members in the order of the table. */
void plan_write(struct buf *out, const struct plan *plan);

/* Reads and checks a plan: every member known, of its type, required ones present, format understood.
 * NULL with a sentence in *why, which names the member ("datasets[2].columns[0].type"). Extra room:
 * everything is in `arena`. */
struct plan *plan_read(struct arena *arena, const char *json, size_t length, const char **why);

/* Appends the JSON Schema (draft 2020-12) of a plan. */
void plan_write_schema(struct buf *out);

#endif
