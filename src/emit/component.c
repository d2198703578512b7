#include "component.h"

#include "service.h"

#include "dsc/names.h"

#include <stdlib.h>
#include <string.h>

/* What `resources:` calls a component: several may share a name. */
enum resource_group { GROUP_POSTGRES, GROUP_KAFKA, GROUP_CONNECT, GROUP_AIRFLOW, GROUP_DSC };

static const char *const group_names[] = {
    [GROUP_POSTGRES] = "postgres", [GROUP_KAFKA] = "kafka", [GROUP_CONNECT] = "kafka_connect",
    [GROUP_AIRFLOW] = "airflow",   [GROUP_DSC] = "dsc",
};

struct row {
    const char *role;

    const char *suffix; /* of its name, behind that of its service; task and handler: all of it */

    enum resource_group group;

    struct component_port ports[COMPONENT_PORTS];
};

static const struct row rows[COMPONENT_COUNT] = {
    [COMPONENT_POSTGRES] = {"database", "", GROUP_POSTGRES, {{"postgres", 5432}}},
    [COMPONENT_BACKUP] = {"backup", "-backup", GROUP_DSC, {{0}}},
    [COMPONENT_KAFKA] = {"broker", "", GROUP_KAFKA, {{"broker", 9092}, {"controller", 9093}}},
    [COMPONENT_CONNECT] = {"connect", "", GROUP_CONNECT, {{"rest", 8083}}},
    [COMPONENT_AIRFLOW_MIGRATE] = {"migration", "-migrate", GROUP_AIRFLOW, {{0}}},
    [COMPONENT_AIRFLOW_API] = {"api-server", "-api", GROUP_AIRFLOW, {{"http", 8080}}},
    [COMPONENT_AIRFLOW_SCHEDULER] = {"scheduler",
                                     "-scheduler",
                                     GROUP_AIRFLOW,
                                     {{"health", 8974}, {"logs", 8793}}},
    [COMPONENT_AIRFLOW_DAGS] = {"dag-processor", "-dags", GROUP_AIRFLOW, {{0}}},
    [COMPONENT_TASK] = {"task", "dsc-task", GROUP_DSC, {{0}}},
    [COMPONENT_HANDLER] = {"handler", "dsc-handler", GROUP_DSC, {{0}}},
};

/* Airflow's tasks wait for their pods in the scheduler, some 350 MiB each: its memory follows
 * component_parallelism. */
static const struct sizing sizes[COMPONENT_COUNT][SIZE_LARGE + 1] = {
    [COMPONENT_POSTGRES] = {{1, "250m", "1", "1Gi", "1Gi"},
                            {1, "2", "4", "8Gi", "2Gi"},
                            {1, "8", "16", "32Gi", "4Gi"}},
    [COMPONENT_BACKUP] = {{1, "100m", "1", "256Mi", "1Gi"},
                          {1, "250m", "2", "512Mi", "1Gi"},
                          {1, "500m", "4", "1Gi", "1Gi"}},
    [COMPONENT_KAFKA] = {{1, "250m", "1", "1Gi", "1Gi"},
                         {3, "500m", "2", "2Gi", "1Gi"},
                         {3, "2", "4", "8Gi", "1Gi"}},
    [COMPONENT_CONNECT] = {{1, "250m", "1", "1536Mi", "1Gi"},
                           {2, "500m", "2", "3Gi", "1Gi"},
                           {3, "2", "4", "8Gi", "1Gi"}},
    [COMPONENT_AIRFLOW_MIGRATE] = {{1, "250m", "1", "1Gi", "1Gi"},
                                   {1, "250m", "1", "1Gi", "1Gi"},
                                   {1, "250m", "1", "1Gi", "1Gi"}},
    [COMPONENT_AIRFLOW_API] = {{1, "250m", "1", "1536Mi", "1Gi"},
                               {2, "500m", "2", "2Gi", "1Gi"},
                               {2, "1", "4", "4Gi", "1Gi"}},
    [COMPONENT_AIRFLOW_SCHEDULER] = {{1, "500m", "2", "2Gi", "2Gi"},
                                     {2, "1", "4", "8Gi", "4Gi"},
                                     {2, "4", "8", "24Gi", "8Gi"}},
    [COMPONENT_AIRFLOW_DAGS] = {{1, "250m", "1", "1Gi", "1Gi"},
                                {2, "500m", "2", "2Gi", "1Gi"},
                                {2, "1", "4", "4Gi", "1Gi"}},
    [COMPONENT_TASK] = {{1, "100m", "1", "256Mi", "512Mi"},
                        {1, "250m", "2", "512Mi", "1Gi"},
                        {1, "500m", "4", "1Gi", "2Gi"}},
    [COMPONENT_HANDLER] = {{1, "100m", "1", "256Mi", "1Gi"},
                           {1, "250m", "2", "512Mi", "2Gi"},
                           {1, "500m", "2", "1Gi", "4Gi"}},
};

const struct container *component_container(const struct emission *emission,
                                            enum component component)
{
    const struct platform *platform = emission->platform;

    switch (component) {
    case COMPONENT_POSTGRES:
        return platform->postgres->container.to;
    case COMPONENT_KAFKA:
        return platform->kafka ? platform->kafka->container.to : NULL;
    case COMPONENT_CONNECT:
        return platform->kafka_connect ? platform->kafka_connect->container.to : NULL;
    default:
        return NULL;
    }
}

