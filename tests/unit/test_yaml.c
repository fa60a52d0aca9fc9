/* YAML and JSON to trees: shapes, spans, and every kind of problem with its place and sentence. */
#include "base/buf.h"
#include "base/utf8.h"
#include "doc/tree.h"
#include "doc/yaml.h"
#include "unit.h"
#include <string.h>

enum { DEPTH = 50 };

typedef struct fixture {
    nl_arena arena;
    nl_limits limits;
    nl_source s;
    nl_yaml y;
} fixture;

static void parse_n(fixture *f, const char *text, size_t n, bool json) {
    *f = (fixture){0};
    f->s = nl_source_of(NL_S("a.md"), nl_str_n(text, n), &f->arena);
    f->limits = nl_limits_default;
    f->limits.depth = DEPTH;
    f->s.limits = &f->limits;
    f->y = json ? nl_json_parse(&f->s, nl_span_of(0, n), &f->arena)
                : nl_yaml_parse(&f->s, nl_span_of(0, n), NL_LIMIT_depth, &f->arena);
}

/* The tree in one line: kinds, texts and the bytes of the source, to be compared at a glance. */
static void show(const nl_source *s, const nl_value *v, nl_buf *b) {
    if (v->kind == NL_LIST || v->kind == NL_MAP)
        nl_buf_puts(b, v->kind == NL_LIST ? "[" : "{");
    for (size_t i = 0; v->kind == NL_LIST && i < v->count; i++) {
        show(s, v->items[i], b);
        nl_buf_puts(b, i + 1 < v->count ? " " : "");
    }
    for (size_t i = 0; v->kind == NL_MAP && i < v->count; i++) {
        const nl_entry *e = &v->entries[i];
        nl_buf_printf(b, "%s%.*s=", e->merged ? "+" : "", NL_ARG(e->key->text));
        show(s, e->value, b);
        nl_buf_puts(b, i + 1 < v->count ? " " : "");
    }
    if (v->kind == NL_LIST || v->kind == NL_MAP)
        nl_buf_puts(b, v->kind == NL_LIST ? "]" : "}");
    else
        nl_buf_printf(b, "%c:%.*s", nl_kind_name(v->kind)[0], NL_ARG(v->text));
    nl_buf_printf(b, "@%zu-%zu", v->span.start, v->span.end);
}

static void test_trees(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *tree;
    } cases[] = {
        {"a: b", "{a=s:b@3-4}@0-4"},
        {"---\na: b\n", "{a=s:b@7-8}@4-8"},
        {"\xEF\xBB\xBF"
         "a: b",
         "{a=s:b@6-7}@3-7"},
        {"a:\nb: 1\n\n# c\n", "{a=n:@2-2 b=i:1@6-7}@0-7"},
        {"a:   # c\n", "{a=n:@2-2}@0-2"},
        {"a:\n  - x\n  - 'y'\n\nb: ~", "{a=[s:x@7-8 s:y@13-16]@7-16 b=n:~@21-22}@0-22"},
        {"a: [x, {k: v}, b: c]", "{a=[s:x@4-5 {k=s:v@11-12}@7-13 {b=s:c@18-19}@15-19]@3-20}@0-20"},
        {"a: |\n  x\n\n\n\nb: c", "{a=s:x\n@3-8 b=s:c@15-16}@0-16"},
        {"a: |+\n  x\n\nb: c", "{a=s:x\n\n@3-9 b=s:c@14-15}@0-15"},
        {"\xC3\xA9: \xF0\x9F\x98\x80\nb: c", "{\xC3\xA9=s:\xF0\x9F\x98\x80@4-8 b=s:c@12-13}@0-13"},
        {"a: x\xE2\x80\xA8y\nb: c", "{a=s:x\xE2\x80\xA8y@3-8 b=s:c@12-13}@0-13"},
        {"a: b\rc: d\r\ne: f", "{a=s:b@3-4 c=s:d@8-9 e=s:f@14-15}@0-15"},
        {"a: &x 1\nb: *x", "{a=i:1@6-7 b=i:1@11-13}@0-13"},
        {"a: &x !!str 1", "{a=s:1@12-13}@0-13"},
        {"a: !!int '1'", "{a=i:1@9-12}@0-12"},
        {"a: !foo 1", "{a=s:1@8-9}@0-9"},
        {"a: !!float 1", "{a=n:1@11-12}@0-12"},
        {"a: &x {k: 1}\nb:\n  <<: *x\n  l: 2",
         "{a={k=i:1@10-11}@6-12 b={l=i:2@30-31 +k=i:1@10-11}@18-31}@0-31"},
        {"a: {<<: [{k: 1}, {k: 2, m: 3}]}", "{a={k=i:1@13-14 m=i:3@27-28}@3-31}@0-31"},
        {"? a\n? b\n", "{a=n:@3-3 b=n:@7-7}@2-7"},
        {"- a\n-\n- - b", "[s:a@2-3 n:@5-5 [s:b@10-11]@10-11]@2-11"},
        {"just text", "s:just text@0-9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fixture f;
        nl_buf b = {0};
        parse_n(&f, cases[i].yaml, strlen(cases[i].yaml), false);
        if (!f.y.root)
            fail_msg("%s: %s", cases[i].yaml, f.y.count ? f.y.problems[0].message.p : "empty");
        show(&f.s, f.y.root, &b);
        assert_string_equal(nl_buf_c(&b), cases[i].tree);
        assert_int_equal(f.y.count, 0);
        nl_buf_free(&b);
        nl_arena_free(&f.arena);
    }
}

