/* Pods of Kubernetes: containers, probes, volumes; all that Pod Security "restricted" asks for. */
#include "kubernetes.h"

static void set_security(struct emission *emission, struct doc *to, enum component component)
{
    struct arena *arena = emission->arena;
    struct component_user user = component_user(component);
    struct doc *seccomp = doc_map(arena);

    doc_set_bool(arena, to, "runAsNonRoot", true);
    doc_set_int(arena, to, "runAsUser", user.user);
    doc_set_int(arena, to, "runAsGroup", user.group);
    doc_set_string(arena, doc_set(to, "seccompProfile", seccomp), "type", "RuntimeDefault");
}

/* Replicas go to different nodes where there are any. */
static void keep_apart(struct emission *emission, enum component component, struct doc *pod)
{
    struct arena *arena = emission->arena;
    struct doc *affinity = doc_set(pod, "affinity", doc_map(arena));
    struct doc *anti = doc_set(affinity, "podAntiAffinity", doc_map(arena));
    struct doc *list =
        doc_set(anti, "preferredDuringSchedulingIgnoredDuringExecution", doc_list(arena));
    struct doc *preference = doc_add(list, doc_map(arena)), *term;

    doc_set_int(arena, preference, "weight", 100);
    term = doc_set(preference, "podAffinityTerm", doc_map(arena));
    doc_set_string(arena, term, "topologyKey", "kubernetes.io/hostname");
    doc_set(term, "labelSelector", kube_match(emission, component));
}

struct doc *kube_pod(struct emission *emission, enum component component)
{
    struct arena *arena = emission->arena;
    const struct texts *secrets = &emission->platform->pull_secrets;
    struct doc *pod = doc_map(arena), *security, *list;

    doc_set_string(arena, pod, "serviceAccountName", component_name(emission, component));
    doc_set_bool(arena, pod, "automountServiceAccountToken", false);
    /* Variables of services (KAFKA_PORT …) would be taken for settings by the images. */
    doc_set_bool(arena, pod, "enableServiceLinks", false);
    doc_set_int(arena, pod, "terminationGracePeriodSeconds", 120);
    security = doc_set(pod, "securityContext", doc_map(arena));
    set_security(emission, security, component);
    doc_set_int(arena, security, "fsGroup", component_user(component).volumes);
    doc_set_string(arena, security, "fsGroupChangePolicy", "OnRootMismatch");
    if (component_sizing(emission, component).replicas > 1)
        keep_apart(emission, component, pod);
    if (secrets->n) {
        list = doc_set(pod, "imagePullSecrets", doc_list(arena));
        for (size_t i = 0; i < secrets->n; i++)
            doc_set_string(arena, doc_add(list, doc_map(arena)), "name", secrets->v[i].s);
    }
    doc_set(pod, "containers", doc_list(arena));
    doc_set(pod, "volumes", doc_list(arena));
    return pod;
}

struct doc *kube_resources(struct emission *emission, const struct sizing *sizing)
{
    struct arena *arena = emission->arena;
    struct doc *resources = doc_map(arena);
    struct doc *requests = doc_set(resources, "requests", doc_map(arena));
    struct doc *limits = doc_set(resources, "limits", doc_map(arena));
    int64_t scratch = quantity_mebibytes(sizing->scratch);

    doc_set_string(arena, requests, "cpu", sizing->cpu);
    doc_set_string(arena, requests, "memory", sizing->memory);
    doc_set_string(arena, requests, "ephemeral-storage", scratch < 100 ? sizing->scratch : "100Mi");
    doc_set_string(arena, limits, "cpu", sizing->cpu_limit);
    doc_set_string(arena, limits, "memory", sizing->memory);
    doc_set_string(arena, limits, "ephemeral-storage", sizing->scratch);
    return resources;
}

