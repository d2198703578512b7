#include "hostile.h"

#include <string.h>

static const char *const pieces[] = {
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\"",
    "'",
    "\\",
    "${",
    "$${",
    "$$",
    "$",
    "%{",
    "%%{",
    "%",
    "{{",
    "}}",
    "@{",
    "@@{",
    "}",
    "{",
    "[",
    "]",
    "yes",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "true",
    "NULL",
    "~",
    "<<",
    "=",
    "0123",
    "0o17",
    "0x1F",
    "0b1",
    "1e3",
    "1_000",
    ".5",
    "-.inf",
    ".NaN",
    "12:30:45",
    "2026-01-01",
    "-1",
    "+",
    "-",
    ".",
    "---",
    "...",
    "--- x",
    "- x",
    "* x",
    "1. x",
    "1) x",
    "# x",
    " #",
    "a: b",
    ": ",
    ":",
    "? ",
    "?",
    "&a",
    "*a",
    "!t",
    "!",
    "|",
    ">",
    ">-",
    "@",
    "`",
    "``",
    "```sh",
    "~~~",
    "**b**",
    "_e_",
    "a_b",
    "__",
    "[x](y)",
    "![",
    "[a]: b",
    "<b>",
    "</script>",
    "<!--",
    "&amp;",
    "&#35;",
    "http://a.b/_c_",
    "a@b.cd",
    "===",
    ":-:",
    "| - |",
    "\\|",
    "  \n",
    "\n\n",
    "\n  ",
    "\n\t",
    "\x01",
    "\x1b[31m",
    "\x7f",
    "\xc2\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\uffff",
    "\u00a0",
    "\u00e9",
    "e\u0301",
    "\u202e",
    "\U0001f600",
    "\U0001f468\u200d\U0001f469",
    ";--",
    "/*",
    "$1",
    "E'",
    "--",
    "null",
    "#",
    "//",
};

struct dice dice_of_seed(uint64_t seed)
{
    return (struct dice){.state = seed};
}

struct dice dice_of_bytes(const uint8_t *bytes, size_t size)
{
    static const uint8_t none[1];

    return (struct dice){.bytes = bytes != NULL ? bytes : none, .left = bytes != NULL ? size : 0};
}

/* The next number of the splitmix64 sequence. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

unsigned dice_roll(struct dice *dice, unsigned sides)
{
    if (dice->bytes == NULL)
        return (unsigned)(next_random(&dice->state) % sides);
    if (dice->left == 0)
        return 0;
    dice->left--;
    return *dice->bytes++ % sides;
}

/* Any character but NUL and the surrogates; half of them ASCII. */
static uint32_t roll_char(struct dice *dice)
{
    static const uint32_t planes[] = {0x80, 0x80, 0x800, 0x10000, 0x110000};
    uint32_t limit = planes[dice_roll(dice, COUNT(planes))];
    uint32_t c =
        (dice_roll(dice, 256) << 16 | dice_roll(dice, 256) << 8 | dice_roll(dice, 256)) % limit;

    return c == 0 || (c >= 0xd800 && c <= 0xdfff) ? 'x' : c;
}

static void put_char(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_putc(out, (char)c);
    } else if (c < 0x800) {
        buf_put(out, (char[]){(char)(0xc0 | c >> 6), (char)(0x80 | (c & 0x3f))}, 2);
    } else if (c < 0x10000) {
        buf_put(out,
                (char[]){(char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3f)),
                         (char)(0x80 | (c & 0x3f))},
                3);
    } else {
        buf_put(out,
                (char[]){(char)(0xf0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3f)),
                         (char)(0x80 | (c >> 6 & 0x3f)), (char)(0x80 | (c & 0x3f))},
                4);
    }
}

const char *hostile_text(struct arena *arena, struct dice *dice)
{
    struct buf text = {0};
    const char *copy;

    for (unsigned n = dice_roll(dice, 6); n > 0; n--) {
        switch (dice_roll(dice, 24)) {
        case 0:
        case 1:
        case 2:
            put_char(&text, roll_char(dice));
            break;
        case 3:
        case 4:
            buf_puts(&text, "word");
            break;
        case 5:
            buf_fill(&text, (char)(' ' + dice_roll(dice, '~' - ' ')), dice_roll(dice, 256) * 8);
            break;
        default:
            buf_puts(&text, pieces[dice_roll(dice, COUNT(pieces))]);
        }
    }
    copy = arena_strndup(arena, text.data, text.len);
    buf_free(&text);
    return copy;
}

const char *hostile_identifier(struct arena *arena, struct dice *dice)
{
    static const char *const words[] = {"for",  "in",   "if",   "null",    "true",
                                        "name", "type", "a_-1", "dynamic", "Z"};

    return arena_printf(arena, "%s%u", words[dice_roll(dice, COUNT(words))], dice_roll(dice, 256));
}

