/* What the model says, as bytes: equal bytes, equal meaning. Positions, files and the order of what
 * has none do not count; a fallback counts as if it had been written. */
#include "internal.h"

#include <inttypes.h>
#include <string.h>

/* YAML's texts hold no NUL, so that these three make the bytes unambiguous. */
enum { END_OF_TEXT = '\0', ABSENT = '\1', PRESENT = '\2' };

static void put_text(struct buf *out, const char *text)
{
    buf_putc(out, text ? PRESENT : ABSENT);
    if (text)
        buf_put(out, text, strlen(text) + 1);
}

static void put_number(struct buf *out, bool set, int64_t number)
{
    buf_putc(out, set ? PRESENT : ABSENT);
    if (set)
        buf_printf(out, "%" PRId64 "%c", number, END_OF_TEXT);
}

static void put_list(struct buf *out, const struct field *field, const struct list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        buf_putc(out, PRESENT);
        if (field->kind == FIELD_REFS)
            put_text(out, ((const struct ref *)list->v)[i].name);
        else
            canonical(out, ((const struct head *const *)list->v)[i]);
    }
    buf_putc(out, ABSENT);
}

static void put_type(struct buf *out, const struct type *type)
{
    buf_putc(out, type ? PRESENT : ABSENT);
    if (type)
        type_print(out, type);
    buf_putc(out, END_OF_TEXT);
}

static void put_texts(struct buf *out, const struct texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        put_text(out, texts->v[i].s);
    buf_putc(out, ABSENT);
}

static void put_one(struct buf *out, const struct head *head)
{
    buf_putc(out, head ? PRESENT : ABSENT);
    if (head)
        canonical(out, head);
}

static void put_field(struct buf *out, const struct field *field, const void *member)
{
    const void *pointer;

    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_NAME:
    case FIELD_QUANTITY:
        put_text(out, ((const struct text *)member)->s);
        break;
    case FIELD_NUMBER:
    case FIELD_DURATION:
        put_number(out, ((const struct number *)member)->set, ((const struct number *)member)->n);
        break;
    case FIELD_FLAG:
        put_number(out, true, ((const struct flag *)member)->on);
        break;
    case FIELD_CHOICE:
        put_number(out, true, ((const struct choice *)member)->is);
        break;
    case FIELD_CHOICES:
        put_number(out, true, ((const struct choices *)member)->set);
        break;
    case FIELD_TEXTS:
        put_texts(out, member);
        break;
    case FIELD_REF:
        put_text(out, ((const struct ref *)member)->name);
        break;
    case FIELD_TYPE:
        memcpy(&pointer, member, sizeof(pointer));
        put_type(out, pointer);
        break;
    case FIELD_ONE:
        memcpy(&pointer, member, sizeof(pointer));
        put_one(out, pointer);
        break;
    case FIELD_REFS:
    case FIELD_LIST:
    case FIELD_MAP:
    case FIELD_TREE:
        put_list(out, field, member);
        break;
    }
}

void canonical(struct buf *out, const struct head *entity)
{
    for (size_t i = 0; i < entity->kind->n_fields; i++)
        put_field(out, &entity->kind->fields[i],
                  (const char *)entity + entity->kind->fields[i].offset);
}

void model_hash(const struct model *model, char out[SHA256_HEX])
{
    struct sha256 *sha = sha256_begin();
    struct buf bytes = {0};

    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        const struct list *list =
            (const struct list *)((const char *)&model->all + model_kinds[i]->list);

        for (size_t k = 0; k < list->n; k++) {
            buf_clear(&bytes);
            put_text(&bytes, model_kinds[i]->word);
            canonical(&bytes, ((const struct head *const *)list->v)[k]);
            sha256_add(sha, bytes.data, bytes.len);
        }
    }
    buf_free(&bytes);
    sha256_end(sha, out);
}
