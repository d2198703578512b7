/*
 * writers SEED COUNT: writes COUNT hostile values in every format, each beside what it says as
 * JSON, which jansson writes. tests/suite/writers.py reads them again with parsers that are not
 * ours.
 *
 * A record is a line "NAME LENGTH", that many bytes, and a line feed.
 */
#include "dsc/sql.h"
#include "hostile.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 8 };

static void put_record(const char *name, const char *bytes, size_t length)
{
    printf("%s %zu\n", name, length);
    fwrite(bytes, 1, length, stdout);
    putchar('\n');
}

static void put_reference(const char *name, json_t *json)
{
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

    if (text == NULL)
        fatal("jansson cannot write a reference");
    put_record(name, text, strlen(text));
    free(text);
    json_decref(json);
}

static void put_written(const char *name, void (*write)(struct buf *, const struct doc *),
                        const struct doc *doc)
{
    struct buf out = {0};

    write(&out, doc);
    put_record(name, out.data != NULL ? out.data : "", out.len);
    buf_free(&out);
}

static json_t *json_of(const struct doc *doc)
{
    json_t *json;

    switch (doc->kind) {
    case DOC_NULL:
        return json_null();
    case DOC_BOOL:
        return json_boolean(doc->boolean);
    case DOC_INT:
        return json_integer(doc->integer);
    case DOC_MAP:
        json = json_object();
        for (const struct doc *member = doc->first; member != NULL; member = member->next)
            json_object_set_new(json, member->key, json_of(member));
        return json;
    case DOC_LIST:
        json = json_array();
        for (const struct doc *item = doc->first; item != NULL; item = item->next)
            json_array_append_new(json, json_of(item));
        return json;
    default:
        return json_string(doc->string);
    }
}

static json_t *json_of_block(const struct doc *block)
{
    json_t *attributes = json_object(), *blocks = json_array(), *labels = json_array();

    for (size_t i = 0; i < block->n_labels; i++)
        json_array_append_new(labels, json_string(block->labels[i]));
    for (const struct doc *member = block->first; member != NULL; member = member->next) {
        if (member->kind == DOC_BLOCK)
            json_array_append_new(blocks, json_of_block(member));
        else
            json_object_set_new(attributes, member->key, json_of(member));
    }
    return json_pack("{s:s, s:o, s:o, s:o}", "type", block->string, "labels", labels, "attributes",
                     attributes, "blocks", blocks);
}

static json_t *json_of_blocks(const struct doc *file)
{
    json_t *json = json_array();

    for (const struct doc *block = file->first; block != NULL; block = block->next)
        json_array_append_new(json, json_of_block(block));
    return json;
}

/* Text as such, code as {"code": …}. */
static json_t *json_of_cell(const struct doc *cell)
{
    if (cell == NULL)
        return json_string("");
    return cell->kind == DOC_TEXT ? json_pack("{s:s}", "code", cell->string) : json_of(cell);
}

static json_t *json_of_table(const struct doc *table)
{
    json_t *head = json_array(), *rows = json_array();

    for (const struct doc *column = table->first->first; column != NULL; column = column->next)
        json_array_append_new(head, json_string(column->key));
    for (const struct doc *row = table->first; row != NULL; row = row->next) {
        json_t *cells = json_array();

        for (const struct doc *column = table->first->first; column != NULL; column = column->next)
            json_array_append_new(cells, json_of_cell(doc_get(row, column->key)));
        json_array_append_new(rows, cells);
    }
    return json_pack("{s:o, s:o}", "head", head, "rows", rows);
}

static json_t *json_of_page(const struct doc *page)
{
    json_t *json = json_array();

    for (const struct doc *item = page->first; item != NULL; item = item->next) {
        if (item->kind == DOC_TEXT)
            json_array_append_new(json, json_pack("{s:s}", "code", item->string));
        else if (item->kind == DOC_LIST && item->first != NULL && item->first->kind == DOC_MAP)
            json_array_append_new(json, json_of_table(item));
        else
            json_array_append_new(json, json_of(item));
    }
    return json;
}

