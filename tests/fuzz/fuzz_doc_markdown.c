/*
 * The Markdown writer: no character of a text begins markup, and with the backslashes taken off the
 * text is what it was; a row has as many cells as the table has columns; no fence ends too early.
 */
#include "hostile.h"

#include <ctype.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What shows of the character at `text`, of `length` bytes. */
static const char *shown(struct arena *arena, const char *text, size_t length)
{
    static const char *const blanks[] = {"\xc2\x85", "\u2028", "\u2029"};
    static const char *const nothing[] = {"\ufeff", "\ufffe", "\uffff"};
    unsigned char c = (unsigned char)text[0];

    for (size_t i = 0; i < COUNT(blanks); i++) {
        if (strncmp(text, blanks[i], length) == 0)
            return " ";
        if (strncmp(text, nothing[i], length) == 0)
            return "\ufffd";
    }
    if (c == 0xc2 && (unsigned char)text[1] < 0xa0)
        return "\ufffd";
    if (isspace(c))
        return " ";
    if (c == 0x7f)
        return "\u2421";
    if (c < ' ')
        return arena_printf(arena, "\xe2\x90%c", 0x80 + c);
    return arena_strndup(arena, text, length);
}

/* The text as it shows, with one blank for many. */
static void put_shown(struct arena *arena, struct buf *out, const char *text)
{
    for (size_t n; (n = utf8_length(text, strnlen(text, 4))) > 0 && *text != '\0'; text += n) {
        const char *c = shown(arena, text, n);

        if (*c != ' ' || out->len == 0 || out->data[out->len - 1] != ' ')
            buf_puts(out, c);
    }
}

static void check_line(struct arena *arena, const char *text)
{
    struct buf expected = {0}, line = {0}, read = {0};
    const char *first;

    buf_puts(&expected, "");
    buf_puts(&read, "");
    buf_puts(&line, "");
    put_shown(arena, &expected, text);
    doc_escape(&line, ESCAPE_MARKDOWN, text);
    first = line.data + strspn(line.data, " ");
    if (*first != '\0' && strchr("-+=>:#", *first) != NULL)
        fatal("markup begins the line %s", line.data);
    for (const char *at = line.data; *at != '\0'; at++) {
        if (*at == '\\' && ispunct((unsigned char)at[1]))
            at++;
        else if (strchr("\\`*[]<|~\n", *at) != NULL)
            fatal("markup begins with %c in %s", *at, line.data);
        buf_putc(&read, *at);
    }
    if (strcmp(expected.data, read.data) != 0)
        fatal("said %s\nread %s", expected.data, read.data);
    buf_free(&expected);
    buf_free(&line);
    buf_free(&read);
}

/* Each line of a table begins and ends with a pipe, and has one more of them than columns. */
static void check_table(const struct doc *table)
{
    struct buf out = {0};
    size_t columns = 0, pipes = 0;

    for (const struct doc *column = table->first->first; column != NULL; column = column->next)
        columns++;
    doc_write_markdown(&out, table);
    for (const char *at = out.data; *at != '\0'; at++) {
        pipes += *at == '|' && (at == out.data || at[-1] != '\\');
        if (*at != '\n')
            continue;
        if (pipes != columns + 1 || at[-1] != '|' || (at[1] != '|' && at[1] != '\0'))
            fatal("a row has not %zu columns in\n%s", columns, out.data);
        pipes = 0;
    }
    buf_free(&out);
}

/* The fence that begins the code is met again on the last line only. */
static void check_code(const struct doc *code)
{
    struct buf out = {0}, fence = {0};

    doc_write_markdown(&out, code);
    buf_puts(&fence, "\n");
    buf_fill(&fence, out.data[0], strspn(out.data, (char[]){out.data[0], '\0'}));
    if (fence.len < 4 || strstr(out.data, fence.data) != out.data + out.len - fence.len - 1)
        fatal("the fence ends early in\n%s", out.data);
    if (strncmp(strchr(out.data, '\n') + 1, code->string, strlen(code->string)) != 0)
        fatal("the code is not there in\n%s", out.data);
    buf_free(&out);
    buf_free(&fence);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dice dice = dice_of_bytes(data, size);
    struct arena *arena = arena_new();
    const struct doc *page = hostile_page(arena, &dice);
    struct buf out = {0};

    doc_write_markdown(&out, page);
    buf_free(&out);
    for (const struct doc *item = page->first; item != NULL; item = item->next) {
        if (item->kind == DOC_STRING)
            check_line(arena, item->string);
        else if (item->kind == DOC_TEXT)
            check_code(item);
        else if (item->first != NULL && item->first->kind == DOC_MAP)
            check_table(item);
    }
    arena_free(arena);
    return 0;
}
