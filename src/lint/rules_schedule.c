/* Schedules, and the latency that they can reach. */
#include "cron.h"
#include "rules.h"

#include <inttypes.h>
#include <string.h>

/* The field of the entity that holds a schedule. */
static const struct text *schedule_of(const struct head *head)
{
    if (head->kind == &kind_datastore)
        return &((const struct datastore *)head)->trigger;
    if (head->kind == &kind_transformer)
        return &((const struct transformer *)head)->trigger;
    if (head->kind == &kind_platform)
        return &((const struct platform *)head)->schedule;
    return &((const struct backup *)head)->schedule;
}

/* Words that may stand in place of a cron expression. */
static bool is_word(const struct kind *kind, const char *text)
{
    static const struct {
        const struct kind *kind;
        const char *word;
    } words[] = {
        {&kind_datastore, "continuous"},
        {&kind_datastore, "external"},
        {&kind_transformer, "after_inputs"},
        {&kind_transformer, "external"},
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].kind == kind && strcmp(words[i].word, text) == 0)
            return true;
    }
    return false;
}

static void check_cron(struct lint *lint, const void *object)
{
    const struct head *head = object;
    const struct text *schedule = schedule_of(head);
    struct cron cron;

    if (!is_written(schedule->at) || is_word(head->kind, schedule->s))
        return;
    const char *why = cron_parse(lint->scratch, schedule->s, &cron);
    if (why)
        lint_add(lint, schedule->at, "%s", why);
    else if (!cron_longest_gap(&cron))
        lint_add(lint, schedule->at, "`%s` never comes", schedule->s);
}

static void check_latency(struct lint *lint, const void *object)
{
    const struct needs *needs = object;

    if (needs->latency.set && needs->latency.n < 60)
        lint_add(lint, needs->latency.at, "%" PRId64 " s is less than a minute", needs->latency.n);
}

/* The longest time between two runs of the store's stream; 0: its trigger says nothing of it. */
static int64_t longest_gap(struct lint *lint, const struct datastore *store)
{
    struct cron cron;

    if (!is_written(store->trigger.at) || is_word(&kind_datastore, store->trigger.s) ||
        cron_parse(lint->scratch, store->trigger.s, &cron))
        return 0;
    return cron_longest_gap(&cron);
}

static void tell_gap(struct lint *lint, const struct graph_view *view,
                     const struct graph_stream *stream, int64_t gap)
{
    const struct text *trigger = &stream->store->trigger;
    struct buf time = {0};

    text_put_duration(&time, gap);
    struct diag *diag = lint_add_for(
        lint, view->use, view->group->needs->latency.at,
        "`%s` runs at `%s`: up to %s lie between two runs, more than this group allows",
        stream->store->name.s, trigger->s, time.data);
    diag_relate(lint->diags, diag, trigger->at, "the trigger");
    buf_free(&time);
}

static void check_reach(struct lint *lint, const void *object)
{
    const struct graph *graph = object;

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];
        int64_t gap = longest_gap(lint, stream->store);

        if (gap <= stream->latency)
            continue;
        for (size_t k = 0; k < stream->datasets.n; k++) {
            const struct graph_dataset *kept = stream->datasets.v[k];

            for (size_t m = 0; m < kept->views.n; m++) {
                const struct needs *needs = kept->views.v[m]->group->needs;

                if (needs && is_written(needs->latency.at) && needs->latency.n < gap)
                    tell_gap(lint, kept->views.v[m], stream, gap);
            }
        }
        arena_reset(lint->scratch);
    }
}

const struct rule rules_schedule[] = {
    {
        .id = "cron-syntax",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_datastore, &kind_transformer, &kind_platform, &kind_backup),
        .check = check_cron,
        .why = "Airflow and Kubernetes refuse, each in its own way, what is no schedule to both.",
        .mend = "Write five fields (minute, hour, day, month, weekday), or one of @hourly, @daily, "
                "@weekly, @monthly, "
                "@yearly.",
    },
    {
        .id = "latency",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_needs),
        .check = check_latency,
        .why = "Streams run by a schedule, and no schedule runs more often than every minute.",
        .mend = "Ask for a latency of 1m or more.",
    },
    {
        .id = "latency-reach",
        .severity = SEV_WARNING,
        .visit = LINT_GRAPH,
        .check = check_reach,
        .needs = {"cron-syntax"},
        .why = "Data is never fresher than its last run.",
        .mend = "Have the producer trigger the store more often, or as `continuous`, or ask for a "
                "longer "
                "latency.",
    },
    {0},
};
