/*
 * Parsing a body, and what is asked of the result. Before cmark 0.30.2 sees a body, what it would
 * take more than linear time for is refused: deep containers (every line visits each of them) and
 * image brackets in one paragraph (every link visits each; CVE-2023-22486).
 */
#include "doc/markdown.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "doc/markdown_blocks.h"
#include "doc/markdown_fast.h"
#include <assert.h>
#include <string.h>

/* Bytes of a body whose memory is worth to be given back early. */
enum { LARGE = 256 * 1024 };

/* Length of the quote or list marker at p, or 0. */
static size_t marker_length(const char *p, size_t n) {
    size_t i = 0;
    if (*p == '>')
        return 1;
    if (*p == '-' || *p == '+' || *p == '*') {
        i = 1;
    } else {
        while (i < n && nl_is_digit((unsigned char)p[i]))
            i++;
        if (i == 0 || i == n || (p[i] != '.' && p[i] != ')'))
            return 0;
        i++;
    }
    return i == n || nl_is_blank((unsigned char)p[i]) ? i : 0;
}

/* The most containers that are open behind a line with these bytes when `open` are before it: one
 * per marker, and one for each two columns of blanks. */
static size_t line_depth(const char *p, size_t n, size_t open) {
    size_t marks = 0, columns = 0;
    for (size_t i = 0, len; i < n; i += len) {
        len = 1;
        if (p[i] == ' ')
            columns++;
        else if (p[i] == '\t')
            columns += 4;
        else if ((len = marker_length(p + i, n - i)) > 0)
            marks++;
        else
            break;
    }
    size_t most = marks + columns / 2, more = open + marks;
    return most < more ? most : more;
}

/* `- - -` is a rule and holds nothing. */
static bool is_rule(const char *p, size_t n) {
    char mark = 0;
    for (size_t i = 0; i < n; i++) {
        if (nl_is_blank((unsigned char)p[i]))
            continue;
        if ((p[i] != '-' && p[i] != '*' && p[i] != '_') || (mark && p[i] != mark))
            return false;
        mark = p[i];
    }
    return true;
}

static bool too_deep(nl_markdown *m) {
    nl_markdown_state *st = m->state;
    size_t count = nl_source_line_count(st->source), open = 0;
    for (size_t i = st->first_line; i <= count; i++) {
        nl_line l = nl_line_open(st, i);
        if (l.at >= l.end || !strchr(" \t>-+*0123456789", st->p[l.at]))
            continue;
        size_t depth = line_depth(st->p + l.at, l.end - l.at, open);
        if (depth > open && !is_rule(st->p + l.at, l.end - l.at))
            open = depth;
        if (open > st->source->limits->body_depth) {
            m->trouble = nl_span_of(l.at, l.end);
            return true;
        }
    }
    return false;
}

/* The image openers that cmark's links of a paragraph may visit. Where no code span or tag can hide
 * a bracket, each `]` takes one opener off, as in cmark; else none does. */
static size_t image_steps(nl_str text) {
    bool exact = !memchr(text.p, '`', text.n) && !memchr(text.p, '<', text.n);
    nl_buf openers = {0};
    size_t images = 0, steps = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\\') {
            i++;
        } else if (c == '[') {
            bool image = i > 0 && text.p[i - 1] == '!';
            images += image;
            if (exact)
                nl_buf_putc(&openers, image ? 1 : 0);
        } else if (c == ']') {
            steps += images;
            if (exact && openers.n > 0)
                images -= (size_t)openers.p[--openers.n];
        }
    }
    nl_buf_free(&openers);
    return steps;
}

/* Goes by the lines between blank ones, which is at least a paragraph. */
static bool too_many_images(nl_markdown *m) {
    nl_markdown_state *st = m->state;
    nl_str body = {st->p + st->start, st->end - st->start};
    if (nl_str_find(body, '!') >= body.n)
        return false;
    size_t count = nl_source_line_count(st->source), steps = 0, start = st->start;
    size_t most = st->source->limits->body_steps;
    for (size_t i = st->first_line; i <= count && steps <= most; i++) {
        nl_line l = nl_line_open(st, i);
        while (l.at < l.end && (st->p[l.at] == '>' || nl_is_blank((unsigned char)st->p[l.at])))
            l.at++;
        if (l.at < l.end && i < count)
            continue;
        steps += image_steps((nl_str){st->p + start, l.end - start});
        m->trouble = nl_span_of(start, l.end);
        start = l.end;
    }
    return steps > most;
}

/* A byte that does not occur in the text and that cmark takes for a letter, as it does U+FFFD. */
static char find_standin(nl_str text) {
    for (char c = 0x7F; c > 0x0E; c = c == 0x7F ? 0x1F : (char)(c - 1)) {
        if (!memchr(text.p, c, text.n))
            return c;
    }
    return 0x7F;
}

/* cmark reads fences otherwise when bytes are no UTF-8, and makes three bytes of a NUL: it gets a
 * copy in which each byte of damage is one stand-in. */
