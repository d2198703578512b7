/* From the groups that a platform serves back to the sources. */
#include "internal.h"

#include <string.h>

#include "dsc/names.h"

enum { PRIORITIES = PRIORITY_CRITICAL + 1 };

/* What a group asks for where it states nothing: the fallbacks of struct needs. */
static const struct needs no_needs = {.milestoning = {.is = MILESTONING_LIVE},
                                      .latency = {.n = 60 * 60, .set = true}};

/* A history that nobody has asked for yet; then 0 (for ever) or a number of seconds. */
enum { NO_RETENTION = -1 };

struct builder {
    struct arena *arena;

    struct graph *graph;

    struct map *bound; /* stores with a Binding on this platform */

    struct map *primaries; /* store: the platform that reads it for the others */

    struct map *streams; /* store, dataset or NULL: struct graph_stream */

    struct map *datasets; /* dataset: struct graph_dataset */

    struct map *served; /* groups, and workspaces with one: the schema of their views */

    VEC(const struct group *) waiting[PRIORITIES]; /* groups to be served, by their priority */
};

static void find_other_sources(struct builder *builder)
{
    const struct model *model = builder->graph->model;
    const struct platform *platform = builder->graph->platform;

    for (size_t i = 0; i < model->all.bindings.n; i++) {
        struct binding *binding = model->all.bindings.v[i];

        if (binding->platform.to == platform && binding->datastore.to)
            map_add(builder->bound, binding->datastore.to, NULL, binding);
    }
    for (size_t i = 0; i < model->all.primary_ingestions.n; i++) {
        struct primary_ingestion *primary = model->all.primary_ingestions.v[i];

        if (primary->datastore.to && primary->platform.to)
            map_add(builder->primaries, primary->datastore.to, NULL, primary->platform.to);
    }
}

/* The platform whose topics of this store are replicated; NULL: this one reads the source itself,
 * as it does where a Binding gives it a copy of its own, or where there are no topics. */
static const struct platform *reads_from(struct builder *builder, const struct datastore *store)
{
    enum capture_kind kind = store->source.kind;
    const struct platform *primary = map_get(builder->primaries, store, NULL);

    if ((kind != CAPTURE_CDC && kind != CAPTURE_KAFKA) || map_get(builder->bound, store, NULL))
        return NULL;
    return primary == builder->graph->platform ? NULL : primary;
}

static struct graph_stream *stream_new(struct builder *builder, const struct datastore *store,
                                       const struct dataset *dataset)
{
    const struct platform *primary = reads_from(builder, store);
    struct graph_stream *stream = ARENA_NEW(builder->arena, struct graph_stream);

    stream->store = store;
    stream->reads_from = primary;
    stream->source =
        model_source(builder->graph->model, store, primary ? primary : builder->graph->platform);
    if (stream->source.kind == CAPTURE_TRANSFORMER)
        stream->producer = stream->source.capture->transformer->workspace.to;
    stream->name = name_make(
        builder->arena, NAME_STREAM,
        &(struct name_parts){.store = store->name.s, .dataset = dataset ? dataset->name.s : NULL});
    stream->latency = INT64_MAX;
    map_set(builder->streams, store, dataset, stream);
    vec_push(builder->arena, &builder->graph->streams, stream);
    return stream;
}

/* The stream that carries a dataset; NULL where its store has no usable capture. */
static struct graph_stream *stream_of(struct builder *builder, const struct dataset *dataset)
{
    const struct datastore *store = (const struct datastore *)dataset->head.parent;
    bool alone = store->consistency.is == CONSISTENCY_DATASET && !store->source.transactional;
    const struct dataset *key = alone ? dataset : NULL;

    if (store->source.kind == CAPTURE_NONE)
        return NULL;
    struct graph_stream *stream = map_get(builder->streams, store, key);
    return stream ? stream : stream_new(builder, store, key);
}

