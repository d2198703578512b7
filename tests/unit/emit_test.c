/* emit: the driver, connectors, Terraform and plans, as they come out of small models. */
#include "dsc/emit.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "dsc/connect.h"
#include "dsc/plan.h"

/* ---- a model, rendered into a folder of its own
 * ------------------------------------------------------ */

static const char company[] =
    "{kind: Ecosystem, name: acme, owner: 'git:m@main', live: 'git:m@live', zones: {usa: "
    "'git:u@main'}}\n---\n"
    "{kind: Zone, name: usa, teams: {crm: 'git:c@main'}}\n---\n"
    "{kind: Credential, name: reader, type: user_password}\n---\n"
    "{kind: Credential, name: merge, type: user_password}\n---\n"
    "{kind: Credential, name: sink, type: user_password}\n---\n"
    "{kind: Credential, name: keys, type: api_key_pair}\n---\n"
    "{kind: Credential, name: certificate, type: client_certificate}\n---\n"
    "{kind: Credential, name: root_ca, type: ca_bundle}\n---\n"
    "{kind: Container, name: crm_db, type: postgres, host: crm.acme.example, database: crm, ca: "
    "root_ca, tls: verify-full}\n---\n"
    "{kind: Container, name: bus, type: kafka, host: bus.acme.example, port: 9093}\n---\n";

#define PLATFORM(name, more)                                                                       \
    "{kind: DataPlatform, name: " name ", type: KubernetesPGStarter, namespace: data, postgres: "  \
    "{name: merge, credential: merge, sink_credential: sink}, kafka: {name: kafka}, "              \
    "kafka_connect: {name: connect}, airflow: {credential: merge}, images: {dsc: dsc, airflow: "   \
    "airflow}" more "}\n---\n"

#define READER(platform, datasets)                                                                 \
    "{kind: Workspace, name: sales, team: usa/crm, readers: [tableau], groups: {g: {platform: "    \
    "" platform ", needs: {milestoning: both}, datasets: [" datasets "]}}}\n---\n"

#define CDC(more, datasets)                                                                        \
    "{kind: Datastore, name: crm, team: usa/crm, capture: {cdc: {container: crm_db, credential: "  \
    "reader, schema: sales" more "}}, datasets: {" datasets "}}\n---\n"

#define KAFKA(more, datasets)                                                                      \
    "{kind: Datastore, name: web, team: usa/crm, capture: {kafka: {container: bus" more            \
    "}}, datasets: {" datasets "}}\n---\n"

#define CUSTOMER "customer: {columns: {id: bigint primary key, email: text}}"

struct fixture {
    char folder[32];

    struct arena *arena;

    const char *model, *output;

    struct emit_options options;
};

static int fixture_begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    strcpy(fixture->folder, "/tmp/dsc-emit-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->arena = arena_new();
    fixture->model = arena_printf(fixture->arena, "%s/model", fixture->folder);
    fixture->output = arena_printf(fixture->arena, "%s/out", fixture->folder);
    fixture->options.output = fixture->output;
    *state = fixture;
    return 0;
}

static int fixture_end(void **state)
{
    struct fixture *fixture = *state;

    assert_true(dir_remove(fixture->folder));
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void write_text(struct fixture *fixture, const char *path, const char *text)
{
    assert_true(file_write(arena_printf(fixture->arena, "%s/%s", fixture->folder, path), text,
                           strlen(text)));
}

/* The graph of `platform` in the model that consists of the company and `documents`. */
static const struct graph *graph_of(struct fixture *fixture, const char *platform,
                                    const char *documents)
{
    struct model *model = ARENA_NEW(fixture->arena, struct model);
    struct diags diags;

    diags_init(&diags, fixture->arena);
    assert_true(dir_make(fixture->model));
    write_text(fixture, "model/dsc.yaml", "language: 1\n");
    write_text(fixture, "model/all.yaml", arena_printf(fixture->arena, "%s%s", company, documents));
    assert_true(model_load(model, fixture->model, fixture->arena, &diags));
    for (size_t i = 0; i < diags.all.n; i++)
        print_error("%s: %s\n", diags.all.v[i]->rule, diags.all.v[i]->text);
    assert_int_equal(diags.all.n, 0);
    const struct platform *found =
        model_find(model, &kind_platform, NULL, intern(model->strings, platform));
    assert_non_null(found);
    return graph_build(fixture->arena, model, found);
}

static bool emit(struct fixture *fixture, const struct graph *graph, enum emit_folder folder)
{
    struct emit_report report = {0};

    return emit_platforms((const struct graph *const *)&graph, 1, folder, &fixture->options,
                          &report);
}

static void render(struct fixture *fixture, const char *platform, const char *documents)
{
    assert_true(emit(fixture, graph_of(fixture, platform, documents), EMIT_PIPELINE));
}

/* A file below the output. */
static const char *path_of(struct fixture *fixture, const char *path)
{
    return arena_printf(fixture->arena, "%s/%s", fixture->output, path);
}

static const char *text_of(struct fixture *fixture, const char *path)
{
    struct buf text = {0};

    assert_true(file_read(path_of(fixture, path), 0, &text));
    const char *copy = arena_strndup(fixture->arena, text.data, text.len);
    buf_free(&text);
    return copy;
}

static const struct doc *json_of(struct fixture *fixture, const char *path)
{
    const char *text = text_of(fixture, path), *why = "";
    const struct doc *doc = doc_read_json(fixture->arena, text, strlen(text), &why);

    if (!doc)
        print_error("%s: %s\n", path, why);
    assert_non_null(doc);
    return doc;
}

/* A setting of a connector; NULL: it has none such. */
static const char *setting_of(struct fixture *fixture, const char *connector, const char *key)
{
    const struct doc *settings = json_of(
        fixture, arena_printf(fixture->arena, "prod/pipeline/connectors/%s.json", connector));
    const struct doc *value = doc_get(settings, key);

    return value ? value->string : NULL;
}

static struct plan *plan_of(struct fixture *fixture, const char *stream)
{
    const char *json =
        text_of(fixture, arena_printf(fixture->arena, "prod/pipeline/plans/%s.json", stream));
    const char *why = NULL;
    struct plan *plan = plan_read(fixture->arena, json, strlen(json), &why);

    if (!plan)
        print_error("%s: %s\n", stream, why);
    assert_non_null(plan);
    return plan;
}

static size_t count_files(struct fixture *fixture, const char *folder)
{
    struct dir_list list;

    assert_true(dir_read(fixture->arena, path_of(fixture, folder), &list));
    return list.entries.n;
}

#define SIMPLE PLATFORM("prod", "") READER("prod", "crm.customer") CDC("", CUSTOMER)

/* ---- whose a folder is
 * -------------------------------------------------------------------------------- */

static void test_second_run_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    const char *first;

    render(fixture, "prod", SIMPLE);
    first = text_of(fixture, "prod/pipeline/MANIFEST.json");
    render(fixture, "prod", SIMPLE);
    assert_string_equal(text_of(fixture, "prod/pipeline/MANIFEST.json"), first);
}

