/*
 * lint: the rule engine, and the rules as rows of one table.
 *
 * A model becomes diagnostics like this: model_load reports what cannot be read (rules with the visit
 * LINT_LOAD have no function here, only their row); lint_run then walks the entities once, then the
 * model, then the graphs, and calls each row's function for each object of the kind that it visits;
 * the functions say what they find through lint_add. A row whose prerequisite was broken, for that
 * object or anything that it is written in, is not called for it. At the end severities of dsc.yaml
 * and suppressions are applied.
 */
#ifndef DSC_LINT_H
#define DSC_LINT_H

#include "dsc/base.h"
#include "dsc/graph.h"
#include "dsc/model.h"

struct lint;

enum lint_visit {
    LINT_LOAD,   /* reported while loading, or by the engine itself: no function */
    LINT_ENTITY, /* for every entity of `kinds`, with its struct */
    LINT_MODEL,  /* once, with the struct model */
    LINT_GRAPH   /* for every platform, with its struct graph */
};

struct rule {
    const char *id; /* words with hyphens, never reused */

    enum severity severity; /* unless dsc.yaml says otherwise */

    enum lint_visit visit;

    const struct kind *const *kinds; /* LINT_ENTITY: which, ending with NULL */

    void (*check)(struct lint *lint, const void *object);

    const char *needs[3]; /* prerequisites: rules above this one that must have held for the object; one
                             of loading: all of the object could be read */

    const char *why; /* what goes wrong without it, in a sentence or two */

    const char *mend; /* what to do */
};

/* The table: all rules, grouped by what they look at (src/lint/rules_*.c). Each row owes two examples,
 * src/lint/examples/ID.bad.yaml and ID.good.yaml. */
extern const struct rule *const lint_groups[]; /* arrays that end with a row without id */
extern const size_t lint_n_groups;

const struct rule *lint_find(const char *id); /* NULL: no such rule */

/* Runs every rule. `graphs` holds one graph per platform of the model. */
void lint_run(const struct model *model, const struct graph *const *graphs, size_t n_graphs,
              struct diags *diags);

/* ---- for rules ------------------------------------------------------------------------------------ */

struct lint {
    const struct model *model;

    const struct graph *const *graphs;
    size_t n_graphs;

    struct diags *diags;

    struct arena *scratch; /* emptied after each document, and after each rule of LINT_MODEL, LINT_GRAPH */

    const struct rule *rule; /* the row that is running */

    struct lint_state *state; /* the engine's own */
};

/* A finding of the running rule at `span`. Add a hint and related places to what it returns. */
struct diag *lint_add(struct lint *lint, struct span span, const char *format, ...) PRINTF(3, 4);

/* The same for an entity that lies deeper than the object visited: dependents are silenced for it. */
struct diag *lint_add_for(struct lint *lint, const void *entity, struct span span,
                          const char *format, ...) PRINTF(4, 5);

/* Whether the running rule's prerequisites held for an entity that lies deeper. */
bool lint_ready(const struct lint *lint, const void *entity);

#endif