static void add_items(struct arena *arena, struct dice *dice, struct doc *list, unsigned depth)
{
    for (unsigned n = dice_roll(dice, 5); n > 0; n--)
        doc_add(list, hostile_tree(arena, dice, depth));
}

static void set_members(struct arena *arena, struct dice *dice, struct doc *map, unsigned depth,
                        const char *(*key_of)(struct arena *, struct dice *))
{
    for (unsigned n = dice_roll(dice, 6); n > 0; n--) {
        const char *key = key_of(arena, dice);

        if (doc_get(map, key) == NULL)
            doc_set(map, key, hostile_tree(arena, dice, depth));
    }
}

struct doc *hostile_tree(struct arena *arena, struct dice *dice, unsigned depth)
{
    static const int64_t integers[] = {0, 1, -1, 42, INT64_MAX, INT64_MIN};
    struct doc *doc;

    switch (dice_roll(dice, depth > 0 ? 14 : 6)) {
    case 0:
        return doc_null(arena);
    case 1:
        return doc_bool(arena, dice_roll(dice, 2));
    case 2:
        return doc_int(arena, integers[dice_roll(dice, COUNT(integers))]);
    case 6:
    case 7:
    case 8:
    case 9:
        doc = doc_list(arena);
        add_items(arena, dice, doc, depth - 1);
        return doc;
    case 10:
    case 11:
    case 12:
    case 13:
        doc = doc_map(arena);
        set_members(arena, dice, doc, depth - 1, hostile_text);
        return doc;
    default:
        return doc_string(arena, hostile_text(arena, dice));
    }
}

static struct doc *hostile_block(struct arena *arena, struct dice *dice, const char *type,
                                 const char *label, unsigned depth)
{
    struct doc *block = doc_block(arena, type, label != NULL, &label);

    set_members(arena, dice, block, 2, hostile_identifier);
    for (unsigned n = depth > 0 ? dice_roll(dice, 3) : 0; n > 0; n--) {
        const char *inner = arena_printf(arena, "block_%u", dice_roll(dice, 2));

        doc_add(block, hostile_block(arena, dice, inner, NULL, depth - 1));
        set_members(arena, dice, block, 1, hostile_identifier);
    }
    return block;
}

struct doc *hostile_blocks(struct arena *arena, struct dice *dice)
{
    struct doc *file = doc_list(arena);

    for (unsigned n = dice_roll(dice, 4); n > 0; n--)
        doc_add(file,
                hostile_block(arena, dice, "resource",
                              arena_printf(arena, "%s_%u", hostile_identifier(arena, dice), n), 2));
    return file;
}

static struct doc *hostile_cell(struct arena *arena, struct dice *dice)
{
    switch (dice_roll(dice, 4)) {
    case 0:
        return doc_text(arena, NULL, hostile_text(arena, dice));
    case 1:
        return doc_int(arena, (int64_t)dice_roll(dice, 256) - 128);
    default:
        return doc_string(arena, hostile_text(arena, dice));
    }
}

static struct doc *hostile_table(struct arena *arena, struct dice *dice)
{
    struct doc *table = doc_list(arena), *row = doc_add(table, doc_map(arena));

    doc_set(row, "", hostile_cell(arena, dice));
    for (unsigned n = dice_roll(dice, 3); n > 0; n--) {
        const char *key = hostile_text(arena, dice);

        if (doc_get(row, key) == NULL)
            doc_set(row, key, hostile_cell(arena, dice));
    }
    for (unsigned n = dice_roll(dice, 4); n > 0; n--) {
        row = doc_add(table, doc_map(arena));
        for (const struct doc *column = table->first->first; column != NULL;
             column = column->next) {
            if (dice_roll(dice, 5) > 0)
                doc_set(row, column->key, hostile_cell(arena, dice));
        }
    }
    return table;
}

struct doc *hostile_page(struct arena *arena, struct dice *dice)
{
    struct doc *page = doc_list(arena), *list;

    doc_add_string(arena, page, hostile_text(arena, dice));
    for (unsigned n = dice_roll(dice, 5); n > 0; n--) {
        switch (dice_roll(dice, 4)) {
        case 0:
            doc_add(page, doc_text(arena, "sh", hostile_text(arena, dice)));
            break;
        case 1:
            doc_add(page, hostile_table(arena, dice));
            break;
        case 2:
            list = doc_add(page, doc_list(arena));
            for (unsigned items = dice_roll(dice, 4); items > 0; items--)
                doc_add_string(arena, list, hostile_text(arena, dice));
            doc_add_string(arena, page, "the end of the list");
            break;
        default:
            doc_add_string(arena, page, hostile_text(arena, dice));
        }
    }
    doc_add(page, doc_text(arena, NULL, "the end"));
    return page;
}
