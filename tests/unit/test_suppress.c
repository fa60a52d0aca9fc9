/* Where suppression comments are and what they match. */
#include "base/buf.h"
#include "doc/suppress.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

typedef struct opened {
    nl_arena arena;
    nl_article article;
    nl_suppress *comments;
} opened;

static void open_text(opened *o, nl_str text) {
    memset(o, 0, sizeof *o);
    nl_article_parse(&o->article, NL_S("a.md"), text, &nl_limits_default, NL_READERS_FAST,
                     &o->arena);
    o->comments = nl_suppress_find(&o->article);
}

static void close_text(opened *o) {
    nl_suppress_free(o->comments);
    nl_arena_free(&o->arena);
}

typedef struct match_case {
    const char *text; /* the finding is at the first `@` */
    const char *rule;
    const char *name; /* of what suppresses it; "*": all; NULL: nothing does */
} match_case;

static void test_match(void **state) {
    (void)state;
    static const match_case cases[] = {
        {"@", "s/r", NULL},
        {"<!-- newslint-disable -->@", "s/r", "*"},
        {"<!--newslint-disable-->@", "s/r", "*"},
        {"@<!-- newslint-disable -->", "s/r", NULL},
        {"<!-- newslint-disable r -->@", "s/r", "r"},
        {"<!-- newslint-disable s/r -->@", "s/r", "s/r"},
        {"<!-- newslint-disable s/* -->@", "s/r", "s/*"},
        {"<!-- newslint-disable s -->@", "s/r", NULL},
        {"<!-- newslint-disable t/r -->@", "s/r", NULL},
        {"<!-- newslint-disable s/r2,r -->@", "s/r", "r"},
        {"<!-- newslint-disable r --><!-- newslint-enable s/r -->@", "s/r", NULL},
        {"<!-- newslint-disable --><!-- newslint-enable r -->@", "s/r", NULL},
        {"<!-- newslint-disable --><!-- newslint-enable r -->@", "s/q", "*"},
        {"<!-- newslint-disable r --><!-- newslint-enable -->@", "s/r", NULL},
        {"<!-- newslint-enable r --><!-- newslint-disable r -->@", "s/r", "r"},
        {"<!-- newslint-disable-line r -->@", "s/r", "r"},
        {"@<!-- newslint-disable-line r -->", "s/r", "r"},
        {"<!-- newslint-disable-line r -->\n@", "s/r", NULL},
        {"<!-- newslint-disable-next-line r -->\n@", "s/r", "r"},
        {"<!-- newslint-disable-next-line r -->\r\n@", "s/r", "r"},
        {"<!-- newslint-disable-next-line r -->\r@", "s/r", "r"},
        {"<!-- newslint-disable-next-line r -->@", "s/r", NULL},
        {"<!-- newslint-disable-next-line\nr\n-->\n@", "s/r", "r"},
        {"@\n<!-- newslint-disable-file r -->", "s/r", "r"},
        {"<!-- newslint-disable-file s/r --><!-- newslint-disable-line r -->@", "s/r", "r"},
        {"<!-- newslint-disable q -- r -->@", "s/r", NULL},
        {"<!-- newslint-disable -- r -->@", "s/q", "*"},
        {"`<!-- newslint-disable -->`@", "s/r", NULL},
        {"`<!--` newslint-disable -->@", "s/r", NULL},
        {"\\<!-- newslint-disable -->@", "s/r", NULL},
        {"<!-- <!-- newslint-disable -->@", "s/r", NULL},
        {"<!-- a --><!-- newslint-disable -->@", "s/r", "*"},
        {"<!-- newslint-disable", "s/r", NULL},
        {"---\na: 1 # newslint-disable-line\nb: x@\n---\n", "s/r", NULL},
        {"---\na: 1 # newslint-disable-next-line\nb: x@\n---\n", "s/r", "*"},
        {"---\r\na: 1\t#newslint-disable-next-line r\r\nb: x@\r\n---\r\n", "s/r", "r"},
        {"---\na: '1 # newslint-disable-next-line'\nb: x@\n---\n", "s/r", NULL},
        {"---\na: x# newslint-disable-next-line\nb: x@\n---\n", "s/r", NULL},
        {"---\n? 'k # newslint-disable-file'\n: x@\n---\n", "s/r", NULL},
        {"---\na: [ # newslint-disable-file\n 1]\nb: x@\n---\n", "s/r", "*"},
        {"---\na: |- # newslint-disable-file\n  # newslint-disable q\nb: x@\n---\n", "s/r", "*"},
        {"---\na: |\n  # newslint-disable\nb: x@\n---\n", "s/r", NULL},
        {"<!-- markdownlint-disable MD001 -->@", "markdownlint/MD001", NULL},
        {"<!-- markdownlint-disable -->@", "s/r", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o;
        nl_str text = nl_str_c(cases[i].text);
        open_text(&o, text);
        nl_suppression *by = o.comments ? nl_suppress_match(o.comments, nl_str_c(cases[i].rule),
                                                            nl_str_find(text, '@'), false)
                                        : NULL;
        nl_str name = !by ? NL_S("") : by->name.p ? by->name : NL_S("*");
        const char *wanted = cases[i].name ? cases[i].name : "";
        if (!nl_str_is(name, wanted))
            fail_msg("case %zu: `%.*s`, not `%s`: %s", i, NL_ARG(name), wanted, cases[i].text);
        close_text(&o);
    }
}

static void test_named(void **state) {
    (void)state;
    opened o;
    open_text(&o, NL_S("<!-- newslint-disable-file --><!-- newslint-disable r -->@"));
    assert_true(nl_suppress_match(o.comments, NL_S("s/r"), 57, true)->name.n == 1);
    assert_null(nl_suppress_match(o.comments, NL_S("s/q"), 57, true));
    assert_non_null(nl_suppress_match(o.comments, NL_S("s/q"), 57, false));
    close_text(&o);
}

/* Each item's span is the name that it is about, or else its word. */
static void test_places(void **state) {
    (void)state;
    opened o;
    nl_str text = NL_S("é <!-- newslint-disable-line a/b, c --> <!-- newslint-disabel -->");
    open_text(&o, text);
    size_t count;
    const nl_suppression *items = nl_suppress_items(o.comments, &count);
    static const char *const wanted[] = {"a/b", "c", "newslint-disabel"};
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(nl_str_is(nl_str_sub(text, items[i].span.start, items[i].span.end), wanted[i]));
    assert_int_equal(items[2].word, NL_SUPPRESS_UNKNOWN);
    close_text(&o);
}

/* Many comments and many questions: quadratic work would not end in time. */
static void test_many(void **state) {
    (void)state;
    enum { MANY = 50000 };
    nl_buf b = {0};
    for (size_t i = 0; i < MANY; i++)
        nl_buf_puts(&b, "<!-- newslint-disable r -->@<!-- newslint-enable -->");
    for (size_t i = 0; i < MANY; i++)
        nl_buf_puts(&b, "<!-- newslint-disable-line r -->");
    opened o;
    open_text(&o, nl_buf_str(&b));
    size_t count;
    nl_suppress_items(o.comments, &count);
    assert_int_equal(count, 3 * MANY);
    for (size_t i = 0; i < b.n; i += 17)
        assert_non_null(nl_suppress_match(o.comments, NL_S("s/r"), i, false));
    close_text(&o);
    nl_buf_clear(&b);
    for (size_t i = 0; i < MANY; i++)
        nl_buf_puts(&b, "<!-- newslint-");
    open_text(&o, nl_buf_str(&b));
    assert_null(o.comments);
    close_text(&o);
    nl_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_named),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
