/* model: loading, mistakes with their places, references, what is derived, the hash. */
#include "dsc/model.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char folder[32];

    struct arena *arena;

    struct diags diags;

    struct model model;
};

static int fixture_begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    strcpy(fixture->folder, "/tmp/dsc-model-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->arena = arena_new();
    diags_init(&fixture->diags, fixture->arena);
    *state = fixture;
    return 0;
}

static int fixture_end(void **state)
{
    struct fixture *fixture = *state;

    assert_true(dir_remove(fixture->folder));
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void put_file(struct fixture *fixture, const char *name, const char *text)
{
    const char *path = arena_printf(fixture->arena, "%s/%s", fixture->folder, name);

    assert_true(dir_make(arena_strndup(fixture->arena, path, (size_t)(strrchr(path, '/') - path))));
    assert_true(file_write(path, text, strlen(text)));
}

/* A store of one dataset, in which the text of `columns` stands where its columns do. */
#define STORE(columns)                                                                             \
    "kind: Zone\nname: z\nteams: {t: x}\n---\n"                                                    \
    "kind: Credential\nname: k\ntype: user_password\n---\n"                                        \
    "kind: Container\nname: c\ntype: postgres\nhost: h\n---\n"                                     \
    "kind: Datastore\nname: s\nteam: z/t\n"                                                        \
    "capture: {cdc: {container: c, credential: k}}\n"                                              \
    "datasets:\n  d:\n    columns:\n" columns

static void load(struct fixture *fixture)
{
    const char *config = arena_printf(fixture->arena, "%s/dsc.yaml", fixture->folder);

    if (!file_exists(config))
        put_file(fixture, "dsc.yaml", "language: 1\n");
    assert_true(model_load(&fixture->model, fixture->folder, fixture->arena, &fixture->diags));
    diags_sort(&fixture->diags);
}

/* All that was found, as lines "file:line:col+len rule"; with `texts` also the text and hint. */
static const char *findings(struct fixture *fixture, bool texts)
{
    const char *all = "";

    for (size_t i = 0; i < fixture->diags.all.n; i++) {
        const struct diag *diag = fixture->diags.all.v[i];
        const char *path = diags_path(&fixture->diags, diag->span);

        if (strncmp(path, fixture->folder, strlen(fixture->folder)) == 0)
            path += strlen(fixture->folder) + 1;
        all = arena_printf(fixture->arena, "%s%s:%u:%u+%u %s\n", all, path, diag->span.line,
                           diag->span.col, diag->span.len, diag->rule);
        if (texts)
            all = arena_printf(fixture->arena, "%s  %s\n  %s\n", all, diag->text,
                               diag->hint ? diag->hint : "-");
    }
    return all;
}

/* Compares what was found with lines "file:line:col+len rule". */
static void expect(struct fixture *fixture, const char *expected)
{
    const char *found = findings(fixture, false);

    if (strcmp(found, expected) != 0)
        fputs(findings(fixture, true), stderr);
    assert_string_equal(found, expected);
}

/* Loads `text` as m and compares. */
static void expect_in(struct fixture *fixture, const char *text, const char *expected)
{
    put_file(fixture, "m.yaml", text);
    load(fixture);
    expect(fixture, expected);
}

/* The hint of what was found `i`th. */
static void expect_hint(struct fixture *fixture, size_t i, const char *hint)
{
    assert_true(i < fixture->diags.all.n);
    assert_non_null(fixture->diags.all.v[i]->hint);
    assert_string_equal(fixture->diags.all.v[i]->hint, hint);
}

static void expect_text(struct fixture *fixture, size_t i, const char *text)
{
    assert_true(i < fixture->diags.all.n);
    assert_string_equal(fixture->diags.all.v[i]->text, text);
}

static void the_documented_model_loads(void **state)
{
    struct fixture *fixture = *state;
    const char *root = arena_printf(fixture->arena, "%s/tests/fixtures/language",
                                    getenv("DSC_SOURCE") ? getenv("DSC_SOURCE") : ".");
    struct model *model = &fixture->model;

    assert_true(model_load(model, root, fixture->arena, &fixture->diags));
    expect(fixture, "");
    assert_int_equal(model->all.datastores.n, 1);
    const struct datastore *crm = model->all.datastores.v[0];
    assert_string_equal(crm->name.s, "crm");
    assert_true(crm->production.on);
    assert_string_equal(crm->team.to->owner.v[0].s, "github:acme/crm@main");
    assert_int_equal(crm->datasets.n, 2);
    const struct dataset *lines = crm->datasets.v[1];
    assert_string_equal(lines->key.v[0]->name.s, "order_id");
    assert_string_equal(lines->key.v[1]->name.s, "line_no");
    assert_true(lines->key.v[0]->not_null.on);
    assert_int_equal(crm->datasets.v[0]->columns.v[2]->type.is->id, TYPE_DECIMAL);
    assert_int_equal(crm->datasets.v[0]->columns.v[2]->type.is->b, 4);
    assert_int_equal(crm->source.kind, CAPTURE_CDC);
    assert_true(crm->source.transactional);

    const struct platform *dev = model->all.platforms.v[0];
    struct source bound = model_source(model, crm, dev);
    assert_string_equal(bound.container->name.s, "crm_db_dev");
    assert_string_equal(bound.credential->name.s, "crm_reader_dev");
    assert_string_equal(bound.schema, "sales");
    assert_ptr_equal(model_source(model, crm, model->all.platforms.v[1]).container,
                     crm->source.container);

    const struct group *current = model->all.workspaces.v[0]->groups.v[1];
    assert_string_equal(current->name.s, "current");
    assert_int_equal(current->platforms.n, 1);
    assert_string_equal(current->platforms.v[0]->name.s, "starter");
    assert_int_equal(current->needs->latency.n, 300);
    assert_ptr_equal(current->datasets.v[0]->dataset.to, crm->datasets.v[0]);
    assert_int_equal(model->all.platforms.v[1]->milestoning.set,
                     1u << MILESTONING_LIVE | 1u << MILESTONING_HISTORY);

    const struct vendor *vendor = model->all.vendors.v[0];
    assert_int_equal(vendor->locations.n, 3);
    assert_string_equal(vendor->locations.v[0]->name.s, "acme_dc/usa");
    assert_string_equal(vendor->locations.v[1]->name.s, "acme_dc/usa/nj_1");
    assert_ptr_equal(
        model_find(model, &kind_location, NULL, intern(model->strings, "acme_dc/usa/nj_1")),
        vendor->locations.v[1]);
    assert_ptr_equal(model_find(model, &kind_dataset, crm, intern(model->strings, "order_line")),
                     lines);
}

static void values_are_checked_where_they_stand(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "kind: Credential\n"
              "name: a-b\n"
              "type: user_pasword\n"
              "tipe: x\n"
              "---\n"
              "kind: Container\n"
              "name: c\n"
              "type: postgres\n"
              "port: 0x10\n"
              "production: yes\n"
              "cidr: {a: b}\n"
              "locations: [a/b, {c: d}]\n"
              "---\n"
              "kind: DataPlatform\n"
              "name: p\n"
              "type: KubernetesPGStarter\n"
              "namespace: n\n"
              "metrics_retention: 3 days\n"
              "milestoning: [live, hystory]\n"
              "postgres: {storage: 10 GB, credential: }\n"
              "airflow: [1]\n"
              "images: {dsc: d, airflow: a}\n"
              "---\n"
              "- a\n",
              "m.yaml:2:7+3 name-syntax\n"
              "m.yaml:3:7+12 unknown-word\n"
              "m.yaml:4:1+4 unknown-key\n"
              "m.yaml:7:7+1 missing-key\n"
              "m.yaml:9:7+4 bad-number\n"
              "m.yaml:10:13+3 wrong-type\n"
              "m.yaml:11:7+1 wrong-type\n"
              "m.yaml:12:18+1 wrong-type\n"
              "m.yaml:18:20+6 bad-duration\n"
              "m.yaml:19:21+7 unknown-word\n"
              "m.yaml:20:21+5 bad-quantity\n"
              "m.yaml:20:28+10 missing-key\n"
              "m.yaml:21:10+1 wrong-type\n"
              "m.yaml:24:1+1 wrong-type\n");
    expect_hint(fixture, 1, "did you mean `user_password`?");
    expect_hint(fixture, 2, "did you mean `type`?");
    expect_hint(fixture, 5, "write true");
    expect_text(fixture, 7, "`locations`: expected a list of names, found a mapping");
    expect_hint(fixture, 9, "did you mean `history`?");
}