static void test_manifest_lists_every_file(void **state)
{
    struct fixture *fixture = *state;
    const struct doc *manifest, *files;
    const char *before = "";
    size_t connectors = 0;

    fixture->options.revision = "0123abcd";
    render(fixture, "prod", SIMPLE);
    manifest = json_of(fixture, "prod/pipeline/MANIFEST.json");
    assert_string_equal(doc_get(doc_get(manifest, "model"), "revision")->string, "0123abcd");
    assert_string_equal(doc_get(manifest, "folder")->string, "pipeline");
    files = doc_get(manifest, "files");
    for (const struct doc *file = files->first; file; file = file->next) {
        const char *path = doc_get(file, "path")->string;
        char sum[SHA256_HEX];

        assert_true(strcmp(before, path) < 0);
        before = path;
        assert_true(file_sha256(
            path_of(fixture, arena_printf(fixture->arena, "prod/pipeline/%s", path)), sum));
        assert_string_equal(doc_get(file, "sha256")->string, sum);
        connectors += strncmp(path, "connectors/", 11) == 0;
    }
    assert_int_equal(connectors, count_files(fixture, "prod/pipeline/connectors"));
}

static void test_folder_of_others_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = graph_of(fixture, "prod", SIMPLE);

    assert_true(dir_make(path_of(fixture, "prod/pipeline")));
    assert_true(emit(fixture, graph, EMIT_PIPELINE)); /* nobody's */
    assert_true(dir_remove(path_of(fixture, "prod/pipeline")));
    assert_true(dir_make(path_of(fixture, "prod/pipeline")));
    write_text(fixture, "out/prod/pipeline/notes.txt", "mine");
    assert_false(emit(fixture, graph, EMIT_PIPELINE));
    assert_string_equal(text_of(fixture, "prod/pipeline/notes.txt"), "mine");
    fixture->options.force = true;
    assert_true(emit(fixture, graph, EMIT_PIPELINE));
    assert_false(file_exists(path_of(fixture, "prod/pipeline/notes.txt")));
}

static void test_changed_folder_is_refused(void **state)
{
    static const char *const changes[][2] = {
        {"graph.mmd", "flowchart LR\n"},
        {"plans/other.json", "{}"},
        {"MANIFEST.json", ""},
        {"MANIFEST.json", "{\"dsc\": \"0\", \"files\": [{\"path\": \"graph.mmd\"}]}"},
        {"MANIFEST.json", "{\"files\": []}"},
    };
    struct fixture *fixture = *state;
    const struct graph *graph = graph_of(fixture, "prod", SIMPLE);

    for (size_t i = 0; i < COUNT(changes); i++) {
        fixture->options.force = true;
        assert_true(emit(fixture, graph, EMIT_PIPELINE));
        fixture->options.force = false;
        assert_true(emit(fixture, graph, EMIT_PIPELINE));
        write_text(fixture, arena_printf(fixture->arena, "out/prod/pipeline/%s", changes[i][0]),
                   changes[i][1]);
        assert_false(emit(fixture, graph, EMIT_PIPELINE));
    }
    fixture->options.force = true;
    assert_true(emit(fixture, graph, EMIT_PIPELINE));
    fixture->options.force = false;
    assert_int_equal(unlink(path_of(fixture, "prod/pipeline/graph.mmd")), 0);
    assert_false(emit(fixture, graph, EMIT_PIPELINE));
}

