/* Files and folders, one at a time. */
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_trim(struct arena *arena, const char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_strndup(arena, path, length);
}

char *path_resolve(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    char *copy = path_trim(arena, real ? real : path);

    free(real);
    return copy;
}

size_t path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash + 1 - path) : 0;
}

const char *path_parent(struct arena *arena, const char *path)
{
    size_t name = path_name(path);

    return name ? arena_strndup(arena, path, name) : ".";
}

char *path_beside(struct arena *arena, const char *path, const char *word, unsigned n)
{
    size_t name = path_name(path);

    return arena_printf(arena, "%.*s.%s.%s-%ld-%u", (int)name, path, path + name, word,
                        (long)getpid(), n);
}

bool fd_write(int fd, const void *bytes, size_t length)
{
    const char *at = bytes;

    while (length) {
        ssize_t n = write(fd, at, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        at += n;
        length -= (size_t)n;
    }
    return true;
}

/* Opens a regular file; anything else is refused, a FIFO without waiting for its writer. */
static int open_regular(const char *path, size_t *size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) < 0) {
        env_error("cannot read %s: %s", path, strerror(errno));
    } else if (S_ISREG(status.st_mode)) {
        *size = (size_t)status.st_size;
        return fd;
    } else {
        env_error("cannot read %s: it is %s, not a file", path,
                  S_ISDIR(status.st_mode) ? "a folder" : "a pipe, socket or device");
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

bool file_read(const char *path, size_t limit, struct buf *out)
{
    size_t size = 0, begin = out->len;
    int fd = open_regular(path, &size);
    ssize_t n = 1;

    if (fd < 0)
        return false;
    while (n) { /* to the end, whatever the size said: files in /proc have none */
        size_t have = out->len - begin;

        if (limit && (have > limit || size > limit)) {
            close(fd);
            return env_error("cannot read %s: it has more than %zu bytes", path, limit);
        }
        buf_reserve(out, size > have ? size - have : 1);
        n = read(fd, out->data + out->len, out->cap - out->len - 1);
        if (n < 0 && errno != EINTR) {
            env_error("cannot read %s: %s", path, strerror(errno));
            close(fd);
            return false;
        }
        out->len += n > 0 ? (size_t)n : 0;
        out->data[out->len] = '\0';
    }
    close(fd);
    return true;
}

bool file_sha256(const char *path, char out[SHA256_HEX])
{
    struct sha256 *sha;
    char bytes[1 << 16];
    size_t size;
    ssize_t n = 1;
    int fd = open_regular(path, &size);

    if (fd < 0)
        return false;
    sha = sha256_begin();
    while (n) {
        n = read(fd, bytes, sizeof(bytes));
        if (n < 0 && errno != EINTR)
            break;
        sha256_add(sha, bytes, n > 0 ? (size_t)n : 0);
    }
    if (n < 0)
        env_error("cannot read %s: %s", path, strerror(errno));
    close(fd);
    sha256_end(sha, out);
    return n == 0;
}

bool sync_parent(struct arena *arena, const char *path)
{
    int fd = open(path_parent(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int why = errno;

    if (fd >= 0)
        close(fd);
    errno = why;
    return good;
}

/* Fills `temporary`, with the mode of `target` if that exists, and puts it in the place of it. */
static bool replace(struct arena *arena, const char *temporary, const char *target,
                    const void *bytes, size_t length)
{
    struct stat old;
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0)
        return false;
    bool good = fd_write(fd, bytes, length) &&
                (stat(target, &old) < 0 || fchmod(fd, old.st_mode & 07777) == 0) && fsync(fd) == 0;
    int why = errno;
    close(fd);
    errno = why;
    if (good && rename(temporary, target) == 0)
        return sync_parent(arena, target);
    why = errno;
    unlink(temporary);
    errno = why;
    return false;
}

bool file_write(const char *path, const void *bytes, size_t length)
{
    struct arena *arena = arena_new();
    char *target = path_resolve(arena, path);
    struct stat status;
    bool good;

    if (stat(target, &status) == 0 && !S_ISREG(status.st_mode)) {
        good = env_error("cannot write %s: it exists and is not a file", path);
    } else {
        char *temporary = path_beside(arena, target, "new", 0);

        unlink(temporary); /* left by an earlier process that had our number */
        good = replace(arena, temporary, target, bytes, length) ||
               env_error("cannot write %s: %s", path, strerror(errno));
    }
    arena_free(arena);
    return good;
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool dir_make(const char *path)
{
    struct buf partial = {0};
    struct stat status;
    bool good = true;

    buf_puts(&partial, path);
    for (size_t i = 1; good && i <= partial.len; i++) {
        char kept = partial.data[i];

        if (kept && kept != '/')
            continue;
        partial.data[i] = '\0';
        good = mkdir(partial.data, 0777) == 0 || errno == EEXIST;
        partial.data[i] = kept;
    }
    buf_free(&partial);
    good = good && stat(path, &status) == 0;
    if (good && !S_ISDIR(status.st_mode)) {
        good = false;
        errno = ENOTDIR;
    }
    return good || env_error("cannot make the folder %s: %s", path, strerror(errno));
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    if (remove(path) == 0 || errno == ENOENT)
        return 0;
    env_error("cannot remove %s: %s", path, strerror(errno));
    return 1;
}

bool dir_remove(const char *path)
{
    enum { DESCRIPTORS = 32 };
    int result = nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);

    if (result == 0 || (result < 0 && errno == ENOENT))
        return true;
    return result > 0 ? false : env_error("cannot remove %s: %s", path, strerror(errno));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct dir_entry *)a)->name, ((const struct dir_entry *)b)->name);
}

/* What the entry is; asks the file system where the directory does not tell. */
static char entry_kind(DIR *dir, const struct dirent *entry)
{
    struct stat status;

    if (entry->d_type == DT_DIR || entry->d_type == DT_REG)
        return entry->d_type == DT_DIR ? 'd' : 'f';
    if (entry->d_type != DT_UNKNOWN ||
        fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return '?';
    return S_ISDIR(status.st_mode) ? 'd' : S_ISREG(status.st_mode) ? 'f' : '?';
}

bool dir_read(struct arena *arena, const char *path, struct dir_list *out)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;

    if (!dir)
        return env_error("cannot read the folder %s: %s", path, strerror(errno));
    *out = (struct dir_list){0};
    while (errno = 0, (entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            vec_push(
                arena, &out->entries,
                (struct dir_entry){arena_strdup(arena, entry->d_name), entry_kind(dir, entry)});
    }
    int why = errno;
    closedir(dir);
    if (why)
        return env_error("cannot read the folder %s: %s", path, strerror(why));
    if (out->entries.n)
        qsort(out->entries.v, out->entries.n, sizeof(struct dir_entry), by_name);
    return true;
}
