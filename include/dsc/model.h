/*
 * model: what the YAML of a data ecosystem means. model/language.def lists every entity and its fields,
 * once; this header turns each into a struct, src/model/tables.c turns each into a field table, and
 * all that depends on the shape of an entity (decoder, references and hash here; dump, JSON Schema and
 * reference documentation in describe) walks those tables. model_load reads files into the structs;
 * from then on the model is const, its lists are sorted by name (columns, and lists of values: as
 * written), and all its strings are interned in model.strings.
 */
#ifndef DSC_MODEL_H
#define DSC_MODEL_H

#include "dsc/base.h"
#include "dsc/model/type.h"

/* Values. Each knows where it was written; what was not written has file 0 in its span, and the
 * fallback of its row as value. */
struct text {
    const char *s; /* NULL: neither written nor a fallback */
    struct span at;
};

struct texts {
    struct text *v;
    size_t n;
    struct span at;
};

struct number {
    int64_t n; /* 0 where absent without a fallback: ask `set` */
    struct span at;
    bool set;
};

struct flag {
    struct span at;
    bool on;
};

struct choice { /* one word of a set, by its enumerator; -1: absent without a fallback */
    int is;
    struct span at;
};

struct choices { /* a set of words: bit 1u << enumerator */
    unsigned set;
    struct span at;
};

/* Every entity begins with this. */
struct head {
    const struct kind *kind; /* the field table that describes it */

    const struct head *parent; /* the entity that it is written in; NULL for a document */

    struct span at; /* of its key or name: what a diagnostic of the whole entity points at */

    bool broken; /* something of it, or below it, was diagnosed while loading */
};

/* How a store is captured, whatever the kind: the same few facts for every module (source.c). */
enum capture_kind {
    CAPTURE_NONE, /* nothing usable was written */
    CAPTURE_CDC, CAPTURE_KAFKA, CAPTURE_SQL_SNAPSHOT, CAPTURE_SQL_WATERMARK, CAPTURE_SQL_QUERY,
    CAPTURE_TRANSFORMER
};

struct source {
    enum capture_kind kind;
    const struct capture *capture;             /* for what only one kind has */
    const struct container *container;         /* NULL: none, or unresolved; so the next two */
    const struct credential *credential;
    const struct credential *setup_credential;
    const char *schema;                        /* at the source */
    bool transactional;                        /* whole transactions arrive, with their metadata */
    int64_t incarnation;                       /* from 1; SQL captures have 1 */
    int64_t partitions;                        /* of each data topic */
};

/* The structs and word sets of language.def, and the field tables' own types. */
#include "dsc/model/structs.h"

struct suppression { /* "# dsc: allow RULE because REASON" */
    struct span span; /* of the comment */
    uint32_t line;    /* the line it speaks of, in the same file */
    const char *rule; /* interned */
};

struct model {
    struct arena *arena;

    struct strings *strings;

    const char *root; /* the folder, as the user named it */

    struct config *config; /* dsc.yaml; an empty one, head.broken, where there is none to be used */

    struct documents all; /* a sorted list per kind of document: all.datastores.v[i]->name.s */

    VEC(struct suppression) suppressions; /* in the order of files and lines */

    const struct map *by_name; /* model_find */
};

/* Reads the model below `root`: dsc.yaml, then every YAML file that it includes but hidden ones, those
 * in hidden folders, and those in folders that dsc wrote. The user's mistakes become diagnostics (their
 * ids have rows in the table of lint) and loading goes on, so that all are told in one run; false where
 * the environment failed. */
bool model_load(struct model *model, const char *root, struct arena *arena, struct diags *diags);

/* The entity of `kind` with this (interned) name, below `parent` where its names are scoped; or NULL. */
void *model_find(const struct model *model, const struct kind *kind, const void *parent,
                 const char *name);

/* What a store's source is on a platform: the store's own (also with NULL), or that of a Binding. */
struct source model_source(const struct model *model, const struct datastore *store,
                           const struct platform *platform);

/* The whole name as users write it ("usa/crm", "crm.customer"), into `out`. */
void model_full_name(struct buf *out, const void *entity);

/* The SHA-256 of what the model says: its files may be renamed and reordered freely. Costs as much as
 * reading it, so it is not kept for those who do not ask. */
void model_hash(const struct model *model, char out[SHA256_HEX]);

#endif
