/* yaml: trees, positions, and everything that is refused, each at its place. */
#include "dsc/yaml.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A text read to its end: what was refused as "LINE:COL RULE" lines, and the documents as
 * "LINE:COL+LEN" and values. */
struct outcome {
    struct arena *arena;

    struct diags diags;

    struct buf problems, tree;

    const struct yaml_pragma *pragmas;

    size_t n_pragmas, n_documents;
};

static void print_node(struct buf *out, const struct yaml_node *node)
{
    buf_printf(out, "%u:%u+%u", node->span.line, node->span.col, node->span.len);
    if (node->kind == YAML_SCALAR) {
        assert_int_equal(strlen(node->text), node->length);
        buf_printf(out, node->plain ? " %s" : " '%s'", node->text);
        return;
    }
    size_t n = 0;
    buf_puts(out, node->kind == YAML_MAP ? " {" : " [");
    for (const struct yaml_node *child = node->first; child; child = child->next, n++) {
        buf_puts(out, n ? ", " : "");
        print_node(out, child);
    }
    buf_putc(out, node->kind == YAML_MAP ? '}' : ']');
    assert_int_equal(n, node->kind == YAML_MAP ? 2 * node->length : node->length);
}

static struct outcome read_text(const char *bytes, size_t size)
{
    struct outcome outcome = {.arena = arena_new()};
    struct arena *scratch = arena_new();
    const struct yaml_node *root;

    diags_init(&outcome.diags, outcome.arena);
    uint32_t file = diags_add_file(&outcome.diags, "test.yaml", bytes, size);
    struct yaml_reader *reader = yaml_open(&outcome.diags, file, bytes, size);
    buf_puts(&outcome.tree, "");
    buf_puts(&outcome.problems, "");
    while ((root = yaml_next(reader, scratch)) != NULL) {
        buf_puts(&outcome.tree, outcome.n_documents++ ? "\n" : "");
        print_node(&outcome.tree, root);
        arena_reset(scratch);
    }
    outcome.pragmas = yaml_pragmas(reader, &outcome.n_pragmas);
    yaml_close(reader);
    arena_free(scratch);
    diags_sort(&outcome.diags);
    for (size_t i = 0; i < outcome.diags.all.n; i++) {
        const struct diag *diag = outcome.diags.all.v[i];

        assert_int_equal(diag->severity, SEV_ERROR);
        assert_non_null(diag->hint);
        buf_printf(&outcome.problems, "%s%u:%u %s", i ? "\n" : "", diag->span.line, diag->span.col,
                   diag->rule);
    }
    return outcome;
}

static void forget(struct outcome *outcome)
{
    buf_free(&outcome->problems);
    buf_free(&outcome->tree);
    arena_free(outcome->arena);
}

struct example {
    const char *text;

    const char *expected;
};

/* What is wrong in each text. */
static void check_problems(const struct example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct outcome outcome = read_text(examples[i].text, strlen(examples[i].text));

        if (strcmp(outcome.problems.data, examples[i].expected) != 0)
            print_message("in: %s\n", examples[i].text);
        assert_string_equal(outcome.problems.data, examples[i].expected);
        forget(&outcome);
    }
}

/* What is read from each text, which has nothing wrong. */
static void check_trees(const struct example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct outcome outcome = read_text(examples[i].text, strlen(examples[i].text));

        assert_string_equal(outcome.problems.data, "");
        assert_string_equal(outcome.tree.data, examples[i].expected);
        forget(&outcome);
    }
}

