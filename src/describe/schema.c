/* The language as a JSON Schema (draft 7, which editors know best). What it accepts, dsc may still
 * refuse: references, for one, are no business of a schema. */
#include "internal.h"

#include <string.h>

#define IDENTIFIER "^[A-Za-z_][A-Za-z0-9_]*$"
#define DURATION   "^(0|[1-9][0-9]*)[smhdwy]$"
#define QUANTITY   "^([0-9]+[.]?[0-9]*|[.][0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$"

bool named_by_key(const struct kind *kind)
{
    return kind->identity == LOCAL || kind->identity == SCOPED;
}

const struct field *short_form(const struct kind *kind)
{
    for (size_t i = 0; i < kind->n_fields; i++)
        if (kind->fields[i].need == SHORT)
            return &kind->fields[i];
    return NULL;
}

static struct doc *typed(struct arena *arena, const char *type)
{
    struct doc *schema = doc_map(arena);

    doc_set_string(arena, schema, "type", type);
    return schema;
}

static struct doc *pattern(struct arena *arena, const char *regex)
{
    struct doc *schema = typed(arena, "string");

    doc_set_string(arena, schema, "pattern", regex);
    return schema;
}

/* Any scalar: what YAML takes for a number or a truth value is a text to dsc where it wants one. */
static struct doc *scalar(struct arena *arena)
{
    struct doc *schema = doc_map(arena), *types = doc_set(schema, "type", doc_list(arena));

    doc_add_string(arena, types, "string");
    doc_add_string(arena, types, "number");
    doc_add_string(arena, types, "boolean");
    return schema;
}

static struct doc *any_of(struct arena *arena, struct doc *a, struct doc *b)
{
    struct doc *schema = doc_map(arena), *list = doc_set(schema, "anyOf", doc_list(arena));

    doc_add(list, a);
    doc_add(list, b);
    return schema;
}

static struct doc *array_of(struct arena *arena, struct doc *items)
{
    struct doc *schema = typed(arena, "array");

    doc_set(schema, "items", items);
    return schema;
}

static struct doc *definition(struct arena *arena, const char *id)
{
    struct doc *schema = doc_map(arena);

    doc_set(schema, "$ref", doc_printf(arena, "#/definitions/%s", id));
    return schema;
}

static struct doc *one_word(struct arena *arena, const struct words *words)
{
    struct doc *schema = doc_map(arena);
    struct doc *values = doc_set(schema, "enum", doc_list(arena));
    struct doc *meanings = doc_set(schema, "enumDescriptions", doc_list(arena));

    for (size_t i = 0; i < words->n; i++) {
        doc_add_string(arena, values, words->v[i].word);
        doc_add_string(arena, meanings, words->v[i].meaning);
    }
    return schema;
}

static struct doc *map_of(struct arena *arena, const struct kind *kind)
{
    struct doc *schema = typed(arena, "object");

    if (kind->fields[0].kind == FIELD_NAME)
        doc_set(schema, "propertyNames", pattern(arena, IDENTIFIER));
    doc_set(schema, "additionalProperties", definition(arena, kind->id));
    return schema;
}

static struct doc *value_schema(struct arena *arena, const struct field *field)
{
    switch (field->kind) {
    case FIELD_NUMBER:
        return typed(arena, "integer");
    case FIELD_FLAG:
        return typed(arena, "boolean");
    case FIELD_NAME:
        return any_of(arena, pattern(arena, IDENTIFIER), typed(arena, "boolean"));
    case FIELD_DURATION:
        return pattern(arena, DURATION);
    case FIELD_QUANTITY:
        return any_of(arena, pattern(arena, QUANTITY), typed(arena, "number"));
    case FIELD_CHOICE:
        return one_word(arena, field->words);
    case FIELD_CHOICES:
        return any_of(arena, one_word(arena, field->words),
                      array_of(arena, one_word(arena, field->words)));
    case FIELD_REFS:
    case FIELD_TEXTS:
        return any_of(arena, scalar(arena), array_of(arena, scalar(arena)));
    case FIELD_ONE:
        return definition(arena, field->target->id);
    case FIELD_LIST:
        return array_of(arena, definition(arena, field->target->id));
    case FIELD_MAP:
        return map_of(arena, field->target);
    case FIELD_TREE:
        return definition(arena, "tree");
    default:
        return scalar(arena);
    }
}

/* A field's schema with its documentation. `$ref` suffers nothing beside it, hence allOf. */
static struct doc *field_schema(struct arena *arena, const struct field *field)
{
    struct doc *value = value_schema(arena, field), *schema = value;

