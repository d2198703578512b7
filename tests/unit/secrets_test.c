#include "dsc/secrets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;

    char dir[32];
};

static int set_up(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof(*fixture));

    fixture->arena = arena_new();
    strcpy(fixture->dir, "/tmp/dsc_secrets_XXXXXX");
    assert_non_null(mkdtemp(fixture->dir));
    assert_true(dir_make(arena_printf(fixture->arena, "%s/crm.reader", fixture->dir)));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    unsetenv("CRM_READER_PASSWORD");
    dir_remove(fixture->dir);
    arena_free(fixture->arena);
    test_free(fixture);
    return 0;
}

static void put(struct fixture *fixture, const char *key, const char *text)
{
    assert_true(file_write(arena_printf(fixture->arena, "%s/crm.reader/%s", fixture->dir, key),
                           text, strlen(text)));
}

static void files_lose_their_line_end(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "password", " a b\r\n");
    assert_string_equal(secrets_value(fixture->arena, fixture->dir, "crm.reader", "password"),
                        " a b");
}

static void the_environment_wins(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "password", "file");
    setenv("CRM_READER_PASSWORD", "environment", 1);
    assert_string_equal(secrets_value(fixture->arena, fixture->dir, "crm.reader", "password"),
                        "environment");
}

static void absent_and_empty_are_errors(void **state)
{
    struct fixture *fixture = *state;

    assert_null(secrets_value(fixture->arena, fixture->dir, "crm.reader", "password"));
    put(fixture, "password", "\n");
    assert_null(secrets_value(fixture->arena, fixture->dir, "crm.reader", "password"));
    assert_null(secrets_path(fixture->arena, fixture->dir, "crm.reader", "tls.crt"));
}

static void certificates_are_paths(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "tls.crt", "x");
    assert_string_equal(secrets_path(fixture->arena, fixture->dir, "crm.reader", "tls.crt"),
                        arena_printf(fixture->arena, "%s/crm.reader/tls.crt", fixture->dir));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_lose_their_line_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_environment_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(absent_and_empty_are_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(certificates_are_paths, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
