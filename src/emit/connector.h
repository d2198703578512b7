/* The connectors of a platform's Kafka Connect. */
#ifndef DSC_EMIT_CONNECTOR_H
#define DSC_EMIT_CONNECTOR_H

#include "dsc/graph.h"

enum emit_connector_kind {
    CONNECTOR_SOURCE, /* Debezium reads a database */
    CONNECTOR_MIRROR, /* topics are replicated from another cluster */
    CONNECTOR_SINK    /* a topic is written to a staging table */
};

/* What a sink's topic carries. */
enum emit_feed { FEED_DATASET, FEED_HEARTBEAT, FEED_SIGNAL, FEED_TRANSACTION, FEED_NOTIFICATION };

struct emit_connector {
    const char *name;

    enum emit_connector_kind kind;

    const struct graph_stream *const *streams; /* of its store on this platform */
    size_t n_streams;

    int64_t incarnation; /* that it serves */

    const char *prefix; /* of the topics of this incarnation; NULL: the producer names none */

    /* Of a sink. */
    enum emit_feed feed;
    const struct graph_dataset *dataset; /* of FEED_DATASET */
    const char *topic;
    const char *table; /* in schema staging */
};

struct emit_connectors {
    VEC(struct emit_connector) v;
};

/* All connectors of one store: `streams` are its streams on the graph's platform. Sources and
 * mirrors come first, then sinks by incarnation. */
struct emit_connectors emit_connectors(struct arena *arena, const struct graph *graph,
                                       const struct graph_stream *const *streams, size_t n_streams);

#endif
