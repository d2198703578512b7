/* The script for the producer's DBA. What is the same for each store lies in .sql files beside
 * this, with psql's variables dsc_role, dsc_schema and dsc_publication; what names tables is
 * written here. */
#include "internal.h"

#include <string.h>

#include "dsc/sql.h"

/* Whether no store before this one speaks of the same role. */
static bool is_first_of_role(const struct ddl_store *stores, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(stores[i].role, stores[at].role) == 0)
            return false;
    }
    return true;
}

/* Whether a connector reads any of them: SQL reads the others. */
static bool is_captured(const struct ddl_store *stores, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (stores[i].publication)
            return true;
    }
    return false;
}

static void put_heading(struct buf *out, const struct ddl_source *source,
                        const struct ddl_store *stores, size_t n)
{
    struct buf line = {0};

    buf_printf(&line, "Prepares %s to be %s by dsc:", source->container,
               is_captured(stores, n) ? "captured" : "read");
    sql_comment(out, line.data);
    for (size_t i = 0; i < n; i++) {
        buf_clear(&line);
        buf_printf(&line, "    store %s, by platform %s", stores[i].store, stores[i].platform);
        sql_comment(out, line.data);
    }
    buf_puts(
        out,
        "--\n"
        "-- To be run with psql by a superuser, on PostgreSQL 14 or later, and again whenever\n"
        "-- datasets were added: what is there already stays. Its variables are the user names\n"
        "-- in the credentials; a role that does not exist is created without a password: set\n"
        "-- one with \\password. pg_hba.conf must let it in.\n");
    buf_clear(&line);
    buf_puts(&line, "    psql");
    for (size_t i = 0; i < n; i++) {
        if (is_first_of_role(stores, i))
            buf_printf(&line, " -v %s=ROLE", stores[i].role);
    }
    buf_puts(&line, " -f THIS_FILE");
    if (source->database)
        buf_printf(&line, " %s", source->database);
    sql_comment(out, line.data);
    buf_puts(out, "\n\\set ON_ERROR_STOP on\n");
    buf_free(&line);
}

/* psql would take a variable that is not set for text. */
static void check_variable(struct buf *out, const struct ddl_store *store)
{
    struct buf body = {0}, message = {0};

    buf_printf(&message, "the variable %s is not set", store->role);
    buf_puts(&body, " begin raise exception using message = ");
    sql_literal(&body, message.data);
    buf_clear(&message);
    buf_printf(&message, "Say psql -v %s=ROLE, with the user name of credential %s.", store->role,
               store->credential);
    buf_puts(&body, ", hint = ");
    sql_literal(&body, message.data);
    buf_puts(&body, "; end ");
    buf_printf(out, "\n\\if :{?%s}\n\\else\ndo ", store->role);
    sql_dollar(out, body.data);
    buf_puts(out, ";\n\\endif\n");
    buf_free(&body);
    buf_free(&message);
}

static void check_database(struct buf *out, const char *database)
{
    struct buf body = {0};

    buf_puts(&body, "\nbegin\n    if current_database() <> ");
    sql_literal(&body, database);
    buf_puts(&body, " then\n"
                    "        raise exception 'this script is for database %, and this is %', ");
    sql_literal(&body, database);
    buf_puts(&body, ", current_database();\n    end if;\nend\n");
    buf_puts(out, "\ndo ");
    sql_dollar(out, body.data);
    buf_puts(out, ";\n");
    buf_free(&body);
}

/* A published table that has nothing to identify its rows refuses every update and delete. */
static void check_tables(struct buf *out, const struct ddl_store *store)
{
    struct buf body = {0};

    buf_puts(&body, "\ndeclare\n"
                    "    problems text;\n"
                    "begin\n"
                    "    select string_agg(format('%I.%I %s', wanted.schema, wanted.name, case\n"
                    "        when found.oid is null then 'does not exist'\n"
                    "        else 'has neither a primary key nor a replica identity'\n"
                    "    end), ', ') into problems\n"
                    "    from (values");
    for (size_t i = 0; i < store->n_tables; i++) {
        bool replicated = store->publication && !store->tables[i].keyless;

        buf_puts(&body, i ? ",\n        (" : "\n        (");
        sql_literal(&body, store->tables[i].schema);
        buf_puts(&body, ", ");
        sql_literal(&body, store->tables[i].table);
        buf_puts(&body, replicated ? ", true)" : ", false)");
    }
    buf_puts(&body,
             "\n"
             "    ) as wanted (schema, name, needs_key)\n"
             "    left join pg_catalog.pg_namespace as space on space.nspname = wanted.schema\n"
             "    left join pg_catalog.pg_class as found\n"
             "        on found.relnamespace = space.oid and found.relname = wanted.name\n"
             "        and found.relkind in ('r', 'p', 'v', 'm', 'f')\n"
             "    where found.oid is null or wanted.needs_key and (\n"
             "        found.relreplident = 'n'\n"
             "        or found.relreplident = 'd' and not exists (\n"
             "            select from pg_catalog.pg_index\n"
             "            where indrelid = found.oid and indisprimary\n"
             "        )\n"
             "    );\n"
             "    if problems is not null then\n"
             "        raise exception 'cannot be captured: %', problems;\n"
             "    end if;\n"
             "end\n");
    buf_puts(out, "\ndo ");
    sql_dollar(out, body.data);
    buf_puts(out, ";\n");
    buf_free(&body);
}

