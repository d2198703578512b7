#include "dsc/pg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void classifies_states(void **state)
{
    (void)state;
    static const struct {
        const char *sqlstate;

        enum pg_failure failure;
    } rows[] = {
        {"40001", PG_CONFLICT},   {"40P01", PG_CONFLICT},   {"55P03", PG_LOCKED},
        {"57014", PG_TIMEOUT},    {"57P01", PG_CONNECTION}, {"08006", PG_CONNECTION},
        {"42501", PG_PERMISSION}, {"28P01", PG_PERMISSION}, {"42P01", PG_MISSING},
        {"42703", PG_MISSING},    {"22P02", PG_DATA},       {"23505", PG_DATA},
        {"53100", PG_RESOURCES},  {"42601", PG_OTHER},      {"XX000", PG_OTHER},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(pg_classify(rows[i].sqlstate), rows[i].failure);
}

static void a_server_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct pg_address address = {.host = "/nonexistent", .port = "1", .application = "test"};

    assert_null(pg_connect(arena, &address, "testing"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classifies_states),
        cmocka_unit_test(a_server_that_is_not_there_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
