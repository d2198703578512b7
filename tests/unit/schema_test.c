#include "dsc/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/schema/internal.h"

static void widening_loses_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;

        bool widens;
    } rows[] = {
        {"integer", "bigint", true},
        {"bigint", "integer", false},
        {"bigint", "numeric", true},
        {"bigint", "numeric(10,2)", false},
        {"real", "double precision", true},
        {"bigint", "double precision", false},
        {"character varying(20)", "character varying(40)", true},
        {"character varying(40)", "character varying(20)", false},
        {"character varying(40)", "character varying", true},
        {"character varying(40)", "text", true},
        {"character varying", "character varying(40)", false},
        {"text", "character varying(40)", false},
        {"numeric(10,2)", "numeric(12,2)", true},
        {"numeric(10,2)", "numeric(12,4)", true},
        {"numeric(10,2)", "numeric(11,4)", false},
        {"numeric(10,2)", "numeric(10,0)", false},
        {"numeric(10,2)", "numeric", true},
        {"timestamp(3) without time zone", "timestamp without time zone", true},
        {"timestamp(3) without time zone", "timestamp(6) without time zone", true},
        {"timestamp(6) without time zone", "timestamp(3) without time zone", false},
        {"timestamp without time zone", "timestamp with time zone", false},
        {"date", "timestamp with time zone", true},
        {"text", "bytea", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (schema_widens(rows[i].from, rows[i].to) != rows[i].widens)
            fail_msg("%s to %s", rows[i].from, rows[i].to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(widening_loses_nothing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
