/* JSON by jansson, as a tree. */
#include "internal.h"

#include <jansson.h>

static struct doc *convert(struct arena *arena, const json_t *json);

static struct doc *convert_object(struct arena *arena, const json_t *json)
{
    struct doc *map = doc_map(arena);
    json_t *object = (json_t *)(uintptr_t)json; /* jansson walks no const object */

    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        struct doc *value = convert(arena, json_object_iter_value(at));

        if (!value)
            return NULL;
        doc_set(map, arena_strdup(arena, json_object_iter_key(at)), value);
    }
    return map;
}

static struct doc *convert_array(struct arena *arena, const json_t *json)
{
    struct doc *list = doc_list(arena);

    for (size_t i = 0; i < json_array_size(json); i++) {
        struct doc *item = convert(arena, json_array_get(json, i));

        if (!item)
            return NULL;
        doc_add(list, item);
    }
    return list;
}

/* NULL: it holds a fraction. */
static struct doc *convert(struct arena *arena, const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return convert_object(arena, json);
    case JSON_ARRAY:
        return convert_array(arena, json);
    case JSON_STRING:
        return doc_string(arena,
                          arena_strndup(arena, json_string_value(json), json_string_length(json)));
    case JSON_INTEGER:
        return doc_int(arena, json_integer_value(json));
    case JSON_TRUE:
    case JSON_FALSE:
        return doc_bool(arena, json_is_true(json));
    case JSON_NULL:
        return doc_null(arena);
    case JSON_REAL:
        break;
    }
    return NULL;
}

struct doc *doc_read_json(struct arena *arena, const char *text, size_t length, const char **why)
{
    json_error_t error;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    struct doc *doc;

    if (!json) {
        *why = arena_printf(arena, "line %d, column %d: %s", error.line, error.column, error.text);
        return NULL;
    }
    doc = convert(arena, json);
    json_decref(json);
    if (!doc)
        *why = "it holds a number with a fraction";
    return doc;
}