static void kinds_are_needed_and_known(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "kind: Credentail\n"
              "name: k\n"
              "---\n"
              "name: nothing\n"
              "---\n"
              "kind: [Vendor]\n"
              "---\n"
              "just text\n",
              "m.yaml:1:7+10 unknown-kind\n"
              "m.yaml:4:1+1 unknown-kind\n"
              "m.yaml:6:7+1 unknown-kind\n"
              "m.yaml:8:1+9 wrong-type\n");
    expect_hint(fixture, 0, "did you mean `Credential`?");
}

static void numbers_are_decimal_and_whole(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-7", true, -7},
        {"'5432'", true, 5432},
        {"9223372036854775807", true, INT64_MAX},
        {"9223372036854775808", false, 0},
        {"007", false, 0},
        {"+1", false, 0},
        {"1_000", false, 0},
        {"1e3", false, 0},
        {"1.0", false, 0},
        {"''", false, 0},
        {"-", false, 0},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture *fixture = *state;

        diags_init(&fixture->diags, fixture->arena);
        put_file(fixture, "m.yaml",
                 arena_printf(fixture->arena,
                              "{kind: Container, name: c, type: kafka, host: h, port: %s}",
                              cases[i].text));
        load(fixture);
        expect(fixture, cases[i].good ? ""
                                      : arena_printf(fixture->arena, "m.yaml:1:56+%zu bad-number\n",
                                                     strlen(cases[i].text)));
        const struct number *port = &fixture->model.all.containers.v[0]->port;
        assert_int_equal(port->n, cases[i].value);
        assert_true(port->set == cases[i].good);
    }
}

static void durations_have_a_unit(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds; /* -1: refused */
    } cases[] = {
        {"0s", 0},
        {"90s", 90},
        {"5m", 300},
        {"4h", 4 * 3600},
        {"30d", 30 * 86400},
        {"12w", 84 * 86400},
        {"5y", 5LL * 365 * 86400},
        {"5", -1},
        {"m", -1},
        {"1h30m", -1},
        {"5 m", -1},
        {"05m", -1},
        {"-5m", -1},
        {"1.5h", -1},
        {"5M", -1},
        {"292471208678y", -1},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture *fixture = *state;

        diags_init(&fixture->diags, fixture->arena);
        put_file(fixture, "m.yaml",
                 arena_printf(fixture->arena,
                              "kind: Workspace\nname: w\nteam: z/t\ngroups: {g: {datasets: [], "
                              "needs: {latency: %s}}}\n"
                              "---\n{kind: Zone, name: z, teams: {t: x}}\n",
                              cases[i].text));
        load(fixture);
        expect(fixture, cases[i].seconds >= 0
                            ? ""
                            : arena_printf(fixture->arena, "m.yaml:4:45+%zu bad-duration\n",
                                           strlen(cases[i].text)));
        const struct needs *needs = fixture->model.all.workspaces.v[0]->groups.v[0]->needs;
        /* What is wrong leaves the fallback. */
        assert_int_equal(needs->latency.n, cases[i].seconds < 0 ? 3600 : cases[i].seconds);
        assert_int_equal(needs->latency.at.file != 0, cases[i].seconds >= 0);
    }
}

