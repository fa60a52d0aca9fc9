/* Unified diffs: their text, and that patch(1) and git apply make the new text of the old by them.
 */
#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "text/edit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint32_t seed = 1;

static size_t below(size_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static void writes_what_diff_writes(void **state) {
    (void)state;
    static const struct {
        const char *path, *before, *after, *diff;
    } cases[] = {
        {"a.md", "x\n", "x\n", ""},
        {"a.md", "x\n", "y\n", "--- a.md\n+++ a.md\n@@ -1 +1 @@\n-x\n+y\n"},
        {"a.md", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n6\n7\n8\n",
         "--- a.md\n+++ a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
        {"a.md", "1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n", /* six between: one hunk */
         "--- a.md\n+++ a.md\n@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n"},
        {"a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n",
         "--- a.md\n+++ a.md\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n"
         "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n"},
        {"a.md", "x", "x\n",
         "--- a.md\n+++ a.md\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n"},
        {"a.md", "a\nx", "b\nx",
         "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n-a\n+b\n x\n\\ No newline at end of file\n"},
        {"a.md", "a\r\nb\r\n", "a\nb\r\n", "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n-a\r\n+a\n b\r\n"},
        {"a.md", "", "x\n", "--- a.md\n+++ a.md\n@@ -0,0 +1 @@\n+x\n"},
        {"a.md", "x\n", "", "--- a.md\n+++ a.md\n@@ -1 +0,0 @@\n-x\n"},
        {"a.md", "a\nb\n", "a\nx\nb\n", "--- a.md\n+++ a.md\n@@ -1,2 +1,3 @@\n a\n+x\n b\n"},
        {"a b.md", "x\n", "y\n", "--- a b.md\t\n+++ a b.md\t\n@@ -1 +1 @@\n-x\n+y\n"},
        {"\xC3\xA9\"\\\n\x01 .md", "x\n", "y\n",
         "--- \"\\303\\251\\\"\\\\\\n\\001 .md\"\n+++ \"\\303\\251\\\"\\\\\\n\\001 .md\"\n"
         "@@ -1 +1 @@\n-x\n+y\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_unified_diff(nl_str_c(cases[i].path), nl_str_c(cases[i].before),
                        nl_str_c(cases[i].after), &out);
        assert_string_equal(nl_buf_c(&out), cases[i].diff);
        nl_buf_free(&out);
    }
}

static void write_text(const char *path, nl_str s) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(s.p ? s.p : "", 1, s.n, f), s.n);
    assert_int_equal(fclose(f), 0);
}

static void expect_patched(const char *command, const char *name, nl_str before, nl_str after) {
    nl_buf diff = {0}, got = {0};
    nl_unified_diff(nl_str_c(name), before, after, &diff);
    write_text(name, before);
    write_text("diff", nl_buf_str(&diff));
    if (system(command) != 0)
        fail_msg("%s: %s", command, nl_buf_c(&diff));
    assert_int_equal(nl_file_read(name, SIZE_MAX, &got, NULL, NULL), NL_READ_OK);
    if (!nl_str_eq(nl_buf_str(&got), after))
        fail_msg("%s made another text: %s", command, nl_buf_c(&diff));
    unlink(name);
    nl_buf_free(&diff);
    nl_buf_free(&got);
}

static const char *const patchers[][2] = {
    {"command -v patch >/dev/null", "patch -s -p0 <diff >/dev/null"},
    {"command -v git >/dev/null",
     "GIT_CEILING_DIRECTORIES=/ git -c core.autocrlf=false apply -p0 --whitespace=nowarn diff"},
};

static void patch_all(const char *name, nl_str before, nl_str after) {
    for (size_t i = 0; i < sizeof patchers / sizeof *patchers; i++)
        if (system(patchers[i][0]) == 0)
            expect_patched(patchers[i][1], name, before, after);
}

static void random_text(nl_buf *out, size_t lines) {
    static const char *const kinds[] = {"a\n",    "b\n",    "c\n", "\n",   "a\r\n",
                                        "\xFF\n", "x\ry\n", "-\n", "@@\n", "\\ No\n"};
    for (size_t i = 0; i < lines; i++)
        nl_buf_puts(out, kinds[below(10)]);
    if (below(3) == 0)
        nl_buf_puts(out, "end");
}

