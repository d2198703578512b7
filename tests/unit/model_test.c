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

static void expect_clean(struct fixture *fixture)
{
    assert_string_equal(findings(fixture, true), "");
}

/* Loads `text` as m.yaml and compares what is found with "line:col+len rule" lines. */
static void expect_findings(struct fixture *fixture, const char *text, const char *expected)
{
    put_file(fixture, "m.yaml", text);
    load(fixture);
    const char *found = findings(fixture, false);
    if (strcmp(found, expected) != 0)
        fputs(findings(fixture, true), stderr);
    assert_string_equal(found, expected);
}

static void the_documented_model_loads(void **state)
{
    struct fixture *fixture = *state;
    const char *root = arena_printf(fixture->arena, "%s/tests/fixtures/language",
                                    getenv("DSC_SOURCE") ? getenv("DSC_SOURCE") : ".");
    struct model *model = &fixture->model;

    assert_true(model_load(model, root, fixture->arena, &fixture->diags));
    expect_clean(fixture);
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

static void mistakes_are_found_where_they_are(void **state)
{
    expect_findings(*state,
                    "kind: Credential\n"
                    "name: a-b\n"
                    "type: user_pasword\n"
                    "tipe: x\n"
                    "team: nobody\n"
                    "---\n"
                    "kind: Container\n"
                    "name: c\n"
                    "type: postgres\n"
                    "port: 0x10\n"
                    "production: yes\n"
                    "cidr: {a: b}\n"
                    "locations: [a/b, {c: d}]\n"
                    "---\n"
                    "kind: Credentail\n"
                    "name: lost\n"
                    "---\n"
                    "name: nothing\n"
                    "---\n"
                    "- a\n",
                    "m.yaml:2:7+3 name-syntax\n"
                    "m.yaml:3:7+12 unknown-word\n"
                    "m.yaml:4:1+4 unknown-key\n"
                    "m.yaml:5:7+6 unknown-reference\n"
                    "m.yaml:8:7+1 missing-key\n"
                    "m.yaml:10:7+4 bad-number\n"
                    "m.yaml:11:13+3 wrong-type\n"
                    "m.yaml:12:7+1 wrong-type\n"
                    "m.yaml:13:18+1 wrong-type\n"
                    "m.yaml:15:7+10 unknown-kind\n"
                    "m.yaml:18:1+1 unknown-kind\n"
                    "m.yaml:20:1+1 wrong-type\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_documented_model_loads, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(mistakes_are_found_where_they_are, fixture_begin,
                                        fixture_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
