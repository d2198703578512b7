#include "random_plan.h"

#include <string.h>

#include "../../src/plan/internal.h"

static void random_struct(struct arena *arena, struct dice *dice, const struct shape *shape,
                          void *to);

static void random_items(struct arena *arena, struct dice *dice, const struct member *member,
                         char *to)
{
    size_t n = dice_roll(dice, 4);
    size_t size = member->shape ? member->shape->size : sizeof(const char *);
    char *items = arena_alloc(arena, n * size);

    for (size_t i = 0; i < n; i++) {
        if (member->shape)
            random_struct(arena, dice, member->shape, items + i * size);
        else
            *(const char **)(void *)(items + i * size) = hostile_text(arena, dice);
    }
    *(void **)(void *)(to + member->offset) = items;
    *(size_t *)(void *)(to + member->count_offset) = n;
}

static void random_member(struct arena *arena, struct dice *dice, const struct member *member,
                          char *to)
{
    void *at = to + member->offset;
    unsigned word;

    if (member->nullable && dice_roll(dice, 3) == 0)
        return;
    switch (member->kind) {
    case MEMBER_STRING:
        *(const char **)at = hostile_text(arena, dice);
        break;
    case MEMBER_INT:
        *(int64_t *)at = dice_roll(dice, 2) ? INT64_MAX : member->minimum + dice_roll(dice, 200);
        break;
    case MEMBER_BOOL:
        *(bool *)at = dice_roll(dice, 2);
        break;
    case MEMBER_WORD:
        word = dice_roll(dice, (unsigned)member->words->n);
        memcpy(at, &word, sizeof(word));
        break;
    case MEMBER_STRUCT:
        if (member->nullable)
            at = *(void **)at = arena_alloc(arena, member->shape->size);
        random_struct(arena, dice, member->shape, at);
        break;
    case MEMBER_STRUCTS:
    case MEMBER_STRINGS:
        random_items(arena, dice, member, to);
        break;
    }
}

static void random_struct(struct arena *arena, struct dice *dice, const struct shape *shape,
                          void *to)
{
    for (size_t i = 0; i < shape->n_members; i++)
        random_member(arena, dice, &shape->members[i], to);
}

/* Mends what the reader checks beyond types. */
static void mend_dataset(struct dice *dice, struct plan_dataset *dataset)
{
    int64_t keys = dice_roll(dice, (unsigned)dataset->n_columns + 1);

    if (!dataset->live)
        dataset->live = &dataset->staging;
    for (size_t i = 0; i < dataset->n_columns; i++)
        dataset->columns[i].key = keys > 0 ? keys-- : 0;
    for (size_t i = 0; i < dataset->n_views && !dataset->history; i++)
        dataset->views[i].shows = PLAN_SHOWS_LIVE;
}

struct plan *random_plan(struct arena *arena, struct dice *dice)
{
    struct plan *plan = ARENA_NEW(arena, struct plan);

    random_struct(arena, dice, &plan_shape, plan);
    plan->format = PLAN_FORMAT;
    for (size_t i = 0; i < plan->n_datasets; i++)
        mend_dataset(dice, &plan->datasets[i]);
    return plan;
}
