/* A model in its long form. */
#include "internal.h"

#include <inttypes.h>
#include <string.h>

static struct doc *entity_doc(struct arena *arena, const struct head *entity);

/* In the largest unit that gives it back exactly. */
static struct doc *duration_doc(struct arena *arena, int64_t seconds)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'y', 365 * 24 * 60 * 60}, {'d', 24 * 60 * 60}, {'h', 60 * 60}, {'m', 60}};

    for (size_t i = 0; i < COUNT(units); i++)
        if (seconds && seconds % units[i].seconds == 0)
            return doc_printf(arena, "%" PRId64 "%c", seconds / units[i].seconds, units[i].unit);
    return doc_printf(arena, "%" PRId64 "s", seconds);
}

static struct doc *choices_doc(struct arena *arena, const struct words *words,
                               const struct choices *choices)
{
    struct doc *list = doc_list(arena);

    if (!choices->set && !choices->at.file)
        return NULL;
    for (size_t i = 0; i < words->n; i++)
        if (choices->set & 1u << i)
            doc_add_string(arena, list, words->v[i].word);
    return list;
}

static struct doc *type_doc(struct arena *arena, const struct type *type)
{
    struct buf text = {0};

    type_print(&text, type);
    struct doc *doc = doc_string(arena, arena_strdup(arena, text.data));
    buf_free(&text);
    return doc;
}

static struct doc *texts_doc(struct arena *arena, const struct texts *texts)
{
    struct doc *list = doc_list(arena);

    if (!texts->n && !texts->at.file)
        return NULL;
    for (size_t i = 0; i < texts->n; i++)
        doc_add_string(arena, list, texts->v[i].s);
    return list;
}

static struct doc *refs_doc(struct arena *arena, const struct list *refs)
{
    struct doc *list = doc_list(arena);

    for (size_t i = 0; i < refs->n; i++)
        doc_add_string(arena, list, ((const struct ref *)refs->v)[i].name);
    return list;
}

/* The name of an entity that is the value of its first field. */
static const char *name_of(const struct head *entity)
{
    return ((const struct text *)((const char *)entity + entity->kind->fields[0].offset))->s;
}

/* The nested entities of a MAP by their names, or of a LIST. */
static struct doc *entities_doc(struct arena *arena, const struct field *field,
                                const struct list *entities)
{
    const struct head *const *v = entities->v;
    struct doc *doc = field->kind == FIELD_MAP ? doc_map(arena) : doc_list(arena);

    for (size_t i = 0; i < entities->n; i++) {
        struct doc *entity = entity_doc(arena, v[i]);

        if (field->kind == FIELD_MAP)
            doc_set(doc, name_of(v[i]), entity);
        else
            doc_add(doc, entity);
    }
    return doc;
}

/* Paths back into a tree. Sorted, each comes behind the one that it lies below; the first part of
 * all is the name of the entity that they belong to. */
static struct doc *tree_doc(struct arena *arena, const struct list *entities)
{
    struct doc *tree = doc_map(arena);

    for (size_t i = 0; i < entities->n; i++) {
        const char *part = strchr(name_of(((const struct head *const *)entities->v)[i]), '/') + 1;
        struct doc *above = tree;

        for (const char *slash; (slash = strchr(part, '/')) != NULL; part = slash + 1)
            above = doc_get(above, arena_strndup(arena, part, (size_t)(slash - part)));
        doc_set(above, part, doc_map(arena));
    }
    return tree;
}

static struct doc *list_doc(struct arena *arena, const struct field *field, const struct list *list)
{
    if (!list->n && !list->at.file)
        return NULL;
    if (field->kind == FIELD_REFS)
        return refs_doc(arena, list);
    return field->kind == FIELD_TREE ? tree_doc(arena, list) : entities_doc(arena, field, list);
}

static struct doc *choice_doc(struct arena *arena, const struct words *words,
                              const struct choice *choice)
{
    return choice->is < 0 ? NULL : doc_string(arena, words->v[choice->is].word);
}

/* What a field holds, NULL where it holds nothing. */
static struct doc *field_doc(struct arena *arena, const struct field *field, const void *member)
{
    const struct text *text = member;
    const struct number *number = member;
    const struct flag *flag = member;
    const struct ref *ref = member;
    const void *pointer;

    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_NAME:
    case FIELD_QUANTITY:
        return text->s ? doc_string(arena, text->s) : NULL;
    case FIELD_NUMBER:
        return number->set ? doc_int(arena, number->n) : NULL;
    case FIELD_DURATION:
        return number->set ? duration_doc(arena, number->n) : NULL;
    case FIELD_FLAG:
        return doc_bool(arena, flag->on);
    case FIELD_CHOICE:
        return choice_doc(arena, field->words, member);
    case FIELD_CHOICES:
        return choices_doc(arena, field->words, member);
    case FIELD_REF:
        return ref->name ? doc_string(arena, ref->name) : NULL;
    case FIELD_TYPE:
        memcpy(&pointer, member, sizeof(pointer));
        return pointer ? type_doc(arena, pointer) : NULL;
    case FIELD_ONE:
        memcpy(&pointer, member, sizeof(pointer));
        return pointer ? entity_doc(arena, pointer) : NULL;
    case FIELD_TEXTS:
        return texts_doc(arena, member);
    case FIELD_REFS:
    case FIELD_LIST:
    case FIELD_MAP:
    case FIELD_TREE:
        return list_doc(arena, field, member);
    }
    return NULL;
}

/* What the entity holds; a name that is the key of a mapping is left to that. */
static struct doc *entity_doc(struct arena *arena, const struct head *entity)
{
    const struct kind *kind = entity->kind;
    struct doc *map = doc_map(arena);

    if (kind->word)
        doc_set_string(arena, map, "kind", kind->word);
    for (size_t i = named_by_key(kind); i < kind->n_fields; i++) {
        const struct field *field = &kind->fields[i];
        struct doc *value = field_doc(arena, field, (const char *)entity + field->offset);

        if (value)
            doc_set(map, field->key, value);
    }
    return map;
}

void describe_model_yaml(struct buf *out, const struct model *model)
{
    struct arena *arena = arena_new();

    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        const struct list *list =
            (const struct list *)((const char *)&model->all + model_kinds[i]->list);

        for (size_t k = 0; k < list->n; k++) {
            struct doc *documents = doc_list(arena);

            doc_add(documents, entity_doc(arena, ((const struct head *const *)list->v)[k]));
            doc_write_yaml_documents(out, documents);
            arena_reset(arena);
        }
    }
    arena_free(arena);
}
