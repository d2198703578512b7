/*
 * connect: the classes of Kafka Connect's connectors that dsc configures, and every setting that
 * each knows. A worker takes unknown settings without a word, so that a stale or misspelt one
 * changes behaviour unseen: here they are refused. src/connect/CLASS.def lists them, as real
 * workers told.
 */
#ifndef DSC_CONNECT_H
#define DSC_CONNECT_H

#include "dsc/base.h"

enum connect_class { CONNECT_POSTGRES_SOURCE, CONNECT_MIRROR_SOURCE, CONNECT_JDBC_SINK };
enum { CONNECT_CLASSES = CONNECT_JDBC_SINK + 1 };

enum connect_value {
    CONNECT_TEXT,
    CONNECT_WHOLE,  /* a whole number */
    CONNECT_NUMBER, /* with or without a fraction */
    CONNECT_FLAG,   /* true or false */
    CONNECT_SECRET  /* never written in a model */
};

struct connect_setting {
    const char *name; /* with `*` at its end: whatever begins like this */

    enum connect_value value;

    bool owned; /* what is promised depends on it, or it follows from the model: no override */
};

/* "io.debezium.connector.jdbc.JdbcSinkConnector" */
const char *connect_class_name(enum connect_class which);

/* The setting called `name`; NULL: the class knows none. */
const struct connect_setting *connect_find(enum connect_class which, const char *name);

/* A setting that `name` may have meant, or NULL. */
const char *connect_nearest(enum connect_class which, const char *name);

/* Whether a worker would take `value`; what it has to be otherwise, "a whole number", in *what. */
bool connect_value_fits(enum connect_value kind, const char *value, const char **what);

#endif
