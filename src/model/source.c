/* What follows from what was written: where stores come from, keys, and the platforms of groups. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static struct source own_source(const struct capture *capture)
{
    struct source source = {.capture = capture, .incarnation = 1, .partitions = 1};

    if (capture->cdc) {
        source.kind = CAPTURE_CDC;
        source.container = capture->cdc->container.to;
        source.credential = capture->cdc->credential.to;
        source.setup_credential = capture->cdc->setup_credential.to;
        source.schema = capture->cdc->schema.s;
        source.transactional = true;
        source.incarnation = capture->cdc->incarnation.n;
        source.partitions = capture->cdc->partitions.n;
    } else if (capture->kafka) {
        source.kind = CAPTURE_KAFKA;
        source.container = capture->kafka->container.to;
        source.credential = capture->kafka->credential.to;
        source.schema = capture->kafka->schema.s;
        source.transactional = capture->kafka->transactional.on;
        source.incarnation = capture->kafka->incarnation.n;
        source.partitions = capture->kafka->partitions.n;
    } else if (capture->sql_snapshot) {
        source.kind = CAPTURE_SQL_SNAPSHOT;
        source.container = capture->sql_snapshot->container.to;
        source.credential = capture->sql_snapshot->credential.to;
        source.schema = capture->sql_snapshot->schema.s;
    } else if (capture->sql_watermark) {
        source.kind = CAPTURE_SQL_WATERMARK;
        source.container = capture->sql_watermark->container.to;
        source.credential = capture->sql_watermark->credential.to;
        source.schema = capture->sql_watermark->schema.s;
    } else if (capture->sql_query) {
        source.kind = CAPTURE_SQL_QUERY;
        source.container = capture->sql_query->container.to;
        source.credential = capture->sql_query->credential.to;
        source.schema = capture->sql_query->schema.s;
    } else if (capture->transformer) {
        source.kind = CAPTURE_TRANSFORMER;
    }
    return source;
}

struct source model_source(const struct model *model, const struct datastore *store,
                           const struct platform *platform)
{
    struct source source = store->source;
    const struct binding *binding = platform ? map_get(model->by_name, platform, store) : NULL;

    if (!binding)
        return source;
    source.container = binding->container.to;
    if (binding->credential.to)
        source.credential = binding->credential.to;
    if (binding->setup_credential.to)
        source.setup_credential = binding->setup_credential.to;
    return source;
}

/* Exactly one way of capturing must be written: the fields of `capture` are the ways. */
static void check_capture(struct loader *loader, struct capture *capture)
{
    const struct kind *kind = capture->head.kind;
    const struct head *first = NULL, *way;
    const char *list = "";

    for (size_t i = 0; i < kind->n_fields; i++) {
        memcpy(&way, (const char *)capture + kind->fields[i].offset, sizeof(way));
        list = arena_printf(loader->document, "%s%s%s", list, i ? ", " : "", kind->fields[i].key);
        if (way && first) {
            struct diag *diag = complain(loader, &capture->head, "capture-kind", way->at,
                                         "a store is captured in one way, this is a second");
            diag_relate(loader->diags, diag, first->at, "the first");
        } else if (way) {
            first = way;
        }
    }
    if (!first && !capture->head.broken)
        complain(loader, &capture->head, "capture-kind", capture->head.at,
                 "capture needs one of %s", list);
}

static void derive_sources(struct loader *loader)
{
    for (size_t i = 0; i < loader->model->all.datastores.n; i++) {
        struct datastore *store = loader->model->all.datastores.v[i];

        if (!store->capture)
            continue;
        check_capture(loader, store->capture);
        store->source = own_source(store->capture);
    }
}

static void derive_bindings(struct loader *loader)
{
    for (size_t i = 0; i < loader->model->all.bindings.n; i++) {
        struct binding *binding = loader->model->all.bindings.v[i];
        const struct binding *first = NULL;

        if (binding->platform.to && binding->datastore.to)
            first = map_add((struct map *)loader->model->by_name, binding->platform.to,
                            binding->datastore.to, binding);
        if (!first)
            continue;
        struct diag *diag = complain(loader, &binding->head, "duplicate-name", binding->head.at,
                                     "a second binding of datastore `%s` on platform `%s`",
                                     binding->datastore.name, binding->platform.name);
        diag_relate(loader->diags, diag, first->head.at, "first defined here");
    }
}

/* The key as the dataset lists it. */
static void listed_key(struct loader *loader, struct dataset *dataset)
{
    struct map *columns = map_new(loader->document);
    const char **names = arena_alloc(loader->document, dataset->columns.n * sizeof(*names));

    for (size_t i = 0; i < dataset->columns.n; i++) {
        names[i] = dataset->columns.v[i]->name.s;
        map_set(columns, names[i], NULL, dataset->columns.v[i]);
    }
    for (size_t i = 0; i < dataset->primary_key.n; i++) {
        const struct text *name = &dataset->primary_key.v[i];
        struct column *column = map_get(columns, name->s, NULL);

        if (column)
            vec_push(loader->model->arena, &dataset->key, column);
        else
            suggest(loader,
                    complain(loader, &dataset->head, "unknown-reference", name->at,
                             "dataset `%s` has no column `%s`", dataset->name.s, name->s),
                    name->s, names, dataset->columns.n);
    }
}

void derive_keys(struct loader *loader, const struct datastore *store)
{
    for (size_t i = 0; i < store->datasets.n; i++) {
        struct dataset *dataset = store->datasets.v[i];

        if (dataset->primary_key.n)
            listed_key(loader, dataset);
        else
            for (size_t k = 0; k < dataset->columns.n; k++)
                if (dataset->columns.v[k]->primary_key.on)
                    vec_push(loader->model->arena, &dataset->key, dataset->columns.v[k]);
        for (size_t k = 0; k < dataset->key.n; k++)
            if (!dataset->key.v[k]->not_null.at.file)
                dataset->key.v[k]->not_null.on = true;
    }
}

/* Keeps the list sorted by name, each once. */
static void add_platform(struct arena *arena, struct group *group, struct platform *platform)
{
    size_t at = 0;

    while (at < group->platforms.n && strcmp(group->platforms.v[at]->name.s, platform->name.s) < 0)
        at++;
    if (at < group->platforms.n && group->platforms.v[at] == platform)
        return;
    vec_push(arena, &group->platforms, platform);
    memmove(&group->platforms.v[at + 1], &group->platforms.v[at],
            (group->platforms.n - 1 - at) * sizeof(*group->platforms.v));
    group->platforms.v[at] = platform;
}

static void derive_platforms(struct model *model)
{
    for (size_t i = 0; i < model->all.workspaces.n; i++) {
        const struct workspace *workspace = model->all.workspaces.v[i];

        for (size_t k = 0; k < workspace->groups.n; k++)
            if (workspace->groups.v[k]->platform.to)
                add_platform(model->arena, workspace->groups.v[k],
                             workspace->groups.v[k]->platform.to);
    }
    for (size_t i = 0; i < model->all.assignments.n; i++) {
        const struct assignment *assignment = model->all.assignments.v[i];

        for (size_t k = 0; assignment->group.to && k < assignment->platforms.n; k++)
            if (assignment->platforms.v[k].to)
                add_platform(model->arena, assignment->group.to, assignment->platforms.v[k].to);
    }
}

void derive(struct loader *loader)
{
    derive_sources(loader);
    derive_bindings(loader);
    derive_platforms(loader->model);
}
