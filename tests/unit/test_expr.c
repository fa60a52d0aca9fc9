/* Expressions: what they say of an article, and what is said of bad ones. */
#include "unit.h"

#include "rule/expr.h"
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char article[] = "---\n"
                              "title: Rain ahead\n"
                              "lang: uk\n"
                              "greek: Ωμέγα\n"
                              "accent: cafe\xCC\x81\n"
                              "draft: false\n"
                              "live: true\n"
                              "score: 7\n"
                              "ratio: 0.5\n"
                              "huge: 9007199254740993\n"
                              "vast: 99999999999999999999\n"
                              "nothing: null\n"
                              "blank: ''\n"
                              "digits: '7'\n"
                              "publishedAt: 2025-11-14T02:13:55Z\n"
                              "updatedAt: 2025-11-14T04:13:55+02:00\n"
                              "later: 2025-11-14T02:13:55.5Z\n"
                              "spaced: 2025-11-14 02:13:56+0000\n"
                              "day: 2025-11-14\n"
                              "newYear: 2025-01-01T00:30:00+02:00\n"
                              "badTime: 2025-13-45T00:00:00Z\n"
                              "category: Sport\n"
                              "tags: [Sport, Kyiv, 'a b']\n"
                              "empty: []\n"
                              "none: {}\n"
                              "numbers: [1, 2.0, 3]\n"
                              "mixed: [1, x, null, true]\n"
                              "source:\n"
                              "  name: Reuters\n"
                              "  \"a.b\": dotted\n"
                              "  type-of: RSS\n"
                              "items:\n"
                              "  - {a: 1, b: 1}\n"
                              "  - {a: 2, b: 3}\n"
                              "  - {a: 5}\n"
                              "images:\n"
                              "  small: https://x/s.png\n"
                              "  large: http://x/l.png\n"
                              "\"odd.key\":\n"
                              "  sub: 1\n"
                              "---\n"
                              "# One\n\nSome words here.\n\n## Two\n";

/* The types that a closed tree would give. */
static const struct {
    const char *path;
    nl_type type;
} tree[] = {
    {"title", NL_TYPE_STRING},     {"draft", NL_TYPE_BOOL},     {"score", NL_TYPE_NUMBER},
    {"publishedAt", NL_TYPE_TIME}, {"updatedAt", NL_TYPE_TIME}, {"tags", NL_TYPE_LIST},
    {"tags[]", NL_TYPE_STRING},    {"source", NL_TYPE_MAP},     {"source.name", NL_TYPE_STRING},
    {"a", NL_TYPE_NUMBER},         {"b", NL_TYPE_NUMBER},       {"any-thing", NL_TYPE_ANY},
    {"items", NL_TYPE_LIST},       {"items[].a", NL_TYPE_ANY},  {"images", NL_TYPE_MAP},
    {"images.*", NL_TYPE_STRING},
};

static nl_type type_of(void *context, const nl_path *path, bool *known, nl_str *nearest) {
    nl_str all[COUNT(tree)];
    (void)context;
    *known = true;
    for (size_t i = 0; i < COUNT(tree); i++) {
        all[i] = nl_str_c(tree[i].path);
        if (nl_str_eq(path->text, all[i]))
            return tree[i].type;
    }
    const nl_str *near = nl_str_nearest(path->text, all, COUNT(tree));
    *nearest = near ? *near : (nl_str){NULL, 0};
    *known = false;
    return NL_TYPE_ANY;
}

typedef struct bench {
    nl_arena arena;
    nl_article article;
    nl_path_table paths;
    nl_pattern_pool patterns;
    nl_scope scope;
    const nl_targets *targets[1024];
    nl_expr_env env;
} bench;

