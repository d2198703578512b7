/* What is checked of a map once it is complete: its keys, and values that a comma has cut. */
#include "internal.h"

#include <string.h>

enum {
    FEW_PAIRS = 16
}; /* up to here, comparing all keys with all others costs less than a table */

static bool is_missing(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && node->plain && node->length == 0;
}

/* Brackets (as in numeric(18,4) and map<text,text>) that a text opens less those it closes. */
static long open_brackets(const struct yaml_node *node)
{
    long open = 0;

    for (const char *at = node->text; *at; at++)
        open += (*at == '(' || *at == '<') - (*at == ')' || *at == '>');
    return open;
}

/* If `value` opens a bracket which a bare key behind it closes, returns that key. */
static struct yaml_node *find_cut_end(const struct yaml_node *value)
{
    if (value->kind != YAML_SCALAR || !value->plain)
        return NULL;
    long open = open_brackets(value);
    for (struct yaml_node *key = value->next; open > 0 && key; key = key->next->next) {
        if (key->kind != YAML_SCALAR || !key->plain || !is_missing(key->next))
            return NULL;
        open += open_brackets(key);
        if (open <= 0)
            return key;
    }
    return NULL;
}

/* Joins `value` with the keys up to `end`, and takes them out of the map. */
static void join_cut_value(struct arena *arena, struct yaml_node *value, struct yaml_node *end)
{
    struct yaml_node *after = end->next->next;
    size_t length = value->length;

    for (struct yaml_node *key = value->next; key != after; key = key->next->next)
        length += 1 + key->length;
    char *text = arena_alloc(arena, length + 1), *at = text;
    memcpy(at, value->text, value->length);
    at += value->length;
    for (struct yaml_node *key = value->next; key != after; key = key->next->next) {
        *at++ = ',';
        memcpy(at, key->text, key->length);
        at += key->length;
    }
    if (end->span.line == value->span.line)
        value->span.len = (uint16_t)(end->span.col - value->span.col + end->span.len);
    value->text = text;
    value->length = (uint32_t)length;
    value->next = after;
}

/* {type: numeric(18,4)} is `type: numeric(18` and a key `4)` to YAML. */
static void mend_cut_values(struct yaml_reader *reader, struct arena *arena, struct yaml_node *map)
{
    for (struct yaml_node *key = map->first; key; key = key->next->next) {
        struct yaml_node *value = key->next;
        struct yaml_node *end = find_cut_end(value);

        if (!end)
            continue;
        join_cut_value(arena, value, end);
        struct diag *diag =
            refuse(reader, "yaml-flow-comma", value->span, NULL,
                   "inside { } a comma ends the value, also between parentheses and < >");
        if (diag)
            diag_hint(reader->diags, diag, "write \"%s\" in quotes", value->text);
    }
}

/* The keys of one map that were seen; the tables are made only for large maps. */
struct seen {
    const struct yaml_node *map;

    struct strings *strings;

    struct map *nodes;
};

/* The key before `key` with the same text, or NULL. */
static const struct yaml_node *find_earlier(const struct seen *seen, struct yaml_node *key)
{
    if (seen->strings)
        return map_add(seen->nodes, intern_n(seen->strings, key->text, key->length), NULL, key);
    for (const struct yaml_node *other = seen->map->first; other != key;
         other = other->next->next) {
        if (other->length == key->length && memcmp(other->text, key->text, key->length) == 0)
            return other;
    }
    return NULL;
}

static bool check_key(struct yaml_reader *reader, const struct seen *seen, struct yaml_node *key)
{
    if (key->kind != YAML_SCALAR) {
        refuse(reader, "yaml-key", key->span,
               "quote a key that begins with a bracket or holds `- `", "a key must be a text");
        return false;
    }
    if (key->length == 0) {
        refuse(reader, "yaml-key", key->span, "write `key: value`", "the key is empty");
        return false;
    }
    if (key->plain && strcmp(key->text, "<<") == 0) {
        refuse(reader, "yaml-anchor", key->span, "write the keys out",
               "merge keys are not part of the language");
        return false;
    }
    const struct yaml_node *earlier = find_earlier(seen, key);
    if (!earlier)
        return true;
    struct diag *diag = refuse(reader, "duplicate-key", key->span, "keep one of the two",
                               "`%s` is given twice", key->text);
    if (diag)
        diag_relate(reader->diags, diag, earlier->span, "first given here");
    return false;
}

void finish_map(struct yaml_reader *reader, struct arena *arena, struct yaml_node *map, bool flow)
{
    struct seen seen = {.map = map};

    if (flow)
        mend_cut_values(reader, arena, map);
    if (map->length > 2 * FEW_PAIRS) {
        seen.strings = strings_new(reader->scratch);
        seen.nodes = map_new(reader->scratch);
    }
    map->length = 0;
    for (struct yaml_node **at = &map->first; *at;) {
        struct yaml_node *key = *at, *value = key->next;

        if (check_key(reader, &seen, key)) {
            at = &value->next;
            map->length++;
        } else {
            *at = value->next;
        }
    }
    if (seen.strings)
        arena_reset(reader->scratch);
}
