/*
 * Text as markdownlint 0.40 has it: its front matter (helpers.cjs, frontMatterRe), its blank lines
 * (isBlankLine) and comments (clearHtmlCommentText), which take one pass here.
 */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/md.h"
#include <string.h>

bool nl_md_is_space(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

/* Where the white space that begins at `at` ends. */
static size_t spaces_from(nl_str s, size_t at) {
    while (at < s.n) {
        uint32_t cp;
        size_t n = nl_utf8_read(s.p + at, s.n - at, &cp);
        if (!nl_md_is_space(cp))
            break;
        at += n;
    }
    return at;
}

nl_str nl_md_trim(nl_str s) {
    size_t start = spaces_from(s, 0);
    while (s.n > start) {
        uint32_t cp;
        size_t n = nl_utf8_read_back(s.p, s.n, &cp);
        if (!nl_md_is_space(cp))
            break;
        s.n -= n;
    }
    return nl_str_sub(s, start, s.n);
}

/* ---- Front matter */

static size_t line_end(nl_str s, size_t at) {
    while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
        at++;
    return at;
}

static size_t behind_line_end(nl_str s, size_t at) {
    if (at < s.n && s.p[at] == '\r')
        at++;
    if (at < s.n && s.p[at] == '\n')
        at++;
    return at;
}

/* Does the first line hold the mark and white space only? */
static bool opens(nl_str s, size_t start, const char *mark) {
    size_t n = strlen(mark), end = line_end(s, start);
    return nl_str_starts(nl_str_sub(s, start, s.n), nl_str_c(mark)) &&
           spaces_from(nl_str_sub(s, 0, end), start + n) == end;
}

/* `^mark\s*` and a line end or the end of the text: where the body begins, or 0. */
static size_t closes(nl_str s, size_t at, const char *mark) {
    if (!nl_str_starts(nl_str_sub(s, at, s.n), nl_str_c(mark)))
        return 0;
    at += strlen(mark);
    size_t end = spaces_from(s, at);
    if (end == s.n)
        return end;
    while (end > at && s.p[end - 1] != '\n' && s.p[end - 1] != '\r')
        end--;
    return end > at ? end : 0;
}

size_t nl_md_front_end(nl_str s, size_t start) {
    static const char *const marks[][3] = {
        {"---", "---", NULL}, {"+++", "+++", "..."}, {"{", "}", NULL}};
    for (size_t i = 0; i < 3; i++) {
        if (!opens(s, start, marks[i][0]))
            continue;
        size_t at = behind_line_end(s, line_end(s, start));
        for (; at < s.n; at = behind_line_end(s, line_end(s, at))) {
            size_t end = closes(s, at, marks[i][1]);
            if (!end && marks[i][2])
                end = closes(s, at, marks[i][2]);
            if (end)
                return end;
        }
    }
    return start;
}

/* ---- Comments */

static bool is_all_space(nl_str s) {
    return spaces_from(s, 0) == s.n;
}

/* May what stands between `<!--` and `-->` be dotted out? `before` is the line up to it. */
static bool is_valid(nl_str content, nl_str before) {
    if (is_all_space(before))
        return true;
    size_t blanks = 0;
    while (blanks < before.n && before.p[blanks] == ' ')
        blanks++;
    bool table = blanks < before.n && before.p[blanks] == '|';
    return !(table && nl_str_find(content, '\n') < content.n) &&
           !nl_str_starts(content, NL_S(">")) && !nl_str_starts(content, NL_S("->")) &&
           !nl_str_ends(content, NL_S("-")) && nl_str_search(content, NL_S("--")) == content.n;
}

static void dot_out(char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\n' || p[i] == '\r' || p[i] == ' ')
            continue;
        p[i] = '.';
    }
    for (size_t i = n; i-- > 0;) /* blanks before a line end */
        if (p[i] == ' ' && i + 1 < n && (p[i + 1] == '\n' || p[i + 1] == '\r' || p[i + 1] == 1))
            p[i] = 1;
    for (size_t i = 0; i < n; i++)
        if (p[i] == 1)
            p[i] = '.';
}

nl_str nl_md_without_comments(nl_str text, size_t start, nl_arena *arena) {
    size_t i = start, line = start;
    char *copy = NULL;
    nl_str open = NL_S("<!--"), close = NL_S("-->");
    while (i < text.n) {
        size_t found = i + nl_str_search(nl_str_sub(text, i, text.n), open);
        if (found >= text.n)
            break;
        for (size_t at = i; at < found; at++)
            line = text.p[at] == '\n' ? at + 1 : line;
        i = found;
        size_t j = i + 2 + nl_str_search(nl_str_sub(text, i + 2, text.n), close);
        if (j >= text.n)
            break;
        if (j > i + 4) {
            nl_str content = nl_str_sub(text, i + 4, j), before = nl_str_sub(text, line, i);
            if (!copy)
                copy = nl_arena_copy(arena, text.p, text.n);
            if (is_valid(content, before))
                dot_out(copy + i + 4, j - i - 4);
        }
        for (size_t at = i; at < j; at++)
            line = text.p[at] == '\n' ? at + 1 : line;
        i = j + 3;
    }
    return copy ? nl_str_n(copy, text.n) : text;
}

/* Nothing but `>` and white space. */
static bool is_bare(nl_str s) {
    for (size_t at = 0; at < s.n; at++) {
        at = spaces_from(s, at);
        if (at < s.n && s.p[at] != '>')
            return false;
    }
    return true;
}

/* Comments are taken out, and what stands before the end of one that did not begin. */
bool nl_md_is_blank(nl_str line) {
    nl_str open = NL_S("<!--"), close = NL_S("-->");
    size_t at = 0, start = 0, end = 0;
    bool bare = true, known = false;
    while (at <= line.n) {
        if (!known || start < at)
            start = at + nl_str_search(nl_str_sub(line, at, line.n), open);
        if (!known || end < at)
            end = at + nl_str_search(nl_str_sub(line, at, line.n), close);
        known = true;
        if (end >= line.n)
            return bare && is_bare(nl_str_sub(line, at, start));
        bare = end < start || (bare && is_bare(nl_str_sub(line, at, start)));
        at = end + 3;
    }
    return bare;
}

/* ---- Directives */

/* A name is letters and digits behind one colon, and does not end in `-`, `_` or before another
 * colon (micromark-extension-directive, factory-name.js). */
size_t nl_md_directive_end(nl_str text, size_t at) {
    size_t end = at + 1;
    uint32_t cp = 0;
    while (end < text.n) {
        size_t n = nl_utf8_read(text.p + end, text.n - end, &cp);
        bool joins = end > at + 1 && (cp == '-' || cp == '_');
        if (nl_md_is_space(cp) || (!joins && (nl_is_punct((int)(cp < 128 ? cp : 'a')) ||
                                              (cp >= 128 && nl_cp_is_punct(cp)))))
            break;
        end += n;
    }
    bool named = end > at + 1 && text.p[end - 1] != '-' && text.p[end - 1] != '_' &&
                 !(end < text.n && text.p[end] == ':') && !(at > 0 && text.p[at - 1] == ':');
    return named ? end : at;
}
