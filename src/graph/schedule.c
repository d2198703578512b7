/* When a stream runs. */
#include "internal.h"

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
