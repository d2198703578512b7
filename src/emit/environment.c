/* secrets.env.example: the variables by which credentials reach dsc where there are no files. */
#include "artifacts.h"
#include "kubernetes_secrets.h"

#include "dsc/names.h"

#include <string.h>

/* One line, whatever the text holds. */
static void add_comment(struct buf *out, const char *text)
{
    buf_puts(out, "# ");
    for (; *text; text++)
        buf_putc(out, (unsigned char)*text < ' ' ? ' ' : *text);
    buf_putc(out, '\n');
}

static void add_credential(struct emission *emission, struct buf *out, const struct secret *secret)
{
    buf_putc(out, '\n');
    add_comment(out, arena_printf(emission->arena, "%s: %s", secret->credential->name.s,
                                  secret->needed_by));
    for (const char *const *key = secret->keys; *key; key++)
        buf_printf(
            out, "%s=\n",
            name_make(emission->arena, NAME_ENVIRONMENT,
                      &(struct name_parts){.credential = secret->credential->name.s, .key = *key}));
}

struct doc *emit_environment_example(struct emission *emission, const struct emit_item *item)
{
    struct secrets secrets = secrets_list(emission);
    struct buf out = {0};

    (void)item;
    add_comment(&out, "The credentials of this platform, for laptops and for tasks that are "
                      "processes; in Kubernetes");
    add_comment(&out, "they are files. Copy this to secrets.env, outside of any repository, and "
                      "fill it in.");
    for (size_t i = 0; i < secrets.v.n; i++) {
        if (secrets.v.v[i].credential)
            add_credential(emission, &out, &secrets.v.v[i]);
    }
    return emit_text(emission, &out);
}
