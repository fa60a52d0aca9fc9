/* Destinations, titles, labels, definitions; see markdown_link.h. */
#include "doc/markdown_link.h"

#include <string.h>

enum { PARENS_MOST = 32, LABEL_MOST = 1000 };

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_escape(nl_str text, size_t at) {
    return text.p[at] == '\\' && at + 1 < text.n && nl_is_punct((unsigned char)text.p[at + 1]);
}

size_t nl_link_spaces(nl_str text, size_t at) {
    while (at < text.n && is_space(text.p[at]))
        at++;
    return at;
}

static size_t blanks(nl_str text, size_t at) {
    while (at < text.n && nl_is_blank((unsigned char)text.p[at]))
        at++;
    return at;
}

/* Blanks with at most one line end among them. */
static size_t blanks_and_line(nl_str text, size_t at) {
    at = blanks(text, at);
    return at < text.n && text.p[at] == '\n' ? blanks(text, at + 1) : at;
}

static bool target_pointy(nl_str text, size_t at, size_t *behind, nl_span *inner) {
    for (size_t i = at + 1; i < text.n; i++) {
        if (text.p[i] == '>') {
            *inner = nl_span_of(at + 1, i);
            *behind = i + 1;
            return i + 1 < text.n;
        }
        if (text.p[i] == '\\')
            i++;
        else if (text.p[i] == '\n' || text.p[i] == '<')
            return false;
    }
    return false;
}

bool nl_link_target(nl_str text, size_t at, size_t *behind, nl_span *inner) {
    if (at < text.n && text.p[at] == '<')
        return target_pointy(text, at, behind, inner);
    size_t i = at, parens = 0;
    for (; i < text.n && !is_space(text.p[i]); i++) {
        if (is_escape(text, i)) {
            i++;
        } else if (text.p[i] == '(') {
            if (++parens > PARENS_MOST)
                return false;
        } else if (text.p[i] == ')') {
            if (parens == 0)
                break;
            parens--;
        }
    }
    if (i >= text.n || parens || (i == at && is_space(text.p[i])))
        return false;
    *inner = nl_span_of(at, i);
    *behind = i;
    return true;
}

size_t nl_link_title(nl_str text, size_t at) {
    if (at >= text.n || !strchr("\"'(", text.p[at]) || !text.p[at])
        return at;
    /* cmark's scanner takes the longest match and lets a backslash be a character of its own: a
     * quote behind a backslash ends the title only if no other does. */
    char close = text.p[at] == '(' ? ')' : text.p[at];
    size_t last = at;
    for (size_t i = at + 1; i < text.n; i++) {
        bool escaped = text.p[i - 1] == '\\';
        if (text.p[i] == close) {
            last = i + 1;
            if (!escaped)
                break;
        } else if (close == ')' && text.p[i] == '(' && !escaped) {
            break;
        }
    }
    return last;
}

bool nl_link_label(nl_str text, size_t at, size_t *behind, nl_span *inner) {
    if (at >= text.n || text.p[at] != '[')
        return false;
    for (size_t i = at + 1; i < text.n && i - at - 1 <= LABEL_MOST; i++) {
        if (is_escape(text, i)) {
            i++;
        } else if (text.p[i] == ']') {
            *inner = nl_span_of(at + 1, i);
            *behind = i + 1;
            return true;
        } else if (text.p[i] == '[') {
            return false;
        }
    }
    return false;
}

bool nl_link_tail(nl_str text, size_t at, size_t *behind, nl_span *target) {
    if (at >= text.n || text.p[at] != '(')
        return false;
    size_t end = 0;
    if (!nl_link_target(text, nl_link_spaces(text, at + 1), &end, target))
        return false;
    size_t title = nl_link_spaces(text, end);
    if (title > end)
        title = nl_link_title(text, title);
    size_t close = nl_link_spaces(text, title);
    if (close >= text.n || text.p[close] != ')')
        return false;
    *behind = close + 1;
    return true;
}

/* Blanks and a line end: the offset behind them; false if something else is there. */
static bool line_ends(nl_str text, size_t at, size_t *behind) {
    at = blanks(text, at);
    *behind = at + 1;
    return at < text.n && text.p[at] == '\n';
}

static bool label_holds_text(nl_str text, nl_span label) {
    for (size_t i = label.start; i < label.end; i++) {
        if (!is_space(text.p[i]))
            return true;
    }
    return false;
}

bool nl_link_definition_read(nl_str text, size_t at, nl_link_definition *d) {
    size_t i = 0;
    if (!nl_link_label(text, at, &i, &d->label) || !label_holds_text(text, d->label) ||
        i >= text.n || text.p[i] != ':')
        return false;
    i = blanks_and_line(text, i + 1);
    size_t end = 0;
    if (!nl_link_target(text, i, &end, &d->target))
        return false;
    d->span = nl_span_of(at, end);
    size_t title = blanks_and_line(text, end);
    size_t title_end = title > end ? nl_link_title(text, title) : title;
    if (title_end > title && line_ends(text, title_end, &d->behind)) {
        d->span.end = title_end;
        return true;
    }
    return line_ends(text, end, &d->behind);
}

size_t nl_link_definitions_skip(nl_str text) {
    size_t at = 0;
    nl_link_definition d;
    while (at < text.n && text.p[at] == '[' && nl_link_definition_read(text, at, &d))
        at = d.behind;
    return at;
}
