/* Statements from their templates, and what fills these. */
#include "internal.h"

#include <inttypes.h>
#include <string.h>

#include "dsc/embedded.h"
#include "dsc/sql.h"

void holes_set(struct arena *arena, struct holes *holes, const char *name, const char *text)
{
    vec_push(arena, &holes->v, (struct hole){name, text});
}

/* The last of a name wins, so that a statement can have its own. */
static const char *find_hole(const struct holes *holes, const char *name, size_t length)
{
    for (size_t i = holes->v.n; i-- > 0;) {
        const struct hole *hole = &holes->v.v[i];

        if (strlen(hole->name) == length && memcmp(hole->name, name, length) == 0)
            return hole->text;
    }
    return NULL;
}

static const char *get(const struct holes *holes, const char *name)
{
    return find_hole(holes, name, strlen(name));
}

static void fill(struct buf *out, const char *path, const char *text, const struct holes *holes)
{
    const char *at;

    while ((at = strstr(text, "@{"))) {
        size_t length = strcspn(at + 2, "}");
        const char *value = find_hole(holes, at + 2, length);

        if (!value)
            fatal("%s: nothing fills @{%.*s}", path, (int)length, at + 2);
        buf_put(out, text, (size_t)(at - text));
        buf_puts(out, value);
        text = at + 2 + length + 1;
    }
    buf_puts(out, text);
}

const char *merge_statement(struct arena *arena, const char *name, const struct holes *holes)
{
    const char *path = arena_printf(arena, "src/merge/%s.sql", name);
    const struct embedded *file = embedded_find(path);
    struct buf out = {0};
    const char *made;

    if (!file)
        fatal("%s is not embedded", path);
    fill(&out, path, file->text, holes);
    made = arena_strndup(arena, out.data, out.len);
    buf_free(&out);
    return made;
}

const char *merge_number(struct arena *arena, int64_t number)
{
    return arena_printf(arena, "%" PRId64, number);
}

const char *merge_topic(const struct plan_topic *topics, size_t n, int64_t incarnation)
{
    for (size_t i = 0; i < n; i++) {
        if (topics[i].incarnation == incarnation)
            return topics[i].topic;
    }
    return NULL;
}

static const char *take(struct arena *arena, struct buf *text)
{
    const char *taken = arena_strndup(arena, text->data ? text->data : "", text->len);

    buf_free(text);
    return taken;
}

static const char *literal(struct arena *arena, const char *value)
{
    struct buf text = {0};

    sql_literal(&text, value);
    return take(arena, &text);
}

const char *merge_qualified(struct arena *arena, const struct plan_table *table)
{
    struct buf text = {0};

    sql_qualified(&text, table->schema, table->name);
    return take(arena, &text);
}

static void set_feed(struct arena *arena, struct holes *holes, const struct plan_feed *feed,
                     int64_t incarnation, const char *table, const char *topic)
{
    const char *name = feed ? merge_topic(feed->topics, feed->n_topics, incarnation) : NULL;

    if (feed)
        holes_set(arena, holes, table, merge_qualified(arena, &feed->staging));
    if (name)
        holes_set(arena, holes, topic, literal(arena, name));
}

void merge_stream_holes(struct arena *arena, const struct plan *plan, int64_t incarnation,
                        struct holes *holes)
{
    const struct plan_order *order = plan->order;

    /* The first commit of an incarnation has no position, and comes before all that have one. */
    holes_set(arena, holes, "position", arena_printf(arena, "coalesce(%s, 0)", order->commit));
    holes_set(arena, holes, "change", order->change);
    holes_set(arena, holes, "transaction", order->transaction);
    holes_set(arena, holes, "end_transaction", order->end_transaction);
    holes_set(arena, holes, "end_commit", order->end_commit);
    set_feed(arena, holes, plan->transaction, incarnation, "transaction_table",
             "transaction_topic");
    set_feed(arena, holes, plan->notification, incarnation, "notification_table",
             "notification_topic");
    set_feed(arena, holes, plan->signal, incarnation, "signal_table", "signal_topic");
}

/* ---- lists of a dataset's columns ---- */

/* How a column of a list is written: %c its name; %t and %s its type in live and in staging; %p its
 * placeholder; %i its number. Behind a `|` stands what is written where it has a placeholder. */
