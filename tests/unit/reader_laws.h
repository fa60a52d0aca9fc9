/*
 * The fast readers say what libyaml and cmark say: every value, span, place and edit of the front
 * matter, every heading and block of the body and what is made of it on demand. Shared by the unit
 * test and the fuzz target.
 */
#ifndef NL_TESTS_READER_LAWS_H
#define NL_TESTS_READER_LAWS_H

#include "base/unicode.h"
#include "doc/article.h"
#include "doc/markdown_lines.h"
#include "doc/plain.h"
#include "doc/scalar.h"
#include "doc/yaml_fast.h"
#include "rule/walk.h"
#include <stdbool.h>
#include <string.h>

enum { LAWS_MAX_DEPTH = 100, LAWS_PLACES = 48 };

/* What the fast readers took, and what there was to take. */
typedef struct laws_taken {
    size_t yaml, yaml_of, body, body_of;
} laws_taken;

#define LAWS_SAME(condition)                                                                       \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return #condition;                                                                     \
    } while (0)

static inline bool laws_spans(nl_span a, nl_span b) {
    return a.start == b.start && a.end == b.end;
}

/* Places of parts of the text, and what an edit of them would be. */
static inline const char *laws_places(const nl_source *s, const nl_value *a, const nl_value *b,
                                      nl_arena *arena) {
    LAWS_SAME(laws_spans(nl_scalar_raw(a), nl_scalar_raw(b)));
    size_t step = a->text.n / LAWS_PLACES + 1;
    for (size_t from = 0; from <= a->text.n; from += step) {
        for (size_t to = from; to <= a->text.n && to <= from + 2 * step; to += step) {
            nl_span in_a, in_b;
            bool good = nl_value_locate(s, a, from, to, &in_a);
            LAWS_SAME(good == nl_value_locate(s, b, from, to, &in_b) && laws_spans(in_a, in_b));
        }
    }
    nl_edit x, y;
    bool good = nl_value_edit(s, a, a->text.n / 2, a->text.n, NL_S("a: 'b' #"), arena, &x);
    LAWS_SAME(good == nl_value_edit(s, b, b->text.n / 2, b->text.n, NL_S("a: 'b' #"), arena, &y));
    LAWS_SAME(!good || (laws_spans(x.span, y.span) && nl_str_eq(x.text, y.text)));
    return NULL;
}

