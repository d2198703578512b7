/* The artifacts: what makes a platform, row by row. MANIFEST.json, which lists them, is the
 * driver's. */
#include "artifacts.h"

#define STARTER (1u << PLATFORM_KUBERNETES_PG_STARTER)

const struct emitter emitters[] = {
    {"the intention graph", STARTER, EMIT_PIPELINE, "graph.mmd", EMIT_ONCE, EMIT_TEXT,
     emit_graph_mermaid},
};
const size_t n_emitters = COUNT(emitters);