static void test_dry_run_writes_nothing(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = graph_of(fixture, "prod", SIMPLE);
    struct emit_report dry = {0}, wet = {0};

    fixture->options.dry_run = true;
    assert_true(emit_platforms((const struct graph *const *)&graph, 1, EMIT_BOOTSTRAP,
                               &fixture->options, &dry));
    assert_true(emit_platforms((const struct graph *const *)&graph, 1, EMIT_PIPELINE,
                               &fixture->options, &dry));
    assert_false(file_exists(fixture->output));
    fixture->options.dry_run = false;
    assert_true(emit_platforms((const struct graph *const *)&graph, 1, EMIT_BOOTSTRAP,
                               &fixture->options, &wet));
    assert_true(emit_platforms((const struct graph *const *)&graph, 1, EMIT_PIPELINE,
                               &fixture->options, &wet));
    assert_int_equal(dry.files, wet.files);
    assert_int_equal(dry.bytes, wet.bytes);
}

static void test_files_of_the_user_are_made_once(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = graph_of(fixture, "prod", SIMPLE);

    assert_true(emit(fixture, graph, EMIT_BOOTSTRAP));
    assert_non_null(strstr(text_of(fixture, "prod/terraform/main.tf"), "../pipeline/terraform"));
    write_text(fixture, "out/prod/terraform/main.tf", "# mine\n");
    assert_int_equal(unlink(path_of(fixture, "prod/terraform/variables.tf")), 0);
    assert_true(emit(fixture, graph, EMIT_BOOTSTRAP));
    assert_string_equal(text_of(fixture, "prod/terraform/main.tf"), "# mine\n");
    assert_true(file_exists(path_of(fixture, "prod/terraform/variables.tf")));
    assert_true(file_exists(path_of(fixture, "prod/overlays/pipeline/kustomization.yaml")));
}

static void test_interruption_leaves_the_folder(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = graph_of(fixture, "prod", SIMPLE);
    const char *manifest;
    size_t files;
    int status;

    assert_true(emit(fixture, graph, EMIT_PIPELINE));
    manifest = text_of(fixture, "prod/pipeline/MANIFEST.json");
    files = count_files(fixture, "prod");
    fixture->options.revision = "other";
    pid_t child = fork();
    if (child == 0) {
        signals_install();
        raise(SIGTERM);
        _exit(emit(fixture, graph, EMIT_PIPELINE) ? 1 : 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_string_equal(text_of(fixture, "prod/pipeline/MANIFEST.json"), manifest);
    assert_int_equal(count_files(fixture, "prod"), files);
}

/* ---- connectors
 * --------------------------------------------------------------------------------------- */

static void test_source_reads_what_is_staged(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *key, *value;
    } expected[] = {
        {"name", "prod.crm.1.source"},
        {"database.hostname", "crm.acme.example"},
        {"database.port", "5432"},
        {"database.user", "${dir:/run/secrets/connect:reader.username}"},
        {"database.sslmode", "verify-full"},
        {"database.sslrootcert", "/run/secrets/connect/root_ca.ca.crt"},
        {"slot.name", "dsc_prod_crm_1"},
        {"publication.name", "dsc_prod_crm_1"},
        {"topic.prefix", "prod.crm.1"},
        {"table.include.list",
         "sales\\.customer,sales\\.Order\\x20Line\\x20\\\\\\x2c\\x20\\(x\\)\u00e9,"
         "dsc_prod_crm\\.heartbeat,dsc_prod_crm\\.signal"},
        {"notification.sink.topic.name", "prod.crm.1.notification"},
        {"topic.creation.default.partitions", "3"},
        {"topic.creation.default.replication.factor", "3"},
        {"topic.creation.single.include",
         "prod\\.crm\\.1\\.transaction,prod\\.crm\\.1\\.notification,"
         "prod\\.crm\\.1\\.dsc_prod_crm\\.heartbeat,prod\\.crm\\.1\\.dsc_prod_crm\\.signal"},
    };

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "crm.customer, crm.line")
               CDC(", truncate: signal, partitions: 3",
                   CUSTOMER ", line: {table: 'Order Line \\, (x)\u00e9', columns: {id: bigint "
                            "primary key}}"));
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_string_equal(setting_of(fixture, "prod.crm.1.source", expected[i].key),
                            expected[i].value);
}

