/* Who speaks to whom: what the network policies, and what the runbooks say of them, are made of. */
#ifndef DSC_EMIT_NETWORK_H
#define DSC_EMIT_NETWORK_H

#include "component.h"

/* Something outside of the namespace that pods must reach. */
struct network_peer {
    const char *name; /* for people */

    const struct texts *ranges; /* none: no policy can name it */

    int64_t port;
};

struct network_peers {
    VEC(struct network_peer) v;
};

/* The servers that Kafka Connect's workers reach: each once, sorted by name. */
struct network_peers network_sources_of_connect(const struct emission *emission);

/* The databases that `dsc ingest` reads, the same. */
struct network_peers network_sources_of_tasks(const struct emission *emission);

/* What the platform itself needs of what exists elsewhere: its database, Kafka, Connect, Git. */
struct network_peers network_of_platform(const struct emission *emission);

/* The label that pods have which read this container, and no other pod. */
#define NETWORK_LABEL_SOURCE "dsc-source"

/* The port of a Git server's address: ssh://, https://, host:path … */
int64_t network_git_port(const char *url);

#endif
