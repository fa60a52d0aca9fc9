/* Values: typing, lookups, and the places and edits of scalars in every style. */
#include "base/buf.h"
#include "base/utf8.h"
#include "doc/value.h"
#include "doc/yaml.h"
#include "unit.h"
#include <math.h>
#include <string.h>

/* Texts with one scalar `v` each, in all styles and shapes. `want` is its value. */
static const struct {
    const char *yaml, *want;
} scalars[] = {
    {"v: plain text", "plain text"},
    {"v:  x\t# c", "x"},
    {"v: two\n  lines", "two lines"},
    {"v: two\n\n  lines\n\n\n  more", "two\nlines\n\nmore"},
    {"v: two  \r\n  \tlines", "two lines"},
    {"v: a\r  b\r\r  c", "a b\nc"},
    {"v: caf\xC3\xA9 \xF0\x9F\x98\x80 x", "caf\xC3\xA9 \xF0\x9F\x98\x80 x"},
    {"v: a\xE2\x80\xA8"
     "b\xC2\x85"
     "c",
     "a\xE2\x80\xA8"
     "b\xC2\x85"
     "c"},
    {"v: 'it''s'", "it's"},
    {"v: ''''", "'"},
    {"v: ' a\n\n   b '", " a\nb "},
    {"v: 'a  \n  b'", "a b"},
    {"v: '\xE2\x80\x94 x'", "\xE2\x80\x94 x"},
    {"v: \"a\\tb\\\\c\\\"d\\/\"", "a\tb\\c\"d/"},
    {"v: \"\\x41\\u00e9\\U0001F600\"", "A\xC3\xA9\xF0\x9F\x98\x80"},
    {"v: \"\\N\\_\\L\\P\\e\\a\"", "\xC2\x85\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9\x1B\a"},
    {"v: \"a \\\n   b\"", "a b"},
    {"v: \"a\\\n\n   b\"", "a\nb"},
    {"v: \"a\n\n\n   b\\n\"", "a\n\nb\n"},
    {"v: \"\\u00e2\\u20ac\\u2122\"", "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2"},
    {"v: |\n  one\n  two\n", "one\ntwo\n"},
    {"v: |-\n  one\n\n   two\n", "one\n\n two"},
    {"v: |+\n  one\n\n\n", "one\n\n\n"},
    {"v: |2\n    one\n  two\n", "  one\ntwo\n"},
    {"v: |\r\n  one\r\n  two\r\n", "one\ntwo\n"},
    {"v: |\r  one\r\r  two\r", "one\n\ntwo\n"},
    {"v: | # comment\n\n  one\n", "\none\n"},
    {"v: >\n  one\n  two\n\n  three\n", "one two\nthree\n"},
    {"v: >-\n  one\n    more\n  two\n  three\n", "one\n  more\ntwo three"},
    {"v: >\n\n  a\n  b\n\n\n  c\n", "\na b\n\nc\n"},
    {"v: >+\n  a\xE2\x80\xA9x\n  b\n\n", "a\xE2\x80\xA9x b\n\n"},
    {"v: |\n  a \n   \n  b\n", "a \n \nb\n"},
    {"w: [x, y]\nv: &a !!str 12", "12"},
    {"v: [1, {v: 'k'}]", NULL},
};

static nl_yaml parse(nl_source *s, const char *text, size_t n, nl_arena *arena) {
    *s = nl_source_of(NL_S("a.md"), nl_str_n(text, n), arena);
    return nl_yaml_parse(s, nl_span_of(0, n), NL_LIMIT_depth, arena);
}

static const nl_value *the_value(const nl_yaml *y) {
    assert_non_null(y->root);
    const nl_entry *e = nl_value_find(y->root, NL_S("v"));
    assert_non_null(e);
    return e->value;
}

static void test_scalars_decode(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++) {
        nl_arena arena = {0};
        nl_source s;
        nl_yaml y = parse(&s, scalars[i].yaml, strlen(scalars[i].yaml), &arena);
        assert_int_equal(y.count, 0);
        const nl_value *v = the_value(&y);
        if (scalars[i].want)
            assert_true(nl_str_is(v->text, scalars[i].want));
        nl_span all;
        if (scalars[i].want && !nl_value_locate(&s, v, 0, v->text.n, &all))
            fail_msg("%s: the whole text has no exact place", scalars[i].yaml);
        nl_arena_free(&arena);
    }
}

