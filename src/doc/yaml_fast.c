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
#include "doc/yaml_fast_reader.h"
#include <string.h>

enum { LEVELS_MOST = 64, FLOW_MOST = 8, KEY_MOST = 512 }; /* libyaml takes keys of up to 1024 */

/* ---- Bytes ---------------------------------------------------------------------------------- */

/* What a key without quotes is not made of: all but letters, digits, blanks, `$()+-./_` and what is
 * beyond ASCII. A bit for each row of the ASCII table, or for two that are alike. */
enum { A2 = 1, A3 = 2, A46 = 4, A5 = 8, A7 = 16, A01 = 32, A357 = A3 | A5 | A7 };
static const nl_byte_set not_key = {{A01 | A46, A01 | A2, A01 | A2, A01 | A2, A01, A01 | A2,
                                     A01 | A2, A01 | A2, A01, A01, A01 | A2 | A3, A01 | A357,
                                     A01 | A2 | A357, A01 | A357, A01 | A357, A01 | A3 | A7},
                                    {A01, A01, A2, A3, A46, A5, A46, A7}};

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

/* Enters the next line that holds more than a comment; `at` is at its first byte. */
static bool next_content(nl_fast *r) {
    while (nl_fast_next_line(r)) {
        r->at = nl_fast_skip_spaces(r, r->line);
        if (r->at < r->line_end && r->p[r->at] != '#')
            return true;
    }
    return false;
}

static nl_style style_at(const nl_fast *r, size_t at) {
    char c = r->p[at];
    return c == '"' ? NL_STYLE_DOUBLE : c == '\'' ? NL_STYLE_SINGLE : NL_STYLE_PLAIN;
}

/* ---- Collections in brackets ---------------------------------------------------------------- */

static void skip_in_flow(nl_fast *r) {
    for (r->at = nl_fast_skip_spaces(r, r->at); r->at == r->line_end;
         r->at = nl_fast_skip_spaces(r, r->at))
        if (!nl_fast_next_line(r))
            return;
}

