/*
 * merge: makes a stream's live and history tables equal to the source, each commit with effect
 * exactly once, from the change records in its staging tables (docs/merge.md).
 */
#ifndef DSC_MERGE_H
#define DSC_MERGE_H

#include "dsc/pg.h"
#include "dsc/plan.h"

struct merge_options {
    int64_t batch_size; /* change records of a batch; a larger transaction makes a larger batch */
    int64_t seconds;    /* how long to go on; 0: until nothing complete is left */
};

enum merge_outcome {
    MERGE_DONE, /* nothing complete is left, the time is used, or another process has the stream */
    MERGE_DECISION, /* the stream stopped, and someone has to decide; it was said */
    MERGE_FAILED    /* the environment; it was said, and what was begun was rolled back */
};

/* Merges what has arrived of one stream. `plan` is the stored one. */
enum merge_outcome merge_stream(struct pg *pg, const struct plan *plan,
                                const struct merge_options *options);

#endif
