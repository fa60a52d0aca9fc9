/*
 * A reader for the Markdown that articles are written in: paragraphs, headings, thematic breaks,
 * fenced code, comments on one line; lists whose items are one paragraph each, and quotes of
 * paragraphs. It goes line by line and looks at how a line begins, by CommonMark 0.30, chapters 4
 * and 5, as cmark 0.30.2 does (its blocks.c).
 *
 * Refusing is safe at any place: nothing has been said yet, and cmark begins anew. So it refuses at
 * the first line that could nest further or be something else: tabs but in text that begins with a
 * letter and in fenced code, control characters, lone CRs, HTML, indented code, link reference
 * definitions, empty items, items and quotes that hold more than text, headings with links. Inline
 * markup matters to no block but that.
 */
#include "doc/markdown_fast.h"

#include "base/bytes.h"
#include "doc/markdown_blocks.h"
#include "doc/markdown_heading.h"
#include <string.h>

enum {
    BODY_MOST = 1 << 20,     /* in which cmark's tree stays below its bound */
    IMAGES_WITHIN = 1 << 15, /* in which cmark's image brackets do */
    PREFIX_MOST = 100,       /* bytes that may be markers and blanks: NL_MARKDOWN_DEPTH */
    FENCE_MOST = 100,        /* cmark holds its length in a byte */
    DIGITS_MOST = 9,
    PADDING_MOST = 4,
    INDENT_MOST = 3
};

typedef enum line_kind {
    LINE_REFUSED,
    LINE_BLANK,
    LINE_TEXT,
    LINE_UNDERLINE, /* dashes or equals signs alone: text, a rule, or what makes a heading */
    LINE_ATX,
    LINE_RULE,
    LINE_FENCE,
    LINE_COMMENT,
    LINE_ITEM,
    LINE_QUOTE
} line_kind;

typedef enum container { IN_NONE, IN_LIST, IN_QUOTE } container;

typedef struct reader {
    nl_markdown *m;
    const char *p;
    size_t start, first, end; /* of the line: its first byte, the first that is no blank */
    size_t next;              /* the next line's first byte */
    size_t line;              /* its number */
    size_t body_end;
    container in;
    char marker;            /* of the list: `-`, `*`, `+`, `.`, `)` */
    size_t outer, item;     /* the open list or quote, and the item, in blocks */
    bool tabs;              /* the body holds some */
    bool open;              /* a paragraph is: the last block */
    size_t paragraph_start; /* first byte of its line */
    size_t block_cap, heading_cap;
} reader;

/* ---- Lines ---------------------------------------------------------------------------------- */

static bool next_line(reader *r) {
    if (r->next >= r->body_end)
        return false;
    r->start = r->next;
    const char *lf = memchr(r->p + r->start, '\n', r->body_end - r->start);
    r->end = lf ? (size_t)(lf - r->p) : r->body_end;
    r->next = r->end + 1;
    if (r->end > r->start && r->p[r->end - 1] == '\r')
        r->end--;
    for (r->first = r->start; r->first < r->end && r->p[r->first] == ' ';)
        r->first++;
    r->line++;
    return true;
}

static size_t run_of(const reader *r, size_t at) {
    size_t start = at;
    while (at < r->end && r->p[at] == r->p[start])
        at++;
    return at - start;
}

static bool is_blank_from(const reader *r, size_t at) {
    while (at < r->end && r->p[at] == ' ')
        at++;
    return at >= r->end;
}

/* Three or more of the mark and blanks, nothing else. */
static bool is_rule(const reader *r, size_t at) {
    char mark = r->p[at];
    size_t count = 0;
    for (; at < r->end; at++) {
        if (r->p[at] != mark && r->p[at] != ' ')
            return false;
        count += r->p[at] == mark;
    }
    return count >= 3;
}

/* Could a bracket here begin a link reference definition? */
static bool may_define(const reader *r, size_t at) {
    for (at++; at < r->end; at++) {
        if (r->p[at] == '[')
            return false;
        if (r->p[at] == ']')
            return at + 1 < r->end && r->p[at + 1] == ':';
        if (r->p[at] == '\\')
            break;
    }
    return true;
}