static void trees_have_positions(void **state)
{
    static const struct example examples[] = {
        {"", ""},
        {"# only a comment\n", ""},
        {"---\n---\n...\n", ""},
        {"a: 1", "1:1+1 {1:1+1 a, 1:4+1 1}"},
        {"a:\n  b: [x, 'y z', \"w\"]\n",
         "1:1+1 {1:1+1 a, 2:3+1 {2:3+1 b, 2:6+1 [2:7+1 x, 2:10+5 'y z', 2:17+3 'w']}}"},
        {"- a: 1\n  b:\n- ~\n- null\n",
         "1:1+1 [1:3+1 {1:3+1 a, 1:6+1 1, 2:3+1 b, 2:5+1 }, 3:3+1 ~, 4:3+4 null]"},
        {"--- a\n---\nb: {}\n---\nc: []\n",
         "1:5+1 a\n3:1+1 {3:1+1 b, 3:4+1 {}}\n5:1+1 {5:1+1 c, 5:4+1 []}"},
        {"%YAML 1.1\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2\n",
         "3:1+1 {3:1+1 a, 3:4+1 1}\n7:1+1 {7:1+1 b, 7:4+1 2}"},
        {"no: on\n1e3: 0x1f\n", "1:1+1 {1:1+2 no, 1:5+2 on, 2:1+3 1e3, 2:6+4 0x1f}"},
        {"a:\tb\n", "1:1+1 {1:1+1 a, 1:4+1 b}"},
    };

    (void)state;
    check_trees(examples, COUNT(examples));
}

static void texts_of_several_lines_are_joined(void **state)
{
    static const struct example examples[] = {
        {"a: |\n  one\n   two\n\nb: 2\n", "1:1+1 {1:1+1 a, 1:4+1 'one\n two\n', 5:1+1 b, 5:4+1 2}"},
        {"a: >-\n  one\n  two\n", "1:1+1 {1:1+1 a, 1:4+1 'one two'}"},
        {"a: one\n  two\nb: 'c\n\n  d'\n", "1:1+1 {1:1+1 a, 1:4+1 one two, 3:1+1 b, 3:4+1 'c\nd'}"},
        {"a: \"x\\ty\\u00e9\\\n  z\"\n", "1:1+1 {1:1+1 a, 1:4+1 'x\ty\xc3\xa9z'}"},
        {"a: |\n  b\n  \tc: d\n", "1:1+1 {1:1+1 a, 1:4+1 'b\n\tc: d\n'}"},
    };

    (void)state;
    check_trees(examples, COUNT(examples));
}

static void positions_are_bytes_behind_wide_characters(void **state)
{
    static const struct example examples[] = {
        {"\xc3\xa9: \xf0\x9f\x98\x80 # \xe2\x82\xac\nb: [\xf0\x9f\x98\x80, c]\n",
         "1:1+1 {1:1+2 \xc3\xa9, 1:5+4 \xf0\x9f\x98\x80, 2:1+1 b, 2:4+1 [2:5+4 \xf0\x9f\x98\x80, "
         "2:11+1 c]}"},
        {"a: 'x\n  \xc3\xa9'\n\xc3\xa9: {b: 1}\n",
         "1:1+1 {1:1+1 a, 1:4+1 'x \xc3\xa9', 3:1+2 \xc3\xa9, 3:5+1 {3:6+1 b, 3:9+1 1}}"},
    };
    static const struct example broken[] = {
        {"\xc3\xa9: \xf0\x9f\x98\x80\n\xf0\x9f\x98\x80: @\n", "2:7 yaml-syntax"},
        {"\xc3\xa9: @\n---\n\xf0\x9f\x98\x80: &a b\n---\n\xf0\x9f\x98\x80\xc3\xa9: @\n",
         "1:5 yaml-syntax\n3:7 yaml-anchor\n5:9 yaml-syntax"},
        {"\xf0\x9f\x98\x80: \"\xc3\xa9\n", "1:7 yaml-syntax"},
    };

    (void)state;
    check_trees(examples, COUNT(examples));
    check_problems(broken, COUNT(broken));
}

