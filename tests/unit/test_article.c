/* Where front matter begins and ends, and what almost is front matter. */
#include "base/buf.h"
#include "doc/article.h"
#include "unit.h"
#include <string.h>

/* The body is no concern of these tests; the library's own reader takes the place of this one where
 * it is linked. */
__attribute__((weak)) nl_markdown *nl_markdown_parse(nl_source *s, size_t start, nl_arena *arena) {
    (void)s;
    (void)start;
    return NL_NEW(arena, nl_markdown);
}

typedef struct front_case {
    const char *text;
    nl_front_format format;
    size_t first, last; /* lines of the delimiters */
    const char *body;
} front_case;

static void test_delimiters(void **state) {
    (void)state;
    static const front_case cases[] = {
        {"---\na: b\n---\nB", NL_FRONT_YAML, 1, 3, "B"},
        {"---\na: b\n...\nB", NL_FRONT_YAML, 1, 3, "B"},
        {"---  \t\na: b\n--- \t\nB", NL_FRONT_YAML, 1, 3, "B"},
        {"\xEF\xBB\xBF---\na: b\n---\nB", NL_FRONT_YAML, 1, 3, "B"},
        {"---\r\na: b\r\n---\r\nB", NL_FRONT_YAML, 1, 3, "B"},
        {"---\ra: b\r---\rB", NL_FRONT_YAML, 1, 3, "B"},
        {"---\r\na: b\n---\rB", NL_FRONT_YAML, 1, 3, "B"},
        {"---\n---\nB", NL_FRONT_YAML, 1, 2, "B"},
        {"---\na: b\n---", NL_FRONT_YAML, 1, 3, ""},
        {"---\na: |\n  ---\n---\nB", NL_FRONT_YAML, 1, 4, "B"},
        {"---\na: b\n----\n---\nB", NL_FRONT_YAML, 1, 4, "B"},
        {"+++\na = 1\n+++\nB", NL_FRONT_TOML, 1, 3, "B"},
        {"{\n \"a\": {\n }\n}\nB", NL_FRONT_JSON, 1, 4, "B"},
        {"{ \n\"a\": 1\n} \t\nB", NL_FRONT_JSON, 1, 3, "B"},
        {"# H\n", NL_FRONT_NONE, 0, 0, "# H\n"},
        {"", NL_FRONT_NONE, 0, 0, ""},
        {"{\"a\": 1}\n", NL_FRONT_NONE, 0, 0, "{\"a\": 1}\n"},
        {"--- a\n---\n", NL_FRONT_NONE, 0, 0, "--- a\n---\n"},
        {"....\n", NL_FRONT_NONE, 0, 0, "....\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_arena arena = {0};
        nl_article a;
        nl_article_parse(&a, NL_S("a.md"), nl_str_c(cases[i].text), &nl_limits_default,
                         NL_READERS_FAST, &arena);
        if (a.front.format != cases[i].format || a.front.first_line != cases[i].first ||
            a.front.last_line != cases[i].last || a.front.unclosed)
            fail_msg("case %zu: format %d, lines %zu to %zu", i, (int)a.front.format,
                     a.front.first_line, a.front.last_line);
        assert_string_equal(cases[i].text + a.body_start, cases[i].body);
        nl_arena_free(&arena);
    }
}

static void test_almost(void **state) {
    (void)state;
    static const struct {
        const char *text, *has; /* has NULL: nothing is said */
        size_t start, end;
    } cases[] = {
        {"\n---\na: b\n---\n", "blank line", 0, 1},
        {"  ---\na: b\n---\n", "blanks", 0, 2},
        {"\xEF\xBB\xBF\xEF\xBB\xBF---\na: b\n---\n", "second byte order mark", 3, 6},
        {"\xC3\xAF\xC2\xBB\xC2\xBF---\na: b\n---\n", "damaged byte order mark", 0, 6},
        {"\xE2\x80\x8B---\na: b\n---\n", "invisible", 0, 3},
        {"---\xC2\xA0\na: b\n---\n", "behind the first", 3, 5},
        {"--\na: b\n---\n", "exactly three", 0, 2},
        {"----\na: b\n---\n", "exactly three", 0, 4},
        {"\n\n---\n\nNo key here.\n\n---\n", NULL, 0, 0},
        {"\n---\na: b\n", NULL, 0, 0},
        {"# H\n\n---\na: b\n---\n", NULL, 0, 0},
        {"---\na: b\n----\nB", "exactly three", 9, 13},
        {"---\na: b\n ---\nB", "beginning of its line", 9, 10},
        {"---\na: b\n---\xC2\xA0\nB", "behind the closing", 12, 14},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_arena arena = {0};
        nl_article a;
        nl_article_parse(&a, NL_S("a.md"), nl_str_c(cases[i].text), &nl_limits_default,
                         NL_READERS_FAST, &arena);
        if (a.front.almost != (cases[i].has != NULL))
            fail_msg("case %zu: %s", i, a.front.almost_message.p);
        if (cases[i].has) {
            assert_non_null(strstr(a.front.almost_message.p, cases[i].has));
            assert_int_equal(a.front.almost_span.start, cases[i].start);
            assert_int_equal(a.front.almost_span.end, cases[i].end);
        }
        nl_arena_free(&arena);
    }
}

static void test_unclosed(void **state) {
    (void)state;
    static const char *const texts[] = {"---", "---\n", "---\na: b\n\n# H\n", "{\n\"a\": 1\n",
                                        "+++\na = 1\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        nl_arena arena = {0};
        nl_article a;
        nl_article_parse(&a, NL_S("a.md"), nl_str_c(texts[i]), &nl_limits_default, NL_READERS_FAST,
                         &arena);
        assert_true(a.front.unclosed);
        assert_int_equal(a.body_start, strlen(texts[i]));
        assert_null(a.front.tree.root);
        nl_arena_free(&arena);
    }
}

static void test_encodings(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n, invalid_at;
        bool utf8, utf16;
    } cases[] = {
        {"\xFF\xFE-\0-\0", 6, 0, false, true},       {"\xFE\xFF\0-\0-", 6, 0, false, true},
        {"-\0-\0-\0\n\0", 8, 8, false, true},        {"---\na: \xE9\n---\n", 13, 7, false, false},
        {"---\na: b\n---\n\0", 14, 14, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_arena arena = {0};
        nl_article a;
        nl_article_parse(&a, NL_S("a.md"), nl_str_n(cases[i].bytes, cases[i].n), &nl_limits_default,
                         NL_READERS_FAST, &arena);
        assert_int_equal(a.utf8, cases[i].utf8);
        assert_int_equal(a.utf16, cases[i].utf16);
        assert_int_equal(a.invalid_at, cases[i].invalid_at);
        assert_int_equal(a.front.format == NL_FRONT_NONE, cases[i].utf16);
        nl_arena_free(&arena);
    }
}

static void test_sizes(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_article a;
    nl_limits small = nl_limits_default;
    small.size = 4;
    nl_article_parse(&a, NL_S("a.md"), NL_S("---\na: b\n---\n"), &small, NL_READERS_FAST, &arena);
    assert_true(a.too_large);
    assert_int_equal(a.front.format, NL_FRONT_NONE);
    nl_buf b = {0};
    nl_buf_puts(&b, "---\n");
    while (b.n <= nl_limits_default.front_matter)
        nl_buf_puts(&b,
                    "# a comment, and another, and one more, and so on to the end of the line\n");
    nl_buf_puts(&b, "---\nB");
    nl_article_parse(&a, NL_S("a.md"), nl_buf_str(&b), &nl_limits_default, NL_READERS_FAST, &arena);
    assert_true(a.front.tree.failed);
    assert_int_equal(a.front.tree.problems[0].trouble, NL_YAML_TOO_LARGE);
    assert_int_equal(a.body_start, b.n - 1);
    nl_buf_free(&b);
    nl_arena_free(&arena);
}

/* Errors are told where they stand in the file, and the closing line is no part of them. */
static void test_places(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_article a;
    nl_str text = NL_S("\xEF\xBB\xBF---\r\na: b\r\nc: \"x\r\n---\r\nB");
    nl_article_parse(&a, NL_S("a.md"), text, &nl_limits_default, NL_READERS_FAST, &arena);
    assert_int_equal(a.front.tree.count, 1);
    nl_position p = nl_source_locate(&a.source, a.front.tree.problems[0].span.start);
    assert_int_equal(p.line, 3);
    assert_int_equal(p.column, 4);
    assert_true(nl_str_is(nl_str_sub(text, a.front.close.start, a.front.close.end), "---"));
    nl_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delimiters), cmocka_unit_test(test_almost),
        cmocka_unit_test(test_unclosed),   cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_sizes),      cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
