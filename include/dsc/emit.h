/*
 * emit: a graph becomes the files of a platform. An artifact is a row (struct emitter) of one table, and
 * one function that reads the const graph and returns a tree of values (doc.h); it writes no files. One
 * driver, emit_platforms, goes through the rows of the platform's type and the folder, names a file by the
 * row's pattern, prints the tree in the row's format, and writes it into a fresh folder, which is synced
 * and exchanged with the old one when all is there. MANIFEST.json, with the sum of each file, is its own.
 */
#ifndef DSC_EMIT_H
#define DSC_EMIT_H

#include "dsc/base.h"
#include "dsc/doc.h"
#include "dsc/graph.h"
#include "dsc/model.h"

enum emit_folder {
    EMIT_BOOTSTRAP, /* PLATFORM/bootstrap, replaced as a whole */
    EMIT_PIPELINE,  /* PLATFORM/pipeline, replaced as a whole */
    EMIT_USER       /* files in PLATFORM: each made by bootstrap where missing, the user's ever after */
};

enum emit_format {
    EMIT_YAML,     /* a LIST of documents */
    EMIT_JSON,     /* any tree */
    EMIT_HCL,      /* a LIST of blocks, for Terraform */
    EMIT_MARKDOWN, /* a LIST of paragraphs, tables, texts */
    EMIT_TEXT      /* a TEXT as it is: templates, SQL, graphs */
};

struct emit_item { /* what does not belong to the row's `each` is NULL or 0 */
    const struct graph_stream *stream;
    const struct emit_connector *connector; /* src/emit/connector.h */
    const struct container *container;
    unsigned number; /* 0 … of - 1; written with two digits at least */
    unsigned of;
    const struct graph_stream *const *streams; /* in the order of the graph */
    size_t n_streams;
};

/* What a row is asked for, item after item. {words} may stand in its pattern, {platform} always. Items
 * that follow each other and have the same path (also of neighbouring rows) are printed one after the
 * other into one file, but for JSON, so that a large file never is in memory. */
enum emit_each {
    EMIT_ONCE,      /* one item, with all streams */
    EMIT_STREAM,    /* an item per stream: {stream} */
    EMIT_STORE,     /* per store, with its streams; `number` is the file of Terraform's it goes to: {number} */
    EMIT_CONNECTOR, /* per connector: {connector} */
    EMIT_CONTAINER, /* per PostgreSQL database that streams read, by connector or by SQL, with these: {container} */
    EMIT_DAG_FILE   /* per file of Airflow DAGs, with its streams: {number} */
};

/* The writing of one folder, as the functions of rows see it. */
struct emission {
    struct arena *arena; /* for the tree; emptied after each item */

    struct arena *keep; /* for what is to be found again by later items; freed with the emission */

    const struct model *model; /* the graph's, as is the platform */

    const struct platform *platform;

    const struct graph *graph;

    const char *templates; /* the folder of --templates, or NULL */

    bool failed; /* a function could not read a template, and told so by env_error */
};

struct emitter {
    const char *artifact; /* "sink connectors": for people */

    unsigned platforms; /* the types of platform that have it: 1u << PLATFORM_… (language.def) */

    enum emit_folder folder;

    const char *path; /* the pattern: "connectors/{connector}.json" */

    enum emit_each each;

    enum emit_format format;

    /* The tree, in emission->arena; NULL: nothing for this item, or emission->failed. */
    struct doc *(*build)(struct emission *emission, const struct emit_item *item);
};

extern const struct emitter emitters[];
extern const size_t n_emitters;

struct emit_options {
    const char *output;    /* the folder that holds the platforms' folders */
    const char *templates; /* or NULL */
    const char *revision;  /* of the model's repository, for MANIFEST.json alone; or NULL */
    bool force;            /* replace also a folder whose MANIFEST.json is missing, or does not fit its files */
    bool dry_run;          /* build, print and count everything, write nothing */
};

struct emit_report {
    size_t files, bytes;
};

/* Writes one folder of each platform: EMIT_BOOTSTRAP, after which what EMIT_USER lacks is made, or
 * EMIT_PIPELINE. All are looked at before one is written, and exchanged with the old ones when all are
 * written. False: a file could not be written, it was interrupted, or a folder is not dsc's to replace;
 * that was told on standard error, and the old folders are as they were. `reports` has room for n. */
bool emit_platforms(const struct graph *const *graphs, size_t n, enum emit_folder folder,
                    const struct emit_options *options, struct emit_report *reports);

#endif
