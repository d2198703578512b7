/* sql: quoting. tests/suite/writers.py reads what it writes with the parser of PostgreSQL. */
#include "dsc/sql.h"

#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_put(void (*put)(struct buf *, const char *), const char *text,
                       const char *expected)
{
    struct buf out = {0};

    put(&out, text);
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void identifiers_are_always_quoted(void **state)
{
    struct buf out = {0};

    (void)state;
    assert_put(sql_identifier, "name", "\"name\"");
    assert_put(sql_identifier, "a\"\"b", "\"a\"\"\"\"b\"");
    sql_qualified(&out, "live", "Order \"1\"");
    assert_string_equal(out.data, "\"live\".\"Order \"\"1\"\"\"");
    buf_free(&out);
}

static void literals_hold_any_text(void **state)
{
    (void)state;
    assert_put(sql_literal, NULL, "NULL");
    assert_put(sql_literal, "", "''");
    assert_put(sql_literal, "it's", "'it''s'");
    assert_put(sql_literal, "'\n$1", "'''\n$1'");
    assert_put(sql_literal, "a\\'b", "E'a\\\\''b'");
}

static void dollar_quotes_are_none_of_the_text(void **state)
{
    (void)state;
    assert_put(sql_dollar, "", "$dsc$$dsc$");
    assert_put(sql_dollar, "select 'it''s \\'", "$dsc$select 'it''s \\'$dsc$");
    assert_put(sql_dollar, "$dsc$", "$dsc_$$dsc$$dsc_$");
    assert_put(sql_dollar, "ends in $dsc", "$dsc_$ends in $dsc$dsc_$");
    assert_put(sql_dollar, "$dsc $dsc__", "$dsc___$$dsc $dsc__$dsc___$");
    assert_put(sql_dollar, "$", "$dsc$$$dsc$");
}

static void comments_stay_on_their_line(void **state)
{
    (void)state;
    assert_put(sql_comment, "a\n;drop\r\nx", "-- a ;drop  x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers_are_always_quoted),
        cmocka_unit_test(literals_hold_any_text),
        cmocka_unit_test(dollar_quotes_are_none_of_the_text),
        cmocka_unit_test(comments_stay_on_their_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
