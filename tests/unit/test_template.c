/* Message templates and findings, on articles. */
#include "unit.h"

#include "rule/check.h"
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct bench {
    nl_arena arena;
    nl_article article;
    nl_path_table paths;
    nl_diags diags;
    nl_scope scope;
    const nl_targets *targets[64];
} bench;

static void setup(bench *b, const char *text) {
    *b = (bench){0};
    nl_article_parse(&b->article, NL_S("a.md"), nl_str_c(text), &nl_limits_default, NL_READERS_FAST,
                     &b->arena);
    b->diags.arena = &b->arena;
    b->scope = (nl_scope){.article = &b->article,
                          .path = NL_S("a.md"),
                          .arena = &b->arena,
                          .diags = &b->diags,
                          .paths = &b->paths,
                          .targets = b->targets};
}

static void teardown(bench *b) {
    nl_path_table_free(&b->paths);
    nl_arena_free(&b->arena);
}

static const nl_target *target(bench *b, const char *text) {
    nl_path path;
    const char *error;
    size_t at;
    assert_true(nl_path_parse(nl_str_c(text), &b->arena, &path, &error, &at));
    const nl_targets *t = nl_scope_targets(&b->scope, nl_path_table_add(&b->paths, &path));
    assert_true(t->count > 0);
    return &t->items[t->count - 1];
}

static const char article[] = "---\n"
                              "title: \"Rain {ahead}\"\n"
                              "none:\n"
                              "source:\n"
                              "  name: A\n"
                              "  \"a}b\": q\n"
                              "tags: [a, b, {c: 1, d: }]\n"
                              "many: [1, 2, 3, 4, 5, 6, 7]\n"
                              "bad: \"a\\eb\"\n"
                              "long: 0123456789012345678901234567890123456789012345678901234567"
                              "89XYZ\n"
                              "empty: {}\n"
                              "---\n";

static bool knows(void *context, const nl_path *path) {
    (void)context;
    return !nl_str_is(path->text, "unknown") && !nl_str_is(path->text, "expectd");
}

static const char *const names[] = {"found", "kind", NULL};

static void expands(void **state) {
    (void)state;
    static const struct {
        const char *text, *expanded;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"{field} is {value}", "F is V"},
        {"{found}{kind}{expected}", "G"},
        {"{{{field}}}", "{F}"},
        {"}}{{", "}{"},
        {"{ field }", "F"},
        {"{title}", "Rain {ahead}"},
        {"{source.name}/{source.nope}/{nope.x}/{none}", "A///"},
        {"{source.\"a}b\"}", "q"},
        {"{tags}", "[a, b, {c: 1, d: null}]"},
        {"{tags[]}", "a, b, {c: 1, d: null}"},
        {"{many[]}", "1, 2, 3, 4, 5, …"},
        {"{bad}", "a\\x1bb"},
        {"{long}", "012345678901234567890123456789012345678901234567890123456789…"},
        {"{empty}", "{}"},
        {"é{source.*}", "éA, q"},
    };
    bench b;
    setup(&b, article);
    nl_template_value values[] = {
        {"field", NL_S("F"), NULL}, {"value", NL_S("V"), NULL}, {"found", NL_S("G"), NULL}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_template_error error = {0};
        const nl_template *t = nl_template_parse(nl_str_c(cases[i].text), names, &b.paths, knows,
                                                 NULL, &b.arena, &error);
        if (!t)
            fail_msg("`%s`: %s", cases[i].text, error.message);
        nl_str out = nl_template_expand(t, values, COUNT(values), &b.scope);
        if (!nl_str_eq_nocase(out, nl_str_c(cases[i].expanded)))
            fail_msg("`%s`: `%s`", cases[i].text, out.p);
    }
    teardown(&b);
}

static void refuses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t start, end;
        const char *part;
    } cases[] = {
        {"a {b", 2, 3, "not closed"},          {"a } b", 2, 3, "closes nothing"},
        {"a {} b", 2, 4, "a name is wanted"},  {"{a{b}", 0, 1, "not closed"},
        {"x {unknown}", 3, 10, "is no field"}, {"{expectd}", 1, 8, "did you mean `expected`?"},
        {"{ a..b }", 4, 5, "before the dot"},  {"{tags[0]}", 5, 6, "`[]`"},
        {"{a b}", 2, 3, "no blanks"},          {"{\"a}", 0, 1, "not closed"},
    };
    bench b;
    setup(&b, article);
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_template_error error = {0};
        assert_null(nl_template_parse(nl_str_c(cases[i].text), names, &b.paths, knows, NULL,
                                      &b.arena, &error));
        if (error.start != cases[i].start || error.end != cases[i].end ||
            !strstr(error.message, cases[i].part))
            fail_msg("`%s`: %zu to %zu: %s", cases[i].text, error.start, error.end, error.message);
    }
    teardown(&b);
}

static const nl_check check = {.name = "test"};
static const nl_rule rule = {
    .check = &check, .id = NL_STR("t/rule"), .level = NL_WARNING, .help = NL_STR("Help.")};

