#ifndef DSC_EMIT_PLAN_BUILD_H
#define DSC_EMIT_PLAN_BUILD_H

#include "dsc/graph.h"
#include "dsc/plan.h"

/* The merge plan of a stream: all that the engines need, and nothing of the model. In `arena`. */
struct plan *plan_build(struct arena *arena, const struct graph *graph,
                        const struct graph_stream *const *stream);

#endif
