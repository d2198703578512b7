/* bootstrap/README.md: how this platform is installed, and kept alive at night. */
#include "artifacts.h"
#include "kubernetes_secrets.h"
#include "runbook.h"
#include "service.h"

#include <inttypes.h>
#include <string.h>

static struct doc *files(struct emission *emission)
{
    static const char *const columns[] = {"File", "What it is"};
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
            runbook_row(emission, table, columns, rows[i], 2);
    }
    return table;
}

static struct doc *images(struct emission *emission)
{
    static const char *const columns[] = {"Key", "Image now", "Where from"};
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
        const char *shown = !image ? "missing: enter it in the model"
                            : strstr(image, "@sha256:")
                                ? image
                                : arena_printf(emission->arena, "%s (no digest yet)", image);
        const char *const cells[] = {rows[i].key, shown, rows[i].from};

        if (component_exists(emission, rows[i].component))
            runbook_row(emission, table, columns, cells, COUNT(cells));
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
    static const char *const columns[] = {"Secret", "Keys", "What needs it"};
    struct doc *table = doc_list(emission->arena);

    for (size_t i = 0; i < secrets->v.n; i++) {
        const struct secret *secret = &secrets->v.v[i];
        const char *const cells[] = {secret->name, join(emission, secret->keys), secret->needed_by};

        runbook_row(emission, table, columns, cells, COUNT(cells));
    }
    if (component_exists(emission, COMPONENT_CONNECT)) {
        const char *const cells[] = {secrets_connect_name(emission), "CREDENTIAL.KEY, as below",
                                     "Kafka Connect: all that its connectors open"};

        runbook_row(emission, table, columns, cells, COUNT(cells));
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
                   "Then, while you work (dsc, psql, curl and Terraform reach the "
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
    doc_add_string(arena, parts,
                   "To restore the newest one: pause the DAGs and stop the sinks first, and rewind "
                   "them afterwards (pipeline/README.md, \"The platform's database failed over, or "
                   "was restored\").");
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
    doc_set(values, "checks", checks(emission));
    doc_set(values, "tunnel", tunnel(emission));
    doc_set(values, "airflow_secret", doc_text(arena, NULL, secrets_airflow_name(emission)));
    doc_set_string(arena, values, "pull_secrets",
                   pull->n ? runbook_list(emission, pull) : "the model names none");
    doc_set(values, "backup", backup(emission));
    doc_set(values, "unreachable",
            runbook_unreachable(emission, network_of_platform(emission),
                                "Nothing: every way that the platform itself needs is allowed, and "
                                "no other."));
    return emit_template(emission, "readme/bootstrap.md", ESCAPE_MARKDOWN, values);
}
