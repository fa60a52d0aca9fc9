/*
 * A reader for the Markdown that articles are written in: paragraphs, headings, thematic breaks,
 * fenced code, comments on one line; lists and quotes of those. It goes line by line, past the
 * prefixes of the open containers, and looks at how the rest begins, by CommonMark 0.30, chapters 4
 * and 5, as cmark 0.30.2 does (its blocks.c).
 *
 * Refusing is safe at any place: nothing has been said yet, and cmark begins anew. So it refuses at
 * the first line that could nest further or be something else: tabs but in text that begins with a
 * letter and in fenced code, control characters, lone CRs, HTML, indented code, fenced code in
 * containers, link reference definitions, empty items and quotes, headings with links. Inline
 * markup matters to no block but that.
 */
#include "doc/markdown_fast.h"

#include "base/bytes.h"
#include "doc/markdown_blocks.h"
#include "doc/markdown_heading.h"
#include "doc/markdown_marks.h"
#include <string.h>

enum {
    BODY_MOST = 1 << 20,     /* in which cmark's tree stays below its bound */
    IMAGES_WITHIN = 1 << 15, /* in which cmark's image brackets do */
    PREFIX_MOST = 100        /* bytes that may be markers and blanks: nl_limits.body_depth */
};
enum { PADDING_MOST = 4, LEVELS_MOST = 8, INDENT_MOST = 3, BLOCKS_FIRST = 32 };

/* A quote or list item that is open. */
typedef struct level {
    char marker;        /* `>`; of an item what its list has: `-`, `*`, `+`, `.`, `)` */
    size_t width;       /* of an item: blanks that its later lines begin with */
    size_t block, list; /* in blocks; of a quote the same */
} level;

typedef struct reader {
    nl_markdown *m;
    const char *p;
    size_t start, end;       /* of the line, behind the prefixes of containers */
    size_t line_start, next; /* the line's first byte, the next line's */
    size_t line;             /* its number */
    const size_t *lines;     /* where the source's lines begin */
    size_t line_count;
    size_t first; /* byte of the line behind the prefixes that is no blank. Not before `end`: what
                     is written apart and read together must not be neighbours, since compilers read
                     both at once then, which has to wait until both are written through */
    size_t body_end;
    level *levels;
    size_t depth, matched; /* open containers; those that the line is in */
    bool tabs;             /* the text holds some */
    bool open;             /* a paragraph is: the last block */
    size_t paragraph;      /* where its line begins behind the prefixes */
    size_t block_cap, heading_cap;
} reader;

/* ---- Lines ---------------------------------------------------------------------------------- */

/* What is before `at` belongs to containers. */
static void go_to(reader *r, size_t at) {
    r->start = r->first = at;
    while (r->first < r->end && r->p[r->first] == ' ')
        r->first++;
}

static bool next_line(reader *r) {
    if (r->next >= r->body_end)
        return false;
    r->line_start = r->next;
    r->line++;
    r->end = r->line < r->line_count ? r->lines[r->line] - 1 : r->body_end;
    r->next = r->end + 1;
    if (r->end > r->line_start && r->p[r->end - 1] == '\r')
        r->end--;
    go_to(r, r->line_start);
    return true;
}

/* The line behind the prefixes and blanks. */
static nl_str rest_of(const reader *r) {
    return (nl_str){r->p + r->first, r->end - r->first};
}

/* How the line begins, whatever is open. */
static nl_mark mark_of(const reader *r) {
    if (r->first >= r->end)
        return NL_MARK_BLANK;
    unsigned char c = (unsigned char)r->p[r->first];
    if (nl_is_alpha(c) || c >= 0x80)
        return NL_MARK_TEXT;
    if (r->tabs && memchr(r->p + r->line_start, '\t', r->end - r->line_start))
        return NL_MARK_REFUSED;
    return nl_mark_of(rest_of(r));
}

/* Markers and blanks, more of them than containers may be deep. */
static bool is_long_prefix(const reader *r) {
    size_t at = r->line_start, most = at + PREFIX_MOST;
    if (r->end <= most || nl_is_alpha((unsigned char)r->p[at]))
        return false;
    while (at <= most && strchr(" >-+*0123456789.)", r->p[at]))
        at++;
    return at > most;
}