static void test_sinks_name_what_staging_holds(void **state)
{
    struct fixture *fixture = *state;

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "crm.customer, crm.log")
               CDC("", CUSTOMER ", log: {columns: {at: timestamptz, who: text}}"));
    assert_int_equal(count_files(fixture, "prod/pipeline/connectors"), 6);
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "collection.name.format"),
                        "staging.crm__customer");
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "topics"),
                        "prod.crm.1.sales.customer");
    assert_string_equal(setting_of(fixture, "prod.crm.1.log.sink", "field.include.list"),
                        "at,who,__before_at,__before_who,__deleted,__op,__source_lsn,"
                        "__source_ts_ms,__source_txId,__source_snapshot,__source_sequence,"
                        "__transaction_id,__transaction_total_order,__kafka_ts");
    assert_string_equal(setting_of(fixture, "prod.crm.1.log.sink", "transforms.unwrap.add.fields"),
                        "op,source.lsn,source.ts_ms,source.txId,source.snapshot,source.sequence,"
                        "transaction.id,transaction.total_order,before.at,before.who");
    assert_string_equal(setting_of(fixture, "prod.crm.1.transaction.sink", "field.include.list"),
                        "status,id,event_count,ts_ms");
    assert_null(setting_of(fixture, "prod.crm.1.transaction.sink", "transforms"));
    assert_string_equal(setting_of(fixture, "prod.crm.1.notification.sink", "transforms"), "hoist");
    assert_string_equal(setting_of(fixture, "prod.crm.1.heartbeat.sink", "topics"),
                        "prod.crm.1.dsc_prod_crm.heartbeat");
}

/* The old incarnation's topics are still drained; nothing fills them any more. */
static void test_draining_incarnation_keeps_its_sinks(void **state)
{
    struct fixture *fixture = *state;

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "crm.customer")
               CDC(", incarnation: 3, draining: [1]", CUSTOMER));
    assert_int_equal(count_files(fixture, "prod/pipeline/connectors"), 9);
    assert_string_equal(setting_of(fixture, "prod.crm.3.source", "slot.name"), "dsc_prod_crm_3");
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "topics"),
                        "prod.crm.1.sales.customer");
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "collection.name.format"),
                        setting_of(fixture, "prod.crm.3.customer.sink", "collection.name.format"));
    const struct plan *plan = plan_of(fixture, "crm");
    assert_int_equal(plan->n_incarnations, 2);
    assert_true(plan->incarnations[0].draining);
    assert_int_equal(plan->incarnations[1].number, 3);
    assert_int_equal(plan->datasets[0].n_topics, 2);
    assert_string_equal(plan->datasets[0].topics[0].connector, "prod.crm.1.customer.sink");
}

static void test_mirror_replicates_a_producer_s_topics(void **state)
{
    struct fixture *fixture = *state;

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "web.page")
               KAFKA(", transactional: true, prefix: w, truncate: signal, incarnation: 2, "
                     "topics: {page: w2.public.page, visit: w2.public.visit}, draining: [{number: "
                     "1, prefix: v, topics: {page: old-topic}}]",
                     "page: {columns: {id: bigint primary key}}, visit: {columns: {id: bigint "
                     "primary key}}"));
    assert_string_equal(setting_of(fixture, "prod.web.2.mirror", "topics"),
                        "w2\\.public\\.page,w2\\.public\\.visit,w\\.transaction,w\\.notification,"
                        "w\\.dsc_prod_web\\.signal");
    assert_string_equal(setting_of(fixture, "prod.web.2.mirror", "source.cluster.alias"),
                        "bus-source");
    assert_string_equal(
        setting_of(fixture, "prod.web.2.mirror", "source.cluster.bootstrap.servers"),
        "bus.acme.example:9093");
    assert_string_equal(
        setting_of(fixture, "prod.web.2.mirror", "target.cluster.bootstrap.servers"),
        "kafka.data.svc:9092");
    assert_string_equal(setting_of(fixture, "prod.web.1.page.sink", "topics"), "old-topic");
    assert_false(
        file_exists(path_of(fixture, "prod/pipeline/connectors/prod.web.1.visit.sink.json")));
    assert_string_equal(setting_of(fixture, "prod.web.1.transaction.sink", "topics"),
                        "v.transaction");
}

/* What one platform reads, another replicates under the names that it has there. */
static void test_topics_of_another_platform(void **state)
{
    struct fixture *fixture = *state;

    render(fixture, "prod",
           PLATFORM("prod", "") PLATFORM("core", "") READER("prod", "crm.customer")
               CDC("", CUSTOMER) "{kind: PrimaryIngestion, datastore: crm, platform: core}\n");
    assert_string_equal(setting_of(fixture, "prod.crm.1.mirror", "topics"),
                        "core\\.crm\\.1\\.sales\\.customer,core\\.crm\\.1\\.transaction,"
                        "core\\.crm\\.1\\.notification,core\\.crm\\.1\\.dsc_core_crm\\.heartbeat");
    assert_string_equal(setting_of(fixture, "prod.crm.1.heartbeat.sink", "topics"),
                        "core.crm.1.dsc_core_crm.heartbeat");
    assert_string_equal(setting_of(fixture, "prod.crm.1.mirror", "source.cluster.alias"),
                        "core-source");
    assert_int_equal(plan_of(fixture, "crm")->capture, PLAN_CDC);
}

