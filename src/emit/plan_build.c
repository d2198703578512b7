/* A stream's merge plan from the graph. */
#include "plan_build.h"

#include "placeholder.h"
#include "route.h"
#include "service.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    struct arena *arena;

    const struct graph *graph;

    const struct graph_stream *stream;

    struct route route;

    struct plan *plan;
};

/* Debezium for PostgreSQL. The position of the commit before rises from commit to commit, and is
 * null for the first of an incarnation; an END is called TXID:LSN. LSNs alone are in no order of
 * commits. */
#define COMMIT_POSITION "(__source_sequence::jsonb ->> 0)::bigint"
static const struct plan_order transactional = {
    .commit = COMMIT_POSITION,
    .change = "__transaction_total_order",
    .transaction = "\"__source_txId\"",
    .end_transaction = "split_part(id, ':', 1)::bigint",
    .end_commit = "split_part(id, ':', 2)::bigint",
};
static const struct plan_order convergent = {
    .commit = COMMIT_POSITION,
    .change = "__source_lsn",
};

static enum plan_capture capture_of(enum capture_kind kind)
{
    static const enum plan_capture captures[] = {
        [CAPTURE_CDC] = PLAN_CDC,
        [CAPTURE_KAFKA] = PLAN_KAFKA,
        [CAPTURE_SQL_SNAPSHOT] = PLAN_SQL_SNAPSHOT,
        [CAPTURE_SQL_WATERMARK] = PLAN_SQL_WATERMARK,
        [CAPTURE_SQL_QUERY] = PLAN_SQL_QUERY,
        [CAPTURE_TRANSFORMER] = PLAN_TRANSFORMER,
    };

    return captures[kind];
}

static struct plan_address address_of(const struct service *service)
{
    const struct credential *credential = service->credential;

    return (struct plan_address){
        .container = service->name,
        .host = service->host,
        .port = service->port,
        .database = service->database,
        .tls = words_tls_mode.v[service->tls].word,
        .ca = service->ca ? service->ca->name.s : NULL,
        .credential = credential ? credential->name.s : NULL,
        .credential_type = credential ? words_credential_type.v[credential->type.is].word : NULL,
    };
}

static struct plan_address *address_new(struct arena *arena, const struct service *service)
{
    struct plan_address *address = ARENA_NEW(arena, struct plan_address);

    *address = address_of(service);
    return address;
}

static void set_addresses(struct builder *builder)
{
    const struct platform *platform = builder->graph->platform;
    const struct credential *owner = platform->postgres->credential.to;
    const struct credential *sink = platform->postgres->sink_credential.to;
    const struct source *source = &builder->stream->source;
    struct service postgres = service_postgres(builder->arena, platform);
    struct service connect = service_connect(builder->arena, platform);
    struct plan *plan = builder->plan;

    plan->database = address_of(&postgres);
    if (builder->route.incarnations.n) {
        plan->sink_credential = sink && sink != owner ? sink->name.s : NULL;
        plan->connect = address_new(builder->arena, &connect);
    } else if (source->container) {
        struct service from = service_container(source->container, source->credential);

        plan->source = address_new(builder->arena, &from);
    }
}

static void set_incarnations(struct builder *builder)
{
    struct plan *plan = builder->plan;
    size_t n = builder->route.incarnations.n;

    plan->n_incarnations = n;
    plan->incarnations = arena_alloc(builder->arena, n * sizeof(*plan->incarnations));
    for (size_t i = 0; i < n; i++) {
        const struct route_incarnation *from = &builder->route.incarnations.v[i];

        plan->incarnations[i] = (struct plan_incarnation){
            .number = from->number, .prefix = from->prefix, .draining = from->draining};
    }
}

/* The topics that fill a staging table, one for each incarnation that has it. */
static struct plan_topic *make_topics(struct builder *builder, enum feed feed,
                                      const struct dataset *dataset, size_t *n)
{
    const struct route *route = &builder->route;
    struct plan_topic *topics =
        arena_alloc(builder->arena, route->incarnations.n * sizeof(*topics));

    *n = 0;
    for (size_t i = 0; i < route->incarnations.n; i++) {
        const struct route_incarnation *incarnation = &route->incarnations.v[i];
        const char *topic = route_topic(builder->arena, route, incarnation, feed, dataset);

        if (topic)
            topics[(*n)++] = (struct plan_topic){
                .incarnation = incarnation->number,
                .topic = topic,
                .connector = route_sink(builder->arena, route, incarnation, feed, dataset)};
    }
    return topics;
}

static struct plan_feed *make_feed(struct builder *builder, enum feed feed)
{
    struct plan_feed *made;

    if (!builder->route.incarnations.n || !route_has(&builder->route, feed))
        return NULL;
    made = ARENA_NEW(builder->arena, struct plan_feed);
    made->staging = (struct plan_table){NAME_SCHEMA_STAGING,
                                        route_table(builder->arena, &builder->route, feed, NULL)};
    made->topics = make_topics(builder, feed, NULL, &made->n_topics);
    return made;
}