static void setup(bench *b, const char *text) {
    *b = (bench){0};
    nl_article_parse(&b->article, NL_S("a.md"), nl_str_c(text), &nl_limits_default, NL_READERS_FAST,
                     &b->arena);
    b->scope = (nl_scope){.article = &b->article,
                          .path = NL_S("content/blog/rain.uk.md"),
                          .now = 1763164800, /* 2025-11-15T00:00:00Z */
                          .arena = &b->arena,
                          .matcher = nl_matcher_new(),
                          .paths = &b->paths,
                          .targets = b->targets};
    b->env = (nl_expr_env){.paths = &b->paths, .patterns = &b->patterns, .arena = &b->arena};
}

static void teardown(bench *b) {
    nl_matcher_free(b->scope.matcher);
    nl_path_table_free(&b->paths);
    nl_pattern_pool_free(&b->patterns);
    nl_arena_free(&b->arena);
}

static nl_truth truth(bench *b, const char *text) {
    nl_expr_error error = {0};
    const nl_expr *e = nl_expr_parse(nl_str_c(text), &b->env, &error);
    if (!e)
        fail_msg("`%s`: %zu to %zu: %s", text, error.start, error.end, error.message);
    return nl_expr_eval(e, &b->scope);
}

typedef struct truth_case {
    const char *text;
    nl_truth truth;
} truth_case;

static void check(const char *text, const truth_case *cases, size_t count, bool typed) {
    bench b;
    setup(&b, text);
    assert_non_null(nl_scope_root(&b.scope));
    if (typed)
        b.env.type_of = type_of;
    for (size_t i = 0; i < count; i++) {
        nl_truth found = truth(&b, cases[i].text);
        if (found != cases[i].truth)
            fail_msg("`%s` is %d, not %d", cases[i].text, (int)found, (int)cases[i].truth);
    }
    teardown(&b);
}

#define T NL_TRUE
#define F NL_FALSE
#define U NL_UNKNOWN

static void knows_three_values(void **state) {
    (void)state;
    static const truth_case cases[] = {
        {"true", T},
        {"false", F},
        {"not true", F},
        {"not false", T},
        {"not not true", T},
        {"live", T},
        {"draft", F},
        {"not draft", T},
        {"not live", F},
        /* absent is falsy and equals null; what is no boolean is neither */
        {"nope", F},
        {"not nope", T},
        {"nothing", F},
        {"not nothing", T},
        {"title", U},
        {"not title", U},
        {"score", U},
        {"not tags", U},
        {"nope != true", T},
        {"nope == true", F},
        {"nope == null", T},
        {"null == nope", T},
        {"nothing == null", T},
        {"nope == nothing", T},
        {"title != null", T},
        {"blank == null", F},
        {"null == null", T},
        {"null != null", F},
        {"nope.deeper.still == null", T},
        {"title.x == null", T},
        /* Kleene's tables; `title` is unknown */
        {"true and title", U},
        {"title and true", U},
        {"false and title", F},
        {"title and false", F},
        {"title and title", U},
        {"true or title", T},
        {"title or true", T},
        {"false or title", U},
        {"title or false", U},
        {"title or title", U},
        {"true and true and true", T},
        {"true and title and false", F},
        {"false or title or true", T},
        {"false or false or false", F},
        {"true or false and false", T},
        {"(true or false) and false", F},
        {"not false and false", F},
        {"not (false and false)", T},
        {"not true or true", T},
        {"not draft == false", F},
        {"(draft == false) == true", T},
        {"not nope > 3", U},
        {"nope > 3", U},
        {"nope > 3 or live", T},
        {"(nope > 3) == true", U},
        {"(nope > 3) != true", U},
    };
    check(article, cases, COUNT(cases), false);
}

