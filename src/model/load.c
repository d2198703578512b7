/* Loading: the walk through the folder, dsc.yaml, and one document after the other. */
#include "internal.h"

#include <string.h>
#include <sys/stat.h>

/* A text that names `path` below `folder`, as the user would write it. */
static const char *path_below(struct arena *arena, const char *folder, const char *path)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/')
        length--;
    if (!*path || strcmp(folder, ".") == 0 || !length)
        return *path ? path : folder;
    return arena_printf(arena, "%.*s%s%s", (int)length, folder,
                        length == 1 && *folder == '/' ? "" : "/", path);
}

static bool has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), suffix_length = strlen(suffix);

    return length > suffix_length && strcmp(text + length - suffix_length, suffix) == 0;
}

/* "allow RULE because REASON". */
static void load_pragma(struct loader *loader, const struct yaml_pragma *pragma)
{
    static const char because[] = "because ";
    const char *rule = pragma->text + strlen("allow ");
    size_t length = 0;

    if (strncmp(pragma->text, "allow ", strlen("allow ")) == 0) {
        rule += strspn(rule, " ");
        length = strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-");
    }
    const char *rest = rule + length;
    rest += length ? strspn(rest, " ") : 0;
    if (length && rest > rule + length && strncmp(rest, because, strlen(because)) == 0) {
        vec_push(loader->model->arena, &loader->model->suppressions,
                 (struct suppression){pragma->span, pragma->line,
                                      intern_n(loader->model->strings, rule, length)});
        return;
    }
    struct diag *diag = complain(loader, NULL, "bad-suppression", pragma->span,
                                 length && !*rest ? "this suppression gives no reason"
                                                  : "this comment is no suppression");
    diag_hint(loader->diags, diag, "write `# dsc: allow RULE because REASON`");
}

static void unknown_kind(struct loader *loader, const struct yaml_node *root,
                         const struct yaml_node *kind)
{
    const char *words[64], *list = "";
    size_t n = 0;

    _Static_assert(COUNT(words) >= sizeof(struct documents) / sizeof(struct list), "all kinds fit");
    for (; n < model_n_kinds && model_kinds[n]->word; n++) {
        words[n] = model_kinds[n]->word;
        list = arena_printf(loader->document, "%s%s%s", list, n ? ", " : "", words[n]);
    }
    lose_node(loader, root);
    if (!kind || kind->kind != YAML_SCALAR) {
        struct diag *diag = complain(loader, NULL, "unknown-kind", kind ? kind->span : root->span,
                                     "this document does not say what it is: `kind` is missing");
        diag_hint(loader->diags, diag, "begin it with `kind:` and one of %s", list);
        return;
    }
    suggest(loader,
            complain(loader, NULL, "unknown-kind", kind->span, "`%s` is not one of %s", kind->text,
                     list),
            kind->text, words, n);
}

static void load_document(struct loader *loader, const struct yaml_node *root)
{
    const struct yaml_node *word = NULL;

    if (root->kind != YAML_MAP) {
        complain(loader, NULL, "wrong-type", root->span,
                 "a document must be a mapping with `kind`");
        return;
    }
    word = yaml_get(root, "kind");
    for (size_t i = 0; i < model_n_kinds && model_kinds[i]->word; i++) {
        const struct kind *kind = model_kinds[i];
        VEC(void *) *list = (void *)((char *)&loader->model->all + kind->list);

        if (!word || word->kind != YAML_SCALAR || strcmp(kind->word, word->text) != 0)
            continue;
        void *entity = decode_document(loader, kind, root);
        if (kind == &kind_datastore)
            derive_keys(loader, entity);
        if (index_document(loader, entity))
            vec_push(loader->model->arena, list, entity);
        return;
    }
    unknown_kind(loader, root, word);
}