static int64_t key_place(const struct dataset *dataset, const struct column *column)
{
    for (size_t i = 0; i < dataset->key.n; i++) {
        if (dataset->key.v[i] == column)
            return (int64_t)i + 1;
    }
    return 0;
}

static void set_columns(struct builder *builder, struct plan_dataset *plan,
                        const struct dataset *dataset)
{
    bool by_kafka = builder->route.incarnations.n;
    const char *placeholder = by_kafka ? route_placeholder(builder->arena, &builder->route) : NULL;
    const char *why;

    plan->n_columns = dataset->columns.n;
    plan->columns = arena_alloc(builder->arena, plan->n_columns * sizeof(*plan->columns));
    for (size_t i = 0; i < plan->n_columns; i++) {
        const struct column *column = dataset->columns.v[i];
        struct plan_column *made = &plan->columns[i];

        made->name = column->name.s;
        made->type = type_postgres(builder->arena, column->type.is);
        made->staging_type =
            by_kafka ? type_staging(builder->arena, column->type.is, &why) : made->type;
        made->key = key_place(dataset, column);
        made->fallback = column->fallback.s;
        if (placeholder && !made->key) /* what is part of the key is never left out */
            made->placeholder =
                placeholder_literal(builder->arena, made->staging_type, placeholder);
    }
}

static void set_views(struct builder *builder, struct plan_dataset *plan,
                      const struct graph_dataset *kept)
{
    plan->n_views = kept->views.n;
    plan->views = arena_alloc(builder->arena, plan->n_views * sizeof(*plan->views));
    for (size_t i = 0; i < plan->n_views; i++) {
        const struct graph_view *view = kept->views.v[i];
        struct name_parts parts = {.workspace = view->workspace->name.s};

        plan->views[i] = (struct plan_view){
            .view = {view->schema, view->name},
            .shows = view->shows == MILESTONING_HISTORY ? PLAN_SHOWS_HISTORY : PLAN_SHOWS_LIVE,
            .workspace = view->workspace->name.s,
            .role = name_make(builder->arena, NAME_ROLE_WORKSPACE, &parts)};
    }
}

static struct plan_table *make_table(struct builder *builder, const char *schema, const char *name)
{
    struct plan_table *table = ARENA_NEW(builder->arena, struct plan_table);

    *table = (struct plan_table){schema, name};
    return table;
}

static void set_tables(struct builder *builder, struct plan_dataset *plan,
                       const struct graph_dataset *kept)
{
    struct name_parts parts = route_parts(&builder->route, NULL, kept->dataset);
    const char *name = name_make(builder->arena, NAME_TABLE, &parts);

    plan->staging =
        (struct plan_table){NAME_SCHEMA_STAGING, name_make(builder->arena, NAME_STAGING, &parts)};
    plan->sealed = (struct plan_table){NAME_SCHEMA_STAGING,
                                       name_make(builder->arena, NAME_STAGING_SEALED, &parts)};
    if (!kept->views.n) /* staged for the sake of whole transactions, and kept nowhere */
        return;
    if (kept->keeps != MILESTONING_HISTORY)
        plan->live = make_table(builder, NAME_SCHEMA_LIVE, name);
    if (kept->keeps != MILESTONING_LIVE)
        plan->history = make_table(builder, NAME_SCHEMA_HISTORY, name);
}

static void set_dataset(struct builder *builder, struct plan_dataset *plan,
                        const struct graph_dataset *kept)
{
    const struct source *source = &builder->stream->source;
    const struct dataset *dataset = kept->dataset;

    plan->name = dataset->name.s;
    plan->deletes = dataset->deletes.is == DELETES_SOFT ? PLAN_SOFT : PLAN_HARD;
    plan->retention = kept->retention;
    if (source->kind != CAPTURE_TRANSFORMER)
        plan->source_schema = source->schema;
    if (source->kind == CAPTURE_SQL_QUERY)
        plan->query = dataset->query.s;
    else if (source->kind != CAPTURE_TRANSFORMER)
        plan->source_table = route_source_table(dataset);
    if (source->kind == CAPTURE_SQL_WATERMARK)
        plan->watermark = dataset->watermark.s ? dataset->watermark.s
                                               : source->capture->sql_watermark->watermark.s;
    plan->topics = make_topics(builder, FEED_DATASET, dataset, &plan->n_topics);
    set_tables(builder, plan, kept);
    set_columns(builder, plan, dataset);
    set_views(builder, plan, kept);
}

static void set_datasets(struct builder *builder)
{
    const struct graph_stream *stream = builder->stream;
    struct plan *plan = builder->plan;

    plan->n_datasets = stream->datasets.n;
    plan->datasets = arena_alloc(builder->arena, plan->n_datasets * sizeof(*plan->datasets));
    for (size_t i = 0; i < plan->n_datasets; i++)
        set_dataset(builder, &plan->datasets[i], stream->datasets.v[i]);
}

