/* Severities of dsc.yaml, and suppressions in comments. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void suggest_rule(struct lint *lint, struct diag *diag, const char *id)
{
    const struct lint_state *state = lint->state;
    const char **ids = arena_alloc(lint->scratch, state->n_rules * sizeof(*ids));

    for (size_t i = 0; i < state->n_rules; i++)
        ids[i] = state->rules[i].rule->id;
    const char *near = text_nearest(id, ids, state->n_rules);
    if (near)
        diag_hint(lint->diags, diag, "did you mean `%s`?", near);
    else
        diag_hint(lint->diags, diag, "`dsc explain` lists all rules");
}

/* What cannot be read cannot be waived either. */
static bool is_fixed(const struct rule *rule)
{
    return rule->fixed || (rule->visit == LINT_LOAD && rule->severity == SEV_ERROR);
}

static void read_severity(struct lint *lint, const struct severity_setting *setting)
{
    struct active *active = active_find(lint->state, setting->name.s);

    if (!active) {
        suggest_rule(lint,
                     engine_add(lint, "unknown-rule", setting->name.at, "there is no rule `%s`",
                                setting->name.s),
                     setting->name.s);
        return;
    }
    if (is_fixed(active->rule)) {
        engine_add(lint, "bad-severity", setting->name.at,
                   "`%s` is always an error: what is made of a model rests on it", setting->name.s);
        return;
    }
    for (enum severity severity = SEV_OFF; severity <= SEV_ERROR; severity++) {
        if (setting->value.s && strcmp(setting->value.s, severity_name(severity)) == 0) {
            active->severity = severity;
            return;
        }
    }
    if (setting->value.s)
        engine_add(lint, "bad-severity", setting->value.at,
                   "`%s` is no severity: write off, note, warning or error", setting->value.s);
}

void settings_read(struct lint *lint)
{
    const struct config *config = lint->model->config;

    for (size_t i = 0; i < config->severities.n; i++)
        read_severity(lint, config->severities.v[i]);
    arena_reset(lint->scratch);
}

struct waiver {
    const struct suppression *suppression;

    bool used;
};

struct place {
    uint32_t file, line;

    const char *rule;
};

static int compare_places(struct place a, struct place b)
{
    if (a.file != b.file)
        return a.file < b.file ? -1 : 1;
    if (a.line != b.line)
        return a.line < b.line ? -1 : 1;
    return strcmp(a.rule, b.rule);
}

static struct place waived_place(const struct waiver *waiver)
{
    const struct suppression *suppression = waiver->suppression;

    return (struct place){suppression->span.file, suppression->line, suppression->rule};
}

static int by_place(const void *a, const void *b)
{
    return compare_places(waived_place(a), waived_place(b));
}

static int at_place(const void *place, const void *waiver)
{
    return compare_places(*(const struct place *)place, waived_place(waiver));
}

/* The suppressions that can take effect, sorted; the others are reported. */
static struct waiver *read_waivers(struct lint *lint, size_t *n)
{
    const struct model *model = lint->model;
    struct waiver *waivers =
        arena_alloc(lint->state->arena, model->suppressions.n * sizeof(*waivers));

    *n = 0;
    for (size_t i = 0; i < model->suppressions.n; i++) {
        const struct suppression *suppression = &model->suppressions.v[i];
        const struct rule *rule = lint_find(suppression->rule);

        if (!rule)
            suggest_rule(lint,
                         engine_add(lint, "unknown-rule", suppression->span,
                                    "there is no rule `%s`", suppression->rule),
                         suppression->rule);
        else if (rule->fixed || rule->visit == LINT_LOAD)
            engine_add(lint, "bad-suppression", suppression->span, "`%s` cannot be allowed",
                       suppression->rule);
        else
            waivers[(*n)++] = (struct waiver){suppression, false};
    }
    if (*n)
        qsort(waivers, *n, sizeof(*waivers), by_place);
    return waivers;
}

/* Whether this finding stays: with its severity as the table and dsc.yaml have it. What was found
 * while loading gets the row's hint where it has none. */
static bool settle(struct lint *lint, struct diag *diag, struct waiver *waivers, size_t n)
{
    const struct active *active = active_of(lint->state, diag->rule);
    struct place place = {diag->span.file, diag->span.line, diag->rule};

    diag->severity = active->severity;
    if (!diag->hint)
        diag->hint = active->rule->mend;
    if (active->severity == SEV_OFF)
        return false;
    struct waiver *waiver = n ? bsearch(&place, waivers, n, sizeof(*waivers), at_place) : NULL;
    if (waiver)
        waiver->used = true;
    return !waiver;
}

void settings_apply(struct lint *lint)
{
    struct diags *diags = lint->diags;
    size_t n, kept = 0;
    struct waiver *waivers = read_waivers(lint, &n);

    for (size_t i = 0; i < diags->all.n; i++) {
        if (settle(lint, diags->all.v[i], waivers, n))
            diags->all.v[kept++] = diags->all.v[i];
    }
    diags->all.n = kept;
    for (size_t i = 0; i < n && !lint->state->unread; i++) {
        const struct suppression *suppression = waivers[i].suppression;

        if (!waivers[i].used && active_of(lint->state, suppression->rule)->severity != SEV_OFF)
            engine_add(lint, "unused-suppression", suppression->span,
                       "nothing on line %u breaks `%s`", (unsigned)suppression->line,
                       suppression->rule);
    }
}
