/* Objects of Kubernetes, but for what is inside a pod (kubernetes_pod.c). */
#include "kubernetes.h"

#include "artifacts.h"

#include "dsc/names.h"

#include <stdarg.h>
#include <string.h>

static const char *label(struct emission *emission, const char *text)
{
    return name_make(emission->arena, NAME_KUBERNETES, &(struct name_parts){.name = text});
}

static struct doc *selector(struct emission *emission, enum component component)
{
    struct arena *arena = emission->arena;
    struct doc *labels = doc_map(arena);

    doc_set_string(arena, labels, "app.kubernetes.io/name", component_name(emission, component));
    doc_set_string(arena, labels, "app.kubernetes.io/instance",
                   label(emission, emission->platform->name.s));
    return labels;
}

struct doc *kube_match(struct emission *emission, enum component component)
{
    struct doc *match = doc_map(emission->arena);

    doc_set(match, "matchLabels", selector(emission, component));
    return match;
}

/* The labels that Kubernetes recommends. */
struct doc *kube_labels(struct emission *emission, enum component component)
{
    struct arena *arena = emission->arena;
    const struct model *model = emission->model;
    struct doc *labels = doc_map(arena);

    if (component < COMPONENT_COUNT) {
        labels = selector(emission, component);
        doc_set_string(arena, labels, "app.kubernetes.io/component", component_role(component));
    } else {
        doc_set_string(arena, labels, "app.kubernetes.io/instance",
                       label(emission, emission->platform->name.s));
    }
    if (model->all.ecosystems.n)
        doc_set_string(arena, labels, "app.kubernetes.io/part-of",
                       label(emission, model->all.ecosystems.v[0]->name.s));
    doc_set_string(arena, labels, "app.kubernetes.io/managed-by", "dsc");
    return labels;
}

struct doc *kube_object(struct emission *emission, const char *api_version, const char *kind,
                        const char *name, enum component component)
{
    struct arena *arena = emission->arena;
    struct doc *object = doc_map(arena), *metadata = doc_map(arena);

    doc_set_string(arena, object, "apiVersion", api_version);
    doc_set_string(arena, object, "kind", kind);
    doc_set(object, "metadata", metadata);
    doc_set_string(arena, metadata, "name", name);
    if (strcmp(kind, "Namespace") != 0)
        doc_set_string(arena, metadata, "namespace", emission->platform->namespace.s);
    doc_set(metadata, "labels", kube_labels(emission, component));
    return object;
}

struct doc *kube_service_account(struct emission *emission, enum component component)
{
    struct doc *account = kube_object(emission, "v1", "ServiceAccount",
                                      component_name(emission, component), component);

    doc_set_bool(emission->arena, account, "automountServiceAccountToken", false);
    return account;
}

struct doc *kube_service(struct emission *emission, enum component component, const char *name,
                         bool headless)
{
    struct arena *arena = emission->arena;
    const struct component_port *ports = component_ports(component);
    struct doc *service = kube_object(emission, "v1", "Service", name, component);
    struct doc *spec = doc_set(service, "spec", doc_map(arena)), *list;

    if (headless) {
        doc_set_string(arena, spec, "clusterIP", "None");
        doc_set_bool(arena, spec, "publishNotReadyAddresses", true);
    }
    doc_set(spec, "selector", selector(emission, component));
    list = doc_set(spec, "ports", doc_list(arena));
    for (size_t i = 0; i < COMPONENT_PORTS && ports[i].name; i++) {
        struct doc *port = doc_add(list, doc_map(arena));

        doc_set_string(arena, port, "name", ports[i].name);
        doc_set_int(arena, port, "port", ports[i].number);
        doc_set_string(arena, port, "targetPort", ports[i].name);
        doc_set_string(arena, port, "protocol", "TCP");
    }
    return service;
}

struct doc *kube_config_map(struct emission *emission, enum component component, const char *name,
                            struct doc *data)
{
    struct doc *map = kube_object(emission, "v1", "ConfigMap", name, component);

    doc_set(map, "data", data);
    return map;
}

static struct doc *template_of(struct emission *emission, enum component component, struct doc *pod)
{
    struct arena *arena = emission->arena;
    struct doc *template = doc_map(arena), *metadata = doc_map(arena);

    doc_set(template, "metadata", metadata);
    doc_set(metadata, "labels", kube_labels(emission, component));
    doc_set(template, "spec", pod);
    return template;
}

