/* Kustomize's overlays: where a user changes what dsc wrote. */
#include "artifacts.h"

static struct doc *overlay_on(struct arena *arena, const char *base)
{
    struct doc *documents = doc_list(arena), *overlay = doc_add(documents, doc_map(arena));

    doc_set_string(arena, overlay, "apiVersion", "kustomize.config.k8s.io/v1beta1");
    doc_set_string(arena, overlay, "kind", "Kustomization");
    doc_add_string(arena, doc_set(overlay, "resources", doc_list(arena)), base);
    return documents;
}

struct doc *emit_overlay_bootstrap(struct emission *emission, const struct emit_item *item)
{
    (void)item;
    return overlay_on(emission->arena, "../../bootstrap");
}

struct doc *emit_overlay_pipeline(struct emission *emission, const struct emit_item *item)
{
    (void)item;
    return overlay_on(emission->arena, "../../pipeline");
}