static void put_form(struct buf *out, const char *form, const struct plan_column *column, size_t i)
{
    const char *other = strchr(form, '|');
    const char *end = other ? other : form + strlen(form);

    if (other && column->placeholder) {
        form = other + 1;
        end = form + strlen(form);
    }
    for (; form < end; form++) {
        if (*form != '%') {
            buf_putc(out, *form);
            continue;
        }
        switch (*++form) {
        case 'c':
            sql_identifier(out, column->name);
            break;
        case 'b': {
            struct buf name = {0};

            buf_printf(&name, "__before_%s", column->name);
            sql_identifier(out, name.data);
            buf_free(&name);
            break;
        }
        case 't':
            buf_puts(out, column->type);
            break;
        case 's':
            buf_puts(out, column->staging_type);
            break;
        case 'p':
            buf_printf(out, "%s::%s", column->placeholder, column->staging_type);
            break;
        default:
            buf_printf(out, "%zu", i);
        }
    }
}

enum which { ALL, KEY, KEPT };

static bool is_in(const struct plan_column *column, enum which which)
{
    return which == ALL || (which == KEY ? column->key > 0 : column->placeholder != NULL);
}

static const char *list(struct arena *arena, const struct plan_dataset *dataset, enum which which,
                        const char *between, const char *form)
{
    struct buf out = {0};

    for (size_t i = 0; i < dataset->n_columns; i++) {
        if (!is_in(&dataset->columns[i], which))
            continue;
        if (out.len)
            buf_puts(&out, between);
        put_form(&out, form, &dataset->columns[i], i);
    }
    return take(arena, &out);
}

bool merge_has_placeholders(const struct plan_dataset *dataset)
{
    for (size_t i = 0; i < dataset->n_columns; i++) {
        if (dataset->columns[i].placeholder)
            return true;
    }
    return false;
}

/* %-forms of each list; `soft` where rows are marked, not deleted. */
static const struct {
    const char *hole;

    enum which which;

    const char *between, *form;
} lists[] = {
    {"columns", ALL, ", ", "%c"},
    {"key", KEY, ", ", "%c"},
    {"cast_columns", ALL, ",\n        ",
     "%c::%t as %c|case when %c = %p then null else %c::%t end as %c"},
    {"before_columns", ALL, ", ", "%b"},
    {"staged_columns", ALL, ", ", "staged.%c"},
    {"live_as_staged", ALL, ", ", "kept.%c::%s"},
    {"update_values", ALL, ", ",
     "%c = staged.%c|%c = case when staged.dsc_kept_%i then kept.%c else staged.%c end"},
    {"new_values", ALL, ", ",
     "staged.%c|case when staged.dsc_kept_%i then kept.%c else staged.%c end"},
    {"line_values", ALL, ",\n        ",
     "last.%c|case when last.dsc_kept_%i then open.%c else last.%c end as %c"},
    {"live_match", KEY, " and ", "kept.%c = staged.%c"},
    {"open_match", KEY, " and ", "open.%c = last.%c"},
    {"version_match", KEY, " and ", "kept.%c = versions.%c"},
    {"old_match", KEY, " and ", "old.%c = gone.%c::%t"},
    {"staged_match", KEY, " and ", "old.%c = staged.%c::%t"},
    {"key_list", KEY, ", ", "staged.%c"},
    {"kept_columns", ALL, ", ", "kept.%c"},
    {"flag_list", KEPT, "", "%c is not distinct from %p as dsc_kept_%i,\n        "},
    {"flags", KEPT, "", "dsc_kept_%i, "},
    {"no_flags", KEPT, "", "false as dsc_kept_%i, "},
    {"holds", KEPT, " or ", "|%c = %p"},
    {"kept_values", KEPT, ", ", "%c"},
    {"own_values", KEPT, ", ", "wants.%c as dsc_own_%i"},
    {"old_values", KEPT, ", ",
     "|case when old.dsc_found then old.%c::%s else %p end as dsc_old_%i"},
    {"resolved_values", KEPT, ", ",
     "|case when wants.dsc_own_%i is distinct from %p then wants.dsc_own_%i"
     " when before.dsc_id is null or before.%c is not distinct from %p then wants.dsc_old_%i"
     " else before.%c end as %c"},
    {"set_values", KEPT, ", ", "%c = resolved.%c"},
};

