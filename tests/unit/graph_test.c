/* graph: what a platform runs, and for whom. */
#include "dsc/graph.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

static const char company[] =
    "kind: Ecosystem\n"
    "name: acme\n"
    "owner: git:acme/model@main\n"
    "live: git:acme/model@live\n"
    "zones: {usa: git:acme/usa@main}\n"
    "---\n"
    "kind: Zone\n"
    "name: usa\n"
    "teams: {crm: git:acme/crm@main}\n"
    "---\n"
    "{kind: Credential, name: reader, type: user_password}\n"
    "---\n"
    "{kind: Credential, name: producer, type: user_password}\n"
    "---\n"
    "{kind: Credential, name: robot, type: user_password}\n"
    "---\n"
    "{kind: Credential, name: merge, type: user_password}\n"
    "---\n"
    "{kind: Credential, name: root_ca, type: ca_bundle}\n"
    "---\n"
    "{kind: Container, name: crm_db, type: postgres, host: crm.acme.example, ca: root_ca}\n"
    "---\n"
    "{kind: Container, name: crm_db_dev, type: postgres, host: crm-dev.acme.example}\n"
    "---\n"
    "{kind: Container, name: events, type: kafka, host: events.acme.example}\n"
    "---\n"
    "{kind: Container, name: prod_kafka, type: kafka, host: kafka.acme.example}\n";

static const char stores[] =
    "kind: Datastore\n"
    "name: crm\n"
    "team: usa/crm\n"
    "capture: {cdc: {container: crm_db, credential: reader}}\n"
    "consistency: dataset\n" /* no effect: its transactions arrive whole */
    "datasets:\n"
    "  customer: {columns: {id: bigint primary key}}\n"
    "  invoice: {columns: {id: bigint primary key}}\n"
    "  unused: {columns: {id: bigint primary key}}\n"
    "---\n"
    "kind: Datastore\n"
    "name: clicks\n"
    "team: usa/crm\n"
    "capture: {kafka: {container: events, credential: producer, topics: {page: p, visit: v}}}\n"
    "consistency: dataset\n"
    "trigger: '0 2 * * *'\n"
    "datasets:\n"
    "  page: {columns: {id: bigint primary key}}\n"
    "  visit: {columns: {id: bigint primary key}}\n"
    "---\n"
    "kind: Datastore\n"
    "name: plan\n"
    "team: usa/crm\n"
    "capture: {sql_snapshot: {container: crm_db, credential: reader}}\n"
    "trigger: external\n"
    "datasets:\n"
    "  target: {columns: {id: bigint primary key}}\n"
    "---\n"
    "kind: Datastore\n"
    "name: scores\n"
    "team: usa/crm\n"
    "capture: {transformer: {workspace: scoring}}\n"
    "datasets:\n"
    "  score: {columns: {id: bigint primary key}}\n";

static const char platforms[] = "kind: DataPlatform\n"
                                "name: prod\n"
                                "type: KubernetesPGStarter\n"
                                "namespace: data\n"
                                "postgres: {name: merge, credential: merge}\n"
                                "kafka: {container: prod_kafka}\n"
                                "kafka_connect: {name: connect}\n"
                                "airflow: {credential: merge}\n"
                                "images: {dsc: dsc, airflow: airflow}\n"
                                "---\n"
                                "kind: DataPlatform\n"
                                "name: dev\n"
                                "type: KubernetesPGStarter\n"
                                "namespace: data-dev\n"
                                "postgres: {name: merge, credential: merge}\n"
                                "airflow: {credential: merge}\n"
                                "images: {dsc: dsc, airflow: airflow}\n";

static const char consumers[] =
    "kind: Workspace\n"
    "name: sales\n"
    "team: usa/crm\n"
    "priority: high\n"
    "groups:\n"
    "  current:\n"
    "    needs: {latency: 5m}\n"
    "    platform: prod\n"
    "    datasets: [crm.customer, clicks.page]\n"
    "  audit:\n"
    "    needs: {milestoning: both, latency: 4h, retention: 5y}\n"
    "    platform: prod\n"
    "    datasets: [{dataset: crm.customer, as: customers}, crm.invoice]\n"
    "---\n"
    "kind: Workspace\n"
    "name: scoring\n"
    "team: usa/crm\n"
    "priority: low\n"
    "groups:\n"
    "  input: {datasets: [plan.target, clicks.page]}\n"
    "transformer: {credential: robot, image: scorer, output: scores, trigger: '0 1 * * *'}\n";

