/* What shows only when everything is put together. */
#include "rules.h"

static void check_unused_datasets(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *used = map_new(lint->scratch);

    for (size_t i = 0; i < model->all.workspaces.n; i++) {
        const struct workspace *workspace = model->all.workspaces.v[i];

        for (size_t k = 0; k < workspace->groups.n; k++) {
            const struct group *group = workspace->groups.v[k];

            for (size_t m = 0; m < group->datasets.n; m++) {
                if (group->datasets.v[m]->dataset.to)
                    map_set(used, group->datasets.v[m]->dataset.to, NULL, used);
            }
        }
    }
    for (size_t i = 0; i < model->all.datastores.n; i++) {
        const struct datastore *store = model->all.datastores.v[i];

        for (size_t k = 0; k < store->datasets.n; k++) {
            if (!map_get(used, store->datasets.v[k], NULL))
                lint_add_for(lint, store->datasets.v[k], store->datasets.v[k]->head.at,
                             "nobody consumes `%s.%s`", store->name.s,
                             store->datasets.v[k]->name.s);
        }
    }
}

/* The streams of all platforms, by platform and store. */
static struct map *map_streams(const struct lint *lint)
{
    struct map *streams = map_new(lint->scratch);

    for (size_t i = 0; i < lint->n_graphs; i++) {
        const struct graph *graph = lint->graphs[i];

        for (size_t k = 0; k < graph->streams.n; k++)
            map_set(streams, graph->platform, graph->streams.v[k]->store, graph->streams.v[k]);
    }
    return streams;
}

static void check_unused_bindings(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *streams = model->all.bindings.n ? map_streams(lint) : NULL;

    for (size_t i = 0; i < model->all.bindings.n; i++) {
        const struct binding *binding = model->all.bindings.v[i];

        if (binding->platform.to && binding->datastore.to &&
            !map_get(streams, binding->platform.to, binding->datastore.to))
            lint_add_for(lint, binding, binding->head.at, "platform `%s` does not read `%s`",
                         binding->platform.name, binding->datastore.name);
    }
}

static void check_primary_twice(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *seen = map_new(lint->scratch);

    for (size_t i = 0; i < model->all.primary_ingestions.n; i++) {
        struct primary_ingestion *primary = model->all.primary_ingestions.v[i];
        const struct primary_ingestion *first =
            primary->datastore.to ? map_add(seen, primary->datastore.to, NULL, primary) : NULL;

        if (first)
            diag_relate(lint->diags,
                        lint_add_for(lint, primary, primary->head.at,
                                     "two primary ingestions of `%s`", primary->datastore.name),
                        first->head.at, "the other");
    }
}

static void check_primary_capture(struct lint *lint, const void *object)
{
    const struct primary_ingestion *primary = object;
    const struct datastore *store = primary->datastore.to;

    if (store && store->source.kind != CAPTURE_NONE && !is_streamed(store))
        diag_relate(lint->diags,
                    lint_add(lint, primary->datastore.at,
                             "`%s` has no topics that other platforms could replicate",
                             store->name.s),
                    store->capture->head.at, "its capture");
}

static void check_primary_idle(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *streams = model->all.primary_ingestions.n ? map_streams(lint) : NULL;

    for (size_t i = 0; i < model->all.primary_ingestions.n; i++) {
        const struct primary_ingestion *primary = model->all.primary_ingestions.v[i];

        if (lint_ready(lint, primary) && primary->platform.to && primary->datastore.to &&
            !map_get(streams, primary->platform.to, primary->datastore.to))
            lint_add_for(lint, primary, primary->platform.at,
                         "platform `%s` has no consumer of `%s`, so it does not read it",
                         primary->platform.name, primary->datastore.name);
    }
}

const struct rule rules_graph[] = {
    {
        .id = "unused-dataset",
        .absence = true,
        .severity = SEV_NOTE,
        .visit = LINT_MODEL,
        .check = check_unused_datasets,
        .why = "What nobody consumes is not captured.",
        .mend = "Nothing, if a consumer will come.",
    },
    {
        .id = "unused-binding",
        .absence = true,
        .severity = SEV_NOTE,
        .visit = LINT_MODEL,
        .check = check_unused_bindings,
        .why = "A Binding holds for a platform that reads the store.",
        .mend = "Remove it, or assign a consumer of the store to the platform.",
    },
    {
        .id = "primary-twice",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_primary_twice,
        .why = "Two platforms that replicate from each other never get anything.",
        .mend = "Leave one PrimaryIngestion for the store.",
    },
    {
        .id = "primary-capture",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_primary_ingestion),
        .check = check_primary_capture,
        .why =
            "Only topics are replicated from platform to platform; whole tables are read by each.",
        .mend = "Remove the PrimaryIngestion.",
    },
    {
        .id = "primary-idle",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_primary_idle,
        .needs = {"primary-capture"},
        .why = "The others wait for topics that nobody fills.",
        .mend = "Name a platform that serves a consumer of the store.",
    },
    {0},
};
