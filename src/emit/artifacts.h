/* The functions of the table's rows (dsc/emit.h, struct emitter), and what they share. */
#ifndef DSC_EMIT_ARTIFACTS_H
#define DSC_EMIT_ARTIFACTS_H

#include "dsc/emit.h"

/* connector_json.c, graph_mermaid.c, plan_json.c */
struct doc *emit_connector_json(struct emission *emission, const struct emit_item *item);
struct doc *emit_graph_mermaid(struct emission *emission, const struct emit_item *item);
struct doc *emit_plan(struct emission *emission, const struct emit_item *item);

/* terraform.c, terraform_root.c */
struct doc *emit_terraform_versions(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_topics(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_connectors(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_variables(struct emission *emission, const struct emit_item *item);
struct doc *emit_terraform_root(struct emission *emission, const struct emit_item *item);

/* overlay.c */
struct doc *emit_overlay_bootstrap(struct emission *emission, const struct emit_item *item);
struct doc *emit_overlay_pipeline(struct emission *emission, const struct emit_item *item);

/* The text of `made`, which is freed, as a TEXT in the emission's arena. */
struct doc *emit_text(struct emission *emission, struct buf *made);

/* A shipped text (templates/NAME, or NAME in the folder of --templates) filled with `values`, as a
 * TEXT. NULL: emission->failed. */
struct doc *emit_template(struct emission *emission, const char *name, enum doc_escape escape,
                          const struct doc *values);

/* A shipped text as it is. */
struct doc *emit_shipped(struct emission *emission, const char *name);

#endif