struct fixture {
    char folder[32];

    struct arena *arena;

    struct diags diags;

    struct model model;

    struct buf out;
};

static int fixture_begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    strcpy(fixture->folder, "/tmp/dsc-graph-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->arena = arena_new();
    diags_init(&fixture->diags, fixture->arena);
    *state = fixture;
    return 0;
}

static int fixture_end(void **state)
{
    struct fixture *fixture = *state;

    assert_true(dir_remove(fixture->folder));
    arena_free(fixture->arena);
    buf_free(&fixture->out);
    free(fixture);
    return 0;
}

/* The graph of `platform` in the model above, to which `more` is added. */
static struct graph *build(struct fixture *fixture, const char *platform, const char *more)
{
    const char *path = arena_printf(fixture->arena, "%s/dsc.yaml", fixture->folder);
    const char *text = arena_printf(fixture->arena, "%s---\n%s---\n%s---\n%s---\n%s", company,
                                    stores, platforms, consumers, more);

    assert_true(file_write(path, "language: 1\n", strlen("language: 1\n")));
    path = arena_printf(fixture->arena, "%s/model.yaml", fixture->folder);
    assert_true(file_write(path, text, strlen(text)));
    assert_true(model_load(&fixture->model, fixture->folder, fixture->arena, &fixture->diags));
    for (size_t i = 0; i < fixture->diags.all.n; i++)
        print_error("line %u: %s\n", (unsigned)fixture->diags.all.v[i]->span.line,
                    fixture->diags.all.v[i]->text);
    assert_int_equal(fixture->diags.all.n, 0);
    const struct model *model = &fixture->model;
    const struct platform *found =
        model_find(model, &kind_platform, NULL, intern(model->strings, platform));
    assert_non_null(found);
    return graph_build(fixture->arena, model, found);
}

static const char *printed(struct fixture *fixture, const struct graph *graph,
                           enum graph_format format)
{
    buf_clear(&fixture->out);
    graph_print(&fixture->out, graph, format);
    return fixture->out.data;
}

static void expect(struct fixture *fixture, const struct graph *graph, enum graph_format format,
                   const char *expected)
{
    assert_string_equal(printed(fixture, graph, format), expected);
}

/* A store is one stream where its transactions are kept, else as it says; a group that needs both
 * has two views; what is kept is the union of what is asked. */
static void test_streams_of_a_platform(void **state)
{
    struct fixture *fixture = *state;

    expect(fixture, build(fixture, "prod", ""), GRAPH_TEXT,
           "prod: 2 streams, 3 datasets, 6 views in 1 workspace\n"
           "\n"
           "clicks.page: kafka from events, at 0 2 * * * (latency 5m), priority high\n"
           "  page: live\n"
           "    live for sales/current: sales.current__clicks__page\n"
           "\n"
           "crm: cdc from crm_db, at */5 * * * * (latency 5m), priority high\n"
           "  customer: live and history of 5y\n"
           "    live for sales/current: sales.current__crm__customer\n"
           "    live for sales/audit: sales.customers\n"
           "    history for sales/audit: sales.customers_history\n"
           "  invoice: live and history of 5y\n"
           "    live for sales/audit: sales.audit__crm__invoice\n"
           "    history for sales/audit: sales.audit__crm__invoice_history\n");
}

static void test_platform_that_serves_nobody(void **state)
{
    struct fixture *fixture = *state;

    expect(fixture, build(fixture, "dev", ""), GRAPH_TEXT,
           "dev: 0 streams, 0 datasets, 0 views in 0 workspaces\n");
}

#define READER(name, platform, dataset)                                                            \
    "{kind: Workspace, name: " name ", team: usa/crm, groups: {g: {platform: " platform            \
    ", datasets: [" dataset "]}}}\n---\n"