static struct graph_dataset *dataset_of(struct builder *builder, struct graph_stream *stream,
                                        const struct dataset *dataset, enum milestoning keeps)
{
    struct graph_dataset *kept = map_get(builder->datasets, dataset, NULL);

    if (!kept) {
        kept = ARENA_NEW(builder->arena, struct graph_dataset);
        *kept = (struct graph_dataset){.dataset = dataset, .keeps = keeps};
        kept->retention = NO_RETENTION;
        map_set(builder->datasets, dataset, NULL, kept);
        vec_push(builder->arena, &stream->datasets, kept);
    } else if (kept->keeps != keeps) {
        kept->keeps = MILESTONING_BOTH;
    }
    return kept;
}

static void ask_retention(struct graph_dataset *kept, const struct number *retention)
{
    int64_t asked = retention->set ? retention->n : 0;

    if (kept->retention == NO_RETENTION)
        kept->retention = asked;
    else if (!asked || !kept->retention)
        kept->retention = 0;
    else if (asked > kept->retention)
        kept->retention = asked;
}

static void add_view(struct builder *builder, struct graph_dataset *kept, const struct group *group,
                     const struct use *use, enum milestoning shows, bool beside_live)
{
    const struct workspace *workspace = (const struct workspace *)group->head.parent;
    const struct datastore *store = (const struct datastore *)kept->dataset->head.parent;
    struct name_parts parts = {
        .group = group->name.s,
        .store = store->name.s,
        .dataset = kept->dataset->name.s,
        .as = use->as.s,
    };
    struct graph_view *view = ARENA_NEW(builder->arena, struct graph_view);

    *view = (struct graph_view){.workspace = workspace, .group = group, .use = use, .shows = shows};
    view->schema = map_get(builder->served, workspace, NULL);
    view->name = name_make(builder->arena, beside_live ? NAME_VIEW_HISTORY : NAME_VIEW, &parts);
    vec_push(builder->arena, &kept->views, view);
}

/* All groups of a workspace, where `only` is NULL, or those that this platform is to serve. */
static void enqueue_groups(struct builder *builder, const struct workspace *workspace,
                           const struct platform *only, enum priority priority)
{
    for (size_t i = 0; i < workspace->groups.n; i++) {
        const struct group *group = workspace->groups.v[i];
        bool wanted = !only;

        for (size_t k = 0; k < group->platforms.n && !wanted; k++)
            wanted = group->platforms.v[k] == only;
        if (wanted)
            vec_push(builder->arena, &builder->waiting[priority], group);
    }
}

static void serve_use(struct builder *builder, const struct group *group, const struct use *use,
                      enum priority priority)
{
    const struct needs *needs = group->needs ? group->needs : &no_needs;
    struct graph_stream *stream = use->dataset.to ? stream_of(builder, use->dataset.to) : NULL;
    enum milestoning shows = (enum milestoning)needs->milestoning.is;

    if (!stream)
        return;
    struct graph_dataset *kept = dataset_of(builder, stream, use->dataset.to, shows);
    if (shows != MILESTONING_HISTORY)
        add_view(builder, kept, group, use, MILESTONING_LIVE, false);
    if (shows != MILESTONING_LIVE) {
        add_view(builder, kept, group, use, MILESTONING_HISTORY, shows == MILESTONING_BOTH);
        ask_retention(kept, &needs->retention);
    }
    if (needs->latency.n < stream->latency)
        stream->latency = needs->latency.n;
    if (stream->producer && !map_add(builder->served, stream, NULL, stream))
        enqueue_groups(builder, stream->producer, NULL, priority);
    if (priority > stream->priority)
        stream->priority = priority;
}

static void serve_group(struct builder *builder, const struct group *group, enum priority priority)
{
    const struct workspace *workspace = (const struct workspace *)group->head.parent;

    if (map_add(builder->served, group, NULL, builder))
        return;
    if (!map_get(builder->served, workspace, NULL)) {
        map_set(builder->served, workspace, NULL,
                (void *)name_make(builder->arena, NAME_VIEW_SCHEMA,
                                  &(struct name_parts){.workspace = workspace->name.s}));
        vec_push(builder->arena, &builder->graph->workspaces, workspace);
    }
    for (size_t i = 0; i < group->datasets.n; i++)
        serve_use(builder, group, group->datasets.v[i], priority);
}

