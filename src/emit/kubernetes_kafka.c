/* The platform's Kafka: brokers that are their own controllers (KRaft). */
#include "artifacts.h"
#include "kubernetes.h"
#include "properties.h"
#include "service.h"

#include <inttypes.h>
#include <string.h>

/* Where each broker's pod has its own name, within the cluster and from other namespaces. */
static const char *broker_host(struct emission *emission, const char *id)
{
    const char *name = component_name(emission, COMPONENT_KAFKA);

    return arena_printf(emission->arena, "%s-%s.%s-headless.%s.svc", name, id, name,
                        emission->platform->namespace.s);
}

static const char *voters(struct emission *emission, int brokers)
{
    int port = component_port(COMPONENT_KAFKA, "controller");
    struct buf all = {0};
    const char *text;

    for (int i = 0; i < brokers; i++)
        buf_printf(&all, "%s%d@%s:%d", i ? "," : "", i,
                   broker_host(emission, arena_printf(emission->arena, "%d", i)), port);
    text = arena_strndup(emission->arena, all.data, all.len);
    buf_free(&all);
    return text;
}

/* kafka_start.sh puts the pod's number in place of @ID@. */
static const char *server_properties(struct emission *emission)
{
    static const char *const fixed[][2] = {
        {"process.roles", "broker,controller"},
        {"listeners", "BROKER://:9092,CONTROLLER://:9093"},
        {"controller.listener.names", "CONTROLLER"},
        {"inter.broker.listener.name", "BROKER"},
        {"listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"},
        {"log.dirs", "/var/lib/kafka/data"},
        {"auto.create.topics.enable", "false"},
        {"unclean.leader.election.enable", "false"},
    };
    static const char *const copied[] = {"default.replication.factor",
                                         "offsets.topic.replication.factor",
                                         "transaction.state.log.replication.factor",
                                         "share.coordinator.state.topic.replication.factor"};
    static const char *const in_sync[] = {"min.insync.replicas", "transaction.state.log.min.isr",
                                          "share.coordinator.state.topic.min.isr"};
    struct arena *arena = emission->arena;
    int brokers = component_sizing(emission, COMPONENT_KAFKA).replicas;
    struct doc *settings = doc_map(arena);

    doc_set_string(arena, settings, "node.id", "@ID@");
    doc_set_string(arena, settings, "controller.quorum.voters", voters(emission, brokers));
    doc_set(settings, "advertised.listeners",
            doc_printf(arena, "BROKER://%s:9092", broker_host(emission, "@ID@")));
    for (size_t i = 0; i < COUNT(fixed); i++)
        doc_set_string(arena, settings, fixed[i][0], fixed[i][1]);
    for (size_t i = 0; i < COUNT(copied); i++)
        doc_set(settings, copied[i], doc_printf(arena, "%d", brokers < 3 ? brokers : 3));
    for (size_t i = 0; i < COUNT(in_sync); i++)
        doc_set_string(arena, settings, in_sync[i], brokers < 3 ? "1" : "2");
    doc_set(settings, "log.retention.ms",
            doc_printf(arena, "%" PRId64, emission->platform->kafka->retention.n * 1000));
    return properties_text(arena, settings);
}

/* Of the shape that Kafka makes itself (16 bytes in base64url); the same for ever, so that a broker
 * never joins another platform's cluster. */
static const char *cluster_id(struct emission *emission)
{
    char sum[SHA256_HEX];

    sha256_hex(emission->platform->name.s, strlen(emission->platform->name.s), sum);
    return arena_printf(emission->arena, "%.21sA", sum);
}

static struct doc *broker_pod(struct emission *emission, const char *config)
{
    struct arena *arena = emission->arena;
    struct sizing sizing = component_sizing(emission, COMPONENT_KAFKA);
    int64_t heap = quantity_mebibytes(sizing.memory) / 2;
    struct doc *pod = kube_pod(emission, COMPONENT_KAFKA);
    struct doc *container = kube_container(emission, pod, COMPONENT_KAFKA, "kafka");

    if (heap > 6144)
        heap = 6144; /* the rest is better used as page cache */
    kube_strings(emission, container, "command", "/bin/bash", "/etc/kafka-config/kafka_start.sh",
                 NULL);
    kube_env(emission, container, "CLUSTER_ID", cluster_id(emission));
    kube_env(emission, container, "KAFKA_HEAP_OPTS",
             arena_printf(arena, "-Xms%" PRId64 "m -Xmx%" PRId64 "m", heap, heap));
    kube_env(emission, container, "LOG_DIR", "/tmp/logs");
    kube_probe(emission, container, "startupProbe",
               (struct kube_probe){.tcp = "broker", .period = 5, .failures = 120});
    kube_probe(emission, container, "readinessProbe",
               (struct kube_probe){.tcp = "broker", .period = 10});
    kube_probe(emission, container, "livenessProbe",
               (struct kube_probe){.tcp = "controller", .period = 20, .failures = 6});
    kube_mount(emission, container, "data", "/var/lib/kafka", false);
    kube_mount(emission, container, "config", "/etc/kafka-config", true);
    kube_mount(emission, container, "tmp", "/tmp", false);
    kube_project_config_map(emission, kube_projected_volume(emission, pod, "config"), config,
                            false);
    kube_empty_volume(emission, pod, "tmp", "256Mi");
    return pod;
}

struct doc *emit_kubernetes_kafka(struct emission *emission, const struct emit_item *item)
{
    static const char *const scripts[] = {"kafka_start.sh", NULL};
    struct arena *arena = emission->arena;
    struct doc *objects = doc_list(arena), *data, *set;
    const char *name, *headless, *config;

    (void)item;
    if (!component_exists(emission, COMPONENT_KAFKA))
        return NULL;
    data = kube_shipped(emission, "kubernetes", scripts);
    if (!data)
        return NULL;
    name = component_name(emission, COMPONENT_KAFKA);
    headless = arena_printf(arena, "%s-headless", name);
    config = arena_printf(arena, "%s-config", name);
    doc_set_string(arena, data, "server.properties", server_properties(emission));
    doc_add(objects, kube_service_account(emission, COMPONENT_KAFKA));
    doc_add(objects, kube_config_map(emission, COMPONENT_KAFKA, config, data));
    doc_add(objects, kube_service(emission, COMPONENT_KAFKA, headless, true));
    doc_add(objects, kube_service(emission, COMPONENT_KAFKA, name, false));
    set = kube_workload(emission, COMPONENT_KAFKA, "StatefulSet", broker_pod(emission, config));
    doc_set_string(arena, doc_get(set, "spec"), "podManagementPolicy", "Parallel");
    kube_stateful(emission, set, headless, emission->platform->kafka->storage.s);
    kube_restart_on_change(emission, set, data);
    doc_add(objects, set);
    kube_disruption_budget(emission, COMPONENT_KAFKA, objects);
    return objects;
}
