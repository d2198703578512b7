/* bootstrap/README.md: how this platform is installed, and kept alive at night. */
#include "artifacts.h"
#include "dags.h"
#include "kubernetes_secrets.h"
#include "runbook.h"
#include "service.h"

#include <inttypes.h>
#include <string.h>

static struct doc *files(struct emission *emission)
{
    static const char *const names[] = {"File", "What it is"};
    static const struct runbook_columns columns = {names, COUNT(names), 1u};
    static const char *const rows[][2] = {
        {"kubernetes-bootstrap.yaml", "The namespace and all that runs in it, but for secrets"},
        {"kustomization.yaml", "Makes these files one thing for kubectl apply -k"},
        {"dags/", "The model-merge job: an Airflow module, and the JSON that it reads"},
        {"Dockerfile.dsc", "The image of dsc, which runs in every task"},
        {"Dockerfile.kafka-connect", "The image of Kafka Connect with its plugins"},
        {"secrets.env.example", "The variables of all credentials, for laptops"},
    };
    struct doc *table = doc_list(emission->arena);

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool absent = (!emission->platform->git && strcmp(rows[i][0], "dags/") == 0) ||
                      (!component_exists(emission, COMPONENT_CONNECT) &&
                       strcmp(rows[i][0], "Dockerfile.kafka-connect") == 0);

        if (!absent)
            runbook_row(emission, table, &columns, rows[i]);
    }
    return table;
}

static struct doc *images(struct emission *emission)
{
    static const char *const names[] = {"Key", "Image now", "Digest", "Where from"};
    static const struct runbook_columns columns = {names, COUNT(names), 3u};
    static const struct {
        const char *key, *from;
        enum component component;
    } rows[] = {
        {"dsc", "Dockerfile.dsc", COMPONENT_AIRFLOW_API},
        {"postgres", "PostgreSQL's official image (Debian)", COMPONENT_POSTGRES},
        {"kafka", "Apache Kafka's official image", COMPONENT_KAFKA},
        {"kafka_connect", "Dockerfile.kafka-connect", COMPONENT_CONNECT},
        {"airflow", "Apache Airflow's official image, 3.x", COMPONENT_AIRFLOW_API},
    };
    struct doc *table = doc_list(emission->arena);

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool is_dsc = strcmp(rows[i].key, "dsc") == 0;
        const char *image = is_dsc ? emission->platform->images->dsc.s
                                   : component_image(emission, rows[i].component);

        if (component_exists(emission, rows[i].component)) {
            const char *const cells[] = {rows[i].key, image,
                                         image && strstr(image, "@sha256:") ? "yes" : "missing",
                                         rows[i].from};

            runbook_row(emission, table, &columns, cells);
        }
    }
    return table;
}

static const char *join(struct emission *emission, const char *const *words)
{
    const char *all = "";

    for (size_t i = 0; words[i]; i++)
        all = arena_printf(emission->arena, "%s%s%s", all, i ? ", " : "", words[i]);
    return all;
}

static struct doc *secrets_table(struct emission *emission, const struct secrets *secrets)
{
    static const char *const names[] = {"Secret", "Keys", "What needs it"};
    static const struct runbook_columns columns = {names, COUNT(names), 1u};
    struct doc *table = doc_list(emission->arena);

    for (size_t i = 0; i < secrets->v.n; i++) {
        const struct secret *secret = &secrets->v.v[i];
        const char *const cells[] = {secret->name, join(emission, secret->keys), secret->needed_by};

        runbook_row(emission, table, &columns, cells);
    }
    if (component_exists(emission, COMPONENT_CONNECT)) {
        const char *const cells[] = {secrets_connect_name(emission), "CREDENTIAL.KEY, as below",
                                     "Kafka Connect: all that its connectors open"};

        runbook_row(emission, table, &columns, cells);
    }
    return table;
}

static struct doc *secret_commands(struct emission *emission, const struct secrets *secrets)
{
    struct buf out = {0};

