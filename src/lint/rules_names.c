/* Names: reserved, too long, or the same once made physical. */
#include "collisions.h"

#include <string.h>

#include "dsc/names.h"

enum { POSTGRES_NAME = 63 }; /* bytes: NAMEDATALEN - 1 */

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static void check_reserved_columns(struct lint *lint, const void *object)
{
    static const char *const reserved[] = {NAME_RESERVED_DSC, NAME_RESERVED_SINK};
    const struct dataset *dataset = object;

    for (size_t i = 0; i < dataset->columns.n; i++) {
        const struct column *column = dataset->columns.v[i];

        for (size_t k = 0; k < COUNT(reserved); k++) {
            if (begins_with(column->name.s, reserved[k]))
                lint_add_for(lint, column, column->name.at,
                             "columns that begin with `%s` are dsc's own", reserved[k]);
        }
    }
}

static void check_length(struct lint *lint, const struct text *name, size_t limit)
{
    size_t length = name->s ? strlen(name->s) : 0;

    if (is_written(name->at) && (length == 0 || length > limit))
        lint_add(lint, name->at, "a name of %zu bytes; PostgreSQL wants 1 to %zu", length, limit);
}

static bool has_both(const struct group *group)
{
    return group->needs && group->needs->milestoning.is == MILESTONING_BOTH;
}

static void check_dataset_lengths(struct lint *lint, const struct dataset *dataset)
{
    check_length(lint, &dataset->table, POSTGRES_NAME);
    for (size_t i = 0; i < dataset->columns.n; i++)
        check_length(lint, &dataset->columns.v[i]->name, POSTGRES_NAME);
}

