/* Lines, containers and the content of leaves; see markdown_lines.h. */
#include "doc/markdown_lines.h"

#include <string.h>

enum { TAB_STOP = 4, QUOTE_INDENT_MOST = 3, ITEM_PADDING_MOST = 4, ITEM_DIGITS_MOST = 9 };

static size_t width_here(const nl_line *l) {
    return l->p[l->at] == '\t' ? TAB_STOP - l->column % TAB_STOP : 1;
}

/* Past `columns` columns of blanks, perhaps into a tab; or past one other byte. */
static void advance(nl_line *l, size_t columns) {
    while (columns > 0 && l->at < l->end) {
        size_t width = width_here(l);
        size_t step = width < columns ? width : columns;
        l->column += step;
        columns -= step;
        if (step == width)
            l->at++;
    }
}

size_t nl_line_indent(const nl_line *l, size_t *first) {
    nl_line look = *l;
    for (; look.at < look.end && nl_is_blank((unsigned char)look.p[look.at]); look.at++)
        look.column += width_here(&look);
    if (first)
        *first = look.at;
    return look.column - l->column;
}

size_t nl_line_run(const nl_line *l, size_t at, char c) {
    size_t start = at;
    while (at < l->end && l->p[at] == c)
        at++;
    return at - start;
}

bool nl_line_blank(const nl_line *l) {
    size_t at = l->at;
    while (at < l->end && nl_is_blank((unsigned char)l->p[at]))
        at++;
    return at >= l->end;
}

static bool enter_quote(nl_line *l) {
    size_t first = 0;
    size_t indent = nl_line_indent(l, &first);
    if (indent > QUOTE_INDENT_MOST || first >= l->end || l->p[first] != '>')
        return false;
    advance(l, indent + 1);
    if (l->at < l->end && nl_is_blank((unsigned char)l->p[l->at]))
        advance(l, 1);
    return true;
}

/* Length of a list marker at `at`, or 0. */
static size_t marker_length(const nl_line *l, size_t at) {
    size_t start = at;
    if (at >= l->end)
        return 0;
    if (l->p[at] == '*' || l->p[at] == '-' || l->p[at] == '+') {
        at++;
    } else {
        while (at < l->end && at - start < ITEM_DIGITS_MOST && nl_is_digit((unsigned char)l->p[at]))
            at++;
        if (at == start || at >= l->end || (l->p[at] != '.' && l->p[at] != ')'))
            return 0;
        at++;
    }
    return at - start;
}

/* Past the marker and its padding; the width from the line's place to the item's content. */
static size_t enter_marker(nl_line *l) {
    size_t first = 0;
    size_t indent = nl_line_indent(l, &first);
    size_t marker = marker_length(l, first);
    advance(l, indent + marker);
    size_t content = 0;
    size_t padding = nl_line_indent(l, &content);
    if (padding < 1 || padding > ITEM_PADDING_MOST || content >= l->end)
        padding = 1;
    if (l->at < l->end && nl_is_blank((unsigned char)l->p[l->at]))
        advance(l, padding);
    return indent + marker + padding;
}

nl_container nl_item_read(const nl_line *l, size_t line) {
    nl_line look = *l;
    return (nl_container){
        .item = true, .width = (uint32_t)enter_marker(&look), .first_line = (uint32_t)line};
}

static bool enter_item(nl_line *l, const nl_container *c, size_t line) {
    if (line == c->first_line) {
        enter_marker(l);
        return true;
    }
    size_t first = 0;
    size_t indent = nl_line_indent(l, &first);
    if (indent >= c->width) {
        advance(l, c->width);
        return true;
    }
    if (first < l->end)
        return false;
    advance(l, indent);
    return true;
}

size_t nl_line_enter(nl_markdown_state *st, nl_line *l, size_t line) {
    size_t i = 0;
    while (i < st->depth) {
        nl_line before = *l;
        const nl_container *c = &st->stack[i];
        if (!(c->item ? enter_item(l, c, line) : enter_quote(l))) {
            *l = before;
            break;
        }
        i++;
    }
    return i;
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void leaf_join(nl_markdown_state *st, nl_leaf *leaf) {
    size_t total = 0;
    for (size_t i = 0; i < leaf->line_count; i++)
        total += leaf->lines[i].end - leaf->lines[i].start + 1;
    char *p = nl_arena_alloc(st->arena, total);
    size_t n = 0;
    for (size_t i = 0; i < leaf->line_count; i++) {
        struct nl_leaf_line *line = &leaf->lines[i];
        line->at = n;
        memcpy(p + n, st->p + line->start, line->end - line->start);
        n += line->end - line->start;
        p[n++] = '\n';
    }
    leaf->p = p;
    leaf->full = n;
}

void nl_leaf_read(nl_markdown_state *st, nl_leaf *leaf, size_t start, size_t first, size_t behind) {
    *leaf = (nl_leaf){.line_count = behind - first, .lines = &leaf->one};
    leaf->one =
        (struct nl_leaf_line){.start = start, .end = nl_line_open(st, first).end, .line = first};
    leaf->p = st->p + start;
    leaf->full = leaf->one.end - start;
    if (leaf->line_count > 1) {
        leaf->lines = nl_arena_alloc(st->arena, leaf->line_count * sizeof *leaf->lines);
        leaf->lines[0] = leaf->one;
        for (size_t i = 1; i < leaf->line_count; i++) {
            nl_line l = nl_line_open(st, first + i);
            size_t content = l.at;
            if (nl_line_enter(st, &l, first + i) == st->depth)
                nl_line_indent(&l, &content);
            else /* cmark keeps the blanks of a lazy continuation line */
                content = l.at;
            leaf->lines[i] =
                (struct nl_leaf_line){.start = content, .end = l.end, .line = first + i};
        }
    }
    if (leaf->line_count > 1 || (leaf->full > 0 && leaf->p[0] == '['))
        leaf_join(st, leaf);
    leaf->n = leaf->full;
    while (leaf->n > 0 && is_space(leaf->p[leaf->n - 1]))
        leaf->n--;
}

const struct nl_leaf_line *nl_leaf_line_at(const nl_leaf *leaf, size_t at) {
    size_t low = 0, high = leaf->line_count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (leaf->lines[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return &leaf->lines[low];
}

size_t nl_leaf_map(const nl_leaf *leaf, size_t at) {
    const struct nl_leaf_line *line = nl_leaf_line_at(leaf, at);
    return line->start + (at - line->at);
}

nl_span nl_leaf_span(const nl_leaf *leaf, size_t start, size_t end) {
    size_t from = nl_leaf_map(leaf, start);
    return nl_span_of(from, end > start ? nl_leaf_map(leaf, end - 1) + 1 : from);
}