/* Length of the list marker at `at` with a blank behind it, or 0. */
static size_t marker_length(const reader *r, size_t at) {
    size_t end = at;
    if (r->p[at] == '-' || r->p[at] == '*' || r->p[at] == '+') {
        end++;
    } else {
        while (end < r->end && nl_is_digit((unsigned char)r->p[end]))
            end++;
        if (end == at || end - at > DIGITS_MOST || end == r->end ||
            (r->p[end] != '.' && r->p[end] != ')'))
            return 0;
        end++;
    }
    return end == r->end || r->p[end] == ' ' ? end - at : 0;
}

/* A comment that ends on its line. */
static bool is_comment(const reader *r, size_t at) {
    static const nl_str open = NL_STR("<!--"), close = NL_STR("-->");
    nl_str rest = {r->p + at, r->end - at};
    if (!nl_str_starts(rest, open))
        return false;
    rest = nl_str_sub(rest, open.n, rest.n);
    return nl_str_search(rest, close) < rest.n;
}

static line_kind kind_of_marks(const reader *r, size_t at) {
    size_t run = run_of(r, at);
    switch (r->p[at]) {
    case '#':
        return run <= 6 && (at + run == r->end || r->p[at + run] == ' ') ? LINE_ATX : LINE_TEXT;
    case '`':
        if (run >= 3 && memchr(r->p + at + run, '`', r->end - at - run))
            return LINE_TEXT;
        return run < 3 ? LINE_TEXT : run > FENCE_MOST ? LINE_REFUSED : LINE_FENCE;
    case '~':
        return run < 3 ? LINE_TEXT : run > FENCE_MOST ? LINE_REFUSED : LINE_FENCE;
    case '=':
        return is_blank_from(r, at + run) ? LINE_UNDERLINE : LINE_TEXT;
    case '<':
        return is_comment(r, at) ? LINE_COMMENT : LINE_REFUSED;
    default:
        return LINE_QUOTE;
    }
}

/* How the line begins at `at`, whatever is open. */
static line_kind kind_at(const reader *r, size_t at) {
    if (at >= r->end)
        return LINE_BLANK;
    unsigned char c = (unsigned char)r->p[at];
    if (nl_is_alpha(c) || c >= 0x80)
        return LINE_TEXT;
    if (r->tabs && memchr(r->p + r->start, '\t', r->end - r->start))
        return LINE_REFUSED;
    if (strchr("#`~=<>", c))
        return kind_of_marks(r, at);
    if (!strchr("-*_+0123456789", c))
        return LINE_TEXT;
    if (c == '-' && is_blank_from(r, at + run_of(r, at)))
        return LINE_UNDERLINE;
    if ((c == '-' || c == '*' || c == '_') && is_rule(r, at))
        return LINE_RULE;
    return c != '_' && marker_length(r, at) ? LINE_ITEM : LINE_TEXT;
}

/* Markers and blanks, more of them than containers may be deep. */
static bool is_long_prefix(const reader *r) {
    size_t at = r->start;
    while (at < r->end && at - r->start <= PREFIX_MOST && strchr(" >-+*0123456789.)", r->p[at]))
        at++;
    return at - r->start > PREFIX_MOST;
}

/* ---- Blocks --------------------------------------------------------------------------------- */

static nl_block *add_block(reader *r, nl_block_kind kind, unsigned depth, size_t start) {
    nl_markdown *m = r->m;
    m->blocks = nl_arena_grow(m->state->arena, m->blocks, &r->block_cap, m->block_count + 1,
                              sizeof *m->blocks);
    nl_block *b = &m->blocks[m->block_count++];
    *b = (nl_block){.kind = kind,
                    .root = depth == 0,
                    .depth = depth,
                    .span = {start, r->end},
                    .first_line = r->line,
                    .last_line = r->line};
    return b;
}

/* The innermost block ends with this line, and with it what it is in. */
static void extend(reader *r) {
    nl_block *blocks = r->m->blocks;
    size_t inner[] = {r->m->block_count - 1, r->item, r->outer};
    size_t count = r->in == IN_NONE ? 1 : 3;
    for (size_t i = 0; i < count; i++) {
        blocks[inner[i]].last_line = r->line;
        blocks[inner[i]].span.end = r->end;
    }
}

static void leave(reader *r) {
    r->in = IN_NONE;
    r->open = false;
}