struct doc *kube_shipped(struct emission *emission, const char *folder, const char *const *names)
{
    struct arena *arena = emission->arena;
    struct doc *data = doc_map(arena);

    for (; *names; names++) {
        struct doc *text = emit_shipped(emission, arena_printf(arena, "%s/%s", folder, *names));

        if (!text)
            return NULL;
        doc_set_string(arena, data, *names, text->string);
    }
    return data;
}

void kube_excuse(struct emission *emission, struct doc *object, const char *check, const char *why)
{
    static const char ignore[] = "kube-score/ignore";
    struct arena *arena = emission->arena;
    struct doc *metadata = doc_get(object, "metadata"), *annotations, *all;

    annotations = doc_get(metadata, "annotations");
    if (!annotations)
        annotations = doc_set(metadata, "annotations", doc_map(arena));
    all = doc_get(annotations, ignore);
    if (all)
        all->string = arena_printf(arena, "%s,%s", all->string, check);
    else
        doc_set_string(arena, annotations, ignore, check);
    doc_set_string(arena, annotations, arena_printf(arena, "dsc/%s", check), why);
}

static void excuse_workload(struct emission *emission, enum component component,
                            struct doc *workload)
{
    if (component_user(component).group == 0)
        kube_excuse(emission, workload, "container-security-context-user-group-id",
                    "the files of the Airflow image belong to group 0, and its user is in no "
                    "other");
}

struct doc *kube_workload(struct emission *emission, enum component component, const char *kind,
                          struct doc *pod)
{
    struct arena *arena = emission->arena;
    struct doc *workload =
        kube_object(emission, "apps/v1", kind, component_name(emission, component), component);
    struct doc *spec;

    excuse_workload(emission, component, workload);
    if (strcmp(kind, "Deployment") == 0 && component_sizing(emission, component).replicas < 2)
        kube_excuse(emission, workload, "deployment-replicas",
                    "the platform's size asks for one of each");
    spec = doc_set(workload, "spec", doc_map(arena));
    doc_set_int(arena, spec, "replicas", component_sizing(emission, component).replicas);
    doc_set(spec, "selector", kube_match(emission, component));
    doc_set(spec, "template", template_of(emission, component, pod));
    return workload;
}

void kube_stateful(struct emission *emission, struct doc *set, const char *service,
                   const char *storage)
{
    struct arena *arena = emission->arena;
    struct doc *spec = doc_get(set, "spec");
    struct doc *policy = doc_map(arena), *claim;

    doc_set_string(arena, spec, "serviceName", service);
    doc_set(spec, "persistentVolumeClaimRetentionPolicy", policy);
    doc_set_string(arena, policy, "whenDeleted", "Retain");
    doc_set_string(arena, policy, "whenScaled", "Retain");
    claim = doc_add(doc_set(spec, "volumeClaimTemplates", doc_list(arena)), doc_map(arena));
    doc_set_string(arena, doc_set(claim, "metadata", doc_map(arena)), "name", "data");
    doc_set(claim, "spec", kube_claim_spec(emission, storage));
}

void kube_rolling(struct emission *emission, struct doc *deployment)
{
    struct arena *arena = emission->arena;
    struct doc *strategy = doc_set(doc_get(deployment, "spec"), "strategy", doc_map(arena));
    struct doc *rolling;

    doc_set_string(arena, strategy, "type", "RollingUpdate");
    rolling = doc_set(strategy, "rollingUpdate", doc_map(arena));
    doc_set_int(arena, rolling, "maxSurge", 1);
    doc_set_int(arena, rolling, "maxUnavailable", 0);
}

void kube_restart_on_change(struct emission *emission, struct doc *workload, const struct doc *data)
{
    struct arena *arena = emission->arena;
    struct doc *metadata = doc_get(doc_get(doc_get(workload, "spec"), "template"), "metadata");
    struct doc *annotations = doc_map(arena);
    struct sha256 *sha = sha256_begin();
    char *sum = arena_alloc(arena, SHA256_HEX);

    for (const struct doc *text = data->first; text; text = text->next) {
        sha256_add(sha, text->key, strlen(text->key) + 1);
        sha256_add(sha, text->string, strlen(text->string) + 1);
    }
    sha256_end(sha, sum);
    doc_set(metadata, "annotations", annotations);
    doc_set_string(arena, annotations, "checksum/config", sum);
}

