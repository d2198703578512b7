/*
 * plan: reading, writing, and the table of members. Two more ways to run it serve
 * tests/suite/plan.py: plan_test write FOLDER   writes random plans there plan_test read FILE …
 * prints for each file "ok", or why it is refused
 */
#include "../../src/plan/internal.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random_plan.h"

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

/* The bytes of a file of the repository. */
static void read_source(struct arena *arena, const char *name, struct buf *out)
{
    const char *source = getenv("DSC_SOURCE");

    assert_non_null(source);
    assert_true(file_read(arena_printf(arena, "%s/%s", source, name), 0, out));
}

static const struct plan *read_text(struct arena *arena, const char *json)
{
    const char *why = NULL;
    const struct plan *plan = plan_read(arena, json, strlen(json), &why);

    if (!plan)
        fail_msg("%s", why);
    return plan;
}

static const char *why_refused(struct arena *arena, const char *json, size_t length)
{
    const char *why = NULL;

    assert_null(plan_read(arena, json, length, &why));
    assert_non_null(why);
    return why;
}

static void random_plans_come_back_as_they_were(void **state)
{
    struct dice dice = dice_of_seed(7);

    for (int i = 0; i < 300; i++) {
        struct buf first = {0}, second = {0};

        plan_write(&first, random_plan(*state, &dice));
        plan_write(&second, read_text(*state, first.data));
        assert_string_equal(first.data, second.data);
        buf_free(&first);
        buf_free(&second);
        arena_reset(*state);
    }
}

/* ---- a plan that is known ----------------------------------------------------------------------
 */

static void every_member_has_its_place(void **state)
{
    struct buf json = {0}, written = {0};

    read_source(*state, "tests/fuzz/corpus/plan/crm.json", &json);
    const struct plan *plan = read_text(*state, json.data);
    plan_write(&written, plan);
    assert_string_equal(written.data, json.data);

    assert_int_equal(plan->format, 1);
    assert_string_equal(plan->stream, "crm");
    assert_string_equal(plan->platform, "dev");
    assert_string_equal(plan->store, "crm");
    assert_int_equal(plan->promise, PLAN_TRANSACTIONAL);
    assert_int_equal(plan->capture, PLAN_CDC);
    assert_string_equal(plan->schedule, "*/5 * * * *");
    assert_int_equal(plan->priority, PLAN_HIGH);
    assert_string_equal(plan->database.container, "merge");
    assert_string_equal(plan->database.host, "merge.acme-data.svc");
    assert_int_equal(plan->database.port, 5432);
    assert_string_equal(plan->database.database, "merge");
    assert_string_equal(plan->database.tls, "verify-full");
    assert_string_equal(plan->database.ca, "merge_ca");
    assert_string_equal(plan->database.credential, "merge");
    assert_string_equal(plan->database.credential_type, "user_password");
    assert_string_equal(plan->sink_credential, "sink");
    assert_null(plan->source);
    assert_int_equal(plan->connect->port, 8083);
    assert_null(plan->connect->database);
    assert_int_equal(plan->n_incarnations, 2);
    assert_int_equal(plan->incarnations[1].number, 2);
    assert_string_equal(plan->incarnations[1].prefix, "dev.crm.2");
    assert_true(plan->incarnations[0].draining);
    assert_string_equal(plan->transaction->staging.name, "crm__transaction");
    assert_string_equal(plan->notification->topics[1].topic, "dev.crm.2.notification");
    assert_string_equal(plan->heartbeat->topics[0].connector, "dev.crm.1.heartbeat.sink");
    assert_int_equal(plan->signal->n_topics, 2);
    assert_string_equal(plan->order->commit, "(__source_sequence::json ->> 0)::bigint");
    assert_string_equal(plan->order->change, "__transaction_total_order");
    assert_string_equal(plan->order->transaction, "split_part(__transaction_id, ':', 1)");
    assert_string_equal(plan->order->end_transaction, "split_part(id, ':', 1)");
    assert_string_equal(plan->order->end_commit, "split_part(id, ':', 2)::bigint");
    assert_int_equal(plan->truncate, PLAN_TRUNCATE_SIGNAL);
    assert_int_equal(plan->quarantine, PLAN_QUARANTINE_STOP);
    assert_int_equal(plan->metrics_retention, 7776000);
    assert_int_equal(plan->n_datasets, 3);
    assert_int_equal(plan->n_roles, 2);
    assert_string_equal(plan->roles[1].role, "ws_sales_reporting");
    assert_string_equal(plan->roles[1].schema, "sales_reporting");
    assert_string_equal(plan->roles[1].readers[1], "Some One");
    buf_free(&json);
    buf_free(&written);
}

