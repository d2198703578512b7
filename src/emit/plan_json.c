/* plans/STREAM.json: what schema apply, merge, ingest and rewind read. */
#include "artifacts.h"
#include "plan_build.h"

struct doc *emit_plan(struct emission *emission, const struct emit_item *item)
{
    struct buf json = {0};

    plan_write(&json, plan_build(emission->arena, emission->graph, item->streams));
    return emit_text(emission, &json);
}
