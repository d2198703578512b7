/* The graph for people: a line per stream, below it what it keeps, and for whom. */
#include "internal.h"

#include <string.h>

static void put_count(struct buf *out, size_t n, const char *what)
{
    buf_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void put_summary(struct buf *out, const struct graph *graph)
{
    size_t datasets = 0, views = 0;

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        datasets += stream->datasets.n;
        for (size_t k = 0; k < stream->datasets.n; k++)
            views += stream->datasets.v[k]->views.n;
    }
    buf_printf(out, "%s: ", graph->platform->name.s);
    put_count(out, graph->streams.n, "stream");
    buf_puts(out, ", ");
    put_count(out, datasets, "dataset");
    buf_puts(out, ", ");
    put_count(out, views, "view");
    buf_puts(out, " in ");
    put_count(out, graph->workspaces.n, "workspace");
    buf_putc(out, '\n');
}

static void put_origin(struct buf *out, const struct graph_stream *stream)
{
    const struct container *container = stream->source.container;

    if (stream->producer)
        buf_printf(out, "written by the transformer of %s", stream->producer->name.s);
    else if (stream->reads_from)
        buf_printf(out, "topics of platform %s", stream->reads_from->name.s);
    else
        buf_printf(out, "%s from %s", capture_word(stream),
                   container ? container->name.s : "nowhere");
}

/* A trigger is free text until lint has seen it: nothing of it may steer a terminal. */
static void put_schedule(struct buf *out, const char *schedule)
{
    if (!schedule) {
        buf_puts(out, "started from outside");
        return;
    }
    buf_puts(out, "at ");
    for (; *schedule; schedule++)
        buf_putc(out, (unsigned char)*schedule < ' ' || *schedule == 0x7f ? '?' : *schedule);
}

static void put_dataset(struct buf *out, const struct graph_dataset *kept)
{
    buf_printf(out, "  %s: %s", kept->dataset->name.s,
               !kept->views.n ? "only staged, to know when transactions are whole"
               : kept->keeps == MILESTONING_BOTH ? "live and history"
                                                 : words_milestoning.v[kept->keeps].word);
    if (kept->keeps != MILESTONING_LIVE && kept->retention) {
        buf_puts(out, " of ");
        text_put_duration(out, kept->retention);
    } else if (kept->keeps != MILESTONING_LIVE) {
        buf_puts(out, ", kept for ever");
    }
    buf_putc(out, '\n');
    for (size_t i = 0; i < kept->views.n; i++) {
        const struct graph_view *view = kept->views.v[i];

        buf_printf(out, "    %s for %s/%s: %s.%s\n", words_milestoning.v[view->shows].word,
                   view->workspace->name.s, view->group->name.s, view->schema, view->name);
    }
}

void print_text(struct buf *out, const struct graph *graph)
{
    put_summary(out, graph);
    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        buf_printf(out, "\n%s: ", stream->name);
        put_origin(out, stream);
        buf_puts(out, ", ");
        put_schedule(out, stream->schedule);
        buf_puts(out, " (latency ");
        text_put_duration(out, stream->latency);
        buf_printf(out, "), priority %s\n", words_priority.v[stream->priority].word);
        for (size_t k = 0; k < stream->datasets.n; k++)
            put_dataset(out, stream->datasets.v[k]);
    }
}
