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

struct template
{
    struct arena *arena;

    struct buf *out;

    const char *text; /* the whole template */

    enum doc_escape escape;

    const struct doc *values;

    bool *is_used; /* by the place of the value among `values` */

    const char **why;
};

/* The value called `name`, marked as used; NULL where there is none. */
static const struct doc *find_value(struct template *template, const char *name, size_t length)
{
    size_t i = 0;

    for (const struct doc *value = template->values->first; value != NULL; value = value->next) {
        if (strncmp(value->key, name, length) == 0 && value->key[length] == '\0') {
            template->is_used[i] = true;
            return value;
        }
        i++;
    }
    return NULL;
}

static bool fail(struct template *template, const char *at, const char *format, int length,
                 const char *name)
{
    unsigned line = 1;

    for (const char *text = template->text; text < at; text++)
        line += *text == '\n';
    *template->why = arena_printf(template->arena, format, line, length, name);
    return false;
}

/* Fills in the `@{name}` at `*at` and moves behind it. A block ends its own line, so that the line
 * feed that the template has there is passed over. */
static bool fill(struct template *template, const char **at)
{
    const char *start = *at, *name = start + strlen("@{");
    int length = (int)strcspn(name, "}\n");
    const char *end = name + length + 1;
    const struct doc *value;
    bool is_alone;

    if (name[length] != '}')
        return fail(template, start, "line %u: @{%.*s has no }", length, name);
    value = find_value(template, name, (size_t)length);
    if (value == NULL)
        return fail(template, start, "line %u: nothing is called @{%.*s}", length, name);
    is_alone = (start == template->text || start[-1] == '\n') && (*end == '\n' || *end == '\0');
    if (value->kind == DOC_STRING) {
        doc_escape(template->out, template->escape, value->string);
    } else if (is_alone) {
        doc_write_markdown(template->out, value);
        end += *end == '\n';
    } else if (value->kind == DOC_LIST) {
        return fail(template, start, "line %u: @{%.*s} needs a line of its own", length, name);
    } else {
        doc_write_markdown_inline(template->out, value, false);
    }
    *at = end;
    return true;
}

/* A value is to be used; that it was set twice shows in the second one, which nothing finds. */
static bool check_used(const struct template *template)
{
    size_t i = 0;

    for (const struct doc *value = template->values->first; value != NULL; value = value->next) {
        if (!template->is_used[i++]) {
            *template->why = arena_printf(template->arena,
                                          doc_get(template->values, value->key) == value
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
    struct template template = {
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
            if (!fill(&template, &text))
                return false;
        } else if (strncmp(text, "@@{", 3) == 0) {
            buf_puts(out, "@{");
            text += 3;
        } else if (*text == '@') {
            buf_putc(out, *text++);
        }
    }
    return check_used(&template);
}
