/* A batch of whole transactions: everything up to the cut, in all datasets of the stream. */
#include "internal.h"

/* Adds the changes of one staging table to those of `all`, which is NULL at first. */
static const char *add_changes(struct merging *merging, const struct plan_table *table,
                               const struct plan_topic *topics, size_t n, const char *all)
{
    struct arena *arena = merging->arena;
    const char *topic = merge_topic(topics, n, merging->mark.incarnation);
    struct holes holes = {0};
    const char *one;

    if (!topic)
        return all;
    merge_stream_holes(arena, merging->plan, merging->mark.incarnation, &holes);
    merge_table_holes(arena, table, topic, &holes);
    one = merge_statement(arena, "changes", &holes);
    return all ? arena_printf(arena, "%s union all %s", all, one) : one;
}

/* The changes staged in all tables of the connector, for completeness. */
static const char *all_changes(struct merging *merging)
{
    const struct plan *plan = merging->plan;
    const struct plan_feed *feeds[] = {plan->heartbeat, plan->signal};
    const char *all = NULL;

    for (size_t i = 0; i < COUNT(feeds); i++) {
        if (feeds[i])
            all =
                add_changes(merging, &feeds[i]->staging, feeds[i]->topics, feeds[i]->n_topics, all);
    }
    for (size_t i = 0; i < plan->n_datasets; i++) {
        const struct plan_dataset *dataset = &plan->datasets[i];

        all = add_changes(merging, &dataset->staging, dataset->topics, dataset->n_topics, all);
    }
    return all;
}

/* Finds the longest prefix of complete transactions; STEP_NOTHING: not even one. */
static enum step cut(struct merging *merging, struct holes *holes, struct batch *batch)
{
    struct arena *arena = merging->arena;
    const struct plan_feed *feed = merging->plan->transaction;
    const char *parameters[] = {
        merge_topic(feed->topics, feed->n_topics, merging->mark.incarnation),
        merge_number(arena, merging->mark.commit_position),
        merge_number(arena, merging->mark.end_position),
        merge_number(arena, merging->options->batch_size),
    };
    struct pg_result *result;
    bool found;

    holes_set(arena, holes, "changes", all_changes(merging));
    result = pg_query(merging->pg, merging->doing, merge_statement(arena, "cut", holes),
                      COUNT(parameters), parameters);
    if (!result)
        return STEP_FAILED;
    found = pg_value(result, 0, 1) != NULL;
    if (found) {
        batch->mark.commit_position = pg_number(result, 0, 0);
        batch->mark.end_position = pg_number(result, 0, 1);
        batch->commits = pg_number(result, 0, 2);
        batch->changes = pg_number(result, 0, 3);
        batch->committed_at = pg_number(result, 0, 4);
        batch->first_at = pg_number(result, 0, 5);
        batch->mean_at = pg_number(result, 0, 6);
        batch->mark.commits += batch->commits;
    }
    pg_clear(result);
    return found ? STEP_APPLIED : STEP_NOTHING;
}

/* What one dataset of a batch needs. */
struct applying {
    struct merging *merging;

    const struct plan_dataset *dataset;

    struct holes holes;

    const char *range[2]; /* parameters: the mark before, the mark after */

    bool truncated;
};

static struct pg_result *ask(struct applying *applying, const char *name)
{
    struct merging *merging = applying->merging;

    return pg_query(merging->pg, merging->doing,
                    merge_statement(merging->arena, name, &applying->holes), 2, applying->range);
}

static bool run(struct applying *applying, const char *name)
{
    struct pg_result *result = ask(applying, name);

    pg_clear(result);
    return result != NULL;
}

/* Changes before the last TRUNCATE have no effect on the current rows. */
static bool find_truncate(struct applying *applying)
{
    struct merging *merging = applying->merging;
    const struct plan_feed *signal = merging->plan->signal;
    const char *position = "-1", *change = "-1";
    struct pg_result *result;

    if (signal && merge_topic(signal->topics, signal->n_topics, merging->mark.incarnation)) {
        result = ask(applying, "truncated");
        if (!result)
            return false;
        applying->truncated = pg_rows(result) > 0;
        if (applying->truncated) {
            position = arena_strdup(merging->arena, pg_value(result, 0, 0));
            change = arena_strdup(merging->arena, pg_value(result, 0, 1));
        }
        pg_clear(result);
    }
    holes_set(merging->arena, &applying->holes, "truncated_position", position);
    holes_set(merging->arena, &applying->holes, "truncated_change", change);
    return true;
}

static enum step check_orphans(struct applying *applying)
{
    struct pg_result *result = ask(applying, "orphans");
    enum step step = STEP_APPLIED;

    if (!result)
        return STEP_FAILED;
    if (pg_rows(result))
        step = merge_stop(applying->merging,
                          "the change at commit %s, place %s, of %s leaves out a value of row %s, "
                          "which is not there; raise the store's incarnation in the model, so that "
                          "it is read anew",
                          pg_value(result, 0, 1), pg_value(result, 0, 2), applying->dataset->name,
                          pg_value(result, 0, 0));
    pg_clear(result);
    return step;
}

static enum step resolve(struct applying *applying)
{
    struct pg_result *result;
    bool held;

