/* Names: what an entity is called, and finding it by that. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

const struct text *entity_name(const struct head *head)
{
    const struct field *first = &head->kind->fields[0];

    if (strcmp(first->key, "name") != 0 || (first->kind != FIELD_NAME && first->kind != FIELD_TEXT))
        return NULL;
    return (const struct text *)((const char *)head + first->offset);
}

const char *kind_words(struct arena *arena, const struct kind *kind)
{
    char *words = arena_strdup(arena, kind->id);

    for (char *p = words; *p; p++)
        if (*p == '_')
            *p = ' ';
    return words;
}

const char *kind_article(struct arena *arena, const struct kind *kind)
{
    return arena_printf(arena, "%s %s", strchr("aeio", *kind->id) ? "an" : "a",
                        kind_words(arena, kind));
}

/* The names that a document without a name of its own refers to first: dev/crm. */
static void put_references(struct buf *out, const struct head *head)
{
    const char *join = "";

    for (size_t i = 0; i < head->kind->n_fields; i++) {
        const struct field *field = &head->kind->fields[i];
        const struct ref *ref = (const struct ref *)((const char *)head + field->offset);

        if (field->kind != FIELD_REF || field->need != REQ || !ref->name)
            continue;
        buf_printf(out, "%s%s", join, ref->name);
        join = "/";
    }
}

void model_full_name(struct buf *out, const void *entity)
{
    const struct head *head = entity;
    const struct text *name = entity_name(head);

    if (head->kind->word && !name) {
        put_references(out, head);
        return;
    }
    if (head->parent && head->kind->identity != GLOBAL) {
        model_full_name(out, head->parent);
        if (name && name->s)
            buf_putc(out, head->kind->separator ? head->kind->separator : '.');
    }
    if (name && name->s)
        buf_puts(out, name->s);
}

void *model_find(const struct model *model, const struct kind *kind, const void *parent,
                 const char *name)
{
    return map_get(model->by_name, name, parent ? parent : kind);
}

/* Enters one entity by its name; returns the one that has it already, or NULL. */
static struct head *enter(struct loader *loader, struct head *head)
{
    const void *scope = head->kind->identity == GLOBAL ? (const void *)head->kind : head->parent;
    const struct text *name = entity_name(head);

    return map_add((struct map *)loader->model->by_name, name->s, scope, head);
}

static void taken(struct loader *loader, struct head *head, const struct head *first)
{
    struct diag *diag =
        complain(loader, head, "duplicate-name", head->at, "a second %s is named `%s`",
                 kind_words(loader->document, head->kind), entity_name(head)->s);

    diag_relate(loader->diags, diag, first->at, "first defined here");
}

bool index_document(struct loader *loader, struct head *head)
{
    const struct kind *kind = head->kind;
    const struct text *name = entity_name(head);

    if (!name)
        return true;
    const struct head *first = name->s ? enter(loader, head) : NULL;
    if (first)
        taken(loader, head, first);
    if (!name->s || first)
        return false;
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *field = &kind->fields[i];
        const struct list *list = (const struct list *)((char *)head + field->offset);

        if (field->kind < FIELD_LIST ||
            (field->target->identity != GLOBAL && field->target->identity != SCOPED))
            continue;
        for (size_t k = 0; k < list->n; k++) {
            first = enter(loader, ((struct head **)list->v)[k]);
            if (first)
                taken(loader, ((struct head **)list->v)[k], first);
        }
    }
    return true;
}

/* A document and what it is sorted by: its name, or all that it says. */
struct sortable {
    const char *key;

    size_t length;

    void *document;
};

static int by_key(const void *left, const void *right)
{
    const struct sortable *a = left, *b = right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->key, b->key, shorter);

    return order ? order : (a->length > b->length) - (a->length < b->length);
}

void sort_documents(struct loader *loader)
{
    struct buf all = {0};

    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        struct list *list = (struct list *)((char *)&loader->model->all + model_kinds[i]->list);
        void **documents = list->v;
        struct sortable *sorted = arena_alloc(loader->scratch, list->n * sizeof(*sorted));

        for (size_t k = 0; k < list->n; k++) {
            const struct text *name = entity_name(documents[k]);

            if (name) {
                sorted[k] = (struct sortable){name->s, strlen(name->s), documents[k]};
                continue;
            }
            buf_clear(&all);
            canonical(&all, documents[k]);
            sorted[k] = (struct sortable){arena_strndup(loader->scratch, all.data, all.len),
                                          all.len, documents[k]};
        }
        if (list->n)
            qsort(sorted, list->n, sizeof(*sorted), by_key);
        for (size_t k = 0; k < list->n; k++)
            documents[k] = sorted[k].document;
    }
    buf_free(&all);
}
