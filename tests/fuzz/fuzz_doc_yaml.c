/*
 * The YAML writer: libyaml reads back the trees that were written, one a document. It tells how a
 * scalar was written, not what it means, so that plain ones are held to the patterns of the
 * versions.
 */
#include "hostile.h"

#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reading {
    const struct buf *text;

    yaml_document_t document;

    regex_t meaning; /* of a plain scalar that is no string */
};

static void expect(bool holds, const char *what, const struct reading *reading)
{
    if (!holds)
        fatal("%s in\n%s", what, reading->text->data);
}

/* The patterns of YAML 1.1's types (yaml.org/type) and 1.2's core schema (10.3.2). */
static void compile_meaning(regex_t *meaning)
{
    static const char pattern[] =
        "^(|~|null|true|false|yes|no|on|off|y|n|=|<<"
        "|[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*)"
        "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
        "|[-+]?([0-9][0-9_]*)?\\.[0-9._]*(e[-+]?[0-9]+)?|[-+]?[0-9][0-9_]*e[-+]?[0-9]+"
        "|[-+]?\\.(inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?)$";

    if (regcomp(meaning, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB) != 0)
        fatal("the pattern of plain scalars is wrong");
}

static void compare_text(const char *said, const yaml_node_t *node, const struct reading *reading)
{
    const char *read = (const char *)node->data.scalar.value;

    expect(node->type == YAML_SCALAR_NODE, "no scalar", reading);
    expect(strlen(read) == node->data.scalar.length && strcmp(read, said) == 0, "another string",
           reading);
    if (node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        expect(regexec(&reading->meaning, said, 0, NULL, 0) == REG_NOMATCH,
               "a string without quotes", reading);
}

static void compare_plain(const char *said, const yaml_node_t *node, const struct reading *reading)
{
    expect(node->type == YAML_SCALAR_NODE && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
               strcmp((const char *)node->data.scalar.value, said) == 0,
           "another scalar", reading);
}

static void compare(const struct doc *doc, int node, struct reading *reading);

static void compare_list(const struct doc *list, const yaml_node_t *node, struct reading *reading)
{
    const yaml_node_item_t *at = node->data.sequence.items.start;

    expect(node->type == YAML_SEQUENCE_NODE, "no sequence", reading);
    for (const struct doc *item = list->first; item != NULL; item = item->next) {
        expect(at < node->data.sequence.items.top, "an item is missing", reading);
        compare(item, *at++, reading);
    }
    expect(at == node->data.sequence.items.top, "an item too many", reading);
}

static void compare_map(const struct doc *map, const yaml_node_t *node, struct reading *reading)
{
    const yaml_node_pair_t *at = node->data.mapping.pairs.start;

    expect(node->type == YAML_MAPPING_NODE, "no mapping", reading);
    for (const struct doc *member = map->first; member != NULL; member = member->next) {
        expect(at < node->data.mapping.pairs.top, "a member is missing", reading);
        compare_text(member->key, yaml_document_get_node(&reading->document, at->key), reading);
        compare(member, at->value, reading);
        at++;
    }
    expect(at == node->data.mapping.pairs.top, "a member too many", reading);
}

static void compare(const struct doc *doc, int index, struct reading *reading)
{
    const yaml_node_t *node = yaml_document_get_node(&reading->document, index);
    char digits[24];

    switch (doc->kind) {
    case DOC_NULL:
        compare_plain("null", node, reading);
        return;
    case DOC_BOOL:
        compare_plain(doc->boolean ? "true" : "false", node, reading);
        return;
    case DOC_INT:
        snprintf(digits, sizeof(digits), "%" PRId64, doc->integer);
        compare_plain(digits, node, reading);
        return;
    case DOC_STRING:
        compare_text(doc->string, node, reading);
        return;
    case DOC_LIST:
        compare_list(doc, node, reading);
        return;
    case DOC_MAP:
        compare_map(doc, node, reading);
        return;
    default:
        fatal("a kind that YAML has not");
    }
}

static void read_back(const struct doc *documents, const struct buf *text)
{
    struct reading reading = {.text = text};
    yaml_parser_t parser;

    compile_meaning(&reading.meaning);
    if (!yaml_parser_initialize(&parser))
        fatal("no memory for libyaml");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text->data, text->len);
    for (const struct doc *document = documents->first; document != NULL;
         document = document->next) {
        expect(yaml_parser_load(&parser, &reading.document), parser.problem, &reading);
        compare(document, 1, &reading);
        yaml_document_delete(&reading.document);
    }
    expect(yaml_parser_load(&parser, &reading.document), parser.problem, &reading);
    expect(yaml_document_get_root_node(&reading.document) == NULL, "a document too many", &reading);
    yaml_document_delete(&reading.document);
    yaml_parser_delete(&parser);
    regfree(&reading.meaning);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dice dice = dice_of_bytes(data, size);
    struct arena *arena = arena_new();
    struct doc *documents = doc_list(arena);
    struct buf text = {0};

    doc_add(documents, hostile_tree(arena, &dice, 6));
    while (dice.left > 0)
        doc_add(documents, hostile_tree(arena, &dice, 4));
    doc_write_yaml_documents(&text, documents);
    read_back(documents, &text);
    buf_free(&text);
    arena_free(arena);
    return 0;
}
