/* The platform's database: its server, and the job that backs it up. */
#include "artifacts.h"
#include "kubernetes.h"
#include "kubernetes_secrets.h"
#include "service.h"

#include <inttypes.h>

/* What the merge engine wants of the server, whatever its size. Its promises need fsync; dead
 * clients must let go of their locks within a minute; what statements cost is to be seen. */
static const char *const settings[][2] = {
    {"fsync", "on"},
    {"full_page_writes", "on"},
    {"synchronous_commit", "on"},
    {"wal_level", "logical"},
    {"wal_compression", "on"},
    {"max_wal_senders", "10"},
    {"max_replication_slots", "10"},
    {"checkpoint_timeout", "15min"},
    {"tcp_keepalives_idle", "20"},
    {"tcp_keepalives_interval", "10"},
    {"tcp_keepalives_count", "3"},
    {"client_connection_check_interval", "10s"},
    {"shared_preload_libraries", "pg_stat_statements"},
    {"track_io_timing", "on"},
    {"autovacuum_naptime", "15s"},
    {"autovacuum_vacuum_cost_limit", "2000"},
    {"random_page_cost", "1.1"},
    {"log_lock_waits", "on"},
    {"log_checkpoints", "on"},
    {"log_min_duration_statement", "10s"},
};

/* Settings that follow the size of the machine: a share of the memory, in MiB. */
static const struct {
    const char *name;
    int64_t divisor, most;
} shares[] = {
    {"shared_buffers", 4, 65536},       {"effective_cache_size", 2, 262144},
    {"maintenance_work_mem", 16, 2048}, {"work_mem", 128, 256},
    {"max_wal_size", 1, 32768},
};

static const int connections[] = {[SIZE_SMALL] = 100, [SIZE_STANDARD] = 200, [SIZE_LARGE] = 500};

static void add_argument(struct emission *emission, struct doc *args, const char *setting)
{
    doc_add_string(emission->arena, args, "-c");
    doc_add_string(emission->arena, args, setting);
}

static void set_arguments(struct emission *emission, struct doc *container, const char *memory)
{
    struct arena *arena = emission->arena;
    struct doc *args = doc_set(container, "args", doc_list(arena));

    add_argument(
        emission, args,
        arena_printf(arena, "max_connections=%d", connections[emission->platform->size.is]));
    for (size_t i = 0; i < COUNT(shares); i++) {
        int64_t share = quantity_mebibytes(memory) / shares[i].divisor;

        if (share > shares[i].most)
            share = shares[i].most;
        add_argument(
            emission, args,
            arena_printf(arena, "%s=%" PRId64 "MB", shares[i].name, share > 1 ? share : 1));
    }
    for (size_t i = 0; i < COUNT(settings); i++)
        add_argument(emission, args, arena_printf(arena, "%s=%s", settings[i][0], settings[i][1]));
}

static void set_probes(struct emission *emission, struct doc *container)
{
    static const char *const is_ready[] = {"pg_isready", "-h", "127.0.0.1", "-d", "postgres", NULL};

    kube_probe(emission, container, "startupProbe",
               (struct kube_probe){.exec = is_ready, .period = 5, .timeout = 5, .failures = 120});
    kube_probe(emission, container, "readinessProbe",
               (struct kube_probe){.exec = is_ready, .period = 10, .timeout = 5});
    kube_probe(emission, container, "livenessProbe",
               (struct kube_probe){.tcp = "postgres", .period = 20, .failures = 6});
}

/* The three roles' names and passwords, and the administrator's, for the script that makes them. */
static void add_roles_volume(struct emission *emission, struct doc *pod, struct doc *container)
{
    const struct platform *platform = emission->platform;
    struct doc *sources = kube_projected_volume(emission, pod, "roles");
    const struct {
        const char *folder;
        const struct credential *credential;
    } roles[] = {{"merge", platform->postgres->credential.to},
                 {"sink", secrets_sink_credential(platform)},
                 {"airflow", platform->airflow->credential.to}};

    kube_project_secret(emission, sources, secrets_postgres_name(emission), "admin",
                        model_credential_keys(CREDENTIAL_USER_PASSWORD));
    for (size_t i = 0; i < COUNT(roles); i++)
        kube_project_secret(emission, sources, secrets_name(emission, roles[i].credential),
                            roles[i].folder, model_credential_keys(CREDENTIAL_USER_PASSWORD));
    kube_mount(emission, container, "roles", "/run/secrets/postgres", true);
}

