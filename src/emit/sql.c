/* The SQL for people to read: what schema apply will do to the platform's database, and what a
 * producer's DBA runs at the source. */
#include "artifacts.h"
#include "dsc/ddl.h"
#include "plan_build.h"
#include "route.h"

struct doc *emit_sql_platform(struct emission *emission, const struct emit_item *item)
{
    struct buf sql = {0};

    (void)item;
    ddl_platform(&sql);
    return emit_text(emission, &sql);
}

struct doc *emit_sql_stream(struct emission *emission, const struct emit_item *item)
{
    const struct plan *plan = plan_build(emission->arena, emission->graph, item->streams);
    struct buf sql = {0};

    buf_putc(&sql, '\n');
    ddl_tables(&sql, plan);
    ddl_views(&sql, plan);
    return emit_text(emission, &sql);
}

static void add_tables(struct arena *arena, struct ddl_store *store,
                       const struct graph_stream *stream)
{
    struct ddl_source_table *tables;
    size_t n = store->n_tables + stream->datasets.n;

    if (stream->source.kind == CAPTURE_SQL_QUERY) /* whose tables nobody knows */
        return;
    tables =
        arena_grow(arena, store->tables, store->n_tables * sizeof(*tables), n * sizeof(*tables));
    for (size_t i = 0; i < stream->datasets.n; i++) {
        const struct dataset *dataset = stream->datasets.v[i]->dataset;

        tables[store->n_tables + i] =
            (struct ddl_source_table){.schema = stream->source.schema,
                                      .table = route_source_table(dataset),
                                      .dataset = dataset->name.s,
                                      .keyless = !dataset->key.n};
    }
    store->tables = tables;
    store->n_tables = n;
}

/* What is read at its source by the streams of one store. */
static struct ddl_store store_of(struct arena *arena, const struct graph *graph,
                                 const struct graph_stream *const *streams, size_t n)
{
    struct route route = route_make(arena, graph, streams, n);
    struct name_parts parts = route_parts(&route, NULL, NULL);
    struct ddl_store store = {
        .platform = graph->platform->name.s,
        .store = route.store->name.s,
        .credential = route.source->credential->name.s,
    };

    parts.credential = store.credential;
    store.role = name_make(arena, NAME_PSQL_VARIABLE, &parts);
    if (route_captures(&route)) {
        store.schema = name_make(arena, NAME_SOURCE_SCHEMA, &parts);
        store.slot = name_make(arena, NAME_SLOT, &parts);
        store.publication = name_make(arena, NAME_PUBLICATION, &parts);
        store.signal_truncates = route_has(&route, FEED_SIGNAL);
    }
    for (size_t i = 0; i < n; i++)
        add_tables(arena, &store, streams[i]);
    return store;
}

struct doc *emit_sql_source(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct ddl_source source = {.container = item->container->name.s,
                                .database = item->container->database.s};
    struct buf sql = {0};
    VEC(struct ddl_store) stores = {0};
    size_t n = 1;

    for (size_t first = 0; first < item->n_streams; first += n) {
        const struct graph_stream *const *streams = &item->streams[first];

        for (n = 1; first + n < item->n_streams && streams[n]->store == streams[0]->store;)
            n++;
        vec_push(arena, &stores, store_of(arena, emission->graph, streams, n));
    }
    ddl_source(&sql, &source, stores.v, stores.n);
    return emit_text(emission, &sql);
}
