/* References: from names to pointers, when all entities are known. */
#include "internal.h"

#include <string.h>

/* So often, all names are searched for what was meant; then there are too many mistakes for that.
 */
enum { MAX_SEARCHES = 200 };

struct resolver {
    struct loader *loader;

    int searches;
};

static bool may_search(struct resolver *resolver)
{
    return resolver->searches++ < MAX_SEARCHES;
}

/* Whether what is named so, or a part of its path, stands in something that could not be read,
 * and was diagnosed. */
static bool was_lost(const struct loader *loader, const char *name)
{
    bool lost = loader->lost_all;

    for (size_t length; !lost && *name; name += length + strspn(name + length, "/")) {
        length = strcspn(name, "/");
        lost = map_get(loader->lost_names, intern_n(loader->model->strings, name, length), NULL);
    }
    return lost;
}

/* The list of a parent's entities of `kind`. */
static const struct list *children(const struct head *parent, const struct kind *kind)
{
    for (size_t i = 0; i < parent->kind->n_fields; i++)
        if (parent->kind->fields[i].target == kind && parent->kind->fields[i].kind >= FIELD_LIST)
            return (const struct list *)((const char *)parent + parent->kind->fields[i].offset);
    return NULL;
}

static const struct list *documents(const struct model *model, const struct kind *kind)
{
    return (const struct list *)((const char *)&model->all + kind->list);
}

struct names {
    VEC(const char *) v;
};

static void add_names(struct arena *arena, struct names *names, const struct list *list)
{
    for (size_t i = 0; list && i < list->n; i++)
        vec_push(arena, &names->v, entity_name(((const struct head *const *)list->v)[i])->s);
}

/* The names of all entities of a kind whose names are unique in the ecosystem. */
static void all_names(const struct loader *loader, const struct kind *kind, struct names *names)
{
    if (kind->word) {
        add_names(loader->document, names, documents(loader->model, kind));
        return;
    }
    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        const struct list *list = documents(loader->model, model_kinds[i]);

        for (size_t k = 0; k < list->n; k++)
            add_names(loader->document, names,
                      children(((const struct head *const *)list->v)[k], kind));
    }
}

/* Of the names, the nearest, with what stands around it in a whole one. */
static void suggest_name(struct loader *loader, struct diag *diag, const char *name,
                         const struct names *names, const char *before, const char *after)
{
    const char *near = text_nearest(name, names->v.v, names->v.n);

    if (near)
        diag_hint(loader->diags, diag, "did you mean `%s%s%s`?", before, near, after);
}

/* What else is called so: "a container"; or NULL. */
static const char *other_kind(const struct loader *loader, const char *name)
{
    for (size_t i = 0; i < model_n_kinds; i++)
        if (model_kinds[i]->identity == GLOBAL &&
            map_get(loader->model->by_name, name, model_kinds[i]))
            return kind_article(loader->document, model_kinds[i]);
    return NULL;
}

/* Reports that no `kind` has this name; `after` is what follows it in the reference. */
static void not_found(struct resolver *resolver, const struct pending_ref *pending,
                      const struct kind *kind, const char *name, const char *after)
{
    struct loader *loader = resolver->loader;
    const char *other = other_kind(loader, name);
    struct names names = {0};

    if (was_lost(loader, name))
        return;
    if (other) {
        complain(loader, pending->head, "unknown-reference", pending->ref->at, "`%s` is %s, not %s",
                 name, other, kind_article(loader->document, kind));
        return;
    }
    struct diag *diag = complain(loader, pending->head, "unknown-reference", pending->ref->at,
                                 "no %s is named `%s`", kind_words(loader->document, kind), name);
    if (!may_search(resolver))
        return;
    all_names(loader, kind, &names);
    suggest_name(loader, diag, name, &names, "", after);
}

