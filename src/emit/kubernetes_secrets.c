#include "kubernetes_secrets.h"

#include "component.h"
#include "service.h"

#include "dsc/names.h"

#include <stdlib.h>
#include <string.h>

const char *const secrets_airflow_keys[] = {"fernet_key", "jwt_secret", "api_secret_key",
                                            "passwords.json", NULL};

static const char *kubernetes_name(const struct emission *emission, const char *name)
{
    return name_make(emission->arena, NAME_KUBERNETES, &(struct name_parts){.name = name});
}

const char *secrets_name(const struct emission *emission, const struct credential *credential)
{
    return kubernetes_name(emission, credential->name.s);
}

const struct credential *secrets_sink_credential(const struct platform *platform)
{
    const struct platform_postgres *postgres = platform->postgres;

    return postgres->sink_credential.to ? postgres->sink_credential.to : postgres->credential.to;
}

static const char *of_platform(const struct emission *emission, const char *what)
{
    return kubernetes_name(
        emission, arena_printf(emission->arena, "%s-%s", emission->platform->name.s, what));
}

const char *secrets_postgres_name(const struct emission *emission)
{
    return of_platform(emission, "postgres");
}

const char *secrets_airflow_name(const struct emission *emission)
{
    return of_platform(emission, "airflow");
}

const char *secrets_connect_name(const struct emission *emission)
{
    return name_make(emission->arena, NAME_CONNECT_SECRET,
                     &(struct name_parts){.platform = emission->platform->name.s});
}

struct uses {
    VEC(const char *) v;
};

static void note(const struct emission *emission, struct map *map,
                 const struct credential *credential, const char *use, const char *of)
{
    struct uses *uses;
    const char *text;

    if (!credential)
        return;
    text = *of ? arena_printf(emission->arena, "%s %s", use, of) : use;
    uses = map_get(map, credential, NULL);
    if (!uses) {
        uses = ARENA_NEW(emission->arena, struct uses);
        map_add(map, credential, NULL, uses);
    }
    /* Streams of a store follow each other. */
    if (uses->v.n == 0 || strcmp(uses->v.v[uses->v.n - 1], text) != 0)
        vec_push(emission->arena, &uses->v, text);
}

static void note_stream(const struct emission *emission, struct map *map,
                        const struct graph_stream *stream)
{
    const struct source *source = &stream->source;
    const char *store = stream->store->name.s;

    if (stream->producer && stream->producer->transformer)
        note(emission, map, stream->producer->transformer->credential.to, "runs the transformer of",
             stream->producer->name.s);
    if (stream->reads_from)
        return; /* its topics are read, not its source */
    note(emission, map, source->credential, "reads", store);
    note(emission, map, source->setup_credential, "prepares the source of", store);
    if (source->container)
        note(emission, map, source->container->ca.to, "checks the certificate of",
             source->container->name.s);
}

static struct map *note_all(const struct emission *emission)
{
    const struct platform *platform = emission->platform;
    struct map *map = map_new(emission->arena);
    const struct service services[] = {service_postgres(emission->arena, platform),
                                       service_kafka(emission->arena, platform),
                                       service_connect(emission->arena, platform)};

    note(emission, map, platform->postgres->credential.to,
         "owns the tables of the platform's database and merges into them", "");
    note(emission, map, secrets_sink_credential(platform), "writes the staging tables", "");
    note(emission, map, platform->airflow->credential.to, "Airflow's own database", "");
    note(emission, map, services[1].credential, "opens", "the platform's Kafka");
    note(emission, map, services[2].credential, "opens", "the REST interface of Kafka Connect");
    for (size_t i = 0; i < COUNT(services); i++)
        note(emission, map, services[i].ca, "checks the certificate of",
             services[i].name ? services[i].name : "");
    if (platform->git)
        note(emission, map, platform->git->credential.to, "fetches the model", "");
    for (size_t i = 0; i < emission->graph->streams.n; i++)
        note_stream(emission, map, emission->graph->streams.v[i]);
    return map;
}

static const char *join(const struct emission *emission, const struct uses *uses)
{
    struct buf all = {0};
    const char *text;

    for (size_t i = 0; uses && i < uses->v.n; i++)
        buf_printf(&all, "%s%s", i ? "; " : "", uses->v.v[i]);
    text = arena_strndup(emission->arena, all.data ? all.data : "", all.len);
    buf_free(&all);
    return text;
}

static int compare_secrets(const void *left, const void *right)
{
    const struct secret *a = left, *b = right;

    return strcmp(a->name, b->name);
}

struct secrets secrets_list(struct emission *emission)
{
    struct arena *arena = emission->arena;
    struct graph_credentials credentials = graph_credentials(arena, emission->graph);
    struct map *uses = note_all(emission);
    struct secrets secrets = {0};

    for (size_t i = 0; i < credentials.v.n; i++) {
        const struct credential *credential = credentials.v.v[i];

        vec_push(arena, &secrets.v,
                 (struct secret){
                     .name = secrets_name(emission, credential),
                     .needed_by = join(emission, map_get(uses, credential, NULL)),
                     .credential = credential,
                     .keys = model_credential_keys((enum credential_type)credential->type.is)});
    }
    if (component_exists(emission, COMPONENT_POSTGRES))
        vec_push(arena, &secrets.v,
                 (struct secret){.name = secrets_postgres_name(emission),
                                 .needed_by = "the administrator of the platform's Postgres",
                                 .keys = model_credential_keys(CREDENTIAL_USER_PASSWORD)});
    vec_push(arena, &secrets.v,
             (struct secret){.name = secrets_airflow_name(emission),
                             .needed_by = "Airflow: its keys, and the password of its users",
                             .keys = secrets_airflow_keys});
    qsort(secrets.v.v, secrets.v.n, sizeof(*secrets.v.v), compare_secrets);
    return secrets;
}

static int compare_credentials(const void *left, const void *right)
{
    const struct credential *const *a = left, *const *b = right;

    return strcmp((*a)->name.s, (*b)->name.s);
}

static void add(const struct emission *emission, struct secrets_credentials *all,
                const struct credential *credential)
{
    if (credential)
        vec_push(emission->arena, &all->v, credential);
}

static void add_service(const struct emission *emission, struct secrets_credentials *all,
                        struct service service)
{
    add(emission, all, service.credential);
    add(emission, all, service.ca);
}

struct secrets_credentials secrets_of_connect(struct emission *emission)
{
    struct arena *arena = emission->arena;
    const struct graph *graph = emission->graph;
    struct secrets_credentials all = {0};
    size_t kept = 0;

    add(emission, &all, secrets_sink_credential(emission->platform));
    add(emission, &all, service_postgres(arena, emission->platform).ca);
    add_service(emission, &all, service_kafka(arena, emission->platform));
    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];
        bool is_read = stream->source.kind == CAPTURE_CDC || stream->source.kind == CAPTURE_KAFKA;

        if (is_read && stream->reads_from)
            add_service(emission, &all, service_kafka(arena, stream->reads_from));
        else if (is_read && stream->source.container)
            add_service(emission, &all,
                        service_container(stream->source.container, stream->source.credential));
    }
    qsort(all.v.v, all.v.n, sizeof(*all.v.v), compare_credentials);
    for (size_t i = 0; i < all.v.n; i++) {
        if (kept == 0 || all.v.v[kept - 1] != all.v.v[i])
            all.v.v[kept++] = all.v.v[i];
    }
    all.v.n = kept;
    return all;
}
