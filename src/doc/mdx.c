/* Hiding the JavaScript of MDX; see mdx.h. What is not closed is left as it is. */
#include "doc/mdx.h"

#include "base/unicode.h"
#include <string.h>

enum { CODE_MOST = 10000 }; /* bytes that a code span's end is looked for in */

typedef struct hiding {
    char *p; /* the copy; line ends stay where they are */
    size_t start, end;
    size_t blank;  /* the line is blank up to here */
    bool unclosed; /* an expression: no other is looked for */
    bool loose; /* a bracket in a module is not closed: the others end at their first blank line */
} hiding;

bool nl_mdx_is(nl_str path) {
    return nl_str_ends(path, NL_S(".mdx"));
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

static size_t line_end(const hiding *h, size_t at) {
    while (at < h->end && !is_line_end(h->p[at]))
        at++;
    return at;
}

static size_t next_line(const hiding *h, size_t at) {
    at = line_end(h, at);
    if (at + 1 < h->end && h->p[at] == '\r' && h->p[at + 1] == '\n')
        at++;
    return at < h->end ? at + 1 : at;
}

static bool is_blank_line(const hiding *h, size_t at) {
    while (at < h->end && nl_is_blank((unsigned char)h->p[at]))
        at++;
    return at == h->end || is_line_end(h->p[at]);
}

/* ---- JavaScript */

/* Behind the string that begins here; behind the quote if its line has no other. */
static size_t string_end(const hiding *h, size_t at) {
    char quote = h->p[at];
    for (size_t i = at + 1; i < h->end; i++) {
        if (h->p[i] == '\\')
            i++;
        else if (h->p[i] == quote)
            return i + 1;
        else if (quote != '`' && is_line_end(h->p[i]))
            break;
    }
    return at + 1;
}

/* Behind the string or comment that begins here; behind the byte if there is none. */
static size_t token_end(const hiding *h, size_t at) {
    nl_str rest = {h->p + at, h->end - at};
    if (h->p[at] && strchr("\"'`", h->p[at]))
        return string_end(h, at);
    if (nl_str_starts(rest, NL_S("//")))
        return line_end(h, at);
    size_t close = nl_str_starts(rest, NL_S("/*")) ? nl_str_search(rest, NL_S("*/")) : rest.n;
    return close < rest.n ? at + close + 2 : at + 1;
}

/* Behind the brace that closes the one here; 0 if there is none. */
static size_t braces_end(hiding *h, size_t at) {
    size_t depth = 0;
    if (h->unclosed)
        return 0;
    for (size_t i = at; i < h->end; i = token_end(h, i)) {
        depth += h->p[i] == '{';
        if (h->p[i] == '}' && --depth == 0)
            return i + 1;
    }
    h->unclosed = true;
    return 0;
}

/* An import or export ends before a blank line outside of all brackets. */
static size_t module_end(hiding *h, size_t at) {
    size_t depth = 0, first_blank = 0;
    for (size_t i = at; i < h->end;) {
        if (strchr("([{", h->p[i]) && h->p[i])
            depth++;
        else if (strchr(")]}", h->p[i]) && h->p[i] && depth)
            depth--;
        if (is_line_end(h->p[i])) {
            i = next_line(h, i);
            if (!is_blank_line(h, i))
                continue;
            if (!depth || h->loose)
                return i;
            first_blank = first_blank ? first_blank : i;
            continue;
        }
        i = token_end(h, i);
    }
    h->loose = h->loose || (depth && first_blank);
    return depth && first_blank ? first_blank : h->end;
}

static bool is_module(const hiding *h, size_t at) {
    nl_str rest = {h->p + at, h->end - at};
    return nl_str_starts(rest, NL_S("import ")) || nl_str_starts(rest, NL_S("export ")) ||
           nl_str_starts(rest, NL_S("import{")) || nl_str_starts(rest, NL_S("export{"));
}

/* ---- Tags */

static bool is_name(char c) {
    return nl_is_alnum((unsigned char)c) || (c && strchr("_$.:-", c));
}

/* Behind the tag that begins here; 0 if there is none that Markdown would not know. */
static size_t tag_end(hiding *h, size_t at) {
    size_t i = at + 1, name;
    bool jsx;
    if (i < h->end && h->p[i] == '/')
        i++;
    name = i;
    while (i < h->end && is_name(h->p[i]))
        i++;
    jsx =
        i == name || (h->p[name] >= 'A' && h->p[name] <= 'Z') || memchr(h->p + name, '.', i - name);
    if (i < h->end && i > name && !strchr(" \t\r\n/>", h->p[i]))
        return 0;
    while (i < h->end && h->p[i] != '<' && h->p[i] != '>') {
        char c = h->p[i];
        if (i == name)
            return 0; /* `< `: less than */
        jsx = jsx || c == '{';
        if (c == '{')
            i = braces_end(h, i);
        else
            i = c == '"' || c == '\'' ? string_end(h, i) : i + 1;
        if (!i)
            return 0;
    }
    return jsx && i < h->end && h->p[i] == '>' ? i + 1 : 0;
}

/* ---- Hiding */

static void blank(hiding *h, size_t from, size_t to) {
    for (; from < to; from++)
        if (!is_line_end(h->p[from]))
            h->p[from] = ' ';
}

/* Does nothing but blanks stand before and behind on these lines? Asked in order; blanks are passed
 * once. */
static bool is_alone(hiding *h, size_t from, size_t to) {
    while (h->blank < from && nl_is_blank((unsigned char)h->p[h->blank]))
        h->blank++;
    while (to < h->end && nl_is_blank((unsigned char)h->p[to]))
        to++;
    return h->blank == from &&
           (to == h->end || is_line_end(h->p[to]) || h->p[to] == '<' || h->p[to] == '{');
}

static bool in_one_line(const hiding *h, size_t from, size_t to) {
    while (from < to && !is_line_end(h->p[from]))
        from++;
    return from == to;
}

static void hide_expression(hiding *h, size_t from, size_t to) {
    bool span = to - from > 2 && in_one_line(h, from, to) && !is_alone(h, from, to) &&
                (from == h->start || h->p[from - 1] != '`');
    if (!span) {
        blank(h, from, to);
        return;
    }
    for (size_t i = from; i < to; i++)
        if (h->p[i] == '`')
            h->p[i] = ' ';
    h->p[from] = h->p[to - 1] = '`';
}

static void hide_tag(hiding *h, size_t from, size_t to) {
    size_t name = from + 1 + (h->p[from + 1] == '/'), end = name;
    bool closed = h->p[to - 2] == '/' && to - 2 > name;
    while (is_name(h->p[end]))
        end++;
    if (end == name || !nl_is_alpha((unsigned char)h->p[name]) || is_alone(h, from, to) ||
        !in_one_line(h, from, to)) {
        blank(h, from, to);
        return;
    }
    for (size_t i = name; i < end; i++)
        if (!nl_is_alnum((unsigned char)h->p[i]))
            h->p[i] = '-';
    blank(h, end, to - 1 - closed);
}

/* Behind the code span that begins here, or behind its backticks if it does not end. */
static size_t code_end(const hiding *h, size_t at) {
    size_t run = 0, found = 0, most = h->end - at > CODE_MOST ? at + CODE_MOST : h->end;
    while (at + run < h->end && h->p[at + run] == '`')
        run++;
    for (size_t i = at + run; i < most; i++) {
        if (is_line_end(h->p[i]) && is_blank_line(h, next_line(h, i)))
            break;
        found = h->p[i] == '`' ? found + 1 : 0;
        if (found == run && (i + 1 == h->end || h->p[i + 1] != '`'))
            return i + 1;
    }
    return at + run;
}

/* The fence that the line begins, its length in *run, or 0. */
static char fence_of(const hiding *h, size_t at, size_t *run) {
    while (at < h->end && (nl_is_blank((unsigned char)h->p[at]) || h->p[at] == '>'))
        at++;
    char c = at < h->end ? h->p[at] : 0;
    for (*run = 0; at < h->end && h->p[at] == c; at++)
        ++*run;
    return *run >= 3 && (c == '`' || c == '~') ? c : 0;
}

/* Behind the code that begins with this line; `at` if none does. */
static size_t fenced_end(const hiding *h, size_t at) {
    size_t run, closing;
    char c = fence_of(h, at, &run);
    if (!c)
        return at;
    for (at = next_line(h, at); at < h->end; at = next_line(h, at))
        if (fence_of(h, at, &closing) == c && closing >= run)
            return next_line(h, at);
    return at;
}

static size_t hide_at(hiding *h, size_t at) {
    char c = h->p[at];
    size_t end = 0;
    if (c == '\\')
        return at + 1 < h->end && !is_line_end(h->p[at + 1]) ? at + 2 : at + 1;
    if (c == '`')
        return code_end(h, at);
    if (c == '{' && (end = braces_end(h, at)) > 0)
        hide_expression(h, at, end);
    else if (c == '<' && (end = tag_end(h, at)) > 0)
        hide_tag(h, at, end);
    return end ? end : at + 1;
}

static void hide(hiding *h) {
    bool open = true; /* an import may begin in this line */
    for (size_t at = h->start; at < h->end;) {
        size_t code = fenced_end(h, at);
        if (code > at) {
            at = code;
            open = true;
            continue;
        }
        if (open && is_module(h, at)) {
            size_t end = module_end(h, at);
            blank(h, at, end);
            at = end;
            continue;
        }
        open = is_blank_line(h, at);
        h->blank = at;
        while (at < h->end && !is_line_end(h->p[at]))
            at = hide_at(h, at);
        at = at < h->end ? next_line(h, at) : at;
    }
}

nl_markdown *nl_mdx_parse(nl_source *s, size_t start, nl_arena *arena) {
    nl_source *hidden = NL_NEW(arena, nl_source);
    hiding h = {
        .p = nl_arena_copy(arena, s->bytes.p, s->bytes.n), .start = start, .end = s->bytes.n};
    hide(&h);
    *hidden = nl_source_of(s->path, nl_str_n(h.p, h.end), arena);
    hidden->limits = s->limits;
    return nl_markdown_parse(hidden, start, arena);
}
