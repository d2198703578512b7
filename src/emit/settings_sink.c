/* Debezium's JDBC sink: a topic becomes rows of a staging table, one for each record, whose key is
 * the record's place in Kafka, so that a record that comes again changes nothing. */
#include "dsc/ddl.h"
#include "settings.h"

#include <inttypes.h>
#include <string.h>

/* What is asked of a change besides its columns, and the column that each becomes (`__`, and `_`
 * for dots). */
static const char *const about[] = {
    "op",
    "source.lsn",
    "source.ts_ms",
    "source.txId",
    "source.snapshot",
    "source.sequence",
    "transaction.id",
    "transaction.total_order",
};

static void add_item(struct buf *list, const char *before, const char *item)
{
    if (list->len)
        buf_putc(list, ',');
    buf_puts(list, before);
    buf_puts(list, item);
}

/* Everything but letters and digits of an address as %XX, as the driver reads it. */
static void put_encoded(struct buf *url, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    for (; *text; text++) {
        if (strchr(plain, *text))
            buf_putc(url, *text);
        else
            buf_printf(url, "%%%02X", (unsigned char)*text);
    }
}

static const char *url(const struct settings *settings)
{
    const struct service *service = &settings->service;
    struct buf made = {0};

    buf_printf(&made, "jdbc:postgresql://%s:%" PRId64 "/", service_host(settings->arena, service),
               service->port);
    put_encoded(&made, service->database);
    buf_printf(&made, "?sslmode=%s", words_tls_mode.v[service->tls].word);
    if (service->ca) {
        buf_puts(&made, "&sslrootcert=");
        put_encoded(&made, connector_file(settings->arena, service->ca, "ca.crt"));
    }
    return settings_text(settings, &made);
}

static const char *topic_name(const struct settings *settings)
{
    return settings->connector->topic.name;
}

static const char *table(const struct settings *settings)
{
    return arena_printf(settings->arena, NAME_SCHEMA_STAGING ".%s", settings->connector->table);
}

/* The dataset where its changes carry the whole row before them: it has no key. */
static const struct dataset *keyless(const struct settings *settings)
{
    const struct dataset *dataset = settings->connector->topic.dataset;

    return dataset && !dataset->key.n ? dataset : NULL;
}

static const char *add_fields(const struct settings *settings)
{
    const struct dataset *dataset = keyless(settings);
    struct buf list = {0};

    for (size_t i = 0; i < COUNT(about); i++)
        add_item(&list, "", about[i]);
    for (size_t i = 0; dataset && i < dataset->columns.n; i++)
        add_item(&list, "before.", dataset->columns.v[i]->name.s);
    return settings_text(settings, &list);
}

/* The columns of dsc's own tables at the source. */
static const char *const heartbeat_columns[] = {"id", "at", "system_identifier", "timeline", NULL};
static const char *const signal_columns[] = {"id", "dataset", "at", NULL};
static const char *const transaction_columns[] = {"status", "id", "event_count", "ts_ms", NULL};

static void add_columns(struct buf *list, const char *before, const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->columns.n; i++)
        add_item(list, before, dataset->columns.v[i]->name.s);
}

static void add_metadata(const struct settings *settings, struct buf *list)
{
    const struct dataset *dataset = keyless(settings);
    size_t n;
    const struct ddl_column *metadata = ddl_metadata(&n);

    if (dataset)
        add_columns(list, "__before_", dataset);
    for (size_t i = 0; i < n; i++)
        add_item(list, "", metadata[i].name);
}

/* The columns that the staging table has, and no others: one that is new at the source would stop
 * the sink. */
static const char *fields(const struct settings *settings)
{
    static const char *const *const own[FEEDS] = {[FEED_TRANSACTION] = transaction_columns,
                                                  [FEED_HEARTBEAT] = heartbeat_columns,
                                                  [FEED_SIGNAL] = signal_columns};
    const struct route_topic *topic = &settings->connector->topic;
    struct buf list = {0};

    if (topic->dataset)
        add_columns(&list, "", topic->dataset);
    else
        for (const char *const *column = own[topic->feed]; *column; column++)
            add_item(&list, "", *column);
    if (topic->feed != FEED_TRANSACTION)
        add_metadata(settings, &list);
    return settings_text(settings, &list);
}

static const struct setting_row common[] = {
    {"name", NULL, settings_name},
    {"connector.class", NULL, settings_class},
    {"tasks.max", "1", NULL},
    {"topics", NULL, topic_name},
    {"connection.url", NULL, url},
    {"connection.username", NULL, settings_username},
    {"connection.password", NULL, settings_password},
    {"connection.pool.min_size", "1", NULL},
    {"connection.pool.max_size", "3", NULL},
    {"insert.mode", "upsert", NULL},
    {"primary.key.mode", "kafka", NULL},
    {"delete.enabled", "false", NULL},
    {"schema.evolution", "none", NULL},
    {"collection.name.format", NULL, table},
    {"quote.identifiers", "true", NULL},
    {"use.time.zone", "UTC", NULL},
    {"consumer.override.auto.offset.reset", "earliest", NULL},
    {"consumer.override.isolation.level", "read_committed", NULL},
    {"header.converter", "org.apache.kafka.connect.storage.StringConverter", NULL},
};

/* Changes: an envelope is flattened, a delete becomes a row of its own. */
static const struct setting_row changes[] = {
    {"field.include.list", NULL, fields},
    {"transforms", "unwrap,kts", NULL},
    {"transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState", NULL},
    {"transforms.unwrap.delete.tombstone.handling.mode", "rewrite", NULL},
    {"transforms.unwrap.add.fields", NULL, add_fields},
    {"transforms.unwrap.replace.null.with.default", "false", NULL},
    {"transforms.kts.type", "org.apache.kafka.connect.transforms.InsertField$Value", NULL},
    {"transforms.kts.timestamp.field", "__kafka_ts", NULL},
    {"transforms.kts.replace.null.with.default", "false", NULL},
};

/* Its counts by table are an array, which no column takes. */
static const struct setting_row transactions[] = {
    {"field.include.list", NULL, fields},
};

/* Their map fits no column: the whole text goes into one. */
static const struct setting_row notifications[] = {
    {"key.converter", "org.apache.kafka.connect.storage.StringConverter", NULL},
    {"value.converter", "org.apache.kafka.connect.storage.StringConverter", NULL},
    {"transforms", "hoist", NULL},
    {"transforms.hoist.type", "org.apache.kafka.connect.transforms.HoistField$Value", NULL},
    {"transforms.hoist.field", "payload", NULL},
};

void settings_sink(struct settings *settings)
{
    const struct platform_postgres *postgres = settings->platform->postgres;

    settings->service = service_postgres(settings->arena, settings->platform);
    if (postgres->sink_credential.to)
        settings->service.credential = postgres->sink_credential.to;
    settings_add(settings, common, COUNT(common));
    if (settings->connector->topic.feed == FEED_NOTIFICATION) {
        settings_add(settings, notifications, COUNT(notifications));
        return;
    }
    settings_converters(settings);
    if (settings->connector->topic.feed == FEED_TRANSACTION)
        settings_add(settings, transactions, COUNT(transactions));
    else
        settings_add(settings, changes, COUNT(changes));
}