/* A leaf of one line that stands in no container. */
static nl_block *add_leaf(reader *r, nl_block_kind kind) {
    leave(r);
    return add_block(r, kind, 0, r->first);
}

/* Text of its own or that goes on; `at` is where it begins. */
static bool take_text(reader *r, size_t at) {
    if (r->open) {
        extend(r);
        return true;
    }
    if (r->p[at] == '[' && may_define(r, at))
        return false;
    unsigned depth = r->in == IN_LIST ? 2 : r->in == IN_QUOTE ? 1 : 0;
    add_block(r, NL_BLOCK_PARAGRAPH, depth, at);
    r->open = true;
    r->paragraph_start = r->start;
    extend(r);
    return true;
}

/* What a reader sees of the heading's text. Its line alone tells that, but for references. */
static bool content_of(reader *r, nl_heading *h) {
    nl_str text = nl_str_sub(r->m->state->source->bytes, h->text.start, h->text.end);
    h->content = text;
    bool marked = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '[' || c == ']' || c == '\n')
            return false;
        marked = marked || c == '*' || c == '_' || c == '`' || c == '&' || c == '\\' || c == '<';
    }
    if (!marked)
        return true;
    nl_markdown_state *st = r->m->state;
    nl_node *root =
        nl_tree_parse(nl_str_n(r->p + h->block.start, h->block.end - h->block.start), st->arena);
    nl_node *only = root ? nl_node_first(root) : NULL;
    if (!only || nl_node_kind_of(only) != NL_NODE_HEADING || nl_node_next(only))
        return false;
    h->content = nl_heading_content(st, only);
    return true;
}

static nl_heading *add_heading(reader *r, nl_block *b, int level, size_t line_start) {
    nl_markdown *m = r->m;
    m->headings = nl_arena_grow(m->state->arena, m->headings, &r->heading_cap, m->heading_count + 1,
                                sizeof *m->headings);
    b->kind = NL_BLOCK_HEADING;
    b->index = m->heading_count;
    nl_heading *h = &m->headings[m->heading_count++];
    *h = (nl_heading){.level = level,
                      .root = true,
                      .block = b->span,
                      .indent = {line_start, b->span.start},
                      .line = b->first_line,
                      .at = m->block_count - 1};
    return h;
}

static bool take_atx(reader *r) {
    nl_block *b = add_leaf(r, NL_BLOCK_HEADING);
    nl_heading *h = add_heading(r, b, (int)run_of(r, r->first), r->start);
    nl_heading_atx(r->m->state, h);
    return content_of(r, h);
}

/* The paragraph before is a heading, and this its line. */
static bool take_underline(reader *r) {
    nl_block *b = &r->m->blocks[r->m->block_count - 1];
    bool one_line = b->last_line == b->first_line;
    size_t text_end = b->span.end, run = run_of(r, r->first);
    extend(r);
    nl_heading *h = add_heading(r, b, r->p[r->first] == '=' ? 1 : 2, r->paragraph_start);
    nl_heading_setext(r->m->state, h, nl_span_of(r->first, r->first + run), text_end);
    r->open = false;
    return one_line && content_of(r, h);
}

/* To the line that closes the fence. */
static bool take_fence(reader *r) {
    nl_block *b = add_leaf(r, NL_BLOCK_CODE);
    char mark = r->p[r->first];
    size_t run = run_of(r, r->first);
    b->fenced = true;
    while (next_line(r)) {
        if (is_long_prefix(r))
            return false;
        if (r->first - r->start > INDENT_MOST || r->first == r->end || r->p[r->first] != mark)
            continue;
        size_t n = run_of(r, r->first);
        if (n < run)
            continue;
        if (is_blank_from(r, r->first + n)) {
            extend(r);
            return true;
        }
        if (r->p[r->first + n] == ' ' || r->p[r->first + n] == '\t')
            return false;
    }
    return false;
}

static bool take_item(reader *r) {
    size_t length = marker_length(r, r->first), at = r->first + length;
    char marker = r->p[at - 1];
    while (at < r->end && r->p[at] == ' ')
        at++;
    if (r->first > r->start || at - r->first - length > PADDING_MOST || kind_at(r, at) != LINE_TEXT)
        return false;
    if (r->open && r->in == IN_NONE && nl_is_digit((unsigned char)r->p[r->first]) &&
        !(length == 2 && r->p[r->first] == '1'))
        return false; /* but for 1, a number is text in a paragraph */
    r->open = false;
    if (r->in != IN_LIST || r->marker != marker) {
        r->outer = r->m->block_count;
        add_block(r, NL_BLOCK_LIST, 0, r->first);
    }
    r->in = IN_LIST;
    r->marker = marker;
    r->item = r->m->block_count;
    add_block(r, NL_BLOCK_ITEM, 1, r->first);
    return take_text(r, at);
}

