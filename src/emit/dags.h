/* How the streams of a platform are spread over DAG files, and these over ConfigMaps. */
#ifndef DSC_EMIT_DAGS_H
#define DSC_EMIT_DAGS_H

#include "dsc/emit.h"

/* How many DAG files the platform has: the smallest power of two with which a file has no more
 * streams on average than streams_per_file. A stream's file follows from its name alone
 * (dags_file_of), so that a new stream changes one file; when the number doubles, each file gives
 * about half of its streams to a new one, and no stream moves otherwise. */
unsigned dags_files(const struct graph *graph);

/* The number of the stream's file, of `files`. */
unsigned dags_file_of(const struct graph_stream *stream, unsigned files);

/* Whether the platform runs the stream's transformer: others are run elsewhere. */
bool dags_runs_transformer(const struct platform *platform, const struct graph_stream *stream);

/* Whether the stream's DAG runs after its inputs; else it runs as dags_schedule says, a cron
 * expression, or (NULL) when it is told to. A transformer that runs here says when, otherwise the
 * stream does. */
bool dags_waits(const struct platform *platform, const struct graph_stream *stream);
const char *dags_schedule(const struct platform *platform, const struct graph_stream *stream);

/* The stream by its name in Airflow; the infrastructure's DAG and its file. */
const char *dags_name(struct arena *arena, const struct platform *platform,
                      const struct graph_stream *stream);
const char *dags_infrastructure(struct arena *arena, const struct platform *platform);

/* The path of a pipeline's DAG file in its folder, without the suffix. */
const char *dags_path(struct arena *arena, const struct platform *platform, unsigned number);

#endif