/* Runs `statement` where the table, by its catalogue row, is not yet as it makes it. */
static void put_if(struct buf *out, const struct ddl_source_table *table, const char *catalogue,
                   const char *condition, const struct buf *statement)
{
    struct buf body = {0}, name = {0};

    sql_qualified(&name, table->schema, table->table);
    buf_printf(&body, "\nbegin\n    if exists (select from pg_catalog.%s = ", catalogue);
    sql_literal(&body, name.data);
    buf_printf(&body, "::regclass and %s) then\n        %s;\n    end if;\nend\n", condition,
               statement->data);
    buf_puts(out, "do ");
    sql_dollar(out, body.data);
    buf_puts(out, ";\n");
    buf_free(&body);
    buf_free(&name);
}

static void put_replica_identity(struct buf *out, const struct ddl_source_table *table)
{
    struct buf statement = {0};

    buf_puts(&statement, "alter table ");
    sql_qualified(&statement, table->schema, table->table);
    buf_puts(&statement, " replica identity full");
    put_if(out, table, "pg_class where oid", "relreplident <> 'f'", &statement);
    buf_free(&statement);
}

static void create_trigger(struct buf *out, const struct ddl_source_table *table)
{
    buf_puts(out, "create or replace trigger :\"dsc_schema\" after truncate on ");
    sql_qualified(out, table->schema, table->table);
    buf_puts(out, "\nfor each statement execute function :\"dsc_schema\".signal_truncate(");
    sql_literal(out, table->dataset);
    buf_puts(out, ");\n");
}

/* Of a store that signalled once, and does no more. */
static void drop_trigger(struct buf *out, const struct ddl_store *store,
                         const struct ddl_source_table *table)
{
    struct buf statement = {0}, condition = {0};

    buf_puts(&statement, "drop trigger ");
    sql_identifier(&statement, store->schema);
    buf_puts(&statement, " on ");
    sql_qualified(&statement, table->schema, table->table);
    buf_puts(&condition, "tgname = ");
    sql_literal(&condition, store->schema);
    put_if(out, table, "pg_trigger where tgrelid", condition.data, &statement);
    buf_free(&statement);
    buf_free(&condition);
}

static void grant_usage(struct buf *out, const char *schema)
{
    buf_puts(out, "\ngrant usage on schema ");
    sql_identifier(out, schema);
    buf_puts(out, " to :\"dsc_role\";\n");
}

static void put_table(struct buf *out, const struct ddl_store *store,
                      const struct ddl_source_table *table)
{
    buf_puts(out, "\ngrant select on table ");
    sql_qualified(out, table->schema, table->table);
    buf_puts(out, " to :\"dsc_role\";\n");
    if (!store->publication)
        return;
    if (table->keyless)
        put_replica_identity(out, table);
    if (store->signal_truncates)
        create_trigger(out, table);
    else
        drop_trigger(out, store, table);
}

static void put_published(struct buf *out, const struct ddl_store *store)
{
    buf_puts(out, "\nalter publication :\"dsc_publication\" set table\n"
                  "    :\"dsc_schema\".heartbeat");
    if (store->signal_truncates)
        buf_puts(out, ",\n    :\"dsc_schema\".signal");
    for (size_t i = 0; i < store->n_tables; i++) {
        buf_puts(out, ",\n    ");
        sql_qualified(out, store->tables[i].schema, store->tables[i].table);
    }
    buf_puts(out, ";\n");
}

static void put_removal(struct buf *out, const struct ddl_store *store)
{
    buf_printf(
        out,
        "\n-- To remove this again, delete the source connector, and then run the lines below.\n"
        "-- A slot that nobody reads keeps WAL until the disk is full. An earlier incarnation,\n"
        "-- once it is drained, has a slot and a publication of its own to be dropped.\n"
        "--     select pg_drop_replication_slot(slot_name) from pg_replication_slots\n"
        "--     where slot_name = '%s';\n"
        "--     drop publication %s;\n"
        "--     drop schema %s cascade; -- with the triggers on the tables\n",
        store->slot, store->publication, store->schema);
}

static void put_store(struct buf *out, const struct ddl_store *store)
{
    struct buf line = {0};

    buf_printf(&line, "Store %s, by platform %s.", store->store, store->platform);
    buf_putc(out, '\n');
    sql_comment(out, line.data);
    buf_free(&line);
    buf_printf(out, "\\set dsc_role :%s\n", store->role);
    if (store->publication)
        buf_printf(out, "\\set dsc_schema %s\n\\set dsc_publication %s\n", store->schema,
                   store->publication);
    if (store->n_tables)
        check_tables(out, store);
    ddl_put_file(out, "src/ddl/source_role.sql");
    if (store->publication)
        ddl_put_file(out, "src/ddl/source_cdc.sql");
    if (store->signal_truncates)
        ddl_put_file(out, "src/ddl/source_signal.sql");
    for (size_t i = 0; i < store->n_tables; i++) {
        if (i == 0 || strcmp(store->tables[i - 1].schema, store->tables[i].schema) != 0)
            grant_usage(out, store->tables[i].schema);
        put_table(out, store, &store->tables[i]);
    }
    if (store->publication) {
        put_published(out, store);
        put_removal(out, store);
    }
}

void ddl_source(struct buf *out, const struct ddl_source *source, const struct ddl_store *stores,
                size_t n)
{
    put_heading(out, source, stores, n);
    for (size_t i = 0; i < n; i++) {
        if (is_first_of_role(stores, i))
            check_variable(out, &stores[i]);
    }
    if (source->database)
        check_database(out, source->database);
    ddl_put_file(out, "src/ddl/source.sql");
    for (size_t i = 0; i < n; i++)
        put_store(out, &stores[i]);
}

void ddl_heartbeat_query(struct buf *out, const char *schema)
{
    buf_puts(out, "select ");
    sql_qualified(out, schema, "beat");
    buf_puts(out, "()");
}
