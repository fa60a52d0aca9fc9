/*
 * A reader for the YAML that front matter is written in: block maps and lists by indentation, plain
 * and quoted scalars, literal and folded ones without a digit, lists and maps in brackets,
 * comments, blank lines; LF and CRLF. It goes line by line with a stack of columns and puts what it
 * finds into the tree that libyaml's events are put into (doc/tree.h), so that keys, duplicates,
 * types and spans are made by one code for both.
 *
 * Refusing is safe at any place: nothing has been reported yet, and libyaml begins anew. So it
 * refuses at the first byte that it does not expect: tabs, lone CRs, characters that YAML forbids
 * or that libyaml takes for line ends; anchors, aliases, tags, directives, document markers, `?`
 * keys; any line that stands in no open column; colons and hashes that could end a plain scalar.
 * What is left is read by YAML 1.2.2, chapters 6 to 8, as libyaml 0.2.5 does (its scanner.c).
 */
#include "doc/yaml_fast.h"

#include "base/bytes.h"
#include "base/unicode.h"
#include "doc/plain.h"
#include "doc/scalar.h"
#include "doc/tree.h"
#include <string.h>

enum { LEVELS_MOST = 64, FLOW_MOST = 8, KEY_MOST = 512 }; /* libyaml takes keys of up to 1024 */

/* An open block collection. An indentless list has the column of the map that it is in. */
typedef struct level {
    size_t column;
    bool list, indentless;
} level;

/* Where a scalar stands, with its quotes. */
typedef struct place {
    size_t start, end;
    bool decode; /* it holds escapes or line ends */
} place;

typedef struct reader {
    nl_tree tree;
    const char *p;
    size_t at, end;
    const size_t *lines; /* where the source's lines begin */
    size_t row;          /* which of them is that of `at` */
    size_t line;         /* its first byte */
    size_t line_end;     /* behind its last byte, without line end */
    level *levels;       /* LEVELS_MOST of them */
    size_t depth;
    bool waits;                /* a key or dash of the innermost level has no value yet */
    size_t absent;             /* where it is when there is none: behind the colon or dash */
    place scalar;              /* that was read last */
    bool ambiguous, untrimmed; /* see nl_yaml */
} reader;

/* ---- Bytes ---------------------------------------------------------------------------------- */

/* What a key without quotes is not made of: all but letters, digits, blanks, `$()+-./_` and what is
 * beyond ASCII. A bit for each row of the ASCII table, or for two that are alike. */
enum { A2 = 1, A3 = 2, A46 = 4, A5 = 8, A7 = 16, A01 = 32, A357 = A3 | A5 | A7 };
static const nl_byte_set not_key = {{A01 | A46, A01 | A2, A01 | A2, A01 | A2, A01, A01 | A2,
                                     A01 | A2, A01 | A2, A01, A01, A01 | A2 | A3, A01 | A357,
                                     A01 | A2 | A357, A01 | A357, A01 | A357, A01 | A3 | A7},
                                    {A01, A01, A2, A3, A46, A5, A46, A7}};

/* May a plain scalar begin so? `next` is the byte behind. */
static bool is_plain_start(char c, char next) {
    if (nl_is_alnum((unsigned char)c))
        return true;
    if (c == '-')
        return nl_is_alnum((unsigned char)next);
    return !strchr("?:,[]{}#&*!|>'\"%@`\r\n ", c); /* no NUL is in the text */
}

static bool is_marker(const char *p) {
    return memcmp(p, "---", 3) == 0 || memcmp(p, "...", 3) == 0;
}

/* Holds the text U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE or U+FFFF? It is UTF-8. */
static bool holds_special(nl_str text) {
    static const char leads[] = {'\xC2', '\xE2', '\xEF'};
    const char *end = text.p + text.n;
    for (size_t i = 0; i < sizeof leads; i++) {
        const char *p = text.p;
        while ((p = memchr(p, (unsigned char)leads[i], (size_t)(end - p)))) {
            const unsigned char *u = (const unsigned char *)p;
            if ((u[0] == 0xC2 && u[1] < 0xA0) ||
                (u[0] == 0xE2 && u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9)) ||
                (u[0] == 0xEF && (u[1] == 0xBB || u[1] == 0xBF) && u[2] >= 0xBE))
                return true;
            p++;
        }
    }
    return false;
}

