/* describe: the long form loads again, whatever the model holds; the documents in docs are current.
 */
#include "dsc/describe.h"

#include "random_model.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int new_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static char *new_folder(struct arena *arena)
{
    char *folder = arena_strdup(arena, "/tmp/dsc-describe-XXXXXX");
    const char config[] = "language: 1\n";

    assert_non_null(mkdtemp(folder));
    assert_true(file_write(arena_printf(arena, "%s/dsc.yaml", folder), config, strlen(config)));
    return folder;
}

static void write_yaml(struct arena *arena, const char *folder, const char *name,
                       const struct buf *yaml)
{
    assert_true(file_write(arena_printf(arena, "%s/%s", folder, name), yaml->data, yaml->len));
}

/* What a folder's model says: its hash, and its long form into `yaml`. */
static const char *load(struct arena *arena, const char *folder, struct buf *yaml)
{
    char hash[SHA256_HEX];
    struct diags diags;
    struct model model;

    diags_init(&diags, arena);
    assert_true(model_load(&model, folder, arena, &diags));
    for (size_t i = 0; i < diags.all.n; i++)
        fprintf(stderr, "%s:%u:%u: %s\n", diags_path(&diags, diags.all.v[i]->span),
                diags.all.v[i]->span.line, diags.all.v[i]->span.col, diags.all.v[i]->text);
    assert_int_equal(diags.all.n, 0);
    describe_model_yaml(yaml, &model);
    model_hash(&model, hash);
    return arena_strdup(arena, hash);
}

/* Each document in a file of its own, in folders, the last first. */
static void scatter(struct arena *arena, const char *folder, const struct doc *documents)
{
    struct buf yaml = {0};
    unsigned count = 1000;

    for (const struct doc *document = documents->first; document; document = document->next) {
        const char *below = arena_printf(arena, "%s/%u", folder, count % 7);

        assert_true(dir_make(below));
        buf_clear(&yaml);
        doc_write_yaml(&yaml, document);
        write_yaml(arena, below, arena_printf(arena, "%u.yml", count--), &yaml);
    }
    buf_free(&yaml);
}

static void the_long_form_says_the_same(void **state)
{
    struct dice dice = dice_of_seed(7);

    for (int round = 0; round < 30; round++) {
        struct arena *arena = *state;
        struct doc *documents = random_model(arena, &dice);
        char *one = new_folder(arena), *other = new_folder(arena), *again = new_folder(arena);
        struct buf yaml = {0}, first = {0}, second = {0}, third = {0};

        doc_write_yaml_documents(&yaml, documents);
        write_yaml(arena, one, "all.yaml", &yaml);
        scatter(arena, other, documents);
        const char *hash = load(arena, one, &first);
        assert_string_equal(load(arena, other, &second), hash);
        assert_string_equal(second.data, first.data);
        write_yaml(arena, again, "long.yaml", &first);
        assert_string_equal(load(arena, again, &third), hash);
        assert_string_equal(third.data, first.data);
        assert_true(dir_remove(one) && dir_remove(other) && dir_remove(again));
        buf_free(&yaml);
        buf_free(&first);
        buf_free(&second);
        buf_free(&third);
        arena_reset(arena);
    }
}

static void the_documents_are_current(void **state)
{
    static const struct {
        const char *path;
        void (*print)(struct buf *out);
    } documents[] = {
        {"docs/model.schema.json", describe_schema_json},
        {"docs/reference.md", describe_reference_markdown},
        {"docs/types.md", describe_types_markdown},
    };

    for (size_t i = 0; i < COUNT(documents); i++) {
        struct buf expected = {0}, found = {0};
        const char *path = arena_printf(*state, "%s/%s", getenv("DSC_SOURCE"), documents[i].path);

        documents[i].print(&expected);
        if (getenv("DSC_ACCEPT"))
            assert_true(file_write(path, expected.data, expected.len));
        assert_true(file_read(path, 0, &found));
        if (strcmp(found.data, expected.data) != 0)
            fail_msg(
                "%s is not what is printed now: accept it with DSC_ACCEPT=1 in the environment",
                documents[i].path);
        buf_free(&expected);
        buf_free(&found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_long_form_says_the_same, new_arena, free_arena),
        cmocka_unit_test_setup_teardown(the_documents_are_current, new_arena, free_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
