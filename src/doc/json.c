/*
 * JSON (RFC 8259). Written from the tree as it stands: jansson's dump would want a second tree of
 * its own, twice the memory and time of a big render.
 */
#include "internal.h"

#include <string.h>

/* Bytes that stand for themselves in a string; above 0x7f all do, as parts of UTF-8. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void write_escape(struct buf *out, unsigned char c)
{
    static const char named[] = "\bb\tt\nn\ff\rr\"\"\\\\"; /* pairs: the character, its letter */

    for (const char *pair = named; *pair != '\0'; pair += 2) {
        if ((unsigned char)*pair == c) {
            buf_put(out, (char[]){'\\', pair[1]}, 2);
            return;
        }
    }
    buf_printf(out, "\\u%04x", c);
}

static void write_string(struct buf *out, const char *text)
{
    const char *start = text;

    buf_putc(out, '"');
    for (; *text != '\0'; text++) {
        if (is_plain((unsigned char)*text))
            continue;
        buf_put(out, start, (size_t)(text - start));
        write_escape(out, (unsigned char)*text);
        start = text + 1;
    }
    buf_put(out, start, (size_t)(text - start));
    buf_putc(out, '"');
}

static void write_value(struct buf *out, const struct doc *doc, size_t level);

static void write_members(struct buf *out, const struct doc *doc, size_t level,
                          const char *brackets)
{
    buf_putc(out, brackets[0]);
    for (const struct doc *member = doc->first; member != NULL; member = member->next) {
        buf_putc(out, '\n');
        doc_indent(out, level + 1);
        if (doc->kind == DOC_MAP) {
            write_string(out, member->key);
            buf_put(out, ": ", 2);
        }
        write_value(out, member, level + 1);
        if (member->next != NULL)
            buf_putc(out, ',');
    }
    if (doc->first != NULL) {
        buf_putc(out, '\n');
        doc_indent(out, level);
    }
    buf_putc(out, brackets[1]);
}

static void write_value(struct buf *out, const struct doc *doc, size_t level)
{
    doc_check_depth(level);
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
        write_string(out, doc->string);
        return;
    case DOC_LIST:
        write_members(out, doc, level, "[]");
        return;
    case DOC_MAP:
        write_members(out, doc, level, "{}");
        return;
    case DOC_BLOCK:
    case DOC_REF:
    case DOC_TEXT:
        break;
    }
    fatal("JSON has nothing for \"%s\"", doc->string);
}

void doc_write_json(struct buf *out, const struct doc *doc)
{
    write_value(out, doc, 0);
    buf_putc(out, '\n');
}
