/* Reads a plan by the table, with jansson, which refuses what is no JSON, no UTF-8, holds NUL, says
 * a member twice or is nested too deeply. */
#include "internal.h"

#include <jansson.h>
#include <string.h>

/* Where in the plan something stands: a chain of members and indices, from the inside out. */
struct place {
    const struct place *in;

    const char *name; /* NULL: an item of an array */

    size_t index;
};

struct reader {
    struct arena *arena;

    const char **why;
};

static bool read_struct(struct reader *reader, const struct place *place, const struct shape *shape,
                        json_t *json, void *to);

static void put_place(struct buf *out, const struct place *place)
{
    if (!place)
        return;
    put_place(out, place->in);
    if (!place->name)
        buf_printf(out, "[%zu]", place->index);
    else
        buf_printf(out, "%s%s", out->len ? "." : "", place->name);
}

PRINTF(3, 4)
static bool refuse(struct reader *reader, const struct place *place, const char *format, ...)
{
    struct buf text = {0};
    va_list arguments;

    put_place(&text, place);
    if (!text.len)
        buf_puts(&text, "the plan");
    buf_putc(&text, ' ');
    va_start(arguments, format);
    buf_vprintf(&text, format, arguments);
    va_end(arguments);
    *reader->why = arena_strdup(reader->arena, text.data);
    buf_free(&text);
    return false;
}

/* Words for what `json` is; NULL: it is absent. */
static const char *type_of(const json_t *json)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array",
        [JSON_STRING] = "a string",  [JSON_INTEGER] = "a whole number",
        [JSON_REAL] = "a fraction",  [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };

    return json ? names[json_typeof(json)] : "absent";
}

static bool read_string(struct reader *reader, const struct place *place, json_t *json,
                        const char **to)
{
    if (!json_is_string(json))
        return refuse(reader, place, "must be a string, and is %s", type_of(json));
    *to = arena_strndup(reader->arena, json_string_value(json), json_string_length(json));
    return true;
}

static bool read_int(struct reader *reader, const struct place *place, int64_t minimum,
                     json_t *json, int64_t *to)
{
    if (!json_is_integer(json))
        return refuse(reader, place, "must be a whole number, and is %s", type_of(json));
    *to = json_integer_value(json);
    if (*to < minimum)
        return refuse(reader, place, "must be at least %lld, and is %lld", (long long)minimum,
                      (long long)*to);
    return true;
}

static bool read_word(struct reader *reader, const struct place *place, const struct words *words,
                      json_t *json, void *to)
{
    struct buf list = {0};

    for (unsigned word = 0; word < words->n; word++) {
        if (json_is_string(json) && strcmp(json_string_value(json), words->v[word]) == 0) {
            memcpy(to, &word, sizeof(word));
            buf_free(&list);
            return true;
        }
        buf_printf(&list, "%s%s", word ? ", " : "", words->v[word]);
    }
    if (json_is_string(json))
        refuse(reader, place, "must be one of %s, and is \"%s\"", list.data,
               json_string_value(json));
    else
        refuse(reader, place, "must be one of %s, and is %s", list.data, type_of(json));
    buf_free(&list);
    return false;
}

/* The items of an array, zeroed, with their number in *n; NULL: refused. */
static void *new_items(struct reader *reader, const struct place *place, json_t *json, size_t size,
                       size_t *n)
{
    if (!json_is_array(json)) {
        refuse(reader, place, "must be an array, and is %s", type_of(json));
        return NULL;
    }
    *n = json_array_size(json);
    return arena_alloc(reader->arena, *n * size);
}

static bool read_structs(struct reader *reader, const struct place *place,
                         const struct member *member, json_t *json, char *into)
{
    size_t n;
    char *items = new_items(reader, place, json, member->shape->size, &n);

    for (size_t i = 0; items && i < n; i++) {
        struct place item = {place, NULL, i};

        if (!read_struct(reader, &item, member->shape, json_array_get(json, i),
                         items + i * member->shape->size))
            return false;
    }
    *(void **)(into + member->offset) = items;
    *(size_t *)(into + member->count_offset) = items ? n : 0;
    return items != NULL;
}

static bool read_strings(struct reader *reader, const struct place *place,
                         const struct member *member, json_t *json, char *into)
{
    size_t n;
    const char **items = new_items(reader, place, json, sizeof(*items), &n);

    for (size_t i = 0; items && i < n; i++) {
        struct place item = {place, NULL, i};

        if (!read_string(reader, &item, json_array_get(json, i), &items[i]))
            return false;
    }
    *(const char ***)(into + member->offset) = items;
    *(size_t *)(into + member->count_offset) = items ? n : 0;
    return items != NULL;
}

