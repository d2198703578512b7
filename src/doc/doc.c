/* The tree: building it, looking into it, and what its writers share. */
#include "internal.h"

#include <inttypes.h>
#include <string.h>

void doc_check_depth(size_t depth)
{
    if (depth > DOC_MAX_DEPTH)
        fatal("it is deeper than %d levels", DOC_MAX_DEPTH);
}

static struct doc *new_doc(struct arena *arena, enum doc_kind kind)
{
    struct doc *doc = ARENA_NEW(arena, struct doc);

    doc->kind = kind;
    return doc;
}

static struct doc *new_text(struct arena *arena, enum doc_kind kind, const char *text)
{
    struct doc *doc;

    if (text == NULL)
        return doc_null(arena);
    doc = new_doc(arena, kind);
    doc->string = text;
    return doc;
}

struct doc *doc_null(struct arena *arena)
{
    return new_doc(arena, DOC_NULL);
}

struct doc *doc_bool(struct arena *arena, bool value)
{
    struct doc *doc = new_doc(arena, DOC_BOOL);

    doc->boolean = value;
    return doc;
}

struct doc *doc_int(struct arena *arena, int64_t value)
{
    struct doc *doc = new_doc(arena, DOC_INT);

    doc->integer = value;
    return doc;
}

struct doc *doc_string(struct arena *arena, const char *value)
{
    return new_text(arena, DOC_STRING, value);
}

struct doc *doc_printf(struct arena *arena, const char *format, ...)
{
    char *text;
    va_list arguments;

    va_start(arguments, format);
    text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return doc_string(arena, text);
}

struct doc *doc_list(struct arena *arena)
{
    return new_doc(arena, DOC_LIST);
}

struct doc *doc_map(struct arena *arena)
{
    return new_doc(arena, DOC_MAP);
}

struct doc *doc_ref(struct arena *arena, const char *expression)
{
    return new_text(arena, DOC_REF, expression);
}

static void set_labels(struct arena *arena, struct doc *doc, size_t n, const char *const *labels)
{
    const char **copy = arena_alloc(arena, n * sizeof(*copy));

    for (size_t i = 0; i < n; i++)
        copy[i] = labels[i];
    doc->labels = copy;
    doc->n_labels = n;
}

struct doc *doc_text(struct arena *arena, const char *language, const char *text)
{
    struct doc *doc = new_text(arena, DOC_TEXT, text);

    if (language != NULL)
        set_labels(arena, doc, 1, &language);
    return doc;
}

struct doc *doc_block(struct arena *arena, const char *type, size_t n, const char *const *labels)
{
    struct doc *doc = new_doc(arena, DOC_BLOCK);

    doc->string = type;
    set_labels(arena, doc, n, labels);
    return doc;
}

static struct doc *append(struct doc *parent, struct doc *member)
{
    if (parent->last == NULL)
        parent->first = member;
    else
        parent->last->next = member;
    parent->last = member;
    return member;
}

struct doc *doc_add(struct doc *list, struct doc *item)
{
    if (list->kind != DOC_LIST && !(list->kind == DOC_BLOCK && item->kind == DOC_BLOCK))
        fatal("an item is added to what is no list");
    return append(list, item);
}

/* Looks through the first members only, or big maps would take quadratic time: it is in small maps
 * that an emitter repeats a key; big ones are keyed by names that the model keeps apart. */
static void check_new(const struct doc *map, const char *key)
{
    const struct doc *member = map->first;

    for (int i = 0; i < 32 && member != NULL; i++) {
        if (member->key != NULL && strcmp(member->key, key) == 0)
            fatal("key \"%s\" is set twice in one map", key);
        member = member->next;
    }
}

struct doc *doc_set(struct doc *map, const char *key, struct doc *value)
{
    if (map->kind != DOC_MAP && map->kind != DOC_BLOCK)
        fatal("key \"%s\" is set in what is no map", key);
    check_new(map, key);
    value->key = key;
    return append(map, value);
}

void doc_set_string(struct arena *arena, struct doc *map, const char *key, const char *value)
{
    doc_set(map, key, doc_string(arena, value));
}

void doc_set_int(struct arena *arena, struct doc *map, const char *key, int64_t value)
{
    doc_set(map, key, doc_int(arena, value));
}

void doc_set_bool(struct arena *arena, struct doc *map, const char *key, bool value)
{
    doc_set(map, key, doc_bool(arena, value));
}

void doc_add_string(struct arena *arena, struct doc *list, const char *value)
{
    doc_add(list, doc_string(arena, value));
}

struct doc *doc_get(const struct doc *map, const char *key)
{
    for (struct doc *member = map->first; member != NULL; member = member->next) {
        if (member->key != NULL && strcmp(member->key, key) == 0)
            return member;
    }
    return NULL;
}

/* Cuts a chain after `n` members and returns the rest. */
static struct doc *cut(struct doc *chain, size_t n)
{
    struct doc *rest;

    while (--n > 0)
        chain = chain->next;
    rest = chain->next;
    chain->next = NULL;
    return rest;
}

static struct doc *sort_chain(struct doc *chain, size_t n)
{
    struct doc *right, *first = NULL, **end = &first;

    if (n < 2)
        return chain;
    right = sort_chain(cut(chain, n / 2), n - n / 2);
    chain = sort_chain(chain, n / 2);
    while (chain != NULL && right != NULL) {
        struct doc **least = strcmp(chain->key, right->key) <= 0 ? &chain : &right;

        *end = *least;
        end = &(*least)->next;
        *least = *end;
    }
    *end = chain != NULL ? chain : right;
    return first;
}

void doc_sort(struct doc *map)
{
    size_t n = 0;

    if (map->kind != DOC_MAP)
        fatal("what is no map is to be sorted by key");
    for (const struct doc *member = map->first; member != NULL; member = member->next)
        n++;
    map->first = sort_chain(map->first, n);
    for (struct doc *member = map->first; member != NULL; member = member->next)
        map->last = member;
}

uint32_t doc_next_char(const char **text)
{
    static const unsigned char first_bits[] = {0, 0, 0x1f, 0x0f, 0x07};
    const unsigned char *bytes = (const unsigned char *)*text;
    size_t length;
    uint32_t c;

    if (bytes[0] < 0x80) {
        (*text)++;
        return bytes[0];
    }
    length = utf8_length(*text, strnlen(*text, 4));
    if (length == 0)
        fatal("text is not UTF-8: byte 0x%02x", bytes[0]);
    c = bytes[0] & first_bits[length];
    for (size_t i = 1; i < length; i++)
        c = c << 6 | (bytes[i] & 0x3fU);
    *text += length;
    return c;
}

bool doc_is_printable(uint32_t c)
{
    return (c >= 0x20 && c <= 0x7e) ||
           (c >= 0xa0 && c <= 0xfffd && c != 0x2028 && c != 0x2029 && c != 0xfeff) || c >= 0x10000;
}

void doc_write_int(struct buf *out, int64_t value)
{
    buf_printf(out, "%" PRId64, value);
}

void doc_indent(struct buf *out, size_t level)
{
    buf_fill(out, ' ', 2 * level);
}
