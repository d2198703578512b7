/* lint: every row of the table against its examples, and the engine. */
#include "dsc/lint.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/lint/credential_uses.h"
#include "../../src/lint/cron.h"
#include "dsc/embedded.h"
#include "dsc/names.h"
#include "dsc/yaml.h"

struct fixture {
    char folder[32];

    struct arena *arena;

    struct diags diags;

    struct model model;

    struct buf expected, found; /* lines "file:line rule" */
};

static int fixture_begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    strcpy(fixture->folder, "/tmp/dsc-lint-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->arena = arena_new();
    *state = fixture;
    return 0;
}

static int fixture_end(void **state)
{
    struct fixture *fixture = *state;

    assert_true(dir_remove(fixture->folder));
    arena_free(fixture->arena);
    buf_free(&fixture->expected);
    buf_free(&fixture->found);
    free(fixture);
    return 0;
}

static void put_file(struct fixture *fixture, const char *name, const char *text, size_t size)
{
    const char *path = arena_printf(fixture->arena, "%s/%s", fixture->folder, name);

    assert_true(dir_make(arena_strndup(fixture->arena, path, (size_t)(strrchr(path, '/') - path))));
    assert_true(file_write(path, text, size));
}

static const struct embedded *example(const char *name)
{
    char path[256];

    snprintf(path, sizeof(path), "src/lint/examples/%s", name);
    return embedded_find(path);
}

/* Loads and lints the folder, and puts what was found, sorted, into `found`. */
static void lint_folder(struct fixture *fixture)
{
    struct model *model = &fixture->model;
    VEC(const struct graph *) graphs = {0};

    buf_clear(&fixture->found);
    memset(model, 0, sizeof(*model));
    diags_init(&fixture->diags, fixture->arena);
    assert_true(model_load(model, fixture->folder, fixture->arena, &fixture->diags));
    for (size_t i = 0; i < model->all.platforms.n; i++)
        vec_push(fixture->arena, &graphs,
                 graph_build(fixture->arena, model, model->all.platforms.v[i]));
    lint_run(model, graphs.v, graphs.n, &fixture->diags);
    diags_sort(&fixture->diags);
    for (size_t i = 0; i < fixture->diags.all.n; i++) {
        const struct diag *diag = fixture->diags.all.v[i];
        const char *path = diags_path(&fixture->diags, diag->span);

        if (*path)
            path += strlen(fixture->folder) + 1;
        buf_printf(&fixture->found, "%s:%u %s\n", path, (unsigned)diag->span.line, diag->rule);
    }
}

/* ---- examples: text with marks `# <- rule, rule` at the lines where rules are broken ---- */

/* Adds what the marks of a line announce; a mark alone on its line is of a finding without a place.
 */
static void expect_marks(struct fixture *fixture, const char *file, unsigned number,
                         const char *line, size_t length)
{
    const char *text = arena_strndup(fixture->arena, line, length);
    const char *mark = strstr(text, "# <- ");
    char *rest = NULL;

    if (!mark)
        return;
    for (char *rule = strtok_r(arena_strdup(fixture->arena, mark + strlen("# <- ")), ", ", &rest);
         rule; rule = strtok_r(NULL, ", ", &rest))
        buf_printf(&fixture->expected, "%s:%u %s\n", mark == text ? "" : file,
                   mark == text ? 0 : number, rule);
}

/* Writes the example's files: a line `# file: NAME` begins another one, `# without NAME` does
 * without one of the base's. */
