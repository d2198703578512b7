/*
 * Markdown: CommonMark 0.31 with the tables of GitHub. Whatever begins markup there is escaped
 * with a backslash, and nothing else is: underlines inside words and the like stay readable.
 */
#include "internal.h"

#include <ctype.h>
#include <string.h>

/* Blanks of ASCII, line ends among them. */
static const char spaces[] = " \t\n\v\f\r";

/* Characters that a viewer shows as a blank, or ends the line at. */
static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c);
}

/* Whether `at` is markup: by itself, by its neighbours, or since a line might begin at `start`. */
static bool begins_markup(const char *start, const char *at)
{
    char before = at > start ? at[-1] : ' ';
    char after = at[1];
    bool ends = after == '\0' || is_space((unsigned char)after);

    switch (*at) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '|':
    case '~':
        return true;
    case '_':
        return !is_word(before) || !is_word(after);
    case '&':
        return after != ' ';
    case '#':
        return is_space((unsigned char)before);
    case '!':
        return after == '\0';
    case '-':
    case '+':
    case '=':
    case '>':
    case ':':
        return at == start;
    case '.':
    case ')': /* behind the number of a list item, which has nine digits at most */
        return ends && at > start && at - start <= 9 &&
               strspn(start, "0123456789") == (size_t)(at - start);
    default:
        return false;
    }
}

/* Writes a character that shows nothing as one that shows it is there (Unicode, U+2400). */
static void write_unprintable(struct buf *out, uint32_t c)
{
    if (c == 0x7f)
        buf_puts(out, "\u2421");
    else if (c < 0x20)
        buf_put(out, (char[]){'\xe2', '\x90', (char)(0x80 + c)}, 3);
    else
        buf_puts(out, "\ufffd");
}

/* Takes the next character off `text`; a run of blanks and line ends is one blank. */
static uint32_t next_shown(const char **text, const char *end)
{
    uint32_t c = doc_next_char(text);

    if (!is_space(c))
        return c;
    while (*text < end) {
        const char *after = *text;

        if (!is_space(doc_next_char(&after)))
            break;
        *text = after;
    }
    return ' ';
}

void doc_write_markdown_line(struct buf *out, const char *text, size_t length)
{
    const char *end = text + length;
    const char *start = NULL; /* of what is not blank */

    while (text < end) {
        const char *at = text;
        uint32_t c = next_shown(&text, end);

        if (c == ' ') {
            buf_putc(out, ' ');
            continue;
        }
        if (start == NULL)
            start = at;
        if (begins_markup(start, at))
            buf_putc(out, '\\');
        if (doc_is_printable(c))
            buf_put(out, at, (size_t)(text - at));
        else
            write_unprintable(out, c);
    }
}

/* The length of the longest run of `c` in `text`. */
static size_t longest_run(const char *text, char c)
{
    size_t longest = 0;

    while ((text = strchr(text, c)) != NULL) {
        size_t run = strspn(text, (char[]){c, '\0'});

        if (run > longest)
            longest = run;
        text += run;
    }
    return longest;
}

/* Whether `text` can be code inside a line. Blanks alone cannot; nor can so many backticks that no
 * fence is long enough (cmark counts 80); nor, in a table, a pipe behind a backslash: the pipe
 * needs one even in code, and readers differ about two. */
static bool fits_code(const char *text, bool in_table)
{
    return text[strspn(text, spaces)] != '\0' && longest_run(text, '`') < 80 &&
           !(in_table && strstr(text, "\\|") != NULL);
}

/* Writes code, or text that cannot be code. A blank at each end would be taken off, and a backtick
 * there would lengthen the fence: then blanks are added, to be taken off. */
static void write_code(struct buf *out, const char *text, bool in_table)
{
    size_t length = strlen(text), fence = longest_run(text, '`') + 1;
    bool is_padded;

    if (!fits_code(text, in_table)) {
        doc_write_markdown_line(out, text, length);
        return;
    }
    is_padded = text[0] == '`' || is_space((unsigned char)text[0]) || text[length - 1] == '`' ||
                is_space((unsigned char)text[length - 1]);
    buf_fill(out, '`', fence);
    buf_fill(out, ' ', is_padded);
    while (*text != '\0') {
        const char *at = text;
        uint32_t c = doc_next_char(&text);

        if (in_table && c == '|')
            buf_putc(out, '\\');
        if (is_space(c))
            buf_putc(out, ' ');
        else if (doc_is_printable(c))
            buf_put(out, at, (size_t)(text - at));
        else
            write_unprintable(out, c);
    }
    buf_fill(out, ' ', is_padded);
    buf_fill(out, '`', fence);
}

