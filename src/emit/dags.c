/* Airflow: the JSON files that the shipped module (templates/airflow/dags.py) makes DAGs of. */
#include "dags.h"

#include "artifacts.h"
#include "kubernetes.h"
#include "kubernetes_secrets.h"
#include "network.h"
#include "service.h"

#include "dsc/names.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

unsigned dags_files(const struct graph *graph)
{
    size_t per_file =
        graph->platform->streams_per_file.n > 0 ? (size_t)graph->platform->streams_per_file.n : 1;
    unsigned files = 1;

    while (files * per_file < graph->streams.n)
        files *= 2;
    return graph->streams.n ? files : 0;
}

unsigned dags_file_of(const struct graph_stream *stream, unsigned files)
{
    char sum[SHA256_HEX];

    sha256_hex(stream->name, strlen(stream->name), sum);
    sum[8] = '\0';
    return (unsigned)strtoul(sum, NULL, 16) % files;
}

const char *dags_name(struct arena *arena, const struct platform *platform,
                      const struct graph_stream *stream)
{
    return name_make(arena, NAME_DAG,
                     &(struct name_parts){.platform = platform->name.s, .stream = stream->name});
}

const char *dags_infrastructure(struct arena *arena, const struct platform *platform)
{
    return name_make(arena, NAME_DAG_INFRASTRUCTURE,
                     &(struct name_parts){.platform = platform->name.s});
}

const char *dags_path(struct arena *arena, const struct platform *platform, unsigned number)
{
    return arena_printf(arena, "dags/%s_pipeline_%02u", platform->name.s, number);
}

static void set_variable(struct emission *emission, struct doc *environment, const char *name,
                         const char *value)
{
    doc_set_string(emission->arena, environment, name, value);
}

/* Where the platform's database is, in libpq's own words, and which credential opens it. */
static struct doc *environment(struct emission *emission)
{
    struct arena *arena = emission->arena;
    struct service database = service_postgres(arena, emission->platform);
    struct doc *variables = doc_map(arena);

    if (emission->platform->runner.is == RUNNER_POD) {
        set_variable(emission, variables, "DSC_SECRETS_DIR", TASK_SECRETS_DIR);
        set_variable(emission, variables, "HOME", "/tmp");
    }
    set_variable(emission, variables, "PGHOST", database.host);
    set_variable(emission, variables, "PGPORT", arena_printf(arena, "%" PRId64, database.port));
    set_variable(emission, variables, "PGDATABASE", database.database);
    set_variable(emission, variables, "PGSSLMODE", words_tls_mode.v[database.tls].word);
    if (database.ca)
        set_variable(emission, variables, "PGSSLROOTCERT",
                     arena_printf(arena, TASK_SECRETS_DIR "/%s/ca.crt", database.ca->name.s));
    return variables;
}

/* What a pod is, whatever it runs. */
static struct doc *pod_of(struct emission *emission, enum component component)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    struct sizing sizing = component_sizing(emission, component);
    struct component_user user = component_user(component);
    struct doc *pod = doc_map(arena), *secrets;

    doc_set_string(arena, pod, "namespace", platform->namespace.s);
    doc_set_string(arena, pod, "image", component_image(emission, component));
    secrets = doc_set(pod, "pull_secrets", doc_list(arena));
    for (size_t i = 0; i < platform->pull_secrets.n; i++)
        doc_add_string(arena, secrets, platform->pull_secrets.v[i].s);
    doc_set_string(arena, pod, "service_account", component_name(emission, component));
    doc_set(pod, "labels", kube_labels(emission, component));
    doc_set_int(arena, pod, "user", user.user);
    doc_set_int(arena, pod, "group", user.group);
    doc_set(pod, "resources", kube_resources(emission, &sizing));
    doc_set_string(arena, pod, "scratch", sizing.scratch);
    return pod;
}

static struct doc *file(struct emission *emission, enum component component, struct doc **dags)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    struct doc *whole = doc_map(arena);

    doc_set_string(arena, whole, "platform", platform->name.s);
    doc_set_string(arena, whole, "runner", words_runner.v[platform->runner.is].word);
    doc_set_string(arena, whole, "pool", platform->airflow->pool.s);
    doc_set(whole, "environment", environment(emission));
    if (platform->runner.is == RUNNER_POD)
        doc_set(whole, "pod", pod_of(emission, component));
    *dags = doc_set(whole, "dags", doc_list(arena));
    return whole;
}