static void replace_damage(nl_markdown_state *st) {
    nl_str body = {st->p + st->start, st->end - st->start};
    if (!(st->source->seen.kinds & (NL_BYTES_NOT_UTF8 | NL_BYTES_CONTROL)))
        return;
    size_t at = nl_utf8_valid_to(body.p, body.n);
    if (body.n == 0 || (at == body.n && !memchr(body.p, 0, body.n)))
        return;
    char *copy = nl_arena_copy(st->arena, st->p, st->end);
    st->standin = find_standin(body);
    for (size_t i = st->start; i < st->end;) {
        uint32_t cp = 0;
        size_t n = nl_utf8_read(copy + i, st->end - i, &cp);
        if (cp == NL_CP_INVALID || cp == 0)
            copy[i] = st->standin;
        i += n;
    }
    st->p = copy;
}

nl_markdown *nl_markdown_begin(nl_source *s, size_t start, nl_arena *arena) {
    nl_markdown *m = NL_NEW(arena, nl_markdown);
    nl_markdown_state *st = NL_NEW(arena, nl_markdown_state);
    m->state = st;
    if (start > s->bytes.n)
        start = s->bytes.n;
    if (start == 0)
        start = nl_source_bom(s->bytes);
    st->source = s;
    st->large = s->bytes.n - start > LARGE;
    st->arena = st->large ? nl_arena_child(arena) : arena;
    st->p = s->bytes.p ? s->bytes.p : "";
    st->start = start;
    st->end = s->bytes.n;
    return m;
}

static void parse(nl_markdown *m) {
    nl_markdown_state *st = m->state;
    const nl_limits *limits = st->source->limits;
    st->first_line = nl_source_line_at(st->source, st->start);
    st->stack = nl_arena_alloc(st->arena, (limits->body_depth + 1) * sizeof *st->stack);
    m->trouble = nl_span_of(st->start, st->start);
    if (st->end - st->start > NL_TREE_TEXT_MOST || st->end > UINT32_MAX) {
        m->refused = NL_BODY_TOO_LONG;
        return;
    }
    replace_damage(st);
    m->refused = too_deep(m)          ? NL_BODY_TOO_DEEP
                 : too_many_images(m) ? NL_BODY_TOO_TANGLED
                                      : NL_BODY_TAKEN;
    if (m->refused)
        return;
    nl_str body = {st->p + st->start, st->end - st->start};
    if (st->large)
        st->tree = nl_arena_child(st->arena);
    nl_node *root = nl_tree_parse(body, limits->body_memory, st->tree ? st->tree : st->arena);
    m->trouble = nl_span_of(st->start, st->start);
    if (root)
        nl_blocks_make(m, root, nl_tree_shift(body));
    else
        m->refused = NL_BODY_TOO_LARGE;
}

nl_markdown *nl_markdown_parse(nl_source *s, size_t start, nl_arena *arena) {
    nl_markdown *m = nl_markdown_begin(s, start, arena);
    parse(m);
    return m;
}

nl_markdown *nl_markdown_read(nl_source *s, size_t start, size_t first_line, bool reference,
                              nl_arena *arena) {
    nl_markdown *m = nl_markdown_begin(s, start, arena);
    if (reference || !nl_markdown_fast(m, first_line))
        parse(m);
    return m;
}

void nl_markdown_drop(nl_markdown *m) {
    if (!m->state->large)
        return;
    nl_arena_free(m->state->arena);
    *m = (nl_markdown){.refused = m->refused, .trouble = m->trouble};
}

/* What pointed to a block or heading still points to it. */
void nl_markdown_complete(nl_markdown *m) {
    if (!m->state->fast)
        return;
    nl_markdown fast = *m;
    *m = (nl_markdown){.state = fast.state};
    m->state->fast = false;
    parse(m);
    assert(m->block_count == fast.block_count && m->heading_count == fast.heading_count);
    if (m->block_count)
        m->blocks = memcpy(fast.blocks, m->blocks, m->block_count * sizeof *m->blocks);
    if (m->heading_count)
        m->headings = memcpy(fast.headings, m->headings, m->heading_count * sizeof *m->headings);
}

bool nl_spans_hold(const nl_span *spans, size_t count, size_t offset) {
    size_t low = 0, high = count; /* the last span that begins at or before the offset */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (spans[mid].start <= offset)
            low = mid + 1;
        else
            high = mid;
    }
    return low > 0 && offset < spans[low - 1].end;
}

nl_str nl_heading_slug(nl_str content, nl_arena *arena) {
    nl_str lower = nl_lower_str(content, arena);
    char *out = nl_arena_alloc(arena, lower.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < lower.n;) {
        uint32_t cp = 0;
        size_t len = nl_utf8_read(lower.p + i, lower.n - i, &cp);
        if (cp == ' ') {
            out[n++] = '-';
        } else if (cp == '-' || nl_cp_is_letter(cp) || nl_cp_is_mark(cp) || nl_cp_is_number(cp) ||
                   cp == 0x5F || cp == 0x203F || cp == 0x2040 || cp == 0x2054 ||
                   (cp >= 0xFE33 && cp <= 0xFE34) || (cp >= 0xFE4D && cp <= 0xFE4F) ||
                   cp == 0xFF3F) {
            memcpy(out + n, lower.p + i, len);
            n += len;
        }
        i += len;
    }
    return (nl_str){out, n};
}
