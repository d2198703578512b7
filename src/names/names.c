#include "dsc/names.h"

#include <inttypes.h>
#include <string.h>

enum fold { FOLD_NONE, FOLD_LOWER, FOLD_UPPER };

struct rule {
    const char *characters; /* for people */

    const char *also; /* what is allowed besides ASCII letters and digits; NULL: everything is */

    enum fold fold; /* of ASCII letters, the digits of the hash included */

    char substitute; /* for each character that is not allowed, and before the hash */

    char first; /* goes before what begins with neither a letter nor this itself; 0: nothing does */

    bool round; /* the last character is a letter or digit as well: `first` is put behind */
};

/* PostgreSQL takes any text in quotes, up to NAMEDATALEN - 1 bytes. */
static const struct rule any = {"any", NULL, FOLD_NONE, '_', 0, false};
/* Replication slots know these characters only; Debezium's JDBC sink wants its tables like that. */
static const struct rule plain = {"a-z 0-9 _", "_", FOLD_LOWER, '_', '_', false};
/* Kafka's topics (org.apache.kafka.common.internals.Topic), also good for files and Airflow. */
static const struct rule dotted = {"A-Z a-z 0-9 . _ -", "._-", FOLD_NONE, '_', 0, false};
/* RFC 1035 labels, which Kubernetes wants for Services, are RFC 1123 labels too. */
static const struct rule label = {"a-z 0-9 -", "-", FOLD_LOWER, '-', 'x', true};
static const struct rule identifier = {"A-Z a-z 0-9 _ -", "_-", FOLD_NONE, '_', '_', false};
static const struct rule variable = {"A-Z 0-9 _", "_", FOLD_UPPER, '_', '_', false};

struct row {
    const char *object;
    const char *pattern, *otherwise; /* the first of them whose parts are all given counts */
    size_t limit;
    const struct rule *rule;
};

static const struct row rows[NAME_KIND_COUNT] = {
    [NAME_STREAM] = {"stream", "{store}.{dataset}", "{store}", 200, &dotted},

    [NAME_TOPIC_PREFIX] = {"topic prefix", "{platform}.{store}.{incarnation}", NULL, 121, &dotted},
    [NAME_TOPIC] = {"topic of a table", "{prefix}.{schema}.{table}", NULL, 249, &dotted},
    [NAME_TOPIC_TRANSACTION] = {"topic of transactions", "{prefix}.transaction", NULL, 249,
                                &dotted},
    [NAME_TOPIC_NOTIFICATION] = {"topic of notifications", "{prefix}.notification", NULL, 249,
                                 &dotted},
    [NAME_TOPIC_HEARTBEAT] = {"topic of heartbeats", "{prefix}.{source_schema}.heartbeat", NULL,
                              249, &dotted},
    [NAME_TOPIC_SIGNAL] = {"topic of signals", "{prefix}.{source_schema}.signal", NULL, 249,
                           &dotted},

    [NAME_SLOT] = {"replication slot", "dsc_{platform}_{store}_{incarnation}", NULL, 63, &plain},
    [NAME_PUBLICATION] = {"publication", "dsc_{platform}_{store}_{incarnation}", NULL, 63, &plain},
    [NAME_SOURCE_SCHEMA] = {"schema at the source", "dsc_{platform}_{store}", NULL, 63, &plain},

    [NAME_CONNECTOR_SOURCE] = {"source connector", "{platform}.{store}.{incarnation}.source", NULL,
                               249, &dotted},
    [NAME_CONNECTOR_MIRROR] = {"topic replicator", "{platform}.{store}.{incarnation}.mirror", NULL,
                               249, &dotted},
    [NAME_CONNECTOR_SINK] = {"sink connector", "{platform}.{store}.{incarnation}.{dataset}.sink",
                             NULL, 249, &dotted},

    [NAME_CONNECTOR_SINK_HEARTBEAT] = {"sink connector of heartbeats",
                                       "{platform}.{store}.{incarnation}.heartbeat.sink", NULL, 249,
                                       &dotted},
    [NAME_CONNECTOR_SINK_SIGNAL] = {"sink connector of signals",
                                    "{platform}.{store}.{incarnation}.signal.sink", NULL, 249,
                                    &dotted},
    [NAME_CONNECTOR_SINK_TRANSACTION] = {"sink connector of transactions",
                                         "{platform}.{store}.{incarnation}.transaction.sink", NULL,
                                         249, &dotted},
    [NAME_CONNECTOR_SINK_NOTIFICATION] = {"sink connector of notifications",
                                          "{platform}.{store}.{incarnation}.notification.sink",
                                          NULL, 249, &dotted},

    [NAME_STAGING] = {"staging table", "{store}__{dataset}", NULL, 63, &plain},
    [NAME_STAGING_SEALED] = {"its twin", "{store}__{dataset}__sealed", NULL, 63, &plain},
    [NAME_STAGING_HEARTBEAT] = {"staging table of heartbeats", "{store}__heartbeat", NULL, 63,
                                &plain},
    [NAME_STAGING_SIGNAL] = {"staging table of signals", "{store}__signal", NULL, 63, &plain},
    [NAME_STAGING_TRANSACTION] = {"staging table of transactions", "{store}__transaction", NULL, 63,
                                  &plain},
    [NAME_STAGING_NOTIFICATION] = {"staging table of notifications", "{store}__notification", NULL,
                                   63, &plain},
    [NAME_TABLE] = {"live or history table", "{store}__{dataset}", NULL, 63, &any},
    [NAME_VIEW_SCHEMA] = {"schema of views", "{workspace}", NULL, 63, &any},
    [NAME_VIEW] = {"view", "{as}", "{group}__{store}__{dataset}", 63, &any},
    [NAME_VIEW_HISTORY] = {"view of history, where there is one of live too", "{as}_history",
                           "{group}__{store}__{dataset}_history", 63, &any},
    [NAME_ROLE_WORKSPACE] = {"role of a workspace", "ws_{workspace}", NULL, 63, &any},

    [NAME_KUBERNETES] = {"Kubernetes object", "{name}", NULL, 52, &label},
    [NAME_CONNECT_SECRET] = {"secret of Kafka Connect", "{platform}-connect", NULL, 52, &label},
    [NAME_TERRAFORM] = {"Terraform resource", "{name}", NULL, 249, &identifier},

    [NAME_ENVIRONMENT] = {"environment variable", "{credential}_{key}", NULL, 249, &variable},
    [NAME_CONNECT_KEY] = {"key in the secret of Kafka Connect", "{credential}.{key}", NULL, 249,
                          &dotted},
    [NAME_PSQL_VARIABLE] = {"psql variable of a role", "{credential}", NULL, 63, &plain},

    [NAME_DAG] = {"DAG of a stream", "{platform}.{stream}", NULL, 250, &dotted},
    [NAME_DAG_INFRASTRUCTURE] = {"DAG of the platform", "{platform}_infrastructure", NULL, 250,
                                 &dotted},
};