/* The longest start of `text` of at most 63 bytes, what PostgreSQL keeps of a name; never empty. */
static const char *name_of(struct arena *arena, const char *text)
{
    size_t length = 0, next;

    while (text[length] != '\0' && length + (next = utf8_length(text + length, 4)) <= 63)
        length += next;
    return length > 0 ? arena_strndup(arena, text, length) : "x";
}

/* A query whose columns are the texts, under their own names, between comments of them. */
static void put_sql(struct arena *arena, const char *const *texts)
{
    struct buf out = {0};

    for (int i = 0; i < TEXTS; i++) {
        sql_comment(&out, texts[i]);
        buf_puts(&out, i == 0 ? "SELECT " : ", ");
        sql_literal(&out, texts[i]);
        buf_puts(&out, " AS ");
        sql_identifier(&out, name_of(arena, texts[i]));
        buf_putc(&out, '\n');
    }
    buf_puts(&out, "FROM ");
    sql_qualified(&out, name_of(arena, texts[0]), name_of(arena, texts[1]));
    put_record("sql", out.data, out.len);
    buf_free(&out);
}

static void put_shell(const char *const *texts)
{
    struct buf out = {0};

    buf_puts(&out, "printf '%s\\0'");
    for (int i = 0; i < TEXTS; i++) {
        buf_putc(&out, ' ');
        doc_escape(&out, ESCAPE_SHELL, texts[i]);
    }
    put_record("shell", out.data, out.len);
    buf_free(&out);
}

/* Text where a template may have it: in a heading, beside words, in a list, at a line's beginning.
 */
static void put_template(struct arena *arena, const char *const *texts)
{
    struct doc *values = doc_map(arena);
    struct buf out = {0};
    const char *why;

    doc_set_string(arena, values, "a", texts[0]);
    doc_set_string(arena, values, "b", texts[1]);
    doc_set_string(arena, values, "c", texts[2]);
    doc_set(values, "d", doc_text(arena, NULL, texts[3]));
    if (!doc_template(arena, &out, "# @{a} \n\nx @{b} y\n\n- @{c}\n\n@{a}\n\n@@{ @{d} z\n",
                      ESCAPE_MARKDOWN, values, &why))
        fatal("the template is refused: %s", why);
    put_record("template", out.data, out.len);
    buf_free(&out);
}

static void put_texts(struct arena *arena, struct dice *dice)
{
    const char *texts[TEXTS];
    json_t *all = json_array(), *names = json_array();

    for (int i = 0; i < TEXTS; i++) {
        texts[i] = hostile_text(arena, dice);
        json_array_append_new(all, json_string(texts[i]));
        json_array_append_new(names, json_string(name_of(arena, texts[i])));
    }
    put_reference("texts", json_pack("{s:o, s:o}", "all", all, "names", names));
    put_sql(arena, texts);
    put_shell(texts);
    put_template(arena, texts);
}

static void put_case(struct arena *arena, struct dice *dice)
{
    const struct doc *tree = hostile_tree(arena, dice, 4);
    struct doc *documents = doc_list(arena);
    const struct doc *blocks = hostile_blocks(arena, dice), *page = hostile_page(arena, dice);

    put_reference("tree", json_of(tree));
    put_written("json", doc_write_json, tree);
    put_written("yaml", doc_write_yaml, tree);

    for (unsigned n = dice_roll(dice, 4); n > 0; n--)
        doc_add(documents, hostile_tree(arena, dice, 2));
    put_reference("documents", json_of(documents));
    put_written("yaml-documents", doc_write_yaml_documents, documents);

    put_reference("blocks", json_of_blocks(blocks));
    put_written("hcl", doc_write_hcl, blocks);

    put_reference("page", json_of_page(page));
    put_written("markdown", doc_write_markdown, page);

    put_texts(arena, dice);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct dice dice;

    if (argc != 3)
        fatal("usage: writers SEED COUNT");
    dice = dice_of_seed(strtoull(argv[1], NULL, 10));
    for (unsigned long n = strtoul(argv[2], NULL, 10); n > 0; n--) {
        put_case(arena, &dice);
        arena_reset(arena);
    }
    arena_free(arena);
    return 0;
}