static bool read_member(struct reader *reader, const struct place *place,
                        const struct member *member, json_t *json, char *into)
{
    char *at = into + member->offset;

    if (member->nullable && (!json || json_is_null(json)))
        return true;
    switch (member->kind) {
    case MEMBER_STRING:
        return read_string(reader, place, json, (const char **)at);
    case MEMBER_INT:
        return read_int(reader, place, member->minimum, json, (int64_t *)at);
    case MEMBER_BOOL:
        if (!json_is_boolean(json))
            return refuse(reader, place, "must be true or false, and is %s", type_of(json));
        *(bool *)at = json_is_true(json);
        return true;
    case MEMBER_WORD:
        return read_word(reader, place, member->words, json, at);
    case MEMBER_STRUCT:
        if (member->nullable)
            at = *(void **)at = arena_alloc(reader->arena, member->shape->size);
        return read_struct(reader, place, member->shape, json, at);
    case MEMBER_STRUCTS:
        return read_structs(reader, place, member, json, into);
    case MEMBER_STRINGS:
        break;
    }
    return read_strings(reader, place, member, json, into);
}

static bool is_member(const struct shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->n_members; i++) {
        if (strcmp(shape->members[i].name, name) == 0)
            return true;
    }
    return false;
}

static bool refuse_unknown(struct reader *reader, const struct place *place,
                           const struct shape *shape, const char *name)
{
    const char **names = arena_alloc(reader->arena, shape->n_members * sizeof(*names));
    struct place unknown = {place, name, 0};

    for (size_t i = 0; i < shape->n_members; i++)
        names[i] = shape->members[i].name;
    const char *near = text_nearest(name, names, shape->n_members);
    if (near)
        return refuse(reader, &unknown, "is unknown; did you mean %s?", near);
    return refuse(reader, &unknown, "is unknown");
}

static bool read_struct(struct reader *reader, const struct place *place, const struct shape *shape,
                        json_t *json, void *to)
{
    const char *name;
    json_t *value;

    if (!json_is_object(json))
        return refuse(reader, place, "must be an object, and is %s", type_of(json));
    json_object_foreach(json, name, value)
    {
        if (!is_member(shape, name))
            return refuse_unknown(reader, place, shape, name);
    }
    for (size_t i = 0; i < shape->n_members; i++) {
        struct place member = {place, shape->members[i].name, 0};

        value = json_object_get(json, member.name);
        if (!read_member(reader, &member, &shape->members[i], value, to))
            return false;
    }
    return true;
}

static size_t key_length(const struct plan_dataset *dataset)
{
    size_t length = 0;

    for (size_t i = 0; i < dataset->n_columns; i++)
        length += dataset->columns[i].key > 0;
    return length;
}

bool plan_is_keyless(const struct plan_dataset *dataset)
{
    return key_length(dataset) == 0;
}

static bool check_key(struct reader *reader, const struct place *place,
                      const struct plan_dataset *dataset)
{
    size_t length = key_length(dataset);
    bool *taken = arena_alloc(reader->arena, length + 1);

    for (size_t i = 0; i < dataset->n_columns; i++) {
        size_t key = (size_t)dataset->columns[i].key;

        if (key > length || (key && taken[key])) {
            struct place columns = {place, "columns", 0}, column = {&columns, NULL, i};
            struct place member = {&column, "key", 0};

            return refuse(reader, &member,
                          "is %zu, but the places in the key must go from 1 to %zu, each once", key,
                          length);
        }
        taken[key] = true;
    }
    return true;
}

static bool check_views(struct reader *reader, const struct place *place,
                        const struct plan_dataset *dataset)
{
    for (size_t i = 0; i < dataset->n_views; i++) {
        bool history = dataset->views[i].shows == PLAN_SHOWS_HISTORY;

        if (history ? dataset->history : dataset->live)
            continue;
        struct place views = {place, "views", 0}, view = {&views, NULL, i};
        struct place member = {&view, "shows", 0};
        return refuse(reader, &member, "is %s, which the dataset does not keep",
                      history ? "history" : "live");
    }
    return true;
}

static bool check_datasets(struct reader *reader, const struct plan *plan)
{
    struct place datasets = {NULL, "datasets", 0};

    for (size_t i = 0; i < plan->n_datasets; i++) {
        const struct plan_dataset *dataset = &plan->datasets[i];
        struct place place = {&datasets, NULL, i};

        if (!check_key(reader, &place, dataset) || !check_views(reader, &place, dataset))
            return false;
    }
    return true;
}

/* Before all else: a newer plan may have members that are unknown here. */
static bool check_format(struct reader *reader, const json_t *json)
{
    const json_t *format = json_object_get(json, "format");

    if (!json_is_integer(format) || json_integer_value(format) <= PLAN_FORMAT)
        return true;
    return refuse(reader, NULL,
                  "is of format %lld, made by a newer dsc; this one reads formats up to %d: "
                  "use the dsc that rendered it, or a later one",
                  (long long)json_integer_value(format), PLAN_FORMAT);
}

struct plan *plan_read(struct arena *arena, const char *json, size_t length, const char **why)
{
    struct reader reader = {arena, why};
    struct plan *plan = ARENA_NEW(arena, struct plan);
    json_error_t error;
    json_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
    bool good = false;

    if (root)
        good = check_format(&reader, root) && read_struct(&reader, NULL, &plan_shape, root, plan) &&
               check_datasets(&reader, plan);
    else
        refuse(&reader, NULL, "is no JSON: line %d, column %d: %s", error.line, error.column,
               error.text);
    json_decref(root);
    return good ? plan : NULL;
}
