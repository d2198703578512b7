/*
 * Physical names that two objects would share. Names of the model are unique, but two of them can
 * become one where they are folded, mangled, cut or put together: dataset `b__c` of store `a` and
 * dataset `c` of store `a__b` have one staging table.
 *
 * What is not looked at cannot collide: names are letters, digits and `_`, so that those that are
 * put together by dots (topics, connectors, DAGs, keys of Kafka Connect's secret) stay distinct;
 * and live and history tables are named as staging tables are, which are folded besides.
 */
#include "collisions.h"

#include <string.h>

#include "dsc/names.h"

/* Whose name it is: an entity, on one platform where that makes a difference. */
struct owner {
    const struct head *entity;

    const struct platform *platform; /* or NULL */
};

/*
 * The names of one space are made twice at most: first only their hashes are kept, and only where
 * two of these are equal are the names themselves compared. Few spaces ever see the second round.
 */
struct claims {
    struct lint *lint;

    struct arena *arena;

    struct map *told; /* pairs of entities that were reported, in whatever space */

    const struct graph *graph; /* of a space that each platform has */

    enum name_kind kind; /* of the name that was claimed last */

    uint64_t *hashes; /* open addressing, 0: free; at most half full */
    size_t n, size;

    bool doubled; /* two hashes were equal */

    struct strings *names; /* the second round; NULL: the first */
    struct map *owners;    /* name, scope: struct owner */
};

/* FNV-1a, of the name and of what it must be unique in. */
static uint64_t hash_of(const char *name, const void *scope)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x100000001b3;
    hash = (hash ^ (uintptr_t)scope) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

/* The slot that holds the hash, or the free one where it belongs. */
static uint64_t *slot_of(struct claims *claims, uint64_t hash)
{
    size_t i = hash & (claims->size - 1);

    while (claims->hashes[i] && claims->hashes[i] != hash)
        i = (i + 1) & (claims->size - 1);
    return &claims->hashes[i];
}

static void enlarge(struct claims *claims)
{
    const uint64_t *old = claims->hashes;
    size_t old_size = claims->size;

    claims->size = old_size ? 2 * old_size : 1024;
    claims->hashes = arena_alloc(claims->arena, claims->size * sizeof(*claims->hashes));
    for (size_t i = 0; i < old_size; i++) {
        if (old[i])
            *slot_of(claims, old[i]) = old[i];
    }
}

static void keep_hash(struct claims *claims, uint64_t hash)
{
    if (2 * claims->n >= claims->size)
        enlarge(claims);
    uint64_t *slot = slot_of(claims, hash);
    claims->doubled |= *slot != 0;
    claims->n += *slot == 0;
    *slot = hash;
}

static const char *owner_text(struct claims *claims, const struct owner *owner)
{
    const char *name = full_name(claims->lint, owner->entity);
    char *kind = arena_strdup(claims->lint->scratch, owner->entity->kind->id);

    for (char *c = kind; *c; c++) {
        if (*c == '_')
            *c = ' ';
    }
    if (!owner->platform || owner->entity == &owner->platform->head)
        return arena_printf(claims->lint->scratch, "%s `%s`", kind, name);
    return arena_printf(claims->lint->scratch, "%s `%s` on platform `%s`", kind, name,
                        owner->platform->name.s);
}

/* Whether it is known that the two collide, or what they are written in: the rest follows from
 * that. */
static bool is_told(struct claims *claims, const struct head *one, const struct head *other)
{
    for (; one && other; one = one->parent, other = other->parent) {
        if (map_get(claims->told, one, other))
            return true;
    }
    return false;
}

static void compare_owners(struct claims *claims, const char *name, const void *scope,
                           struct owner claimed)
{
    struct owner *owner = ARENA_NEW(claims->arena, struct owner);
    const char *unique = intern(claims->names, name);

    *owner = claimed;
    const struct owner *first = map_add(claims->owners, unique, scope, owner);
    if (!first || (first->entity == owner->entity && first->platform == owner->platform) ||
        is_told(claims, owner->entity, first->entity))
        return;
    map_set(claims->told, owner->entity, first->entity, owner);
    struct diag *diag = lint_add_for(
        claims->lint, owner->entity, owner->entity->at, "%s and %s would have the same %s, `%s`",
        owner_text(claims, owner), owner_text(claims, first), name_row(claims->kind).object, name);
    diag_relate(claims->lint->diags, diag, first->entity->at, "%s", owner_text(claims, first));
}

/* `name` is unique in `scope` (NULL: in the whole ecosystem). */
static void claim_name(struct claims *claims, const char *name, const void *scope,
                       const void *entity, const struct platform *platform)
{
    if (claims->names)
        compare_owners(claims, name, scope, (struct owner){entity, platform});
    else
        keep_hash(claims, hash_of(name, scope));
}

