/* The driver: asks the rows of the table for trees, prints them, and writes the folder. */
#include "artifacts.h"
#include "items.h"
#include "manifest.h"

#include <string.h>

/* Bytes of a file that are gathered before they are written. */
enum { CHUNK = 1 << 18 };

struct writer {
    struct emission emission;

    const struct emit_options *options;

    const char *folder; /* that is written */

    struct swap *swap; /* NULL: a dry run */

    struct manifest manifest;

    struct manifest_file *file; /* being written; NULL: none */

    struct buf buf; /* what of it was not written yet */

    struct sha256 *sha; /* of it */
};

struct doc *emit_text(struct emission *emission, struct buf *made)
{
    const char *text = arena_strndup(emission->arena, made->data, made->len);

    buf_free(made);
    return doc_text(emission->arena, NULL, text);
}

/* The row's pattern with its words replaced. */
static const char *make_path(const struct emission *emission, const char *pattern,
                             const struct emit_item *item)
{
    struct arena *arena = emission->arena;
    const struct {
        const char *word, *value;
    } words[] = {
        {"{platform}", emission->platform->name.s},
        {"{stream}", item->stream ? item->stream->name : NULL},
        {"{connector}", item->connector ? item->connector->name : NULL},
        {"{container}", item->container ? item->container->name.s : NULL},
        {"{number}", arena_printf(arena, "%02u", item->number)},
    };
    const char *path = arena_strdup(arena, pattern);

    for (size_t i = 0; i < COUNT(words); i++) {
        const char *at = strstr(path, words[i].word);

        if (!at)
            continue;
        if (!words[i].value || strchr(words[i].value, '/'))
            fatal("\"%s\" cannot stand for %s in %s", words[i].value ? words[i].value : "nothing",
                  words[i].word, pattern);
        path = arena_printf(arena, "%.*s%s%s", (int)(at - path), path, words[i].value,
                            at + strlen(words[i].word));
    }
    return path;
}

static void print(struct buf *out, enum emit_format format, const struct doc *doc)
{
    switch (format) {
    case EMIT_YAML:
        doc_write_yaml_documents(out, doc);
        return;
    case EMIT_JSON:
        doc_write_json(out, doc);
        return;
    case EMIT_HCL:
        doc_write_hcl(out, doc);
        return;
    case EMIT_MARKDOWN:
        doc_write_markdown(out, doc);
        return;
    case EMIT_TEXT:
        buf_puts(out, doc->string);
        return;
    }
}

static bool flush(struct writer *writer)
{
    struct manifest_file *file = writer->file;
    const struct buf *buf = &writer->buf;
    bool good = true;

    sha256_add(writer->sha, buf->data, buf->len);
    if (writer->swap && file->size)
        good = swap_append(writer->swap, file->path, buf->data, buf->len);
    else if (writer->swap)
        good = swap_write(writer->swap, file->path, buf->data, buf->len);
    file->size += buf->len;
    buf_clear(&writer->buf);
    return good;
}

static bool end_file(struct writer *writer)
{
    struct manifest_file *file = writer->file;
    bool good = true;

    if (!file)
        return true;
    if (writer->buf.len || !file->size)
        good = flush(writer);
    sha256_end(writer->sha, file->sha256);
    vec_push(writer->emission.keep, &writer->manifest.files, file);
    writer->file = NULL;
    return good;
}

/* Goes on with the file where it is the one being written. */
static bool begin_file(struct writer *writer, const char *path)
{
    struct arena *keep = writer->emission.keep;

    if (writer->file && strcmp(writer->file->path, path) == 0)
        return true;
    if (!end_file(writer))
        return false;
    writer->file = ARENA_NEW(keep, struct manifest_file);
    writer->file->path = arena_strdup(keep, path);
    writer->sha = sha256_begin();
    return true;
}

static bool write_item(struct writer *writer, const struct emitter *row,
                       const struct emit_item *item)
{
    const struct doc *doc = row->build(&writer->emission, item);

    if (!doc)
        return !writer->emission.failed;
    if (!begin_file(writer, make_path(&writer->emission, row->path, item)))
        return false;
    if (row->format == EMIT_HCL && (writer->file->size || writer->buf.len))
        buf_putc(&writer->buf, '\n'); /* between the blocks of two items */
    print(&writer->buf, row->format, doc);
    return writer->buf.len < CHUNK || flush(writer);
}