/* ---- Blocks --------------------------------------------------------------------------------- */

/* A block that ends with this line; so do the containers that it is in. */
static nl_block *add_block(reader *r, nl_block_kind kind, unsigned depth) {
    nl_markdown *m = r->m;
    if (m->block_count == r->block_cap)
        m->blocks =
            nl_arena_grow(m->state->arena, m->blocks, &r->block_cap,
                          r->block_cap ? r->block_cap + 1 : BLOCKS_FIRST, sizeof *m->blocks);
    nl_block *b = &m->blocks[m->block_count++];
    *b = (nl_block){.kind = kind,
                    .root = depth == 0,
                    .depth = depth,
                    .span = {r->first, r->end},
                    .first_line = r->line,
                    .last_line = r->line};
    return b;
}

static void end_here(reader *r, size_t block) {
    nl_block *b = &r->m->blocks[block];
    b->last_line = r->line;
    b->span.end = r->end;
}

/* What is open ends with this line. */
static void extend_levels(reader *r) {
    for (size_t i = 0; i < r->depth; i++) {
        end_here(r, r->levels[i].block);
        end_here(r, r->levels[i].list);
    }
}

/* The last block too. */
static void extend(reader *r) {
    end_here(r, r->m->block_count - 1);
    extend_levels(r);
}

/* Ends the containers that the line is not in. */
static void close_unmatched(reader *r) {
    r->depth = r->matched;
    r->open = false;
}

static unsigned block_depth(const reader *r) {
    unsigned depth = 0;
    for (size_t i = 0; i < r->depth; i++)
        depth += r->levels[i].marker == '>' ? 1 : 2;
    return depth;
}

static nl_block *add_leaf(reader *r, nl_block_kind kind) {
    close_unmatched(r);
    nl_block *b = add_block(r, kind, block_depth(r));
    extend_levels(r);
    return b;
}

/* Text of its own or that goes on. */
static bool take_text(reader *r) {
    if (r->open) {
        extend(r);
        return true;
    }
    if (r->p[r->first] == '[' && nl_mark_may_define(rest_of(r)))
        return false;
    add_leaf(r, NL_BLOCK_PARAGRAPH);
    r->open = true;
    r->paragraph = r->start;
    return true;
}

/* Bytes that make more of a heading than text: LF & * < [ \ ] _ and the grave accent. */
static const nl_byte_set marks = {
    {[0x0] = 8, [0x6] = 1, [0xA] = 1 | 16, [0xB] = 4, [0xC] = 2 | 4, [0xD] = 4, [0xF] = 4},
    {[0x0] = 16, [0x2] = 1, [0x3] = 2, [0x5] = 4, [0x6] = 8}};

/* What a reader sees of the heading's text. Its line alone tells that, but for references. */
static bool content_of(reader *r, nl_heading *h) {
    nl_str text = nl_str_sub(r->m->state->source->bytes, h->text.start, h->text.end);
    h->content = text;
    /* to the end of the body: the line end is one of them, and so much is sought faster */
    size_t mark = nl_bytes_find(&marks, text.p, r->body_end - h->text.start);
    if (mark >= text.n)
        return true;
    for (size_t i = mark; i < text.n; i++)
        if (text.p[i] == '[' || text.p[i] == ']' || text.p[i] == '\n')
            return false;
    nl_markdown_state *st = r->m->state;
    nl_node *root = nl_tree_parse(nl_str_n(r->p + h->block.start, h->block.end - h->block.start),
                                  st->source->limits->body_memory, st->arena);
    nl_node *only = root ? nl_node_first(root) : NULL;
    if (!only || nl_node_kind_of(only) != NL_NODE_HEADING || nl_node_next(only))
        return false;
    h->content = nl_heading_content(st, only);
    return true;
}

