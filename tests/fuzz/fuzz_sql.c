/* SQL quoting: a lexer as PostgreSQL's reads back the text, whatever standard_conforming_strings
 * is. */
#include "dsc/sql.h"
#include "hostile.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes what stands in quotes off `*at`, as text; `backslashes` are escapes, of themselves only. */
static void unquote(struct buf *out, const char **at, char quote, bool backslashes)
{
    const char *text = *at;

    if (*text++ != quote)
        fatal("no %c begins %s", quote, *at);
    for (; *text != quote || text[1] == quote; text++) {
        if (*text == quote || (backslashes && *text == '\\')) {
            text++;
            if (*text != quote && *text != '\\')
                fatal("an escape of its own in %s", *at);
        } else if (*text == '\0') {
            fatal("no %c ends %s", quote, *at);
        } else if (*text == '\\' && quote == '\'') {
            fatal("a backslash whose meaning depends on a setting in %s", *at);
        }
        buf_putc(out, *text);
    }
    *at = text + 1;
}

static void expect_text(const char *said, const struct buf *read)
{
    if (strcmp(said, read->data != NULL ? read->data : "") != 0)
        fatal("said %s\nread %s", said, read->data);
}

static void check_literal(const char *text)
{
    struct buf out = {0}, read = {0};
    const char *at;
    bool escapes;

    sql_literal(&out, text);
    escapes = out.data[0] == 'E';
    at = out.data + escapes;
    unquote(&read, &at, '\'', escapes);
    expect_text(text, &read);
    if (*at != '\0')
        fatal("%s goes on behind its end", out.data);
    buf_free(&out);
    buf_free(&read);
}

static void check_names(const char *schema, const char *name)
{
    struct buf out = {0}, read = {0};
    const char *at;

    sql_qualified(&out, schema, name);
    at = out.data;
    unquote(&read, &at, '"', false);
    expect_text(schema, &read);
    if (*at++ != '.')
        fatal("no dot in %s", out.data);
    buf_clear(&read);
    unquote(&read, &at, '"', false);
    expect_text(name, &read);
    if (*at != '\0')
        fatal("%s goes on behind its end", out.data);
    buf_free(&out);
    buf_free(&read);
}

static void check_comment(const char *text)
{
    struct buf out = {0};

    sql_comment(&out, text);
    if (strncmp(out.data, "-- ", 3) != 0 || strcspn(out.data, "\r\n") != out.len - 1 ||
        out.data[out.len - 1] != '\n')
        fatal("the comment is not one line: %s", out.data);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dice dice = dice_of_bytes(data, size);
    struct arena *arena = arena_new();

    do {
        const char *text = hostile_text(arena, &dice);

        check_literal(text);
        check_names(text, hostile_text(arena, &dice));
        check_comment(text);
    } while (dice.left > 0);
    arena_free(arena);
    return 0;
}
