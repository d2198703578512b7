/* Runs the rules: which of them, for what, and what they find. */
#include "internal.h"

#include <string.h>

struct active *active_find(const struct lint_state *state, const char *id)
{
    for (size_t i = 0; i < state->n_rules; i++) {
        const char *known = state->rules[i].rule->id;

        if (known == id || strcmp(known, id) == 0)
            return &state->rules[i];
    }
    return NULL;
}

struct active *active_of(const struct lint_state *state, const char *id)
{
    struct active *active = active_find(state, id);

    if (!active)
        fatal("the table of rules has no row `%s`", id);
    return active;
}

static void collect_rules(struct lint_state *state)
{
    VEC(struct active) rules = {0};

    for (size_t i = 0; i < lint_n_groups; i++) {
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++)
            vec_push(state->arena, &rules,
                     (struct active){.rule = rule, .severity = rule->severity});
    }
    state->rules = rules.v;
    state->n_rules = rules.n;
    for (size_t i = 0; i < rules.n; i++) {
        for (size_t k = 0; k < COUNT(rules.v[i].needs) && rules.v[i].rule->needs[k]; k++)
            rules.v[i].needs[k] = active_of(state, rules.v[i].rule->needs[k]);
    }
}

/* Whether `rule` was kept by the entity and by all that it is written in. */
static bool held(const struct lint_state *state, const struct active *rule,
                 const struct head *entity)
{
    if (rule->rule->visit == LINT_LOAD)
        return !entity->broken;
    for (; rule->found && entity; entity = entity->parent) {
        if (map_get(state->broken, entity, rule))
            return false;
    }
    return true;
}

bool lint_ready(const struct lint *lint, const void *entity)
{
    const struct active *active = lint->state->running;

    for (size_t i = 0; i < COUNT(active->needs) && active->needs[i]; i++) {
        if (!held(lint->state, active->needs[i], entity))
            return false;
    }
    return true;
}

void rule_call(struct lint *lint, struct active *active, const void *object, const void *entity)
{
    if (active->rule->absence && lint->state->unread)
        return;
    lint->rule = active->rule;
    lint->state->running = active;
    lint->state->entity = entity;
    if (!entity || !active->needs[0] || lint_ready(lint, entity))
        active->rule->check(lint, object);
}

static struct diag *add(struct lint *lint, struct active *active, const void *entity,
                        struct span span, const char *format, va_list arguments)
{
    const char *text = arena_vprintf(lint->diags->arena, format, arguments);

    active->found = true;
    if (entity)
        map_set(lint->state->broken, entity, active, active);
    struct diag *diag = diag_add(lint->diags, active->rule->id, active->severity, span, "%s", text);
    diag->hint = active->rule->mend; /* unless whoever found it knows better */
    return diag;
}

struct diag *lint_add(struct lint *lint, struct span span, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    struct diag *diag =
        add(lint, lint->state->running, lint->state->entity, span, format, arguments);
    va_end(arguments);
    return diag;
}

struct diag *lint_add_for(struct lint *lint, const void *entity, struct span span,
                          const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    struct diag *diag = add(lint, lint->state->running, entity, span, format, arguments);
    va_end(arguments);
    return diag;
}

struct diag *engine_add(struct lint *lint, const char *id, struct span span, const char *format,
                        ...)
{
    va_list arguments;

    va_start(arguments, format);
    struct diag *diag = add(lint, active_of(lint->state, id), NULL, span, format, arguments);
    va_end(arguments);
    return diag;
}

/* Those of LINT_MODEL with the model, those of LINT_GRAPH with each graph. */
static void run_wide_rules(struct lint *lint, struct active *active)
{
    if (active->rule->visit == LINT_MODEL)
        rule_call(lint, active, lint->model, NULL);
    for (size_t i = 0; active->rule->visit == LINT_GRAPH && i < lint->n_graphs; i++)
        rule_call(lint, active, lint->graphs[i], lint->graphs[i]->platform);
    arena_reset(lint->scratch);
}

void lint_run(const struct model *model, const struct graph *const *graphs, size_t n_graphs,
              struct diags *diags)
{
    struct arena *arena = arena_new();
    struct lint_state state = {
        .arena = arena,
        .unread = diags->all.n > 0,
        .broken = map_new(arena),
        .types = map_new(arena),
    };
    struct lint lint = {
        .model = model,
        .graphs = graphs,
        .n_graphs = n_graphs,
        .diags = diags,
        .scratch = arena_new(),
        .state = &state,
    };

    collect_rules(&state);
    settings_read(&lint);
    walk_entities(&lint);
    for (enum lint_visit visit = LINT_MODEL; visit <= LINT_GRAPH; visit++) {
        for (size_t i = 0; i < state.n_rules; i++) {
            if (state.rules[i].rule->visit == visit && state.rules[i].severity != SEV_OFF)
                run_wide_rules(&lint, &state.rules[i]);
        }
    }
    settings_apply(&lint);
    arena_free(lint.scratch);
    arena_free(arena);
}
