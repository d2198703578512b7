/* What a platform is made of: its components, their sizes, and where each is reached. */
#ifndef DSC_EMIT_COMPONENT_H
#define DSC_EMIT_COMPONENT_H

#include "dsc/emit.h"

enum component {
    COMPONENT_POSTGRES,
    COMPONENT_BACKUP,
    COMPONENT_KAFKA,
    COMPONENT_CONNECT,
    COMPONENT_AIRFLOW_MIGRATE,
    COMPONENT_AIRFLOW_API,
    COMPONENT_AIRFLOW_SCHEDULER,
    COMPONENT_AIRFLOW_DAGS, /* the DAG processor */
    COMPONENT_TASK,         /* the pods of the pipeline's DAGs */
    COMPONENT_HANDLER,      /* the pod of the model-merge job */
    COMPONENT_COUNT
};

/* Whether the pods of this component are made by the platform: what exists already (`container:`)
 * is not, nor is what the model does not ask for. */
bool component_exists(const struct emission *emission, enum component component);

/* The container that stands in its place, or NULL. */
const struct container *component_container(const struct emission *emission,
                                            enum component component);

/* The name of its objects in Kubernetes, in the emission's arena. */
const char *component_name(const struct emission *emission, enum component component);

/* What the component is for, in a word (app.kubernetes.io/component). */
const char *component_role(enum component component);

const char *component_image(const struct emission *emission, enum component component);

struct component_port {
    const char *name; /* NULL: no more */

    int number;
};

enum { COMPONENT_PORTS = 2 };

const struct component_port *component_ports(enum component component);

/* The number of its port of that name. */
int component_port(enum component component, const char *name);

/* Numeric ids, all above 10000 so that none is a user of the node; the Airflow image wants group 0.
 */
struct component_user {
    int user, group, volumes; /* volumes: the group that owns them */
};
struct component_user component_user(enum component component);

/* How much of it: Kubernetes quantities. */
struct sizing {
    int replicas;

    const char *cpu, *cpu_limit; /* asked for; at most */

    const char
        *memory; /* asked for and at most: what is overcommitted is killed at the worst time */

    const char *scratch; /* ephemeral storage at most */
};

/* That of the platform's size, with what `resources:` and `replicas:` say over it. */
struct sizing component_sizing(const struct emission *emission, enum component component);

/* ConfigMaps among which the pipeline's DAG files are spread; fixed by the platform's size, since
 * the bootstrap mounts them by number. */
unsigned component_dag_shards(const struct emission *emission);

/* Names of ConfigMaps: one of those, that of the infrastructure's DAG, and that of Airflow's
 * scripts. */
const char *component_dag_shard(const struct emission *emission, unsigned number);
const char *component_infrastructure(const struct emission *emission);
const char *component_scripts(const struct emission *emission);

/* The job, never run by itself, that restores a backup. */
const char *component_restore(const struct emission *emission);

/* Airflow's own database, beside the one that is merged into. */
#define AIRFLOW_DATABASE "airflow"

/* Tasks that Airflow runs at the same time. */
int component_parallelism(const struct emission *emission);

/* A Kubernetes quantity of bytes in whole MiB; 0 where it is none. */
int64_t quantity_mebibytes(const char *quantity);

#endif
