/* Captures: whether a store can be read as it says. */
#include "rules.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_PARTITIONS = 1000, TOPIC_MAX = 249 };

/* What a capture reads from. */
static const struct {
    int type; /* of container */
    bool database;
} origins[] = {
    [CAPTURE_CDC] = {CONTAINER_POSTGRES, true},
    [CAPTURE_KAFKA] = {CONTAINER_KAFKA, false},
    [CAPTURE_SQL_SNAPSHOT] = {CONTAINER_POSTGRES, true},
    [CAPTURE_SQL_WATERMARK] = {CONTAINER_POSTGRES, true},
    [CAPTURE_SQL_QUERY] = {CONTAINER_POSTGRES, true},
};

static bool reads_container(enum capture_kind kind)
{
    return kind != CAPTURE_NONE && kind != CAPTURE_TRANSFORMER;
}

static const char *capture_key(enum capture_kind kind)
{
    return kind_capture.fields[kind - CAPTURE_CDC].key;
}

/* The capture that was chosen: its head, in whichever member of struct capture it is. */
static const struct head *chosen(const struct source *source)
{
    const struct field *field = &kind_capture.fields[source->kind - CAPTURE_CDC];

    return *(const struct head *const *)((const char *)source->capture + field->offset);
}

/* Where the container of a capture is written: all of them begin with this field. */
static struct span container_place(const struct source *source)
{
    const struct head *capture = chosen(source);

    return ((const struct ref *)((const char *)capture + capture->kind->fields[0].offset))->at;
}

static void compare_type(struct lint *lint, enum capture_kind kind,
                         const struct container *container, struct span at)
{
    int wanted = origins[kind].type;

    if (container->type.is >= 0 && container->type.is != wanted)
        diag_relate(lint->diags,
                    lint_add(lint, at, "%s reads from %s, and `%s` is %s", capture_key(kind),
                             words_container_type.v[wanted].word, container->name.s,
                             words_container_type.v[container->type.is].word),
                    container->type.at, "its type");
}

static void check_container(struct lint *lint, const void *object)
{
    const struct head *head = object;

    if (head->kind == &kind_binding) {
        const struct binding *binding = object;
        const struct datastore *store = binding->datastore.to;

        if (!store || !binding->container.to || store->source.kind == CAPTURE_NONE)
            return;
        if (reads_container(store->source.kind))
            compare_type(lint, store->source.kind, binding->container.to, binding->container.at);
        else
            lint_add(lint, binding->datastore.at,
                     "`%s` is written by a transformer: it has no container", store->name.s);
        return;
    }
    const struct datastore *store = object;
    if (reads_container(store->source.kind) && store->source.container)
        compare_type(lint, store->source.kind, store->source.container,
                     container_place(&store->source));
}

static void check_database(struct lint *lint, const void *object)
{
    const struct head *head = object;
    const struct binding *binding = object;
    const struct datastore *store = head->kind == &kind_binding ? binding->datastore.to : object;
    const struct container *container;
    struct span at;

    if (!store || !reads_container(store->source.kind) || !origins[store->source.kind].database)
        return;
    container = head->kind == &kind_binding ? binding->container.to : store->source.container;
    at = head->kind == &kind_binding ? binding->container.at : container_place(&store->source);
    if (container && !container->database.s)
        diag_relate(lint->diags,
                    lint_add(lint, at, "container `%s` names no database", container->name.s),
                    container->head.at, "defined here");
}

/* ---- topics of a producer ---- */

static const struct dataset *dataset_named(const struct lint *lint, const struct datastore *store,
                                           const char *name)
{
    return model_find(lint->model, &kind_dataset, store, name);
}

