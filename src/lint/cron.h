/* Cron expressions: five fields, or one of the words that begin with @. */
#ifndef DSC_LINT_CRON_H
#define DSC_LINT_CRON_H

#include "dsc/base.h"

struct cron {
    uint64_t minutes, hours, days, months, weekdays; /* bit i: the value i; Sunday is 0 */

    bool any_day, any_weekday; /* where neither is set, one of the two suffices */
};

/* Reads what both croniter (Airflow) and robfig/cron (Kubernetes) understand alike. NULL: fine;
 * else what is wrong, in `arena`, in words for the user. */
const char *cron_parse(struct arena *arena, const char *text, struct cron *cron);

/* The longest time between two runs, in seconds; 0: there is none ("0 0 30 2 *"). */
int64_t cron_longest_gap(const struct cron *cron);

#endif
