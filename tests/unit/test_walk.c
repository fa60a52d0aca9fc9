/* Walking: order, what folders yield, ignore files as git has them, what is said of nothing. */
#include "unit.h"

#include "run/walk.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/newslint-walk-XXXXXX";

static int setup(void **state) {
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

static void shell(const char *command) {
    assert_int_equal(system(command), 0);
}

/* All paths, with a newline behind each. */
static void assert_yields(const nl_walk_options *options, const char *const *paths, size_t count,
                          const char *expected) {
    nl_error error = {0};
    nl_buf got = {0};
    nl_walk *w = nl_walk_new(options, &error);
    assert_non_null(w);
    for (size_t i = 0; i < count; i++)
        assert_true(nl_walk_add(w, paths[i], &error));
    for (nl_walk_item item; nl_walk_next(w, &item);)
        nl_buf_printf(&got, "%s\n", item.path);
    assert_string_equal(nl_buf_c(&got), expected);
    nl_buf_free(&got);
    nl_walk_free(w);
}

#define YIELDS(options, expected, ...)                                                             \
    assert_yields(&(nl_walk_options)options, (const char *const[]){__VA_ARGS__},                   \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), expected)
#define NONE                                                                                       \
    { 0 }

static void sorts_by_whole_path(void **state) {
    (void)state;
    shell("mkdir -p a a.d b; touch a/z.md a.d/y.md a.md b.md b/x.markdown b/w.mdx b/v.txt a-.md");
    YIELDS(NONE, "a-.md\na.d/y.md\na.md\na/z.md\nb.md\nb/w.mdx\nb/x.markdown\n", ".");
    YIELDS(NONE, "a-.md\na.d/y.md\na.md\na/z.md\nb.md\nb/w.mdx\nb/x.markdown\n", "./");
}

static void merges_arguments(void **state) {
    (void)state;
    shell("mkdir -p c/d; touch c/a.md c/d/b.md c/e.md x.txt");
    YIELDS(NONE, "c/a.md\nc/d/b.md\nc/e.md\nx.txt\n", "x.txt", "./c//d/", "c", "c/a.md", "c");
}

static void leaves_out_what_is_no_article(void **state) {
    (void)state;
    shell("mkdir -p .h node_modules s; touch .h/a.md node_modules/b.md .c.md s/d.md; ln -s s t; "
          "ln -s s/d.md l.md; mkfifo f.md; mkdir g.md; touch g.md/h.md");
    YIELDS(NONE, "g.md/h.md\nl.md\ns/d.md\n", ".");
    YIELDS(NONE, ".h/a.md\n", ".h");
    YIELDS(NONE, "t/d.md\n", "t");
}

static void takes_any_name(void **state) {
    (void)state;
    shell("touch \"$(printf 'a\\nb.md')\" \"$(printf '\\377.md')\" -- '-x.md'");
    YIELDS(NONE, "-x.md\na\nb.md\n\377.md\n", ".");
}

static void reads_ignore_files(void **state) {
    (void)state;
    shell("mkdir -p .git/info r/s/t; printf '/r/x.md\\n*.tmp.md\\n' > .gitignore;"
          "printf 'y.md\\n' > .git/info/exclude; printf '!k.tmp.md\\nt/\\n' > r/.newslintignore;"
          "touch r/x.md r/s/x.md r/s/y.md r/k.tmp.md r/j.tmp.md j.tmp.md r/s/t/q.md");
    YIELDS(NONE, "r/k.tmp.md\nr/s/x.md\n", ".");
    YIELDS(NONE, "r/s/x.md\n", "r/s");
    YIELDS(NONE, "", "r/s/t");
    YIELDS(NONE, "r/x.md\n", "r/x.md");
    nl_walk_options force = {.force_exclude = true}, all = {.no_ignore = true};
    assert_yields(&force, (const char *const[]){"r/x.md", "r/s/x.md", "r/s/t/q.md"}, 3,
                  "r/s/x.md\n");
    assert_yields(&all, (const char *const[]){"r/s"}, 1, "r/s/t/q.md\nr/s/x.md\nr/s/y.md\n");
}

static void narrows_and_widens(void **state) {
    (void)state;
    shell("mkdir -p a/b c; touch a/1.md a/b/2.md a/3.txt c/4.md a/5.png");
    const char *excluded[] = {"b/", "c/*.md"}, *all[] = {"a/**"}, *texts[] = {"*.txt", "*.md"};
    nl_walk_options o = {.exclude = excluded, .exclude_count = 2};
    assert_yields(&o, (const char *const[]){"."}, 1, "a/1.md\n");
    o = (nl_walk_options){.include = all, .include_count = 1};
    assert_yields(&o, (const char *const[]){"."}, 1, "a/1.md\na/b/2.md\n");
    o = (nl_walk_options){.include = texts, .include_count = 2};
    assert_yields(&o, (const char *const[]){"."}, 1, "a/1.md\na/3.txt\na/b/2.md\nc/4.md\n");
}

static void says_why_there_is_nothing(void **state) {
    (void)state;
    nl_error error = {0};
    nl_buf why = {0};
    nl_walk_item item;
    shell("mkdir -p e/.git f; echo '*.md' > e/.gitignore; touch e/a.md e/b.md e/c.txt");
    nl_walk *w = nl_walk_new(&(nl_walk_options){0}, &error);
    assert_false(nl_walk_add(w, "missing", &error));
    assert_non_null(strstr(error.text, "`missing`"));
    assert_true(nl_walk_add(w, "e", &error) && nl_walk_add(w, "f", &error));
    assert_false(nl_walk_next(w, &item));
    size_t count;
    nl_walk_root *roots = nl_walk_roots(w, &count);
    assert_int_equal(count, 2);
    nl_walk_explain(&roots[0], &why);
    assert_string_equal(nl_buf_c(&why),
                        "`e` yields no article: 1 file is not *.md, *.markdown or *.mdx, 2 are "
                        "left out by ignore files (--no-ignore takes them)");
    nl_buf_clear(&why);
    nl_walk_explain(&roots[1], &why);
    assert_string_equal(nl_buf_c(&why), "`f` yields no article: it is empty");
    nl_buf_free(&why);
    nl_walk_free(w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(sorts_by_whole_path),
                                       TEST(merges_arguments),
                                       TEST(leaves_out_what_is_no_article),
                                       TEST(takes_any_name),
                                       TEST(reads_ignore_files),
                                       TEST(narrows_and_widens),
                                       TEST(says_why_there_is_nothing)};
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
