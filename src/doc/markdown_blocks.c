/* Blocks and headings with their spans; see markdown_blocks.h. */
#include "doc/markdown_blocks.h"

#include "doc/markdown_heading.h"
#include "doc/markdown_link.h"
#include <string.h>

static size_t count_lines(nl_str text) {
    size_t count = 0;
    const char *p = text.p, *end = text.p + text.n;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        count++;
        p++;
    }
    return count;
}

static size_t last_line(nl_markdown_state *st) {
    size_t count = nl_source_line_count(st->source);
    nl_span last = nl_source_line(st->source, count);
    return last.start == last.end && count > st->first_line ? count - 1 : count;
}

static nl_block_kind block_kind(nl_node_kind kind) {
    switch (kind) {
    case NL_NODE_QUOTE:
        return NL_BLOCK_QUOTE;
    case NL_NODE_LIST:
        return NL_BLOCK_LIST;
    case NL_NODE_ITEM:
        return NL_BLOCK_ITEM;
    case NL_NODE_CODE:
        return NL_BLOCK_CODE;
    case NL_NODE_HTML:
        return NL_BLOCK_HTML;
    case NL_NODE_HEADING:
        return NL_BLOCK_HEADING;
    case NL_NODE_RULE:
        return NL_BLOCK_RULE;
    default:
        return NL_BLOCK_PARAGRAPH;
    }
}

/* Does the line, entered, close a fence of n times c? */
static bool closes_fence(const nl_line *l, char c, size_t n) {
    size_t first = 0;
    if (nl_line_indent(l, &first) > 3)
        return false;
    size_t run = nl_line_run(l, first, c);
    nl_line rest = {.p = l->p, .at = first + run, .end = l->end};
    return run >= n && run >= 3 && nl_line_blank(&rest);
}

/* cmark holds a fence's length in a byte. */
enum { FENCE_MOST = 255 };

static void code_end(nl_markdown_state *st, nl_block *b, nl_node *node, size_t lines_behind) {
    size_t content = count_lines(nl_node_literal(node));
    nl_line l = nl_line_open(st, b->first_line);
    nl_line_enter(st, &l, b->first_line);
    b->fenced = nl_line_indent(&l, NULL) <= 3;
    b->last_line = b->first_line + content;
    if (!b->fenced) {
        b->last_line--;
        return;
    }
    char c = st->p[b->span.start];
    l.at = b->span.start;
    size_t n = nl_line_run(&l, l.at, c);
    if (b->last_line + 1 >= lines_behind)
        return;
    nl_line next = nl_line_open(st, b->last_line + 1);
    if (nl_line_enter(st, &next, b->last_line + 1) == st->depth &&
        closes_fence(&next, c, n > FENCE_MOST ? FENCE_MOST : n))
        b->last_line++;
}

/* The last line of a leaf; of a paragraph it is cmark's. */
static void leaf_end(nl_markdown *m, nl_block *b, nl_block_extra *x, size_t lines_behind) {
    nl_markdown_state *st = m->state;
    switch (b->kind) {
    case NL_BLOCK_PARAGRAPH:
        x->text_end = (uint32_t)b->last_line + 1;
        nl_leaf_skip_definitions(st, b, x->text_end);
        break;
    case NL_BLOCK_HEADING:
        b->index = m->heading_count;
        nl_heading_make(m, b, x, lines_behind);
        break;
    case NL_BLOCK_CODE:
        code_end(st, b, x->node, lines_behind);
        break;
    case NL_BLOCK_HTML:
        b->last_line = b->first_line + count_lines(nl_node_literal(x->node)) - 1;
        break;
    default:
        b->last_line = b->first_line;
    }
    if (b->last_line >= lines_behind)
        b->last_line = lines_behind - 1;
    b->span.end = nl_line_open(st, b->last_line).end;
}

typedef struct block_walk {
    nl_markdown *m;
    size_t shift, lines_behind;
    unsigned depth;
} block_walk;

