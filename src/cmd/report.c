/* Diagnostics as text: the place, the source line with a caret below it, related places, a hint. */
#include "command.h"

#include <string.h>

enum ink { INK_PLAIN, INK_BOLD, INK_RED, INK_YELLOW, INK_CYAN, INK_GREEN };

static const char *const inks[] = {"\033[0m",    "\033[1m",    "\033[1;31m",
                                   "\033[1;33m", "\033[1;36m", "\033[1;32m"};
static const enum ink severity_inks[] = {INK_PLAIN, INK_CYAN, INK_YELLOW, INK_RED};

static void put_ink(struct buf *out, bool colour, enum ink ink)
{
    if (colour)
        buf_puts(out, inks[ink]);
}

enum { SHOWN_BYTES = 160 }; /* of a source line: a terminal's width or two */

/* Text for a terminal: control characters, which could move its cursor, become `?`; tabs a blank.
 */
static void put_printable(struct buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        buf_putc(out, c == '\t' ? ' ' : c < 0x20 || c == 0x7f ? '?' : (char)c);
    }
}

/* The columns that the first `length` bytes take: one per character. */
static size_t width(const char *text, size_t length)
{
    size_t columns = 0;

    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}

/* The source line, or the part of it around the span where it is long, and a caret below. */
static void put_source(struct buf *out, struct diag_lines *lines, struct span span, bool colour)
{
    if (diag_lines_find(lines, span)) {
        const char *line = lines->text;
        size_t length = lines->length;
        size_t at = span.col ? span.col - 1u : 0;
        at = at > length ? length : at;
        size_t from = at > SHOWN_BYTES / 2 && length > SHOWN_BYTES ? at - SHOWN_BYTES / 2 : 0;
        while (from > 0 && ((unsigned char)line[from] & 0xc0) == 0x80)
            from--;
        size_t shown = length - from > SHOWN_BYTES ? SHOWN_BYTES : length - from;
        while (from + shown < length && ((unsigned char)line[from + shown] & 0xc0) == 0x80)
            shown--;
        size_t marked = span.len;
        if (at + marked > from + shown)
            marked = from + shown > at ? from + shown - at : 0;

        buf_printf(out, "%6u | ", span.line);
        put_printable(out, line + from, shown);
        buf_puts(out, "\n       | ");
        buf_fill(out, ' ', width(line + from, at - from));
        put_ink(out, colour, INK_GREEN);
        size_t columns = width(line + at, marked);
        buf_putc(out, '^');
        buf_fill(out, '~', columns > 1 ? columns - 1 : 0);
        put_ink(out, colour, INK_PLAIN);
        buf_putc(out, '\n');
    }
}

static void put_place(struct buf *out, const struct diags *diags, struct span span)
{
    const char *path = diags_path(diags, span);

    if (*path) {
        put_printable(out, path, strlen(path));
        if (span.line)
            buf_printf(out, ":%u:%u", span.line, span.col);
        buf_puts(out, ": ");
    }
}

static void put_diag(struct buf *out, struct diag_lines *lines, const struct diag *diag,
                     bool colour)
{
    const struct diags *diags = lines->diags;

    put_ink(out, colour, INK_BOLD);
    put_place(out, diags, diag->span);
    put_ink(out, colour, severity_inks[diag->severity]);
    buf_puts(out, severity_name(diag->severity));
    put_ink(out, colour, INK_PLAIN);
    buf_puts(out, ": ");
    put_printable(out, diag->text, strlen(diag->text));
    buf_printf(out, " [%s]\n", diag->rule);
    put_source(out, lines, diag->span, colour);
    for (size_t i = 0; i < diag->related.n; i++) {
        buf_puts(out, "  ");
        put_place(out, diags, diag->related.v[i].span);
        put_printable(out, diag->related.v[i].text, strlen(diag->related.v[i].text));
        buf_putc(out, '\n');
    }
    if (diag->hint) {
        buf_puts(out, "  hint: ");
        put_printable(out, diag->hint, strlen(diag->hint));
        buf_putc(out, '\n');
    }
}

void report_text(struct buf *out, const struct diags *diags, enum severity least, bool colour)
{
    struct diag_lines lines = {.diags = diags};

    for (size_t i = 0; i < diags->all.n && !interrupted(); i++)
        if (diags->all.v[i]->severity >= least)
            put_diag(out, &lines, diags->all.v[i], colour);
    diag_lines_close(&lines);
}

void report_summary(struct buf *out, const struct diags *diags)
{
    static const enum severity order[] = {SEV_ERROR, SEV_WARNING, SEV_NOTE};
    const char *separator = "";

    for (size_t i = 0; i < COUNT(order); i++) {
        size_t n = diags_count(diags, order[i]);
        if (n) {
            buf_printf(out, "%s%zu %s%s", separator, n, severity_name(order[i]), n == 1 ? "" : "s");
            separator = ", ";
        }
    }
    buf_puts(out, *separator ? "\n" : "no problems\n");
}
