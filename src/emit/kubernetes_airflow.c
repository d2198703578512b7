/* The platform's Airflow (3.x): API server, schedulers that run tasks, and DAG processors; the last
 * two each have a sidecar that copies the DAG files of the ConfigMaps into a plain folder. */
#include "artifacts.h"
#include "kubernetes.h"
#include "kubernetes_secrets.h"
#include "service.h"

#include <inttypes.h>
#include <string.h>

/* What every process of Airflow is told. A value that begins with `@` is made by value_of. */
static const char *const settings[][2] = {
    {"AIRFLOW_HOME", "/opt/airflow"},
    {"AIRFLOW__CORE__DAGS_FOLDER", "/dags"},
    {"AIRFLOW__CORE__EXECUTOR", "LocalExecutor"},
    {"AIRFLOW__CORE__LOAD_EXAMPLES", "False"},
    {"AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT", "120"},
    {"AIRFLOW__CORE__FERNET_KEY_CMD", "cat /run/secrets/airflow/fernet_key"},
    /* Logs are fetched from the pod that ran the task: its name is unknown to the DNS. */
    {"AIRFLOW__CORE__HOSTNAME_CALLABLE", "airflow.utils.net.get_host_ip_address"},
    {"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", "admin:admin"},
    {"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE", "/opt/airflow/passwords.json"},
    {"AIRFLOW__API__SECRET_KEY_CMD", "cat /run/secrets/airflow/api_secret_key"},
    {"AIRFLOW__API_AUTH__JWT_SECRET_CMD", "cat /run/secrets/airflow/jwt_secret"},
    {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD", "python /opt/dsc/database_url.py"},
    {"AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "30"},
    {"AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK", "True"},
    {"AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False"},
};

static const char *const dag_sync_is_ready[] = {"test", "-e", "/tmp/synced", NULL};
static const char *const dag_sync_is_alive[] = {"/bin/sh", "-c",
                                                "test -n \"$(find /tmp/synced -mmin -5)\"", NULL};

static void set_environment(struct emission *emission, struct doc *container)
{
    struct arena *arena = emission->arena;
    struct service database = service_postgres(arena, emission->platform);

    for (size_t i = 0; i < COUNT(settings); i++)
        kube_env(emission, container, settings[i][0], settings[i][1]);
    kube_env(emission, container, "AIRFLOW__CORE__PARALLELISM",
             arena_printf(arena, "%d", component_parallelism(emission)));
    kube_env(emission, container, "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
             arena_printf(arena, "http://%s:%d/execution/",
                          component_name(emission, COMPONENT_AIRFLOW_API),
                          component_port(COMPONENT_AIRFLOW_API, "http")));
    kube_env(emission, container, "DATABASE_HOST", database.host);
    kube_env(emission, container, "DATABASE_PORT", arena_printf(arena, "%" PRId64, database.port));
    kube_env(emission, container, "DATABASE_NAME", AIRFLOW_DATABASE);
    kube_env(emission, container, "PGSSLMODE", words_tls_mode.v[database.tls].word);
    if (database.ca)
        kube_env(emission, container, "PGSSLROOTCERT", "/run/secrets/airflow/authority/ca.crt");
}

/* The files that Airflow itself reads: its keys, its database role, and two scripts. */
static void add_volumes(struct emission *emission, struct doc *pod)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    const struct credential *authority = service_postgres(arena, platform).ca;
    struct doc *sources = kube_projected_volume(emission, pod, "secrets");

    kube_project_secret(emission, sources, secrets_airflow_name(emission), "",
                        secrets_airflow_keys);
    kube_project_secret(emission, sources, secrets_name(emission, platform->airflow->credential.to),
                        "database", model_credential_keys(CREDENTIAL_USER_PASSWORD));
    if (authority)
        kube_project_secret(emission, sources, secrets_name(emission, authority), "authority",
                            model_credential_keys(CREDENTIAL_CA_BUNDLE));
    kube_project_config_map(emission, kube_projected_volume(emission, pod, "scripts"),
                            component_scripts(emission), false);
    kube_empty_volume(emission, pod, "home", "1Gi");
    kube_empty_volume(emission, pod, "tmp", "512Mi");
}

static void use_airflow(struct emission *emission, struct doc *container)
{
    set_environment(emission, container);
    kube_mount(emission, container, "secrets", "/run/secrets/airflow", true);
    kube_mount(emission, container, "scripts", "/opt/dsc", true);
    kube_mount(emission, container, "home", "/opt/airflow", false);
    kube_mount(emission, container, "tmp", "/tmp", false);
}

static struct doc *airflow_pod(struct emission *emission, enum component component,
                               struct doc **container)
{
    struct doc *pod = kube_pod(emission, component), *wait;

    add_volumes(emission, pod);
    *container = kube_container(emission, pod, component, component_role(component));
    use_airflow(emission, *container);
    if (component == COMPONENT_AIRFLOW_MIGRATE)
        return pod;
    wait = kube_helper(emission, pod, component, "initContainers", "wait-for-migration");
    kube_strings(emission, wait, "args", "db", "check-migrations", "--migration-wait-timeout",
                 "300", NULL);
    use_airflow(emission, wait);
    return pod;
}

/* The ConfigMaps with DAG files, one beside the other; those that are not there yet are left out.
 */
static void add_dags(struct emission *emission, struct doc *pod, struct doc *container)
{
    struct doc *sources = kube_projected_volume(emission, pod, "dag-files"), *sync;

    kube_project_config_map(emission, sources, component_infrastructure(emission), true);
    for (unsigned i = 0; i < component_dag_shards(emission); i++)
        kube_project_config_map(emission, sources, component_dag_shard(emission, i), true);
    kube_empty_volume(emission, pod, "dags", "256Mi");
    kube_empty_volume(emission, pod, "sync", "16Mi");
    kube_mount(emission, container, "dags", "/dags", true);

    sync = kube_helper(emission, pod, COMPONENT_AIRFLOW_DAGS, "containers", "dag-sync");
    kube_strings(emission, sync, "command", "python", "/opt/dsc/dag_sync.py", "/dag-files", "/dags",
                 "/tmp/synced", NULL);
    kube_mount(emission, sync, "scripts", "/opt/dsc", true);
    kube_mount(emission, sync, "dag-files", "/dag-files", true);
    kube_mount(emission, sync, "dags", "/dags", false);
    kube_mount(emission, sync, "sync", "/tmp", false);
    kube_probe(emission, sync, "readinessProbe",
               (struct kube_probe){.exec = dag_sync_is_ready, .period = 10});
    kube_probe(emission, sync, "livenessProbe",
               (struct kube_probe){.exec = dag_sync_is_alive, .period = 60, .failures = 5});
}

static void add_deployment(struct emission *emission, enum component component, struct doc *pod,
                           struct doc *objects)
{
    struct doc *deployment = kube_workload(emission, component, "Deployment", pod);

    kube_rolling(emission, deployment);
    doc_add(objects, kube_service_account(emission, component));
    doc_add(objects, deployment);
    kube_disruption_budget(emission, component, objects);
}

static void add_api_server(struct emission *emission, struct doc *objects)
{
    static const char *const workers[] = {
        [SIZE_SMALL] = "1", [SIZE_STANDARD] = "2", [SIZE_LARGE] = "4"};
    struct doc *container, *pod = airflow_pod(emission, COMPONENT_AIRFLOW_API, &container), *copy;

    kube_strings(emission, container, "args", "api-server", "--port", "8080", "--workers",
                 workers[emission->platform->size.is], NULL);
    kube_probe(emission, container, "startupProbe",
               (struct kube_probe){.tcp = "http", .period = 5, .failures = 60});
    kube_probe(emission, container, "readinessProbe",
               (struct kube_probe){
                   .http = "http", .path = "/api/v2/monitor/health", .period = 10, .timeout = 5});
    kube_probe(
        emission, container, "livenessProbe",
        (struct kube_probe){
            .http = "http", .path = "/api/v2/version", .period = 20, .timeout = 10, .failures = 6});
    /* Airflow opens that file for writing, which a mounted secret does not allow. */
    copy = kube_helper(emission, pod, COMPONENT_AIRFLOW_API, "initContainers", "copy-passwords");
    kube_strings(emission, copy, "command", "cp", "/run/secrets/airflow/passwords.json",
                 "/opt/airflow/passwords.json", NULL);
    kube_mount(emission, copy, "secrets", "/run/secrets/airflow", true);
    kube_mount(emission, copy, "home", "/opt/airflow", false);
    doc_add(objects, kube_service(emission, COMPONENT_AIRFLOW_API,
                                  component_name(emission, COMPONENT_AIRFLOW_API), false));
    add_deployment(emission, COMPONENT_AIRFLOW_API, pod, objects);
}

/* Where tasks run in the scheduler's pod, that gets what they need. */
static void add_credentials(struct emission *emission, struct doc *pod, struct doc *container)
{
    struct graph_credentials all = graph_credentials(emission->arena, emission->graph);
    struct doc *sources = kube_projected_volume(emission, pod, "credentials");

    for (size_t i = 0; i < all.v.n; i++)
        kube_project_secret(emission, sources, secrets_name(emission, all.v.v[i]),
                            all.v.v[i]->name.s,
                            model_credential_keys((enum credential_type)all.v.v[i]->type.is));
    kube_mount(emission, container, "credentials", TASK_SECRETS_DIR, true);
}

static void add_scheduler(struct emission *emission, struct doc *objects)
{
    struct doc *container, *pod = airflow_pod(emission, COMPONENT_AIRFLOW_SCHEDULER, &container);

    kube_strings(emission, container, "args", "scheduler", NULL);
    kube_probe(emission, container, "startupProbe",
               (struct kube_probe){.tcp = "health", .period = 5, .failures = 60});
    kube_probe(emission, container, "readinessProbe",
               (struct kube_probe){.tcp = "health", .period = 10});
    kube_probe(
        emission, container, "livenessProbe",
        (struct kube_probe){
            .http = "health", .path = "/health", .period = 20, .timeout = 10, .failures = 6});
    add_dags(emission, pod, container);
    if (emission->platform->runner.is == RUNNER_POD)
        kube_api_access(emission, pod, container);
    else
        add_credentials(emission, pod, container);
    add_deployment(emission, COMPONENT_AIRFLOW_SCHEDULER, pod, objects);
}

static void add_dag_processor(struct emission *emission, struct doc *objects)
{
    static const char *const is_parsing[] = {"test", "-d", "/opt/airflow/logs/dag_processor", NULL};
    static const char *const is_alive[] = {"airflow",         "jobs",    "check", "--job-type",
                                           "DagProcessorJob", "--local", NULL};
    struct doc *container, *pod = airflow_pod(emission, COMPONENT_AIRFLOW_DAGS, &container);

    kube_strings(emission, container, "args", "dag-processor", NULL);
    kube_probe(emission, container, "startupProbe",
               (struct kube_probe){.exec = is_parsing, .period = 5, .failures = 60});
    kube_probe(emission, container, "readinessProbe",
               (struct kube_probe){.exec = is_parsing, .period = 20});
    kube_probe(emission, container, "livenessProbe",
               (struct kube_probe){.exec = is_alive, .period = 120, .timeout = 60, .failures = 3});
    add_dags(emission, pod, container);
    add_deployment(emission, COMPONENT_AIRFLOW_DAGS, pod, objects);
}

/* Named after the image, since a Job cannot be changed: another version of Airflow is another Job.
 */
static void add_migration(struct emission *emission, struct doc *objects)
{
    struct doc *container, *pod = airflow_pod(emission, COMPONENT_AIRFLOW_MIGRATE, &container);
    const char *image = component_image(emission, COMPONENT_AIRFLOW_MIGRATE);
    char sum[SHA256_HEX];

    sha256_hex(image, strlen(image), sum);
    kube_strings(emission, container, "args", "db", "migrate", NULL);
    doc_add(objects, kube_service_account(emission, COMPONENT_AIRFLOW_MIGRATE));
    doc_add(objects,
            kube_job(emission, COMPONENT_AIRFLOW_MIGRATE,
                     arena_printf(emission->arena, "%s-%.8s",
                                  component_name(emission, COMPONENT_AIRFLOW_MIGRATE), sum),
                     pod));
}

struct doc *emit_kubernetes_airflow(struct emission *emission, const struct emit_item *item)
{
    static const char *const scripts[] = {"dag_sync.py", "database_url.py", NULL};
    struct doc *objects = doc_list(emission->arena);
    struct doc *data = kube_shipped(emission, "airflow", scripts);

    (void)item;
    if (!data)
        return NULL;
    doc_add(objects, kube_config_map(emission, COMPONENT_COUNT, component_scripts(emission), data));
    add_migration(emission, objects);
    add_api_server(emission, objects);
    add_scheduler(emission, objects);
    add_dag_processor(emission, objects);
    return objects;
}