/* Whoever needs a transformer's output runs it, with its inputs, at the consumer's priority; the
 * latency is that of the stream's own consumers. */
static void test_transformer_pulls_its_inputs(void **state)
{
    struct fixture *fixture = *state;

    expect(fixture,
           build(fixture, "dev",
                 "{kind: Workspace, name: ads, team: usa/crm, priority: critical, groups: {g: "
                 "{platform: "
                 "dev, datasets: [scores.score]}}}"),
           GRAPH_TEXT,
           "dev: 3 streams, 3 datasets, 3 views in 2 workspaces\n"
           "\n"
           "clicks.page: kafka from events, at 0 2 * * * (latency 1h), priority critical\n"
           "  page: live\n"
           "    live for scoring/input: scoring.input__clicks__page\n"
           "\n"
           "plan: sql_snapshot from crm_db, started from outside (latency 1h), priority critical\n"
           "  target: live\n"
           "    live for scoring/input: scoring.input__plan__target\n"
           "\n"
           "scores: written by the transformer of scoring, at 0 * * * * (latency 1h), priority "
           "critical\n"
           "  score: live\n"
           "    live for ads/g: ads.g__scores__score\n");
}

/* The workspace of a transformer that reads its own output is no trap. */
static void test_circle_of_transformers_ends(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = build(
        fixture, "dev",
        "{kind: Workspace, name: loop, team: usa/crm, groups: {g: {platform: dev, datasets: "
        "[circle.dot]}}, transformer: {credential: robot, image: i, output: circle}}\n---\n"
        "{kind: Datastore, name: circle, team: usa/crm, capture: {transformer: {workspace: loop}}, "
        "datasets: {dot: {columns: {id: bigint primary key}}}}");

    assert_int_equal(graph->streams.n, 1);
    expect(fixture, graph, GRAPH_DOT,
           "digraph \"dev\" {\n"
           "    rankdir=LR;\n"
           "    n0 [shape=ellipse, label=\"trigger circle\\n0 * * * *\"];\n"
           "    n1 [shape=hexagon, label=\"transform loop\"];\n"
           "    n2 [shape=box, label=\"stage circle.dot\"];\n"
           "    n3 [shape=box, label=\"merge circle\"];\n"
           "    n4 [shape=note, label=\"view loop.g__circle__dot\\nlive\"];\n"
           "    n0 -> n3;\n"
           "    n1 -> n2;\n"
           "    n2 -> n3;\n"
           "    n3 -> n4;\n"
           "    n4 -> n1;\n"
           "}\n");
}

/* The others replicate what the primary platform reads, unless they have a copy of their own. */
static void test_primary_ingestion_and_binding(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = build(
        fixture, "dev",
        READER("a", "dev", "crm.customer") READER(
            "b", "dev",
            "clicks.page") "{kind: PrimaryIngestion, datastore: crm, platform: prod}\n---\n"
                           "{kind: PrimaryIngestion, datastore: clicks, platform: prod}\n---\n"
                           "{kind: Binding, platform: dev, datastore: crm, container: "
                           "crm_db_dev}\n");

    assert_int_equal(graph->streams.n, 2);
    assert_string_equal(graph->streams.v[0]->name, "clicks.page");
    assert_string_equal(graph->streams.v[0]->reads_from->name.s, "prod");
    assert_null(graph->streams.v[1]->reads_from);
    assert_string_equal(graph->streams.v[1]->source.container->name.s, "crm_db_dev");
}

/* What others capture arrives as a whole: all of it is staged, so that its transactions add up. */
static void test_shared_transactions_are_whole(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = build(
        fixture, "dev",
        READER("a", "dev", "crm.customer, bus.trip") "{kind: PrimaryIngestion, datastore: crm, "
                                                     "platform: prod}\n---\n"
                                                     "{kind: Datastore, name: bus, team: usa/crm, "
                                                     "capture: {kafka: {container: events, prefix: "
                                                     "b, transactional: true, topics: {stop: s, "
                                                     "trip: t}}}, datasets: {stop: {columns: {id: "
                                                     "bigint}}, trip: {columns: {id: bigint}}}}\n");

    expect(fixture, graph, GRAPH_TEXT,
           "dev: 2 streams, 5 datasets, 2 views in 1 workspace\n"
           "\n"
           "bus: kafka from events, at 0 * * * * (latency 1h), priority medium\n"
           "  stop: only staged, to know when transactions are whole\n"
           "  trip: live\n"
           "    live for a/g: a.g__bus__trip\n"
           "\n"
           "crm: topics of platform prod, at 0 * * * * (latency 1h), priority medium\n"
           "  customer: live\n"
           "    live for a/g: a.g__crm__customer\n"
           "  invoice: only staged, to know when transactions are whole\n"
           "  unused: only staged, to know when transactions are whole\n");
}

