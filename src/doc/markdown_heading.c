/* Spans and texts of headings; see markdown_heading.h. */
#include "doc/markdown_heading.h"

#include "base/buf.h"
#include "doc/markdown_inlines.h"
#include "doc/markdown_link.h"
#include <string.h>

/* What cmark takes for blank; a form feed, say, is content to it, if content that says nothing. */
static bool is_blank_or_end(char c) {
    return nl_is_blank((unsigned char)c) || c == '\n' || c == '\r';
}

bool nl_leaf_skip_definitions(nl_markdown_state *st, nl_block *b, size_t behind) {
    if (b->span.start >= b->span.end || st->p[b->span.start] != '[')
        return true;
    nl_leaf leaf;
    nl_leaf_read(st, &leaf, b->span.start, b->first_line, behind);
    size_t at = nl_link_definitions_skip((nl_str){leaf.p, leaf.full});
    while (at < leaf.full && is_blank_or_end(leaf.p[at]))
        at++;
    if (at == leaf.full)
        return false;
    const struct nl_leaf_line *line = nl_leaf_line_at(&leaf, at);
    b->span.start = line->start + (at - line->at);
    b->first_line = line->line;
    return true;
}

/* The underline of the setext heading: the first line behind its text that looks like one. */
static size_t find_underline(nl_markdown_state *st, nl_block *b, size_t lines_behind, char c) {
    for (size_t i = b->first_line + 1; i < lines_behind; i++) {
        nl_line l = nl_line_open(st, i);
        if (nl_line_enter(st, &l, i) < st->depth)
            continue;
        size_t first = 0;
        if (nl_line_indent(&l, &first) > 3)
            continue;
        size_t run = nl_line_run(&l, first, c);
        nl_line rest = {.p = l.p, .at = first + run, .end = l.end};
        if (run == 0 || !nl_line_blank(&rest))
            continue;
        if (nl_leaf_skip_definitions(st, b, i))
            return i;
    }
    return lines_behind - 1;
}

/* A heading can be told from its first bytes: no setext text may begin like an ATX heading. */
static bool is_atx(nl_markdown_state *st, const nl_block *b) {
    nl_line l = nl_line_open(st, b->first_line);
    size_t n = nl_line_run(&l, b->span.start, '#');
    size_t at = b->span.start + n;
    return n >= 1 && n <= 6 && (at >= l.end || nl_is_blank((unsigned char)l.p[at]));
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

void nl_heading_atx(nl_markdown_state *st, nl_heading *h) {
    size_t start = h->block.start, end = h->block.end;
    nl_line l = {.p = st->p, .at = start, .end = end};
    h->marks = nl_span_of(start, start + nl_line_run(&l, start, '#'));
    size_t from = h->marks.end;
    while (end > from && is_space(st->p[end - 1]))
        end--;
    size_t hash = end;
    while (hash > from && st->p[hash - 1] == '#')
        hash--;
    h->closing = nl_span_of(end, end);
    if (hash < end && hash > from && nl_is_blank((unsigned char)st->p[hash - 1])) {
        h->closing = nl_span_of(hash, end);
        h->style = NL_HEADING_ATX_CLOSED;
        for (end = hash; end > from && is_space(st->p[end - 1]);)
            end--;
    }
    while (from < end && nl_is_blank((unsigned char)st->p[from]))
        from++;
    h->text = nl_span_of(from, end);
}

void nl_heading_setext(nl_markdown_state *st, nl_heading *h, nl_span marks, size_t end) {
    h->style = NL_HEADING_SETEXT;
    h->marks = marks;
    h->closing = nl_span_of(marks.end, marks.end);
    while (end > h->block.start && is_space(st->p[end - 1]))
        end--;
    h->text = nl_span_of(h->block.start, end);
}

/* The underline stands on the block's last line. */
static void setext_spans(nl_markdown_state *st, nl_heading *h, const nl_block *b) {
    nl_line under = nl_line_open(st, b->last_line);
    nl_line_enter(st, &under, b->last_line);
    size_t first = 0;
    nl_line_indent(&under, &first);
    size_t run = nl_line_run(&under, first, h->level == 1 ? '=' : '-');
    nl_heading_setext(st, h, nl_span_of(first, first + run),
                      nl_line_open(st, b->last_line - 1).end);
}

static nl_span indent_of(nl_markdown_state *st, const nl_block *b) {
    nl_line l = nl_line_open(st, b->first_line);
    nl_line_enter(st, &l, b->first_line);
    return nl_span_of(l.at < b->span.start ? l.at : b->span.start, b->span.start);
}

/* The literals below the node, one after the other. */
static void text_add(const nl_markdown_state *st, nl_buf *out, nl_node *node) {
    nl_node *n = nl_node_first(node);
    while (n) {
        nl_node_kind kind = nl_node_kind_of(n);
        if (kind == NL_NODE_TEXT || kind == NL_NODE_CODE_SPAN)
            nl_buf_str_add(out, nl_literal_keep(st, nl_node_literal(n)));
        else if (kind == NL_NODE_SOFTBREAK || kind == NL_NODE_LINEBREAK)
            nl_buf_putc(out, ' ');
        if (nl_node_first(n)) {
            n = nl_node_first(n);
            continue;
        }
        while (!nl_node_next(n)) {
            n = nl_node_parent(n);
            if (n == node)
                return;
        }
        n = nl_node_next(n);
    }
}

nl_str nl_heading_content(nl_markdown_state *st, nl_node *node) {
    nl_node *only = nl_node_first(node);
    if (!only)
        return NL_S("");
    if (!nl_node_next(only) && nl_node_kind_of(only) == NL_NODE_TEXT)
        return nl_literal_keep(st, nl_node_literal(only));
    nl_buf b = {0};
    text_add(st, &b, node);
    nl_str s = {nl_arena_copy(st->arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return s;
}

void nl_heading_make(nl_markdown *m, nl_block *b, nl_block_extra *x, size_t lines_behind) {
    nl_markdown_state *st = m->state;
    nl_heading *h = &m->headings[m->heading_count++];
    *h = (nl_heading){.level = nl_node_level(x->node), .root = b->root, .at = m->block_count};
    bool atx = is_atx(st, b);
    b->last_line =
        atx ? b->first_line : find_underline(st, b, lines_behind, h->level == 1 ? '=' : '-');
    x->text_end = (uint32_t)(atx ? b->first_line + 1 : b->last_line);
    h->block = nl_span_of(b->span.start, nl_line_open(st, b->last_line).end);
    if (atx)
        nl_heading_atx(st, h);
    else
        setext_spans(st, h, b);
    h->line = b->first_line;
    h->indent = indent_of(st, b);
    h->content = nl_heading_content(st, x->node);
}