static void quantities_are_those_of_kubernetes(void **state)
{
    static const char *const good[] = {"500m", "2",   "0.5", ".5", "5.",   "100Gi",
                                       "1k",   "1e3", "1E6", "1E", "2e-3", "7Ei"};
    static const char *const bad[] = {"Gi", "-1", "10GB", "1 Gi", "1gi", "1e", "1.2.3", "0x1", "."};

    for (size_t i = 0; i < COUNT(good) + COUNT(bad); i++) {
        struct fixture *fixture = *state;
        bool fine = i < COUNT(good);

        diags_init(&fixture->diags, fixture->arena);
        put_file(
            fixture, "m.yaml",
            arena_printf(fixture->arena,
                         "kind: DataPlatform\nname: p\ntype: KubernetesPGStarter\nnamespace: n\n"
                         "postgres: {credential: k}\nairflow: {credential: k}\n"
                         "images: {dsc: d, airflow: a}\nbackup: {storage: '%s'}\n"
                         "---\n{kind: Credential, name: k, type: user_password}\n",
                         fine ? good[i] : bad[i - COUNT(good)]));
        load(fixture);
        assert_int_equal(fixture->diags.all.n, !fine);
        if (!fine)
            assert_string_equal(fixture->diags.all.v[0]->rule, "bad-quantity");
    }
}

static void names_stay_what_was_written(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "kind: Zone\nname: no\nteams: {on: x, null: [y], _1e3: z}\n"
              "---\n"
              "{kind: Credential, name: off, type: user_password, team: no/on}\n"
              "---\n"
              "{kind: Container, name: y, type: postgres, host: 0123}\n"
              "---\n"
              "kind: Datastore\nname: true\nteam: no/null\n"
              "capture: {cdc: {container: y, credential: off}}\n"
              "datasets:\n"
              "  null:\n"
              "    columns: {Order Status: text, naïve ☃: int, no: int, ~: int, '': int}\n",
              "m.yaml:15:69+2 yaml-key\n");
    const struct datastore *store = fixture->model.all.datastores.v[0];
    assert_string_equal(store->name.s, "true");
    assert_string_equal(store->team.to->name.s, "null");
    assert_string_equal(store->source.container->host.s, "0123");
    const struct dataset *dataset = store->datasets.v[0];
    assert_string_equal(dataset->name.s, "null");
    assert_string_equal(dataset->columns.v[0]->name.s, "Order Status");
    assert_string_equal(dataset->columns.v[1]->name.s, "naïve ☃");
    assert_string_equal(dataset->columns.v[2]->name.s, "no");
    assert_string_equal(dataset->columns.v[3]->name.s, "~");
}

static void what_is_empty_is_not_given(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "kind: Container\nname: c\ntype: kafka\nhost: h\nport:\ntls: ~\nlocations: null\n"
              "doc: ''\n"
              "---\n"
              "kind: Zone\nname: z\nteams:\n  t:\n"
              "---\n"
              "kind: Datastore\nname: s\nteam:\ncapture:\ndatasets:\n  d:\n",
              "m.yaml:13:3+1 missing-key\n"
              "m.yaml:17:1+4 missing-key\n"
              "m.yaml:18:1+7 missing-key\n"
              "m.yaml:20:3+1 missing-key\n");
    const struct container *container = fixture->model.all.containers.v[0];
    assert_false(container->port.set);
    assert_int_equal(container->tls.is, TLS_PREFER);
    assert_int_equal(container->tls.at.file, 0);
    assert_string_equal(container->doc.s, "");
    assert_null(container->ca.name);
}

static void columns_are_written_as_in_sql(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              STORE("      a: BIGINT Primary  Key\n"
                    "      b: 'varchar(20) NOT NULL default ''a  not null'' || chr(1, 2)'\n"
                    "      c: numeric(18, 4) default null not null\n"
                    "      d: timestamp (3) with time zone null\n"
                    "      e: {type: text, not_null: true, default: null}\n"
                    "      f: {type: text, default: 'null'}\n"
                    "      g: bigint default nextval('s') primary key\n"),
              "");
    const struct dataset *dataset = fixture->model.all.datastores.v[0]->datasets.v[0];
    struct column *const *v = dataset->columns.v;
    assert_true(v[0]->primary_key.on && v[0]->not_null.on);
    assert_int_equal(v[0]->primary_key.at.col, 17);
    assert_int_equal(v[0]->primary_key.at.len, 12);
    assert_int_equal(v[0]->not_null.at.file, 0);
    assert_int_equal(v[1]->type.is->a, 20);
    assert_true(v[1]->not_null.on);
    assert_string_equal(v[1]->fallback.s, "'a  not null' || chr(1, 2)");
    assert_int_equal(v[2]->type.is->b, 4);
    assert_int_equal(v[2]->type.at.col, 10);
    assert_int_equal(v[2]->type.at.len, 14);
    assert_string_equal(v[2]->fallback.s, "null");
    assert_true(v[2]->not_null.on);
    assert_int_equal(v[3]->type.is->id, TYPE_TIMESTAMPTZ);
    assert_false(v[3]->not_null.on);
    assert_int_equal(v[3]->not_null.at.col, 39);
    assert_null(v[4]->fallback.s);
    assert_string_equal(v[5]->fallback.s, "null");
    assert_string_equal(v[6]->fallback.s, "nextval('s')");
    assert_int_equal(dataset->key.n, 2);
    assert_ptr_equal(dataset->key.v[1], v[6]);
}

