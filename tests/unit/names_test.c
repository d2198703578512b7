/* names: goldens, limits, characters, distinctness; docs/names.md is the table. */
#include "dsc/names.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dsc/doc.h"
#include "hostile.h"

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

static const struct name_parts crm = {
    .platform = "dev",
    .store = "crm",
    .dataset = "customer",
    .schema = "Sales",
    .table = "Order Status",
    .workspace = "sales_reporting",
    .group = "current",
    .credential = "crm_reader",
    .key = "tls.crt",
    .name = "crm_reader",
    .stream = "crm",
    .incarnation = 1,
};

static void every_kind_has_the_name_that_is_documented(void **state)
{
    static const char *const expected[NAME_KIND_COUNT] = {
        [NAME_STREAM] = "crm.customer",
        [NAME_TOPIC_PREFIX] = "dev.crm.1",
        [NAME_TOPIC] = "dev.crm.1.Sales.Order_Status",
        [NAME_TOPIC_TRANSACTION] = "dev.crm.1.transaction",
        [NAME_TOPIC_NOTIFICATION] = "dev.crm.1.notification",
        [NAME_TOPIC_HEARTBEAT] = "dev.crm.1.dsc_dev_crm.heartbeat",
        [NAME_TOPIC_SIGNAL] = "dev.crm.1.dsc_dev_crm.signal",
        [NAME_SLOT] = "dsc_dev_crm_1",
        [NAME_PUBLICATION] = "dsc_dev_crm_1",
        [NAME_SOURCE_SCHEMA] = "dsc_dev_crm",
        [NAME_CONNECTOR_SOURCE] = "dev.crm.1.source",
        [NAME_CONNECTOR_MIRROR] = "dev.crm.1.mirror",
        [NAME_CONNECTOR_SINK] = "dev.crm.1.customer.sink",
        [NAME_CONNECTOR_SINK_HEARTBEAT] = "dev.crm.1.heartbeat.sink",
        [NAME_CONNECTOR_SINK_SIGNAL] = "dev.crm.1.signal.sink",
        [NAME_CONNECTOR_SINK_TRANSACTION] = "dev.crm.1.transaction.sink",
        [NAME_CONNECTOR_SINK_NOTIFICATION] = "dev.crm.1.notification.sink",
        [NAME_STAGING] = "crm__customer",
        [NAME_STAGING_SEALED] = "crm__customer__sealed",
        [NAME_STAGING_HEARTBEAT] = "crm__heartbeat",
        [NAME_STAGING_SIGNAL] = "crm__signal",
        [NAME_STAGING_TRANSACTION] = "crm__transaction",
        [NAME_STAGING_NOTIFICATION] = "crm__notification",
        [NAME_TABLE] = "crm__customer",
        [NAME_VIEW_SCHEMA] = "sales_reporting",
        [NAME_VIEW] = "current__crm__customer",
        [NAME_VIEW_HISTORY] = "current__crm__customer_history",
        [NAME_ROLE_WORKSPACE] = "ws_sales_reporting",
        [NAME_KUBERNETES] = "crm-reader",
        [NAME_CONNECT_SECRET] = "dev-connect",
        [NAME_TERRAFORM] = "crm_reader",
        [NAME_ENVIRONMENT] = "CRM_READER_TLS_CRT",
        [NAME_CONNECT_KEY] = "crm_reader.tls.crt",
        [NAME_PSQL_VARIABLE] = "crm_reader",
        [NAME_DAG] = "dev.crm",
        [NAME_DAG_INFRASTRUCTURE] = "dev_infrastructure",
    };

    for (unsigned kind = 0; kind < NAME_KIND_COUNT; kind++)
        assert_string_equal(name_make(*state, kind, &crm), expected[kind]);
}

static void an_absent_part_chooses_the_other_pattern(void **state)
{
    struct name_parts parts = crm;

    parts.dataset = NULL;
    assert_string_equal(name_make(*state, NAME_STREAM, &parts), "crm");
    parts.as = "people";
    assert_string_equal(name_make(*state, NAME_VIEW, &parts), "people");
    assert_string_equal(name_make(*state, NAME_VIEW_HISTORY, &parts), "people_history");
    parts.prefix = "shop";
    assert_string_equal(name_make(*state, NAME_TOPIC_TRANSACTION, &parts), "shop.transaction");
}

