/* base: files, folders, and the folder that is exchanged as a whole. */
#include "dsc/base.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The test's own system calls, which the program calls in place of libc's: they fail when told to.
 */
static struct {
    bool no_exchange; /* as on a file system that cannot exchange names */

    int sync_error, renames_before_error; /* 0: none */
} faults;

int renameat2(int old_dir, const char *old, int new_dir, const char *new, unsigned flags)
{
    if (!faults.no_exchange)
        return (int)syscall(SYS_renameat2, old_dir, old, new_dir, new, flags);
    errno = EINVAL;
    return -1;
}

int rename(const char *old, const char *new)
{
    if (!faults.renames_before_error || --faults.renames_before_error)
        return (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
    errno = EIO;
    return -1;
}

int syncfs(int fd)
{
    errno = faults.sync_error;
    return errno ? -1 : (int)syscall(SYS_syncfs, fd);
}

/* A folder of the test, the working directory while it runs, and what the test says on stderr. */
struct place {
    struct arena *arena;

    char path[64];

    int home, stderr_kept;
};

static int enter(void **state)
{
    struct place *place = calloc(1, sizeof(*place));

    strcpy(place->path, "/tmp/dsc-file-test-XXXXXX");
    place->arena = arena_new();
    place->home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    place->stderr_kept = dup(STDERR_FILENO);
    if (!mkdtemp(place->path) || chdir(place->path) < 0 || !freopen("stderr", "w+", stderr))
        return -1;
    setvbuf(stderr, NULL, _IONBF, 0);
    umask(022);
    *state = place;
    return 0;
}

static int leave(void **state)
{
    struct place *place = *state;
    bool good = fchdir(place->home) == 0 && dir_remove(place->path);

    dup2(place->stderr_kept, STDERR_FILENO);
    close(place->stderr_kept);
    close(place->home);
    arena_free(place->arena);
    free(place);
    memset(&faults, 0, sizeof(faults));
    return good ? 0 : -1;
}

/* What was said since the last look. */
static const char *said(struct place *place)
{
    struct buf text = {0};

    assert_true(file_read("stderr", 0, &text));
    const char *copy = arena_strndup(place->arena, text.data, text.len);
    buf_free(&text);
    rewind(stderr);
    assert_int_equal(ftruncate(STDERR_FILENO, 0), 0);
    return copy;
}

static void assert_content(const char *path, const char *expected)
{
    struct buf text = {0};

    assert_true(file_read(path, 0, &text));
    assert_string_equal(text.data, expected);
    buf_free(&text);
}

/* The names in the working directory but the test's own, one after the other. */
static const char *names(struct place *place)
{
    struct dir_list list;
    const char *all = "";

    assert_true(dir_read(place->arena, ".", &list));
    for (size_t i = 0; i < list.entries.n; i++) {
        if (strcmp(list.entries.v[i].name, "stderr") != 0)
            all =
                arena_printf(place->arena, "%s%s%s", all, *all ? " " : "", list.entries.v[i].name);
    }
    return all;
}

static void files_are_read_whole(void **state)
{
    struct place *place = *state;
    struct buf text = {0};

    buf_puts(&text, "before ");
    assert_true(file_write("file", "text", 4));
    assert_true(file_read("file", 4, &text));
    assert_string_equal(text.data, "before text");
    assert_false(file_read("file", 3, &text));
    assert_non_null(strstr(said(place), "dsc: cannot read file: it has more than 3 bytes"));
    buf_clear(&text);
    assert_true(file_read("/proc/self/status", 0, &text)); /* has no size */
    assert_non_null(strstr(text.data, "Pid:"));
    assert_false(file_read("/proc/self/status", 10, &text));
    said(place);
    assert_false(file_read("/proc/self/mem", 0, &text)); /* nothing is at address 0 */
    assert_string_equal(said(place), "dsc: cannot read /proc/self/mem: Input/output error\n");
    assert_true(file_write("empty", NULL, 0));
    assert_content("empty", "");
    buf_free(&text);
}

static void only_files_are_read(void **state)
{
    struct place *place = *state;
    struct buf text = {0};

    assert_false(file_read("absent", 0, &text));
    assert_string_equal(said(place), "dsc: cannot read absent: No such file or directory\n");
    assert_false(file_read(".", 0, &text));
    assert_string_equal(said(place), "dsc: cannot read .: it is a folder, not a file\n");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_false(file_read("fifo", 0, &text));
    assert_non_null(strstr(said(place), "cannot read fifo: it is a pipe, socket or device"));
    assert_false(file_read("/dev/zero", 0, &text));
    buf_free(&text);
}

static void files_are_replaced_and_keep_their_mode(void **state)
{
    struct place *place = *state;
    struct stat status;

    assert_true(file_write("file", "one", 3));
    assert_int_equal(stat("file", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0644);
    assert_int_equal(chmod("file", 0750), 0);
    assert_int_equal(symlink("file", "link"), 0);
    assert_true(file_write("link", "two", 3));
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(stat("file", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0750);
    assert_content("file", "two");
    assert_string_equal(names(place), "file link");
}

enum { FILE_LIMIT = 4096 }; /* more than what is said on stderr, which is a file here */

/* Writing beyond the limit fails as it does on a full disk. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    static const char text[2 * FILE_LIMIT];

    signals_install();
    assert_true(file_write("file", "old", 3));
    limit_files(FILE_LIMIT);
    bool written = file_write("file", text, sizeof(text));
    limit_files(RLIM_INFINITY);
    assert_false(written);
    assert_content("file", "old");
    assert_string_equal(names(place), "file");
    assert_string_equal(said(place), "dsc: cannot write file: File too large\n");
    assert_false(file_write("file/below", text, 1));
    assert_string_equal(said(place), "dsc: cannot write file/below: Not a directory\n");
    assert_false(file_write(".", text, 1));
    assert_non_null(strstr(said(place), "cannot write .: it exists and is not a file"));
    assert_false(file_write("absent/file", text, 1));
}

static void folders_are_made_read_and_removed(void **state)
{
    struct place *place = *state;
    struct dir_list list;

    assert_true(dir_make("a/b/c"));
    assert_true(dir_make("a/b/c/"));
    assert_true(dir_make("a//b"));
    assert_true(file_write("a/file", "x", 1));
    assert_false(dir_make("a/file"));
    assert_string_equal(said(place), "dsc: cannot make the folder a/file: Not a directory\n");
    assert_false(dir_make("a/file/b"));
    assert_true(file_write("kept", "x", 1));
    assert_int_equal(symlink("../kept", "a/link"), 0);
    assert_int_equal(symlink(".", "a/b/loop"), 0);
    assert_true(dir_read(place->arena, "a", &list));
    assert_int_equal(list.entries.n, 3);
    assert_string_equal(list.entries.v[0].name, "b");
    assert_int_equal(list.entries.v[0].kind, 'd');
    assert_string_equal(list.entries.v[1].name, "file");
    assert_int_equal(list.entries.v[1].kind, 'f');
    assert_string_equal(list.entries.v[2].name, "link");
    assert_int_equal(list.entries.v[2].kind, '?');
    assert_true(dir_remove("a"));
    assert_true(dir_remove("a"));
    assert_false(file_exists("a"));
    assert_true(file_exists("kept"));
    said(place);
    assert_false(dir_remove("kept/below"));
    assert_string_equal(said(place), "dsc: cannot remove kept/below: Not a directory\n");
    assert_false(dir_read(place->arena, "a", &list));
    assert_non_null(strstr(said(place), "cannot read the folder a"));
}

/* Writes two files into the swap. */
static void fill(struct swap *swap, const char *text)
{
    assert_non_null(swap);
    assert_true(swap_write(swap, "MANIFEST", text, strlen(text)));
    assert_true(swap_write(swap, "pipeline/deep/x.json", text, strlen(text)));
    assert_true(swap_write(swap, "pipeline/deep/y.json", "", 0));
    assert_true(swap_write(swap, "pipeline/z.json", text, strlen(text)));
}

static void write_folder(struct place *place, const char *path, const char *text)
{
    struct swap *swap = swap_begin(place->arena, path);

    fill(swap, text);
    assert_true(swap_commit(swap));
    swap_abort(swap);
}

static void a_folder_is_exchanged_as_a_whole(void **state)
{
    struct place *place = *state;
    struct stat status;

    for (int round = 0; round < 2; round++) {
        faults.no_exchange = round == 1;
        write_folder(place, "some/out", "one");
        assert_content("some/out/pipeline/deep/x.json", "one");
        assert_int_equal(stat("some/out", &status), 0);
        assert_int_equal(status.st_mode & 07777, 0755);
        assert_true(file_write("some/out/stale", "x", 1));
        write_folder(place, "some/out/", "two");
        assert_content("some/out/MANIFEST", "two");
        assert_content("some/out/pipeline/z.json", "two");
        assert_false(file_exists("some/out/stale"));
        assert_true(dir_remove("some/out"));
        assert_int_equal(rmdir("some"), 0); /* so nothing else was left in it */
    }
    assert_string_equal(said(place), "");
}

static void a_link_to_a_folder_stays_a_link(void **state)
{
    struct place *place = *state;
    struct stat status;

    write_folder(place, "real", "one");
    assert_int_equal(symlink("real", "link"), 0);
    write_folder(place, "link", "two");
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_content("real/MANIFEST", "two");
    assert_string_equal(names(place), "link real");
}

static void an_aborted_swap_leaves_the_old_folder(void **state)
{
    struct place *place = *state;

    write_folder(place, "out", "old");
    struct swap *swap = swap_begin(place->arena, "out");
    fill(swap, "new");
    assert_content("out/MANIFEST", "old");
    swap_abort(swap);
    swap_abort(swap);
    swap_abort(NULL);
    assert_false(swap_commit(swap));
    assert_content("out/MANIFEST", "old");
    assert_string_equal(names(place), "out");
}

static void a_full_disk_is_told_once_and_leaves_the_old_folder(void **state)
{
    struct place *place = *state;
    static const char text[2 * FILE_LIMIT];

    signals_install();
    write_folder(place, "out", "old");
    struct swap *swap = swap_begin(place->arena, "out");
    fill(swap, "new");
    limit_files(FILE_LIMIT);
    bool written = swap_write(swap, "pipeline/deep/large", text, sizeof(text));
    limit_files(RLIM_INFINITY);
    assert_false(written);
    assert_false(swap_write(swap, "other", text, 1));
    assert_false(swap_commit(swap));
    swap_abort(swap);
    assert_string_equal(said(place), "dsc: cannot write out/pipeline/deep/large: File too large; "
                                     "the old folder is untouched\n");
    assert_content("out/MANIFEST", "old");
    assert_string_equal(names(place), "out");
}

static void a_commit_that_fails_leaves_the_old_folder(void **state)
{
    static const struct {
        int sync_error, renames_before_error;
        const char *said;
    } cases[] = {
        {ENOSPC, 0, "No space left on device"},
        {0, 1, "Input/output error"}, /* setting the old one aside */
        {0, 2, "Input/output error"}, /* putting the new one in its place */
    };
    struct place *place = *state;

    write_folder(place, "out", "old");
    faults.no_exchange = true;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct swap *swap = swap_begin(place->arena, "out");

        fill(swap, "new");
        faults.sync_error = cases[i].sync_error;
        faults.renames_before_error = cases[i].renames_before_error;
        assert_false(swap_commit(swap));
        faults.sync_error = 0;
        swap_abort(swap);
        assert_string_equal(said(place),
                            arena_printf(place->arena,
                                         "dsc: cannot write out: %s; the old folder is untouched\n",
                                         cases[i].said));
        assert_content("out/MANIFEST", "old");
        assert_string_equal(names(place), "out");
    }
}

static void what_stands_in_the_way_is_told(void **state)
{
    struct place *place = *state;

    assert_true(file_write("file", "x", 1));
    assert_null(swap_begin(place->arena, "file"));
    assert_non_null(
        strstr(said(place), "cannot write the folder file: it exists and is no folder"));
    assert_null(swap_begin(place->arena, "file/out"));
    assert_non_null(strstr(said(place), "cannot make the folder file/: Not a directory"));
    struct swap *swap = swap_begin(place->arena, "out");
    assert_true(swap_write(swap, "a", "x", 1));
    assert_false(swap_write(swap, "a/b", "x", 1));
    assert_string_equal(said(place), "dsc: cannot write out/a/b: Not a directory\n");
    swap_abort(swap);
    swap = swap_begin(place->arena, "out/"); /* it does not exist yet */
    assert_true(swap_write(swap, "a", "x", 1));
    assert_false(swap_write(swap, "a/b/c", "x", 1));
    assert_string_equal(said(place), "dsc: cannot write out/a/b/c: Not a directory\n");
    swap_abort(swap);
    swap = swap_begin(place->arena, "out");
    assert_true(swap_write(swap, "a", "x", 1));
    assert_false(swap_write(swap, "a", "x", 1));
    assert_string_equal(said(place), "dsc: cannot write out/a: File exists\n");
    swap_abort(swap);
    assert_content("file", "x");
    assert_string_equal(names(place), "file");
}

/* A process number that no process has: of a child that ended. */
static pid_t dead_process(void)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return child;
}

static void what_killed_runs_left_is_removed(void **state)
{
    struct place *place = *state;
    long dead = (long)dead_process();
    const char *leftover = arena_printf(place->arena, ".out.new-%ld-0", dead);
    const char *locked = arena_printf(place->arena, ".out.new-%ld-1", dead);
    const char *aside = arena_printf(place->arena, ".out.old-%ld-0", dead);
    const char *running = arena_printf(place->arena, ".out.new-%ld-7", (long)getppid());
    const char *others[] = {arena_printf(place->arena, ".outer.new-%ld-0", dead),
                            arena_printf(place->arena, ".out.new-%ld", dead),
                            arena_printf(place->arena, ".out.new-%ld-0x", dead), ".out.new-x-0"};

    for (size_t i = 0; i < COUNT(others); i++)
        assert_true(dir_make(others[i]));
    assert_true(dir_make(arena_printf(place->arena, "%s/a/b", leftover)));
    assert_true(dir_make(locked) && dir_make(aside) && dir_make(running));
    int lock = open(locked, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(flock(lock, LOCK_EX), 0);

    write_folder(place, "out", "one");
    assert_false(file_exists(leftover));
    assert_true(file_exists(locked) && file_exists(running));
    assert_true(file_exists(aside)); /* the only one there was */
    close(lock);
    write_folder(place, "out", "two");
    assert_false(file_exists(locked) || file_exists(aside));
    assert_true(file_exists(running));
    for (size_t i = 0; i < COUNT(others); i++)
        assert_true(file_exists(others[i]));
    assert_string_equal(said(place), "");
}

/* Runs `check` in a process of its own, since a signal that came stays known. */
static void in_child(void (*check)(struct place *), struct place *place)
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        check(place);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void demand(bool condition, int line)
{
    if (!condition)
        _exit(line % 200 + 1);
}

static void interrupt_writing(struct place *place)
{
    struct swap *swap = swap_begin(place->arena, "out");

    signals_install();
    demand(!interrupted() && swap_write(swap, "a", "x", 1), __LINE__);
    raise(SIGINT);
    demand(interrupted(), __LINE__);
    demand(!swap_write(swap, "b", "x", 1) && !swap_commit(swap), __LINE__);
    swap_abort(swap);
}

static void interrupt_before_commit(struct place *place)
{
    struct swap *swap = swap_begin(place->arena, "out");

    signals_install();
    demand(swap_write(swap, "a", "x", 1), __LINE__);
    raise(SIGTERM);
    demand(!swap_commit(swap), __LINE__);
    swap_abort(swap);
}

static void an_interruption_leaves_the_old_folder(void **state)
{
    struct place *place = *state;

    write_folder(place, "out", "old");
    in_child(interrupt_writing, place);
    assert_string_equal(said(place),
                        "dsc: interrupted, writing out; the old folder is untouched\n");
    in_child(interrupt_before_commit, place);
    assert_string_equal(said(place),
                        "dsc: interrupted, writing out; the old folder is untouched\n");
    assert_content("out/MANIFEST", "old");
    assert_string_equal(names(place), "out");
}

/* The signal that ends a child which installs dsc's handlers and raises `number` so many times. */
static int ending_signal(int number, int times)
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        signals_install();
        while (times--)
            raise(number);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void the_second_signal_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(ending_signal(SIGINT, 1), 0);
    assert_int_equal(ending_signal(SIGINT, 2), SIGINT);
    assert_int_equal(ending_signal(SIGTERM, 1), 0);
    assert_int_equal(ending_signal(SIGTERM, 2), SIGTERM);
    assert_int_equal(ending_signal(SIGXFSZ, 1), 0);
    signal(SIGPIPE, SIG_IGN); /* as some parents leave it */
    assert_int_equal(ending_signal(SIGPIPE, 1), SIGPIPE);
    signal(SIGPIPE, SIG_DFL);
}

static void a_file_of_a_swap_grows_by_pieces(void **state)
{
    struct place *place = *state;
    struct swap *swap = swap_begin(place->arena, "out");

    assert_true(swap_write(swap, "sql/a.sql", "one\n", 4));
    assert_true(swap_append(swap, "sql/a.sql", "two\n", 4));
    assert_true(swap_write(swap, "b", "", 0));
    assert_true(swap_append(swap, "sql/a.sql", "three\n", 6));
    assert_true(swap_commit(swap));
    swap_abort(swap);
    assert_content("out/sql/a.sql", "one\ntwo\nthree\n");
    swap = swap_begin(place->arena, "other");
    assert_false(swap_append(swap, "a", "one", 3)); /* was never begun */
    assert_false(swap_commit(swap));
    swap_abort(swap);
    assert_string_equal(names(place), "out");
}

static void a_large_file_is_summed(void **state)
{
    struct buf large = {0};
    char sum[SHA256_HEX], expected[SHA256_HEX];

    (void)state;
    buf_fill(&large, 'x', 200001);
    sha256_hex(large.data, large.len, expected);
    assert_true(file_write("large", large.data, large.len));
    assert_true(file_sha256("large", sum));
    assert_string_equal(sum, expected);
    assert_false(file_sha256(".", sum));
    buf_free(&large);
}

static void a_name_that_leads_elsewhere_is_a_bug(void **state)
{
    static const char *const bad[] = {"", "/a", "../a", "a/../b", "a//b", "a/", ".", "a/.", ".."};
    struct place *place = *state;
    struct swap *swap = swap_begin(place->arena, "out");
    int status;

    for (size_t i = 0; i < COUNT(bad); i++) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child == 0) {
            signal(SIGABRT, SIG_DFL);
            swap_write(swap, bad[i], "x", 1);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        assert_non_null(strstr(said(place), "dsc: internal error: "));
    }
    assert_true(swap_write(swap, "..a/.b/c..", "x", 1));
    swap_abort(swap);
}

