/*
 * HCL as `terraform fmt` leaves it. Its rule for equals signs: they are aligned over consecutive
 * lines that hold a whole attribute each; a value that opens a bracket for the lines below stands
 * apart, with one blank before its equals sign.
 */
#include "internal.h"

#include <ctype.h>
#include <string.h>

static bool is_identifier(const char *text)
{
    if (!isalpha((unsigned char)text[0]) && text[0] != '_')
        return false;
    while (isalnum((unsigned char)*text) || *text == '_' || *text == '-')
        text++;
    return *text == '\0';
}

/* Whether a key of an object can stand without quotes: `for` would begin an expression there. */
static bool is_object_key(const char *key)
{
    return is_identifier(key) && strcmp(key, "for") != 0;
}

static void write_unicode_escape(struct buf *out, uint32_t c)
{
    buf_printf(out, c <= 0xffff ? "\\u%04x" : "\\U%08x", c);
}

/* Writes a `$` or `%`, which stands behind `before`. In front of a brace it is doubled, or it would
 * begin a template; behind one of its kind it is escaped there, or a reader might pair those two.
 */
static void write_template_sign(struct buf *out, char before, const char *sign)
{
    if (sign[1] != '{')
        buf_putc(out, *sign);
    else if (before != *sign)
        buf_fill(out, *sign, 2);
    else
        write_unicode_escape(out, (unsigned char)*sign);
}

/* The bytes at `text` that stand for themselves whatever comes before and after them. */
static size_t plain_length(const char *text)
{
    size_t n = 0;

    while (text[n] >= ' ' && text[n] < 0x7f && !strchr("\"\\$%", text[n]))
        n++;
    return n;
}

/* Writes a string in double quotes. `ascii` escapes all else: the alignment of keys counts
 * characters as seen, which is simple for ASCII only. */
static void write_string(struct buf *out, const char *text, bool ascii)
{
    static const char named[] = "\nn\rr\tt\"\"\\\\"; /* pairs: the character, its letter */

    char before = '"';

    buf_putc(out, before);
    for (; *text != '\0'; before = text[-1]) {
        const char *start = text;
        const char *pair = named;
        uint32_t c;

        text += plain_length(text);
        if (text > start) {
            buf_put(out, start, (size_t)(text - start));
            continue;
        }
        c = doc_next_char(&text);
        while (*pair != '\0' && (uint32_t)*pair != c)
            pair += 2;
        if (*pair != '\0')
            buf_put(out, (char[]){'\\', pair[1]}, 2);
        else if (c == '$' || c == '%')
            write_template_sign(out, before, start);
        else if (!doc_is_printable(c) || (ascii && c > 0x7f))
            write_unicode_escape(out, c);
        else
            buf_put(out, start, (size_t)(text - start));
    }
    buf_putc(out, '"');
}

/* Whether the value takes lines of its own below its key. */
static bool is_multi_line(const struct doc *value)
{
    return (value->kind == DOC_LIST || value->kind == DOC_MAP) && value->first != NULL;
}

static void write_value(struct buf *out, const struct doc *value, size_t level);

static void write_attribute(struct buf *out, const struct buf *key, size_t width,
                            const struct doc *value, size_t level)
{
    doc_indent(out, level);
    buf_put(out, key->data, key->len);
    buf_fill(out, ' ', width - key->len);
    buf_puts(out, " = ");
    write_value(out, value, level);
    buf_putc(out, '\n');
}

static void write_key(struct buf *out, const struct doc *member, bool in_block)
{
    buf_clear(out);
    if (in_block ? is_identifier(member->key) : is_object_key(member->key))
        buf_puts(out, member->key);
    else if (in_block)
        fatal("\"%s\" is no name for an attribute in HCL", member->key);
    else
        write_string(out, member->key, true);
}

/* The width of the keys that are aligned with `member`: it and those that follow without a gap. */
static size_t run_width(struct buf *key, const struct doc *member, bool in_block)
{
    size_t width = 0;

    while (member != NULL && member->kind != DOC_BLOCK && !is_multi_line(member)) {
        write_key(key, member, in_block);
        if (key->len > width)
            width = key->len;
        member = member->next;
    }
    return width;
}

static void write_block(struct buf *out, const struct doc *block, size_t level);

/* Writes the attributes and nested blocks of a BLOCK or MAP. */
static void write_body(struct buf *out, const struct doc *body, size_t level)
{
    struct buf key = {0};
    const struct doc *before = NULL;
    size_t width = 0; /* of the run that `before` belongs to; 0: no run goes on */

    doc_check_depth(level);
    for (const struct doc *member = body->first; member != NULL; member = member->next) {
        if (before != NULL && (before->kind == DOC_BLOCK || member->kind == DOC_BLOCK))
            buf_putc(out, '\n');
        before = member;
        if (member->kind == DOC_BLOCK) {
            width = 0;
            write_block(out, member, level);
            continue;
        }
        if (is_multi_line(member))
            width = 0;
        else if (width == 0)
            width = run_width(&key, member, body->kind == DOC_BLOCK);
        write_key(&key, member, body->kind == DOC_BLOCK);
        write_attribute(out, &key, width > 0 ? width : key.len, member, level);
    }
    buf_free(&key);
}

static void write_block(struct buf *out, const struct doc *block, size_t level)
{
    doc_indent(out, level);
    buf_puts(out, block->string);
    for (size_t i = 0; i < block->n_labels; i++) {
        if (!is_identifier(block->labels[i]))
            fatal("\"%s\" is no label for a block in HCL", block->labels[i]);
        buf_printf(out, " \"%s\"", block->labels[i]);
    }
    buf_puts(out, " {");
    if (block->first != NULL) {
        buf_putc(out, '\n');
        write_body(out, block, level + 1);
        doc_indent(out, level);
    }
    buf_puts(out, "}\n");
}

static void write_list(struct buf *out, const struct doc *list, size_t level)
{
    doc_check_depth(level);
    buf_puts(out, "[\n");
    for (const struct doc *item = list->first; item != NULL; item = item->next) {
        doc_indent(out, level + 1);
        write_value(out, item, level + 1);
        buf_puts(out, ",\n");
    }
    doc_indent(out, level);
    buf_putc(out, ']');
}

static void write_value(struct buf *out, const struct doc *value, size_t level)
{
    switch (value->kind) {
    case DOC_NULL:
        buf_puts(out, "null");
        return;
    case DOC_BOOL:
        buf_puts(out, value->boolean ? "true" : "false");
        return;
    case DOC_INT:
        doc_write_int(out, value->integer);
        return;
    case DOC_STRING:
        write_string(out, value->string, false);
        return;
    case DOC_REF:
        buf_puts(out, value->string);
        return;
    case DOC_LIST:
        if (value->first != NULL)
            write_list(out, value, level);
        else
            buf_puts(out, "[]");
        return;
    case DOC_MAP:
        if (value->first == NULL) {
            buf_puts(out, "{}");
            return;
        }
        buf_puts(out, "{\n");
        write_body(out, value, level + 1);
        doc_indent(out, level);
        buf_putc(out, '}');
        return;
    case DOC_BLOCK:
    case DOC_TEXT:
        break;
    }
    fatal("a value in HCL cannot be \"%s\"", value->string);
}

void doc_write_hcl(struct buf *out, const struct doc *blocks)
{
    for (const struct doc *block = blocks->first; block != NULL; block = block->next) {
        if (block->kind != DOC_BLOCK)
            fatal("a file in HCL holds blocks only");
        if (block != blocks->first)
            buf_putc(out, '\n');
        write_block(out, block, 0);
    }
}
