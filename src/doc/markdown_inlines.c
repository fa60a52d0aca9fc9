/* The walk along nodes and bytes; see markdown_inlines.h. */
#include "doc/markdown_inlines.h"

#include "base/buf.h"
#include "doc/markdown_entity.h"
#include "doc/markdown_link.h"
#include <string.h>

typedef struct walk {
    nl_markdown *m;
    nl_markdown_state *st;
    const nl_leaf *leaf;
    nl_str text;
    size_t at;
    unsigned depth;
    bool ok;
    nl_span block;
} walk;

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

void nl_opaque_add(nl_markdown *m, nl_span span, bool code) {
    nl_markdown_state *st = m->state;
    if (span.start >= span.end)
        return;
    m->opaque = nl_arena_grow(st->arena, m->opaque, &st->opaque_cap, m->opaque_count + 1,
                              sizeof *m->opaque);
    m->opaque[m->opaque_count++] = span;
    if (!code)
        return;
    m->code = nl_arena_grow(st->arena, m->code, &st->code_cap, m->code_count + 1, sizeof *m->code);
    m->code[m->code_count++] = span;
}

nl_str nl_literal_keep(const nl_markdown_state *st, nl_str literal) {
    if (!st->standin || !memchr(literal.p, st->standin, literal.n))
        return st->tree ? nl_str_n(nl_arena_copy(st->arena, literal.p, literal.n), literal.n)
                        : literal;
    nl_buf b = {0};
    for (size_t i = 0; i < literal.n; i++) {
        if (literal.p[i] == st->standin)
            nl_buf_puts(&b, "\xEF\xBF\xBD");
        else
            nl_buf_putc(&b, literal.p[i]);
    }
    nl_str s = {nl_arena_copy(st->arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return s;
}

static nl_inline *add(walk *w, nl_inline_kind kind, size_t start, size_t end) {
    nl_markdown *m = w->m;
    m->inlines = nl_arena_grow(w->st->arena, m->inlines, &w->st->inline_cap, m->inline_count + 1,
                               sizeof *m->inlines);
    nl_inline *in = &m->inlines[m->inline_count++];
    *in = (nl_inline){.kind = kind, .exact = w->ok, .depth = w->depth, .span = w->block};
    if (w->ok)
        in->span = nl_leaf_span(w->leaf, start, end);
    return in;
}

/* Is c the next byte? Goes past it; else nothing of the leaf is exact. */
static void take(walk *w, char c) {
    if (w->at < w->text.n && w->text.p[w->at] == c)
        w->at++;
    else
        w->ok = false;
}

static void plain_add(walk *w, size_t start) {
    if (w->at == start)
        return;
    nl_inline *in = add(w, NL_INLINE_TEXT, start, w->at);
    in->text = (nl_str){w->st->source->bytes.p + in->span.start, w->at - start};
}

static void decoded_add(walk *w, size_t length, nl_str text) {
    nl_inline *in = add(w, NL_INLINE_TEXT, w->at, w->at + length);
    in->text = text;
    in->decoded = true;
    w->at += length;
}

/* The escape or entity at hand if it became the text `as`: its length; *decoded that of what it
 * became. 0 if the byte stands for itself. */
static size_t reference_length(const walk *w, nl_str as, size_t *decoded) {
    char c = w->text.p[w->at];
    *decoded = 1;
    if (c == '\\' && w->at + 1 < w->text.n && nl_is_punct((unsigned char)w->text.p[w->at + 1]))
        return 2;
    return c == '&' ? nl_entity_match(w->text, w->at, as, decoded) : 0;
}

static void read_text(walk *w, nl_str literal) {
    size_t plain = w->at, i = 0, before = w->m->inline_count;
    /* a lazy line that is the first behind definitions keeps its blanks, which the span has not */
    while (w->at == 0 && i < literal.n && w->text.n > 0 && w->text.p[0] != '&' &&
           nl_is_blank((unsigned char)literal.p[i]))
        i++;
    while (w->ok && i < literal.n) {
        if (w->at >= w->text.n) {
            w->ok = false;
            break;
        }
        nl_str as = {literal.p + i, literal.n - i};
        size_t decoded = 1, length = reference_length(w, as, &decoded);
        if (length) {
            plain_add(w, plain);
            if (w->text.p[w->at] == '\\' && w->text.p[w->at + 1] != literal.p[i])
                w->ok = false;
            else
                decoded_add(w, length, nl_literal_keep(w->st, nl_str_sub(as, 0, decoded)));
            plain = w->at;
        } else if (w->text.p[w->at] == literal.p[i]) {
            w->at++;
        } else {
            w->ok = false;
        }
        i += decoded;
    }
    if (w->ok) {
        plain_add(w, plain);
        return;
    }
    w->m->inline_count = before;
    add(w, NL_INLINE_TEXT, 0, 0)->text = nl_literal_keep(w->st, literal);
}

/* Does the span between the backticks become the literal? Line ends become spaces, and one space
 * on either side goes if there is something else. */
static bool code_is(nl_str inner, nl_str literal) {
    bool other = false;
    for (size_t i = 0; i < inner.n && !other; i++)
        other = inner.p[i] != ' ' && inner.p[i] != '\n';
    if (other && inner.n >= 2 && (inner.p[0] == ' ' || inner.p[0] == '\n') &&
        (inner.p[inner.n - 1] == ' ' || inner.p[inner.n - 1] == '\n'))
        inner = (nl_str){inner.p + 1, inner.n - 2};
    if (inner.n != literal.n)
        return false;
    for (size_t i = 0; i < inner.n; i++) {
        if ((inner.p[i] == '\n' ? ' ' : inner.p[i]) != literal.p[i])
            return false;
    }
    return true;
}

static size_t ticks(nl_str text, size_t at) {
    size_t start = at;
    while (at < text.n && text.p[at] == '`')
        at++;
    return at - start;
}

static void read_code(walk *w, nl_str literal) {
    size_t start = w->at, n = ticks(w->text, start);
    size_t inner = start + n, close = inner;
    while (w->ok && n > 0) {
        const char *hit =
            close < w->text.n ? memchr(w->text.p + close, '`', w->text.n - close) : NULL;
        if (!hit)
            break;
        close = (size_t)(hit - w->text.p);
        size_t run = ticks(w->text, close);
        if (run == n) {
            w->at = close + n;
            break;
        }
        close += run;
    }
    if (w->at == start || !code_is((nl_str){w->text.p + inner, close - inner}, literal))
        w->ok = false;
    nl_inline *in = add(w, NL_INLINE_CODE, start, w->at);
    in->text = nl_literal_keep(w->st, literal);
    if (w->ok)
        nl_opaque_add(w->m, in->span, true);
}

static void read_tag(walk *w, nl_str literal) {
    size_t start = w->at;
    if (literal.n <= w->text.n - w->at && memcmp(w->text.p + w->at, literal.p, literal.n) == 0)
        w->at += literal.n;
    else
        w->ok = false;
    nl_inline *in = add(w, NL_INLINE_HTML, start, w->at);
    in->text = nl_literal_keep(w->st, literal);
    if (w->ok)
        nl_opaque_add(w->m, in->span, false);
}

static void read_break(walk *w, bool hard) {
    size_t start = w->at;
    while (w->at < w->text.n && is_space(w->text.p[w->at]) && w->text.p[w->at] != '\n')
        w->at++;
    bool backslash = hard && w->at == start && w->at < w->text.n && w->text.p[w->at] == '\\';
    w->at += backslash;
    take(w, '\n');
    /* the blanks of a lazy line are text for cmark behind a backslash, else not */
    while (!backslash && w->at < w->text.n && nl_is_blank((unsigned char)w->text.p[w->at]))
        w->at++;
    nl_inline *in = add(w, NL_INLINE_BREAK, start, w->at);
    in->hard = hard;
    if (w->ok)
        in->span.end = nl_leaf_map(w->leaf, w->at);
}

static void read_autolink(walk *w, nl_node *n) {
    size_t start = w->at;
    const char *close = memchr(w->text.p + start, '>', w->text.n - start);
    if (close)
        w->at = (size_t)(close - w->text.p) + 1;
    else
        w->ok = false;
    nl_inline *in = add(w, NL_INLINE_AUTOLINK, start, w->at);
    in->text = nl_literal_keep(w->st, nl_node_url(n));
    if (!w->ok)
        return;
    in->target = nl_leaf_span(w->leaf, start + 1, w->at - 1);
    nl_opaque_add(w->m, in->span, false);
}

/* Holds what is open at a depth until it closes. */
static void open_at(walk *w) {
    w->st->open =
        nl_arena_grow(w->st->arena, w->st->open, &w->st->open_cap, w->depth + 1, sizeof(size_t));
    w->st->open[w->depth] = w->m->inline_count - 1;
}

/* True if the node's children are to be read. */
static bool enter(walk *w, nl_node *n, nl_node_kind kind) {
    size_t start = w->at;
    char c = w->at < w->text.n ? w->text.p[w->at] : 0;
    if (kind == NL_NODE_LINK && w->ok && c == '<') {
        read_autolink(w, n);
        return false;
    }
    if (kind == NL_NODE_LINK || kind == NL_NODE_IMAGE) {
        if (kind == NL_NODE_IMAGE)
            take(w, '!');
        take(w, '[');
        nl_inline *in =
            add(w, kind == NL_NODE_LINK ? NL_INLINE_LINK : NL_INLINE_IMAGE, start, w->at);
        in->text = nl_literal_keep(w->st, nl_node_url(n));
        in->title = nl_literal_keep(w->st, nl_node_title(n));
    } else {
        take(w, c == '_' ? '_' : '*');
        if (kind == NL_NODE_STRONG)
            take(w, c == '_' ? '_' : '*');
        add(w, kind == NL_NODE_STRONG ? NL_INLINE_STRONG : NL_INLINE_EMPHASIS, start, w->at);
    }
    open_at(w);
    return true;
}

/* A destination without escapes and entities must be the URL itself. */
static bool target_is(nl_str target, nl_str url) {
    return memchr(target.p, '\\', target.n) || memchr(target.p, '&', target.n) ||
           nl_str_eq(target, url);
}

static void leave_link(walk *w, nl_inline *in, nl_node *n) {
    take(w, ']');
    if (!w->ok)
        return;
    nl_span inner = {0, 0};
    size_t behind = w->at;
    if (nl_link_tail(w->text, w->at, &behind, &inner)) {
        in->target = nl_leaf_span(w->leaf, inner.start, inner.end);
        nl_opaque_add(w->m, in->target, false);
        nl_str target = {w->text.p + inner.start, inner.end - inner.start};
        w->ok = target_is(target, nl_node_url(n));
    } else if (nl_link_label(w->text, w->at, &behind, &inner)) {
        in->label = nl_leaf_span(w->leaf, inner.start, inner.end);
        nl_opaque_add(w->m, in->label, false);
    }
    w->at = behind;
}

static void leave(walk *w, nl_node *n) {
    nl_inline *in = &w->m->inlines[w->st->open[w->depth]];
    if (in->kind == NL_INLINE_LINK || in->kind == NL_INLINE_IMAGE) {
        leave_link(w, in, n);
    } else if (w->ok) {
        char c = w->st->p[in->span.start];
        take(w, c);
        if (in->kind == NL_INLINE_STRONG)
            take(w, c);
    }
    if (w->ok)
        in->span.end = nl_leaf_map(w->leaf, w->at - 1) + 1;
}

/* True if the node's children come next. */
static bool read_node(walk *w, nl_node *n) {
    nl_node_kind kind = nl_node_kind_of(n);
    switch (kind) {
    case NL_NODE_TEXT:
        read_text(w, nl_node_literal(n));
        return false;
    case NL_NODE_SOFTBREAK:
    case NL_NODE_LINEBREAK:
        read_break(w, kind == NL_NODE_LINEBREAK);
        return false;
    case NL_NODE_CODE_SPAN:
        read_code(w, nl_node_literal(n));
        return false;
    case NL_NODE_TAG:
        read_tag(w, nl_node_literal(n));
        return false;
    default:
        if (!enter(w, n, kind))
            return false;
        if (nl_node_first(n))
            return true;
        leave(w, n);
        return false;
    }
}

static void read_nodes(walk *w, nl_node *leaf) {
    nl_node *n = nl_node_first(leaf);
    while (n) {
        if (read_node(w, n)) {
            w->depth++;
            n = nl_node_first(n);
            continue;
        }
        while (!nl_node_next(n)) {
            n = nl_node_parent(n);
            if (n == leaf)
                return;
            w->depth--;
            leave(w, n);
        }
        n = nl_node_next(n);
    }
}

/* What was called exact before the walk went wrong is not. */
static void take_back(walk *w, size_t inlines, size_t opaque, size_t code) {
    nl_markdown *m = w->m;
    for (size_t i = inlines; i < m->inline_count; i++) {
        nl_inline *in = &m->inlines[i];
        in->exact = false;
        in->span = w->block;
        in->target = in->label = nl_span_of(0, 0);
    }
    m->opaque_count = opaque;
    m->code_count = code;
    nl_str bytes = {w->st->p + w->block.start, w->block.end - w->block.start};
    nl_opaque_add(m, w->block, nl_str_find(bytes, '`') < bytes.n);
}

void nl_inlines_read(nl_markdown *m, size_t i, const nl_leaf *leaf) {
    nl_block *b = &m->blocks[i];
    walk w = {.m = m,
              .st = m->state,
              .leaf = leaf,
              .text = {leaf->p, leaf->n},
              .ok = true,
              .block = b->span};
    size_t inlines = m->inline_count, opaque = m->opaque_count, code = m->code_count;
    read_nodes(&w, m->state->extra[i].node);
    while (w.at < w.text.n && is_space(w.text.p[w.at]))
        w.at++;
    if (!w.ok || w.at < w.text.n)
        take_back(&w, inlines, opaque, code);
    b->inlines = inlines;
    b->inline_count = m->inline_count - inlines;
}