bool component_exists(const struct emission *emission, enum component component)
{
    const struct platform *platform = emission->platform;

    switch (component) {
    case COMPONENT_BACKUP:
        return platform->backup && !component_container(emission, COMPONENT_POSTGRES);
    case COMPONENT_KAFKA:
        return platform->kafka && !component_container(emission, component);
    case COMPONENT_CONNECT:
        return platform->kafka_connect && !component_container(emission, component);
    case COMPONENT_TASK:
        return platform->runner.is == RUNNER_POD;
    case COMPONENT_HANDLER:
        return platform->git && platform->runner.is == RUNNER_POD;
    default:
        return !component_container(emission, component);
    }
}

/* The service that a component belongs to; "" for dsc's own pods. */
static const char *service_name(const struct emission *emission, enum component component)
{
    switch (component) {
    case COMPONENT_POSTGRES:
    case COMPONENT_BACKUP:
        return service_postgres(emission->arena, emission->platform).name;
    case COMPONENT_KAFKA:
        return service_kafka(emission->arena, emission->platform).name;
    case COMPONENT_CONNECT:
        return service_connect(emission->arena, emission->platform).name;
    case COMPONENT_TASK:
    case COMPONENT_HANDLER:
        return "";
    default:
        return emission->platform->airflow->name.s;
    }
}

const char *component_name(const struct emission *emission, enum component component)
{
    const char *whole = arena_printf(emission->arena, "%s%s", service_name(emission, component),
                                     rows[component].suffix);

    return name_make(emission->arena, NAME_KUBERNETES, &(struct name_parts){.name = whole});
}

const char *component_role(enum component component)
{
    return rows[component].role;
}

const char *component_image(const struct emission *emission, enum component component)
{
    const struct images *images = emission->platform->images;

    switch (component) {
    case COMPONENT_POSTGRES:
    case COMPONENT_BACKUP:
        return images->postgres.s;
    case COMPONENT_KAFKA:
        return images->kafka.s;
    case COMPONENT_CONNECT:
        return images->kafka_connect.s;
    case COMPONENT_TASK:
    case COMPONENT_HANDLER:
        return images->dsc.s;
    default:
        return images->airflow.s;
    }
}

const struct component_port *component_ports(enum component component)
{
    return rows[component].ports;
}

int component_port(enum component component, const char *name)
{
    for (size_t i = 0; i < COMPONENT_PORTS; i++) {
        const struct component_port *port = &rows[component].ports[i];

        if (port->name && strcmp(port->name, name) == 0)
            return port->number;
    }
    fatal("no port %s of component %d", name, (int)component);
}

struct component_user component_user(enum component component)
{
    if (rows[component].group == GROUP_AIRFLOW)
        return (struct component_user){.user = 50000, .group = 0, .volumes = 50000};
    return (struct component_user){.user = 10999, .group = 10999, .volumes = 10999};
}

static void override(const char **value, const struct text *with)
{
    if (with->s)
        *value = with->s;
}

struct sizing component_sizing(const struct emission *emission, enum component component)
{
    const struct platform *platform = emission->platform;
    struct sizing sizing = sizes[component][platform->size.is];

    for (size_t i = 0; i < platform->resources.n; i++) {
        const struct resources *over = platform->resources.v[i];

        if (strcmp(over->name.s, group_names[rows[component].group]) != 0)
            continue;
        override(&sizing.cpu, &over->cpu);
        override(&sizing.cpu_limit, &over->cpu_limit);
        override(&sizing.memory, &over->memory);
        override(&sizing.scratch, &over->ephemeral_storage);
    }
    if (component == COMPONENT_KAFKA)
        sizing.replicas = (int)service_brokers(platform);
    if (component == COMPONENT_CONNECT && platform->kafka_connect->replicas.set)
        sizing.replicas = (int)platform->kafka_connect->replicas.n;
    return sizing;
}

unsigned component_dag_shards(const struct emission *emission)
{
    static const unsigned shards[] = {[SIZE_SMALL] = 4, [SIZE_STANDARD] = 16, [SIZE_LARGE] = 64};

    return shards[emission->platform->size.is];
}

static const char *of_airflow(const struct emission *emission, const char *suffix)
{
    const char *whole =
        arena_printf(emission->arena, "%s-%s", emission->platform->airflow->name.s, suffix);

    return name_make(emission->arena, NAME_KUBERNETES, &(struct name_parts){.name = whole});
}

const char *component_dag_shard(const struct emission *emission, unsigned number)
{
    return of_airflow(emission, arena_printf(emission->arena, "dags-%02u", number));
}

const char *component_infrastructure(const struct emission *emission)
{
    return of_airflow(emission, "infrastructure");
}

const char *component_scripts(const struct emission *emission)
{
    return of_airflow(emission, "scripts");
}

const char *component_restore(const struct emission *emission)
{
    const char *whole = arena_printf(emission->arena, "%s-restore",
                                     service_postgres(emission->arena, emission->platform).name);

    return name_make(emission->arena, NAME_KUBERNETES, &(struct name_parts){.name = whole});
}

int component_parallelism(const struct emission *emission)
{
    static const int tasks[] = {[SIZE_SMALL] = 4, [SIZE_STANDARD] = 16, [SIZE_LARGE] = 48};

    return tasks[emission->platform->size.is];
}

int64_t quantity_mebibytes(const char *quantity)
{
    static const struct {
        const char *suffix;
        double bytes;
    } units[] = {{"", 1},         {"k", 1e3},         {"M", 1e6},
                 {"G", 1e9},      {"T", 1e12},        {"Ki", 1024},
                 {"Mi", 1048576}, {"Gi", 1073741824}, {"Ti", 1099511627776.0}};
    char *end;
    double number = strtod(quantity, &end);

    for (size_t i = 0; i < COUNT(units); i++) {
        double mebibytes = number * units[i].bytes / 1048576;

        if (strcmp(end, units[i].suffix) == 0)
            return mebibytes >= 0 && mebibytes < 1e15 ? (int64_t)mebibytes : 0;
    }
    return 0;
}
