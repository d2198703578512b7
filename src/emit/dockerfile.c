/* Dockerfiles of the images that a company builds itself. */
#include "artifacts.h"
#include "component.h"

static struct doc *dockerfile(struct emission *emission, const char *template, const char *image)
{
    struct arena *arena = emission->arena;
    struct doc *values = doc_map(arena);

    doc_set_string(arena, values, "platform", emission->platform->name.s);
    doc_set_string(arena, values, "image", image ? image : "not in the model yet");
    return emit_template(emission, template, ESCAPE_DOCKERFILE, values);
}

struct doc *emit_dockerfile_dsc(struct emission *emission, const struct emit_item *item)
{
    (void)item;
    return dockerfile(emission, "docker/Dockerfile.dsc", emission->platform->images->dsc.s);
}

struct doc *emit_dockerfile_connect(struct emission *emission, const struct emit_item *item)
{
    (void)item;
    if (!component_exists(emission, COMPONENT_CONNECT))
        return NULL;
    return dockerfile(emission, "docker/Dockerfile.kafka-connect",
                      emission->platform->images->kafka_connect.s);
}
