/* The intention graph as a picture that needs no tool but a viewer of Mermaid. */
#include "artifacts.h"

struct doc *emit_graph_mermaid(struct emission *emission, const struct emit_item *item)
{
    struct buf text = {0};

    (void)item;
    graph_print(&text, emission->graph, GRAPH_MERMAID);
    return emit_text(emission, &text);
}
