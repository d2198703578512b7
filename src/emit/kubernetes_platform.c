/* What belongs to the platform as a whole: its namespace, and who may do what in it. */
#include "artifacts.h"
#include "kubernetes.h"

/* Every pod of the namespace must satisfy Pod Security "restricted". */
struct doc *emit_kubernetes_namespace(struct emission *emission, const struct emit_item *item)
{
    static const char *const modes[][2] = {{"pod-security.kubernetes.io/enforce", "restricted"},
                                           {"pod-security.kubernetes.io/enforce-version", "latest"},
                                           {"pod-security.kubernetes.io/warn", "restricted"},
                                           {"pod-security.kubernetes.io/audit", "restricted"}};
    struct arena *arena = emission->arena;
    struct doc *objects = doc_list(arena), *labels;
    struct doc *namespace =
        kube_object(emission, "v1", "Namespace", emission->platform->namespace.s, COMPONENT_COUNT);

    (void)item;
    labels = doc_get(doc_get(namespace, "metadata"), "labels");
    for (size_t i = 0; i < COUNT(modes); i++)
        doc_set_string(arena, labels, modes[i][0], modes[i][1]);
    doc_add(objects, namespace);
    return objects;
}

/* {apiGroups, resources, verbs} and, where `names` is not NULL, the objects it is about. */
static void add_rule(struct emission *emission, struct doc *rules, const char *group,
                     const char *resource, struct doc *names, const char *const *verbs)
{
    struct arena *arena = emission->arena;
    struct doc *rule = doc_add(rules, doc_map(arena)), *list;

    kube_strings(emission, rule, "apiGroups", group, NULL);
    kube_strings(emission, rule, "resources", resource, NULL);
    if (names)
        doc_set(rule, "resourceNames", names);
    list = doc_set(rule, "verbs", doc_list(arena));
    for (; *verbs; verbs++)
        doc_add_string(arena, list, *verbs);
}

/* A Role for the service account of `component`; its rules are returned, to be filled. */
static struct doc *add_role(struct emission *emission, struct doc *objects,
                            enum component component)
{
    static const char group[] = "rbac.authorization.k8s.io";
    struct arena *arena = emission->arena;
    const char *name = component_name(emission, component);
    struct doc *role =
        kube_object(emission, "rbac.authorization.k8s.io/v1", "Role", name, component);
    struct doc *binding =
        kube_object(emission, "rbac.authorization.k8s.io/v1", "RoleBinding", name, component);
    struct doc *reference = doc_set(binding, "roleRef", doc_map(arena)), *subject;

    doc_set_string(arena, reference, "apiGroup", group);
    doc_set_string(arena, reference, "kind", "Role");
    doc_set_string(arena, reference, "name", name);
    subject = doc_add(doc_set(binding, "subjects", doc_list(arena)), doc_map(arena));
    doc_set_string(arena, subject, "kind", "ServiceAccount");
    doc_set_string(arena, subject, "name", name);
    doc_set_string(arena, subject, "namespace", emission->platform->namespace.s);
    doc_add(objects, role);
    doc_add(objects, binding);
    return doc_set(role, "rules", doc_list(arena));
}

/* What KubernetesPodOperator needs to run a pod, and no more. */
static void add_pod_runner(struct emission *emission, struct doc *objects)
{
    static const char *const pods[] = {"create", "get", "list", "watch", "patch", "delete", NULL};
    static const char *const get[] = {"get", NULL}, *const list[] = {"list", NULL};
    struct doc *rules = add_role(emission, objects, COMPONENT_AIRFLOW_SCHEDULER);

    add_rule(emission, rules, "", "pods", NULL, pods);
    add_rule(emission, rules, "", "pods/log", NULL, get);
    add_rule(emission, rules, "", "events", NULL, list);
}

/* The handler may write what pipeline/ holds for Kubernetes: by name, but for creating, which RBAC
 * knows no names for. */
static void add_handler_rules(struct emission *emission, struct doc *objects)
{
    static const char *const create[] = {"create", NULL};
    static const char *const change[] = {"get", "patch", "update", NULL};
    static const char *const policies[] = {"create", "get",    "list", "patch",
                                           "update", "delete", NULL};
    struct doc *rules = add_role(emission, objects, COMPONENT_HANDLER);
    struct doc *shards = doc_list(emission->arena);

    for (unsigned i = 0; i < component_dag_shards(emission); i++)
        doc_add_string(emission->arena, shards, component_dag_shard(emission, i));
    add_rule(emission, rules, "", "configmaps", NULL, create);
    add_rule(emission, rules, "", "configmaps", shards, change);
    add_rule(emission, rules, "networking.k8s.io", "networkpolicies", NULL, policies);
}

struct doc *emit_kubernetes_rights(struct emission *emission, const struct emit_item *item)
{
    struct doc *objects = doc_list(emission->arena);

    (void)item;
    if (component_exists(emission, COMPONENT_TASK)) {
        doc_add(objects, kube_service_account(emission, COMPONENT_TASK));
        add_pod_runner(emission, objects);
    }
    if (component_exists(emission, COMPONENT_HANDLER)) {
        doc_add(objects, kube_service_account(emission, COMPONENT_HANDLER));
        if (emission->platform->apply.set & 1u << APPLY_KUBERNETES)
            add_handler_rules(emission, objects);
    }
    return objects->first ? objects : NULL;
}