static void check_lengths(struct lint *lint, const void *object)
{
    const struct head *head = object;

    if (head->kind == &kind_dataset) {
        check_dataset_lengths(lint, object);
    } else if (head->kind == &kind_use) {
        bool both = has_both((const struct group *)head->parent);

        check_length(lint, &((const struct use *)object)->as,
                     POSTGRES_NAME - (both ? strlen("_history") : 0));
    } else {
        const struct texts *readers = &((const struct workspace *)object)->readers;

        for (size_t i = 0; i < readers->n; i++)
            check_length(lint, &readers->v[i], POSTGRES_NAME);
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The name in lower case, interned in `strings`. */
static const char *folded(struct lint *lint, struct strings *strings, const char *name)
{
    char *copy = arena_strdup(lint->scratch, name);

    for (char *c = copy; *c; c++)
        *c = lower(*c);
    return intern(strings, copy);
}

static bool has_upper(const char *name)
{
    while (*name && lower(*name) == *name)
        name++;
    return *name != '\0';
}

static void check_column_case(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;
    bool mixed = false;

    for (size_t i = 0; i < dataset->columns.n && !mixed; i++)
        mixed = has_upper(dataset->columns.v[i]->name.s);
    if (!mixed)
        return;
    struct strings *strings = strings_new(lint->scratch);
    struct map *seen = map_new(lint->scratch);
    for (size_t i = 0; i < dataset->columns.n; i++) {
        struct column *column = dataset->columns.v[i];
        const struct column *first =
            map_add(seen, folded(lint, strings, column->name.s), NULL, column);

        if (first)
            diag_relate(lint->diags,
                        lint_add(lint, column->name.at,
                                 "the columns `%s` and `%s` differ in upper and lower case only",
                                 column->name.s, first->name.s),
                        first->name.at, "the other");
    }
}

static bool is_reserved_schema(const char *name)
{
    static const char *const reserved[] = {
        NAME_SCHEMA_STAGING, NAME_SCHEMA_LIVE, NAME_SCHEMA_HISTORY,
        NAME_SCHEMA_DSC,     "public",         "information_schema"};

    for (size_t i = 0; i < COUNT(reserved); i++) {
        if (strcmp(name, reserved[i]) == 0)
            return true;
    }
    return begins_with(name, "pg_");
}

static void check_reserved_schema(struct lint *lint, const void *object)
{
    const struct workspace *workspace = object;

    if (is_reserved_schema(workspace->name.s))
        lint_add(lint, workspace->head.at,
                 "a workspace's views are in the schema of its name, and `%s` has another owner",
                 workspace->name.s);
}

static void check_reader(struct lint *lint, const void *object)
{
    const struct workspace *workspace = object;

    for (size_t i = 0; i < workspace->readers.n; i++) {
        const struct text *reader = &workspace->readers.v[i];

        if (begins_with(reader->s, "pg_") || begins_with(reader->s, "ws_") ||
            begins_with(reader->s, NAME_RESERVED_DSC) || strcmp(reader->s, "public") == 0)
            lint_add(lint, reader->at, "`%s` is a role of PostgreSQL's or of dsc's own", reader->s);
    }
}

/* The folder of the model that a file lies in: what stands between the root and the next slash. */
static const char *top_folder(const struct lint *lint, const char *path)
{
    size_t length = strlen(lint->model->root);

    if (strncmp(path, lint->model->root, length) == 0)
        path += length + strspn(path + length, "/");
    return strchr(path, '/') ? arena_strndup(lint->scratch, path, strcspn(path, "/")) : NULL;
}

static void check_platform_folder(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *told = map_new(lint->scratch);

    for (size_t i = 0; i < lint->diags->files.n; i++) {
        const char *folder = top_folder(lint, lint->diags->files.v[i].path);
        const char *name = folder ? intern_find(model->strings, folder, strlen(folder)) : NULL;
        const struct platform *platform =
            name ? model_find(model, &kind_platform, NULL, name) : NULL;

        if (!platform || map_add(told, platform, NULL, told))
            continue;
        lint_add_for(lint, platform, platform->head.at,
                     "the folder `%s` of the model has the name of this platform", folder);
    }
}

const struct rule rules_names[] = {
    {
        .id = "reserved-column",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_reserved_columns,
        .why = "Staging and history tables have columns of dsc beside those of the source.",
        .mend = "Rename the column at the source, or leave it out of the dataset.",
    },
    {
        .id = "identifier-length",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset, &kind_use, &kind_workspace),
        .check = check_lengths,
        .why = "PostgreSQL cuts longer names without a word, and then two of them may be one.",
        .mend =
            "Shorten the name to 63 bytes; a view that is beside its history leaves 8 of them for "
            "`_history`.",
    },
    {
        .id = "column-case",
        .severity = SEV_WARNING,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_column_case,
        .why = "SQL without quotes reaches only one of two columns that differ in case.",
        .mend = "Rename one of them at the source, or leave it out.",
    },
    {
        .id = "reserved-schema",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_workspace),
        .check = check_reserved_schema,
        .why = "The schemas of tables, of dsc's bookkeeping and of PostgreSQL itself are no place "
               "for views.",
        .mend = "Rename the workspace.",
    },
    {
        .id = "reserved-reader",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_workspace),
        .check = check_reader,
        .why = "A grant to a role of the system would open the views to others than the "
               "workspace's readers.",
        .mend = "Name roles of people or programs that read.",
    },
    {
        .id = "platform-folder",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_platform_folder,
        .why = "A platform is written into the folder of its name, and folders that dsc wrote are "
               "not read "
               "as a "
               "model: the files there would be lost to it.",
        .mend = "Rename the folder or the platform.",
    },
    {
        .id = "name-collision",
        .severity = SEV_ERROR,
        .fixed = true,
        .visit = LINT_MODEL,
        .check = check_name_collisions,
        .why = "Two objects would share one table, view, secret, variable, slot or topic, and "
               "overwrite each "
               "other.",
        .mend =
            "Rename one of the two: names are put together, folded and cut as docs/names.md says.",
    },
    {0},
};
