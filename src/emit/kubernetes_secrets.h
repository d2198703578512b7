/* The secrets that a platform's pods expect in its namespace: what a Kubernetes Secret is called,
 * which keys it has, who needs it. Only names: nothing here ever sees a value. */
#ifndef DSC_EMIT_KUBERNETES_SECRETS_H
#define DSC_EMIT_KUBERNETES_SECRETS_H

#include "dsc/emit.h"

/* Where credentials lie in the pods of tasks. */
#define TASK_SECRETS_DIR "/run/secrets/dsc"

/* The Secret of a credential, in the emission's arena. */
const char *secrets_name(const struct emission *emission, const struct credential *credential);

/* The role that writes staging tables: its own, or the one that merges. */
const struct credential *secrets_sink_credential(const struct platform *platform);

/* Secrets that belong to no credential of the model. */
const char *secrets_postgres_name(const struct emission *emission); /* the administrator */
const char *secrets_airflow_name(const struct emission *emission);  /* keys of Airflow itself */
const char *secrets_connect_name(const struct emission *emission);  /* all that Connect needs */

extern const char *const secrets_airflow_keys[]; /* the last one is NULL */

struct secret {
    const char *name;

    const char *needed_by; /* in words */

    const struct credential *credential; /* whose values it holds; NULL: none of the model's */

    const char *const *keys; /* the last one is NULL */
};

struct secrets {
    VEC(struct secret) v; /* sorted by name */
};

/* Every Secret but that of Kafka Connect, which is made of credentials' values. */
struct secrets secrets_list(struct emission *emission);

struct secrets_credentials {
    VEC(const struct credential *) v; /* each once, sorted by name */
};

/* The credentials whose values Kafka Connect needs, as CREDENTIAL.KEY in its one Secret. */
struct secrets_credentials secrets_of_connect(struct emission *emission);

#endif