static void set_soft(struct arena *arena, struct holes *holes, bool soft, const char *live)
{
    const char *flags = get(holes, "flag_list");

    holes_set(arena, holes, "kept_flags",
              soft
                  ? arena_printf(arena, "%sto_timestamp(__source_ts_ms / 1000.0) as dsc_at,", flags)
                  : flags);
    if (soft)
        holes_set(arena, holes, "update_values",
                  arena_printf(arena, "%s, dsc_deleted = null", get(holes, "update_values")));
    holes_set(arena, holes, "gone_condition", soft ? "and kept.dsc_deleted is null" : "");
    holes_set(arena, holes, "gone_action",
              soft ? "update set dsc_deleted = staged.dsc_at" : "delete");
    holes_set(arena, holes, "and_not_deleted", soft ? "and kept.dsc_deleted is null" : "");
    holes_set(
        arena, holes, "remove",
        soft ? arena_printf(arena, "update %s as kept set dsc_deleted = clock_timestamp()", live)
             : arena_printf(arena, "delete from %s as kept", live));
}

/* Truncates of the dataset close every version: a row without values for each key. */
static const char *gone_values(struct arena *arena, const struct plan_dataset *dataset)
{
    struct buf out = {0};

    for (size_t i = 0; i < dataset->n_columns; i++) {
        if (i)
            buf_puts(&out, ", ");
        put_form(&out, dataset->columns[i].key ? "keys.%c" : "null::%t", &dataset->columns[i], i);
    }
    return take(arena, &out);
}

void merge_table_holes(struct arena *arena, const struct plan_table *staging, const char *topic,
                       struct holes *holes)
{
    holes_set(arena, holes, "staging", merge_qualified(arena, staging));
    holes_set(arena, holes, "topic", literal(arena, topic));
}

/* The dataset as if none of its values could be left out. */
static const struct plan_dataset *without_placeholders(struct arena *arena,
                                                       const struct plan_dataset *dataset)
{
    struct plan_dataset *copy = ARENA_NEW(arena, struct plan_dataset);

    *copy = *dataset;
    copy->columns = arena_alloc(arena, dataset->n_columns * sizeof(*copy->columns));
    for (size_t i = 0; i < dataset->n_columns; i++) {
        copy->columns[i] = dataset->columns[i];
        copy->columns[i].placeholder = NULL;
    }
    return copy;
}

void merge_dataset_holes(struct arena *arena, const struct plan_dataset *dataset, const char *topic,
                         bool whole, struct holes *holes)
{
    const struct plan_table *current = dataset->live ? dataset->live : dataset->history;
    const char *live = dataset->live ? merge_qualified(arena, dataset->live) : NULL;
    const char *differs;

    if (whole)
        dataset = without_placeholders(arena, dataset);
    for (size_t i = 0; i < COUNT(lists); i++)
        holes_set(arena, holes, lists[i].hole,
                  list(arena, dataset, lists[i].which, lists[i].between, lists[i].form));
    holes_set(arena, holes, "name", literal(arena, dataset->name));
    merge_table_holes(arena, &dataset->staging, topic, holes);
    holes_set(arena, holes, "gone_values", gone_values(arena, dataset));
    if (current)
        holes_set(arena, holes, "current", merge_qualified(arena, current));
    holes_set(arena, holes, "and_open_old", dataset->live ? "" : "and old.dsc_until is null");
    if (dataset->history)
        holes_set(arena, holes, "history", merge_qualified(arena, dataset->history));
    if (live) {
        holes_set(arena, holes, "live", live);
        set_soft(arena, holes, dataset->deletes == PLAN_SOFT, live);
    }
    differs = arena_printf(arena, "row(%s)::record *<> row(%s)::record", get(holes, "kept_columns"),
                           get(holes, "new_values"));
    holes_set(arena, holes, "version_differs", differs);
    if (dataset->deletes == PLAN_SOFT)
        differs = arena_printf(arena, "(kept.dsc_deleted is not null or %s)", differs);
    holes_set(arena, holes, "differs", differs);
    holes_set(arena, holes, "key_text",
              arena_printf(arena, "row(%s)::text", get(holes, "key_list")));
    holes_set(arena, holes, "range",
              arena_printf(arena,
                           "__connect_topic = %s and %s is not null and %s > $1 and %s <= $2",
                           literal(arena, topic), get(holes, "change"), get(holes, "position"),
                           get(holes, "position")));
}
