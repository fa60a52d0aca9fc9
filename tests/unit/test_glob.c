/* Globs: gitignore's rules, braces, and no blow-up. With --drive it serves
 * tests/integration/gitignore.sh. */
#include "unit.h"

#include "base/glob.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct row {
    const char *pattern, *path;
    bool match;
} row;

/* A path that ends in a slash is a folder. */
static bool matches(const char *pattern, const char *path, bool braces) {
    nl_arena arena = {0};
    const char *error;
    nl_glob *g = nl_glob_new(nl_str_c(pattern), braces, &arena, &error);
    if (!g)
        fail_msg("%s: %s", pattern, error);
    nl_str p = nl_str_c(path);
    bool is_dir = nl_str_ends(p, NL_S("/"));
    p.n -= is_dir;
    bool result = nl_glob_match(g, p, is_dir);
    nl_arena_free(&arena);
    return result;
}

static void check(const row *rows, size_t count, bool braces) {
    for (size_t i = 0; i < count; i++)
        if (matches(rows[i].pattern, rows[i].path, braces) != rows[i].match)
            fail_msg("`%s` on `%s`: expected %s", rows[i].pattern, rows[i].path,
                     rows[i].match ? "a match" : "none");
}

#define CHECK(rows, braces) check(rows, sizeof(rows) / sizeof *(rows), braces)

static void follows_gitignore(void **state) {
    (void)state;
    static const row rows[] = {
        {"a.md", "a.md", true},
        {"a.md", "x/y/a.md", true},
        {"a.md", "a.mdx", false},
        {"a.md", "xa.md", false},
        {"/a.md", "a.md", true},
        {"/a.md", "x/a.md", false},
        {"x/a.md", "x/a.md", true},
        {"x/a.md", "y/x/a.md", false},
        {"*.md", "x/.md", true},
        {"*.md", "x.md/y", false},
        {"x/*.md", "x/a.md", true},
        {"x/*.md", "x/y/a.md", false},
        {"x/*", "x/y/z", false},
        {"*/a", "x/a", true},
        {"*/a", "a", false},
        {"*/a", "x/y/a", false},
        {"drafts/", "drafts/", true},
        {"drafts/", "drafts", false},
        {"drafts/", "x/drafts/", true},
        {"x/drafts/", "x/drafts/", true},
        {"**/a", "a", true},
        {"**/a", "x/y/a", true},
        {"**/a", "xa", false},
        {"**/x/a", "x/a", true},
        {"**/x/a", "y/z/x/a", true},
        {"**/x/a", "yx/a", false},
        {"**/*.md", "a.md", true},
        {"**/*.md", "x/y/a.md", true},
        {"x/**", "x/a", true},
        {"x/**", "x/a/b/", true},
        {"x/**", "x/", false},
        {"x/**/", "x/a", false},
        {"x/**/", "x/a/", true},
        {"x/**/b", "x/b", true},
        {"x/**/b", "x/y/z/b", true},
        {"x/**/b", "xb", false},
        {"x/**/**/b", "x/b", true},
        {"x/***/b", "x/y/z/b", true},
        {"x**/b", "xy/b", true},
        {"x/**y/b", "x/zy/b", true},
        {"x/**y/b", "x/z/y/b", false},
        {"x/y**", "x/yz", true},
        {"x/y**", "x/y/z", false},
        {"**", "x/y", true},
        {"/**", "x/y", true},
        {"?", "a", true},
        {"?", "ab", false},
        {"x?a", "x/a", false},
        {"x/?/a", "x/y/a", true},
        {"[a-c]", "b", true},
        {"[a-c]", "d", false},
        {"[!a-c]", "d", true},
        {"[^a-c]", "d", true},
        {"[!a-c]", "b", false},
        {"x[!a]y", "x/y", false},
        {"x[/]y", "x/y", false},
        {"[]]", "]", true},
        {"[]-a]", "_", true},
        {"[!]a]", "]", false},
        {"[a-]", "-", true},
        {"[a\\]]", "]", true},
        {"[\\a-\\c]", "b", true},
        {"[a-c-e]", "d", false},
        {"[a-c-e]", "-", true},
        {"[[:alpha:]]", "x", true},
        {"[[:alpha:]]", "1", false},
        {"[![:alpha:]]", "1", true},
        {"[[:digit:]x]", "x", true},
        {"[[:xdigit:]]", "F", true},
        {"[[:space:]]", "\v", false},
        {"[[:punct:]]", "`", true},
        {"[[:upper:][:digit:]]", "a", false},
        {"[[:]", ":", true},
        {"[[:a]", "[", true},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"\\a", "a", true},
        {"a\\?", "a?", true},
        {"x\\/a", "x/a", true},
        {"**\\/a", "x/a", true},
        {"**\\/a", "a", false},
        {"{a,b}", "{a,b}", true},
        {"{a,b}", "a", false},
        {"caf\xC3\xA9", "caf\xC3\xA9", true},
        {"\xFF*", "\xFFx", true},
        {"a b ", "a b ", true},
        {"*", "", true},
        {"a//b", "a/b", false},
    };
    CHECK(rows, false);
}

