/* Text that is written around values: escapes of one line, and templates. */
#include "internal.h"

#include <string.h>

/* A string for LABEL, ENV or ARG: what a Dockerfile would expand or end the string at is escaped;
 * it has no way to say a control character, so each becomes a blank. */
static void escape_dockerfile(struct buf *out, const char *text)
{
    buf_putc(out, '"');
    for (; *text != '\0'; text++) {
        if (strchr("\"\\$", *text) != NULL)
            buf_putc(out, '\\');
        buf_putc(out, (unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
    }
    buf_putc(out, '"');
}

static void escape_shell(struct buf *out, const char *text)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
                               "@%+=:,./-";

    if (*text != '\0' && text[strspn(text, safe)] == '\0') {
        buf_puts(out, text);
        return;
    }
    buf_putc(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buf_puts(out, "'\\''");
        else
            buf_putc(out, *text);
    }
    buf_putc(out, '\'');
}

void doc_escape(struct buf *out, enum doc_escape escape, const char *text)
{
    switch (escape) {
    case ESCAPE_NONE:
        buf_puts(out, text);
        return;
    case ESCAPE_MARKDOWN:
        doc_write_markdown_line(out, text, strlen(text));
        return;
    case ESCAPE_DOCKERFILE:
        escape_dockerfile(out, text);
        return;
    case ESCAPE_SHELL:
        escape_shell(out, text);
        return;
    }
}

struct filling {
    struct arena *arena;

    struct buf *out;

    const char *text; /* the whole template */

    enum doc_escape escape;

    const struct doc *values;

    bool *is_used; /* by the place of the value among `values` */

    const char **why;
};

/* The value called `name`, marked as used; NULL where there is none. */
static const struct doc *find_value(struct filling *filling, const char *name, size_t length)
{
    size_t i = 0;

    for (const struct doc *value = filling->values->first; value != NULL; value = value->next) {
        if (strncmp(value->key, name, length) == 0 && value->key[length] == '\0') {
            filling->is_used[i] = true;
            return value;
        }
        i++;
    }
    return NULL;
}

/* Says what is wrong with the `name` of the @{name} that stands at `at`. */
static bool fail(const struct filling *filling, const char *at, int length, const char *what)
{
    unsigned line = 1;

    for (const char *text = filling->text; text < at; text++)
        line += *text == '\n';
    *filling->why =
        arena_printf(filling->arena, "line %u: @{%.*s} %s", line, length, at + strlen("@{"), what);
    return false;
}

/* Fills in the `@{name}` at `*at` and moves behind it. A block ends its own line, so that the line
 * feed that the template has there is passed over. */
static bool fill(struct filling *filling, const char **at)
{
    const char *start = *at, *name = start + strlen("@{");
    int length = (int)strcspn(name, "}\n");
    const char *end = name + length + 1;
    const struct doc *value;
    bool is_alone;

    if (name[length] != '}')
        return fail(filling, start, length, "lacks its closing brace");
    value = find_value(filling, name, (size_t)length);
    if (value == NULL)
        return fail(filling, start, length, "is not among the names given");
    is_alone = (start == filling->text || start[-1] == '\n') && (*end == '\n' || *end == '\0');
    if (value->kind == DOC_STRING) {
        doc_escape(filling->out, filling->escape, value->string);
    } else if (is_alone) {
        doc_write_markdown(filling->out, value);
        end += *end == '\n';
    } else if (value->kind == DOC_LIST) {
        return fail(filling, start, length, "is a block, which needs a line of its own");
    } else {
        doc_write_markdown_inline(filling->out, value, false);
    }
    *at = end;
    return true;
}

/* A value is to be used; that it was set twice shows in the second one, which nothing finds. */
static bool check_used(const struct filling *filling)
{
    size_t i = 0;

    for (const struct doc *value = filling->values->first; value != NULL; value = value->next) {
        if (!filling->is_used[i++]) {
            *filling->why = arena_printf(filling->arena,
                                         doc_get(filling->values, value->key) == value
                                             ? "the template never uses @{%s}"
                                             : "@{%s} is set twice",
                                         value->key);
            return false;
        }
    }
    return true;
}

static size_t count_values(const struct doc *values)
{
    size_t n = 0;

    for (const struct doc *value = values->first; value != NULL; value = value->next)
        n++;
    return n;
}

bool doc_template(struct arena *arena, struct buf *out, const char *text, enum doc_escape escape,
                  const struct doc *values, const char **why)
{
    struct filling filling = {
        .arena = arena,
        .out = out,
        .text = text,
        .escape = escape,
        .values = values,
        .is_used = arena_alloc(arena, count_values(values) * sizeof(bool)),
        .why = why,
    };

    while (*text != '\0') {
        size_t length = strcspn(text, "@");

        buf_put(out, text, length);
        text += length;
        if (strncmp(text, "@{", 2) == 0) {
            if (!fill(&filling, &text))
                return false;
        } else if (strncmp(text, "@@{", 3) == 0) {
            buf_puts(out, "@{");
            text += 3;
        } else if (*text == '@') {
            buf_putc(out, *text++);
        }
    }
    return check_used(&filling);
}
