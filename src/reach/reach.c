#include "dsc/reach.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "dsc/names.h"
#include "dsc/secrets.h"

#define APPLICATION "dsc"

/* DSC_<CONTAINER>_<KEY> of the environment, or NULL. */
static const char * override(struct arena *arena, const char *container, const char *key)
{
    struct name_parts parts = {.credential = arena_printf(arena, "dsc_%s", container), .key = key};
    const char *value = getenv(name_make(arena, NAME_ENVIRONMENT, &parts));

    return value && *value ? value : NULL;
}

static bool set_credential(struct arena *arena, const char *dir, const struct plan_address *from,
                           struct pg_address *to)
{
    if (from->ca && !(to->ca = secrets_path(arena, dir, from->ca, "ca.crt")))
        return false;
    if (!from->credential)
        return true;
    if (strcmp(from->credential_type, "client_certificate") == 0) {
        to->certificate = secrets_path(arena, dir, from->credential, "tls.crt");
        to->key = secrets_path(arena, dir, from->credential, "tls.key");
        return to->certificate && to->key;
    }
    to->user = secrets_value(arena, dir, from->credential, "username");
    to->password = secrets_value(arena, dir, from->credential, "password");
    return to->user && to->password;
}

struct pg *reach_connect(struct arena *arena, const struct reach *reach,
                         const struct plan_address *address, const char *doing)
{
    const char *host = override(arena, address->container, "host");
    const char *port = override(arena, address->container, "port");
    struct pg_address to = {
        .host = host ? host : address->host,
        .port = port ? port : arena_printf(arena, "%" PRId64, address->port),
        .database = address->database,
        .tls = address->tls,
        .application = APPLICATION,
    };

    if (reach->dsn)
        return reach_platform(arena, reach, doing);
    if (!set_credential(arena, secrets_dir(reach->secrets_dir), address, &to))
        return NULL;
    return pg_connect(arena, &to, doing);
}

struct pg *reach_platform(struct arena *arena, const struct reach *reach, const char *doing)
{
    const char *credential = getenv(REACH_CREDENTIAL_VARIABLE);
    struct plan_address by = {.credential = credential && *credential ? credential : NULL,
                              .credential_type = "user_password"};
    struct pg_address to = {.dsn = reach->dsn, .application = APPLICATION};

    if (!reach->dsn && !set_credential(arena, secrets_dir(reach->secrets_dir), &by, &to))
        return NULL;
    return pg_connect(arena, &to, doing);
}
