/* The functions of the table's rows (dsc/emit.h, struct emitter), and what they share. */
#ifndef DSC_EMIT_ARTIFACTS_H
#define DSC_EMIT_ARTIFACTS_H

#include "dsc/emit.h"

/* connector_json.c, graph_mermaid.c, plan_json.c */
struct doc *emit_connector_json(struct emission *emission, const struct emit_item *item);
struct doc *emit_graph_mermaid(struct emission *emission, const struct emit_item *item);
struct doc *emit_plan(struct emission *emission, const struct emit_item *item);

/* sql.c */
struct doc *emit_sql_platform(struct emission *emission, const struct emit_item *item);
struct doc *emit_sql_stream(struct emission *emission, const struct emit_item *item);
struct doc *emit_sql_source(struct emission *emission, const struct emit_item *item);

/* terraform.c, terraform_root.c */
struct doc *emit_terraform_versions(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_topics(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_connectors(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_variables(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_root(struct emission *emission, const struct emit_item *item);

/* overlay.c */
struct doc *emit_overlay_bootstrap(struct emission *emission, const struct emit_item *item);
struct doc *emit_overlay_pipeline(struct emission *emission, const struct emit_item *item);

/* kubernetes_*.c: the parts of kubernetes-bootstrap.yaml, in their order, and pipeline.yaml */
struct doc *emit_kubernetes_namespace(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_rights(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_postgres(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_backup(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_kafka(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_connect(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_airflow(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_network(struct emission *emission, const struct emit_item *item);
struct doc *emit_kubernetes_pipeline(struct emission *emission, const struct emit_item *item);

/* kustomize.c */
struct doc *emit_kustomization_bootstrap(struct emission *emission, const struct emit_item *item);
struct doc *emit_kustomization_pipeline(struct emission *emission, const struct emit_item *item);

/* dags.c */
struct doc *emit_dag_infrastructure(struct emission *emission, const struct emit_item *item);
struct doc *emit_dag_infrastructure_module(struct emission *emission, const struct emit_item *item);
struct doc *emit_dag_pipeline(struct emission *emission, const struct emit_item *item);
struct doc *emit_dag_module(struct emission *emission, const struct emit_item *item);

/* dockerfile.c */
struct doc *emit_dockerfile_dsc(struct emission *emission, const struct emit_item *item);
struct doc *emit_dockerfile_connect(struct emission *emission, const struct emit_item *item);

/* runbook.c */
struct doc *emit_runbook_bootstrap(struct emission *emission, const struct emit_item *item);
struct doc *emit_runbook_pipeline(struct emission *emission, const struct emit_item *item);

/* environment.c */
struct doc *emit_environment_example(struct emission *emission, const struct emit_item *item);

/* The text of `made`, which is freed, as a TEXT in the emission's arena. */
struct doc *emit_text(struct emission *emission, struct buf *made);

/* A shipped text (templates/NAME, or NAME in the folder of --templates) filled with `values`, as a
 * TEXT. NULL: emission->failed. */
struct doc *emit_template(struct emission *emission, const char *name, enum doc_escape escape,
                          const struct doc *values);

/* A shipped text as it is. */
struct doc *emit_shipped(struct emission *emission, const char *name);

#endif