static void add_credential(struct emission *emission, struct doc *task,
                           const struct credential *credential)
{
    struct arena *arena = emission->arena;
    struct doc *list = doc_get(task, "credentials"), *entry = doc_map(arena), *keys;
    const char *const *key;

    if (!credential)
        return;
    for (const struct doc *other = list->first; other; other = other->next) {
        if (doc_get(other, "credential")->string == credential->name.s)
            return;
    }
    doc_set_string(arena, entry, "credential", credential->name.s);
    doc_set_string(arena, entry, "secret", secrets_name(emission, credential));
    keys = doc_set(entry, "keys", doc_list(arena));
    for (key = model_credential_keys((enum credential_type)credential->type.is); *key; key++)
        doc_add_string(arena, keys, *key);
    doc_add(list, entry);
}

/* A task `name` of what is called `of`, after the task before it, which opens the platform's
 * database by this credential. What it runs follows. */
static struct doc *add_task(struct emission *emission, struct doc *dag, const char *name,
                            const char *of, const struct credential *credential)
{
    struct arena *arena = emission->arena;
    struct doc *tasks = doc_get(dag, "tasks"), *before = tasks->last, *task = doc_map(arena),
               *after;
    const char *pod = arena_printf(arena, "%s-%s", name, of);

    doc_set_string(arena, task, "task_id", name);
    after = doc_set(task, "after", doc_list(arena));
    if (before)
        doc_add(after, doc_string(arena, doc_get(before, "task_id")->string));
    doc_set_string(arena, task, "pod_name",
                   name_make(arena, NAME_KUBERNETES, &(struct name_parts){.name = pod}));
    doc_set(task, "command", doc_list(arena));
    doc_set(task, "arguments", doc_list(arena));
    set_variable(emission, doc_set(task, "environment", doc_map(arena)), "DSC_DATABASE_CREDENTIAL",
                 credential->name.s);
    doc_set(task, "labels", doc_map(arena));
    doc_set(task, "credentials", doc_list(arena));
    doc_set_bool(arena, task, "kubernetes_api", false);
    doc_set(task, "updates", doc_list(arena));
    add_credential(emission, task, credential);
    add_credential(emission, task, service_postgres(arena, emission->platform).ca);
    return doc_add(tasks, task);
}

/* One that runs a program of dsc's image; its arguments follow. */
static struct doc *add_program(struct emission *emission, struct doc *dag, const char *name,
                               const char *of, const char *program)
{
    struct doc *task =
        add_task(emission, dag, name, of, emission->platform->postgres->credential.to);

    doc_set_string(emission->arena, task, "image", NULL);
    doc_add_string(emission->arena, doc_get(task, "command"), program);
    return task;
}

static void add_argument(struct emission *emission, struct doc *task, const char *argument)
{
    doc_add_string(emission->arena, doc_get(task, "arguments"), argument);
}

static void add_stream_task(struct emission *emission, struct doc *dag, const char *command,
                            const struct graph_stream *stream)
{
    struct doc *task = add_program(emission, dag, command, stream->name, "dsc-merge");

    add_argument(emission, task, command);
    add_argument(emission, task, "--stream");
    add_argument(emission, task, stream->name);
}

/* Copies a source into staging: its pod may reach that source, and no other. */
static void add_ingest(struct emission *emission, struct doc *dag,
                       const struct graph_stream *stream)
{
    struct arena *arena = emission->arena;
    const struct container *container = stream->source.container;
    struct doc *task;

    add_stream_task(emission, dag, "ingest", stream);
    task = doc_get(dag, "tasks")->last;
    add_credential(emission, task, stream->source.credential);
    if (!container)
        return;
    add_credential(emission, task, container->ca.to);
    doc_set_string(
        arena, doc_get(task, "labels"), NETWORK_LABEL_SOURCE,
        name_make(arena, NAME_KUBERNETES, &(struct name_parts){.name = container->name.s}));
}

/* Runs the transformer's own image, as whom the transformer says. */
static void add_transform(struct emission *emission, struct doc *dag,
                          const struct graph_stream *stream)
{
    const struct transformer *transformer = stream->producer->transformer;
    struct doc *task =
        add_task(emission, dag, "transform", stream->producer->name.s, transformer->credential.to);

    doc_set_string(emission->arena, task, "image", transformer->image.s);
}

/* What a run of the stream tells those that wait for it. */
static const char *asset(struct emission *emission, const struct graph_stream *stream)
{
    return arena_printf(emission->arena, "dsc://%s/%s", emission->platform->name.s, stream->name);
}

static bool feeds_transformer(const struct graph_stream *stream)
{
    for (size_t i = 0; i < stream->datasets.n; i++) {
        const struct graph_dataset *dataset = stream->datasets.v[i];

        for (size_t j = 0; j < dataset->views.n; j++) {
            if (dataset->views.v[j]->workspace->transformer)
                return true;
        }
    }
    return false;
}

bool dags_waits(const struct platform *platform, const struct graph_stream *stream)
{
    return dags_runs_transformer(platform, stream) &&
           strcmp(stream->producer->transformer->trigger.s, "after_inputs") == 0;
}

