/* Tables of the platform's database. */
#include "internal.h"

#include "dsc/embedded.h"
#include "dsc/names.h"
#include "dsc/sql.h"

struct columns {
    const struct ddl_column *v;

    size_t n;
};

#define COLUMNS(name, ...)                                                                         \
    static const struct ddl_column name##_columns[] = {__VA_ARGS__};                               \
    static const struct columns name = {name##_columns, COUNT(name##_columns)}

/* Debezium's JDBC sink with primary.key.mode=kafka: what makes a redelivered record the same row.
 */
COLUMNS(coordinates, {"__connect_topic", "text"}, {"__connect_partition", "integer"},
        {"__connect_offset", "bigint"});

/* What captures by SQL and transformers have instead. */
COLUMNS(run, {"dsc_run", "bigint"}, {"dsc_row", "bigint"});

/* ExtractNewRecordState with add.fields, then InsertField with the record's timestamp. */
COLUMNS(metadata, {"__deleted", "text"}, {"__op", "text"}, {"__source_lsn", "bigint"},
        {"__source_ts_ms", "bigint"}, {"__source_txId", "bigint"}, {"__source_snapshot", "text"},
        {"__source_sequence", "text"}, {"__transaction_id", "text"},
        {"__transaction_total_order", "bigint"}, {"__kafka_ts", "timestamp without time zone"});

/* Debezium's own topics, and the tables of source_cdc.sql and source_signal.sql. */
COLUMNS(transaction, {"status", "text"}, {"id", "text"}, {"event_count", "bigint"},
        {"ts_ms", "bigint"});
COLUMNS(notification, {"payload", "text"});
COLUMNS(heartbeat, {"id", "integer"}, {"at", "timestamp with time zone"},
        {"system_identifier", "text"}, {"timeline", "integer"});
COLUMNS(signal, {"id", "bigint"}, {"dataset", "text"}, {"at", "timestamp with time zone"});

COLUMNS(deleted, {"dsc_deleted", "timestamp with time zone"});
COLUMNS(validity, {"dsc_until", "bigint"}, {"dsc_valid_from", "timestamp with time zone"},
        {"dsc_valid_to", "timestamp with time zone"});

/* Room for a second version of one row in ten on its page, so that updates stay heap-only. */
#define FILLFACTOR " with (fillfactor = 90)"

void ddl_put_file(struct buf *out, const char *path)
{
    const struct embedded *file = embedded_find(path);

    if (!file)
        fatal("%s is not embedded", path);
    buf_put(out, file->text, file->size);
}

void ddl_platform(struct buf *out)
{
    ddl_put_file(out, "src/ddl/platform.sql");
}

const struct ddl_column *ddl_metadata(size_t *n)
{
    *n = metadata.n;
    return metadata.v;
}

/* A statement CREATE TABLE that grows by items. */
struct table_text {
    struct buf *out;

    bool empty;
};

static struct table_text open_table(struct buf *out, const struct plan_table *table)
{
    buf_puts(out, "create table if not exists ");
    sql_qualified(out, table->schema, table->name);
    buf_puts(out, " (");
    return (struct table_text){out, true};
}

static void put_item(struct table_text *text)
{
    buf_puts(text->out, text->empty ? "\n    " : ",\n    ");
    text->empty = false;
}

/* `attribute`: " not null", or "". */
static void put_column(struct table_text *text, const char *name, const char *type,
                       const char *attribute)
{
    put_item(text);
    sql_identifier(text->out, name);
    buf_printf(text->out, " %s%s", type, attribute);
}

static void put_columns(struct table_text *text, struct columns columns, const char *attribute)
{
    for (size_t i = 0; i < columns.n; i++)
        put_column(text, columns.v[i].name, columns.v[i].type, attribute);
}

static void put_key_of(struct table_text *text, struct columns columns)
{
    put_item(text);
    buf_puts(text->out, "primary key (");
    for (size_t i = 0; i < columns.n; i++) {
        buf_puts(text->out, i ? ", " : "");
        sql_identifier(text->out, columns.v[i].name);
    }
    buf_putc(text->out, ')');
}

static const struct plan_column *column_in_key(const struct plan_dataset *dataset, int64_t place)
{
    for (size_t i = 0; i < dataset->n_columns; i++) {
        if (dataset->columns[i].key == place)
            return &dataset->columns[i];
    }
    return NULL;
}

/* The dataset's key in its order, then `also` (or NULL). */
static void put_key(struct table_text *text, const struct plan_dataset *dataset, const char *also)
{
    const struct plan_column *column;

    if (plan_is_keyless(dataset))
        return;
    put_item(text);
    buf_puts(text->out, "primary key (");
    for (int64_t place = 1; (column = column_in_key(dataset, place)); place++) {
        buf_puts(text->out, place > 1 ? ", " : "");
        sql_identifier(text->out, column->name);
    }
    if (also) {
        buf_puts(text->out, ", ");
        sql_identifier(text->out, also);
    }
    buf_putc(text->out, ')');
}

static void close_table(struct table_text *text, const char *options)
{
    buf_printf(text->out, "\n)%s;\n", options);
}

static void grant_sink(struct buf *out, const struct plan_table *table)
{
    buf_puts(out, "grant select, insert, update on table ");
    sql_qualified(out, table->schema, table->name);
    buf_puts(out, " to " NAME_ROLE_SINK ";\n");
}

static void create_feed(struct buf *out, const struct plan_feed *feed, struct columns columns,
                        bool has_metadata)
{
    if (!feed)
        return;
    struct table_text text = open_table(out, &feed->staging);

    put_columns(&text, coordinates, " not null");
    put_columns(&text, columns, "");
    if (has_metadata)
        put_columns(&text, metadata, "");
    put_key_of(&text, coordinates);
    close_table(&text, "");
    grant_sink(out, &feed->staging);
}

/* What the sink adds of the row as it was before, since a keyless row has nothing else to be found
 * by. */
static void put_before(struct table_text *text, const struct plan_dataset *dataset)
{
    struct buf name = {0};

    for (size_t i = 0; i < dataset->n_columns; i++) {
        buf_clear(&name);
        buf_printf(&name, "__before_%s", dataset->columns[i].name);
        put_column(text, name.data, dataset->columns[i].staging_type, "");
    }
    buf_free(&name);
}

static void create_staging(struct buf *out, const struct plan *plan,
                           const struct plan_dataset *dataset)
{
    bool runs = plan->promise == PLAN_RUNS;
    struct columns key = runs ? run : coordinates;
    struct table_text text = open_table(out, &dataset->staging);

    put_columns(&text, key, " not null");
    for (size_t i = 0; i < dataset->n_columns; i++)
        put_column(&text, dataset->columns[i].name, dataset->columns[i].staging_type, "");
    if (!runs) {
        if (plan_is_keyless(dataset))
            put_before(&text, dataset);
        put_columns(&text, metadata, "");
    }
    put_key_of(&text, key);
    close_table(&text, "");

    /* Each is emptied as a whole after it was exchanged: there is nothing to vacuum. */
    text = open_table(out, &dataset->sealed);
    put_item(&text);
    buf_puts(out, "like ");
    sql_qualified(out, dataset->staging.schema, dataset->staging.name);
    buf_puts(out, " including all");
    close_table(&text, " with (autovacuum_enabled = off, toast.autovacuum_enabled = off)");

    if (runs)
        return;
    grant_sink(out, &dataset->staging);
    grant_sink(out, &dataset->sealed);
}

static void put_values(struct table_text *text, const struct plan_dataset *dataset)
{
    for (size_t i = 0; i < dataset->n_columns; i++)
        put_column(text, dataset->columns[i].name, dataset->columns[i].type,
                   dataset->columns[i].key ? " not null" : "");
}

static void create_live(struct buf *out, const struct plan_dataset *dataset)
{
    if (!dataset->live)
        return;
    struct table_text text = open_table(out, dataset->live);

    put_values(&text, dataset);
    if (dataset->deletes == PLAN_SOFT)
        put_columns(&text, deleted, "");
    put_key(&text, dataset, NULL);
    close_table(&text, FILLFACTOR);
}

static void create_history(struct buf *out, const struct plan_dataset *dataset)
{
    if (!dataset->history)
        return;
    struct table_text text = open_table(out, dataset->history);

    put_values(&text, dataset);
    put_column(&text, "dsc_from", "bigint", " not null");
    put_columns(&text, validity, "");
    put_key(&text, dataset, "dsc_from");
    close_table(&text, FILLFACTOR);
}

void ddl_tables(struct buf *out, const struct plan *plan)
{
    buf_puts(out, "set role " NAME_ROLE_MERGE ";\n");
    create_feed(out, plan->transaction, transaction, false);
    create_feed(out, plan->notification, notification, false);
    create_feed(out, plan->heartbeat, heartbeat, true);
    create_feed(out, plan->signal, signal, true);
    for (size_t i = 0; i < plan->n_datasets; i++) {
        create_staging(out, plan, &plan->datasets[i]);
        create_live(out, &plan->datasets[i]);
        create_history(out, &plan->datasets[i]);
    }
    buf_puts(out, "reset role;\n");
}
