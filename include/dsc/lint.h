/*
 * lint: the rule engine, and the rules as rows of one table.
 *
 * A model becomes diagnostics like this. model_load reports what cannot be read: such rules (LINT_LOAD)
 * have only their row here. lint_run then goes from entity to entity and calls the rows that visit its
 * kind, then those that look at the whole model, then those that look at a platform's graph. Their
 * functions tell what they find by lint_add. A row is not called for an object that one of the rules it
 * needs found fault with. At the end the severities of dsc.yaml and the model's suppressions are
 * applied to all that was found, also while loading; what they silence still counts as found.
 */
#ifndef DSC_LINT_H
#define DSC_LINT_H

#include "dsc/base.h"
#include "dsc/graph.h"
#include "dsc/model.h"

struct lint;

enum lint_visit {
    LINT_LOAD,   /* reported while loading, or by the engine (a suppression of nothing): no function */
    LINT_ENTITY, /* for every entity of `kinds`, with its struct */
    LINT_MODEL,  /* once, with the struct model */
    LINT_GRAPH   /* for every platform, with its struct graph */
};

struct rule {
    const char *id; /* words with hyphens, never reused */

    enum severity severity; /* unless dsc.yaml says otherwise */

    bool fixed; /* always an error: what is made of a model rests on it, as on all errors of loading */

    bool absence; /* it finds that something is missing: not run where that may have been unreadable */

    enum lint_visit visit;

    const struct kind *const *kinds; /* LINT_ENTITY: which, ending with NULL */

    void (*check)(struct lint *lint, const void *object);

    const char *needs[3]; /* ids of rows above this one, NULL behind the last. Of LINT_LOAD, any: the entity
                             and all written in it could be read. Others: not found for the entity, nor
                             for one that it is written in */

    const char *why; /* what goes wrong where the rule is broken, in a sentence or two */

    const char *mend; /* what to do: also the hint of findings that have none of their own */
};

/* The table: arrays of rules, grouped by what they look at (src/lint/rules_*.c). Each row owes two examples,
 * src/lint/examples/ID.bad.yaml and ID.good.yaml. */
extern const struct rule *const lint_groups[]; /* each ends with a row without id */
extern const size_t lint_n_groups;

const struct rule *lint_find(const char *id); /* NULL: no such rule */

/* Runs the rules that have a function. `graphs` holds one graph per platform of the model. */
void lint_run(const struct model *model, const struct graph *const *graphs, size_t n_graphs,
              struct diags *diags);

/* ---- for rules ------------------------------------------------------------------------------------ */

struct lint {
    const struct model *model;

    const struct graph *const *graphs;
    size_t n_graphs;

    struct diags *diags;

    struct arena *scratch; /* for a call of a row's function; nothing in it is to outlive that */

    const struct rule *rule; /* the row that is running */

    struct lint_state *state; /* the engine's own */
};

/* The running rule found fault with the object that it was called for: `span` says where, the text what.
 * Add a hint (diag_hint) and related places (diag_relate) to what comes back. */
struct diag *lint_add(struct lint *lint, struct span span, const char *format, ...) PRINTF(3, 4);

/* The same, with an entity that is written in that object: rows that need this one are passed over for
 * that entity, and not for the object. */
struct diag *lint_add_for(struct lint *lint, const void *entity, struct span span,
                          const char *format, ...) PRINTF(4, 5);

/* Whether what the running rule needs holds for an entity that is written in the object. */
bool lint_ready(const struct lint *lint, const void *entity);

#endif