    for (size_t i = 0; i < secrets->v.n; i++) {
        const struct secret *secret = &secrets->v.v[i];

        if (!secret->credential)
            continue;
        buf_printf(&out, "kubectl -n \"$NS\" create secret generic %s --from-file=\"$SECRETS\"/",
                   secret->name);
        doc_escape(&out, ESCAPE_SHELL, secret->credential->name.s);
        buf_puts(&out, RUNBOOK_APPLY_SECRET);
    }
    runbook_put_connect_secret(emission, &out);
    return runbook_code(emission, "sh", &out);
}

/* Those that no one but the platform knows: random, and made in place. */
static struct doc *own_secrets(struct emission *emission)
{
    struct buf out = {0};

    if (component_exists(emission, COMPONENT_POSTGRES))
        buf_printf(&out,
                   "kubectl -n \"$NS\" create secret generic %s \\\n"
                   "    --from-literal=username=administrator \\\n"
                   "    --from-literal=password=\"$(openssl rand -hex 24)\"\n",
                   secrets_postgres_name(emission));
    buf_printf(&out,
               "kubectl -n \"$NS\" create secret generic %s \\\n"
               "    --from-literal=fernet_key=\"$(openssl rand -base64 32 | tr '+/' '-_')\" \\\n"
               "    --from-literal=jwt_secret=\"$(openssl rand -hex 32)\" \\\n"
               "    --from-literal=api_secret_key=\"$(openssl rand -hex 32)\" \\\n"
               "    --from-literal=passwords.json=\"{\\\"admin\\\": \\\"$(openssl rand -hex "
               "12)\\\"}\"\n",
               secrets_airflow_name(emission));
    return runbook_code(emission, "sh", &out);
}

/* Names of the cluster made good on a laptop: each broker has an address of its own there. */
static struct doc *tunnel(struct emission *emission)
{
    struct arena *arena = emission->arena;
    const char *namespace = emission->platform->namespace.s;
    struct doc *parts = doc_list(arena);
    struct buf hosts = {0}, forward = {0};

    if (component_exists(emission, COMPONENT_POSTGRES)) {
        buf_printf(&hosts, "127.0.0.1 %s\n", service_postgres(arena, emission->platform).host);
        buf_puts(&forward, "kubectl -n \"$NS\" port-forward \"service/$POSTGRES\" 5432 &\n");
    }
    if (component_exists(emission, COMPONENT_CONNECT)) {
        buf_printf(&hosts, "127.0.0.1 %s\n", service_connect(arena, emission->platform).host);
        buf_puts(&forward, "kubectl -n \"$NS\" port-forward \"service/$CONNECT\" 8083 &\n");
    }
    if (component_exists(emission, COMPONENT_KAFKA)) {
        const char *kafka = component_name(emission, COMPONENT_KAFKA);

        buf_printf(&hosts, "127.0.0.10 %s\n", service_kafka(arena, emission->platform).host);
        for (int i = 0; i < component_sizing(emission, COMPONENT_KAFKA).replicas; i++) {
            buf_printf(&hosts, "127.0.0.%d %s-%d.%s-headless.%s.svc\n", 10 + i, kafka, i, kafka,
                       namespace);
            buf_printf(&forward,
                       "kubectl -n \"$NS\" port-forward --address 127.0.0.%d \"pod/$KAFKA-%d\" "
                       "9092 &\n",
                       10 + i, i);
        }
    }
    if (!hosts.len) {
        buf_free(&hosts);
        buf_free(&forward);
        return doc_string(arena,
                          "Its database, Kafka and Kafka Connect exist elsewhere: see there.");
    }
    doc_add_string(arena, parts, "Once, in /etc/hosts of the laptop:");
    doc_add(parts, runbook_code(emission, "text", &hosts));
    doc_add_string(arena, parts,
                   "Then, while you work (dsc-merge, psql, curl and Terraform reach the "
                   "platform by its own names):");
    doc_add(parts, runbook_code(emission, "sh", &forward));
    return parts;
}

static struct doc *backup(struct emission *emission)
{
    struct arena *arena = emission->arena;
    const struct backup *plan = emission->platform->backup;
    struct doc *parts = doc_list(arena);
    struct buf make = {0}, restore = {0};

