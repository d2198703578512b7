/* Platforms: what they are made of. */
#include "rules.h"

#include <string.h>

/* A service's name is the longest that names.h leaves whole, and begins with a letter. */
enum { NAMESPACE_MAX = 63, SERVICE_MAX = 52, SECRET_MAX = 253, MOST_STREAMS = 500 };

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

/* Names as Kubernetes wants them (RFC 1123): lower case, with hyphens, and dots where `dots`,
 * inside. */
static bool is_kubernetes_name(const char *text, size_t limit, bool dots)
{
    size_t length = strlen(text);

    if (!length || length > limit ||
        strspn(text, dots ? LOWER DIGITS "-." : LOWER DIGITS "-") != length)
        return false;
    return strchr(LOWER DIGITS, text[0]) && strchr(LOWER DIGITS, text[length - 1]) &&
           !strstr(text, "..") && !strstr(text, ".-") && !strstr(text, "-.");
}

static void check_namespace(struct lint *lint, const void *object)
{
    const struct platform *platform = object;
    const struct text *namespace = &platform->namespace;

    if (namespace->s && !is_kubernetes_name(namespace->s, NAMESPACE_MAX, false))
        lint_add(lint, namespace->at, "`%s` cannot be a namespace", namespace->s);
    else if (namespace->s && strncmp(namespace->s, "kube-", 5) == 0)
        lint_add(lint, namespace->at, "namespaces that begin with `kube-` are Kubernetes' own");
    for (size_t i = 0; i < platform->pull_secrets.n; i++) {
        const struct text *secret = &platform->pull_secrets.v[i];

        if (!is_kubernetes_name(secret->s, SECRET_MAX, true))
            lint_add(lint, secret->at, "`%s` cannot be a secret", secret->s);
    }
}

/* ---- services: provisioned by a name, or a container that exists ---- */

struct service {
    const struct head *head;

    const char *what;

    const struct text *name;

    const struct container *container; /* unresolved ones are NULL, as absent ones are */

    struct span container_at;

    int type; /* of container */

    const struct text *image; /* that provisions it */
};

/* The three services that may be a container; those that a platform lacks have no head. */
static void list_services(const struct platform *platform, struct service services[3])
{
    const struct platform_postgres *postgres = platform->postgres;
    const struct platform_kafka *kafka = platform->kafka;
    const struct platform_connect *connect = platform->kafka_connect;
    const struct images *images = platform->images;

    memset(services, 0, 3 * sizeof(*services));
    if (postgres)
        services[0] = (struct service){&postgres->head,
                                       "postgres",
                                       &postgres->name,
                                       postgres->container.to,
                                       postgres->container.at,
                                       CONTAINER_POSTGRES,
                                       images ? &images->postgres : NULL};
    if (kafka)
        services[1] = (struct service){&kafka->head,
                                       "kafka",
                                       &kafka->name,
                                       kafka->container.to,
                                       kafka->container.at,
                                       CONTAINER_KAFKA,
                                       images ? &images->kafka : NULL};
    if (connect)
        services[2] = (struct service){&connect->head,
                                       "kafka_connect",
                                       &connect->name,
                                       connect->container.to,
                                       connect->container.at,
                                       CONTAINER_KAFKA_CONNECT,
                                       images ? &images->kafka_connect : NULL};
}

static void check_service(struct lint *lint, const struct service *service)
{
    bool existing = is_written(service->container_at);

    if (service->name->s && existing)
        diag_relate(lint->diags,
                    lint_add(lint, service->name->at,
                             "`%s` is provisioned by its name, or is a container, not both",
                             service->what),
                    service->container_at, "the container");
    else if (!service->name->s && !existing)
        lint_add(lint, service->head->at, "`%s` needs a name, or a container that exists",
                 service->what);
    if (service->container && service->container->type.is >= 0 &&
        service->container->type.is != service->type)
        diag_relate(lint->diags,
                    lint_add(lint, service->container_at, "`%s` is of type %s, not %s",
                             service->container->name.s,
                             words_container_type.v[service->container->type.is].word,
                             words_container_type.v[service->type].word),
                    service->container->type.at, "its type");
}

static void check_services(struct lint *lint, const void *object)
{
    struct service services[3];

    list_services(object, services);
    for (size_t i = 0; i < COUNT(services); i++) {
        if (services[i].head)
            check_service(lint, &services[i]);
    }
}

static void check_service_name(struct lint *lint, const struct text *name)
{
    if (name->s && (!is_kubernetes_name(name->s, SERVICE_MAX, false) || !strchr(LOWER, name->s[0])))
        lint_add(lint, name->at, "`%s` cannot be the name of a service", name->s);
}

static void check_service_names(struct lint *lint, const void *object)
{
    const struct platform *platform = object;
    struct service services[3];

    list_services(platform, services);
    for (size_t i = 0; i < COUNT(services); i++) {
        if (services[i].head)
            check_service_name(lint, services[i].name);
    }
    if (platform->airflow)
        check_service_name(lint, &platform->airflow->name);
}

