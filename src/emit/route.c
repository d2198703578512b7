#include "route.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    enum name_kind topic, table, sink;
} names[FEEDS] = {
    [FEED_DATASET] = {NAME_TOPIC, NAME_STAGING, NAME_CONNECTOR_SINK},
    [FEED_TRANSACTION] = {NAME_TOPIC_TRANSACTION, NAME_STAGING_TRANSACTION,
                          NAME_CONNECTOR_SINK_TRANSACTION},
    [FEED_NOTIFICATION] = {NAME_TOPIC_NOTIFICATION, NAME_STAGING_NOTIFICATION,
                           NAME_CONNECTOR_SINK_NOTIFICATION},
    [FEED_HEARTBEAT] = {NAME_TOPIC_HEARTBEAT, NAME_STAGING_HEARTBEAT,
                        NAME_CONNECTOR_SINK_HEARTBEAT},
    [FEED_SIGNAL] = {NAME_TOPIC_SIGNAL, NAME_STAGING_SIGNAL, NAME_CONNECTOR_SINK_SIGNAL},
};

static int by_number(const void *left, const void *right)
{
    const struct route_incarnation *a = left, *b = right;

    return (a->number > b->number) - (a->number < b->number);
}

static void add_cdc(struct arena *arena, struct route *route)
{
    const struct cdc *cdc = route->source->capture->cdc;
    struct name_parts parts = {.platform = route->reader, .store = route->store->name.s};

    for (size_t i = 0; i <= cdc->draining.n; i++) {
        bool draining = i < cdc->draining.n;

        parts.incarnation = draining ? cdc->draining.v[i]->number.n : route->source->incarnation;
        vec_push(arena, &route->incarnations,
                 (struct route_incarnation){.number = parts.incarnation,
                                            .prefix = name_make(arena, NAME_TOPIC_PREFIX, &parts),
                                            .draining = draining});
    }
}

static void add_kafka(struct arena *arena, struct route *route)
{
    const struct kafka_capture *kafka = route->source->capture->kafka;

    for (size_t i = 0; i < kafka->draining.n; i++) {
        const struct incarnation *old = kafka->draining.v[i];

        vec_push(arena, &route->incarnations,
                 (struct route_incarnation){.number = old->number.n,
                                            .prefix = old->prefix.s,
                                            .draining = true,
                                            .topics = old->topics.v,
                                            .n_topics = old->topics.n});
    }
    vec_push(arena, &route->incarnations,
             (struct route_incarnation){.number = route->source->incarnation,
                                        .prefix = kafka->prefix.s,
                                        .topics = kafka->topics.v,
                                        .n_topics = kafka->topics.n});
}

struct route route_make(struct arena *arena, const struct graph *graph,
                        const struct graph_stream *const *streams, size_t n_streams)
{
    const struct platform *reads_from = streams[0]->reads_from;
    struct route route = {
        .graph = graph,
        .streams = streams,
        .n_streams = n_streams,
        .store = streams[0]->store,
        .source = &streams[0]->source,
        .reader = reads_from ? reads_from->name.s : graph->platform->name.s,
    };

    if (route.source->kind == CAPTURE_CDC)
        add_cdc(arena, &route);
    else if (route.source->kind == CAPTURE_KAFKA)
        add_kafka(arena, &route);
    if (route.incarnations.n)
        qsort(route.incarnations.v, route.incarnations.n, sizeof(*route.incarnations.v), by_number);
    return route;
}

bool route_captures(const struct route *route)
{
    return route->source->kind == CAPTURE_CDC && !route->streams[0]->reads_from;
}

bool route_has(const struct route *route, enum feed feed)
{
    const struct capture *capture = route->source->capture;
    bool cdc = route->source->kind == CAPTURE_CDC;

    switch (feed) {
    case FEED_DATASET:
        return true;
    case FEED_TRANSACTION:
    case FEED_NOTIFICATION:
        return route->source->transactional;
    case FEED_HEARTBEAT: /* a producer's own is one of its datasets, or none of ours */
        return cdc;
    case FEED_SIGNAL:
        return route->source->transactional &&
               (cdc ? capture->cdc->truncate.is : capture->kafka->truncate.is) == TRUNCATE_SIGNAL;
    }
    return false;
}

