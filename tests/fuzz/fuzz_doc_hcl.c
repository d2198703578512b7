/* The HCL writer: a reader of its layout, character by character, gets back what was written. */
#include "hostile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reader {
    const char *text;

    const char *at;
};

static void expect(bool holds, const struct reader *reader, const char *what)
{
    if (!holds)
        fatal("%s at byte %td of\n%s", what, reader->at - reader->text, reader->text);
}

static void take(struct reader *reader, const char *text)
{
    expect(strncmp(reader->at, text, strlen(text)) == 0, reader, text);
    reader->at += strlen(text);
}

static void take_indent(struct reader *reader, size_t level)
{
    expect(strspn(reader->at, " ") == 2 * level, reader, "another indent");
    reader->at += 2 * level;
}

static void put_utf8(struct buf *out, unsigned long c)
{
    static const unsigned char firsts[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    char bytes[4];

    for (size_t i = length; i-- > 1; c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3f));
    bytes[0] = (char)(firsts[length] | c);
    buf_put(out, bytes, length);
}

static void take_escape(struct reader *reader, struct buf *out)
{
    static const char named[] = "nrt\"\\", meant[] = "\n\r\t\"\\";
    const char *name = strchr(named, reader->at[1]);
    size_t digits = reader->at[1] == 'U' ? 8 : 4;
    char number[9] = "";

    if (name != NULL && *name != '\0') {
        buf_putc(out, meant[name - named]);
        reader->at += 2;
        return;
    }
    expect(reader->at[1] == 'u' || reader->at[1] == 'U', reader, "no escape");
    memcpy(number, reader->at + 2, digits);
    expect(strspn(number, "0123456789abcdef") == digits, reader, "too few digits");
    put_utf8(out, strtoul(number, NULL, 16));
    reader->at += 2 + digits;
}

/* A string in quotes: no sign before a brace but doubled, and then alone. */
static void take_string(struct reader *reader, const char *said)
{
    struct buf read = {0};

    take(reader, "\"");
    buf_puts(&read, "");
    while (*reader->at != '"') {
        char c = *reader->at;

        expect((unsigned char)c >= ' ', reader, "a control character");
        if (c == '\\') {
            take_escape(reader, &read);
        } else if ((c == '$' || c == '%') && reader->at[1] == c && reader->at[2] == '{') {
            expect(reader->at[-1] != c, reader, "three signs before a brace");
            buf_printf(&read, "%c{", c);
            reader->at += 3;
        } else {
            expect(!((c == '$' || c == '%') && reader->at[1] == '{'), reader, "a template");
            buf_putc(&read, c);
            reader->at++;
        }
    }
    expect(strcmp(said, read.data) == 0, reader, "another string");
    buf_free(&read);
    take(reader, "\"");
}

static bool is_multi_line(const struct doc *value)
{
    return value->kind != DOC_BLOCK && value->kind != DOC_STRING && value->kind != DOC_INT &&
           value->kind != DOC_BOOL && value->kind != DOC_NULL && value->first != NULL;
}

static void take_body(struct reader *reader, const struct doc *body, size_t level);

static void take_value(struct reader *reader, const struct doc *value, size_t level)
{
    char digits[24];

    switch (value->kind) {
    case DOC_NULL:
        take(reader, "null");
        return;
    case DOC_BOOL:
        take(reader, value->boolean ? "true" : "false");
        return;
    case DOC_INT:
        snprintf(digits, sizeof(digits), "%" PRId64, value->integer);
        take(reader, digits);
        return;
    case DOC_STRING:
        take_string(reader, value->string);
        return;
    case DOC_LIST:
        take(reader, value->first != NULL ? "[\n" : "[");
        for (const struct doc *item = value->first; item != NULL; item = item->next) {
            take_indent(reader, level + 1);
            take_value(reader, item, level + 1);
            take(reader, ",\n");
        }
        if (value->first != NULL)
            take_indent(reader, level);
        take(reader, "]");
        return;
    case DOC_MAP:
        take(reader, value->first != NULL ? "{\n" : "{");
        take_body(reader, value, level + 1);
        if (value->first != NULL)
            take_indent(reader, level);
        take(reader, "}");
        return;
    default:
        fatal("a kind that HCL has not");
    }
}

static void take_block(struct reader *reader, const struct doc *block, size_t level)
{
    take_indent(reader, level);
    take(reader, block->string);
    for (size_t i = 0; i < block->n_labels; i++) {
        take(reader, " ");
        take_string(reader, block->labels[i]);
    }
    take(reader, block->first != NULL ? " {\n" : " {");
    take_body(reader, block, level + 1);
    if (block->first != NULL)
        take_indent(reader, level);
    take(reader, "}\n");
}

/* Takes a key and the blanks before its equals sign; returns how many they are. */
static size_t take_key(struct reader *reader, const struct doc *member)
{
    size_t blanks;

    if (*reader->at == '"')
        take_string(reader, member->key);
    else
        take(reader, member->key);
    blanks = strspn(reader->at, " ");
    reader->at += blanks;
    take(reader, "= ");
    return blanks;
}

/* Where the attributes of a run begin with `=` in one column, one key reaches it. */
static void take_body(struct reader *reader, const struct doc *body, size_t level)
{
    const struct doc *before = NULL;
    size_t column = 0, least = 1; /* of the run; 0: none goes on */

    for (const struct doc *member = body->first; member != NULL;
         before = member, member = member->next) {
        const char *line;
        size_t blanks;
        bool goes_on = column > 0 && member->kind != DOC_BLOCK && !is_multi_line(member);

        expect(goes_on || least == 1, reader, "no key reaches the equals signs");
        if (before != NULL && (before->kind == DOC_BLOCK || member->kind == DOC_BLOCK))
            take(reader, "\n");
        if (member->kind == DOC_BLOCK) {
            take_block(reader, member, level);
            column = 0;
            continue;
        }
        take_indent(reader, level);
        line = reader->at;
        blanks = take_key(reader, member);
        least = !goes_on || blanks < least ? blanks : least;
        expect(!goes_on || (size_t)(reader->at - line) == column, reader, "not aligned");
        column = is_multi_line(member) ? 0 : (size_t)(reader->at - line);
        take_value(reader, member, level);
        take(reader, "\n");
    }
    expect(least == 1, reader, "no key reaches the equals signs");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dice dice = dice_of_bytes(data, size);
    struct arena *arena = arena_new();
    const struct doc *blocks = hostile_blocks(arena, &dice);
    struct buf text = {0};
    struct reader reader;

    buf_puts(&text, "");
    doc_write_hcl(&text, blocks);
    reader = (struct reader){.text = text.data, .at = text.data};
    for (const struct doc *block = blocks->first; block != NULL; block = block->next) {
        if (block != blocks->first)
            take(&reader, "\n");
        take_block(&reader, block, 0);
    }
    expect(*reader.at == '\0', &reader, "something behind the end");
    buf_free(&text);
    arena_free(arena);
    return 0;
}
