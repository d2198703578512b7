/* What the rules share. */
#ifndef DSC_LINT_RULES_H
#define DSC_LINT_RULES_H

#include "dsc/lint.h"

/* The groups of the table, each in the file of its name. */
extern const struct rule rules_load[];
extern const struct rule rules_company[];
extern const struct rule rules_names[];
extern const struct rule rules_schema[];
extern const struct rule rules_types[];
extern const struct rule rules_credential[];
extern const struct rule rules_container[];
extern const struct rule rules_capture[];
extern const struct rule rules_connector[];
extern const struct rule rules_schedule[];
extern const struct rule rules_platform[];
extern const struct rule rules_consumer[];
extern const struct rule rules_transformer[];
extern const struct rule rules_lifecycle[];
extern const struct rule rules_graph[];

#define KINDS(...) ((const struct kind *const[]){__VA_ARGS__, NULL})

static inline bool is_written(struct span at)
{
    return at.file != 0;
}

/* The store that a dataset is in. */
static inline const struct datastore *store_of(const struct dataset *dataset)
{
    return (const struct datastore *)dataset->head.parent;
}

/* Whether its changes arrive as events, through Kafka. */
static inline bool is_streamed(const struct datastore *store)
{
    return store->source.kind == CAPTURE_CDC || store->source.kind == CAPTURE_KAFKA;
}

static inline const struct workspace *workspace_of(const struct group *group)
{
    return (const struct workspace *)group->head.parent;
}

/* The whole name as users write it, in lint's scratch. */
const char *full_name(const struct lint *lint, const void *entity);

/* Adds "did you mean" where one of the names is near `text`. */
void suggest_name(const struct lint *lint, struct diag *diag, const char *text,
                  const char *const *names, size_t n);

#endif
