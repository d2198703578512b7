/* A folder that is written as a whole, then exchanged with the one it replaces. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct swap {
    struct arena *arena;

    const char *shown; /* the target as the user wrote it */

    const char *target; /* with links followed */

    const char *fresh; /* beside it; after a commit the old folder is there */

    bool replaces; /* there is an old folder */

    bool failed; /* and that was reported */

    int fd; /* of the fresh folder, locked; -1: closed */

    struct buf made; /* the directory that was made last: files mostly come by directory */
};

/* Reports the first failure. `name` NULL: the folder itself. */
static bool fail(struct swap *swap, const char *name, const char *why)
{
    swap->failed = true;
    return env_error("cannot write %s%s%s: %s%s", swap->shown, name ? "/" : "", name ? name : "",
                     why, swap->replaces ? "; the old folder is untouched" : "");
}

static bool stop(struct swap *swap)
{
    swap->failed = true;
    return env_error("interrupted, writing %s%s", swap->shown,
                     swap->replaces ? "; the old folder is untouched" : "");
}

/* Whether `name` is a temporary folder beside `target`, of a process that is gone. */
static bool is_leftover(const char *target, const char *word, const char *name)
{
    size_t length = strlen(target);
    long pid;
    int end = 0;

    if (name[0] != '.' || strncmp(name + 1, target, length) != 0 || name[length + 1] != '.')
        return false;
    name += length + 2;
    length = strlen(word);
    if (strncmp(name, word, length) != 0)
        return false;
    return sscanf(name + length, "-%ld-%*u%n", &pid, &end) == 1 && end &&
           !name[length + (size_t)end] && pid > 0 && kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

/* The lock tells a run of another container, whose processes cannot be seen from here. */
static void remove_unlocked(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        dir_remove(path);
    close(fd);
}

static bool remove_leftovers(const struct swap *swap)
{
    size_t name = path_name(swap->target);
    const char *parent = path_parent(swap->arena, swap->target);
    struct dir_list list;

    if (!dir_read(swap->arena, parent, &list))
        return false;
    for (size_t i = 0; i < list.entries.n; i++) {
        const char *entry = list.entries.v[i].name;

        /* An old one set aside may be the only one there is. */
        if (is_leftover(swap->target + name, "new", entry) ||
            (swap->replaces && is_leftover(swap->target + name, "old", entry)))
            remove_unlocked(arena_printf(swap->arena, "%s/%s", parent, entry));
    }
    return true;
}

/* Makes and locks the fresh folder. */
static bool make_fresh(struct swap *swap)
{
    enum { TRIES = 100 };
    int made = -1;

    for (unsigned n = 0; n < TRIES && made < 0; n++) {
        swap->fresh = path_beside(swap->arena, swap->target, "new", n);
        made = mkdir(swap->fresh, 0777);
        if (made < 0 && errno != EEXIST)
            break;
    }
    if (made < 0)
        return fail(swap, NULL, strerror(errno));
    swap->fd = open(swap->fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (swap->fd < 0) {
        fail(swap, NULL, strerror(errno));
        rmdir(swap->fresh);
        return false;
    }
    flock(swap->fd, LOCK_SH); /* where folders cannot be locked, the process number has to do */
    return true;
}

struct swap *swap_begin(struct arena *arena, const char *path)
{
    struct swap *swap = ARENA_NEW(arena, struct swap);
    struct stat status;

    *swap = (struct swap){.arena = arena,
                          .shown = path_trim(arena, path),
                          .target = path_resolve(arena, path),
                          .fd = -1};
    if (stat(swap->target, &status) == 0) {
        swap->replaces = true;
        if (!S_ISDIR(status.st_mode)) {
            env_error(
                "cannot write the folder %s: it exists and is no folder; remove it, or choose "
                "another place",
                path);
            return NULL;
        }
    }
    if (!dir_make(path_parent(arena, swap->target)))
        return NULL;
    return remove_leftovers(swap) && make_fresh(swap) ? swap : NULL;
}

/* Names come from tables and checked identifiers: one that leads elsewhere is a bug. */
static void check_name(const char *name)
{
    for (const char *at = name;; at++) {
        size_t length = strcspn(at, "/");

        if (!length || (at[0] == '.' && (length == 1 || (length == 2 && at[1] == '.'))))
            fatal("\"%s\" cannot be the name of a file in a folder", name);
        at += length;
        if (!*at)
            return;
    }
}

static bool make_parents(struct swap *swap, const char *name)
{
    size_t length = path_name(name);

    if (length == swap->made.len && (!length || memcmp(swap->made.data, name, length) == 0))
        return true;
    buf_clear(&swap->made);
    buf_put(&swap->made, name, length);
    for (size_t i = 0; i < length; i++) {
        if (swap->made.data[i] != '/')
            continue;
        swap->made.data[i] = '\0';
        if (mkdirat(swap->fd, swap->made.data, 0777) < 0 && errno != EEXIST)
            return false;
        swap->made.data[i] = '/';
    }
    return true;
}

static bool write_one(struct swap *swap, const char *name, int flags, const void *bytes,
                      size_t length)
{
    if (!make_parents(swap, name))
        return false;
    int fd = openat(swap->fd, name, O_WRONLY | O_CLOEXEC | flags, 0666);
    if (fd < 0)
        return false;
    bool good = fd_write(fd, bytes, length);
    int why = errno;
    if (close(fd) < 0 && good)
        return false;
    errno = why;
    return good;
}

static bool put(struct swap *swap, const char *name, int flags, const void *bytes, size_t length)
{
    check_name(name);
    if (swap->failed)
        return false;
    if (interrupted())
        return stop(swap);
    return write_one(swap, name, flags, bytes, length) || fail(swap, name, strerror(errno));
}

bool swap_write(struct swap *swap, const char *name, const void *bytes, size_t length)
{
    return put(swap, name, O_CREAT | O_EXCL, bytes, length);
}

bool swap_append(struct swap *swap, const char *name, const void *bytes, size_t length)
{
    return put(swap, name, O_APPEND, bytes, length);
}

/* Where the file system cannot exchange two names, for a moment neither folder is in place. */
static bool exchange_by_steps(struct swap *swap)
{
    const char *aside = path_beside(swap->arena, swap->target, "old", 0);

    if (rename(swap->target, aside) < 0)
        return false;
    if (rename(swap->fresh, swap->target) == 0)
        return rename(aside, swap->fresh) == 0;
    int why = errno;
    if (rename(aside, swap->target) < 0)
        return env_error("cannot put %s back to %s: %s; do it by hand", aside, swap->target,
                         strerror(errno));
    errno = why;
    return false;
}

/* Puts the fresh folder in its place; the old one ends up where the fresh one was. */
static bool exchange(struct swap *swap)
{
    if (!swap->replaces)
        return rename(swap->fresh, swap->target) == 0;
    if (renameat2(AT_FDCWD, swap->fresh, AT_FDCWD, swap->target, RENAME_EXCHANGE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP) && exchange_by_steps(swap);
}

bool swap_commit(struct swap *swap)
{
    if (swap->failed)
        return false;
    if (interrupted())
        return stop(swap);
    /* One sync of the file system: a sync for each of thousands of files takes minutes. */
    if (syncfs(swap->fd) < 0 || !exchange(swap))
        return fail(swap, NULL, strerror(errno));
    const char *old = swap->replaces ? swap->fresh : NULL;
    swap->fresh = NULL;
    swap->failed = true; /* nothing more can be written */
    if (!sync_parent(swap->arena, swap->target))
        return env_error("cannot sync the folder of %s: %s", swap->shown, strerror(errno));
    return !old || dir_remove(old);
}

void swap_abort(struct swap *swap)
{
    if (!swap)
        return;
    if (swap->fresh)
        dir_remove(swap->fresh);
    if (swap->fd >= 0)
        close(swap->fd);
    buf_free(&swap->made);
    swap->fd = -1;
    swap->fresh = NULL;
    swap->failed = true;
}