static void compares(void **state) {
    (void)state;
    static const truth_case cases[] = {
        {"score == 7", T},
        {"score != 7", F},
        {"score == 7.0", T},
        {"score < 8", T},
        {"score <= 7", T},
        {"score > 7", F},
        {"score >= 7", T},
        {"score > -1", T},
        {"ratio == 0.5", T},
        {"ratio < score", T},
        {"7 == score", T},
        {"-3 < -2", T},
        {"score == '7'", F},
        {"score != '7'", T},
        {"digits == 7", F},
        {"digits == '7'", T},
        {"digits < 8", U},
        {"title > 3", U},
        {"not (title > 3)", U},
        {"huge == 9007199254740993", T},
        {"huge == 9007199254740992", F},
        {"huge > 9007199254740992", T},
        {"vast > huge", T},
        {"vast == 99999999999999999999", T},
        {"title == 'Rain ahead'", T},
        {"title == \"Rain ahead\"", T},
        {"title == 'rain ahead'", F},
        {"'a' < 'b'", T},
        {"'a' < 'aa'", T},
        {"'Z' < 'a'", T},
        {"'é' > 'z'", T},
        {"title < 'S'", T},
        {"title < nope", U},
        {"blank == ''", T},
        {"'' < title", T},
        {"live == true", T},
        {"live != draft", T},
        {"live == 'true'", F},
        {"live == 1", F},
        {"tags == ['Sport', 'Kyiv', 'a b']", T},
        {"tags == ['Sport']", F},
        {"tags != []", T},
        {"empty == []", T},
        {"tags == tags", T},
        {"tags == empty", F},
        {"[1, 2] == [1, 2]", T},
        {"numbers == [1, 2, 3]", T},
        {"[nope > 1] == [true]", U},
        {"source == source", T},
        {"source == none", F},
        {"source == tags", F},
        {"tags < empty", U},
        {"source.name < 'S'", T},
        {"'it\\'s' == \"it's\"", T},
        {"'a\\\\b' == \"a\\\\b\"", T},
        {"'\\n' != 'n'", T},
        {"'\\t' == '\\t'", T},
        {"source.\"a.b\" == 'dotted'", T},
        {"source.type-of == 'RSS'", T},
        {"\"odd.key\".sub == 1", T},
        {"greek == 'Ωμέγα'", T},
        {"file == null", T},
    };
    check(article, cases, COUNT(cases), false);
}

static void compares_times(void **state) {
    (void)state;
    static const truth_case cases[] = {
        {"updatedAt >= publishedAt", T},
        {"updatedAt <= publishedAt", T},
        {"updatedAt > publishedAt", F},
        {"later > publishedAt", T},
        {"spaced > later", T},
        {"publishedAt == 2025-11-14T02:13:55Z", T},
        {"updatedAt == 2025-11-14T02:13:55Z", T},
        {"updatedAt == publishedAt", F}, /* two strings, as far as is known */
        {"publishedAt > 2025-11-14", T},
        {"publishedAt < 2025-11-15", T},
        {"day == 2025-11-14", T},
        {"day == 2025-11-14T00:00:00Z", T},
        {"day < publishedAt", T},
        {"publishedAt < now", T},
        {"now == 2025-11-15", T},
        {"now - 1d == day", T},
        {"now - publishedAt < 1d", T},
        {"now - publishedAt > 21h", T},
        {"publishedAt + 1h == 2025-11-14T03:13:55Z", T},
        {"1h + publishedAt > publishedAt", T},
        {"publishedAt - 2h30m < publishedAt", T},
        {"publishedAt + 1w > now", T},
        {"later - publishedAt > 0s", T},
        {"later - publishedAt < 1s", T},
        {"publishedAt - later < 0s", T},
        {"later + 1s == 2025-11-14T02:13:56.5Z", T},
        {"updatedAt - publishedAt == 0s", T},
        {"1h + 30m == 90m", T},
        {"1h - 30m < 31m", T},
        {"1d == 24h", T},
        {"2w == 14d", T},
        {"1h30m > 1h", T},
        {"-1h < 0s", T},
        {"badTime < now", U},
        {"badTime == 2025-11-14", F},
        {"badTime != 2025-11-14", T},
        {"badTime + 1h < now", U},
        {"title < now", U},
        {"nope < now", U},
        {"nope + 1h < now", U},
        {"now - nope < 1h", U},
        {"score < now", U},
        {"score == now", F},
        {"year(publishedAt) == 2025", T},
        {"month(publishedAt) == 11", T},
        {"day(publishedAt) == 14", T},
        {"year(newYear) == 2025", T},
        {"year(now) == 2025", T},
        {"day(now - 1s) == 14", T},
        {"day(day) == 14", T},
        {"year(title) == 2025", U},
        {"year(nope) > 2000", U},
        {"year(badTime) > 2000", U},
        {"year(2024-02-29) == 2024", T},
        {"publishedAt > '2025-11-14'", T},
        {"score + 1 == 8", T},
        {"score - 8 == -1", T},
        {"1 + 2 - 3 == 0", T},
        {"0.1 + 0.2 < 0.31", T},
        {"title + 1 == 1", U},
        {"nope + 1 > 0", U},
        {"9223372036854775807 + 1 > 9223372036854775806", T},
        {"title - title == 0s", U},
    };
    check(article, cases, COUNT(cases), false);
}

