/* model: which files are read, references between them, and what could not be read. */
#include "model_fixture.h"

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
    put_file(fixture, "prod/overlays/pipeline/kustomization.yaml", "kind: Kustomization\n");
    put_file(fixture, "prod/terraform/values.yaml", "- a\n");
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

static void two_models_share_their_findings(void **state)
{
    struct fixture *fixture = *state;

    put_file(fixture, "dsc.yaml", "language: 1\n");
    put_file(fixture, "m.yaml", "kind: Nothing\n");
    load(fixture);
    put_file(fixture, "dsc.yaml", "");
    load(fixture);
    expect(fixture, "dsc.yaml:1:1+1 missing-key\n"
                    "m.yaml:1:7+7 unknown-kind\n");
}

static void a_model_inside_a_model_is_told_once(void **state)
{
    struct fixture *fixture = *state;

    put_credential(fixture, "a.yaml", "a");
    put_file(fixture, "copy/dsc.yaml", "language: 1\n");
    put_credential(fixture, "copy/a.yaml", "a");
    load(fixture);
    expect(fixture, "copy/dsc.yaml:1:1+1 nested-model\n");
    put_file(fixture, "dsc.yaml", "language: 1\nexclude: copy\n");
    diags_init(&fixture->diags, fixture->arena);
    load(fixture);
    expect(fixture, "");
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    struct fixture *fixture = *state;

    put_file(fixture, "m.yaml", "");
    assert_int_equal(truncate(arena_printf(fixture->arena, "%s/m.yaml", fixture->folder),
                              1024LL * 1024 * 1024 * 16),
                     0);
    put_file(fixture, "user.yaml", "{kind: Container, name: c, type: kafka, host: h, ca: there}\n");
    load(fixture);
    expect(fixture, "m.yaml:1:1+1 yaml-limit\n");
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
        TEST(names_are_given_once),
        TEST(a_store_is_bound_once_per_platform),
        TEST(references_say_what_they_miss),
        TEST(near_names_are_suggested_whole),
        TEST(keys_name_columns),
        TEST(what_cannot_be_read_is_told_once),
        TEST(what_is_broken_breaks_what_holds_it),
        TEST(suppressions_need_a_reason),
        TEST(the_walk_takes_what_is_the_models),
        TEST(patterns_choose_files),
        TEST(dsc_yaml_must_be_there_and_ours),
        TEST(what_cannot_be_opened_is_a_failure),
        TEST(two_models_share_their_findings),
        TEST(a_file_that_is_too_large_is_refused),
        TEST(a_model_inside_a_model_is_told_once),
        TEST(a_thousand_mistakes_are_all_told),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