static void test_empty(void **state) {
    (void)state;
    static const char *const empty[] = {"", "---\n", "# c\n", "\n\n", "---\n# c\n\n"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        fixture f;
        parse_n(&f, empty[i], strlen(empty[i]), false);
        assert_null(f.y.root);
        assert_int_equal(f.y.count, 0);
        assert_false(f.y.failed);
        nl_arena_free(&f.arena);
    }
}

typedef struct problem_case {
    const char *text;
    nl_yaml_trouble trouble;
    const char *at;  /* the bytes of its span */
    size_t line;     /* of the span, from 1 */
    const char *has; /* a part of the sentence */
} problem_case;

static void check_problem(const problem_case *c, bool json, bool fatal) {
    fixture f;
    parse_n(&f, c->text, strlen(c->text), json);
    if (f.y.count != 1)
        fail_msg("%s: %zu problems", c->text, f.y.count);
    const nl_yaml_problem *p = &f.y.problems[0];
    nl_str at = nl_str_sub(f.s.bytes, p->span.start, p->span.end);
    if (p->trouble != c->trouble || !nl_str_is(at, c->at) ||
        nl_source_line_at(&f.s, p->span.start) != c->line || !strstr(p->message.p, c->has))
        fail_msg("%s: kind %d at `%.*s`, line %zu: %s", c->text, (int)p->trouble, NL_ARG(at),
                 nl_source_line_at(&f.s, p->span.start), p->message.p);
    assert_int_equal(f.y.failed, fatal);
    assert_int_equal(f.y.root == NULL, fatal);
    nl_arena_free(&f.arena);
}

