/* Debezium's source connector for PostgreSQL. */
#include "dsc/ddl.h"
#include "settings.h"

#include <inttypes.h>

static const char *host(const struct settings *settings)
{
    return service_host(settings->arena, &settings->service);
}

static const char *port(const struct settings *settings)
{
    return arena_printf(settings->arena, "%" PRId64, settings->service.port);
}

static const char *database(const struct settings *settings)
{
    return settings->service.database;
}

static const char *ssl_mode(const struct settings *settings)
{
    return words_tls_mode.v[settings->service.tls].word;
}

static const char *ssl_root(const struct settings *settings)
{
    return settings->service.ca ? connector_file(settings->arena, settings->service.ca, "ca.crt")
                                : NULL;
}

static const char *own_name(const struct settings *settings, enum name_kind kind)
{
    struct name_parts parts = route_parts(settings->route, settings->connector->incarnation, NULL);

    return name_make(settings->arena, kind, &parts);
}

static const char *slot(const struct settings *settings)
{
    return own_name(settings, NAME_SLOT);
}

static const char *publication(const struct settings *settings)
{
    return own_name(settings, NAME_PUBLICATION);
}

static const char *prefix(const struct settings *settings)
{
    return settings->connector->incarnation->prefix;
}

static const char *notifications(const struct settings *settings)
{
    return route_topic(settings->arena, settings->route, settings->connector->incarnation,
                       FEED_NOTIFICATION, NULL);
}

static void add_table(struct buf *list, const char *schema, const char *table)
{
    if (list->len)
        buf_putc(list, ',');
    settings_regex(list, schema);
    buf_puts(list, "\\.");
    settings_regex(list, table);
}

/* Exactly the tables that are staged: the counts of a transaction would not add up otherwise. */
static const char *tables(const struct settings *settings)
{
    const struct route *route = settings->route;
    const char *own = own_name(settings, NAME_SOURCE_SCHEMA);
    struct buf list = {0};

    for (size_t i = 0; i < route->streams[0]->datasets.n; i++)
        add_table(&list, route->source->schema,
                  route_source_table(route->streams[0]->datasets.v[i]->dataset));
    add_table(&list, own, "heartbeat");
    if (route_has(route, FEED_SIGNAL))
        add_table(&list, own, "signal");
    return settings_text(settings, &list);
}

static const char *heartbeat(const struct settings *settings)
{
    struct buf query = {0};

    ddl_heartbeat_query(&query, own_name(settings, NAME_SOURCE_SCHEMA));
    return settings_text(settings, &query);
}

static const char *placeholder(const struct settings *settings)
{
    return route_placeholder(settings->arena, settings->route);
}

static const char *partitions(const struct settings *settings)
{
    return arena_printf(settings->arena, "%" PRId64, settings->route->source->partitions);
}

static const char *retention(const struct settings *settings)
{
    return arena_printf(settings->arena, "%" PRId64, service_retention_ms(settings->platform));
}

/* The topics that have one partition whatever the others have. */
static const char *single_topics(const struct settings *settings)
{
    struct route_topics all =
        route_topics(settings->arena, settings->route, settings->connector->incarnation);
    struct route_topics single = {0};

    for (size_t i = 0; i < all.v.n; i++) {
        if (all.v.v[i].feed != FEED_DATASET)
            vec_push(settings->arena, &single.v, all.v.v[i]);
    }
    return settings_patterns(settings, &single);
}

void settings_source(struct settings *settings)
{
    static const struct setting_row database_rows[] = {
        {"name", NULL, settings_name},
        {"connector.class", NULL, settings_class},
        {"tasks.max", "1", NULL},
        {"database.hostname", NULL, host},
        {"database.port", NULL, port},
        {"database.user", NULL, settings_username},
        {"database.password", NULL, settings_password},
        {"database.dbname", NULL, database},
        {"database.sslmode", NULL, ssl_mode},
        {"database.sslrootcert", NULL, ssl_root},
        {"plugin.name", "pgoutput", NULL},
        {"slot.name", NULL, slot},
        {"slot.drop.on.stop", "false", NULL},
        {"publication.name", NULL, publication},
        {"publication.autocreate.mode", "disabled", NULL},
        {"topic.prefix", NULL, prefix},
        {"table.include.list", NULL, tables},
        {"snapshot.mode", "initial", NULL},
        {"heartbeat.interval.ms", "10000", NULL},
        {"heartbeat.action.query", NULL, heartbeat},
    };
    static const struct setting_row record_rows[] = {
        {"header.converter", "org.apache.kafka.connect.storage.StringConverter", NULL},
        {"tombstones.on.delete", "true", NULL},
        {"decimal.handling.mode", "precise", NULL},
        {"time.precision.mode", "adaptive", NULL},
        {"interval.handling.mode", "string", NULL},
        {"skipped.operations", "none", NULL},
        {"unavailable.value.placeholder", NULL, placeholder},
        {"provide.transaction.metadata", "true", NULL},
        {"notification.enabled.channels", "sink", NULL},
        {"notification.sink.topic.name", NULL, notifications},
        {"exactly.once.support", "required", NULL},
        {"transaction.boundary", "poll", NULL},
        {"poll.interval.ms", "100", NULL},
        {"producer.override.compression.type", "zstd", NULL},
        {"producer.override.transaction.timeout.ms", "10000", NULL},
        {"topic.creation.default.partitions", NULL, partitions},
        {"topic.creation.default.replication.factor", NULL, settings_replication},
        {"topic.creation.default.cleanup.policy", "delete", NULL},
        {"topic.creation.default.retention.ms", NULL, retention},
        {"topic.creation.groups", "single", NULL},
        {"topic.creation.single.include", NULL, single_topics},
        {"topic.creation.single.partitions", "1", NULL},
        {"topic.creation.single.replication.factor", NULL, settings_replication},
        {"topic.creation.single.cleanup.policy", "delete", NULL},
        {"topic.creation.single.retention.ms", NULL, retention},
    };

    settings->service =
        service_container(settings->route->source->container, settings->route->source->credential);
    settings_add(settings, database_rows, COUNT(database_rows));
    settings_converters(settings);
    settings_add(settings, record_rows, COUNT(record_rows));
}
