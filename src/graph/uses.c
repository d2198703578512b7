/* The containers and credentials that a platform uses. */
#include "internal.h"

#include <string.h>

struct uses {
    struct arena *arena;

    struct map *seen;

    struct graph_containers containers;

    struct graph_credentials credentials;
};

static void use_credential(struct uses *uses, const struct credential *credential)
{
    if (credential && !map_add(uses->seen, credential, NULL, uses))
        vec_push(uses->arena, &uses->credentials.v, credential);
}

static void use_container(struct uses *uses, const struct container *container)
{
    if (!container || map_add(uses->seen, container, NULL, uses))
        return;
    vec_push(uses->arena, &uses->containers.v, container);
    use_credential(uses, container->ca.to);
}

static void use_services(struct uses *uses, const struct platform *platform)
{
    if (platform->postgres) {
        use_container(uses, platform->postgres->container.to);
        use_credential(uses, platform->postgres->credential.to);
        use_credential(uses, platform->postgres->sink_credential.to);
    }
    if (platform->kafka) {
        use_container(uses, platform->kafka->container.to);
        use_credential(uses, platform->kafka->credential.to);
    }
    if (platform->kafka_connect) {
        use_container(uses, platform->kafka_connect->container.to);
        use_credential(uses, platform->kafka_connect->credential.to);
    }
    if (platform->airflow)
        use_credential(uses, platform->airflow->credential.to);
    if (platform->git)
        use_credential(uses, platform->git->credential.to);
}

static void use_source(struct uses *uses, const struct graph_stream *stream)
{
    const struct platform_kafka *primary = stream->reads_from ? stream->reads_from->kafka : NULL;

    if (primary) {
        use_container(uses, primary->container.to);
        use_credential(uses, primary->credential.to);
    } else if (!stream->reads_from) {
        use_container(uses, stream->source.container);
        use_credential(uses, stream->source.credential);
        use_credential(uses, stream->source.setup_credential);
    }
    if (stream->producer && stream->producer->transformer)
        use_credential(uses, stream->producer->transformer->credential.to);
}

static struct uses uses_of(struct arena *arena, const struct graph *graph)
{
    struct uses uses = {.arena = arena, .seen = map_new(arena)};

    use_services(&uses, graph->platform);
    for (size_t i = 0; i < graph->streams.n; i++)
        use_source(&uses, graph->streams.v[i]);
    return uses;
}

static int by_container(const void *a, const void *b)
{
    return strcmp((*(struct container *const *)a)->name.s, (*(struct container *const *)b)->name.s);
}

static int by_credential(const void *a, const void *b)
{
    return strcmp((*(struct credential *const *)a)->name.s,
                  (*(struct credential *const *)b)->name.s);
}

struct graph_containers graph_containers(struct arena *arena, const struct graph *graph)
{
    struct uses uses = uses_of(arena, graph);

    SORT(&uses.containers.v, by_container);
    return uses.containers;
}

struct graph_credentials graph_credentials(struct arena *arena, const struct graph *graph)
{
    struct uses uses = uses_of(arena, graph);

    SORT(&uses.credentials.v, by_credential);
    return uses.credentials;
}
