/* explain: the row of a rule, with its examples, which are its fixtures. */
#include "command.h"

#include "dsc/embedded.h"
#include "dsc/lint.h"

static void list_rules(struct buf *out)
{
    for (size_t i = 0; i < lint_n_groups; i++)
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++)
            buf_printf(out, "%-32s %-8s %s\n", rule->id, severity_name(rule->severity), rule->why);
}

static void put_example(struct buf *out, struct arena *arena, const char *id, const char *which)
{
    const char *path = arena_printf(arena, "src/lint/examples/%s.%s.yaml", id, which);
    const struct embedded *example = embedded_find(path);

    if (!example)
        fatal("explain: no example %s", path);
    buf_printf(out, "\nA %s example:\n\n", which);
    buf_put(out, example->text, example->size);
}

static void explain_rule(struct buf *out, const struct rule *rule)
{
    struct arena *arena = arena_new();

    buf_printf(out, "%s (%s)\n\nWhy:  %s\nMend: %s\n", rule->id, severity_name(rule->severity),
               rule->why, rule->mend);
    put_example(out, arena, rule->id, "bad");
    put_example(out, arena, rule->id, "good");
    arena_free(arena);
}

/* The error for a word that is no rule, with the nearest one. */
static enum exit_code unknown_rule(const struct invocation *invocation, const char *id)
{
    struct arena *arena = arena_new();
    VEC(const char *) ids = {0};

    for (size_t i = 0; i < lint_n_groups; i++)
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++)
            vec_push(arena, &ids, rule->id);
    const char *near = text_nearest(id, ids.v, ids.n);
    enum exit_code code =
        near ? usage_error(invocation->command, "no rule `%s`; did you mean `%s`?", id, near)
             : usage_error(invocation->command, "no rule `%s`; `dsc explain` lists them", id);
    arena_free(arena);
    return code;
}

enum exit_code run_explain(const struct invocation *invocation)
{
    struct buf out = {0};

    if (!invocation->n_arguments) {
        list_rules(&out);
    } else {
        const struct rule *rule = lint_find(invocation->arguments[0]);
        if (!rule)
            return unknown_rule(invocation, invocation->arguments[0]);
        explain_rule(&out, rule);
    }
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}