static struct doc *server_pod(struct emission *emission, const char *init)
{
    struct arena *arena = emission->arena;
    struct sizing sizing = component_sizing(emission, COMPONENT_POSTGRES);
    struct doc *pod = kube_pod(emission, COMPONENT_POSTGRES);
    struct doc *container = kube_container(emission, pod, COMPONENT_POSTGRES, "postgres");

    set_arguments(emission, container, sizing.memory);
    kube_env(emission, container, "PGDATA", "/var/lib/postgresql/data/pgdata");
    kube_env(emission, container, "POSTGRES_DB", emission->platform->postgres->database.s);
    kube_env(emission, container, "POSTGRES_USER_FILE", "/run/secrets/postgres/admin/username");
    kube_env(emission, container, "POSTGRES_PASSWORD_FILE", "/run/secrets/postgres/admin/password");
    kube_env(emission, container, "POSTGRES_INITDB_ARGS", "--data-checksums --encoding=UTF8");
    kube_env(emission, container, "ROLES", "/run/secrets/postgres"); /* for postgres_roles.sh */
    set_probes(emission, container);
    kube_mount(emission, container, "data", "/var/lib/postgresql/data", false);
    kube_mount(emission, container, "init", "/docker-entrypoint-initdb.d", true);
    kube_mount(emission, container, "run", "/var/run/postgresql", false);
    kube_mount(emission, container, "shm", "/dev/shm", false);
    kube_mount(emission, container, "tmp", "/tmp", false);
    add_roles_volume(emission, pod, container);
    kube_project_config_map(emission, kube_projected_volume(emission, pod, "init"), init, false);
    kube_empty_volume(emission, pod, "run", "16Mi");
    kube_empty_volume(emission, pod, "tmp", "64Mi");
    /* Parallel queries share memory there; a container has 64 MiB of it by itself. */
    doc_set_string(arena,
                   kube_empty_volume(
                       emission, pod, "shm",
                       arena_printf(arena, "%" PRId64 "Mi", quantity_mebibytes(sizing.memory) / 8)),
                   "medium", "Memory");
    return pod;
}

struct doc *emit_kubernetes_postgres(struct emission *emission, const struct emit_item *item)
{
    static const char *const scripts[] = {"postgres_roles.sh", NULL};
    struct arena *arena = emission->arena;
    struct doc *objects = doc_list(arena), *data, *set;
    const char *name, *init;

    (void)item;
    if (!component_exists(emission, COMPONENT_POSTGRES))
        return NULL;
    data = kube_shipped(emission, "kubernetes", scripts);
    if (!data)
        return NULL;
    name = component_name(emission, COMPONENT_POSTGRES);
    init = arena_printf(arena, "%s-init", name);
    doc_add(objects, kube_service_account(emission, COMPONENT_POSTGRES));
    doc_add(objects, kube_config_map(emission, COMPONENT_POSTGRES, init, data));
    doc_add(objects, kube_service(emission, COMPONENT_POSTGRES, name, true));
    set = kube_workload(emission, COMPONENT_POSTGRES, "StatefulSet", server_pod(emission, init));
    kube_stateful(emission, set, name, emission->platform->postgres->storage.s);
    doc_add(objects, set);
    return objects;
}

