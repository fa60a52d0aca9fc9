/* Replacing articles: kept modes, links, changes in between, leftovers, names of any length. */
#include "unit.h"

#include "run/replace.h"
#include "run/temporary.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/newslint-replace-XXXXXX";

static int setup(void **state) {
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void) {
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static int teardown(void **state) {
    (void)state;
    return chdir("/") == 0 && remove_folder() == 0 ? 0 : -1;
}

static void put(const char *name, const char *text) {
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void assert_holds(const char *name, const char *text) {
    nl_buf now = {0};
    nl_error error;
    assert_int_equal(nl_file_read(name, 1000, &now, NULL, &error), NL_READ_OK);
    assert_string_equal(nl_buf_c(&now), text);
    nl_buf_free(&now);
}

static int files_here(void) {
    DIR *here = opendir(".");
    int n = -2; /* without . and .. */
    assert_non_null(here);
    while (readdir(here))
        n++;
    closedir(here);
    return n;
}

static nl_file_id id_of(const char *name) {
    struct stat st;
    assert_int_equal(stat(name, &st), 0);
    return nl_file_id_of(&st);
}

static bool replace(const char *name, const nl_file_id *id, const char *old, const char *text,
                    nl_error *error) {
    nl_guard *guard = nl_guard_new();
    bool good =
        nl_replace_article(guard, name, id, nl_str_c(old), nl_str_c(text), error) == NL_REPLACED;
    nl_guard_free(guard);
    return good;
}

static void keeps_mode(void **state) {
    (void)state;
    nl_error error = {0};
    put("a.md", "old");
    chmod("a.md", 0640);
    nl_file_id id = id_of("a.md");
    assert_true(replace("a.md", &id, "old", "new", &error));
    struct stat st;
    stat("a.md", &st);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_holds("a.md", "new");
    assert_int_equal(files_here(), 1);
}

static void writes_the_target_of_a_link(void **state) {
    (void)state;
    nl_error error = {0};
    mkdir("sub", 0755);
    put("sub/a.md", "old");
    assert_int_equal(symlink("sub/a.md", "link.md"), 0);
    nl_file_id id = id_of("link.md");
    assert_true(replace("link.md", &id, "old", "new", &error));
    struct stat st;
    lstat("link.md", &st);
    assert_true(S_ISLNK(st.st_mode));
    assert_holds("sub/a.md", "new");
}

static void leaves_hard_links_with_the_old_text(void **state) {
    (void)state;
    nl_error error = {0};
    put("a.md", "old");
    assert_int_equal(link("a.md", "b.md"), 0);
    nl_file_id id = id_of("a.md");
    assert_true(replace("a.md", &id, "old", "new", &error));
    assert_holds("a.md", "new");
    assert_holds("b.md", "old");
}

/* Same size and time, other bytes: only a look at the bytes tells. */
static void leaves_alone_what_has_changed(void **state) {
    (void)state;
    nl_error error = {0};
    put("a.md", "old");
    nl_file_id id = id_of("a.md");
    struct timespec times[2] = {id.modified, id.modified};
    put("a.md", "odd");
    utimensat(AT_FDCWD, "a.md", times, 0);
    assert_false(replace("a.md", &id, "old", "new", &error));
    assert_non_null(strstr(error.text, "`a.md`"));
    assert_non_null(strstr(error.text, "changed"));
    assert_holds("a.md", "odd");
    put("a.md", "quite other");
    assert_false(replace("a.md", &id, "old", "new", &error));
    assert_holds("a.md", "quite other");
    unlink("a.md");
    assert_false(replace("a.md", &id, "old", "new", &error));
    assert_int_equal(files_here(), 0);
}

static void is_content_when_it_is_done_already(void **state) {
    (void)state;
    nl_error error = {0};
    put("a.md", "old");
    nl_file_id id = id_of("a.md");
    put("a.md", "new");
    assert_true(replace("a.md", &id, "old", "new", &error));
    assert_int_equal(files_here(), 1);
}

static void takes_the_longest_name(void **state) {
    (void)state;
    char name[256];
    nl_error error = {0};
    memset(name, 'a', 255);
    name[255] = '\0';
    put(name, "old");
    nl_file_id id = id_of(name);
    assert_true(replace(name, &id, "old", "new", &error));
    assert_holds(name, "new");
}

static void removes_leftovers_but_not_what_is_locked(void **state) {
    (void)state;
    static const char *const kept[] = {".a.md.newslint-abc", ".a.md.newslint-abcde_",
                                       "a.md.newslint-abcdef", ".newslint-abcdef",
                                       ".locked.newslint-ABCdef"};
    put(".a.md.newslint-abcDE1", "half");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        put(kept[i], "x");
    int fd = open(".locked.newslint-ABCdef", O_RDONLY);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    nl_temporary_clean("");
    assert_int_equal(access(".a.md.newslint-abcDE1", F_OK), -1);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        assert_int_equal(access(kept[i], F_OK), 0);
    close(fd);
    nl_temporary_clean("./");
    assert_int_equal(access(".locked.newslint-ABCdef", F_OK), -1);
}

static void writes_reports_new_and_old(void **state) {
    (void)state;
    nl_error error = {0};
    nl_guard *guard = nl_guard_new();
    struct stat st;
    assert_int_equal(nl_replace_report(guard, "r.json", nl_str_c("{}"), &error), NL_REPLACED);
    assert_holds("r.json", "{}");
    chmod("r.json", 0600);
    assert_int_equal(nl_replace_report(guard, "r.json", nl_str_c("[]"), &error), NL_REPLACED);
    assert_holds("r.json", "[]");
    stat("r.json", &st);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(nl_replace_report(guard, "none/r.json", nl_str_c("[]"), &error),
                     NL_NOT_REPLACED);
    assert_non_null(strstr(error.text, "`none/r.json`"));
    assert_int_equal(nl_replace_report(guard, "/dev/null", nl_str_c("[]"), &error), NL_REPLACED);
    assert_int_equal(files_here(), 1);
    nl_guard_free(guard);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(keeps_mode),
                                       TEST(writes_the_target_of_a_link),
                                       TEST(leaves_hard_links_with_the_old_text),
                                       TEST(leaves_alone_what_has_changed),
                                       TEST(is_content_when_it_is_done_already),
                                       TEST(takes_the_longest_name),
                                       TEST(removes_leftovers_but_not_what_is_locked),
                                       TEST(writes_reports_new_and_old)};
    return cmocka_run_group_tests_name("replace", tests, NULL, NULL);
}