static void mistakes_in_a_columns_line_are_at_their_part(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              STORE("      a: bigin not null\n"
                    "      b: \"varchar(0) not null\"\n"
                    "      c: bigint unique\n"
                    "      d: bigint not null uniqe key\n"
                    "      e: not null\n"
                    "      f: int null primary key\n"
                    "      g: int not null null\n"
                    "      h: int default\n"
                    "      i: [int]\n"
                    "      j: {type: int, nul: true, name: x}\n"
                    "      k: {not_null: true}\n"
                    "      l: {type: bigint not null}\n"
                    "      m: >-\n        int\n        primary\n        kee\n"
                    "      n: {type: map<text, bigin>}\n"),
              "m.yaml:21:10+5 unknown-type\n"
              "m.yaml:22:19+1 type-parameter\n"
              "m.yaml:23:17+6 unknown-type\n"
              "m.yaml:24:26+9 column-syntax\n"
              "m.yaml:25:7+1 missing-key\n"
              "m.yaml:26:14+4 column-syntax\n"
              "m.yaml:27:23+4 column-syntax\n"
              "m.yaml:28:14+7 column-syntax\n"
              "m.yaml:29:10+1 wrong-type\n"
              "m.yaml:30:22+3 unknown-key\n"
              "m.yaml:30:33+4 unknown-key\n"
              "m.yaml:31:7+1 missing-key\n"
              "m.yaml:32:24+3 unknown-type\n"
              "m.yaml:33:10+1 unknown-type\n"
              "m.yaml:37:17+16 unknown-type\n"
              "m.yaml:37:17+16 yaml-flow-comma\n");
    expect_hint(fixture, 0, "did you mean `bigint`?");
}

static void a_line_with_a_mistake_is_told_each_time(void **state)
{
    expect_in(*state, STORE("      a: int default\n      b: int default\n"),
              "m.yaml:21:14+7 column-syntax\n"
              "m.yaml:22:14+7 column-syntax\n");
}

static void names_are_given_once(void **state)
{
    struct fixture *fixture = *state;

    put_file(fixture, "b/z.yml", "kind: Credential\nname: k\ntype: api_token\n");
    expect_in(fixture,
              "kind: Credential\nname: k\ntype: user_password\n"
              "---\n"
              "kind: Vendor\nname: v\nprovider: aws\nlocations: {a: [b, c, b]}\n"
              "---\n"
              "kind: Vendor\nname: v\nprovider: gcp\nlocations: {a: [b]}\n"
              "---\n"
              "kind: Container\nname: k\ntype: postgres\nhost: h\n",
              "m.yaml:2:7+1 duplicate-name\n"
              "m.yaml:8:23+1 duplicate-name\n"
              "m.yaml:11:7+1 duplicate-name\n");
    const struct diag *diag = fixture->diags.all.v[0];
    assert_int_equal(diag->related.n, 1);
    assert_true(strstr(diags_path(&fixture->diags, diag->related.v[0].span), "/b/z.yml") != NULL);
    assert_int_equal(diag->related.v[0].span.line, 2);
    assert_int_equal(fixture->model.all.credentials.n, 1);
    assert_int_equal(fixture->model.all.credentials.v[0]->type.is, CREDENTIAL_API_TOKEN);
    assert_int_equal(fixture->model.all.vendors.n, 1);
}

static void a_store_is_bound_once_per_platform(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              STORE("      a: int primary key\n") "---\n"
                                                  "kind: DataPlatform\nname: p\ntype: "
                                                  "KubernetesPGStarter\nnamespace: n\n"
                                                  "postgres: {credential: k}\nairflow: "
                                                  "{credential: k}\nimages: {dsc: d, airflow: a}\n"
                                                  "---\n"
                                                  "{kind: Binding, platform: p, datastore: s, "
                                                  "container: c}\n"
                                                  "---\n"
                                                  "{kind: Binding, platform: p, datastore: s, "
                                                  "container: c, credential: k}\n",
              "m.yaml:33:8+7 duplicate-name\n");
    assert_int_equal(fixture->diags.all.v[0]->related.v[0].span.line, 31);
}

static void captures_are_of_one_kind(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "kind: Zone\nname: z\nteams: {t: x}\n---\n"
              "kind: Credential\nname: k\ntype: user_password\n---\n"
              "kind: Container\nname: c\ntype: postgres\nhost: h\n---\n"
              "kind: Datastore\nname: s1\nteam: z/t\ndatasets: {}\ncapture: {}\n---\n"
              "kind: Datastore\nname: s2\nteam: z/t\ndatasets: {}\ncapture:\n"
              "  cdc: {container: c, credential: k}\n"
              "  sql_snapshot: {container: c, credential: k}\n---\n"
              "kind: Datastore\nname: s3\nteam: z/t\ndatasets: {}\ncapture: {cdcc: {}}\n---\n"
              "kind: Datastore\nname: s4\nteam: z/t\ndatasets: {}\n"
              "capture: {kafka: {container: c, topics: {}, transactional: true, incarnation: 3}}\n",
              "m.yaml:18:1+7 capture-kind\n"
              "m.yaml:26:3+12 capture-kind\n"
              "m.yaml:32:11+4 unknown-key\n");
    assert_int_equal(fixture->model.all.datastores.v[0]->source.kind, CAPTURE_NONE);
    const struct source *kafka = &fixture->model.all.datastores.v[3]->source;
    assert_int_equal(kafka->kind, CAPTURE_KAFKA);
    assert_true(kafka->transactional);
    assert_int_equal(kafka->incarnation, 3);
    assert_int_equal(kafka->partitions, 1);
    assert_string_equal(kafka->schema, "public");
    assert_null(kafka->credential);
}