/* From the highest priority down, so that whatever is reached first is reached with the highest one
 * that any consumer gives it, also through transformers (and cycles of them). */
static void serve_all(struct builder *builder)
{
    const struct model *model = builder->graph->model;

    for (size_t i = 0; i < model->all.workspaces.n; i++) {
        const struct workspace *workspace = model->all.workspaces.v[i];

        if (workspace->priority.is >= 0)
            enqueue_groups(builder, workspace, builder->graph->platform,
                           (enum priority)workspace->priority.is);
    }
    for (unsigned priority = PRIORITIES; priority-- > 0;) {
        while (builder->waiting[priority].n)
            serve_group(builder, builder->waiting[priority].v[--builder->waiting[priority].n],
                        (enum priority)priority);
    }
}

/* Where another decides what a connector captures (a producer, or a platform that reads the source
 * for others), a transaction is whole only when the changes of all its datasets are staged: counts
 * tell. */
static void complete_transactions(struct builder *builder, struct graph_stream *stream)
{
    const struct datastore *store = stream->store;
    bool shared = store->source.kind == CAPTURE_KAFKA || map_get(builder->primaries, store, NULL);

    if (!stream->source.transactional || !shared)
        return;
    for (size_t i = 0; i < store->datasets.n; i++) {
        if (!map_get(builder->datasets, store->datasets.v[i], NULL))
            dataset_of(builder, stream, store->datasets.v[i], MILESTONING_LIVE);
    }
}

static int by_stream(const void *a, const void *b)
{
    return strcmp((*(struct graph_stream *const *)a)->name,
                  (*(struct graph_stream *const *)b)->name);
}

static int by_dataset(const void *a, const void *b)
{
    return strcmp((*(struct graph_dataset *const *)a)->dataset->name.s,
                  (*(struct graph_dataset *const *)b)->dataset->name.s);
}

static int by_view(const void *left, const void *right)
{
    const struct graph_view *a = *(struct graph_view *const *)left;
    const struct graph_view *b = *(struct graph_view *const *)right;
    int order = strcmp(a->schema, b->schema);

    if (!order)
        order = strcmp(a->name, b->name);
    if (!order)
        order = strcmp(a->group->name.s, b->group->name.s);
    return order;
}

static int by_workspace(const void *a, const void *b)
{
    return strcmp((*(struct workspace *const *)a)->name.s, (*(struct workspace *const *)b)->name.s);
}

static const char *schedule_of(struct arena *arena, const struct graph_stream *stream)
{
    const char *trigger = stream->store->trigger.s;

    if (strcmp(trigger, "external") == 0)
        return NULL;
    if (strcmp(trigger, "continuous") == 0)
        return schedule_from_latency(arena, stream->latency);
    return trigger;
}

static void finish_stream(struct arena *arena, struct graph_stream *stream)
{
    stream->schedule = schedule_of(arena, stream);
    for (size_t i = 0; i < stream->datasets.n; i++) {
        struct graph_dataset *kept = stream->datasets.v[i];

        if (kept->retention == NO_RETENTION)
            kept->retention = 0;
        SORT(&kept->views, by_view);
    }
    SORT(&stream->datasets, by_dataset);
}

struct graph *graph_build(struct arena *arena, const struct model *model,
                          const struct platform *platform)
{
    struct graph *graph = ARENA_NEW(arena, struct graph);
    struct builder builder = {
        .arena = arena,
        .graph = graph,
        .bound = map_new(arena),
        .primaries = map_new(arena),
        .streams = map_new(arena),
        .datasets = map_new(arena),
        .served = map_new(arena),
    };

    graph->model = model;
    graph->platform = platform;
    find_other_sources(&builder);
    serve_all(&builder);
    for (size_t i = 0; i < graph->streams.n; i++) {
        complete_transactions(&builder, graph->streams.v[i]);
        finish_stream(arena, graph->streams.v[i]);
    }
    SORT(&graph->streams, by_stream);
    SORT(&graph->workspaces, by_workspace);
    return graph;
}
