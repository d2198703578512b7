/* The connectors of a platform's Kafka Connect, and their settings. */
#ifndef DSC_EMIT_CONNECTOR_H
#define DSC_EMIT_CONNECTOR_H

#include "dsc/connect.h"
#include "dsc/doc.h"
#include "dsc/emit.h"
#include "route.h"

/* Where pods of Kafka Connect find the files of the secret NAME_CONNECT_SECRET. */
#define CONNECT_SECRETS "/run/secrets/connect"

struct emit_connector {
    const char *name;

    enum connect_class class;

    const struct route *route; /* of its store */

    const struct route_incarnation *incarnation;

    struct route_topic topic; /* of a sink */

    const char *table; /* that a sink fills, in schema staging */
};

struct connectors {
    VEC(struct emit_connector) v;
};

/* All connectors of one store, whose streams on the graph's platform these are: what fills its
 * topics, then a sink for each topic. */
struct connectors connectors_make(struct arena *arena, const struct graph *graph,
                                  const struct graph_stream *const *streams, size_t n_streams);

/* The settings of a connector as Kafka Connect takes them, all of them strings; the overrides of
 * the model included. */
struct doc *connector_settings(struct arena *arena, const struct emit_connector *connector);

/* A credential's file among these, and "${dir:…}", which Kafka Connect replaces by what is in it.
 */
const char *connector_file(struct arena *arena, const struct credential *credential,
                           const char *key);
const char *connector_secret(struct arena *arena, const struct credential *credential,
                             const char *key);

#endif