    if (doc_get(value, "$ref")) {
        schema = doc_map(arena);
        doc_add(doc_set(schema, "allOf", doc_list(arena)), value);
    }
    doc_set_string(arena, schema, "description", field->doc);
    if (field->fallback && field->kind != FIELD_NUMBER && field->kind != FIELD_FLAG)
        doc_set_string(arena, schema, "default", field->fallback);
    return schema;
}

static struct doc *mapping_schema(struct arena *arena, const struct kind *kind)
{
    struct doc *schema = typed(arena, "object"), *required = doc_list(arena);
    struct doc *properties;

    doc_set_string(arena, schema, "description", kind->doc);
    doc_set(schema, "additionalProperties", doc_bool(arena, false));
    properties = doc_set(schema, "properties", doc_map(arena));
    if (kind->word) {
        struct doc *word = doc_set(properties, "kind", doc_map(arena));

        doc_set_string(arena, word, "const", kind->word);
        doc_add_string(arena, required, "kind");
    }
    for (size_t i = named_by_key(kind); i < kind->n_fields; i++) {
        doc_set(properties, kind->fields[i].key, field_schema(arena, &kind->fields[i]));
        if (kind->fields[i].need != OPT)
            doc_add_string(arena, required, kind->fields[i].key);
    }
    if (required->first)
        doc_set(schema, "required", required);
    return schema;
}

/* A column's line: column.c of the model reads it. */
static struct doc *line_schema(struct arena *arena)
{
    struct doc *schema = typed(arena, "string");

    doc_set_string(arena, schema, "description",
                   "TYPE [not null] [null] [primary key] [default …], as SQL has it");
    doc_set_string(arena, schema, "pattern", "^\\s*[A-Za-z]");
    return schema;
}

static struct doc *kind_schema(struct arena *arena, const struct kind *kind)
{
    const struct field *in_short = short_form(kind);
    struct doc *mapping = mapping_schema(arena, kind);

    if (!in_short)
        return mapping;
    return any_of(arena,
                  in_short->kind == FIELD_TYPE ? line_schema(arena) : field_schema(arena, in_short),
                  mapping);
}

/* Nested names: a name, a list of them, or a mapping to what lies below each. */
static struct doc *tree_schema(struct arena *arena)
{
    struct doc *schema = doc_map(arena), *list = doc_set(schema, "anyOf", doc_list(arena));
    struct doc *map = typed(arena, "object");

    doc_add(list, scalar(arena));
    doc_add(list, typed(arena, "null"));
    doc_add(list, array_of(arena, definition(arena, "tree")));
    doc_set(map, "additionalProperties", definition(arena, "tree"));
    doc_add(list, map);
    return schema;
}

/* {if: {properties: {kind: {const: WORD}}}, then: …} for each kind of document. */
static struct doc *document_schema(struct arena *arena)
{
    struct doc *schema = typed(arena, "object"), *required, *words, *cases;

    required = doc_set(schema, "required", doc_list(arena));
    doc_add_string(arena, required, "kind");
    words = doc_set(doc_set(doc_set(schema, "properties", doc_map(arena)), "kind", doc_map(arena)),
                    "enum", doc_list(arena));
    cases = doc_set(schema, "allOf", doc_list(arena));
    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        const struct kind *kind = model_kinds[i];
        struct doc *one = doc_add(cases, doc_map(arena));
        struct doc *condition = doc_set(one, "if", doc_map(arena));

        doc_add_string(arena, words, kind->word);
        condition = doc_set(condition, "properties", doc_map(arena));
        condition = doc_set(condition, "kind", doc_map(arena));
        doc_set_string(arena, condition, "const", kind->word);
        doc_set(one, "then", definition(arena, kind->id));
    }
    return schema;
}

void describe_schema_json(struct buf *out)
{
    struct arena *arena = arena_new();
    struct doc *schema = doc_map(arena), *definitions, *condition;

    doc_set_string(arena, schema, "$schema", "http://json-schema.org/draft-07/schema#");
    doc_set_string(arena, schema, "title", "dsc model");
    doc_set_string(arena, schema, "description", "a document of a model, or dsc.yaml");
    /* No document has a key `language`, and dsc.yaml must have it. */
    condition = doc_set(schema, "if", doc_map(arena));
    doc_add_string(arena, doc_set(condition, "required", doc_list(arena)), "language");
    doc_set(schema, "then", definition(arena, kind_config.id));
    doc_set(schema, "else", document_schema(arena));
    definitions = doc_set(schema, "definitions", doc_map(arena));
    for (size_t i = 0; i < model_n_kinds; i++)
        doc_set(definitions, model_kinds[i]->id, kind_schema(arena, model_kinds[i]));
    doc_set(definitions, "tree", tree_schema(arena));
    doc_write_json(out, schema);
    arena_free(arena);
}