static void put_example(struct fixture *fixture, const char *bytes, size_t size)
{
    static const char begins[] = "# file: ", without[] = "# without ";
    const char *end = bytes + size, *start = bytes;
    const char *file = "example.yaml", *next;
    unsigned number = 0;

    for (const char *line = start; line < end; line = next) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop ? stop : end) - line);

        next = stop ? stop + 1 : end;
        if (strncmp(line, without, strlen(without)) == 0) {
            const char *name =
                arena_strndup(fixture->arena, line + strlen(without), length - strlen(without));
            assert_int_equal(unlink(arena_printf(fixture->arena, "%s/%s", fixture->folder, name)),
                             0);
        }
        number++;
        expect_marks(fixture, file, number, line, length);
        if (strncmp(line, begins, strlen(begins)) != 0)
            continue;
        put_file(fixture, file, start, (size_t)(line - start));
        file = arena_strndup(fixture->arena, line + strlen(begins), length - strlen(begins));
        start = next;
        number = 0;
    }
    put_file(fixture, file, start, (size_t)(end - start));
}

/* Whether what is found in these bytes, beside the base, is what they announce. */
static bool check_marks(struct fixture *fixture, const char *name, const char *bytes, size_t size)
{
    buf_clear(&fixture->expected);
    assert_true(dir_remove(fixture->folder) && dir_make(fixture->folder));
    put_file(fixture, "dsc.yaml", example("dsc.yaml")->text, example("dsc.yaml")->size);
    put_file(fixture, "base.yaml", example("base.yaml")->text, example("base.yaml")->size);
    put_example(fixture, bytes, size);
    lint_folder(fixture);
    const char *expected = fixture->expected.len ? fixture->expected.data : "";
    const char *found = fixture->found.len ? fixture->found.data : "";
    if (strcmp(expected, found) == 0)
        return true;
    print_error("%s: expected\n%sfound\n%s", name, expected, found);
    for (size_t i = 0; i < fixture->diags.all.n; i++)
        print_error("  %s\n", fixture->diags.all.v[i]->text);
    return false;
}

static bool check_example(struct fixture *fixture, const char *id, const char *which)
{
    const char *name = arena_printf(fixture->arena, "%s.%s.yaml", id, which);
    const struct embedded *text = example(name);

    if (!text)
        print_error("%s is missing\n", name);
    return text && check_marks(fixture, name, text->text, text->size);
}

static void test_every_rule_has_its_examples(void **state)
{
    struct fixture *fixture = *state;
    bool fine = true;

    for (size_t i = 0; i < lint_n_groups; i++) {
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++) {
            bool good = check_example(fixture, rule->id, "good");
            bool bad = check_example(fixture, rule->id, "bad");

            if (bad && (!fixture->expected.len || !strstr(fixture->expected.data, rule->id))) {
                print_error("%s.bad.yaml does not break its rule\n", rule->id);
                bad = false;
            }
            fine &= good && bad;
        }
    }
    assert_true(fine);
}

/* What is too much for an example: tests/cases/lint, one model each, marked in the same way. */
static void test_cases(void **state)
{
    struct fixture *fixture = *state;
    const char *folder = arena_printf(fixture->arena, "%s/tests/cases/lint", getenv("DSC_SOURCE"));
    struct dir_list list = {0};
    bool fine = true;

    assert_true(dir_read(fixture->arena, folder, &list));
    assert_true(list.entries.n > 0);
    for (size_t i = 0; i < list.entries.n; i++) {
        const char *name = list.entries.v[i].name;
        struct buf bytes = {0};

        assert_true(file_read(arena_printf(fixture->arena, "%s/%s", folder, name), 0, &bytes));
        fine &= check_marks(fixture, name, bytes.data, bytes.len);
        buf_free(&bytes);
    }
    assert_true(fine);
}

/* Examples of rules that are gone would be shown to nobody. */
static void test_every_example_has_its_rule(void **state)
{
    size_t n;
    const struct embedded *files = embedded_list(&n);
    static const char folder[] = "src/lint/examples/";

    (void)state;
    for (size_t i = 0; i < n; i++) {
        char id[256];

        if (strncmp(files[i].path, folder, strlen(folder)) != 0)
            continue;
        snprintf(id, sizeof(id), "%s", files[i].path + strlen(folder));
        *strchr(id, '.') = '\0';
        if (strcmp(id, "base") != 0 && strcmp(id, "dsc") != 0 && !lint_find(id))
            fail_msg("%s is of no rule", files[i].path);
    }
}