    if (!merge_has_placeholders(applying->dataset) || plan_is_keyless(applying->dataset))
        return STEP_APPLIED;
    result = ask(applying, "placeholders");
    if (!result)
        return STEP_FAILED;
    held = pg_true(result, 0, 0);
    pg_clear(result);
    if (!held)
        return STEP_APPLIED;
    return run(applying, "resolve") ? check_orphans(applying) : STEP_FAILED;
}

static bool add_versions(struct applying *applying, const struct batch *batch)
{
    struct merging *merging = applying->merging;
    struct arena *arena = merging->arena;
    const struct plan_feed *feed = merging->plan->transaction;
    const char *parameters[] = {
        applying->range[0],
        applying->range[1],
        merge_number(arena, merging->mark.commits),
        merge_topic(feed->topics, feed->n_topics, merging->mark.incarnation),
        merge_number(arena, merging->mark.end_position),
        merge_number(arena, batch->mark.end_position),
    };

    holes_set(arena, &applying->holes, "open_rows",
              merge_statement(arena, applying->truncated ? "open_all" : "open_changed",
                              &applying->holes));
    holes_set(arena, &applying->holes, "truncate_line",
              applying->truncated ? merge_statement(arena, "truncate_line", &applying->holes) : "");
    return pg_run(merging->pg, merging->doing, merge_statement(arena, "history", &applying->holes),
                  COUNT(parameters), parameters, NULL);
}

/* A removed row that was not there, or not often enough, means that live is not what it should be.
 */
static enum step change_keyless(struct applying *applying)
{
    struct pg_result *result = ask(applying, "keyless");
    enum step step = STEP_APPLIED;

    if (!result)
        return STEP_FAILED;
    if (pg_number(result, 0, 0) != pg_number(result, 0, 1))
        step = merge_stop(applying->merging,
                          "%s rows of %s are to go, and only %s are there; raise the store's "
                          "incarnation in the model, so that it is read anew",
                          pg_value(result, 0, 1), applying->dataset->name, pg_value(result, 0, 0));
    pg_clear(result);
    return step;
}

static enum step change_live(struct applying *applying)
{
    struct merging *merging = applying->merging;

    if (applying->truncated &&
        !pg_run(merging->pg, merging->doing,
                merge_statement(merging->arena, "empty", &applying->holes), 0, NULL, NULL))
        return STEP_FAILED;
    if (plan_is_keyless(applying->dataset))
        return change_keyless(applying);
    return run(applying, "live") ? STEP_APPLIED : STEP_FAILED;
}

/* Statements that join staged changes with one another are planned without nested loops, which the
 * planner takes for cheap, not knowing how many changes lie within the batch; where these
 * statements look up rows of live or history, they say so themselves (LATERAL). */
static bool allow_loops(struct applying *applying, bool allowed)
{
    return pg_exec(applying->merging->pg, applying->merging->doing,
                   allowed ? "set local enable_nestloop = on" : "set local enable_nestloop = off");
}

static enum step change_kept(struct applying *applying, const struct batch *batch)
{
    enum step step;

    if (!allow_loops(applying, false))
        return STEP_FAILED;
    step = resolve(applying);
    if (step == STEP_APPLIED && applying->dataset->history && !add_versions(applying, batch))
        step = STEP_FAILED;
    if (step == STEP_APPLIED && !allow_loops(applying, true))
        step = STEP_FAILED;
    if (step == STEP_APPLIED && applying->dataset->live)
        step = change_live(applying);
    return step;
}

static enum step apply_dataset(struct applying *applying, const struct batch *batch)
{
    const struct plan_dataset *dataset = applying->dataset;
    struct written before;
    enum step step;

    if (!find_truncate(applying) || !merge_count_written(applying->merging, dataset, &before))
        return STEP_FAILED;
    step = change_kept(applying, batch);
    if (step == STEP_APPLIED && !merge_record(applying->merging, batch, dataset, &before))
        step = STEP_FAILED;
    return step;
}

enum step merge_transactions(struct merging *merging, struct batch *batch)
{
    const struct plan *plan = merging->plan;
    struct arena *arena = merging->arena;
    struct holes holes = {0};
    enum step step;

    *batch = (struct batch){.mark = merging->mark};
    if (!merging->mark.incarnation)
        return STEP_NOTHING;
    merge_stream_holes(arena, plan, merging->mark.incarnation, &holes);
    step = cut(merging, &holes, batch);
    if (step != STEP_APPLIED)
        return step;
    batch->mark.batches++;
    if (!merge_begin_batch(merging, batch))
        return STEP_FAILED;
    for (size_t i = 0; i < plan->n_datasets && step == STEP_APPLIED; i++) {
        const struct plan_dataset *dataset = &plan->datasets[i];
        const char *topic =
            merge_topic(dataset->topics, dataset->n_topics, merging->mark.incarnation);
        struct applying applying = {
            .merging = merging,
            .dataset = dataset,
            .range = {merge_number(arena, merging->mark.commit_position),
                      merge_number(arena, batch->mark.commit_position)},
        };

        if (!topic || (!dataset->live && !dataset->history))
            continue;
        merge_stream_holes(arena, plan, merging->mark.incarnation, &applying.holes);
        merge_dataset_holes(arena, dataset, topic, plan_is_keyless(dataset), &applying.holes);
        step = apply_dataset(&applying, batch);
    }
    return step;
}