static void test_syntax_errors(void **state) {
    (void)state;
    static const problem_case cases[] = {
        {"t: Foo: bar", NL_YAML_SYNTAX, ":", 1, "quote the value"},
        {"a: b\nt: @x", NL_YAML_SYNTAX, "@", 2, "cannot begin with `@`"},
        {"t: `x`", NL_YAML_SYNTAX, "`", 1, "cannot begin with"},
        {"t: %x", NL_YAML_SYNTAX, "%", 1, "in quotes"},
        {"---\n%x: y", NL_YAML_SYNTAX, "%", 2, "cannot begin with `%`"},
        {"---\n%YAML 1.1\na: b", NL_YAML_SYNTAX, "%", 2, "cannot begin with `%`"},
        {"t: [x] y z", NL_YAML_SYNTAX, "y z", 1, "behind the closing `]`"},
        {"t: \"q\" text", NL_YAML_SYNTAX, "text", 1, "behind the closing `\"`"},
        {"t: *x", NL_YAML_SYNTAX, "*x", 1, "not defined"},
        {"t: *", NL_YAML_SYNTAX, "*", 1, "begins an alias"},
        {"t: & b", NL_YAML_SYNTAX, "&", 1, "begins an anchor"},
        {"t: !e!x y", NL_YAML_SYNTAX, "!", 1, "tag"},
        {"t: &a [*a]", NL_YAML_SYNTAX, "*a", 1, "inside the value that it names"},
        {"a: 1\nt: \"x\nb: c\n", NL_YAML_SYNTAX, "\"", 2, "never closed"},
        {"t: 'it's", NL_YAML_SYNTAX, "s", 1, "behind the closing"},
        {"t: [a, b\nu: x", NL_YAML_SYNTAX, "[", 1, "never closed"},
        {"t: {a: b\n", NL_YAML_SYNTAX, "{", 1, "never closed"},
        {"t: [\"a\" \"b\"]", NL_YAML_SYNTAX, "\"", 1, "comma"},
        {"t: [a, , b]", NL_YAML_SYNTAX, ",", 1, "missing before the comma"},
        {"a: 1\n  b: 2", NL_YAML_SYNTAX, "  ", 2, "indentation by 2"},
        {"a:\n    b: 1\n  c: 2", NL_YAML_SYNTAX, "  ", 3, "indentation by 2"},
        {"  a: 1\nb: 2", NL_YAML_SYNTAX, "b: 2", 2, "indented less"},
        {"a: 1\nfoo\nb: 2", NL_YAML_SYNTAX, "foo", 2, "no colon"},
        {"foo\nb: 2", NL_YAML_SYNTAX, "foo", 1, "no colon"},
        {"a: 1\n- b", NL_YAML_SYNTAX, "-", 2, "list item"},
        {": b", NL_YAML_SYNTAX, ":", 1, "missing"},
        {"- a\nb: c", NL_YAML_SYNTAX, "b: c", 2, "next list item"},
        {"a: - b", NL_YAML_SYNTAX, "-", 1, "list item"},
        {"a: |x\n  b", NL_YAML_SYNTAX, "|x", 1, "next line"},
        {"a: \"\\q\"", NL_YAML_SYNTAX, "\\q", 1, "no escape"},
        {"a: \"\\ud83d\"", NL_YAML_SYNTAX, "\\ud83d", 1, "no character"},
        {"a:\n\tb: 1", NL_YAML_TAB, "\t", 2, "tab"},
        {"a: 1\n--- x\n", NL_YAML_SYNTAX, "---", 2, "second YAML document"},
        {"\xC3\xA9: \xF0\x9F\x98\x80 b: c", NL_YAML_SYNTAX, ":", 1, "quote the value"},
        {"a\xE2\x80\xA8: 1\nb: @", NL_YAML_SYNTAX, "@", 2, "cannot begin"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_problem(&cases[i], false, true);
}

static void test_other_problems(void **state) {
    (void)state;
    static const problem_case cases[] = {
        {"a: 1\nb: 2\na: 3", NL_YAML_DUPLICATE_KEY, "a", 3, "twice"},
        {"a: 1\n\"\\x61\": 3", NL_YAML_DUPLICATE_KEY, "\"\\x61\"", 2, "`a` stands twice"},
        {"x:\n  - k: {a: 1, a: 2}", NL_YAML_DUPLICATE_KEY, "a", 2, "twice"},
        {"a: 1\n1: b", NL_YAML_KEY_KIND, "1", 2, "an integer"},
        {"true: b", NL_YAML_KEY_KIND, "true", 1, "a boolean"},
        {"~: b", NL_YAML_KEY_KIND, "~", 1, "as null"},
        {"? \n: b", NL_YAML_KEY_KIND, "", 1, "missing"},
        {"t: {{ x }}", NL_YAML_KEY_KIND, "{ x }", 1, "template"},
        {"? [a]\n: b", NL_YAML_KEY_KIND, "[a]", 1, "a list"},
        {"a: \"x\xC2\x93y\"", NL_YAML_READER, "\xC2\x93", 1, "U+0093"},
        {"a: x\x01\x02y", NL_YAML_READER, "\x01\x02", 1, "U+0001"},
        {"a: x\xEF\xBB\xBFy", NL_YAML_READER, "\xEF\xBB\xBF", 1, "U+FEFF"},
        {"a: caf\xE9\nb: 1", NL_YAML_READER, "\xE9", 1, "not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_problem(&cases[i], false, false);
}

/* Damage does not keep a tree from being read, and its values have the true bytes. */
static void test_damage(void **state) {
    (void)state;
    static const char text[] = "a: 'x\xC2\x93''y'\nb: caf\xE9\0z\nc: ok\nd: |\n  q\xC2\x94\n  r\n";
    fixture f;
    parse_n(&f, text, sizeof text - 1, false);
    assert_int_equal(f.y.count, 3);
    assert_non_null(f.y.root);
    const nl_value *a = nl_value_find(f.y.root, NL_S("a"))->value;
    const nl_value *b = nl_value_find(f.y.root, NL_S("b"))->value;
    const nl_value *d = nl_value_find(f.y.root, NL_S("d"))->value;
    assert_true(nl_str_eq(a->text, NL_S("x\xC2\x93'y")));
    assert_true(nl_str_eq(b->text, NL_S("caf\xE9\0z")));
    assert_true(nl_str_eq(d->text, NL_S("q\xC2\x94\nr\n")));
    assert_true(a->damaged && b->damaged && d->damaged);
    assert_false(nl_value_find(f.y.root, NL_S("c"))->value->damaged);
    nl_span span;
    nl_edit e;
    assert_true(nl_value_locate(&f.s, a, 1, 3, &span));
    assert_int_equal(span.start, 5);
    assert_true(nl_value_edit(&f.s, a, 1, 3, NL_S("\xE2\x80\x9C"), &f.arena, &e));
    assert_true(e.span.start == 5 && e.span.end == 7 && nl_str_is(e.text, "\xE2\x80\x9C"));
    nl_arena_free(&f.arena);
}

static void repeat(nl_buf *b, const char *text, size_t times) {
    for (size_t i = 0; i < times; i++)
        nl_buf_puts(b, text);
}

static void test_limits(void **state) {
    (void)state;
    static const struct {
        const char *head, *many, *tail;
        size_t times;
        nl_yaml_trouble trouble;
        bool fails;
    } cases[] = {
        {"a: ", "[", "", DEPTH + 1, NL_YAML_TOO_DEEP, true},
        {"", "- ", "x", DEPTH + 1, NL_YAML_TOO_DEEP, true},
        {"a: ", "[", "\xC3\xA9: b", DEPTH - 1, NL_YAML_TOO_DEEP, true},
        {"- &a [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]\n", "- *a\n", "", 60000,
         NL_YAML_TOO_MANY, true},
        {"a: &a {k: 1, l: 2, m: 3}\nb: {<<: [", "*a,", "]}\n", 200000, NL_YAML_TOO_MANY, true},
        {"a: [", "x, ", "]", 200000, NL_YAML_SYNTAX, false},
        {"a: [", "x,", "]", 1000000, NL_YAML_TOO_MANY, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fixture f;
        nl_buf b = {0};
        nl_buf_puts(&b, cases[i].head);
        repeat(&b, cases[i].many, cases[i].times);
        nl_buf_puts(&b, cases[i].tail);
        parse_n(&f, b.p, b.n, false);
        assert_int_equal(f.y.failed, cases[i].fails);
        if (f.y.failed) {
            const nl_yaml_problem *last = &f.y.problems[f.y.count - 1];
            assert_int_equal(last->trouble, cases[i].trouble);
            assert_false(nl_utf8_goes_on(nl_buf_str(&b), last->span.end));
        }
        nl_buf_free(&b);
        nl_arena_free(&f.arena);
    }
}

/* Every one of many equal keys is told of, each with the first one. */
static void test_many_duplicates(void **state) {
    (void)state;
    fixture f;
    nl_buf b = {0};
    nl_buf_puts(&b, "x: 0\n");
    for (int i = 0; i < 1000; i++)
        nl_buf_printf(&b, "k%d: 1\nx: 1\n", i);
    parse_n(&f, b.p, b.n, false);
    assert_int_equal(f.y.count, 1000);
    assert_int_equal(f.y.root->count, 1001);
    for (size_t i = 0; i < f.y.count; i++) {
        assert_int_equal(f.y.problems[i].other.start, 0);
        assert_int_equal(f.y.problems[i].other.end, 1);
        assert_true(i == 0 || f.y.problems[i].span.start > f.y.problems[i - 1].span.start);
    }
    nl_buf_free(&b);
    nl_arena_free(&f.arena);
}

/* What can be repeated without end is not told of without end. */
static void test_many_problems(void **state) {
    (void)state;
    fixture f;
    nl_buf b = {0};
    nl_buf_puts(&b, "a: '");
    repeat(&b, "\x01 ", 200000);
    nl_buf_puts(&b, "'\n");
    parse_n(&f, b.p, b.n, false);
    assert_int_equal(f.y.count, f.limits.findings);
    assert_int_equal(f.y.unlisted, 200000 - f.limits.findings);
    assert_int_equal(nl_value_find(f.y.root, NL_S("a"))->value->text.n, 400000);
    nl_buf_free(&b);
    nl_arena_free(&f.arena);
}

static void test_json(void **state) {
    (void)state;
    static const struct {
        const char *json, *tree;
    } good[] = {
        {"{\n \"a\": [1, -2.5e3, true, null, \"x\"]\n}",
         "{a=[i:1@9-10 n:-2.5e3@12-18 b:true@20-24 n:null@26-30 s:x@32-35]@8-36}@0-38"},
        {"{\"a\": \"\\ud83d\\ude00\\n\\/\"}", "{a=s:\xF0\x9F\x98\x80\n/@6-24}@0-25"},
        {"[]", "[]@0-2"},
        {"{\"a\": {}}", "{a={}@6-8}@0-9"},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        fixture f;
        nl_buf b = {0};
        parse_n(&f, good[i].json, strlen(good[i].json), true);
        if (!f.y.root)
            fail_msg("%s: %s", good[i].json, f.y.problems[0].message.p);
        show(&f.s, f.y.root, &b);
        assert_string_equal(nl_buf_c(&b), good[i].tree);
        nl_buf_free(&b);
        nl_arena_free(&f.arena);
    }
}

static void test_json_errors(void **state) {
    (void)state;
    static const problem_case cases[] = {
        {"{\"a\": 1,}", NL_YAML_SYNTAX, ",", 1, "comma behind the last"},
        {"[1, ]", NL_YAML_SYNTAX, ",", 1, "comma behind the last"},
        {"{\"a\": 'x'}", NL_YAML_SYNTAX, "'", 1, "single quotes"},
        {"{\n// x\n\"a\": 1}", NL_YAML_SYNTAX, "//", 2, "comments"},
        {"{abc: 1}", NL_YAML_SYNTAX, "abc", 1, "not quoted"},
        {"{\"a\" 1}", NL_YAML_SYNTAX, "1", 1, "colon"},
        {"{\"a\": 1 \"b\": 2}", NL_YAML_SYNTAX, "\"", 1, "comma is missing"},
        {"{\"a\": \"x\n\"}", NL_YAML_SYNTAX, "\"", 1, "not closed"},
        {"{\"a\": \"\\x\"}", NL_YAML_SYNTAX, "\\x", 1, "escape"},
        {"{\"a\": \"\\ud83d\"}", NL_YAML_SYNTAX, "\\ud83d", 1, "surrogate"},
        {"{\"a\": 01}", NL_YAML_SYNTAX, "01", 1, "number"},
        {"{\"a\": yes}", NL_YAML_SYNTAX, "yes", 1, "double quotes"},
        {"{\"a\": 1} x", NL_YAML_SYNTAX, "x", 1, "nothing more"},
        {"{\"a\": [1}", NL_YAML_SYNTAX, "}", 1, "comma or the closing bracket"},
        {"{\"a\": 1", NL_YAML_SYNTAX, "", 1, "ends where"},
    };
    static const problem_case mild = {"{\"a\": 1, \"\\u0061\": 2}", NL_YAML_DUPLICATE_KEY,
                                      "\"\\u0061\"", 1, "twice"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_problem(&cases[i], true, true);
    check_problem(&mild, true, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_syntax_errors),
        cmocka_unit_test(test_other_problems),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_many_duplicates),
        cmocka_unit_test(test_many_problems),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_json_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
