/*
 * yaml: libyaml's events to a small tree with positions, one document at a time.
 *
 * Refused with a diagnostic each: tabs as indentation, a byte order mark, carriage returns, invalid
 * UTF-8, NUL, anchors and aliases (so no billion laughs; merge keys too), tags, duplicate keys, keys
 * that are not scalars, more than YAML_MAX_DEPTH levels, YAML_MAX_NODES nodes in a document, a line
 * or scalar of more than YAML_MAX_LINE bytes, a file of more than YAML_MAX_FILE bytes.
 *
 * The rules, all errors: yaml-syntax, yaml-encoding (also carriage returns, control characters and
 * Unicode's line separators), yaml-tab, yaml-limit (also 10,000 problems in one file), yaml-anchor,
 * yaml-tag, yaml-key, duplicate-key, and yaml-flow-comma: {type: numeric(18,4)} is cut at the comma
 * by YAML; the tree holds the value that was meant.
 */
#ifndef DSC_YAML_H
#define DSC_YAML_H

#include "dsc/base.h"

enum {
    YAML_MAX_DEPTH = 32,
    YAML_MAX_NODES = 4 * 1000 * 1000,
    YAML_MAX_LINE = 1024 * 1024,
    YAML_MAX_FILE = 64 * 1024 * 1024
};

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_LIST };

struct yaml_node {
    enum yaml_kind kind;

    bool plain; /* a scalar without quotes: an empty plain one, `~` or `null` means "nothing given" */

    uint32_t length; /* scalar: bytes of text; map: pairs; list: items */

    struct span span; /* of the scalar, or of the first character of the map or list */

    const char *text; /* scalar: valid UTF-8, NUL-terminated, without NUL inside */

    struct yaml_node *first; /* map: key, value, key, value …; list: the items; linked by next */

    struct yaml_node *next;
};

/* "# dsc: allow RULE because REASON" on a line of its own, outside any scalar. */
struct yaml_pragma {
    struct span span;   /* of the comment; it speaks of the next line that is neither blank nor a comment */
    uint32_t line;      /* that line */
    const char *text;   /* what follows "# dsc:", trimmed */
};

struct yaml_reader;

/* Begins reading `bytes` (kept by the caller until yaml_close) as file `file` of `diags`. Problems of
 * the file as a whole are diagnosed at once, and then no document comes. A size of more than
 * YAML_MAX_FILE is such a problem: `bytes` may be NULL then. */
struct yaml_reader *yaml_open(struct diags *diags, uint32_t file, const char *bytes, size_t size);

/* The next document, allocated in `arena` (the caller may reset it between documents), or NULL at
 * the end. A document with a syntax error is diagnosed and passed over: reading goes on at the next
 * line that begins with `---`. Empty documents are passed over in silence. Duplicate keys are
 * diagnosed, the first stays. */
struct yaml_node *yaml_next(struct yaml_reader *reader, struct arena *arena);

/* The pragmas of the file, complete after yaml_next returned NULL; they live in diags' arena. */
const struct yaml_pragma *yaml_pragmas(const struct yaml_reader *reader, size_t *n);

void yaml_close(struct yaml_reader *reader);

/* The value of `key` in a map, or NULL. */
struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

#endif
