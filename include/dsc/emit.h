/*
 * emit: a graph becomes the files of a platform. Each artifact is one row of a table and one function
 * that reads the const graph and returns a tree (doc.h); it never touches the file system. One driver
 * (emit_platform) goes through the rows of the platform's type, names a file by the row's pattern, prints
 * the tree with the row's writer, and writes it into a fresh folder, which is synced and exchanged with
 * the old one when all is there.
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
    EMIT_USER       /* PLATFORM itself: made by bootstrap where missing, the user's ever after */
};

enum emit_format {
    EMIT_YAML,     /* a LIST of documents */
    EMIT_JSON,     /* any tree */
    EMIT_HCL,      /* a LIST of blocks */
    EMIT_MARKDOWN, /* a LIST of paragraphs, tables, texts */
    EMIT_TEXT      /* a TEXT as it is: templates, SQL, graphs */
};

/* What a row is asked for, item after item. Items that follow each other and have the same path (also
 * of neighbouring rows) are printed one after the other into one file, so that a large file never is in
 * memory, and a file may have several authors. */
enum emit_each {
    EMIT_ONCE,      /* item.streams: all */
    EMIT_STREAM,    /* item.stream, item.streams: it alone; pattern {stream} */
    EMIT_STORE,     /* item.streams: those of one store; item.number: its slice of Terraform {number} */
    EMIT_CONNECTOR, /* item.connector; pattern {connector} */
    EMIT_CONTAINER, /* item.container: a database; item.streams: those that read from it; {container} */
    EMIT_DAG_FILE   /* item.number, item.streams: those of one DAG file; {number} */
};

struct emit_item {
    const struct graph_stream *stream;

    const struct emit_connector *connector; /* src/emit/connector.h */

    const struct container *container;

    unsigned number; /* from 0, of `of`; {number} has two digits at least */
    unsigned of;

    const struct graph_stream *const *streams;
    size_t n_streams;
};

/* What an emitter sees. */
struct emission {
    struct arena *arena; /* emptied after each item */

    struct arena *keep; /* as long as the folder is being written */

    const struct model *model;

    const struct platform *platform;

    const struct graph *graph;

    const char *templates; /* the folder of --templates, or NULL */

    bool failed; /* set by an emitter whose environment failed; it was reported */
};

struct emitter {
    const char *artifact; /* "sink connectors": for people */

    unsigned platforms; /* 1u << PLATFORM_…: the platform types that have it */

    enum emit_folder folder;

    const char *path; /* "connectors/{connector}.json"; {platform} too may stand in it */

    enum emit_each each;

    enum emit_format format;

    /* The tree, in emission->arena; NULL: this platform has none of it, or emission->failed. */
    struct doc *(*build)(struct emission *emission, const struct emit_item *item);
};

extern const struct emitter emitters[];
extern const size_t n_emitters;

struct emit_options {
    const char *output;    /* the folder that holds the platforms' folders */
    const char *templates; /* or NULL */
    const char *revision;  /* of the model's repository, or NULL: MANIFEST.json alone says it */
    bool force;            /* replace folders that dsc did not write, or whose files were edited */
    bool dry_run;          /* do everything but write */
};

struct emit_report {
    size_t files, bytes;
};

/* Writes one folder (EMIT_BOOTSTRAP also makes what EMIT_USER lacks) of one platform. False: the
 * environment failed, or a folder was refused; it was reported, and what was there is whole. */
bool emit_platform(const struct graph *graph, enum emit_folder folder,
                   const struct emit_options *options, struct emit_report *report);

#endif