static void looks_into_lists(void **state) {
    (void)state;
    static const truth_case cases[] = {
        {"category in tags", T},
        {"'Kyiv' in tags", T},
        {"'kyiv' in tags", F},
        {"'x' not in tags", T},
        {"category not in tags", F},
        {"lang in ['uk', 'en']", T},
        {"lang in []", F},
        {"lang not in []", T},
        {"score in [1, 7]", T},
        {"score in ['7']", F},
        {"2 in numbers", T},
        {"2.5 in numbers", F},
        {"nope in tags", U},
        {"nope in ['a']", U},
        {"category in nope", U},
        {"category in title", U},
        {"category not in nope", U},
        {"category in source", U},
        {"true in mixed", T},
        {"nope not in tags", U},
        {"[1] in [[1], [2]]", T},
        {"publishedAt in [2025-11-14T02:13:55Z]", T},
        {"any(tags[] == 'Kyiv')", T},
        {"any(tags[] == 'x')", F},
        {"all(tags[] != 'x')", T},
        {"all(tags[] == 'Kyiv')", F},
        {"any(empty[] == 1)", F},
        {"all(empty[] == 1)", T},
        {"any(nope[] == 1)", U},
        {"all(nope[] == 1)", U},
        {"any(title[] == 1)", U},
        {"any(source[] == 1)", U},
        {"any(none.* == 1)", F},
        {"any(mixed[] > 0)", T},
        {"all(mixed[] > 0)", U},
        {"any(mixed[] > 5)", U},
        {"any(mixed[] == null)", T},
        {"any(items[].a == items[].b)", T},
        {"all(items[].a == items[].b)", F},
        {"all(items[].a > 0)", T},
        {"all(has(items[].b))", F},
        {"any(not has(items[].b))", T},
        {"all(items[].b > 0)", U},
        {"any(images.* matches '^http:')", T},
        {"all(starts-with(images.*, 'https:'))", F},
        {"any(tags[] in ['Kyiv'])", T},
        {"any(tags[] == category and tags[] != 'x')", T},
        {"not any(tags[] == 'x')", T},
        {"any(len(tags[]) > 4)", T},
        {"count(tags[]) == 3", T},
        {"count(nope[]) == 0", T},
        {"count(mixed[]) == 3", T},
        {"count(items[].b) == 2", T},
        {"count(images.*) == 2", T},
        {"has(title)", T},
        {"has(nope)", F},
        {"has(nothing)", F},
        {"has(blank)", T},
        {"has(source.name)", T},
        {"has(items[].b)", T},
        {"has(items[].z)", F},
        {"not has(nope.x)", T},
        {"any(count(tags[]) == 3 and tags[] == 'Kyiv')", T},
    };
    check(article, cases, COUNT(cases), false);
}