static void takes_braces(void **state) {
    (void)state;
    static const row rows[] = {
        {"{/a,/b}", "b", true},
        {"{/a,b}", "x/b", false},
        {"{{c,/a},b}/d", "a/d", true},
        {"x{/a,b}", "x/a", true},
        {"*.{md,mdx}", "x/a.mdx", true},
        {"*.{md,mdx}", "x/a.m", false},
        {"{a,b{c,d}e}f", "bdef", true},
        {"{a,b{c,d}e}f", "af", true},
        {"{a,b{c,d}e}f", "bef", false},
        {"{a,}b", "b", true},
        {"{,a}b", "ab", true},
        {"\\{a,b\\}", "{a,b}", true},
        {"{a\\,b,c\\}}", "a,b", true},
        {"{a\\,b,c\\}}", "c}", true},
        {"{[},],x}", "}", true},
        {"{[},],x}", ",", true},
        {"{src,test}/**", "test/a/b", true},
        {"{src,test}/**/a", "src/a", true},
        {"**/{a,b}/c", "b/c", true},
        {"{**,x}/c", "c", true},
        {"{**,x}/c", "y/z/c", true},
        {"{**,x}/c", "yc", false},
        {"y/{**,x}", "y/a/b", true},
        {"y/{x,{**,z}}/c", "y/c", true},
        {"{**/a,b/**}", "x/y/a", true},
        {"{**/a,b/**}", "b/x/y", true},
        {"{**/a,b/**}", "c/x/y", false},
        {"{a/b,c}", "a/b", true},
        {"{a,b}/", "x/b/", true},
        {"{a,b}/", "x/b", false},
        {"a,b}", "a,b}", true},
        {"{a,*}{b,**}", "xyz", true},
    };
    CHECK(rows, true);
}

static void refuses_bad_patterns(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        bool braces;
    } bad[] = {{"", false},          {"/", false},         {"a[", false},     {"[a", false},
               {"[]", false},        {"[[:foo:]]", false}, {"a\\", false},    {"[a\\", false},
               {"{a,b", true},       {"{a}", true},        {"{}", true},      {"{a/,b/}", true},
               {"{a/,b}", true},     {"{{a/,b},b}", true}, {"{a,{b}}", true}, {"{a,[}", true},
               {"[[:alpha:]", false}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        nl_arena arena = {0};
        const char *error = NULL;
        if (nl_glob_new(nl_str_c(bad[i].pattern), bad[i].braces, &arena, &error))
            fail_msg("`%s` was taken", bad[i].pattern);
        assert_non_null(error);
        nl_arena_free(&arena);
    }
    char big[5000];
    nl_arena arena = {0};
    const char *error;
    memset(big, '{', sizeof big);
    assert_null(nl_glob_new(nl_str_n(big, sizeof big), true, &arena, &error));
    assert_null(nl_glob_new(nl_str_n(big, 4096), true, &arena, &error));
    assert_non_null(nl_glob_new(nl_str_n(big, 4096), false, &arena, &error));
    nl_arena_free(&arena);
}

static void covers_what_is_below(void **state) {
    (void)state;
    static const row rows[] = {
        {"drafts/", "drafts/a.md", true}, {"drafts/", "x/drafts/y/a.md", true},
        {"drafts/", "x/drafts", false},   {"drafts", "x/drafts", true},
        {"/x/y", "x/y/z/a.md", true},     {"/x/y", "x/yz/a.md", false},
        {"x/*/", "x/a.md", false},        {"x/*/", "x/y/a.md", true},
        {"x/**/b", "x/y/b/z", true},      {"*.md", "a.md/x", true},
        {"[xy]", "a/y/b", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        nl_arena arena = {0};
        const char *error;
        nl_glob *g = nl_glob_new(nl_str_c(rows[i].pattern), false, &arena, &error);
        assert_non_null(g);
        if (nl_glob_covers(g, nl_str_c(rows[i].path)) != rows[i].match)
            fail_msg("`%s` on `%s`", rows[i].pattern, rows[i].path);
        nl_arena_free(&arena);
    }
}

/* A matcher that backtracks, or one that expands braces, would not come back. */
static void never_blows_up(void **state) {
    (void)state;
    nl_arena arena = {0};
    const char *error;
    char text[4001], stars[2001], braces[4001];
    memset(text, 'a', 4000);
    text[4000] = 0;
    for (size_t i = 0; i < 2000; i++)
        stars[i] = i % 2 ? 'a' : '*';
    memcpy(stars + 1999, "b", 2);
    for (size_t i = 0; i < 4000; i++)
        braces[i] = "{a,b}"[i % 5];
    braces[4000] = 0;
    nl_glob *g = nl_glob_new(nl_str_c(stars), false, &arena, &error);
    assert_false(nl_glob_match(g, nl_str_c(text), false));
    g = nl_glob_new(nl_str_c(braces), true, &arena, &error);
    assert_true(nl_glob_match(g, nl_str_n(text, 800), false));
    assert_false(nl_glob_match(g, nl_str_n(text, 801), false));
    for (size_t i = 0; i < 4000; i++)
        braces[i] = "**/"[i % 3];
    braces[3999] = 'b';
    g = nl_glob_new(nl_str_c(braces), true, &arena, &error);
    for (size_t i = 1; i < 4000; i += 2)
        text[i] = '/';
    assert_false(nl_glob_match(g, nl_str_c(text), false));
    nl_arena_free(&arena);
}

/* Reads lines "pattern TAB path"; prints 1 where the pattern covers the path, else 0. A bad pattern
 * covers nothing. */
static int drive(void) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, stdin)) > 0) {
        nl_str s = nl_str_sub(nl_str_n(line, (size_t)n), 0, (size_t)n - 1);
        size_t tab = nl_str_find(s, '\t');
        nl_arena arena = {0};
        const char *error;
        nl_glob *g = nl_glob_new(nl_str_sub(s, 0, tab), false, &arena, &error);
        puts(g && nl_glob_covers(g, nl_str_sub(s, tab + 1, s.n)) ? "1" : "0");
        nl_arena_free(&arena);
    }
    free(line);
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--drive") == 0)
        return drive();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_gitignore),    cmocka_unit_test(takes_braces),
        cmocka_unit_test(refuses_bad_patterns), cmocka_unit_test(covers_what_is_below),
        cmocka_unit_test(never_blows_up),
    };
    return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
