/*
 * Scalars for the fast reader of YAML: plain, quoted, literal and folded ones; what each of them
 * tells of the whole (nl_yaml).
 */
#include "doc/scalar.h"
#include "doc/yaml_fast_reader.h"
#include <string.h>

void nl_fast_type(nl_fast *r, nl_value *v) {
    nl_plain_reading other;
    nl_value_resolve(v);
    if (nl_plain_may_be_ambiguous(v->text) && nl_plain_is_ambiguous(v->text, &other))
        r->ambiguous = true;
}

bool nl_fast_put(nl_fast *r, nl_style style, size_t start, nl_fast_end end) {
    nl_value *v = nl_fast_scalar(r, style, start, end.at);
    if (end.decode && !nl_scalar_read(r->tree.source, v, r->tree.arena))
        return false;
    if (style == NL_STYLE_PLAIN && !nl_plain_is_text(v->text))
        nl_fast_type(r, v);
    nl_fast_put_whole(r, v);
    return true;
}

void nl_fast_put_absent(nl_fast *r) {
    nl_value *v = nl_tree_node(&r->tree, NL_NULL, NL_STYLE_PLAIN, nl_span_of(r->absent, r->absent));
    v->text = NL_S("");
    nl_tree_put(&r->tree, v);
    r->waits = false;
}

/* May the quoted scalar go on over the lines up to `to`? The last of them is entered. */
static bool go_on(nl_fast *r, size_t to) {
    size_t column = r->depth ? r->levels[r->depth - 1].column : 0;
    while (to > r->line_end && nl_fast_next_line(r)) {
        size_t first = nl_fast_skip_spaces(r, r->line);
        if (first < r->line_end && first - r->line <= column)
            return false;
    }
    return true;
}

/* The closing quote is sought again only behind one that was none, so
 * that many escapes before it cost no more than their number. */
nl_fast_end nl_fast_quoted(nl_fast *r, size_t at) {
    static const nl_fast_end none = {0};
    nl_fast_end q = none;
    char mark = r->p[at];
    const char *p = r->p + at + 1, *end = r->p + r->end;
    for (const char *close = NULL; !q.at;) {
        if (!close || close < p)
            close = memchr(p, mark, (size_t)(end - p));
        if (!close)
            return none;
        const char *escape = mark == '"' ? memchr(p, '\\', (size_t)(close - p)) : NULL;
        if (escape) {
            if (escape[1] == '\r' || escape[1] == '\n')
                return none;
            q.decode = true;
            p = escape + 2;
        } else if (mark == '\'' && close[1] == '\'') {
            q.decode = true;
            p = close + 2;
        } else {
            q.at = (size_t)(close - r->p) + 1;
        }
    }
    if (q.at <= r->line_end)
        return q;
    q.decode = true;
    return go_on(r, q.at) ? q : none;
}

/* May a plain scalar begin so? `next` is the byte behind. */
static bool is_plain_start(char c, char next) {
    if (nl_is_alnum((unsigned char)c))
        return true;
    if (c == '-')
        return nl_is_alnum((unsigned char)next);
    return !strchr("?:,[]{}#&*!|>'\"%@`\r\n ", c); /* no NUL is in the text */
}

/* A plain scalar's part on a line. */
typedef struct plain_part {
    size_t end;   /* blanks before it left out; 0: a colon could make a key of it */
    bool comment; /* one follows */
} plain_part;

static plain_part read_part(const nl_fast *r, size_t at) {
    plain_part part = {.end = r->line_end};
    for (size_t from = at + 1; from < part.end;) {
        const char *hash = memchr(r->p + from, '#', part.end - from);
        if (!hash)
            break;
        part.comment = hash[-1] == ' ';
        if (part.comment)
            part.end = (size_t)(hash - r->p);
        from = (size_t)(hash - r->p) + 1;
    }
    while (r->p[part.end - 1] == ' ')
        part.end--;
    const char *end = r->p + part.end;
    for (const char *p = r->p + at; (p = memchr(p, ':', (size_t)(end - p))); p++)
        if (p + 1 == end || p[1] == ' ')
            return (plain_part){0};
    return part;
}

/* Enters the next line if a plain scalar in that column goes on there. */
static bool plain_goes_on(nl_fast *r, size_t column) {
    size_t row = r->row, next = nl_fast_behind_line(r);
    if (next < r->end && r->p[next] != ' ' && r->p[next] != '\r' && r->p[next] != '\n')
        return false; /* as it mostly is */
    bool more = nl_fast_next_line(r);
    while (more && nl_fast_skip_spaces(r, r->line) >= r->line_end)
        more = nl_fast_next_line(r);
    r->at = nl_fast_skip_spaces(r, r->line);
    if (more && r->at - r->line > column && r->p[r->at] != '#')
        return true;
    nl_fast_enter(r, row);
    return false;
}

bool nl_fast_plain(nl_fast *r) {
    size_t start = r->at, column = r->levels[r->depth - 1].column;
    if (!is_plain_start(r->p[start], r->p[start + 1]))
        return false;
    plain_part part = read_part(r, start);
    bool lines = false;
    while (part.end && !part.comment && plain_goes_on(r, column)) {
        if (!is_plain_start(r->p[r->at], r->p[r->at + 1]))
            return false;
        part = read_part(r, r->at);
        lines = true;
    }
    if (!part.end || lines)
        return part.end && nl_fast_put(r, NL_STYLE_PLAIN, start, (nl_fast_end){part.end, lines});
    nl_value *v = nl_fast_scalar(r, NL_STYLE_PLAIN, start, part.end);
    if (!nl_plain_is_text(v->text))
        nl_fast_type(r, v);
    nl_fast_put_whole(r, v);
    return true;
}

/* Its lines are deeper than what it is in; it ends where the first line begins that is not. */
bool nl_fast_block(nl_fast *r) {
    size_t start = r->at, at = start + 1, column = r->levels[r->depth - 1].column;
    if (r->p[at] == '-' || r->p[at] == '+')
        at++;
    if (!nl_fast_line_is_over(r, at))
        return false;
    size_t indent = 0, blank = 0, stop = r->end;
    while (nl_fast_next_line(r)) {
        size_t first = nl_fast_skip_spaces(r, r->line), n = first - r->line;
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
            nl_fast_enter(r, r->row - 1);
            break;
        }
    }
    nl_style style = r->p[start] == '|' ? NL_STYLE_LITERAL : NL_STYLE_FOLDED;
    return indent && nl_fast_put(r, style, start, (nl_fast_end){stop, true});
}
