/* How a store's changes come to a platform: incarnations, topics, staging tables, sinks. Streams
 * captured by SQL, and those that a transformer writes, have no route: no incarnations. */
#ifndef DSC_EMIT_ROUTE_H
#define DSC_EMIT_ROUTE_H

#include "dsc/graph.h"
#include "dsc/names.h"

/* What a topic carries: the changes of a dataset, or what dsc needs besides. */
enum feed { FEED_DATASET, FEED_TRANSACTION, FEED_NOTIFICATION, FEED_HEARTBEAT, FEED_SIGNAL };
#define FEEDS (FEED_SIGNAL + 1)

struct route_incarnation {
    int64_t number;

    const char *prefix; /* of its topics; NULL: the producer names none */

    bool draining; /* an earlier one: its topics stay until they are merged, nothing fills them */

    struct setting *const *topics; /* by dataset, of a producer that chose their names */
    size_t n_topics;
};

struct route {
    const struct graph *graph;

    const struct graph_stream *const *streams; /* of one store, on this platform */
    size_t n_streams;

    const struct datastore *store;

    const struct source *source;

    const char *reader; /* the platform that slot, topics and heartbeat are named after */

    VEC(struct route_incarnation) incarnations; /* by number: the present one last */
};

struct route route_make(struct arena *arena, const struct graph *graph,
                        const struct graph_stream *const *streams, size_t n_streams);

/* Whether a connector of this platform reads the source; else, where there is a route, topics are
 * replicated. */
bool route_captures(const struct route *route);

/* Whether the store has topics of this kind. */
bool route_has(const struct route *route, enum feed feed);

/* What names of this route and incarnation are made of, for name_make. */
struct name_parts route_parts(const struct route *route,
                              const struct route_incarnation *incarnation,
                              const struct dataset *dataset);

/* The topics of an incarnation: one for each dataset of the streams that had one then, then the
 * others that exist. */
struct route_topic {
    enum feed feed;

    const struct dataset *dataset; /* of FEED_DATASET, else NULL */

    const char *name;
};
struct route_topics {
    VEC(struct route_topic) v;
};
struct route_topics route_topics(struct arena *arena, const struct route *route,
                                 const struct route_incarnation *incarnation);

/* One of them; `dataset` is NULL but for FEED_DATASET. NULL: there is none. */
const char *route_topic(struct arena *arena, const struct route *route,
                        const struct route_incarnation *incarnation, enum feed feed,
                        const struct dataset *dataset);

/* The staging table that a topic's sink fills, and the sink. */
const char *route_table(struct arena *arena, const struct route *route, enum feed feed,
                        const struct dataset *dataset);
const char *route_sink(struct arena *arena, const struct route *route,
                       const struct route_incarnation *incarnation, enum feed feed,
                       const struct dataset *dataset);

/* The value, with its quotes, that stands for a large one that did not change. Quotes make it a
 * JSON string, which a column of json takes too; a stream's own, so that no data looks like it. */
const char *route_placeholder(struct arena *arena, const struct route *route);

/* The table at the source. */
const char *route_source_table(const struct dataset *dataset);

#endif
