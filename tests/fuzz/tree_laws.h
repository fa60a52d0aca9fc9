/*
 * What holds for the tree of any front matter: spans in bounds and on borders of characters,
 * members inside their collections, places that hold what they say, edits in bounds.
 */
#ifndef NL_FUZZ_TREE_LAWS_H
#define NL_FUZZ_TREE_LAWS_H

#include "laws.h"

#include "doc/article.h"

enum { TREE_DEPTH = 100, TREE_SUBSTRINGS = 64 };

static inline void tree_check_scalar(const nl_source *s, const nl_value *v, nl_arena *arena) {
    nl_span span;
    nl_edit e;
    if (!v->alias && nl_value_locate(s, v, 0, v->text.n, &span))
        require(span.start <= span.end && span.end <= s->bytes.n);
    size_t step = v->text.n / TREE_SUBSTRINGS + 1;
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

static inline void tree_check_value(const nl_source *s, const nl_value *v, const nl_value *parent,
                                    nl_arena *arena) {
    laws_check_span(s->bytes, v->span.start, v->span.end);
    if (parent)
        require(v->span.start >= parent->span.start && v->span.end <= parent->span.end);
    if (v->alias)
        return;
    if (v->kind != NL_LIST && v->kind != NL_MAP)
        tree_check_scalar(s, v, arena);
    for (size_t i = 0; v->kind == NL_LIST && i < v->count; i++)
        tree_check_value(s, v->items[i], v, arena);
    for (size_t i = 0; v->kind == NL_MAP && i < v->count; i++) {
        if (v->entries[i].merged)
            continue;
        tree_check_value(s, v->entries[i].key, NULL, arena);
        tree_check_value(s, v->entries[i].value, v->entries[i].value->alias ? NULL : v, arena);
    }
}

/* Parses and checks; the article is as long as the arena. */
static inline void tree_check_article(nl_article *a, nl_str text, nl_arena *arena) {
    static nl_limits limits; /* the article keeps them */
    limits = nl_limits_default;
    limits.depth = TREE_DEPTH;
    nl_article_parse(a, NL_S("a.md"), text, &limits, NL_READERS_FAST, arena);
    require(a->body_start <= text.n);
    const nl_yaml *tree = &a->front.tree;
    for (size_t i = 0; i < tree->count; i++) {
        laws_check_span(text, tree->problems[i].span.start, tree->problems[i].span.end);
        laws_check_span(text, tree->problems[i].other.start, tree->problems[i].other.end);
        require(tree->problems[i].message.n > 0);
    }
    require(!tree->failed || (tree->count && !tree->root));
    if (tree->root)
        tree_check_value(&a->source, tree->root, NULL, arena);
    if (a->front.almost)
        laws_check_span(text, a->front.almost_span.start, a->front.almost_span.end);
}

#endif
