/*
 * Front matter of any bytes: spans in bounds and on unit borders, members inside their
 * collections, places that hold what they say, edits that decode to what was wanted.
 */
#include "base/utf8.h"
#include "doc/article.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 100, MAX_SUBSTRINGS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition)
        abort();
}

static bool on_border(const nl_source *s, size_t at) {
    uint32_t cp;
    size_t from = at > 3 ? at - 3 : 0;
    for (size_t i = from; i < at; i++) /* no unit that begins before reaches beyond */
        if (nl_utf8_read(s->bytes.p + i, s->bytes.n - i, &cp) > at - i)
            return false;
    return true;
}

static void check_span(const nl_source *s, nl_span span) {
    require(span.start <= span.end && span.end <= s->bytes.n);
    require(on_border(s, span.start) && on_border(s, span.end));
}

static void check_scalar(const nl_source *s, const nl_value *v, nl_arena *arena) {
    nl_span span;
    nl_edit e;
    if (!v->alias && nl_value_locate(s, v, 0, v->text.n, &span))
        require(span.start <= span.end && span.end <= s->bytes.n);
    size_t step = v->text.n / MAX_SUBSTRINGS + 1;
    for (size_t from = 0; from < v->text.n; from += step) {
        if (!nl_value_locate(s, v, from, from + 1, &span)) {
            require(span.start == v->span.start && span.end == v->span.end);
            continue;
        }
        require(span.start < span.end && span.end <= s->bytes.n);
        if (span.end - span.start == 1 && v->style == NL_STYLE_PLAIN && v->text.p[from] != ' ' &&
            v->text.p[from] != '\n')
            require(s->bytes.p[span.start] == v->text.p[from]);
    }
    if (v->text.n < 4096 && nl_value_edit(s, v, 0, v->text.n, NL_S("a: 'b'"), arena, &e))
        require(e.span.start <= e.span.end && e.span.end <= s->bytes.n);
}

static void check_value(const nl_source *s, const nl_value *v, const nl_value *parent,
                        nl_arena *arena) {
    check_span(s, v->span);
    if (parent)
        require(v->span.start >= parent->span.start && v->span.end <= parent->span.end);
    if (v->alias)
        return;
    if (v->kind != NL_LIST && v->kind != NL_MAP)
        check_scalar(s, v, arena);
    for (size_t i = 0; v->kind == NL_LIST && i < v->count; i++)
        check_value(s, v->items[i], v, arena);
    for (size_t i = 0; v->kind == NL_MAP && i < v->count; i++) {
        if (v->entries[i].merged)
            continue;
        check_value(s, v->entries[i].key, NULL, arena);
        check_value(s, v->entries[i].value, v->entries[i].value->alias ? NULL : v, arena);
    }
}

static void check_article(const char *bytes, size_t size) {
    nl_arena arena = {0};
    nl_article a;
    nl_limits limits = {64 << 20, MAX_DEPTH};
    nl_article_parse(&a, NL_S("a.md"), nl_str_n(bytes, size), &limits, &arena);
    require(a.body_start <= size);
    for (size_t i = 0; i < a.front.tree.count; i++) {
        check_span(&a.source, a.front.tree.problems[i].span);
        check_span(&a.source, a.front.tree.problems[i].other);
        require(a.front.tree.problems[i].message.n > 0);
    }
    require(!a.front.tree.failed || (a.front.tree.count && !a.front.tree.root));
    if (a.front.tree.root)
        check_value(&a.source, a.front.tree.root, NULL, &arena);
    if (a.front.almost)
        check_span(&a.source, a.front.almost_span);
    nl_arena_free(&arena);
}

/* The bytes as they are, and as the inside of YAML front matter. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char open[] = "---\n", close[] = "\n---\n";
    char *copy = malloc(size + sizeof open + sizeof close);
    require(copy != NULL);
    if (size)
        memcpy(copy, data, size);
    check_article(copy, size);
    memcpy(copy, open, sizeof open - 1);
    if (size)
        memcpy(copy + sizeof open - 1, data, size);
    memcpy(copy + sizeof open - 1 + size, close, sizeof close - 1);
    check_article(copy, size + sizeof open + sizeof close - 2);
    free(copy);
    return 0;
}