static bool is_readable(const nl_source *s, nl_span span) {
    nl_str text = nl_str_sub(s->bytes, span.start, span.end);
    unsigned bytes = s->seen.kinds;
    size_t high = s->seen.high > span.start ? s->seen.high : span.start;
    size_t high_end = s->seen.high_end < span.end ? s->seen.high_end : span.end;
    return text.n > 3 && text.p[text.n - 1] == '\n' && !(bytes & NL_BYTES_CONTROL) &&
           !(bytes & NL_BYTES_TAB && memchr(text.p, '\t', text.n)) &&
           !(bytes & NL_BYTES_CR && nl_has_lone_cr(text.p, text.n)) &&
           (high >= high_end || !holds_special(nl_str_sub(s->bytes, high, high_end)));
}

/* ---- Lines ---------------------------------------------------------------------------------- */

/* Where the next line begins. */
static size_t behind_line(const reader *r) {
    return r->lines[r->row + 1];
}

/* Goes to a line that is there. */
static void line_enter(reader *r, size_t row) {
    r->row = row;
    r->line = r->at = r->lines[row];
    r->line_end = r->lines[row + 1] - 1;
    r->line_end -= r->line_end > r->line && r->p[r->line_end - 1] == '\r';
}

/* Enters the next line; false at the end of the text. */
static bool next_line(reader *r) {
    if (behind_line(r) >= r->end)
        return false;
    line_enter(r, r->row + 1);
    return true;
}

static size_t skip_spaces(const reader *r, size_t at) {
    while (r->p[at] == ' ')
        at++;
    return at;
}

/* Enters the next line that holds more than a comment; `at` is at its first byte. */
static bool next_content(reader *r) {
    while (next_line(r)) {
        r->at = skip_spaces(r, r->line);
        if (r->at < r->line_end && r->p[r->at] != '#')
            return true;
    }
    return false;
}

/* Is there nothing but blanks and a comment from `at` on? */
static bool line_is_over(const reader *r, size_t at) {
    size_t behind = skip_spaces(r, at);
    return behind >= r->line_end || (behind > at && r->p[behind] == '#');
}

/* ---- Scalars -------------------------------------------------------------------------------- */

static nl_style style_at(const reader *r, size_t at) {
    char c = r->p[at];
    return c == '"' ? NL_STYLE_DOUBLE : c == '\'' ? NL_STYLE_SINGLE : NL_STYLE_PLAIN;
}

static void look_at_plain(reader *r, nl_str text) {
    nl_plain_reading other;
    if (nl_plain_is_ambiguous(text, &other))
        r->ambiguous = true;
}

/* Puts the scalar that was read. */
static bool put_scalar(reader *r, nl_style style) {
    nl_tree *t = &r->tree;
    size_t start = r->scalar.start, end = r->scalar.end;
    nl_value *v = nl_tree_node(t, NL_STRING, style, nl_span_of(start, end));
    size_t quote = style == NL_STYLE_SINGLE || style == NL_STYLE_DOUBLE;
    v->text = nl_str_n(r->p + start + quote, end - start - 2 * quote);
    if (r->scalar.decode && !nl_scalar_read(t->source, v, t->arena))
        return false;
    if (style == NL_STYLE_PLAIN) {
        nl_value_resolve(v);
        if (!nl_plain_is_text(v->text))
            look_at_plain(r, v->text);
    }
    if (nl_has_outer_space(v->text))
        r->untrimmed = true;
    nl_tree_put(t, v);
    return true;
}

/* The same for a key without quotes. */
static void put_plain_key(reader *r) {
    nl_span span = nl_span_of(r->scalar.start, r->scalar.end);
    nl_value *v = nl_tree_node(&r->tree, NL_STRING, NL_STYLE_PLAIN, span);
    v->text = nl_str_n(r->p + span.start, span.end - span.start);
    nl_value_resolve(v);
    if (!nl_plain_is_text(v->text))
        look_at_plain(r, v->text);
    nl_tree_put(&r->tree, v);
}

static void put_absent(reader *r) {
    nl_value *v = nl_tree_node(&r->tree, NL_NULL, NL_STYLE_PLAIN, nl_span_of(r->absent, r->absent));
    v->text = NL_S("");
    nl_tree_put(&r->tree, v);
    r->waits = false;
}