struct name_row name_row(enum name_kind kind)
{
    const struct row *row = &rows[kind];

    return (struct name_row){row->object, row->pattern, row->otherwise, row->limit,
                             row->rule->characters};
}

static const struct {
    const char *name;
    size_t offset;
} text_parts[] = {
#define PART(member)                                                                               \
    {                                                                                              \
#member, offsetof(struct name_parts, member)                                               \
    }
    PART(platform),  PART(store),  PART(dataset), PART(schema),     PART(table),
    PART(workspace), PART(group),  PART(as),      PART(credential), PART(key),
    PART(name),      PART(stream), PART(prefix),
#undef PART
};

static bool is_called(const char *name, size_t length, const char *part)
{
    return strncmp(part, name, length) == 0 && part[length] == '\0';
}

/* The text of the part called `name`, or NULL where it was not given. */
static const char *part_text(struct arena *arena, const char *name, size_t length,
                             const struct name_parts *parts)
{
    for (size_t i = 0; i < COUNT(text_parts); i++) {
        const char *text = *(const char *const *)((const char *)parts + text_parts[i].offset);

        if (text && is_called(name, length, text_parts[i].name))
            return text;
    }
    if (is_called(name, length, "incarnation"))
        return arena_printf(arena, "%" PRId64, parts->incarnation);
    if (is_called(name, length, "prefix"))
        return name_make(arena, NAME_TOPIC_PREFIX, parts);
    if (is_called(name, length, "source_schema"))
        return name_make(arena, NAME_SOURCE_SCHEMA, parts);
    return NULL;
}