static void check_topics(struct lint *lint, const void *object)
{
    const struct kafka_capture *capture = object;
    const struct datastore *store = (const struct datastore *)capture->head.parent->parent;
    const char **names = arena_alloc(lint->scratch, store->datasets.n * sizeof(*names));
    struct map *mapped = map_new(lint->scratch);

    for (size_t i = 0; i < store->datasets.n; i++)
        names[i] = store->datasets.v[i]->name.s;
    for (size_t i = 0; i < capture->topics.n; i++) {
        const struct text *name = &capture->topics.v[i]->name;
        const struct dataset *dataset = dataset_named(lint, store, name->s);

        if (dataset)
            map_set(mapped, dataset, NULL, mapped);
        else
            suggest_name(
                lint, lint_add(lint, name->at, "`%s` has no dataset `%s`", store->name.s, name->s),
                name->s, names, store->datasets.n);
    }
    for (size_t i = 0; i < store->datasets.n; i++) {
        if (!map_get(mapped, store->datasets.v[i], NULL))
            diag_relate(lint->diags,
                        lint_add_for(lint, store->datasets.v[i], store->datasets.v[i]->head.at,
                                     "no topic is given for dataset `%s`",
                                     store->datasets.v[i]->name.s),
                        capture->topics.at, "the topics");
    }
}

/* Kafka's own rule (org.apache.kafka.common.internals.Topic). */
static bool is_topic(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && length <= TOPIC_MAX && strcmp(text, ".") != 0 && strcmp(text, "..") != 0 &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               length;
}

static void check_topic_syntax(struct lint *lint, const void *object)
{
    const struct kafka_capture *capture = object;

    if (capture->prefix.s && !is_topic(capture->prefix.s))
        lint_add(lint, capture->prefix.at, "`%s` cannot begin the name of a topic",
                 capture->prefix.s);
    for (size_t i = 0; i < capture->topics.n; i++) {
        const struct text *topic = &capture->topics.v[i]->value;

        if (topic->s && !is_topic(topic->s))
            lint_add(lint, topic->at, "`%s` cannot be the name of a topic", topic->s);
    }
}

static void check_topic_twice(struct lint *lint, const void *object)
{
    const struct kafka_capture *capture = object;
    struct map *seen = map_new(lint->scratch);

    for (size_t i = 0; i < capture->topics.n; i++) {
        struct setting *topic = capture->topics.v[i];
        const struct setting *first =
            topic->value.s ? map_add(seen, topic->value.s, NULL, topic) : NULL;

        if (first)
            diag_relate(lint->diags,
                        lint_add(lint, topic->value.at, "the topic `%s` carries `%s` already",
                                 topic->value.s, first->name.s),
                        first->value.at, "here");
    }
}

static void check_prefix(struct lint *lint, const void *object)
{
    const struct kafka_capture *capture = object;

    if (capture->transactional.on && !capture->prefix.s)
        lint_add(
            lint, capture->transactional.at,
            "the topics of transactions and notifications are below `prefix`, which is missing");
}

static void check_registry(struct lint *lint, const void *object)
{
    const struct kafka_capture *capture = object;

    if (capture->format.is == FORMAT_AVRO && !capture->registry.s)
        lint_add(lint, capture->format.at, "avro needs the address of a `registry`");
}

static void check_truncate(struct lint *lint, const void *object)
{
    const struct kafka_capture *capture = object;

    if (capture->truncate.is == TRUNCATE_SIGNAL && !capture->transactional.on)
        lint_add(
            lint, capture->truncate.at,
            "signals need `transactional: true`: without transactions they have no place among "
            "the changes");
}

/* ---- numbers ---- */

static void check_incarnations(struct lint *lint, const void *object)
{
    const struct cdc *cdc = object;
    const struct kafka_capture *kafka = object;
    bool is_cdc = cdc->head.kind == &kind_cdc;
    const struct number *present = is_cdc ? &cdc->incarnation : &kafka->incarnation;
    size_t n = is_cdc ? cdc->draining.n : kafka->draining.n;
    struct incarnation *const *draining = is_cdc ? cdc->draining.v : kafka->draining.v;

    if (present->n < 1)
        lint_add(lint, present->at, "incarnations count from 1");
    for (size_t i = 0; i < n; i++) {
        const struct number *number = &draining[i]->number;

        if (number->set && (number->n < 1 || number->n >= present->n))
            lint_add(lint, number->at,
                     "an incarnation that is drained lies between 1 and the present one, %" PRId64,
                     present->n);
        else if (number->set && i && number->n <= draining[i - 1]->number.n)
            lint_add(lint, number->at, "incarnations are listed in rising order, each once");
    }
}