/* What its marks and its text are is left to be set. */
static nl_heading *add_heading(reader *r, nl_block *b, int rank, size_t line_start) {
    nl_markdown *m = r->m;
    m->headings = nl_arena_grow(m->state->arena, m->headings, &r->heading_cap, m->heading_count + 1,
                                sizeof *m->headings);
    b->kind = NL_BLOCK_HEADING;
    b->index = m->heading_count;
    nl_heading *h = &m->headings[m->heading_count++];
    h->level = rank;
    h->style = NL_HEADING_ATX;
    h->root = b->root;
    h->block = b->span;
    h->indent = nl_span_of(line_start, b->span.start);
    h->line = b->first_line;
    h->at = m->block_count - 1;
    return h;
}

static bool take_atx(reader *r) {
    nl_block *b = add_leaf(r, NL_BLOCK_HEADING);
    nl_heading *h = add_heading(r, b, (int)nl_mark_run(rest_of(r)), r->start);
    nl_heading_atx(r->m->state, h);
    return content_of(r, h);
}

/* The paragraph before is a heading, and this its line. */
static bool take_underline(reader *r) {
    nl_block *b = &r->m->blocks[r->m->block_count - 1];
    bool one_line = b->last_line == b->first_line;
    size_t text_end = b->span.end, run = nl_mark_run(rest_of(r));
    extend(r);
    nl_heading *h = add_heading(r, b, r->p[r->first] == '=' ? 1 : 2, r->paragraph);
    nl_heading_setext(r->m->state, h, nl_span_of(r->first, r->first + run), text_end);
    r->open = false;
    return one_line && content_of(r, h);
}

/* To the line that closes the fence. */
static bool take_fence(reader *r) {
    if (r->matched > 0)
        return false;
    nl_block *b = add_leaf(r, NL_BLOCK_CODE);
    char mark = r->p[r->first];
    size_t run = nl_mark_run(rest_of(r));
    b->fenced = true;
    while (next_line(r)) {
        if (is_long_prefix(r))
            return false;
        if (r->first - r->start > INDENT_MOST || r->first == r->end || r->p[r->first] != mark)
            continue;
        size_t n = nl_mark_run(rest_of(r));
        if (n < run)
            continue;
        if (nl_mark_is_blank(rest_of(r), n)) {
            extend(r);
            return true;
        }
        if (r->p[r->first + n] == ' ' || r->p[r->first + n] == '\t')
            return false;
    }
    return false;
}

static bool take_dashes(reader *r) {
    bool dashes = r->p[r->first] == '-';
    size_t run = nl_mark_run(rest_of(r));
    if (r->open && r->matched == r->depth)
        return take_underline(r);
    if (dashes && run == 1)
        return false;
    if (dashes && run >= 3) {
        add_leaf(r, NL_BLOCK_RULE);
        return true;
    }
    return take_text(r);
}

static bool push(reader *r, level l) {
    if (r->depth == LEVELS_MOST)
        return false;
    r->levels[r->depth++] = l;
    r->matched = r->depth;
    return true;
}

/* Enters the item whose marker is at hand, in the list before it or a new one. */
static bool open_item(reader *r) {
    size_t length = nl_mark_of_list(rest_of(r)), content = r->first + length;
    char marker = r->p[content - 1];
    bool first = length == 2 && r->p[r->first] == '1';
    if (r->open && r->matched == r->depth && nl_is_digit((unsigned char)r->p[r->first]) && !first)
        return false; /* but for 1, a number is text in a paragraph */
    while (content < r->end && r->p[content] == ' ')
        content++;
    if (content == r->end || content - r->first - length > PADDING_MOST)
        return false;
    const level *before = r->matched < r->depth ? &r->levels[r->matched] : NULL;
    bool goes_on = before && before->marker == marker;
    size_t list = goes_on ? before->list : r->m->block_count;
    close_unmatched(r);
    unsigned depth = block_depth(r);
    if (!goes_on)
        add_block(r, NL_BLOCK_LIST, depth);
    size_t item = r->m->block_count;
    add_block(r, NL_BLOCK_ITEM, depth + 1);
    level l = {.marker = marker, .width = content - r->start, .block = item, .list = list};
    go_to(r, content);
    return push(r, l);
}

