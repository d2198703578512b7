/* Every member of every struct of a plan, once. A row that does not fit its member's C type does
 * not compile. */
#include "internal.h"

#define WORDS(name, ...)                                                                           \
    static const char *const name##_words[] = {__VA_ARGS__};                                       \
    static const struct words name = {name##_words, COUNT(name##_words)}

WORDS(promises, [PLAN_TRANSACTIONAL] = "transactional", [PLAN_CONVERGENT] = "convergent",
      [PLAN_RUNS] = "runs");
WORDS(captures, [PLAN_CDC] = "cdc", [PLAN_KAFKA] = "kafka", [PLAN_SQL_SNAPSHOT] = "sql_snapshot",
      [PLAN_SQL_WATERMARK] = "sql_watermark", [PLAN_SQL_QUERY] = "sql_query",
      [PLAN_TRANSFORMER] = "transformer");
WORDS(priorities, [PLAN_LOW] = "low", [PLAN_MEDIUM] = "medium", [PLAN_HIGH] = "high",
      [PLAN_CRITICAL] = "critical");
WORDS(deletes, [PLAN_HARD] = "hard", [PLAN_SOFT] = "soft");
WORDS(truncates, [PLAN_TRUNCATE_REFUSE] = "refuse", [PLAN_TRUNCATE_SIGNAL] = "signal");
WORDS(quarantines, [PLAN_QUARANTINE_STOP] = "stop", [PLAN_QUARANTINE_SET_ASIDE] = "set_aside");
WORDS(shown, [PLAN_SHOWS_LIVE] = "live", [PLAN_SHOWS_HISTORY] = "history");

/* The offset of a member, if it has this type. */
#define AT(s, m, type) _Generic(((struct s *)0)->m, type : offsetof(struct s, m))

#define STRING(s, m, text)                                                                         \
    {                                                                                              \
        .name = #m, .kind = MEMBER_STRING, .offset = AT(s, m, const char *), .doc = text           \
    }
#define STRING_OR_NULL_AS(s, m, as, text)                                                          \
    {                                                                                              \
        .name = as, .kind = MEMBER_STRING, .nullable = true, .offset = AT(s, m, const char *),     \
        .doc = text                                                                                \
    }
#define STRING_OR_NULL(s, m, text) STRING_OR_NULL_AS(s, m, #m, text)
#define INT(s, m, least, text)                                                                     \
    {                                                                                              \
        .name = #m, .kind = MEMBER_INT, .offset = AT(s, m, int64_t), .minimum = least, .doc = text \
    }
#define BOOL(s, m, text)                                                                           \
    {                                                                                              \
        .name = #m, .kind = MEMBER_BOOL, .offset = AT(s, m, bool), .doc = text                     \
    }
#define WORD(s, m, type, set, text)                                                                \
    {                                                                                              \
        .name = #m, .kind = MEMBER_WORD, .offset = AT(s, m, enum type), .words = &set, .doc = text \
    }
#define STRUCT(s, m, of, text)                                                                     \
    {                                                                                              \
        .name = #m, .kind = MEMBER_STRUCT, .offset = AT(s, m, struct of), .shape = &of##_shape,    \
        .doc = text                                                                                \
    }
#define STRUCT_OR_NULL(s, m, of, text)                                                             \
    {                                                                                              \
        .name = #m, .kind = MEMBER_STRUCT, .nullable = true, .offset = AT(s, m, struct of *),      \
        .shape = &of##_shape, .doc = text                                                          \
    }
#define STRUCTS(s, m, of, text)                                                                    \
    {                                                                                              \
        .name = #m, .kind = MEMBER_STRUCTS, .offset = AT(s, m, struct of *),                       \
        .count_offset = AT(s, n_##m, size_t), .shape = &of##_shape, .doc = text                    \
    }
#define STRINGS(s, m, text)                                                                        \
    {                                                                                              \
        .name = #m, .kind = MEMBER_STRINGS, .offset = AT(s, m, const char **),                     \
        .count_offset = AT(s, n_##m, size_t), .doc = text                                          \
    }

/* Closes a list of members: makes the shape of struct `s`. */
#define SHAPE(s, as, text)                                                                         \
    static const struct shape s##_shape = {as, sizeof(struct s), s##_members, COUNT(s##_members),  \
                                           text}

static const struct member plan_address_members[] = {
    STRING(plan_address, container,
           "its name in the model; DSC_<CONTAINER>_HOST and _PORT override host and port"),
    STRING(plan_address, host, "host name or address"),
    INT(plan_address, port, 1, "port"),
    STRING_OR_NULL(plan_address, database, "database on it; null: it has none"),
    STRING(plan_address, tls, "how connections are encrypted, as libpq's sslmode"),
    STRING_OR_NULL(plan_address, ca, "credential (ca_bundle) that its certificate is checked with"),
    STRING_OR_NULL(plan_address, credential, "name of the credential to connect with"),
    STRING_OR_NULL(plan_address, credential_type, "type of that credential"),
};
SHAPE(plan_address, "address", "where a service is reached, and as whom");

static const struct member plan_table_members[] = {
    STRING(plan_table, schema, "schema, unquoted"),
    STRING(plan_table, name, "name, unquoted"),
};
SHAPE(plan_table, "table", "a table or view of the platform's database");

static const struct member plan_incarnation_members[] = {
    INT(plan_incarnation, number, 1, "its number"),
    STRING_OR_NULL(plan_incarnation, prefix, "topic prefix; null: the producer has none"),
    BOOL(plan_incarnation, draining, "an earlier one, whose topics are still being merged"),
};
SHAPE(plan_incarnation, "incarnation", "one slot, one topic prefix, one snapshot of the source");

static const struct member plan_topic_members[] = {
    INT(plan_topic, incarnation, 1, "number of the incarnation"),
    STRING(plan_topic, topic, "topic"),
    STRING(plan_topic, connector, "the connector that stages it"),
};
SHAPE(plan_topic, "topic", "what fills a staging table in one incarnation");

static const struct member plan_feed_members[] = {
    STRUCT(plan_feed, staging, plan_table, "staging table"),
    STRUCTS(plan_feed, topics, plan_topic, "the topic of each incarnation"),
};
SHAPE(plan_feed, "feed", "one of dsc's own topics of a stream");

static const struct member plan_order_members[] = {
    STRING(plan_order, commit, "rises from commit to commit; its null comes first"),
    STRING(plan_order, change, "rises within a transaction, or (convergent) within a partition"),
    STRING_OR_NULL(plan_order, transaction, "transactional: what a row shares with its END"),
    STRING_OR_NULL(plan_order, end_transaction,
                   "transactional: on a row of the transaction table, the same"),
    STRING_OR_NULL(plan_order, end_commit,
                   "transactional: on a row of the transaction table, rises from END to END"),
};
SHAPE(plan_order, "order", "where a staging row has its place: SQL expressions on its columns");

static const struct member plan_column_members[] = {
    STRING(plan_column, name, "name, at the source, in staging, live and history alike"),
    STRING(plan_column, type, "type in live and history, as format_type() prints it"),
    STRING(plan_column, staging_type, "type in staging, as the sink fills it"),
    INT(plan_column, key, 0, "place in the key from 1; 0: not in it"),
    STRING_OR_NULL(plan_column, placeholder,
                   "SQL literal of the staging type that means: unchanged; null: never comes"),
    STRING_OR_NULL_AS(plan_column, fallback, "default",
                      "text of the value of rows that are older than the column"),
};
SHAPE(plan_column, "column", "a column of a dataset");

static const struct member plan_view_members[] = {
    STRUCT(plan_view, view, plan_table, "the view"),
    WORD(plan_view, shows, plan_shows, shown, "which table it shows"),
    STRING(plan_view, workspace, "workspace it belongs to"),
    STRING(plan_view, role, "role that may select from it"),
};
SHAPE(plan_view, "view", "a consumer's view of a dataset");

static const struct member plan_dataset_members[] = {
    STRING(plan_dataset, name, "name in the model; signals name it so"),
    STRING_OR_NULL(plan_dataset, source_schema, "schema at the source; null: it has none"),
    STRING_OR_NULL(plan_dataset, source_table,
                   "table at the source; null: a query, or no database"),
    WORD(plan_dataset, deletes, plan_deletes, deletes,
         "what becomes of rows deleted at the source"),
    STRUCT(plan_dataset, staging, plan_table, "staging table"),
    STRUCT(plan_dataset, sealed, plan_table, "its twin"),
    STRUCT_OR_NULL(plan_dataset, live, plan_table, "table of current rows; null: not kept"),
    STRUCT_OR_NULL(plan_dataset, history, plan_table, "table of every version; null: not kept"),
    INT(plan_dataset, retention, 0, "seconds that versions are kept; 0: for ever"),
    STRING_OR_NULL(plan_dataset, watermark, "column that only grows, for captures by watermark"),
    STRING_OR_NULL(plan_dataset, query, "query, for captures by query"),
    STRUCTS(plan_dataset, topics, plan_topic, "its topic in each incarnation"),
    STRUCTS(plan_dataset, columns, plan_column, "columns in their order"),
    STRUCTS(plan_dataset, views, plan_view, "views on it"),
};
SHAPE(plan_dataset, "dataset", "a dataset; without a column in the key it is keyless");

static const struct member plan_role_members[] = {
    STRING(plan_role, role, "the role, which cannot log in"),
    STRING(plan_role, schema, "schema of the workspace's views"),
    STRINGS(plan_role, readers, "roles that it is granted to, where they exist"),
};
SHAPE(plan_role, "role", "the role of a workspace");

static const struct member plan_parameter_members[] = {
    STRING(plan_parameter, name, "name, as :NAME in queries"),
    STRINGS(plan_parameter, values, "values: the query runs once for each"),
};
SHAPE(plan_parameter, "parameter", "a parameter of a capture by query");

static const struct member plan_members[] = {
    INT(plan, format, 1, "format of this file; a reader refuses a newer one"),
    STRING(plan, stream, "name of the stream"),
    STRING(plan, platform, "platform that runs it"),
    STRING(plan, store, "datastore it merges"),
    WORD(plan, promise, plan_promise, promises, "what the engine promises of the stream"),
    WORD(plan, capture, plan_capture, captures, "how the source is captured"),
    STRING_OR_NULL(plan, schedule, "cron expression; null: run from outside"),
    WORD(plan, priority, plan_priority, priorities, "the highest of its consumers'"),
    STRUCT(plan, database, plan_address, "the platform's database; its credential owns the tables"),
    STRING_OR_NULL(plan, sink_credential, "credential that fills staging, where it is another"),
    STRUCT_OR_NULL(plan, source, plan_address, "source of captures by SQL"),
    STRUCT_OR_NULL(plan, connect, plan_address, "REST interface of Kafka Connect, for rewind"),
    STRUCTS(plan, incarnations, plan_incarnation, "incarnations in order, the present one last"),
    STRUCT_OR_NULL(plan, transaction, plan_feed, "begin and end of transactions"),
    STRUCT_OR_NULL(plan, notification, plan_feed, "progress of snapshots"),
    STRUCT_OR_NULL(plan, heartbeat, plan_feed, "heartbeats, with the source's identity"),
    STRUCT_OR_NULL(plan, signal, plan_feed, "signals of truncates"),
    STRUCT_OR_NULL(plan, order, plan_order, "order of changes; null: runs have their own"),
    WORD(plan, truncate, plan_truncate, truncates, "what happens to TRUNCATE at the source"),
    WORD(plan, quarantine, plan_quarantine, quarantines, "what happens to a row that does not fit"),
    INT(plan, metrics_retention, 0, "seconds that metrics are kept"),
    INT(plan, tombstone_retention, 0, "convergent: seconds that tombstones are kept"),
    INT(plan, safety_lag, 0, "captures by watermark: seconds behind the newest value"),
    STRUCTS(plan, parameters, plan_parameter, "captures by query: its parameters"),
    STRUCTS(plan, datasets, plan_dataset, "datasets of the stream"),
    STRUCTS(plan, roles, plan_role, "roles of the workspaces that have views here"),
};
const struct shape plan_shape = {"plan", sizeof(struct plan), plan_members, COUNT(plan_members),
                                 "the merge plan of a stream: all that the engines need to know"};

const struct shape *const plan_parts[] = {
    &plan_address_shape, &plan_table_shape, &plan_incarnation_shape, &plan_topic_shape,
    &plan_feed_shape,    &plan_order_shape, &plan_column_shape,      &plan_view_shape,
    &plan_dataset_shape, &plan_role_shape,  &plan_parameter_shape,
};
const size_t n_plan_parts = COUNT(plan_parts);
