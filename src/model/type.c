/* Types from text and back. */
#include "type_table.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NESTING = 16, MAX_MEMBERS = 1000 };

#define SPACE      " \t\n"
#define NAME_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789"

struct parser {
    struct arena *arena;

    struct strings *strings;

    const char *text; /* the whole */

    const char *p; /* what is still to be read */

    int depth;

    struct type_problem *problem;
};

/* Says what is wrong with the `len` bytes at `at`. Always NULL. */
static struct type *wrong(struct parser *parser, const char *rule, const char *at, size_t len,
                          const char *format, ...) __attribute__((format(printf, 5, 6)));

static struct type *wrong(struct parser *parser, const char *rule, const char *at, size_t len,
                          const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    *parser->problem = (struct type_problem){
        .rule = rule,
        .text = arena_vprintf(parser->arena, format, arguments),
        .at = (size_t)(at - parser->text),
        .len = len,
    };
    va_end(arguments);
    return NULL;
}

static void skip_space(struct parser *parser)
{
    parser->p += strspn(parser->p, SPACE);
}

/* Reads `c` if it is next. */
static bool take(struct parser *parser, char c)
{
    skip_space(parser);
    if (*parser->p != c)
        return false;
    parser->p++;
    return true;
}

/* Where `words` end if `text` begins with them, in any case and with any space between; else NULL.
 */
static const char *after_words(const char *text, const char *words)
{
    while (*words) {
        size_t length = strcspn(words, " ");

        text += strspn(text, SPACE);
        if (strncasecmp(text, words, length) != 0 || strspn(text, NAME_CHARS) != length)
            return NULL;
        text += length;
        words += length + (words[length] == ' ');
    }
    return text;
}

/* The spelling with most words that comes next, read; or NULL. */
static const struct type_spelling *take_spelling(struct parser *parser)
{
    const struct type_spelling *longest = NULL;
    const char *end = NULL;

    for (size_t i = 0; i < type_n_spellings; i++) {
        const char *after = after_words(parser->p, type_spellings[i].words);

        if (after && (!end || after > end)) {
            longest = &type_spellings[i];
            end = after;
        }
    }
    if (end)
        parser->p = end;
    return longest;
}

static struct type *unknown(struct parser *parser)
{
    size_t length = strspn(parser->p, NAME_CHARS);
    const char **words;

    if (!length) {
        length = strcspn(parser->p, SPACE);
        return wrong(parser, "unknown-type", parser->p, length,
                     length ? "`%.*s` is no type" : "a type is missing%.*s", (int)length,
                     parser->p);
    }
    wrong(parser, "unknown-type", parser->p, length, "`%.*s` is no type", (int)length, parser->p);
    words = arena_alloc(parser->arena, type_n_spellings * sizeof(*words));
    for (size_t i = 0; i < type_n_spellings; i++)
        words[i] = type_spellings[i].words;
    parser->problem->near =
        text_nearest(arena_strndup(parser->arena, parser->p, length), words, type_n_spellings);
    return NULL;
}

static bool expect(struct parser *parser, char c, const char *open)
{
    if (take(parser, c))
        return true;
    return wrong(parser, "type-parameter", open, strlen(open), "`%s` is not closed by `%c`", open,
                 c);
}

/* Reads a parameter that is a number. */
static bool take_number(struct parser *parser, const struct type_row *row,
                        const struct type_parameter *parameter, int32_t *number)
{
    skip_space(parser);
    size_t length = strcspn(parser->p, ",)" SPACE);
    size_t digits = strspn(parser->p, "0123456789");
    int64_t value = 0;

    for (size_t i = 0; i < digits && value <= INT32_MAX; i++)
        value = value * 10 + (parser->p[i] - '0');
    if (!digits || digits != length || value < parameter->least || value > parameter->most) {
        wrong(parser, "type-parameter", parser->p, length,
              "the %s of %s is a number from %d to %d, not `%.*s`", parameter->what, row->name,
              parameter->least, parameter->most, (int)length, parser->p);
        return false;
    }
    *number = (int32_t)value;
    parser->p += length;
    return true;
}

/* name, name(a), name(a, b). */
static struct type *parse_plain(struct parser *parser, struct type *type, const char *start)
{
    const struct type_row *row = &type_rows[type->id];
    const char *open = parser->p + strspn(parser->p, SPACE);

