/* From a folder to a linted model with its graphs. */
#include "command.h"

#include "dsc/lint.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The platform called `name`, or NULL. */
static const struct platform *choose_platform(const struct compilation *compilation,
                                              const char *name)
{
    const struct model *model = &compilation->model;
    const char *key = intern_find(model->strings, name, strlen(name));

    return key ? model_find(model, &kind_platform, NULL, key) : NULL;
}

static enum exit_code unknown_platform(const struct compilation *compilation,
                                       const struct invocation *invocation)
{
    const struct model *model = &compilation->model;
    VEC(const char *) names = {0};

    for (size_t i = 0; i < model->all.platforms.n; i++)
        vec_push(compilation->arena, &names, model->all.platforms.v[i]->name.s);
    const char *near = text_nearest(invocation->platform, names.v, names.n);
    return near ? usage_error(invocation->command,
                              "the model has no platform `%s`; did you mean `%s`?",
                              invocation->platform, near)
                : usage_error(invocation->command, "the model has no platform `%s`",
                              invocation->platform);
}

enum exit_code compile(struct compilation *compilation, const struct invocation *invocation)
{
    const char *root = invocation->n_arguments ? invocation->arguments[0] : ".";

    *compilation = (struct compilation){.arena = arena_new()};
    diags_init(&compilation->diags, compilation->arena);
    struct model *model = &compilation->model;
    if (!model_load(model, root, compilation->arena, &compilation->diags))
        return EXIT_ENVIRONMENT;

    VEC(struct graph *) graphs = {0};
    for (size_t i = 0; i < model->all.platforms.n; i++)
        vec_push(compilation->arena, &graphs,
                 graph_build(compilation->arena, model, model->all.platforms.v[i]));
    lint_run(model, (const struct graph *const *)graphs.v, graphs.n, &compilation->diags);
    diags_sort(&compilation->diags);
    if (interrupted()) {
        env_error("interrupted; nothing was written");
        return EXIT_ENVIRONMENT;
    }

    const struct platform *only = NULL;
    if (invocation->platform) {
        only = choose_platform(compilation, invocation->platform);
        if (!only && diags_count(&compilation->diags, SEV_ERROR) == 0)
            return unknown_platform(compilation, invocation);
    }
    for (size_t i = 0; i < graphs.n; i++)
        if (!invocation->platform || graphs.v[i]->platform == only)
            vec_push(compilation->arena, &compilation->graphs, graphs.v[i]);
    return EXIT_FINE;
}

enum exit_code compilation_check(const struct compilation *compilation,
                                 const struct invocation *invocation)
{
    struct buf out = {0};
    bool sound = diags_count(&compilation->diags, SEV_ERROR) == 0;

    if (!sound || !invocation->quiet) {
        report_text(&out, &compilation->diags, SEV_WARNING, shows_colour(STDERR_FILENO));
        if (!sound) {
            report_summary(&out, &compilation->diags);
            buf_puts(&out, "dsc: nothing was written: the model has errors\n");
        }
        if (out.len)
            fwrite(out.data, 1, out.len, stderr);
    }
    buf_free(&out);
    return sound ? EXIT_FINE : EXIT_FINDINGS;
}

void compilation_free(struct compilation *compilation)
{
    arena_free(compilation->arena);
}