/* ---- the table ---- */

/* Where the row of `id` stands in the table, counted from 1; 0: nowhere. */
static size_t place_of(const char *id)
{
    size_t place = 0;

    for (size_t i = 0; i < lint_n_groups; i++) {
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++) {
            place++;
            if (strcmp(rule->id, id) == 0)
                return place;
        }
    }
    return 0;
}

static void check_row(const struct rule *rule)
{
    if (lint_find(rule->id) != rule)
        fail_msg("two rules are called %s", rule->id);
    if (strspn(rule->id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(rule->id))
        fail_msg("%s is not made of words and hyphens", rule->id);
    if ((rule->visit == LINT_LOAD) != !rule->check || (rule->visit == LINT_ENTITY) != !!rule->kinds)
        fail_msg("the row of %s does not fit its visit", rule->id);
    if (!rule->why || !rule->mend || rule->why[strlen(rule->why) - 1] != '.' ||
        rule->mend[strlen(rule->mend) - 1] != '.')
        fail_msg("%s does not say in sentences why, and how to mend", rule->id);
    for (size_t i = 0; i < COUNT(rule->needs) && rule->needs[i]; i++) {
        const struct rule *need = lint_find(rule->needs[i]);

        if (!need || need->visit > rule->visit || place_of(rule->needs[i]) >= place_of(rule->id))
            fail_msg("%s needs %s, which does not come before it", rule->id, rule->needs[i]);
    }
}

static void test_rows_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < lint_n_groups; i++) {
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++)
            check_row(rule);
    }
    assert_null(lint_find("no-such-rule"));
}

static void test_every_reference_to_a_credential_has_its_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < model_n_kinds; i++) {
        for (size_t k = 0; k < model_kinds[i]->n_fields; k++) {
            const struct field *field = &model_kinds[i]->fields[k];
            bool known = field->kind != FIELD_REF || field->target != &kind_credential;

            for (size_t m = 0; m < n_credential_uses; m++)
                known |= credential_uses[m].kind == model_kinds[i] &&
                         strcmp(credential_uses[m].key, field->key) == 0;
            if (!known)
                fail_msg("%s of %s has no row in credential_uses", field->key, model_kinds[i]->id);
        }
    }
}

/* ---- the engine ---- */

#define MODEL                                                                                      \
    "kind: Ecosystem\n"                                                                            \
    "name: acme\n"                                                                                 \
    "owner: git:acme/model@main\n"                                                                 \
    "live: git:acme/model@live\n"

static void expect_findings(struct fixture *fixture, const char *config, const char *model,
                            const char *expected)
{
    put_file(fixture, "dsc.yaml", config, strlen(config));
    put_file(fixture, "m.yaml", model, strlen(model));
    lint_folder(fixture);
    assert_string_equal(fixture->found.data ? fixture->found.data : "", expected);
}

static enum severity severity_of_only(const struct fixture *fixture)
{
    assert_int_equal(fixture->diags.all.n, 1);
    return fixture->diags.all.v[0]->severity;
}

static void test_severities_of_the_configuration(void **state)
{
    static const char two[] = MODEL "---\n{kind: Zone, name: usa}\n";
    struct fixture *fixture = *state;

    expect_findings(fixture, "language: 1\n", two, "m.yaml:6 undeclared-zone\n");
    assert_int_equal(severity_of_only(fixture), SEV_ERROR);
    expect_findings(fixture, "language: 1\nseverities: {undeclared-zone: warning}\n", two,
                    "m.yaml:6 undeclared-zone\n");
    assert_int_equal(severity_of_only(fixture), SEV_WARNING);
    expect_findings(fixture, "language: 1\nseverities: {undeclared-zone: off}\n", two, "");
}

