/* The platform's Kafka Connect: workers that deliver each record of a source exactly once. */
#include "artifacts.h"
#include "kubernetes.h"
#include "kubernetes_secrets.h"
#include "properties.h"
#include "settings.h"

#include <inttypes.h>

/* What the environment may give to connectors: variables as credentials are named, and the pod's
 * own address, where the other workers find this one. */
#define ENVIRONMENT_ALLOWED                                                                        \
    "^(POD_IP|[A-Z][A-Z0-9_]*_(USERNAME|PASSWORD|TOKEN|KEY|SECRET|TLS_CRT|TLS_KEY|CA_CRT))$"

static const char *worker_properties(struct emission *emission)
{
    static const char *const fixed[][2] = {
        {"listeners", "http://:8083"},
        {"rest.advertised.host.name", "${env:POD_IP}"},
        /* -1: as many copies as the brokers make of any topic */
        {"config.storage.replication.factor", "-1"},
        {"offset.storage.replication.factor", "-1"},
        {"status.storage.replication.factor", "-1"},
        {"key.converter", "org.apache.kafka.connect.json.JsonConverter"},
        {"value.converter", "org.apache.kafka.connect.json.JsonConverter"},
        {"key.converter.schemas.enable", "true"},
        {"value.converter.schemas.enable", "true"},
        {"plugin.path", "/opt/kafka-plugins"},
        {"plugin.discovery", "service_load"},
        {"exactly.once.source.support", "enabled"},
        {"connector.client.config.override.policy", "All"},
        {"offset.flush.interval.ms", "5000"},
        {"config.providers", "dir,env"},
        {"config.providers.dir.class",
         "org.apache.kafka.common.config.provider.DirectoryConfigProvider"},
        {"config.providers.dir.param.allowed.paths", CONNECT_SECRETS},
        {"config.providers.env.class",
         "org.apache.kafka.common.config.provider.EnvVarConfigProvider"},
        {"config.providers.env.param.allowlist.pattern", ENVIRONMENT_ALLOWED},
    };
    static const char *const topics[] = {"config", "offset", "status"};
    /* The worker's own clients, and those of its connectors. */
    static const char *const clients[] = {"", "producer.", "consumer.", "admin."};
    struct arena *arena = emission->arena;
    struct service kafka = service_kafka(arena, emission->platform);
    const char *name = component_name(emission, COMPONENT_CONNECT);
    struct settings settings = {.arena = arena, .map = doc_map(arena)};

    for (size_t i = 0; i < COUNT(clients); i++)
        settings_cluster(&settings, clients[i], &kafka);
    doc_set_string(arena, settings.map, "group.id", name);
    for (size_t i = 0; i < COUNT(topics); i++)
        doc_set(settings.map, arena_printf(arena, "%s.storage.topic", topics[i]),
                doc_printf(arena, "_%s-%s", name, topics[i]));
    for (size_t i = 0; i < COUNT(fixed); i++)
        doc_set_string(arena, settings.map, fixed[i][0], fixed[i][1]);
    return properties_text(arena, settings.map);
}

static struct doc *worker_pod(struct emission *emission, const char *config)
{
    struct arena *arena = emission->arena;
    struct sizing sizing = component_sizing(emission, COMPONENT_CONNECT);
    int64_t heap = quantity_mebibytes(sizing.memory) * 6 / 10;
    struct doc *pod = kube_pod(emission, COMPONENT_CONNECT);
    struct doc *container = kube_container(emission, pod, COMPONENT_CONNECT, "connect");

    kube_strings(emission, container, "command", "/opt/kafka/bin/connect-distributed.sh",
                 "/etc/kafka-connect/connect-distributed.properties", NULL);
    kube_env_field(emission, container, "POD_IP", "status.podIP");
    kube_env(emission, container, "KAFKA_HEAP_OPTS",
             arena_printf(arena, "-Xms%" PRId64 "m -Xmx%" PRId64 "m", heap, heap));
    kube_env(emission, container, "LOG_DIR", "/tmp/logs");
    kube_probe(emission, container, "startupProbe",
               (struct kube_probe){.tcp = "rest", .period = 5, .failures = 60});
    kube_probe(emission, container, "readinessProbe",
               (struct kube_probe){.http = "rest", .path = "/health", .period = 10, .timeout = 5});
    kube_probe(emission, container, "livenessProbe",
               (struct kube_probe){
                   .http = "rest", .path = "/", .period = 20, .timeout = 10, .failures = 6});
    kube_mount(emission, container, "config", "/etc/kafka-connect", true);
    kube_mount(emission, container, "secrets", CONNECT_SECRETS, true);
    kube_mount(emission, container, "tmp", "/tmp", false);
    kube_project_config_map(emission, kube_projected_volume(emission, pod, "config"), config,
                            false);
    /* The whole Secret: what a new store adds to it arrives without a restart. */
    kube_secret_volume(emission, pod, "secrets", secrets_connect_name(emission));
    kube_empty_volume(emission, pod, "tmp", "512Mi");
    return pod;
}

struct doc *emit_kubernetes_connect(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct doc *objects = doc_list(arena), *data = doc_map(arena), *deployment;
    const char *name, *config;

    (void)item;
    if (!component_exists(emission, COMPONENT_CONNECT))
        return NULL;
    name = component_name(emission, COMPONENT_CONNECT);
    config = arena_printf(arena, "%s-config", name);
    doc_set_string(arena, data, "connect-distributed.properties", worker_properties(emission));
    doc_add(objects, kube_service_account(emission, COMPONENT_CONNECT));
    doc_add(objects, kube_config_map(emission, COMPONENT_CONNECT, config, data));
    doc_add(objects, kube_service(emission, COMPONENT_CONNECT, name, false));
    deployment =
        kube_workload(emission, COMPONENT_CONNECT, "Deployment", worker_pod(emission, config));
    kube_rolling(emission, deployment);
    kube_restart_on_change(emission, deployment, data);
    doc_add(objects, deployment);
    kube_disruption_budget(emission, COMPONENT_CONNECT, objects);
    return objects;
}
