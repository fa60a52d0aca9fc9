/*
 * Bare addresses, `https://a.b`, `www.a.b` and `a@b.c`: GFM 0.29, section 6.9, as
 * micromark-extension-gfm-autolink-literal reads them, brackets within them included.
 */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/md.h"
#include <string.h>

/* Bounds on what is looked at from one place, so that all of a text takes linear time. */
enum { TAIL_MOST = 100, NAME_MOST = 64, HOST_MOST = 255 };

static bool at_space(nl_str s, size_t at) {
    uint32_t cp = 0;
    if (at < s.n)
        nl_utf8_read(s.p + at, s.n - at, &cp);
    return at >= s.n || nl_md_is_space(cp);
}

static bool is_mark(char c) {
    return c && strchr("!\"'),*.:;?_~&<]", c);
}

/* Does nothing but punctuation follow up to a blank? It is no part of the address then. */
static bool is_tail(nl_str s, size_t at) {
    s.n = s.n - at > TAIL_MOST ? at + TAIL_MOST : s.n;
    for (; !at_space(s, at) && s.p[at] != '<'; at++) {
        if (s.p[at] == ']')
            return at_space(s, at + 1) || s.p[at + 1] == '(' || s.p[at + 1] == '[';
        if (s.p[at] == '&') {
            while (at + 1 < s.n && nl_is_alpha((unsigned char)s.p[at + 1]))
                at++;
            if (at + 1 >= s.n || s.p[at + 1] != ';')
                return false;
        } else if (!is_mark(s.p[at])) {
            return false;
        }
    }
    return true;
}

/* Letters, digits and hyphens, dots and underscores between them, none of these in the last two
 * parts; 0 if there is no domain. */
static size_t domain_end(nl_str s, size_t at) {
    bool seen = false, here = false, before = false;
    while (!at_space(s, at)) {
        uint32_t cp;
        size_t n = nl_utf8_read(s.p + at, s.n - at, &cp);
        if (cp == '.' || cp == '_') {
            if (is_tail(s, at))
                break;
            before = cp == '.' ? here : before;
            here = cp == '_';
        } else if (cp != '-' && (cp < 128 ? nl_is_punct((int)cp) : nl_cp_is_punct(cp))) {
            break;
        } else {
            seen = true;
        }
        at += n;
    }
    return seen && !here && !before ? at : 0;
}

static size_t path_end(nl_str s, size_t at) {
    size_t open = 0;
    for (; !at_space(s, at) && s.p[at] != '<'; at++) {
        open += s.p[at] == '(';
        if (s.p[at] == ')' && open) {
            open--;
            continue;
        }
        if (is_mark(s.p[at]) && is_tail(s, at))
            break;
    }
    return at;
}

static size_t url_end(nl_str s, size_t at) {
    static const char *const starts[] = {"http://", "https://", "www."};
    for (size_t i = 0; i < 3; i++) {
        nl_str start = nl_str_c(starts[i]);
        if (!nl_str_eq_nocase(nl_str_sub(s, at, at + start.n), start))
            continue;
        bool bound = at == 0 || (i < 2 ? !nl_is_alpha((unsigned char)s.p[at - 1])
                                       : strchr("(*_[]~ \t\r\n", s.p[at - 1]) != NULL);
        size_t domain = bound ? domain_end(s, i < 2 ? at + start.n : at) : 0;
        return domain ? path_end(s, domain) : at;
    }
    return at;
}

static size_t email_end(nl_str s, size_t at) {
    size_t end = at;
    bool dot = false;
    if (at > 0 && (s.p[at - 1] == '/' || nl_is_alnum((unsigned char)s.p[at - 1])))
        return at;
    while (end < s.n && end - at < NAME_MOST &&
           (nl_is_alnum((unsigned char)s.p[end]) || strchr("+-._", s.p[end])))
        end++;
    if (end == at || end >= s.n || s.p[end] != '@')
        return at;
    size_t most = end + HOST_MOST;
    for (end++; end < s.n && end < most; end++) {
        bool joins = s.p[end] == '.' && end + 1 < s.n && nl_is_alnum((unsigned char)s.p[end + 1]);
        if (!joins && !nl_is_alnum((unsigned char)s.p[end]) && s.p[end] != '-' && s.p[end] != '_')
            break;
        dot = dot || joins;
    }
    return dot && nl_is_alpha((unsigned char)s.p[end - 1]) ? end : at;
}

size_t nl_md_address_end(nl_str text, size_t at) {
    char c = text.p[at];
    if (c == 'h' || c == 'H' || c == 'w' || c == 'W') {
        size_t end = url_end(text, at);
        if (end > at)
            return end;
    }
    return email_end(text, at);
}
