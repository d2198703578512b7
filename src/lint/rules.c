/* The table of rules. */
#include "rules.h"

#include <string.h>

const struct rule *const lint_groups[] = {
    rules_load,       rules_company,   rules_names,       rules_schema,    rules_types,
    rules_credential, rules_container, rules_capture,     rules_connector, rules_schedule,
    rules_platform,   rules_consumer,  rules_transformer, rules_lifecycle, rules_graph,
};
const size_t lint_n_groups = COUNT(lint_groups);

const struct rule *lint_find(const char *id)
{
    for (size_t i = 0; i < lint_n_groups; i++) {
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++) {
            if (strcmp(rule->id, id) == 0)
                return rule;
        }
    }
    return NULL;
}

const char *full_name(const struct lint *lint, const void *entity)
{
    struct buf name = {0};

    model_full_name(&name, entity);
    const char *copy = arena_strndup(lint->scratch, name.data, name.len);
    buf_free(&name);
    return copy;
}

void suggest_name(const struct lint *lint, struct diag *diag, const char *text,
                  const char *const *names, size_t n)
{
    const char *near = text_nearest(text, names, n);

    if (near)
        diag_hint(lint->diags, diag, "did you mean `%s`?", near);
}
