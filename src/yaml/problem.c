/* libyaml's syntax errors in words that say what to do. */
#include "internal.h"

#include <string.h>

enum { ANY = 0, AT_END = 1 }; /* no file that is read has such a byte */

/* The first row whose `problem`, `context` (NULL: any) and `byte` at the problem agree. */
static const struct explanation {
    const char *problem, *context;

    char byte;

    bool at_context; /* the place to show is where the construct began */

    const char *rule, *text, *hint;
} explanations[] = {
    {"found character that cannot start any token", NULL, '\t', false, "yaml-tab",
     "a tab in the indentation", "indent with blanks"},
    {"found a tab character that violates indentation", NULL, ANY, false, "yaml-tab",
     "a tab in the indentation", "indent with blanks"},
    {"found a tab character where an indentation space is expected", NULL, ANY, false, "yaml-tab",
     "a tab in the indentation", "indent with blanks"},
    {"found character that cannot start any token", NULL, '@', false, "yaml-syntax",
     "a value cannot begin with `@`", "put the value in quotes"},
    {"found character that cannot start any token", NULL, '`', false, "yaml-syntax",
     "a value cannot begin with a backquote", "put the value in quotes"},
    {"found character that cannot start any token", NULL, '%', false, "yaml-syntax",
     "a value cannot begin with `%`", "put the value in quotes"},
    {"found character that cannot start any token", NULL, ANY, false, "yaml-syntax",
     "a value cannot begin with this character", "put the value in quotes"},

    {"mapping values are not allowed in this context", NULL, ANY, false, "yaml-syntax",
     "a `: ` inside a plain value, or a line that is indented too far",
     "put the value in quotes, or mend the indentation"},
    {"could not find expected ':'", NULL, ANY, true, "yaml-syntax", "this line is no `key: value`",
     "write `key: value`, or indent it if it continues a text"},
    {"block sequence entries are not allowed in this context", NULL, ANY, false, "yaml-syntax",
     "a list cannot begin on the line of its key", "put the `- ` on a line of its own"},
    {"mapping keys are not allowed in this context", NULL, ANY, false, "yaml-key",
     "a key that begins with `? ` is not part of the language", "write `key: value`"},
    {"found unexpected ':'", NULL, ANY, false, "yaml-syntax", "a `:` inside a plain value",
     "put the value in quotes"},

    {"did not find expected key", NULL, ':', false, "yaml-key", "the key is empty",
     "write `key: value`"},
    {"did not find expected key", NULL, ANY, false, "yaml-syntax",
     "this does not fit into the mapping around it",
     "indent every key of a mapping by the same number of blanks, and close quotes and brackets"},
    {"did not find expected '-' indicator", NULL, ANY, false, "yaml-syntax",
     "this does not fit into the list around it",
     "begin every item with `- `, all indented by the same number of blanks"},
    {"did not find expected ',' or ']'", NULL, AT_END, true, "yaml-syntax",
     "the `[` is never closed", "close it"},
    {"did not find expected ',' or '}'", NULL, AT_END, true, "yaml-syntax",
     "the `{` is never closed", "close it"},
    {"did not find expected ',' or ']'", NULL, ANY, false, "yaml-syntax",
     "the list lacks a `,` or its closing `]` before this",
     "separate items by `,`, and close the `[`"},
    {"did not find expected ',' or '}'", NULL, ANY, false, "yaml-syntax",
     "the mapping lacks a `,` or its closing `}` before this",
     "separate pairs by `,`, close the `{`, and put a value that holds such signs in quotes"},
    {"did not find expected node content", NULL, ANY, false, "yaml-syntax",
     "a value is missing here", "write the value, and put it in quotes if it begins with a sign"},
    {"did not find expected <document start>", NULL, ANY, false, "yaml-syntax",
     "this belongs to no document", "begin a document with a line `---`, or mend the indentation"},

    {"found unexpected end of stream", NULL, ANY, true, "yaml-syntax", "the quote is never closed",
     "close it"},
    {"found unexpected document indicator", NULL, ANY, true, "yaml-syntax",
     "the quote is not closed before the document ends", "close it"},
    {"found unknown escape character", NULL, ANY, false, "yaml-syntax",
     "double quotes know no such escape", "write `\\\\` for a backslash, or use single quotes"},
    {"did not find expected hexdecimal number", NULL, ANY, false, "yaml-syntax",
     "the escape wants hexadecimal digits: two for \\x, four for \\u, eight for \\U",
     "complete it, or use single quotes"},
    {"found invalid Unicode character escape code", NULL, ANY, false, "yaml-syntax",
     "the escape is no Unicode character", "write the character itself"},

    {"found an indentation indicator equal to 0", NULL, ANY, false, "yaml-syntax",
     "the indentation of a text is 1 to 9", "leave the number out"},
    {"did not find expected comment or line break", "while scanning a block scalar", ANY, false,
     "yaml-syntax", "the text after `|` or `>` begins on the next line",
     "break the line, or put a value that begins with `|` or `>` in quotes"},

    {"did not find expected alphabetic or numeric character", NULL, ANY, true, "yaml-anchor",
     "`&` and `*` begin anchors and aliases, which are not part of the language",
     "put a value that begins with such a sign in quotes"},
    {NULL, "while scanning a tag", ANY, true, "yaml-tag", "tags are not part of the language",
     "remove it, or put a value that begins with `!` in quotes"},
    {NULL, "while parsing a tag", ANY, true, "yaml-tag", "tags are not part of the language",
     "remove it, or put a value that begins with `!` in quotes"},
    {"found undefined tag handle", NULL, ANY, true, "yaml-tag", "tags are not part of the language",
     "remove it, or put a value that begins with `!` in quotes"},

    {"found incompatible YAML document", NULL, ANY, false, "yaml-syntax",
     "only YAML 1.1 and 1.2 can be read", "remove the directive"},
    {"found duplicate %YAML directive", NULL, ANY, false, "yaml-syntax", "a second %YAML directive",
     "remove it"},
    {NULL, "while scanning a %YAML directive", ANY, true, "yaml-syntax",
     "the %YAML directive has no version that can be read", "remove it"},
    {NULL, "while scanning a directive", ANY, true, "yaml-syntax",
     "a line that begins with `%` is a directive, and there is none of this name",
     "remove it, or put a value that begins with `%` in quotes"},
};

