/* Quoting for PostgreSQL ("SQL Syntax", 4.1.1 and 4.1.2 of its documentation). */
#include "dsc/sql.h"

#include <string.h>

/* Writes `text`, with each of the characters in `doubled` twice. */
static void put_doubling(struct buf *out, const char *text, const char *doubled)
{
    for (;;) {
        size_t length = strcspn(text, doubled);

        buf_put(out, text, length);
        text += length;
        if (*text == '\0')
            return;
        buf_fill(out, *text++, 2);
    }
}

void sql_identifier(struct buf *out, const char *name)
{
    buf_putc(out, '"');
    put_doubling(out, name, "\"");
    buf_putc(out, '"');
}

void sql_qualified(struct buf *out, const char *schema, const char *name)
{
    sql_identifier(out, schema);
    buf_putc(out, '.');
    sql_identifier(out, name);
}

void sql_literal(struct buf *out, const char *text)
{
    if (text == NULL) {
        buf_puts(out, "NULL");
        return;
    }
    buf_puts(out, strchr(text, '\\') != NULL ? "E'" : "'");
    put_doubling(out, text, "'\\");
    buf_putc(out, '\'');
}

void sql_dollar(struct buf *out, const char *text)
{
    struct buf quote = {0};

    /* Without its last character, since the text may end where the closing quote begins. */
    for (buf_puts(&quote, "$dsc"); strstr(text, quote.data) != NULL;)
        buf_putc(&quote, '_');
    buf_putc(&quote, '$');
    buf_printf(out, "%s%s%s", quote.data, text, quote.data);
    buf_free(&quote);
}

void sql_comment(struct buf *out, const char *text)
{
    buf_puts(out, "-- ");
    for (; *text != '\0'; text++)
        buf_putc(out, *text == '\n' || *text == '\r' ? ' ' : *text);
    buf_putc(out, '\n');
}
