/* Files: whole, capped, special, lying about their size; and the parts of paths. */
#include "unit.h"

#include "base/file.h"
#include "base/utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char folder[32];

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/newslint-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static const char *in_folder(const char *name) {
    static char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, size_t n) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    for (size_t i = 0; i < n; i++)
        fputc((int)(i * 7 % 256), f);
    assert_int_equal(fclose(f), 0);
}

static void reads_files_of_any_size(void **state) {
    (void)state;
    nl_folder near = {.fd = -1};
    static const size_t sizes[] = {0, 1, 4096, 65535, 65536, 65537, 1000000};
    const char *path = in_folder("a.md");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        nl_buf out = {0};
        nl_file_id id, later;
        struct stat st;
        write_file(path, sizes[i]);
        nl_buf_puts(&out, "before");
        assert_int_equal(nl_file_read(path, sizes[i], &out, &id, NULL), NL_READ_OK);
        assert_int_equal(out.n, 6 + sizes[i]);
        for (size_t j = 0; j < sizes[i]; j++)
            if ((unsigned char)out.p[6 + j] != j * 7 % 256)
                fail_msg("byte %zu of %zu", j, sizes[i]);
        assert_int_equal(stat(path, &st), 0);
        later = nl_file_id_of(&st);
        assert_true(nl_file_id_eq(&id, &later));
        later.size++;
        assert_false(nl_file_id_eq(&id, &later));
        nl_buf listed = {0};
        nl_buf_puts(&listed, "before");
        int opened = nl_file_open_listed(&near, path);
        assert_true(opened >= 0);
        for (int turn = 0; turn < 2; turn++) { /* opened by itself, and before */
            int fd = turn ? opened : -1;
            listed.n = strlen("before");
            assert_int_equal(nl_file_read_listed(&near, fd, path, sizes[i], &listed, NULL),
                             NL_READ_OK);
            assert_true(nl_str_eq(nl_buf_str(&listed), nl_buf_str(&out)));
        }
        assert_int_equal(close(opened), 0);
        nl_buf_free(&listed);
        nl_buf_free(&out);
    }
    unlink(path);
    nl_folder_leave(&near);
}

/* By whole paths and by the folder's descriptor, from folder to folder and without one. */
static void reads_many_files_of_a_folder(void **state) {
    (void)state;
    nl_folder near = {.fd = -1};
    nl_buf out = {0};
    char other[100], old[1000];
    snprintf(other, sizeof other, "%s/other", folder);
    assert_int_equal(mkdir(other, 0700), 0);
    write_file(in_folder("a"), 1);
    write_file(in_folder("b"), 2);
    write_file(in_folder("other/c"), 3);
    static const char *const names[] = {"a", "b", "a", "other/c", "b", "other/c", "other/c", "a"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = names[i];
        n += *name == 'a' ? 1 : *name == 'b' ? 2 : 3;
        assert_int_equal(nl_file_read_listed(&near, -1, in_folder(name), 10, &out, NULL),
                         NL_READ_OK);
        assert_int_equal(out.n, n);
    }
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(other), 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(nl_file_read_listed(&near, -1, "c", 10, &out, NULL), NL_READ_OK);
    assert_int_equal(out.n, n + 9);
    assert_int_equal(nl_file_read_listed(&near, -1, "../b", 10, &out, NULL), NL_READ_OK);
    assert_int_equal(nl_file_read_listed(&near, -1, "../no", 10, &out, NULL), NL_READ_FAILED);
    assert_int_equal(chdir(old), 0);
    unlink(in_folder("a"));
    unlink(in_folder("b"));
    unlink(in_folder("other/c"));
    rmdir(other);
    nl_folder_leave(&near);
    nl_buf_free(&out);
}

static void refuses_what_is_too_large(void **state) {
    (void)state;
    nl_folder near = {.fd = -1};
    nl_buf out = {0};
    nl_error error = {0};
    write_file(in_folder("a.md"), 11);
    nl_buf_puts(&out, "x");
    assert_int_equal(nl_file_read(in_folder("a.md"), 10, &out, NULL, &error), NL_READ_TOO_LARGE);
    assert_int_equal(out.n, 1);
    assert_non_null(strstr(error.text, "a.md` is larger than 10 bytes"));
    error.text[0] = '\0';
    assert_int_equal(nl_file_read_listed(&near, -1, in_folder("a.md"), 10, &out, &error),
                     NL_READ_TOO_LARGE);
    assert_int_equal(out.n, 1);
    assert_non_null(strstr(error.text, "a.md` is larger than 10 bytes"));
    unlink(in_folder("a.md"));
    /* its size is said to be 0 */
    assert_int_equal(nl_file_read("/proc/self/status", 5, &out, NULL, &error), NL_READ_TOO_LARGE);
    assert_int_equal(out.n, 1);
    nl_folder_leave(&near);
    nl_buf_free(&out);
}