static bool open_quote(reader *r) {
    close_unmatched(r);
    size_t quote = r->m->block_count, content = r->first + 1;
    add_block(r, NL_BLOCK_QUOTE, block_depth(r));
    go_to(r, content + (content < r->end && r->p[content] == ' '));
    return r->first < r->end && push(r, (level){.marker = '>', .block = quote, .list = quote});
}

/* Goes past the prefixes of the containers that the line is in. */
static void match_levels(reader *r) {
    for (r->matched = 0; r->matched < r->depth; r->matched++) {
        const level *l = &r->levels[r->matched];
        size_t indent = r->first - r->start;
        if (l->marker == '>') {
            if (indent > INDENT_MOST || r->first == r->end || r->p[r->first] != '>')
                return;
            size_t content = r->first + 1;
            go_to(r, content + (content < r->end && r->p[content] == ' '));
        } else if (indent >= l->width || r->first == r->end) {
            go_to(r, r->start + (indent < l->width ? indent : l->width));
        } else {
            return;
        }
    }
}

/* What the line holds behind the prefixes. Indented, it is text that goes on, or code. */
static bool take_rest(reader *r) {
    for (;;) {
        if (r->first - r->start > INDENT_MOST && r->first < r->end)
            return r->open && r->p[r->first] != '\t' && take_text(r);
        switch (mark_of(r)) {
        case NL_MARK_BLANK:
            close_unmatched(r);
            return true;
        case NL_MARK_TEXT:
            return take_text(r);
        case NL_MARK_UNDERLINE:
            return take_dashes(r);
        case NL_MARK_ATX:
            return take_atx(r);
        case NL_MARK_FENCE:
            return take_fence(r);
        case NL_MARK_RULE:
            add_leaf(r, NL_BLOCK_RULE);
            return true;
        case NL_MARK_COMMENT:
            add_leaf(r, NL_BLOCK_HTML);
            return true;
        case NL_MARK_ITEM:
            if (!open_item(r))
                return false;
            break;
        case NL_MARK_QUOTE:
            if (!open_quote(r))
                return false;
            break;
        case NL_MARK_REFUSED:
            return false;
        }
    }
}

/* What this reader takes stays within the limits' defaults. */
static bool is_bounded(const nl_limits *limits) {
    return limits->body_depth >= nl_limits_default.body_depth &&
           limits->body_memory >= nl_limits_default.body_memory &&
           limits->body_steps >= nl_limits_default.body_steps;
}

static bool is_readable(nl_str body, unsigned bytes) {
    return body.n <= BODY_MOST && !(bytes & NL_BYTES_CONTROL) &&
           !nl_str_starts(body, NL_S("\xEF\xBB\xBF")) &&
           !(bytes & NL_BYTES_CR && nl_has_lone_cr(body.p, body.n)) &&
           (body.n <= IMAGES_WITHIN || nl_str_search(body, NL_S("![")) == body.n);
}

bool nl_markdown_fast(nl_markdown *m, size_t first_line) {
    nl_markdown_state *st = m->state;
    unsigned bytes = st->source->seen.kinds;
    nl_source_make_lines(st->source);
    level levels[LEVELS_MOST];
    reader r = {.m = m,
                .levels = levels,
                .p = st->p,
                .next = st->start,
                .line = first_line - 1,
                .lines = st->source->lines,
                .line_count = st->source->line_count,
                .body_end = st->end};
    nl_str body = {st->p + st->start, st->end - st->start};
    bool good = is_bounded(st->source->limits) && is_readable(body, bytes);
    r.tabs = bytes & NL_BYTES_TAB;
    while (good && next_line(&r)) {
        if (r.first == r.end && r.depth == 0) {
            r.open = false; /* a blank line, in no container */
            continue;
        }
        match_levels(&r);
        good = !is_long_prefix(&r) && take_rest(&r);
    }
    if (good) {
        st->fast = true;
        return true;
    }
    m->blocks = NULL;
    m->headings = NULL;
    m->block_count = m->heading_count = 0;
    return false;
}
