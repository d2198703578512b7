/* The services that a platform is made of: where each is, and how one speaks to it. */
#ifndef DSC_EMIT_SERVICE_H
#define DSC_EMIT_SERVICE_H

#include "dsc/model.h"

struct service {
    const char *name; /* the container's; or the Kubernetes Service's, where it is provisioned */

    bool provisioned; /* in the platform's namespace, by its bootstrap folder */

    const char *host;

    int64_t port;

    const char *database; /* or NULL */

    enum tls_mode tls;

    const struct credential *ca; /* or NULL */

    const struct credential *credential; /* or NULL: it asks for none */
};

/* A container of the model, spoken to with this credential (which may be NULL). */
struct service service_container(const struct container *container,
                                 const struct credential *credential);

/* The platform's own. Without Kafka the name and host of the last two are NULL. */
struct service service_postgres(struct arena *arena, const struct platform *platform);
struct service service_kafka(struct arena *arena, const struct platform *platform);
struct service service_connect(struct arena *arena, const struct platform *platform);

/* The host as it stands before a port: an address of IPv6 in brackets. */
const char *service_host(struct arena *arena, const struct service *service);

/* Whether a client of this Kafka encrypts: a cluster offers it or does not, so that `prefer` means
 * no, unless something asks for it. */
bool service_is_encrypted(const struct service *kafka);

/* Brokers of the platform's Kafka: as it says, else by its size. */
int64_t service_brokers(const struct platform *platform);

/* Copies of each of its topics: three, where there are as many brokers. */
int64_t service_copies(const struct platform *platform);

/* How long its topics keep records, in milliseconds. */
int64_t service_retention_ms(const struct platform *platform);

#endif
