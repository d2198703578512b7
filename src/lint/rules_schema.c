/* The schemas of datasets: columns, keys, and what captures need of them. */
#include "rules.h"

#include <string.h>

/* PostgreSQL holds 1,600 columns in a table. Staging adds some of its own, and of keyless tables it
 * has each twice, as it was before the change. */
enum { MAX_COLUMNS = 1500 };

static void check_no_columns(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    if (!dataset->columns.n)
        lint_add(lint, dataset->head.at, "dataset `%s` has no columns", dataset->name.s);
}

static void check_no_datasets(struct lint *lint, const void *object)
{
    const struct datastore *store = object;

    if (!store->datasets.n)
        lint_add(lint, store->head.at, "datastore `%s` has no datasets", store->name.s);
}

static void check_column_count(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;
    size_t most = dataset->key.n ? MAX_COLUMNS : MAX_COLUMNS / 2;

    if (dataset->columns.n > most)
        lint_add(lint, dataset->head.at, "%zu columns: a table %s holds at most %zu",
                 dataset->columns.n, dataset->key.n ? "with a key" : "without a key", most);
}

static void check_key_twice(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    if (!is_written(dataset->primary_key.at))
        return;
    for (size_t i = 0; i < dataset->columns.n; i++) {
        const struct column *column = dataset->columns.v[i];

        if (column->primary_key.on)
            diag_relate(lint->diags,
                        lint_add(lint, column->primary_key.at,
                                 "the key of `%s` is given by `primary_key` already",
                                 dataset->name.s),
                        dataset->primary_key.at, "here");
    }
}

static void check_repeated(struct lint *lint, const struct texts *names)
{
    struct map *seen = names->n > 1 ? map_new(lint->scratch) : NULL;

    for (size_t i = 0; seen && i < names->n; i++) {
        const struct text *first = map_add(seen, names->v[i].s, NULL, &names->v[i]);

        if (first)
            diag_relate(lint->diags,
                        lint_add(lint, names->v[i].at, "`%s` is listed twice", names->v[i].s),
                        first->at, "first");
    }
}

static void check_key_repeated(struct lint *lint, const void *object)
{
    check_repeated(lint, &((const struct dataset *)object)->primary_key);
    check_repeated(lint, &((const struct dataset *)object)->partition_key);
}

static void check_key_nullable(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    for (size_t i = 0; i < dataset->key.n; i++) {
        const struct column *column = dataset->key.v[i];

        if (!column->not_null.on)
            lint_add(lint, column->not_null.at, "`%s` is in the key, and may be null",
                     column->name.s);
    }
}

static const struct column *column_of(const struct dataset *dataset, const char *name)
{
    for (size_t i = 0; i < dataset->columns.n; i++) {
        if (dataset->columns.v[i]->name.s == name)
            return dataset->columns.v[i];
    }
    return NULL;
}

static void no_column(struct lint *lint, const struct dataset *dataset, struct span at,
                      const char *name)
{
    const char **names = arena_alloc(lint->scratch, dataset->columns.n * sizeof(*names));

    for (size_t i = 0; i < dataset->columns.n; i++)
        names[i] = dataset->columns.v[i]->name.s;
    suggest_name(lint, lint_add(lint, at, "dataset `%s` has no column `%s`", dataset->name.s, name),
                 name, names, dataset->columns.n);
}

static void check_partition_key(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;
    struct map *columns = dataset->partition_key.n ? map_new(lint->scratch) : NULL;

    for (size_t i = 0; columns && i < dataset->columns.n; i++)
        map_set(columns, dataset->columns.v[i]->name.s, NULL, dataset->columns.v[i]);
    for (size_t i = 0; i < dataset->partition_key.n; i++) {
        const struct text *name = &dataset->partition_key.v[i];

        if (!map_get(columns, name->s, NULL))
            no_column(lint, dataset, name->at, name->s);
    }
}

/* Why rows of this store can be told apart by their key only; NULL: they need none. */
static const char *why_key(const struct source *source)
{
    if (source->kind == CAPTURE_KAFKA && !source->transactional)
        return "its producer delivers no transactions";
    if (source->kind == CAPTURE_SQL_WATERMARK || source->kind == CAPTURE_SQL_QUERY)
        return "it is read in parts";
    return NULL;
}

static void check_key_missing(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;
    const char *why = why_key(&store_of(dataset)->source);

    if (why && !dataset->key.n)
        lint_add(lint, dataset->head.at, "dataset `%s` needs a primary key, since %s",
                 dataset->name.s, why);
}