/* A file of the user's: made where it is missing. */
static bool write_user_item(struct writer *writer, const struct emitter *row,
                            const struct emit_item *item)
{
    struct emission *emission = &writer->emission;
    const char *path = arena_printf(emission->arena, "%s/%s", writer->folder,
                                    make_path(emission, row->path, item));
    const struct doc *doc;
    bool good;

    if (file_exists(path))
        return true;
    doc = row->build(emission, item);
    if (!doc)
        return !emission->failed;
    print(&writer->buf, row->format, doc);
    good = writer->options->dry_run ||
           (dir_make(arena_strndup(emission->arena, path, (size_t)(strrchr(path, '/') - path))) &&
            file_write(path, writer->buf.data, writer->buf.len));
    buf_clear(&writer->buf);
    return good;
}

static bool write_row(struct writer *writer, const struct emitter *row)
{
    bool (*write)(struct writer *, const struct emitter *, const struct emit_item *) =
        row->folder == EMIT_USER ? write_user_item : write_item;
    struct emission *emission = &writer->emission;
    struct emit_item item;
    struct items items;
    bool good = true;

    items_begin(&items, emission->graph, row->each);
    while (good && items_next(&items, &item)) {
        /* A swap tells of an interruption itself, once. */
        good =
            interrupted() && !writer->swap ? env_error("interrupted") : write(writer, row, &item);
        arena_reset(emission->arena);
    }
    items_end(&items);
    return good;
}

static bool write_rows(struct writer *writer, enum emit_folder folder)
{
    unsigned platform = 1u << writer->emission.platform->type.is;

    for (size_t i = 0; i < n_emitters; i++) {
        const struct emitter *row = &emitters[i];

        if ((row->platforms & platform) && row->folder == folder && !write_row(writer, row))
            return false;
    }
    return true;
}

static bool write_manifest(struct writer *writer, enum emit_folder folder,
                           struct emit_report *report)
{
    struct manifest *manifest = &writer->manifest;
    bool good;

    manifest_write(&writer->buf, manifest, &writer->emission, folder, writer->options->revision);
    good =
        !writer->swap || swap_write(writer->swap, MANIFEST_NAME, writer->buf.data, writer->buf.len);
    report->files += manifest->files.n + 1;
    report->bytes += writer->buf.len;
    for (size_t i = 0; i < manifest->files.n; i++)
        report->bytes += manifest->files.v[i]->size;
    return good;
}

/* Everything but the exchange with the old folder. */
static bool write_folder(struct writer *writer, enum emit_folder folder, struct emit_report *report)
{
    if (!writer->options->dry_run) {
        writer->swap = swap_begin(writer->emission.keep, writer->folder);
        if (!writer->swap)
            return false;
    }
    bool good = write_rows(writer, folder);
    return end_file(writer) && good && write_manifest(writer, folder, report);
}

static void writer_begin(struct writer *writer, const struct graph *graph, enum emit_folder folder,
                         const struct emit_options *options)
{
    static const char *const names[] = {
        [EMIT_BOOTSTRAP] = "/bootstrap", [EMIT_PIPELINE] = "/pipeline", [EMIT_USER] = ""};

    *writer = (struct writer){.options = options,
                              .emission = {.arena = arena_new(),
                                           .keep = arena_new(),
                                           .model = graph->model,
                                           .platform = graph->platform,
                                           .graph = graph,
                                           .templates = options->templates}};
    writer->folder = arena_printf(writer->emission.keep, "%s/%s%s", options->output,
                                  graph->platform->name.s, names[folder]);
}

static void writer_end(struct writer *writer)
{
    swap_abort(writer->swap);
    buf_free(&writer->buf);
    arena_free(writer->emission.keep);
    arena_free(writer->emission.arena);
}

static bool emit_user_files(const struct graph *graph, const struct emit_options *options)
{
    struct writer writer;

    writer_begin(&writer, graph, EMIT_USER, options);
    bool good = write_rows(&writer, EMIT_USER);
    writer_end(&writer);
    return good;
}

bool emit_platforms(const struct graph *const *graphs, size_t n, enum emit_folder folder,
                    const struct emit_options *options, struct emit_report *reports)
{
    struct arena *arena = arena_new();
    struct writer *writers = arena_alloc(arena, n * sizeof(*writers));
    bool good = true;

    for (size_t i = 0; i < n; i++) {
        writer_begin(&writers[i], graphs[i], folder, options);
        if (!options->force)
            good = manifest_check(writers[i].emission.arena, writers[i].folder) && good;
        arena_reset(writers[i].emission.arena);
    }
    for (size_t i = 0; good && i < n; i++)
        good = write_folder(&writers[i], folder, &reports[i]);
    for (size_t i = 0; good && i < n; i++)
        good = !writers[i].swap || swap_commit(writers[i].swap);
    for (size_t i = 0; i < n; i++)
        writer_end(&writers[i]);
    for (size_t i = 0; good && folder == EMIT_BOOTSTRAP && i < n; i++)
        good = emit_user_files(graphs[i], options);
    arena_free(arena);
    return good;
}
