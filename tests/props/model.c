/*
 * For tests/suite/language.py:
 *     model write COUNT   prints the documents of random models
 *     model read FOLDER … prints for each how many mistakes loading finds in it, besides references
 */
#include "random_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void write_models(struct arena *arena, int count)
{
    struct dice dice = dice_of_seed(11);
    struct buf yaml = {0};

    for (; count > 0; count--) {
        buf_clear(&yaml);
        doc_write_yaml_documents(&yaml, random_model(arena, &dice));
        fwrite(yaml.data, 1, yaml.len, stdout);
        arena_reset(arena);
    }
    buf_free(&yaml);
}

static bool read_models(struct arena *arena, int n, char **folders)
{
    for (int i = 0; i < n; i++) {
        struct diags diags;
        struct model model;
        size_t mistakes = 0;

        diags_init(&diags, arena);
        if (!model_load(&model, folders[i], arena, &diags))
            return false;
        for (size_t k = 0; k < diags.all.n; k++)
            mistakes += strcmp(diags.all.v[k]->rule, "unknown-reference") != 0;
        printf("%zu\n", mistakes);
        arena_reset(arena);
    }
    return true;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    bool good = true;

    if (argc == 3 && strcmp(argv[1], "write") == 0)
        write_models(arena, atoi(argv[2]));
    else
        good = read_models(arena, argc - 2, argv + 2);
    arena_free(arena);
    return good ? 0 : 1;
}
