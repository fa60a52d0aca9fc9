/* Patterns: compiling, errors with their places, limits, prefixes, replacements. */
#include "unit.h"

#include "rule/pattern.h"
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const nl_pattern *get(nl_pattern_pool *pool, const char *text, bool ignore_case) {
    nl_pattern_error error = {0};
    const nl_pattern *p = nl_pattern_get(pool, nl_str_c(text), ignore_case, &error);
    if (!p)
        fail_msg("`%s`: %s", text, error.message);
    return p;
}

static void finds(void **state) {
    (void)state;
    static const struct {
        const char *pattern, *subject;
        size_t from;
        bool ignore_case;
        size_t start, end; /* SIZE_MAX: no match */
    } cases[] = {
        {"abc", "xxabcabc", 0, false, 2, 5},
        {"abc", "xxabcabc", 3, false, 5, 8},
        {"abc", "xxab", 0, false, SIZE_MAX, 0},
        {"abc", "xABC", 0, true, 1, 4},
        {"abc", "", 0, false, SIZE_MAX, 0},
        {"", "", 0, false, 0, 0},
        {"", "ab", 2, false, 2, 2},
        {"ab+c", "zabbbc", 0, false, 1, 6},
        {"ab*c", "zac", 0, false, 1, 3},
        {"ab?", "xa", 0, false, 1, 2},
        {"ab{0,1}c", "ac", 0, false, 0, 2},
        {"abc|x", "..x", 0, false, 2, 3},
        {"a(b|c)", ".ac", 0, false, 1, 3},
        {"é*x", "ax", 0, false, 1, 2},
        {"aé?x", "ax", 0, false, 0, 2},
        {"é", "caf\xC3\xA9", 0, false, 3, 5},
        {"É", "caf\xC3\xA9", 0, true, 3, 5},
        {"\\w+", "..привет..", 0, false, 2, 14},
        {"^\\d+$", "2025", 0, false, 0, 4},
        {"(?<=b)c", "abc", 2, false, 2, 3},
        {"bc(?<=abc)", "abc", 0, false, 1, 3},
        {"a\\Kb", "xab", 0, false, 2, 3},
        {"\\Ga", "xa", 0, false, SIZE_MAX, 0},
        {"a\\Gb", "xab", 0, false, SIZE_MAX, 0},
        {"b",
         "\xE2\x80"
         "b",
         0, false, 2, 3},
        {"b$",
         "\xFF"
         "ab",
         0, false, 2, 3},
        {"é", "\xC3\xC3\xA9", 0, false, 1, 3},
        {".", "\xC3\xA9", 1, false, SIZE_MAX, 0}, /* a start within a character is moved on */
        {"]", "a]", 0, false, 1, 2},
        {"}", "a}", 0, false, 1, 2},
        {"a-b", "a-b", 0, false, 0, 3},
    };
    nl_pattern_pool pool = {0};
    nl_matcher *m = nl_matcher_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_groups g = {0};
        nl_match found = nl_pattern_find(get(&pool, cases[i].pattern, cases[i].ignore_case), m,
                                         nl_str_c(cases[i].subject), cases[i].from, &g);
        bool wanted = cases[i].start != SIZE_MAX;
        if (found != (wanted ? NL_MATCH_YES : NL_MATCH_NO) ||
            (wanted && (g.start[0] != cases[i].start || g.end[0] != cases[i].end)))
            fail_msg("`%s` in `%s`: %d, %zu to %zu", cases[i].pattern, cases[i].subject, (int)found,
                     g.start[0], g.end[0]);
    }
    nl_matcher_free(m);
    nl_pattern_pool_free(&pool);
}

static void compiles_once(void **state) {
    (void)state;
    nl_pattern_pool pool = {0};
    char again[] = "a.c";
    const nl_pattern *p = get(&pool, "a.c", false);
    assert_ptr_equal(p, get(&pool, again, false));
    assert_ptr_not_equal(p, get(&pool, "a.c", true));
    assert_true(nl_str_is(nl_pattern_text(p), "a.c"));
    assert_int_equal(pool.count, 2);
    nl_pattern_pool_free(&pool);
}