/* How a cluster is spoken to follows from its TLS and from the type of its credential. */
static void test_clusters(void **state)
{
    static const struct {
        const char *container, *credential;
        const char *key, *value; /* behind source.cluster. */
    } cases[] = {
        {"", "", "security.protocol", "PLAINTEXT"},
        {", tls: prefer", ", credential: reader", "security.protocol", "SASL_PLAINTEXT"},
        {", tls: verify-full", "", "security.protocol", "SSL"},
        {", tls: verify-full", "", "ssl.endpoint.identification.algorithm", NULL},
        {", tls: verify-ca", "", "ssl.endpoint.identification.algorithm", ""},
        {", ca: root_ca", "", "ssl.truststore.certificates",
         "${dir:/run/secrets/connect:root_ca.ca.crt}"},
        {", tls: require", ", credential: keys", "sasl.mechanism", "PLAIN"},
        {", tls: require", ", credential: keys", "sasl.jaas.config",
         "org.apache.kafka.common.security.plain.PlainLoginModule required "
         "username=\"${dir:/run/secrets/connect:keys.key}\" "
         "password=\"${dir:/run/secrets/connect:keys.secret}\";"},
        {"", ", credential: reader", "sasl.mechanism", "SCRAM-SHA-512"},
        {"", ", credential: certificate", "security.protocol", "SSL"},
        {"", ", credential: certificate", "ssl.keystore.key",
         "${dir:/run/secrets/connect:certificate.tls.key}"},
        {"", ", credential: certificate", "sasl.mechanism", NULL},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *documents =
            arena_printf(fixture->arena,
                         PLATFORM("prod", "")
                             READER("prod", "w.page") "{kind: Container, name: events, type: "
                                                      "kafka, host: e.acme.example%s}\n---\n{kind: "
                                                      "Datastore, name: w, team: usa/crm, "
                                                      "capture: {kafka: {container: events%s, "
                                                      "topics: {page: p}}}, datasets: {page: "
                                                      "{columns: {id: bigint primary key}}}}\n",
                         cases[i].container, cases[i].credential);
        const char *found;

        render(fixture, "prod", documents);
        found = setting_of(fixture, "prod.w.1.mirror",
                           arena_printf(fixture->arena, "source.cluster.%s", cases[i].key));
        if (cases[i].value)
            assert_string_equal(found, cases[i].value);
        else
            assert_null(found);
    }
}

static void test_overrides_stay_within_bounds(void **state)
{
    struct fixture *fixture = *state;

    render(fixture, "prod",
           PLATFORM("prod", ", connector_overrides: {batch.size: 1000, slot.name: mine, "
                            "poll.interval.ms: 50, producer.override.linger.ms: 5, no.such: x}")
               READER("prod", "crm.customer")
                   CDC(", connector_overrides: {poll.interval.ms: 20, tasks.max: 8}", CUSTOMER));
    assert_string_equal(setting_of(fixture, "prod.crm.1.source", "poll.interval.ms"), "20");
    assert_string_equal(setting_of(fixture, "prod.crm.1.source", "producer.override.linger.ms"),
                        "5");
    assert_string_equal(setting_of(fixture, "prod.crm.1.source", "slot.name"), "dsc_prod_crm_1");
    assert_string_equal(setting_of(fixture, "prod.crm.1.source", "tasks.max"), "1");
    assert_null(setting_of(fixture, "prod.crm.1.source", "batch.size"));
    assert_null(setting_of(fixture, "prod.crm.1.source", "no.such"));
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "batch.size"), "1000");
    assert_null(setting_of(fixture, "prod.crm.1.customer.sink", "poll.interval.ms"));
}

/* A worker takes what it does not know without a word. */
static void test_every_setting_is_known(void **state)
{
    struct fixture *fixture = *state;
    const char *connectors;
    struct dir_list list;

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "crm.customer, crm.log, web.page")
               CDC(", truncate: signal", CUSTOMER ", log: {columns: {at: timestamptz}}")
                   KAFKA(", credential: keys, format: avro, registry: 'https://r', topics: {page: "
                         "p}",
                         "page: {columns: {id: bigint primary key}}"));
    connectors = path_of(fixture, "prod/pipeline/connectors");
    assert_true(dir_read(fixture->arena, connectors, &list));
    for (size_t i = 0; i < list.entries.n; i++) {
        const struct doc *settings =
            json_of(fixture, arena_printf(fixture->arena, "prod/pipeline/connectors/%s",
                                          list.entries.v[i].name));
        enum connect_class class = CONNECT_POSTGRES_SOURCE;

        while (strcmp(connect_class_name(class), doc_get(settings, "connector.class")->string) != 0)
            class ++;
        for (const struct doc *setting = settings->first; setting; setting = setting->next) {
            if (!connect_find(class, setting->key))
                fail_msg("%s: %s", list.entries.v[i].name, setting->key);
        }
    }
}

