/* Network policies of the platform's own parts: nothing passes but what this table names. Those for
 * sources and their readers come with the pipeline (kubernetes_pipeline.c). */
#include "artifacts.h"
#include "kubernetes.h"
#include "network.h"
#include "service.h"

#include <string.h>

static const struct flow {
    enum component from, to;

    const char *port;
} flows[] = {
    {COMPONENT_BACKUP, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_CONNECT, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_AIRFLOW_MIGRATE, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_AIRFLOW_API, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_AIRFLOW_SCHEDULER, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_AIRFLOW_DAGS, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_TASK, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_HANDLER, COMPONENT_POSTGRES, "postgres"},
    {COMPONENT_KAFKA, COMPONENT_KAFKA, "broker"},
    {COMPONENT_KAFKA, COMPONENT_KAFKA, "controller"},
    {COMPONENT_CONNECT, COMPONENT_KAFKA, "broker"},
    {COMPONENT_HANDLER, COMPONENT_KAFKA, "broker"},
    {COMPONENT_CONNECT, COMPONENT_CONNECT, "rest"},
    {COMPONENT_HANDLER, COMPONENT_CONNECT, "rest"},
    {COMPONENT_AIRFLOW_SCHEDULER, COMPONENT_AIRFLOW_API, "http"},
    {COMPONENT_AIRFLOW_API, COMPONENT_AIRFLOW_SCHEDULER, "logs"},
};

/* Whose pods do the work of a component: where tasks are processes, the scheduler's. */
static enum component runs_in(const struct emission *emission, enum component component)
{
    bool is_task = component == COMPONENT_TASK || component == COMPONENT_HANDLER;

    return is_task && emission->platform->runner.is == RUNNER_PROCESS ? COMPONENT_AIRFLOW_SCHEDULER
                                                                      : component;
}

static bool is_flow(const struct emission *emission, enum component from, enum component to,
                    const char *port)
{
    for (size_t i = 0; i < COUNT(flows); i++) {
        const struct flow *flow = &flows[i];

        if (flow->to == to && strcmp(flow->port, port) == 0 &&
            runs_in(emission, flow->from) == from)
            return component_exists(emission, from);
    }
    return false;
}

/* One rule for each of its ports that somebody may reach. */
static void add_ingress(struct emission *emission, struct doc *policy, enum component to)
{
    const struct component_port *ports = component_ports(to);

    for (size_t i = 0; i < COMPONENT_PORTS && ports[i].name; i++) {
        struct doc *rule = NULL;

        for (enum component from = 0; from < COMPONENT_COUNT; from++) {
            if (!is_flow(emission, from, to, ports[i].name))
                continue;
            if (!rule)
                rule = kube_network_rule(emission, policy, KUBE_INGRESS);
            kube_network_pods(emission, rule, from);
        }
        if (rule)
            kube_network_port(emission, rule, "TCP", ports[i].number);
    }
}

static void add_ranges(struct emission *emission, struct doc *policy, const struct texts *ranges,
                       int64_t port)
{
    struct doc *rule;

    if (!ranges->n)
        return; /* the runbook says so */
    rule = kube_network_rule(emission, policy, KUBE_EGRESS);
    for (size_t i = 0; i < ranges->n; i++)
        kube_network_range(emission, rule, ranges->v[i].s);
    kube_network_port(emission, rule, "TCP", port);
}

/* One rule for each component that it may reach, in the namespace or elsewhere. */
static void add_egress(struct emission *emission, struct doc *policy, enum component from)
{
    for (enum component to = 0; to < COMPONENT_COUNT; to++) {
        const struct component_port *ports = component_ports(to);
        const struct container *container = component_container(emission, to);
        struct doc *rule = NULL;

        for (size_t i = 0; i < COMPONENT_PORTS && ports[i].name; i++) {
            if (!is_flow(emission, from, to, ports[i].name))
                continue;
            if (container) {
                add_ranges(emission, policy, &container->cidr,
                           service_container(container, NULL).port);
                break;
            }
            if (!component_exists(emission, to))
                break;
            if (!rule) {
                rule = kube_network_rule(emission, policy, KUBE_EGRESS);
                kube_network_pods(emission, rule, to);
            }
            kube_network_port(emission, rule, "TCP", ports[i].number);
        }
    }
}