static void test_uses(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = build(fixture, "prod", READER("a", "prod", "scores.score"));
    struct graph_containers containers = graph_containers(fixture->arena, graph);
    struct graph_credentials credentials = graph_credentials(fixture->arena, graph);

    assert_int_equal(containers.v.n, 3);
    assert_string_equal(containers.v.v[0]->name.s, "crm_db");
    assert_string_equal(containers.v.v[1]->name.s, "events");
    assert_string_equal(containers.v.v[2]->name.s, "prod_kafka");
    assert_int_equal(credentials.v.n, 5);
    assert_string_equal(credentials.v.v[0]->name.s, "merge");
    assert_string_equal(credentials.v.v[1]->name.s, "producer");
    assert_string_equal(credentials.v.v[2]->name.s, "reader");
    assert_string_equal(credentials.v.v[3]->name.s, "robot");
    assert_string_equal(credentials.v.v[4]->name.s, "root_ca");
}

/* A history that someone wants for ever is kept for ever. */
static void test_retention(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = build(
        fixture, "prod",
        "{kind: Workspace, name: a, team: usa/crm, groups: {g: {platform: prod, needs: "
        "{milestoning: "
        "history}, datasets: [crm.customer]}, h: {platform: prod, needs: {milestoning: history, "
        "retention: 9y}, datasets: [crm.invoice, clicks.page]}}}");

    assert_int_equal(graph->streams.v[1]->datasets.v[0]->retention, 0);
    assert_int_equal(graph->streams.v[1]->datasets.v[1]->retention, 9 * 365 * 24 * 60 * 60);
    assert_int_equal(graph->streams.v[0]->datasets.v[0]->keeps, MILESTONING_BOTH);
    assert_int_equal(graph->streams.v[0]->datasets.v[0]->retention, 9 * 365 * 24 * 60 * 60);
}

