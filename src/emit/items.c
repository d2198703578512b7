/* The graph cut into items: streams, stores, containers, DAG files, connectors. */
#include "items.h"

#include "dags.h"

#include <stdlib.h>
#include <string.h>

/* Slices of Terraform: fixed by the platform's size, so that a store stays in its file while the
 * platform grows. All lie in one module: the address of a resource never tells its slice. */
static unsigned count_slices(const struct platform *platform)
{
    static const unsigned slices[] = {[SIZE_SMALL] = 1, [SIZE_STANDARD] = 4, [SIZE_LARGE] = 16};

    return slices[platform->size.is];
}

static unsigned slice_of(const char *store, unsigned slices)
{
    char sum[SHA256_HEX];

    sha256_hex(store, strlen(store), sum);
    sum[8] = '\0';
    return (unsigned)(strtoul(sum, NULL, 16) % slices);
}

static void add_streams(struct items *items)
{
    for (size_t i = 0; i < items->graph->streams.n; i++) {
        const struct graph_stream *const *stream =
            (const struct graph_stream *const *)&items->graph->streams.v[i];

        vec_push(items->arena, &items->all,
                 (struct emit_item){.stream = *stream, .streams = stream, .n_streams = 1});
    }
}

static int compare_slices(const void *left, const void *right)
{
    const struct emit_item *a = left, *b = right;

    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->streams[0]->store->name.s, b->streams[0]->store->name.s);
}

/* The streams of a store follow each other: they are sorted by name, and its name begins theirs. */
static void add_stores(struct items *items)
{
    const struct graph *graph = items->graph;
    unsigned slices = count_slices(graph->platform);
    size_t n = 1;

    for (size_t first = 0; first < graph->streams.n; first += n) {
        const struct datastore *store = graph->streams.v[first]->store;

        for (n = 1; first + n < graph->streams.n && graph->streams.v[first + n]->store == store;)
            n++;
        vec_push(items->arena, &items->all,
                 (struct emit_item){
                     .streams = (const struct graph_stream *const *)&graph->streams.v[first],
                     .n_streams = n,
                     .number = slice_of(store->name.s, slices),
                     .of = slices});
    }
    if (items->all.n)
        qsort(items->all.v, items->all.n, sizeof(*items->all.v), compare_slices);
}

static int compare_by_container(const void *left, const void *right)
{
    const struct graph_stream *a = *(const struct graph_stream *const *)left;
    const struct graph_stream *b = *(const struct graph_stream *const *)right;
    int order = strcmp(a->source.container->name.s, b->source.container->name.s);

    return order ? order : strcmp(a->name, b->name);
}

/* Whether it reads from a database that its DBA prepares. */
static bool reads_database(const struct graph_stream *stream)
{
    return !stream->reads_from && stream->source.container &&
           stream->source.container->type.is == CONTAINER_POSTGRES;
}

/* Databases that streams of this platform read from. */
static void add_containers(struct items *items)
{
    VEC(const struct graph_stream *) captured = {0};
    size_t n = 1;

    for (size_t i = 0; i < items->graph->streams.n; i++) {
        const struct graph_stream *stream = items->graph->streams.v[i];

        if (reads_database(stream))
            vec_push(items->arena, &captured, stream);
    }
    if (captured.n)
        qsort(captured.v, captured.n, sizeof(*captured.v), compare_by_container);
    for (size_t first = 0; first < captured.n; first += n) {
        const struct container *container = captured.v[first]->source.container;

        for (n = 1; first + n < captured.n && captured.v[first + n]->source.container == container;)
            n++;
        vec_push(items->arena, &items->all,
                 (struct emit_item){
                     .container = container, .streams = &captured.v[first], .n_streams = n});
    }
}

/* All files are made, also those that no stream fell to, so that their number tells where each is.
 */
static void add_dag_files(struct items *items)
{
    const struct graph *graph = items->graph;
    unsigned files = dags_files(graph);
    struct group {
        VEC(const struct graph_stream *) streams;
    } *groups = arena_alloc(items->arena, files * sizeof(*groups));

    for (size_t i = 0; i < graph->streams.n; i++)
        vec_push(items->arena, &groups[dags_file_of(graph->streams.v[i], files)].streams,
                 graph->streams.v[i]);
    for (unsigned i = 0; i < files; i++) {
        vec_push(items->arena, &items->all,
                 (struct emit_item){.number = i,
                                    .of = files,
                                    .streams = groups[i].streams.v,
                                    .n_streams = groups[i].streams.n});
    }
}

static void add_once(struct items *items)
{
    vec_push(
        items->arena, &items->all,
        (struct emit_item){.streams = (const struct graph_stream *const *)items->graph->streams.v,
                           .n_streams = items->graph->streams.n});
}

void items_begin(struct items *items, const struct graph *graph, enum emit_each each)
{
    static void (*const add[])(struct items *) = {
        [EMIT_ONCE] = add_once,
        [EMIT_STREAM] = add_streams,
        [EMIT_STORE] = add_stores,
        [EMIT_CONNECTOR] = add_stores,
        [EMIT_CONTAINER] = add_containers,
        [EMIT_DAG_FILE] = add_dag_files,
    };

    *items =
        (struct items){.graph = graph, .each = each, .arena = arena_new(), .scratch = arena_new()};
    add[each](items);
}

bool items_next(struct items *items, struct emit_item *item)
{
    while (items->next_connector == items->connectors.v.n) {
        if (items->next == items->all.n)
            return false;
        *item = items->all.v[items->next++];
        if (items->each != EMIT_CONNECTOR)
            return true;
        arena_reset(items->scratch);
        items->connectors =
            connectors_make(items->scratch, items->graph, item->streams, item->n_streams);
        items->next_connector = 0;
    }
    *item = (struct emit_item){.connector = &items->connectors.v.v[items->next_connector++]};
    return true;
}

void items_end(struct items *items)
{
    arena_free(items->arena);
    arena_free(items->scratch);
}
