/*
 * The checks of front matter and text, as a user meets them: a rule file, an article, what is
 * reported with its exact bytes, and what the fixes make of the article.
 */
#include "unit.h"

#include "base/buf.h"
#include "newslint.h"
#include <stdlib.h>
#include <string.h>

#define HEAD "newslint: 1\nname: t\n"

typedef struct checked {
    nl_buf said, safe, unsafe;
} checked;

static newslint_engine *engine_of(const char *rules) {
    newslint_engine *engine;
    newslint_result *problems = NULL;
    nl_buf text = {0};
    nl_buf_printf(&text, HEAD "%s\n", rules);
    newslint_rules r = {.text = text.p, .size = text.n, .path = "t.yaml", .now = 1763085600};
    newslint_status status = newslint_engine_new(&engine, &r, &problems);
    for (size_t i = 0; problems && i < newslint_result_count(problems); i++)
        print_error("%s\n", newslint_result_get(problems, i)->message.data);
    assert_int_equal(status, NEWSLINT_OK);
    newslint_result_free(problems);
    nl_buf_free(&text);
    return engine;
}

/* Each diagnostic as "line:column {bytes} message", one a line. */
static void say(const newslint_result *r, const char *text, nl_buf *out) {
    for (size_t i = 0; i < newslint_result_count(r); i++) {
        const newslint_diagnostic *d = newslint_result_get(r, i);
        size_t start = d->range.start.offset, end = d->range.end.offset;
        nl_buf_printf(out, "%zu:%zu {", d->range.start.line, d->range.start.column);
        nl_buf_add(out, text + start, end - start);
        nl_buf_printf(out, "} %s\n", d->message.data);
    }
}

static void fix(newslint_engine *engine, newslint_worker *worker, const newslint_article *a,
                bool unsafe, nl_buf *out) {
    char *fixed = NULL;
    size_t size, count;
    newslint_result_free(newslint_fix(engine, worker, a, unsafe, &fixed, &size, &count));
    nl_buf_add(out, fixed ? fixed : a->data, fixed ? size : a->size);
    nl_buf_putc(out, '\0');
    newslint_free(fixed);
}

static checked check(const char *rules, const char *path, const char *text, size_t size) {
    checked c = {0};
    newslint_engine *engine = engine_of(rules);
    newslint_worker *worker = newslint_worker_new();
    newslint_article a = {.path = path, .data = text, .size = size};
    newslint_result *r = newslint_lint(engine, worker, &a);
    say(r, text, &c.said);
    nl_buf_putc(&c.said, '\0');
    newslint_result_free(r);
    fix(engine, worker, &a, false, &c.safe);
    fix(engine, worker, &a, true, &c.unsafe);
    newslint_worker_free(worker);
    newslint_engine_free(engine);
    return c;
}

static void checked_free(checked *c) {
    nl_buf_free(&c->said);
    nl_buf_free(&c->safe);
    nl_buf_free(&c->unsafe);
}

typedef struct check_case {
    const char *rules, *text;  /* text without dashes at its start is front matter */
    const char *said;          /* diagnostics */
    const char *safe, *unsafe; /* the fixed text; NULL: as it was, or as the safe one */
} check_case;

static void run(const char *rules, const check_case *c) {
    nl_buf text = {0};
    bool whole = strncmp(c->text, "---", 3) == 0;
    nl_buf_printf(&text, whole ? "%s" : "---\n%s\n---\n", c->text);
    checked got = check(rules, "posts/rain.en.md", text.p, text.n);
    assert_string_equal(got.said.p, c->said);
    const char *unsafe = c->unsafe ? c->unsafe : c->safe;
    nl_buf want[2] = {{0}, {0}};
    const char *texts[2] = {c->safe ? c->safe : c->text, unsafe ? unsafe : c->text};
    for (int i = 0; i < 2; i++)
        nl_buf_printf(&want[i], whole ? "%s" : "---\n%s\n---\n", texts[i]);
    assert_string_equal(got.safe.p, want[0].p);
    assert_string_equal(got.unsafe.p, want[1].p);
    nl_buf_free(&want[0]);
    nl_buf_free(&want[1]);
    nl_buf_free(&text);
    checked_free(&got);
}

static void run_all(const check_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        print_message("[ case     ] %s\n", cases[i].rules);
        run(cases[i].rules, &cases[i]);
    }
}

