/* The line that a column is written as, `TYPE [not null] [null] [primary key] [default …]`, and the
 * types of columns. */
#include "internal.h"

#include <string.h>

/* What a line may say, by the keys of the long form and in the order of its fields. */
enum { SAYS_TYPE, SAYS_NOT_NULL, SAYS_PRIMARY_KEY, SAYS_DEFAULT, SAYINGS };

static const char *const keys[SAYINGS] = {"type", "not_null", "primary_key", "default"};

/* A line taken apart. Many columns are written alike: it is kept by the line's text. */
struct column_line {
    struct {
        const char *text; /* the value in the long form; NULL: not said */

        size_t at, len; /* where it stands in the line */

        size_t field; /* the index of the key in the kind's fields */
    } says[SAYINGS];
};

/* What may follow the type. */
static const struct clause {
    const char *words[2];

    int says;

    const char *value; /* NULL: the text that follows */
} clauses[] = {
    {{"not", "null"}, SAYS_NOT_NULL, "true"},
    {{"null", NULL}, SAYS_NOT_NULL, "false"},
    {{"primary", "key"}, SAYS_PRIMARY_KEY, "true"},
    {{"default", NULL}, SAYS_DEFAULT, NULL},
};

/* A word of the line with what it touches: all of `numeric(18, 4)` and of `'in two words'::text`.
 */
struct part {
    const char *text;

    size_t len; /* 0: the end of the line */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static struct part part_after(const char *text)
{
    int depth = 0;
    char quote = '\0';
    const char *p;

    while (is_space(*text))
        text++;
    for (p = text; *p && (quote || depth > 0 || !is_space(*p)); p++) {
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

    struct column_line *parsed;

    bool wrong; /* something was diagnosed */
};

/* `format` takes the part, as %.*s. */
static void complain_of(struct line *line, struct part part, const char *format)
{
    struct span span = span_within(line->node, (size_t)(part.text - line->node->text), part.len);
    struct diag *diag =
        complain(line->loader, line->head, "column-syntax", span, format, (int)part.len, part.text);

    line->wrong = true;
    diag_hint(
        line->loader->diags, diag,
        "a column is written TYPE [not null] [null] [primary key] [default …]; all else needs "
        "the long form: {type: …, …}");
}

/* Keeps that the line says what stands in `part`, or means `value` by it. */
static void say(struct line *line, int says, struct part part, const char *value)
{
    struct strings *strings = line->loader->model->strings;
    size_t hint = 0;
    const struct field *field = field_find(line->head->kind, keys[says], &hint);

    if (line->parsed->says[says].text) {
        complain_of(line, part, "`%.*s` is said twice, or the opposite before");
        return;
    }
    line->parsed->says[says].text = value ? value : intern_n(strings, part.text, part.len);
    line->parsed->says[says].at = (size_t)(part.text - line->node->text);
    line->parsed->says[says].len = part.len;
    line->parsed->says[says].field = (size_t)(field - line->head->kind->fields);
}

/* Reads one clause, or what is none, and returns where it ends. */
static const char *read_clause(struct line *line, struct part part)
{
    struct part last;
    const struct clause *clause = clause_at(part, &last);

    if (!clause) {
        last = run_from(part);
        complain_of(line, last, "`%.*s` is not understood here");
        return last.text + last.len;
    }
    part.len = (size_t)(last.text + last.len - part.text);
    if (clause->value) {
        say(line, clause->says, part, clause->value);
        return part.text + part.len;
    }
    last = part_after(part.text + part.len);
    if (last.len)
        say(line, clause->says, last = run_from(last), NULL);
    else
        complain_of(line, part, "`%.*s` needs a value");
    return last.text + last.len;
}

static void read_line(struct line *line)
{
    struct part part = part_after(line->node->text), last;
    const char *rest = line->node->text;

    if (part.len && !clause_at(part, &last)) {
        part = run_from(part);
        say(line, SAYS_TYPE, part, NULL);
        rest = part.text + part.len;
    }
    while ((part = part_after(rest)).len)
        rest = read_clause(line, part);
    const char *not_null = line->parsed->says[SAYS_NOT_NULL].text;
    if (line->parsed->says[SAYS_PRIMARY_KEY].text && not_null && strcmp(not_null, "false") == 0) {
        part.text = line->node->text + line->parsed->says[SAYS_NOT_NULL].at;
        part.len = line->parsed->says[SAYS_NOT_NULL].len;
        complain_of(line, part, "a column of the key cannot be `%.*s`");
    }
}

void column_line(struct loader *loader, struct head *head, const struct yaml_node *node,
                 struct slot *slots)
{
    const char *text = intern_n(loader->model->strings, node->text, node->length);
    struct column_line *parsed = map_get(loader->lines, text, NULL);
    struct yaml_node *values = arena_alloc(loader->document, SAYINGS * sizeof(*values));

    if (!parsed) {
        parsed = ARENA_NEW(loader->scratch, struct column_line);
        struct line line = {loader, head, node, parsed, false};
        read_line(&line);
        if (!line.wrong)
            map_set(loader->lines, text, NULL, parsed);
    }
    for (int i = 0; i < SAYINGS; i++) {
        if (!parsed->says[i].text)
            continue;
        /* Only a default may be the word null, and then it is no empty value. */
        values[i] = (struct yaml_node){
            .kind = YAML_SCALAR,
            .plain = i != SAYS_DEFAULT,
            .length = (uint32_t)strlen(parsed->says[i].text),
            .span = span_within(node, parsed->says[i].at, parsed->says[i].len),
            .text = parsed->says[i].text,
        };
        slots[parsed->says[i].field] = (struct slot){.key = &values[i], .value = &values[i]};
    }
}

const struct type *load_type(struct loader *loader, struct head *head, const struct yaml_node *node)
{
    const struct type *type =
        map_get(loader->types, node->text, NULL); /* in a line it is interned */
    struct type_problem problem;

    if (type)
        return type;
    const char *text = intern_n(loader->model->strings, node->text, node->length);
    type = map_get(loader->types, text, NULL);
    if (type)
        return type;
    type = type_parse(loader->model->arena, loader->model->strings, text, &problem);
    if (type) {
        map_set(loader->types, text, NULL, (void *)type);
        return type;
    }
    struct diag *diag = complain(loader, head, problem.rule,
                                 span_within(node, problem.at, problem.len), "%s", problem.text);
    struct part last;
    const struct clause *clause = clause_at(part_after(text + problem.at), &last);
    if (clause) /* the line's words in the long form's type */
        diag_hint(loader->diags, diag, "in a mapping write `%s: %s`", keys[clause->says],
                  clause->value ? clause->value : "…");
    else if (problem.near)
        diag_hint(loader->diags, diag, "did you mean `%s`?", problem.near);
    return NULL;
}
