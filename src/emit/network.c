#include "network.h"

#include "service.h"

#include <stdlib.h>
#include <string.h>

static int compare_names(const void *left, const void *right)
{
    const struct network_peer *a = left, *b = right;

    return strcmp(a->name, b->name);
}

static void add(const struct emission *emission, struct network_peers *peers,
                const struct container *container)
{
    vec_push(emission->arena, &peers->v,
             (struct network_peer){.name = container->name.s,
                                   .ranges = &container->cidr,
                                   .port = service_container(container, NULL).port});
}

/* Sorted, and each once: many stores lie in one container. */
static struct network_peers distinct(struct network_peers peers)
{
    size_t kept = 0;

    if (peers.v.n)
        qsort(peers.v.v, peers.v.n, sizeof(*peers.v.v), compare_names);
    for (size_t i = 0; i < peers.v.n; i++) {
        if (kept == 0 || strcmp(peers.v.v[kept - 1].name, peers.v.v[i].name) != 0)
            peers.v.v[kept++] = peers.v.v[i];
    }
    peers.v.n = kept;
    return peers;
}

static bool is_read_by_connect(const struct graph_stream *stream)
{
    return stream->source.kind == CAPTURE_CDC || stream->source.kind == CAPTURE_KAFKA;
}

struct network_peers network_sources_of_connect(const struct emission *emission)
{
    const struct graph *graph = emission->graph;
    struct network_peers peers = {0};

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];
        const struct container *container = stream->source.container;

        if (!is_read_by_connect(stream))
            continue;
        if (stream->reads_from) /* in its namespace, unless its Kafka is a container */
            container = stream->reads_from->kafka ? stream->reads_from->kafka->container.to : NULL;
        if (container)
            add(emission, &peers, container);
    }
    return distinct(peers);
}

struct network_peers network_sources_of_tasks(const struct emission *emission)
{
    const struct graph *graph = emission->graph;
    struct network_peers peers = {0};

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        if (!is_read_by_connect(stream) && stream->source.container)
            add(emission, &peers, stream->source.container);
    }
    return distinct(peers);
}

struct network_peers network_of_platform(const struct emission *emission)
{
    static const enum component own[] = {COMPONENT_POSTGRES, COMPONENT_KAFKA, COMPONENT_CONNECT};
    const struct platform_git *git = emission->platform->git;
    struct network_peers peers = {0};

    for (size_t i = 0; i < COUNT(own); i++) {
        const struct container *container = component_container(emission, own[i]);

        if (container)
            add(emission, &peers, container);
    }
    if (git)
        vec_push(emission->arena, &peers.v,
                 (struct network_peer){.name = "the Git server",
                                       .ranges = &git->cidr,
                                       .port = network_git_port(git->url.s)});
    return distinct(peers);
}

int64_t network_git_port(const char *url)
{
    static const struct {
        const char *scheme;
        int64_t port;
    } schemes[] = {
        {"https://", 443}, {"http://", 80}, {"git://", 9418}, {"ssh://", 22}, {"git+ssh://", 22}};

    for (size_t i = 0; i < COUNT(schemes); i++) {
        size_t length = strlen(schemes[i].scheme);
        const char *host, *port;

        if (strncmp(url, schemes[i].scheme, length) != 0)
            continue;
        host = url + length;
        port = memchr(host, ':', strcspn(host, "/"));
        return port && strtol(port + 1, NULL, 10) > 0 ? strtol(port + 1, NULL, 10)
                                                      : schemes[i].port;
    }
    return 22; /* user@host:path */
}