const char *dags_schedule(const struct platform *platform, const struct graph_stream *stream)
{
    const char *trigger;

    if (!dags_runs_transformer(platform, stream))
        return stream->schedule;
    trigger = stream->producer->transformer->trigger.s;
    return dags_waits(platform, stream) || strcmp(trigger, "external") == 0 ? NULL : trigger;
}

static int compare_streams(const void *left, const void *right)
{
    const struct graph_stream *const *a = left, *const *b = right;

    return strcmp((*a)->name, (*b)->name);
}

/* The stream that brings a dataset: that of its store, or its own. NULL: this platform has none. */
static const struct graph_stream *stream_of(struct emission *emission,
                                            const struct dataset *dataset)
{
    const struct graph *graph = emission->graph;
    const struct datastore *store = (const struct datastore *)dataset->head.parent;
    const char *const datasets[] = {NULL, dataset->name.s};

    for (size_t i = 0; i < COUNT(datasets); i++) {
        const struct name_parts parts = {.store = store->name.s, .dataset = datasets[i]};
        const struct graph_stream wanted = {.name =
                                                name_make(emission->arena, NAME_STREAM, &parts)};
        const struct graph_stream *key = &wanted;
        struct graph_stream *const *found =
            bsearch(&key, graph->streams.v, graph->streams.n, sizeof(key), compare_streams);

        if (found)
            return *found;
    }
    return NULL;
}

struct inputs {
    VEC(const struct graph_stream *) v;
};

/* What the transformer that writes this stream reads: by name, each perhaps several times. */
static struct inputs inputs_of(struct emission *emission, const struct graph_stream *stream)
{
    const struct workspace *workspace = stream->producer;
    struct inputs inputs = {0};

    for (size_t i = 0; i < workspace->groups.n; i++) {
        const struct group *group = workspace->groups.v[i];

        for (size_t j = 0; j < group->datasets.n; j++) {
            const struct dataset *dataset = group->datasets.v[j]->dataset.to;
            const struct graph_stream *input = dataset ? stream_of(emission, dataset) : NULL;

            if (input && input != stream)
                vec_push(emission->arena, &inputs.v, input);
        }
    }
    if (inputs.v.n)
        qsort(inputs.v.v, inputs.v.n, sizeof(*inputs.v.v), compare_streams);
    return inputs;
}

static void set_inputs(struct emission *emission, struct doc *dag,
                       const struct graph_stream *stream)
{
    struct doc *after = doc_set(dag, "after", doc_list(emission->arena));
    struct inputs inputs = {0};

    if (dags_waits(emission->platform, stream))
        inputs = inputs_of(emission, stream);
    for (size_t i = 0; i < inputs.v.n; i++) {
        if (i == 0 || inputs.v.v[i] != inputs.v.v[i - 1])
            doc_add_string(emission->arena, after, asset(emission, inputs.v.v[i]));
    }
}

static const char *describe(struct emission *emission, const struct graph_stream *stream)
{
    static const char *const captures[] = {
        [CAPTURE_NONE] = "nothing",
        [CAPTURE_CDC] = "change data capture",
        [CAPTURE_KAFKA] = "the producer's topics",
        [CAPTURE_SQL_SNAPSHOT] = "whole tables, read each time",
        [CAPTURE_SQL_WATERMARK] = "rows above a watermark",
        [CAPTURE_SQL_QUERY] = "queries",
        [CAPTURE_TRANSFORMER] = "a transformer",
    };

    return arena_printf(emission->arena, "%s on %s: %s", stream->name, emission->platform->name.s,
                        captures[stream->source.kind]);
}

static const char *documentation(struct emission *emission, const struct graph_stream *stream)
{
    struct buf text = {0}, team = {0};
    const char *made;

    model_full_name(&team, stream->store->team.to);
    made =
        arena_printf(emission->arena,
                     "Keeps what this platform holds of the store %s current: %zu of its "
                     "datasets. The team %s produces it.\n\nA run that fails leaves the tables as "
                     "they were; it may be repeated at any time.",
                     stream->store->name.s, stream->datasets.n, team.data);
    doc_write_markdown(&text, doc_string(emission->arena, made));
    made = arena_strndup(emission->arena, text.data, text.len);
    buf_free(&text);
    buf_free(&team);
    return made;
}

static struct doc *add_dag(struct emission *emission, struct doc *dags, const char *id,
                           const char *description, const char *documentation_of)
{
    struct arena *arena = emission->arena;
    struct doc *dag = doc_add(dags, doc_map(arena));

    doc_set_string(arena, dag, "dag_id", id);
    doc_set_string(arena, dag, "description", description);
    doc_set_string(arena, dag, "doc_md", documentation_of);
    return dag;
}

