/* base: files that are too large for memory, written and summed piece by piece. */
#include "dsc/base.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    char folder[64];
};

static int make_folder(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    fixture->arena = arena_new();
    snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/dsc-file-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct fixture *fixture = *state;
    bool good = dir_remove(fixture->folder);

    arena_free(fixture->arena);
    free(fixture);
    return good ? 0 : -1;
}

static void a_swapped_file_grows_by_pieces(void **state)
{
    struct fixture *fixture = *state;
    const char *target = arena_printf(fixture->arena, "%s/target", fixture->folder);
    struct swap *swap = swap_begin(fixture->arena, target);
    struct buf read = {0};
    char sum[SHA256_HEX], expected[SHA256_HEX];

    assert_non_null(swap);
    assert_true(swap_write(swap, "sql/a.sql", "one\n", 4));
    assert_true(swap_append(swap, "sql/a.sql", "two\n", 4));
    assert_true(swap_write(swap, "b", "", 0));
    assert_true(swap_append(swap, "sql/a.sql", "three\n", 6));
    assert_true(swap_commit(swap));
    swap_abort(swap);
    assert_true(file_read(arena_printf(fixture->arena, "%s/sql/a.sql", target), 0, &read));
    assert_string_equal(read.data, "one\ntwo\nthree\n");
    assert_true(file_sha256(arena_printf(fixture->arena, "%s/sql/a.sql", target), sum));
    sha256_hex(read.data, read.len, expected);
    assert_string_equal(sum, expected);
    buf_free(&read);
}

static void only_what_was_begun_can_grow(void **state)
{
    struct fixture *fixture = *state;
    const char *target = arena_printf(fixture->arena, "%s/other", fixture->folder);
    struct swap *swap = swap_begin(fixture->arena, target);

    assert_false(swap_append(swap, "a", "one", 3));
    assert_false(swap_commit(swap));
    swap_abort(swap);
    assert_false(file_exists(target));
}

static void a_large_file_is_summed(void **state)
{
    struct fixture *fixture = *state;
    const char *path = arena_printf(fixture->arena, "%s/large", fixture->folder);
    struct buf large = {0};
    char sum[SHA256_HEX], expected[SHA256_HEX];

    buf_fill(&large, 'x', 200001);
    sha256_hex(large.data, large.len, expected);
    assert_true(file_write(path, large.data, large.len));
    assert_true(file_sha256(path, sum));
    assert_string_equal(sum, expected);
    assert_false(file_sha256(fixture->folder, sum));
    buf_free(&large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_swapped_file_grows_by_pieces),
        cmocka_unit_test(only_what_was_begun_can_grow),
        cmocka_unit_test(a_large_file_is_summed),
    };

    return cmocka_run_group_tests_name("file", tests, make_folder, remove_folder);
}
