#include "runbook.h"

#include "kubernetes_secrets.h"
#include "service.h"

#include "dsc/names.h"

#include <inttypes.h>

void runbook_row(struct emission *emission, struct doc *table,
                 const struct runbook_columns *columns, const char *const *cells)
{
    struct arena *arena = emission->arena;
    struct doc *row = doc_add(table, doc_map(arena));

    for (size_t i = 0; i < columns->n; i++)
        doc_set(row, columns->names[i],
                columns->code & 1u << i ? doc_text(arena, NULL, cells[i])
                                        : doc_string(arena, cells[i]));
}

const char *runbook_list(struct emission *emission, const struct texts *texts)
{
    const char *all = "";

    for (size_t i = 0; i < texts->n; i++)
        all = arena_printf(emission->arena, "%s%s%s", all, i ? ", " : "", texts->v[i].s);
    return all;
}

struct doc *runbook_code(struct emission *emission, const char *language, struct buf *made)
{
    const char *text = arena_strndup(emission->arena, made->data ? made->data : "", made->len);

    buf_free(made);
    return doc_text(emission->arena, language, text);
}

void runbook_variable(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, "%s=", name);
    doc_escape(out, ESCAPE_SHELL, value);
    buf_putc(out, '\n');
}

/* Names of what is provisioned; a component that is not has none. */
struct doc *runbook_variables(struct emission *emission)
{
    static const struct {
        const char *name;
        enum component component;
    } components[] = {{"POSTGRES", COMPONENT_POSTGRES},
                      {"KAFKA", COMPONENT_KAFKA},
                      {"CONNECT", COMPONENT_CONNECT},
                      {"AIRFLOW_API", COMPONENT_AIRFLOW_API},
                      {"SCHEDULER", COMPONENT_AIRFLOW_SCHEDULER}};
    const struct platform *platform = emission->platform;
    struct service connect = service_connect(emission->arena, platform);
    struct buf out = {0};

    runbook_variable(&out, "PLATFORM", platform->name.s);
    runbook_variable(&out, "NS", platform->namespace.s);
    runbook_variable(&out, "DATABASE", service_postgres(emission->arena, platform).database);
    for (size_t i = 0; i < COUNT(components); i++) {
        if (component_exists(emission, components[i].component))
            runbook_variable(&out, components[i].name,
                             component_name(emission, components[i].component));
    }
    runbook_variable(&out, "AIRFLOW_SECRET", secrets_airflow_name(emission));
    if (connect.host)
        runbook_variable(&out, "CONNECT_URL",
                         arena_printf(emission->arena, "%s://%s:%" PRId64,
                                      service_is_encrypted(&connect) ? "https" : "http",
                                      connect.host, connect.port));
    buf_puts(&out, "SECRETS=secrets    # a folder outside of any repository\n");
    return runbook_code(emission, "sh", &out);
}

void runbook_put_connect_secret(struct emission *emission, struct buf *out)
{
    struct secrets_credentials needed = secrets_of_connect(emission);

    if (!component_exists(emission, COMPONENT_CONNECT))
        return;
    buf_printf(out, "kubectl -n \"$NS\" create secret generic %s", secrets_connect_name(emission));
    for (size_t i = 0; i < needed.v.n; i++) {
        const struct credential *credential = needed.v.v[i];
        const char *const *key = model_credential_keys((enum credential_type)credential->type.is);

        for (; *key; key++) {
            const char *name =
                name_make(emission->arena, NAME_CONNECT_KEY,
                          &(struct name_parts){.credential = credential->name.s, .key = *key});

            buf_puts(out, " \\\n    --from-file=");
            doc_escape(out, ESCAPE_SHELL, name);
            buf_puts(out, "=\"$SECRETS\"/");
            doc_escape(out, ESCAPE_SHELL,
                       arena_printf(emission->arena, "%s/%s", credential->name.s, *key));
        }
    }
    buf_puts(out, RUNBOOK_APPLY_SECRET);
}

struct doc *runbook_connect_secret(struct emission *emission)
{
    struct buf out = {0};

    runbook_put_connect_secret(emission, &out);
    if (out.len)
        return runbook_code(emission, "sh", &out);
    return doc_string(emission->arena,
                      "Kafka Connect is not of this platform's making: its operators give it "
                      "the files that connectors name (${dir:…} in their settings).");
}

struct doc *runbook_unreachable(struct emission *emission, struct network_peers peers,
                                const char *otherwise)
{
    static const char *const names[] = {"Name", "Port"};
    static const struct runbook_columns columns = {names, COUNT(names), 1u};
    struct arena *arena = emission->arena;
    struct doc *parts = doc_list(arena), *table = doc_list(arena);

    for (size_t i = 0; i < peers.v.n; i++) {
        const struct network_peer *peer = &peers.v.v[i];
        const char *const cells[] = {peer->name, arena_printf(arena, "%" PRId64, peer->port)};

        if (!peer->ranges->n)
            runbook_row(emission, table, &columns, cells);
    }
    if (!table->first)
        return doc_string(arena, otherwise);
    doc_add_string(
        arena, parts,
        "Network policies know address ranges, not host names. The model says no cidr: of "
        "these, so nothing can reach them: enter it there, or allow the way in an "
        "overlay.");
    doc_add(parts, table);
    return parts;
}