static struct doc *add_container(struct emission *emission, struct doc *pod,
                                 enum component component, const char *list, const char *name,
                                 const struct sizing *sizing)
{
    struct arena *arena = emission->arena;
    struct doc *containers = doc_get(pod, list), *container = doc_map(arena), *security;

    if (!containers)
        containers = doc_set(pod, list, doc_list(arena));
    doc_set_string(arena, container, "name", name);
    doc_set_string(arena, container, "image", component_image(emission, component));
    doc_set_string(arena, container, "imagePullPolicy", "Always");
    security = doc_set(container, "securityContext", doc_map(arena));
    set_security(emission, security, component);
    doc_set_bool(arena, security, "allowPrivilegeEscalation", false);
    doc_set_bool(arena, security, "readOnlyRootFilesystem", true);
    kube_strings(emission, doc_set(security, "capabilities", doc_map(arena)), "drop", "ALL", NULL);
    doc_set(container, "resources", kube_resources(emission, sizing));
    doc_set(container, "volumeMounts", doc_list(arena));
    return doc_add(containers, container);
}

struct doc *kube_container(struct emission *emission, struct doc *pod, enum component component,
                           const char *name)
{
    struct arena *arena = emission->arena;
    struct sizing sizing = component_sizing(emission, component);
    struct doc *container = add_container(emission, pod, component, "containers", name, &sizing);
    const struct component_port *ports = component_ports(component);
    struct doc *list;

    if (!ports[0].name)
        return container;
    list = doc_set(container, "ports", doc_list(arena));
    for (size_t i = 0; i < COMPONENT_PORTS && ports[i].name; i++) {
        struct doc *port = doc_add(list, doc_map(arena));

        doc_set_string(arena, port, "name", ports[i].name);
        doc_set_int(arena, port, "containerPort", ports[i].number);
        doc_set_string(arena, port, "protocol", "TCP");
    }
    return container;
}

struct doc *kube_helper(struct emission *emission, struct doc *pod, enum component component,
                        const char *list, const char *name)
{
    static const struct sizing helper = {1, "50m", "1", "512Mi", "256Mi"};

    return add_container(emission, pod, component, list, name, &helper);
}

static struct doc *add_variable(struct emission *emission, struct doc *container, const char *name)
{
    struct arena *arena = emission->arena;
    struct doc *env = doc_get(container, "env"), *variable = doc_map(arena);

    if (!env)
        env = doc_set(container, "env", doc_list(arena));
    doc_set_string(arena, variable, "name", name);
    return doc_add(env, variable);
}

void kube_env(struct emission *emission, struct doc *container, const char *name, const char *value)
{
    doc_set_string(emission->arena, add_variable(emission, container, name), "value", value);
}

static void set_field(struct emission *emission, struct doc *to, const char *field)
{
    struct doc *reference = doc_set(to, "fieldRef", doc_map(emission->arena));

    doc_set_string(emission->arena, reference, "apiVersion", "v1");
    doc_set_string(emission->arena, reference, "fieldPath", field);
}

void kube_env_field(struct emission *emission, struct doc *container, const char *name,
                    const char *field)
{
    struct doc *variable = add_variable(emission, container, name);

    set_field(emission, doc_set(variable, "valueFrom", doc_map(emission->arena)), field);
}

void kube_probe(struct emission *emission, struct doc *container, const char *which,
                struct kube_probe probe)
{
    struct arena *arena = emission->arena;
    struct doc *to = doc_set(container, which, doc_map(arena)), *get;

    if (probe.tcp)
        doc_set_string(arena, doc_set(to, "tcpSocket", doc_map(arena)), "port", probe.tcp);
    if (probe.http) {
        get = doc_set(to, "httpGet", doc_map(arena));
        doc_set_string(arena, get, "path", probe.path);
        doc_set_string(arena, get, "port", probe.http);
    }
    if (probe.exec) {
        get = doc_set(doc_set(to, "exec", doc_map(arena)), "command", doc_list(arena));
        for (const char *const *word = probe.exec; *word; word++)
            doc_add_string(arena, get, *word);
    }
    if (probe.period)
        doc_set_int(arena, to, "periodSeconds", probe.period);
    if (probe.timeout)
        doc_set_int(arena, to, "timeoutSeconds", probe.timeout);
    if (probe.failures)
        doc_set_int(arena, to, "failureThreshold", probe.failures);
}

