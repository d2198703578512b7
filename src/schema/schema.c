#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "dsc/ddl.h"
#include "dsc/embedded.h"
#include "dsc/names.h"
#include "dsc/sql.h"

#define APPLYING "applying the schema"

static bool read_file(struct arena *arena, const char *path, struct schema_plans *out)
{
    struct buf text = {0};
    const char *why;
    struct schema_plan plan = {0};

    if (file_read(path, 0, &text)) {
        plan.text = arena_strndup(arena, text.data ? text.data : "", text.len);
        plan.plan = plan_read(arena, plan.text, text.len, &why);
        if (!plan.plan)
            env_error("reading the plan %s: %s; render it again", path, why);
    }
    buf_free(&text);
    if (plan.plan)
        vec_push(arena, &out->v, plan);
    return plan.plan != NULL;
}

static bool is_json(const struct dir_entry *entry)
{
    const char *dot = strrchr(entry->name, '.');

    return entry->kind == 'f' && dot && strcmp(dot, ".json") == 0;
}

bool schema_read_plans(struct arena *arena, const char *path, struct schema_plans *out)
{
    size_t length = strlen(path);
    struct dir_list list = {0};

    if (length > 5 && strcmp(path + length - 5, ".json") == 0)
        return read_file(arena, path, out);
    if (!dir_read(arena, path, &list))
        return false;
    for (size_t i = 0; i < list.entries.n; i++) {
        if (is_json(&list.entries.v[i]) &&
            !read_file(arena, arena_printf(arena, "%s/%s", path, list.entries.v[i].name), out))
            return false;
    }
    return true;
}

/* One number, or -1 where the query failed. */
static int64_t ask(struct pg *pg, const char *doing, const char *sql)
{
    struct pg_result *result = pg_query(pg, doing, sql, 0, NULL);
    int64_t number = result ? pg_number(result, 0, 0) : -1;

    pg_clear(result);
    return number;
}

/* 0: there is none; -1: it could not be asked, or is newer than this program knows. */
static int64_t find_version(struct pg *pg, const char *doing)
{
    int64_t version = ask(pg, doing, "select (to_regclass('dsc.version') is not null)::integer");

    if (version <= 0)
        return version;
    version = ask(pg, doing, "select version from dsc.version");
    if (version > SCHEMA_VERSION) {
        env_error("%s, in %s: schema dsc is of version %lld, and this program knows %d; use the "
                  "newer program",
                  doing, pg_where(pg), (long long)version, SCHEMA_VERSION);
        return -1;
    }
    return version;
}

static int64_t has_platform(struct pg *pg)
{
    return ask(pg, APPLYING,
               "select ((select count(*) from pg_roles where rolname in ('" NAME_ROLE_MERGE
               "', '" NAME_ROLE_SINK "')) = 2 and (select count(*) from pg_namespace where nspname"
               " in ('" NAME_SCHEMA_STAGING "', '" NAME_SCHEMA_LIVE "', '" NAME_SCHEMA_HISTORY
               "', '" NAME_SCHEMA_DSC "')) = 4)::integer");
}

static void put_schema(struct buf *sql)
{
    const struct embedded *file = embedded_find("src/schema/dsc.sql");

    if (!file)
        fatal("src/schema/dsc.sql is not embedded");
    buf_puts(sql, "set role " NAME_ROLE_MERGE ";\n");
    buf_put(sql, file->text, file->size);
    buf_puts(sql, "reset role;\n");
}

static void store_plan(struct buf *sql, const struct schema_plan *plan)
{
    buf_puts(sql, "set role " NAME_ROLE_MERGE ";\ninsert into dsc.stream (name, plan) values (");
    sql_literal(sql, plan->plan->stream);
    buf_puts(sql, ", ");
    sql_literal(sql, plan->text);
    buf_puts(sql, ")\non conflict (name) do update set plan = excluded.plan;\nreset role;\n");
}

/* 1: the same text is stored; 0: another, or none; -1: it could not be asked. */
static int is_stored(struct pg *pg, const struct schema_plan *plan)
{
    const char *parameters[] = {plan->plan->stream, plan->text};
    struct pg_result *result = pg_query(
        pg, APPLYING, "select from dsc.stream where name = $1 and plan = $2", 2, parameters);
    int found = result ? pg_rows(result) > 0 : -1;

    pg_clear(result);
    return found;
}

