/*
 * For tests/suite/ddl.sh, SQL on standard output:
 *     ddl plan FILE
 *         all that a plan asks of the platform's database
 *     ddl source DATABASE cdc|signal|sql [SCHEMA TABLE keyed|keyless]…
 *         the script for a source's DBA; datasets are called as their tables
 */
#include "dsc/ddl.h"

#include <stdio.h>
#include <string.h>

static bool print_plan(struct arena *arena, const char *path, struct buf *out)
{
    struct buf json = {0};
    const char *why;
    const struct plan *plan = NULL;

    if (file_read(path, 0, &json) && !(plan = plan_read(arena, json.data, json.len, &why)))
        fprintf(stderr, "%s: %s\n", path, why);
    if (plan) {
        ddl_platform(out);
        ddl_tables(out, plan);
        ddl_views(out, plan);
    }
    buf_free(&json);
    return plan != NULL;
}

static void print_source(struct arena *arena, const char *database, const char *capture, int n,
                         char **arguments, struct buf *out)
{
    bool cdc = strcmp(capture, "sql") != 0;
    struct ddl_source source = {.container = "crm_db", .database = database};
    struct ddl_store store = {
        .platform = "dev",
        .store = "crm",
        .credential = "crm_reader",
        .role = "crm_reader",
        .schema = cdc ? "dsc_dev_crm" : NULL,
        .slot = cdc ? "dsc_dev_crm_1" : NULL,
        .publication = cdc ? "dsc_dev_crm_1" : NULL,
        .signal_truncates = strcmp(capture, "signal") == 0,
        .n_tables = (size_t)n / 3,
    };

    store.tables = arena_alloc(arena, store.n_tables * sizeof(*store.tables));
    for (size_t i = 0; i < store.n_tables; i++) {
        store.tables[i] = (struct ddl_source_table){
            .schema = arguments[3 * i],
            .table = arguments[3 * i + 1],
            .dataset = arguments[3 * i + 1],
            .keyless = strcmp(arguments[3 * i + 2], "keyed") != 0,
        };
    }
    ddl_source(out, &source, &store, 1);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct buf out = {0};
    bool good = false;

    if (argc == 3 && strcmp(argv[1], "plan") == 0) {
        good = print_plan(arena, argv[2], &out);
    } else if (argc >= 4 && strcmp(argv[1], "source") == 0) {
        print_source(arena, argv[2], argv[3], argc - 4, argv + 4, &out);
        good = true;
    }
    fwrite(out.data, 1, out.len, stdout);
    buf_free(&out);
    arena_free(arena);
    return good ? 0 : 1;
}
