/*
 * For tests/suite/artifacts.py: render MODEL OUTPUT
 * Loads and lints a model, and writes both folders of all its platforms. Prints what lint finds.
 */
#include <stdio.h>

#include "dsc/emit.h"
#include "dsc/lint.h"

struct graphs {
    VEC(const struct graph *) v;
};

static bool lint(const struct model *model, const struct graphs *graphs, struct diags *diags)
{
    lint_run(model, graphs->v.v, graphs->v.n, diags);
    diags_sort(diags);
    for (size_t i = 0; i < diags->all.n; i++) {
        const struct diag *diag = diags->all.v[i];

        printf("%s:%u: %s: %s: %s\n", diags_path(diags, diag->span), (unsigned)diag->span.line,
               severity_name(diag->severity), diag->rule, diag->text);
    }
    return !diags_count(diags, SEV_ERROR);
}

static bool emit(const struct graphs *graphs, const char *output)
{
    struct emit_options options = {.output = output};
    struct emit_report report = {0};

    for (size_t i = 0; i < graphs->v.n; i++) {
        if (!emit_platform(graphs->v.v[i], EMIT_BOOTSTRAP, &options, &report) ||
            !emit_platform(graphs->v.v[i], EMIT_PIPELINE, &options, &report))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct graphs graphs = {0};
    struct model model = {0};
    struct diags diags;
    bool good;

    if (argc != 3)
        return 64;
    diags_init(&diags, arena);
    good = model_load(&model, argv[1], arena, &diags);
    for (size_t i = 0; good && i < model.all.platforms.n; i++)
        vec_push(arena, &graphs.v, graph_build(arena, &model, model.all.platforms.v[i]));
    good = good && lint(&model, &graphs, &diags) && emit(&graphs, argv[2]);
    arena_free(arena);
    return good ? 0 : 1;
}