static void load_config(struct loader *loader, const struct yaml_node *root)
{
    struct config *config;

    if (root->kind != YAML_MAP || loader->model->config) {
        wrong_type(loader, NULL, "dsc.yaml", root, "a single mapping");
        return;
    }
    config = decode_document(loader, &kind_config, root);
    loader->model->config = config;
    if (config->language.set && config->language.n != 1) {
        struct diag *diag =
            complain(loader, &config->head, "language-version", config->language.at,
                     "this dsc reads language 1, not %lld", (long long)config->language.n);
        diag_hint(loader->diags, diag,
                  "use the dsc that the model was written for, or language: 1");
    }
}

/* Notes all that a text with errors may define: its keys, and what follows `name:`. Where it holds
 * a NUL (as all of UTF-16 does), that may be anything. */
static void lose_text(struct loader *loader, const char *text, size_t length)
{
    static const char ends[] = " \t\r\n\"'{}[],:#\xbf"; /* the last of a byte order mark */

    if (memchr(text, '\0', length)) {
        loader->lost_all = true;
        return;
    }
    for (const char *colon = strchr(text, ':'); colon; colon = strchr(colon + 1, ':')) {
        const char *end = colon, *start, *value = colon + 1;

        while (end > text && strchr(" \"'", end[-1]))
            end--;
        for (start = end; start > text && !strchr(ends, start[-1]);)
            start--;
        lose_name(loader, start, (size_t)(end - start));
        value += strspn(value, " \"'");
        if (end - start == 4 && memcmp(start, "name", 4) == 0)
            lose_name(loader, value, strcspn(value, ends));
    }
}

/* Reads one file, and gives its documents to `load`. */
static bool load_file(struct loader *loader, const char *path,
                      void (*load)(struct loader *loader, const struct yaml_node *root))
{
    struct buf *bytes = &loader->bytes;
    struct stat status;
    struct yaml_node *root;
    size_t n, known;
    bool lost;

    if (interrupted())
        return env_error("interrupted, reading the model");
    loader->model->n_files++;
    buf_clear(bytes);
    bool too_large = stat(path, &status) == 0 && status.st_size > YAML_MAX_FILE;
    if (!too_large && !file_read(path, YAML_MAX_FILE, bytes))
        return false;
    uint32_t file = diags_add_file(loader->diags, path, NULL, 0);
    known = loader->diags->all.n;
    struct yaml_reader *reader = yaml_open(loader->diags, file, too_large ? NULL : bytes->data,
                                           too_large ? (size_t)status.st_size : bytes->len);
    lost = loader->diags->all.n > known;
    do {
        known = loader->diags->all.n;
        root = yaml_next(reader, loader->document);
        lost |= loader->diags->all.n > known;
        if (root)
            load(loader, root);
        arena_reset(loader->document);
    } while (root);
    const struct yaml_pragma *pragmas = yaml_pragmas(reader, &n);
    for (size_t i = 0; i < n; i++)
        load_pragma(loader, &pragmas[i]);
    yaml_close(reader);
    loader->lost_all |= too_large;
    if (lost && bytes->len)
        lose_text(loader, bytes->data, bytes->len);
    return true;
}

static bool any_matches(const struct texts *patterns, const char *path)
{
    for (size_t i = 0; i < patterns->n; i++)
        if (pattern_matches(patterns->v[i].s, path))
            return true;
    return false;
}

/* A folder of artifacts is known by the list of them or, where they are not kept with the model, by
 * the overlays that stand beside them. */
static bool is_output(struct arena *arena, const char *folder)
{
    static const char *const signs[] = {"bootstrap/MANIFEST.json", "pipeline/MANIFEST.json",
                                        "overlays/bootstrap/kustomization.yaml",
                                        "overlays/pipeline/kustomization.yaml"};

    for (size_t i = 0; i < COUNT(signs); i++)
        if (file_exists(arena_printf(arena, "%s/%s", folder, signs[i])))
            return true;
    return false;
}

