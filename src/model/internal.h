/* What the files of the model module share: the loader, and the steps of loading in their order. */
#ifndef MODEL_INTERNAL_H
#define MODEL_INTERNAL_H

#include "dsc/model.h"
#include "dsc/yaml.h"

/* A reference that was read, to be resolved when all entities are known. */
struct pending_ref {
    struct head *head; /* the entity that it is a field of */

    const struct field *field;

    struct ref *ref;
};

struct loader {
    struct model *model;

    struct diags *diags;

    struct arena *scratch; /* for the whole load */

    struct arena *document; /* for one YAML document */

    struct buf bytes; /* of the file that is being read */

    struct map *blanks; /* from a kind to a struct of it in which nothing is written */

    struct map *lines; /* from a column's interned line to its parts (column.c) */

    struct map *types; /* from a type's interned text to its struct type: few texts, many columns */

    VEC(struct pending_ref) pending;

    struct map *lost_names; /* of what could not be read: references to it are not reported again */

    bool lost_all; /* there is no knowing what could not be read: it may be of any name */
};

/* A mistake of the user in `head` (NULL: in no entity): it and what it is written in are broken. */
struct diag *complain(struct loader *loader, struct head *head, const char *rule, struct span span,
                      const char *format, ...) PRINTF(5, 6);

/* Adds "did you mean" where a word of `words` is near `text`. */
void suggest(struct loader *loader, struct diag *diag, const char *text, const char *const *words,
             size_t n);

/* ---- decode.c, value.c, column.c: from YAML to structs, by the field tables */

/* A field as it was written: its key and value in the YAML tree, NULL where it was not. */
struct slot {
    const struct yaml_node *key, *value;

    bool spoilt; /* it was written, but diagnosed already */
};

/* Decodes a whole document of `kind`; never NULL. */
void *decode_document(struct loader *loader, const struct kind *kind, const struct yaml_node *root);

/* A plain scalar that says nothing: `key:`, `~`, `null`. */
bool node_empty(const struct yaml_node *node);

/* The value of a field that holds no entity, into its member. */
void decode_value(struct loader *loader, struct head *head, const struct field *field, void *member,
                  const struct yaml_node *node);

/* The value of a field that is not written: its fallback. */
void decode_fallback(struct loader *loader, const struct field *field, void *member);

/* Notes that what is of this name, or of any name that stands in `node`, could not be read. */
void lose_name(struct loader *loader, const char *name, size_t length);
void lose_node(struct loader *loader, const struct yaml_node *node);

/* Reports that `what` has the wrong shape; `wanted` is "a list of names". */
void wrong_type(struct loader *loader, struct head *head, const char *what,
                const struct yaml_node *node, const char *wanted);

/* Whether a name that must be an identifier is one. */
bool is_identifier(const char *text);

/* The span of `len` bytes at byte `at` of a scalar's text; the whole scalar where escapes or line
 * breaks make that unknowable. */
struct span span_within(const struct yaml_node *scalar, size_t at, size_t len);

/* Splits a column's line `TYPE [not null] [null] [primary key] [default …]` into the slots of its
 * fields, as if it had been written as a mapping. */
void column_line(struct loader *loader, struct head *head, const struct yaml_node *line,
                 struct slot *slots);

/* The type that a scalar names; NULL, diagnosed. */
const struct type *load_type(struct loader *loader, struct head *head,
                             const struct yaml_node *node);

/* The field of `kind` with this key, or NULL. Looks at fields[*hint] first, and moves it on. */
const struct field *field_find(const struct kind *kind, const char *key, size_t *hint);

/* ---- names.c */

/* The entity's own name; NULL where its kind has none, or it was not written. */
const struct text *entity_name(const struct head *head);

/* "sql snapshot": the id in plain words; and "a sql snapshot", "an assignment". */
const char *kind_words(struct arena *arena, const struct kind *kind);
const char *kind_article(struct arena *arena, const struct kind *kind);

/* Enters a document and what is named in it; false, diagnosed, where its name is taken. */
bool index_document(struct loader *loader, struct head *head);

/* Sorts the documents of each kind. */
void sort_documents(struct loader *loader);

/* ---- resolve.c, source.c, hash.c */

void resolve_references(struct loader *loader);

/* Sets the keys of a store's datasets, as soon as it is read: later its columns are no longer in
 * the processor's cache. */
void derive_keys(struct loader *loader, const struct datastore *store);

/* Sets the other DERIVED members. */
void derive(struct loader *loader);

/* Appends what `entity` says, and nothing of where it says it: equal bytes, equal meaning. */
void canonical(struct buf *out, const struct head *entity);

/* ---- pattern.c */

/* Whether `pattern` matches the path or a folder that it lies in. Both are relative, with slashes.
 * `*` and `?` stand for anything but a slash, `**` as a whole name for any folders, `[a-z]` for one
 * of these. */
bool pattern_matches(const char *pattern, const char *path);

#endif
