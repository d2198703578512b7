#include "dsc/connect.h"

#include <string.h>

#define FREE                        false
#define OWNED                       true
#define SETTING(name, value, owned) {name, CONNECT_##value, owned},

/* Whole names sorted by bytes, then the families; of these the first that fits counts. */
static const struct connect_setting postgres[] = {
#include "postgres.def"
};
static const struct connect_setting mirror[] = {
#include "mirror.def"
};
static const struct connect_setting jdbc_sink[] = {
#include "jdbc_sink.def"
};

static const struct {
    const char *name;
    const struct connect_setting *settings;
    size_t n;
} classes[CONNECT_CLASSES] = {
    [CONNECT_POSTGRES_SOURCE] = {"io.debezium.connector.postgresql.PostgresConnector", postgres,
                                 COUNT(postgres)},
    [CONNECT_MIRROR_SOURCE] = {"org.apache.kafka.connect.mirror.MirrorSourceConnector", mirror,
                               COUNT(mirror)},
    [CONNECT_JDBC_SINK] = {"io.debezium.connector.jdbc.JdbcSinkConnector", jdbc_sink,
                           COUNT(jdbc_sink)},
};

const char *connect_class_name(enum connect_class which)
{
    return classes[which].name;
}

/* Whether a row names `name`, or a family that it belongs to. */
static bool names(const struct connect_setting *setting, const char *name)
{
    size_t length = strlen(setting->name);

    if (setting->name[length - 1] == '*')
        return strncmp(setting->name, name, length - 1) == 0 && name[length - 1];
    return strcmp(setting->name, name) == 0;
}

const struct connect_setting *connect_find(enum connect_class which, const char *name)
{
    for (size_t i = 0; i < classes[which].n; i++) {
        if (names(&classes[which].settings[i], name))
            return &classes[which].settings[i];
    }
    return NULL;
}

const char *connect_nearest(enum connect_class which, const char *name)
{
    const char *words[COUNT(postgres) + COUNT(mirror) + COUNT(jdbc_sink)];

    for (size_t i = 0; i < classes[which].n; i++)
        words[i] = classes[which].settings[i].name;
    return text_nearest(name, words, classes[which].n);
}

/* A number as Java reads it, without exponents and the like. */
static bool is_number(const char *text, bool fraction)
{
    static const char digits[] = "0123456789";
    size_t whole;

    text += *text == '-';
    whole = strspn(text, digits);
    if (!whole || !text[whole])
        return whole;
    return fraction && text[whole] == '.' && text[whole + 1] &&
           !text[whole + 1 + strspn(text + whole + 1, digits)];
}

bool connect_value_fits(enum connect_value kind, const char *value, const char **what)
{
    static const char *const words[] = {
        [CONNECT_TEXT] = "any text",
        [CONNECT_WHOLE] = "a whole number",
        [CONNECT_NUMBER] = "a number",
        [CONNECT_FLAG] = "true or false",
        [CONNECT_SECRET] = "a reference to a credential",
    };

    *what = words[kind];
    switch (kind) {
    case CONNECT_TEXT:
        return true;
    case CONNECT_WHOLE:
        return is_number(value, false);
    case CONNECT_NUMBER:
        return is_number(value, true);
    case CONNECT_FLAG:
        return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
    case CONNECT_SECRET:
        return false;
    }
    return false;
}
