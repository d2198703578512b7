/* doc: the tree, and what its writers make of small ones. tests/suite/writers.py does the rest. */
#include "dsc/doc.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int new_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* Writes `doc` and compares. */
static void assert_written(void (*write)(struct buf *, const struct doc *), const struct doc *doc,
                           const char *expected)
{
    struct buf out = {0};

    write(&out, doc);
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void members_keep_their_order(void **state)
{
    struct arena *arena = *state;
    struct doc *map = doc_map(arena);

    assert_null(doc_get(map, "b"));
    doc_set_string(arena, map, "b", "two");
    doc_set_int(arena, map, "a", 1);
    doc_set_bool(arena, map, "c", true);
    doc_set_string(arena, map, "n", NULL);
    assert_string_equal(map->first->key, "b");
    assert_int_equal(doc_get(map, "a")->integer, 1);
    assert_int_equal(doc_get(map, "n")->kind, DOC_NULL);
    assert_null(doc_get(map, "d"));
}

static void sorting_is_by_bytes(void **state)
{
    static const char *const keys[] = {"b", "a", "\u00e9", "B", "", "aa", "z"};
    static const char *const sorted[] = {"", "B", "a", "aa", "b", "z", "\u00e9"};
    struct arena *arena = *state;

    for (size_t n = 0; n <= COUNT(keys); n++) {
        struct doc *map = doc_map(arena);
        const struct doc *member;
        size_t found = 0;

        for (size_t i = 0; i < n; i++)
            doc_set_int(arena, map, keys[i], (int64_t)i);
        doc_sort(map);
        doc_set_int(arena, map, "last", 1);
        for (member = map->first; member->next != NULL; member = member->next) {
            assert_true(member->next == map->last || strcmp(member->key, member->next->key) < 0);
            assert_ptr_equal(doc_get(map, member->key), member);
            found++;
        }
        assert_int_equal(found, n);
        if (n == COUNT(keys)) {
            member = map->first;
            for (size_t i = 0; i < n; i++, member = member->next)
                assert_string_equal(member->key, sorted[i]);
        }
    }
}

static struct doc *sample(struct arena *arena)
{
    struct doc *map = doc_map(arena), *list, *inner;

    doc_set_string(arena, map, "name", "no");
    doc_set_int(arena, map, "port", INT64_MIN);
    doc_set_bool(arena, map, "on", false);
    doc_set(map, "nothing", doc_null(arena));
    doc_set(map, "empty", doc_map(arena));
    doc_set(map, "none", doc_list(arena));
    list = doc_set(map, "list", doc_list(arena));
    doc_add(list, doc_printf(arena, "%d\"", 12));
    inner = doc_add(list, doc_map(arena));
    doc_set_string(arena, inner, "a", "x\ty");
    doc_set_string(arena, inner, "text", "one\n two\n");
    inner = doc_add(list, doc_list(arena));
    doc_add_string(arena, inner, "caf\u00e9");
    doc_add_string(arena, inner, "\x1b[0m");
    return map;
}

static void json_is_indented(void **state)
{
    assert_written(doc_write_json, sample(*state),
                   "{\n"
                   "  \"name\": \"no\",\n"
                   "  \"port\": -9223372036854775808,\n"
                   "  \"on\": false,\n"
                   "  \"nothing\": null,\n"
                   "  \"empty\": {},\n"
                   "  \"none\": [],\n"
                   "  \"list\": [\n"
                   "    \"12\\\"\",\n"
                   "    {\n"
                   "      \"a\": \"x\\ty\",\n"
                   "      \"text\": \"one\\n two\\n\"\n"
                   "    },\n"
                   "    [\n"
                   "      \"caf\u00e9\",\n"
                   "      \"\\u001b[0m\"\n"
                   "    ]\n"
                   "  ]\n"
                   "}\n");
}

static void yaml_is_in_blocks(void **state)
{
    assert_written(doc_write_yaml, sample(*state),
                   "name: 'no'\n"
                   "port: -9223372036854775808\n"
                   "'on': false\n"
                   "nothing: null\n"
                   "empty: {}\n"
                   "none: []\n"
                   "list:\n"
                   "  - 12\"\n"
                   "  - a: \"x\\ty\"\n"
                   "    text: |\n"
                   "      one\n"
                   "       two\n"
                   "  - - caf\u00e9\n"
                   "    - \"\\x1b[0m\"\n");
}

static void yaml_documents_are_parted(void **state)
{
    struct arena *arena = *state;
    struct doc *list = doc_list(arena);

    doc_set_string(arena, doc_add(list, doc_map(arena)), "kind", "Service");
    doc_add_string(arena, list, "--- x");
    assert_written(doc_write_yaml_documents, list, "---\nkind: Service\n---\n'--- x'\n");
}

/* Where a text is neither plain nor changed. */
static void yaml_quotes_what_it_must(void **state)
{
    static const char *const cases[][2] = {
        {"plain text", "plain text"},
        {"a:b#c", "a:b#c"},
        {"-x", "-x"},
        {"--flag", "--flag"},
        {"10.1.2.0/24", "10.1.2.0/24"},
        {"5m", "5m"},
        {"100Gi", "100Gi"},
        {"", "''"},
        {" x", "' x'"},
        {"x ", "'x '"},
        {"Y", "'Y'"},
        {"nUll", "'nUll'"},
        {"=", "'='"},
        {"<<", "'<<'"},
        {"~", "'~'"},
        {"0123", "'0123'"},
        {"0o17", "'0o17'"},
        {"0xFF", "'0xFF'"},
        {"1_000", "'1_000'"},
        {"12:30:45", "'12:30:45'"},
        {"1e3", "'1e3'"},
        {".5", "'.5'"},
        {"-.Inf", "'-.Inf'"},
        {".nan", "'.nan'"},
        {"2026-01-01", "'2026-01-01'"},
        {"2026-01-01T00:00:00Z", "'2026-01-01T00:00:00Z'"},
        {"-", "'-'"},
        {"- x", "'- x'"},
        {"...", "'...'"},
        {"a: b", "'a: b'"},
        {"a:", "'a:'"},
        {"a #b", "'a #b'"},
        {"it's: ", "'it''s: '"},
        {"\"\\ \x7f", "\"\\\"\\\\ \\x7f\""},
        {"\xc2\x85\u2028\ufeff", "\"\\x85\\u2028\\ufeff\""},
        {"\U0001f600", "\U0001f600"},
        {"\n", "\"\\n\""},
        {"a\n", "|\n  a"},
        {"a\n\nb", "|-\n  a\n\n  b"},
        {"\n a\n\n", "|2+\n\n   a\n"},
        {"a\n\tb", "\"a\\n\\tb\""},
        {"a\n \nb", "\"a\\n \\nb\""},
        {"a\r\n", "\"a\\r\\n\""},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *expected = arena_printf(*state, "%s\n", cases[i][1]);

        assert_written(doc_write_yaml, doc_string(*state, cases[i][0]), expected);
    }
}

static void yaml_asks_for_a_long_key(void **state)
{
    struct arena *arena = *state;
    struct doc *map = doc_map(arena), *inner;
    char key[301];

    memset(key, 'k', 300);
    key[300] = '\0';
    inner = doc_set(map, key, doc_map(arena));
    doc_set_string(arena, inner, "a", "b");
    assert_written(doc_write_yaml, map, arena_printf(arena, "? %s\n:\n  a: b\n", key));
}

static void hcl_is_aligned(void **state)
{
    struct arena *arena = *state;
    struct doc *file = doc_list(arena), *block, *map, *list;

    block = doc_add(file, doc_block(arena, "resource", 2, (const char *[]){"kafka_topic", "a"}));
    doc_set_string(arena, block, "name", "a");
    doc_set_int(arena, block, "replication_factor", 3);
    map = doc_set(block, "config", doc_map(arena));
    doc_set_string(arena, map, "cleanup.policy", "${file:%{x}}");
    doc_set_string(arena, map, "retention", "\"1\\\n");
    doc_set(map, "for", doc_map(arena));
    doc_set_bool(arena, block, "a", true);
    list = doc_set(block, "depends_on", doc_list(arena));
    doc_add(list, doc_ref(arena, "kafka_topic.b"));
    map = doc_add(block, doc_block(arena, "lifecycle", 0, NULL));
    doc_set_bool(arena, map, "prevent_destroy", true);
    doc_add(file, doc_block(arena, "locals", 0, NULL));
    assert_written(doc_write_hcl, file,
                   "resource \"kafka_topic\" \"a\" {\n"
                   "  name               = \"a\"\n"
                   "  replication_factor = 3\n"
                   "  config = {\n"
                   "    \"cleanup.policy\" = \"$${file:%%{x}}\"\n"
                   "    retention        = \"\\\"1\\\\\\n\"\n"
                   "    \"for\"            = {}\n"
                   "  }\n"
                   "  a = true\n"
                   "  depends_on = [\n"
                   "    kafka_topic.b,\n"
                   "  ]\n"
                   "\n"
                   "  lifecycle {\n"
                   "    prevent_destroy = true\n"
                   "  }\n"
                   "}\n"
                   "\n"
                   "locals {}\n");
}

static void markdown_has_blocks(void **state)
{
    struct arena *arena = *state;
    struct doc *page = doc_list(arena), *list, *row;

    doc_add_string(arena, page, "# one *two*\n1. three\n\n\n<b> a_b _c_");
    list = doc_add(page, doc_list(arena));
    doc_add_string(arena, list, "- x\ny");
    row = doc_add(doc_add(page, doc_list(arena)), doc_map(arena));
    doc_set_string(arena, row, "name", "a|b");
    doc_set(row, "file", doc_text(arena, NULL, "`|"));
    doc_set_int(arena, row, "n", -1);
    doc_add(page, doc_text(arena, "sh", "echo ```"));
    assert_written(doc_write_markdown, page,
                   "\\# one \\*two\\*\n"
                   "1\\. three\n"
                   "\n"
                   "\\<b> a_b \\_c\\_\n"
                   "\n"
                   "- \\- x y\n"
                   "\n"
                   "| name | file | n |\n"
                   "| --- | --- | --- |\n"
                   "| a\\|b | `` `\\| `` | -1 |\n"
                   "\n"
                   "````sh\n"
                   "echo ```\n"
                   "````\n");
}

static void assert_escaped(enum doc_escape escape, const char *text, const char *expected)
{
    struct buf out = {0};

    doc_escape(&out, escape, text);
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void one_line_is_escaped(void **state)
{
    (void)state;
    assert_escaped(ESCAPE_NONE, "a\n\"*", "a\n\"*");
    assert_escaped(ESCAPE_MARKDOWN, " a \n b_c!", " a b_c\\!");
    assert_escaped(ESCAPE_MARKDOWN, "\x1b\x7f\xc2\x9f&amp; a & b",
                   "\u241b\u2421\ufffd\\&amp; a & b");
    assert_escaped(ESCAPE_DOCKERFILE, "a\n\"$x\\", "\"a \\\"\\$x\\\\\"");
    assert_escaped(ESCAPE_SHELL, "a-b/c=1", "a-b/c=1");
    assert_escaped(ESCAPE_SHELL, "", "''");
    assert_escaped(ESCAPE_SHELL, "it's $x", "'it'\\''s $x'");
}

/* What the template makes of the values a = "1*2", list = ["x"] and code = `c`, or why not. */
static void assert_filled(struct arena *arena, const char *text, const char *names,
                          const char *expected)
{
    struct doc *values = doc_map(arena);
    struct buf out = {0};
    const char *why = NULL;

    if (strchr(names, 'a') != NULL)
        doc_set_string(arena, values, "a", "1*2");
    if (strchr(names, 'l') != NULL)
        doc_add_string(arena, doc_set(values, "list", doc_list(arena)), "x");
    if (strchr(names, 'c') != NULL)
        doc_set(values, "code", doc_text(arena, NULL, "c"));
    if (doc_template(arena, &out, text, ESCAPE_MARKDOWN, values, &why))
        assert_string_equal(out.data, expected);
    else
        assert_string_equal(why, expected);
    buf_free(&out);
}

static void templates_are_filled(void **state)
{
    struct arena *arena = *state;

    assert_filled(arena, "x @@{a} @a @{a}\n", "a", "x @{a} @a 1\\*2\n");
    assert_filled(arena, "x\n@{list}\ny @{code}\n@{code}", "lc", "x\n- x\ny `c`\n```\nc\n```\n");
    assert_filled(arena, "x\n@{b}", "", "line 2: @{b} is not among the names given");
    assert_filled(arena, "@{a", "a", "line 1: @{a} lacks its closing brace");
    assert_filled(arena, "\n\nx @{list}", "l",
                  "line 3: @{list} is a block, which needs a line of its own");
    assert_filled(arena, "x\n", "a", "the template never uses @{a}");
}

static void template_refuses_a_name_set_twice(void **state)
{
    struct arena *arena = *state;
    struct doc *values = doc_map(arena);
    struct buf text = {0}, out = {0};
    const char *why = NULL;

    for (int i = 0; i < 40; i++)
        doc_set_int(arena, values, arena_printf(arena, "v%d", i), i);
    doc_set_int(arena, values, "v39", 1);
    for (int i = 0; i < 40; i++)
        buf_printf(&text, "@{v%d}", i);
    assert_false(doc_template(arena, &out, text.data, ESCAPE_NONE, values, &why));
    assert_string_equal(why, "@{v39} is set twice");
    buf_free(&text);
    buf_free(&out);
}

static void json_is_read_back(void **state)
{
    static const char text[] = "{\n  \"z\": [1, -2, true, null, \"\\u00e9\\n\"],\n  \"a\": {}\n}";
    static const char *const refused[] = {
        "", "{", "1.5", "[1e3]", "{\"a\": 1, \"a\": 2}", "{} {}", "\"\\u0000\"", "\"\xff\""};
    struct arena *arena = *state;
    const char *why = NULL;
    const struct doc *doc = doc_read_json(arena, text, sizeof(text) - 1, &why);

    assert_non_null(doc);
    assert_written(doc_write_json, doc,
                   "{\n  \"z\": [\n    1,\n    -2,\n    true,\n    null,\n    \"\u00e9\\n\"\n  ],\n"
                   "  \"a\": {}\n}\n");
    for (size_t i = 0; i < COUNT(refused); i++) {
        why = NULL;
        assert_null(doc_read_json(arena, refused[i], strlen(refused[i]), &why));
        assert_non_null(why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_keep_their_order),
        cmocka_unit_test(json_is_read_back),
        cmocka_unit_test(sorting_is_by_bytes),
        cmocka_unit_test(json_is_indented),
        cmocka_unit_test(yaml_is_in_blocks),
        cmocka_unit_test(yaml_documents_are_parted),
        cmocka_unit_test(yaml_quotes_what_it_must),
        cmocka_unit_test(yaml_asks_for_a_long_key),
        cmocka_unit_test(hcl_is_aligned),
        cmocka_unit_test(markdown_has_blocks),
        cmocka_unit_test(one_line_is_escaped),
        cmocka_unit_test(templates_are_filled),
        cmocka_unit_test(template_refuses_a_name_set_twice),
    };

    return cmocka_run_group_tests(tests, new_arena, free_arena);
}