static void claim(struct claims *claims, enum name_kind kind, const struct name_parts *parts,
                  const void *scope, const void *entity, const struct platform *platform)
{
    claims->kind = kind;
    claim_name(claims, name_make(claims->lint->scratch, kind, parts), scope, entity, platform);
}

/* ---- the spaces ---- */

/* Lower case, no `_` at its ends, no two together. */
static bool is_plain(const char *name)
{
    char before = '_';

    for (; *name; before = *name++) {
        if ((*name >= 'A' && *name <= 'Z') || (*name == '_' && before == '_'))
            return false;
    }
    return before != '_';
}

/* Whether all names of stores and datasets are plain, and short enough to stay whole with their
 * twin's: then `STORE__DATASET` comes apart in one way only. So it is in most models. */
static bool stages_apart(const struct model *model, size_t limit)
{
    for (size_t i = 0; i < model->all.datastores.n; i++) {
        const struct datastore *store = model->all.datastores.v[i];
        size_t length = strlen(store->name.s);

        if (!is_plain(store->name.s))
            return false;
        for (size_t k = 0; k < store->datasets.n; k++) {
            const char *name = store->datasets.v[k]->name.s;

            if (length + strlen(name) > limit || !is_plain(name))
                return false;
        }
    }
    return true;
}

static void claim_staging(struct claims *claims)
{
    const struct model *model = claims->lint->model;
    size_t limit = name_row(NAME_STAGING_SEALED).limit - strlen("____sealed");

    if (stages_apart(model, limit))
        return;
    for (size_t i = 0; i < model->all.datastores.n; i++) {
        const struct datastore *store = model->all.datastores.v[i];
        struct name_parts parts = {.store = store->name.s};

        claim(claims, NAME_STAGING_HEARTBEAT, &parts, NULL, store, NULL);
        for (size_t k = 0; k < store->datasets.n; k++) {
            const struct dataset *dataset = store->datasets.v[k];

            parts.dataset = dataset->name.s;
            claim(claims, NAME_STAGING, &parts, NULL, dataset, NULL);
            /* a twin that is not cut follows its table */
            if (strlen(store->name.s) + strlen(dataset->name.s) > limit)
                claim(claims, NAME_STAGING_SEALED, &parts, NULL, dataset, NULL);
        }
        arena_reset(claims->lint->scratch);
    }
}

static void claim_workspaces(struct claims *claims)
{
    const struct model *model = claims->lint->model;

    for (size_t i = 0; i < model->all.workspaces.n; i++) {
        const struct workspace *workspace = model->all.workspaces.v[i];
        struct name_parts parts = {.workspace = workspace->name.s};

        claim(claims, NAME_VIEW_SCHEMA, &parts, NULL, workspace, NULL);
        claim(claims, NAME_ROLE_WORKSPACE, &parts, NULL, workspace, NULL);
    }
}

/* Besides the credentials', those of Kafka Connect, of the database's administrator, of Airflow. */
static void claim_platform_secrets(struct claims *claims, const struct platform *platform)
{
    static const char *const owners[] = {"postgres", "airflow"};

    claim(claims, NAME_CONNECT_SECRET, &(struct name_parts){.platform = platform->name.s}, NULL,
          platform, platform);
    for (size_t i = 0; i < COUNT(owners); i++)
        claim(claims, NAME_KUBERNETES,
              &(struct name_parts){.name = arena_printf(claims->lint->scratch, "%s-%s",
                                                        platform->name.s, owners[i])},
              NULL, platform, platform);
}

static void claim_secrets(struct claims *claims)
{
    const struct model *model = claims->lint->model;

    for (size_t i = 0; i < model->all.credentials.n; i++) {
        const struct credential *credential = model->all.credentials.v[i];

        claim(claims, NAME_KUBERNETES, &(struct name_parts){.name = credential->name.s}, NULL,
              credential, NULL);
    }
    for (size_t i = 0; i < model->all.platforms.n; i++)
        claim_platform_secrets(claims, model->all.platforms.v[i]);
}

static void claim_variables(struct claims *claims)
{
    const struct model *model = claims->lint->model;

    for (size_t i = 0; i < model->all.credentials.n; i++) {
        const struct credential *credential = model->all.credentials.v[i];

        if (credential->type.is < 0)
            continue;
        for (const char *const *key =
                 model_credential_keys((enum credential_type)credential->type.is);
             *key; key++)
            claim(claims, NAME_ENVIRONMENT,
                  &(struct name_parts){.credential = credential->name.s, .key = *key}, NULL,
                  credential, NULL);
    }
}

/* Network policies and task labels name containers so; DSC_CONTAINER_HOST folds no other letters.
 */
