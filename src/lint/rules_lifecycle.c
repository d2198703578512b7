/* Lifecycle: approvals, deprecation, and production apart from all else. */
#include "rules.h"

static void check_approved(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *approved = map_new(lint->scratch);

    for (size_t i = 0; i < model->all.datastores.n; i++) {
        struct datastore *store = model->all.datastores.v[i];

        for (size_t k = 0; k < store->consumers.n; k++) {
            if (store->consumers.v[k].to)
                map_set(approved, store->consumers.v[k].to, store, store);
        }
    }
    for (size_t i = 0; i < model->all.workspaces.n; i++) {
        const struct workspace *workspace = model->all.workspaces.v[i];

        for (size_t k = 0; k < workspace->groups.n; k++) {
            const struct group *group = workspace->groups.v[k];

            for (size_t m = 0; m < group->datasets.n; m++) {
                const struct use *use = group->datasets.v[m];
                const struct datastore *store = use->dataset.to ? store_of(use->dataset.to) : NULL;

                if (!store || !is_written(store->consumers.at) || store->head.broken ||
                    map_get(approved, group, store))
                    continue;
                diag_relate(lint->diags,
                            lint_add_for(lint, use, use->dataset.at,
                                         "`%s` has not approved the consumer `%s`", store->name.s,
                                         full_name(lint, group)),
                            store->consumers.at, "its consumers");
            }
        }
    }
}

static void check_deprecated(struct lint *lint, const void *object)
{
    const struct use *use = object;
    const struct dataset *dataset = use->dataset.to;
    const struct text *reason;

    if (!dataset || use->deprecated.is == DEPRECATED_ALLOW)
        return;
    reason = dataset->deprecated.s ? &dataset->deprecated : &store_of(dataset)->deprecated;
    if (!reason->s)
        return;
    struct diag *diag =
        lint_add(lint, use->dataset.at, "`%s` is deprecated: %s", use->dataset.name, reason->s);
    diag_relate(lint->diags, diag, reason->at, "deprecated here");
    diag_hint(lint->diags, diag, "to go on for now: {dataset: %s, deprecated: allow}",
              use->dataset.name);
}

/* Whether what the stream reads is production data: a Binding's copy is what its container is. */
static bool is_production(const struct graph_stream *stream)
{
    const struct container *container = stream->source.container;

    return container && container != stream->store->source.container ? container->production.on
                                                                     : stream->store->production.on;
}

/* Tells who consumes the stream; tables that are staged only to count transactions have no view. */
static void tell_consumer(struct lint *lint, struct diag *diag, const struct graph_stream *stream)
{
    size_t i = 0;

    while (!stream->datasets.v[i]->views.n)
        i++;
    diag_relate(lint->diags, diag, stream->datasets.v[i]->views.v[0]->use->dataset.at,
                "consumed here");
}

static void check_production_data(struct lint *lint, const void *object)
{
    const struct graph *graph = object;

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        if (graph->platform->production.on || !is_production(stream))
            continue;
        struct diag *diag =
            lint_add(lint, graph->platform->head.at,
                     "platform `%s` is not for production, and reads the production data of `%s`",
                     graph->platform->name.s, stream->store->name.s);
        diag_relate(lint->diags, diag, stream->store->head.at, "the store");
        tell_consumer(lint, diag, stream);
    }
}

static void check_test_data(struct lint *lint, const void *object)
{
    const struct graph *graph = object;

    for (size_t i = 0; i < graph->streams.n && graph->platform->production.on; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        if (is_production(stream) || stream->source.kind == CAPTURE_TRANSFORMER)
            continue;
        struct diag *diag =
            lint_add_for(lint, stream->store, stream->store->head.at,
                         "`%s` is not for production, and platform `%s`, which is, reads it",
                         stream->store->name.s, graph->platform->name.s);
        tell_consumer(lint, diag, stream);
    }
}

static void check_production_group(struct lint *lint, const void *object)
{
    const struct group *group = object;
    bool served = !group->platforms.n;

    for (size_t i = 0; i < group->platforms.n; i++)
        served |= group->platforms.v[i]->production.on;
    if (workspace_of(group)->production.on && !served)
        diag_relate(lint->diags,
                    lint_add(lint, group->head.at,
                             "`%s` is for production, and no production platform serves it",
                             full_name(lint, group)),
                    group->platforms.v[0]->head.at, "served here");
}

const struct rule rules_lifecycle[] = {
    {
        .id = "not-approved",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_approved,
        .why = "A producer that lists its consumers has to agree with each of them.",
        .mend = "Ask the producer to add the group to `consumers` of the store.",
    },
    {
        .id = "deprecated-use",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_use),
        .check = check_deprecated,
        .why = "What is deprecated will go, and its consumers with it.",
        .mend = "Move to what replaces it, or accept it with `deprecated: allow`.",
    },
    {
        .id = "production-data",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_GRAPH,
        .check = check_production_data,
        .why = "Platforms that are not for production are open to more people, and to mistakes.",
        .mend = "Write a Binding to a copy that is no production data, or have a production "
                "platform serve "
                "the "
                "consumer.",
    },
    {
        .id = "test-data",
        .absence = true,
        .severity = SEV_WARNING,
        .visit = LINT_GRAPH,
        .check = check_test_data,
        .why = "What production work reads should be as cared for as production is.",
        .mend = "Write `production: true` at the store or, with a Binding, at its container, once "
                "that is "
                "so.",
    },
    {
        .id = "production-group",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_group),
        .check = check_production_group,
        .why = "Production work would depend on a platform that nobody guards.",
        .mend = "Assign the group to a production platform.",
    },
    {0},
};
