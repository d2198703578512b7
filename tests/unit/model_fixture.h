/* A model in a folder of its own, and what loading it found. */
#ifndef DSC_TESTS_MODEL_FIXTURE_H
#define DSC_TESTS_MODEL_FIXTURE_H

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

static inline int fixture_begin(void **state)
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

static inline int fixture_end(void **state)
{
    struct fixture *fixture = *state;

    assert_true(dir_remove(fixture->folder));
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static inline void put_file(struct fixture *fixture, const char *name, const char *text)
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

static inline void load(struct fixture *fixture)
{
    const char *config = arena_printf(fixture->arena, "%s/dsc.yaml", fixture->folder);

    if (!file_exists(config))
        put_file(fixture, "dsc.yaml", "language: 1\n");
    assert_true(model_load(&fixture->model, fixture->folder, fixture->arena, &fixture->diags));
    diags_sort(&fixture->diags);
}

/* All that was found, as lines "file:line:col+len rule"; with `texts` also the text and hint. */
static inline const char *findings(struct fixture *fixture, bool texts)
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
static inline void expect(struct fixture *fixture, const char *expected)
{
    const char *found = findings(fixture, false);

    if (strcmp(found, expected) != 0)
        fputs(findings(fixture, true), stderr);
    assert_string_equal(found, expected);
}

/* Loads `text` as m and compares. */
static inline void expect_in(struct fixture *fixture, const char *text, const char *expected)
{
    put_file(fixture, "m.yaml", text);
    load(fixture);
    expect(fixture, expected);
}

/* The hint of what was found `i`th. */
static inline void expect_hint(struct fixture *fixture, size_t i, const char *hint)
{
    assert_true(i < fixture->diags.all.n);
    assert_non_null(fixture->diags.all.v[i]->hint);
    assert_string_equal(fixture->diags.all.v[i]->hint, hint);
}

static inline void expect_text(struct fixture *fixture, size_t i, const char *text)
{
    assert_true(i < fixture->diags.all.n);
    assert_string_equal(fixture->diags.all.v[i]->text, text);
}

#endif
