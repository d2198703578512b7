/*
 * graph: the intention graph of a platform: which streams it runs, for whom, and what must flow.
 *
 * From each group that the platform serves, back through its datasets to their stores, through
 * transformers to their inputs, to the sources (or to the platform that reads a source for others).
 * Built in time linear in what is reached; everything is sorted by name.
 *
 * A platform that needs the output of a transformer runs that transformer, so it serves all groups of
 * the transformer's workspace too, wherever these are assigned.
 */
#ifndef DSC_GRAPH_H
#define DSC_GRAPH_H

#include "dsc/base.h"
#include "dsc/model.h"

/* A view of a workspace: a dataset as one group sees it. */
struct graph_view {
    const struct workspace *workspace;

    const struct group *group;

    const struct use *use;

    enum milestoning shows; /* live or history: a group that needs both has two views */

    const char *schema, *name; /* physical (names) */
};

/* A dataset as the platform keeps it. */
struct graph_dataset {
    const struct dataset *dataset;

    enum milestoning keeps; /* what its uses need together; nothing where it has no views */

    int64_t retention; /* of its history in seconds, the longest that is asked for; 0: for ever, as where
                          one use of the history names none */

    VEC(struct graph_view *) views;
};

/* A unit of merging: a store, or one dataset of it (NAME_STREAM). */
struct graph_stream {
    const char *name;

    const struct datastore *store;

    struct source source; /* on the platform that reads it, bindings considered */

    const struct platform *reads_from; /* PrimaryIngestion: the platform whose topics are replicated */

    const struct workspace *producer; /* of a transformer's output: whose transformer writes it */

    VEC(struct graph_dataset *) datasets; /* those that somebody needs; also, without views, those that
                                             transactions of a shared connector touch */

    enum priority priority; /* the highest of its consumers', through transformers */

    int64_t latency; /* in seconds, the tightest that its own consumers ask for */

    const char *schedule; /* a cron expression: the store's trigger, else the longest step that the
                             latency allows; NULL: external */
};

struct graph {
    const struct model *model;

    const struct platform *platform;

    VEC(struct graph_stream *) streams;

    VEC(const struct workspace *) workspaces; /* with at least one group served here */
};

/* Never fails: what does not resolve is left out (lint has told). */
struct graph *graph_build(struct arena *arena, const struct model *model,
                          const struct platform *platform);

/* The containers, and the credentials, that the platform's streams and services use, each once and
 * sorted by name. */
struct graph_containers {
    VEC(const struct container *) v;
};
struct graph_credentials {
    VEC(const struct credential *) v;
};
struct graph_containers graph_containers(struct arena *arena, const struct graph *graph);
struct graph_credentials graph_credentials(struct arena *arena, const struct graph *graph);

/* ---- the graph as nodes and edges, for pictures ---------------------------------------------------- */

enum graph_node_kind { /* in the order in which data flows */
    NODE_SOURCE, NODE_TRIGGER, NODE_INGEST, NODE_REPLICATE, NODE_TRANSFORM, NODE_STAGE, NODE_MERGE,
    NODE_VIEW
};

struct graph_node {
    enum graph_node_kind kind;

    const char *name; /* unique within its kind */

    const char *detail; /* "postgres", a cron expression …, or NULL */

    enum priority priority;

    size_t index; /* in picture.nodes */
};

struct graph_edge {
    const struct graph_node *from, *to; /* data flows this way */
};

struct graph_picture {
    VEC(struct graph_node *) nodes; /* sorted by kind and name */

    VEC(struct graph_edge) edges; /* sorted by from and to */
};

const char *graph_node_kind_name(enum graph_node_kind kind);

struct graph_picture *graph_draw(struct arena *arena, const struct graph *graph);

/* Mermaid comes out coarser (a node per stream and workspace) where the whole would be more than its
 * renderers accept. */
enum graph_format { GRAPH_TEXT, GRAPH_JSON, GRAPH_DOT, GRAPH_MERMAID };
void graph_print(struct buf *out, const struct graph *graph, enum graph_format format);

#endif