static void test_suppressions(void **state)
{
    struct fixture *fixture = *state;

    expect_findings(fixture, "language: 1\n",
                    MODEL "---\n# dsc: allow undeclared-zone because a test\n# and so on\n"
                          "{kind: Zone, name: usa}\n",
                    "");
    /* it speaks of its line, and of its rule */
    expect_findings(fixture, "language: 1\n",
                    MODEL "---\n# dsc: allow undeclared-zone because a test\n"
                          "kind: Zone\n"
                          "name: usa\n",
                    "m.yaml:6 unused-suppression\nm.yaml:8 undeclared-zone\n");
    /* what is off breaks nothing, which is not the suppression's fault */
    expect_findings(fixture, "language: 1\nseverities: {undeclared-zone: off}\n",
                    MODEL "---\n# dsc: allow undeclared-zone because a test\n"
                          "{kind: Zone, name: usa}\n",
                    "");
}

static void test_suppressions_wait_for_what_can_be_read(void **state)
{
    struct fixture *fixture = *state;

    expect_findings(fixture, "language: 1\n",
                    MODEL "colour: red\n---\n# dsc: allow undeclared-zone because a test\n"
                          "{kind: Zone, name: usa, polices: {}}\n",
                    "m.yaml:5 unknown-key\nm.yaml:8 unknown-key\n");
}

static void test_prerequisites_silence_their_dependents_only(void **state)
{
    static const char stores[] =
        MODEL "zones: {usa: git:a/b@c}\n"
              "---\n"
              "{kind: Zone, name: usa, teams: {crm: git:a/b@c}}\n"
              "---\n"
              "{kind: Credential, name: c, type: user_password}\n"
              "---\n"
              "{kind: Container, name: k, type: kafka, host: k}\n"
              "---\n"
              "kind: Datastore\n"
              "name: s\n"
              "team: usa/crm\n"
              "capture: {kafka: {container: k, topics: {a: a, b: b, c: c}}}\n"
              "datasets:\n"
              "  a: {columns: {}}\n"         /* no columns: nothing is said of its key */
              "  b: {columns: {x: text}}\n"  /* no key */
              "  c: {columns: {x: frob}}\n"; /* not readable: nothing more is said of it */
    struct fixture *fixture = *state;

    expect_findings(fixture, "language: 1\nseverities: {unused-dataset: off, silent-loss: off}\n",
                    stores,
                    "m.yaml:18 no-columns\nm.yaml:19 key-missing\nm.yaml:20 unknown-type\n");
}

static void test_an_empty_folder_is_no_crash(void **state)
{
    struct fixture *fixture = *state;

    lint_folder(fixture);
    assert_string_equal(fixture->found.data, ":0 no-config\n");
}

/* ---- names that become one ---- */

#define COMPANY                                                                                    \
    MODEL "zones: {usa: git:a/b@c}\n"                                                              \
          "---\n"                                                                                  \
          "{kind: Zone, name: usa, teams: {crm: git:a/b@c}}\n"                                     \
          "---\n"                                                                                  \
          "{kind: Credential, name: c, type: user_password}\n"                                     \
          "---\n"                                                                                  \
          "{kind: Container, name: db, type: postgres, host: h, database: d}\n"

#define STORE(name, dataset)                                                                       \
    "---\n"                                                                                        \
    "{kind: Datastore, name: " name ", team: usa/crm, capture: {cdc: {container: db, credential: " \
    "c}}, datasets: {" dataset ": {columns: {id: bigint primary key}}}}\n"

