/* The graph as DOT and Mermaid, and the choice among all formats. */
#include "internal.h"

#include <string.h>

/* How each kind of node looks. */
static const struct look {
    const char *dot;         /* a shape of Graphviz */
    const char *open, *shut; /* Mermaid's brackets */
} looks[] = {
    [NODE_SOURCE] = {"cylinder", "[(", ")]"},   [NODE_TRIGGER] = {"ellipse", "([", "])"},
    [NODE_INGEST] = {"box", "[", "]"},          [NODE_REPLICATE] = {"box", "[", "]"},
    [NODE_TRANSFORM] = {"hexagon", "{{", "}}"}, [NODE_STAGE] = {"box", "[", "]"},
    [NODE_MERGE] = {"box", "[", "]"},           [NODE_VIEW] = {"note", "[/", "/]"},
};

/* Control characters would end a line of either format; in a picture they mean nothing. */
static char printable(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f ? ' ' : c;
}

/* Text in DOT's double quotes: only the quote ends it, and a backslash begins an escape. */
static void put_dot(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_putc(out, '\\');
        buf_putc(out, printable(*text));
    }
}

void print_dot(struct buf *out, const struct graph *graph)
{
    struct arena *arena = arena_new();
    const struct graph_picture *picture = graph_draw(arena, graph);

    buf_puts(out, "digraph \"");
    put_dot(out, graph->platform->name.s);
    buf_puts(out, "\" {\n    rankdir=LR;\n");
    for (size_t i = 0; i < picture->nodes.n; i++) {
        const struct graph_node *node = picture->nodes.v[i];

        buf_printf(out, "    n%zu [shape=%s, label=\"%s ", i, looks[node->kind].dot,
                   graph_node_kind_name(node->kind));
        put_dot(out, node->name);
        if (node->detail) {
            buf_puts(out, "\\n");
            put_dot(out, node->detail);
        }
        buf_puts(out, "\"];\n");
    }
    for (size_t i = 0; i < picture->edges.n; i++)
        buf_printf(out, "    n%zu -> n%zu;\n", picture->edges.v[i].from->index,
                   picture->edges.v[i].to->index);
    buf_puts(out, "}\n");
    arena_free(arena);
}

/* Text in Mermaid's double quotes, where backticks make it Markdown, and where it reads HTML: all
 * ASCII but what names are made of becomes an entity of its own, #CODE;
 * (mermaid.js.org/syntax/flowchart). The colon too: behind "style" and before an entity it costs
 * that its semicolon. */
static void put_mermaid(struct buf *out, const char *text)
{
    for (; *text; text++) {
        char c = printable(*text);
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (unsigned char)c >= 0x80 || strchr(" _.-/,", c);

        if (plain)
            buf_putc(out, c);
        else
            buf_printf(out, "#%d;", c);
    }
}

static void put_flowchart(struct buf *out, const struct graph_picture *picture)
{
    buf_puts(out, "flowchart LR\n");
    for (size_t i = 0; i < picture->nodes.n; i++) {
        const struct graph_node *node = picture->nodes.v[i];
        const struct look *look = &looks[node->kind];

        buf_printf(out, "    n%zu%s\"%s ", i, look->open, graph_node_kind_name(node->kind));
        put_mermaid(out, node->name);
        if (node->detail) {
            buf_puts(out, "<br>");
            put_mermaid(out, node->detail);
        }
        buf_printf(out, "\"%s\n", look->shut);
    }
    for (size_t i = 0; i < picture->edges.n; i++)
        buf_printf(out, "    n%zu --> n%zu\n", picture->edges.v[i].from->index,
                   picture->edges.v[i].to->index);
}

/* What Mermaid's renderers accept unless told otherwise by the page, never by the chart (maxEdges
 * and maxTextSize of its configuration). */
enum { MERMAID_EDGES = 500, MERMAID_BYTES = 50000 };

/* At least as many edges as this: each dataset goes from its staging table into its stream. */
static size_t count_datasets(const struct graph *graph)
{
    size_t n = 0;

    for (size_t i = 0; i < graph->streams.n; i++)
        n += graph->streams.v[i]->datasets.n;
    return n;
}

/* False: it is too large, and `out` as it was. */
static bool put_whole(struct buf *out, struct arena *arena, const struct graph *graph)
{
    const struct graph_picture *picture;
    size_t before = out->len;

    if (count_datasets(graph) > MERMAID_EDGES)
        return false;
    picture = graph_draw(arena, graph);
    put_flowchart(out, picture);
    if (picture->edges.n <= MERMAID_EDGES && out->len - before <= MERMAID_BYTES)
        return true;
    out->len = before;
    return false;
}

void print_mermaid(struct buf *out, const struct graph *graph)
{
    struct arena *arena = arena_new();

    if (!put_whole(out, arena, graph)) {
        buf_puts(out, "%% datasets and views are left out: with them it is too large to draw\n");
        put_flowchart(out, graph_draw_coarsely(arena, graph));
    }
    arena_free(arena);
}

void graph_print(struct buf *out, const struct graph *graph, enum graph_format format)
{
    static void (*const printers[])(struct buf *, const struct graph *) = {
        [GRAPH_TEXT] = print_text,
        [GRAPH_JSON] = print_json,
        [GRAPH_DOT] = print_dot,
        [GRAPH_MERMAID] = print_mermaid,
    };

    printers[format](out, graph);
}