/* Adds the block of a node; the stack is what is around it. */
static size_t block_add(block_walk *w, nl_node *node, nl_node_kind kind) {
    nl_markdown *m = w->m;
    nl_markdown_state *st = m->state;
    nl_block *b = &m->blocks[m->block_count];
    nl_block_extra *x = &st->extra[m->block_count];
    size_t line = nl_node_line(node) - 1 - w->shift + st->first_line;
    size_t last = nl_node_last_line(node) - 1 - w->shift + st->first_line;
    nl_line l = nl_line_open(st, line);
    size_t start = l.at + nl_node_column(node) - 1;
    *b = (nl_block){
        .kind = block_kind(kind),
        .root = w->depth == 0,
        .depth = w->depth,
        .span = {start < l.end ? start : l.end, l.end},
        .first_line = line,
        .last_line = last < w->lines_behind ? last : w->lines_behind - 1,
    };
    *x = (nl_block_extra){.node = node,
                          .depth = (uint32_t)st->depth,
                          .raw_line = (uint32_t)line,
                          .raw_start = (uint32_t)start};
    if (nl_block_is_leaf(b))
        leaf_end(m, b, x, w->lines_behind);
    return m->block_count++;
}

/* Puts a container on the stack; a list is none of its own. */
static void container_open(block_walk *w, size_t i) {
    nl_markdown_state *st = w->m->state;
    nl_block *b = &w->m->blocks[i];
    w->depth++;
    if (b->kind == NL_BLOCK_LIST || st->depth >= st->source->limits->body_depth)
        return;
    nl_container c = {.item = false, .first_line = (uint32_t)b->first_line};
    if (b->kind == NL_BLOCK_ITEM) {
        nl_line l = nl_line_open(st, b->first_line);
        nl_line_enter(st, &l, b->first_line);
        c = nl_item_read(&l, b->first_line);
    }
    st->extra[i].own = c;
    st->stack[st->depth++] = c;
}

/* The container ends where its last member does, or with its first line. */
static void container_close(block_walk *w, size_t i) {
    nl_block *b = &w->m->blocks[i];
    const nl_block *last = &w->m->blocks[w->m->block_count - 1];
    b->last_line = b->first_line;
    if (last != b && last->last_line >= b->first_line) {
        b->last_line = last->last_line;
        b->span.end = last->span.end;
    }
    w->depth--;
    w->m->state->depth = w->m->state->extra[i].depth;
}

/* The next block node in document order, NULL behind the last. */
static nl_node *next_block(nl_node *n, nl_node_kind kind, nl_node *root) {
    bool down = kind == NL_NODE_QUOTE || kind == NL_NODE_LIST || kind == NL_NODE_ITEM;
    if (down && nl_node_first(n))
        return nl_node_first(n);
    while (n != root && !nl_node_next(n))
        n = nl_node_parent(n);
    return n == root ? NULL : nl_node_next(n);
}

/* Room for exactly what is there: a body may have a million headings. */
static void reserve(nl_markdown *m, nl_node *root) {
    size_t blocks = 0, headings = 0;
    for (nl_node *n = nl_node_first(root); n;) {
        nl_node_kind kind = nl_node_kind_of(n);
        blocks++;
        headings += kind == NL_NODE_HEADING;
        n = next_block(n, kind, root);
    }
    nl_arena *arena = m->state->arena;
    m->blocks = nl_arena_alloc(arena, blocks * sizeof *m->blocks);
    m->state->extra = nl_arena_alloc(arena, blocks * sizeof *m->state->extra);
    m->headings = nl_arena_alloc(arena, headings * sizeof *m->headings);
}

void nl_blocks_make(nl_markdown *m, nl_node *root, size_t shift) {
    reserve(m, root);
    block_walk w = {.m = m, .shift = shift, .lines_behind = last_line(m->state) + 1};
    size_t open[2 * NL_LIMIT_BODY_DEPTH_MOST + 2]; /* a list for each item at most */
    nl_node *node = nl_node_first(root);
    while (node) {
        size_t i = block_add(&w, node, nl_node_kind_of(node));
        if (!nl_block_is_leaf(&m->blocks[i])) {
            nl_node *child = nl_node_first(node);
            container_open(&w, i);
            open[w.depth - 1] = i;
            if (child) {
                node = child;
                continue;
            }
            container_close(&w, i);
        }
        while (!nl_node_next(node) && w.depth > 0) {
            node = nl_node_parent(node);
            container_close(&w, open[w.depth - 1]);
        }
        node = nl_node_next(node);
    }
}

void nl_blocks_pass(nl_markdown *m, size_t i) {
    nl_markdown_state *st = m->state;
    const nl_block_extra *x = &st->extra[i];
    nl_block_kind kind = m->blocks[i].kind;
    st->depth = x->depth;
    bool container = kind == NL_BLOCK_QUOTE || kind == NL_BLOCK_ITEM;
    if (container && st->depth < st->source->limits->body_depth)
        st->stack[st->depth++] = x->own;
}
