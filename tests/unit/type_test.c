/* type: spellings, parameters, printing, what types become in PostgreSQL, widening. */
#include "dsc/model.h"

#include "hostile.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct context {
    struct arena *arena;

    struct strings *strings;
};

static int begin(void **state)
{
    struct context *context = calloc(1, sizeof(*context));

    assert_non_null(context);
    context->arena = arena_new();
    context->strings = strings_new(context->arena);
    *state = context;
    return 0;
}

static int end(void **state)
{
    struct context *context = *state;

    arena_free(context->arena);
    free(context);
    return 0;
}

static const struct type *parse(struct context *context, const char *text)
{
    struct type_problem problem = {0};
    const struct type *type = type_parse(context->arena, context->strings, text, &problem);

    if (!type)
        fail_msg("%s: %s", text, problem.text);
    return type;
}

static const char *print(struct context *context, const struct type *type)
{
    struct buf text = {0};

    type_print(&text, type);
    const char *copy = arena_strdup(context->arena, text.data);
    buf_free(&text);
    return copy;
}

static void spellings_have_one_canonical_form(void **state)
{
    static const char *const cases[][2] = {
        {"boolean", "boolean"},
        {"BOOL", "boolean"},
        {"int", "integer"},
        {"int8", "bigint"},
        {"Serial", "integer"},
        {"bigserial", "bigint"},
        {"bigint unsigned", "unsigned bigint"},
        {"Unsigned  INT", "unsigned integer"},
        {"numeric", "decimal"},
        {"numeric(18)", "decimal(18)"},
        {"numeric( 18 , 4 )", "decimal(18,4)"},
        {"NUMBER(10,0)", "decimal(10,0)"},
        {"double precision", "double"},
        {"double\tprecision", "double"},
        {"float8", "double"},
        {"char", "char(1)"},
        {"character(20)", "char(20)"},
        {"character varying(20)", "varchar(20)"},
        {"national character varying (20)", "varchar(20)"},
        {"character varying", "varchar"},
        {"varchar(max)", "varchar"},
        {"string", "text"},
        {"bytea", "binary"},
        {"varbinary(16)", "binary(16)"},
        {"bit", "bit(1)"},
        {"bit varying(5)", "varbit(5)"},
        {"time", "time"},
        {"time(6)", "time"},
        {"time(3)", "time(3)"},
        {"time(0) with time zone", "timetz(0)"},
        {"timestamp without time zone", "timestamp"},
        {"timestamp(3) without time zone", "timestamp(3)"},
        {"timestamp (3) with time zone", "timestamptz(3)"},
        {"datetime2(3)", "timestamp(3)"},
        {"datetimeoffset", "timestamptz"},
        {"uniqueidentifier", "uuid"},
        {"enum(app.mood)", "enum(app.mood)"},
        {"enum( \"Order Status\" )", "enum(\"Order Status\")"},
        {"geography", "geography(geometry)"},
        {"geography(POINT)", "geography(point)"},
        {"geography(point, 4326)", "geography(point)"},
        {"geography(polygon,3857)", "geography(polygon,3857)"},
        {"vector(1536)", "vector(1536)"},
        {"integer[]", "array<integer>"},
        {"numeric(10,2)[]", "array<decimal(10,2)>"},
        {"timestamp(3) with time zone []", "array<timestamptz(3)>"},
        {"text[][]", "array<array<text>>"},
        {"array<varchar(3)>", "array<varchar(3)>"},
        {"map<text, array<int>>", "map<text,array<integer>>"},
        {"struct<a int, b: text>", "struct<a integer,b text>"},
        {"struct<\"a b\" int, \"say \"\"x\"\"\" struct<c date>>[]",
         "array<struct<\"a b\" integer,\"say \"\"x\"\"\" struct<c date>>>"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct type *type = parse(*state, cases[i][0]);

        assert_string_equal(print(*state, type), cases[i][1]);
        const struct type *again = parse(*state, cases[i][1]);
        assert_true(type_equal(type, again));
        assert_string_equal(print(*state, again), cases[i][1]);
    }
}

static void every_spelling_and_example_is_read(void **state)
{
    for (int i = 0; i < TYPE_COUNT; i++) {
        enum type_id id = (enum type_id)i;
        const char *spelling;

        assert_int_equal(parse(*state, type_example(id))->id, id);
        assert_non_null(type_spelling(id, 0));
        for (size_t k = 0; (spelling = type_spelling(id, k)) != NULL; k++) {
            struct type_problem problem;
            struct context *context = *state;
            const struct type *type =
                type_parse(context->arena, context->strings, spelling, &problem);

            if (type)
                assert_int_equal(type->id, id);
            else
                assert_string_equal(problem.rule, "type-parameter");
        }
    }
}

static void mistakes_are_told_by_their_part(void **state)
{
    static const struct {
        const char *text, *rule, *part, *near;
    } cases[] = {
        {"bigin", "unknown-type", "bigin", "bigint"},
        {"varchr(20)", "unknown-type", "varchr", "varchar"},
        {"array<txt>", "unknown-type", "txt", "text"},
        {"zork", "unknown-type", "zork", NULL},
        {"", "unknown-type", "", NULL},
        {"(3)", "unknown-type", "(3)", NULL},
        {"bigint unique", "unknown-type", "unique", NULL},
        {"int)", "unknown-type", ")", NULL},
        {"integer(11)", "type-parameter", "(11)", NULL},
        {"varchar(0)", "type-parameter", "0", NULL},
        {"varchar(-1)", "type-parameter", "-1", NULL},
        {"varchar(10485761)", "type-parameter", "10485761", NULL},
        {"varchar(99999999999999999999)", "type-parameter", "99999999999999999999", NULL},
        {"varchar(x)", "type-parameter", "x", NULL},
        {"varchar(", "type-parameter", "", NULL},
        {"varchar(20", "type-parameter", "(20", NULL},
        {"varchar(20,3)", "type-parameter", "(20,3)", NULL},
        {"decimal(0)", "type-parameter", "0", NULL},
        {"decimal(1001,2)", "type-parameter", "1001", NULL},
        {"decimal(4,5)", "type-parameter", "5", NULL},
        {"decimal(4,", "type-parameter", "", NULL},
        {"time(7)", "type-parameter", "7", NULL},
        {"enum", "type-parameter", "enum", NULL},
        {"enum('a', 'b')", "type-parameter", "'a', 'b'", NULL},
        {"enum()", "type-parameter", "", NULL},
        {"geography(pont)", "type-parameter", "pont", "point"},
        {"geography(point, -1)", "type-parameter", "-1", NULL},
        {"array", "type-parameter", "array", NULL},
        {"array<int", "type-parameter", "<int", NULL},
        {"map<text>", "type-parameter", "<text>", NULL},
        {"struct<>", "type-parameter", "", NULL},
        {"struct<a>", "unknown-type", ">", NULL},
        {"struct<a int, a text>", "type-parameter", "a text", NULL},
        {"vector", "type-parameter", "vector", NULL},
        {"vector(0)", "type-parameter", "0", NULL},
        {"int[3]", "type-parameter", "[3]", NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct context *context = *state;
        struct type_problem problem = {0};

        assert_null(type_parse(context->arena, context->strings, cases[i].text, &problem));
        const char *part = arena_strndup(context->arena, cases[i].text + problem.at, problem.len);
        if (strcmp(part, cases[i].part) != 0 || strcmp(problem.rule, cases[i].rule) != 0)
            fprintf(stderr, "%s: %s at `%s`: %s\n", cases[i].text, problem.rule, part,
                    problem.text);
        assert_string_equal(problem.rule, cases[i].rule);
        assert_string_equal(part, cases[i].part);
        if (cases[i].near)
            assert_string_equal(problem.near, cases[i].near);
        else
            assert_null(problem.near);
    }
}

/* Pieces of types in any order: what is read prints as what reads the same, what is not has a
 * place. */
static void any_text_is_read_or_refused(void **state)
{
    static const char *const pieces[] = {
        "int",       "bigint",     "unsigned",  "numeric",     "varchar", "double",
        "precision", "time",       "with",      "zone",        "enum",    "array",
        "map",       "struct",     "geography", "point",       "vector",  "max",
        "a",         "\"q \"\"\"", "é",         "(",           ")",       "<",
        ">",         ",",          "[]",        "[",           ":",       " ",
        "1",         "18",         "4326",      "99999999999", "'",       "",
    };
    struct context *context = *state;
    struct dice dice = dice_of_seed(3);
    size_t good = 0;

    for (int round = 0; round < 20000; round++) {
        struct type_problem problem = {0};
        const char *text = "";

        for (unsigned n = dice_roll(&dice, 9); n; n--)
            text = arena_printf(context->arena, "%s%s%s", text, dice_roll(&dice, 2) ? " " : "",
                                pieces[dice_roll(&dice, COUNT(pieces))]);
        const struct type *type = type_parse(context->arena, context->strings, text, &problem);
        if (type) {
            good++;
            assert_true(type_equal(type, parse(context, print(context, type))));
        } else {
            assert_non_null(problem.text);
            assert_true(problem.at + problem.len <= strlen(text));
        }
    }
    assert_true(good > 100);
}

static void nesting_has_an_end(void **state)
{
    struct context *context = *state;
    struct type_problem problem;
    struct buf text = {0}, brackets = {0};

    for (int i = 0; i < 3000; i++)
        buf_puts(&text, "array<");
    assert_null(type_parse(context->arena, context->strings, text.data, &problem));
    assert_string_equal(problem.rule, "type-parameter");
    buf_puts(&brackets, "int");
    for (int i = 0; i < 3000; i++)
        buf_puts(&brackets, "[]");
    assert_null(type_parse(context->arena, context->strings, brackets.data, &problem));
    assert_string_equal(problem.rule, "type-parameter");
    buf_clear(&text);
    buf_puts(&text, "struct<m0 int");
    for (int i = 1; i < 1010; i++)
        buf_printf(&text, ", m%d int", i);
    assert_null(type_parse(context->arena, context->strings, text.data, &problem));
    assert_string_equal(problem.rule, "type-parameter");
    buf_free(&text);
    buf_free(&brackets);
}

static void types_become_those_of_postgres(void **state)
{
    static const struct {
        const char *type, *live, *staging; /* NULL: none */
    } cases[] = {
        {"boolean", "boolean", "boolean"},
        {"tinyint", "smallint", "smallint"},
        {"unsigned tinyint", "smallint", "smallint"},
        {"unsigned smallint", "integer", "integer"},
        {"unsigned integer", "bigint", "bigint"},
        {"unsigned bigint", "numeric(20,0)", "numeric"},
        {"decimal", "numeric", "numeric"},
        {"decimal(18)", "numeric(18,0)", "numeric"},
        {"decimal(18,4)", "numeric(18,4)", "numeric"},
        {"real", "real", "real"},
        {"double", "double precision", "double precision"},
        {"char", "character(1)", "text"},
        {"char(20)", "character(20)", "text"},
        {"varchar", "character varying", "text"},
        {"varchar(20)", "character varying(20)", "text"},
        {"binary(16)", "bytea", "bytea"},
        {"bit", "bit(1)", "text"},
        {"varbit", "bit varying", "text"},
        {"date", "date", "date"},
        {"time(3)", "time(3) without time zone", "time without time zone"},
        {"timetz", "time with time zone", "time with time zone"},
        {"timestamp", "timestamp without time zone", "timestamp without time zone"},
        {"timestamptz(0)", "timestamp(0) with time zone", "timestamp with time zone"},
        {"interval", "interval", "text"},
        {"uuid", "uuid", "uuid"},
        {"json", "json", "text"},
        {"jsonb", "jsonb", "text"},
        {"inet", "inet", "text"},
        {"money", "money", "numeric"},
        {"enum(mood)", "text", "text"},
        {"variant", "jsonb", NULL},
        {"geography(point)", NULL, NULL},
        {"map<text,text>", "jsonb", NULL},
        {"struct<a int>", "jsonb", NULL},
        {"vector(3)", NULL, NULL},
        {"int[]", "integer[]", "integer[]"},
        {"bigint[]", "bigint[]", "bigint[]"},
        {"boolean[]", "boolean[]", "boolean[]"},
        {"text[]", "text[]", "text[]"},
        {"varchar(3)[]", "character varying(3)[]", "text[]"},
        {"uuid[]", "uuid[]", "uuid[]"},
        {"jsonb[]", "jsonb[]", "text[]"},
        {"int[][]", "integer[]", NULL},
        {"numeric(10,2)[]", "numeric(10,2)[]", NULL},
        {"timestamp[]", "timestamp without time zone[]", NULL},
        {"timestamptz[]", "timestamp with time zone[]", NULL},
        {"date[]", "date[]", NULL},
        {"enum(mood)[]", "text[]", NULL},
        {"vector(3)[]", NULL, NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct context *context = *state;
        const struct type *type = parse(context, cases[i].type);
        const char *live = type_postgres(context->arena, type), *why = NULL;
        const char *staging = type_staging(context->arena, type, &why);

        if (cases[i].live)
            assert_string_equal(live, cases[i].live);
        else
            assert_null(live);
        if (cases[i].staging)
            assert_string_equal(staging, cases[i].staging);
        else
            assert_null(staging);
        assert_true((staging == NULL) == (why != NULL));
    }
    assert_non_null(type_silent_loss(parse(*state, "numeric(3,1)")));
    assert_null(type_silent_loss(parse(*state, "integer")));
}

static void widening_loses_nothing(void **state)
{
    static const char *const widen[][2] = {
        {"tinyint", "smallint"},
        {"smallint", "integer"},
        {"integer", "bigint"},
        {"unsigned tinyint", "smallint"},
        {"unsigned integer", "bigint"},
        {"unsigned integer", "unsigned bigint"},
        {"integer", "double"},
        {"smallint", "real"},
        {"bigint", "decimal"},
        {"bigint", "decimal(19)"},
        {"integer", "decimal(12,2)"},
        {"unsigned bigint", "decimal(20)"},
        {"decimal(10,2)", "decimal(12,2)"},
        {"decimal(10,2)", "decimal(11,3)"},
        {"decimal(10,2)", "decimal(12,4)"},
        {"decimal(10,2)", "decimal"},
        {"real", "double"},
        {"varchar(20)", "varchar(21)"},
        {"varchar(20)", "varchar"},
        {"varchar(20)", "text"},
        {"char(20)", "varchar(20)"},
        {"char(2)", "char(3)"},
        {"text", "varchar"},
        {"binary(3)", "binary"},
        {"bit(3)", "varbit(3)"},
        {"date", "timestamp"},
        {"timestamp(3)", "timestamp"},
        {"time(0)", "time(3)"},
        {"cidr", "inet"},
        {"int[]", "bigint[]"},
        {"map<text,int>", "map<text,bigint>"},
        {"struct<a int, b text>", "struct<a bigint, b text>"},
        {"geography(point)", "geography"},
        {"enum(mood)", "enum(mood)"},
        {"jsonb", "jsonb"},
    };
    static const char *const narrow[][2] = {
        {"bigint", "integer"},
        {"bigint", "unsigned bigint"},
        {"unsigned integer", "integer"},
        {"unsigned bigint", "bigint"},
        {"bigint", "double"},
        {"integer", "real"},
        {"bigint", "decimal(18)"},
        {"integer", "decimal(11,2)"},
        {"decimal(10,2)", "decimal(12,1)"},
        {"decimal(10,2)", "decimal(10,4)"},
        {"decimal", "decimal(38,10)"},
        {"decimal(3)", "double"},
        {"double", "real"},
        {"double", "decimal"},
        {"varchar(20)", "varchar(19)"},
        {"varchar", "varchar(20)"},
        {"text", "varchar(20)"},
        {"varchar(3)", "char(3)"},
        {"bit(2)", "bit(3)"},
        {"timestamp", "date"},
        {"timestamp", "timestamp(3)"},
        {"timestamp", "timestamptz"},
        {"date", "timestamptz"},
        {"inet", "cidr"},
        {"json", "jsonb"},
        {"json", "text"},
        {"uuid", "text"},
        {"bigint[]", "int[]"},
        {"int", "int[]"},
        {"map<int,int>", "map<bigint,int>"},
        {"struct<a int>", "struct<a int, b int>"},
        {"struct<a int>", "struct<b int>"},
        {"enum(mood)", "enum(other)"},
        {"geography", "geography(point)"},
        {"geography(point)", "geography(point,3857)"},
        {"vector(3)", "vector(4)"},
    };

    for (size_t i = 0; i < COUNT(widen); i++)
        if (!type_widens(parse(*state, widen[i][0]), parse(*state, widen[i][1])))
            fail_msg("%s to %s", widen[i][0], widen[i][1]);
    for (size_t i = 0; i < COUNT(narrow); i++)
        if (type_widens(parse(*state, narrow[i][0]), parse(*state, narrow[i][1])))
            fail_msg("%s to %s", narrow[i][0], narrow[i][1]);
    for (int i = 0; i < TYPE_COUNT; i++) {
        const struct type *type = parse(*state, type_example((enum type_id)i));

        assert_true(type_widens(type, type));
    }
}

static void types_of_two_models_compare(void **state)
{
    struct context *context = *state;
    struct strings *others = strings_new(context->arena);
    struct type_problem problem;
    const char *text = "struct<a enum(mood), b geography(point)>";
    const struct type *one = parse(context, text);
    const struct type *other = type_parse(context->arena, others, text, &problem);

    assert_true(type_equal(one, other));
    assert_true(type_widens(one, other));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(spellings_have_one_canonical_form),
        TEST(every_spelling_and_example_is_read),
        TEST(mistakes_are_told_by_their_part),
        TEST(any_text_is_read_or_refused),
        TEST(nesting_has_an_end),
        TEST(types_become_those_of_postgres),
        TEST(widening_loses_nothing),
        TEST(types_of_two_models_compare),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
