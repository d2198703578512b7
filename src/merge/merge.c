#include "internal.h"

#include <string.h>
#include <time.h>

#include "dsc/sql.h"

enum step merge_stop(struct merging *merging, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(&merging->reason, format, arguments);
    va_end(arguments);
    env_error("%s: %s", merging->doing, merging->reason.data);
    return STEP_DECISION;
}

/* What was begun was rolled back; the reason stays, until a batch succeeds. */
static bool note_reason(struct merging *merging)
{
    const char *parameters[] = {merging->plan->stream, merging->reason.data};

    return pg_run(merging->pg, merging->doing,
                  "update dsc.stream set state = 'stopped', reason = $2 where name = $1",
                  COUNT(parameters), parameters, NULL);
}

/* One process at a time has a stream; the lock goes with its connection. */
static bool lock(struct merging *merging, bool *have)
{
    struct pg_result *result =
        pg_query(merging->pg, merging->doing,
                 "select pg_try_advisory_lock(hashtextextended('dsc merge ' || $1, 0))", 1,
                 &merging->plan->stream);

    if (!result)
        return false;
    *have = pg_true(result, 0, 0);
    pg_clear(result);
    return true;
}

static void unlock(struct merging *merging)
{
    pg_run(merging->pg, merging->doing,
           "select pg_advisory_unlock(hashtextextended('dsc merge ' || $1, 0))", 1,
           &merging->plan->stream, NULL);
}

static bool read_mark(struct merging *merging)
{
    struct pg_result *result =
        pg_query(merging->pg, merging->doing,
                 "select incarnation, commit_position, end_position, commits, batches "
                 "from dsc.stream where name = $1",
                 1, &merging->plan->stream);

    if (!result)
        return false;
    if (!pg_rows(result)) {
        pg_clear(result);
        return env_error("%s, in %s: its plan is not stored there; run `dsc-merge schema apply`",
                         merging->doing, pg_where(merging->pg));
    }
    merging->mark =
        (struct mark){pg_number(result, 0, 0), pg_number(result, 0, 1), pg_number(result, 0, 2),
                      pg_number(result, 0, 3), pg_number(result, 0, 4)};
    pg_clear(result);
    return true;
}

/* Whether anything at all is staged: the question that an empty stream is asked. */
static bool probe(struct merging *merging, bool *staged)
{
    const struct plan *plan = merging->plan;
    const struct plan_feed *feeds[] = {plan->transaction, plan->notification, plan->heartbeat,
                                       plan->signal};
    struct buf sql = {0};
    struct pg_result *result;
    const char *before = "select exists (select from ";

    for (size_t i = 0; i < COUNT(feeds) + plan->n_datasets; i++) {
        const struct plan_feed *feed = i < COUNT(feeds) ? feeds[i] : NULL;
        const struct plan_table *table = feed ? &feed->staging : NULL;

        if (i >= COUNT(feeds))
            table = &plan->datasets[i - COUNT(feeds)].staging;
        if (!table)
            continue;
        buf_puts(&sql, before);
        sql_qualified(&sql, table->schema, table->name);
        before = ") or exists (select from ";
    }
    buf_putc(&sql, ')');
    result = pg_query(merging->pg, merging->doing, sql.data, 0, NULL);
    buf_free(&sql);
    if (!result)
        return false;
    *staged = pg_true(result, 0, 0);
    pg_clear(result);
    return true;
}

/* Whether the batch's row came to be, asked by the connection that lost the answer to COMMIT: only
 * another one could tell, so the next run reads the mark and goes on from there. */
static enum step commit(struct merging *merging)
{
    switch (pg_commit(merging->pg, merging->doing)) {
    case PG_COMMITTED:
        return STEP_APPLIED;
    case PG_UNKNOWN:
        env_error("%s: the connection was lost while the batch was committed; the next run finds "
                  "out whether it was, and goes on from there",
                  merging->doing);
        return STEP_FAILED;
    default:
        return STEP_FAILED;
    }
}

/* Nothing is complete: what was merged before and came again is dropped, so that it is not read for
 * ever. */
static enum step drop_redelivered(struct merging *merging)
{
    struct batch batch = {.mark = merging->mark};

    if (!merging->mark.incarnation)
        return STEP_NOTHING;
    if (!merge_clear(merging, &batch) || (batch.redelivered && commit(merging) != STEP_APPLIED))
        return STEP_FAILED;
    return STEP_NOTHING;
}

/* One transaction sees one moment of staging: what the sink adds meanwhile is the next batch's. */
static enum step merge_batch(struct merging *merging)
{
    struct batch batch = {0};
    enum step step;

    if (!pg_exec(merging->pg, merging->doing, "begin isolation level repeatable read") ||
        !read_mark(merging))
        return STEP_FAILED;
    step = merge_transactions(merging, &batch);
    if (step == STEP_NOTHING)
        step = merge_snapshot(merging, &batch);
    if (step == STEP_NOTHING)
        return drop_redelivered(merging);
    if (step != STEP_APPLIED)
        return step;
    if (!merge_clear(merging, &batch) || !merge_finish_batch(merging, &batch))
        return STEP_FAILED;
    return commit(merging);
}

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static enum step merge_all(struct merging *merging)
{
    int64_t end = merging->options->seconds ? now() + merging->options->seconds : INT64_MAX;
    enum step step;
    bool staged;

    if (!probe(merging, &staged))
        return STEP_FAILED;
    if (!staged)
        return STEP_NOTHING;
    do {
        step = merge_batch(merging);
        pg_rollback(merging->pg);
        arena_reset(merging->arena);
    } while (step == STEP_APPLIED && !interrupted() && now() < end);
    if (step == STEP_DECISION && !note_reason(merging))
        return STEP_FAILED;
    return step;
}

/* What this engine does not do yet is refused before anything is touched. */
static bool is_supported(const struct merging *merging)
{
    const struct plan *plan = merging->plan;

    if (plan->promise != PLAN_TRANSACTIONAL || !plan->notification)
        return env_error("%s: only streams with transactions and notifications of their own "
                         "connector are merged",
                         merging->doing);
    for (size_t i = 0; i < plan->n_datasets; i++) {
        if (plan_is_keyless(&plan->datasets[i]) && plan->datasets[i].history)
            return env_error("%s: dataset %s has no key, and a history of it is not kept; ask for "
                             "live rows of it, or give it a key",
                             merging->doing, plan->datasets[i].name);
    }
    return true;
}

enum merge_outcome merge_stream(struct pg *pg, const struct plan *plan,
                                const struct merge_options *options)
{
    struct arena *arena = arena_new();
    struct buf doing = {0};
    struct merging merging = {.pg = pg, .plan = plan, .options = options, .arena = arena};
    enum step step = STEP_FAILED;
    bool have = false;

    buf_printf(&doing, "merging stream %s", plan->stream);
    merging.doing = doing.data;
    if (is_supported(&merging) && lock(&merging, &have)) {
        step = STEP_NOTHING;
        if (have) {
            step = merge_all(&merging);
            unlock(&merging);
        } else {
            env_error("%s: another process has it; nothing is done", merging.doing);
        }
    }
    buf_free(&doing);
    buf_free(&merging.reason);
    arena_free(arena);
    if (step == STEP_DECISION)
        return MERGE_DECISION;
    return step == STEP_FAILED ? MERGE_FAILED : MERGE_DONE;
}
