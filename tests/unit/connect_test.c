/* connect: which settings a class knows, and which of them are dsc's own. */
#include "dsc/connect.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void settings_are_known_by_class(void **state)
{
    (void)state;
    assert_true(connect_find(CONNECT_POSTGRES_SOURCE, "slot.name")->owned);
    assert_false(connect_find(CONNECT_POSTGRES_SOURCE, "max.batch.size")->owned);
    assert_null(connect_find(CONNECT_POSTGRES_SOURCE, "batch.size"));
    assert_false(connect_find(CONNECT_JDBC_SINK, "batch.size")->owned);
    assert_true(connect_find(CONNECT_JDBC_SINK, "transforms.unwrap.add.fields")->owned);
    assert_null(connect_find(CONNECT_JDBC_SINK, "delete.handling.mode"));
    assert_string_equal(connect_class_name(CONNECT_MIRROR_SOURCE),
                        "org.apache.kafka.connect.mirror.MirrorSourceConnector");
}

static void a_family_is_asked_after_whole_names(void **state)
{
    (void)state;
    assert_true(connect_find(CONNECT_MIRROR_SOURCE, "consumer.isolation.level")->owned);
    assert_false(connect_find(CONNECT_MIRROR_SOURCE, "consumer.max.poll.records")->owned);
    assert_true(connect_find(CONNECT_MIRROR_SOURCE, "source.cluster.sasl.mechanism")->owned);
    assert_false(connect_find(CONNECT_MIRROR_SOURCE, "source.cluster.client.id")->owned);
    assert_null(connect_find(CONNECT_MIRROR_SOURCE, "source.cluster."));
}

static void a_misspelt_setting_has_a_neighbour(void **state)
{
    (void)state;
    assert_string_equal(connect_nearest(CONNECT_POSTGRES_SOURCE, "max.bacth.size"),
                        "max.batch.size");
    assert_string_equal(connect_nearest(CONNECT_JDBC_SINK, "conection.username"),
                        "connection.username");
    assert_null(connect_nearest(CONNECT_JDBC_SINK, "drop.tombstones"));
}

/* A secret is never the model's to write, and families come last, or they would hide a name. */
static void rows_keep_their_order_and_their_secrets(void **state)
{
    static const char *const names[] = {"database.password", "sasl.jaas.config",
                                        "connection.password"};

    (void)state;
    for (size_t i = 0; i < CONNECT_CLASSES; i++) {
        const struct connect_setting *setting = connect_find((enum connect_class)i, names[i]);

        assert_int_equal(setting->value, CONNECT_SECRET);
        assert_true(setting->owned);
    }
}

static void values_are_of_their_kind(void **state)
{
    static const struct {
        enum connect_value kind;
        const char *value;
        bool fits;
    } cases[] = {
        {CONNECT_TEXT, "", true},       {CONNECT_WHOLE, "10", true},
        {CONNECT_WHOLE, "-1", true},    {CONNECT_WHOLE, "", false},
        {CONNECT_WHOLE, "-", false},    {CONNECT_WHOLE, "1k", false},
        {CONNECT_WHOLE, "1.0", false},  {CONNECT_NUMBER, "0.05", true},
        {CONNECT_NUMBER, "7", true},    {CONNECT_NUMBER, "7.", false},
        {CONNECT_NUMBER, ".5", false},  {CONNECT_NUMBER, "1.2.3", false},
        {CONNECT_FLAG, "true", true},   {CONNECT_FLAG, "yes", false},
        {CONNECT_SECRET, "any", false},
    };
    const char *what;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        what = NULL;
        assert_int_equal(connect_value_fits(cases[i].kind, cases[i].value, &what), cases[i].fits);
        assert_non_null(what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_known_by_class),
        cmocka_unit_test(a_family_is_asked_after_whole_names),
        cmocka_unit_test(a_misspelt_setting_has_a_neighbour),
        cmocka_unit_test(rows_keep_their_order_and_their_secrets),
        cmocka_unit_test(values_are_of_their_kind),
    };

    return cmocka_run_group_tests_name("connect", tests, NULL, NULL);
}