static void texts_of_any_kind_are_mangled(void **state)
{
    static const struct {
        enum name_kind kind;
        const char *text, *expected;
    } cases[] = {
        {NAME_KUBERNETES, "a.b_c", "a-b-c"},
        {NAME_KUBERNETES, "_Crm_", "x-crm-x"},
        {NAME_KUBERNETES, "1e3", "x1e3"},
        {NAME_KUBERNETES, "", "x"},
        {NAME_KUBERNETES, "\xc3\xa4", "x-x"},
        {NAME_TERRAFORM, "dev.crm.1.source", "dev_crm_1_source"},
        {NAME_TERRAFORM, "1e3", "_1e3"},
        {NAME_TERRAFORM, "-a", "_-a"},
        {NAME_TERRAFORM, "\"${x}", "____x_"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct name_parts parts = {.name = cases[i].text};

        assert_string_equal(name_make(*state, cases[i].kind, &parts), cases[i].expected);
    }
}

static void topics_are_what_debezium_makes_of_a_table(void **state)
{
    /* One `_` for each unit of UTF-16, of which those beyond U+FFFF have two. */
    struct name_parts parts = {
        .platform = "dev", .store = "crm", .schema = "na\xc3\xafve", .incarnation = 2};

    parts.table = "\xe2\x98\x83\xf0\x9f\x98\x80.x-y \"q\"";
    assert_string_equal(name_make(*state, NAME_TOPIC, &parts), "dev.crm.2.na_ve.___.x-y__q_");
}

static void long_names_are_cut_and_keep_their_tails(void **state)
{
    char store[64];
    struct name_parts parts = crm;

    memset(store, 'S', 63);
    store[63] = '\0';
    parts.store = store;
    assert_string_equal(name_make(*state, NAME_STAGING_SEALED, &parts),
                        "ssssssssssssssssssssssssssssssssssssssssssssss_86b504fd__sealed");
    assert_string_equal(name_make(*state, NAME_TABLE, &parts),
                        "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS_04ce475e");
    parts.name = store;
    assert_string_equal(name_make(*state, NAME_KUBERNETES, &parts),
                        "sssssssssssssssssssssssssssssssssssssssssss-c3a844a9");
}

static void names_are_cut_between_characters(void **state)
{
    /* 54 bytes are left before the digits: the third byte of the snowman would be the 55th. */
    struct name_parts parts = {.workspace = "01234567890123456789012345678901234567890123456789"
                                            "012\xe2\x98\x83 and much more"};
    const char *name = name_make(*state, NAME_VIEW_SCHEMA, &parts);

    assert_memory_equal(name, parts.workspace, 53);
    assert_int_equal(name[53], '_');
    assert_int_equal(strlen(name), 53 + 9);
}

static void datasets_never_take_the_tables_of_dsc(void **state)
{
    static const char *const own[] = {"heartbeat",      "signal",    "transaction", "notification",
                                      "orders__sealed", "Heartbeat", "a__signal"};
    struct name_parts parts = crm;

    for (size_t i = 0; i < COUNT(own); i++) {
        parts.dataset = own[i];
        const char *staging = name_make(*state, NAME_STAGING, &parts);
        for (unsigned kind = NAME_STAGING_SEALED; kind <= NAME_STAGING_NOTIFICATION; kind++) {
            const char *tail = strrchr(name_row(kind).pattern, '}') + 1;
            assert_string_not_equal(staging + strlen(staging) - strlen(tail), tail);
        }
    }
    parts.dataset = "signal";
    assert_string_equal(name_make(*state, NAME_CONNECTOR_SINK, &parts),
                        "dev.crm.1.signal_cb14bcd1.sink");
    parts.dataset = "heartbeats";
    assert_string_equal(name_make(*state, NAME_STAGING, &parts), "crm__heartbeats");
}

/* A text of up to 80 bytes or so: plain, or one that somebody will have to quote. */
static const char *random_text(struct arena *arena, struct dice *dice, bool hostile)
{
    size_t length = 1 + dice_roll(dice, 80);
    struct buf text = {0};

    while (text.len < length) {
        if (hostile && dice_roll(dice, 2))
            buf_puts(&text, hostile_text(arena, dice));
        buf_putc(&text, "abcdeXYZ_019"[dice_roll(dice, 12)]);
    }
    const char *copy = arena_strndup(arena, text.data, text.len);
    buf_free(&text);
    return copy;
}

static struct name_parts random_parts(struct arena *arena, struct dice *dice, bool hostile)
{
    return (struct name_parts){
        .platform = random_text(arena, dice, hostile),
        .store = random_text(arena, dice, hostile),
        .dataset = random_text(arena, dice, hostile),
        .schema = random_text(arena, dice, hostile),
        .table = random_text(arena, dice, hostile),
        .workspace = random_text(arena, dice, hostile),
        .group = random_text(arena, dice, hostile),
        .credential = random_text(arena, dice, hostile),
        .key = random_text(arena, dice, hostile),
        .name = random_text(arena, dice, hostile),
        .stream = random_text(arena, dice, hostile),
        .incarnation = 1 + dice_roll(dice, 100),
    };
}

/* "a-z 0-9 _" as a set of characters; "any": all. */
static bool allows(const char *characters, char c)
{
    if (strcmp(characters, "any") == 0)
        return true;
    for (const char *item = characters; *item; item += strcspn(item, " "), item += *item == ' ') {
        if (item[1] == '-' ? c >= item[0] && c <= item[2] : c == item[0])
            return true;
    }
    return false;
}

static void assert_valid(unsigned kind, const char *name)
{
    struct name_row row = name_row(kind);
    size_t length = strlen(name);

    assert_in_range(length, 1, row.limit);
    for (size_t i = 0; i < length; i++)
        assert_true(allows(row.characters, name[i]));
    for (size_t i = 0, step; i < length; i += step) {
        step = utf8_length(name + i, length - i);
        assert_int_not_equal(step, 0);
    }
    if (kind == NAME_KUBERNETES || kind == NAME_CONNECT_SECRET) {
        assert_in_range(name[0], 'a', 'z');
        assert_int_not_equal(name[length - 1], '-');
    }
    if (kind == NAME_TERRAFORM || kind == NAME_ENVIRONMENT || kind == NAME_STAGING)
        assert_false(name[0] >= '0' && name[0] <= '9');
}

static void any_text_makes_a_valid_name(void **state)
{
    struct dice dice = dice_of_seed(1);

    for (int round = 0; round < 150; round++) {
        struct name_parts parts = random_parts(*state, &dice, true);

        for (unsigned kind = 0; kind < NAME_KIND_COUNT; kind++) {
            const char *name = name_make(*state, kind, &parts);

            assert_valid(kind, name);
            assert_string_equal(name_make(*state, kind, &parts), name);
        }
        arena_reset(*state);
    }
}

static void distinct_texts_over_the_limit_stay_distinct(void **state)
{
    struct strings *seen = strings_new(*state);
    struct dice dice = dice_of_seed(2);

    for (int i = 0; i < 4000; i++) {
        /* All alike in their first 200 bytes, so that only the digits tell them apart. */
        const char *text = arena_printf(*state, "%0200d%s", 0, random_text(*state, &dice, true));
        struct name_parts parts = {.workspace = arena_printf(*state, "%s%d", text, i)};
        const char *name = name_make(*state, NAME_VIEW_SCHEMA, &parts);

        assert_null(intern_find(seen, name, strlen(name)));
        intern(seen, name);
    }
}

static void twins_never_equal_another_table(void **state)
{
    struct strings *seen = strings_new(*state);
    struct dice dice = dice_of_seed(3);

    for (int i = 0; i < 1000; i++) {
        struct name_parts parts = {.store = random_text(*state, &dice, false)};
        static const char *const tails[] = {"", "__sealed", "_sealed", "__heartbeat"};

        for (size_t tail = 0; tail < COUNT(tails); tail++) {
            parts.dataset = arena_printf(*state, "d%d%s", i, tails[tail]);
            for (unsigned kind = NAME_STAGING; kind <= NAME_STAGING_SEALED; kind++) {
                const char *name = name_make(*state, kind, &parts);

                assert_in_range(strlen(name), 1, 63);
                assert_null(intern_find(seen, name, strlen(name)));
                intern(seen, name);
            }
        }
    }
}

static struct doc *row_document(struct arena *arena, unsigned kind)
{
    struct name_row row = name_row(kind);
    struct doc *map = doc_map(arena);

    doc_set_string(arena, map, "object", row.object);
    doc_set(map, "name", doc_text(arena, NULL, row.pattern));
    doc_set(map, "where a part is absent",
            row.otherwise ? doc_text(arena, NULL, row.otherwise) : doc_string(arena, ""));
    doc_set_int(arena, map, "bytes", (int64_t)row.limit);
    doc_set_string(arena, map, "characters", row.characters);
    return map;
}

static struct doc *names_document(struct arena *arena)
{
    struct doc *document = doc_list(arena), *table = doc_list(arena);

    doc_add_string(
        arena, document,
        "Every physical name that dsc makes (src/names/names.c; this page is written by its test)."
        "\n\n"
        "A character that an object's names do not know becomes _, in Kubernetes -; one beyond "
        "U+FFFF becomes two of them, as Debezium does it. A name that is longer than allowed is "
        "cut at a character's end; then come _ (in Kubernetes -), 8 hex digits of the SHA-256 of "
        "the whole name as it was before, and the words that end its pattern. A dataset's "
        "staging table or sink connector that would end like one of dsc's own (__sealed, "
        "__heartbeat, .heartbeat.sink …) gets the digits too.");
    for (unsigned kind = 0; kind < NAME_KIND_COUNT; kind++)
        doc_add(table, row_document(arena, kind));
    doc_add(document, table);
    return document;
}

static void the_page_of_names_is_current(void **state)
{
    struct buf expected = {0}, found = {0};
    const char *path = arena_printf(*state, "%s/docs/names.md", getenv("DSC_SOURCE"));

    buf_puts(&expected, "# Names\n\n");
    doc_write_markdown(&expected, names_document(*state));
    if (getenv("DSC_ACCEPT"))
        assert_true(file_write(path, expected.data, expected.len));
    assert_true(file_read(path, 0, &found));
    assert_string_equal(found.data, expected.data);
    buf_free(&expected);
    buf_free(&found);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, new_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(every_kind_has_the_name_that_is_documented),
        TEST(an_absent_part_chooses_the_other_pattern),
        TEST(texts_of_any_kind_are_mangled),
        TEST(topics_are_what_debezium_makes_of_a_table),
        TEST(long_names_are_cut_and_keep_their_tails),
        TEST(names_are_cut_between_characters),
        TEST(datasets_never_take_the_tables_of_dsc),
        TEST(any_text_makes_a_valid_name),
        TEST(distinct_texts_over_the_limit_stay_distinct),
        TEST(twins_never_equal_another_table),
        TEST(the_page_of_names_is_current),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
