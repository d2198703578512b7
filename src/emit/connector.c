/* Which connectors a store has. */
#include "connector.h"

/* What fills the topics of the present incarnation. */
static void add_source(struct arena *arena, struct connectors *connectors,
                       const struct route *route)
{
    const struct route_incarnation *present = &route->incarnations.v[route->incarnations.n - 1];
    bool captures = route_captures(route);
    struct name_parts parts = route_parts(route, present, NULL);

    vec_push(arena, &connectors->v,
             (struct emit_connector){
                 .name = name_make(arena, captures ? NAME_CONNECTOR_SOURCE : NAME_CONNECTOR_MIRROR,
                                   &parts),
                 .class = captures ? CONNECT_POSTGRES_SOURCE : CONNECT_MIRROR_SOURCE,
                 .route = route,
                 .incarnation = present});
}

static void add_sinks(struct arena *arena, struct connectors *connectors, const struct route *route,
                      const struct route_incarnation *incarnation)
{
    struct route_topics topics = route_topics(arena, route, incarnation);

    for (size_t i = 0; i < topics.v.n; i++) {
        const struct route_topic *topic = &topics.v.v[i];

        vec_push(arena, &connectors->v,
                 (struct emit_connector){
                     .name = route_sink(arena, route, incarnation, topic->feed, topic->dataset),
                     .class = CONNECT_JDBC_SINK,
                     .route = route,
                     .incarnation = incarnation,
                     .topic = *topic,
                     .table = route_table(arena, route, topic->feed, topic->dataset)});
    }
}

struct connectors connectors_make(struct arena *arena, const struct graph *graph,
                                  const struct graph_stream *const *streams, size_t n_streams)
{
    struct route *route = ARENA_NEW(arena, struct route);
    struct connectors connectors = {0};

    *route = route_make(arena, graph, streams, n_streams);
    if (route->incarnations.n)
        add_source(arena, &connectors, route);
    for (size_t i = 0; i < route->incarnations.n; i++)
        add_sinks(arena, &connectors, route, &route->incarnations.v[i]);
    return connectors;
}