static void calls(void **state) {
    (void)state;
    static const truth_case cases[] = {
        {"len(title) == 10", T},
        {"len(greek) == 5", T},
        {"len(accent) == 4", T},
        {"len(tags) == 3", T},
        {"len(source) == 3", T},
        {"len(blank) == 0", T},
        {"len(score) == 1", U},
        {"len(nope) == 0", U},
        {"len(['a', 'b']) == 2", T},
        {"lower(title) == 'rain ahead'", T},
        {"upper(greek) == 'ΩΜΈΓΑ'", T},
        {"lower(nope) == ''", U},
        {"lower(score) == '7'", U},
        {"lower('A') == 'a'", T},
        {"starts-with(title, 'Rain')", T},
        {"starts-with(title, 'ahead')", F},
        {"ends-with(title, 'ahead')", T},
        {"starts-with(title, '')", T},
        {"starts-with(nope, 'a')", U},
        {"ends-with(score, '7')", U},
        {"title matches '^Rain'", T},
        {"title matches 'rain'", F},
        {"title matches '(?i)rain'", T},
        {"title matches '\\bahead$'", T},
        {"title matches \"^\\w+ \\w+$\"", T},
        {"greek matches '^\\p{Greek}+$'", T},
        {"nope matches '.'", U},
        {"score matches '7'", U},
        {"not (nope matches '.')", U},
        {"\"it's\" matches 'it\\'s'", T},
        {"'a\\\\b' matches '\\\\'", T},
        {"file.path == 'content/blog/rain.uk.md'", T},
        {"file.name == 'rain.uk.md'", T},
        {"file.dir == 'content/blog'", T},
        {"ends-with(file.name, '.md')", T},
        {"file.path matches '/blog/'", T},
        {"body.headings == 2", T},
        {"body.words > 2", T},
        {"body.words < 3", F},
        {"body.words > score", F},
        {"lower(upper(lang)) == lang", T},
    };
    check(article, cases, COUNT(cases), false);
}

static void knows_the_tree(void **state) {
    (void)state;
    static const truth_case cases[] = {
        {"updatedAt == publishedAt", T},
        {"updatedAt != publishedAt", F},
        {"updatedAt >= publishedAt", T},
        {"draft != true", T},
        {"score > 3 and not draft", T},
        {"title != null", T},
        {"publishedAt > '2025-01-01'", T},
        {"title > '2025'", T},
        {"publishedAt - updatedAt < 1h", T},
        {"any(tags[] == 'Sport')", T},
        {"a - b == 0", U},
        {"any-thing == null", T},
        {"updatedAt - 1h < publishedAt", T},
        {"publishedAt matches '^2025'", T},
        {"len(publishedAt) == 20", T},
        {"starts-with(publishedAt, '2025')", T},
    };
    check(article, cases, COUNT(cases), true);
    static const truth_case wrong[] = {
        {"updatedAt >= publishedAt", U},
        {"updatedAt > '2025-01-01'", U},
        {"updatedAt == publishedAt", F},
        {"draft", U},
        {"not draft", U},
        {"score > 3", U},
    };
    check("---\nupdatedAt: soon\npublishedAt: 2025-11-14\ndraft: 'no'\nscore: many\n---\n", wrong,
          COUNT(wrong), true);
}

static void is_mute_without_front_matter(void **state) {
    (void)state;
    bench b;
    setup(&b, "text only\n");
    assert_int_equal(truth(&b, "nope == null"), NL_TRUE);
    assert_int_equal(truth(&b, "any(tags[] == 'x')"), NL_UNKNOWN);
    assert_int_equal(truth(&b, "count(tags[]) > 0"), NL_FALSE);
    teardown(&b);
}

typedef struct error_case {
    const char *text;
    size_t start, end;
    const char *part;
} error_case;

static void refuse(const error_case *cases, size_t count, bool typed) {
    bench b;
    setup(&b, article);
    if (typed)
        b.env.type_of = type_of;
    for (size_t i = 0; i < count; i++) {
        nl_expr_error error = {0};
        if (nl_expr_parse(nl_str_c(cases[i].text), &b.env, &error))
            fail_msg("`%s` is taken", cases[i].text);
        if (error.start != cases[i].start || error.end != cases[i].end ||
            !strstr(error.message, cases[i].part))
            fail_msg("`%s`: {%zu, %zu}: %s", cases[i].text, error.start, error.end, error.message);
    }
    teardown(&b);
}

