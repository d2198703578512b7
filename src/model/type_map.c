/* What types become elsewhere, and which changes of them lose nothing. */
#include "type_table.h"

#include <string.h>

const char *type_postgres(struct arena *arena, const struct type *type)
{
    const char *live = type_rows[type->id].live;
    const char *parameters = "";

    if (type->id == TYPE_ARRAY) {
        const struct type *element = type;

        while (element->id == TYPE_ARRAY) /* an array of arrays has the type of an array */
            element = element->of;
        live = type_postgres(arena, element);
        return live ? arena_printf(arena, "%s[]", live) : NULL;
    }
    if (!live)
        return NULL;
    const char *mark = strchr(live, '@');
    if (!mark)
        return live;
    if (type->has_a && type_rows[type->id].b.what)
        parameters = arena_printf(arena, "(%d,%d)", type->a, type->b);
    else if (type->has_a)
        parameters = arena_printf(arena, "(%d)", type->a);
    return arena_printf(arena, "%.*s%s%s", (int)(mark - live), live, parameters, mark + 1);
}

const char *type_staging(struct arena *arena, const struct type *type, const char **why)
{
    const struct type_row *row = &type_rows[type->id];
    const char *staging =
        type->id == TYPE_ARRAY ? type_rows[type->of->id].staged_array : row->staging;

    if (!staging) {
        struct buf printed = {0};

        type_print(&printed, type);
        *why = arena_printf(arena, "no staging column holds %s: %s", printed.data, row->way_out);
        buf_free(&printed);
    }
    return staging;
}

const char *type_silent_loss(const struct type *type)
{
    return type_rows[type->id].loss;
}

/* Both NULL, or the same text: the two may come from different models. */
static bool same_word(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool type_equal(const struct type *a, const struct type *b)
{
    for (; a && b; a = a->next, b = b->next) {
        if (a == b)
            return true;
        if (a->id != b->id || a->a != b->a || a->b != b->b || !same_word(a->word, b->word) ||
            !type_equal(a->of, b->of) || !type_equal(a->key, b->key))
            return false;
    }
    return a == b;
}

/* The digits before the point that an integer type needs: of 2 to the power of its bits. */
static int integer_digits(const struct type_row *integer)
{
    return integer->bits * 30103 / 100000 + 1; /* log10(2), exact enough for 64 bits */
}

static bool integer_widens(const struct type_row *from, const struct type *to)
{
    const struct type_row *row = &type_rows[to->id];

    if (row->bits)
        return row->bits >= from->bits && (from->is_unsigned || !row->is_unsigned);
    if (to->id == TYPE_DECIMAL)
        return !to->has_a || to->a - to->b >= integer_digits(from);
    /* IEEE 754: 24 and 53 bits of every integer below them */
    return (to->id == TYPE_REAL && from->bits <= 24) || (to->id == TYPE_DOUBLE && from->bits <= 53);
}

/* A limit of length: 0 is none. */
static bool limit_widens(const struct type *from, const struct type *to)
{
    return to->a == 0 || (from->a != 0 && to->a >= from->a);
}

static bool widens_within(const struct type *from, const struct type *to)
{
    switch (from->id) {
    case TYPE_DECIMAL:
        return !to->has_a ||
               (from->has_a && to->b >= from->b && to->a - to->b >= from->a - from->b);
    case TYPE_CHAR:
    case TYPE_VARCHAR:
    case TYPE_BINARY:
    case TYPE_VARBIT:
        return limit_widens(from, to);
    case TYPE_TIME:
    case TYPE_TIMETZ:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
        return to->a >= from->a;
    case TYPE_GEOGRAPHY:
        return from->a == to->a &&
               (same_word(from->word, to->word) || same_word(to->word, type_geographies[0]));
    case TYPE_ARRAY:
        return type_widens(from->of, to->of);
    case TYPE_MAP:
        return type_equal(from->key, to->key) && type_widens(from->of, to->of);
    default:
        return type_equal(from, to);
    }
}

/* Same names in the same order, each as wide or wider. */
static bool struct_widens(const struct type *from, const struct type *to)
{
    for (from = from->of, to = to->of; from && to; from = from->next, to = to->next)
        if (!same_word(from->word, to->word) || !type_widens(from->of, to->of))
            return false;
    return !from && !to;
}

bool type_widens(const struct type *from, const struct type *to)
{
    static const struct {
        enum type_id from, to;
        bool (*check)(const struct type *from, const struct type *to); /* NULL: always */
    } others[] = {
        {TYPE_REAL, TYPE_DOUBLE, NULL},
        {TYPE_CHAR, TYPE_VARCHAR, limit_widens},
        {TYPE_CHAR, TYPE_TEXT, NULL},
        {TYPE_VARCHAR, TYPE_TEXT, NULL},
        {TYPE_TEXT, TYPE_VARCHAR, limit_widens},
        {TYPE_BIT, TYPE_VARBIT, limit_widens},
        {TYPE_DATE, TYPE_TIMESTAMP, NULL},
        {TYPE_CIDR, TYPE_INET, NULL},
        {TYPE_STRUCT, TYPE_STRUCT, struct_widens},
    };

    for (size_t i = 0; i < COUNT(others); i++)
        if (from->id == others[i].from && to->id == others[i].to)
            return !others[i].check || others[i].check(from, to);
    if (type_rows[from->id].bits)
        return integer_widens(&type_rows[from->id], to);
    return from->id == to->id && widens_within(from, to);
}