#define RUN(cases) run_all(cases, sizeof(cases) / sizeof *(cases))

static void types(void **state) {
    (void)state;
    static const check_case cases[] = {
        {"fields: {a: {type: string}}", "a: 12",
         "2:4 {12} `a` is an integer, `12`, expected a string: put quotes around it\n", NULL,
         "a: '12'"},
        {"fields: {a: {type: number}}", "a: '12'",
         "2:4 {'12'} `a` is a string, `12`, expected a number: remove the quotes\n", NULL, "a: 12"},
        {"fields: {a: {type: 'map|string'}}", "a: [1]",
         "2:4 {[1]} `a` is a list, expected a string or a map\n", NULL, NULL},
        {"fields: {a: {type: integer}}", "a: 1.5",
         "2:4 {1.5} `a` is a number, `1.5`, expected an integer\n", NULL, NULL},
        {"fields: {a: {type: timestamp}}", "a: 2025-11-14", "", NULL, NULL},
        {"fields: {a: {type: timestamp}}", "a: soon",
         "2:4 {soon} `a` is a string, `soon`, expected a timestamp\n", NULL, NULL},
        {"fields: {a: {type: string}}", "a: ~", "", NULL, NULL},
    };
    RUN(cases);
}

static void values(void **state) {
    (void)state;
    static const check_case cases[] = {
        {"fields: {a: {enum: [POSITIVE, NEGATIVE]}}", "a: negative",
         "2:4 {negative} `a` is `negative`, expected one of `POSITIVE` or `NEGATIVE`; did you mean "
         "`NEGATIVE`?\n",
         NULL, "a: NEGATIVE"},
        {"fields: {a: {enum: {values: [POSITIVE], ignore-case: true}}}", "a: Positive", "", NULL,
         NULL},
        {"fields: {a: {enum: [1, 2]}}", "a: '1'",
         "2:4 {'1'} `a` is a string, `1`, expected an integer: take the quotes away\n", NULL, NULL},
        {"fields: {a: {enum: [x]}}", "a: [x]", "2:4 {[x]} `a` is a list, expected `x`\n", NULL,
         NULL},
        {"fields: {a: {pattern: '^[a-z-]+$'}}", "a: Rain!",
         "2:4 {Rain!} `a` is `Rain!`, which does not match `^[a-z-]+$`\n", NULL, NULL},
        {"fields: {a: {pattern: {forbid: '(\\w)x', replace: '$1'}}}", "a: \"\\u0061x-bx\"",
         "2:5 {\\u0061x} `ax` in `a` is what `(\\w)x` forbids\n"
         "2:13 {bx} `bx` in `a` is what `(\\w)x` forbids\n",
         NULL, "a: \"a-b\""},
        {"fields: {a: {length: {max: 3}}}",
         "a: 'e\xCC\x81"
         "e\xCC\x81"
         "e\xCC\x81'",
         "", NULL, NULL},
        {"fields: {a: {length: {min: 3, unit: words}}}", "a: one - two",
         "2:4 {one - two} `a` has 2 words, expected at least 3\n", NULL, NULL},
        {"fields: {a: {range: {min: 0, max: 10}}}", "a: 10.5",
         "2:4 {10.5} `a` is 10.5, expected at most 10\n", NULL, NULL},
        {"fields: {a: {range: {min: 0}}}", "a: .nan",
         "2:4 {.nan} `a` is .nan, expected at least 0\n", NULL, NULL},
        {"fields: {a: {items: {min: 1}}}", "a: []",
         "2:4 {[]} `a` has 0 items, expected at least 1\n", NULL, NULL},
        {"fields: {a: {items: {unique: true}}}", "a: [b, 1, '1', b, 1.0]",
         "2:16 {b} `b` is in the list twice\n2:19 {1.0} `1.0` is in the list twice\n", NULL, NULL},
        {"fields: {a: {items: {sorted: true}}}", "a: [b, c, a]",
         "2:11 {a} `a` is out of order: it stands behind `c`\n", NULL, NULL},
    };
    RUN(cases);
}

