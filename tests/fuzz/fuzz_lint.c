/* Whatever one file of a model holds: it is loaded, linted and drawn, every finding has a rule, a
 * place inside its file and a hint, and the graphs that are printed can be read. */
#include "dsc/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "dsc/embedded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_file(const char *folder, const char *name, const void *bytes, size_t size)
{
    char path[256];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        abort();
}

static void put_example(const char *folder, const char *name)
{
    char path[256];

    snprintf(path, sizeof(path), "src/lint/examples/%s", name);
    const struct embedded *file = embedded_find(path);
    if (!file)
        abort();
    put_file(folder, name, file->text, file->size);
}

static void check_place(struct diag_lines *lines, struct span span)
{
    if (!span.file)
        return; /* of the model as a whole */
    /* what is missing at the end of a file stands behind its last line */
    if (diag_lines_find(lines, span) && span.col > lines->length + 1)
        abort();
    if (span.file > lines->diags->files.n || span.line < 1 || span.col < 1 || span.len < 1)
        abort();
}

static void check_findings(const struct diags *diags)
{
    struct diag_lines lines = {.diags = diags};

    for (size_t i = 0; i < diags->all.n; i++) {
        const struct diag *diag = diags->all.v[i];

        if (!lint_find(diag->rule) || !diag->hint || diag->severity == SEV_OFF)
            abort();
        check_place(&lines, diag->span);
    }
    diag_lines_close(&lines);
}

static void check_graph(const struct graph *graph)
{
    for (enum graph_format format = GRAPH_TEXT; format <= GRAPH_MERMAID; format++) {
        struct buf out = {0};

        graph_print(&out, graph, format);
        json_t *root = format == GRAPH_JSON ? json_loads(out.data, 0, NULL) : NULL;
        if (format == GRAPH_JSON && !root)
            abort();
        json_decref(root);
        buf_free(&out);
    }
}

static void check_model(const char *folder, struct arena *arena)
{
    struct diags diags;
    struct model model = {0};
    VEC(const struct graph *) graphs = {0};

    diags_init(&diags, arena);
    if (!model_load(&model, folder, arena, &diags))
        abort();
    for (size_t i = 0; i < model.all.platforms.n; i++)
        vec_push(arena, &graphs, graph_build(arena, &model, model.all.platforms.v[i]));
    lint_run(&model, graphs.v, graphs.n, &diags);
    diags_sort(&diags);
    check_findings(&diags);
    for (size_t i = 0; i < graphs.n && i < 3; i++)
        check_graph(graphs.v[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    char folder[] = "/dev/shm/dsc-fuzz-XXXXXX";

    if (size > 1 << 16)
        size = 1 << 16;
    if (!mkdtemp(folder))
        abort();
    put_example(folder, "dsc.yaml");
    put_example(folder, "base.yaml");
    put_file(folder, "fuzz.yaml", data, size);
    check_model(folder, arena);
    if (!dir_remove(folder))
        abort();
    arena_free(arena);
    return 0;
}