    type->a = row->a.fallback;
    if (!take(parser, '(')) {
        type->has_a = row->a.shown;
        if (!row->a.required)
            return type;
        return wrong(parser, "type-parameter", start, (size_t)(parser->p - start),
                     "%s needs a %s: %s(%d)", row->name, row->a.what, row->name, row->a.least);
    }
    if (!row->a.what)
        return wrong(parser, "type-parameter", open, strlen(open), "%s has no parameters",
                     row->name);
    skip_space(parser);
    const char *max = after_words(parser->p, "max");
    if (max && (type->id == TYPE_VARCHAR || type->id == TYPE_BINARY)) { /* SQL Server: no limit */
        parser->p = max;
        return expect(parser, ')', open) ? type : NULL;
    }
    if (!take_number(parser, row, &row->a, &type->a))
        return NULL;
    type->has_a = row->a.shown || type->a != row->a.fallback;
    if (take(parser, ',')) {
        if (!row->b.what)
            return wrong(parser, "type-parameter", open, strlen(open), "%s has one parameter",
                         row->name);
        const char *scale = parser->p;
        if (!take_number(parser, row, &row->b, &type->b))
            return NULL;
        if (type->b > type->a)
            return wrong(parser, "type-parameter", scale, (size_t)(parser->p - scale),
                         "the scale of %s is at most its precision, %d", row->name, type->a);
        type->has_b = true;
    }
    return expect(parser, ')', open) ? type : NULL;
}

static struct type *parse_enum(struct parser *parser, struct type *type, const char *start)
{
    const char *open = parser->p + strspn(parser->p, SPACE);

    if (!take(parser, '('))
        return wrong(parser, "type-parameter", start, (size_t)(parser->p - start),
                     "enum needs the name of its type at the source: enum(order_status)");
    skip_space(parser);
    size_t length = strcspn(parser->p, "(),'");
    const char *end = parser->p + length;
    while (length && strchr(SPACE, parser->p[length - 1]))
        length--;
    if (!length || *end == ',' || *end == '\'')
        return wrong(parser, "type-parameter", parser->p, strcspn(parser->p, ")"),
                     "enum takes the name of its type at the source, not its values");
    type->word = intern_n(parser->strings, parser->p, length);
    parser->p = end;
    return expect(parser, ')', open) ? type : NULL;
}

/* geography, geography(kind), geography(kind, srid). */
static struct type *parse_geography(struct parser *parser, struct type *type)
{
    const struct type_row *row = &type_rows[type->id];
    const char *open = parser->p + strspn(parser->p, SPACE);

    type->a = row->a.fallback;
    type->word = intern(parser->strings, type_geographies[0]);
    if (!take(parser, '('))
        return type;
    skip_space(parser);
    const char *end = NULL;
    for (size_t i = 0; i < type_n_geographies && !end; i++) {
        end = after_words(parser->p, type_geographies[i]);
        if (end)
            type->word = intern(parser->strings, type_geographies[i]);
    }
    if (!end) {
        size_t length = strcspn(parser->p, ",)" SPACE);

        wrong(parser, "type-parameter", parser->p, length, "`%.*s` is no kind of geography",
              (int)length, parser->p);
        parser->problem->near = text_nearest(arena_strndup(parser->arena, parser->p, length),
                                             type_geographies, type_n_geographies);
        return NULL;
    }
    parser->p = end;
    if (take(parser, ',')) {
        if (!take_number(parser, row, &row->a, &type->a))
            return NULL;
        type->has_a = type->a != row->a.fallback;
    }
    return expect(parser, ')', open) ? type : NULL;
}

static struct type *parse_type(struct parser *parser);

/* The name of a struct's member: a word, or anything in double quotes, which are doubled in it. */
static const char *take_member_name(struct parser *parser)
{
    size_t length;

    skip_space(parser);
    if (*parser->p != '"') {
        length = strspn(parser->p, NAME_CHARS);
        parser->p += length;
        return length ? intern_n(parser->strings, parser->p - length, length) : NULL;
    }
    char *name = arena_alloc(parser->arena, strlen(parser->p));
    length = 0;
    for (parser->p++; *parser->p && (*parser->p != '"' || parser->p[1] == '"'); parser->p++) {
        parser->p += *parser->p == '"';
        name[length++] = *parser->p;
    }
    return take(parser, '"') && length ? intern_n(parser->strings, name, length) : NULL;
}

/* The members of a struct behind its `<`, up to its `>`. */
static struct type *parse_struct(struct parser *parser, struct type *type, const char *open)
{
    const struct type **link = &type->of;
    int members = 0;

    do {
        skip_space(parser);
        const char *at = parser->p, *name = take_member_name(parser);
        if (!name)
            return wrong(parser, "type-parameter", at, strcspn(at, SPACE ",>"),
                         "a struct is written struct<name type, name type>");
        if (++members > MAX_MEMBERS)
            return wrong(parser, "type-parameter", at, (size_t)(parser->p - at),
                         "a struct has at most %d members", MAX_MEMBERS);
        take(parser, ':');
        struct type *member = parse_type(parser);
        if (!member)
            return NULL;
        for (const struct type *other = type->of; other; other = other->next)
            if (other->word == name)
                return wrong(parser, "type-parameter", at, (size_t)(parser->p - at),
                             "a second member `%s`", name);
        struct type *named = ARENA_NEW(parser->arena, struct type);
        *named = (struct type){.id = TYPE_STRUCT, .word = name, .of = member};
        *link = named;
        link = &named->next;
    } while (take(parser, ','));
    return expect(parser, '>', open) ? type : NULL;
}