void doc_write_markdown_inline(struct buf *out, const struct doc *doc, bool in_table)
{
    switch (doc->kind) {
    case DOC_NULL:
        return;
    case DOC_BOOL:
        buf_puts(out, doc->boolean ? "true" : "false");
        return;
    case DOC_INT:
        doc_write_int(out, doc->integer);
        return;
    case DOC_STRING:
        doc_write_markdown_line(out, doc->string, strlen(doc->string));
        return;
    case DOC_TEXT:
        write_code(out, doc->string, in_table);
        return;
    case DOC_LIST:
    case DOC_MAP:
    case DOC_BLOCK:
    case DOC_REF:
        break;
    }
    fatal("Markdown has no place on one line for a value of kind %d", (int)doc->kind);
}

/* Writes each line of `text` as one; lines without text part paragraphs. */
static void write_paragraphs(struct buf *out, const char *text)
{
    bool is_first = true, gap = false;

    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        if (strspn(text, spaces) >= length) {
            gap = !is_first;
        } else {
            if (gap)
                buf_putc(out, '\n');
            doc_write_markdown_line(out, text, length);
            buf_putc(out, '\n');
            is_first = gap = false;
        }
        text += length;
        if (*text == '\n')
            text++;
    }
}

static void write_bullets(struct buf *out, const struct doc *list)
{
    for (const struct doc *item = list->first; item != NULL; item = item->next) {
        buf_puts(out, "- ");
        doc_write_markdown_inline(out, item, false);
        buf_putc(out, '\n');
    }
}

static void write_row(struct buf *out, const struct doc *columns, const struct doc *row)
{
    size_t found = 0, members = 0;

    for (const struct doc *member = row->first; member != NULL; member = member->next)
        members++;
    for (const struct doc *column = columns->first; column != NULL; column = column->next) {
        const struct doc *cell = doc_get(row, column->key);

        buf_puts(out, "| ");
        if (cell != NULL) {
            doc_write_markdown_inline(out, cell, true);
            buf_putc(out, ' ');
            found++;
        }
    }
    if (found != members)
        fatal("a row of a table has a key that the first row has not");
    buf_puts(out, "|\n");
}

static void write_table(struct buf *out, const struct doc *rows)
{
    const struct doc *columns = rows->first;

    for (const struct doc *column = columns->first; column != NULL; column = column->next) {
        buf_puts(out, "| ");
        doc_write_markdown_line(out, column->key, strlen(column->key));
        buf_putc(out, ' ');
    }
    buf_puts(out, "|\n");
    for (const struct doc *column = columns->first; column != NULL; column = column->next)
        buf_puts(out, "| --- ");
    buf_puts(out, "|\n");
    for (const struct doc *row = columns; row != NULL; row = row->next)
        write_row(out, columns, row);
}

/* Writes code as a block, behind a fence longer than any in it; cmark counts to 255 only, then of
 * tildes. */
static void write_fenced(struct buf *out, const struct doc *text)
{
    size_t length = strlen(text->string), fence = longest_run(text->string, '`') + 1;
    char mark = '`';

    if (fence > 255) {
        mark = '~';
        fence = longest_run(text->string, '~') + 1;
    }
    if (fence < 3)
        fence = 3;
    buf_fill(out, mark, fence);
    if (text->n_labels > 0)
        buf_puts(out, text->labels[0]);
    buf_putc(out, '\n');
    buf_put(out, text->string, length);
    if (length > 0 && text->string[length - 1] != '\n')
        buf_putc(out, '\n');
    buf_fill(out, mark, fence);
    buf_putc(out, '\n');
}

static bool all_of_kind(const struct doc *list, enum doc_kind kind)
{
    for (const struct doc *item = list->first; item != NULL; item = item->next) {
        if (item->kind != kind)
            return false;
    }
    return true;
}

static void write_block(struct buf *out, const struct doc *doc, size_t level);

static void write_list(struct buf *out, const struct doc *list, size_t level)
{
    if (all_of_kind(list, DOC_STRING)) {
        write_bullets(out, list);
        return;
    }
    if (all_of_kind(list, DOC_MAP)) {
        write_table(out, list);
        return;
    }
    for (const struct doc *item = list->first; item != NULL; item = item->next) {
        if (item != list->first)
            buf_putc(out, '\n');
        write_block(out, item, level + 1);
    }
}

static void write_block(struct buf *out, const struct doc *doc, size_t level)
{
    doc_check_depth(level);
    switch (doc->kind) {
    case DOC_STRING:
        write_paragraphs(out, doc->string);
        return;
    case DOC_TEXT:
        write_fenced(out, doc);
        return;
    case DOC_LIST:
        write_list(out, doc, level);
        return;
    default:
        doc_write_markdown_inline(out, doc, false);
        buf_putc(out, '\n');
    }
}

void doc_write_markdown(struct buf *out, const struct doc *doc)
{
    write_block(out, doc, 0);
}
