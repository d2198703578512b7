#include "random_model.h"

#include <string.h>

/* So many documents of each kind, named e0, e1 …; below each so many of what is scoped, s0, s1 ….
 */
enum { DOCUMENTS = 3, CHILDREN = 2 };

struct maker {
    struct arena *arena;

    struct dice *dice;

    unsigned index; /* of the document that is being made */
};

static unsigned roll(struct maker *maker, unsigned sides)
{
    return dice_roll(maker->dice, sides);
}

static const char *pick(struct maker *maker, const char *const *words, size_t n)
{
    return words[roll(maker, (unsigned)n)];
}

static struct doc *entity(struct maker *maker, const struct kind *kind, bool named_by_key);

static bool named_by_key(const struct kind *kind)
{
    return kind->identity == LOCAL || kind->identity == SCOPED;
}

/* A text that YAML readers of some version take for something else, or any other. */
static const char *any_text(struct maker *maker)
{
    return hostile_text(maker->arena, maker->dice);
}

/* The name of something that exists. What must be there refers to the documents of the same index,
 * so that no two documents say the same. */
static const char *reference(struct maker *maker, const struct field *field)
{
    unsigned document = field->need == REQ ? maker->index : roll(maker, DOCUMENTS);
    unsigned child = roll(maker, CHILDREN);

    if (field->scope)
        return arena_printf(maker->arena, "s%u", child);
    if (field->target == &kind_location)
        return arena_printf(maker->arena, "e%u/l%u", document, child);
    if (field->target->identity == SCOPED)
        return arena_printf(maker->arena, "e%u%cs%u", document, field->target->separator, child);
    return arena_printf(maker->arena, "e%u", document);
}

static struct doc *word(struct maker *maker, const struct words *words)
{
    return doc_string(maker->arena, words->v[roll(maker, (unsigned)words->n)].word);
}

static const char *type(struct maker *maker)
{
    static const char *const types[] = {
        "bigint",
        "Character  Varying (20)",
        "numeric(18, 4)",
        "decimal",
        "timestamp(3) with time zone",
        "time",
        "int[][]",
        "array<struct<a int, \"b c\": text>>",
        "map<text, array<double precision>>",
        "enum(app.mood)",
        "geography(point)",
        "vector(3)",
        "unsigned bigint",
    };

    return pick(maker, types, COUNT(types));
}

static struct doc *column_line(struct maker *maker)
{
    static const char *const clauses[] = {
        "",
        " not null",
        " NULL",
        " Primary Key",
        " default 'a  b' || \"c\" not null",
        " default null",
        " primary key default nextval('s') not null",
    };

    return doc_printf(maker->arena, "%s%s", type(maker), pick(maker, clauses, COUNT(clauses)));
}

static struct doc *scalar(struct maker *maker, const struct field *field)
{
    static const char *const durations[] = {"0s", "90s", "5m", "4h", "30d", "12w", "5y"};
    static const char *const quantities[] = {"500m", "2", "1.5", "512Mi", "100Gi", "1e3", ".5"};

    switch (field->kind) {
    case FIELD_NAME:
        return doc_printf(maker->arena, "n%u", roll(maker, 256));
    case FIELD_NUMBER:
        return doc_int(maker->arena, (int64_t)roll(maker, 256) * roll(maker, 256) - 9);
    case FIELD_FLAG:
        return doc_bool(maker->arena, roll(maker, 2));
    case FIELD_DURATION:
        return doc_string(maker->arena, pick(maker, durations, COUNT(durations)));
    case FIELD_QUANTITY:
        return doc_string(maker->arena, pick(maker, quantities, COUNT(quantities)));
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        return word(maker, field->words);
    case FIELD_TYPE:
        return doc_string(maker->arena, type(maker));
    case FIELD_REF:
    case FIELD_REFS:
        return doc_string(maker->arena, reference(maker, field));
    default:
        return doc_string(maker->arena, any_text(maker));
    }
}

static struct doc *scalars(struct maker *maker, const struct field *field)
{
    struct doc *list = doc_list(maker->arena);

    if (roll(maker, 3) == 0)
        return scalar(maker, field);
    for (unsigned n = roll(maker, 4); n; n--)
        doc_add(list, scalar(maker, field));
    return list;
}