    if (!component_exists(emission, COMPONENT_BACKUP)) {
        doc_add_string(
            arena, parts,
            component_exists(emission, COMPONENT_POSTGRES)
                ? "None is made: the model has no backup: for this platform. Give it one "
                  "before anything depends on the data."
                : "The database exists elsewhere, and so does its backup. It must hold "
                  "the whole database, of one moment.");
        return parts;
    }
    doc_add(parts,
            doc_printf(arena,
                       "The whole database is dumped at %s (cron, UTC); the last %" PRId64
                       " dumps are kept on the claim %s. Copy them elsewhere: this one is "
                       "lost with the cluster. One more, now:",
                       plan->schedule.s, plan->keep.n, component_name(emission, COMPONENT_BACKUP)));
    buf_printf(&make, "kubectl -n \"$NS\" create job --from=cronjob/%s backup-now\n",
               component_name(emission, COMPONENT_BACKUP));
    doc_add(parts, runbook_code(emission, "sh", &make));
    doc_add_string(
        arena, parts,
        "To restore the newest one: pause the DAGs and stop the sinks first, and let "
        "them begin anew afterwards (pipeline/README.md, \"The platform's database failed over, or "
        "was restored\"). On a server that is new, dsc-merge schema apply comes first: it makes "
        "the roles that the dump speaks of.");
    buf_printf(&restore,
               "kubectl -n \"$NS\" create job --from=cronjob/%s restore-now\n"
               "kubectl -n \"$NS\" logs --follow job/restore-now\n"
               "# another one, which the log names:\n"
               "kubectl -n \"$NS\" create job --from=cronjob/%s restore-then --dry-run=client "
               "-o yaml |\n"
               "    kubectl set env --local -f - DUMP=NAME.dump -o yaml | kubectl create -f -\n",
               component_restore(emission), component_restore(emission));
    doc_add(parts, runbook_code(emission, "sh", &restore));
    return parts;
}

/* Who must be there before anything else. */
static struct doc *roles(struct emission *emission)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    struct service database = service_postgres(arena, platform);
    const struct credential *sink = secrets_sink_credential(platform);
    struct doc *parts = doc_list(arena), *list;

    if (component_exists(emission, COMPONENT_POSTGRES))
        return doc_printf(arena,
                          "Its roles, named as the credentials %s, %s and %s say, and the database "
                          "%s of Airflow are made when its volume is first made, from the Secrets "
                          "of that moment.",
                          database.credential->name.s, sink->name.s,
                          platform->airflow->credential.name, AIRFLOW_DATABASE);
    doc_add(parts,
            doc_printf(arena,
                       "It exists already: %s. Before anything else its DBA makes these, with "
                       "names and passwords as the credentials have them:",
                       database.host));
    list = doc_add(parts, doc_list(arena));
    doc_add(list, doc_printf(arena, "the role of %s: LOGIN, CREATEROLE, owner of the database %s",
                             database.credential->name.s, database.database));
    if (sink != database.credential)
        doc_add(list, doc_printf(arena,
                                 "the role of %s: LOGIN; dsc-merge schema apply grants it dsc_sink",
                                 sink->name.s));
    doc_add(list, doc_printf(arena, "the role of %s: LOGIN, owner of a database %s",
                             platform->airflow->credential.name, AIRFLOW_DATABASE));
    return parts;
}

static const char *applied(struct emission *emission)
{
    unsigned set = emission->platform->apply.set;
    const char *all = "";

    for (size_t i = 0; i < words_handler_step.n; i++) {
        if (set & 1u << i)
            all = arena_printf(emission->arena, "%s%s%s", all, *all ? ", " : "",
                               words_handler_step.v[i].word);
    }
    if (!*all)
        return "It applies nothing by itself: it prepares, and reports (apply: in the model)";
    return arena_printf(emission->arena, "By itself it applies %s", all);
}

/* The job that looks at the live branch, and what else Airflow is told once. */
static struct doc *handler(struct emission *emission)
{
    struct arena *arena = emission->arena;
    const struct platform *platform = emission->platform;
    const struct platform_git *git = platform->git;
    struct doc *parts = doc_list(arena);
    struct buf commands = {0};