static enum schema_outcome apply_plan(struct arena *arena, struct pg *pg,
                                      const struct schema_plan *plan, bool has_schema,
                                      struct buf *sql)
{
    struct buf views = {0}, altered = {0};
    enum comparison found = schema_compare(arena, pg, plan->plan, &views, &altered);
    int stored = has_schema && found != COMPARED_NOT ? is_stored(pg, plan) : 0;
    enum schema_outcome outcome = SCHEMA_APPLIED;

    if (found == COMPARED_NOT || stored < 0) {
        outcome = SCHEMA_FAILED;
    } else if (found == COMPARED_NARROWER) {
        outcome = SCHEMA_REFUSED;
    } else if (found == COMPARED_EQUAL && stored) {
        outcome = SCHEMA_NOTHING;
    } else {
        ddl_tables(sql, plan->plan);
        buf_puts(sql, "set role " NAME_ROLE_MERGE ";\n");
        buf_put(sql, views.data, views.len);
        buf_put(sql, altered.data, altered.len);
        buf_puts(sql, "reset role;\n");
        ddl_views(sql, plan->plan);
        store_plan(sql, plan);
    }
    buf_free(&views);
    buf_free(&altered);
    return outcome;
}

/* Appends all that is missing. */
static enum schema_outcome collect(struct arena *arena, struct pg *pg,
                                   const struct schema_plan *plans, size_t n, struct buf *sql)
{
    int64_t platform = has_platform(pg);
    int64_t version = platform > 0 ? find_version(pg, APPLYING) : platform;
    enum schema_outcome worst = SCHEMA_APPLIED;

    if (version < 0)
        return SCHEMA_FAILED;
    if (!platform)
        ddl_platform(sql);
    if (!version)
        put_schema(sql);
    for (size_t i = 0; i < n; i++) {
        enum schema_outcome outcome = apply_plan(arena, pg, &plans[i], version > 0, sql);

        if (outcome < worst && outcome != SCHEMA_NOTHING)
            worst = outcome;
    }
    return worst == SCHEMA_APPLIED && !sql->len ? SCHEMA_NOTHING : worst;
}

/* The lock keeps two that apply at the same time from seeing half of each other. */
enum schema_outcome schema_apply(struct arena *arena, struct pg *pg,
                                 const struct schema_plan *plans, size_t n, bool dry_run,
                                 struct buf *sql)
{
    static const char begin[] = "begin; select pg_advisory_xact_lock(hashtext('dsc schema apply'))";
    enum schema_outcome outcome;

    if (!pg_exec(pg, APPLYING, begin))
        return SCHEMA_FAILED;
    outcome = collect(arena, pg, plans, n, sql);
    if (outcome != SCHEMA_APPLIED || dry_run) {
        pg_rollback(pg);
        return outcome;
    }
    if (pg_exec(pg, APPLYING, sql->data) && pg_commit(pg, APPLYING) == PG_COMMITTED)
        return SCHEMA_APPLIED;
    pg_rollback(pg);
    return SCHEMA_FAILED;
}

bool schema_check(struct pg *pg, const char *doing)
{
    int64_t version = find_version(pg, doing);

    if (version == 0)
        return env_error("%s, in %s: there is no schema dsc; run `dsc-merge schema apply`", doing,
                         pg_where(pg));
    return version > 0;
}

const struct plan *schema_stored_plan(struct arena *arena, struct pg *pg, const char *stream)
{
    const char *doing = arena_printf(arena, "reading the plan of stream %s", stream);
    struct pg_result *result =
        pg_query(pg, doing, "select plan from dsc.stream where name = $1", 1, &stream);
    const struct plan *plan = NULL;
    const char *why;

    if (!result)
        return NULL;
    if (!pg_rows(result)) {
        env_error(
            "%s, in %s: there is none of that name; run `dsc-merge schema apply`, or see the names "
            "in dsc.stream",
            doing, pg_where(pg));
    } else {
        const char *text = pg_value(result, 0, 0);

        plan = plan_read(arena, text, strlen(text), &why);
        if (!plan)
            env_error("%s, in %s: %s; run `dsc-merge schema apply` again", doing, pg_where(pg),
                      why);
    }
    pg_clear(result);
    return plan;
}

bool schema_list_streams(struct arena *arena, struct pg *pg, struct schema_streams *out)
{
    struct pg_result *result = pg_query(
        pg, "listing streams", "select name from dsc.stream order by name collate \"C\"", 0, NULL);

    for (size_t i = 0; result && i < pg_rows(result); i++)
        vec_push(arena, &out->v, arena_strdup(arena, pg_value(result, i, 0)));
    pg_clear(result);
    return result != NULL;
}