static void check_missing_image(struct lint *lint, const void *object)
{
    struct service services[3];

    list_services(object, services);
    for (size_t i = 0; i < COUNT(services); i++) {
        const struct service *service = &services[i];

        if (service->head && service->name->s && service->image && !service->image->s)
            lint_add(lint, service->head->at, "`%s` is provisioned, and `images` has none for it",
                     service->what);
    }
}

static void check_kafka(struct lint *lint, const void *object)
{
    const struct graph *graph = object;
    const struct platform *platform = graph->platform;
    const char *lacks = !platform->kafka           ? "kafka"
                        : !platform->kafka_connect ? "kafka_connect"
                                                   : NULL;

    for (size_t i = 0; i < graph->streams.n && lacks; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        if (!is_streamed(stream->store))
            continue;
        diag_relate(lint->diags,
                    lint_add(lint, platform->head.at, "platform `%s` lacks `%s`, which `%s` needs",
                             platform->name.s, lacks, stream->store->name.s),
                    stream->store->head.at, "the store");
        return;
    }
}

/* ---- images ---- */

/* NAME@sha256:DIGEST (github.com/opencontainers/image-spec/blob/main/descriptor.md). */
static bool has_digest(const char *image)
{
    const char *digest = strstr(image, "@sha256:");

    if (!digest || digest == image)
        return false;
    digest += strlen("@sha256:");
    return strlen(digest) == 64 && strspn(digest, DIGITS "abcdef") == 64;
}

/* NAME:TAG, where the tag says which: a colon before a slash is that of a port. */
static bool has_tag(const char *image)
{
    const char *name = strrchr(image, '/');
    const char *tag = strchr(name ? name : image, ':');

    return tag && tag[1] && strcmp(tag, ":latest") != 0 && !strchr(image, '@');
}

/* The images that an entity runs; whether in production. */
static size_t list_images(const struct head *head, const struct text *found[5], bool *production)
{
    if (head->kind == &kind_transformer) {
        found[0] = &((const struct transformer *)head)->image;
        *production = ((const struct workspace *)head->parent)->production.on;
        return 1;
    }
    const struct images *images = (const struct images *)head;
    found[0] = &images->dsc;
    found[1] = &images->postgres;
    found[2] = &images->kafka;
    found[3] = &images->kafka_connect;
    found[4] = &images->airflow;
    *production = ((const struct platform *)head->parent)->production.on;
    return 5;
}

static void check_digests(struct lint *lint, const void *object)
{
    const struct text *images[5];
    bool production;
    size_t n = list_images(object, images, &production);

    for (size_t i = 0; i < n && production; i++) {
        if (images[i]->s && !has_digest(images[i]->s))
            lint_add(lint, images[i]->at, "`%s` is not named by its digest", images[i]->s);
    }
}

static void check_tags(struct lint *lint, const void *object)
{
    const struct text *images[5];
    bool production;
    size_t n = list_images(object, images, &production);

    for (size_t i = 0; i < n && !production; i++) {
        if (images[i]->s && !has_digest(images[i]->s) && !has_tag(images[i]->s))
            lint_add(lint, images[i]->at, "`%s` may be another image tomorrow", images[i]->s);
    }
}

/* ---- resources and numbers ---- */

/* A quantity as a number, exact enough to compare; the loader has seen its syntax. */
static double quantity(const char *text)
{
    static const struct {
        const char *suffix;
        double factor;
    } suffixes[] = {
        {"n", 1e-9},    {"u", 1e-6},    {"m", 1e-3},    {"k", 1e3},     {"M", 1e6},
        {"G", 1e9},     {"T", 1e12},    {"P", 1e15},    {"E", 1e18},    {"Ki", 0x1p10},
        {"Mi", 0x1p20}, {"Gi", 0x1p30}, {"Ti", 0x1p40}, {"Pi", 0x1p50}, {"Ei", 0x1p60},
    };
    double number = 0, digit = 1;
    const char *c = text;

    for (; *c >= '0' && *c <= '9'; c++)
        number = number * 10 + (*c - '0');
    for (c += *c == '.'; *c >= '0' && *c <= '9'; c++)
        number += (digit /= 10) * (*c - '0');
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        if (strcmp(c, suffixes[i].suffix) == 0)
            return number * suffixes[i].factor;
    }
    if (*c == 'e' || *c == 'E') {
        int exponent = 0;
        bool negative = c[1] == '-';

        for (c += 1 + (c[1] == '+' || c[1] == '-'); *c && exponent < 1000; c++)
            exponent = exponent * 10 + (*c - '0');
        for (; exponent; exponent--)
            number = negative ? number / 10 : number * 10;
    }
    return number;
}