/* Not a number is one here, and -0 is not 0. */
static inline uint64_t laws_bits(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static inline const char *laws_values(const nl_source *s, const nl_value *a, const nl_value *b,
                                      nl_arena *arena) {
    LAWS_SAME(a->kind == b->kind && a->style == b->style);
    LAWS_SAME(a->alias == b->alias && a->tagged == b->tagged && a->flow == b->flow);
    LAWS_SAME(a->json == b->json && a->damaged == b->damaged);
    LAWS_SAME(laws_spans(a->span, b->span) && laws_spans(a->key_span, b->key_span));
    LAWS_SAME(nl_str_eq(a->text, b->text));
    LAWS_SAME(a->integer == b->integer && a->big == b->big && a->boolean == b->boolean);
    LAWS_SAME(laws_bits(a->number) == laws_bits(b->number));
    LAWS_SAME(a->count == b->count && a->depth == b->depth && a->weight == b->weight);
    const char *broken = NULL;
    if (a->alias)
        return NULL;
    for (size_t i = 0; a->kind == NL_LIST && i < a->count && !broken; i++)
        broken = laws_values(s, a->items[i], b->items[i], arena);
    for (size_t i = 0; a->kind == NL_MAP && i < a->count && !broken; i++) {
        const nl_entry *x = &a->entries[i], *y = &b->entries[i];
        LAWS_SAME(x->merged == y->merged);
        broken = laws_values(s, x->key, y->key, arena);
        if (!broken && !x->merged)
            broken = laws_values(s, x->value, y->value, arena);
    }
    return broken || a->kind == NL_LIST || a->kind == NL_MAP ? broken : laws_places(s, a, b, arena);
}

static inline const char *laws_trees(const nl_source *s, const nl_yaml *a, const nl_yaml *b,
                                     nl_arena *arena) {
    LAWS_SAME(a->failed == b->failed && a->count == b->count && a->unlisted == b->unlisted);
    for (size_t i = 0; i < a->count; i++) {
        const nl_yaml_problem *x = &a->problems[i], *y = &b->problems[i];
        LAWS_SAME(x->trouble == y->trouble && x->order == y->order);
        LAWS_SAME(laws_spans(x->span, y->span) && laws_spans(x->other, y->other));
        LAWS_SAME(nl_str_eq(x->message, y->message) && nl_str_eq(x->related, y->related));
    }
    LAWS_SAME(!a->root == !b->root);
    return a->root ? laws_values(s, a->root, b->root, arena) : NULL;
}

static inline const char *laws_headings(const nl_markdown *a, const nl_markdown *b) {
    LAWS_SAME(a->heading_count == b->heading_count);
    for (size_t i = 0; i < a->heading_count; i++) {
        const nl_heading *x = &a->headings[i], *y = &b->headings[i];
        LAWS_SAME(x->level == y->level && x->style == y->style && x->root == y->root);
        LAWS_SAME(laws_spans(x->block, y->block) && laws_spans(x->indent, y->indent));
        LAWS_SAME(laws_spans(x->text, y->text) && laws_spans(x->marks, y->marks));
        LAWS_SAME(laws_spans(x->closing, y->closing) && x->line == y->line && x->at == y->at);
        LAWS_SAME(nl_str_eq(x->content, y->content));
    }
    return NULL;
}

static inline const char *laws_blocks(const nl_markdown *a, const nl_markdown *b) {
    LAWS_SAME(a->refused == b->refused);
    LAWS_SAME(!a->refused || laws_spans(a->trouble, b->trouble));
    LAWS_SAME(a->block_count == b->block_count);
    for (size_t i = 0; i < a->block_count; i++) {
        const nl_block *x = &a->blocks[i], *y = &b->blocks[i];
        LAWS_SAME(x->kind == y->kind && x->root == y->root && x->fenced == y->fenced);
        LAWS_SAME(x->depth == y->depth && laws_spans(x->span, y->span));
        LAWS_SAME(x->first_line == y->first_line && x->last_line == y->last_line);
        LAWS_SAME(x->index == y->index);
        LAWS_SAME(x->inlines == y->inlines && x->inline_count == y->inline_count);
    }
    return laws_headings(a, b);
}

static inline const char *laws_span_lists(const nl_span *a, const nl_span *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        LAWS_SAME(laws_spans(a[i], b[i]));
    return NULL;
}

static inline const char *laws_inlines(const nl_markdown *a, const nl_markdown *b) {
    LAWS_SAME(a->inline_count == b->inline_count && a->words == b->words);
    LAWS_SAME(a->opaque_count == b->opaque_count && a->code_count == b->code_count);
    LAWS_SAME(a->definition_count == b->definition_count);
    for (size_t i = 0; i < a->inline_count; i++) {
        const nl_inline *x = &a->inlines[i], *y = &b->inlines[i];
        LAWS_SAME(x->kind == y->kind && x->exact == y->exact && laws_spans(x->span, y->span));
        LAWS_SAME(x->depth == y->depth && nl_str_eq(x->text, y->text));
    }
    const char *broken = laws_span_lists(a->opaque, b->opaque, a->opaque_count);
    return broken ? broken : laws_span_lists(a->code, b->code, a->code_count);
}

static inline const char *laws_bodies(nl_article *fast, nl_article *reference) {
    nl_markdown *a = nl_article_body(fast), *b = nl_article_body(reference);
    const char *broken = laws_blocks(a, b);
    if (broken)
        return broken;
    nl_markdown_inlines(a);
    nl_markdown_inlines(b);
    broken = laws_blocks(a, b);
    return broken ? broken : laws_inlines(a, b);
}

static inline bool laws_untrimmed(const nl_value *v, bool key) {
    return !key && v->kind == NL_STRING && nl_has_outer_space(v->text);
}

static inline bool laws_ambiguous(const nl_value *v, bool key) {
    nl_plain_reading other;
    (void)key;
    return v->style == NL_STYLE_PLAIN && nl_plain_is_ambiguous(v->text, &other);
}

/* Is what a tree promises of all its scalars true? */
static inline const char *laws_promises(const nl_yaml *tree) {
    if (tree->trimmed && nl_walk_any(tree->root, laws_untrimmed))
        return "a string is not trimmed";
    return tree->unambiguous && nl_walk_any(tree->root, laws_ambiguous) ? "a scalar is ambiguous"
                                                                        : NULL;
}

/* What the two ways to read an article differ in, or NULL. The bytes must lie in a buffer that is
 * no longer than they are, for the sanitizer's sake. */
static inline const char *laws_readers_broken(nl_str bytes, laws_taken *taken, nl_arena *arena) {
    nl_limits limits = nl_limits_default;
    limits.depth = LAWS_MAX_DEPTH;
    nl_article a, b;
    nl_article_parse(&a, NL_S("a.md"), bytes, &limits, NL_READERS_FAST, arena);
    nl_article_parse(&b, NL_S("a.md"), bytes, &limits, NL_READERS_REFERENCE, arena);
    nl_yaml tree;
    if (a.front.format == NL_FRONT_YAML && !a.front.unclosed) {
        taken->yaml_of++;
        taken->yaml +=
            a.utf8 && nl_yaml_fast(&a.source, nl_span_of(a.front.open.start, a.front.content.end),
                                   arena, &tree);
    }
    const char *broken = laws_trees(&a.source, &a.front.tree, &b.front.tree, arena);
    if (!broken)
        broken = laws_promises(&a.front.tree);
    if (broken || a.body_start >= bytes.n)
        return broken;
    taken->body_of++;
    taken->body += nl_article_body(&a)->state->fast;
    return laws_bodies(&a, &b);
}

#endif
