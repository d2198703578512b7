/* init: the files that the program carries for a new model repository. */
#include "command.h"

#include "dsc/describe.h"
#include "dsc/embedded.h"

#include <stdio.h>
#include <string.h>

/* Where the files below a folder of the repository go. A leading `dot-` of a part of a path becomes
 * a dot there: hidden files are easily lost on the way into a program. */
static const char *const origins[] = {"models/starter/", "templates/init/"};

static const char *target_name(struct arena *arena, const char *path)
{
    struct buf name = {0};
    bool begins = true;

    for (; *path; path++) {
        if (begins && strncmp(path, "dot-", 4) == 0) {
            buf_putc(&name, '.');
            path += 4;
        }
        begins = *path == '/';
        buf_putc(&name, *path);
    }
    const char *copy = arena_strdup(arena, name.data);
    buf_free(&name);
    return copy;
}

/* New, or empty but for a clone's .git. */
static bool is_empty(struct arena *arena, const char *dir)
{
    struct dir_list list = {0};

    if (!file_exists(dir))
        return true;
    if (!dir_read(arena, dir, &list))
        return false;
    for (size_t i = 0; i < list.entries.n; i++)
        if (strcmp(list.entries.v[i].name, ".git") != 0)
            return env_error("cannot make a model in %s: it holds %s already; give a new folder",
                             dir, list.entries.v[i].name);
    return true;
}

static bool write_below(struct arena *arena, const char *dir, const char *name, const void *bytes,
                        size_t size)
{
    const char *path = arena_printf(arena, "%s/%s", dir, name);
    const char *slash = strrchr(path, '/');

    return dir_make(arena_strndup(arena, path, (size_t)(slash - path))) &&
           file_write(path, bytes, size);
}

static bool write_all(struct arena *arena, const char *dir)
{
    size_t n;
    const struct embedded *files = embedded_list(&n);
    struct buf schema = {0};

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < COUNT(origins); k++) {
            size_t length = strlen(origins[k]);
            if (strncmp(files[i].path, origins[k], length) == 0 &&
                !write_below(arena, dir, target_name(arena, files[i].path + length), files[i].text,
                             files[i].size))
                return false;
        }
    }
    describe_schema_json(&schema);
    bool written = write_below(arena, dir, ".dsc/model.schema.json", schema.data, schema.len);
    buf_free(&schema);
    return written;
}

enum exit_code run_init(const struct invocation *invocation)
{
    struct arena *arena = arena_new();
    const char *dir = invocation->arguments[0];
    struct buf out = {0};
    bool written = is_empty(arena, dir) && write_all(arena, dir);

    arena_free(arena);
    if (!written)
        return EXIT_ENVIRONMENT;
    if (!invocation->quiet)
        buf_printf(&out, "made a model in %s\nnext: cd %s && dsc lint, then read its README.md\n",
                   dir, dir);
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}
