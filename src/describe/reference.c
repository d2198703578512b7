/* The language's reference, and the table of types, as Markdown. */
#include "internal.h"

#include <string.h>

/* How the value of a field is written. */
static const char *shape(struct arena *arena, const struct field *field)
{
    static const char *const shapes[] = {
        [FIELD_TEXT] = "text",         [FIELD_NAME] = "name",
        [FIELD_NUMBER] = "number",     [FIELD_FLAG] = "true or false",
        [FIELD_DURATION] = "duration", [FIELD_QUANTITY] = "quantity",
        [FIELD_CHOICE] = "one of",     [FIELD_CHOICES] = "some of",
        [FIELD_TYPE] = "type",         [FIELD_REF] = "name of a",
        [FIELD_REFS] = "names of",     [FIELD_TEXTS] = "texts",
        [FIELD_ONE] = "mapping:",      [FIELD_LIST] = "list of",
        [FIELD_MAP] = "by name:",      [FIELD_TREE] = "tree of",
    };
    const char *text = shapes[field->kind];

    if (field->target)
        text = arena_printf(arena, "%s %s", text, field->target->id);
    for (size_t i = 0; field->words && i < field->words->n; i++)
        text = arena_printf(arena, "%s%s %s", text, i ? "," : "", field->words->v[i].word);
    return text;
}

static struct doc *field_row(struct arena *arena, const struct kind *kind,
                             const struct field *field)
{
    struct doc *row = doc_map(arena);
    const char *meaning = field->doc;

    if (field == kind->fields && named_by_key(kind))
        meaning = arena_printf(arena, "%s: the key that it stands under", meaning);
    else if (field->need == SHORT)
        meaning = arena_printf(arena, "%s; may stand in place of the whole mapping", meaning);
    doc_set(row, "key", doc_text(arena, NULL, field->key));
    doc_set_string(arena, row, "value", shape(arena, field));
    doc_set_string(arena, row, "needed", field->need == OPT ? "" : "yes");
    doc_set(row, "else",
            field->fallback ? doc_text(arena, NULL, field->fallback) : doc_null(arena));
    doc_set_string(arena, row, "meaning", meaning);
    return row;
}

static void put_kind(struct buf *out, struct arena *arena, const struct kind *kind)
{
    struct doc *table = doc_list(arena);

    buf_printf(out, "\n### %s\n\n", kind->word ? kind->word : kind->id);
    doc_write_markdown(out, doc_string(arena, kind->doc));
    buf_putc(out, '\n');
    for (size_t i = 0; i < kind->n_fields; i++)
        doc_add(table, field_row(arena, kind, &kind->fields[i]));
    doc_write_markdown(out, table);
}

void describe_reference_markdown(struct buf *out)
{
    struct arena *arena = arena_new();

    buf_puts(out, "# The model language\n\n"
                  "Printed by `dsc reference`. Every document says what it is by `kind`; "
                  "other mappings stand inside one.\n");
    for (size_t i = 0; i < model_n_kinds; i++) {
        if (i == 0)
            buf_puts(out, "\n## Documents\n");
        else if (model_kinds[i - 1]->word && !model_kinds[i]->word)
            buf_puts(out, "\n## Mappings\n");
        put_kind(out, arena, model_kinds[i]);
        arena_reset(arena);
    }
    arena_free(arena);
}

static struct doc *code_or_null(struct arena *arena, const char *text)
{
    return text ? doc_text(arena, NULL, text) : doc_null(arena);
}

static const char *spellings(struct arena *arena, enum type_id id)
{
    const char *text = "", *spelling;

    for (size_t i = 1; (spelling = type_spelling(id, i)) != NULL; i++)
        text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", spelling);
    return text;
}

void describe_types_markdown(struct buf *out)
{
    struct arena *arena = arena_new();
    struct strings *strings = strings_new(arena);
    struct doc *table = doc_list(arena);
    struct type_problem problem;

    for (int i = 0; i < TYPE_COUNT; i++) {
        enum type_id id = (enum type_id)i;
        const char *why = NULL;
        struct doc *row = doc_add(table, doc_map(arena));
        const struct type *type = type_parse(arena, strings, type_example(id), &problem);
        const struct type array = {.id = TYPE_ARRAY, .of = type};

        doc_set(row, "type", doc_text(arena, NULL, type_example(id)));
        doc_set_string(arena, row, "also written", spellings(arena, id));
        doc_set(row, "live tables", code_or_null(arena, type_postgres(arena, type)));
        doc_set(row, "staging", code_or_null(arena, type_staging(arena, type, &why)));
        doc_set(row, "staging of an array", code_or_null(arena, type_staging(arena, &array, &why)));
        doc_set_string(arena, row, "lost in silence", type_silent_loss(type));
    }
    buf_puts(out, "# Types\n\n"
                  "What the type of a column becomes: in live and history tables, and in the "
                  "staging tables that Debezium's JDBC sink fills. Where a cell is empty, nothing "
                  "holds the type there.\n\n");
    doc_write_markdown(out, table);
    arena_free(arena);
}
