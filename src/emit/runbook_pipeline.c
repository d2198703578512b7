/* pipeline/README.md: what flows, how it is applied, and what to do when it does not flow. */
#include "artifacts.h"
#include "dags.h"
#include "items.h"
#include "kubernetes_secrets.h"
#include "runbook.h"
#include "service.h"

#include "dsc/names.h"

#include <inttypes.h>

static bool has_connector(const struct graph_stream *stream)
{
    return stream->source.kind == CAPTURE_CDC && !stream->reads_from;
}

static struct doc *files(struct emission *emission)
{
    static const char *const names[] = {"File", "What it is"};
    static const struct runbook_columns columns = {names, COUNT(names), 1u};
    static const char *const rows[][2] = {
        {"sql/source-CONTAINER.sql",
         "For the DBA of a source: role and rights; of one that connectors read, publication "
         "and heartbeat too"},
        {"sql/platform.sql", "What dsc-merge schema apply will do, to be read"},
        {"plans/STREAM.json", "What the merge engine knows of a stream"},
        {"terraform/", "Topics and connectors, as a module that terraform/ beside pipeline/ uses"},
        {"connectors/NAME.json", "The same connectors, for curl and for reading"},
        {"dags/", "Airflow modules, and the JSON files that they read"},
        {"kustomization.yaml", "Makes ConfigMaps of dags/, for kubectl apply -k"},
        {"pipeline.yaml", "Network policies to the sources"},
        {"graph.mmd", "The graph above in full"},
    };
    struct doc *table = doc_list(emission->arena);

    for (size_t i = 0; i < COUNT(rows); i++)
        runbook_row(emission, table, &columns, rows[i]);
    return table;
}

static struct doc *graph_picture(struct emission *emission)
{
    struct buf out = {0};

    graph_print(&out, emission->graph, GRAPH_MERMAID);
    return runbook_code(emission, "mermaid", &out);
}

static struct doc *streams(struct emission *emission)
{
    static const char *const names[] = {"DAG", "File", "Runs", "Source", "Datasets"};
    static const struct runbook_columns columns = {names, COUNT(names), 7u};
    struct arena *arena = emission->arena;
    const struct graph *graph = emission->graph;
    unsigned n = dags_files(graph);
    struct doc *table = doc_list(arena);

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];
        const struct container *container = stream->source.container;
        const char *schedule = dags_schedule(emission->platform, stream);
        const char *const cells[] = {
            dags_name(arena, emission->platform, stream),
            dags_path(arena, emission->platform, dags_file_of(stream, n)),
            schedule                                 ? schedule
            : dags_waits(emission->platform, stream) ? "after its inputs"
                                                     : "when told to",
            stream->reads_from ? arena_printf(arena, "platform %s", stream->reads_from->name.s)
            : stream->producer ? arena_printf(arena, "transformer of %s", stream->producer->name.s)
            : container        ? container->name.s
                               : "",
            arena_printf(arena, "%zu", stream->datasets.n)};

        runbook_row(emission, table, &columns, cells);
    }
    if (table->first)
        return table;
    return doc_string(arena, "None: nobody is assigned to this platform.");
}

/* Those whose image the platform does not run. */
static struct doc *transformers(struct emission *emission)
{
    const struct graph *graph = emission->graph;
    struct doc *parts = doc_list(emission->arena), *names = doc_list(emission->arena);

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];

        if (stream->producer && !dags_runs_transformer(emission->platform, stream))
            doc_add_string(emission->arena, names, stream->producer->name.s);
    }
    if (!names->first)
        return doc_string(emission->arena, "");
    doc_add_string(
        emission->arena, parts,
        "The transformers of these workspaces have no image, or tasks are processes here: "
        "they are run elsewhere, and write their runs into staging themselves.");
    doc_add(parts, names);
    return parts;
}

/* `--set CREDENTIAL=USER` for each that the script asks for. */
static void put_users(struct emission *emission, struct buf *out, const struct emit_item *item)
{
    struct arena *arena = emission->arena;

    for (size_t i = 0; i < item->n_streams; i++) {
        const struct credential *credential = item->streams[i]->source.credential;
        bool is_new = true;

        for (size_t j = 0; j < i && is_new; j++)
            is_new = item->streams[j]->source.credential != credential;
        if (!is_new)
            continue;
        buf_printf(out, " \\\n    --set %s=\"$(cat \"$SECRETS\"/",
                   name_make(arena, NAME_PSQL_VARIABLE,
                             &(struct name_parts){.credential = credential->name.s}));
        doc_escape(out, ESCAPE_SHELL, arena_printf(arena, "%s/username", credential->name.s));
        buf_puts(out, ")\"");
    }
}

static void put_source(struct emission *emission, struct buf *out, const struct emit_item *item)
{
    const struct container *container = item->container;

    buf_puts(out, "psql --host ");
    doc_escape(out, ESCAPE_SHELL, container->host.s);
    buf_printf(out, " --port %" PRId64, service_container(container, NULL).port);
    if (container->database.s) {
        buf_puts(out, " --dbname ");
        doc_escape(out, ESCAPE_SHELL, container->database.s);
    }
    put_users(emission, out, item);
    buf_puts(out, " \\\n    --file ");
    doc_escape(out, ESCAPE_SHELL,
               arena_printf(emission->arena, "pipeline/sql/source-%s.sql", container->name.s));
    buf_putc(out, '\n');
}