static void claim_containers(struct claims *claims)
{
    const struct model *model = claims->lint->model;

    for (size_t i = 0; i < model->all.containers.n; i++) {
        const struct container *container = model->all.containers.v[i];

        claim(claims, NAME_KUBERNETES, &(struct name_parts){.name = container->name.s}, NULL,
              container, NULL);
    }
}

/* Debezium makes topics of tables. A dataset is its table unless it says otherwise, so that stores
 * where none does need no look. */
static void claim_topics(struct claims *claims)
{
    const struct model *model = claims->lint->model;

    for (size_t i = 0; i < model->all.datastores.n; i++) {
        const struct datastore *store = model->all.datastores.v[i];
        bool renamed = false;

        for (size_t k = 0; k < store->datasets.n; k++)
            renamed |= is_written(store->datasets.v[k]->table.at);
        if (!renamed || store->source.kind != CAPTURE_CDC)
            continue;
        for (size_t k = 0; k < store->datasets.n; k++) {
            const struct dataset *dataset = store->datasets.v[k];

            claim(claims, NAME_TOPIC,
                  &(struct name_parts){
                      .prefix = store->name.s,
                      .schema = store->source.schema,
                      .table = dataset->table.s ? dataset->table.s : dataset->name.s,
                  },
                  store, dataset, NULL);
        }
        arena_reset(claims->lint->scratch);
    }
}

/* Slots and schemas of all platforms that read one server. */
static void claim_sources(struct claims *claims)
{
    const struct lint *lint = claims->lint;

    for (size_t i = 0; i < lint->n_graphs; i++) {
        const struct graph *graph = lint->graphs[i];

        for (size_t k = 0; k < graph->streams.n; k++) {
            const struct graph_stream *stream = graph->streams.v[k];
            const struct container *container = stream->source.container;
            struct name_parts parts = {.platform = graph->platform->name.s,
                                       .store = stream->store->name.s,
                                       .incarnation = stream->source.incarnation};

            if (stream->source.kind != CAPTURE_CDC || stream->reads_from || !container)
                continue;
            claim(claims, NAME_SLOT, &parts, container->host.s, stream->store, graph->platform);
            claim(claims, NAME_SOURCE_SCHEMA, &parts, container->host.s, stream->store,
                  graph->platform);
        }
    }
}

static void claim_service(struct claims *claims, const struct platform *platform,
                          const struct head *service, const struct text *name)
{
    if (service && name->s)
        claim(claims, NAME_KUBERNETES, &(struct name_parts){.name = name->s}, platform, service,
              platform);
}

static void claim_services(struct claims *claims)
{
    const struct model *model = claims->lint->model;

    for (size_t i = 0; i < model->all.platforms.n; i++) {
        const struct platform *platform = model->all.platforms.v[i];

        if (platform->postgres)
            claim_service(claims, platform, &platform->postgres->head, &platform->postgres->name);
        if (platform->kafka)
            claim_service(claims, platform, &platform->kafka->head, &platform->kafka->name);
        if (platform->kafka_connect)
            claim_service(claims, platform, &platform->kafka_connect->head,
                          &platform->kafka_connect->name);
        if (platform->airflow)
            claim_service(claims, platform, &platform->airflow->head, &platform->airflow->name);
    }
}

/* The graph has made these names already. */
static void claim_views(struct claims *claims)
{
    const struct graph *graph = claims->graph;

    claims->kind = NAME_VIEW;
    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        for (size_t k = 0; k < stream->datasets.n; k++) {
            const struct graph_dataset *kept = stream->datasets.v[k];

            for (size_t m = 0; m < kept->views.n; m++)
                claim_name(claims, kept->views.v[m]->name, kept->views.v[m]->workspace,
                           kept->views.v[m]->use, NULL);
        }
    }
}

/* Both rounds of one space. */
static void compare_names(struct lint *lint, void (*claim_all)(struct claims *claims),
                          const struct graph *graph, struct map *told)
{
    struct claims claims = {.lint = lint, .arena = arena_new(), .told = told, .graph = graph};

    claim_all(&claims);
    if (claims.doubled) {
        claims.names = strings_new(claims.arena);
        claims.owners = map_new(claims.arena);
        claim_all(&claims);
    }
    arena_free(claims.arena);
    arena_reset(lint->scratch);
}

void check_name_collisions(struct lint *lint, const void *object)
{
    static void (*const spaces[])(struct claims * claims) = {
        claim_staging,    claim_workspaces, claim_secrets, claim_variables,
        claim_containers, claim_topics,     claim_sources, claim_services,
    };

    struct arena *arena = arena_new();
    struct map *told = map_new(arena);

    (void)object;
    for (size_t i = 0; i < COUNT(spaces); i++)
        compare_names(lint, spaces[i], NULL, told);
    for (size_t i = 0; i < lint->n_graphs; i++)
        compare_names(lint, claim_views, lint->graphs[i], told);
    arena_free(arena);
}
