/* Diagnostics: collected, sorted, counted. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"off", "note", "warning", "error"};

    return names[severity];
}

void diags_init(struct diags *diags, struct arena *arena)
{
    *diags = (struct diags){.arena = arena};
}

uint32_t diags_add_file(struct diags *diags, const char *path, const char *bytes, size_t size)
{
    vec_push(diags->arena, &diags->files,
             (struct diag_file){arena_strdup(diags->arena, path), bytes, size});
    return (uint32_t)diags->files.n;
}

const char *diags_path(const struct diags *diags, struct span span)
{
    return span.file ? diags->files.v[span.file - 1].path : "";
}

struct diag *diag_add(struct diags *diags, const char *rule, enum severity severity,
                      struct span span, const char *format, ...)
{
    struct diag *diag = ARENA_NEW(diags->arena, struct diag);
    va_list arguments;

    va_start(arguments, format);
    diag->rule = rule;
    diag->severity = severity;
    diag->span = span;
    diag->text = arena_vprintf(diags->arena, format, arguments);
    va_end(arguments);
    vec_push(diags->arena, &diags->all, diag);
    return diag;
}

void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    diag->hint = arena_vprintf(diags->arena, format, arguments);
    va_end(arguments);
}

void diag_relate(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    const char *text = arena_vprintf(diags->arena, format, arguments);
    va_end(arguments);
    vec_push(diags->arena, &diag->related, (struct diag_related){span, text});
}

static int by_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int by_span(const struct diags *diags, struct span a, struct span b)
{
    int order = strcmp(diags_path(diags, a), diags_path(diags, b));

    order = order ? order : by_number(a.line, b.line);
    return order ? order : by_number(a.col, b.col);
}

static int by_related(const struct diags *diags, const struct diag *a, const struct diag *b)
{
    int order = by_number((uint32_t)a->related.n, (uint32_t)b->related.n);

    for (size_t i = 0; !order && i < a->related.n; i++) {
        order = by_span(diags, a->related.v[i].span, b->related.v[i].span);
        order = order ? order : strcmp(a->related.v[i].text, b->related.v[i].text);
    }
    return order;
}

/* By everything that shows: where the order of adding depends on the order of files, none is left.
 */
static int by_place(const void *left, const void *right, void *context)
{
    const struct diag *a = *(struct diag *const *)left, *b = *(struct diag *const *)right;
    int order = by_span(context, a->span, b->span);

    order = order ? order : strcmp(a->rule, b->rule);
    order = order ? order : strcmp(a->text, b->text);
    order = order ? order : by_number(a->span.len, b->span.len);
    order = order ? order : by_number(a->severity, b->severity);
    order = order ? order : by_text(a->hint, b->hint);
    return order ? order : by_related(context, a, b);
}

void diags_sort(struct diags *diags)
{
    size_t kept = 0;

    if (!diags->all.n)
        return;
    qsort_r(diags->all.v, diags->all.n, sizeof(struct diag *), by_place, diags);
    for (size_t i = 1; i < diags->all.n; i++) {
        if (by_place(&diags->all.v[kept], &diags->all.v[i], diags) != 0)
            diags->all.v[++kept] = diags->all.v[i];
    }
    diags->all.n = kept + 1;
}

size_t diags_count(const struct diags *diags, enum severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < diags->all.n; i++)
        count += diags->all.v[i]->severity == severity;
    return count;
}

/* Opens the file of a diagnostic at its first line. */
static bool open_lines(struct diag_lines *lines, uint32_t index)
{
    const struct diag_file *file = &lines->diags->files.v[index - 1];

    diag_lines_close(lines);
    if (file->bytes && file->size)
        lines->stream = fmemopen((void *)(uintptr_t)file->bytes, file->size, "r");
    else if (!file->bytes)
        lines->stream = fopen(file->path, "re");
    lines->file = index;
    return lines->stream != NULL;
}

bool diag_lines_find(struct diag_lines *lines, struct span span)
{
    if (!span.file || !span.line)
        return false;
    if ((lines->file != span.file || lines->line > span.line) && !open_lines(lines, span.file))
        return false;
    while (lines->stream && lines->line < span.line) {
        ssize_t length = getline(&lines->text, &lines->room, lines->stream);
        if (length < 0)
            return false;
        lines->length = (size_t)length;
        lines->line++;
        if (lines->length && lines->text[lines->length - 1] == '\n')
            lines->length--;
        if (lines->length && lines->text[lines->length - 1] == '\r')
            lines->length--;
        lines->text[lines->length] = '\0';
    }
    return lines->line == span.line;
}

void diag_lines_close(struct diag_lines *lines)
{
    if (lines->stream)
        fclose(lines->stream);
    free(lines->text);
    *lines = (struct diag_lines){.diags = lines->diags};
}