static void says_what_is_no_expression(void **state) {
    (void)state;
    static const error_case cases[] = {
        {"", 0, 0, "an expression is wanted"},
        {"   ", 3, 3, "ends where a value"},
        {"a ==", 4, 4, "ends where a value"},
        {"== a", 0, 2, "before `==`"},
        {"a = 1", 2, 3, "write `==`"},
        {"a === 1", 2, 5, "write `==`"},
        {"a && b", 2, 4, "write `and`"},
        {"a || b", 2, 4, "write `or`"},
        {"!a", 0, 1, "write `not`"},
        {"a <> 1", 2, 4, "write `!=`"},
        {"a =~ 'x'", 2, 4, "write `matches`"},
        {"a => 1", 2, 4, "write `>=`"},
        {"a * 2 == 4", 2, 3, "add and subtract only"},
        {"a # b", 2, 3, "no meaning"},
        {"a \x01", 2, 3, "byte 0x01"},
        {"a == 'x", 5, 6, "not closed"},
        {"a == \"x\\\"", 5, 6, "not closed"},
        {"a == '\\d'", 6, 8, "write `\\\\` for a backslash"},
        {"a matches '\\pé'", 13, 15, "malformed"},
        {"(a == 1", 7, 7, "parenthesis at byte 1"},
        {"a == 1)", 6, 7, "closes nothing"},
        {"a in [1, 2", 10, 10, "`,` or `]`"},
        {"a in [1 2]", 8, 9, "`,` or `]`"},
        {"a b", 2, 3, "is wanted before `b`"},
        {"a == 1 b == 2", 7, 8, "is wanted before `b`"},
        {"a < b < c", 6, 7, "do not chain"},
        {"a == b == c", 7, 9, "do not chain"},
        {"a not b", 2, 5, "`not in`"},
        {"a matches b", 10, 11, "a regex in quotes"},
        {"a matches '(x'", 13, 14, "closing parenthesis"},
        {"a matches 'é(x'", 15, 16, "closing parenthesis"},
        {"a matches 'it\\'s*+?+'", 18, 19, "backslash before it"},
        {"size(a) > 1", 0, 4, "no function; there are"},
        {"lenn(a) > 1", 0, 4, "did you mean `len()`?"},
        {"Lower(a) == 'x'", 0, 5, "did you mean `lower()`?"},
        {"startswith(a, 'x')", 0, 10, "did you mean `starts-with()`?"},
        {"len() > 1", 0, 5, "takes one value, not 0"},
        {"len(a, b) > 1", 0, 9, "takes one value, not 2"},
        {"starts-with(a)", 0, 14, "takes two values, not 1"},
        {"len(a b)", 6, 7, "`)` is wanted"},
        {"has(1)", 4, 5, "wants a field"},
        {"has(len(a))", 4, 10, "wants a field"},
        {"count(a) > 1", 6, 7, "count(a[])"},
        {"tags[] == 'x'", 0, 6, "any(…) or all(…)"},
        {"'x' in tags[]", 7, 13, "any(…) or all(…)"},
        {"images.* == 'x'", 0, 8, "any(…) or all(…)"},
        {"any(a == 1)", 0, 11, "any() goes over a list"},
        {"any(a[] == b[])", 11, 14, "this one goes over `a[]`"},
        {"any(all(a[] == 1))", 4, 7, "within one another"},
        {"a[0] == 1", 1, 2, "`[]`"},
        {"a..b == 1", 2, 3, "before the dot"},
        {"a. == 1", 1, 2, "at the end"},
        {"now-1h > a", 0, 6, "write `now - 1h`"},
        {"a > now-7d", 4, 10, "a minus is spaced"},
        {"a > 5x", 4, 6, "no number, time or duration"},
        {"a > 1.2.3", 4, 9, "no number"},
        {"-a > 1", 0, 1, "`0 - …`"},
        {"a > 2025-02-30", 12, 14, "no ISO time"},
        {"a > 2025-13-01", 9, 11, "no ISO time"},
        {"file.size > 1", 0, 9, "`file.dir`"},
        {"body.text == 'x'", 0, 9, "`body.headings`"},
        {"'text'", 0, 6, "is a string, where something true or false"},
        {"1 + 1", 0, 5, "is a number, where"},
        {"now", 0, 3, "is a time, where"},
        {"null", 0, 4, "is null, where"},
        {"[1]", 0, 3, "is a list, where"},
        {"a and 1", 6, 7, "is a number, where"},
        {"not 'x'", 4, 7, "is a string, where"},
        {"1 == 'x'", 0, 8, "never equal"},
        {"1h == 3600", 0, 10, "never equal"},
        {"now > 3", 0, 7, "no order"},
        {"true < false", 0, 4, "has no order"},
        {"a < null", 4, 8, "has no order"},
        {"a > [1]", 4, 7, "has no order"},
        {"now > 'soon'", 6, 12, "is compared with a time"},
        {"now == 'soon'", 7, 13, "is compared with a time"},
        {"a in 'xyz'", 5, 10, "for a part of a string"},
        {"a in 5", 5, 6, "`in` wants a list, and `5` is a number"},
        {"1 in ['a', 'b']", 0, 15, "never in it"},
        {"1 matches 'x'", 0, 1, "wants a string"},
        {"a + 'x' == 'yx'", 4, 7, "take numbers"},
        {"true + 1 == 2", 0, 4, "take numbers"},
        {"now + 1 > a", 0, 7, "cannot be added"},
        {"now + now > a", 0, 9, "cannot be added"},
        {"1h - now > a", 0, 8, "cannot be subtracted"},
        {"len(5) > 1", 4, 5, "a string, list or map, and `5` is a number"},
        {"lower(1) == 'x'", 6, 7, "wants a string"},
        {"year(5) == 1", 5, 6, "wants a time"},
        {"starts-with(a, 1)", 15, 16, "wants a string"},
    };
    assert_true(COUNT(cases) >= 60);
    refuse(cases, COUNT(cases), false);
}

