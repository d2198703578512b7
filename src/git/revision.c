#include "dsc/git.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* Whether anything below `folder` (relative to the work tree, with a slash at its end, or empty) is
 * not as HEAD has it. What cannot be told counts as changed. */
static bool is_changed(git_repository *repository, const char *folder)
{
    git_status_options options;
    git_status_list *list = NULL;
    char *paths[] = {(char *)(uintptr_t)folder};

    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
    if (*folder)
        options.pathspec = (git_strarray){paths, 1};
    bool changed = git_status_list_new(&list, repository, &options) != 0 ||
                   git_status_list_entrycount(list) > 0;
    git_status_list_free(list);
    return changed;
}

/* `path` as seen from the root of the work tree; "" for the root itself, NULL where it is outside.
 */
static const char *below_root(struct arena *arena, git_repository *repository, const char *path)
{
    const char *root = git_repository_workdir(repository);
    char *real = realpath(path, NULL);
    const char *below = NULL;

    if (root && real) {
        const char *whole = arena_printf(arena, "%s/", real);
        if (strncmp(whole, root, strlen(root)) == 0)
            below = whole + strlen(root);
    }
    free(real);
    return below;
}

const char *git_revision(struct arena *arena, const char *path)
{
    git_repository *repository = NULL;
    git_oid head;
    char digits[GIT_OID_HEXSZ + 1];
    const char *revision = NULL;

    git_libgit2_init();
    if (git_repository_open_ext(&repository, path, 0, NULL) != 0 ||
        git_reference_name_to_id(&head, repository, "HEAD") != 0)
        goto out;
    const char *folder = below_root(arena, repository, path);
    if (!folder)
        goto out;
    git_oid_tostr(digits, sizeof digits, &head);
    revision = arena_printf(arena, "%s%s", digits, is_changed(repository, folder) ? "-dirty" : "");
out:
    git_repository_free(repository);
    git_libgit2_shutdown();
    return revision;
}
