/* The YAML reader survives every input; every node and every problem lies inside the file. */
#include "dsc/yaml.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A place beyond its line, or in a line that is not there, ends the run. */
static void check_span(const struct diags *diags, struct span span, bool may_be_behind)
{
    struct diag_lines line = {.diags = diags};
    bool found = diag_lines_find(&line, span);

    if (span.file != 1 || span.line < 1 || span.col < 1 || span.len < 1)
        abort();
    if (found ? span.col > line.length + 1 : !may_be_behind)
        abort();
    diag_lines_close(&line);
}

static void check_node(const struct diags *diags, const struct yaml_node *node)
{
    /* A value that is missing at the end of the file stands behind it. */
    check_span(diags, node->span, node->kind == YAML_SCALAR && node->length == 0);
    if (node->kind == YAML_SCALAR) {
        for (size_t at = 0, n; at < node->length; at += n) {
            n = utf8_length(node->text + at, node->length - at);
            if (n == 0 || node->text[at] == '\0')
                abort();
        }
        if (node->text[node->length])
            abort();
    }
    size_t children = 0;
    for (const struct yaml_node *child = node->first; child; child = child->next, children++)
        check_node(diags, child);
    if (node->kind != YAML_SCALAR && children != node->length * (node->kind == YAML_MAP ? 2 : 1))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(), *scratch = arena_new();
    struct diags diags;
    const struct yaml_node *root;
    size_t n_pragmas;

    if (size > 1 << 16) /* places are found by counting lines: long inputs are merely slow */
        size = 1 << 16;
    diags_init(&diags, arena);
    uint32_t file = diags_add_file(&diags, "fuzz.yaml", (const char *)data, size);
    struct yaml_reader *reader = yaml_open(&diags, file, (const char *)data, size);
    while ((root = yaml_next(reader, scratch)) != NULL) {
        check_node(&diags, root);
        arena_reset(scratch);
    }
    const struct yaml_pragma *pragmas = yaml_pragmas(reader, &n_pragmas);
    for (size_t i = 0; i < n_pragmas; i++)
        check_span(&diags, pragmas[i].span, false);
    for (size_t i = 0; i < diags.all.n; i++)
        check_span(&diags, diags.all.v[i]->span, size == 0);
    yaml_close(reader);
    arena_free(scratch);
    arena_free(arena);
    return 0;
}
