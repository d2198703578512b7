/*
 * model: what the YAML of a data ecosystem means. An entity is a mapping of the language (a datastore, a
 * dataset, a column); one that is written as a YAML document of its own has a `kind`. dsc/model/language.def
 * lists every entity and its fields, once; dsc/model/structs.h turns each into a struct (`struct dataset`),
 * src/model/tables.c into a field table (`kind_dataset`), and all that depends on the shape of an entity
 * (decoder, references and hash here; dump, JSON Schema and reference in describe) walks those tables.
 *
 *   model_load ─▶ graph_build, for each platform ─▶ lint_run ─▶ where it found no error: emit_platforms
 *
 * After model_load the model is const, its lists are sorted by name (columns, and lists of values: as
 * written), and all its strings are interned in model.strings, so that equal names are equal pointers.
 */
#ifndef DSC_MODEL_H
#define DSC_MODEL_H

#include "dsc/base.h"
#include "dsc/model/type.h" /* the types of columns */

/* Values. Each knows where it was written; what was not written has file 0 in its span, and the
 * fallback of its row in language.def as value: without one NULL, 0, false, no words, an empty list. */
struct text {
    const char *s;
    struct span at;
};

struct texts {
    struct text *v;
    size_t n;
    struct span at;
};

struct number {
    int64_t n;
    struct span at;
    bool set; /* n has a value, written or the fallback */
};

struct flag {
    struct span at;
    bool on;
};

struct choice { /* one word of a set, by its enumerator; -1: absent without a fallback */
    int is;
    struct span at;
};

struct choices { /* some words of a set */
    unsigned set; /* bit 1u << enumerator */
    struct span at;
};

/* Every entity begins with this. */
struct head {
    const struct kind *kind;   /* the field table that describes it */
    const struct head *parent; /* the entity that it is written in; NULL for a document */
    struct span at;            /* of its key or name: what a diagnostic of the whole entity points at */
    bool broken;               /* something of it, or of what is written in it, could not be read */
};

/* How the data of a datastore is captured, whatever the kind of capture: the same few facts for all. */
enum capture_kind {
    CAPTURE_NONE, /* nothing usable was written */
    CAPTURE_CDC, CAPTURE_KAFKA, CAPTURE_SQL_SNAPSHOT, CAPTURE_SQL_WATERMARK, CAPTURE_SQL_QUERY, CAPTURE_TRANSFORMER
};

struct source {
    enum capture_kind kind;
    const struct capture *capture;             /* for what only one kind has */
    const struct container *container;         /* the server; NULL: not written, or unresolved */
    const struct credential *credential;       /* that reads; likewise */
    const struct credential *setup_credential; /* that may prepare the server; likewise */
    const char *schema;                        /* of its tables there */
    bool transactional;                        /* whole transactions arrive, with their metadata */
    int64_t incarnation;                       /* which snapshot of the source this is, from 1 */
    int64_t partitions;                        /* of each data topic */
};

/* struct ecosystem … struct config, struct documents, struct kind, and kind_ecosystem … kind_config. They
 * need struct source, which is derived. */
#include "dsc/model/structs.h"

struct suppression { /* the comment "# dsc: allow RULE because REASON" */
    struct span span;
    uint32_t line; /* the one that it speaks of: the next one, in the same file, that is no comment */
    const char *rule;
};

struct model {
    struct arena *arena;   /* everything lives here */
    struct strings *strings;
    const char *root;      /* the folder, as the user named it */
    size_t n_files;        /* that were read, dsc.yaml among them */
    struct config *config; /* dsc.yaml; where there is none to be used an empty one, head.broken */
    struct documents all;  /* a sorted list per kind of document: all.datastores.v[i]->name.s */
    VEC(struct suppression) suppressions; /* in the order of files and lines */
    const struct map *by_name;            /* for model_find */
};

/* Reads the model below `root`: dsc.yaml, then every YAML file that its patterns include, but hidden ones,
 * those in hidden folders, and those in folders that dsc wrote. The user's mistakes become diagnostics
 * (their ids have rows in lint's table) and loading goes on, so that all are told in one run. False: a
 * file could not be read, which was told on standard error; the model is not to be used. */
bool model_load(struct model *model, const char *root, struct arena *arena, struct diags *diags);

/* The entity of `kind` with this name (intern_find gives the pointer), below the entity `parent` where
 * names are unique only there; NULL: there is none. */
void *model_find(const struct model *model, const struct kind *kind, const void *parent,
                 const char *name);

/* A store's source as `platform` (or NULL) sees it: that of a Binding of the two, else the store's own. */
struct source model_source(const struct model *model, const struct datastore *store,
                           const struct platform *platform);

/* The whole name of an entity as users write it ("usa/crm", "crm.customer"), into `out`. */
void model_full_name(struct buf *out, const void *entity);

/* The SHA-256 of what the model says, whatever its files are called. Computed at each call. */
void model_hash(const struct model *model, char out[SHA256_HEX]);
#endif
