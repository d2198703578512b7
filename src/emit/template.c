/* Shipped texts, which --templates DIR may replace. */
#include "artifacts.h"
#include "dsc/embedded.h"

/* The text of templates/NAME, or that of DIR/NAME where it exists. */
static const char *find(struct emission *emission, const char *name)
{
    struct arena *arena = emission->arena;
    const char *path = arena_printf(arena, "templates/%s", name);
    const struct embedded *shipped = embedded_find(path);
    struct buf own = {0};
    const char *text = shipped ? shipped->text : NULL;

    if (!shipped)
        fatal("%s is not among the files that this program carries", path);
    if (!emission->templates)
        return text;
    path = arena_printf(arena, "%s/%s", emission->templates, name);
    if (!file_exists(path))
        return text;
    text = file_read(path, 0, &own) ? arena_strndup(arena, own.data, own.len) : NULL;
    buf_free(&own);
    return text;
}

struct doc *emit_template(struct emission *emission, const char *name, enum doc_escape escape,
                          const struct doc *values)
{
    const char *text = find(emission, name), *why;
    struct buf filled = {0};

    if (text && doc_template(emission->arena, &filled, text, escape, values, &why))
        return emit_text(emission, &filled);
    if (text)
        env_error("cannot fill the template %s: %s; mend it, or leave --templates away", name, why);
    buf_free(&filled);
    emission->failed = true;
    return NULL;
}

struct doc *emit_shipped(struct emission *emission, const char *name)
{
    const char *text = find(emission, name);

    emission->failed |= !text;
    return text ? doc_text(emission->arena, NULL, text) : NULL;
}
