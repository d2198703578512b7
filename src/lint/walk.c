/* One walk over all entities, along the field tables, for all rules that visit entities. */
#include "internal.h"

/* What is done at the entities of one kind. */
struct stop {
    const struct kind *kind;

    VEC(struct active *) rules;

    VEC(struct way) ways; /* to nested entities: only those where a rule waits, however deep */
};

struct way {
    size_t offset; /* of the member */

    bool single; /* FIELD_ONE, else a list */

    const struct stop *to;
};

struct walk {
    struct lint *lint;

    struct stop *stops; /* as model_kinds */
};

static bool visits(const struct rule *rule, const struct kind *kind)
{
    if (rule->visit != LINT_ENTITY)
        return false;
    for (const struct kind *const *visited = rule->kinds; *visited; visited++) {
        if (*visited == kind)
            return true;
    }
    return false;
}

static struct stop *stop_of(const struct walk *walk, const struct kind *kind)
{
    size_t i = 0;

    while (model_kinds[i] != kind)
        i++;
    return &walk->stops[i];
}

/* Kinds are nested in kinds that stand before or behind them in the table, never in a circle. */
static const struct stop *plan_stop(struct walk *walk, const struct kind *kind)
{
    struct lint_state *state = walk->lint->state;
    struct stop *stop = stop_of(walk, kind);

    if (stop->kind)
        return stop;
    stop->kind = kind;
    for (size_t i = 0; i < state->n_rules; i++) {
        if (visits(state->rules[i].rule, kind) && state->rules[i].severity != SEV_OFF)
            vec_push(state->arena, &stop->rules, &state->rules[i]);
    }
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *field = &kind->fields[i];

        if (field->kind < FIELD_ONE)
            continue;
        const struct stop *to = plan_stop(walk, field->target);
        if (to->rules.n || to->ways.n)
            vec_push(state->arena, &stop->ways,
                     (struct way){field->offset, field->kind == FIELD_ONE, to});
    }
    return stop;
}

static void visit(struct walk *walk, const struct stop *stop, const void *entity)
{
    for (size_t i = 0; i < stop->rules.n; i++)
        rule_call(walk->lint, stop->rules.v[i], entity, entity);
    for (size_t i = 0; i < stop->ways.n; i++) {
        const struct way *way = &stop->ways.v[i];
        const void *member = (const char *)entity + way->offset;

        if (way->single) {
            const void *nested = *(const void *const *)member;

            if (nested)
                visit(walk, way->to, nested);
            continue;
        }
        const struct list *list = member;
        for (size_t k = 0; k < list->n; k++)
            visit(walk, way->to, ((const void *const *)list->v)[k]);
    }
}

void walk_entities(struct lint *lint)
{
    struct walk walk = {
        .lint = lint,
        .stops = arena_alloc(lint->state->arena, model_n_kinds * sizeof(*walk.stops)),
    };

    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        const struct stop *stop = plan_stop(&walk, model_kinds[i]);
        const struct list *documents =
            (const void *)((const char *)&lint->model->all + model_kinds[i]->list);

        if (!stop->rules.n && !stop->ways.n)
            continue;
        for (size_t k = 0; k < documents->n; k++) {
            visit(&walk, stop, ((const void *const *)documents->v)[k]);
            arena_reset(lint->scratch);
        }
    }
}
