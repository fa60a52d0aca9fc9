/*
 * What holds for every result of newslint_lint() and newslint_fix(), and for values of front
 * matter: places lie in the text, on borders of characters, in order.
 */
#ifndef NL_FUZZ_LAWS_H
#define NL_FUZZ_LAWS_H

#include "fuzz.h"

#include "base/utf8.h"
#include "newslint.h"

enum { LAWS_NOW = 1763164800 };

static inline nl_str laws_str(newslint_string s) {
    return nl_str_n(s.data, s.size);
}

/* No character that begins before `at` reaches beyond it. */
static inline bool laws_on_border(nl_str text, size_t at) {
    uint32_t cp;
    for (size_t i = at > 3 ? at - 3 : 0; i < at; i++)
        if (nl_utf8_read(text.p + i, text.n - i, &cp) > at - i)
            return false;
    return true;
}

static inline void laws_check_span(nl_str text, size_t start, size_t end) {
    require(start <= end && end <= text.n);
    require(laws_on_border(text, start) && laws_on_border(text, end));
}

static inline void laws_check_range(const newslint_range *r, nl_str text) {
    laws_check_span(text, r->start.offset, r->end.offset);
    require(r->start.line >= 1 && r->start.column >= 1 && r->end.column >= 1);
    require(r->start.line <= r->end.line);
    require(r->start.line < r->end.line || r->start.column <= r->end.column);
}

static inline void laws_check_edits(const newslint_diagnostic *d, nl_str text) {
    require((d->safety == NEWSLINT_NO_FIX) == (d->edit_count == 0));
    for (size_t i = 0; i < d->edit_count; i++) {
        laws_check_span(text, d->edits[i].start, d->edits[i].end);
        require(i == 0 || d->edits[i - 1].end <= d->edits[i].start);
    }
}

static inline void laws_check_result(const newslint_result *result, nl_str text) {
    size_t last = 0;
    for (size_t i = 0; i < newslint_result_count(result); i++) {
        const newslint_diagnostic *d = newslint_result_get(result, i);
        laws_check_range(&d->range, text);
        require(d->range.start.offset >= last && d->rule.size && d->message.size);
        last = d->range.start.offset;
        for (size_t j = 0; j < d->related_count; j++)
            laws_check_range(&d->related[j].range, text);
        laws_check_edits(d, text);
    }
}

static inline void laws_check_same(const newslint_result *a, const newslint_result *b) {
    require(newslint_result_count(a) == newslint_result_count(b));
    for (size_t i = 0; i < newslint_result_count(a); i++) {
        const newslint_diagnostic *x = newslint_result_get(a, i), *y = newslint_result_get(b, i);
        require(nl_str_eq(laws_str(x->rule), laws_str(y->rule)));
        require(nl_str_eq(laws_str(x->message), laws_str(y->message)));
        require(x->range.start.offset == y->range.start.offset);
        require(x->range.end.offset == y->range.end.offset && x->safety == y->safety);
    }
}

/* Compiles rules that are known to be good. */
static inline newslint_engine *laws_engine(const char *text) {
    newslint_engine *engine = NULL;
    newslint_result *problems = NULL;
    newslint_rules rules = {
        .text = text, .size = strlen(text), .path = "all.yaml", .now = LAWS_NOW};
    newslint_status status = newslint_engine_new(&engine, &rules, &problems);
    for (size_t i = 0; problems && i < newslint_result_count(problems); i++) {
        const newslint_diagnostic *d = newslint_result_get(problems, i);
        fprintf(stderr, "%zu:%zu: %s\n", d->range.start.line, d->range.start.column,
                d->message.data);
    }
    require(status == NEWSLINT_OK);
    newslint_result_free(problems);
    return engine;
}

static inline newslint_article laws_article(nl_str text) {
    return (newslint_article){.path = "content/a.en.md", .data = text.p, .size = text.n};
}

/* A rule file with every kind of check, on top of the set `news`. */
static const char laws_rules[] =
    "newslint: 1\n"
    "name: all\n"
    "extends: [news]\n"
    "fields:\n"
    "  title: {pattern: {forbid: '\\s\\s+', replace: ' '}, truncated: {mid-sentence: true}}\n"
    "  weight: {range: {min: 0, max: 10}, type: integer}\n"
    "  updatedAt: {timestamp: {zone: utc, fraction: 0, before: now+1h}}\n"
    "  tags: {items: {min: 1, max: 3, sorted: true, ignore-case: true}}\n"
    "  link: {url: {hosts: ['*.example.com']}}\n"
    "  text: {text: {forbid: ['\\bbad\\b'], replace: {utilise: use}}}\n"
    "  extra: {key-order: [a, b], values: {length: {min: 1, unit: words}}}\n"
    "rules:\n"
    "  order: {check: key-order, order: [title, description, publishedAt], rest: end}\n"
    "  name: {check: filename, pattern: '{slug}.{lang}.md'}\n"
    "  words: {check: text, in: [body, title, headings], replace: {teh: the}, occurrences: "
    "{pattern: 'x', max: 2}, consistent: [[e-mail, email]]}\n"
    "  odd: {check: characters}\n"
    "  code: {check: mojibake, code: true}\n"
    "  kinds: {check: front-matter, kinds: [missing, syntax, duplicate-key, ambiguous-scalar, "
    "unsupported]}\n"
    "  sense: {assert: 'len(title) < 80 or body.words > 3 and lower(title) matches \"a\"', when: "
    "has(title)}\n"
    "  first: {check: heading-first}\n"
    "  one: {check: unique, fields: [title]}\n";

#endif
