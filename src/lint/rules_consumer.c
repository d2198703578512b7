/* Consumers: workspaces, their groups, and which platforms serve them. */
#include "rules.h"

#include <string.h>

static void check_empty(struct lint *lint, const void *object)
{
    const struct head *head = object;

    if (head->kind == &kind_workspace && !((const struct workspace *)object)->groups.n)
        lint_add(lint, head->at, "workspace `%s` has no groups, and gets nothing",
                 full_name(lint, object));
    if (head->kind == &kind_group && !((const struct group *)object)->datasets.n)
        lint_add(lint, head->at, "group `%s` has no datasets, and gets nothing",
                 full_name(lint, object));
}

static void check_unassigned(struct lint *lint, const void *object)
{
    const struct group *group = object;

    if (!group->platforms.n && !is_written(group->platform.at))
        lint_add(lint, group->head.at, "no platform serves group `%s`", full_name(lint, group));
}

static void check_fixed(struct lint *lint, const void *object)
{
    const struct assignment *assignment = object;
    const struct group *group = assignment->group.to;

    if (group && is_written(group->platform.at))
        diag_relate(lint->diags,
                    lint_add(lint, assignment->group.at, "group `%s` has a platform of its own",
                             full_name(lint, group)),
                    group->platform.at, "its platform");
}

static void check_assigned_twice(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *seen = map_new(lint->scratch);

    for (size_t i = 0; i < model->all.assignments.n; i++) {
        struct assignment *assignment = model->all.assignments.v[i];
        const struct assignment *first =
            assignment->group.to ? map_add(seen, assignment->group.to, NULL, assignment) : NULL;

        if (first)
            diag_relate(lint->diags,
                        lint_add_for(lint, assignment, assignment->head.at,
                                     "two assignments of group `%s`",
                                     full_name(lint, assignment->group.to)),
                        first->head.at, "the other");
    }
}

static void check_workspace_container(struct lint *lint, const void *object)
{
    const struct workspace *workspace = object;

    if (is_written(workspace->container.at))
        lint_add(lint, workspace->container.at,
                 "a workspace has views on its platforms' databases, and no container of its own");
}

static void check_retention(struct lint *lint, const void *object)
{
    const struct needs *needs = object;

    if (needs->retention.set && needs->milestoning.is == MILESTONING_LIVE)
        lint_add(lint, needs->retention.at, "a retention, but no history is asked for");
}

static void check_used_twice(struct lint *lint, const void *object)
{
    const struct group *group = object;
    struct map *seen = group->datasets.n > 1 ? map_new(lint->scratch) : NULL;

    for (size_t i = 0; seen && i < group->datasets.n; i++) {
        struct use *use = group->datasets.v[i];
        const struct use *first =
            use->dataset.to ? map_add(seen, use->dataset.to, NULL, use) : NULL;

        if (first)
            diag_relate(lint->diags,
                        lint_add_for(lint, use, use->dataset.at, "`%s` is in this group already",
                                     use->dataset.name),
                        first->dataset.at, "here");
    }
}

static bool offers(const struct platform *platform, enum milestoning shows)
{
    return platform->milestoning.set & (1u << shows | 1u << MILESTONING_BOTH);
}

static void check_milestoning(struct lint *lint, const void *object)
{
    const struct graph *graph = object;
    const struct platform *platform = graph->platform;

    if (offers(platform, MILESTONING_LIVE) && offers(platform, MILESTONING_HISTORY))
        return;
    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        for (size_t k = 0; k < stream->datasets.n; k++) {
            for (size_t m = 0; m < stream->datasets.v[k]->views.n; m++) {
                const struct graph_view *view = stream->datasets.v[k]->views.v[m];

                if (offers(platform, view->shows))
                    continue;
                diag_relate(
                    lint->diags,
                    lint_add_for(lint, view->group, view->group->head.at,
                                 "platform `%s` offers no %s tables, which group `%s` needs",
                                 platform->name.s, words_milestoning.v[view->shows].word,
                                 view->group->name.s),
                    platform->head.at, "the platform");
            }
        }
    }
}

/* ---- what a workspace accepts ---- */

static bool has_word(const struct texts *words, const char *word)
{
    for (size_t i = 0; i < words->n; i++) {
        if (words->v[i].s == word)
            return true;
    }
    return false;
}

static void compare_classifications(struct lint *lint, const struct use *use,
                                    const struct workspace *workspace, const struct texts *words)
{
    for (size_t i = 0; i < words->n; i++) {
        if (has_word(&workspace->classifications, words->v[i].s))
            continue;
        struct diag *diag = lint_add(lint, use->dataset.at,
                                     "`%s` holds %s data, which workspace `%s` does not accept",
                                     use->dataset.name, words->v[i].s, workspace->name.s);

        diag_relate(lint->diags, diag, words->v[i].at, "classified here");
        diag_relate(lint->diags, diag, workspace->classifications.at, "accepted");
    }
}

static void check_accepted(struct lint *lint, const void *object)
{
    const struct use *use = object;
    const struct workspace *workspace = workspace_of((const struct group *)use->head.parent);
    const struct dataset *dataset = use->dataset.to;

    if (!dataset || !is_written(workspace->classifications.at) || !lint_ready(lint, dataset))
        return;
    compare_classifications(lint, use, workspace, &dataset->classification);
    for (size_t i = 0; i < dataset->columns.n; i++)
        compare_classifications(lint, use, workspace, &dataset->columns.v[i]->classification);
}

const struct rule rules_consumer[] = {
    {
        .id = "gets-nothing",
        .severity = SEV_WARNING,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_workspace, &kind_group),
        .check = check_empty,
        .needs = {"missing-key"},
        .why = "A consumer without datasets is unfinished, or left over.",
        .mend = "Name what is needed, or remove it.",
    },
    {
        .id = "unassigned-group",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_group),
        .check = check_unassigned,
        .needs = {"unknown-reference"},
        .why = "A group that no platform serves gets nothing, without anybody noticing.",
        .mend = "Write an Assignment, or fix the group's `platform`.",
    },
    {
        .id = "fixed-group",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_assignment),
        .check = check_fixed,
        .why = "Where a group fixes its platform the operators do not assign it.",
        .mend = "Remove the Assignment, or the group's `platform`.",
    },
    {
        .id = "assigned-twice",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_assigned_twice,
        .why = "Of two assignments of one group nobody knows which one holds.",
        .mend = "Merge the two into one.",
    },
    {
        .id = "workspace-container",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_workspace),
        .check = check_workspace_container,
        .why = "Nothing copies data into other databases yet.",
        .mend = "Remove `container:`.",
    },
    {
        .id = "retention-of-live",
        .severity = SEV_WARNING,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_needs),
        .check = check_retention,
        .why = "Live tables hold current rows, however old: only a history is kept for a time.",
        .mend = "Ask for `milestoning: history` or both, or remove the retention.",
    },
    {
        .id = "used-twice",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_group),
        .check = check_used_twice,
        .why = "A group would have the same view twice.",
        .mend = "Remove one of the two.",
    },
    {
        .id = "milestoning",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_GRAPH,
        .check = check_milestoning,
        .why = "A platform keeps live tables, histories, or both, as it says.",
        .mend = "Have another platform serve the group, or extend `milestoning` of the platform.",
    },
    {
        .id = "not-accepted",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_use),
        .check = check_accepted,
        .needs = {"unknown-classification"},
        .why = "A workspace says which classifications of data it is fit to hold.",
        .mend = "Accept the classification, or do without the dataset.",
    },
    {0},
};