static void references_say_what_they_miss(void **state)
{
    struct fixture *fixture = *state;

    expect_in(
        fixture,
        STORE(
            "      a: int primary key\n") "---\n"
                                          "{kind: Credential, name: k1, type: api_token, team: "
                                          "z/tt}\n"
                                          "---\n"
                                          "{kind: Credential, name: k2, type: api_token, team: "
                                          "zz/t}\n"
                                          "---\n"
                                          "{kind: Credential, name: k3, type: api_token, team: t}\n"
                                          "---\n"
                                          "{kind: Credential, name: k4, type: api_token, team: "
                                          "nobody}\n"
                                          "---\n"
                                          "{kind: Container, name: cc, type: kafka, host: h, ca: "
                                          "c, locations: [v/a, v]}\n"
                                          "---\n"
                                          "{kind: Vendor, name: v, provider: aws, locations: {ab: "
                                          "{}}}\n"
                                          "---\n"
                                          "{kind: Workspace, name: w, team: z/t, groups: {g: "
                                          "{datasets: [s.d, s.e, d, x.d]}}}\n"
                                          "---\n"
                                          "{kind: Team, zone: z, name: tt}\n"
                                          "---\n"
                                          "{kind: Team, zone: nope, name: t}\n",
        "m.yaml:23:53+4 unknown-reference\n"
        "m.yaml:25:53+4 unknown-reference\n"
        "m.yaml:27:53+1 unknown-reference\n"
        "m.yaml:29:53+6 unknown-reference\n"
        "m.yaml:31:55+1 unknown-reference\n"
        "m.yaml:31:70+3 unknown-reference\n"
        "m.yaml:31:75+1 unknown-reference\n"
        "m.yaml:35:68+3 unknown-reference\n"
        "m.yaml:35:73+1 unknown-reference\n"
        "m.yaml:35:76+3 unknown-reference\n"
        "m.yaml:37:29+2 unknown-reference\n"
        "m.yaml:39:20+4 unknown-reference\n");
    expect_text(fixture, 0, "zone `z` has no team `tt`");
    expect_text(fixture, 1, "no zone is named `zz`");
    expect_text(fixture, 2, "`t` does not say of which zone this team is");
    expect_hint(fixture, 2, "did you mean `z/t`?");
    expect_hint(fixture, 3, "write zone/NAME");
    expect_text(fixture, 4, "`c` is a container, not a credential");
    expect_hint(fixture, 5, "did you mean `v/ab`?");
    expect_text(fixture, 6, "`v` is a vendor, not a location");
    expect_hint(fixture, 8, "did you mean `s.d`?");
}

static void near_names_are_suggested_whole(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "{kind: Zone, name: usa, teams: {analytics: x}}\n"
              "---\n"
              "{kind: Credential, name: crm_reader, type: api_token, team: usa/analitics}\n"
              "---\n"
              "{kind: Container, name: c, type: kafka, host: h, ca: crm_raeder, team: uas/x}\n"
              "---\n"
              "{kind: Team, zone: usa, name: analitics}\n",
              "m.yaml:3:61+13 unknown-reference\n"
              "m.yaml:5:54+10 unknown-reference\n"
              "m.yaml:5:72+5 unknown-reference\n"
              "m.yaml:7:31+9 unknown-reference\n");
    expect_hint(fixture, 0, "did you mean `usa/analytics`?");
    expect_hint(fixture, 1, "did you mean `crm_reader`?");
    expect_hint(fixture, 2, "did you mean `usa/x`?");
    expect_hint(fixture, 3, "did you mean `analytics`?");
}

static void keys_name_columns(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              STORE("      order id: int\n      b: int primary key\n      c: int\n"
                    "    primary_key: [c, order_id, order id]\n"),
              "m.yaml:24:22+8 unknown-reference\n");
    expect_hint(fixture, 0, "did you mean `order id`?");
    const struct dataset *dataset = fixture->model.all.datastores.v[0]->datasets.v[0];
    assert_int_equal(dataset->key.n, 2);
    assert_string_equal(dataset->key.v[0]->name.s, "c");
    assert_true(dataset->key.v[0]->not_null.on);
    assert_true(dataset->head.broken);
}

static void what_cannot_be_read_is_told_once(void **state)
{
    struct fixture *fixture = *state;

    put_file(fixture, "broken.yaml",
             "kind: Credential\nname: lost\n  type: user_password\n"
             "---\n"
             "kind: Zone\nname: z\nteams: {gone: [}\n");
    expect_in(fixture,
              "{kind: Container, name: c, type: kafka, host: h, ca: lost, team: z/gone}\n"
              "---\n"
              "{kind: Crednetial, name: unread, type: api_token}\n"
              "---\n"
              "{kind: Container, name: cc, type: kafka, host: h, ca: unread}\n"
              "---\n"
              "{kind: Credential, name: half, type: nonsense}\n"
              "---\n"
              "{kind: Credential, name: not-a-name, type: api_token}\n"
              "---\n"
              "{kind: Credential, type: api_token}\n"
              "---\n"
              "{kind: Container, name: ccc, type: kafka, host: h, ca: half}\n"
              "---\n"
              "{kind: Container, name: cccc, type: kafka, host: h, ca: not-a-name}\n"
              "---\n"
              "{kind: Container, name: ccccc, type: kafka, host: h, ca: really_not}\n",
              "broken.yaml:3:7+1 yaml-syntax\n"
              "broken.yaml:7:16+1 yaml-syntax\n"
              "m.yaml:3:8+10 unknown-kind\n"
              "m.yaml:7:38+8 unknown-word\n"
              "m.yaml:9:26+10 name-syntax\n"
              "m.yaml:11:8+10 missing-key\n"
              "m.yaml:17:58+10 unknown-reference\n");
    assert_int_equal(fixture->model.all.credentials.n,
                     2); /* the one without a name is in no list */
    assert_true(fixture->model.all.credentials.v[0]->head.broken);
    assert_string_equal(fixture->model.all.containers.v[2]->ca.to->name.s, "half");
    assert_false(fixture->model.all.containers.v[2]->head.broken);
    assert_true(fixture->model.all.containers.v[4]->head.broken);
}

