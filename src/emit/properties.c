#include "properties.h"

/* A backslash would escape what follows, a line end would begin another setting, and blanks at the
 * start would be skipped. */
static void put_value(struct buf *out, const char *value)
{
    bool is_start = true;

    for (; *value; value++) {
        switch (*value) {
        case '\\':
            buf_puts(out, "\\\\");
            break;
        case '\n':
            buf_puts(out, "\\n");
            break;
        case '\r':
            buf_puts(out, "\\r");
            break;
        case ' ':
        case '\t':
        case '\f':
            if (is_start)
                buf_putc(out, '\\');
            buf_putc(out, *value);
            continue;
        default:
            buf_putc(out, *value);
        }
        is_start = false;
    }
    buf_putc(out, '\n');
}

const char *properties_text(struct arena *arena, const struct doc *map)
{
    struct buf out = {0};
    const char *text;

    for (const struct doc *member = map->first; member; member = member->next) {
        buf_puts(&out, member->key);
        buf_putc(&out, '=');
        put_value(&out, member->string);
    }
    text = arena_strndup(arena, out.data, out.len);
    buf_free(&out);
    return text;
}
