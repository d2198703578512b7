/* Credentials: each use wants one of a few types. */
#include "credential_uses.h"

#include <string.h>

enum {
    PASSWORD = 1 << CREDENTIAL_USER_PASSWORD,
    TOKEN = 1 << CREDENTIAL_API_TOKEN,
    KEY_PAIR = 1 << CREDENTIAL_API_KEY_PAIR,
    CERTIFICATE = 1 << CREDENTIAL_CLIENT_CERTIFICATE,
    AUTHORITY = 1 << CREDENTIAL_CA_BUNDLE,
    SSH = 1 << CREDENTIAL_SSH_KEY,
};

/* The binding's credential is for the kind of container that the store is captured from, as the
 * capture's own is. */
const struct credential_use credential_uses[] = {
    {&kind_cdc, "credential", PASSWORD, "a replicating role of PostgreSQL"},
    {&kind_cdc, "setup_credential", PASSWORD | CERTIFICATE, "a role of PostgreSQL"},
    {&kind_kafka_capture, "credential", PASSWORD | KEY_PAIR | CERTIFICATE, "a client of Kafka"},
    {&kind_sql_snapshot, "credential", PASSWORD | CERTIFICATE, "a role of PostgreSQL"},
    {&kind_sql_watermark, "credential", PASSWORD | CERTIFICATE, "a role of PostgreSQL"},
    {&kind_sql_query, "credential", PASSWORD | CERTIFICATE, "a role of PostgreSQL"},
    {&kind_binding, "credential", PASSWORD | KEY_PAIR | CERTIFICATE, "the copy of a store"},
    {&kind_binding, "setup_credential", PASSWORD | CERTIFICATE, "a role of PostgreSQL"},
    {&kind_container, "ca", AUTHORITY, "an authority of certificates"},
    {&kind_transformer, "credential", PASSWORD | TOKEN | KEY_PAIR | CERTIFICATE, "a transformer"},
    {&kind_platform_postgres, "credential", PASSWORD, "the owner of the tables"},
    {&kind_platform_postgres, "sink_credential", PASSWORD, "the sink connectors"},
    {&kind_platform_kafka, "credential", PASSWORD | KEY_PAIR | CERTIFICATE, "a client of Kafka"},
    {&kind_platform_connect, "credential", PASSWORD | TOKEN, "Kafka Connect's REST interface"},
    {&kind_platform_airflow, "credential", PASSWORD, "Airflow's own database"},
    {&kind_platform_git, "credential", SSH | PASSWORD | TOKEN, "a repository"},
};
const size_t n_credential_uses = COUNT(credential_uses);

/* "user_password or client_certificate" */
static const char *list_types(const struct lint *lint, unsigned types)
{
    const char *list = "";

    for (unsigned i = 0; i < words_credential_type.n; i++) {
        if (types & 1u << i)
            list = arena_printf(lint->scratch, "%s%s%s", list, *list ? " or " : "",
                                words_credential_type.v[i].word);
    }
    return list;
}

static const struct ref *ref_of(const struct head *head, const char *key)
{
    size_t i = 0;

    while (strcmp(head->kind->fields[i].key, key) != 0)
        i++;
    return (const struct ref *)((const char *)head + head->kind->fields[i].offset);
}

static void check_type(struct lint *lint, const void *object)
{
    const struct head *head = object;

    for (size_t i = 0; i < n_credential_uses; i++) {
        const struct credential_use *use = &credential_uses[i];

        if (use->kind != head->kind)
            continue;
        const struct ref *ref = ref_of(head, use->key);
        const struct credential *credential = ref->to;
        if (!credential || credential->type.is < 0 || use->types & 1u << credential->type.is)
            continue;
        struct diag *diag =
            lint_add(lint, ref->at, "`%s` is of type %s, and %s needs %s", credential->name.s,
                     words_credential_type.v[credential->type.is].word, use->what,
                     list_types(lint, use->types));
        diag_relate(lint->diags, diag, credential->type.at, "its type");
    }
}

const struct rule rules_credential[] = {
    {
        .id = "credential-type",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_cdc, &kind_kafka_capture, &kind_sql_snapshot, &kind_sql_watermark,
                       &kind_sql_query, &kind_binding, &kind_container, &kind_transformer,
                       &kind_platform_postgres, &kind_platform_kafka, &kind_platform_connect,
                       &kind_platform_airflow, &kind_platform_git),
        .check = check_type,
        .why = "Whoever uses the credential looks for the keys of a type that it understands.",
        .mend = "Name a credential of a type that fits, or declare one.",
    },
    {0},
};
