/* The root module of Terraform: made once, the user's ever after. */
#include "artifacts.h"
#include "service.h"
#include "terraform.h"

#include <inttypes.h>

enum need { NEED_PASSWORD, NEED_CERTIFICATE, NEED_AUTHORITY, NEED_TOKEN };

/* What a provider takes from a variable where its service asks for it. */
struct access {
    bool connect; /* of Kafka Connect's provider, else of Kafka's */
    enum need need;
    const char *setting, *variable;
    bool secret;
    const char *description;
};

static const struct access accesses[] = {
    {false, NEED_PASSWORD, "sasl_username", "kafka_username", true, "User name, or key, for Kafka"},
    {false, NEED_PASSWORD, "sasl_password", "kafka_password", true,
     "Password, or secret, for Kafka"},
    {false, NEED_CERTIFICATE, "client_cert", "kafka_client_cert", false,
     "Client certificate for Kafka: PEM, or a path"},
    {false, NEED_CERTIFICATE, "client_key", "kafka_client_key", true,
     "Key of the client certificate for Kafka: PEM, or a path"},
    {false, NEED_AUTHORITY, "ca_cert", "kafka_ca_cert", false,
     "Authority of Kafka's certificate: PEM, or a path"},
    {true, NEED_PASSWORD, "basic_auth_username", "kafka_connect_username", true,
     "User name for Kafka Connect"},
    {true, NEED_PASSWORD, "basic_auth_password", "kafka_connect_password", true,
     "Password for Kafka Connect"},
    {true, NEED_TOKEN, "headers", "kafka_connect_headers", true,
     "Headers of each request to Kafka Connect: Authorization with the token"},
    {true, NEED_AUTHORITY, "tls_root_ca_file", "kafka_connect_ca_file", false,
     "Authority of Kafka Connect's certificate: a path"},
};

struct services {
    struct service kafka, connect;
};

static struct services services_of(struct emission *emission)
{
    return (struct services){service_kafka(emission->arena, emission->platform),
                             service_connect(emission->arena, emission->platform)};
}

static bool has_type(const struct service *service, enum credential_type type)
{
    return service->credential && service->credential->type.is == (int)type;
}

static bool is_needed(const struct services *services, const struct access *access)
{
    const struct service *service = access->connect ? &services->connect : &services->kafka;

    switch (access->need) {
    case NEED_PASSWORD:
        return has_type(service, CREDENTIAL_USER_PASSWORD) ||
               has_type(service, CREDENTIAL_API_KEY_PAIR);
    case NEED_CERTIFICATE:
        return has_type(service, CREDENTIAL_CLIENT_CERTIFICATE);
    case NEED_AUTHORITY:
        return service->ca;
    case NEED_TOKEN:
        return has_type(service, CREDENTIAL_API_TOKEN);
    }
    return false;
}

static struct doc *add_variable(struct arena *arena, struct doc *blocks, const char *name,
                                const char *type, const char *description)
{
    struct doc *variable = terraform_block(arena, blocks, "variable", name, NULL);

    doc_set_string(arena, variable, "description", description);
    doc_set(variable, "type", doc_ref(arena, type));
    return variable;
}

struct doc *emit_terraform_variables(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct services services = services_of(emission);
    struct doc *blocks = doc_list(arena), *servers;

    (void)item;
    if (!services.kafka.host || !services.connect.host)
        return NULL;
    servers = doc_set(add_variable(arena, blocks, "kafka_bootstrap_servers", "list(string)",
                                   "Brokers of the platform's Kafka, host:port"),
                      "default", doc_list(arena));
    doc_add(servers, doc_printf(arena, "%s:%" PRId64, service_host(arena, &services.kafka),
                                services.kafka.port));
    doc_set(add_variable(arena, blocks, "kafka_connect_url", "string",
                         "Address of Kafka Connect's REST interface"),
            "default",
            doc_printf(arena, "%s://%s:%" PRId64,
                       services.connect.tls > TLS_PREFER ? "https" : "http",
                       service_host(arena, &services.connect), services.connect.port));
    for (size_t i = 0; i < COUNT(accesses); i++) {
        struct doc *variable;

        if (!is_needed(&services, &accesses[i]))
            continue;
        variable = add_variable(arena, blocks, accesses[i].variable,
                                accesses[i].need == NEED_TOKEN ? "map(string)" : "string",
                                accesses[i].description);
        if (accesses[i].secret)
            doc_set_bool(arena, variable, "sensitive", true);
    }
    return blocks;
}

static void add_provider(struct arena *arena, struct doc *blocks, const struct services *services,
                         bool connect)
{
    struct doc *provider =
        terraform_block(arena, blocks, "provider", connect ? "kafka-connect" : "kafka", NULL);

    if (connect) {
        doc_set(provider, "url", doc_ref(arena, "var.kafka_connect_url"));
    } else {
        const struct service *kafka = &services->kafka;

        doc_set(provider, "bootstrap_servers", doc_ref(arena, "var.kafka_bootstrap_servers"));
        doc_set_bool(arena, provider, "tls_enabled", service_is_encrypted(kafka));
        if (has_type(kafka, CREDENTIAL_USER_PASSWORD))
            doc_set_string(arena, provider, "sasl_mechanism", "scram-sha512");
        else if (has_type(kafka, CREDENTIAL_API_KEY_PAIR))
            doc_set_string(arena, provider, "sasl_mechanism", "plain");
    }
    for (size_t i = 0; i < COUNT(accesses); i++) {
        if (accesses[i].connect == connect && is_needed(services, &accesses[i]))
            doc_set(provider, accesses[i].setting,
                    doc_ref(arena, arena_printf(arena, "var.%s", accesses[i].variable)));
    }
}

struct doc *emit_terraform_root(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    struct services services = services_of(emission);
    struct doc *blocks = doc_list(arena), *terraform;

    (void)item;
    if (!services.kafka.host || !services.connect.host)
        return NULL;
    terraform = terraform_block(arena, blocks, "terraform", NULL, NULL);
    terraform_requirements(arena, terraform);
    doc_set_string(arena, terraform_block(arena, terraform, "backend", "local", NULL), "path",
                   "terraform.tfstate");
    add_provider(arena, blocks, &services, false);
    add_provider(arena, blocks, &services, true);
    doc_set_string(arena, terraform_block(arena, blocks, "module", "pipeline", NULL), "source",
                   "../pipeline/terraform");
    return blocks;
}
