/*
 * Templates, which users may bring, with any text between the names; and the escapes of one line,
 * read back as a Dockerfile and a shell do.
 */
#include "hostile.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Text in double quotes, in which a backslash takes the meaning off what follows. */
static void check_dockerfile(const char *text)
{
    struct buf out = {0};
    const char *at;

    doc_escape(&out, ESCAPE_DOCKERFILE, text);
    at = out.data + 1;
    for (; *text != '\0'; text++) {
        if (strchr("\\\"$", *text) != NULL && *at++ != '\\')
            fatal("%c is not escaped in %s", *text, out.data);
        if (*at++ != ((unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text))
            fatal("another character in %s", out.data);
    }
    if (out.data[0] != '"' || strcmp(at, "\"") != 0)
        fatal("no quotes around %s", out.data);
    buf_free(&out);
}

/* One word: outside of single quotes stand quotes behind a backslash, and what means nothing. */
static void check_shell(const char *text)
{
    struct buf out = {0};
    bool quoted = false;

    doc_escape(&out, ESCAPE_SHELL, text);
    for (const char *at = out.data; *at != '\0'; at++) {
        if (*at == '\'') {
            quoted = !quoted;
            continue;
        }
        if (!quoted && *at == '\\')
            at++;
        else if (!quoted && strchr(" \t\n\"$`&|;<>(){}[]*?!#~^", *at) != NULL)
            fatal("%c is not quoted in %s", *at, out.data);
        if (*at != *text++)
            fatal("another character in %s", out.data);
    }
    if (quoted || *text != '\0' || out.len == 0)
        fatal("no word: %s", out.data);
    buf_free(&out);
}

/* A template with text that names nothing gives it back. */
static void check_filled(struct arena *arena, const char *before, const char *value,
                         const char *after)
{
    struct doc *values = doc_map(arena);
    struct buf out = {0};
    const char *why = NULL, *text;

    doc_set_string(arena, values, "name", value);
    text = arena_printf(arena, "%s@{name}%s", before, after);
    if (doc_template(arena, &out, text, ESCAPE_NONE, values, &why)) {
        if (strstr(before, "@{") == NULL && strstr(after, "@{") == NULL &&
            strcmp(out.data, arena_printf(arena, "%s%s%s", before, value, after)) != 0)
            fatal("%s with %s became %s", text, value, out.data);
    } else if (why == NULL) {
        fatal("nobody knows what is wrong with %s", text);
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dice dice = dice_of_bytes(data, size);
    struct arena *arena = arena_new();

    do {
        const char *text = hostile_text(arena, &dice), *value = hostile_text(arena, &dice);

        check_dockerfile(text);
        check_shell(text);
        check_filled(arena, text, value, hostile_text(arena, &dice));
    } while (dice.left > 0);
    arena_free(arena);
    return 0;
}