static void test_collisions(void **state)
{
    static const char quiet[] =
        "language: 1\nseverities: {unused-dataset: off, silent-loss: off}\n";
    struct fixture *fixture = *state;

    expect_findings(fixture, quiet, COMPANY STORE("a", "b__c") STORE("a__b", "c") STORE("d", "c"),
                    "m.yaml:15 name-collision\n");
    assert_non_null(strstr(fixture->diags.all.v[0]->text, "a__b__c"));
    expect_findings(fixture, quiet, COMPANY STORE("a", "b") STORE("A", "B"),
                    "m.yaml:13 name-collision\n");
    expect_findings(fixture, quiet,
                    COMPANY "---\n{kind: Credential, name: C, type: user_password}\n",
                    "m.yaml:9 name-collision\n");
    expect_findings(fixture, quiet,
                    COMPANY "---\n{kind: Credential, name: a_tls, type: api_key_pair}\n"
                            "---\n{kind: Credential, name: a, type: client_certificate}\n",
                    "m.yaml:13 name-collision\n");
    expect_findings(fixture, quiet,
                    COMPANY "---\nkind: Datastore\nname: s\nteam: usa/crm\n"
                            "capture: {cdc: {container: db, credential: c}}\n"
                            "datasets:\n"
                            "  a_b: {columns: {id: bigint primary key}}\n"
                            "  x: {table: a b, columns: {id: bigint primary key}}\n",
                    "m.yaml:19 name-collision\n");
}

/* A name that often comes together with others: of few letters, much `_`. */
static const char *random_name(struct fixture *fixture, uint32_t *seed)
{
    static const char letters[] = "ab_A_1";
    char name[6] = {0};

    *seed = *seed * 1664525 + 1013904223;
    for (size_t i = 0, length = 1 + (*seed >> 16) % 4; i < length; i++) {
        *seed = *seed * 1664525 + 1013904223;
        name[i] = letters[(*seed >> 16) % (i ? 6 : 5)];
    }
    return arena_strdup(fixture->arena, name);
}

/* The same, but none of the n `others`. */
static const char *another_name(struct fixture *fixture, uint32_t *seed, const char *const *others,
                                size_t n)
{
    const char *name = random_name(fixture, seed);

    for (size_t i = 0; i < n; i++) {
        if (strcmp(others[i], name) == 0)
            return another_name(fixture, seed, others, n);
    }
    return name;
}

struct drawn_model {
    struct buf text;

    struct strings *strings;

    struct map *tables; /* staging tables, by name */

    bool doubled; /* two of them have one */
};

static void add_table(struct fixture *fixture, struct drawn_model *drawn, enum name_kind kind,
                      const char *store, const char *dataset)
{
    struct name_parts parts = {.store = store, .dataset = dataset};
    const char *name = intern(drawn->strings, name_make(fixture->arena, kind, &parts));

    drawn->doubled |= map_add(drawn->tables, name, NULL, drawn) != NULL;
}

static void draw_store(struct fixture *fixture, struct drawn_model *drawn, const char *store,
                       uint32_t *seed)
{
    const char *names[3];

    buf_printf(&drawn->text,
               "---\n{kind: Datastore, name: '%s', team: usa/crm, capture: {sql_snapshot: "
               "{container: db, credential: c}}, datasets: {",
               store);
    add_table(fixture, drawn, NAME_STAGING_HEARTBEAT, store, NULL);
    for (size_t i = 0; i < COUNT(names); i++) {
        names[i] = another_name(fixture, seed, names, i);
        buf_printf(&drawn->text, "'%s': {columns: {id: bigint primary key}}, ", names[i]);
        add_table(fixture, drawn, NAME_STAGING, store, names[i]);
    }
    buf_puts(&drawn->text, "}}\n");
}

