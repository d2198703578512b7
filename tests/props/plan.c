/*
 * For tests/suite/plan.py:
 *     plan write FOLDER COUNT   writes random plans there
 *     plan read FILE …          prints for each file "ok", or why it is refused
 */
#include "random_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int write_plans(struct arena *arena, const char *folder, int count)
{
    struct dice dice = dice_of_seed(42);
    bool good = true;

    for (int i = 0; i < count; i++) {
        struct buf json = {0};

        plan_write(&json, random_plan(arena, &dice));
        good &= file_write(arena_printf(arena, "%s/%d.json", folder, i), json.data, json.len);
        buf_free(&json);
        arena_reset(arena);
    }
    return good ? 0 : 1;
}

static int read_plans(struct arena *arena, int n, char **paths)
{
    for (int i = 0; i < n; i++) {
        struct buf json = {0};
        const char *why = "ok";

        if (!file_read(paths[i], 0, &json))
            return 1;
        plan_read(arena, json.data, json.len, &why);
        printf("%s\n", why);
        buf_free(&json);
        arena_reset(arena);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    int status = 64;

    if (argc == 4 && strcmp(argv[1], "write") == 0)
        status = write_plans(arena, argv[2], atoi(argv[3]));
    else if (argc > 1 && strcmp(argv[1], "read") == 0)
        status = read_plans(arena, argc - 2, argv + 2);
    arena_free(arena);
    return status;
}
