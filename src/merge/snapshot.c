/* The snapshot that begins an incarnation: complete when Debezium says so and every table has as
 * many staged rows as it counted; then it replaces what is there. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

struct scan {
    const char *table; /* schema.table at the source */

    int64_t rows;
};

struct snapshot {
    struct merging *merging;

    const struct plan_incarnation *incarnation;

    VEC(struct scan) scans;
};

/* The tables that Debezium counted; none where the snapshot is still going on. */
static bool read_scans(struct snapshot *snapshot)
{
    struct merging *merging = snapshot->merging;
    const struct plan_feed *feed = merging->plan->notification;
    struct holes holes = {0};
    const char *topic = merge_topic(feed->topics, feed->n_topics, snapshot->incarnation->number);
    struct pg_result *result;

    merge_stream_holes(merging->arena, merging->plan, snapshot->incarnation->number, &holes);
    result = pg_query(merging->pg, merging->doing,
                      merge_statement(merging->arena, "snapshot_ready", &holes), 1, &topic);
    for (size_t i = 0; result && i < pg_rows(result); i++)
        vec_push(merging->arena, &snapshot->scans,
                 (struct scan){arena_strdup(merging->arena, pg_value(result, i, 0)),
                               pg_number(result, i, 1)});
    pg_clear(result);
    return result != NULL;
}

static const struct scan *scan_of(const struct snapshot *snapshot,
                                  const struct plan_dataset *dataset)
{
    const char *table = arena_printf(snapshot->merging->arena, "%s.%s", dataset->source_schema,
                                     dataset->source_table);

    for (size_t i = 0; i < snapshot->scans.n; i++) {
        if (strcmp(snapshot->scans.v[i].table, table) == 0)
            return &snapshot->scans.v[i];
    }
    return NULL;
}

static void set_holes(struct snapshot *snapshot, const struct plan_dataset *dataset,
                      struct holes *holes)
{
    struct arena *arena = snapshot->merging->arena;
    const char *topic =
        merge_topic(dataset->topics, dataset->n_topics, snapshot->incarnation->number);

    merge_stream_holes(arena, snapshot->merging->plan, snapshot->incarnation->number, holes);
    merge_dataset_holes(arena, dataset, topic, true, holes);
    holes_set(arena, holes, "snapshot_range", merge_statement(arena, "snapshot_range", holes));
}

/* Whether all its rows are staged. */
static enum step is_staged(struct snapshot *snapshot, const struct plan_dataset *dataset)
{
    struct merging *merging = snapshot->merging;
    const struct scan *scan = scan_of(snapshot, dataset);
    struct holes holes = {0};
    struct pg_result *result;
    bool complete;

    if (!scan)
        return STEP_NOTHING;
    set_holes(snapshot, dataset, &holes);
    result = pg_query(merging->pg, merging->doing,
                      merge_statement(merging->arena, "snapshot_rows", &holes), 0, NULL);
    if (!result)
        return STEP_FAILED;
    complete = pg_number(result, 0, 0) == scan->rows;
    pg_clear(result);
    return complete ? STEP_APPLIED : STEP_NOTHING;
}

static bool run(struct merging *merging, const char *name, const struct holes *holes)
{
    return pg_run(merging->pg, merging->doing, merge_statement(merging->arena, name, holes), 0,
                  NULL, NULL);
}

static bool replace_live(struct merging *merging, const struct plan_dataset *dataset,
                         const struct holes *holes)
{
    if (!plan_is_keyless(dataset))
        return run(merging, "snapshot_live", holes);
    return run(merging, "empty", holes) && run(merging, "snapshot_keyless", holes);
}

static bool replace(struct snapshot *snapshot, const struct batch *batch,
                    const struct plan_dataset *dataset)
{
    struct merging *merging = snapshot->merging;
    const char *number = merge_number(merging->arena, batch->mark.commits);
    struct holes holes = {0};
    struct written before;

    set_holes(snapshot, dataset, &holes);
    if (!merge_count_written(merging, dataset, &before))
        return false;
    if (dataset->history &&
        !pg_run(merging->pg, merging->doing,
                merge_statement(merging->arena, "snapshot_history", &holes), 1, &number, NULL))
        return false;
    if (dataset->live && !replace_live(merging, dataset, &holes))
        return false;
    return merge_record(merging, batch, dataset, &before);
}

/* Datasets that the incarnation does not have yet keep what they hold. */
static bool takes_part(const struct snapshot *snapshot, const struct plan_dataset *dataset)
{
    return (dataset->live || dataset->history) &&
           merge_topic(dataset->topics, dataset->n_topics, snapshot->incarnation->number);
}

/* Counts the snapshot's rows into the batch, where all of them are staged. */
static enum step is_complete(struct snapshot *snapshot, struct batch *batch)
{
    const struct plan *plan = snapshot->merging->plan;

    if (!read_scans(snapshot))
        return STEP_FAILED;
    if (!snapshot->scans.n)
        return STEP_NOTHING;
    for (size_t i = 0; i < plan->n_datasets; i++) {
        enum step step;

        if (!takes_part(snapshot, &plan->datasets[i]))
            continue;
        step = is_staged(snapshot, &plan->datasets[i]);
        if (step != STEP_APPLIED)
            return step;
        batch->changes += scan_of(snapshot, &plan->datasets[i])->rows;
    }
    return STEP_APPLIED;
}

static enum step apply(struct snapshot *snapshot, struct batch *batch)
{
    struct merging *merging = snapshot->merging;
    const struct plan *plan = merging->plan;

    batch->snapshot = true;
    batch->commits = 1;
    batch->mark = (struct mark){.incarnation = snapshot->incarnation->number,
                                .commit_position = -1,
                                .end_position = -1,
                                .commits = merging->mark.commits + 1,
                                .batches = merging->mark.batches + 1};
    if (!merge_begin_batch(merging, batch))
        return STEP_FAILED;
    for (size_t i = 0; i < plan->n_datasets; i++) {
        if (takes_part(snapshot, &plan->datasets[i]) &&
            !replace(snapshot, batch, &plan->datasets[i]))
            return STEP_FAILED;
    }
    return STEP_APPLIED;
}

/* The latest incarnation that is complete beats those before it, which need not have come at all:
 * a platform that is set up anew never sees one that is being drained. */
enum step merge_snapshot(struct merging *merging, struct batch *batch)
{
    const struct plan *plan = merging->plan;

    for (size_t i = plan->n_incarnations; i-- > 0;) {
        struct snapshot snapshot = {.merging = merging, .incarnation = &plan->incarnations[i]};
        enum step step;

        if (snapshot.incarnation->number <= merging->mark.incarnation)
            continue;
        *batch = (struct batch){.mark = merging->mark};
        step = is_complete(&snapshot, batch);
        if (step != STEP_NOTHING)
            return step == STEP_APPLIED ? apply(&snapshot, batch) : step;
    }
    return STEP_NOTHING;
}