/* A collision is found exactly where two names are one: none of the rule's shortcuts hides it. */
static void test_collisions_are_found_whatever_the_names(void **state)
{
    struct fixture *fixture = *state;
    size_t together = 0, apart = 0;

    for (uint32_t round = 1; round <= 150; round++) {
        struct drawn_model drawn = {.strings = strings_new(fixture->arena),
                                    .tables = map_new(fixture->arena)};
        const char *stores[5];
        uint32_t seed = round;

        buf_puts(&drawn.text, COMPANY);
        for (size_t i = 0; i < COUNT(stores); i++) {
            stores[i] = another_name(fixture, &seed, stores, i);
            draw_store(fixture, &drawn, stores[i], &seed);
        }
        put_file(fixture, "dsc.yaml", "language: 1\n", strlen("language: 1\n"));
        put_file(fixture, "m.yaml", drawn.text.data, drawn.text.len);
        lint_folder(fixture);
        if (!!strstr(fixture->found.data, "name-collision") != drawn.doubled)
            fail_msg("%s\n%s", drawn.text.data, fixture->found.data);
        together += drawn.doubled;
        apart += !drawn.doubled;
        buf_free(&drawn.text);
    }
    assert_true(together > 10 && apart > 10);
}

/* ---- cron ---- */

static void test_cron(void **state)
{
    static const struct {
        const char *text;
        int64_t gap; /* -1: it cannot be read */
    } cases[] = {
        {"* * * * *", 60},
        {"*/5 * * * *", 300},
        {"0/15 * * * *", 900},
        {"5-20/5,50 * * * *", 1800},
        {"0 2 * * *", 86400},
        {" 0\t2  * * * ", 86400},
        {"0 9-17 * * mon-fri", 64 * 3600},
        {"0 0 1,15 jan,JUL *", 170 * 86400},
        {"0 0 13 * fri", 7 * 86400},
        {"0 0 29 2 *", 1461 * 86400},
        {"0 0 30 2 *", 0},
        {"@daily", 86400},
        {"@hourly", 3600},
        {"@often", -1},
        {"", -1},
        {"0 0 * *", -1},
        {"0 0 * * * *", -1},
        {"60 * * * *", -1},
        {"*/0 * * * *", -1},
        {"*/90 * * * *", -1},
        {"1-0 * * * *", -1},
        {"1--2 * * * *", -1},
        {"1, * * * *", -1},
        {"1/ * * * *", -1},
        {"0 0 0 * *", -1},
        {"0 0 * 13 *", -1},
        {"0 0 * * 7", -1},
        {"0 0 * foo *", -1},
        {"0 0 * * monday", -1},
        {"999999999999999999999 * * * *", -1},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cron cron;
        const char *why = cron_parse(fixture->arena, cases[i].text, &cron);

        if ((cases[i].gap < 0) != !!why || (!why && cron_longest_gap(&cron) != cases[i].gap))
            fail_msg("`%s`: %s, %lld", cases[i].text, why ? why : "fine",
                     why ? 0LL : (long long)cron_longest_gap(&cron));
    }
}

/* The whole starter model, and one file of it in other bytes. */
static void put_starter(struct fixture *fixture, const char *name, const char *bytes, size_t size)
{
    static const char folder[] = "models/starter/";
    static const char *const files[] = {"dsc.yaml",       "clicks.yaml", "company.yaml",
                                        "platforms.yaml", "rates.yaml",  "reporting.yaml",
                                        "shop.yaml"};

    for (size_t i = 0; i < COUNT(files); i++) {
        const struct embedded *file =
            embedded_find(arena_printf(fixture->arena, "%s%s", folder, files[i]));

        assert_non_null(file);
        put_file(fixture, files[i], file->text, file->size);
    }
    put_file(fixture, name, bytes, size);
}