static void test_urls_are_encoded(void **state)
{
    struct fixture *fixture = *state;

    render(fixture, "prod",
           "{kind: Container, name: own, type: postgres, host: '2001:db8::1', database: 'a "
           "b&c?d\u00e9', tls: verify-ca, ca: root_ca}\n---\n"
           "{kind: DataPlatform, name: prod, type: KubernetesPGStarter, namespace: data, postgres: "
           "{container: own, credential: merge}, kafka: {name: kafka}, kafka_connect: {name: "
           "connect}, airflow: {credential: merge}, images: {dsc: dsc, airflow: "
           "airflow}}\n---\n" READER("prod", "crm.customer") CDC("", CUSTOMER));
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "connection.url"),
                        "jdbc:postgresql://[2001:db8::1]:5432/a%20b%26c%3Fd%C3%A9?sslmode=verify-ca"
                        "&sslrootcert=/run/secrets/connect/root_ca.ca.crt");
    assert_string_equal(setting_of(fixture, "prod.crm.1.customer.sink", "connection.username"),
                        "${dir:/run/secrets/connect:merge.username}");
}

/* ---- plans
 * ---------------------------------------------------------------------------------------------- */

static void test_plan_of_a_transactional_stream(void **state)
{
    struct fixture *fixture = *state;
    const struct plan *plan;
    const struct plan_dataset *customer;

    render(fixture, "prod",
           PLATFORM("prod", ", quarantine: set_aside, metrics_retention: 30d")
               READER("prod", "crm.customer")
                   CDC(", truncate: signal",
                       "customer: {deletes: soft, table: Customers, primary_key: [b, a], columns: "
                       "{a: bigint, b: 'varchar(20)', c: {type: integer, default: '7'}}}"));
    plan = plan_of(fixture, "crm");
    assert_int_equal(plan->promise, PLAN_TRANSACTIONAL);
    assert_int_equal(plan->truncate, PLAN_TRUNCATE_SIGNAL);
    assert_int_equal(plan->quarantine, PLAN_QUARANTINE_SET_ASIDE);
    assert_int_equal(plan->metrics_retention, 30 * 24 * 60 * 60);
    assert_string_equal(plan->database.host, "merge.data.svc");
    assert_string_equal(plan->database.credential, "merge");
    assert_string_equal(plan->sink_credential, "sink");
    assert_string_equal(plan->connect->host, "connect.data.svc");
    assert_null(plan->source);
    assert_string_equal(plan->incarnations[0].prefix, "prod.crm.1");
    assert_string_equal(plan->signal->staging.name, "crm__signal");
    assert_string_equal(plan->signal->topics[0].connector, "prod.crm.1.signal.sink");
    assert_string_equal(plan->order->commit, "(__source_sequence::jsonb ->> 0)::bigint");
    customer = &plan->datasets[0];
    assert_int_equal(customer->deletes, PLAN_SOFT);
    assert_string_equal(customer->source_table, "Customers");
    assert_string_equal(customer->live->name, "crm__customer");
    assert_string_equal(customer->history->schema, "history");
    assert_int_equal(customer->columns[0].key, 2);
    assert_int_equal(customer->columns[1].key, 1);
    assert_string_equal(customer->columns[1].type, "character varying(20)");
    assert_string_equal(customer->columns[1].staging_type, "text");
    assert_string_equal(customer->columns[2].fallback, "7");
    assert_int_equal(customer->n_views, 2);
    assert_int_equal(plan->n_roles, 1);
    assert_string_equal(plan->roles[0].role, "ws_sales");
    assert_string_equal(plan->roles[0].readers[0], "tableau");
}

/* The value that means "unchanged" in each staging type, as Debezium writes it. */
static void test_placeholders(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *type, *placeholder;
    } cases[] = {
        {"text", "E'~\\\\u\"x'"},
        {"bytea", "E'\\\\x7e5c752278'"},
        {"'text[]'", "E'{\"~\\\\\\\\u\\\\\"x\"}'"},
        {"'integer[]'", "'{126,92,117,34,120}'"},
        {"'bigint[]'", "'{126,92,117,34,120}'"},
        {"'uuid[]'", "'{52670e18-f389-325f-ad11-e7782ee34a44}'"},
        {"jsonb", "E'~\\\\u\"x'"},
        {"integer", NULL},
        {"timestamptz", NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct plan *plan;

        render(fixture, "prod",
               arena_printf(fixture->arena,
                            PLATFORM("prod", "") READER("prod", "web.d")
                                KAFKA(", placeholder: '~\\u\"x', topics: {d: t}",
                                      "d: {columns: {id: text primary key, c: %s}}"),
                            cases[i].type));
        plan = plan_of(fixture, "web");
        assert_null(plan->datasets[0].columns[0].placeholder);
        if (cases[i].placeholder)
            assert_string_equal(plan->datasets[0].columns[1].placeholder, cases[i].placeholder);
        else
            assert_null(plan->datasets[0].columns[1].placeholder);
    }
}

static void test_placeholder_is_the_stream_s_own(void **state)
{
    struct fixture *fixture = *state;
    const char *placeholder;

    render(fixture, "prod", SIMPLE);
    placeholder = setting_of(fixture, "prod.crm.1.source", "unavailable.value.placeholder");
    assert_int_equal(strlen(placeholder), strlen("\"__dsc_unchanged_01234567\""));
    assert_int_equal(strncmp(placeholder, "\"__dsc_unchanged_", 17), 0);
    assert_string_equal(plan_of(fixture, "crm")->datasets[0].columns[1].placeholder,
                        arena_printf(fixture->arena, "'%s'", placeholder));
}