static const struct explanation *find_explanation(const yaml_parser_t *parser, char byte)
{
    for (size_t i = 0; i < COUNT(explanations); i++) {
        const struct explanation *row = &explanations[i];

        if (row->problem && strcmp(row->problem, parser->problem) != 0)
            continue;
        if (row->context && (!parser->context || strcmp(row->context, parser->context) != 0))
            continue;
        if (row->byte == ANY || row->byte == byte)
            return row;
    }
    return NULL;
}

/* The last character of the file that shows: libyaml's mark of the end lies in a line behind it. */
static struct span last_place(const struct yaml_reader *reader)
{
    const char *start = reader->bytes + reader->base;
    size_t length = reader->size - reader->base, line = reader->base_line, column = 0;

    while (length && strchr(" \t\n", start[length - 1]))
        length--;
    for (size_t i = 0; i + 1 < length; i++) {
        column = start[i] == '\n' ? 0 : column + 1;
        line += start[i] == '\n';
    }
    return span_at(reader, line, column, 1);
}

static struct span place_of(struct yaml_reader *reader, const yaml_mark_t *mark)
{
    return mark_offset(reader, mark) < reader->size ? mark_span(reader, mark, 1)
                                                    : last_place(reader);
}

size_t explain_problem(struct yaml_reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;

    if (parser->error == YAML_MEMORY_ERROR)
        fatal("out of memory, reading YAML");
    struct span context = {0};
    if (parser->context)
        context = place_of(reader, &parser->context_mark);
    struct span span = place_of(reader, &parser->problem_mark);
    size_t offset = mark_offset(reader, &parser->problem_mark);
    const struct explanation *row =
        find_explanation(parser, offset < reader->size ? reader->bytes[offset] : AT_END);

    if (!row) {
        refuse(reader, "yaml-syntax", span, "mend what stands here or just before", "%s%s%s",
               parser->context ? parser->context : "", parser->context ? ": " : "",
               parser->problem);
    } else if (row->at_context && context.file) {
        refuse(reader, row->rule, context, row->hint, "%s", row->text);
    } else {
        struct diag *diag = refuse(reader, row->rule, span, row->hint, "%s", row->text);

        if (diag && context.file && context.line != span.line)
            diag_relate(reader->diags, diag, context, "what is being read began here");
    }
    return offset;
}