static void what_is_broken_breaks_what_holds_it(void **state)
{
    struct fixture *fixture = *state;

    put_file(fixture, "m.yaml", STORE("      a: int primary key\n      b: intt\n"));
    load(fixture);
    const struct datastore *store = fixture->model.all.datastores.v[0];
    assert_false(store->datasets.v[0]->columns.v[0]->head.broken);
    assert_true(store->datasets.v[0]->columns.v[1]->head.broken);
    assert_true(store->datasets.v[0]->head.broken);
    assert_true(store->head.broken);
    assert_false(store->capture->head.broken);
}

static void trees_of_names_become_paths(void **state)
{
    static const char *const paths[] = {"v",   "v/a",       "v/a/b",           "v/a/no",
                                        "v/c", "v/c/d",     "v/c/d/us-east-1", "v/c/e",
                                        "v/f", "v/f/single"};
    struct fixture *fixture = *state;

    expect_in(fixture,
              "kind: Vendor\nname: v\nprovider: aws\nlocations:\n"
              "  a: [b, no]\n"
              "  c: {d: [us-east-1], e: }\n"
              "  f: single\n"
              "  g: ['', h/i]\n",
              "m.yaml:8:7+2 name-syntax\n"
              "m.yaml:8:11+3 name-syntax\n");
    const struct vendor *vendor = fixture->model.all.vendors.v[0];
    assert_int_equal(vendor->locations.n, COUNT(paths));
    for (size_t i = 1; i < COUNT(paths); i++)
        assert_string_equal(vendor->locations.v[i - 1]->name.s, paths[i]);
    assert_string_equal(vendor->locations.v[COUNT(paths) - 1]->name.s, "v/g");
    assert_int_equal(vendor->locations.v[5]->head.at.line, 6);
    assert_int_equal(vendor->locations.v[5]->head.at.col, 11);
}

static void suppressions_need_a_reason(void **state)
{
    struct fixture *fixture = *state;

    expect_in(fixture,
              "# dsc: allow some-rule because it is so\n"
              "kind: Container\n"
              "# dsc: allow  other-rule  because  of this\n"
              "name: c\n"
              "type: kafka\n"
              "# dsc: allow some-rule\n"
              "host: h\n"
              "# dsc: allow some-rule because\n"
              "doc: d\n"
              "# dsc: disallow x because y\n"
              "tags: t\n"
              "# dsc: allow BIG because y\n"
              "port: 1\n",
              "m.yaml:6:1+22 bad-suppression\n"
              "m.yaml:8:1+30 bad-suppression\n"
              "m.yaml:10:1+27 bad-suppression\n"
              "m.yaml:12:1+26 bad-suppression\n");
    assert_int_equal(fixture->model.suppressions.n, 2);
    assert_string_equal(fixture->model.suppressions.v[0].rule, "some-rule");
    assert_int_equal(fixture->model.suppressions.v[0].line, 2);
    assert_string_equal(fixture->model.suppressions.v[1].rule, "other-rule");
    assert_int_equal(fixture->model.suppressions.v[1].span.line, 3);
    assert_int_equal(fixture->model.suppressions.v[1].line, 4);
}

/* A credential of the file's own name, so that what was loaded can be seen. */
static void put_credential(struct fixture *fixture, const char *file, const char *name)
{
    put_file(fixture, file,
             arena_printf(fixture->arena, "{kind: Credential, name: %s, type: api_token}\n", name));
}

static void expect_credentials(struct fixture *fixture, const char *expected)
{
    const char *names = "";

    load(fixture);
    expect(fixture, "");
    for (size_t i = 0; i < fixture->model.all.credentials.n; i++)
        names = arena_printf(fixture->arena, "%s%s ", names,
                             fixture->model.all.credentials.v[i]->name.s);
    assert_string_equal(names, expected);
}

static void the_walk_takes_what_is_the_models(void **state)
{
    struct fixture *fixture = *state;
    const char *outside = arena_printf(fixture->arena, "%s/.outside", fixture->folder);

    put_credential(fixture, "a.yaml", "a");
    put_credential(fixture, "deep/er/b.yml", "b");
    put_credential(fixture, "deep/c.yaml.txt", "c");
    put_credential(fixture, "deep/yaml", "d");
    put_credential(fixture, ".hidden.yaml", "e");
    put_credential(fixture, ".git/f.yaml", "f");
    put_credential(fixture, "starter/overlays/g.yaml", "g");
    put_file(fixture, "starter/bootstrap/MANIFEST.json", "{}");
    put_credential(fixture, "starter/bootstrap/h.yaml", "h");
    put_credential(fixture, "deep/dev/pipeline/i.yaml", "i");
    put_file(fixture, "deep/dev/pipeline/MANIFEST.json", "{}");
    put_credential(fixture, "bootstrap/j.yaml", "j");
    put_credential(fixture, ".outside/k.yaml", "k");
    put_credential(fixture, ".outside/l.txt", "l");
    assert_int_equal(symlink(outside, arena_printf(fixture->arena, "%s/linked", fixture->folder)),
                     0);
    assert_int_equal(symlink(arena_printf(fixture->arena, "%s/l.txt", outside),
                             arena_printf(fixture->arena, "%s/linked.yaml", fixture->folder)),
                     0);
    assert_int_equal(symlink(outside, arena_printf(fixture->arena, "%s/o.yaml", fixture->folder)),
                     0);
    put_file(fixture, "empty.yaml", "");
    put_file(fixture, "comment.yaml", "# nothing\n---\n# more nothing\n");
    expect_credentials(fixture, "a b j l ");
}