static void encodings_are_refused(void **state)
{
    static const struct example examples[] = {
        {"\xef\xbb\xbf"
         "a: 1\n",
         "1:1 yaml-encoding"},
        {"a: 1\nb: \xef\xbb\xbf\n", "2:4 yaml-encoding"},
        {"a: 1\r\nb: 2\r\n", "1:5 yaml-encoding"},
        {"a: 1\n\xc3\xa9: \xff\xfe\n", "2:5 yaml-encoding"},
        {"a: \xed\xa0\x80\n", "1:4 yaml-encoding"},
        {"a: \xe2\x82", "1:4 yaml-encoding"},
        {"a: 1\nbcdefgh: \x01\n", "2:10 yaml-encoding"},
        {"a: \x7f\n", "1:4 yaml-encoding"},
        {"a: \xc2\x80\n", "1:4 yaml-encoding"},
        {"a: \xc2\x85\n", "1:4 yaml-encoding"},
        {"a: \xe2\x80\xa8\n", "1:4 yaml-encoding"},
        {"a: \xe2\x80\xa9\n", "1:4 yaml-encoding"},
        {"a: \xef\xbf\xbf\n", "1:4 yaml-encoding"},
        {"a: \r \xff \x01\n", "1:4 yaml-encoding\n1:6 yaml-encoding\n1:8 yaml-encoding"},
        {"a: \"x\\0y\"\n", "1:4 yaml-encoding"},
        {"\xff\xfe"
         "a",
         "1:1 yaml-encoding"},
        {"a: \xc2\xa0\xee\x80\x80\xf4\x8f\xbf\xbf\n", ""},
    };
    struct outcome nul = read_text("a: 1\nb: \0\n", 10);

    (void)state;
    check_problems(examples, COUNT(examples));
    assert_string_equal(nul.problems.data, "2:4 yaml-encoding");
    assert_int_equal(nul.n_documents, 0);
    forget(&nul);
}

/* Each byte at each place of a word of eight is seen. */
static void every_byte_is_looked_at(void **state)
{
    (void)state;
    for (size_t at = 0; at < 24; at++) {
        for (unsigned byte = 1; byte < 256; byte++) {
            char text[] = "# 456789abcdef 23456789ab";
            bool fine = (byte >= ' ' && byte < 0x7f) || byte == '\t' || byte == '\n';

            text[2 + at % 23] = (char)byte;
            struct outcome outcome = read_text(text, 25);
            if (!fine)
                assert_true(strstr(outcome.problems.data, "yaml-encoding"));
            else if (byte != '\n' && at != 0)
                assert_string_equal(outcome.problems.data, "");
            forget(&outcome);
        }
    }
}

