/* base: arena, strings, map, buffer, text, diagnostics, SHA-256. */
#include "dsc/base.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void arena_gives_zeroed_aligned_memory(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < 300; size++) {
            char *memory = arena_alloc(arena, size);

            assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(memory[i], 0);
            memset(memory, 'x', size);
        }
        char *large = arena_alloc(arena, 1000 * 1000);
        assert_int_equal(large[999999], 0);
        memset(large, 'x', 1000 * 1000);
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void arena_grows_and_keeps_what_was_there(void **state)
{
    struct arena *arena = arena_new();
    char *grown = NULL, *other = NULL;

    (void)state;
    for (size_t size = 1; size < 600000; size *= 3) {
        grown = arena_grow(arena, grown, size / 3, size);
        for (size_t i = 0; i < size / 3; i++)
            assert_int_equal(grown[i], 'g');
        for (size_t i = size / 3; i < size; i++)
            assert_int_equal(grown[i], 0);
        memset(grown, 'g', size);
        if (size % 2) /* now and then something lies behind it */
            other = arena_strdup(arena, "other");
        assert_string_equal(other, "other");
    }
    assert_string_equal(arena_printf(arena, "%s-%d", other, 7), "other-7");
    assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(arena, NULL, 0), "");
    arena_free(arena);
}

static void vectors_keep_their_items(void **state)
{
    struct arena *arena = arena_new();
    VEC(int) numbers = {0};

    (void)state;
    for (int i = 0; i < 10000; i++)
        vec_push(arena, &numbers, i);
    assert_int_equal(numbers.n, 10000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(numbers.v[i], i);
    arena_free(arena);
}

static void equal_strings_are_one(void **state)
{
    struct arena *arena = arena_new();
    struct strings *strings = strings_new(arena);
    const char *first[5000];

    (void)state;
    assert_null(intern_find(strings, "name7", 5));
    for (int i = 0; i < 5000; i++)
        first[i] = intern(strings, arena_printf(arena, "name%d", i));
    for (int i = 0; i < 5000; i++) {
        const char *name = arena_printf(arena, "name%d and more", i);
        size_t length = strlen(name) - strlen(" and more");

        assert_ptr_equal(intern_n(strings, name, length), first[i]);
        assert_ptr_equal(intern_find(strings, name, length), first[i]);
        assert_int_equal(strlen(first[i]), length);
    }
    assert_string_equal(intern(strings, ""), "");
    assert_ptr_equal(intern(strings, ""), intern_n(strings, "x", 0));
    assert_null(intern_find(strings, "name", 4));
    arena_free(arena);
}

static void maps_know_pairs(void **state)
{
    struct arena *arena = arena_new();
    struct map *map = map_new(arena);
    char keys[1000];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(keys); i++) {
        assert_null(map_add(map, &keys[i], &keys[i + 1], &keys[i]));
        assert_null(map_add(map, &keys[i], NULL, &keys[i + 1]));
    }
    assert_int_equal(map_count(map), 2 * (sizeof(keys) - 1));
    for (size_t i = 0; i + 1 < sizeof(keys); i++) {
        assert_ptr_equal(map_get(map, &keys[i], &keys[i + 1]), &keys[i]);
        assert_ptr_equal(map_get(map, &keys[i], NULL), &keys[i + 1]);
        assert_null(map_get(map, &keys[i + 1], &keys[i]));
    }
    assert_ptr_equal(map_add(map, &keys[0], NULL, &keys[9]), &keys[1]);
    assert_ptr_equal(map_get(map, &keys[0], NULL), &keys[1]);
    map_set(map, &keys[0], NULL, &keys[9]);
    assert_ptr_equal(map_get(map, &keys[0], NULL), &keys[9]);
    map_set(map, &keys[999], NULL, &keys[8]);
    assert_ptr_equal(map_get(map, &keys[999], NULL), &keys[8]);
    assert_int_equal(map_count(map), 2 * (sizeof(keys) - 1) + 1);
    arena_free(arena);
}

static void buffers_grow_and_end_in_nul(void **state)
{
    struct buf buf = {0};

    (void)state;
    buf_put(&buf, NULL, 0);
    assert_string_equal(buf.data, "");
    buf_puts(&buf, "one");
    buf_putc(&buf, ' ');
    buf_fill(&buf, '-', 3);
    buf_printf(&buf, " %d %s", 42, "two");
    assert_string_equal(buf.data, "one --- 42 two");
    assert_int_equal(buf.len, strlen(buf.data));
    buf_clear(&buf);
    assert_string_equal(buf.data, "");
    for (int i = 0; i < 1000; i++)
        buf_printf(&buf, "%0200d", i);
    assert_int_equal(buf.len, 200000);
    assert_int_equal(strlen(buf.data), 200000);
    buf_free(&buf);
    assert_null(buf.data);
    buf_clear(&buf);
}