static void test_plan_of_a_convergent_stream(void **state)
{
    struct fixture *fixture = *state;
    const struct plan *plan;

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "web.page")
               KAFKA(", topics: {page: p}", "page: {columns: {id: bigint primary key}}"));
    plan = plan_of(fixture, "web");
    assert_int_equal(plan->promise, PLAN_CONVERGENT);
    assert_null(plan->transaction);
    assert_null(plan->heartbeat);
    assert_null(plan->order->transaction);
    assert_null(plan->incarnations[0].prefix);
    assert_int_equal(plan->tombstone_retention, 14 * 24 * 60 * 60);
    assert_string_equal(plan->datasets[0].source_schema, "public");
    assert_int_equal(count_files(fixture, "prod/pipeline/connectors"), 2);
}

/* What nobody asked for is staged, so that transactions add up, and kept nowhere. */
static void test_datasets_that_nobody_needs_are_not_kept(void **state)
{
    struct fixture *fixture = *state;
    const struct plan *plan;

    render(fixture, "prod",
           PLATFORM("prod", "") READER("prod", "web.page")
               KAFKA(", transactional: true, prefix: w, topics: {page: p, visit: v}",
                     "page: {columns: {id: bigint primary key}}, visit: {columns: {id: bigint "
                     "primary key}}"));
    plan = plan_of(fixture, "web");
    assert_non_null(plan->datasets[0].live);
    assert_string_equal(plan->datasets[1].name, "visit");
    assert_null(plan->datasets[1].live);
    assert_null(plan->datasets[1].history);
    assert_true(
        file_exists(path_of(fixture, "prod/pipeline/connectors/prod.web.1.visit.sink.json")));
}

#define SQL(capture, dataset)                                                                      \
    PLATFORM("prod", "")                                                                           \
    READER("prod", "plan.target")                                                                  \
    "{kind: Datastore, name: plan, team: usa/crm, capture: {" capture                              \
    "}, datasets: {target: {" dataset "columns: {id: bigint primary key, at: timestamptz, j: "     \
    "jsonb}}}}\n"

static void test_plans_of_captures_by_sql(void **state)
{
    struct fixture *fixture = *state;
    const struct plan *plan;

    render(fixture, "prod", SQL("sql_snapshot: {container: crm_db, credential: reader}", ""));
    plan = plan_of(fixture, "plan");
    assert_int_equal(plan->promise, PLAN_RUNS);
    assert_int_equal(plan->capture, PLAN_SQL_SNAPSHOT);
    assert_string_equal(plan->source->host, "crm.acme.example");
    assert_string_equal(plan->source->tls, "verify-full");
    assert_string_equal(plan->source->ca, "root_ca");
    assert_null(plan->order);
    assert_null(plan->connect);
    assert_null(plan->sink_credential);
    assert_int_equal(plan->n_incarnations, 0);
    assert_string_equal(plan->datasets[0].columns[2].staging_type, "jsonb");
    assert_null(plan->datasets[0].columns[2].placeholder);
    assert_false(file_exists(path_of(fixture, "prod/pipeline/connectors")));

    render(fixture, "prod",
           SQL("sql_watermark: {container: crm_db, credential: reader, watermark: id, safety_lag: "
               "90s}",
               "watermark: at, "));
    plan = plan_of(fixture, "plan");
    assert_int_equal(plan->capture, PLAN_SQL_WATERMARK);
    assert_int_equal(plan->safety_lag, 90);
    assert_string_equal(plan->datasets[0].watermark, "at");

    render(fixture, "prod",
           SQL("sql_query: {container: crm_db, credential: reader, parameters: {region: [eu, "
               "us]}}",
               "query: 'select * from t where r = :region', "));
    plan = plan_of(fixture, "plan");
    assert_string_equal(plan->datasets[0].query, "select * from t where r = :region");
    assert_null(plan->datasets[0].source_table);
    assert_int_equal(plan->parameters[0].n_values, 2);
}

/* ---- Terraform
 * ------------------------------------------------------------------------------------------ */

static void test_store_stays_in_its_slice(void **state)
{
    struct fixture *fixture = *state;
    struct buf documents = {0};
    const char *alone, *crowded;

    render(fixture, "prod", SIMPLE);
    alone = text_of(fixture, "prod/pipeline/terraform/topics_03.tf");
    buf_puts(&documents, SIMPLE);
    for (int i = 0; i < 20; i++)
        buf_printf(
            &documents,
            "{kind: Datastore, name: s%d, team: usa/crm, capture: {cdc: {container: crm_db, "
            "credential: reader}}, datasets: {d: {columns: {id: bigint primary key}}}}\n---\n"
            "{kind: Workspace, name: w%d, team: usa/crm, groups: {g: {platform: prod, "
            "datasets: [s%d.d]}}}\n---\n",
            i, i, i);
    render(fixture, "prod", documents.data);
    buf_free(&documents);
    crowded = text_of(fixture, "prod/pipeline/terraform/topics_03.tf");
    assert_non_null(strstr(crowded, alone));
    assert_int_equal(count_files(fixture, "prod/pipeline/terraform"), 4 + 4 + 1);
}

