/* See markdown_marks.h. */
#include "doc/markdown_marks.h"
#include <string.h>

enum { FENCE_MOST = 100 /* cmark holds its length in a byte */, DIGITS_MOST = 9 };

size_t nl_mark_run(nl_str rest) {
    size_t run = 0;
    while (run < rest.n && rest.p[run] == rest.p[0])
        run++;
    return run;
}

bool nl_mark_is_blank(nl_str rest, size_t at) {
    while (at < rest.n && rest.p[at] == ' ')
        at++;
    return at >= rest.n;
}

/* Three or more of the mark and blanks, nothing else. */
static bool is_rule(nl_str rest) {
    size_t count = 0;
    for (size_t i = 0; i < rest.n; i++) {
        if (rest.p[i] != rest.p[0] && rest.p[i] != ' ')
            return false;
        count += rest.p[i] == rest.p[0];
    }
    return count >= 3;
}

bool nl_mark_may_define(nl_str rest) {
    for (size_t i = 1; i < rest.n; i++) {
        if (rest.p[i] == '[')
            return false;
        if (rest.p[i] == ']')
            return i + 1 < rest.n && rest.p[i + 1] == ':';
        if (rest.p[i] == '\\')
            break;
    }
    return true;
}

size_t nl_mark_of_list(nl_str rest) {
    size_t end = 0;
    if (rest.p[0] == '-' || rest.p[0] == '*' || rest.p[0] == '+') {
        end++;
    } else {
        while (end < rest.n && nl_is_digit((unsigned char)rest.p[end]))
            end++;
        if (end == 0 || end > DIGITS_MOST || end == rest.n ||
            (rest.p[end] != '.' && rest.p[end] != ')'))
            return 0;
        end++;
    }
    return end == rest.n || rest.p[end] == ' ' ? end : 0;
}

/* A comment that ends on its line. */
static bool is_comment(nl_str rest) {
    static const nl_str open = NL_STR("<!--"), close = NL_STR("-->");
    if (!nl_str_starts(rest, open))
        return false;
    rest = nl_str_sub(rest, open.n, rest.n);
    return nl_str_search(rest, close) < rest.n;
}

nl_mark nl_mark_of(nl_str rest) {
    size_t run = nl_mark_run(rest);
    char c = rest.p[0];
    switch (c) {
    case '#':
        return run <= 6 && (run == rest.n || rest.p[run] == ' ') ? NL_MARK_ATX : NL_MARK_TEXT;
    case '`':
    case '~':
        if (c == '`' && run >= 3 && memchr(rest.p + run, c, rest.n - run))
            return NL_MARK_TEXT;
        return run < 3 ? NL_MARK_TEXT : run > FENCE_MOST ? NL_MARK_REFUSED : NL_MARK_FENCE;
    case '=':
        return nl_mark_is_blank(rest, run) ? NL_MARK_UNDERLINE : NL_MARK_TEXT;
    case '<':
        return is_comment(rest) ? NL_MARK_COMMENT : NL_MARK_REFUSED;
    case '>':
        return NL_MARK_QUOTE;
    case '-':
        if (nl_mark_is_blank(rest, run))
            return NL_MARK_UNDERLINE;
        break;
    case '*':
    case '_':
    case '+':
        break;
    default:
        if (!nl_is_digit((unsigned char)c))
            return NL_MARK_TEXT;
    }
    if ((c == '-' || c == '*' || c == '_') && is_rule(rest))
        return NL_MARK_RULE;
    return c != '_' && nl_mark_of_list(rest) ? NL_MARK_ITEM : NL_MARK_TEXT;
}
