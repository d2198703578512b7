/* What the rows of the table are asked for. */
#ifndef DSC_EMIT_ITEMS_H
#define DSC_EMIT_ITEMS_H

#include "connector.h"
#include "dsc/emit.h"

struct items {
    const struct graph *graph;

    enum emit_each each;

    struct arena *arena;
    VEC(struct emit_item) all; /* EMIT_CONNECTOR: the stores whose connectors are asked for */
    size_t next;

    /* Connectors are made store by store, so that there are never many. */
    struct arena *scratch;
    struct connectors connectors;
    size_t next_connector;
};

void items_begin(struct items *items, const struct graph *graph, enum emit_each each);
bool items_next(struct items *items, struct emit_item *item); /* false: that was all */
void items_end(struct items *items);

#endif