/* May the quoted scalar go on over the lines up to `to`? The last of them is entered. */
static bool go_on(reader *r, size_t to) {
    size_t column = r->depth ? r->levels[r->depth - 1].column : 0;
    while (to > r->line_end && next_line(r)) {
        size_t first = skip_spaces(r, r->line);
        if (first < r->line_end && first - r->line <= column)
            return false;
    }
    return true;
}

/* The quoted scalar at `at`. The closing quote is sought again only behind one that was none, so
 * that many escapes before it cost no more than their number. */
static bool read_quoted(reader *r, size_t at) {
    place *q = &r->scalar;
    char mark = r->p[at];
    const char *p = r->p + at + 1, *end = r->p + r->end;
    *q = (place){.start = at};
    for (const char *close = NULL; !q->end;) {
        if (!close || close < p)
            close = memchr(p, mark, (size_t)(end - p));
        if (!close)
            return false;
        const char *escape = mark == '"' ? memchr(p, '\\', (size_t)(close - p)) : NULL;
        if (escape) {
            if (escape[1] == '\r' || escape[1] == '\n')
                return false;
            q->decode = true;
            p = escape + 2;
        } else if (mark == '\'' && close[1] == '\'') {
            q->decode = true;
            p = close + 2;
        } else {
            q->end = (size_t)(close - r->p) + 1;
        }
    }
    if (q->end <= r->line_end)
        return true;
    q->decode = true;
    return go_on(r, q->end);
}

/* The end of a plain scalar's part on this line, blanks before it left out; *comment: a comment
 * follows. False where a colon could make a key of it. */
static bool plain_part(const reader *r, size_t at, size_t *end, bool *comment) {
    size_t to = r->line_end;
    *comment = false;
    for (size_t from = at + 1; from < to;) {
        const char *hash = memchr(r->p + from, '#', to - from);
        if (!hash)
            break;
        *comment = hash[-1] == ' ';
        if (*comment)
            to = (size_t)(hash - r->p);
        from = (size_t)(hash - r->p) + 1;
    }
    while (r->p[to - 1] == ' ')
        to--;
    for (const char *p = r->p + at; (p = memchr(p, ':', (size_t)(r->p + to - p))); p++)
        if (p + 1 == r->p + to || p[1] == ' ')
            return false;
    *end = to;
    return true;
}

/* Enters the next line if a plain scalar in that column goes on there. */
static bool plain_goes_on(reader *r, size_t column) {
    size_t row = r->row, next = behind_line(r);
    if (next < r->end && r->p[next] != ' ' && r->p[next] != '\r' && r->p[next] != '\n')
        return false; /* as it mostly is */
    bool more = next_line(r);
    while (more && skip_spaces(r, r->line) >= r->line_end)
        more = next_line(r);
    r->at = skip_spaces(r, r->line);
    if (more && r->at - r->line > column && r->p[r->at] != '#')
        return true;
    line_enter(r, row);
    return false;
}

/* A plain scalar goes on over lines that stand deeper than what it is in. */
static bool read_plain(reader *r) {
    size_t start = r->at, end = 0, column = r->levels[r->depth - 1].column;
    bool comment = false, lines = false;
    if (!is_plain_start(r->p[start], r->p[start + 1]) || !plain_part(r, start, &end, &comment))
        return false;
    while (!comment && plain_goes_on(r, column)) {
        if (!is_plain_start(r->p[r->at], r->p[r->at + 1]) || !plain_part(r, r->at, &end, &comment))
            return false;
        lines = true;
    }
    r->scalar = (place){start, end, lines};
    return put_scalar(r, NL_STYLE_PLAIN);
}

/* A literal or folded scalar: its lines are deeper than what it is in; it ends where the first line
 * begins that is not. */
static bool read_block(reader *r) {
    size_t start = r->at, at = start + 1, column = r->levels[r->depth - 1].column;
    if (r->p[at] == '-' || r->p[at] == '+')
        at++;
    if (!line_is_over(r, at))
        return false;
    size_t indent = 0, blank = 0, stop = r->end;
    while (next_line(r)) {
        size_t first = skip_spaces(r, r->line), n = first - r->line;
        if (first >= r->line_end) {
            blank = indent == 0 && n > blank ? n : blank;
            continue;
        }
        if (!indent) {
            if (n <= column || n < blank)
                return false;
            indent = n;
        } else if (n < indent) {
            stop = r->line;
            line_enter(r, r->row - 1);
            break;
        }
    }
    r->scalar = (place){start, stop, true};
    return indent && put_scalar(r, r->p[start] == '|' ? NL_STYLE_LITERAL : NL_STYLE_FOLDED);
}