static void keys(void **state) {
    (void)state;
    static const check_case cases[] = {
        {"fields: {title: {type: string}, lang: {type: string}}\nunknown-fields: warning",
         "titel: a\nlang: en", "2:1 {titel} unknown field `titel`; did you mean `title`?\n", NULL,
         "title: a\nlang: en"},
        {"fields: {title: {type: string}}\nunknown-fields: warning", "title: a\nzzz: b",
         "3:1 {zzz} unknown field `zzz`, expected `title`\n", NULL, NULL},
        {"rules: {o: {check: key-order, order: [title, lang, tags]}}",
         "tags: []\ntitle: a\nx: 1\nlang: en", "2:1 {tags} `tags` must stand behind `lang`\n", NULL,
         NULL},
        {"rules: {o: {check: key-order, order: [title, lang], rest: end}}",
         "title: a\nx: 1\nlang: en", "3:1 {x} `x` must stand behind `lang`\n", NULL, NULL},
        {"rules: {f: {check: filename, pattern: '{slug}.{lang}.md'}}", "slug: rain\nlang: en", "",
         NULL, NULL},
        {"rules: {f: {check: filename, pattern: '{slug}.{lang}.md'}}", "slug: r*n\nlang: en",
         "1:1 {} the file is named `rain.en.md`, expected `r*n.en.md`\n", NULL, NULL},
        {"rules: {f: {check: filename, pattern: 'posts/*.{lang}.md', match: '^[A-Z]'}}", "lang: en",
         "1:1 {} the file is named `rain.en.md`, which does not match `^[A-Z]`\n", NULL, NULL},
        {"rules: {a: {assert: b >= c}}", "b: 1\nc: 2", "2:4 {1} `b >= c` does not hold\n", NULL,
         NULL},
        {"rules: {a: {assert: b == 2}}", "c: 1", "1:1 {---} `b == 2` does not hold\n", NULL, NULL},
    };
    RUN(cases);
}

static void times(void **state) {
    (void)state;
    static const check_case cases[] = {
        {"fields: {a: {timestamp: true}}", "a: 2025-11-14T02:13:55.000Z", "", NULL, NULL},
        {"fields: {a: {timestamp: {fraction: none}}}", "a: '2025-11-14T02:13:55.000Z'",
         "2:4 {'2025-11-14T02:13:55.000Z'} `a` is `2025-11-14T02:13:55.000Z`: it has a fraction of "
         "a "
         "second, expected none\n",
         "a: '2025-11-14T02:13:55Z'", NULL},
        {"fields: {a: {timestamp: {fraction: 3}}}", "a: '2025-11-14T02:13:55+01:00'",
         "2:4 {'2025-11-14T02:13:55+01:00'} `a` is `2025-11-14T02:13:55+01:00`: it has 0 digits of "
         "a "
         "second's fraction, expected 3\n",
         "a: '2025-11-14T02:13:55.000+01:00'", NULL},
        {"fields: {a: {timestamp: {fraction: none}}}", "a: '2025-11-14T02:13:55.5Z'",
         "2:4 {'2025-11-14T02:13:55.5Z'} `a` is `2025-11-14T02:13:55.5Z`: it has a fraction of a "
         "second, "
         "expected none\n",
         NULL, NULL},
        {"fields: {a: {timestamp: {zone: utc}}}", "a: \"2025-01-01T00:30:00.25+01:00\"",
         "2:4 {\"2025-01-01T00:30:00.25+01:00\"} `a` is `2025-01-01T00:30:00.25+01:00`: it is not "
         "in UTC, "
         "expected `Z`\n",
         "a: \"2024-12-31T23:30:00.25Z\"", NULL},
        {"fields: {a: {timestamp: {form: either, after: 2025-11-14, before: now}}}",
         "a: 2025-11-13", "", NULL, NULL},
        {"fields: {a: {timestamp: {form: either, after: 2025-11-14}}}", "a: 2025-11-11",
         "2:4 {2025-11-11} `a` is `2025-11-11`, before `2025-11-14`, the earliest allowed\n", NULL,
         NULL},
        {"fields: {a: {timestamp: {before: now+1h}}}", "a: 2025-11-14T03:00:01Z",
         "2:4 {2025-11-14T03:00:01Z} `a` is `2025-11-14T03:00:01Z`, after `now+1h`, the latest "
         "allowed\n",
         NULL, NULL},
        {"fields: {a: {timestamp: {form: date}}}", "a: 2025-11-14T03:00:01Z",
         "2:4 {2025-11-14T03:00:01Z} `a` is `2025-11-14T03:00:01Z`: it has a time, expected a date "
         "alone\n",
         NULL, NULL},
        {"fields: {a: {timestamp: true}}", "a: {b: 1}",
         "2:4 {{b: 1}} `a` is a map, expected a timestamp\n", NULL, NULL},
    };
    RUN(cases);
}