static void test_labels_of_resources_differ(void **state)
{
    struct fixture *fixture = *state;
    const char *topics;

    render(fixture, "prod",
           PLATFORM("prod", ", size: small") READER("prod", "crm.heartbeat")
               CDC("", "heartbeat: {columns: {id: bigint primary key}}"));
    topics = text_of(fixture, "prod/pipeline/terraform/topics_00.tf");
    assert_non_null(strstr(topics, "\"crm-1-heartbeat\""));
    assert_non_null(strstr(topics, "\"crm-1--heartbeat\""));
    assert_non_null(strstr(topics, "replication_factor = 1"));
    assert_non_null(strstr(text_of(fixture, "prod/pipeline/terraform/connectors_00.tf"),
                           "$${dir:/run/secrets/connect:reader.password}"));
}

static void test_root_module_asks_for_what_the_services_want(void **state)
{
    struct fixture *fixture = *state;
    const char *documents =
        "{kind: Container, name: cloud, type: kafka, host: k.example, tls: verify-full}\n---\n"
        "{kind: Container, name: workers, type: kafka_connect, host: c.example, tls: "
        "verify-full}\n---\n"
        "{kind: DataPlatform, name: prod, type: KubernetesPGStarter, namespace: data, postgres: "
        "{name: merge, credential: merge}, kafka: {container: cloud, credential: keys}, "
        "kafka_connect: {container: workers, credential: reader}, airflow: {credential: merge}, "
        "images: {dsc: dsc, airflow: airflow}}\n---\n";
    const char *root, *variables;

    assert_true(emit(fixture, graph_of(fixture, "prod", documents), EMIT_BOOTSTRAP));
    root = text_of(fixture, "prod/terraform/main.tf");
    variables = text_of(fixture, "prod/terraform/variables.tf");
    assert_non_null(strstr(root, "sasl_mechanism    = \"plain\""));
    assert_non_null(strstr(root, "tls_enabled       = true"));
    assert_non_null(strstr(root, "basic_auth_password = var.kafka_connect_password"));
    assert_non_null(strstr(variables, "\"https://c.example:8083\""));
    assert_non_null(strstr(variables, "variable \"kafka_password\""));
    assert_null(strstr(variables, "kafka_ca_cert"));
    assert_null(strstr(variables, "map(string)"));
}

static void test_root_module_takes_a_token_in_a_header(void **state)
{
    struct fixture *fixture = *state;
    const char *documents =
        "{kind: Credential, name: token, type: api_token}\n---\n"
        "{kind: Container, name: workers, type: kafka_connect, host: '::1', ca: root_ca}\n---\n"
        "{kind: DataPlatform, name: prod, type: KubernetesPGStarter, namespace: data, postgres: "
        "{name: merge, credential: merge}, kafka: {name: kafka}, kafka_connect: {container: "
        "workers, credential: token}, airflow: {credential: merge}, images: {dsc: dsc, airflow: "
        "airflow}}\n---\n";
    const char *root, *variables;

    assert_true(emit(fixture, graph_of(fixture, "prod", documents), EMIT_BOOTSTRAP));
    root = text_of(fixture, "prod/terraform/main.tf");
    variables = text_of(fixture, "prod/terraform/variables.tf");
    assert_non_null(strstr(root, "headers          = var.kafka_connect_headers"));
    assert_non_null(strstr(root, "tls_root_ca_file = var.kafka_connect_ca_file"));
    assert_non_null(strstr(variables, "type        = map(string)"));
    assert_non_null(strstr(variables, "\"http://[::1]:8083\""));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_second_run_changes_nothing),
        TEST(test_manifest_lists_every_file),
        TEST(test_folder_of_others_is_refused),
        TEST(test_changed_folder_is_refused),
        TEST(test_dry_run_writes_nothing),
        TEST(test_files_of_the_user_are_made_once),
        TEST(test_interruption_leaves_the_folder),
        TEST(test_source_reads_what_is_staged),
        TEST(test_sinks_name_what_staging_holds),
        TEST(test_draining_incarnation_keeps_its_sinks),
        TEST(test_mirror_replicates_a_producer_s_topics),
        TEST(test_topics_of_another_platform),
        TEST(test_clusters),
        TEST(test_overrides_stay_within_bounds),
        TEST(test_every_setting_is_known),
        TEST(test_urls_are_encoded),
        TEST(test_plan_of_a_transactional_stream),
        TEST(test_placeholders),
        TEST(test_placeholder_is_the_stream_s_own),
        TEST(test_plan_of_a_convergent_stream),
        TEST(test_datasets_that_nobody_needs_are_not_kept),
        TEST(test_plans_of_captures_by_sql),
        TEST(test_store_stays_in_its_slice),
        TEST(test_labels_of_resources_differ),
        TEST(test_root_module_asks_for_what_the_services_want),
        TEST(test_root_module_takes_a_token_in_a_header),
    };

    return cmocka_run_group_tests_name("emit", tests, NULL, NULL);
}