const char *route_source_table(const struct dataset *dataset)
{
    return dataset->table.s ? dataset->table.s : dataset->name.s;
}

struct name_parts route_parts(const struct route *route,
                              const struct route_incarnation *incarnation,
                              const struct dataset *dataset)
{
    return (struct name_parts){
        .platform = route->graph->platform->name.s,
        .store = route->store->name.s,
        .dataset = dataset ? dataset->name.s : NULL,
        .schema = route->source->schema,
        .table = dataset ? route_source_table(dataset) : NULL,
        .prefix = incarnation ? incarnation->prefix : NULL,
        .incarnation = incarnation ? incarnation->number : route->source->incarnation,
    };
}

/* The topic that the producer chose. */
static const char *find_topic(const struct route_incarnation *incarnation, const char *dataset)
{
    for (size_t i = 0; i < incarnation->n_topics; i++) {
        if (strcmp(incarnation->topics[i]->name.s, dataset) == 0)
            return incarnation->topics[i]->value.s;
    }
    return NULL;
}

const char *route_topic(struct arena *arena, const struct route *route,
                        const struct route_incarnation *incarnation, enum feed feed,
                        const struct dataset *dataset)
{
    struct name_parts parts = route_parts(route, incarnation, dataset);

    if (route->source->kind == CAPTURE_KAFKA && feed == FEED_DATASET)
        return find_topic(incarnation, dataset->name.s);
    if (!incarnation->prefix || !route_has(route, feed))
        return NULL;
    parts.platform = route->reader; /* the schema at the source bears its name */
    return name_make(arena, names[feed].topic, &parts);
}

static void add_topic(struct arena *arena, struct route_topics *topics, const struct route *route,
                      const struct route_incarnation *incarnation, enum feed feed,
                      const struct dataset *dataset)
{
    const char *name = route_topic(arena, route, incarnation, feed, dataset);

    if (name)
        vec_push(arena, &topics->v, (struct route_topic){feed, dataset, name});
}

struct route_topics route_topics(struct arena *arena, const struct route *route,
                                 const struct route_incarnation *incarnation)
{
    struct route_topics topics = {0};

    for (size_t i = 0; i < route->n_streams; i++) {
        const struct graph_stream *stream = route->streams[i];

        for (size_t k = 0; k < stream->datasets.n; k++)
            add_topic(arena, &topics, route, incarnation, FEED_DATASET,
                      stream->datasets.v[k]->dataset);
    }
    for (enum feed feed = FEED_DATASET + 1; feed < FEEDS; feed++)
        add_topic(arena, &topics, route, incarnation, feed, NULL);
    return topics;
}

const char *route_table(struct arena *arena, const struct route *route, enum feed feed,
                        const struct dataset *dataset)
{
    struct name_parts parts = route_parts(route, NULL, dataset);

    return name_make(arena, names[feed].table, &parts);
}

const char *route_sink(struct arena *arena, const struct route *route,
                       const struct route_incarnation *incarnation, enum feed feed,
                       const struct dataset *dataset)
{
    struct name_parts parts = route_parts(route, incarnation, dataset);

    return name_make(arena, names[feed].sink, &parts);
}

const char *route_placeholder(struct arena *arena, const struct route *route)
{
    const char *whole = arena_printf(arena, "%s/%s", route->reader, route->store->name.s);
    char sum[SHA256_HEX];

    if (route->source->kind == CAPTURE_KAFKA)
        return route->source->capture->kafka->placeholder.s;
    sha256_hex(whole, strlen(whole), sum);
    return arena_printf(arena, "\"__dsc_unchanged_%.8s\"", sum);
}
