/* The line that a column is written as, `TYPE [not null] [null] [primary key] [default …]`, and the
 * types of columns. */
#include "internal.h"

#include <string.h>

/* What may follow the type. */
static const struct clause {
    const char *words[2];

    const char *key, *value; /* what it is in the long form; no value: the text that follows */
} clauses[] = {
    {{"not", "null"}, "not_null", "true"},
    {{"null", NULL}, "not_null", "false"},
    {{"primary", "key"}, "primary_key", "true"},
    {{"default", NULL}, "default", NULL},
};

/* A word of the line with what it touches: all of `numeric(18, 4)` and of `'in two words'::text`.
 */
struct part {
    const char *text;

    size_t len; /* 0: the end of the line */
};

static struct part part_after(const char *text)
{
    int depth = 0;
    char quote = '\0';
    const char *p;

    text += strspn(text, " \t\n");
    for (p = text; *p && (quote || depth > 0 || !strchr(" \t\n", *p)); p++) {
        if (quote)
            quote = *p == quote ? '\0' : quote;
        else if (*p == '\'' || *p == '"')
            quote = *p;
        else
            depth += (*p == '(' || *p == '<') - (*p == ')' || *p == '>');
    }
    return (struct part){text, (size_t)(p - text)};
}

static bool part_is(struct part part, const char *word)
{
    return part.len == strlen(word) && strncasecmp(part.text, word, part.len) == 0;
}

/* The clause that begins with `part`, with its last part in *last; or NULL. */
static const struct clause *clause_at(struct part part, struct part *last)
{
    for (size_t i = 0; i < COUNT(clauses); i++) {
        if (!part_is(part, clauses[i].words[0]))
            continue;
        *last = clauses[i].words[1] ? part_after(part.text + part.len) : part;
        if (!clauses[i].words[1] || part_is(*last, clauses[i].words[1]))
            return &clauses[i];
    }
    return NULL;
}

/* `first` and all that follows it up to the next clause, or the end. */
static struct part run_from(struct part first)
{
    struct part unused, part = first;

    do {
        first.len = (size_t)(part.text + part.len - first.text);
        part = part_after(part.text + part.len);
    } while (part.len && !clause_at(part, &unused));
    return first;
}

struct line {
    struct loader *loader;

    struct head *head;

    const struct yaml_node *node;

    struct slot *slots;
};

static struct span span_of(const struct line *line, struct part part)
{
    return span_within(line->node, (size_t)(part.text - line->node->text), part.len);
}

static struct slot *slot_of(const struct line *line, const char *key)
{
    size_t hint = 0;

    return &line->slots[field_find(line->head->kind, key, &hint) - line->head->kind->fields];
}

/* Gives the field `key` what stands in `part`, or `value` instead of it. */
static void set_slot(const struct line *line, const char *key, struct part part, const char *value)
{
    struct arena *arena = line->loader->document;
    struct slot *slot = slot_of(line, key);
    struct yaml_node *node = ARENA_NEW(arena, struct yaml_node);

    if (slot->value) {
        complain(line->loader, line->head, "column-syntax", span_of(line, part),
                 "the column is told twice whether it is null, its key or its default");
        return;
    }
    node->text = value ? value : arena_strndup(arena, part.text, part.len);
    node->length = (uint32_t)strlen(node->text);
    node->span = span_of(line, part);
    /* Only a default may be the word null, which is then no empty value. */
    node->plain = strcmp(key, "default") != 0;
    *slot = (struct slot){.key = node, .value = node};
}

static void not_understood(const struct line *line, struct part part)
{
    struct diag *diag = complain(line->loader, line->head, "column-syntax", span_of(line, part),
                                 "`%.*s` is not understood here", (int)part.len, part.text);

    diag_hint(
        line->loader->diags, diag,
        "a column is written TYPE [not null] [null] [primary key] [default …]; all else needs "
        "the long form: {type: …, …}");
}

/* Reads one clause, or what is none, and returns where it ends. */
static const char *read_clause(const struct line *line, struct part part)
{
    struct part last;
    const struct clause *clause = clause_at(part, &last);

    if (!clause) {
        last = run_from(part);
        not_understood(line, last);
        return last.text + last.len;
    }
    part.len = (size_t)(last.text + last.len - part.text);
    if (clause->value) {
        set_slot(line, clause->key, part, clause->value);
        return part.text + part.len;
    }
    last = part_after(part.text + part.len);
    if (last.len)
        set_slot(line, clause->key, last = run_from(last), NULL);
    else
        not_understood(line, part);
    return last.text + last.len;
}

void column_line(struct loader *loader, struct head *head, const struct yaml_node *node,
                 struct slot *slots)
{
    struct line line = {loader, head, node, slots};
    struct part part = part_after(node->text), last;
    const char *rest = node->text;

    if (part.len && !clause_at(part, &last)) {
        part = run_from(part);
        set_slot(&line, "type", part, NULL);
        rest = part.text + part.len;
    }
    while ((part = part_after(rest)).len)
        rest = read_clause(&line, part);

    const struct yaml_node *not_null = slot_of(&line, "not_null")->value;
    if (slot_of(&line, "primary_key")->value && not_null && strcmp(not_null->text, "false") == 0)
        complain(loader, head, "column-syntax", not_null->span,
                 "a column of the key cannot be null");
}

const struct type *load_type(struct loader *loader, struct head *head, const struct yaml_node *node)
{
    const char *text = intern_n(loader->model->strings, node->text, node->length);
    const struct type *type = map_get(loader->types, text, NULL);
    struct type_problem problem;

    if (type)
        return type;
    type = type_parse(loader->model->arena, loader->model->strings, text, NULL, &problem);
    if (type) {
        map_set(loader->types, text, NULL, (void *)type);
        return type;
    }
    struct diag *diag = complain(loader, head, problem.rule,
                                 span_within(node, problem.at, problem.len), "%s", problem.text);
    if (problem.near)
        diag_hint(loader->diags, diag, "did you mean `%s`?", problem.near);
    return NULL;
}
