#include "dsc/embedded.h"

#include <stdlib.h>
#include <string.h>

#include "table.h"

const struct embedded *embedded_list(size_t *count)
{
    *count = embedded_count;
    return embedded_table;
}

static int path_compare(const void *path, const void *file)
{
    return strcmp(path, ((const struct embedded *)file)->path);
}

const struct embedded *embedded_find(const char *path)
{
    return bsearch(path, embedded_table, embedded_count, sizeof(embedded_table[0]), path_compare);
}
