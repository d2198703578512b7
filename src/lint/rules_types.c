/* Types of columns: what live and staging tables can hold. */
#include "internal.h"
#include "rules.h"

#include <string.h>

/* What is known of a type. Without parts it depends on what type it is, and on no parameter; those
 * with parts are shared by the columns that spell them alike. So few are asked about. */
struct verdict {
    bool live, staged;

    const char *why; /* it is not staged */
};

static struct verdict *judge(struct lint_state *state, const struct type *type)
{
    struct verdict *verdict = ARENA_NEW(state->arena, struct verdict);

    verdict->live = type_postgres(state->arena, type) != NULL;
    verdict->staged = type_staging(state->arena, type, &verdict->why) != NULL;
    return verdict;
}

static const struct verdict *verdict_of(struct lint *lint, const struct type *type)
{
    struct lint_state *state = lint->state;
    struct verdict *verdict = type->of ? map_get(state->types, type, NULL) : state->plain[type->id];

    if (verdict)
        return verdict;
    verdict = judge(state, type);
    if (type->of)
        map_set(state->types, type, NULL, verdict);
    else
        state->plain[type->id] = verdict;
    return verdict;
}

static const char *spelling(const struct lint *lint, const struct type *type)
{
    struct buf printed = {0};

    type_print(&printed, type);
    const char *copy = arena_strndup(lint->scratch, printed.data, printed.len);
    buf_free(&printed);
    return copy;
}

static void check_live(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    for (size_t i = 0; i < dataset->columns.n; i++) {
        const struct column *column = dataset->columns.v[i];

        if (column->type.is && !verdict_of(lint, column->type.is)->live)
            lint_add_for(lint, column, column->type.at, "no table of the platform holds %s",
                         spelling(lint, column->type.is));
    }
}

static void check_staging(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    for (size_t i = 0; i < dataset->columns.n && is_streamed(store_of(dataset)); i++) {
        const struct column *column = dataset->columns.v[i];
        const struct verdict *verdict = column->type.is ? verdict_of(lint, column->type.is) : NULL;

        if (verdict && verdict->live && !verdict->staged)
            lint_add_for(lint, column, column->type.at, "%s", verdict->why);
    }
}

/* Types without the order that a unique index of PostgreSQL needs. */
static bool is_key_type(const struct type *type)
{
    switch (type->id) {
    case TYPE_JSON:
    case TYPE_XML:
    case TYPE_GEOGRAPHY:
    case TYPE_VECTOR:
        return false;
    case TYPE_ARRAY:
        return is_key_type(type->of);
    default:
        return true;
    }
}

static void check_key_type(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    for (size_t i = 0; i < dataset->key.n; i++) {
        const struct column *column = dataset->key.v[i];

        if (column->type.is && !is_key_type(column->type.is))
            lint_add(lint, column->type.at, "`%s` cannot be in a key: %s has no order",
                     column->name.s, spelling(lint, column->type.is));
    }
}

/* One note per store, at its capture: nearly every table has a number or a date. */
static void check_silent_loss(struct lint *lint, const void *object)
{
    const struct datastore *store = object;
    const struct column *first[TYPE_COUNT] = {0};
    size_t columns = 0;

    if (!is_streamed(store))
        return;
    for (size_t i = 0; i < store->datasets.n; i++) {
        const struct dataset *dataset = store->datasets.v[i];

        for (size_t k = 0; k < dataset->columns.n; k++) {
            const struct type *type = dataset->columns.v[k]->type.is;

            if (!type || !type_silent_loss(type))
                continue;
            columns++;
            if (!first[type->id])
                first[type->id] = dataset->columns.v[k];
        }
    }
    if (!columns)
        return;
    struct diag *diag =
        lint_add(lint, store->capture->head.at,
                 "%zu column%s of `%s` can hold values that change in silence on their way",
                 columns, columns == 1 ? "" : "s", store->name.s);
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (first[i])
            diag_relate(lint->diags, diag, first[i]->type.at, "%s: %s",
                        spelling(lint, first[i]->type.is), type_silent_loss(first[i]->type.is));
    }
}

const struct rule rules_types[] = {
    {
        .id = "type-not-held",
        .severity = SEV_ERROR,
        .fixed = true,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_live,
        .why = "The platform's database has no type for such values.",
        .mend = "Leave the column out, or have the source deliver it as a type that PostgreSQL "
                "has, such as "
                "text or jsonb.",
    },
    {
        .id = "type-not-staged",
        .severity = SEV_ERROR,
        .fixed = true,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_staging,
        .why = "The sink cannot write such values to a staging table: the task fails at the first "
               "one.",
        .mend = "Leave the column out, or cast it at the source, as the message says.",
    },
    {
        .id = "key-type",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_key_type,
        .why = "Rows are found by their key, through an index that such a type cannot have.",
        .mend = "Take another column as the key.",
    },
    {
        .id = "silent-loss",
        .severity = SEV_NOTE,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_datastore),
        .check = check_silent_loss,
        .why = "Debezium's JDBC sink turns a few rare values, such as NaN and infinity, into "
               "others without "
               "an "
               "error.",
        .mend =
            "Where the source can hold such values and they matter, cast the column to text there.",
    },
    {0},
};
