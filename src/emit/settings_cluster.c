/* How a client speaks to a Kafka cluster: addresses, encryption, and who it says that it is. */
#include "settings.h"

#include <inttypes.h>
#include <string.h>

struct cluster {
    struct arena *arena;

    const struct service *kafka;

    bool encrypted, authenticated; /* authenticated: by SASL */
};

static bool has_type(const struct service *kafka, enum credential_type type)
{
    return kafka->credential && kafka->credential->type.is == (int)type;
}

static const char *servers(const struct cluster *cluster)
{
    return arena_printf(cluster->arena, "%s:%" PRId64, service_host(cluster->arena, cluster->kafka),
                        cluster->kafka->port);
}

static const char *protocol(const struct cluster *cluster)
{
    static const char *const names[2][2] = {{"PLAINTEXT", "SSL"}, {"SASL_PLAINTEXT", "SASL_SSL"}};

    return names[cluster->authenticated][cluster->encrypted];
}

/* user_password and api_key_pair: what their keys are called, and what they log in with. */
struct login {
    enum credential_type type;
    const char *mechanism, *module, *username, *password;
};

static const struct login *login_of(const struct cluster *cluster)
{
    static const struct login logins[] = {
        {CREDENTIAL_USER_PASSWORD, "SCRAM-SHA-512",
         "org.apache.kafka.common.security.scram.ScramLoginModule", "username", "password"},
        {CREDENTIAL_API_KEY_PAIR, "PLAIN",
         "org.apache.kafka.common.security.plain.PlainLoginModule", "key", "secret"},
    };

    for (size_t i = 0; i < COUNT(logins); i++) {
        if (has_type(cluster->kafka, logins[i].type))
            return &logins[i];
    }
    return NULL;
}

static const char *mechanism(const struct cluster *cluster)
{
    return cluster->authenticated ? login_of(cluster)->mechanism : NULL;
}

static const char *jaas(const struct cluster *cluster)
{
    const struct login *login = login_of(cluster);
    const struct credential *credential = cluster->kafka->credential;

    if (!login)
        return NULL;
    return arena_printf(cluster->arena, "%s required username=\"%s\" password=\"%s\";",
                        login->module,
                        connector_secret(cluster->arena, credential, login->username),
                        connector_secret(cluster->arena, credential, login->password));
}

static const char *secret(const struct cluster *cluster, const struct credential *credential,
                          const char *key)
{
    return credential ? connector_secret(cluster->arena, credential, key) : NULL;
}

static const char *pem(const struct credential *credential)
{
    return credential ? "PEM" : NULL;
}

static const struct credential *authority(const struct cluster *cluster)
{
    return cluster->encrypted ? cluster->kafka->ca : NULL;
}

static const struct credential *certificate(const struct cluster *cluster)
{
    return has_type(cluster->kafka, CREDENTIAL_CLIENT_CERTIFICATE) ? cluster->kafka->credential
                                                                   : NULL;
}

static const char *trust_type(const struct cluster *cluster)
{
    return pem(authority(cluster));
}

static const char *trusted(const struct cluster *cluster)
{
    return secret(cluster, authority(cluster), "ca.crt");
}

static const char *key_type(const struct cluster *cluster)
{
    return pem(certificate(cluster));
}

static const char *chain(const struct cluster *cluster)
{
    return secret(cluster, certificate(cluster), "tls.crt");
}

static const char *key(const struct cluster *cluster)
{
    return secret(cluster, certificate(cluster), "tls.key");
}

/* Kafka's clients always check the certificate; the name in it they need not. */
static const char *host_check(const struct cluster *cluster)
{
    return cluster->encrypted && cluster->kafka->tls != TLS_VERIFY_FULL ? "" : NULL;
}

void settings_cluster(struct settings *settings, const char *prefix, const struct service *kafka)
{
    static const struct {
        const char *key;
        const char *(*make)(const struct cluster *);
    } rows[] = {
        {"bootstrap.servers", servers},      {"security.protocol", protocol},
        {"sasl.mechanism", mechanism},       {"sasl.jaas.config", jaas},
        {"ssl.truststore.type", trust_type}, {"ssl.truststore.certificates", trusted},
        {"ssl.keystore.type", key_type},     {"ssl.keystore.certificate.chain", chain},
        {"ssl.keystore.key", key},           {"ssl.endpoint.identification.algorithm", host_check},
    };
    struct cluster cluster = {.arena = settings->arena, .kafka = kafka};

    cluster.encrypted = service_is_encrypted(kafka);
    cluster.authenticated = login_of(&cluster);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *value = rows[i].make(&cluster);

        if (value)
            doc_set_string(settings->arena, settings->map,
                           arena_printf(settings->arena, "%s%s", prefix, rows[i].key), value);
    }
}