static void set_times(struct emission *emission, struct doc *dag, const char *schedule,
                      int64_t priority, bool paused)
{
    struct arena *arena = emission->arena;

    doc_set_string(arena, dag, "schedule", schedule);
    doc_set_int(arena, dag, "priority", priority);
    doc_set_bool(arena, dag, "paused", paused);
}

static void add_stream(struct emission *emission, struct doc *dags,
                       const struct graph_stream *stream)
{
    static const int64_t weights[] = {[PRIORITY_LOW] = 1,
                                      [PRIORITY_MEDIUM] = 10,
                                      [PRIORITY_HIGH] = 100,
                                      [PRIORITY_CRITICAL] = 1000};
    struct arena *arena = emission->arena;
    enum capture_kind kind = stream->source.kind;
    struct doc *dag = add_dag(emission, dags, dags_name(arena, emission->platform, stream),
                              describe(emission, stream), documentation(emission, stream));

    kube_strings(emission, dag, "tags", "dsc", emission->platform->name.s,
                 words_priority.v[stream->priority].word, NULL);
    set_times(emission, dag, dags_schedule(emission->platform, stream), weights[stream->priority],
              false);
    set_inputs(emission, dag, stream);
    doc_set(dag, "tasks", doc_list(arena));
    if (dags_runs_transformer(emission->platform, stream))
        add_transform(emission, dag, stream);
    if (kind == CAPTURE_SQL_SNAPSHOT || kind == CAPTURE_SQL_WATERMARK || kind == CAPTURE_SQL_QUERY)
        add_ingest(emission, dag, stream);
    add_stream_task(emission, dag, "merge", stream);
    if (feeds_transformer(stream))
        doc_add_string(arena, doc_get(doc_get(dag, "tasks")->last, "updates"),
                       asset(emission, stream));
}

bool dags_runs_transformer(const struct platform *platform, const struct graph_stream *stream)
{
    return platform->runner.is == RUNNER_POD && stream->producer && stream->producer->transformer &&
           stream->producer->transformer->image.s;
}

struct doc *emit_dag_pipeline(struct emission *emission, const struct emit_item *item)
{
    struct doc *dags, *whole = file(emission, COMPONENT_TASK, &dags);

    for (size_t i = 0; i < item->n_streams; i++)
        add_stream(emission, dags, item->streams[i]);
    return whole;
}

/* The job that keeps the platform as the live branch of the model says. */
static void add_handler(struct emission *emission, struct doc *dag)
{
    const struct platform *platform = emission->platform;
    const struct platform_git *git = platform->git;
    struct graph_credentials all = graph_credentials(emission->arena, emission->graph);
    struct doc *task = add_program(emission, dag, "handler", platform->name.s, "dsc");
    const char *const arguments[] = {"handler",      git->folder.s, "--platform", platform->name.s,
                                     "--repository", git->url.s,    "--branch",   git->branch.s};

    for (size_t i = 0; i < COUNT(arguments); i++)
        add_argument(emission, task, arguments[i]);
    if (git->credential.to) {
        add_argument(emission, task, "--credential");
        add_argument(emission, task, git->credential.to->name.s);
    }
    for (size_t i = 0; i < all.v.n; i++)
        add_credential(emission, task, all.v.v[i]);
    doc_get(task, "kubernetes_api")->boolean = platform->apply.set & 1u << APPLY_KUBERNETES;
}

struct doc *emit_dag_infrastructure(struct emission *emission, const struct emit_item *item)
{
    const struct platform *platform = emission->platform;
    struct arena *arena = emission->arena;
    struct doc *dags, *whole, *dag;

    (void)item;
    if (!platform->git)
        return NULL;
    whole = file(emission, COMPONENT_HANDLER, &dags);
    dag =
        add_dag(emission, dags, dags_infrastructure(arena, platform),
                arena_printf(arena, "The model of %s, as its live branch has it", platform->name.s),
                "Fetches the model's live branch, lints it, checks that every credential is there, "
                "renders the pipeline, applies what the platform lets it apply, and takes away "
                "old metrics. Nothing is done while the branch stands still.\n");
    kube_strings(emission, dag, "tags", "dsc", platform->name.s, "infrastructure", NULL);
    set_times(emission, dag, platform->schedule.s, 10000, true);
    doc_set(dag, "after", doc_list(arena));
    doc_set(dag, "tasks", doc_list(arena));
    add_handler(emission, dag);
    return whole;
}

/* One module for all: what it does differently, its JSON file says. */
struct doc *emit_dag_module(struct emission *emission, const struct emit_item *item)
{
    (void)item;
    return emit_shipped(emission, "airflow/dags.py");
}

struct doc *emit_dag_infrastructure_module(struct emission *emission, const struct emit_item *item)
{
    return emission->platform->git ? emit_dag_module(emission, item) : NULL;
}