struct doc *kube_job(struct emission *emission, enum component component, const char *name,
                     struct doc *pod)
{
    struct arena *arena = emission->arena;
    struct doc *job = kube_object(emission, "batch/v1", "Job", name, component), *spec;

    excuse_workload(emission, component, job);
    spec = doc_set(job, "spec", kube_job_spec(emission, component, pod));
    doc_set_int(arena, spec, "ttlSecondsAfterFinished", 3600);
    return job;
}

struct doc *kube_job_spec(struct emission *emission, enum component component, struct doc *pod)
{
    struct arena *arena = emission->arena;
    struct doc *spec = doc_map(arena);

    doc_set_int(arena, spec, "backoffLimit", 3);
    doc_set_int(arena, spec, "activeDeadlineSeconds", 4 * 3600);
    doc_set_string(arena, pod, "restartPolicy", "Never");
    doc_set(spec, "template", template_of(emission, component, pod));
    return spec;
}

struct doc *kube_claim_spec(struct emission *emission, const char *storage)
{
    struct arena *arena = emission->arena;
    struct doc *spec = doc_map(arena);

    kube_strings(emission, spec, "accessModes", "ReadWriteOnce", NULL);
    doc_set_string(arena,
                   doc_set(doc_set(spec, "resources", doc_map(arena)), "requests", doc_map(arena)),
                   "storage", storage);
    return spec;
}

void kube_disruption_budget(struct emission *emission, enum component component,
                            struct doc *objects)
{
    struct arena *arena = emission->arena;
    struct doc *budget, *spec;

    if (component_sizing(emission, component).replicas < 2)
        return;
    budget = doc_add(objects, kube_object(emission, "policy/v1", "PodDisruptionBudget",
                                          component_name(emission, component), component));
    spec = doc_set(budget, "spec", doc_map(arena));
    doc_set_int(arena, spec, "maxUnavailable", 1);
    doc_set(spec, "selector", kube_match(emission, component));
}

void kube_strings(struct emission *emission, struct doc *map, const char *key, ...)
{
    struct doc *list = doc_set(map, key, doc_list(emission->arena));
    const char *item;
    va_list items;

    va_start(items, key);
    while ((item = va_arg(items, const char *)) != NULL)
        doc_add_string(emission->arena, list, item);
    va_end(items);
}

struct doc *kube_network_policy(struct emission *emission, const char *name,
                                enum component component, struct doc *selector)
{
    struct arena *arena = emission->arena;
    struct doc *policy =
        kube_object(emission, "networking.k8s.io/v1", "NetworkPolicy", name, component);
    struct doc *spec = doc_set(policy, "spec", doc_map(arena));

    doc_set(spec, "podSelector", selector);
    doc_set(spec, "policyTypes", doc_list(arena));
    return policy;
}

struct doc *kube_network_rule(struct emission *emission, struct doc *policy,
                              enum kube_direction direction)
{
    static const char *const words[][3] = {[KUBE_INGRESS] = {"Ingress", "ingress", "from"},
                                           [KUBE_EGRESS] = {"Egress", "egress", "to"}};
    struct arena *arena = emission->arena;
    struct doc *spec = doc_get(policy, "spec"), *rules = doc_get(spec, words[direction][1]);
    struct doc *rule = doc_map(arena);

    if (!rules) {
        doc_add_string(arena, doc_get(spec, "policyTypes"), words[direction][0]);
        rules = doc_set(spec, words[direction][1], doc_list(arena));
    }
    doc_set(rule, words[direction][2], doc_list(arena));
    doc_set(rule, "ports", doc_list(arena));
    return doc_add(rules, rule);
}

void kube_network_pods(struct emission *emission, struct doc *rule, enum component component)
{
    doc_set(doc_add(rule->first, doc_map(emission->arena)), "podSelector",
            kube_match(emission, component));
}

void kube_network_range(struct emission *emission, struct doc *rule, const char *cidr)
{
    struct arena *arena = emission->arena;
    struct doc *peer = doc_add(rule->first, doc_map(arena));

    doc_set_string(arena, doc_set(peer, "ipBlock", doc_map(arena)), "cidr", cidr);
}

void kube_network_port(struct emission *emission, struct doc *rule, const char *protocol,
                       int64_t number)
{
    struct arena *arena = emission->arena;
    struct doc *port = doc_add(doc_get(rule, "ports"), doc_map(arena));

    doc_set_string(arena, port, "protocol", protocol);
    doc_set_int(arena, port, "port", number);
}