static bool is_border(nl_str s, size_t at) {
    return at == s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

static const nl_value *reparse(nl_str text, const nl_edit *e, nl_buf *out, nl_arena *arena) {
    nl_buf_str_add(out, nl_str_sub(text, 0, e->span.start));
    nl_buf_str_add(out, e->text);
    nl_buf_str_add(out, nl_str_sub(text, e->span.end, text.n));
    nl_source s;
    nl_yaml y = parse(&s, out->p, out->n, arena);
    if (y.count)
        fail_msg("`%.*s` does not parse: %s", (int)out->n, out->p, y.problems[0].message.p);
    return the_value(&y);
}

/* Editing any part of any scalar gives that text and no other, where it can be done at all. */
static void check_edit(const nl_source *s, const nl_value *v, size_t from, size_t to, nl_str by,
                       size_t *done) {
    nl_arena arena = {0};
    nl_buf out = {0}, want = {0};
    nl_edit e;
    if (nl_value_edit(s, v, from, to, by, &arena, &e)) {
        ++*done;
        nl_buf_str_add(&want, nl_str_sub(v->text, 0, from));
        nl_buf_str_add(&want, by);
        nl_buf_str_add(&want, nl_str_sub(v->text, to, v->text.n));
        const nl_value *after = reparse(s->bytes, &e, &out, &arena);
        if (after->kind != v->kind || !nl_str_eq(after->text, nl_buf_str(&want)))
            fail_msg("%s: [%zu, %zu) by `%s` gave `%s`", s->bytes.p, from, to, by.p, out.p);
    }
    nl_buf_free(&out);
    nl_buf_free(&want);
    nl_arena_free(&arena);
}

static void test_edits_reparse(void **state) {
    (void)state;
    static const nl_str by[] = {NL_STR("X"),       NL_STR(""),   NL_STR("it's \"x\" \\"),
                                NL_STR("a: b #c"), NL_STR("\n"), NL_STR("\x01\xE2\x80\xA8"),
                                NL_STR(" y "),     NL_STR("12")};
    size_t done = 0;
    for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++) {
        nl_arena arena = {0};
        nl_source s;
        nl_yaml y = parse(&s, scalars[i].yaml, strlen(scalars[i].yaml), &arena);
        const nl_value *v = the_value(&y);
        for (size_t from = 0; scalars[i].want && from <= v->text.n; from++)
            for (size_t to = from; to <= v->text.n; to++)
                for (size_t k = 0; k < sizeof by / sizeof by[0]; k++)
                    if (is_border(v->text, from) && is_border(v->text, to))
                        check_edit(&s, v, from, to, by[k], &done);
        nl_arena_free(&arena);
    }
    assert_in_range(done, 5000, SIZE_MAX);
}

/* The bytes that are located, put alone into a scalar of the same style, are the text. */
static void test_located_bytes(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *text, *bytes;
    } cases[] = {
        {"v: plain text", "text", "text"},
        {"v: 'it''s'", "'", "''"},
        {"v: 'it''s'", "t's", "t''s"},
        {"v: \"a\\u00e9b\"", "\xC3\xA9", "\\u00e9"},
        {"v: \"a\\tb\"", "b", "b"},
        {"v: two\n\n  lines", "o\nl", "o\n\n  l"},
        {"v: two\r\n  lines", "lines", "lines"},
        {"v: \"a\\\n   b\"", "b", "b"},
        {"v: |\n  one\n  two\n", "two", "two"},
        {"v: |\n  one\n  two\n", "e\nt", "e\n  t"},
        {"v: |\n  one\r\n  two\n", "\n", "\r\n"},
        {"v: >\n  one\n  two\n", "e t", "e\n  t"},
        {"v: \xF0\x9F\x98\x80 \xE2\x80\xA8x", "x", "x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_arena arena = {0};
        nl_source s;
        nl_yaml y = parse(&s, cases[i].yaml, strlen(cases[i].yaml), &arena);
        const nl_value *v = the_value(&y);
        nl_span span;
        size_t at = nl_str_search(v->text, nl_str_c(cases[i].text));
        assert_true(nl_value_locate(&s, v, at, at + strlen(cases[i].text), &span));
        nl_str found = nl_str_sub(s.bytes, span.start, span.end);
        if (!nl_str_is(found, cases[i].bytes))
            fail_msg("%s: `%s` is found in `%.*s`", cases[i].yaml, cases[i].text, NL_ARG(found));
        nl_arena_free(&arena);
    }
}