static void reads_what_lies_about_its_size(void **state) {
    (void)state;
    nl_buf out = {0};
    if (access("/proc/self/status", R_OK) != 0)
        skip();
    assert_int_equal(nl_file_read("/proc/self/status", SIZE_MAX, &out, NULL, NULL), NL_READ_OK);
    assert_non_null(strstr(nl_buf_c(&out), "\nPid:"));
    nl_buf_free(&out);
}

static void says_what_is_no_file(void **state) {
    (void)state;
    nl_buf out = {0};
    nl_error error = {0};
    assert_int_equal(nl_file_read(folder, 10, &out, NULL, &error), NL_READ_SPECIAL);
    assert_non_null(strstr(error.text, "` is a folder"));
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    assert_int_equal(nl_file_read(in_folder("fifo"), 10, &out, NULL, &error), NL_READ_SPECIAL);
    assert_non_null(strstr(error.text, "fifo` is a FIFO"));
    unlink(in_folder("fifo"));
    assert_int_equal(nl_file_read("/dev/null", 10, &out, NULL, &error), NL_READ_SPECIAL);
    assert_string_equal(error.text, "`/dev/null` is a device, not a file");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", in_folder("socket"));
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(nl_file_read(in_folder("socket"), 10, &out, NULL, &error), NL_READ_SPECIAL);
    close(fd);
    unlink(in_folder("socket"));
    assert_int_equal(out.n, 0);
    nl_buf_free(&out);
}

static void says_what_is_a_file_no_more(void **state) {
    (void)state;
    nl_folder near = {.fd = -1};
    nl_buf out = {0};
    nl_error error = {0};
    assert_int_equal(nl_file_read_listed(&near, -1, folder, 10, &out, &error), NL_READ_SPECIAL);
    assert_non_null(strstr(error.text, "` is a folder"));
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    assert_int_equal(nl_file_read_listed(&near, -1, in_folder("fifo"), 10, &out, &error),
                     NL_READ_SPECIAL);
    int fd = open(in_folder("fifo"), O_RDWR); /* with a writer, and something in it */
    assert_int_equal(write(fd, "text", 4), 4);
    assert_int_equal(nl_file_read_listed(&near, -1, in_folder("fifo"), 10, &out, &error),
                     NL_READ_SPECIAL);
    assert_non_null(strstr(error.text, "fifo` is a FIFO"));
    close(fd);
    unlink(in_folder("fifo"));
    assert_int_equal(nl_file_read_listed(&near, -1, "/dev/null", 10, &out, &error),
                     NL_READ_SPECIAL);
    assert_int_equal(nl_file_read_listed(&near, -1, "/dev/zero", 10, &out, &error),
                     NL_READ_SPECIAL);
    assert_int_equal(nl_file_read_listed(&near, -1, "/no/such/file", 10, &out, &error),
                     NL_READ_FAILED);
    assert_int_equal(out.n, 0);
    nl_folder_leave(&near);
    nl_buf_free(&out);
}

static void names_path_and_cause(void **state) {
    (void)state;
    nl_buf out = {0};
    nl_error error = {0};
    assert_int_equal(nl_file_read("no\n\x1B[31m\xFF.md", 10, &out, NULL, &error), NL_READ_FAILED);
    assert_string_equal(error.text,
                        "cannot read `no\\n\\x1B[31m\\xFF.md`: No such file or directory");
    assert_int_equal(error.code, ENOENT);
    char path[5000];
    memset(path, 'a', sizeof path);
    memcpy(path + sizeof path - 9, "/last.md", 9);
    assert_int_equal(nl_file_read(path, 10, &out, NULL, &error), NL_READ_FAILED);
    assert_true(nl_str_starts(nl_str_c(error.text), NL_S("cannot read `…aaa")));
    assert_true(nl_str_ends(nl_str_c(error.text), NL_S("a/last.md`: File name too long")));
    assert_int_equal(nl_file_read("", 10, &out, NULL, NULL), NL_READ_FAILED);
    nl_buf_free(&out);
}

