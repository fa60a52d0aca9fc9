/*
 * Suppression comments: what is said of an article is part of what is said of it when no comment is
 * one any more (one letter of each is another), but for what newslint says of the comments
 * themselves. And what the comments are: in order, their places in the text.
 */
#include "laws.h"

#include "base/buf.h"
#include "doc/suppress.h"

/* Rules that speak of a place and of nothing that the words of a comment could change. */
static const char rules[] = "newslint: 1\n"
                            "name: s\n"
                            "fields:\n"
                            "  title: {required: true, type: string, length: {max: 5}}\n"
                            "  tags: {type: list, enum: [a, b]}\n"
                            "unknown-fields: error\n"
                            "rules:\n"
                            "  odd: {check: characters}\n"
                            "  bad: {check: text, in: [body], forbid: ['bad']}\n"
                            "  first: {check: heading-first}\n"
                            "  depth: {check: heading-increment}\n"
                            "  empty: {check: heading-empty}\n";

static newslint_engine *engine;
static newslint_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    engine = laws_engine(rules);
    worker = newslint_worker_new();
    return 0;
}

static bool is_own(const newslint_diagnostic *d) {
    return nl_str_starts(laws_str(d->rule), NL_S("newslint/"));
}

static bool same_place(const newslint_diagnostic *a, const newslint_diagnostic *b) {
    return nl_str_eq(laws_str(a->rule), laws_str(b->rule)) &&
           a->range.start.offset == b->range.start.offset &&
           a->range.end.offset == b->range.end.offset;
}

/* Both are in order of start and rule: one walk over both. */
static void check_part(const newslint_result *part, const newslint_result *whole) {
    size_t j = 0;
    for (size_t i = 0; i < newslint_result_count(part); i++) {
        const newslint_diagnostic *d = newslint_result_get(part, i);
        if (is_own(d))
            continue;
        while (j < newslint_result_count(whole) && !same_place(d, newslint_result_get(whole, j)))
            j++;
        require(j < newslint_result_count(whole));
    }
}

static void check_items(nl_str text) {
    nl_arena arena = {0};
    nl_article a;
    nl_article_parse(&a, NL_S("a.md"), text, &nl_limits_default, NL_READERS_FAST, &arena);
    nl_suppress *s = nl_suppress_find(&a);
    size_t count = 0;
    const nl_suppression *items = s ? nl_suppress_items(s, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        laws_check_span(text, items[i].span.start, items[i].span.end);
        require(i == 0 || items[i - 1].span.start <= items[i].span.start);
    }
    nl_suppress_free(s);
    nl_arena_free(&arena);
}

static void check(nl_str text) {
    nl_buf mute = {0};
    nl_buf_str_add(&mute, text);
    nl_str rest = nl_buf_str(&mute);
    for (size_t at; (at = nl_str_search(rest, NL_S("newslint-"))) < rest.n;) {
        mute.p[(size_t)(rest.p - mute.p) + at + 2] = 'v'; /* the first may belong to an escape */
        rest = nl_str_sub(rest, at + 1, rest.n);
    }
    newslint_article article = laws_article(text), deaf = laws_article(nl_buf_str(&mute));
    newslint_result *part = newslint_lint(engine, worker, &article);
    newslint_result *whole = newslint_lint(engine, worker, &deaf);
    laws_check_result(part, text);
    check_part(part, whole);
    newslint_result_free(part);
    newslint_result_free(whole);
    nl_buf_free(&mute);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    check_items(text);
    check(text);
    return 0;
}
