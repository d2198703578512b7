/* The values of fields: from a scalar, or a list of scalars, to a member. */
#include "internal.h"

#include <string.h>

#define DIGITS  "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"

bool is_identifier(const char *text)
{
    return strspn(text, LETTERS) > 0 && text[strspn(text, LETTERS DIGITS)] == '\0';
}

struct span span_within(const struct yaml_node *scalar, size_t at, size_t len)
{
    struct span span = scalar->span;
    size_t quote = scalar->plain ? 0 : 1;

    if (span.len != scalar->length + 2 * quote || span.col + quote + at > UINT16_MAX)
        return span;
    span.col = (uint16_t)(span.col + quote + at);
    span.len = (uint16_t)(len ? len : 1);
    return span;
}

static struct text text_of(struct loader *loader, const struct yaml_node *node)
{
    return (struct text){intern_n(loader->model->strings, node->text, node->length), node->span};
}

static void decode_text(struct loader *loader, struct head *head, const struct field *field,
                        void *member, const struct yaml_node *node)
{
    (void)head;
    (void)field;
    *(struct text *)member = text_of(loader, node);
}

static void decode_name(struct loader *loader, struct head *head, const struct field *field,
                        void *member, const struct yaml_node *node)
{
    *(struct text *)member = text_of(loader, node);
    if (!is_identifier(node->text)) {
        struct diag *diag =
            complain(loader, head, "name-syntax", node->span, "`%s` cannot be the %s of %s",
                     node->text, field->key, kind_article(loader->document, head->kind));
        diag_hint(loader->diags, diag,
                  "use letters, digits and `_`, and begin with a letter or `_`");
    }
}

/* A run of decimal digits, without a leading zero, into *number; NULL, or what follows it. */
static const char *parse_digits(const char *text, int64_t *number)
{
    size_t digits = strspn(text, DIGITS);

    if (!digits || (digits > 1 && *text == '0'))
        return NULL;
    for (*number = 0; digits; digits--, text++)
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, *text - '0', number))
            return NULL;
    return text;
}

static void decode_number(struct loader *loader, struct head *head, const struct field *field,
                          void *member, const struct yaml_node *node)
{
    bool negative = *node->text == '-';
    int64_t number;
    const char *rest = parse_digits(node->text + negative, &number);

    if (rest && !*rest)
        *(struct number *)member = (struct number){negative ? -number : number, node->span, true};
    else
        complain(loader, head, "bad-number", node->span, "`%s`: `%s` is no whole number",
                 field->key, node->text);
}

static void decode_flag(struct loader *loader, struct head *head, const struct field *field,
                        void *member, const struct yaml_node *node)
{
    static const char *const meant[][2] = {
        {"yes", "true"}, {"on", "true"},   {"y", "true"},  {"1", "true"},  {"true", "true"},
        {"no", "false"}, {"off", "false"}, {"n", "false"}, {"0", "false"}, {"false", "false"}};
    struct flag *flag = member;

    if (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0) {
        *flag = (struct flag){node->span, *node->text == 't'};
        return;
    }
    struct diag *diag =
        complain(loader, head, "wrong-type", node->span, "`%s`: expected true or false, found `%s`",
                 field->key, node->text);
    for (size_t i = 0; i < COUNT(meant); i++)
        if (strcasecmp(node->text, meant[i][0]) == 0)
            diag_hint(loader->diags, diag, "write %s", meant[i][1]);
}

static void decode_duration(struct loader *loader, struct head *head, const struct field *field,
                            void *member, const struct yaml_node *node)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1},
                 {'m', 60},
                 {'h', 60 * 60},
                 {'d', 24 * 60 * 60},
                 {'w', 7 * 24 * 60 * 60},
                 {'y', 365 * 24 * 60 * 60}};
    int64_t number;
    const char *rest = parse_digits(node->text, &number);

    for (size_t i = 0; rest && i < COUNT(units); i++) {
        if (rest[0] == units[i].unit && !rest[1] &&
            !__builtin_mul_overflow(number, units[i].seconds, &number)) {
            *(struct number *)member = (struct number){number, node->span, true};
            return;
        }
    }
    struct diag *diag = complain(loader, head, "bad-duration", node->span,
                                 "`%s`: `%s` is no duration", field->key, node->text);
    diag_hint(loader->diags, diag, "write a number and its unit: 90s 5m 4h 30d 12w 5y");
}