static void check_history_key(struct lint *lint, const void *object)
{
    const struct graph *graph = object;

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        if (stream->source.kind != CAPTURE_SQL_SNAPSHOT &&
            stream->source.kind != CAPTURE_TRANSFORMER)
            continue;
        for (size_t k = 0; k < stream->datasets.n; k++) {
            const struct dataset *dataset = stream->datasets.v[k]->dataset;

            if (!dataset->key.n && stream->datasets.v[k]->keeps != MILESTONING_LIVE &&
                lint_ready(lint, dataset))
                lint_add_for(lint, dataset, dataset->head.at,
                             "the history of `%s` is asked for, which needs a primary key",
                             full_name(lint, dataset));
        }
    }
}

/* ---- watermarks ---- */

static bool is_ordered(const struct type *type)
{
    return (type->id >= TYPE_TINYINT && type->id <= TYPE_DECIMAL) || type->id == TYPE_DATE ||
           type->id == TYPE_TIMESTAMP || type->id == TYPE_TIMESTAMPTZ;
}

static void check_watermark(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;
    const struct source *source = &store_of(dataset)->source;
    const struct text *watermark = &dataset->watermark;

    if (source->kind != CAPTURE_SQL_WATERMARK) {
        if (watermark->s)
            lint_add(lint, watermark->at,
                     "a watermark, but the store is not captured by sql_watermark");
        return;
    }
    if (!watermark->s)
        watermark = &source->capture->sql_watermark->watermark;
    if (!watermark->s)
        return;
    const struct column *column = column_of(dataset, watermark->s);
    if (!column)
        no_column(lint, dataset, dataset->watermark.s ? watermark->at : dataset->head.at,
                  watermark->s);
    else if (column->type.is && !is_ordered(column->type.is))
        lint_add(lint, column->type.at,
                 "the watermark `%s` must be a number, a date or a timestamp", column->name.s);
    else if (!column->not_null.on)
        lint_add(lint, column->head.at, "the watermark `%s` must be not null", column->name.s);
}

static void check_query(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;
    bool wanted = store_of(dataset)->source.kind == CAPTURE_SQL_QUERY;

    if (wanted && !dataset->query.s)
        lint_add(lint, dataset->head.at,
                 "dataset `%s` needs a query, since its store is captured "
                 "by sql_query",
                 dataset->name.s);
    else if (!wanted && dataset->query.s)
        lint_add(lint, dataset->query.at, "a query, but the store is not captured by sql_query");
}

const struct rule rules_schema[] = {
    {
        .id = "no-columns",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_no_columns,
        .needs = {"missing-key"},
        .why = "A table without columns holds nothing.",
        .mend = "List the columns that are captured.",
    },
    {
        .id = "no-datasets",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_datastore),
        .check = check_no_datasets,
        .needs = {"missing-key"},
        .why = "A store without datasets delivers nothing.",
        .mend = "Declare its datasets, or remove it.",
    },
    {
        .id = "too-many-columns",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_column_count,
        .why = "PostgreSQL refuses tables of more than 1,600 columns, and staging tables have "
               "columns of dsc "
               "besides.",
        .mend = "Leave columns out that nobody needs.",
    },
    {
        .id = "key-twice",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_key_twice,
        .why = "Where the key is given in two ways they may differ.",
        .mend = "Say `primary key` at the columns, or list them under `primary_key`, not both.",
    },
    {
        .id = "key-repeated",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_key_repeated,
        .why = "A column can be in a key once.",
        .mend = "Remove the second one.",
    },
    {
        .id = "key-nullable",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_key_nullable,
        .why = "A row without a key cannot be told from others, and no primary key allows it.",
        .mend = "Remove the word null: columns of the key are not null anyway.",
    },
    {
        .id = "partition-key",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_partition_key,
        .needs = {"missing-key"},
        .why = "A partition is chosen by columns of the dataset.",
        .mend = "Name columns of the dataset.",
    },
    {
        .id = "key-missing",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_key_missing,
        .needs = {"missing-key", "unknown-reference", "no-columns"},
        .why = "Where changes arrive one by one, or parts of a table again, only a key tells which "
               "row they "
               "are of.",
        .mend = "Declare the primary key, or capture the store with its transactions.",
    },
    {
        .id = "history-key-missing",
        .severity = SEV_ERROR,
        .visit = LINT_GRAPH,
        .check = check_history_key,
        .needs = {"missing-key", "unknown-reference", "no-columns"},
        .why = "Whole tables that are read again tell the versions of a row by its key only.",
        .mend = "Declare the primary key, or ask for live rows only.",
    },
    {
        .id = "watermark",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_watermark,
        .needs = {"missing-key", "unknown-type", "type-parameter"},
        .why =
            "Rows are read from the last value of the watermark on: rows without one, or of a type "
            "without "
            "order, would never be read.",
        .mend = "Name a column that is not null and only grows: a number, a date or a timestamp.",
    },
    {
        .id = "query",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_query,
        .why = "A store that is captured by query reads each dataset by its own; no other capture "
               "reads "
               "queries.",
        .mend = "Write the query at the dataset, or remove it.",
    },
    {0},
};