void kube_mount(struct emission *emission, struct doc *container, const char *volume,
                const char *path, bool read_only)
{
    struct arena *arena = emission->arena;
    struct doc *mount = doc_add(doc_get(container, "volumeMounts"), doc_map(arena));

    doc_set_string(arena, mount, "name", volume);
    doc_set_string(arena, mount, "mountPath", path);
    if (read_only)
        doc_set_bool(arena, mount, "readOnly", true);
}

static struct doc *add_volume(struct emission *emission, struct doc *pod, const char *name,
                              const char *kind)
{
    struct arena *arena = emission->arena;
    struct doc *volume = doc_add(doc_get(pod, "volumes"), doc_map(arena));

    doc_set_string(arena, volume, "name", name);
    return doc_set(volume, kind, doc_map(arena));
}

struct doc *kube_empty_volume(struct emission *emission, struct doc *pod, const char *name,
                              const char *size)
{
    struct doc *empty = add_volume(emission, pod, name, "emptyDir");

    doc_set_string(emission->arena, empty, "sizeLimit", size);
    return empty;
}

void kube_claim_volume(struct emission *emission, struct doc *pod, const char *name,
                       const char *claim)
{
    doc_set_string(emission->arena, add_volume(emission, pod, name, "persistentVolumeClaim"),
                   "claimName", claim);
}

void kube_secret_volume(struct emission *emission, struct doc *pod, const char *name,
                        const char *secret)
{
    struct doc *volume = add_volume(emission, pod, name, "secret");

    doc_set_string(emission->arena, volume, "secretName", secret);
    doc_set_int(emission->arena, volume, "defaultMode", 0440);
}

struct doc *kube_projected_volume(struct emission *emission, struct doc *pod, const char *name)
{
    struct arena *arena = emission->arena;
    struct doc *projected = add_volume(emission, pod, name, "projected");

    doc_set_int(arena, projected, "defaultMode", 0440);
    return doc_set(projected, "sources", doc_list(arena));
}

static struct doc *add_source(struct emission *emission, struct doc *sources, const char *kind)
{
    struct doc *source = doc_add(sources, doc_map(emission->arena));

    return doc_set(source, kind, doc_map(emission->arena));
}

void kube_project_secret(struct emission *emission, struct doc *sources, const char *secret,
                         const char *folder, const char *const *keys)
{
    struct arena *arena = emission->arena;
    struct doc *source = add_source(emission, sources, "secret"), *items;

    doc_set_string(arena, source, "name", secret);
    items = doc_set(source, "items", doc_list(arena));
    for (; *keys; keys++) {
        struct doc *item = doc_add(items, doc_map(arena));

        doc_set_string(arena, item, "key", *keys);
        doc_set_string(arena, item, "path",
                       *folder ? arena_printf(arena, "%s/%s", folder, *keys) : *keys);
    }
}

void kube_project_config_map(struct emission *emission, struct doc *sources, const char *config_map,
                             bool optional)
{
    struct arena *arena = emission->arena;
    struct doc *source = add_source(emission, sources, "configMap");

    doc_set_string(arena, source, "name", config_map);
    if (optional)
        doc_set_bool(arena, source, "optional", true);
}

void kube_api_access(struct emission *emission, struct doc *pod, struct doc *container)
{
    struct arena *arena = emission->arena;
    struct doc *sources = kube_projected_volume(emission, pod, "kube-api-access");
    struct doc *token = add_source(emission, sources, "serviceAccountToken"), *item, *items;

    doc_set_string(arena, token, "path", "token");
    doc_set_int(arena, token, "expirationSeconds", 3607);
    item = add_source(emission, sources, "configMap");
    doc_set_string(arena, item, "name", "kube-root-ca.crt");
    items = doc_set(item, "items", doc_list(arena));
    item = doc_add(items, doc_map(arena));
    doc_set_string(arena, item, "key", "ca.crt");
    doc_set_string(arena, item, "path", "ca.crt");
    items = doc_set(add_source(emission, sources, "downwardAPI"), "items", doc_list(arena));
    item = doc_add(items, doc_map(arena));
    doc_set_string(arena, item, "path", "namespace");
    set_field(emission, item, "metadata.namespace");
    kube_mount(emission, container, "kube-api-access",
               "/var/run/secrets/kubernetes.io/serviceaccount", true);
}
