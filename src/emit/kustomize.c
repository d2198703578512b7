/* Kustomizations: what `kubectl apply -k` makes of the two folders. */
#include "artifacts.h"
#include "dags.h"
#include "kubernetes.h"

static struct doc *kustomization(struct emission *emission, const char *resource)
{
    struct arena *arena = emission->arena;
    struct doc *documents = doc_list(arena), *file = doc_add(documents, doc_map(arena));

    doc_set_string(arena, file, "apiVersion", "kustomize.config.k8s.io/v1beta1");
    doc_set_string(arena, file, "kind", "Kustomization");
    if (resource)
        kube_strings(emission, file, "resources", resource, NULL);
    return documents;
}

/* A ConfigMap that kustomize makes of files; returns the list of them. Pods mount it by this very
 * name, so it gets no suffix. */
static struct doc *add_config_map(struct emission *emission, struct doc *file, const char *name)
{
    struct arena *arena = emission->arena;
    const struct doc *like = kube_object(emission, "v1", "ConfigMap", name, COMPONENT_COUNT);
    struct doc *list = doc_get(file, "configMapGenerator"), *map = doc_map(arena), *options;

    if (!list)
        list = doc_set(file, "configMapGenerator", doc_list(arena));
    doc_add(list, map);
    doc_set_string(arena, map, "name", name);
    doc_set_string(arena, map, "namespace", emission->platform->namespace.s);
    options = doc_set(map, "options", doc_map(arena));
    doc_set_bool(arena, options, "disableNameSuffixHash", true);
    doc_set(options, "labels", doc_get(doc_get(like, "metadata"), "labels"));
    return doc_set(map, "files", doc_list(arena));
}

static void add_dag(struct emission *emission, struct doc *files, const char *path)
{
    struct arena *arena = emission->arena;

    doc_add_string(arena, files, arena_printf(arena, "%s.py", path));
    doc_add_string(arena, files, arena_printf(arena, "%s.json", path));
}

struct doc *emit_kustomization_bootstrap(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct doc *documents = kustomization(emission, "kubernetes-bootstrap.yaml"), *files;

    (void)item;
    if (!emission->platform->git)
        return documents;
    files = add_config_map(emission, documents->first, component_infrastructure(emission));
    add_dag(emission, files,
            arena_printf(arena, "dags/%s", dags_infrastructure(arena, emission->platform)));
    return documents;
}

/* All ConfigMaps are always made, also empty ones: applying them takes away what they held before.
 */
struct doc *emit_kustomization_pipeline(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    unsigned shards = component_dag_shards(emission), n = dags_files(emission->graph);
    bool has_policies = emit_kubernetes_pipeline(emission, item) != NULL;
    struct doc *documents = kustomization(emission, has_policies ? "pipeline.yaml" : NULL);

    for (unsigned shard = 0; shard < shards; shard++) {
        struct doc *files =
            add_config_map(emission, documents->first, component_dag_shard(emission, shard));

        for (unsigned number = shard; number < n; number += shards)
            add_dag(emission, files, dags_path(arena, emission->platform, number));
    }
    return documents;
}
