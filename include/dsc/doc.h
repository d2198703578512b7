/*
 * doc: a neutral tree of values and one writer per target format.
 *
 * Emitters build trees; only these writers know quotes, escapes, indents and braces. Whatever a
 * string holds, the output parses, and gives the same string back.
 */
#ifndef DSC_DOC_H
#define DSC_DOC_H

#include "dsc/base.h"

enum doc_kind {
    DOC_NULL,
    DOC_BOOL,
    DOC_INT,
    DOC_STRING,
    DOC_LIST,
    DOC_MAP,
    DOC_BLOCK, /* HCL: type, labels, body (a map); in other formats a bug */
    DOC_REF,   /* HCL: an expression such as kafka_topic.orders.name, never quoted */
    DOC_TEXT   /* Markdown: code, fenced as a block in `language`, or as a span inside a line */
};

struct doc {
    enum doc_kind kind;

    const char *key; /* set where this is a member of a map */

    union {
        bool boolean;
        int64_t integer;
        const char *string; /* STRING, REF, TEXT; a block's type */
    };

    const char *const *labels; /* BLOCK: n_labels of them; TEXT: labels[0] is the language */
    size_t n_labels;

    struct doc *first, *last; /* members of a LIST, MAP or BLOCK, in the order they were added */

    struct doc *next;
};

/* Constructors. Strings are valid UTF-8, and not copied: they live as long as the arena or longer;
 * an array of labels is copied. NULL strings make DOC_NULL. */
struct doc *doc_null(struct arena *arena);
struct doc *doc_bool(struct arena *arena, bool value);
struct doc *doc_int(struct arena *arena, int64_t value);
struct doc *doc_string(struct arena *arena, const char *value);
struct doc *doc_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);
struct doc *doc_list(struct arena *arena);
struct doc *doc_map(struct arena *arena);
struct doc *doc_ref(struct arena *arena, const char *expression);
struct doc *doc_text(struct arena *arena, const char *language, const char *text);
/* doc_block(arena, "resource", 2, (const char *[]){"kafka_topic", "orders"}) */
struct doc *doc_block(struct arena *arena, const char *type, size_t n, const char *const *labels);

/* Adds to a LIST (an HCL file is one, of blocks), or a nested block to a BLOCK. Returns `item`. */
struct doc *doc_add(struct doc *list, struct doc *item);

/* Sets a member of a MAP or an attribute of a BLOCK; keys are not copied, and a key set twice is a
 * bug (looked for among the first members only). Returns `value`. */
struct doc *doc_set(struct doc *map, const char *key, struct doc *value);

/* Shorthands: doc_set with a constructor; the value's arena is given first. */
void doc_set_string(struct arena *arena, struct doc *map, const char *key, const char *value);
void doc_set_int(struct arena *arena, struct doc *map, const char *key, int64_t value);
void doc_set_bool(struct arena *arena, struct doc *map, const char *key, bool value);
void doc_add_string(struct arena *arena, struct doc *list, const char *value);

struct doc *doc_get(const struct doc *map, const char *key); /* NULL if absent; linear */
void doc_sort(struct doc *map); /* by key, bytewise; children untouched */

/* Reads JSON (RFC 8259) into a tree that lives in `arena`; a key that comes twice, a fraction and a
 * character U+0000 are refused. NULL with what is wrong, and where, in *why. */
struct doc *doc_read_json(struct arena *arena, const char *text, size_t length, const char **why);

/* Writers append to `out`. All end with one line feed. */

/* YAML 1.2 that a YAML 1.1 reader reads the same; block style, two spaces, lists indented below
 * their key. A string that either version would read as something else is quoted; one with line
 * feeds becomes a literal block where that gives it back exactly, else double-quoted. */
void doc_write_yaml(struct buf *out, const struct doc *doc);

/* Each item of a LIST as a document of its own behind `---`. */
void doc_write_yaml_documents(struct buf *out, const struct doc *list);

/* JSON (RFC 8259), indented by two, members in the order they were added, UTF-8 unescaped but for
 * control characters, quotes and backslashes. */
void doc_write_json(struct buf *out, const struct doc *doc);

/* HCL as `terraform fmt` leaves it: a LIST of blocks, `=` aligned in runs of attributes, `${` and
 * `%{` escaped in strings. A block's labels and the names of its attributes must be identifiers (a
 * letter or `_`, then letters, digits, `_` and `-`, all ASCII); keys of a MAP are any text. */
void doc_write_hcl(struct buf *out, const struct doc *blocks);

/* Markdown (CommonMark with tables): STRING is a paragraph, or several parted by empty lines; LIST
 * of STRING a bullet list; LIST of MAP a table (columns are the keys of the first, cells scalars,
 * or TEXT for code); TEXT a fenced block; any other LIST gives its items one after the other. Text
 * is escaped: it shows as it is, but that blanks and line ends in a row show as one blank. */
void doc_write_markdown(struct buf *out, const struct doc *doc);

/* Text escaped for one format, for use inside a template's line. */
enum doc_escape {
    ESCAPE_NONE,
    ESCAPE_MARKDOWN,   /* shows as it is, on one line */
    ESCAPE_DOCKERFILE, /* with its double quotes, on one line: a value of LABEL, ENV or ARG */
    ESCAPE_SHELL       /* one word, with single quotes where needed */
};
void doc_escape(struct buf *out, enum doc_escape escape, const char *text);

/* A template: plain text with @{name}, `@@{` for a literal `@{`; no loops, no conditions. Unknown
 * names, names that the template never uses, and a name set twice are errors: false, with what is
 * wrong in `*why` (in the arena), and `out` half filled. A value is a STRING, escaped as `escape`
 * says, or of another kind, written as Markdown: as a block where it has a line to itself, else
 * (but not a LIST) within the line. */
bool doc_template(struct arena *arena, struct buf *out, const char *text, enum doc_escape escape,
                  const struct doc *values, const char **why);

#endif