static bool take_quote(reader *r) {
    size_t at = r->first + 1;
    if (r->first > r->start)
        return false;
    if (r->in != IN_QUOTE) {
        leave(r);
        r->in = IN_QUOTE;
        r->outer = r->item = r->m->block_count;
        add_block(r, NL_BLOCK_QUOTE, 0, r->first);
    }
    while (at < r->end && r->p[at] == ' ')
        at++;
    line_kind kind = kind_at(r, at);
    if (kind == LINE_BLANK) {
        bool holds = r->m->block_count - 1 > r->outer;
        r->open = false;
        return holds;
    }
    return at - r->first <= 1 + PADDING_MOST && kind == LINE_TEXT && take_text(r, at);
}

static bool take_blank(reader *r) {
    r->open = false;
    if (r->in == IN_QUOTE)
        leave(r);
    return true;
}

/* Text that is in no open paragraph ends a list; indented, it is in its item or code. */
static bool take_plain(reader *r) {
    size_t indent = r->first - r->start;
    if (!r->open && indent && (r->in != IN_NONE || indent > INDENT_MOST))
        return false;
    if (!r->open)
        leave(r);
    return take_text(r, r->first);
}

static bool take_dashes(reader *r) {
    bool dashes = r->p[r->first] == '-';
    size_t run = run_of(r, r->first);
    if (r->first - r->start > INDENT_MOST || (r->in != IN_NONE && r->first > r->start))
        return false;
    if (r->open && r->in == IN_NONE)
        return take_underline(r);
    if (dashes && run == 1)
        return false;
    if (dashes && run >= 3) {
        add_leaf(r, NL_BLOCK_RULE);
        return true;
    }
    return take_plain(r);
}

/* Blocks that are no text: indented they could be part of an item, or code. */
static bool take_leaf(reader *r, line_kind kind) {
    size_t indent = r->first - r->start;
    if (indent > INDENT_MOST || (indent && r->in != IN_NONE))
        return false;
    switch (kind) {
    case LINE_ATX:
        return take_atx(r);
    case LINE_FENCE:
        return take_fence(r);
    case LINE_RULE:
        add_leaf(r, NL_BLOCK_RULE);
        return true;
    default:
        add_leaf(r, NL_BLOCK_HTML);
        return true;
    }
}

static bool take_line(reader *r) {
    line_kind kind = kind_at(r, r->first);
    switch (kind) {
    case LINE_BLANK:
        return take_blank(r);
    case LINE_TEXT:
        return take_plain(r);
    case LINE_UNDERLINE:
        return take_dashes(r);
    case LINE_ITEM:
        return take_item(r);
    case LINE_QUOTE:
        return take_quote(r);
    case LINE_REFUSED:
        return false;
    default:
        return take_leaf(r, kind);
    }
}

static bool is_readable(nl_str body, unsigned bytes) {
    return body.n <= BODY_MOST && !(bytes & NL_BYTES_CONTROL) &&
           !nl_str_starts(body, NL_S("\xEF\xBB\xBF")) && !nl_has_lone_cr(body.p, body.n) &&
           (body.n <= IMAGES_WITHIN || nl_str_search(body, NL_S("![")) == body.n);
}

bool nl_markdown_fast(nl_markdown *m, size_t first_line, unsigned bytes) {
    nl_markdown_state *st = m->state;
    reader r = {.m = m, .p = st->p, .next = st->start, .line = first_line - 1, .body_end = st->end};
    nl_str body = {st->p + st->start, st->end - st->start};
    bool good = is_readable(body, bytes);
    r.tabs = nl_str_find(body, '\t') < body.n;
    while (good && next_line(&r)) {
        char c = r.p[r.start];
        bool prefix = r.start < r.end && strchr(" >-+*0123456789", c);
        good = !(prefix && is_long_prefix(&r)) && take_line(&r);
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