static void a_respelled_time_keeps_its_instant(void **state) {
    (void)state;
    static const char spaced[] = "---\na: '2025-11-14 02:13:55+0000'\n---\n";
    static const char local[] = "---\na: 2025-11-14 02:13:55\n---\n";
    checked c = check("fields: {a: {timestamp: true}}", "a.md", spaced, sizeof spaced - 1);
    assert_string_equal(c.safe.p, "---\na: '2025-11-14T02:13:55+00:00'\n---\n");
    checked_free(&c);
    c = check("fields: {a: {timestamp: true}}", "a.md", local, sizeof local - 1);
    assert_non_null(strstr(c.said.p, "; "));
    assert_string_equal(c.unsafe.p, "---\na: 2025-11-14 02:13:55\n---\n");
    checked_free(&c);
}

static void urls(void **state) {
    (void)state;
    static const struct {
        const char *url, *reason; /* NULL: fine */
    } cases[] = {
        {"https://example.com/a?b=c%20d#e", NULL},
        {"https://example.com:8080/", NULL},
        {"https://[2001:db8::1]/a", NULL},
        {"https://b.example.com/~a/(b)", NULL},
        {"https://ex ample.com/", "has white space in it, expected `%20`"},
        {"https://example.com/a b", "has white space in it, expected `%20`"},
        {"https://example.com/\xC3\xA9", "has `\xC3\xA9` in it, which must be percent-encoded"},
        {"https://example.com/a|b", "has `|` in it, which must be percent-encoded"},
        {"https://example.com/100%", "has a `%` without two hexadecimal digits behind it"},
        {"https://me:secret@example.com/", "has a user name and password in it"},
        {"https://me@example.com/", "has a user name in it"},
        {"https:///a", "has no host"},
        {"https:example.com", "lacks `//` behind `https:`"},
        {"//example.com/a", "has no scheme, expected `https:` before `//`"},
        {"/a.jpg", "is a relative address, expected one that begins with a scheme such as "
                   "`https://`"},
        {"www.example.com", "has no scheme, expected one such as `https://`"},
        {"https://example.com:80a/", "has a port that is no number"},
        {"https://example.com:70000/", "has a port above 65535"},
        {"https://[::g]/", "has no IPv6 address in its brackets"},
        {"https://example.com/a#b#c", "has more than one `#`"},
        {"ftp://example.com/", "has the scheme `ftp`, expected `https`"},
        {"HTTPS://EXAMPLE.com/", NULL},
        {"https://example.org/", "has the host `example.org`, expected `example.com` or "
                                 "`*.example.com`"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf text = {0}, want = {0};
        bool local = strstr(cases[i].url, "[") != NULL;
        nl_buf_printf(&text, "---\na: '%s'\n---\n", cases[i].url);
        checked c = check(local ? "fields: {a: {url: [https]}}"
                                : "fields: {a: {url: {schemes: [https], hosts: [example.com, "
                                  "'*.example.com']}}}",
                          "a.md", text.p, text.n);
        if (cases[i].reason)
            nl_buf_printf(&want, "2:4 {'%s'} `a` `%s` %s\n", cases[i].url, cases[i].url,
                          cases[i].reason);
        nl_buf_putc(&want, '\0');
        assert_string_equal(c.said.p, want.p);
        checked_free(&c);
        nl_buf_free(&text);
        nl_buf_free(&want);
    }
}

static void front_matter(void **state) {
    (void)state;
    static const check_case cases[] = {
        {"rules: {f: {check: front-matter}}", "a: 1\nb: 2\na: 3",
         "4:1 {a} the key `a` stands twice in the same map; remove or rename one of the two\n",
         NULL, NULL},
        {"fields: {}", "- a\n- b",
         "2:3 {a\n- b} front matter is a list, expected a map of fields such as `title: …`\n", NULL,
         NULL},
        {"fields: {}", "---\na: 1\n",
         "1:1 {---} front matter is not closed, expected a line `---` that ends it\n", NULL, NULL},
        {"rules: {f: {check: front-matter, kinds: ambiguous-scalar}}",
         "a: no\nb: 0123\nc: 2025-11-14\nd: 1_000\ne: 'no'\nf: 12:30:45\ng: 12\nh: !!str no\n"
         "y: 1e3",
         "2:4 {no} `no` without quotes is the boolean false in YAML 1.1, but a string in YAML 1.2; "
         "write `false`, or put it in quotes\n"
         "3:4 {0123} `0123` without quotes is an octal number in YAML 1.1, but a decimal number in "
         "YAML 1.2; put it in quotes\n"
         "4:4 {2025-11-14} `2025-11-14` without quotes is a date in YAML 1.1 and js-yaml, but a "
         "string in YAML 1.2; put it in quotes\n"
         "5:4 {1_000} `1_000` without quotes is a number in YAML 1.1 and js-yaml, but a string in "
         "YAML 1.2; leave out the underscores, or put it in quotes\n"
         "7:4 {12:30:45} `12:30:45` without quotes is a number to the base 60 in YAML 1.1, but a "
         "string in YAML 1.2; put it in quotes\n"
         "10:1 {y} the key `y` without quotes is the boolean true in YAML 1.1, but a string in "
         "YAML 1.2; write `true`, or put it in quotes\n"
         "10:4 {1e3} `1e3` without quotes is a string in YAML 1.1, but a number in YAML 1.2; put "
         "it "
         "in quotes\n",
         NULL,
         "a: 'no'\nb: '0123'\nc: '2025-11-14'\nd: '1_000'\ne: 'no'\nf: '12:30:45'\ng: 12\n"
         "h: !!str no\n'y': '1e3'"},
    };
    RUN(cases);
}

#define BROKEN "\xC3\xA2\xE2\x82\xAC\xC2\xA6" /* U+2026 in UTF-8, read as Windows-1252 */
#define BROKEN_CAFE "caf\xC3\x83\xC2\xA9"
#define SAID(found, was) found "} `" found "` was `" was "`: UTF-8 read as Windows-1252\n"

/* In every style that a scalar can be written in the damage is found where it stands, and nothing
 * else is changed. */
static void mojibake_in_every_style(void **state) {
    (void)state;
    static const char rules[] = "rules: {m: {check: mojibake}}";
    static const check_case cases[] = {
        {rules, "a: providing" BROKEN, "2:13 {" SAID(BROKEN, "…"), "a: providing…", NULL},
        {rules, "a: 'It''s providing" BROKEN "'", "2:20 {" SAID(BROKEN, "…"),
         "a: 'It''s providing…'", NULL},
        {rules, "a: \"pro\\\"viding" BROKEN "\"", "2:16 {" SAID(BROKEN, "…"),
         "a: \"pro\\\"viding…\"", NULL},
        {rules, "a: \"providing\\u00e2\\u20ac\\u00a6\"",
         "2:14 {\\u00e2\\u20ac\\u00a6} `" BROKEN "` was `…`: UTF-8 read as Windows-1252\n",
         "a: \"providing…\"", NULL},
        {rules, "a: >\n  folded\n  providing" BROKEN "\nb: 1", "4:12 {" SAID(BROKEN, "…"),
         "a: >\n  folded\n  providing…\nb: 1", NULL},
        {rules, "a: |\n  literal\n  providing" BROKEN "\nb: 1", "4:12 {" SAID(BROKEN, "…"),
         "a: |\n  literal\n  providing…\nb: 1", NULL},
        {rules, "a:\n  - {b: providing" BROKEN "}", "3:18 {" SAID(BROKEN, "…"),
         "a:\n  - {b: providing…}", NULL},
        {rules, "---\na: b\n---\nproviding" BROKEN " and `" BROKEN "`\n",
         "4:10 {" SAID(BROKEN, "…"), "---\na: b\n---\nproviding… and `" BROKEN "`\n", NULL},
    };
    RUN(cases);
}

static void mojibake_side_by_side(void **state) {
    (void)state;
    static const char rules[] = "rules: {m: {check: mojibake}}";
    static const check_case cases[] = {
        {rules, "a: " BROKEN_CAFE " and " BROKEN,
         "2:7 {" SAID("\xC3\x83\xC2\xA9", "é") "2:14 {" SAID(BROKEN, "…"), "a: café and …", NULL},
        {rules, "caf\xC3\x83\xC2\xA9: b", "2:4 {" SAID("\xC3\x83\xC2\xA9", "é"), NULL, "café: b"},
        {rules, "caf\xC3\x83\xC2\xA9: b\ncafé: c", "2:4 {" SAID("\xC3\x83\xC2\xA9", "é"), NULL,
         NULL},
        {rules, "---\na: b\n---\n[a](/" BROKEN_CAFE ") " BROKEN_CAFE "\n",
         "4:9 {" SAID("\xC3\x83\xC2\xA9", "é") "4:16 {" SAID("\xC3\x83\xC2\xA9", "é"),
         "---\na: b\n---\n[a](/" BROKEN_CAFE ") café\n", "---\na: b\n---\n[a](/café) café\n"},
        /* no tree: the raw bytes */
        {rules, "a: 'b\nc: " BROKEN_CAFE,
         "2:4 {'} the quote ' that opens here is never closed; close it, or quote the value with "
         "the other kind if it holds one\n3:7 {" SAID("\xC3\x83\xC2\xA9", "é"),
         NULL, NULL},
    };
    RUN(cases);
}

static void characters(void **state) {
    (void)state;
    static const char rules[] = "rules: {c: {check: characters}}";
    static const check_case cases[] = {
        {rules, "a: zero\xE2\x80\x8Bwidth",
         "2:8 {\xE2\x80\x8B} U+200B ZERO WIDTH SPACE is invisible\n", "a: zerowidth", NULL},
        {rules, "a: \"zero\\u200Bwidth \"",
         "2:9 {\\u200B} U+200B ZERO WIDTH SPACE is invisible\n2:20 { } `a` ends with white space\n",
         "a: \"zerowidth\"", NULL},
        {rules, "a: R &amp; D, AT&T; b", "2:6 {&amp;} `&amp;` is an HTML entity, expected `&`\n",
         NULL, "a: R & D, AT&T; b"},
        {rules, "a: Cafe\xCC\x81",
         "2:7 {e\xCC\x81} `e\xCC\x81` is not in Unicode normalisation form C\n", "a: Café", NULL},
        {rules, "a: |\n  text\nb: 1", "", NULL, NULL},
        {rules, "a: \xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE", "", NULL, NULL}, /* Persian */
        {rules, "a: \xDA\xA9\xDB\x95\xE2\x80\x8C x", "", NULL, NULL},       /* Kurdish, at an end */
        {rules, "a: \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", "", NULL, NULL}, /* emoji */
        {rules,
         "a: b\xE2\x80\x8C"
         "c",
         "2:5 {\xE2\x80\x8C} U+200C ZERO WIDTH NON-JOINER is invisible\n", NULL, "a: bc"},
        {rules, "a: caf\xC3\x83\xC2\xA9 " BROKEN, "", NULL, NULL}, /* that is mojibake */
        {rules, "---\na: b\n---\n`x\xE2\x80\x8B` &amp; y\xE2\x80\x8B \n",
         "4:13 {\xE2\x80\x8B} U+200B ZERO WIDTH SPACE is invisible\n",
         "---\na: b\n---\n`x\xE2\x80\x8B` &amp; y \n", NULL},
        {rules, "---\na: b\n---\nx \xFF\xFE y\n", "4:3 {\xFF\xFE} `\\xFF\\xFE` is not UTF-8\n",
         NULL, NULL},
        {"rules: {c: {check: characters, kinds: not-nfc, fields: [b]}}",
         "a: e\xCC\x81\nb: [e\xCC\x81]",
         "3:5 {e\xCC\x81} `e\xCC\x81` is not in Unicode normalisation form C\n",
         "a: e\xCC\x81\nb: [é]", NULL},
    };
    RUN(cases);
}

/* The first `split` articles go into one corpus, the rest into another; both are put together. */
static void unique_in_two(const newslint_engine *engine, size_t split) {
    newslint_worker *worker = newslint_worker_new();
    newslint_corpus *corpus = newslint_corpus_new(), *other = newslint_corpus_new();
    static const char *const texts[] = {
        "---\nid: 1\nlang: en\nslug: a\n---\n",
        "---\nid: '1'\nlang: en\n---\n",
        "---\nid: 1.0\nlang: en\nslug: ~\n---\n",
        "---\nid: 1\nlang:\nslug: b\n---\n",
        "---\nid: 2\nslug: a\n---\n",
    };
    static const size_t told[] = {2, 0, 1, 0, 1};
    static const char *const paths[] = {"a.md", "b.md", "c.md", "d.md", "e.md"};
    newslint_result *results[5];
    for (size_t i = 0; i < 5; i++) {
        newslint_article a = {.path = paths[i], .data = texts[i], .size = strlen(texts[i])};
        results[i] = newslint_lint(engine, worker, &a);
        newslint_corpus_add(i < split ? corpus : other, results[i]);
    }
    newslint_corpus_seal(corpus, false); /* too early, which what comes later undoes */
    newslint_corpus_merge(corpus, other);
    newslint_corpus_seal(corpus, true);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(newslint_corpus_concerns(corpus, paths[i]), told[i] > 0);
        newslint_corpus_check(corpus, results[i]);
        assert_int_equal(newslint_result_count(results[i]), told[i]);
        newslint_result_free(results[i]);
    }
    newslint_corpus_free(corpus);
    newslint_worker_free(worker);
}