static void test_a_file_that_is_refused_is_one_finding(void **state)
{
    static const char *const files[] = {"clicks.yaml", "company.yaml",   "platforms.yaml",
                                        "rates.yaml",  "reporting.yaml", "shop.yaml"};
    static const struct {
        const char *before, *after, *rule;
        size_t length; /* of after */
        bool filled;   /* with a line that is too long */
    } cases[] = {
        {"\xef\xbb\xbf", "", "yaml-encoding", 0, false},
        {"", "# \r\n", "yaml-encoding", 4, false},
        {"", "# \xff\n", "yaml-encoding", 4, false},
        {"", "# \0\n", "yaml-encoding", 4, false},
        {"", "# ", "yaml-limit", 2, true},
    };
    struct fixture *fixture = *state;
    struct buf bytes = {0};

    for (size_t i = 0; i < COUNT(files) * COUNT(cases); i++) {
        const char *name = files[i / COUNT(cases)];
        const struct embedded *file =
            embedded_find(arena_printf(fixture->arena, "models/starter/%s", name));

        buf_clear(&bytes);
        buf_puts(&bytes, cases[i % COUNT(cases)].before);
        buf_put(&bytes, file->text, file->size);
        buf_put(&bytes, cases[i % COUNT(cases)].after, cases[i % COUNT(cases)].length);
        for (size_t k = 0; cases[i % COUNT(cases)].filled && k <= YAML_MAX_LINE; k++)
            buf_putc(&bytes, 'x');
        put_starter(fixture, name, bytes.data, bytes.len);
        lint_folder(fixture);
        if (fixture->diags.all.n != 1)
            fail_msg("%s, case %zu: %s", name, i % COUNT(cases), fixture->found.data);
        assert_string_equal(fixture->diags.all.v[0]->rule, cases[i % COUNT(cases)].rule);
    }
    buf_free(&bytes);
}

static void test_patterns_without_a_file_are_the_finding(void **state)
{
    static const char config[] = "language: 1\ninclude: [nowhere/**]\n";
    struct fixture *fixture = *state;

    put_starter(fixture, "dsc.yaml", config, strlen(config));
    lint_folder(fixture);
    assert_int_equal(fixture->diags.all.n, 1);
    assert_string_equal(fixture->diags.all.v[0]->text,
                        "no file matches `include`, so the model is empty");
}

static void test_a_misspelt_key_is_one_finding(void **state)
{
    static const struct {
        const char *file, *key, *typo;
    } cases[] = {
        {"shop.yaml", "\ndatasets:", "\ndatasts:"},
        {"shop.yaml", "\ncapture:", "\ncaptur:"},
        {"shop.yaml", "\nname:", "\nnmae:"},
        {"platforms.yaml", "\nname:", "\nnmae:"},
        {"platforms.yaml", "\nkafka:", "\nkafca:"},
        {"company.yaml", "\nteams:", "\nteems:"},
        {"company.yaml", "\nlocations:", "\nlocatons:"},
        {"company.yaml", "\nzones:", "\nzoned:"},
        {"reporting.yaml", "\ngroups:", "\ngropus:"},
        {"shop.yaml", "kind: Datastore", "kind: Datastoer"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct embedded *file =
            embedded_find(arena_printf(fixture->arena, "models/starter/%s", cases[i].file));
        const char *at = strstr(file->text, cases[i].key);

        assert_non_null(at);
        const char *text = arena_printf(fixture->arena, "%.*s%s%s", (int)(at - file->text),
                                        file->text, cases[i].typo, at + strlen(cases[i].key));
        put_starter(fixture, cases[i].file, text, strlen(text));
        lint_folder(fixture);
        if (fixture->diags.all.n != 1)
            fail_msg("%s: %s", cases[i].typo, fixture->found.data);
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_begin, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(test_rows_are_complete),
        TEST(test_every_reference_to_a_credential_has_its_types),
        TEST(test_every_rule_has_its_examples),
        TEST(test_every_example_has_its_rule),
        TEST(test_cases),
        TEST(test_severities_of_the_configuration),
        TEST(test_suppressions),
        TEST(test_suppressions_wait_for_what_can_be_read),
        TEST(test_prerequisites_silence_their_dependents_only),
        TEST(test_an_empty_folder_is_no_crash),
        TEST(test_collisions),
        TEST(test_collisions_are_found_whatever_the_names),
        TEST(test_cron),
        TEST(test_a_file_that_is_refused_is_one_finding),
        TEST(test_a_misspelt_key_is_one_finding),
        TEST(test_patterns_without_a_file_are_the_finding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
