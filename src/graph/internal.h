/* What graph's own files share. */
#ifndef DSC_GRAPH_INTERNAL_H
#define DSC_GRAPH_INTERNAL_H

#include <stdlib.h>

#include "dsc/graph.h"

/* Sorts a VEC; qsort may not be given the NULL of an empty one. */
#define SORT(vec, order)                                                                           \
    do {                                                                                           \
        if ((vec)->n > 1)                                                                          \
            qsort((vec)->v, (vec)->n, sizeof(*(vec)->v), (order));                                 \
    } while (0)

/* A cron expression of the longest regular step that is not above `latency` seconds; every minute
 * where that is less than one. In `arena`. */
const char *schedule_from_latency(struct arena *arena, int64_t latency);

/* How the stream's changes come: the word of its capture, "cdc". */
const char *capture_word(const struct graph_stream *stream);

/* A picture that fits where the whole does not: sources, streams and workspaces only. */
struct graph_picture *graph_draw_coarsely(struct arena *arena, const struct graph *graph);

void print_text(struct buf *out, const struct graph *graph);
void print_json(struct buf *out, const struct graph *graph);
void print_dot(struct buf *out, const struct graph *graph);
void print_mermaid(struct buf *out, const struct graph *graph);

#endif
