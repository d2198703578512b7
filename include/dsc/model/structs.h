/*
 * language.def as C: `struct NAME` for every entity, `enum SET` for every set of words, and
 * `struct documents` with a list per kind of document. Then the field tables' own types. Only model.h
 * includes this; it is separate so that model.h can be read on one page.
 */
#ifndef DSC_MODEL_STRUCTS_H
#define DSC_MODEL_STRUCTS_H

/* Sets of words: enum provider { PROVIDER_AWS, … }. */
#define WORDS_BEGIN(set) enum set {
#define WORD(set, name, word, meaning) name,
#define WORDS_END(set) };
#include "dsc/model/language.def"

/* Structs. References and lists of entities carry the type of what they point at; all references
 * share the layout of struct ref, all lists that of struct list, below. */
#define DOCUMENT(id, list, word, identity, doc) struct id { struct head head;
#define NESTED(id, identity, doc) struct id { struct head head;
#define END(id) };
#define TEXT(member, need, fallback, doc) struct text member;
#define TEXT_AS(member, key, need, fallback, doc) struct text member;
#define NAME(member, need, fallback, doc) struct text member;
#define NUMBER(member, need, fallback, doc) struct number member;
#define FLAG(member, need, fallback, doc) struct flag member;
#define DURATION(member, need, fallback, doc) struct number member;
#define QUANTITY(member, need, fallback, doc) struct text member;
#define CHOICE(member, set, need, fallback, doc) struct choice member;
#define CHOICES(member, set, need, fallback, doc) struct choices member;
#define TYPE(member, need, fallback, doc) struct type *member;
#define REF_OF(target) struct { const char *name; struct target *to; struct span at; }
#define LIST_OF(item) struct { item *v; size_t n; struct span at; }
#define REF(member, target, need, doc) REF_OF(target) member;
#define REF_IN(member, target, scope, need, doc) REF_OF(target) member;
#define REFS(member, target, need, doc) LIST_OF(REF_OF(target)) member;
#define TEXTS(member, need, doc) struct texts member;
#define ONE(member, nested, need, doc) struct nested *member;
#define LIST(member, nested, need, doc) LIST_OF(struct nested *) member;
#define MAP(member, nested, need, doc) LIST_OF(struct nested *) member;
#define TREE(member, nested, need, doc) LIST_OF(struct nested *) member;
#define DERIVED(...) __VA_ARGS__
#include "dsc/model/language.def"

struct ref {
    const char *name; /* interned, as written; NULL: absent */
    void *to;         /* NULL: absent or unresolved */
    struct span at;
};

struct list {
    void *v; /* of pointers to entities, or of struct ref */
    size_t n;
    struct span at;
};

/* struct documents: a list per kind of document. */
#define DOCUMENT(id, list, word, identity, doc) VEC(struct id *) list;
struct documents {
#include "dsc/model/language.def"
};

/* The field tables. */
enum field_kind {
    FIELD_TEXT, FIELD_NAME, FIELD_NUMBER, FIELD_FLAG, FIELD_DURATION, FIELD_QUANTITY, FIELD_CHOICE,
    FIELD_CHOICES, FIELD_TYPE, FIELD_REF, FIELD_REFS, FIELD_TEXTS, FIELD_ONE, FIELD_LIST, FIELD_MAP,
    FIELD_TREE
};

enum field_need { OPT, REQ, SHORT };

enum identity { NONE, GLOBAL, LOCAL, SCOPED_BY_SLASH, SCOPED_BY_DOT };

struct word {
    const char *word;
    const char *meaning;
};

struct words {
    const char *set;
    const struct word *v; /* in the order of the enumerators */
    size_t n;
};

struct field {
    const char *key; /* as written in YAML */
    enum field_kind kind;
    enum field_need need;
    size_t offset;             /* of the member in the entity's struct */
    const struct kind *target; /* REF, REFS: what it refers to; ONE, LIST, MAP, TREE: what is nested */
    const char *scope;         /* REF_IN: the sibling field that names the parent */
    const struct words *words; /* CHOICE, CHOICES */
    const char *fallback;
    const char *doc;
};

struct kind {
    const char *id;   /* "datastore": what messages call it */
    const char *word; /* "Datastore": what `kind:` says; NULL: nested */
    const char *doc;
    enum identity identity;
    size_t size; /* of its struct */
    size_t list; /* of its list in struct documents, for a document */
    const struct field *fields;
    size_t n_fields;
};

/* All kinds, documents first, in the order of language.def. */
extern const struct kind *const model_kinds[];
extern const size_t model_n_kinds;

/* kind_datastore, kind_dataset … by name, for model_find. */
#define WORDS_BEGIN(set) extern const struct words words_##set;
#define DOCUMENT(id, list, word, identity, doc) extern const struct kind kind_##id;
#define NESTED(id, identity, doc) extern const struct kind kind_##id;
#include "dsc/model/language.def"

#endif
