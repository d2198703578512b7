/* Network policies that follow from the graph: who reaches which source. */
#include "artifacts.h"
#include "kubernetes.h"
#include "kubernetes_secrets.h"
#include "network.h"

#include "dsc/names.h"

static const char *kubernetes_name(struct emission *emission, const char *text)
{
    return name_make(emission->arena, NAME_KUBERNETES, &(struct name_parts){.name = text});
}

static void add_peer(struct emission *emission, struct doc *policy, const struct network_peer *peer)
{
    struct doc *rule;

    if (!peer->ranges->n)
        return; /* the runbook lists it */
    rule = kube_network_rule(emission, policy, KUBE_EGRESS);
    for (size_t i = 0; i < peer->ranges->n; i++)
        kube_network_range(emission, rule, peer->ranges->v[i].s);
    kube_network_port(emission, rule, "TCP", peer->port);
}

/* {from|to: [{namespaceSelector, podSelector}]}: a component of another platform. */
static void add_foreign(struct emission *emission, struct doc *policy,
                        enum kube_direction direction, const struct platform *platform,
                        enum component component)
{
    struct arena *arena = emission->arena;
    struct emission there = {.arena = arena, .model = emission->model, .platform = platform};
    struct doc *rule = kube_network_rule(emission, policy, direction);
    struct doc *peer = doc_add(rule->first, doc_map(arena));

    doc_set_string(
        arena,
        doc_set(doc_set(peer, "namespaceSelector", doc_map(arena)), "matchLabels", doc_map(arena)),
        "kubernetes.io/metadata.name", platform->namespace.s);
    doc_set(peer, "podSelector", kube_match(&there, component));
    kube_network_port(emission, rule, "TCP", component_port(COMPONENT_KAFKA, "broker"));
}

/* Platforms, of which another is `before`, are listed once each. */
static bool is_first(const struct graph *graph, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (graph->streams.v[i]->reads_from == graph->streams.v[at]->reads_from)
            return false;
    }
    return true;
}

/* The workers reach every source that they capture from or replicate. */
static struct doc *sources_of_connect(struct emission *emission)
{
    const char *name =
        arena_printf(emission->arena, "%s-sources", component_name(emission, COMPONENT_CONNECT));
    struct doc *policy = kube_network_policy(emission, name, COMPONENT_CONNECT,
                                             kube_match(emission, COMPONENT_CONNECT));
    struct network_peers peers = network_sources_of_connect(emission);
    const struct graph *graph = emission->graph;

    for (size_t i = 0; i < peers.v.n; i++)
        add_peer(emission, policy, &peers.v.v[i]);
    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct platform *from = graph->streams.v[i]->reads_from;

        if (from && from->kafka && !from->kafka->container.to && is_first(graph, i))
            add_foreign(emission, policy, KUBE_EGRESS, from, COMPONENT_KAFKA);
    }
    return policy;
}

/* The brokers are reached by the workers of every platform that replicates from them. */
static struct doc *readers_of_kafka(struct emission *emission)
{
    const struct model *model = emission->model;
    const char *name =
        arena_printf(emission->arena, "%s-readers", component_name(emission, COMPONENT_KAFKA));
    struct doc *policy =
        kube_network_policy(emission, name, COMPONENT_KAFKA, kube_match(emission, COMPONENT_KAFKA));
    bool is_primary = false;

    for (size_t i = 0; i < model->all.primary_ingestions.n; i++)
        is_primary |= model->all.primary_ingestions.v[i]->platform.to == emission->platform;
    for (size_t i = 0; is_primary && i < model->all.platforms.n; i++) {
        const struct platform *other = model->all.platforms.v[i];

        if (other != emission->platform && other->kafka_connect &&
            !other->kafka_connect->container.to)
            add_foreign(emission, policy, KUBE_INGRESS, other, COMPONENT_CONNECT);
    }
    return policy;
}

/* A source that `dsc ingest` reads: reached by the tasks that read it, and by no other. */
static struct doc *source_of_tasks(struct emission *emission, const struct network_peer *peer)
{
    struct arena *arena = emission->arena;
    const char *name = kubernetes_name(emission, arena_printf(arena, "source-%s", peer->name));
    enum component reader =
        component_exists(emission, COMPONENT_TASK) ? COMPONENT_TASK : COMPONENT_AIRFLOW_SCHEDULER;
    struct doc *match = kube_match(emission, reader);
    struct doc *policy = kube_network_policy(emission, name, COMPONENT_COUNT, match);

    if (reader == COMPONENT_TASK)
        doc_set_string(arena, doc_get(match, "matchLabels"), NETWORK_LABEL_SOURCE,
                       kubernetes_name(emission, peer->name));
    add_peer(emission, policy, peer);
    return policy;
}

static void add_policy(struct emission *emission, struct doc *objects, struct doc *policy)
{
    if (!doc_get(doc_get(policy, "spec"), "policyTypes")->first)
        return;
    kube_excuse(emission, policy, "networkpolicy-targets-pod",
                "these pods are made by the bootstrap, or by Airflow");
    doc_add(objects, policy);
}

struct doc *emit_kubernetes_pipeline(struct emission *emission, const struct emit_item *item)
{
    struct doc *objects = doc_list(emission->arena);
    struct network_peers peers = network_sources_of_tasks(emission);

    (void)item;
    if (component_exists(emission, COMPONENT_CONNECT))
        add_policy(emission, objects, sources_of_connect(emission));
    if (component_exists(emission, COMPONENT_KAFKA))
        add_policy(emission, objects, readers_of_kafka(emission));
    for (size_t i = 0; i < peers.v.n; i++)
        add_policy(emission, objects, source_of_tasks(emission, &peers.v.v[i]));
    return objects->first ? objects : NULL;
}
