/* ddl: its text. tests/suite/ddl.sh runs it. DSC_ACCEPT=1 rewrites the golden files for review. */
#include "dsc/ddl.h"

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

static const char *source_path(struct arena *arena, const char *name)
{
    const char *source = getenv("DSC_SOURCE");

    assert_non_null(source);
    return arena_printf(arena, "%s/tests/%s", source, name);
}

static void assert_golden(struct arena *arena, const char *name, const struct buf *out)
{
    const char *path = source_path(arena, arena_printf(arena, "golden/ddl/%s", name));
    struct buf expected = {0};

    if (getenv("DSC_ACCEPT"))
        assert_true(file_write(path, out->data, out->len));
    assert_true(file_read(path, 0, &expected));
    assert_string_equal(out->data, expected.data);
    buf_free(&expected);
}

static const struct plan *read_plan(struct arena *arena, const char *name)
{
    struct buf json = {0};
    const char *why = NULL;

    assert_true(
        file_read(source_path(arena, arena_printf(arena, "fuzz/corpus/plan/%s", name)), 0, &json));
    const struct plan *plan = plan_read(arena, json.data, json.len, &why);
    assert_null(why);
    buf_free(&json);
    return plan;
}

static void tables_and_views_of_plans(void **state)
{
    static const char *const names[] = {"crm", "erp", "hostile"};

    for (size_t i = 0; i < COUNT(names); i++) {
        const struct plan *plan = read_plan(*state, arena_printf(*state, "%s.json", names[i]));
        struct buf out = {0};

        ddl_tables(&out, plan);
        ddl_views(&out, plan);
        assert_golden(*state, arena_printf(*state, "%s.sql", names[i]), &out);
        buf_free(&out);
    }
}

static void script_of_a_source(void **state)
{
    struct ddl_source_table sales[] = {
        {"sales", "customer", "customer", false},
        {"sales", "Order \"Line\"", "order_line", false},
        {"audit", "event", "event", true},
    };
    const struct ddl_source source = {"crm_db", "crm"};
    const struct ddl_store stores[] = {
        {"dev", "crm", "crm_reader", "crm_reader", "dsc_dev_crm", "dsc_dev_crm_2", "dsc_dev_crm_2",
         true, sales, COUNT(sales)},
        {"dev", "parts", "crm_reader", "crm_reader", "dsc_dev_parts", "dsc_dev_parts_1",
         "dsc_dev_parts_1", false, sales, 1},
        {"dev", "rates", "rates-reader", "rates_reader", NULL, NULL, NULL, false, sales, 1},
    };
    struct buf out = {0};

    ddl_source(&out, &source, stores, COUNT(stores));
    assert_golden(*state, "source.sql", &out);
    buf_free(&out);
}

static void the_platform_needs_no_plan(void **state)
{
    struct buf out = {0};

    (void)state;
    ddl_platform(&out);
    assert_non_null(strstr(out.data, "dsc_merge"));
    assert_int_equal(out.data[out.len - 1], '\n');
    buf_free(&out);
}

static void heartbeats_are_renewed_by_a_call(void **state)
{
    struct buf out = {0};

    (void)state;
    ddl_heartbeat_query(&out, "dsc_dev_crm");
    assert_string_equal(out.data, "select \"dsc_dev_crm\".\"beat\"()");
    buf_free(&out);
}

static void sinks_are_told_what_they_add(void **state)
{
    size_t n;
    const struct ddl_column *columns = ddl_metadata(&n);

    (void)state;
    assert_int_equal(n, 10);
    assert_string_equal(columns[0].name, "__deleted");
    for (size_t i = 0; i < n; i++)
        assert_memory_equal(columns[i].name, "__", 2);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, new_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(tables_and_views_of_plans),    TEST(script_of_a_source),
        TEST(the_platform_needs_no_plan),   TEST(heartbeats_are_renewed_by_a_call),
        TEST(sinks_are_told_what_they_add),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
