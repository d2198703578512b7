/* What lint's own files share. */
#ifndef DSC_LINT_INTERNAL_H
#define DSC_LINT_INTERNAL_H

#include "dsc/lint.h"

/* A rule in one run. */
struct active {
    const struct rule *rule;

    enum severity severity;

    bool found; /* it has reported something */

    const struct active *needs[COUNT(((struct rule *)NULL)->needs)];
};

struct lint_state {
    struct arena *arena; /* for the run */

    struct active *rules;
    size_t n_rules;

    bool unread; /* something of the model could not be read, which may be why a rule finds nothing
                  */

    struct active *running;

    const void *entity; /* that a finding of the running rule is of; NULL: of none */

    struct map *broken; /* entity, struct active: it was found to break that rule */

    struct map *types; /* struct type, with parts: struct verdict (rules_types.c) */

    struct verdict *plain[TYPE_COUNT]; /* the same for types without parts */
};

/* NULL: there is no such rule. */
struct active *active_find(const struct lint_state *state, const char *id);

/* The same for an id that the program itself gave. */
struct active *active_of(const struct lint_state *state, const char *id);

/* A finding of the engine itself, under the rule `id`. */
struct diag *engine_add(struct lint *lint, const char *id, struct span span, const char *format,
                        ...) PRINTF(4, 5);

/* Adds "did you mean" with the nearest id. */
void suggest_rule(struct lint *lint, struct diag *diag, const char *id);

/* walk.c: calls every rule of LINT_ENTITY for every entity of its kinds, in one walk. */
void walk_entities(struct lint *lint);

/* Calls the rule with the object. `entity`: what its findings are of, or NULL. */
void rule_call(struct lint *lint, struct active *active, const void *object, const void *entity);

/* settings.c: what dsc.yaml and comments say about rules. */
void settings_read(struct lint *lint);
void settings_apply(struct lint *lint);

#endif
