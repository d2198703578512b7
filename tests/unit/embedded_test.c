#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dsc/embedded.h"

static void test_list_is_sorted_and_every_file_is_found(void **state)
{
    (void)state;
    size_t count;
    const struct embedded *list = embedded_list(&count);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(embedded_find(list[i].path), &list[i]);
        if (i)
            assert_true(strcmp(list[i - 1].path, list[i].path) < 0);
    }
}

static void test_unknown_path_is_null(void **state)
{
    (void)state;
    assert_null(embedded_find("templates"));
    assert_null(embedded_find(""));
}

static void test_bytes_are_those_of_the_repository(void **state)
{
    (void)state;
    const char *source = getenv("DSC_SOURCE");
    assert_non_null(source);
    size_t count;
    const struct embedded *list = embedded_list(&count);
    for (size_t i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s", source, list[i].path);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        char *text = malloc(list[i].size + 1);
        assert_non_null(text);
        assert_int_equal(fread(text, 1, list[i].size + 1, file), list[i].size);
        assert_memory_equal(text, list[i].text, list[i].size);
        assert_int_equal(list[i].text[list[i].size], 0);
        free(text);
        fclose(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list_is_sorted_and_every_file_is_found),
        cmocka_unit_test(test_unknown_path_is_null),
        cmocka_unit_test(test_bytes_are_those_of_the_repository),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
