/* What of a plan's tables is in the catalogue, and what has to be altered. */
#include "internal.h"

#include <string.h>

#include "dsc/sql.h"

struct expected {
    const struct plan_table *table;

    const char *column, *type;

    const char *fallback; /* of rows that are older than the column; NULL: null */

    bool staging;
};

struct comparing {
    struct arena *arena;

    const struct plan *plan;

    VEC(const struct plan_table *) relations;

    VEC(struct expected) columns;

    struct buf *sql;

    enum comparison found;
};

static void expect_columns(struct comparing *comparing, const struct plan_dataset *dataset,
                           const struct plan_table *table, bool staging)
{
    if (!table)
        return;
    vec_push(comparing->arena, &comparing->relations, table);
    for (size_t i = 0; i < dataset->n_columns; i++) {
        const struct plan_column *column = &dataset->columns[i];
        const char *type = staging ? column->staging_type : column->type;

        vec_push(comparing->arena, &comparing->columns,
                 (struct expected){table, column->name, type, column->fallback, staging});
    }
}

static void expect_relations(struct comparing *comparing)
{
    const struct plan *plan = comparing->plan;
    const struct plan_feed *feeds[] = {plan->transaction, plan->notification, plan->heartbeat,
                                       plan->signal};

    for (size_t i = 0; i < COUNT(feeds); i++) {
        if (feeds[i])
            vec_push(comparing->arena, &comparing->relations, &feeds[i]->staging);
    }
    for (size_t i = 0; i < plan->n_datasets; i++) {
        const struct plan_dataset *dataset = &plan->datasets[i];

        expect_columns(comparing, dataset, &dataset->staging, true);
        expect_columns(comparing, dataset, &dataset->sealed, true);
        expect_columns(comparing, dataset, dataset->live, false);
        expect_columns(comparing, dataset, dataset->history, false);
        for (size_t k = 0; k < dataset->n_views; k++)
            vec_push(comparing->arena, &comparing->relations, &dataset->views[k].view);
    }
}

/* A row for each column there is; none of our relations is without. */
static struct pg_result *read_catalogue(const struct comparing *comparing, struct pg *pg)
{
    struct buf query = {0};
    struct pg_result *result;

    buf_puts(&query, "select space.nspname, class.relname, attribute.attname,"
                     " format_type(attribute.atttypid, attribute.atttypmod)"
                     " from pg_catalog.pg_class as class"
                     " join pg_catalog.pg_namespace as space on space.oid = class.relnamespace"
                     " join pg_catalog.pg_attribute as attribute on attribute.attrelid = class.oid"
                     " where attribute.attnum > 0 and not attribute.attisdropped"
                     " and (space.nspname, class.relname) in (");
    for (size_t i = 0; i < comparing->relations.n; i++) {
        buf_puts(&query, i ? ", (" : "(");
        sql_literal(&query, comparing->relations.v[i]->schema);
        buf_puts(&query, ", ");
        sql_literal(&query, comparing->relations.v[i]->name);
        buf_putc(&query, ')');
    }
    buf_puts(&query, ")");
    result = pg_query(pg, "comparing tables with the plan", query.data, 0, NULL);
    buf_free(&query);
    return result;
}

static bool has_relation(const struct pg_result *catalogue, const struct plan_table *table)
{
    for (size_t i = 0; i < pg_rows(catalogue); i++) {
        if (strcmp(pg_value(catalogue, i, 1), table->name) == 0 &&
            strcmp(pg_value(catalogue, i, 0), table->schema) == 0)
            return true;
    }
    return false;
}

static const char *find_type(const struct pg_result *catalogue, const struct expected *expected)
{
    for (size_t i = 0; i < pg_rows(catalogue); i++) {
        if (strcmp(pg_value(catalogue, i, 2), expected->column) == 0 &&
            strcmp(pg_value(catalogue, i, 1), expected->table->name) == 0 &&
            strcmp(pg_value(catalogue, i, 0), expected->table->schema) == 0)
            return pg_value(catalogue, i, 3);
    }
    return NULL;
}

static void alter(struct buf *sql, const struct expected *expected, const char *action)
{
    buf_puts(sql, "alter table ");
    sql_qualified(sql, expected->table->schema, expected->table->name);
    buf_printf(sql, " %s ", action);
    sql_identifier(sql, expected->column);
}

/* Rows that are older than the column, staged ones too, get its default; later ones what the source
 * says, be it null. */
static void add_column(struct buf *sql, const struct expected *expected)
{
    alter(sql, expected, "add column");
    buf_printf(sql, " %s", expected->type);
    if (expected->fallback) {
        buf_puts(sql, " default ");
        sql_literal(sql, expected->fallback);
        buf_puts(sql, ";\n");
        alter(sql, expected, "alter column");
        buf_puts(sql, " drop default");
    }
    buf_puts(sql, ";\n");
}

static void compare_column(struct comparing *comparing, const struct pg_result *catalogue,
                           const struct expected *expected)
{
    const char *type = find_type(catalogue, expected);

    if (!type) {
        add_column(comparing->sql, expected);
    } else if (strcmp(type, expected->type) == 0) {
        return;
    } else if (schema_widens(type, expected->type)) {
        alter(comparing->sql, expected, "alter column");
        buf_printf(comparing->sql, " type %s;\n", expected->type);
    } else {
        env_error("applying the plan of stream %s: column %s of %s.%s is %s, and the plan says %s, "
                  "which cannot hold all that may be there; keep the type in the model, or give "
                  "the column another name",
                  comparing->plan->stream, expected->column, expected->table->schema,
                  expected->table->name, type, expected->type);
        comparing->found = COMPARED_NARROWER;
        return;
    }
    if (comparing->found != COMPARED_NARROWER)
        comparing->found = COMPARED_ALTERED;
}

static void drop_views(struct buf *out, const struct plan *plan, const struct pg_result *catalogue)
{
    for (size_t i = 0; i < plan->n_datasets; i++) {
        for (size_t k = 0; k < plan->datasets[i].n_views; k++) {
            const struct plan_table *view = &plan->datasets[i].views[k].view;

            if (!has_relation(catalogue, view))
                continue;
            buf_puts(out, "drop view ");
            sql_qualified(out, view->schema, view->name);
            buf_puts(out, ";\n");
        }
    }
}

enum comparison schema_compare(struct arena *arena, struct pg *pg, const struct plan *plan,
                               struct buf *views, struct buf *sql)
{
    struct comparing comparing = {
        .arena = arena, .plan = plan, .sql = sql, .found = COMPARED_EQUAL};
    struct pg_result *catalogue;

    expect_relations(&comparing);
    catalogue = read_catalogue(&comparing, pg);
    if (!catalogue)
        return COMPARED_NOT;
    for (size_t i = 0; i < comparing.relations.n; i++) {
        if (!has_relation(catalogue, comparing.relations.v[i]))
            comparing.found = COMPARED_MISSING;
    }
    for (size_t i = 0; i < comparing.columns.n; i++) {
        if (has_relation(catalogue, comparing.columns.v[i].table))
            compare_column(&comparing, catalogue, &comparing.columns.v[i]);
    }
    drop_views(views, plan, catalogue);
    pg_clear(catalogue);
    return comparing.found;
}