static void check_partitions(struct lint *lint, const void *object)
{
    const struct cdc *cdc = object;
    const struct number *partitions = cdc->head.kind == &kind_cdc
                                          ? &cdc->partitions
                                          : &((const struct kafka_capture *)object)->partitions;

    if (partitions->n < 1 || partitions->n > MAX_PARTITIONS)
        lint_add(lint, partitions->at, "a topic has 1 to %d partitions", MAX_PARTITIONS);
}

static void check_consistency(struct lint *lint, const void *object)
{
    const struct datastore *store = object;

    if (store->consistency.is == CONSISTENCY_DATASET && store->source.transactional)
        lint_add(lint, store->consistency.at,
                 "the transactions of `%s` arrive whole, so that all its datasets move together",
                 store->name.s);
}

const struct rule rules_capture[] = {
    {
        .id = "capture-container",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_datastore, &kind_binding),
        .check = check_container,
        .why = "Each kind of capture reads from one type of container.",
        .mend = "Name a container of that type, or capture the store in another way.",
    },
    {
        .id = "capture-database",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_datastore, &kind_binding),
        .check = check_database,
        .needs = {"capture-container"},
        .why = "A connection to PostgreSQL is one to a database.",
        .mend = "Write `database:` at the container.",
    },
    {
        .id = "topics",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_kafka_capture),
        .check = check_topics,
        .needs = {"missing-key"},
        .why = "A dataset without a topic would stay empty, a topic without a dataset unread.",
        .mend = "Give each dataset of the store its topic, and no others.",
    },
    {
        .id = "topic-syntax",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_kafka_capture),
        .check = check_topic_syntax,
        .why =
            "Kafka's topics are named with letters, digits, `.`, `_` and `-`, 249 bytes at most.",
        .mend = "Write the topic's name as Kafka has it.",
    },
    {
        .id = "topic-twice",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_kafka_capture),
        .check = check_topic_twice,
        .why = "Each row of the topic would go into two tables.",
        .mend = "Give each dataset a topic of its own.",
    },
    {
        .id = "transactional-prefix",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_kafka_capture),
        .check = check_prefix,
        .why = "Where a transaction ends is told in the topic PREFIX.transaction.",
        .mend = "Write `prefix:`, the topic prefix of the producer's connector.",
    },
    {
        .id = "avro-registry",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_kafka_capture),
        .check = check_registry,
        .why = "Avro records cannot be read without the schemas that a registry keeps.",
        .mend = "Write `registry:`, or have the producer write json.",
    },
    {
        .id = "truncate-signal",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_kafka_capture),
        .check = check_truncate,
        .why = "A truncate is applied at its place in its transaction.",
        .mend = "Deliver transactions, or write `truncate: refuse`.",
    },
    {
        .id = "incarnation",
        .severity = SEV_ERROR,
        .fixed = true,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_cdc, &kind_kafka_capture),
        .check = check_incarnations,
        .why = "A new snapshot has the next number, and only earlier ones can be drained.",
        .mend = "Count incarnations from 1, and list earlier ones once.",
    },
    {
        .id = "partitions",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_cdc, &kind_kafka_capture),
        .check = check_partitions,
        .why = "A topic without partitions holds nothing; thousands of them cost every broker.",
        .mend = "Write how many partitions each data topic has: mostly 1.",
    },
    {
        .id = "consistency",
        .severity = SEV_WARNING,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_datastore),
        .check = check_consistency,
        .why = "`consistency: dataset` has no effect on a store whose transactions are kept.",
        .mend = "Remove the line.",
    },
    {0},
};