static void utf8_is_what_the_standard_says(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {
        {"a", 1},
        {"\x7f", 1},
        {"\xc2\x80", 2},
        {"\xdf\xbf", 2},
        {"\xe0\xa0\x80", 3},
        {"\xed\x9f\xbf", 3},
        {"\xee\x80\x80", 3},
        {"\xef\xbf\xbf", 3},
        {"\xf0\x90\x80\x80", 4},
        {"\xf4\x8f\xbf\xbf", 4},
        {"\x80", 0},
        {"\xc0\x80", 0},
        {"\xc1\xbf", 0},
        {"\xe0\x9f\xbf", 0},
        {"\xed\xa0\x80", 0},
        {"\xf0\x8f\xbf\xbf", 0},
        {"\xf4\x90\x80\x80", 0},
        {"\xf5\x80\x80\x80", 0},
        {"\xff", 0},
        {"\xc2", 0},
        {"\xe2\x82", 0},
        {"\xe2\x82g", 0},
        {"\xf0\x9f\x98", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(utf8_length(cases[i].text, strlen(cases[i].text)), cases[i].length);
    assert_int_equal(utf8_length("", 0), 0);
    assert_int_equal(utf8_length("\0", 1), 1);
}

static void nearest_word_is_the_one_meant(void **state)
{
    static const char *const words[] = {"columns", "classification", "primary_key", "name",
                                        "doc",     "table",          "tables",      "id"};
    static const struct {
        const char *text, *nearest;
    } cases[] = {
        {"colums", "columns"},
        {"column", "columns"},
        {"COLUMNS", "columns"},
        {"Name", "name"},
        {"nmae", "name"},
        {"primarykey", "primary_key"},
        {"primray_key", "primary_key"},
        {"tabel", "table"},
        {"tablex", "table"},
        {"classificaton", "classification"},
        {"xyzzy", NULL},
        {"", NULL},
        {"di", NULL},
        {"x", NULL},
        {"od", NULL},
        {"ID", "id"},
        {"dok", "doc"},
    };
    char long_text[10000];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *nearest = text_nearest(cases[i].text, words, COUNT(words));

        if (cases[i].nearest)
            assert_string_equal(nearest, cases[i].nearest);
        else
            assert_null(nearest);
    }
    memset(long_text, 'n', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    assert_null(text_nearest(long_text, words, COUNT(words)));
    assert_null(text_nearest("name", NULL, 0));
}

static void diagnostics_sort_by_path_and_place(void **state)
{
    struct arena *arena = arena_new();
    struct diags diags;

    (void)state;
    diags_init(&diags, arena);
    uint32_t z = diags_add_file(&diags, "z.yaml", "one\ntwo\r\n\nthree", 15);
    uint32_t a = diags_add_file(&diags, "a.yaml", "", 0);
    diag_add(&diags, "rule-b", SEV_ERROR, (struct span){z, 2, 1, 3}, "text %d", 1);
    diag_add(&diags, "rule-b", SEV_ERROR, (struct span){z, 1, 2, 1}, "text");
    diag_add(&diags, "rule-a", SEV_WARNING, (struct span){z, 1, 2, 1}, "text");
    diag_add(&diags, "rule-b", SEV_ERROR, (struct span){z, 2, 1, 3}, "text %d", 1);
    struct diag *first = diag_add(&diags, "rule-z", SEV_NOTE, (struct span){a, 9, 9, 1}, "last");
    diag_add(&diags, "rule-z", SEV_ERROR, (struct span){0}, "nowhere");
    diag_hint(&diags, first, "do %s", "this");
    diag_relate(&diags, first, (struct span){z, 1, 1, 1}, "first here");
    diags_sort(&diags);

    assert_int_equal(diags.all.n, 5);
    assert_string_equal(diags.all.v[0]->text, "nowhere");
    assert_string_equal(diags_path(&diags, diags.all.v[0]->span), "");
    assert_ptr_equal(diags.all.v[1], first);
    assert_string_equal(diags.all.v[1]->hint, "do this");
    assert_int_equal(diags.all.v[1]->related.n, 1);
    assert_string_equal(diags.all.v[2]->rule, "rule-a");
    assert_string_equal(diags.all.v[3]->rule, "rule-b");
    assert_string_equal(diags.all.v[4]->text, "text 1");
    assert_int_equal(diags_count(&diags, SEV_ERROR), 3);
    assert_int_equal(diags_count(&diags, SEV_NOTE), 1);
    assert_string_equal(severity_name(SEV_WARNING), "warning");
    arena_free(arena);
}

/* Whatever the order in which files and diagnostics came. */
static void diagnostics_that_differ_at_all_are_kept_in_one_order(void **state)
{
    static const struct {
        uint16_t len;
        enum severity severity;
        const char *hint, *related;
    } parts[] = {{1, SEV_ERROR, NULL, NULL},   {2, SEV_ERROR, NULL, NULL},
                 {1, SEV_WARNING, NULL, NULL}, {1, SEV_ERROR, "hint", NULL},
                 {1, SEV_ERROR, NULL, "a"},    {1, SEV_ERROR, NULL, "b"}};

    (void)state;
    for (size_t turn = 0; turn < 2 * COUNT(parts); turn++) {
        struct arena *arena = arena_new();
        struct diags diags;

        diags_init(&diags, arena);
        uint32_t file = diags_add_file(&diags, "a", "", 0);
        for (size_t i = 0; i < 2 * COUNT(parts); i++) {
            size_t k = (i + turn) % COUNT(parts);
            struct span span = {file, 1, 1, parts[k].len};
            struct diag *diag = diag_add(&diags, "rule", parts[k].severity, span, "text");

            diag->hint = parts[k].hint;
            if (parts[k].related)
                diag_relate(&diags, diag, span, "%s", parts[k].related);
        }
        diags_sort(&diags);
        assert_int_equal(diags.all.n, COUNT(parts));
        assert_int_equal(diags.all.v[0]->severity, SEV_WARNING);
        assert_null(diags.all.v[1]->hint);
        assert_int_equal(diags.all.v[1]->related.n, 0);
        assert_string_equal(diags.all.v[2]->related.v[0].text, "a");
        assert_string_equal(diags.all.v[3]->related.v[0].text, "b");
        assert_string_equal(diags.all.v[4]->hint, "hint");
        assert_int_equal(diags.all.v[5]->span.len, 2);
        arena_free(arena);
    }
}

static void diagnostics_show_their_line(void **state)
{
    static const char text[] = "one\ntwo\r\n\nthree";
    static const char *const lines[] = {"one", "two", "", "three", NULL, NULL};
    struct arena *arena = arena_new();
    struct diags diags;
    struct diag_lines line = {.diags = &diags};
    char path[] = "/tmp/dsc-base-test-XXXXXX";

    (void)state;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && file_write(path, text, strlen(text)));
    diags_init(&diags, arena);
    diags_add_file(&diags, "memory", text, strlen(text));
    diags_add_file(&diags, path, NULL, 0);
    diags_add_file(&diags, "/nowhere/at/all", NULL, 0);
    for (uint32_t file = 1; file <= 2; file++) {
        for (uint32_t i = 0; i < COUNT(lines); i++) {
            bool found = diag_lines_find(&line, (struct span){file, i + 1, 1, 1});
            assert_int_equal(found, lines[i] != NULL);
            if (found)
                assert_string_equal(line.text, lines[i]);
        }
    }
    assert_true(diag_lines_find(&line, (struct span){1, 1, 1, 1})); /* backwards, too */
    assert_string_equal(line.text, lines[0]);
    assert_false(diag_lines_find(&line, (struct span){3, 1, 1, 1}));
    assert_false(diag_lines_find(&line, (struct span){0}));
    assert_false(diag_lines_find(&line, (struct span){1, 0, 1, 1}));
    unlink(path);
    close(fd);
    diag_lines_close(&line);
    arena_free(arena);
}

static void sha256_matches_the_standard(void **state)
{
    char hex[SHA256_HEX];

    (void)state; /* FIPS 180-2, appendix B */
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    struct sha256 *sha = sha256_begin();
    sha256_add(sha, "a", 1);
    sha256_add(sha, "bc", 2);
    sha256_end(sha, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_uuid_is_java_s(void **state)
{
    char uuid[UUID_TEXT];

    (void)state;
    uuid_of_bytes("", 0, uuid);
    assert_string_equal(uuid, "d41d8cd9-8f00-3204-a980-0998ecf8427e");
    uuid_of_bytes("\"__dsc_unchanged_5c1f0e9a\"", 26, uuid);
    assert_string_equal(uuid, "09bba849-86d3-3578-98d7-51982e0862d0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_grows_and_keeps_what_was_there),
        cmocka_unit_test(vectors_keep_their_items),
        cmocka_unit_test(equal_strings_are_one),
        cmocka_unit_test(maps_know_pairs),
        cmocka_unit_test(buffers_grow_and_end_in_nul),
        cmocka_unit_test(utf8_is_what_the_standard_says),
        cmocka_unit_test(nearest_word_is_the_one_meant),
        cmocka_unit_test(diagnostics_sort_by_path_and_place),
        cmocka_unit_test(diagnostics_that_differ_at_all_are_kept_in_one_order),
        cmocka_unit_test(diagnostics_show_their_line),
        cmocka_unit_test(sha256_matches_the_standard),
        cmocka_unit_test(a_uuid_is_java_s),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
