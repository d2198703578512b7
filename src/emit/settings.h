/* Settings of connectors as rows: a key with a value, or with a function that makes it. */
#ifndef DSC_EMIT_SETTINGS_H
#define DSC_EMIT_SETTINGS_H

#include "connector.h"
#include "service.h"

/* What values are made from. */
struct settings {
    struct arena *arena;

    const struct emit_connector *connector;

    const struct route *route;

    const struct platform *platform;

    struct service
        service; /* the database that is read or written, or the cluster replicated from */

    struct doc *map; /* what was made so far */
};

struct setting_row {
    const char *key;

    const char *value; /* NULL: made */

    const char *(*make)(const struct settings *settings); /* NULL: the setting is left out */
};

void settings_add(struct settings *settings, const struct setting_row *rows, size_t n);

/* Each class's own (settings_CLASS.c). */
void settings_source(struct settings *settings);
void settings_mirror(struct settings *settings);
void settings_sink(struct settings *settings);

/* How a client speaks to a Kafka cluster, each key behind `prefix`. */
void settings_cluster(struct settings *settings, const char *prefix, const struct service *kafka);

/* Values that several classes have. */
const char *settings_class(const struct settings *settings);
const char *settings_name(const struct settings *settings);
const char *settings_replication(const struct settings *settings);
const char *settings_username(const struct settings *settings); /* of service.credential */
const char *settings_password(const struct settings *settings);

/* JSON with its schema in each record, or Avro, as the route's records are written. */
void settings_converters(struct settings *settings);

/* Appends `text` as a regular expression (java.util.regex) that only it matches. */
void settings_regex(struct buf *out, const char *text);

/* A list of such expressions, one for each topic. */
const char *settings_patterns(const struct settings *settings, const struct route_topics *topics);

/* The bytes of `made`, which is freed, in the arena. */
const char *settings_text(const struct settings *settings, struct buf *made);

#endif
