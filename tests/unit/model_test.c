/* model: values, names, columns and what is derived, with the places of mistakes. */
#include "model_fixture.h"

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
    expect_text(fixture, 13, "a document must be a mapping with `kind`");
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
        TEST(captures_are_of_one_kind),
        TEST(trees_of_names_become_paths),
        TEST(entities_have_full_names),
        TEST(the_hash_is_of_what_is_said),
        TEST(groups_know_their_platforms),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
