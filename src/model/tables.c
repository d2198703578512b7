/* The field tables: language.def once more, as data. */
#include "internal.h"

#define WORDS_BEGIN(set)               static const struct word set##_words[] = {
#define WORD(set, name, word, meaning) [name] = {word, meaning},
#define WORDS_END(set)                                                                             \
    }                                                                                              \
    ;                                                                                              \
    const struct words words_##set = {#set, set##_words, COUNT(set##_words)};
#include "dsc/model/language.def"

#define ENTITY(id) static const struct field id##_fields[] = {
#define END(id)                                                                                    \
    }                                                                                              \
    ;
#define ROW(entity, member, field_key, field_kind, field_need, text, ...)                          \
    {.key = field_key,                                                                             \
     .kind = FIELD_##field_kind,                                                                   \
     .need = field_need,                                                                           \
     .offset = offsetof(struct entity, member),                                                    \
     .doc = text,                                                                                  \
     __VA_ARGS__},
#define VALUE(e, m, key, kind, need, fall, doc) ROW(e, m, key, kind, need, doc, .fallback = fall)
#define WORDS(e, m, kind, set, need, fall, doc)                                                    \
    ROW(e, m, #m, kind, need, doc, .fallback = fall, .words = &words_##set)
#define TO(e, m, kind, nested, need, doc) ROW(e, m, #m, kind, need, doc, .target = &kind_##nested)

/* clang-format off */
#define TEXT(e, m, need, fall, doc)         VALUE(e, m, #m, TEXT, need, fall, doc)
#define TEXT_AS(e, m, key, need, fall, doc) VALUE(e, m, key, TEXT, need, fall, doc)
#define NAME(e, m, need, fall, doc)         VALUE(e, m, #m, NAME, need, fall, doc)
#define NUMBER(e, m, need, fall, doc)       VALUE(e, m, #m, NUMBER, need, fall, doc)
#define FLAG(e, m, need, fall, doc)         VALUE(e, m, #m, FLAG, need, fall, doc)
#define DURATION(e, m, need, fall, doc)     VALUE(e, m, #m, DURATION, need, fall, doc)
#define QUANTITY(e, m, need, fall, doc)     VALUE(e, m, #m, QUANTITY, need, fall, doc)
#define TYPE(e, m, need, fall, doc)         VALUE(e, m, #m, TYPE, need, fall, doc)
#define TEXTS(e, m, need, doc)              VALUE(e, m, #m, TEXTS, need, NULL, doc)
#define CHOICE(e, m, set, need, fall, doc)  WORDS(e, m, CHOICE, set, need, fall, doc)
#define CHOICES(e, m, set, need, fall, doc) WORDS(e, m, CHOICES, set, need, fall, doc)
#define REF(e, m, target, need, doc)        TO(e, m, REF, target, need, doc)
#define REFS(e, m, target, need, doc)       TO(e, m, REFS, target, need, doc)
#define ONE(e, m, nested, need, doc)        TO(e, m, ONE, nested, need, doc)
#define LIST(e, m, nested, need, doc)       TO(e, m, LIST, nested, need, doc)
#define MAP(e, m, nested, need, doc)        TO(e, m, MAP, nested, need, doc)
#define TREE(e, m, nested, need, doc)       TO(e, m, TREE, nested, need, doc)
/* clang-format on */
#define REF_IN(e, m, to, in, need, text)                                                           \
    ROW(e, m, #m, REF, need, text, .target = &kind_##to, .scope = #in)
#define ORDERED(e, m, nested, need, text)                                                          \
    ROW(e, m, #m, MAP, need, text, .target = &kind_##nested, .ordered = true)
#include "dsc/model/language.def"

#define SHAPE(name)                                                                                \
    .id = #name, .size = sizeof(struct name), .fields = name##_fields,                             \
    .n_fields = COUNT(name##_fields)
#define DOCUMENT(name, documents_list, kind_word, kind_identity, text)                             \
    const struct kind kind_##name = {SHAPE(name), .word = kind_word, .doc = text,                  \
                                     .identity = kind_identity,                                    \
                                     .list = offsetof(struct documents, documents_list)};
#define NESTED(name, kind_identity, text)                                                          \
    const struct kind kind_##name = {SHAPE(name), .doc = text, .identity = kind_identity};
#define SCOPED(name, above, join, text)                                                            \
    const struct kind kind_##name = {SHAPE(name), .doc = text, .identity = SCOPED,                 \
                                     .parent = &kind_##above, .separator = join};
#include "dsc/model/language.def"

const struct kind *const model_kinds[] = {
#define DOCUMENT(id, list, word, identity, doc) &kind_##id,
#include "dsc/model/language.def"
#define NESTED(id, identity, doc)          &kind_##id,
#define SCOPED(id, parent, separator, doc) &kind_##id,
#include "dsc/model/language.def"
};

const size_t model_n_kinds = COUNT(model_kinds);

const char *const *model_credential_keys(enum credential_type type)
{
    static const char *const keys[][3] = {
        [CREDENTIAL_USER_PASSWORD] = {"username", "password"},
        [CREDENTIAL_API_TOKEN] = {"token"},
        [CREDENTIAL_API_KEY_PAIR] = {"key", "secret"},
        [CREDENTIAL_CLIENT_CERTIFICATE] = {"tls.crt", "tls.key"},
        [CREDENTIAL_CA_BUNDLE] = {"ca.crt"},
        [CREDENTIAL_SSH_KEY] = {"ssh-privatekey", "known_hosts"},
    };

    return keys[type];
}