static void says_what_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        size_t offset;
        const char *part;
    } cases[] = {
        {"a(b", 3, "closing parenthesis; close it with `)`"},
        {"ab)", 2, "unmatched closing parenthesis"},
        {"[a-", 3, "close it with `]`"},
        {"[z-a]", 3, "range out of order"},
        {"*a", 0, "a backslash before it"},
        {"a{3,1}", 5, "smaller number first"},
        {"a\\", 2, "backslash"},
        {"\\y", 1, "must mean something"},
        {"\\p{Foo}", 7, "\\p{L}"},
        {"(?<=a+)b", 0, "fixed length"},
        {"é(b", 4, "closing parenthesis"},
        {"é\\pé", 4, "malformed"},
        {"a\xFF", 1, "not UTF-8"},
        {"\\C", 2, "\\C"},
    };
    nl_pattern_pool pool = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_pattern_error error = {0};
        assert_null(nl_pattern_get(&pool, nl_str_c(cases[i].pattern), false, &error));
        if (error.start != cases[i].offset || !strstr(error.message, cases[i].part))
            fail_msg("`%s`: %zu: %s", cases[i].pattern, error.start, error.message);
    }
    assert_int_equal(pool.count, 0);
    nl_pattern_pool_free(&pool);
}

static void stops_at_limits(void **state) {
    (void)state;
    static const char *const patterns[] = {"(a+)+$", "(a|aa)+$", "^(.*,){11}P", "(?:a*)*b(?!x)z",
                                           "(x+x+)+y"};
    static char subject[40000];
    nl_pattern_pool pool = {0};
    nl_matcher *m = nl_matcher_new();
    for (size_t i = 0; i < COUNT(patterns); i++) {
        memset(subject, i == 2 ? ',' : i == 4 ? 'x' : 'a', sizeof subject);
        subject[sizeof subject - 1] = '!';
        nl_match found = nl_pattern_find(get(&pool, patterns[i], false), m,
                                         nl_str_n(subject, sizeof subject), 0, NULL);
        if (i != 3)
            assert_int_not_equal(found, NL_MATCH_YES);
    }
    memset(subject, 'a', sizeof subject);
    subject[sizeof subject - 1] = '!';
    assert_int_equal(
        nl_pattern_find(get(&pool, "(a+)+$", false), m, nl_str_n(subject, sizeof subject), 0, NULL),
        NL_MATCH_LIMIT);
    assert_int_equal(
        nl_pattern_find(get(&pool, "a!", false), m, nl_str_n(subject, sizeof subject), 0, NULL),
        NL_MATCH_YES); /* the matcher is as good as new */
    nl_matcher_free(m);
    nl_pattern_pool_free(&pool);
}