/* What stands in angle brackets: array<T>, map<K, V>, struct<…>. */
static struct type *parse_nested(struct parser *parser, struct type *type, const char *start)
{
    const struct type_row *row = &type_rows[type->id];
    const char *open = parser->p + strspn(parser->p, SPACE);

    if (!take(parser, '<'))
        return wrong(parser, "type-parameter", start, (size_t)(parser->p - start),
                     row->form == FORM_ARRAY ? "%s needs the type of its elements: array<text>"
                     : row->form == FORM_MAP
                         ? "%s needs the types of keys and values: map<text, text>"
                         : "%s needs its members: struct<name text, age integer>",
                     row->name);
    if (row->form == FORM_STRUCT)
        return parse_struct(parser, type, open);
    if (row->form == FORM_MAP) {
        type->key = parse_type(parser);
        if (!type->key || !expect(parser, ',', open))
            return NULL;
    }
    type->of = parse_type(parser);
    return type->of && expect(parser, '>', open) ? type : NULL;
}

static struct type *parse_unsuffixed(struct parser *parser)
{
    struct type *type = ARENA_NEW(parser->arena, struct type);

    skip_space(parser);
    const char *start = parser->p;
    const struct type_spelling *spelling = take_spelling(parser);
    if (!spelling)
        return unknown(parser);
    type->id = spelling->id;
    switch (type_rows[type->id].form) {
    case FORM_ENUM:
        return parse_enum(parser, type, start);
    case FORM_GEOGRAPHY:
        return parse_geography(parser, type);
    case FORM_PLAIN:
        return parse_plain(parser, type, start);
    default:
        return parse_nested(parser, type, start);
    }
}

static struct type *parse_type(struct parser *parser)
{
    struct type *type;

    if (parser->depth == MAX_NESTING)
        return wrong(parser, "type-parameter", parser->p, strlen(parser->p),
                     "types nest at most %d deep", MAX_NESTING);
    parser->depth++;
    type = parse_unsuffixed(parser);
    parser->depth--;
    for (size_t i = 0; type && i < type_n_tails; i++) {
        const char *end = after_words(parser->p, type_tails[i].words);

        if (end && type->id == type_tails[i].id) {
            type->id = type_tails[i].becomes;
            parser->p = end;
            break;
        }
    }
    for (int depth = parser->depth; type && take(parser, '['); depth++) {
        struct type *array = ARENA_NEW(parser->arena, struct type);

        if (!expect(parser, ']', parser->p - 1))
            return NULL;
        if (depth == MAX_NESTING)
            return wrong(parser, "type-parameter", parser->p - 1, 1, "types nest at most %d deep",
                         MAX_NESTING);
        *array = (struct type){.id = TYPE_ARRAY, .of = type};
        type = array;
    }
    return type;
}

const struct type *type_parse(struct arena *arena, struct strings *strings, const char *text,
                              struct type_problem *problem)
{
    struct parser parser = {arena, strings, text, text, 0, problem};
    const struct type *type = parse_type(&parser);

    skip_space(&parser);
    if (!type || !*parser.p)
        return type;
    size_t length = strcspn(parser.p, SPACE), read = (size_t)(parser.p - text);
    while (read && strchr(SPACE, text[read - 1]))
        read--;
    return wrong(&parser, "unknown-type", parser.p, length,
                 "`%.*s` is not understood behind `%.*s`", (int)length, parser.p, (int)read, text);
}

static void print_name(struct buf *out, const char *name)
{
    if (!name[strspn(name, NAME_CHARS)]) {
        buf_puts(out, name);
        return;
    }
    buf_putc(out, '"');
    for (; *name; name++) {
        if (*name == '"')
            buf_putc(out, '"');
        buf_putc(out, *name);
    }
    buf_putc(out, '"');
}

static void print_nested(struct buf *out, const struct type *type)
{
    buf_putc(out, '<');
    if (type->id == TYPE_MAP) {
        type_print(out, type->key);
        buf_putc(out, ',');
    }
    if (type->id != TYPE_STRUCT)
        type_print(out, type->of);
    for (const struct type *member = type->id == TYPE_STRUCT ? type->of : NULL; member;
         member = member->next) {
        print_name(out, member->word);
        buf_putc(out, ' ');
        type_print(out, member->of);
        if (member->next)
            buf_putc(out, ',');
    }
    buf_putc(out, '>');
}

void type_print(struct buf *out, const struct type *type)
{
    buf_puts(out, type_rows[type->id].name);
    switch (type_rows[type->id].form) {
    case FORM_PLAIN:
        if (type->has_b)
            buf_printf(out, "(%d,%d)", type->a, type->b);
        else if (type->has_a)
            buf_printf(out, "(%d)", type->a);
        break;
    case FORM_ENUM:
        buf_printf(out, "(%s)", type->word);
        break;
    case FORM_GEOGRAPHY:
        if (type->has_a)
            buf_printf(out, "(%s,%d)", type->word, type->a);
        else
            buf_printf(out, "(%s)", type->word);
        break;
    default:
        print_nested(out, type);
    }
}