/* Fills the parts into the pattern; false where one is absent. */
static bool expand(struct arena *arena, struct buf *out, const char *pattern,
                   const struct name_parts *parts)
{
    const char *open, *close;

    for (; (open = strchr(pattern, '{')); pattern = close + 1) {
        close = strchr(open, '}');
        const char *text = part_text(arena, open + 1, (size_t)(close - open - 1), parts);

        if (!text)
            return false;
        buf_put(out, pattern, (size_t)(open - pattern));
        buf_puts(out, text);
    }
    buf_puts(out, pattern);
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char folded(char c, enum fold fold)
{
    if (fold == FOLD_LOWER && c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if (fold == FOLD_UPPER && c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return c;
}

/* What is no UTF-8 counts as one character a byte. */
static size_t character_length(const char *text)
{
    size_t length = utf8_length(text, strlen(text));

    return length ? length : 1;
}

/* The bytes at the start of `text` that the rule allows. */
static size_t allowed_length(const char *text, const struct rule *rule)
{
    size_t length = 0;

    while (is_letter(text[length]) || is_digit(text[length]) ||
           (text[length] && strchr(rule->also, text[length])))
        length++;
    return length;
}

static void mangle(struct buf *out, const char *text, const struct rule *rule)
{
    if (rule->first && !is_letter(*text) && *text != rule->first)
        buf_putc(out, rule->first);
    while (*text) {
        size_t length = rule->also ? allowed_length(text, rule) : strlen(text);

        buf_put(out, text, length);
        text += length;
        if (!*text)
            break;
        length = character_length(text);
        /* Debezium counts as Java does, in units of UTF-16 */
        buf_fill(out, rule->substitute, length == 4 ? 2 : 1);
        text += length;
    }
    for (size_t i = 0; i < out->len && rule->fold != FOLD_NONE; i++)
        out->data[i] = folded(out->data[i], rule->fold);
    if (rule->round && !is_letter(out->data[out->len - 1]) && !is_digit(out->data[out->len - 1]))
        buf_putc(out, rule->first);
}

/* The words behind the last part of a pattern. */
static const char *pattern_tail(const char *pattern)
{
    return strrchr(pattern, '}') + 1;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), tail_length = strlen(tail);

    return length >= tail_length && strcmp(text + length - tail_length, tail) == 0;
}

/* What dsc has beside its things of each dataset. */
static const struct {
    enum name_kind of_dataset, own_first, own_last;
} siblings[] = {
    {NAME_STAGING, NAME_STAGING_SEALED, NAME_STAGING_NOTIFICATION},
    {NAME_CONNECTOR_SINK, NAME_CONNECTOR_SINK_HEARTBEAT, NAME_CONNECTOR_SINK_NOTIFICATION},
};

/* A dataset called `heartbeat` or `orders__sealed` must not take the name of one of dsc's own. */
static bool is_taken(enum name_kind kind, const char *name)
{
    for (size_t i = 0; i < COUNT(siblings); i++) {
        if (siblings[i].of_dataset != kind)
            continue;
        for (unsigned own = siblings[i].own_first; own <= siblings[i].own_last; own++) {
            if (ends_with(name, pattern_tail(rows[own].pattern)))
                return true;
        }
    }
    return false;
}

/* Where to cut `text` so that at most `limit` bytes are left, and no part of a character. */
static size_t cut(const char *text, size_t limit)
{
    size_t length = 0;

    while (text[length] && length + character_length(text + length) <= limit)
        length += character_length(text + length);
    return length;
}

/* Cuts `name` and gives it the first 8 digits of the hash of `whole`, before the pattern's tail. */
static void shorten(struct buf *name, const struct row *row, const char *tail,
                    const struct buf *whole)
{
    enum { DIGITS = 8 };
    char hash[SHA256_HEX];
    size_t room = row->limit - strlen(tail) - 1 - DIGITS;

    sha256_hex(whole->data, whole->len, hash);
    name->len -= strlen(tail);
    name->data[name->len] = '\0';
    name->len = cut(name->data, room);
    buf_putc(name, row->rule->substitute);
    for (size_t i = 0; i < DIGITS; i++)
        buf_putc(name, folded(hash[i], row->rule->fold));
    buf_puts(name, tail);
}

const char *name_make(struct arena *arena, enum name_kind kind, const struct name_parts *parts)
{
    const struct row *row = &rows[kind];
    const char *pattern = row->pattern;
    struct buf whole = {0}, name = {0};

    if (!expand(arena, &whole, pattern, parts)) {
        buf_clear(&whole);
        pattern = row->otherwise;
        if (!pattern || !expand(arena, &whole, pattern, parts))
            fatal("name of a %s: a part of %s is missing", row->object, row->pattern);
    }
    mangle(&name, whole.data, row->rule);
    if (name.len > row->limit || is_taken(kind, name.data))
        shorten(&name, row, pattern_tail(pattern), &whole);

    const char *result = arena_strndup(arena, name.data, name.len);
    buf_free(&whole);
    buf_free(&name);
    return result;
}
