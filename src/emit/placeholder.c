#include "placeholder.h"

#include "dsc/sql.h"

#include <string.h>

static void put_text(struct buf *value, const char *text)
{
    buf_puts(value, text);
}

static void put_bytes(struct buf *value, const char *text)
{
    buf_puts(value, "\\x");
    for (; *text; text++)
        buf_printf(value, "%02x", (unsigned char)*text);
}

/* An array of that one text; quotes and backslashes are escaped as PostgreSQL's array_out does it.
 */
static void put_text_array(struct buf *value, const char *text)
{
    buf_puts(value, "{\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_putc(value, '\\');
        buf_putc(value, *text);
    }
    buf_puts(value, "\"}");
}

/* An array of its bytes, which Java takes as signed. */
static void put_number_array(struct buf *value, const char *text)
{
    const char *before = "{";

    for (; *text; text++, before = ",")
        buf_printf(value, "%s%d", before, (signed char)*text);
    buf_putc(value, '}');
}

static void put_uuid_array(struct buf *value, const char *text)
{
    char uuid[UUID_TEXT];

    uuid_of_bytes(text, strlen(text), uuid);
    buf_printf(value, "{%s}", uuid);
}

const char *placeholder_literal(struct arena *arena, const char *staging_type, const char *text)
{
    static const struct {
        const char *type;
        void (*put)(struct buf *value, const char *text);
    } rows[] = {
        {"text", put_text},
        {"bytea", put_bytes},
        {"text[]", put_text_array},
        {"integer[]", put_number_array},
        {"bigint[]", put_number_array},
        {"uuid[]", put_uuid_array},
    };
    struct buf value = {0}, literal = {0};
    const char *made = NULL;

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].type, staging_type) != 0)
            continue;
        rows[i].put(&value, text);
        sql_literal(&literal, value.data);
        made = arena_strndup(arena, literal.data, literal.len);
    }
    buf_free(&value);
    buf_free(&literal);
    return made;
}