/* ---- Collections in brackets ---------------------------------------------------------------- */

static void skip_in_flow(reader *r) {
    for (r->at = skip_spaces(r, r->at); r->at == r->line_end; r->at = skip_spaces(r, r->at))
        if (!next_line(r))
            return;
}

/* The end of a plain scalar in brackets, or 0; it has no line end within. */
static size_t plain_in_flow(const reader *r) {
    size_t end = r->at;
    if (!nl_is_alnum((unsigned char)r->p[end]) && (unsigned char)r->p[end] < 0x80)
        return 0;
    for (size_t at = end; at < r->line_end && !strchr(",[]{}#?", r->p[at]); at++) {
        if (r->p[at] == ':' && !nl_is_alnum((unsigned char)r->p[at + 1]) && r->p[at + 1] != '/')
            return end;
        if (r->p[at] != ' ')
            end = at + 1;
    }
    return end;
}

static bool scalar_in_flow(reader *r) {
    nl_style style = style_at(r, r->at);
    if (style == NL_STYLE_PLAIN)
        r->scalar = (place){.start = r->at, .end = plain_in_flow(r)};
    else if (!read_quoted(r, r->at) || r->scalar.end > r->line_end)
        return false;
    if (!r->scalar.end || !put_scalar(r, style))
        return false;
    r->at = r->scalar.end;
    return true;
}

static bool key_in_flow(reader *r) {
    size_t start = r->at;
    if (!scalar_in_flow(r) || r->at - start > KEY_MOST || r->p[r->at] != ':')
        return false;
    r->at++;
    return r->p[r->at] == ' ' || r->at == r->line_end;
}

static bool read_flow(reader *r, size_t depth) {
    nl_tree *t = &r->tree;
    bool list = r->p[r->at] == '[';
    nl_value *v =
        nl_tree_node(t, list ? NL_LIST : NL_MAP, NL_STYLE_FLOW, nl_span_of(r->at, r->at + 1));
    if (depth == FLOW_MOST || !nl_tree_open(t, v, NULL))
        return false;
    char close = list ? ']' : '}';
    r->at++;
    skip_in_flow(r);
    while (r->p[r->at] != close) {
        if (!list) {
            if (!key_in_flow(r))
                return false;
            skip_in_flow(r);
        }
        bool nested = r->p[r->at] == '[' || r->p[r->at] == '{';
        if (nested ? !read_flow(r, depth + 1) : !scalar_in_flow(r))
            return false;
        skip_in_flow(r);
        if (r->p[r->at] == ',') {
            r->at++;
            skip_in_flow(r);
        } else if (r->p[r->at] != close) {
            return false;
        }
    }
    nl_tree_close(t, ++r->at);
    return true;
}

/* ---- Block collections ---------------------------------------------------------------------- */

static bool open_level(reader *r, size_t column, bool list, bool indentless) {
    nl_tree *t = &r->tree;
    nl_value *v =
        nl_tree_node(t, list ? NL_LIST : NL_MAP, NL_STYLE_BLOCK, nl_span_of(r->at, r->at));
    if (r->depth == LEVELS_MOST || !nl_tree_open(t, v, NULL))
        return false;
    r->levels[r->depth++] = (level){column, list, indentless};
    r->waits = false;
    return true;
}

static void close_level(reader *r) {
    if (r->waits)
        put_absent(r);
    nl_tree_close(&r->tree, SIZE_MAX);
    r->depth--;
}

/* Makes the line's column the innermost one: opens what a value begins with, or closes what has
 * ended. False if the line stands in no column. */
static bool enter_column(reader *r, size_t column, bool dash) {
    const level *top = r->depth ? &r->levels[r->depth - 1] : NULL;
    if (!top)
        return !r->tree.root && open_level(r, column, dash, false);
    if (r->waits && (column > top->column || (column == top->column && dash && !top->list)))
        return open_level(r, column, dash, column == top->column);
    while (r->depth) {
        top = &r->levels[r->depth - 1];
        if (top->column < column || (top->column == column && !(top->indentless && !dash)))
            break;
        close_level(r);
    }
    if (!r->depth || top->column != column || top->list != dash)
        return false;
    if (r->waits)
        put_absent(r);
    return true;
}

