/* The JSON writer: jansson reads back the tree that was written. */
#include "hostile.h"

#include <jansson.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *what, const struct buf *text)
{
    if (!holds)
        fatal("%s in\n%s", what, text->data);
}

static void compare(const struct doc *doc, json_t *json, const struct buf *text);

static void compare_map(const struct doc *map, json_t *json, const struct buf *text)
{
    void *at = json_object_iter(json);

    expect(json_is_object(json), "no object", text);
    for (const struct doc *member = map->first; member != NULL; member = member->next) {
        expect(at != NULL, "a member is missing", text);
        expect(strcmp(json_object_iter_key(at), member->key) == 0, "another key", text);
        compare(member, json_object_iter_value(at), text);
        at = json_object_iter_next(json, at);
    }
    expect(at == NULL, "a member too many", text);
}

static void compare_list(const struct doc *list, json_t *json, const struct buf *text)
{
    size_t n = 0;

    expect(json_is_array(json), "no array", text);
    for (const struct doc *item = list->first; item != NULL; item = item->next)
        compare(item, json_array_get(json, n++), text);
    expect(json_array_size(json) == n, "items too many", text);
}

static void compare(const struct doc *doc, json_t *json, const struct buf *text)
{
    switch (doc->kind) {
    case DOC_NULL:
        expect(json_is_null(json), "no null", text);
        return;
    case DOC_BOOL:
        expect(json_is_boolean(json) && json_is_true(json) == doc->boolean, "no boolean", text);
        return;
    case DOC_INT:
        expect(json_is_integer(json) && json_integer_value(json) == doc->integer, "no integer",
               text);
        return;
    case DOC_STRING:
        expect(json_is_string(json) && strcmp(json_string_value(json), doc->string) == 0,
               "another string", text);
        return;
    case DOC_LIST:
        compare_list(doc, json, text);
        return;
    case DOC_MAP:
        compare_map(doc, json, text);
        return;
    default:
        fatal("a kind that JSON has not");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dice dice = dice_of_bytes(data, size);
    struct arena *arena = arena_new();
    const struct doc *tree = hostile_tree(arena, &dice, 6);
    struct buf text = {0};
    json_t *json;

    doc_write_json(&text, tree);
    json = json_loadb(text.data, text.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    expect(json != NULL, "jansson finds an error", &text);
    expect(text.data[text.len - 1] == '\n', "no line feed ends the text", &text);
    compare(tree, json, &text);
    json_decref(json);
    buf_free(&text);
    arena_free(arena);
    return 0;
}
