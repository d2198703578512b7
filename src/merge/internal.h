/* merge: what the parts of the module share. */
#ifndef DSC_MERGE_INTERNAL_H
#define DSC_MERGE_INTERNAL_H

#include "dsc/merge.h"

/* The last transaction that was applied. Positions are numbers that rise from commit to commit;
 * that of an incarnation's first transaction is null at the source, and 0 here; -1 is before all.
 */
struct mark {
    int64_t incarnation; /* 0: nothing was merged yet */

    int64_t commit_position;

    int64_t end_position;

    int64_t commits; /* the stream's own number of it */

    int64_t batches;
};

struct merging {
    struct pg *pg;

    const struct plan *plan;

    const struct merge_options *options;

    struct arena *arena; /* of one batch */

    const char *doing; /* for messages */

    struct mark mark;

    struct buf reason; /* why someone has to decide; empty: nobody has to */
};

/* What a batch did, for dsc.batch. */
struct batch {
    bool snapshot;

    struct mark mark; /* after it */

    int64_t commits, changes, redelivered;

    int64_t committed_at, first_at, mean_at; /* milliseconds since 1970 at the source; 0: unknown */
};

enum step {
    STEP_APPLIED, /* a batch was applied, and is to be committed */
    STEP_NOTHING, /* nothing is complete */
    STEP_DECISION,
    STEP_FAILED
};

/* Says why the stream stops, and keeps it for dsc.stream. Returns STEP_DECISION. */
enum step merge_stop(struct merging *merging, const char *format, ...) PRINTF(2, 3);

/* Each runs inside a transaction that the caller began, and ends. */
enum step merge_transactions(struct merging *merging, struct batch *batch);
enum step merge_snapshot(struct merging *merging, struct batch *batch);

/* Writes the batch's row, so that what its datasets did can be recorded. */
bool merge_begin_batch(struct merging *merging, const struct batch *batch);

/* Drops all at or below the batch's mark from staging; what was no change of the batch came again.
 */
bool merge_clear(struct merging *merging, struct batch *batch);

/* Moves the stream's mark to the batch's, and ends the batch. */
bool merge_finish_batch(struct merging *merging, const struct batch *batch);

/* The topic of this incarnation, or NULL. */
const char *merge_topic(const struct plan_topic *topics, size_t n, int64_t incarnation);

/* ---- statements ---- */

/* A template's @{name}, and what stands for it. */
struct hole {
    const char *name, *text;
};

struct holes {
    VEC(struct hole) v;
};

void holes_set(struct arena *arena, struct holes *holes, const char *name, const char *text);

/* The embedded file src/merge/NAME.sql with its holes filled. A hole without text is a bug. */
const char *merge_statement(struct arena *arena, const char *name, const struct holes *holes);

/* The holes that are the same for a stream, and those of one dataset in one incarnation; `whole`:
 * no change leaves out a value, as in snapshots and where rows have no key. */
void merge_stream_holes(struct arena *arena, const struct plan *plan, int64_t incarnation,
                        struct holes *holes);
void merge_dataset_holes(struct arena *arena, const struct plan_dataset *dataset, const char *topic,
                         bool whole, struct holes *holes);

/* Those of one staging table. */
void merge_table_holes(struct arena *arena, const struct plan_table *staging, const char *topic,
                       struct holes *holes);

/* Whether a change of the dataset may leave out a value that did not change. */
bool merge_has_placeholders(const struct plan_dataset *dataset);

/* "schema"."name" */
const char *merge_qualified(struct arena *arena, const struct plan_table *table);

/* Text of a number, as a parameter. */
const char *merge_number(struct arena *arena, int64_t number);

/* Counts of rows written to a dataset's tables in this transaction, as the server keeps them. */
struct written {
    int64_t inserted, updated, deleted, versions;
};
bool merge_count_written(struct merging *merging, const struct plan_dataset *dataset,
                         struct written *written);
bool merge_record(struct merging *merging, const struct batch *batch,
                  const struct plan_dataset *dataset, const struct written *before);

#endif