/* The end of a plain scalar in brackets, or 0; it has no line end within. */
static size_t plain_in_flow(const nl_fast *r) {
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

static bool scalar_in_flow(nl_fast *r) {
    size_t start = r->at;
    nl_style style = style_at(r, start);
    nl_fast_end end = {0};
    if (style == NL_STYLE_PLAIN)
        end.at = plain_in_flow(r);
    else
        end = nl_fast_quoted(r, start);
    if (!end.at || end.at > r->line_end || !nl_fast_put(r, style, start, end))
        return false;
    r->at = end.at;
    return true;
}

static bool key_in_flow(nl_fast *r) {
    size_t start = r->at;
    if (!scalar_in_flow(r) || r->at - start > KEY_MOST || r->p[r->at] != ':')
        return false;
    r->at++;
    return r->p[r->at] == ' ' || r->at == r->line_end;
}

static bool read_flow(nl_fast *r, size_t depth) {
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

static bool open_level(nl_fast *r, size_t column, bool list, bool indentless) {
    nl_tree *t = &r->tree;
    size_t at = r->line + column;
    nl_value *v = nl_tree_node(t, list ? NL_LIST : NL_MAP, NL_STYLE_BLOCK, nl_span_of(at, at));
    if (r->depth == LEVELS_MOST || !nl_tree_open(t, v, NULL))
        return false;
    r->levels[r->depth++] = (nl_fast_level){column, list, indentless};
    r->waits = false;
    return true;
}

static void close_level(nl_fast *r) {
    if (r->waits)
        nl_fast_put_absent(r);
    nl_tree_close(&r->tree, SIZE_MAX);
    r->depth--;
}

/* Makes the line's column the innermost one: opens what a value begins with, or closes what has
 * ended. False if the line stands in no column. */
static bool enter_column(nl_fast *r, size_t column, bool dash) {
    const nl_fast_level *top = r->depth ? &r->levels[r->depth - 1] : NULL;
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
        nl_fast_put_absent(r);
    return true;
}

static nl_fast_end read_quoted_key(nl_fast *r, size_t at) {
    size_t row = r->row;
    nl_fast_end end = nl_fast_quoted(r, at);
    if (r->row == row)
        return end;
    nl_fast_enter(r, row);
    return (nl_fast_end){0};
}

static nl_fast_end read_plain_key(const nl_fast *r, size_t at) {
    size_t end = at + nl_bytes_find(&not_key, r->p + at, r->end - at);
    bool good = end > at && r->p[at] != '-' && r->p[end - 1] != ' ';
    return (nl_fast_end){.at = good ? end : 0};
}

/* The key at `at`, quoted or not, with a colon and a blank or line end behind it. */
static nl_fast_end read_key(nl_fast *r, size_t at) {
    bool quoted = r->p[at] == '"' || r->p[at] == '\'';
    nl_fast_end end = quoted ? read_quoted_key(r, at) : read_plain_key(r, at);
    if (end.at && end.at - at <= KEY_MOST && r->p[end.at] == ':' &&
        (end.at + 1 == r->line_end || r->p[end.at + 1] == ' '))
        return end;
    return (nl_fast_end){0};
}

/* The quoted scalar at hand, behind which its line is over. */
static bool read_quoted_value(nl_fast *r, nl_style style) {
    size_t start = r->at;
    nl_fast_end end = nl_fast_quoted(r, start);
    if (!end.at || end.decode)
        return end.at && nl_fast_put(r, style, start, end) && nl_fast_line_is_over(r, end.at);
    nl_fast_put_whole(r, nl_fast_scalar(r, style, start, end.at));
    return nl_fast_line_is_over(r, end.at);
}

static bool read_value(nl_fast *r) {
    switch (r->p[r->at]) {
    case '"':
        return read_quoted_value(r, NL_STYLE_DOUBLE);
    case '\'':
        return read_quoted_value(r, NL_STYLE_SINGLE);
    case '[':
    case '{':
        return read_flow(r, 0) && nl_fast_line_is_over(r, r->at);
    case '|':
    case '>':
        return nl_fast_block(r);
    default:
        return nl_fast_plain(r);
    }
}

/* Behind a colon or dash: a value on this line, or one that is waited for. */
static bool read_rest(nl_fast *r, size_t behind) {
    r->at = nl_fast_skip_spaces(r, behind);
    if (r->at >= r->line_end || r->p[r->at] == '#') {
        r->waits = true;
        r->absent = behind;
        return r->at >= r->line_end || r->at > behind;
    }
    return read_value(r);
}

static void put_plain_key(nl_fast *r, size_t start, size_t end) {
    nl_value *v = nl_fast_scalar(r, NL_STYLE_PLAIN, start, end);
    if (!nl_plain_is_text(v->text))
        nl_fast_type(r, v);
    nl_tree_put(&r->tree, v);
}

/* The entry of a map whose key was read. */
static bool read_entry(nl_fast *r, size_t start, nl_fast_end key) {
    nl_style style = style_at(r, start);
    if (style == NL_STYLE_PLAIN)
        put_plain_key(r, start, key.at);
    else if (!nl_fast_put(r, style, start, key))
        return false;
    return read_rest(r, key.at + 1);
}

static bool read_line(nl_fast *r) {
    size_t column = r->at - r->line;
    bool dash = r->p[r->at] == '-' && (r->p[r->at + 1] == ' ' || r->at + 1 == r->line_end);
    if ((column == 0 && r->line_end - r->line >= 3 && is_marker(r->p + r->at)) ||
        !enter_column(r, column, dash))
        return false;
    size_t behind = r->at + dash, start = nl_fast_skip_spaces(r, behind);
    nl_fast_end key = read_key(r, start);
    if (!key.at)
        return dash && read_rest(r, behind);
    r->at = start;
    if (dash && !open_level(r, start - r->line, false, false))
        return false;
    return read_entry(r, start, key);
}

static bool read_lines(nl_fast *r) {
    size_t open = r->at;
    nl_fast_enter(r, r->row);
    r->line = open; /* behind a BOM */
    if (r->line_end - open < 3 || !is_marker(r->p + open) ||
        nl_fast_skip_spaces(r, open + 3) < r->line_end)
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
    nl_fast_level levels[LEVELS_MOST];
    nl_fast r = {.returns = s->seen.kinds & NL_BYTES_CR,
                 .levels = levels,
                 .p = s->bytes.p,
                 .lines = s->lines,
                 .at = span.start,
                 .end = span.end};
    nl_tree_begin(&r.tree, s, NL_LIMIT_depth, arena);
    bool good = read_lines(&r);
    nl_yaml tree = nl_tree_done(&r.tree);
    tree.unambiguous = !r.ambiguous;
    tree.trimmed = !r.untrimmed;
    if (good)
        *out = tree;
    return good;
}
