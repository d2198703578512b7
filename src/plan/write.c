#include "internal.h"

#include <string.h>

static void write_struct(struct printer *printer, const struct shape *shape, const void *from);

static size_t count_of(const struct member *member, const void *from)
{
    return *(const size_t *)((const char *)from + member->count_offset);
}

static void write_structs(struct printer *printer, const struct member *member, const void *from)
{
    const char *items = *(const char *const *)((const char *)from + member->offset);

    print_open(printer, '[');
    for (size_t i = 0; i < count_of(member, from); i++) {
        print_item(printer);
        write_struct(printer, member->shape, items + i * member->shape->size);
    }
    print_close(printer, ']');
}

static void write_strings(struct printer *printer, const struct member *member, const void *from)
{
    const char *const *items = *(const char *const *const *)((const char *)from + member->offset);

    print_open(printer, '[');
    for (size_t i = 0; i < count_of(member, from); i++) {
        print_item(printer);
        print_string(printer, items[i]);
    }
    print_close(printer, ']');
}

static void write_member(struct printer *printer, const struct member *member, const void *from)
{
    const char *at = (const char *)from + member->offset;
    unsigned word;

    switch (member->kind) {
    case MEMBER_STRING:
        print_string(printer, *(const char *const *)at);
        break;
    case MEMBER_INT:
        print_int(printer, *(const int64_t *)at);
        break;
    case MEMBER_BOOL:
        print_bool(printer, *(const bool *)at);
        break;
    case MEMBER_WORD:
        memcpy(&word, at, sizeof(word));
        print_string(printer, member->words->v[word]);
        break;
    case MEMBER_STRUCT:
        write_struct(printer, member->shape, member->nullable ? *(const void *const *)at : at);
        break;
    case MEMBER_STRUCTS:
        write_structs(printer, member, from);
        break;
    case MEMBER_STRINGS:
        write_strings(printer, member, from);
        break;
    }
}

static void write_struct(struct printer *printer, const struct shape *shape, const void *from)
{
    if (!from) {
        print_string(printer, NULL);
        return;
    }
    print_open(printer, '{');
    for (size_t i = 0; i < shape->n_members; i++) {
        print_name(printer, shape->members[i].name);
        write_member(printer, &shape->members[i], from);
    }
    print_close(printer, '}');
}

void plan_write(struct buf *out, const struct plan *plan)
{
    struct printer printer = {.out = out};

    write_struct(&printer, &plan_shape, plan);
    buf_putc(out, '\n');
}
