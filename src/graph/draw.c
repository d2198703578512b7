/* The graph as nodes and edges. */
#include "internal.h"

#include <string.h>

struct painter {
    struct arena *arena;

    struct graph_picture *picture;

    struct strings *names;

    struct map *nodes; /* name, address of the kind's name: struct graph_node */

    struct map *edges; /* from, to */

    struct map *transforms; /* workspaces whose transformer runs here: struct graph_node */

    bool coarse;
};

static const char *const kind_names[] = {
    [NODE_SOURCE] = "source",       [NODE_TRIGGER] = "trigger",     [NODE_INGEST] = "ingest",
    [NODE_REPLICATE] = "replicate", [NODE_TRANSFORM] = "transform", [NODE_STAGE] = "stage",
    [NODE_MERGE] = "merge",         [NODE_VIEW] = "view",
};

const char *graph_node_kind_name(enum graph_node_kind kind)
{
    return kind_names[kind];
}

const char *capture_word(const struct graph_stream *stream)
{
    return kind_capture.fields[stream->source.kind - CAPTURE_CDC].key;
}

/* The node of this kind and name, new or not. */
static struct graph_node *node(struct painter *painter, enum graph_node_kind kind, const char *name,
                               const char *detail, enum priority priority)
{
    const char *unique = intern(painter->names, name);
    struct graph_node *found = map_get(painter->nodes, unique, kind_names[kind]);

    if (!found) {
        found = ARENA_NEW(painter->arena, struct graph_node);
        *found = (struct graph_node){.kind = kind, .name = unique, .detail = detail};
        map_set(painter->nodes, unique, kind_names[kind], found);
        vec_push(painter->arena, &painter->picture->nodes, found);
    }
    if (priority > found->priority)
        found->priority = priority;
    return found;
}

static void edge(struct painter *painter, const struct graph_node *from, struct graph_node *to)
{
    if (!map_add(painter->edges, from, to, to))
        vec_push(painter->arena, &painter->picture->edges, (struct graph_edge){from, to});
}

static struct graph_node *transform(struct painter *painter, const struct graph_stream *stream)
{
    const struct workspace *workspace = stream->producer;
    const struct transformer *transformer = workspace->transformer;
    const char *trigger = transformer ? transformer->trigger.s : NULL;
    struct graph_node *drawn =
        node(painter, NODE_TRANSFORM, workspace->name.s, NULL, stream->priority);

    map_set(painter->transforms, workspace, NULL, drawn);
    if (trigger && strcmp(trigger, "after_inputs") != 0)
        edge(painter,
             node(painter, NODE_TRIGGER,
                  arena_printf(painter->arena, "%s/transformer", workspace->name.s), trigger,
                  stream->priority),
             drawn);
    return drawn;
}

/* The node that fills the stream's staging tables, with all that lies before it. */
static struct graph_node *entry(struct painter *painter, const struct graph_stream *stream,
                                const struct graph_node *trigger)
{
    const struct container *container = stream->source.container;
    const struct platform *primary = stream->reads_from;
    enum capture_kind kind = stream->source.kind;
    const char *name = stream->name;
    struct graph_node *source = NULL, *drawn;

    if (stream->producer)
        return transform(painter, stream);
    if (primary)
        source =
            node(painter, NODE_SOURCE, arena_printf(painter->arena, "platform %s", primary->name.s),
                 NULL, stream->priority);
    else if (container)
        source = node(painter, NODE_SOURCE, container->name.s,
                      words_container_type.v[container->type.is].word, stream->priority);
    if (primary || kind == CAPTURE_KAFKA) /* one replicator for all streams of a store */
        drawn = node(painter, NODE_REPLICATE, stream->store->name.s, NULL, stream->priority);
    else
        drawn = node(painter, NODE_INGEST, name, capture_word(stream), stream->priority);
    if (source)
        edge(painter, source, drawn);
    if (!primary && kind != CAPTURE_CDC && kind != CAPTURE_KAFKA)
        edge(painter, trigger, drawn);
    return drawn;
}

