/* Topics replicated from another Kafka cluster, under the names that they have there. */
#include "settings.h"

#include <inttypes.h>

/* Aliases that differ always: MirrorMaker takes equal ones for a loop, and replicates nothing. */
static const char *source_alias(const struct settings *settings)
{
    const struct platform *reads_from = settings->route->streams[0]->reads_from;

    return arena_printf(settings->arena, "%s-source",
                        reads_from ? reads_from->name.s : settings->service.name);
}

static const char *target_alias(const struct settings *settings)
{
    return arena_printf(settings->arena, "%s-target", settings->platform->name.s);
}

static const char *topics(const struct settings *settings)
{
    struct route_topics all =
        route_topics(settings->arena, settings->route, settings->connector->incarnation);

    return settings_patterns(settings, &all);
}

void settings_mirror(struct settings *settings)
{
    static const struct setting_row first[] = {
        {"name", NULL, settings_name},
        {"connector.class", NULL, settings_class},
        {"tasks.max", "1", NULL},
        {"source.cluster.alias", NULL, source_alias},
        {"target.cluster.alias", NULL, target_alias},
    };
    static const struct setting_row last[] = {
        {"topics", NULL, topics},
        {"topics.exclude", "", NULL},
        {"replication.policy.class", "org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
         NULL},
        {"replication.factor", NULL, settings_replication},
        {"offset-syncs.topic.location", "target", NULL},
        {"offset-syncs.topic.replication.factor", NULL, settings_replication},
        {"emit.offset-syncs.enabled", "true", NULL},
        /* Terraform owns the topics here: their retention is this platform's. */
        {"sync.topic.configs.enabled", "false", NULL},
        {"sync.topic.acls.enabled", "false", NULL},
        {"refresh.topics.interval.seconds", "60", NULL},
        {"key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter", NULL},
        {"value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter", NULL},
        {"header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter", NULL},
        {"exactly.once.support", "required", NULL},
        {"consumer.isolation.level", "read_committed", NULL},
        {"producer.override.compression.type", "zstd", NULL},
        {"producer.override.transaction.timeout.ms", "10000", NULL},
    };
    const struct graph_stream *stream = settings->route->streams[0];
    struct service target = service_kafka(settings->arena, settings->platform);

    settings->service =
        stream->reads_from ? service_kafka(settings->arena, stream->reads_from)
                           : service_container(stream->source.container, stream->source.credential);
    settings_add(settings, first, COUNT(first));
    settings_cluster(settings, "source.cluster.", &settings->service);
    settings_cluster(settings, "target.cluster.", &target);
    settings_add(settings, last, COUNT(last));
}