static void every_member_of_a_dataset_has_its_place(void **state)
{
    struct buf json = {0};

    read_source(*state, "tests/fuzz/corpus/plan/crm.json", &json);
    const struct plan *plan = read_text(*state, json.data);
    const struct plan_dataset *audit = &plan->datasets[0], *customer = &plan->datasets[1];
    const struct plan_dataset *order_line = &plan->datasets[2];

    assert_true(plan_is_keyless(audit));
    assert_false(plan_is_keyless(customer));
    assert_string_equal(customer->name, "customer");
    assert_string_equal(customer->source_schema, "sales");
    assert_string_equal(customer->source_table, "customer");
    assert_int_equal(customer->deletes, PLAN_SOFT);
    assert_string_equal(customer->staging.schema, "staging");
    assert_string_equal(customer->sealed.name, "crm__customer__sealed");
    assert_string_equal(customer->live->schema, "live");
    assert_string_equal(customer->history->schema, "history");
    assert_int_equal(customer->retention, 157680000);
    assert_null(customer->watermark);
    assert_null(customer->query);
    assert_string_equal(customer->topics[0].topic, "dev.crm.1.sales.customer");
    assert_int_equal(customer->topics[0].incarnation, 1);
    assert_int_equal(customer->n_columns, 5);
    assert_string_equal(customer->columns[2].name, "profile");
    assert_string_equal(customer->columns[2].type, "jsonb");
    assert_string_equal(customer->columns[2].staging_type, "text");
    assert_string_equal(customer->columns[2].placeholder, "'\"__dsc_unchanged_5c1f0e9a\"'");
    assert_string_equal(customer->columns[3].fallback, "true");
    assert_int_equal(order_line->columns[0].key, 2);
    assert_null(order_line->live);
    assert_int_equal(customer->views[1].shows, PLAN_SHOWS_HISTORY);
    assert_string_equal(customer->views[1].view.name, "customer_history");
    assert_string_equal(customer->views[1].workspace, "sales_reporting");
    assert_string_equal(customer->views[1].role, "ws_sales_reporting");

    buf_clear(&json);
    read_source(*state, "tests/fuzz/corpus/plan/erp.json", &json);
    plan = read_text(*state, json.data);
    assert_string_equal(plan->source->container, "erp_db");
    assert_null(plan->order);
    assert_string_equal(plan->parameters[0].name, "currency");
    assert_string_equal(plan->parameters[0].values[1], "USD");
    assert_non_null(plan->datasets[0].query);
    buf_free(&json);
}

/* ---- what is refused ---------------------------------------------------------------------------
 */

static void mistakes_are_told_by_their_place(void **state)
{
    static const struct {
        const char *from, *to, *why;
    } cases[] = {
        {"\"format\": 1", "\"format\": 2",
         "the plan is of format 2, made by a newer dsc; this one reads formats up to 1: use the "
         "dsc "
         "that rendered it, or a later one"},
        {"\"format\": 1", "\"format\": 0", "format must be at least 1, and is 0"},
        {"\"format\": 1", "\"format\": \"1\"", "format must be a whole number, and is a string"},
        {"\"stream\": \"crm\"", "\"stream\": null", "stream must be a string, and is null"},
        {"\"stream\": \"crm\",", "", "stream must be a string, and is absent"},
        {"\"stream\": \"crm\"", "\"strem\": \"crm\"", "strem is unknown; did you mean stream?"},
        {"\"schedule\": \"*/5 * * * *\"", "\"x\": 1", "x is unknown"},
        {"\"promise\": \"transactional\"", "\"promise\": \"all\"",
         "promise must be one of transactional, convergent, runs, and is \"all\""},
        {"\"promise\": \"transactional\"", "\"promise\": 1.5",
         "promise must be one of transactional, convergent, runs, and is a fraction"},
        {"\"parameters\": []", "\"parameters\": {}",
         "parameters must be an array, and is an object"},
        {"\"draining\": true", "\"draining\": 1",
         "incarnations[0].draining must be true or false, and is a whole number"},
        {"\"type\": \"jsonb\"", "\"type\": false",
         "datasets[1].columns[2].type must be a string, and is false"},
        {"\"tableau\"", "7", "roles[1].readers[0] must be a string, and is a whole number"},
        {"\"key\": 2", "\"key\": 1",
         "datasets[2].columns[1].key is 1, but the places in the key must go from 1 to 2, each "
         "once"},
        {"\"key\": 2", "\"key\": 9223372036854775807",
         "datasets[2].columns[0].key is 9223372036854775807, but the places in the key must go "
         "from "
         "1 to 2, each once"},
        {"\"shows\": \"live\"", "\"shows\": \"history\"",
         "datasets[0].views[0].shows is history, which the dataset does not keep"},
    };
    struct buf json = {0};

    read_source(*state, "tests/fuzz/corpus/plan/crm.json", &json);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *at = strstr(json.data, cases[i].from);
        assert_non_null(at);
        const char *wrong = arena_printf(*state, "%.*s%s%s", (int)(at - json.data), json.data,
                                         cases[i].to, at + strlen(cases[i].from));
        assert_string_equal(why_refused(*state, wrong, strlen(wrong)), cases[i].why);
    }
    buf_free(&json);
}

