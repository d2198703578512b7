/*
 * The types of columns: one table drives parsing, widening rules, and what each container can hold.
 * Part of the model module; model.h includes it.
 */
#ifndef DSC_MODEL_TYPE_H
#define DSC_MODEL_TYPE_H

#include "dsc/base.h"

enum type_id {
    TYPE_BOOLEAN,
    TYPE_TINYINT,
    TYPE_SMALLINT,
    TYPE_INTEGER,
    TYPE_BIGINT,
    TYPE_UTINYINT,
    TYPE_USMALLINT,
    TYPE_UINTEGER,
    TYPE_UBIGINT,
    TYPE_DECIMAL, /* a: precision, b: scale; without parameters: any */
    TYPE_REAL,
    TYPE_DOUBLE,
    TYPE_CHAR,    /* a: length in characters, 1 unless given */
    TYPE_VARCHAR, /* a: length in characters; without parameter: any */
    TYPE_TEXT,
    TYPE_BINARY,  /* a: length in bytes; without parameter: any */
    TYPE_BIT,     /* a: length in bits, 1 unless given */
    TYPE_VARBIT,  /* a: length in bits; without parameter: any */
    TYPE_DATE,
    TYPE_TIME,        /* a: digits of the second, 6 unless given */
    TYPE_TIMETZ,      /* a: the same */
    TYPE_TIMESTAMP,   /* a: the same */
    TYPE_TIMESTAMPTZ, /* a: the same */
    TYPE_INTERVAL,
    TYPE_UUID,
    TYPE_JSON,
    TYPE_JSONB,
    TYPE_XML,
    TYPE_INET,
    TYPE_CIDR,
    TYPE_MACADDR,
    TYPE_MONEY,
    TYPE_ENUM,      /* enum(name): the source's own enumeration */
    TYPE_CITEXT,
    TYPE_VARIANT,
    TYPE_GEOGRAPHY, /* word: point, linestring, polygon …; a: srid, 4326 unless given */
    TYPE_ARRAY,     /* of: the element; written array<T> or T[] */
    TYPE_MAP,       /* key, of */
    TYPE_STRUCT,    /* members, each with word (its name) and of */
    TYPE_VECTOR,    /* a: dimensions */
    TYPE_COUNT
};

struct type { /* shared by all columns that spell it alike */
    enum type_id id;

    bool has_a, has_b; /* whether the parameters were written */

    int32_t a, b;

    const char *word; /* interned: geography's kind, an enumeration's name, a struct member's name */

    const struct type *of; /* array: the element; map: the value; struct: the first member, each a
                              TYPE_STRUCT with the member's name and its type as `of` */

    const struct type *key; /* map: the key */

    const struct type *next; /* the next member of a struct */
};

/* What is wrong with a type, in words for the user. */
struct type_problem {
    const char *rule; /* unknown-type or type-parameter */

    const char *text;

    const char *near; /* a known spelling that may have been meant, or NULL */

    size_t at, len; /* the part of the text that is meant */
};

/* Parses `text` (for example "character varying(20)"); NULL with the problem where it is no type. */
const struct type *type_parse(struct arena *arena, struct strings *strings, const char *text,
                              struct type_problem *problem);

/* The canonical spelling: "varchar(20)", "array<bigint>". */
void type_print(struct buf *out, const struct type *type);

/* The PostgreSQL type of live and history tables, exactly as format_type() prints it; NULL where
 * PostgreSQL as dsc sets it up cannot hold the type. The text is in the arena. */
const char *type_postgres(struct arena *arena, const struct type *type);

/* The PostgreSQL type of the staging column that Debezium's JDBC sink fills without loss (json,
 * interval, enum, inet as text …: as tried with Debezium 3.6, and recorded in docs/types.md); NULL
 * where no staging type can hold it, with the way out in *why. */
const char *type_staging(struct arena *arena, const struct type *type, const char **why);

/* What the sink loses in silence for this type ("NaN and Infinity become NULL"), or NULL. */
const char *type_silent_loss(const struct type *type);

/* Whether every value of `from` is a value of `to`, so that a column may change without asking. */
bool type_widens(const struct type *from, const struct type *to);

bool type_equal(const struct type *a, const struct type *b);

/* What a type may be written as: `i` counts from 0, the canonical spelling; NULL after the last. */
const char *type_spelling(enum type_id id, size_t i);

/* A type of this id in full, for documentation: "decimal(18,4)". */
const char *type_example(enum type_id id);

#endif