static void cuts_errors_between_characters(void **state) {
    (void)state;
    nl_buf text = {0};
    for (int i = 0; i < 300; i++)
        nl_buf_puts(&text, "é…😀");
    for (int shift = 0; shift < 10; shift++) {
        nl_error error;
        nl_error_set(&error, 1, "%.*s%s", shift, "0123456789", nl_buf_c(&text));
        size_t n = strlen(error.text);
        assert_in_range(n, sizeof error.text - 4, sizeof error.text - 1);
        assert_int_equal(nl_utf8_valid_to(error.text, n), n);
    }
    nl_buf_free(&text);
}

typedef struct pipe_end {
    int fd;
    size_t n;
} pipe_end;

static void *write_slowly(void *arg) {
    pipe_end *end = arg;
    char *bytes = calloc(end->n, 1);
    usleep(20000); /* the reader finds nothing at first */
    nl_error error = {0};
    bool ok = nl_file_write_fd(end->fd, bytes, end->n, &error);
    free(bytes);
    close(end->fd);
    return ok ? end : NULL;
}

static void waits_on_descriptors_that_do_not_block(void **state) {
    (void)state;
    int fds[2];
    assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
    pipe_end end = {fds[1], 300000};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, write_slowly, &end), 0);
    nl_buf out = {0};
    assert_int_equal(nl_file_read_fd(fds[0], SIZE_MAX, &out, NULL), NL_READ_OK);
    void *ok;
    pthread_join(thread, &ok);
    assert_non_null(ok);
    assert_int_equal(out.n, 300000);
    close(fds[0]);
    nl_buf_free(&out);
}

static void tells_of_bad_descriptors(void **state) {
    (void)state;
    nl_buf out = {0};
    nl_error error = {0};
    assert_int_equal(nl_file_read_fd(1000, 10, &out, &error), NL_READ_FAILED);
    assert_string_equal(error.text, "cannot read descriptor 1000: Bad file descriptor");
    assert_false(nl_file_write_fd(1000, "x", 1, &error));
    assert_string_equal(error.text, "cannot write descriptor 1000: Bad file descriptor");
    assert_true(nl_file_write_fd(1000, "", 0, &error));
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    assert_true(nl_file_write_fd(fds[1], "12345678901", 11, NULL));
    close(fds[1]);
    assert_int_equal(nl_file_read_fd(fds[0], 10, &out, &error), NL_READ_TOO_LARGE);
    assert_int_equal(out.n, 0);
    close(fds[0]);
    nl_buf_free(&out);
}

static void takes_paths_apart(void **state) {
    (void)state;
    static const struct {
        const char *path, *clean, *dir, *name;
    } cases[] = {
        {"", "", "", ""},
        {"a", "a", "", "a"},
        {"./a", "a", ".", "a"},
        {"././a//b", "a/b", "././a/", "b"},
        {"../a", "../a", "..", "a"},
        {"a/../b", "a/../b", "a/..", "b"},
        {"a/./b", "a/b", "a/.", "b"},
        {".", ".", "", "."},
        {"./", ".", ".", ""},
        {"/", "/", "/", ""},
        {"//a", "/a", "/", "a"},
        {"/a", "/a", "/", "a"},
        {"/a/b/", "/a/b", "/a/b", ""},
        {".a", ".a", "", ".a"},
        {"...", "...", "", "..."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_path_clean(cases[i].path, &out);
        assert_string_equal(nl_buf_c(&out), cases[i].clean);
        assert_true(nl_str_is(nl_path_dir(nl_str_c(cases[i].path)), cases[i].dir));
        assert_true(nl_str_is(nl_path_name(nl_str_c(cases[i].path)), cases[i].name));
        nl_buf_free(&out);
    }
}

static void joins_paths(void **state) {
    (void)state;
    static const char *const cases[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"},
                                           {"/", "b", "/b"},  {"a", "/b", "/b"},  {"a", "", "a/"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_path_join(nl_str_c(cases[i][0]), nl_str_c(cases[i][1]), &out);
        assert_string_equal(nl_buf_c(&out), cases[i][2]);
        nl_buf_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_files_of_any_size),
        cmocka_unit_test(reads_many_files_of_a_folder),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(reads_what_lies_about_its_size),
        cmocka_unit_test(says_what_is_no_file),
        cmocka_unit_test(says_what_is_a_file_no_more),
        cmocka_unit_test(names_path_and_cause),
        cmocka_unit_test(cuts_errors_between_characters),
        cmocka_unit_test(waits_on_descriptors_that_do_not_block),
        cmocka_unit_test(tells_of_bad_descriptors),
        cmocka_unit_test(takes_paths_apart),
        cmocka_unit_test(joins_paths),
    };
    return cmocka_run_group_tests_name("file", tests, make_folder, drop_folder);
}