/* Each start costs the rest of the text, and no start alone hits a limit of PCRE2. */
static void stays_linear_in_long_texts(void **state) {
    (void)state;
    static const char *const patterns[] = {"(\\w+)\\s+\\1\\b", "\\w+;\\d", "(?:\\pL)+\\s*;[xy]"};
    enum { SIZE = 4000000 };
    char *subject = malloc(SIZE);
    nl_pattern_pool pool = {0};
    nl_matcher *m = nl_matcher_new();
    memset(subject, 'a', SIZE);
    subject[SIZE - 1] = ';';
    for (size_t i = 0; i < COUNT(patterns); i++)
        assert_int_equal(
            nl_pattern_find(get(&pool, patterns[i], false), m, nl_str_n(subject, SIZE), 0, NULL),
            NL_MATCH_LIMIT);
    for (size_t i = 0; i < SIZE; i += 8)
        subject[i] = ' ';
    for (size_t i = 0; i < COUNT(patterns); i++) {
        nl_match found =
            nl_pattern_find(get(&pool, patterns[i], false), m, nl_str_n(subject, SIZE), 0, NULL);
        assert_int_equal(found, i == 0 ? NL_MATCH_YES : NL_MATCH_NO);
    }
    free(subject);
    nl_matcher_free(m);
    nl_pattern_pool_free(&pool);
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* A pattern with an empty group in front has no prefix: both must find the same, everywhere. */
static void prefixes_change_nothing(void **state) {
    (void)state;
    static const char *const parts[] = {"a",      "b",    "é",    "\xC2\xA0", "a?",     "b*",
                                        "é+",     "(a)",  ".",    "\\b",      "\\K",    "$",
                                        "(?=b)",  "[ab]", "\\x",  "(?i)",     "{2}",    "{",
                                        "(?<=a)", "|b",   "\\Qa", "#",        "(?:a)?", "a{0}"};
    static const char *const bytes[] = {"a", "b", "é", "\xC3", "\xA9", " ", "\n", "\xC2\xA0", "A"};
    nl_pattern_pool pool = {0};
    nl_matcher *m = nl_matcher_new();
    uint32_t seed = 7;
    size_t found_some = 0;
    for (int round = 0; round < 4000; round++) {
        char with[80] = "(?:)", subject[64] = "";
        size_t n = 4, s = 0;
        for (uint32_t k = next_random(&seed) % 5 + 1; k > 0; k--) {
            const char *part = parts[next_random(&seed) % COUNT(parts)];
            memcpy(with + n, part, strlen(part) + 1);
            n += strlen(part);
        }
        for (uint32_t k = next_random(&seed) % 12; k > 0; k--) {
            const char *part = bytes[next_random(&seed) % COUNT(bytes)];
            memcpy(subject + s, part, strlen(part) + 1);
            s += strlen(part);
        }
        nl_pattern_error error;
        const nl_pattern *p = nl_pattern_get(&pool, nl_str_n(with + 4, n - 4), false, &error);
        const nl_pattern *q = nl_pattern_get(&pool, nl_str_n(with, n), false, &error);
        if (!p || !q)
            continue;
        for (size_t from = 0; from <= s; from++) {
            nl_groups g = {0}, h = {0};
            nl_match a = nl_pattern_find(p, m, nl_str_n(subject, s), from, &g);
            nl_match b = nl_pattern_find(q, m, nl_str_n(subject, s), from, &h);
            if (a != b || (a == NL_MATCH_YES && (g.start[0] != h.start[0] || g.end[0] != h.end[0])))
                fail_msg("`%s` in `%s` from %zu: %d %zu, not %d %zu", with + 4, subject, from,
                         (int)a, g.start[0], (int)b, h.start[0]);
            found_some += a == NL_MATCH_YES;
        }
    }
    assert_true(found_some > 1000);
    nl_matcher_free(m);
    nl_pattern_pool_free(&pool);
}

static void expands_replacements(void **state) {
    (void)state;
    static const struct {
        const char *replacement, *expanded;
    } cases[] = {
        {"x", "x"},
        {"", ""},
        {"$2-$1", "lo-hel"},
        {"${1}0", "hel0"},
        {"$tail!", "lo!"},
        {"${tail}s", "los"},
        {"$0$0", "hellohello"},
        {"$$1", "$1"},
        {"$$$$", "$$"},
        {"5 $", "5 $"},
        {"$ 5", "$ 5"},
        {"${", "${"},
        {"${1", "${1"},
        {"[$3]", "[]"},
    };
    nl_pattern_pool pool = {0};
    nl_arena arena = {0};
    nl_matcher *m = nl_matcher_new();
    const nl_pattern *p = get(&pool, "(hel)(?<tail>lo)(z)?", false);
    nl_str subject = NL_S("say hello");
    nl_groups g;
    nl_pattern_error error;
    assert_int_equal(nl_pattern_find(p, m, subject, 0, &g), NL_MATCH_YES);
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_str replacement = nl_str_c(cases[i].replacement);
        assert_true(nl_pattern_accepts(p, replacement, &error));
        nl_str out = nl_pattern_expand(p, subject, &g, replacement, &arena);
        assert_string_equal(out.p, cases[i].expanded);
    }
    static const char *const wrong[] = {"a$4", "a${x}", "a$Tail", "a${00004}", "a${1x}"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_false(nl_pattern_accepts(p, nl_str_c(wrong[i]), &error));
        assert_int_equal(error.start, 1);
        assert_non_null(strstr(error.message, "no group"));
    }
    p = get(&pool, "(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)", false);
    assert_true(nl_pattern_accepts(p, NL_S("$9"), &error));
    assert_false(nl_pattern_accepts(p, NL_S("$10"), &error));
    nl_matcher_free(m);
    nl_arena_free(&arena);
    nl_pattern_pool_free(&pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(compiles_once),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(stops_at_limits),
        cmocka_unit_test(stays_linear_in_long_texts),
        cmocka_unit_test(prefixes_change_nothing),
        cmocka_unit_test(expands_replacements),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
