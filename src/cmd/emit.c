/* bootstrap and render: a folder of every platform. */
#include "command.h"

#include "dsc/emit.h"
#include "dsc/git.h"

static const char *const folder_names[] = {"bootstrap", "pipeline"};

static enum exit_code run_emit(const struct invocation *invocation, enum emit_folder folder)
{
    struct compilation compilation;
    struct buf out = {0};

    if (invocation->templates && !file_exists(invocation->templates)) {
        env_error("no folder %s, which --templates names", invocation->templates);
        return EXIT_ENVIRONMENT;
    }
    enum exit_code code = compile(&compilation, invocation);

    if (code == EXIT_FINE)
        code = compilation_check(&compilation, invocation);
    struct emit_options options = {
        .output = invocation->output ? invocation->output : ".",
        .templates = invocation->templates,
        .force = invocation->force,
        .dry_run = invocation->dry_run,
    };
    if (code == EXIT_FINE)
        options.revision = git_revision(compilation.arena, compilation.model.root);
    size_t n = compilation.graphs.n;
    struct emit_report *reports = arena_alloc(compilation.arena, n * sizeof(*reports));
    if (code == EXIT_FINE && !emit_platforms((const struct graph *const *)compilation.graphs.v, n,
                                             folder, &options, reports))
        code = EXIT_ENVIRONMENT;
    for (size_t i = 0; code == EXIT_FINE && !invocation->quiet && i < n; i++)
        buf_printf(&out, "%s %s/%s/%s: %zu files, %zu KB\n",
                   options.dry_run ? "would write" : "wrote", options.output,
                   compilation.graphs.v[i]->platform->name.s, folder_names[folder],
                   reports[i].files, (reports[i].bytes + 1023) / 1024);
    if (!print(&out))
        code = EXIT_ENVIRONMENT;
    compilation_free(&compilation);
    return code;
}

enum exit_code run_bootstrap(const struct invocation *invocation)
{
    return run_emit(invocation, EMIT_BOOTSTRAP);
}

enum exit_code run_render(const struct invocation *invocation)
{
    return run_emit(invocation, EMIT_PIPELINE);
}
