/* Settings of connectors: what all classes share, and the model's overrides. */
#include "settings.h"

#include <inttypes.h>
#include <string.h>

void settings_add(struct settings *settings, const struct setting_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *value = rows[i].make ? rows[i].make(settings) : rows[i].value;

        if (value)
            doc_set_string(settings->arena, settings->map, rows[i].key, value);
    }
}

const char *settings_text(const struct settings *settings, struct buf *made)
{
    const char *text = arena_strndup(settings->arena, made->data, made->len);

    buf_free(made);
    return text;
}

void settings_regex(struct buf *out, const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c <= ' ' || c == 0x7f ||
            c == ',') /* lists are cut at commas, and their items trimmed */
            buf_printf(out, "\\x%02x", c);
        else
            buf_printf(out, c >= 0x80 || strchr(plain, c) ? "%c" : "\\%c", c);
    }
}

const char *settings_patterns(const struct settings *settings, const struct route_topics *topics)
{
    struct buf list = {0};

    for (size_t i = 0; i < topics->v.n; i++) {
        if (i)
            buf_putc(&list, ',');
        settings_regex(&list, topics->v.v[i].name);
    }
    return settings_text(settings, &list);
}

const char *connector_file(struct arena *arena, const struct credential *credential,
                           const char *key)
{
    struct name_parts parts = {.credential = credential->name.s, .key = key};

    return arena_printf(arena, CONNECT_SECRETS "/%s", name_make(arena, NAME_CONNECT_KEY, &parts));
}

const char *connector_secret(struct arena *arena, const struct credential *credential,
                             const char *key)
{
    struct name_parts parts = {.credential = credential->name.s, .key = key};

    return arena_printf(arena, "${dir:" CONNECT_SECRETS ":%s}",
                        name_make(arena, NAME_CONNECT_KEY, &parts));
}

const char *settings_class(const struct settings *settings)
{
    return connect_class_name(settings->connector->class);
}

const char *settings_name(const struct settings *settings)
{
    return settings->connector->name;
}

const char *settings_replication(const struct settings *settings)
{
    return arena_printf(settings->arena, "%" PRId64, service_copies(settings->platform));
}

const char *settings_username(const struct settings *settings)
{
    return connector_secret(settings->arena, settings->service.credential, "username");
}

const char *settings_password(const struct settings *settings)
{
    return connector_secret(settings->arena, settings->service.credential, "password");
}

static const char *registry(const struct settings *settings)
{
    return settings->route->source->capture->kafka->registry.s;
}

/* NULL turns into a column's default unless both converters are told otherwise. */
void settings_converters(struct settings *settings)
{
    static const struct setting_row json[] = {
        {"key.converter", "org.apache.kafka.connect.json.JsonConverter", NULL},
        {"key.converter.schemas.enable", "true", NULL},
        {"key.converter.replace.null.with.default", "false", NULL},
        {"value.converter", "org.apache.kafka.connect.json.JsonConverter", NULL},
        {"value.converter.schemas.enable", "true", NULL},
        {"value.converter.replace.null.with.default", "false", NULL},
    };
    static const struct setting_row avro[] = {
        {"key.converter", "io.confluent.connect.avro.AvroConverter", NULL},
        {"key.converter.schema.registry.url", NULL, registry},
        {"key.converter.ignore.default.for.nullables", "true", NULL},
        {"value.converter", "io.confluent.connect.avro.AvroConverter", NULL},
        {"value.converter.schema.registry.url", NULL, registry},
        {"value.converter.ignore.default.for.nullables", "true", NULL},
    };
    const struct source *source = settings->route->source;

    if (source->kind == CAPTURE_KAFKA && source->capture->kafka->format.is == FORMAT_AVRO)
        settings_add(settings, avro, COUNT(avro));
    else
        settings_add(settings, json, COUNT(json));
}

/* A key that the class does not know, or that is dsc's own, was lint's to tell. */
static void override(struct settings *settings, struct setting *const *overrides, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *key = overrides[i]->name.s;
        const struct connect_setting *known = connect_find(settings->connector->class, key);
        struct doc *value = doc_get(settings->map, key);

        if (!known || known->owned)
            continue;
        if (value)
            value->string = overrides[i]->value.s;
        else
            doc_set_string(settings->arena, settings->map, key, overrides[i]->value.s);
    }
}

struct doc *connector_settings(struct arena *arena, const struct emit_connector *connector)
{
    static void (*const make[CONNECT_CLASSES])(struct settings *) = {
        [CONNECT_POSTGRES_SOURCE] = settings_source,
        [CONNECT_MIRROR_SOURCE] = settings_mirror,
        [CONNECT_JDBC_SINK] = settings_sink,
    };
    const struct platform *platform = connector->route->graph->platform;
    const struct capture *capture = connector->route->source->capture;
    struct settings settings = {
        .arena = arena,
        .connector = connector,
        .route = connector->route,
        .platform = platform,
        .map = doc_map(arena),
    };

    make[connector->class](&settings);
    override(&settings, platform->connector_overrides.v, platform->connector_overrides.n);
    if (connector->class == CONNECT_POSTGRES_SOURCE)
        override(&settings, capture->cdc->connector_overrides.v,
                 capture->cdc->connector_overrides.n);
    else if (connector->class == CONNECT_MIRROR_SOURCE && capture->kafka)
        override(&settings, capture->kafka->connector_overrides.v,
                 capture->kafka->connector_overrides.n);
    return settings.map;
}
