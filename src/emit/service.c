#include "service.h"

#include "dsc/names.h"

#include <string.h>

static const int64_t usual_port[] = {
    [CONTAINER_POSTGRES] = 5432, [CONTAINER_KAFKA] = 9092,    [CONTAINER_KAFKA_CONNECT] = 8083,
    [CONTAINER_MYSQL] = 3306,    [CONTAINER_ORACLE] = 1521,   [CONTAINER_SQLSERVER] = 1433,
    [CONTAINER_DB2] = 50000,     [CONTAINER_SNOWFLAKE] = 443, [CONTAINER_OBJECT_STORAGE] = 443,
};

struct service service_container(const struct container *container,
                                 const struct credential *credential)
{
    return (struct service){
        .name = container->name.s,
        .host = container->host.s,
        .port = container->port.set ? container->port.n : usual_port[container->type.is],
        .database = container->database.s,
        .tls = (enum tls_mode)container->tls.is,
        .ca = container->ca.to,
        .credential = credential,
    };
}

/* A Service of the platform's namespace; nothing but the platform's own pods reaches it. */
static struct service provisioned(struct arena *arena, const struct platform *platform,
                                  enum container_type type, const char *name,
                                  const struct credential *credential)
{
    static const char *const usual[] = {[CONTAINER_POSTGRES] = "postgres",
                                        [CONTAINER_KAFKA] = "kafka",
                                        [CONTAINER_KAFKA_CONNECT] = "connect"};
    const char *service =
        name_make(arena, NAME_KUBERNETES, &(struct name_parts){.name = name ? name : usual[type]});

    return (struct service){
        .name = service,
        .provisioned = true,
        .host = arena_printf(arena, "%s.%s.svc", service, platform->namespace.s),
        .port = usual_port[type],
        .tls = TLS_DISABLE,
        .credential = credential,
    };
}

struct service service_postgres(struct arena *arena, const struct platform *platform)
{
    const struct platform_postgres *postgres = platform->postgres;
    struct service service;

    if (postgres->container.to)
        service = service_container(postgres->container.to, postgres->credential.to);
    else
        service = provisioned(arena, platform, CONTAINER_POSTGRES, postgres->name.s,
                              postgres->credential.to);
    if (!service.database)
        service.database = postgres->database.s;
    return service;
}

struct service service_kafka(struct arena *arena, const struct platform *platform)
{
    const struct platform_kafka *kafka = platform->kafka;

    if (!kafka)
        return (struct service){0};
    if (kafka->container.to)
        return service_container(kafka->container.to, kafka->credential.to);
    return provisioned(arena, platform, CONTAINER_KAFKA, kafka->name.s, kafka->credential.to);
}

struct service service_connect(struct arena *arena, const struct platform *platform)
{
    const struct platform_connect *connect = platform->kafka_connect;

    if (!connect)
        return (struct service){0};
    if (connect->container.to)
        return service_container(connect->container.to, connect->credential.to);
    return provisioned(arena, platform, CONTAINER_KAFKA_CONNECT, connect->name.s,
                       connect->credential.to);
}

const char *service_host(struct arena *arena, const struct service *service)
{
    return strchr(service->host, ':') ? arena_printf(arena, "[%s]", service->host) : service->host;
}

bool service_is_encrypted(const struct service *kafka)
{
    const struct credential *credential = kafka->credential;

    return kafka->tls > TLS_PREFER || kafka->ca ||
           (credential && credential->type.is == CREDENTIAL_CLIENT_CERTIFICATE);
}

int64_t service_brokers(const struct platform *platform)
{
    static const int64_t brokers[] = {[SIZE_SMALL] = 1, [SIZE_STANDARD] = 3, [SIZE_LARGE] = 3};

    if (platform->kafka && platform->kafka->replicas.set)
        return platform->kafka->replicas.n;
    return brokers[platform->size.is];
}

int64_t service_copies(const struct platform *platform)
{
    int64_t brokers = service_brokers(platform);

    return brokers < 3 ? brokers : 3;
}

int64_t service_retention_ms(const struct platform *platform)
{
    return platform->kafka->retention.n * 1000;
}