static void patterns_choose_files(void **state)
{
    static const struct {
        const char *config, *credentials;
    } cases[] = {
        {"", "a b c d "},
        {"include: ['*.yaml']", "a "},
        {"include: [x]", "b c d "},
        {"include: [x/]", "b c d "},
        {"include: ['x/*']", "b c d "},
        {"include: ['x/*.yaml']", "b "},
        {"include: '**/*.yaml'", "a b c d "},
        {"include: '**/y/**'", "c d "},
        {"include: 'x/**/z/d.yaml'", "d "},
        {"include: '**'", "a b c d "},
        {"include: 'x/[a-c].yaml'", "b "},
        {"include: 'x/[!a-c].yaml'", ""},
        {"include: '?.yaml'", "a "},
        {"include: '[a.yaml'", ""},
        {"include: ['a.yaml', 'x/y/?.yaml']", "a c "},
        {"exclude: x/y", "a b "},
        {"exclude: ['**/z']", "a b c "},
        {"include: x\nexclude: 'x/*/c*'", "b d "},
        {"include: '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b'", ""},
    };
    struct fixture *fixture = *state;

    put_credential(fixture, "a.yaml", "a");
    put_credential(fixture, "x/b.yaml", "b");
    put_credential(fixture, "x/y/c.yaml", "c");
    put_credential(fixture, "x/y/z/d.yaml", "d");
    for (size_t i = 0; i < COUNT(cases); i++) {
        put_file(fixture, "dsc.yaml",
                 arena_printf(fixture->arena, "language: 1\n%s\n", cases[i].config));
        expect_credentials(fixture, cases[i].credentials);
    }
}

static void dsc_yaml_must_be_there_and_ours(void **state)
{
    struct fixture *fixture = *state;

    put_credential(fixture, "a.yaml", "bad-name");
    assert_true(model_load(&fixture->model, fixture->folder, fixture->arena, &fixture->diags));
    expect(fixture, ":0:0+0 no-config\n");
    assert_true(fixture->model.config->head.broken);

    diags_init(&fixture->diags, fixture->arena);
    put_file(fixture, "dsc.yaml", "language: 2\nseverities: {some-rule: off}\n");
    load(fixture);
    expect(fixture, "dsc.yaml:1:11+1 language-version\n");
    assert_string_equal(fixture->model.config->severities.v[0]->name.s, "some-rule");
    assert_string_equal(fixture->model.config->severities.v[0]->value.s, "off");

    diags_init(&fixture->diags, fixture->arena);
    put_file(fixture, "dsc.yaml", "");
    load(fixture);
    expect(fixture, "dsc.yaml:1:1+1 missing-key\n");

    diags_init(&fixture->diags, fixture->arena);
    put_file(fixture, "dsc.yaml", "- a\n---\nlanguage: 1\n---\nlanguage: 1\n");
    load(fixture);
    expect(fixture, "a.yaml:1:26+8 name-syntax\n"
                    "dsc.yaml:1:1+1 wrong-type\n"
                    "dsc.yaml:5:1+1 wrong-type\n");

    diags_init(&fixture->diags, fixture->arena);
    put_file(fixture, "dsc.yaml", "includ: x\n");
    load(fixture);
    expect(fixture, "a.yaml:1:26+8 name-syntax\n"
                    "dsc.yaml:1:1+1 missing-key\n"
                    "dsc.yaml:1:1+6 unknown-key\n");
}

static void what_cannot_be_opened_is_a_failure(void **state)
{
    struct fixture *fixture = *state;
    const char *nowhere = arena_printf(fixture->arena, "%s/nowhere", fixture->folder);

    assert_false(model_load(&fixture->model, nowhere, fixture->arena, &fixture->diags));
    put_file(fixture, "dsc.yaml", "language: 1\n");
    assert_int_equal(
        symlink(nowhere, arena_printf(fixture->arena, "%s/dangling.yaml", fixture->folder)), 0);
    assert_false(model_load(&fixture->model, fixture->folder, fixture->arena, &fixture->diags));
    assert_int_equal(fixture->diags.all.n, 0);
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    struct fixture *fixture = *state;

    put_file(fixture, "m.yaml", "");
    assert_int_equal(truncate(arena_printf(fixture->arena, "%s/m.yaml", fixture->folder),
                              1024LL * 1024 * 1024 * 16),
                     0);
    load(fixture);
    expect(fixture, "m.yaml:1:1+1 yaml-limit\n");
}

static void expect_full_name(struct fixture *fixture, const void *entity, const char *expected)
{
    struct buf name = {0};

    model_full_name(&name, entity);
    assert_string_equal(name.data, expected);
    buf_free(&name);
    (void)fixture;
}

