/* Views of workspaces, and who may see them. */
#include "internal.h"

#include <string.h>

#include "dsc/names.h"
#include "dsc/sql.h"

static void put_block(struct buf *out, struct buf *body)
{
    buf_puts(out, "do ");
    sql_dollar(out, body->data);
    buf_puts(out, ";\n");
    buf_free(body);
}

static void create_role(struct buf *out, const char *role)
{
    struct buf body = {0};

    buf_puts(&body, "\nbegin\n    if not exists (select from pg_catalog.pg_roles where rolname = ");
    sql_literal(&body, role);
    buf_puts(&body, ") then\n        create role ");
    sql_identifier(&body, role);
    buf_puts(&body, " nologin;\n    end if;\nend\n");
    put_block(out, &body);
}

/* A reader that is not there yet is no reason to stop: it is told, and granted the next time. */
static void grant_reader(struct buf *out, const char *role, const char *reader)
{
    struct buf body = {0};

    buf_puts(&body, "\nbegin\n    if not exists (select from pg_catalog.pg_roles where rolname = ");
    sql_literal(&body, reader);
    buf_puts(&body, ") then\n        raise notice 'there is no role % yet to be granted %', ");
    sql_literal(&body, reader);
    buf_puts(&body, ", ");
    sql_literal(&body, role);
    buf_puts(&body, ";\n    elsif not pg_has_role(");
    sql_literal(&body, reader);
    buf_puts(&body, ", ");
    sql_literal(&body, role);
    buf_puts(&body, ", 'member') then\n        grant ");
    sql_identifier(&body, role);
    buf_puts(&body, " to ");
    sql_identifier(&body, reader);
    buf_puts(&body, ";\n    end if;\nend\n");
    put_block(out, &body);
}

static void create_workspace(struct buf *out, const struct plan_role *role)
{
    create_role(out, role->role);
    buf_puts(out, "create schema if not exists ");
    sql_identifier(out, role->schema);
    buf_puts(out, " authorization " NAME_ROLE_MERGE ";\ngrant usage on schema ");
    sql_identifier(out, role->schema);
    buf_puts(out, " to ");
    sql_identifier(out, role->role);
    buf_puts(out, ";\n");
    for (size_t i = 0; i < role->n_readers; i++)
        grant_reader(out, role->role, role->readers[i]);
}

static bool has_column(const struct plan_dataset *dataset, const char *name)
{
    for (size_t i = 0; i < dataset->n_columns; i++) {
        if (strcmp(dataset->columns[i].name, name) == 0)
            return true;
    }
    return false;
}

/* A column of dsc's own, under the name that consumers know, unless the dataset has one of it. */
static void put_own(struct buf *out, const struct plan_dataset *dataset, const char *column,
                    const char *name)
{
    buf_puts(out, ",\n        ");
    sql_identifier(out, column);
    if (strcmp(column, name) != 0 && !has_column(dataset, name)) {
        buf_puts(out, " as ");
        sql_identifier(out, name);
    }
}

static void create_view(struct buf *out, const struct plan_dataset *dataset,
                        const struct plan_view *view)
{
    bool history = view->shows == PLAN_SHOWS_HISTORY;
    const struct plan_table *table = history ? dataset->history : dataset->live;

    buf_puts(out, "create or replace view ");
    sql_qualified(out, view->view.schema, view->view.name);
    buf_puts(out, " as\n    select");
    for (size_t i = 0; i < dataset->n_columns; i++) {
        buf_puts(out, i ? ",\n        " : "\n        ");
        sql_identifier(out, dataset->columns[i].name);
    }
    if (history) {
        put_own(out, dataset, "dsc_valid_from", "valid_from");
        put_own(out, dataset, "dsc_valid_to", "valid_to");
    } else if (dataset->deletes == PLAN_SOFT) {
        put_own(out, dataset, "dsc_deleted", "dsc_deleted");
    }
    buf_puts(out, "\n    from ");
    sql_qualified(out, table->schema, table->name);
    buf_puts(out, ";\ngrant select on table ");
    sql_qualified(out, view->view.schema, view->view.name);
    buf_puts(out, " to ");
    sql_identifier(out, view->role);
    buf_puts(out, ";\n");
}

void ddl_views(struct buf *out, const struct plan *plan)
{
    for (size_t i = 0; i < plan->n_roles; i++)
        create_workspace(out, &plan->roles[i]);
    buf_puts(out, "set role " NAME_ROLE_MERGE ";\n");
    for (size_t i = 0; i < plan->n_datasets; i++) {
        for (size_t k = 0; k < plan->datasets[i].n_views; k++)
            create_view(out, &plan->datasets[i], &plan->datasets[i].views[k]);
    }
    buf_puts(out, "reset role;\n");
}
