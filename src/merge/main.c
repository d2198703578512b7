/* dsc-merge: the engine alone, for every pod. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dsc/merge.h"
#include "dsc/reach.h"
#include "dsc/schema.h"

enum { EXIT_DECISION = 1, EXIT_ENVIRONMENT = 3, EXIT_USAGE = 64 };

static const char usage[] =
    "usage: dsc-merge schema apply --plan FILE|DIR [--dry-run] [--dsn DSN] [--secrets-dir DIR]\n"
    "       dsc-merge merge --stream NAME|--all [--for SECONDS] [--batch-size N] [--dsn DSN]\n"
    "                       [--plan FILE] [--secrets-dir DIR]\n";

struct arguments {
    const char *stream, *plan, *dsn, *secrets_dir;

    bool all, dry_run;

    struct merge_options merge;
};

static bool read_number(const char *text, int64_t *number)
{
    char *end;

    *number = strtoll(text, &end, 10);
    return *text && !*end && *number > 0;
}

static bool read_arguments(int argc, char **argv, struct arguments *arguments)
{
    static const struct option options[] = {
        {"stream", required_argument, NULL, 's'},
        {"all", no_argument, NULL, 'a'},
        {"plan", required_argument, NULL, 'p'},
        {"dsn", required_argument, NULL, 'd'},
        {"secrets-dir", required_argument, NULL, 'S'},
        {"dry-run", no_argument, NULL, 'n'},
        {"for", required_argument, NULL, 'f'},
        {"batch-size", required_argument, NULL, 'b'},
        {0},
    };
    bool fine = true;
    int option;

    while (fine && (option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 's':
            arguments->stream = optarg;
            break;
        case 'a':
            arguments->all = true;
            break;
        case 'p':
            arguments->plan = optarg;
            break;
        case 'd':
            arguments->dsn = optarg;
            break;
        case 'S':
            arguments->secrets_dir = optarg;
            break;
        case 'n':
            arguments->dry_run = true;
            break;
        case 'f':
            fine = read_number(optarg, &arguments->merge.seconds);
            break;
        case 'b':
            fine = read_number(optarg, &arguments->merge.batch_size);
            break;
        default:
            fine = false;
        }
    }
    return fine && optind == argc;
}

/* The platform's database, as the plan says where there is one. */
static struct pg *connect(struct arena *arena, const struct arguments *arguments,
                          const struct schema_plans *plans, const char *doing)
{
    struct reach reach = {arguments->dsn, arguments->secrets_dir};

    if (plans->v.n)
        return reach_connect(arena, &reach, &plans->v.v[0].plan->database, doing);
    return reach_platform(arena, &reach, doing);
}

static int apply(struct arena *arena, const struct arguments *arguments)
{
    struct schema_plans plans = {0};
    struct buf sql = {0};
    enum schema_outcome outcome = SCHEMA_FAILED;
    struct pg *pg;

    if (!arguments->plan) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    if (!schema_read_plans(arena, arguments->plan, &plans))
        return EXIT_ENVIRONMENT;
    pg = connect(arena, arguments, &plans, "applying the schema");
    if (pg)
        outcome = schema_apply(arena, pg, plans.v.v, plans.v.n, arguments->dry_run, &sql);
    if (outcome == SCHEMA_NOTHING)
        puts("nothing to do");
    else if (outcome == SCHEMA_APPLIED && arguments->dry_run)
        fputs(sql.data, stdout);
    pg_close(pg);
    buf_free(&sql);
    if (outcome == SCHEMA_REFUSED)
        return EXIT_DECISION;
    return outcome == SCHEMA_FAILED ? EXIT_ENVIRONMENT : EXIT_SUCCESS;
}

static enum merge_outcome merge_named(struct arena *arena, struct pg *pg, const char *stream,
                                      const struct merge_options *options)
{
    const struct plan *plan = schema_stored_plan(arena, pg, stream);

    return plan ? merge_stream(pg, plan, options) : MERGE_FAILED;
}

static int merge(struct arena *arena, const struct arguments *arguments)
{
    struct schema_plans plans = {0};
    struct schema_streams streams = {0};
    enum merge_outcome worst = MERGE_DONE;
    bool fine;
    struct pg *pg;

    if (!arguments->stream == !arguments->all) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    if (arguments->plan && !schema_read_plans(arena, arguments->plan, &plans))
        return EXIT_ENVIRONMENT;
    pg = connect(arena, arguments, &plans, "merging");
    if (!pg)
        return EXIT_ENVIRONMENT;
    if (arguments->stream)
        vec_push(arena, &streams.v, arguments->stream);
    fine = schema_check(pg, "merging") &&
           (arguments->stream || schema_list_streams(arena, pg, &streams));
    for (size_t i = 0; fine && i < streams.v.n && !interrupted(); i++) {
        enum merge_outcome outcome = merge_named(arena, pg, streams.v.v[i], &arguments->merge);

        if (outcome > worst)
            worst = outcome;
    }
    pg_close(pg);
    if (!fine || worst == MERGE_FAILED)
        return EXIT_ENVIRONMENT;
    return worst == MERGE_DECISION ? EXIT_DECISION : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *words[2];

        int (*run)(struct arena *arena, const struct arguments *arguments);
    } commands[] = {{{"merge", NULL}, merge}, {{"schema", "apply"}, apply}};
    struct arguments arguments = {.merge = {.batch_size = 100000}};

    signals_install();
    for (size_t i = 0; i < COUNT(commands); i++) {
        int words = commands[i].words[1] ? 2 : 1;
        struct arena *arena;
        int code;

        if (argc <= words || strcmp(argv[1], commands[i].words[0]) != 0 ||
            (words == 2 && strcmp(argv[2], commands[i].words[1]) != 0))
            continue;
        if (!read_arguments(argc - words, argv + words, &arguments))
            break;
        arena = arena_new();
        code = commands[i].run(arena, &arguments);
        arena_free(arena);
        return code;
    }
    fputs(usage, stderr);
    return EXIT_USAGE;
}
