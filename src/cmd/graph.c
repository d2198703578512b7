#include "command.h"

#include <string.h>

static const struct {
    const char *word;
    enum graph_format format;
} formats[] = {
    {"text", GRAPH_TEXT},
    {"json", GRAPH_JSON},
    {"dot", GRAPH_DOT},
    {"mermaid", GRAPH_MERMAID},
};

/* Text may follow text; of the other formats a file holds one graph. */
static enum exit_code print_graphs(const struct compilation *compilation,
                                   const struct invocation *invocation)
{
    struct buf out = {0};
    enum graph_format format = GRAPH_TEXT;

    for (size_t i = 0; i < COUNT(formats); i++)
        if (strcmp(invocation->format, formats[i].word) == 0)
            format = formats[i].format;
    if (format != GRAPH_TEXT && compilation->graphs.n > 1)
        return usage_error(invocation->command,
                           "the model has %zu platforms, and %s shows one: name it with --platform "
                           "(%s, for example)",
                           compilation->graphs.n, invocation->format,
                           compilation->graphs.v[0]->platform->name.s);
    for (size_t i = 0; i < compilation->graphs.n; i++) {
        if (i)
            buf_putc(&out, '\n');
        graph_print(&out, compilation->graphs.v[i], format);
    }
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}

enum exit_code run_graph(const struct invocation *invocation)
{
    struct compilation compilation;
    enum exit_code code = compile(&compilation, invocation);

    if (code == EXIT_FINE)
        code = compilation_check(&compilation, invocation);
    if (code == EXIT_FINE)
        code = print_graphs(&compilation, invocation);
    compilation_free(&compilation);
    return code;
}