static void members_that_may_be_null_may_be_absent(void **state)
{
    static const char absent[] = "      \"watermark\": null,\n";
    struct buf json = {0}, written = {0};

    read_source(*state, "tests/fuzz/corpus/plan/crm.json", &json);
    const char *at = strstr(json.data, absent);
    assert_non_null(at);
    const char *shorter =
        arena_printf(*state, "%.*s%s", (int)(at - json.data), json.data, at + strlen(absent));
    plan_write(&written, read_text(*state, shorter));
    assert_string_equal(written.data, json.data);
    buf_free(&json);
    buf_free(&written);
}

static void what_is_no_plan_is_refused(void **state)
{
    static const char *const files[] = {"newer",     "unknown", "wrong",          "empty",
                                        "duplicate", "nul",     "truncated",      "latin",
                                        "big",       "nested",  "nested_members", "surrogate"};
    static const char *const texts[] = {"",  " ",    "null",  "[]",  "\"\"",
                                        "{", "{}{}", "1e999", "\xff"};

    for (size_t i = 0; i < COUNT(files); i++) {
        struct buf json = {0};

        read_source(*state, arena_printf(*state, "tests/fuzz/corpus/plan/%s.json", files[i]),
                    &json);
        why_refused(*state, json.data, json.len);
        buf_free(&json);
    }
    for (size_t i = 0; i < COUNT(texts); i++)
        why_refused(*state, texts[i], strlen(texts[i]));
    why_refused(*state, "{\0}", 3);
}

static void every_prefix_of_a_plan_is_refused(void **state)
{
    struct buf json = {0};

    read_source(*state, "tests/fuzz/corpus/plan/erp.json", &json);
    for (size_t length = 0; length < json.len - 2; length++) {
        why_refused(*state, json.data, length);
        arena_reset(*state);
    }
    buf_free(&json);
}

/* ---- the table ---------------------------------------------------------------------------------
 */

static size_t member_size(const struct member *member)
{
    switch (member->kind) {
    case MEMBER_BOOL:
        return sizeof(bool);
    case MEMBER_WORD:
        return sizeof(unsigned);
    case MEMBER_INT:
        return sizeof(int64_t);
    case MEMBER_STRUCT:
        return member->nullable ? sizeof(void *) : member->shape->size;
    default:
        return sizeof(void *);
    }
}

/* What no member covers is padding: less than a word, and never where another member would fit. */
static void assert_covered(struct arena *arena, const struct shape *shape)
{
    unsigned char *covered = arena_alloc(arena, shape->size);

    for (size_t i = 0; i < shape->n_members; i++) {
        const struct member *member = &shape->members[i];

        memset(covered + member->offset, 1, member_size(member));
        if (member->count_offset)
            memset(covered + member->count_offset, 1, sizeof(size_t));
        assert_non_null(member->doc);
    }
    for (size_t at = 0; at < shape->size; at += 8) {
        if (!memchr(covered + at, 1, 8))
            fail_msg("%s: no row of the table describes byte %zu", shape->name, at);
    }
}

static void the_table_knows_every_member(void **state)
{
    assert_covered(*state, &plan_shape);
    for (size_t i = 0; i < n_plan_parts; i++)
        assert_covered(*state, plan_parts[i]);
}

static void the_schema_in_docs_is_current(void **state)
{
    struct buf expected = {0}, found = {0};
    const char *path = "docs/plan.schema.json";

    plan_write_schema(&expected);
    if (getenv("DSC_ACCEPT"))
        assert_true(file_write(arena_printf(*state, "%s/%s", getenv("DSC_SOURCE"), path),
                               expected.data, expected.len));
    read_source(*state, path, &found);
    assert_string_equal(found.data, expected.data);
    buf_free(&expected);
    buf_free(&found);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, new_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(random_plans_come_back_as_they_were),     TEST(every_member_has_its_place),
        TEST(every_member_of_a_dataset_has_its_place), TEST(mistakes_are_told_by_their_place),
        TEST(members_that_may_be_null_may_be_absent),  TEST(what_is_no_plan_is_refused),
        TEST(every_prefix_of_a_plan_is_refused),       TEST(the_table_knows_every_member),
        TEST(the_schema_in_docs_is_current),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
