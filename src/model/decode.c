/* From YAML to structs, driven by the field tables alone. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* The number of fields of the kind that has most: a union of structs with one byte per field. */
enum {
    MAX_FIELDS = sizeof(union {
#define ENTITY(id) struct {
#define END(id)                                                                                    \
    }                                                                                              \
    id;
#define FIELD(entity, member) char member;
#include "dsc/model/language.def"
    })
};

struct diag *complain(struct loader *loader, struct head *head, const char *rule, struct span span,
                      const char *format, ...)
{
    va_list arguments;

    for (struct head *above = head; above; above = (struct head *)above->parent)
        above->broken = true;
    va_start(arguments, format);
    const char *text = arena_vprintf(loader->diags->arena, format, arguments);
    va_end(arguments);
    return diag_add(loader->diags, rule, SEV_ERROR, span, "%s", text);
}

void suggest(struct loader *loader, struct diag *diag, const char *text, const char *const *words,
             size_t n)
{
    const char *near = text_nearest(text, words, n);

    if (near)
        diag_hint(loader->diags, diag, "did you mean `%s`?", near);
}

bool node_empty(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && node->plain &&
           (node->length == 0 || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

void wrong_type(struct loader *loader, struct head *head, const char *what,
                const struct yaml_node *node, const char *wanted)
{
    static const char *const found[] = {
        [YAML_SCALAR] = "a single value", [YAML_MAP] = "a mapping", [YAML_LIST] = "a list"};

    complain(loader, head, "wrong-type", node->span, "`%s`: expected %s, found %s", what, wanted,
             found[node->kind]);
}

const struct field *field_find(const struct kind *kind, const char *key, size_t *hint)
{
    for (size_t i = 0; i < kind->n_fields; i++) {
        size_t at = (*hint + i) % kind->n_fields;

        if (strcmp(kind->fields[at].key, key) == 0) {
            *hint = at + 1;
            return &kind->fields[at];
        }
    }
    return NULL;
}

void lose_name(struct loader *loader, const char *name, size_t length)
{
    map_set(loader->lost_names, intern_n(loader->model->strings, name, length), NULL, loader);
}

void lose_node(struct loader *loader, const struct yaml_node *node)
{
    if (node->kind == YAML_SCALAR)
        lose_name(loader, node->text, node->length);
    else /* of a mapping, these are keys and values */
        for (const struct yaml_node *below = node->first; below; below = below->next)
            lose_node(loader, below);
}

/* A field that was meant by the key counts as written. */
static void unknown_key(struct loader *loader, struct head *head, const struct yaml_node *key,
                        struct slot *slots)
{
    const struct kind *kind = head->kind;
    const char *words[MAX_FIELDS];
    struct diag *diag = complain(loader, head, "unknown-key", key->span, "unknown key `%s` in %s",
                                 key->text, kind_words(loader->document, kind));

    for (size_t i = 0; i < kind->n_fields; i++)
        words[i] = kind->fields[i].key;
    suggest(loader, diag, key->text, words, kind->n_fields);
    const char *meant = text_nearest(key->text, words, kind->n_fields);
    for (size_t i = 0; meant && i < kind->n_fields; i++)
        slots[i].spoilt |= words[i] == meant;
    lose_node(loader, key->next);
}

/* Finds the slots of the pairs of a mapping. `kind` of a document is no field. */
static void fill_slots(struct loader *loader, struct head *head, const struct yaml_node *map,
                       bool document, struct slot *slots)
{
    size_t hint = 0;

    for (const struct yaml_node *key = map->first; key; key = key->next->next) {
        const struct field *field = field_find(head->kind, key->text, &hint);
        struct slot *slot = field ? &slots[field - head->kind->fields] : NULL;

        if (slot && slot->key)
            complain(loader, head, "unknown-key", key->span,
                     "`%s` is given twice: the key that it stands under is the name", key->text);
        else if (slot)
            *slot = (struct slot){.key = key, .value = key->next};
        else if (!document || strcmp(key->text, "kind") != 0)
            unknown_key(loader, head, key, slots);
    }
}

static void missing_key(struct loader *loader, struct head *head, const struct field *field,
                        const struct slot *slot)
{
    if (slot->value)
        complain(loader, head, "missing-key", slot->key->span, "`%s` is empty: %s", field->key,
                 field->doc);
    else
        complain(loader, head, "missing-key", head->at, "%s needs `%s`: %s",
                 kind_words(loader->document, head->kind), field->key, field->doc);
}

static void *decode_entity(struct loader *loader, const struct kind *kind, struct head *parent,
                           struct span at, const struct yaml_node *name,
                           const struct yaml_node *node);

static int by_name(const void *left, const void *right)
{
    const struct head *a = *(const struct head *const *)left;
    const struct head *b = *(const struct head *const *)right;

    return strcmp(entity_name(a)->s, entity_name(b)->s);
}

static void decode_list(struct loader *loader, struct head *head, const struct field *field,
                        struct list *list, const struct yaml_node *node)
{
    void **items = arena_alloc(loader->model->arena, node->length * sizeof(*items));

    for (const struct yaml_node *item = node->first; item; item = item->next)
        items[list->n++] = decode_entity(loader, field->target, head, item->span, NULL, item);
    list->v = items;
}

static void decode_map(struct loader *loader, struct head *head, const struct field *field,
                       struct list *list, const struct yaml_node *node)
{
    void **items = arena_alloc(loader->model->arena, node->length * sizeof(*items));

    for (const struct yaml_node *key = node->first; key; key = key->next->next)
        items[list->n++] = decode_entity(loader, field->target, head, key->span, key, key->next);
    list->v = items;
    if (!field->ordered && list->n)
        qsort(items, list->n, sizeof(*items), by_name);
}

struct tree {
    const struct field *field;

    struct head *head;

    VEC(void *) nodes;
};

static void decode_branch(struct loader *loader, struct tree *tree, const char *path,
                          const struct yaml_node *node);

/* One name of a tree below `path`, with what lies below it (NULL: nothing). */
static void decode_twig(struct loader *loader, struct tree *tree, const char *path,
                        const struct yaml_node *name, const struct yaml_node *below)
{
    struct yaml_node full = *name;

    if (!*name->text || strchr(name->text, '/')) {
        complain(loader, tree->head, "name-syntax", name->span,
                 "`%s` cannot be a part of a path: it must not be empty nor hold a slash",
                 name->text);
        return;
    }
    full.text = arena_printf(loader->document, "%s/%s", path, name->text);
    full.length = (uint32_t)strlen(full.text);
    vec_push(loader->scratch, &tree->nodes,
             decode_entity(loader, tree->field->target, tree->head, name->span, &full, NULL));
    if (below && !node_empty(below))
        decode_branch(loader, tree, full.text, below);
}

static void decode_branch(struct loader *loader, struct tree *tree, const char *path,
                          const struct yaml_node *node)
{
    const struct yaml_node *item = node->first;

    if (node->kind == YAML_SCALAR)
        decode_twig(loader, tree, path, node, NULL);
    else if (node->kind == YAML_MAP)
        for (; item; item = item->next->next)
            decode_twig(loader, tree, path, item, item->next);
    else
        for (; item; item = item->next)
            decode_branch(loader, tree, path, item);
}

static void decode_tree(struct loader *loader, struct head *head, const struct field *field,
                        struct list *list, const struct yaml_node *node)
{
    struct tree tree = {.field = field, .head = head};
    const struct text *name = entity_name(head);

    if (!name->s)
        return; /* its paths begin with a name that is missing, and diagnosed */
    decode_branch(loader, &tree, name->s, node);
    list->n = tree.nodes.n;
    list->v = arena_alloc(loader->model->arena, list->n * sizeof(void *));
    if (list->n)
        memcpy(list->v, tree.nodes.v, list->n * sizeof(void *));
    if (list->n)
        qsort(list->v, list->n, sizeof(void *), by_name);
}

/* The fields that hold entities: the shape that they are written in, and how it is read. */
static const struct {
    const char *wanted; /* NULL: not such a field */

    void (*decode)(struct loader *loader, struct head *head, const struct field *field,
                   struct list *list, const struct yaml_node *node);

    enum yaml_kind shape, or_shape;
} containers[] = {
    [FIELD_LIST] = {"a list", decode_list, YAML_LIST, YAML_LIST},
    [FIELD_MAP] = {"a mapping of names", decode_map, YAML_MAP, YAML_MAP},
    [FIELD_TREE] = {"a tree of names", decode_tree, YAML_MAP, YAML_LIST},
};

static void decode_field(struct loader *loader, struct head *head, const struct field *field,
                         const struct slot *slot)
{
    void *member = (char *)head + field->offset;
    const struct yaml_node *node = slot->value;

    if (!node || node_empty(node)) {
        if (field->need != OPT && !slot->spoilt)
            missing_key(loader, head, field, slot);
    } else if (field->kind == FIELD_ONE) {
        void *one = decode_entity(loader, field->target, head, slot->key->span, NULL, node);
        memcpy(member, &one, sizeof(one));
    } else if (field->kind < FIELD_ONE) {
        decode_value(loader, head, field, member, node);
    } else if (node->kind == containers[field->kind].shape ||
               node->kind == containers[field->kind].or_shape) {
        ((struct list *)member)->at = slot->key->span;
        containers[field->kind].decode(loader, head, field, member, node);
    } else {
        wrong_type(loader, head, field->key, node, containers[field->kind].wanted);
    }
}

/* A value in place of a whole mapping: it is the field that the kind has for this. */
static void fill_short(struct loader *loader, struct head *head, const struct yaml_node *node,
                       struct slot *slots)
{
    const struct kind *kind = head->kind;

    for (size_t i = 0; i < kind->n_fields; i++) {
        if (kind->fields[i].need != SHORT)
            continue;
        if (kind->fields[i].kind == FIELD_TYPE && node->kind == YAML_SCALAR)
            column_line(loader, head, node, slots);
        else
            slots[i] = (struct slot){.key = node, .value = node};
        return;
    }
    wrong_type(loader, head, kind_words(loader->document, kind), node, "a mapping");
    for (size_t i = 0; i < kind->n_fields; i++)
        slots[i].spoilt = true;
}

/* An entity of `kind` of which nothing is written: its fallbacks hold. */
static const void *blank(struct loader *loader, const struct kind *kind)
{
    char *entity = map_get(loader->blanks, kind, NULL);

    if (entity)
        return entity;
    entity = arena_alloc(loader->scratch, kind->size);
    for (size_t i = 0; i < kind->n_fields; i++)
        decode_fallback(loader, &kind->fields[i], entity + kind->fields[i].offset);
    map_set(loader->blanks, kind, NULL, entity);
    return entity;
}

/* An entity of `kind`, written as `node` (NULL: it is no more than its name). `name` is the value
 * of its field `name` where that is a key of a mapping, and then a string whatever it looks like.
 * Never NULL. */
static void *decode_entity(struct loader *loader, const struct kind *kind, struct head *parent,
                           struct span at, const struct yaml_node *name,
                           const struct yaml_node *node)
{
    struct slot slots[MAX_FIELDS];
    struct yaml_node given;
    struct head *head = arena_alloc(loader->model->arena, kind->size);

    memcpy(head, blank(loader, kind), kind->size);
    *head = (struct head){.kind = kind, .parent = parent, .at = at};
    memset(slots, 0, kind->n_fields * sizeof(*slots));
    if (name) {
        given = *name;
        given.plain = false;
        slots[0] = (struct slot){.key = &given, .value = &given};
    }
    if (node && node->kind == YAML_MAP)
        fill_slots(loader, head, node, !parent && kind->word, slots);
    else if (node && !node_empty(node))
        fill_short(loader, head, node, slots);
    for (size_t i = 0; i < kind->n_fields; i++)
        decode_field(loader, head, &kind->fields[i], &slots[i]);
    return head;
}

void *decode_document(struct loader *loader, const struct kind *kind, const struct yaml_node *root)
{
    const struct yaml_node *at = yaml_get(root, "name");

    if (!at)
        at = kind->word ? yaml_get(root, "kind") : root;
    return decode_entity(loader, kind, NULL, at->span, NULL, root);
}