/* A pod that runs one of the scripts in `scripts`, as the role that owns the tables. */
static struct doc *backup_pod(struct emission *emission, const char *scripts, const char *script)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    struct doc *pod = kube_pod(emission, COMPONENT_BACKUP);
    struct doc *container = kube_container(emission, pod, COMPONENT_BACKUP, "backup");

    kube_strings(emission, container, "command", "/bin/sh",
                 arena_printf(arena, "/scripts/%s", script), NULL);
    kube_env(emission, container, "PGHOST", service_postgres(arena, platform).host);
    kube_env(emission, container, "PGDATABASE", platform->postgres->database.s);
    kube_env(emission, container, "CREDENTIAL", "/run/secrets/postgres/merge");
    kube_env(emission, container, "BACKUP", "/backup");
    kube_env(emission, container, "KEEP",
             arena_printf(arena, "%" PRId64, platform->backup->keep.n));
    kube_mount(emission, container, "backup", "/backup", false);
    kube_mount(emission, container, "scripts", "/scripts", true);
    kube_mount(emission, container, "roles", "/run/secrets/postgres", true);
    kube_mount(emission, container, "tmp", "/tmp", false);
    kube_claim_volume(emission, pod, "backup", scripts);
    kube_project_config_map(emission, kube_projected_volume(emission, pod, "scripts"), scripts,
                            false);
    kube_project_secret(emission, kube_projected_volume(emission, pod, "roles"),
                        secrets_name(emission, platform->postgres->credential.to), "merge",
                        model_credential_keys(CREDENTIAL_USER_PASSWORD));
    kube_empty_volume(emission, pod, "tmp", "64Mi");
    return pod;
}

static struct doc *cron_job(struct emission *emission, const char *name, const char *schedule,
                            struct doc *pod)
{
    struct arena *arena = emission->arena;
    struct doc *job = kube_object(emission, "batch/v1", "CronJob", name, COMPONENT_BACKUP);
    struct doc *spec = doc_set(job, "spec", doc_map(arena));

    doc_set_string(arena, spec, "schedule", schedule);
    doc_set_string(arena, spec, "timeZone", "Etc/UTC");
    doc_set_string(arena, spec, "concurrencyPolicy", "Forbid");
    doc_set_int(arena, spec, "startingDeadlineSeconds", 3600);
    doc_set_int(arena, spec, "successfulJobsHistoryLimit", 3);
    doc_set_int(arena, spec, "failedJobsHistoryLimit", 3);
    doc_set(doc_set(spec, "jobTemplate", doc_map(arena)), "spec",
            kube_job_spec(emission, COMPONENT_BACKUP, pod));
    return job;
}

/* Restoring is prepared, and never runs by itself: an operator makes a job from it. */
static struct doc *restore_job(struct emission *emission, const char *name)
{
    struct doc *job = cron_job(emission, component_restore(emission), "0 0 1 1 *",
                               backup_pod(emission, name, "restore.sh"));

    doc_set_bool(emission->arena, doc_get(job, "spec"), "suspend", true);
    return job;
}

/* A dump of the whole database: dsc's own tables, staging and live ones are of one moment, or of no
 * use. */
struct doc *emit_kubernetes_backup(struct emission *emission, const struct emit_item *item)
{
    static const char *const scripts[] = {"backup.sh", "restore.sh", NULL};
    struct doc *objects = doc_list(emission->arena), *data, *claim;
    const char *name;

    (void)item;
    if (!component_exists(emission, COMPONENT_BACKUP))
        return NULL;
    data = kube_shipped(emission, "kubernetes", scripts);
    if (!data)
        return NULL;
    name = component_name(emission, COMPONENT_BACKUP);
    doc_add(objects, kube_service_account(emission, COMPONENT_BACKUP));
    doc_add(objects, kube_config_map(emission, COMPONENT_BACKUP, name, data));
    claim = kube_object(emission, "v1", "PersistentVolumeClaim", name, COMPONENT_BACKUP);
    doc_set(claim, "spec", kube_claim_spec(emission, emission->platform->backup->storage.s));
    doc_add(objects, claim);
    doc_add(objects, cron_job(emission, name, emission->platform->backup->schedule.s,
                              backup_pod(emission, name, "backup.sh")));
    doc_add(objects, restore_job(emission, name));
    return objects;
}
