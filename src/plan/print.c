/* JSON (RFC 8259): what must be escaped is, all else is UTF-8 as it came. */
#include "internal.h"

#include <inttypes.h>

static void new_line(struct printer *printer)
{
    buf_putc(printer->out, '\n');
    buf_fill(printer->out, ' ', 2 * printer->level);
}

void print_open(struct printer *printer, char bracket)
{
    buf_putc(printer->out, bracket);
    printer->level++;
    printer->empty = true;
}

void print_close(struct printer *printer, char bracket)
{
    printer->level--;
    if (!printer->empty)
        new_line(printer);
    buf_putc(printer->out, bracket);
    printer->empty = false;
}

void print_item(struct printer *printer)
{
    if (!printer->empty)
        buf_putc(printer->out, ',');
    printer->empty = false;
    new_line(printer);
}

void print_name(struct printer *printer, const char *name)
{
    print_item(printer);
    print_string(printer, name);
    buf_puts(printer->out, ": ");
}

void print_string(struct printer *printer, const char *text)
{
    if (!text) {
        buf_puts(printer->out, "null");
        return;
    }
    const char *start = text;

    buf_putc(printer->out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_put(printer->out, start, (size_t)(text - start));
        start = text + 1;
        buf_printf(printer->out, c < 0x20 ? "\\u%04x" : "\\%c", c);
    }
    buf_put(printer->out, start, (size_t)(text - start));
    buf_putc(printer->out, '"');
}

void print_int(struct printer *printer, int64_t value)
{
    buf_printf(printer->out, "%" PRId64, value);
}

void print_bool(struct printer *printer, bool value)
{
    buf_puts(printer->out, value ? "true" : "false");
}