static void is_taken_by_patch_and_git(void **state) {
    (void)state;
    char folder[] = "/tmp/newslint-test-XXXXXX", cwd[4096];
    assert_non_null(getcwd(cwd, sizeof cwd));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    static const char *const names[] = {"a.md", "a b.md", "\xC3\xA9t\xC3\xA9.md", "q\"\\.md",
                                        "t\t.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        patch_all(names[i], NL_S("a\r\nb\nc"), NL_S("a\r\nx\nc\n"));
    for (size_t i = 0; i < 40; i++) {
        nl_buf before = {0}, after = {0};
        random_text(&before, 1 + below(30));
        nl_str s = nl_buf_str(&before);
        for (size_t at = 0; at < s.n;) { /* keeps most lines */
            size_t end = at + nl_str_find(nl_str_sub(s, at, s.n), '\n') + 1;
            if (below(8) != 0)
                nl_buf_str_add(&after, nl_str_sub(s, at, end));
            if (below(8) == 0)
                nl_buf_puts(&after, "new\n");
            at = end;
        }
        if (!nl_str_eq(s, nl_buf_str(&after)) && after.n > 0)
            patch_all("a.md", s, nl_buf_str(&after));
        nl_buf_free(&before);
        nl_buf_free(&after);
    }
    unlink("diff");
    assert_int_equal(chdir(cwd), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* Applies a diff by the letter. */
static void apply(nl_str before, nl_str diff, nl_buf *out) {
    size_t at = 0;
    bool body = false;
    while (diff.n > 0) {
        size_t end = nl_str_find(diff, '\n') + 1;
        nl_str line = nl_str_sub(diff, 0, end);
        diff = nl_str_sub(diff, end, diff.n);
        if (nl_str_starts(diff, NL_S("\\ No newline")))
            line.n--;
        char c = line.p[0];
        if (c == '@' && nl_str_starts(line, NL_S("@@ -"))) {
            size_t start = strtoul(line.p + 4, NULL, 10);
            bool none = nl_str_search(nl_str_sub(line, 0, nl_str_find(line, '+')), NL_S(",0 ")) <
                        nl_str_find(line, '+');
            for (size_t l = 1, i = 0; i < before.n && l < start + none; i++) /* where it is */
                if (before.p[i] == '\n' && ++l == start + none && i + 1 > at) {
                    nl_buf_str_add(out, nl_str_sub(before, at, i + 1));
                    at = i + 1;
                }
            body = true;
        } else if (body && c != '\\') {
            nl_str text = nl_str_sub(line, 1, line.n);
            if (c != '+') {
                assert_true(nl_str_eq(nl_str_sub(before, at, at + text.n), text));
                at += text.n;
            }
            if (c != '-')
                nl_buf_str_add(out, text);
        }
    }
    nl_buf_str_add(out, nl_str_sub(before, at, before.n));
}

static void is_right_for_any_texts(void **state) {
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        nl_buf a = {0}, b = {0}, diff = {0}, got = {0};
        size_t size = i % 100 ? 20 : 600; /* the large ones go beyond the bound */
        random_text(&a, below(size));
        random_text(&b, below(size));
        nl_unified_diff(NL_S("a"), nl_buf_str(&a), nl_buf_str(&b), &diff);
        apply(nl_buf_str(&a), nl_buf_str(&diff), &got);
        if (!nl_str_eq(nl_buf_str(&got), nl_buf_str(&b)))
            fail_msg("round %zu: %s", i, nl_buf_c(&diff));
        nl_buf_free(&a);
        nl_buf_free(&b);
        nl_buf_free(&diff);
        nl_buf_free(&got);
    }
}

static void is_fast_for_large_texts(void **state) {
    (void)state;
    nl_buf a = {0}, b = {0}, diff = {0};
    for (size_t i = 0; i < 200000; i++) {
        nl_buf_printf(&a, "line %zu\n", i);
        nl_buf_printf(&b, i % 10 ? "line %zu\n" : "other %zu\n", i);
    }
    nl_unified_diff(NL_S("a"), nl_buf_str(&a), nl_buf_str(&b), &diff);
    size_t removed = 0;
    for (size_t i = 0; i + 1 < diff.n; i++)
        removed += diff.p[i] == '\n' && diff.p[i + 1] == '-';
    assert_int_equal(removed, 20000); /* minimal all the same */
    nl_buf_clear(&b);
    for (size_t i = 0; i < 100000; i++)
        nl_buf_printf(&b, "nothing alike %zu\n", i);
    nl_unified_diff(NL_S("a"), nl_buf_str(&a), nl_buf_str(&b), &diff);
    nl_buf_free(&a);
    nl_buf_free(&b);
    nl_buf_free(&diff);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_diff_writes),
        cmocka_unit_test(is_taken_by_patch_and_git),
        cmocka_unit_test(is_right_for_any_texts),
        cmocka_unit_test(is_fast_for_large_texts),
    };
    return cmocka_run_group_tests_name("udiff", tests, NULL, NULL);
}