static void syntax_errors_are_at_their_place(void **state)
{
    static const struct example examples[] = {
        {"a: 1\nb:\n\tc: 1\n", "3:1 yaml-tab"},
        {"a:\n  b: 1\n\tc: 2\n", "3:1 yaml-tab"},
        {"a: |\n\ttext\n", "2:1 yaml-tab"},
        {"a: @b\n", "1:4 yaml-syntax"},
        {"a: `b`\n", "1:4 yaml-syntax"},
        {"a: %b\n", "1:4 yaml-syntax"},
        {"a: b: c\n", "1:5 yaml-syntax"},
        {"a: b\n  c: d\n", "2:4 yaml-syntax"},
        {"a: 1\nbcd\ne: 2\n", "2:1 yaml-syntax"},
        {"a: - b\n", "1:4 yaml-syntax"},
        {"a: 1\n b: 2\n", "2:3 yaml-syntax"},
        {"a:\n  - b\n c: 2\n", "3:2 yaml-syntax"},
        {"- a\nb: 1\n", "2:1 yaml-syntax"},
        {"a: [b, c\nd: e\n", "2:2 yaml-syntax"},
        {"a: {b: c\n", "1:4 yaml-syntax"},
        {"\xc3\xa9: [b,\n", "1:7 yaml-syntax"},
        {"a: {b: c]\n", "1:9 yaml-syntax"},
        {"a: ]\n", "1:4 yaml-syntax"},
        {"a: \"b\n", "1:4 yaml-syntax"},
        {"a: 'b\n---\nc: 1\n", "1:4 yaml-syntax"},
        {"a: \"\\d\"\n", "1:5 yaml-syntax"},
        {"a: \"\\xzz\"\n", "1:7 yaml-syntax"},
        {"a: \"\\ud800\"\n", "1:7 yaml-syntax"},
        {"a: |0\n  b\n", "1:5 yaml-syntax"},
        {"a: | b\n  c\n", "1:6 yaml-syntax"},
        {"%YAML 2.0\n---\na: 1\n", "1:1 yaml-syntax"},
        {"%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "2:1 yaml-syntax"},
        {"%YAML x\n---\na: 1\n", "1:1 yaml-syntax"},
        {"%FOO x\n---\na: 1\n", "1:1 yaml-syntax"},
        {"a\n...\nb: 1\n", "3:1 yaml-syntax"},
    };

    (void)state;
    check_problems(examples, COUNT(examples));
}

static void anchors_and_tags_are_refused(void **state)
{
    static const struct example examples[] = {
        {"a: &x 1\nb: 2\n", "1:4 yaml-anchor"},
        {"a: &x {b: 1}\n", "1:4 yaml-anchor"},
        {"a: &x\n  - b\n", "1:4 yaml-anchor"},
        {"a: *x\n", "1:4 yaml-anchor"},
        {"a: {<<: b}\n", "1:5 yaml-anchor"},
        {"<<: *x\n", "1:1 yaml-anchor\n1:5 yaml-anchor"},
        {"a: *.yaml\n", "1:4 yaml-anchor"},
        {"a: & b\n", "1:4 yaml-anchor"},
        {"a: !!str 1\n", "1:4 yaml-tag"},
        {"a: !x {b: 1}\n", "1:4 yaml-tag"},
        {"a: !x\n  - b\n", "1:4 yaml-tag"},
        {"a: ! b\n", "1:4 yaml-tag"},
        {"a: ! 'b'\n", "1:4 yaml-tag"},
        {"a: !x!y b\n", "1:4 yaml-tag"},
        {"a: !<x\n", "1:4 yaml-tag"},
        {"%TAG ! tag:x,2000:\n---\na: 1\n", "1:1 yaml-tag"},
        {"%TAG x\n---\na: 1\n", "1:1 yaml-tag"},
        {"a: 1\n...\n%TAG ! x\n---\nb: 1\n", "3:1 yaml-tag"},
        {"a: 1\n%TA", "2:1 yaml-syntax"},
        {"a: '<<'\n'<<': b\n", ""},
    };

    (void)state;
    check_problems(examples, COUNT(examples));
}

static void keys_are_single_texts(void **state)
{
    static const struct example examples[] = {
        {"a: 1\nb: 2\na: 3\n", "3:1 duplicate-key"},
        {"a: 1\n\"a\": 2\n'a': 3\n", "2:1 duplicate-key\n3:1 duplicate-key"},
        {"a: {b: 1, c: 2, b: 3}\n", "1:17 duplicate-key"},
        {"a: {b: 1}\nb: {b: 1}\n", ""},
        {"[a]: 1\n", "1:1 yaml-key"},
        {"? [a]\n: 1\n", "1:3 yaml-key"},
        {"? a\n: 1\n", "1:3 yaml-key"},
        {"? a : 1\n: 2\n", "1:3 yaml-key"},
        {"a: {? b : 1}\n", "1:7 yaml-key"},
        {": 1\n", "1:1 yaml-key"},
        {"'': 1\n", "1:1 yaml-key"},
        {"a: ? b\n", "1:4 yaml-key"},
        {"a: what ?\nb: who? \nc?: 1\n", ""},
    };
    struct outcome outcome = read_text("a: 1\nb: 2\na: 3\nc: 4\n", 20);

    (void)state;
    check_problems(examples, COUNT(examples));
    assert_string_equal(outcome.tree.data,
                        "1:1+1 {1:1+1 a, 1:4+1 1, 2:1+1 b, 2:4+1 2, 4:1+1 c, 4:4+1 4}");
    assert_int_equal(outcome.diags.all.v[0]->related.n, 1);
    assert_int_equal(outcome.diags.all.v[0]->related.v[0].span.line, 1);
    forget(&outcome);
}

static void commas_between_parentheses_are_mended(void **state)
{
    static const struct {
        const char *text, *problems, *tree;
    } examples[] = {
        {"a: {type: numeric(18,4)}\n", "1:11 yaml-flow-comma",
         "1:1+1 {1:1+1 a, 1:4+1 {1:5+4 type, 1:11+13 numeric(18,4)}}"},
        {"{a: f(1, 2, 3) x, b: 1}\n", "1:5 yaml-flow-comma",
         "1:1+1 {1:2+1 a, 1:5+12 f(1,2,3) x, 1:19+1 b, 1:22+1 1}"},
        {"{a: d(1,2), b: d(1,2)}\n", "1:5 yaml-flow-comma\n1:16 yaml-flow-comma",
         "1:1+1 {1:2+1 a, 1:5+6 d(1,2), 1:13+1 b, 1:16+6 d(1,2)}"},
        {"{a: map<b,c<d,e>>, f}\n", "1:5 yaml-flow-comma",
         "1:1+1 {1:2+1 a, 1:5+13 map<b,c<d,e>>, 1:20+1 f, 1:21+1 }"},
        {"{a: d(1,\n  2)}\n", "1:5 yaml-flow-comma", "1:1+1 {1:2+1 a, 1:5+3 d(1,2)}"},
        {"{a: d(1, b: 2)}\n", "", "1:1+1 {1:2+1 a, 1:5+3 d(1, 1:10+1 b, 1:13+2 2)}"},
        {"{a: d(1, b, c}\n", "",
         "1:1+1 {1:2+1 a, 1:5+3 d(1, 1:10+1 b, 1:11+1 , 1:13+1 c, 1:14+1 }"},
        {"{a: 'd(1', '2)'}\n", "", "1:1+1 {1:2+1 a, 1:5+5 'd(1', 1:12+4 '2)', 1:16+1 }"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(examples); i++) {
        struct outcome outcome = read_text(examples[i].text, strlen(examples[i].text));

        assert_string_equal(outcome.problems.data, examples[i].problems);
        assert_string_equal(outcome.tree.data, examples[i].tree);
        forget(&outcome);
    }
}

static void reading_goes_on_at_the_next_document(void **state)
{
    static const struct {
        const char *text, *problems, *tree;
    } examples[] = {
        {"a: @\n---\nb: 1\n", "1:4 yaml-syntax", "3:1+1 {3:1+1 b, 3:4+1 1}"},
        {"a: 1\n---\nb: [\n--- # c\nc: 1\n", "4:1 yaml-syntax",
         "1:1+1 {1:1+1 a, 1:4+1 1}\n5:1+1 {5:1+1 c, 5:4+1 1}"},
        {"--- @\n--- a\n", "1:5 yaml-syntax", "2:5+1 a"},
        {"--- @\n--- @\n---\n", "1:5 yaml-syntax\n2:5 yaml-syntax", ""},
        {"a: 'x\n---y\n---", "1:4 yaml-syntax", ""},
        {"a: }\n----\n---\tb\n", "1:4 yaml-syntax", "3:5+1 b"},
        {"%YAML 3\n---\na: 1\n---\nb: 1\n", "1:1 yaml-syntax",
         "3:1+1 {3:1+1 a, 3:4+1 1}\n5:1+1 {5:1+1 b, 5:4+1 1}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(examples); i++) {
        struct outcome outcome = read_text(examples[i].text, strlen(examples[i].text));

        assert_string_equal(outcome.problems.data, examples[i].problems);
        assert_string_equal(outcome.tree.data, examples[i].tree);
        forget(&outcome);
    }
}

static void pragmas_are_comments_on_their_own_line(void **state)
{
    static const char text[] = "# dsc: allow a because of b \n"
                               "# more\n"
                               "\n"
                               "a: 1 # dsc: not on its own line\n"
                               "b: |\n"
                               "  x\n"
                               "  # dsc: text\n"
                               "  # dsc: text again\n"
                               "  # dsc:allow c\n"
                               " # dsc: allow d\n"
                               "c: 'y\n"
                               "  # dsc: text\n"
                               "  # dsc: text'\n"
                               "d: z\n"
                               "\t# dsc:\n"
                               "---\n"
                               "e: @\n"
                               "---\n"
                               "f: |\n"
                               "  # dsc: text\n"
                               "# dsc: allow e";
    struct outcome outcome = read_text(text, strlen(text));

    (void)state;
    static const struct {
        uint32_t at;
        uint16_t col;
        uint32_t line;
        const char *text;
    } expected[] = {
        {1, 1, 4, "allow a because of b"},
        {10, 2, 11, "allow d"},
        {15, 2, 16, ""},
        {21, 1, 22, "allow e"},
    };

    assert_int_equal(outcome.n_pragmas, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(outcome.pragmas[i].span.line, expected[i].at);
        assert_int_equal(outcome.pragmas[i].span.col, expected[i].col);
        assert_int_equal(outcome.pragmas[i].line, expected[i].line);
        assert_string_equal(outcome.pragmas[i].text, expected[i].text);
    }
    forget(&outcome);
}

/* Reads `head`, then `part` n times, then `tail`. */
static struct outcome read_repeated(const char *head, const char *part, size_t n, const char *tail)
{
    struct buf text = {0};

    buf_puts(&text, head);
    for (size_t i = 0; i < n; i++)
        buf_puts(&text, part);
    buf_puts(&text, tail);
    struct outcome outcome = read_text(text.data, text.len);
    buf_free(&text);
    return outcome;
}

static void check_repeated(const char *head, const char *part, size_t n, const char *tail,
                           const char *problems)
{
    struct outcome outcome = read_repeated(head, part, n, tail);

    assert_string_equal(outcome.problems.data, problems);
    forget(&outcome);
}

static void sizes_are_limited(void **state)
{
    (void)state;
    check_repeated("", "[", YAML_MAX_DEPTH, "", "1:32 yaml-syntax");
    check_repeated("", "[", YAML_MAX_DEPTH + 1, "", "1:33 yaml-limit");
    check_repeated("a: ", "[", 500000, "\n---\n[b]\n---\n@\n", "1:35 yaml-limit\n5:1 yaml-syntax");
    check_repeated("", "- ", 100000, "", "1:65 yaml-limit");
    check_repeated("", "{a: ", 100000, "", "1:129 yaml-limit");
    check_repeated("a: ", "b", YAML_MAX_LINE - 3, "\n", "");
    check_repeated("c: 1\na: ", "b", YAML_MAX_LINE - 2, "\n", "2:1 yaml-limit");
    check_repeated("a: |\n", "  0123456789abcdef\n", 64 * 1024, "b: 1\n", "1:4 yaml-limit");
    check_repeated("a: |\n", "# dsc: x\n", 30000, "", "");
    check_repeated("", "- |\n  # dsc: x\n", 30000, "", "");
    check_repeated("x: 1\n", "b", YAML_MAX_LINE + 1, "", "2:1 yaml-limit");
    check_repeated("a: &a [x]\n", "- *a\n", 100, "", "1:4 yaml-anchor\n2:1 yaml-syntax");
}

#ifndef DSC_DEBUG_ARENA /* there, so many nodes take ten seconds and two gigabytes */
static void nodes_are_limited(void **state)
{
    (void)state;
    check_repeated("[", "a,\n", YAML_MAX_NODES + 1, "]\n---\n@\n",
                   "4000000:1 yaml-limit\n4000004:1 yaml-syntax");
}
#endif

static void a_file_that_is_too_large_is_not_looked_at(void **state)
{
    size_t size = 100 * 1000 * 1000;
    char *text = calloc(1, size);

    (void)state;
    assert_non_null(text);
    struct outcome outcome = read_text(text, size);
    assert_string_equal(outcome.problems.data, "1:1 yaml-limit");
    forget(&outcome);
    free(text);
}

static void many_problems_are_all_told(void **state)
{
    struct outcome outcome = read_repeated("", "a: &x 1\n---\n", 1000, "");

    (void)state;
    assert_int_equal(outcome.diags.all.n, 1000);
    assert_int_equal(outcome.n_documents, 1000);
    assert_int_equal(outcome.diags.all.v[999]->span.line, 1999);
    forget(&outcome);
    outcome = read_repeated("", "a: 1\n", 1000, "");
    assert_int_equal(outcome.diags.all.n, 999);
    forget(&outcome);
    outcome = read_repeated("", "a: 1\n", 100000, "---\nb: 1\n");
    assert_int_equal(outcome.diags.all.n, 10000);
    assert_int_equal(outcome.n_documents, 0);
    forget(&outcome);
    outcome = read_repeated("", "--- @\n", 100000, "");
    assert_int_equal(outcome.diags.all.n, 10000);
    forget(&outcome);
}

static void large_maps_find_their_duplicates(void **state)
{
    struct buf text = {0};

    (void)state;
    for (int i = 0; i < 50000; i++)
        buf_printf(&text, "key%d: %d\n", i % 49999, i);
    struct outcome outcome = read_text(text.data, text.len);
    assert_string_equal(outcome.problems.data, "50000:1 duplicate-key");
    assert_int_equal(outcome.diags.all.v[0]->related.v[0].span.line, 1);
    forget(&outcome);
    buf_free(&text);
}

static void keys_are_found(void **state)
{
    static const char text[] = "a: 1\nb: [c]\n";
    struct arena *arena = arena_new();
    struct diags diags;

    (void)state;
    diags_init(&diags, arena);
    struct yaml_reader *reader =
        yaml_open(&diags, diags_add_file(&diags, "x", text, strlen(text)), text, strlen(text));
    const struct yaml_node *root = yaml_next(reader, arena);
    assert_string_equal(yaml_get(root, "a")->text, "1");
    assert_int_equal(yaml_get(root, "b")->kind, YAML_LIST);
    assert_null(yaml_get(root, "c"));
    assert_null(yaml_next(reader, arena));
    assert_null(yaml_next(reader, arena));
    yaml_close(reader);
    arena_free(arena);
}

/* A text cut anywhere, or with any byte of it replaced, is read to its end. */
static void damaged_texts_are_survived(void **state)
{
    static const char text[] = "%YAML 1.1\n--- # dsc: x\nkind: \"A\\u00e9\"\n"
                               "b: &x {c: d(1,2), ? e : [f, 'g']}\n"
                               "h: |\n  i\n  # dsc: j\n"
                               "k: *x\n<<: !t m\n\xc3\xa9\xf0\x9f\x98\x80: >-\n n\n"
                               "# dsc: o\n"
                               "- p\n---\nq: @\n...\n";
    static const char bytes[] = "\n\t :-?[]{}'\"&*!|>%@#,\\\xc3\x80\xff";
    size_t size = strlen(text);

    (void)state;
    for (size_t cut = 0; cut <= size; cut++) {
        char *part = malloc(cut ? cut : 1);

        assert_non_null(part);
        memcpy(part, text, cut);
        struct outcome outcome = read_text(part, cut);
        forget(&outcome);
        for (size_t i = 0; cut && i < sizeof(bytes); i++) {
            part[cut / 2] = bytes[i];
            outcome = read_text(part, cut);
            forget(&outcome);
        }
        free(part);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_have_positions),
        cmocka_unit_test(texts_of_several_lines_are_joined),
        cmocka_unit_test(positions_are_bytes_behind_wide_characters),
        cmocka_unit_test(encodings_are_refused),
        cmocka_unit_test(every_byte_is_looked_at),
        cmocka_unit_test(syntax_errors_are_at_their_place),
        cmocka_unit_test(anchors_and_tags_are_refused),
        cmocka_unit_test(keys_are_single_texts),
        cmocka_unit_test(commas_between_parentheses_are_mended),
        cmocka_unit_test(reading_goes_on_at_the_next_document),
        cmocka_unit_test(pragmas_are_comments_on_their_own_line),
        cmocka_unit_test(sizes_are_limited),
#ifndef DSC_DEBUG_ARENA
        cmocka_unit_test(nodes_are_limited),
#endif
        cmocka_unit_test(a_file_that_is_too_large_is_not_looked_at),
        cmocka_unit_test(many_problems_are_all_told),
        cmocka_unit_test(large_maps_find_their_duplicates),
        cmocka_unit_test(keys_are_found),
        cmocka_unit_test(damaged_texts_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