/* A name that should have been PARENT/NAME. */
static void not_scoped(struct resolver *resolver, const struct pending_ref *pending)
{
    struct loader *loader = resolver->loader;
    const struct kind *kind = pending->field->target;
    const struct list *parents = documents(loader->model, kind->parent);
    const char *name = pending->ref->name;
    bool search = may_search(resolver);
    struct diag *diag =
        complain(loader, pending->head, "unknown-reference", pending->ref->at,
                 "`%s` does not say of which %s this %s is", name,
                 kind_words(loader->document, kind->parent), kind_words(loader->document, kind));

    for (size_t i = 0; search && i < parents->n; i++) {
        const char *parent = entity_name(((const struct head *const *)parents->v)[i])->s;

        if (model_find(loader->model, kind, ((const void *const *)parents->v)[i], name)) {
            diag_hint(loader->diags, diag, "did you mean `%s%c%s`?", parent, kind->separator, name);
            return;
        }
    }
    diag_hint(loader->diags, diag, "write %s%cNAME", kind->parent->id, kind->separator);
}

/* The entity `name` below `parent`; NULL, diagnosed. */
static void *find_below(struct resolver *resolver, const struct pending_ref *pending,
                        const struct head *parent, const char *name)
{
    struct loader *loader = resolver->loader;
    const struct kind *kind = pending->field->target;
    const char *interned = intern(loader->model->strings, name);
    void *found = model_find(loader->model, kind, parent, interned);
    const char *before = "";
    struct names names = {0};

    if (found || was_lost(loader, interned))
        return found;
    struct diag *diag =
        complain(loader, pending->head, "unknown-reference", pending->ref->at,
                 "%s `%s` has no %s `%s`", kind_words(loader->document, parent->kind),
                 entity_name(parent)->s, kind_words(loader->document, kind), name);
    if (!may_search(resolver))
        return NULL;
    if (!pending->field->scope)
        before = arena_printf(loader->document, "%s%c", entity_name(parent)->s, kind->separator);
    add_names(loader->document, &names, children(parent, kind));
    suggest_name(loader, diag, name, &names, before, "");
    return NULL;
}

/* PARENT/NAME. */
static void *find_scoped(struct resolver *resolver, const struct pending_ref *pending)
{
    struct loader *loader = resolver->loader;
    const struct kind *kind = pending->field->target;
    const char *name = pending->ref->name, *join = strchr(name, kind->separator);

    if (!join) {
        not_scoped(resolver, pending);
        return NULL;
    }
    const char *above = intern_n(loader->model->strings, name, (size_t)(join - name));
    const struct head *parent = model_find(loader->model, kind->parent, NULL, above);
    if (parent)
        return find_below(resolver, pending, parent, join + 1);
    not_found(resolver, pending, kind->parent, above, join);
    return NULL;
}

/* A name below the entity that the field `scope` refers to. */
static void *find_in(struct resolver *resolver, const struct pending_ref *pending)
{
    size_t hint = 0;
    const struct field *scope = field_find(pending->head->kind, pending->field->scope, &hint);
    const struct ref *parent = (const struct ref *)((const char *)pending->head + scope->offset);

    return parent->to ? find_below(resolver, pending, parent->to, pending->ref->name) : NULL;
}

void resolve_references(struct loader *loader)
{
    struct resolver resolver = {.loader = loader};

    for (size_t i = 0; i < loader->pending.n; i++) {
        const struct pending_ref *pending = &loader->pending.v[i];
        const struct kind *kind = pending->field->target;
        struct ref *ref = pending->ref;

        if (pending->field->scope)
            ref->to = find_in(&resolver, pending);
        else if (kind->identity == SCOPED)
            ref->to = find_scoped(&resolver, pending);
        else
            ref->to = model_find(loader->model, kind, NULL, ref->name);
        if (!ref->to && kind->identity == GLOBAL)
            not_found(&resolver, pending, kind, ref->name, "");
        arena_reset(loader->document);
    }
}
