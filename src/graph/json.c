/* The graph for programs. */
#include "internal.h"

#include "dsc/doc.h"

static struct doc *view_tree(struct arena *arena, const struct graph_view *view)
{
    struct doc *tree = doc_map(arena);

    doc_set_string(arena, tree, "workspace", view->workspace->name.s);
    doc_set_string(arena, tree, "group", view->group->name.s);
    doc_set_string(arena, tree, "shows", words_milestoning.v[view->shows].word);
    doc_set_string(arena, tree, "schema", view->schema);
    doc_set_string(arena, tree, "name", view->name);
    return tree;
}

static struct doc *dataset_tree(struct arena *arena, const struct graph_dataset *kept)
{
    struct doc *tree = doc_map(arena);

    doc_set_string(arena, tree, "name", kept->dataset->name.s);
    doc_set_string(arena, tree, "keeps",
                   kept->views.n ? words_milestoning.v[kept->keeps].word : NULL);
    doc_set(tree, "retention",
            kept->keeps != MILESTONING_LIVE && kept->retention ? doc_int(arena, kept->retention)
                                                               : doc_null(arena));
    struct doc *views = doc_set(tree, "views", doc_list(arena));
    for (size_t i = 0; i < kept->views.n; i++)
        doc_add(views, view_tree(arena, kept->views.v[i]));
    return tree;
}

static struct doc *stream_tree(struct arena *arena, const struct graph_stream *stream)
{
    const struct container *container = stream->source.container;
    struct doc *tree = doc_map(arena);

    doc_set_string(arena, tree, "name", stream->name);
    doc_set_string(arena, tree, "store", stream->store->name.s);
    doc_set_string(arena, tree, "capture", capture_word(stream));
    doc_set_string(arena, tree, "container", container ? container->name.s : NULL);
    doc_set_string(arena, tree, "reads_from",
                   stream->reads_from ? stream->reads_from->name.s : NULL);
    doc_set_string(arena, tree, "producer", stream->producer ? stream->producer->name.s : NULL);
    doc_set_string(arena, tree, "priority", words_priority.v[stream->priority].word);
    doc_set_int(arena, tree, "latency", stream->latency);
    doc_set_string(arena, tree, "schedule", stream->schedule);
    struct doc *datasets = doc_set(tree, "datasets", doc_list(arena));
    for (size_t i = 0; i < stream->datasets.n; i++)
        doc_add(datasets, dataset_tree(arena, stream->datasets.v[i]));
    return tree;
}

/* "merge:crm": unique in the picture. */
static const char *node_id(struct arena *arena, const struct graph_node *node)
{
    return arena_printf(arena, "%s:%s", graph_node_kind_name(node->kind), node->name);
}

static void set_picture(struct arena *arena, struct doc *tree, const struct graph_picture *picture)
{
    struct doc *nodes = doc_set(tree, "nodes", doc_list(arena));
    struct doc *edges = doc_set(tree, "edges", doc_list(arena));

    for (size_t i = 0; i < picture->nodes.n; i++) {
        const struct graph_node *node = picture->nodes.v[i];
        struct doc *item = doc_add(nodes, doc_map(arena));

        doc_set_string(arena, item, "id", node_id(arena, node));
        doc_set_string(arena, item, "kind", graph_node_kind_name(node->kind));
        doc_set_string(arena, item, "name", node->name);
        doc_set_string(arena, item, "detail", node->detail);
        doc_set_string(arena, item, "priority", words_priority.v[node->priority].word);
    }
    for (size_t i = 0; i < picture->edges.n; i++) {
        struct doc *item = doc_add(edges, doc_map(arena));

        doc_set_string(arena, item, "from", node_id(arena, picture->edges.v[i].from));
        doc_set_string(arena, item, "to", node_id(arena, picture->edges.v[i].to));
    }
}

void print_json(struct buf *out, const struct graph *graph)
{
    struct arena *arena = arena_new();
    struct doc *tree = doc_map(arena);

    doc_set_string(arena, tree, "platform", graph->platform->name.s);
    struct doc *streams = doc_set(tree, "streams", doc_list(arena));
    for (size_t i = 0; i < graph->streams.n; i++)
        doc_add(streams, stream_tree(arena, graph->streams.v[i]));
    set_picture(arena, tree, graph_draw(arena, graph));
    doc_write_json(out, tree);
    arena_free(arena);
}
