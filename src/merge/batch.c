/* The bookkeeping of a batch: its row, its counts, the stream's mark, and what leaves staging. */
#include "internal.h"

#include <string.h>

bool merge_begin_batch(struct merging *merging, const struct batch *batch)
{
    struct arena *arena = merging->arena;
    const char *parameters[] = {
        merging->plan->stream,
        merge_number(arena, batch->mark.batches),
        batch->snapshot ? "snapshot" : "transactions",
        merge_number(arena, batch->mark.incarnation),
        merge_number(arena, batch->mark.commit_position),
        merge_number(arena, batch->mark.end_position),
        merge_number(arena, batch->commits),
        merge_number(arena, batch->changes),
    };

    return pg_run(merging->pg, merging->doing,
                  "insert into dsc.batch (stream, number, kind, state, incarnation, "
                  "commit_position, end_position, commits, changes, started_at) "
                  "values ($1, $2, $3, 'sealed', $4, $5, $6, $7, $8, clock_timestamp())",
                  COUNT(parameters), parameters, NULL);
}

/* The server counts what a transaction writes, also within a MERGE, whose statement tells only a
 * sum before version 17. */
bool merge_count_written(struct merging *merging, const struct plan_dataset *dataset,
                         struct written *written)
{
    static const char sql[] = "select pg_stat_get_xact_tuples_inserted(live.oid), "
                              "pg_stat_get_xact_tuples_updated(live.oid), "
                              "pg_stat_get_xact_tuples_deleted(live.oid), "
                              "pg_stat_get_xact_tuples_inserted(history.oid) "
                              "from (select to_regclass($1)::oid) as live (oid), "
                              "(select to_regclass($2)::oid) as history (oid)";
    const char *parameters[] = {
        dataset->live ? merge_qualified(merging->arena, dataset->live) : NULL,
        dataset->history ? merge_qualified(merging->arena, dataset->history) : NULL,
    };
    struct pg_result *result;

    result = pg_query(merging->pg, merging->doing, sql, COUNT(parameters), parameters);
    if (!result)
        return false;
    *written = (struct written){pg_number(result, 0, 0), pg_number(result, 0, 1),
                                pg_number(result, 0, 2), pg_number(result, 0, 3)};
    pg_clear(result);
    return true;
}

bool merge_record(struct merging *merging, const struct batch *batch,
                  const struct plan_dataset *dataset, const struct written *before)
{
    struct arena *arena = merging->arena;
    struct written after;

    if (!merge_count_written(merging, dataset, &after))
        return false;
    const char *parameters[] = {
        merging->plan->stream,
        merge_number(arena, batch->mark.batches),
        dataset->name,
        merge_number(arena, after.inserted - before->inserted),
        merge_number(arena, after.updated - before->updated),
        merge_number(arena, after.deleted - before->deleted),
        merge_number(arena, after.versions - before->versions),
    };

    return pg_run(merging->pg, merging->doing,
                  "insert into dsc.metric (stream, batch, dataset, inserted, updated, deleted, "
                  "versions) values ($1, $2, $3, $4, $5, $6, $7)",
                  COUNT(parameters), parameters, NULL);
}

/* The topics of incarnations before the batch's, as an array. */
static const char *earlier_topics(struct arena *arena, const struct plan_topic *topics, size_t n,
                                  int64_t incarnation)
{
    struct buf out = {0};
    const char *made;

    buf_putc(&out, '{');
    for (size_t i = 0; i < n; i++) {
        if (topics[i].incarnation < incarnation)
            buf_printf(&out, "%s\"%s\"", out.len > 1 ? "," : "", topics[i].topic);
    }
    buf_putc(&out, '}');
    made = arena_strndup(arena, out.data, out.len);
    buf_free(&out);
    return made;
}

static bool clear_table(struct merging *merging, const struct mark *mark, const char *statement,
                        const struct plan_table *staging, const struct plan_topic *topics, size_t n,
                        int64_t position, int64_t *cleared)
{
    struct arena *arena = merging->arena;
    const char *topic = merge_topic(topics, n, mark->incarnation);
    const char *parameters[] = {earlier_topics(arena, topics, n, mark->incarnation), topic,
                                merge_number(arena, position)};
    struct holes holes = {0};
    int64_t affected = 0;

    merge_stream_holes(arena, merging->plan, mark->incarnation, &holes);
    merge_table_holes(arena, staging, topic ? topic : "", &holes);
    if (!pg_run(merging->pg, merging->doing, merge_statement(arena, statement, &holes),
                COUNT(parameters), parameters, &affected))
        return false;
    *cleared += affected;
    return true;
}

static bool clear_feed(struct merging *merging, const struct mark *mark, const char *statement,
                       const struct plan_feed *feed, int64_t position, int64_t *cleared)
{
    return !feed || clear_table(merging, mark, statement, &feed->staging, feed->topics,
                                feed->n_topics, position, cleared);
}

bool merge_clear(struct merging *merging, struct batch *batch)
{
    const struct plan *plan = merging->plan;
    const struct mark *mark = &batch->mark;
    int64_t cleared = 0, told = 0;

    for (size_t i = 0; i < plan->n_datasets; i++) {
        const struct plan_dataset *dataset = &plan->datasets[i];

        if (!clear_table(merging, mark, "clear", &dataset->staging, dataset->topics,
                         dataset->n_topics, mark->commit_position, &cleared))
            return false;
    }
    if (!clear_feed(merging, mark, "clear", plan->heartbeat, mark->commit_position, &cleared) ||
        !clear_feed(merging, mark, "clear", plan->signal, mark->commit_position, &cleared) ||
        !clear_feed(merging, mark, "clear_transaction", plan->transaction, mark->end_position,
                    &told) ||
        !clear_feed(merging, mark, "clear_notification", plan->notification, 0, &told))
        return false;
    batch->redelivered = cleared > batch->changes ? cleared - batch->changes : 0;
    return true;
}

bool merge_finish_batch(struct merging *merging, const struct batch *batch)
{
    struct arena *arena = merging->arena;
    const char *parameters[] = {
        merging->plan->stream,
        merge_number(arena, batch->mark.batches),
        merge_number(arena, batch->mark.incarnation),
        merge_number(arena, batch->mark.commit_position),
        merge_number(arena, batch->mark.end_position),
        merge_number(arena, batch->mark.commits),
        merge_number(arena, batch->redelivered),
        batch->committed_at ? merge_number(arena, batch->committed_at) : NULL,
        batch->committed_at ? merge_number(arena, batch->mean_at) : NULL,
        batch->committed_at ? merge_number(arena, batch->first_at) : NULL,
    };
    const char *sql = merge_statement(arena, "finish", &(struct holes){0});

    return pg_run(merging->pg, merging->doing, sql, COUNT(parameters), parameters, NULL);
}
