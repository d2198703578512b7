/* The module pipeline/terraform: topics and connectors, each an explicit block (hundreds of them
 * read from a map with for_each take Terraform minutes). */
#include "terraform.h"

#include "artifacts.h"
#include "connector.h"
#include "service.h"

#include <inttypes.h>

struct doc *terraform_block(struct arena *arena, struct doc *parent, const char *type,
                            const char *label, const char *second)
{
    const char *labels[] = {label, second};
    size_t n = second ? 2 : label ? 1 : 0;

    return doc_add(parent, doc_block(arena, type, n, labels));
}

void terraform_requirements(struct arena *arena, struct doc *terraform)
{
    static const struct {
        const char *name, *source, *version;
    } providers[] = {
        {"kafka", "Mongey/kafka", "0.13.1"},
        {"kafka-connect", "Mongey/kafka-connect", "0.5.0"},
    };
    struct doc *required;

    doc_set_string(arena, terraform, "required_version", ">= 1.5");
    required = terraform_block(arena, terraform, "required_providers", NULL, NULL);
    for (size_t i = 0; i < COUNT(providers); i++) {
        struct doc *provider = doc_set(required, providers[i].name, doc_map(arena));

        doc_set_string(arena, provider, "source", providers[i].source);
        doc_set_string(arena, provider, "version", providers[i].version);
    }
}

struct doc *emit_terraform_versions(struct emission *emission, const struct emit_item *item)
{
    struct doc *blocks = doc_list(emission->arena);

    (void)item;
    if (!emission->platform->kafka_connect)
        return NULL;
    terraform_requirements(emission->arena,
                           terraform_block(emission->arena, blocks, "terraform", NULL, NULL));
    return blocks;
}

/* A resource's label within its type: what tells it from others of the platform. Hyphens join the
 * parts, since names hold underscores; two of them, since a dataset may be called anything. */
static const char *label_of(struct arena *arena, const struct route *route,
                            const struct route_incarnation *incarnation, const char *join,
                            const char *last)
{
    struct name_parts parts = {.name =
                                   arena_printf(arena, "%s-%" PRId64 "%s%s", route->store->name.s,
                                                incarnation->number, join, last)};

    return name_make(arena, NAME_TERRAFORM, &parts);
}

/* That of a topic, and of its sink. */
static const char *topic_label(struct arena *arena, const struct route *route,
                               const struct route_incarnation *incarnation,
                               const struct route_topic *topic)
{
    static const char *const words[] = {[FEED_TRANSACTION] = "transaction",
                                        [FEED_NOTIFICATION] = "notification",
                                        [FEED_HEARTBEAT] = "heartbeat",
                                        [FEED_SIGNAL] = "signal"};

    return topic->dataset ? label_of(arena, route, incarnation, "-", topic->dataset->name.s)
                          : label_of(arena, route, incarnation, "--", words[topic->feed]);
}

static void set_number(struct arena *arena, struct doc *map, const char *key, int64_t value)
{
    doc_set(map, key, doc_printf(arena, "%" PRId64, value));
}

/* Records outlive mistakes: a plan that would destroy a topic which is still described is refused.
 */
static void add_topic(struct emission *emission, struct doc *blocks, const char *label,
                      const struct route_topic *of, int64_t partitions)
{
    struct arena *arena = emission->arena;
    int64_t copies = service_copies(emission->platform);
    struct doc *topic = terraform_block(arena, blocks, "resource", "kafka_topic", label), *config;

    doc_set_string(arena, topic, "name", of->name);
    doc_set_int(arena, topic, "partitions", of->dataset ? partitions : 1);
    doc_set_int(arena, topic, "replication_factor", copies);
    config = doc_set(topic, "config", doc_map(arena));
    doc_set_string(arena, config, "cleanup.policy", "delete");
    set_number(arena, config, "min.insync.replicas", copies < 3 ? 1 : 2);
    set_number(arena, config, "retention.ms", service_retention_ms(emission->platform));
    doc_set_bool(arena, terraform_block(arena, topic, "lifecycle", NULL, NULL), "prevent_destroy",
                 true);
}

struct doc *emit_terraform_topics(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct route route = route_make(arena, emission->graph, item->streams, item->n_streams);
    struct doc *blocks = doc_list(arena);

    for (size_t i = 0; i < route.incarnations.n; i++) {
        const struct route_incarnation *incarnation = &route.incarnations.v[i];
        struct route_topics topics = route_topics(arena, &route, incarnation);

        for (size_t k = 0; k < topics.v.n; k++)
            add_topic(emission, blocks, topic_label(arena, &route, incarnation, &topics.v.v[k]),
                      &topics.v.v[k], route.source->partitions);
    }
    return blocks->first ? blocks : NULL;
}

/* Topics are there before what fills or reads them, which would make them in its own way. */
static struct doc *needed_topics(struct arena *arena, const struct emit_connector *connector)
{
    const struct route *route = connector->route;
    struct route_topics topics = {0};
    struct doc *list = doc_list(arena);

    if (connector->topic.name)
        vec_push(arena, &topics.v, connector->topic);
    else
        topics = route_topics(arena, route, connector->incarnation);
    for (size_t i = 0; i < topics.v.n; i++) {
        const char *label = topic_label(arena, route, connector->incarnation, &topics.v.v[i]);

        doc_add(list, doc_ref(arena, arena_printf(arena, "kafka_topic.%s", label)));
    }
    return list;
}

static const char *connector_label(struct arena *arena, const struct emit_connector *connector)
{
    if (connector->topic.name)
        return topic_label(arena, connector->route, connector->incarnation, &connector->topic);
    return label_of(arena, connector->route, connector->incarnation, "--",
                    connector->class == CONNECT_MIRROR_SOURCE ? "mirror" : "source");
}

struct doc *emit_terraform_connectors(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct connectors connectors =
        connectors_make(arena, emission->graph, item->streams, item->n_streams);
    struct doc *blocks = doc_list(arena);

    for (size_t i = 0; i < connectors.v.n; i++) {
        const struct emit_connector *connector = &connectors.v.v[i];
        struct doc *block = terraform_block(arena, blocks, "resource", "kafka-connect_connector",
                                            connector_label(arena, connector));

        doc_set_string(arena, block, "name", connector->name);
        doc_set(block, "config", connector_settings(arena, connector));
        doc_set(block, "depends_on", needed_topics(arena, connector));
    }
    return blocks->first ? blocks : NULL;
}