/* Whether a folder is a model of its own: then it is passed over, and what refers to it is lost. */
static bool is_model(struct loader *loader, const char *folder)
{
    const char *config = path_below(loader->scratch, folder, "dsc.yaml");

    if (!file_exists(config))
        return false;
    uint32_t file = diags_add_file(loader->diags, config, NULL, 0);
    complain(loader, NULL, "nested-model",
             (struct span){.file = file, .line = 1, .col = 1, .len = 1},
             "another model lies here, inside this one");
    loader->lost_all = true;
    return true;
}

/* A link to a file is read as that file; one to a folder is not followed. */
static bool is_folder_link(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Loads what lies in the folder `below` of the model ("" is the model's own). */
static bool walk_folder(struct loader *loader, const char *below)
{
    const struct config *config = loader->model->config;
    struct dir_list list;

    if (!dir_read(loader->scratch, path_below(loader->scratch, loader->model->root, below), &list))
        return false;
    for (size_t i = 0; i < list.entries.n; i++) {
        const struct dir_entry *entry = &list.entries.v[i];
        const char *name =
            *below ? arena_printf(loader->scratch, "%s/%s", below, entry->name) : entry->name;
        const char *path = path_below(loader->scratch, loader->model->root, name);

        if (*entry->name == '.' || any_matches(&config->exclude, name))
            continue;
        if (entry->kind == 'd') {
            if (!is_output(loader->scratch, path) && !is_model(loader, path) &&
                !walk_folder(loader, name))
                return false;
        } else if ((has_suffix(name, ".yaml") || has_suffix(name, ".yml")) &&
                   strcmp(name, "dsc.yaml") != 0 &&
                   (!config->include.n || any_matches(&config->include, name)) &&
                   (entry->kind == 'f' || !is_folder_link(path)) &&
                   !load_file(loader, path, load_document)) {
            return false;
        }
    }
    return true;
}

/* Reads dsc.yaml. Where there is none that can be used, an empty one stands for it, and what lies
 * beside it is not read. */
static bool read_config(struct loader *loader, bool *usable)
{
    struct model *model = loader->model;
    const char *path = path_below(loader->scratch, model->root, "dsc.yaml");
    size_t known = loader->diags->all.n;
    struct dir_list list;

    if (file_exists(path)) {
        if (!load_file(loader, path, load_config))
            return false;
        struct span start = {
            .file = (uint32_t)loader->diags->files.n, .line = 1, .col = 1, .len = 1};
        if (!model->config && loader->diags->all.n == known)
            complain(loader, NULL, "missing-key", start,
                     "dsc.yaml is empty: it needs `language: 1`");
    } else {
        if (!dir_read(loader->scratch, model->root, &list))
            return false;
        struct diag *diag = complain(loader, NULL, "no-config", (struct span){0},
                                     "no dsc.yaml in %s: it is no model's folder", model->root);
        diag_hint(loader->diags, diag, "name the folder of a model, or begin one with `dsc init`");
    }
    *usable = model->config && (!model->config->language.set || model->config->language.n == 1);
    if (!model->config) {
        model->config = ARENA_NEW(model->arena, struct config);
        model->config->head = (struct head){.kind = &kind_config, .broken = true};
    }
    return true;
}

bool model_load(struct model *model, const char *root, struct arena *arena, struct diags *diags)
{
    struct loader loader = {.model = model, .diags = diags};
    bool usable = false;

    *model = (struct model){.arena = arena, .strings = strings_new(arena), .root = root};
    model->by_name = map_new(arena);
    loader.scratch = arena_new();
    loader.document = arena_new();
    loader.blanks = map_new(loader.scratch);
    loader.lines = map_new(loader.scratch);
    loader.types = map_new(loader.scratch);
    loader.lost_names = map_new(loader.scratch);
    bool read = read_config(&loader, &usable) && (!usable || walk_folder(&loader, ""));
    if (read) {
        sort_documents(&loader);
        resolve_references(&loader);
        derive(&loader);
    }
    buf_free(&loader.bytes);
    arena_free(loader.document);
    arena_free(loader.scratch);
    return read;
}