    if (git) {
        doc_add(parts,
                doc_printf(arena,
                           "The DAG %s looks at the branch %s of %s (cron %s, UTC). %s. It is made "
                           "paused; once everything here works:",
                           dags_infrastructure(arena, platform), git->branch.s, git->url.s,
                           platform->schedule.s, applied(emission)));
        buf_puts(&commands, "kubectl -n \"$NS\" exec \"deployment/$SCHEDULER\" -c scheduler -- \\\n"
                            "    airflow dags unpause ");
        doc_escape(&commands, ESCAPE_SHELL, dags_infrastructure(arena, platform));
        buf_putc(&commands, '\n');
        doc_add(parts, runbook_code(emission, "sh", &commands));
    } else {
        doc_add_string(arena, parts,
                       "The model names no repository (git:) for this platform: the "
                       "pipeline is rendered and applied by hand, or by your CI.");
    }
    if (strcmp(platform->airflow->pool.s, "default_pool") != 0) {
        doc_add_string(arena, parts,
                       "Tasks take slots of a pool that Airflow must be told of once:");
        buf_puts(&commands, "kubectl -n \"$NS\" exec \"deployment/$SCHEDULER\" -c scheduler -- \\\n"
                            "    airflow pools set ");
        doc_escape(&commands, ESCAPE_SHELL, platform->airflow->pool.s);
        buf_printf(&commands, " %d dsc\n", component_parallelism(emission));
        doc_add(parts, runbook_code(emission, "sh", &commands));
    }
    return parts;
}

static struct doc *checks(struct emission *emission)
{
    struct arena *arena = emission->arena;
    struct buf out = {0};

    if (component_exists(emission, COMPONENT_POSTGRES))
        buf_puts(&out, "kubectl -n \"$NS\" exec \"statefulset/$POSTGRES\" -- pg_isready\n");
    if (component_exists(emission, COMPONENT_CONNECT))
        buf_puts(&out, "curl --fail-with-body -s \"$CONNECT_URL/connector-plugins\"     # with the "
                       "tunnel below: Debezium's and Mirror's classes\n");
    if (!out.len)
        return doc_string(arena, "Its database and Kafka Connect exist elsewhere: see there.");
    return runbook_code(emission, "sh", &out);
}

static struct doc *summary(struct emission *emission)
{
    const struct platform *platform = emission->platform;

    return doc_printf(
        emission->arena,
        "%sA %s platform of size %s, in the Kubernetes namespace %s. Its tasks run as "
        "%s. Operators: %s.",
        platform->production.on ? "Production. " : "",
        words_platform_type.v[platform->type.is].word,
        words_platform_size.v[platform->size.is].word, platform->namespace.s,
        platform->runner.is == RUNNER_POD ? "pods of their own"
                                          : "processes of Airflow's scheduler",
        platform->contacts.n ? runbook_list(emission, &platform->contacts)
                             : "the model names none (contacts:)");
}

struct doc *emit_runbook_bootstrap(struct emission *emission, const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    const struct texts *pull = &emission->platform->pull_secrets;
    struct secrets secrets = secrets_list(emission);
    struct doc *values = doc_map(arena);

    (void)item;
    doc_set_string(arena, values, "platform", emission->platform->name.s);
    doc_set(values, "summary", summary(emission));
    doc_set(values, "files", files(emission));
    doc_set(values, "variables", runbook_variables(emission));
    doc_set(values, "images", images(emission));
    doc_set(values, "secrets", secrets_table(emission, &secrets));
    doc_set(values, "own_secrets", own_secrets(emission));
    doc_set(values, "secret_commands", secret_commands(emission, &secrets));
    doc_set(values, "roles", roles(emission));
    doc_set(values, "handler", handler(emission));
    doc_set(values, "checks", checks(emission));
    doc_set(values, "tunnel", tunnel(emission));
    doc_set_string(arena, values, "pull_secrets",
                   pull->n ? runbook_list(emission, pull) : "the model names none");
    doc_set(values, "backup", backup(emission));
    doc_set(values, "unreachable",
            runbook_unreachable(emission, network_of_platform(emission),
                                "Nothing: every way that the platform itself needs is allowed, and "
                                "no other."));
    return emit_template(emission, "readme/bootstrap.md", ESCAPE_MARKDOWN, values);
}