static struct doc *source_commands(struct emission *emission)
{
    struct items items;
    struct emit_item item;
    struct buf out = {0};

    items_begin(&items, emission->graph, EMIT_CONTAINER);
    while (items_next(&items, &item))
        put_source(emission, &out, &item);
    items_end(&items);
    if (out.len)
        return runbook_code(emission, "sh", &out);
    return doc_string(emission->arena, "No database is read by this platform itself.");
}

/* The command that shows how each stream stands. */
static struct doc *status(struct emission *emission)
{
    struct service database = service_postgres(emission->arena, emission->platform);
    struct buf out = {0};

    if (component_exists(emission, COMPONENT_POSTGRES)) {
        buf_puts(&out, "kubectl -n \"$NS\" exec \"statefulset/$POSTGRES\" -- psql "
                       "--username administrator");
    } else {
        buf_puts(&out, "psql --host ");
        doc_escape(&out, ESCAPE_SHELL, database.host);
        buf_printf(&out, " --port %" PRId64 " --username \"$(cat \"$SECRETS\"/", database.port);
        doc_escape(&out, ESCAPE_SHELL,
                   arena_printf(emission->arena, "%s/username", database.credential->name.s));
        buf_puts(&out, ")\"");
    }
    buf_puts(&out, " --dbname \"$DATABASE\" \\\n"
                   "    --command 'select * from dsc.stream_status order by name'\n");
    return runbook_code(emission, "sh", &out);
}

/* What has to be dropped at the source when a store goes. */
static struct doc *slots(struct emission *emission)
{
    static const char *const names[] = {"Store", "Container", "Slot and publication", "Schema",
                                        "Topics begin with"};
    static const struct runbook_columns columns = {names, COUNT(names), 31u};
    struct arena *arena = emission->arena;
    const struct graph *graph = emission->graph;
    struct doc *table = doc_list(arena);
    const struct datastore *last = NULL;

    for (size_t i = 0; i < graph->streams.n; i++) {
        const struct graph_stream *stream = graph->streams.v[i];
        const struct name_parts parts = {.platform = emission->platform->name.s,
                                         .store = stream->store->name.s,
                                         .incarnation = stream->source.incarnation};
        const char *const cells[] = {
            stream->store->name.s, stream->source.container ? stream->source.container->name.s : "",
            name_make(arena, NAME_SLOT, &parts), name_make(arena, NAME_SOURCE_SCHEMA, &parts),
            name_make(arena, NAME_TOPIC_PREFIX, &parts)};

        if (!has_connector(stream) || stream->store == last)
            continue;
        last = stream->store;
        runbook_row(emission, table, &columns, cells);
    }
    if (table->first)
        return table;
    return doc_string(arena, "This platform has no slots: it captures no source itself.");
}

/* How far back topics reach. */
static const char *retention(struct emission *emission)
{
    const struct platform_kafka *kafka = emission->platform->kafka;

    if (!kafka || kafka->container.to)
        return "what their cluster keeps";
    return arena_printf(emission->arena, "%" PRId64 " hours", kafka->retention.n / 3600);
}

/* All that a policy of the pipeline would have to name. */
static struct network_peers sources(struct emission *emission)
{
    struct network_peers all = network_sources_of_connect(emission);
    struct network_peers more = network_sources_of_tasks(emission);

    for (size_t i = 0; i < more.v.n; i++)
        vec_push(emission->arena, &all.v, more.v.v[i]);
    return all;
}

struct doc *emit_runbook_pipeline(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    struct doc *values = doc_map(arena);

    (void)item;
    doc_set_string(arena, values, "platform", platform->name.s);
    doc_set(values, "summary",
            doc_printf(arena, "%s%zu streams, for %zu workspaces. Operators: %s.",
                       platform->production.on ? "Production. " : "", emission->graph->streams.n,
                       emission->graph->workspaces.n,
                       platform->contacts.n ? runbook_list(emission, &platform->contacts)
                                            : "the model names none (contacts:)"));
    doc_set(values, "graph", graph_picture(emission));
    doc_set(values, "files", files(emission));
    doc_set(values, "streams", streams(emission));
    doc_set(values, "transformers", transformers(emission));
    doc_set(values, "variables", runbook_variables(emission));
    doc_set(values, "source_commands", source_commands(emission));
    doc_set(values, "connect_secret", runbook_connect_secret(emission));
    doc_set(values, "status", status(emission));
    doc_set_string(arena, values, "retention", retention(emission));
    doc_set(values, "slots", slots(emission));
    doc_set(values, "unreachable",
            runbook_unreachable(emission, sources(emission),
                                "Nothing: every source that is read is allowed, to those who read "
                                "it."));
    return emit_template(emission, "readme/pipeline.md", ESCAPE_MARKDOWN, values);
}