static void says_what_the_tree_forbids(void **state) {
    (void)state;
    static const error_case cases[] = {
        {"titel == 'x'", 0, 5, "did you mean `title`?"},
        {"zzzzzz == 'x'", 0, 6, "is no field of the tree; name it"},
        {"draft and source.nam == 'x'", 10, 20, "did you mean `source.name`?"},
        {"a-b == 1", 0, 3, "write `a - b`"},
        {"score-1 > 2", 0, 7, "write `score - 1`"},
        {"updatedAt >= score", 0, 18, "`updatedAt` is a time and `score` is a number"},
        {"score == 'seven'", 0, 16, "never equal"},
        {"draft == 'true'", 0, 15, "never equal"},
        {"tags == 'x'", 0, 11, "never equal"},
        {"'x' in title", 7, 12, "for a part of a string"},
        {"'x' in source", 7, 13, "`source` is a map"},
        {"title and draft", 0, 5, "is a string, where"},
        {"when-ever > 1", 0, 9, "no field"},
        {"tags > 1", 0, 4, "has no order"},
        {"publishedAt > 'yesterday'", 14, 25, "is compared with a time"},
        {"any(tags[] > 3)", 4, 14, "no order"},
        {"year(score) == 1", 5, 10, "wants a time"},
        {"len(draft) > 1", 4, 9, "wants a string, list or map"},
        {"score in ['a']", 0, 14, "never in it"},
        {"score matches '7'", 0, 5, "wants a string"},
        {"all(images.*)", 4, 12, "is a string, where"},
    };
    refuse(cases, COUNT(cases), true);
}

static void repeat(nl_buf *b, const char *text, size_t count) {
    for (size_t i = 0; i < count; i++)
        nl_buf_puts(b, text);
}