static const char **texts(struct builder *builder, const struct texts *from)
{
    const char **made = arena_alloc(builder->arena, from->n * sizeof(*made));

    for (size_t i = 0; i < from->n; i++)
        made[i] = from->v[i].s;
    return made;
}

static void set_parameters(struct builder *builder)
{
    const struct sql_query *query = builder->stream->source.capture->sql_query;
    struct plan *plan = builder->plan;

    plan->n_parameters = query ? query->parameters.n : 0;
    plan->parameters = arena_alloc(builder->arena, plan->n_parameters * sizeof(*plan->parameters));
    for (size_t i = 0; i < plan->n_parameters; i++) {
        const struct parameter *from = query->parameters.v[i];

        plan->parameters[i] = (struct plan_parameter){.name = from->name.s,
                                                      .values = texts(builder, &from->values),
                                                      .n_values = from->values.n};
    }
}

static int by_role(const void *left, const void *right)
{
    const struct plan_role *a = left, *b = right;

    return strcmp(a->role, b->role);
}

/* The workspaces that have views here, each once. */
static void set_roles(struct builder *builder)
{
    struct map *seen = map_new(builder->arena);
    VEC(struct plan_role) roles = {0};

    for (size_t i = 0; i < builder->stream->datasets.n; i++) {
        const struct graph_dataset *kept = builder->stream->datasets.v[i];

        for (size_t k = 0; k < kept->views.n; k++) {
            const struct workspace *workspace = kept->views.v[k]->workspace;

            if (map_add(seen, workspace, NULL, builder))
                continue;
            vec_push(builder->arena, &roles,
                     (struct plan_role){.role = builder->plan->datasets[i].views[k].role,
                                        .schema = kept->views.v[k]->schema,
                                        .readers = texts(builder, &workspace->readers),
                                        .n_readers = workspace->readers.n});
        }
    }
    if (roles.n)
        qsort(roles.v, roles.n, sizeof(*roles.v), by_role);
    builder->plan->roles = roles.v;
    builder->plan->n_roles = roles.n;
}

/* What is promised, and the order that this rests on. Tombstones outlast every record that may come
 * again: those in the platform's topics, and as long again for those that were on their way. */
static void set_promise(struct builder *builder)
{
    const struct platform_kafka *kafka = builder->graph->platform->kafka;
    struct plan *plan = builder->plan;

    if (!builder->route.incarnations.n) {
        plan->promise = PLAN_RUNS;
        return;
    }
    plan->order = ARENA_NEW(builder->arena, struct plan_order);
    if (builder->stream->source.transactional) {
        plan->promise = PLAN_TRANSACTIONAL;
        *plan->order = transactional;
    } else {
        plan->promise = PLAN_CONVERGENT;
        *plan->order = convergent;
        plan->tombstone_retention = 2 * kafka->retention.n;
    }
    plan->truncate =
        route_has(&builder->route, FEED_SIGNAL) ? PLAN_TRUNCATE_SIGNAL : PLAN_TRUNCATE_REFUSE;
}

struct plan *plan_build(struct arena *arena, const struct graph *graph,
                        const struct graph_stream *const *stream)
{
    static const enum plan_priority priorities[] = {[PRIORITY_LOW] = PLAN_LOW,
                                                    [PRIORITY_MEDIUM] = PLAN_MEDIUM,
                                                    [PRIORITY_HIGH] = PLAN_HIGH,
                                                    [PRIORITY_CRITICAL] = PLAN_CRITICAL};
    const struct platform *platform = graph->platform;
    const struct capture *capture = (*stream)->source.capture;
    struct plan *plan = ARENA_NEW(arena, struct plan);
    struct builder builder = {
        .arena = arena,
        .graph = graph,
        .stream = *stream,
        .route = route_make(arena, graph, stream, 1),
        .plan = plan,
    };

    plan->format = PLAN_FORMAT;
    plan->stream = (*stream)->name;
    plan->platform = platform->name.s;
    plan->store = (*stream)->store->name.s;
    plan->capture = capture_of((*stream)->source.kind);
    plan->schedule = (*stream)->schedule;
    plan->priority = priorities[(*stream)->priority];
    plan->quarantine = platform->quarantine.is == QUARANTINE_SET_ASIDE ? PLAN_QUARANTINE_SET_ASIDE
                                                                       : PLAN_QUARANTINE_STOP;
    plan->metrics_retention = platform->metrics_retention.n;
    if (capture->sql_watermark)
        plan->safety_lag = capture->sql_watermark->safety_lag.n;
    set_promise(&builder);
    set_addresses(&builder);
    set_incarnations(&builder);
    plan->transaction = make_feed(&builder, FEED_TRANSACTION);
    plan->notification = make_feed(&builder, FEED_NOTIFICATION);
    plan->heartbeat = make_feed(&builder, FEED_HEARTBEAT);
    plan->signal = make_feed(&builder, FEED_SIGNAL);
    set_parameters(&builder);
    set_datasets(&builder);
    set_roles(&builder);
    return plan;
}
