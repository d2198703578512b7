#include "manifest.h"

#include "dsc/version.h"

#include <stdlib.h>
#include <string.h>

static int compare_paths(const void *left, const void *right)
{
    const struct manifest_file *const *a = left, *const *b = right;

    return strcmp((*a)->path, (*b)->path);
}

static void sort_files(struct manifest *manifest)
{
    if (manifest->files.n)
        qsort(manifest->files.v, manifest->files.n, sizeof(struct manifest_file *), compare_paths);
}

void manifest_write(struct buf *out, struct manifest *manifest, const struct emission *emission,
                    enum emit_folder folder, const char *revision)
{
    struct arena *arena = emission->arena;
    struct doc *root = doc_map(arena), *model = doc_map(arena), *files = doc_list(arena);
    char hash[SHA256_HEX];

    doc_set_string(arena, root, "dsc", DSC_VERSION);
    doc_set_string(arena, root, "platform", emission->platform->name.s);
    doc_set_string(arena, root, "folder", folder == EMIT_BOOTSTRAP ? "bootstrap" : "pipeline");
    model_hash(emission->model, hash);
    doc_set_string(arena, model, "hash", arena_strdup(arena, hash));
    doc_set_string(arena, model, "revision", revision);
    doc_set(root, "model", model);
    sort_files(manifest);
    for (size_t i = 0; i < manifest->files.n; i++) {
        const struct manifest_file *file = manifest->files.v[i];
        struct doc *entry = doc_add(files, doc_map(arena));

        doc_set_string(arena, entry, "path", file->path);
        doc_set_string(arena, entry, "sha256", file->sha256);
        doc_set_int(arena, entry, "size", (int64_t)file->size);
    }
    doc_set(root, "files", files);
    doc_write_json(out, root);
}

static const struct doc *member(const struct doc *map, const char *key, enum doc_kind kind)
{
    const struct doc *found = map && map->kind == DOC_MAP ? doc_get(map, key) : NULL;

    return found && found->kind == kind ? found : NULL;
}

/* The files that a manifest lists; NULL: it is none that dsc wrote. */
static struct manifest *parse(struct arena *arena, const struct buf *json)
{
    struct manifest *manifest = ARENA_NEW(arena, struct manifest);
    const char *why;
    const struct doc *root = doc_read_json(arena, json->data, json->len, &why);
    const struct doc *files = member(root, "files", DOC_LIST);

    if (!member(root, "dsc", DOC_STRING) || !files)
        return NULL;
    for (const struct doc *entry = files->first; entry; entry = entry->next) {
        const struct doc *path = member(entry, "path", DOC_STRING);
        const struct doc *sum = member(entry, "sha256", DOC_STRING);
        struct manifest_file *file = ARENA_NEW(arena, struct manifest_file);

        if (!path || !sum || strlen(sum->string) != SHA256_HEX - 1)
            return NULL;
        file->path = path->string;
        memcpy(file->sha256, sum->string, SHA256_HEX);
        vec_push(arena, &manifest->files, file);
    }
    sort_files(manifest);
    return manifest;
}

/* Everything below `folder` but its manifest, without sums. */
static bool list_files(struct arena *arena, const char *folder, const char *below,
                       struct manifest *found)
{
    struct dir_list list;

    if (!dir_read(arena, arena_printf(arena, "%s%s", folder, below), &list))
        return false;
    for (size_t i = 0; i < list.entries.n; i++) {
        const struct dir_entry *entry = &list.entries.v[i];
        const char *path = arena_printf(arena, "%s/%s", below, entry->name);

        if (entry->kind == 'd') {
            if (!list_files(arena, folder, path, found))
                return false;
        } else if (strcmp(path + 1, MANIFEST_NAME) != 0) {
            struct manifest_file *file = ARENA_NEW(arena, struct manifest_file);

            file->path = path + 1;
            vec_push(arena, &found->files, file);
        }
    }
    return true;
}

/* What a person did to the folder, in words; only the first few files are named. */
struct changes {
    struct arena *arena;
    const char *text; /* "a.json was edited, b.txt was added" */
    size_t n;
};

static void add_change(struct changes *changes, const char *path, const char *what)
{
    enum { NAMED = 4 };

    if (changes->n++ < NAMED)
        changes->text =
            arena_printf(changes->arena, "%s%s%s %s", changes->n > 1 ? changes->text : "",
                         changes->n > 1 ? ", " : "", path, what);
    else if (changes->n == NAMED + 1)
        changes->text = arena_printf(changes->arena, "%s, and more", changes->text);
}

/* Both are sorted: what is only in one of them was added or is missing. */
static bool compare(const char *folder, const struct manifest *wrote, const struct manifest *found,
                    struct changes *changes)
{
    size_t w = 0, f = 0;

    while (w < wrote->files.n || f < found->files.n) {
        const struct manifest_file *was = w < wrote->files.n ? wrote->files.v[w] : NULL;
        const struct manifest_file *is = f < found->files.n ? found->files.v[f] : NULL;
        int order = !was ? 1 : !is ? -1 : strcmp(was->path, is->path);
        char sum[SHA256_HEX];

        w += order <= 0;
        f += order >= 0;
        if (order < 0) {
            add_change(changes, was->path, "is missing");
        } else if (order > 0) {
            add_change(changes, is->path, "was added");
        } else {
            if (!file_sha256(arena_printf(changes->arena, "%s/%s", folder, is->path), sum))
                return false;
            if (strcmp(sum, was->sha256) != 0)
                add_change(changes, is->path, "was edited");
        }
    }
    return true;
}

bool manifest_check(struct arena *arena, const char *folder)
{
    const char *path = arena_printf(arena, "%s/" MANIFEST_NAME, folder);
    struct manifest found = {0}, *wrote = NULL;
    struct changes changes = {.arena = arena};
    struct buf json = {0};

    if (!file_exists(folder))
        return true;
    if (!list_files(arena, folder, "", &found))
        return false;
    if (!found.files.n && !file_exists(path))
        return true;
    if (!file_exists(path))
        return env_error("%s was not written by dsc: it has no " MANIFEST_NAME
                         "; choose another folder, or replace this one with --force",
                         folder);
    if (file_read(path, 0, &json))
        wrote = parse(arena, &json);
    buf_free(&json);
    if (!wrote)
        return env_error("%s does not tell what dsc wrote; look for edits in %s, then replace it "
                         "with --force",
                         path, folder);
    sort_files(&found);
    if (!compare(folder, wrote, &found, &changes))
        return false;
    return !changes.n ||
           env_error("%s was changed since dsc wrote it: %s; take the changes into the "
                     "model, then replace it with --force",
                     folder, changes.text);
}