static void many_files_are_written(void **state)
{
    struct place *place = *state;
    struct swap *swap = swap_begin(place->arena, "out");
    struct dir_list list;
    char name[64];

    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof(name), "part%d/file%04d", i / 1000, i);
        assert_true(swap_write(swap, name, name, strlen(name)));
    }
    assert_true(swap_commit(swap));
    swap_abort(swap);
    assert_true(dir_read(place->arena, "out/part1", &list));
    assert_int_equal(list.entries.n, 1000);
    assert_string_equal(list.entries.v[0].name, "file1000");
    assert_string_equal(list.entries.v[999].name, "file1999");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_are_read_whole),
        TEST(only_files_are_read),
        TEST(files_are_replaced_and_keep_their_mode),
        TEST(a_failed_write_leaves_the_old_file),
        TEST(folders_are_made_read_and_removed),
        TEST(a_folder_is_exchanged_as_a_whole),
        TEST(a_link_to_a_folder_stays_a_link),
        TEST(an_aborted_swap_leaves_the_old_folder),
        TEST(a_full_disk_is_told_once_and_leaves_the_old_folder),
        TEST(a_commit_that_fails_leaves_the_old_folder),
        TEST(what_stands_in_the_way_is_told),
        TEST(what_killed_runs_left_is_removed),
        TEST(an_interruption_leaves_the_old_folder),
        TEST(the_second_signal_ends_the_process),
        TEST(a_file_of_a_swap_grows_by_pieces),
        TEST(a_large_file_is_summed),
        TEST(a_name_that_leads_elsewhere_is_a_bug),
        TEST(many_files_are_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