static void test_schedule_from_latency(void **state)
{
    static const char *const cases[][2] = {
        {"1s", "* * * * *"},   {"90s", "* * * * *"},  {"2m", "*/2 * * * *"},
        {"5m", "*/5 * * * *"}, {"7m", "*/6 * * * *"}, {"59m", "*/30 * * * *"},
        {"90m", "0 * * * *"},  {"4h", "0 */4 * * *"}, {"5h", "0 */4 * * *"},
        {"1d", "0 0 * * *"},   {"5y", "0 0 * * *"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct graph *graph = build(
            fixture, "dev",
            arena_printf(fixture->arena,
                         "{kind: Workspace, name: a, team: usa/crm, groups: {g: {platform: dev, "
                         "needs: {latency: %s}, datasets: [crm.customer]}}}",
                         cases[i][0]));

        assert_string_equal(graph->streams.v[0]->schedule, cases[i][1]);
    }
}

/* The needs of a group that states none are the fallbacks of the language. */
static void test_no_needs_are_the_fallbacks(void **state)
{
    struct fixture *fixture = *state;
    const char *stated = "{kind: Workspace, name: a, team: usa/crm, groups: {g: {platform: dev, "
                         "needs: {regulator: SOX}, datasets: [crm.customer]}}}";
    const char *silent = READER("a", "dev", "crm.customer");
    const char *first =
        arena_strdup(fixture->arena, printed(fixture, build(fixture, "dev", stated), GRAPH_TEXT));

    expect(fixture, build(fixture, "dev", silent), GRAPH_TEXT, first);
}

/* What a trigger holds before lint has seen it must not leave its label. */
static void test_labels_are_escaped(void **state)
{
    static const char hostile[] =
        "{kind: Datastore, name: evil, team: usa/crm, trigger: \"\\\"]; `a` <b> #quot; style: "
        "\\\\n \\n \\u001b[31m\", capture: {sql_snapshot: {container: crm_db, credential: "
        "reader}}, "
        "datasets: {d: {columns: {id: bigint primary key}}}}\n---\n";
    struct fixture *fixture = *state;
    const struct graph *graph =
        build(fixture, "dev",
              arena_printf(fixture->arena, "%s%s", hostile, READER("a", "dev", "evil.d")));

    assert_non_null(strstr(printed(fixture, graph, GRAPH_DOT),
                           "label=\"trigger evil\\n\\\"]; `a` <b> #quot; style: \\\\n    [31m\"]"));
    assert_non_null(strstr(printed(fixture, graph, GRAPH_MERMAID),
                           "([\"trigger evil<br>#34;#93;#59; #96;a#96; #60;b#62; #35;quot#59; "
                           "style#58; #92;n    #91;31m\"])\n"));
    assert_null(strpbrk(printed(fixture, graph, GRAPH_TEXT), "\x1b\t"));
}

static void test_json_holds_streams_nodes_and_edges(void **state)
{
    struct fixture *fixture = *state;
    const struct graph *graph = build(fixture, "prod", "");
    json_error_t error;
    json_t *root = json_loads(printed(fixture, graph, GRAPH_JSON), 0, &error);
    json_t *stream, *dataset;

    assert_non_null(root);
    stream = json_array_get(json_object_get(root, "streams"), 1);
    assert_string_equal(json_string_value(json_object_get(stream, "name")), "crm");
    assert_true(json_is_null(json_object_get(stream, "reads_from")));
    assert_int_equal(json_integer_value(json_object_get(stream, "latency")), 300);
    dataset = json_array_get(json_object_get(stream, "datasets"), 0);
    assert_string_equal(json_string_value(json_object_get(dataset, "keeps")), "both");
    assert_int_equal(json_array_size(json_object_get(dataset, "views")), 3);
    assert_int_equal(json_array_size(json_object_get(root, "nodes")), 17);
    assert_int_equal(json_array_size(json_object_get(root, "edges")), 16);
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(root, "edges"), 0), "from")),
                        "source:crm_db");
    json_decref(root);
}

/* Mermaid's renderers give up above 500 edges: then only streams and workspaces are drawn. */
static void test_large_mermaid_is_coarse(void **state)
{
    struct fixture *fixture = *state;
    struct buf wide = {0};

    buf_puts(&wide, "{kind: Workspace, name: wide, team: usa/crm, groups: {");
    for (int i = 0; i < 500; i++)
        buf_printf(&wide, "g%d: {platform: dev, datasets: [crm.customer]}, ", i);
    buf_puts(&wide, "}}");
    expect(fixture, build(fixture, "dev", wide.data), GRAPH_MERMAID,
           "%% datasets and views are left out: with them it is too large to draw\n"
           "flowchart LR\n"
           "    n0[(\"source crm_db<br>postgres\")]\n"
           "    n1([\"trigger crm<br>0 #42; #42; #42; #42;\"])\n"
           "    n2[\"ingest crm<br>cdc\"]\n"
           "    n3[\"merge crm\"]\n"
           "    n4[/\"view wide<br>workspace\"/]\n"
           "    n0 --> n2\n"
           "    n1 --> n3\n"
           "    n2 --> n3\n"
           "    n3 --> n4\n");
    buf_free(&wide);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_begin, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(test_streams_of_a_platform),
        TEST(test_platform_that_serves_nobody),
        TEST(test_transformer_pulls_its_inputs),
        TEST(test_circle_of_transformers_ends),
        TEST(test_primary_ingestion_and_binding),
        TEST(test_shared_transactions_are_whole),
        TEST(test_uses),
        TEST(test_retention),
        TEST(test_schedule_from_latency),
        TEST(test_no_needs_are_the_fallbacks),
        TEST(test_labels_are_escaped),
        TEST(test_json_holds_streams_nodes_and_edges),
        TEST(test_large_mermaid_is_coarse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