static void unique_in_a_corpus(void **state) {
    (void)state;
    newslint_engine *engine = engine_of(
        "rules: {u: {check: unique, fields: [id, lang]}}\nfields: {slug: {unique: true}}");
    for (size_t split = 0; split <= 5; split++)
        unique_in_two(engine, split);
    newslint_engine_free(engine);
}

static void words(void **state) {
    (void)state;
    static const check_case cases[] = {
        {"rules: {t: {check: text, forbid: ['\\bshocking\\b'], ignore-case: true}}",
         "---\na: shocking\n---\nA *Shock*ing `shocking` word, [shocking](/shocking \"x\").\n",
         "4:4 {Shock*ing} `Shocking` must not be used\n4:32 {shocking} `shocking` must not be "
         "used\n",
         NULL, NULL},
        {"rules: {t: {check: text, in: [a, headings], replace: {utilise: use}, ignore-case: true}}",
         "---\na: 'Utilise it, don''t utilised'\n---\n# We utilise\n\nutilise\n",
         "2:5 {Utilise} `Utilise` should be `Use`\n4:6 {utilise} `utilise` should be `use`\n", NULL,
         "---\na: 'Use it, don''t utilised'\n---\n# We use\n\nutilise\n"},
        {"fields: {a: {text: ['x+']}}", "a: axxb", "2:5 {xx} `xx` must not be used\n", NULL, NULL},
        {"rules: {t: {check: text, consistent: [[e-mail, email]]}}",
         "---\na: b\n---\nAn e-mail.\n\nAn email, e-mails.\n",
         "6:4 {email} `email` is spelled `e-mail` before\n", NULL, NULL},
        {"rules: {t: {check: text, occurrences: {pattern: '!', max: 1}}}",
         "---\na: b\n---\nOne! Two! Three!\n",
         "4:9 {!} `!` is one too many for `!`, expected at most 1\n", NULL, NULL},
        {"rules: {t: {check: text, in: [a], occurrences: {pattern: c, min: 1}}}", "a: b",
         "2:4 {b} `c` occurs 0 times, expected at least 1\n", NULL, NULL},
        {"fields: {a: {truncated: true}}", "a: 'It goes on [...] '",
         "2:16 {[...]} `a` ends in `[...]`: the text was cut off\n", NULL, NULL},
        {"fields: {a: {truncated: {mid-sentence: true}}}", "a: \"It goes on (and on\"",
         "2:21 {on} `a` ends in mid-sentence, behind `on`\n", NULL, NULL},
        {"fields: {a: {truncated: {mid-sentence: true}}}", "a: He said \"so.\"", "", NULL, NULL},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types),
        cmocka_unit_test(values),
        cmocka_unit_test(keys),
        cmocka_unit_test(times),
        cmocka_unit_test(a_respelled_time_keeps_its_instant),
        cmocka_unit_test(urls),
        cmocka_unit_test(front_matter),
        cmocka_unit_test(mojibake_in_every_style),
        cmocka_unit_test(mojibake_side_by_side),
        cmocka_unit_test(characters),
        cmocka_unit_test(unique_in_a_corpus),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
