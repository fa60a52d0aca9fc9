/*
 * The whole way: an article of any bytes under the set `news` and a rule file with every check,
 * then its fixes. Every range and edit lies within the text, in order; linting says the same twice;
 * each safe fix alone leaves every value that it does not touch as it was; what newslint_fix()
 * reports is what linting its text reports; and there is nothing left to fix, unless newslint says
 * so.
 */
#include "base/buf.h"
#include "doc/article.h"
#include "newslint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALONE_MAX = 12 }; /* fixes that are tried alone */

static const char rules[] =
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
    "{pattern: 'x', "
    "max: 2}, consistent: [[e-mail, email]]}\n"
    "  odd: {check: characters}\n"
    "  code: {check: mojibake, code: true}\n"
    "  kinds: {check: front-matter, kinds: [missing, syntax, duplicate-key, ambiguous-scalar, "
    "unsupported]}\n"
    "  sense: {assert: 'len(title) < 80 or body.words > 3 and lower(title) matches \"a\"', when: "
    "has(title)}\n"
    "  first: {check: heading-first}\n"
    "  one: {check: unique, fields: [title]}\n";

static newslint_engine *engine;
static newslint_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition)
        abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    newslint_result *problems = NULL;
    newslint_rules r = {
        .text = rules, .size = sizeof rules - 1, .path = "all.yaml", .now = 1763164800};
    newslint_status status = newslint_engine_new(&engine, &r, &problems);
    for (size_t i = 0; problems && i < newslint_result_count(problems); i++) {
        const newslint_diagnostic *d = newslint_result_get(problems, i);
        fprintf(stderr, "%zu:%zu: %s\n", d->range.start.line, d->range.start.column,
                d->message.data);
    }
    require(status == NEWSLINT_OK);
    newslint_result_free(problems);
    worker = newslint_worker_new();
    return 0;
}

static newslint_article article_of(nl_str text) {
    return (newslint_article){.path = "content/a.en.md", .data = text.p, .size = text.n};
}

