/*
 * YAML that its versions 1.1 and 1.2, and Go's reader between them, read the same. What could be
 * taken for anything but a string is quoted; where in doubt, quotes cost nothing.
 */
#include "internal.h"

#include <string.h>
#include <strings.h>

/* Readers look no further than 1024 characters for the colon of a key (YAML 1.2, 7.4.2), and an
 * escape makes at most four of a byte. */
enum { LONGEST_SIMPLE_KEY = 250 };

enum style { PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, LITERAL };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Words that some version resolves to a null, a boolean, a default or a merge, in any case. */
static bool is_reserved_word(const char *text)
{
    static const char *const words[] = {"null", "~",   "true", "false", "yes", "no",
                                        "on",   "off", "y",    "n",     "=",   "<<"};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcasecmp(text, words[i]) == 0)
            return true;
    }
    return false;
}

/* Numbers of every base, with underscores and colons, dates and times; addresses and versions that
 * only look like them too. Infinities and NaN begin with a dot, behind a sign or not, and in the
 * YAML of 1.1 a dot alone is a number. */
static bool looks_like_number(const char *text)
{
    static const char numeric[] = "0123456789abcdefABCDEFxXoO_.:+- tTzZ";
    const char *unsigned_text = text + strspn(text, "+-");

    if (strncasecmp(unsigned_text, ".inf", 4) == 0 || strncasecmp(unsigned_text, ".nan", 4) == 0)
        return true;
    if (strpbrk(text, "0123456789") == NULL)
        return text[strspn(text, "+-._")] == '\0';
    return strchr("+-.0123456789", *text) != NULL && text[strspn(text, numeric)] == '\0';
}

/* Whether a text of printable characters on one line can stand without quotes. */
static bool fits_plain(const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || is_blank(text[0]) || is_blank(text[length - 1]))
        return false;
    if (strchr("?:,[]{}#&*!|>'\"%@`", text[0]) != NULL || text[length - 1] == ':')
        return false;
    if (strncmp(text, "- ", 2) == 0 || strncmp(text, "---", 3) == 0)
        return false;
    if (strstr(text, ": ") != NULL || strstr(text, " #") != NULL)
        return false;
    return !is_reserved_word(text) && !looks_like_number(text);
}

/* Whether a text of printable characters, line feeds and tabs comes back from a literal block: the
 * indent swallows lines of blanks, and some readers refuse tabs next to it. */
static bool fits_literal(const char *text)
{
    const char *line = text;
    bool has_text = false;

    while (*line != '\0') {
        size_t length = strcspn(line, "\n");

        if (line[0] == '\t' || (length > 0 && strspn(line, " \t") >= length))
            return false;
        has_text = has_text || length > 0;
        line += length;
        if (*line == '\0')
            break;
        line++;
    }
    return has_text;
}

static bool is_printable_text(const char *text)
{
    while (*text != '\0') {
        if ((*text >= ' ' && *text <= '~') || *text == '\n' || *text == '\t')
            text++;
        else if (!doc_is_printable(doc_next_char(&text)))
            return false;
    }
    return true;
}

static enum style style_of(const char *text, bool may_be_literal)
{
    if (!is_printable_text(text))
        return DOUBLE_QUOTED;
    if (strpbrk(text, "\n\t") == NULL)
        return fits_plain(text) ? PLAIN : SINGLE_QUOTED;
    if (may_be_literal && strchr(text, '\n') != NULL && fits_literal(text))
        return LITERAL;
    return DOUBLE_QUOTED;
}

static void write_single_quoted(struct buf *out, const char *text)
{
    buf_putc(out, '\'');
    for (;;) {
        size_t length = strcspn(text, "'");

        buf_put(out, text, length);
        if (text[length] == '\0')
            break;
        buf_put(out, "''", 2);
        text += length + 1;
    }
    buf_putc(out, '\'');
}

static void write_escaped_char(struct buf *out, uint32_t c)
{
    if (c == '\n')
        buf_puts(out, "\\n");
    else if (c == '\t')
        buf_puts(out, "\\t");
    else if (c == '\r')
        buf_puts(out, "\\r");
    else if (c <= 0xff)
        buf_printf(out, "\\x%02x", c);
    else
        buf_printf(out, "\\u%04x", c); /* characters beyond four digits are all printable */
}