/* The API server: wherever it is, unless the model says it. */
static void allow_api_server(struct emission *emission, struct doc *policy)
{
    const struct texts *ranges = &emission->platform->kubernetes_api;
    struct doc *rule = kube_network_rule(emission, policy, KUBE_EGRESS);

    for (size_t i = 0; i < ranges->n; i++)
        kube_network_range(emission, rule, ranges->v[i].s);
    if (!ranges->n) {
        kube_network_range(emission, rule, "0.0.0.0/0");
        kube_network_range(emission, rule, "::/0");
    }
    kube_network_port(emission, rule, "TCP", 443);
    kube_network_port(emission, rule, "TCP", 6443);
}

/* NULL: neither does it reach anything that can be named, nor is it reached. */
static struct doc *component_policy(struct emission *emission, enum component component)
{
    const struct platform *platform = emission->platform;
    bool is_pods = platform->runner.is == RUNNER_POD;
    bool handles = platform->git && runs_in(emission, COMPONENT_HANDLER) == component;
    struct doc *policy = kube_network_policy(emission, component_name(emission, component),
                                             component, kube_match(emission, component));

    if (component == COMPONENT_TASK || component == COMPONENT_HANDLER)
        kube_excuse(emission, policy, "networkpolicy-targets-pod", "Airflow makes these pods");
    add_ingress(emission, policy, component);
    add_egress(emission, policy, component);
    if ((component == COMPONENT_AIRFLOW_SCHEDULER && is_pods) ||
        (handles && (platform->apply.set & 1u << APPLY_KUBERNETES)))
        allow_api_server(emission, policy);
    if (handles)
        add_ranges(emission, policy, &platform->git->cidr, network_git_port(platform->git->url.s));
    return doc_get(doc_get(policy, "spec"), "policyTypes")->first ? policy : NULL;
}

/* Nothing in, nothing out: what follows only adds to it. */
static struct doc *default_deny(struct emission *emission)
{
    struct doc *policy =
        kube_network_policy(emission, "default-deny", COMPONENT_COUNT, doc_map(emission->arena));
    struct doc *types = doc_get(doc_get(policy, "spec"), "policyTypes");

    doc_add_string(emission->arena, types, "Ingress");
    doc_add_string(emission->arena, types, "Egress");
    return policy;
}

static struct doc *allow_dns(struct emission *emission)
{
    struct arena *arena = emission->arena;
    struct doc *policy = kube_network_policy(emission, "dns", COMPONENT_COUNT, doc_map(arena));
    struct doc *rule = kube_network_rule(emission, policy, KUBE_EGRESS);
    struct doc *peer = doc_add(rule->first, doc_map(arena));

    doc_set_string(
        arena,
        doc_set(doc_set(peer, "namespaceSelector", doc_map(arena)), "matchLabels", doc_map(arena)),
        "kubernetes.io/metadata.name", "kube-system");
    doc_set_string(
        arena, doc_set(doc_set(peer, "podSelector", doc_map(arena)), "matchLabels", doc_map(arena)),
        "k8s-app", "kube-dns");
    kube_network_port(emission, rule, "UDP", 53);
    kube_network_port(emission, rule, "TCP", 53);
    return policy;
}

struct doc *emit_kubernetes_network(struct emission *emission, const struct emit_item *item)
{
    struct doc *objects = doc_list(emission->arena);

    (void)item;
    doc_add(objects, default_deny(emission));
    doc_add(objects, allow_dns(emission));
    for (enum component component = 0; component < COMPONENT_COUNT; component++) {
        struct doc *policy =
            component_exists(emission, component) ? component_policy(emission, component) : NULL;

        if (policy)
            doc_add(objects, policy);
    }
    return objects;
}
