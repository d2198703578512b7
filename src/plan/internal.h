/* plan: the table that describes every member, and the printer. Private to the module. */
#ifndef DSC_PLAN_INTERNAL_H
#define DSC_PLAN_INTERNAL_H

#include "dsc/plan.h"

enum member_kind {
    MEMBER_STRING,
    MEMBER_INT,
    MEMBER_BOOL,
    MEMBER_WORD,    /* an enum, by its word */
    MEMBER_STRUCT,  /* nullable: a pointer to one, else embedded */
    MEMBER_STRUCTS, /* a pointer to the first of some */
    MEMBER_STRINGS  /* the same */
};

struct words {
    const char *const *v; /* by enumerator */

    size_t n;
};

struct member {
    const char *name; /* in JSON */

    enum member_kind kind;

    bool nullable; /* STRING and STRUCT: may be NULL, and absent when read */

    size_t offset;

    size_t count_offset; /* STRUCTS, STRINGS: of their number */

    const struct shape *shape; /* STRUCT, STRUCTS */

    const struct words *words; /* WORD */

    int64_t minimum; /* INT */

    const char *doc; /* one line */
};

struct shape {
    const char *name; /* in the schema */

    size_t size;

    const struct member *members;

    size_t n_members;

    const char *doc;
};

extern const struct shape plan_shape; /* of struct plan */

extern const struct shape *const plan_parts[]; /* of every other struct */
extern const size_t n_plan_parts;

/* A printer of JSON, indented by two. Every value of an array begins with print_item, every one of
 * an object with print_name. */
struct printer {
    struct buf *out;

    size_t level;

    bool empty; /* nothing was printed since the last bracket */
};

void print_open(struct printer *printer, char bracket);
void print_close(struct printer *printer, char bracket);
void print_item(struct printer *printer);
void print_name(struct printer *printer, const char *name);
void print_string(struct printer *printer, const char *text); /* NULL: null */
void print_int(struct printer *printer, int64_t value);
void print_bool(struct printer *printer, bool value);

#endif