static void write_double_quoted(struct buf *out, const char *text)
{
    buf_putc(out, '"');
    while (*text != '\0') {
        const char *start = text;
        uint32_t c = doc_next_char(&text);

        if (c == '"' || c == '\\')
            buf_putc(out, '\\');
        if (doc_is_printable(c))
            buf_put(out, start, (size_t)(text - start));
        else
            write_escaped_char(out, c);
    }
    buf_putc(out, '"');
}

/* Chomping: `-` where the text ends without a line feed, `+` where it ends with several. The digit
 * tells the indent where blanks that begin the text would be taken for more of it. */
static void write_literal(struct buf *out, const char *text, size_t level)
{
    size_t end = strlen(text);
    const char *line = text;

    buf_putc(out, '|');
    if (text[strspn(text, "\n")] == ' ')
        buf_putc(out, '2');
    if (text[end - 1] != '\n')
        buf_putc(out, '-');
    else if (end > 1 && text[end - 2] == '\n')
        buf_putc(out, '+');
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");

        buf_putc(out, '\n');
        if (length > 0)
            doc_indent(out, level + 1);
        buf_put(out, line, length);
        line += length;
        if (*line == '\n')
            line++;
    }
}

static void write_string(struct buf *out, const char *text, enum style style, size_t level)
{
    switch (style) {
    case PLAIN:
        buf_puts(out, text);
        return;
    case SINGLE_QUOTED:
        write_single_quoted(out, text);
        return;
    case DOUBLE_QUOTED:
        write_double_quoted(out, text);
        return;
    case LITERAL:
        write_literal(out, text, level);
        return;
    }
}

static void write_scalar(struct buf *out, const struct doc *doc, size_t level)
{
    switch (doc->kind) {
    case DOC_NULL:
        buf_puts(out, "null");
        return;
    case DOC_BOOL:
        buf_puts(out, doc->boolean ? "true" : "false");
        return;
    case DOC_INT:
        doc_write_int(out, doc->integer);
        return;
    case DOC_STRING:
        write_string(out, doc->string, style_of(doc->string, true), level);
        return;
    case DOC_LIST:
        buf_puts(out, "[]");
        return;
    case DOC_MAP:
        buf_puts(out, "{}");
        return;
    case DOC_BLOCK:
    case DOC_REF:
    case DOC_TEXT:
        break;
    }
    fatal("YAML has nothing for \"%s\"", doc->string);
}

static bool has_members(const struct doc *doc)
{
    return (doc->kind == DOC_LIST || doc->kind == DOC_MAP) && doc->first != NULL;
}

/* Writes the key with its colon. A long one needs a question mark, and the colon its own line. */
static void write_key(struct buf *out, const char *key, size_t level)
{
    bool is_long = strlen(key) > LONGEST_SIMPLE_KEY;

    if (is_long)
        buf_puts(out, "? ");
    write_string(out, key, style_of(key, false), level);
    if (is_long) {
        buf_putc(out, '\n');
        doc_indent(out, level);
    }
    buf_putc(out, ':');
}

/* Writes each member on lines of its own at `level`, whose first indent is already there. */
static void write_members(struct buf *out, const struct doc *doc, size_t level)
{
    doc_check_depth(level);
    for (const struct doc *member = doc->first; member != NULL; member = member->next) {
        if (member != doc->first)
            doc_indent(out, level);
        if (doc->kind == DOC_MAP)
            write_key(out, member->key, level);
        else
            buf_putc(out, '-');
        if (!has_members(member)) {
            buf_putc(out, ' ');
            write_scalar(out, member, level);
            buf_putc(out, '\n');
            continue;
        }
        if (doc->kind == DOC_MAP) {
            buf_putc(out, '\n');
            doc_indent(out, level + 1);
        } else {
            buf_putc(out, ' ');
        }
        write_members(out, member, level + 1);
    }
}

void doc_write_yaml(struct buf *out, const struct doc *doc)
{
    if (has_members(doc)) {
        write_members(out, doc, 0);
        return;
    }
    write_scalar(out, doc, 0);
    buf_putc(out, '\n');
}

void doc_write_yaml_documents(struct buf *out, const struct doc *list)
{
    for (const struct doc *item = list->first; item != NULL; item = item->next) {
        buf_puts(out, "---\n");
        doc_write_yaml(out, item);
    }
}
