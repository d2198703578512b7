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
#define ENTITY(id) struct id { struct head head;
#define END(id) };
#define TEXT(entity, member, need, fallback, doc) struct text member;
#define TEXT_AS(entity, member, key, need, fallback, doc) struct text member;
#define NAME(entity, member, need, fallback, doc) struct text member;
#define NUMBER(entity, member, need, fallback, doc) struct number member;
#define FLAG(entity, member, need, fallback, doc) struct flag member;
#define DURATION(entity, member, need, fallback, doc) struct number member;
#define QUANTITY(entity, member, need, fallback, doc) struct text member;
#define CHOICE(entity, member, set, need, fallback, doc) struct choice member;
#define CHOICES(entity, member, set, need, fallback, doc) struct choices member;
#define TYPE(entity, member, need, fallback, doc) struct { const struct type *is; struct span at; } member;
#define REF_OF(target) struct { const char *name; struct target *to; struct span at; }
#define LIST_OF(item) struct { item *v; size_t n; struct span at; }
#define REF(entity, member, target, need, doc) REF_OF(target) member;
#define REF_IN(entity, member, target, scope, need, doc) REF_OF(target) member;
#define REFS(entity, member, target, need, doc) LIST_OF(REF_OF(target)) member;
#define TEXTS(entity, member, need, doc) struct texts member;
#define ONE(entity, member, nested, need, doc) struct nested *member;
#define LIST(entity, member, nested, need, doc) LIST_OF(struct nested *) member;
#define MAP(entity, member, nested, need, doc) LIST_OF(struct nested *) member;
#define ORDERED(entity, member, nested, need, doc) LIST_OF(struct nested *) member;
#define TREE(entity, member, nested, need, doc) LIST_OF(struct nested *) member;
#define DERIVED(entity, ...) __VA_ARGS__
#include "dsc/model/language.def"

/* Those of the members above whose type depends on what they point at, for code that walks the tables.
 * They name the same memory by another type, which C's aliasing rule must be told. */
struct ref {
    const char *name; /* interned, as written; NULL: absent */
    void *to;         /* NULL: absent or unresolved */
    struct span at;
} __attribute__((may_alias));

struct list {
    void *v; /* of pointers to entities, or of struct ref */
    size_t n;
    struct span at;
} __attribute__((may_alias));

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

enum identity { NONE, GLOBAL, LOCAL, SCOPED };

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
    const char *key;           /* as written in YAML */
    enum field_kind kind;
    enum field_need need;
    size_t offset;             /* of the member in the entity's struct */
    const struct kind *target; /* REF, REFS: what it refers to; ONE, LIST, MAP, TREE: what is nested */
    const char *scope;         /* REF_IN: the key of the sibling field that refers to the parent */
    bool ordered;              /* MAP: its order means something, and stays */
    const struct words *words; /* CHOICE, CHOICES */
    const char *fallback;
    const char *doc;
};

struct kind {
    const char *id;   /* "datastore": what messages call it */
    const char *word; /* "Datastore": what `kind:` says; NULL: nested */
    const char *doc;
    enum identity identity;
    const struct kind *parent; /* SCOPED: below whose names its own are unique, and what joins them */
    char separator;
    size_t size; /* of its struct */
    size_t list; /* offset of its list in struct documents, for a document */
    const struct field *fields; /* in the order of the struct's members */
    size_t n_fields;
};

/* All kinds, documents first, in the order of language.def. */
extern const struct kind *const model_kinds[];
extern const size_t model_n_kinds;

/* kind_datastore, kind_dataset … by name, for model_find. */
#define WORDS_BEGIN(set) extern const struct words words_##set;
#define ENTITY(id) extern const struct kind kind_##id;
#include "dsc/model/language.def"

/* The keys of a credential of this type, as its file, variable and secret have them; NULL ends them. */
const char *const *model_credential_keys(enum credential_type type);

#endif
