/* One row per type: all that parsing, printing, widening and mapping need to know. */
#ifndef MODEL_TYPE_TABLE_H
#define MODEL_TYPE_TABLE_H

#include "dsc/model/type.h"

/* How a type is written. */
enum type_form {
    FORM_PLAIN,     /* name, name(a), name(a,b) */
    FORM_ENUM,      /* enum(name) */
    FORM_GEOGRAPHY, /* geography(kind, srid) */
    FORM_ARRAY,     /* array<T> or T[] */
    FORM_MAP,       /* map<K, V> */
    FORM_STRUCT     /* struct<name T, …> */
};

struct type_parameter {
    const char *what; /* NULL: the type has no such parameter */

    int32_t least, most;

    int32_t fallback; /* what holds where it is not written; 0: no limit */

    bool shown; /* the fallback is written out by PostgreSQL, and so by us */

    bool required;
};

struct type_row {
    const char *name; /* the canonical spelling */

    const char *example; /* where the name alone is no type, or hardly ever written */

    enum type_form form;

    struct type_parameter a, b;

    int bits; /* of an integer's value, without its sign */

    bool is_unsigned;

    const char *live; /* in live and history tables, as format_type() prints it, `@` for the
                         parameters; NULL: none (an array's comes from its element) */

    const char *staging; /* in staging tables; NULL: none */

    const char *staged_array; /* of an array of it, in staging tables; NULL: none */

    const char *way_out; /* where there is no staging type */

    const char *loss; /* what Debezium's JDBC sink loses in silence */
};

struct type_spelling {
    const char *words; /* in lower case, one space between */

    enum type_id id;
};

struct type_tail {
    enum type_id id;

    const char *words;

    enum type_id becomes;
};

extern const struct type_row type_rows[TYPE_COUNT];
extern const struct type_spelling type_spellings[];
extern const size_t type_n_spellings;
extern const struct type_tail type_tails[];
extern const size_t type_n_tails;
extern const char *const type_geographies[];
extern const size_t type_n_geographies;

#endif