/* Quantities as the Kubernetes API reads them (resource.Quantity: apimachinery/pkg/api/resource),
 * but without a sign: nothing here can be negative. */
static bool is_quantity(const char *text)
{
    static const char *const suffixes[] = {"",  "n", "u",  "m",  "k",  "M",  "G",  "T",
                                           "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    size_t whole = strspn(text, DIGITS);
    size_t fraction = text[whole] == '.' ? strspn(text + whole + 1, DIGITS) : 0;
    const char *suffix = text + whole + (text[whole] == '.') + fraction;

    if (!whole && !fraction)
        return false;
    for (size_t i = 0; i < COUNT(suffixes); i++)
        if (strcmp(suffix, suffixes[i]) == 0)
            return true;
    if (*suffix != 'e' && *suffix != 'E')
        return false;
    suffix += 1 + (suffix[1] == '+' || suffix[1] == '-');
    return *suffix && !suffix[strspn(suffix, DIGITS)];
}

static void decode_quantity(struct loader *loader, struct head *head, const struct field *field,
                            void *member, const struct yaml_node *node)
{
    if (is_quantity(node->text)) {
        *(struct text *)member = text_of(loader, node);
        return;
    }
    struct diag *diag = complain(loader, head, "bad-quantity", node->span,
                                 "`%s`: `%s` is no quantity", field->key, node->text);
    diag_hint(loader->diags, diag, "write it as Kubernetes does: 500m, 2, 512Mi, 100Gi");
}

/* The enumerator of a word of the field's set; -1, diagnosed. */
static int word_index(struct loader *loader, struct head *head, const struct field *field,
                      const struct yaml_node *node)
{
    const struct words *words = field->words;
    const char *list = "";

    for (size_t i = 0; i < words->n; i++)
        if (strcmp(words->v[i].word, node->text) == 0)
            return (int)i;
    const char **all = arena_alloc(loader->document, words->n * sizeof(*all));
    for (size_t i = 0; i < words->n; i++) {
        all[i] = words->v[i].word;
        list = arena_printf(loader->document, "%s%s%s", list, i ? ", " : "", all[i]);
    }
    suggest(loader,
            complain(loader, head, "unknown-word", node->span, "`%s`: `%s` is not one of %s",
                     field->key, node->text, list),
            node->text, all, words->n);
    return -1;
}

static void decode_choice(struct loader *loader, struct head *head, const struct field *field,
                          void *member, const struct yaml_node *node)
{
    int is = word_index(loader, head, field, node);

    if (is >= 0)
        *(struct choice *)member = (struct choice){is, node->span};
}

static void decode_type(struct loader *loader, struct head *head, const struct field *field,
                        void *member, const struct yaml_node *node)
{
    struct {
        const struct type *is;
        struct span at;
    } type = {load_type(loader, head, node), node->span};

    (void)field;
    memcpy(member, &type, sizeof(type));
}

static struct ref ref_of(struct loader *loader, const struct yaml_node *node)
{
    struct text name = text_of(loader, node);

    return (struct ref){.name = name.s, .at = name.at};
}

static void add_pending(struct loader *loader, struct head *head, const struct field *field,
                        struct ref *ref)
{
    vec_push(loader->scratch, &loader->pending, (struct pending_ref){head, field, ref});
}

static void decode_ref(struct loader *loader, struct head *head, const struct field *field,
                       void *member, const struct yaml_node *node)
{
    *(struct ref *)member = ref_of(loader, node);
    add_pending(loader, head, field, member);
}

/* The decoders of lists get their scalars as `first`, linked by next, `n` of them. */
static void decode_texts(struct loader *loader, struct head *head, const struct field *field,
                         void *member, const struct yaml_node *first, size_t n)
{
    struct texts *texts = member;

    (void)head;
    (void)field;
    texts->v = arena_alloc(loader->model->arena, n * sizeof(*texts->v));
    for (; texts->n < n; first = first->next)
        texts->v[texts->n++] = text_of(loader, first);
}

static void decode_choices(struct loader *loader, struct head *head, const struct field *field,
                           void *member, const struct yaml_node *first, size_t n)
{
    struct choices *choices = member;

    choices->set = 0;
    for (; n; n--, first = first->next) {
        int is = word_index(loader, head, field, first);

        if (is >= 0)
            choices->set |= 1u << is;
    }
}

static void decode_refs(struct loader *loader, struct head *head, const struct field *field,
                        void *member, const struct yaml_node *first, size_t n)
{
    struct list *list = member;
    struct ref *refs = arena_alloc(loader->model->arena, n * sizeof(*refs));

    for (; list->n < n; first = first->next) {
        refs[list->n] = ref_of(loader, first);
        add_pending(loader, head, field, &refs[list->n++]);
    }
    list->v = refs;
}

static const struct {
    const char *wanted;

    void (*scalar)(struct loader *loader, struct head *head, const struct field *field,
                   void *member, const struct yaml_node *node);

    void (*list)(struct loader *loader, struct head *head, const struct field *field, void *member,
                 const struct yaml_node *first, size_t n);

    size_t at; /* of a list: the offset of its span in the member */
} decoders[] = {
    [FIELD_TEXT] = {"a text", decode_text, NULL, 0},
    [FIELD_NAME] = {"a name", decode_name, NULL, 0},
    [FIELD_NUMBER] = {"a whole number", decode_number, NULL, 0},
    [FIELD_FLAG] = {"true or false", decode_flag, NULL, 0},
    [FIELD_DURATION] = {"a duration", decode_duration, NULL, 0},
    [FIELD_QUANTITY] = {"a quantity", decode_quantity, NULL, 0},
    [FIELD_CHOICE] = {"a word", decode_choice, NULL, 0},
    [FIELD_CHOICES] = {"a list of words", NULL, decode_choices, offsetof(struct choices, at)},
    [FIELD_TYPE] = {"a type", decode_type, NULL, 0},
    [FIELD_REF] = {"a name", decode_ref, NULL, 0},
    [FIELD_REFS] = {"a list of names", NULL, decode_refs, offsetof(struct list, at)},
    [FIELD_TEXTS] = {"a list of texts", NULL, decode_texts, offsetof(struct texts, at)},
};

void decode_value(struct loader *loader, struct head *head, const struct field *field, void *member,
                  const struct yaml_node *node)
{
    const char *wanted = decoders[field->kind].wanted;

    if (node->kind == YAML_MAP || (node->kind == YAML_LIST && !decoders[field->kind].list)) {
        wrong_type(loader, head, field->key, node, wanted);
        return;
    }
    if (decoders[field->kind].scalar) {
        decoders[field->kind].scalar(loader, head, field, member, node);
        return;
    }
    bool single = node->kind == YAML_SCALAR;
    for (const struct yaml_node *item = single ? NULL : node->first; item; item = item->next) {
        if (item->kind != YAML_SCALAR) {
            wrong_type(loader, head, field->key, item, wanted);
            return;
        }
    }
    memcpy((char *)member + decoders[field->kind].at, &node->span, sizeof(node->span));
    decoders[field->kind].list(loader, head, field, member, single ? node : node->first,
                               single ? 1 : node->length);
}

void decode_fallback(struct loader *loader, const struct field *field, void *member)
{
    struct yaml_node node = {.kind = YAML_SCALAR, .text = field->fallback};

    if (field->kind == FIELD_CHOICE)
        ((struct choice *)member)->is = -1;
    if (!field->fallback)
        return;
    node.length = (uint32_t)strlen(field->fallback);
    decode_value(loader, NULL, field, member, &node);
}