static void entities_have_full_names(void **state)
{
    struct fixture *fixture = *state;
    const struct model *model = &fixture->model;

    expect_in(fixture,
              STORE("      a b: int primary key\n") "---\n"
                                                    "{kind: Workspace, name: w, team: z/t, groups: "
                                                    "{g: {datasets: [s.d]}}}\n"
                                                    "---\n"
                                                    "{kind: Assignment, workspace: w, group: g, "
                                                    "platforms: []}\n",
              "");
    const struct datastore *store = model->all.datastores.v[0];
    expect_full_name(fixture, store, "s");
    expect_full_name(fixture, store->capture, "s");
    expect_full_name(fixture, store->datasets.v[0], "s.d");
    expect_full_name(fixture, store->datasets.v[0]->columns.v[0], "s.d.a b");
    expect_full_name(fixture, model->all.workspaces.v[0]->groups.v[0], "w/g");
    expect_full_name(fixture, model->all.assignments.v[0], "w/g");
    expect_full_name(fixture, store->team.to, "z/t");
}

static void the_hash_is_of_what_is_said(void **state)
{
    static const char *const same[] = {
        STORE("      a: int primary key\n"),
        "# a comment\n" STORE("      a: {primary_key: true, type: INTEGER, not_null: true}\n"),
        "{kind: Credential, type: user_password, name: k}\n---\n"
        "{host: h, kind: Container, name: c, type: postgres, tls: prefer}\n---\n"
        "kind: Datastore\nteam: z/t\nname: s\nproduction: false\ndatasets:\n  d:\n    columns:\n"
        "      a: serial primary key\n"
        "capture: {cdc: {credential: k, container: c, schema: public}}\n---\n"
        "{kind: Zone, name: z, teams: {t: [x]}}\n",
    };
    static const char *const others[] = {
        STORE("      a: int not null\n"),
        STORE("      b: int primary key\n"),
        STORE("      a: bigint primary key\n"),
        STORE("      a: int primary key default 0\n"),
        STORE("      a: int primary key\n    table: d\n"),
    };
    struct fixture *fixture = *state;
    char hash[SHA256_HEX], first[SHA256_HEX];

    for (size_t i = 0; i < COUNT(same) + COUNT(others); i++) {
        put_file(fixture, "m.yaml", i < COUNT(same) ? same[i] : others[i - COUNT(same)]);
        load(fixture);
        expect(fixture, "");
        model_hash(&fixture->model, hash);
        if (i == 0)
            strcpy(first, hash);
        assert_true((strcmp(hash, first) == 0) == (i < COUNT(same)));
    }
}

static void groups_know_their_platforms(void **state)
{
#define PLATFORM(name)                                                                             \
    "---\n{kind: DataPlatform, name: " name                                                        \
    ", type: KubernetesPGStarter, namespace: n, postgres: "                                        \
    "{credential: k}, airflow: {credential: k}, images: {dsc: d, airflow: a}}\n"
    struct fixture *fixture = *state;

    expect_in(fixture,
              STORE("      a: int primary key\n") PLATFORM("p3") PLATFORM("p1") PLATFORM(
                  "p2") "---\n"
                        "{kind: Workspace, name: w, team: z/t, groups: {g: {datasets: [s.d], "
                        "platform: p2}}}\n"
                        "---\n"
                        "{kind: Assignment, workspace: w, group: g, platforms: [p3, p1]}\n"
                        "---\n"
                        "{kind: Assignment, workspace: w, group: g, platforms: [p3, p2]}\n",
              "");
    const struct group *group = fixture->model.all.workspaces.v[0]->groups.v[0];
    assert_int_equal(group->platforms.n, 3);
    assert_string_equal(group->platforms.v[0]->name.s, "p1");
    assert_string_equal(group->platforms.v[1]->name.s, "p2");
    assert_string_equal(group->platforms.v[2]->name.s, "p3");
}

static void a_thousand_mistakes_are_all_told(void **state)
{
    struct fixture *fixture = *state;
    struct buf text = {0};

    for (int i = 0; i < 5000; i++)
        buf_printf(&text,
                   "---\n{kind: Container, name: c%d, type: kafka, host: h, ca: nobody%d, x: 1}\n",
                   i, i);
    put_file(fixture, "m.yaml", text.data);
    load(fixture);
    assert_int_equal(fixture->diags.all.n, 10000);
    buf_free(&text);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_begin, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(the_documented_model_loads),
        TEST(values_are_checked_where_they_stand),
        TEST(kinds_are_needed_and_known),
        TEST(numbers_are_decimal_and_whole),
        TEST(durations_have_a_unit),
        TEST(quantities_are_those_of_kubernetes),
        TEST(names_stay_what_was_written),
        TEST(what_is_empty_is_not_given),
        TEST(columns_are_written_as_in_sql),
        TEST(mistakes_in_a_columns_line_are_at_their_part),
        TEST(a_line_with_a_mistake_is_told_each_time),
        TEST(names_are_given_once),
        TEST(a_store_is_bound_once_per_platform),
        TEST(captures_are_of_one_kind),
        TEST(references_say_what_they_miss),
        TEST(near_names_are_suggested_whole),
        TEST(keys_name_columns),
        TEST(what_cannot_be_read_is_told_once),
        TEST(what_is_broken_breaks_what_holds_it),
        TEST(trees_of_names_become_paths),
        TEST(suppressions_need_a_reason),
        TEST(the_walk_takes_what_is_the_models),
        TEST(patterns_choose_files),
        TEST(dsc_yaml_must_be_there_and_ours),
        TEST(what_cannot_be_opened_is_a_failure),
        TEST(a_file_that_is_too_large_is_refused),
        TEST(entities_have_full_names),
        TEST(the_hash_is_of_what_is_said),
        TEST(groups_know_their_platforms),
        TEST(a_thousand_mistakes_are_all_told),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