static bool read_quoted_key(reader *r, size_t at) {
    size_t row = r->row;
    bool good = read_quoted(r, at) && r->row == row;
    if (r->row != row)
        line_enter(r, row);
    return good;
}

/* The key at `at`, quoted or not, with a colon and a blank or line end behind it. */
static bool read_key(reader *r, size_t at) {
    size_t end;
    if (r->p[at] == '"' || r->p[at] == '\'') {
        if (!read_quoted_key(r, at))
            return false;
        end = r->scalar.end;
    } else {
        end = at + nl_bytes_find(&not_key, r->p + at, r->end - at);
        if (end == at || r->p[at] == '-' || r->p[end - 1] == ' ')
            return false;
        r->scalar = (place){.start = at, .end = end};
    }
    return end - at <= KEY_MOST && r->p[end] == ':' &&
           (end + 1 == r->line_end || r->p[end + 1] == ' ');
}

static bool read_value(reader *r) {
    switch (r->p[r->at]) {
    case '"':
        return read_quoted(r, r->at) && put_scalar(r, NL_STYLE_DOUBLE) &&
               line_is_over(r, r->scalar.end);
    case '\'':
        return read_quoted(r, r->at) && put_scalar(r, NL_STYLE_SINGLE) &&
               line_is_over(r, r->scalar.end);
    case '[':
    case '{':
        return read_flow(r, 0) && line_is_over(r, r->at);
    case '|':
    case '>':
        return read_block(r);
    default:
        return read_plain(r);
    }
}

/* Behind a colon or dash: a value on this line, or one that is waited for. */
static bool read_rest(reader *r, size_t behind) {
    r->at = skip_spaces(r, behind);
    if (r->at >= r->line_end || r->p[r->at] == '#') {
        r->waits = true;
        r->absent = behind;
        return r->at >= r->line_end || r->at > behind;
    }
    return read_value(r);
}

/* The entry of a map whose key was read. */
static bool read_entry(reader *r) {
    size_t behind = r->scalar.end + 1;
    nl_style style = style_at(r, r->scalar.start);
    if (style == NL_STYLE_PLAIN)
        put_plain_key(r);
    else if (!put_scalar(r, style))
        return false;
    return read_rest(r, behind);
}

static bool read_line(reader *r) {
    size_t column = r->at - r->line;
    bool dash = r->p[r->at] == '-' && (r->p[r->at + 1] == ' ' || r->at + 1 == r->line_end);
    if ((column == 0 && r->line_end - r->line >= 3 && is_marker(r->p + r->at)) ||
        !enter_column(r, column, dash))
        return false;
    if (!dash)
        return read_key(r, r->at) && read_entry(r);
    size_t behind = r->at + 1, first = skip_spaces(r, behind);
    if (!read_key(r, first))
        return read_rest(r, behind);
    r->at = first;
    return open_level(r, first - r->line, false, false) && read_entry(r);
}

static bool read_lines(reader *r) {
    size_t open = r->at;
    line_enter(r, r->row);
    r->line = open; /* behind a BOM */
    if (r->line_end - open < 3 || !is_marker(r->p + open) || skip_spaces(r, open + 3) < r->line_end)
        return false;
    while (next_content(r))
        if (!read_line(r))
            return false;
    while (r->depth)
        close_level(r);
    return !r->tree.failed;
}

bool nl_yaml_fast(nl_source *s, nl_span span, nl_arena *arena, nl_yaml *out) {
    if (!is_readable(s, span))
        return false;
    nl_source_make_lines(s);
    level levels[LEVELS_MOST];
    reader r = {.tree = nl_tree_of(s, NL_LIMIT_depth, arena),
                .levels = levels,
                .p = s->bytes.p,
                .lines = s->lines,
                .row = nl_source_line_at(s, span.start) - 1,
                .at = span.start,
                .end = span.end};
    bool good = read_lines(&r);
    nl_yaml tree = nl_tree_done(&r.tree);
    tree.unambiguous = !r.ambiguous;
    tree.trimmed = !r.untrimmed;
    if (good)
        *out = tree;
    return good;
}