/* Alternately a list, a mapping to nothing, and a mapping to more. */
static struct doc *tree(struct maker *maker)
{
    struct doc *map = doc_map(maker->arena), *below = doc_list(maker->arena);

    doc_set(map, "l0", doc_null(maker->arena));
    doc_add_string(maker->arena, below, "no");
    doc_add_string(maker->arena, below, arena_printf(maker->arena, "x%u-y z", roll(maker, 9)));
    doc_set(map, "l1", below);
    doc_set(map, "l1-a", doc_string(maker->arena, "1e3"));
    return map;
}

/* The `i`th name of a mapping. Keys of more than 1,024 bytes are not in the language. */
static const char *key(struct maker *maker, const struct kind *kind, unsigned i)
{
    const char *text;

    if (kind->identity == SCOPED)
        return arena_printf(maker->arena, "s%u", i);
    if (kind->fields[0].kind == FIELD_NAME)
        return arena_printf(maker->arena, "n%u_%u", roll(maker, 9), i);
    text = any_text(maker);
    return arena_printf(maker->arena, "%s%u", strlen(text) < 200 ? text : "", i);
}

static struct doc *entities(struct maker *maker, const struct field *field)
{
    const struct kind *kind = field->target;
    bool by_name = field->kind == FIELD_MAP;
    struct doc *doc = by_name ? doc_map(maker->arena) : doc_list(maker->arena);
    unsigned n = kind->identity == SCOPED ? CHILDREN : roll(maker, 4);

    for (unsigned i = 0; i < n; i++) {
        if (by_name)
            doc_set(doc, key(maker, kind, i), entity(maker, kind, true));
        else
            doc_add(doc, entity(maker, kind, false));
    }
    return doc;
}

static struct doc *value(struct maker *maker, const struct field *field)
{
    switch (field->kind) {
    case FIELD_CHOICES:
    case FIELD_REFS:
    case FIELD_TEXTS:
        return scalars(maker, field);
    case FIELD_ONE:
        return entity(maker, field->target, false);
    case FIELD_LIST:
    case FIELD_MAP:
        return entities(maker, field);
    case FIELD_TREE:
        return tree(maker);
    default:
        return scalar(maker, field);
    }
}

/* Whether the field is written. One way of capturing is, and all that is referred to; a key of
 * columns would have to name them. */
static bool is_written(struct maker *maker, const struct kind *kind, const struct field *field,
                       unsigned chosen)
{
    if (kind == &kind_capture)
        return field == &kind->fields[chosen];
    if (kind == &kind_dataset && strcmp(field->key, "primary_key") == 0)
        return false;
    return field->need != OPT || (field->kind == FIELD_MAP && field->target->identity == SCOPED) ||
           roll(maker, 2);
}

static struct doc *entity(struct maker *maker, const struct kind *kind, bool named)
{
    struct doc *map = doc_map(maker->arena);
    unsigned chosen = roll(maker, (unsigned)kind->n_fields);

    for (size_t i = named && named_by_key(kind); i < kind->n_fields; i++) {
        const struct field *field = &kind->fields[i];

        if (field->need == SHORT && roll(maker, 2))
            return field->kind == FIELD_TYPE ? column_line(maker) : value(maker, field);
        if (is_written(maker, kind, field, chosen))
            doc_set(map, field->key, value(maker, field));
    }
    return map;
}

static struct doc *document(struct maker *maker, const struct kind *kind)
{
    struct doc *map = doc_map(maker->arena);
    bool has_name = kind->identity == GLOBAL;

    doc_set_string(maker->arena, map, "kind", kind->word);
    if (has_name)
        doc_set(map, "name", doc_printf(maker->arena, "e%u", maker->index));
    for (size_t i = has_name; i < kind->n_fields; i++)
        if (is_written(maker, kind, &kind->fields[i], 0))
            doc_set(map, kind->fields[i].key, value(maker, &kind->fields[i]));
    return map;
}

struct doc *random_model(struct arena *arena, struct dice *dice)
{
    struct maker maker = {.arena = arena, .dice = dice};
    struct doc *documents = doc_list(arena);

    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++)
        for (maker.index = 0; maker.index < DOCUMENTS; maker.index++)
            doc_add(documents, document(&maker, model_kinds[i]));
    return documents;
}