/* n times `before`, then `a`, then n times `after`. */
static bool takes(const char *before, const char *after, size_t n) {
    bench b;
    setup(&b, article);
    nl_buf text = {0};
    nl_expr_error error = {0};
    repeat(&text, before, n);
    nl_buf_putc(&text, 'a');
    repeat(&text, after, n);
    const nl_expr *e = nl_expr_parse(nl_buf_str(&text), &b.env, &error);
    if (e)
        nl_expr_eval(e, &b.scope);
    else
        assert_non_null(strstr(error.message, "nested too deeply"));
    nl_buf_free(&text);
    teardown(&b);
    return e != NULL;
}

static void bounds_the_depth(void **state) {
    (void)state;
    assert_true(takes("(", ")", 150));
    assert_false(takes("(", ")", 100000));
    assert_true(takes("not ", "", 150));
    assert_false(takes("not ", "", 100000));
    assert_false(takes("[", "]", 100000));
    assert_false(takes("", " + a", 100000));
    assert_false(takes("len(", ")", 100000));
    assert_true(takes("", " or a", 100000)); /* wide, not deep */
    assert_true(takes("a and ", "", 100000));
}

static void names_its_fields(void **state) {
    (void)state;
    static const struct {
        const char *text, *paths;
    } cases[] = {
        {"updatedAt >= publishedAt and updatedAt > now", "updatedAt publishedAt"},
        {"any(tags[] == category)", "tags[] category"},
        {"body.words > 10", ""},
        {"has(source.name) or body.headings == 0 or len(file.path) > 1", "source.name"},
        {"all(items[].a == items[].b)", "items[].a items[].b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bench b;
        setup(&b, article);
        nl_expr_error error;
        const nl_expr *e = nl_expr_parse(nl_str_c(cases[i].text), &b.env, &error);
        assert_non_null(e);
        size_t count;
        const size_t *paths = nl_expr_paths(e, &count);
        nl_buf out = {0};
        for (size_t j = 0; j < count; j++) {
            if (j)
                nl_buf_putc(&out, ' ');
            nl_buf_str_add(&out, b.paths.items[paths[j]].text);
        }
        assert_string_equal(nl_buf_c(&out), cases[i].paths);
        assert_true(nl_str_is(nl_expr_text(e), cases[i].text));
        nl_buf_free(&out);
        teardown(&b);
    }
}

static void gives_up_on_too_much_work(void **state) {
    (void)state;
    nl_buf text = {0};
    nl_buf_puts(&text, "---\ntags: [x");
    repeat(&text, ", y", 20000);
    nl_buf_puts(&text, "]\nothers: [z");
    repeat(&text, ", w", 20000);
    nl_buf_puts(&text, "]\nlong: \"");
    repeat(&text, "a", 5000);
    nl_buf_puts(&text, "!\"\n---\n");
    bench b;
    setup(&b, nl_buf_c(&text));
    assert_int_equal(truth(&b, "any(tags[] == 'y')"), NL_TRUE);
    assert_false(b.scope.limited);
    assert_int_equal(truth(&b, "any(tags[] in others)"), NL_UNKNOWN);
    assert_true(b.scope.limited);
    b.scope.limited = false;
    assert_int_equal(truth(&b, "long matches '(a+)+$'"), NL_UNKNOWN);
    assert_true(b.scope.limited);
    teardown(&b);
    nl_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_three_values),
        cmocka_unit_test(compares),
        cmocka_unit_test(compares_times),
        cmocka_unit_test(looks_into_lists),
        cmocka_unit_test(calls),
        cmocka_unit_test(knows_the_tree),
        cmocka_unit_test(is_mute_without_front_matter),
        cmocka_unit_test(says_what_is_no_expression),
        cmocka_unit_test(says_what_the_tree_forbids),
        cmocka_unit_test(bounds_the_depth),
        cmocka_unit_test(names_its_fields),
        cmocka_unit_test(gives_up_on_too_much_work),
    };
    return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