static void test_edit_spelling(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *from, *to, *want; /* want NULL: no edit */
    } cases[] = {
        {"v: a b", "b", "c", "v: a c"},
        {"v: a b", "b", "c: d", "v: 'a c: d'"},
        {"v: a b", "a", "- ", "v: '-  b'"},
        {"v: a b", "a b", "12", "v: '12'"},
        {"v: a b", "a b", "it's\n", "v: \"it's\\n\""},
        {"v: 'a'", "a", "it's", "v: 'it''s'"},
        {"v: 'a'", "a", "\t\n", "v: \"\\t\\n\""},
        {"v: \"a\"", "a", "\"\\", "v: \"\\\"\\\\\""},
        {"v: \"\\u00e2\\u20ac\\u2122s\"", "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2", "\xE2\x80\x99",
         "v: \"\xE2\x80\x99s\""},
        {"v: |\n  a\n  b\n", "b", "c", "v: |\n  a\n  c\n"},
        {"v: |\n  a\n  b\n", "b", "c\nd", NULL},
        {"v: |\n  a\n  b\n", "a", " a", NULL},
        {"v: >\n  a\n  b\n", "a b", "c", "v: >\n  c\n"},
        {"v: 12", "12", "13", "v: 13"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_arena arena = {0};
        nl_source s;
        nl_buf out = {0};
        nl_edit e;
        nl_yaml y = parse(&s, cases[i].yaml, strlen(cases[i].yaml), &arena);
        const nl_value *v = the_value(&y);
        size_t at = nl_str_search(v->text, nl_str_c(cases[i].from));
        bool done =
            nl_value_edit(&s, v, at, at + strlen(cases[i].from), nl_str_c(cases[i].to), &arena, &e);
        assert_int_equal(done, cases[i].want != NULL);
        if (done) {
            reparse(s.bytes, &e, &out, &arena);
            assert_string_equal(nl_buf_c(&out), cases[i].want);
        }
        nl_buf_free(&out);
        nl_arena_free(&arena);
    }
}

static void test_flow_and_absent(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *to, *want;
    } cases[] = {
        {"v: [a]", "b, c", "v: ['b, c']"},   {"v: [a]", "b c", "v: [b c]"},
        {"v: {k: a}", "b}", "v: {k: 'b}'}"}, {"v:\n - a", "b, c", "v:\n - b, c"},
        {"v:\n - a", "#b", "v:\n - '#b'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_arena arena = {0};
        nl_source s;
        nl_buf out = {0};
        nl_edit e;
        nl_yaml y = parse(&s, cases[i].yaml, strlen(cases[i].yaml), &arena);
        const nl_value *v = the_value(&y);
        v = v->kind == NL_LIST ? v->items[0] : v->entries[0].value;
        assert_true(nl_value_replace(&s, v, nl_str_c(cases[i].to), &arena, &e));
        reparse(s.bytes, &e, &out, &arena);
        assert_string_equal(nl_buf_c(&out), cases[i].want);
        nl_buf_free(&out);
        nl_arena_free(&arena);
    }
    nl_arena arena = {0};
    nl_source s;
    nl_buf out = {0};
    nl_edit e;
    nl_yaml y = parse(&s, "v: # c\nw: 1", 11, &arena);
    assert_true(nl_value_replace(&s, the_value(&y), NL_S("x"), &arena, &e));
    reparse(s.bytes, &e, &out, &arena);
    assert_string_equal(nl_buf_c(&out), "v: 'x' # c\nw: 1");
    nl_buf_free(&out);
    nl_arena_free(&arena);
}

static void test_resolve(void **state) {
    (void)state;
    static const struct {
        const char *text;
        nl_kind kind;
        double number;
    } cases[] = {
        {"", NL_NULL, 0},
        {"~", NL_NULL, 0},
        {"Null", NL_NULL, 0},
        {"nULL", NL_STRING, 0},
        {"true", NL_BOOL, 0},
        {"False", NL_BOOL, 0},
        {"yes", NL_STRING, 0},
        {"tRue", NL_STRING, 0},
        {"12", NL_INT, 12},
        {"-0123", NL_INT, -123},
        {"+1", NL_INT, 1},
        {"0o17", NL_INT, 15},
        {"0xfF", NL_INT, 255},
        {"0o8", NL_STRING, 0},
        {"-0x1", NL_STRING, 0},
        {"1_000", NL_STRING, 0},
        {"1.5", NL_FLOAT, 1.5},
        {".5", NL_FLOAT, .5},
        {"5.", NL_FLOAT, 5},
        {"1e3", NL_FLOAT, 1000},
        {"1e", NL_STRING, 0},
        {".", NL_STRING, 0},
        {"-", NL_STRING, 0},
        {"1.2.3", NL_STRING, 0},
        {"-.inf", NL_FLOAT, -INFINITY},
        {"0o", NL_STRING, 0},
        {"12:30", NL_STRING, 0},
        {"9223372036854775808", NL_INT, 9223372036854775808.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nl_value v = {.text = nl_str_c(cases[i].text)};
        nl_value_resolve(&v);
        if (v.kind != cases[i].kind || v.number != cases[i].number)
            fail_msg("`%s` is %s, %g", cases[i].text, nl_kind_name(v.kind), v.number);
    }
    nl_value least = {.text = NL_STR("-9223372036854775808")};
    nl_value_resolve(&least);
    assert_true(!least.big && least.integer == INT64_MIN);
    nl_value big = {.text = NL_STR("-9223372036854775809")};
    nl_value_resolve(&big);
    assert_true(big.big && big.kind == NL_INT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars_decode),  cmocka_unit_test(test_located_bytes),
        cmocka_unit_test(test_edits_reparse),   cmocka_unit_test(test_edit_spelling),
        cmocka_unit_test(test_flow_and_absent), cmocka_unit_test(test_resolve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
