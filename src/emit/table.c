/* The artifacts: what makes a platform, row by row. MANIFEST.json, which lists them, is the
 * driver's. */
#include "artifacts.h"

#define STARTER (1u << PLATFORM_KUBERNETES_PG_STARTER)

const struct emitter emitters[] = {
    {"merge plans", STARTER, EMIT_PIPELINE, "plans/{stream}.json", EMIT_STREAM, EMIT_TEXT,
     emit_plan},
    {"connectors", STARTER, EMIT_PIPELINE, "connectors/{connector}.json", EMIT_CONNECTOR, EMIT_JSON,
     emit_connector_json},
    {"versions of Terraform's providers", STARTER, EMIT_PIPELINE, "terraform/versions.tf",
     EMIT_ONCE, EMIT_HCL, emit_terraform_versions},
    {"topics", STARTER, EMIT_PIPELINE, "terraform/topics_{number}.tf", EMIT_STORE, EMIT_HCL,
     emit_terraform_topics},
    {"connectors for Terraform", STARTER, EMIT_PIPELINE, "terraform/connectors_{number}.tf",
     EMIT_STORE, EMIT_HCL, emit_terraform_connectors},
    {"the intention graph", STARTER, EMIT_PIPELINE, "graph.mmd", EMIT_ONCE, EMIT_TEXT,
     emit_graph_mermaid},
    {"Terraform's root module", STARTER, EMIT_USER, "terraform/main.tf", EMIT_ONCE, EMIT_HCL,
     emit_terraform_root},
    {"its variables", STARTER, EMIT_USER, "terraform/variables.tf", EMIT_ONCE, EMIT_HCL,
     emit_terraform_variables},
    {"overlay of the bootstrap folder", STARTER, EMIT_USER, "overlays/bootstrap/kustomization.yaml",
     EMIT_ONCE, EMIT_YAML, emit_overlay_bootstrap},
    {"overlay of the pipeline folder", STARTER, EMIT_USER, "overlays/pipeline/kustomization.yaml",
     EMIT_ONCE, EMIT_YAML, emit_overlay_pipeline},
};
const size_t n_emitters = COUNT(emitters);