/* The bytes that the diagnostic of a field covers. */
static void stands_at(const char *text, const char *path, const char *covered, size_t offset) {
    bench b;
    setup(&b, text);
    nl_span span = nl_target_span(&b.scope, target(&b, path));
    nl_str bytes = nl_str_sub(b.article.source.bytes, span.start, span.end);
    if (!nl_str_is(bytes, covered) || (offset != SIZE_MAX && span.start != offset))
        fail_msg("`%s`: %zu to %zu", path, span.start, span.end);
    teardown(&b);
}

static void finds_the_place_of_a_target(void **state) {
    (void)state;
    stands_at(article, "title", "\"Rain {ahead}\"", SIZE_MAX);
    stands_at(article, "none", "none", SIZE_MAX);
    stands_at(article, "nope", "---", 0);
    stands_at(article, "nope.x", "---", 0);
    stands_at(article, "source.nope", "source", SIZE_MAX);
    stands_at(article, "none.x", "none", SIZE_MAX);
    stands_at(article, "empty.x", "empty", SIZE_MAX);
    stands_at(article, "tags[]", "{c: 1, d: }", SIZE_MAX);
    stands_at(article, "tags[].d", "d", SIZE_MAX);
    stands_at(article, "tags[].x", "{c: 1, d: }", SIZE_MAX);
    stands_at(article, "source.*", "q", SIZE_MAX);
    stands_at("---\n---\n", "title", "---", 0);
    stands_at("---\n# nothing\n---\n", "title", "---", 0);
    stands_at("---\na: &x {k: v}\nb: *x\n---\n", "b", "*x", SIZE_MAX);
    stands_at("---\na: &x {k: v}\nb: *x\n---\n", "b.nope", "b", SIZE_MAX);
    stands_at("---\na: &x {k: v}\nb: {<<: *x}\n---\n", "b.k", "v", SIZE_MAX);
}

static void reports(void **state) {
    (void)state;
    bench b;
    setup(&b, article);
    nl_finding f = nl_finding_on(&b.scope, &rule, target(&b, "title"));
    nl_finding_set(&f, "found", NL_S("x\ny"));
    nl_finding_say(&f, "kind", "%d of %s", 3, "four");
    nl_finding_set(&f, "found", NL_S("z\ny"));
    for (int i = 0; i < 9; i++)
        nl_finding_relate(&f, nl_span_of(4, 9), "place %d", i);
    nl_finding_fix(&f, true, "do `%s`", "it");
    for (size_t i = 0; i < 9; i++)
        nl_finding_edit(&f, nl_span_of(i, i), NL_S("x"));
    nl_finding_report(&f, "{{{field}}}: {value}, {found}, {kind}, {suggestion}");
    f = nl_finding_at(&b.scope, &rule, nl_span_of(0, 3));
    nl_finding_fix(&f, false, "nothing");
    nl_finding_report(&f, "bare");
    assert_int_equal(b.diags.count, 2);
    const nl_diag *d = &b.diags.items[0];
    assert_string_equal(d->message.p, "{title}: Rain {ahead}, z\\ny, 3 of four, ");
    assert_true(nl_str_is(d->field, "title"));
    assert_true(nl_str_is(d->help, "Help."));
    assert_int_equal(d->level, NL_WARNING);
    assert_int_equal(d->related_count, 9);
    assert_string_equal(d->related[8].message.p, "place 8");
    assert_int_equal(d->related[8].start.line, 2);
    assert_int_equal(d->related[8].end.column, 6);
    assert_int_equal(d->fix->count, 9);
    assert_true(d->fix->unsafe);
    assert_string_equal(d->fix->description.p, "do `it`");
    assert_null(b.diags.items[1].fix);
    teardown(&b);
}

static void reports_a_limit_once(void **state) {
    (void)state;
    static const nl_rule other = {.check = &check, .id = NL_STR("t/other"), .level = NL_INFO};
    bench b;
    setup(&b, article);
    nl_report_limit(&b.scope, &rule, nl_span_of(4, 9));
    nl_report_limit(&b.scope, &rule, nl_span_of(5, 9));
    nl_report_limit(&b.scope, &other, nl_span_of(6, 9));
    assert_int_equal(b.diags.count, 2);
    assert_true(nl_str_is(b.diags.items[0].rule, "newslint/regex-limit"));
    assert_int_equal(b.diags.items[0].level, NL_ERROR);
    assert_non_null(strstr(b.diags.items[0].message.p, "`t/rule`"));
    teardown(&b);
}

static void knows_what_the_root_is(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool root;
    } cases[] = {
        {"---\na: 1\n---\n", true},       {"---\n---\n", true},
        {"---\n\n---\n", true},           {"no front", false},
        {"---\n- a\n---\n", false},       {"---\na: [\n---\n", false},
        {"---\njust text\n---\n", false}, {"{\n\"a\": 1\n}\n", true},
        {"+++\na = 1\n+++\n", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bench b;
        setup(&b, cases[i].text);
        if ((nl_scope_root(&b.scope) != NULL) != cases[i].root)
            fail_msg("`%s`", cases[i].text);
        teardown(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expands),
        cmocka_unit_test(refuses),
        cmocka_unit_test(finds_the_place_of_a_target),
        cmocka_unit_test(reports),
        cmocka_unit_test(reports_a_limit_once),
        cmocka_unit_test(knows_what_the_root_is),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
