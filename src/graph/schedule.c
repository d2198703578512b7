/* Time: schedules and durations. */
#include "internal.h"

#include <inttypes.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* Steps that divide their hour or day, the longest first, so that runs are evenly spaced. */
static const int hours[] = {12, 8, 6, 4, 3, 2};
static const int minutes[] = {30, 20, 15, 12, 10, 6, 5, 4, 3, 2};

const char *schedule_from_latency(struct arena *arena, int64_t latency)
{
    if (latency >= DAY)
        return "0 0 * * *";
    for (size_t i = 0; i < COUNT(hours); i++) {
        if (latency >= hours[i] * HOUR)
            return arena_printf(arena, "0 */%d * * *", hours[i]);
    }
    if (latency >= HOUR)
        return "0 * * * *";
    for (size_t i = 0; i < COUNT(minutes); i++) {
        if (latency >= minutes[i] * MINUTE)
            return arena_printf(arena, "*/%d * * * *", minutes[i]);
    }
    return "* * * * *";
}

static const struct {
    int64_t seconds;
    char letter;
} units[] = {{365 * DAY, 'y'}, {7 * DAY, 'w'}, {DAY, 'd'}, {HOUR, 'h'}, {MINUTE, 'm'}, {1, 's'}};

void put_duration(struct buf *out, int64_t seconds)
{
    size_t i = 0;

    while (seconds % units[i].seconds != 0)
        i++;
    buf_printf(out, "%" PRId64 "%c", seconds / units[i].seconds, units[i].letter);
}
