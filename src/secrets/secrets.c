#include "dsc/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "dsc/names.h"

/* No secret is larger, and a file that is was put there by mistake. */
enum { LARGEST = 1 << 20 };

const char *secrets_dir(const char *given)
{
    const char *dir = given ? given : getenv(SECRETS_DIR_VARIABLE);

    return dir && *dir ? dir : SECRETS_DIR;
}

static const char *path_of(struct arena *arena, const char *dir, const char *credential,
                           const char *key)
{
    return arena_printf(arena, "%s/%s/%s", dir, credential, key);
}

static const char *read_value(struct arena *arena, const char *path)
{
    struct buf text = {0};
    const char *value = NULL;

    if (file_read(path, LARGEST, &text)) {
        while (text.len && (text.data[text.len - 1] == '\n' || text.data[text.len - 1] == '\r'))
            text.len--;
        value = arena_strndup(arena, text.data ? text.data : "", text.len);
    }
    if (text.data)
        explicit_bzero(text.data, text.cap);
    buf_free(&text);
    return value;
}

const char *secrets_value(struct arena *arena, const char *dir, const char *credential,
                          const char *key)
{
    struct name_parts parts = {.credential = credential, .key = key};
    const char *variable = name_make(arena, NAME_ENVIRONMENT, &parts);
    const char *path = path_of(arena, dir, credential, key);
    const char *value = getenv(variable);

    if (value && *value)
        return value;
    if (!file_exists(path)) {
        env_error("reading credential %s: neither is %s set nor is there a file %s; set the one or "
                  "make the other",
                  credential, variable, path);
        return NULL;
    }
    value = read_value(arena, path);
    if (value && !*value) {
        env_error("reading credential %s: the file %s is empty; write its %s there", credential,
                  path, key);
        return NULL;
    }
    return value;
}

const char *secrets_path(struct arena *arena, const char *dir, const char *credential,
                         const char *key)
{
    const char *path = path_of(arena, dir, credential, key);

    if (file_exists(path))
        return path;
    env_error("reading credential %s: there is no file %s; certificates and their keys are read "
              "from files only",
              credential, path);
    return NULL;
}