static void check_resources(struct lint *lint, const void *object)
{
    static const char *const components[] = {"postgres", "kafka", "kafka_connect", "airflow",
                                             "dsc"};
    const struct resources *resources = object;
    bool known = false;

    for (size_t i = 0; i < COUNT(components); i++)
        known |= strcmp(resources->name.s, components[i]) == 0;
    if (!known)
        suggest_name(
            lint,
            lint_add(lint, resources->name.at, "there is no component `%s`", resources->name.s),
            resources->name.s, components, COUNT(components));
    if (resources->cpu.s && resources->cpu_limit.s &&
        quantity(resources->cpu.s) > quantity(resources->cpu_limit.s))
        diag_relate(lint->diags,
                    lint_add(lint, resources->cpu.at, "%s is more than the limit, %s",
                             resources->cpu.s, resources->cpu_limit.s),
                    resources->cpu_limit.at, "the limit");
}

static void check_least(struct lint *lint, const struct number *number, int64_t least, int64_t most)
{
    if (is_written(number->at) && (number->n < least || number->n > most))
        lint_add(lint, number->at, "this number lies in %lld-%lld", (long long)least,
                 (long long)most);
}

static void check_numbers(struct lint *lint, const void *object)
{
    const struct platform *platform = object;

    check_least(lint, &platform->streams_per_file, 1, MOST_STREAMS);
    if (platform->kafka)
        check_least(lint, &platform->kafka->replicas, 1, 99);
    if (platform->kafka_connect)
        check_least(lint, &platform->kafka_connect->replicas, 1, 99);
    if (platform->backup)
        check_least(lint, &platform->backup->keep, 1, 9999);
}

static void check_credential_store(struct lint *lint, const void *object)
{
    const struct platform *platform = object;

    if (platform->credential_store.is == STORE_ENVIRONMENT && platform->runner.is == RUNNER_POD)
        lint_add(lint, platform->credential_store.at,
                 "pods get their credentials as files, never in the environment");
}

static void check_contacts(struct lint *lint, const void *object)
{
    const struct platform *platform = object;

    if (!platform->contacts.n)
        lint_add(lint, platform->head.at, "platform `%s` names no operators", platform->name.s);
}

const struct rule rules_platform[] = {
    {
        .id = "namespace-syntax",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_namespace,
        .why = "Kubernetes refuses other names.",
        .mend = "Use lower-case letters, digits and inner hyphens, 63 at most.",
    },
    {
        .id = "service",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_services,
        .why = "A service of the platform is provisioned, under a name, or exists already, as a "
               "container.",
        .mend = "Write `name:`, or `container:` with one of the right type.",
    },
    {
        .id = "service-name",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_service_names,
        .why = "The name becomes a host in Kubernetes, to which words are added.",
        .mend = "Use lower-case letters, digits and inner hyphens, a letter first, 52 at most.",
    },
    {
        .id = "missing-image",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_missing_image,
        .needs = {"service"},
        .why = "What is provisioned runs from an image.",
        .mend = "Name the image under `images:`.",
    },
    {
        .id = "image-digest",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_images, &kind_transformer),
        .check = check_digests,
        .why = "A tag can be moved: in production nothing changes but by a change of the model.",
        .mend = "Write the image as NAME@sha256:DIGEST.",
    },
    {
        .id = "image-tag",
        .severity = SEV_WARNING,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_images, &kind_transformer),
        .check = check_tags,
        .why = "An image without a tag, or tagged latest, is another one on each machine.",
        .mend = "Write NAME:TAG, or better NAME@sha256:DIGEST.",
    },
    {
        .id = "resources",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_resources),
        .check = check_resources,
        .why = "Kubernetes refuses a pod that asks for more than its limit, and components that "
               "nobody knows "
               "get nothing.",
        .mend = "Keep requests at or below their limits, for postgres, kafka, kafka_connect, "
                "airflow or dsc.",
    },
    {
        .id = "number-range",
        .severity = SEV_ERROR,
        .fixed = true,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_numbers,
        .why = "Outside of this range there is nothing that could run.",
        .mend = "Write a number within it.",
    },
    {
        .id = "credential-store",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_credential_store,
        .why = "The environment of a pod shows in its description and in every process that it "
               "starts.",
        .mend = "Write `credential_store: files`, or `runner: process`.",
    },
    {
        .id = "contacts",
        .absence = true,
        .severity = SEV_NOTE,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform),
        .check = check_contacts,
        .why = "The runbook tells whom to call.",
        .mend = "Write `contacts:` with the operators.",
    },
    {
        .id = "kafka-missing",
        .absence = true,
        .severity = SEV_ERROR,
        .fixed = true,
        .visit = LINT_GRAPH,
        .check = check_kafka,
        .why = "Changes that arrive as events go through the platform's Kafka and Kafka Connect.",
        .mend = "Give the platform `kafka` and `kafka_connect`, or serve the consumers elsewhere.",
    },
    {0},
};
