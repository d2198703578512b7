/* Diagnostics for programs: our own JSON, SARIF 2.1.0, and the commands of GitHub's workflows. */
#include "command.h"

#include "dsc/doc.h"
#include "dsc/lint.h"
#include "dsc/version.h"

#include <string.h>

static void set_place(struct arena *arena, struct doc *tree, const struct diags *diags,
                      struct span span)
{
    const char *path = diags_path(diags, span);

    doc_set_string(arena, tree, "file", *path ? path : NULL);
    doc_set_int(arena, tree, "line", span.line);
    doc_set_int(arena, tree, "column", span.col);
    doc_set_int(arena, tree, "length", span.len);
}

void report_json(struct buf *out, const struct diags *diags)
{
    struct arena *arena = arena_new();
    struct doc *list = doc_list(arena);

    for (size_t i = 0; i < diags->all.n; i++) {
        const struct diag *diag = diags->all.v[i];
        struct doc *item = doc_add(list, doc_map(arena));
        doc_set_string(arena, item, "rule", diag->rule);
        doc_set_string(arena, item, "severity", severity_name(diag->severity));
        set_place(arena, item, diags, diag->span);
        doc_set_string(arena, item, "text", diag->text);
        doc_set_string(arena, item, "hint", diag->hint);
        struct doc *related = doc_set(item, "related", doc_list(arena));
        for (size_t k = 0; k < diag->related.n; k++) {
            struct doc *place = doc_add(related, doc_map(arena));
            set_place(arena, place, diags, diag->related.v[k].span);
            doc_set_string(arena, place, "text", diag->related.v[k].text);
        }
    }
    struct doc *whole = doc_map(arena);
    doc_set(whole, "diagnostics", list);
    doc_write_json(out, whole);
    arena_free(arena);
}

/* The characters in the first `bytes` bytes of a line: SARIF counts in code points, spans in bytes.
 */
static int64_t characters(const struct diag_lines *lines, size_t bytes)
{
    int64_t n = 0;

    for (size_t i = 0; i < bytes && i < lines->length; i++)
        n += ((unsigned char)lines->text[i] & 0xc0) != 0x80;
    return n;
}

/* A SARIF location (section 3.28). */
static struct doc *sarif_location(struct arena *arena, struct diag_lines *lines, struct span span,
                                  const char *message)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    struct doc *location = doc_map(arena);
    struct doc *physical = doc_set(location, "physicalLocation", doc_map(arena));
    struct doc *artifact = doc_set(physical, "artifactLocation", doc_map(arena));
    struct buf uri = {0};

    for (const char *c = diags_path(lines->diags, span); *c; c++)
        buf_printf(&uri, strchr(plain, *c) ? "%c" : "%%%02X", (unsigned char)*c);
    doc_set_string(arena, artifact, "uri", arena_strdup(arena, uri.data ? uri.data : ""));
    buf_free(&uri);
    if (span.line) {
        struct doc *region = doc_set(physical, "region", doc_map(arena));
        doc_set_int(arena, region, "startLine", span.line);
        if (diag_lines_find(lines, span)) {
            doc_set_int(arena, region, "startColumn", characters(lines, span.col - 1u) + 1);
            doc_set_int(arena, region, "endColumn",
                        characters(lines, span.col - 1u + span.len) + 1);
        }
    }
    if (message) {
        struct doc *text = doc_set(location, "message", doc_map(arena));
        doc_set_string(arena, text, "text", message);
    }
    return location;
}

/* SARIF's words for a severity (section 3.27.10). */
static const char *const sarif_levels[] = {"none", "note", "warning", "error"};

static struct doc *sarif_result(struct arena *arena, struct diag_lines *lines,
                                const struct diag *diag)
{
    struct doc *result = doc_map(arena);

    doc_set_string(arena, result, "ruleId", diag->rule);
    doc_set_string(arena, result, "level", sarif_levels[diag->severity]);
    struct doc *message = doc_set(result, "message", doc_map(arena));
    doc_set_string(arena, message, "text",
                   diag->hint ? arena_printf(arena, "%s (%s)", diag->text, diag->hint)
                              : diag->text);
    struct doc *locations = doc_set(result, "locations", doc_list(arena));
    if (diag->span.file)
        doc_add(locations, sarif_location(arena, lines, diag->span, NULL));
    if (diag->related.n) {
        struct doc *related = doc_set(result, "relatedLocations", doc_list(arena));
        for (size_t i = 0; i < diag->related.n; i++)
            doc_add(related,
                    sarif_location(arena, lines, diag->related.v[i].span, diag->related.v[i].text));
    }
    return result;
}

static struct doc *sarif_rules(struct arena *arena)
{
    struct doc *rules = doc_list(arena);

    for (size_t i = 0; i < lint_n_groups; i++) {
        for (const struct rule *rule = lint_groups[i]; rule->id; rule++) {
            struct doc *item = doc_add(rules, doc_map(arena));
            doc_set_string(arena, item, "id", rule->id);
            struct doc *why = doc_set(item, "shortDescription", doc_map(arena));
            doc_set_string(arena, why, "text", rule->why);
            struct doc *mend = doc_set(item, "help", doc_map(arena));
            doc_set_string(arena, mend, "text", rule->mend);
        }
    }
    return rules;
}

void report_sarif(struct buf *out, const struct diags *diags)
{
    struct arena *arena = arena_new();
    struct doc *whole = doc_map(arena);

    doc_set_string(arena, whole, "$schema",
                   "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                   "sarif-schema-2.1.0.json");
    doc_set_string(arena, whole, "version", "2.1.0");
    struct doc *run = doc_add(doc_set(whole, "runs", doc_list(arena)), doc_map(arena));
    struct doc *tool = doc_set(run, "tool", doc_map(arena));
    struct doc *driver = doc_set(tool, "driver", doc_map(arena));
    doc_set_string(arena, driver, "name", "dsc");
    doc_set_string(arena, driver, "version", DSC_VERSION);
    doc_set(driver, "rules", sarif_rules(arena));
    doc_set_string(arena, run, "columnKind", "unicodeCodePoints");
    struct doc *results = doc_set(run, "results", doc_list(arena));
    struct diag_lines lines = {.diags = diags};
    for (size_t i = 0; i < diags->all.n; i++)
        doc_add(results, sarif_result(arena, &lines, diags->all.v[i]));
    diag_lines_close(&lines);
    doc_write_json(out, whole);
    arena_free(arena);
}

/* Escapes of workflow commands: `%`, line ends, and in properties also `:` and `,`. */
static void put_github(struct buf *out, const char *text, bool property)
{
    for (; *text; text++) {
        if (strchr(property ? "%\r\n:," : "%\r\n", *text))
            buf_printf(out, "%%%02X", (unsigned char)*text);
        else
            buf_putc(out, *text);
    }
}

void report_github(struct buf *out, const struct diags *diags)
{
    static const char *const commands_of[] = {"debug", "notice", "warning", "error"};

    for (size_t i = 0; i < diags->all.n; i++) {
        const struct diag *diag = diags->all.v[i];
        buf_printf(out, "::%s ", commands_of[diag->severity]);
        if (diag->span.file) {
            buf_puts(out, "file=");
            put_github(out, diags_path(diags, diag->span), true);
            buf_printf(out, ",line=%u,col=%u,", diag->span.line, diag->span.col);
        }
        buf_printf(out, "title=%s::", diag->rule);
        put_github(out, diag->text, false);
        if (diag->hint) {
            buf_puts(out, " (");
            put_github(out, diag->hint, false);
            buf_putc(out, ')');
        }
        buf_putc(out, '\n');
    }
}
