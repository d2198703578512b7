/* Whatever is read as a plan is written as one: reading that again gives the same text. */
#include "dsc/plan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct buf first = {0}, second = {0};
    const char *why = NULL;
    const struct plan *plan = plan_read(arena, (const char *)data, size, &why);

    if (!plan == !why)
        abort();
    if (plan) {
        plan_write(&first, plan);
        plan = plan_read(arena, first.data, first.len, &why);
        if (!plan)
            abort();
        plan_write(&second, plan);
        if (strcmp(first.data, second.data) != 0)
            abort();
    }
    buf_free(&first);
    buf_free(&second);
    arena_free(arena);
    return 0;
}