static bool same_string(newslint_string a, newslint_string b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static void check_range(const newslint_range *r, size_t size) {
    require(r->start.offset <= r->end.offset && r->end.offset <= size);
    require(r->start.line >= 1 && r->start.column >= 1 && r->end.column >= 1);
    require(r->start.line <= r->end.line);
    require(r->start.line < r->end.line || r->start.column <= r->end.column);
}

static void check_result(const newslint_result *result, size_t size) {
    size_t last = 0;
    for (size_t i = 0; i < newslint_result_count(result); i++) {
        const newslint_diagnostic *d = newslint_result_get(result, i);
        check_range(&d->range, size);
        require(d->range.start.offset >= last && d->rule.size && d->message.size);
        last = d->range.start.offset;
        for (size_t j = 0; j < d->related_count; j++)
            check_range(&d->related[j].range, size);
        require((d->safety == NEWSLINT_NO_FIX) == (d->edit_count == 0));
        for (size_t j = 0; j < d->edit_count; j++) {
            const newslint_edit *e = &d->edits[j];
            require(e->start <= e->end && e->end <= size);
            require(j == 0 || d->edits[j - 1].end <= e->start);
        }
    }
}

static void check_same(const newslint_result *a, const newslint_result *b) {
    require(newslint_result_count(a) == newslint_result_count(b));
    for (size_t i = 0; i < newslint_result_count(a); i++) {
        const newslint_diagnostic *x = newslint_result_get(a, i), *y = newslint_result_get(b, i);
        require(same_string(x->rule, y->rule) && same_string(x->message, y->message));
        require(x->range.start.offset == y->range.start.offset);
        require(x->range.end.offset == y->range.end.offset && x->safety == y->safety);
    }
}

/* ---- A safe fix alone -------------------------------------------------------------------------
 */

static nl_str apply(const newslint_diagnostic *d, nl_str text, nl_buf *out) {
    size_t from = 0;
    for (size_t i = 0; i < d->edit_count; i++) {
        nl_buf_str_add(out, nl_str_sub(text, from, d->edits[i].start));
        nl_buf_add(out, d->edits[i].text.data, d->edits[i].text.size);
        from = d->edits[i].end;
    }
    nl_buf_str_add(out, nl_str_sub(text, from, text.n));
    return nl_buf_str(out);
}

static bool touches(const newslint_diagnostic *d, nl_span span) {
    for (size_t i = 0; i < d->edit_count; i++)
        if (d->edits[i].start <= span.end && d->edits[i].end >= span.start)
            return true;
    return false;
}

static void compare(const newslint_diagnostic *d, const nl_value *a, const nl_value *b) {
    if (a->alias || b->alias)
        return;
    bool inner = a->kind == NL_LIST || a->kind == NL_MAP;
    if (!inner && touches(d, a->span))
        return;
    require(a->kind == b->kind && a->count == b->count);
    if (!inner)
        require(nl_str_eq(a->text, b->text) && a->style == b->style);
    for (size_t i = 0; a->kind == NL_LIST && i < a->count; i++)
        compare(d, a->items[i], b->items[i]);
    for (size_t i = 0; a->kind == NL_MAP && i < a->count; i++) {
        if (a->entries[i].merged)
            continue;
        if (!touches(d, a->entries[i].key->span))
            require(nl_str_eq(a->entries[i].key->text, b->entries[i].key->text));
        compare(d, a->entries[i].value, b->entries[i].value);
    }
}

static void check_alone(const newslint_diagnostic *d, nl_str text) {
    nl_arena arena = {0};
    nl_buf fixed = {0};
    nl_limits limits = {.max_size = 64 << 20, .max_depth = 1000};
    nl_article before, after;
    nl_article_parse(&before, NL_S("a.md"), text, &limits, &arena);
    if (before.front.tree.root) {
        nl_article_parse(&after, NL_S("a.md"), apply(d, text, &fixed), &limits, &arena);
        require(after.front.tree.root != NULL);
        compare(d, before.front.tree.root, after.front.tree.root);
    }
    nl_buf_free(&fixed);
    nl_arena_free(&arena);
}

/* ---- All fixes --------------------------------------------------------------------------------
 */

static bool says_not_fixed(const newslint_result *result) {
    for (size_t i = 0; i < newslint_result_count(result); i++)
        if (strcmp(newslint_result_get(result, i)->rule.data, "newslint/not-fixed") == 0)
            return true;
    return false;
}

static void check_fix(nl_str text, bool unsafe_too) {
    char *fixed = NULL, *again = NULL;
    size_t size = 0, more = 0, count = 0;
    newslint_article article = article_of(text);
    newslint_result *left =
        newslint_fix(engine, worker, &article, unsafe_too, &fixed, &size, &count);
    require((fixed != NULL) == (count > 0));
    nl_str now = fixed ? nl_str_n(fixed, size) : text;
    check_result(left, now.n);
    if (!says_not_fixed(left)) {
        article = article_of(now);
        newslint_result *result = newslint_lint(engine, worker, &article);
        check_same(left, result);
        newslint_result_free(result);
        for (size_t i = 0; !unsafe_too && i < newslint_result_count(left); i++)
            require(newslint_result_get(left, i)->safety != NEWSLINT_SAFE);
        result = newslint_fix(engine, worker, &article, unsafe_too, &again, &more, &count);
        require(unsafe_too || (!again && count == 0));
        newslint_result_free(result);
        newslint_free(again);
    }
    newslint_result_free(left);
    newslint_free(fixed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    newslint_article article = article_of(text);
    newslint_result *result = newslint_lint(engine, worker, &article);
    newslint_result *twin = newslint_lint(engine, worker, &article);
    check_result(result, size);
    check_same(result, twin);
    size_t alone = 0;
    for (size_t i = 0; i < newslint_result_count(result) && alone < ALONE_MAX; i++) {
        const newslint_diagnostic *d = newslint_result_get(result, i);
        if (d->safety != NEWSLINT_SAFE)
            continue;
        check_alone(d, text);
        alone++;
    }
    newslint_corpus *corpus = newslint_corpus_new();
    newslint_corpus_add(corpus, result);
    newslint_corpus_add(corpus, twin);
    newslint_corpus_seal(corpus, true);
    newslint_corpus_check(corpus, result);
    check_result(result, size);
    newslint_corpus_free(corpus);
    newslint_result_free(result);
    newslint_result_free(twin);
    check_fix(text, false);
    check_fix(text, true);
    return 0;
}