static struct graph_node *view(struct painter *painter, const struct graph_view *view,
                               enum priority priority)
{
    if (painter->coarse)
        return node(painter, NODE_VIEW, view->workspace->name.s, "workspace", priority);
    return node(painter, NODE_VIEW, arena_printf(painter->arena, "%s.%s", view->schema, view->name),
                words_milestoning.v[view->shows].word, priority);
}

static void draw_dataset(struct painter *painter, const struct graph_stream *stream,
                         const struct graph_dataset *kept, const struct graph_node *filler,
                         struct graph_node *merge)
{
    if (painter->coarse) {
        edge(painter, filler, merge);
    } else {
        struct graph_node *stage = node(
            painter, NODE_STAGE,
            arena_printf(painter->arena, "%s.%s", stream->store->name.s, kept->dataset->name.s),
            NULL, stream->priority);
        edge(painter, filler, stage);
        edge(painter, stage, merge);
    }
    for (size_t i = 0; i < kept->views.n; i++) {
        struct graph_node *drawn = view(painter, kept->views.v[i], stream->priority);
        struct graph_node *reader = map_get(painter->transforms, kept->views.v[i]->workspace, NULL);

        edge(painter, merge, drawn);
        if (reader)
            edge(painter, drawn, reader);
    }
}

static void draw_stream(struct painter *painter, const struct graph_stream *stream)
{
    struct graph_node *trigger =
        node(painter, NODE_TRIGGER, stream->name, stream->schedule ? stream->schedule : "external",
             stream->priority);
    struct graph_node *merge = node(painter, NODE_MERGE, stream->name, NULL, stream->priority);
    const struct graph_node *filler = entry(painter, stream, trigger);

    edge(painter, trigger, merge);
    for (size_t i = 0; i < stream->datasets.n; i++)
        draw_dataset(painter, stream, stream->datasets.v[i], filler, merge);
}

static int by_kind_and_name(const void *left, const void *right)
{
    const struct graph_node *a = *(struct graph_node *const *)left;
    const struct graph_node *b = *(struct graph_node *const *)right;

    return a->kind != b->kind ? (a->kind > b->kind) - (a->kind < b->kind)
                              : strcmp(a->name, b->name);
}

static int by_ends(const void *left, const void *right)
{
    const struct graph_edge *a = left, *b = right;

    if (a->from != b->from)
        return (a->from->index > b->from->index) - (a->from->index < b->from->index);
    return (a->to->index > b->to->index) - (a->to->index < b->to->index);
}

static struct graph_picture *draw(struct arena *arena, const struct graph *graph, bool coarse)
{
    struct painter painter = {
        .arena = arena,
        .picture = ARENA_NEW(arena, struct graph_picture),
        .names = strings_new(arena),
        .nodes = map_new(arena),
        .edges = map_new(arena),
        .transforms = map_new(arena),
        .coarse = coarse,
    };
    struct graph_picture *picture = painter.picture;

    for (size_t i = 0; i < graph->streams.n; i++) {
        if (graph->streams.v[i]->producer)
            transform(&painter, graph->streams.v[i]);
    }
    for (size_t i = 0; i < graph->streams.n; i++)
        draw_stream(&painter, graph->streams.v[i]);
    SORT(&picture->nodes, by_kind_and_name);
    for (size_t i = 0; i < picture->nodes.n; i++)
        picture->nodes.v[i]->index = i;
    SORT(&picture->edges, by_ends);
    return picture;
}

struct graph_picture *graph_draw(struct arena *arena, const struct graph *graph)
{
    return draw(arena, graph, false);
}

struct graph_picture *graph_draw_coarsely(struct arena *arena, const struct graph *graph)
{
    return draw(arena, graph, true);
}
