/*
 * Where front matter begins and ends, line by line (SPEC 3), and what looks as if it was meant to
 * be front matter and is not.
 */
#include "base/utf8.h"
#include "doc/article.h"

#include <string.h>

typedef struct line {
    size_t start, end, next; /* end: without the line end */
} line;

/* The line with that number, from 1; behind the last one an empty one at the end. */
static line line_at(nl_source *s, size_t number) {
    if (number > s->line_count)
        return (line){s->bytes.n, s->bytes.n, s->bytes.n};
    nl_span span = nl_source_line(s, number);
    size_t next = number < s->line_count ? s->lines[number] : s->bytes.n;
    return (line){number == 1 ? nl_source_bom(s->bytes) : span.start, span.end, next};
}

/* Is the line `word` with nothing but blanks behind it? */
static bool is_line(nl_str s, line l, const char *word) {
    size_t n = strlen(word), at = l.start + n;
    if (l.end < at || memcmp(s.p + l.start, word, n) != 0)
        return false;
    while (at < l.end && nl_is_blank((unsigned char)s.p[at]))
        at++;
    return at == l.end;
}

/* Blanks that are none to YAML, and marks that cannot be seen: a BOM, also one that was decoded as
 * Windows-1252, no-break and zero-width spaces, direction marks. 0: none. */
static size_t oddity(nl_str s, size_t at) {
    static const nl_str odd[] = {
        NL_STR("\xEF\xBB\xBF"), NL_STR("\xC3\xAF\xC2\xBB\xC2\xBF"),
        NL_STR("\xC2\xA0"),     NL_STR("\xE2\x80\x8B"),
        NL_STR("\xE2\x80\x8C"), NL_STR("\xE2\x80\x8D"),
        NL_STR("\xE2\x80\x8E"), NL_STR("\xE2\x80\x8F"),
        NL_STR("\xE2\x81\xA0"), NL_STR("\xE3\x80\x80"),
        NL_STR("\xE2\x80\xAF"),
    };
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (nl_str_starts(nl_str_sub(s, at, s.n), odd[i]))
            return odd[i].n;
    return 0;
}

/* A line that is dashes, more or less: where they stand, and whether that is all there is. */
typedef struct dashes {
    bool found;
    nl_span before, marks, after; /* `after` is what is odd behind them */
} dashes;

static size_t skip_odd(nl_str s, size_t at, size_t end, bool *any) {
    for (;;) {
        size_t n = at < end ? oddity(s, at) : 0;
        if (n)
            *any = true;
        else if (at < end && nl_is_blank((unsigned char)s.p[at]))
            n = 1;
        if (!n)
            return at;
        at += n;
    }
}

static dashes read_dashes(nl_str s, line l) {
    dashes d = {0};
    bool odd = false;
    size_t at = skip_odd(s, l.start, l.end, &odd);
    d.before = nl_span_of(l.start, at);
    d.marks.start = at;
    while (at < l.end && s.p[at] == '-')
        at++;
    d.marks.end = at;
    odd = false;
    size_t end = skip_odd(s, at, l.end, &odd);
    d.after = nl_span_of(at, odd ? end : at);
    d.found = end == l.end && d.marks.end - d.marks.start >= 2;
    return d;
}

static bool is_key_line(nl_str s, line l) {
    size_t at = l.start;
    char quote = at < l.end && (s.p[at] == '"' || s.p[at] == '\'') ? s.p[at] : '\0';
    if (quote) {
        for (at++; at < l.end && s.p[at] != quote; at++)
            ;
        at++;
    } else {
        while (at < l.end && !strchr(": \t#`*[(<>|!", s.p[at])) /* a NUL ends it too */
            at++;
    }
    return at > l.start && at < l.end && s.p[at] == ':' &&
           (at + 1 == l.end || nl_is_blank((unsigned char)s.p[at + 1]));
}

/* Do a key and, later, a line of dashes follow, from that line on? */
static bool looks_like_yaml(nl_source *source, size_t number) {
    nl_str s = source->bytes;
    line l = line_at(source, number);
    while (l.next > l.start && (l.end == l.start || s.p[l.start] == '#'))
        l = line_at(source, ++number);
    if (!is_key_line(s, l))
        return false;
    while (l.next > l.start) {
        l = line_at(source, ++number);
        if (read_dashes(s, l).found || is_line(s, l, "..."))
            return true;
    }
    return false;
}

static void set_almost(nl_front *f, nl_span span, const char *message) {
    f->almost = true;
    f->almost_span = span;
    f->almost_message = nl_str_c(message);
}

static void find_almost(nl_source *source, nl_front *f) {
    nl_str s = source->bytes;
    bool odd = false;
    size_t bom = nl_source_bom(s), number = 1;
    line l = line_at(source, number);
    while (l.next > l.end && skip_odd(s, l.start, l.end, &odd) == l.end)
        l = line_at(source, ++number);
    dashes d = read_dashes(s, l);
    if (!d.found || !looks_like_yaml(source, number + 1))
        return;
    nl_span before = nl_span_of(bom, d.marks.start);
    odd = false;
    for (size_t at = before.start; at < before.end && !odd; at++)
        odd = oddity(s, at) > 0;
    if (odd && nl_str_starts(nl_str_sub(s, before.start, s.n), NL_S("\xEF\xBB\xBF")))
        set_almost(f, before,
                   "a second byte order mark stands before the first `---`, so the "
                   "front matter is not seen; remove it");
    else if (odd &&
             nl_str_starts(nl_str_sub(s, before.start, s.n), NL_S("\xC3\xAF\xC2\xBB\xC2\xBF")))
        set_almost(f, before,
                   "a damaged byte order mark (`\xC3\xAF\xC2\xBB\xC2\xBF`) stands before "
                   "the first `---`, so the front matter is not seen; remove it");
    else if (odd)
        set_almost(f, before,
                   "an invisible character stands before the first `---`, so the front "
                   "matter is not seen; remove it");
    else if (l.start > bom)
        set_almost(f, before,
                   "a blank line stands before the first `---`, so the front matter is "
                   "not seen; remove it");
    else if (before.end > before.start)
        set_almost(f, before,
                   "blanks stand before the first `---`, so the front matter is not "
                   "seen; remove them");
    else if (d.after.end > d.after.start)
        set_almost(f, d.after,
                   "an invisible character stands behind the first `---`, so the front "
                   "matter is not seen; remove it");
    else
        set_almost(f, d.marks,
                   "the first line must be exactly three dashes (`---`) for front "
                   "matter to be seen");
}

/* A line that was perhaps meant to close the front matter. */
static void find_almost_closed(nl_source *source, nl_front *f) {
    nl_str s = source->bytes;
    for (size_t number = 2; number <= source->line_count; number++) {
        line l = line_at(source, number);
        dashes d = read_dashes(s, l);
        if (!d.found)
            continue;
        if (d.before.end > d.before.start)
            set_almost(f, d.before, "the closing `---` must stand at the beginning of its line");
        else if (d.after.end > d.after.start)
            set_almost(f, d.after, "nothing but blanks may stand behind the closing `---`");
        else
            set_almost(f, d.marks, "the closing line must be exactly three dashes (`---`)");
        return;
    }
}

static bool closes(nl_str s, line l, nl_front_format format) {
    switch (format) {
    case NL_FRONT_YAML:
        return is_line(s, l, "---") || is_line(s, l, "...");
    case NL_FRONT_JSON:
        return is_line(s, l, "}");
    default:
        return is_line(s, l, "+++");
    }
}

static bool may_close(char first) {
    return first == '-' || first == '.' || first == '}' || first == '+';
}

/* Finds the line that closes the front matter: a line that begins otherwise is not looked at. */
static bool find_closing(nl_source *source, nl_front_format format, line *l, size_t *number) {
    nl_str s = source->bytes;
    for (*number = 2; *number <= source->line_count; ++*number) {
        size_t at = source->lines[*number - 1];
        if (at == s.n || !may_close(s.p[at]))
            continue;
        *l = line_at(source, *number);
        if (closes(s, *l, format))
            return true;
    }
    return false;
}

size_t nl_front_find(nl_source *source, nl_front *f) {
    nl_str s = source->bytes;
    nl_source_make_lines(source);
    size_t bom = nl_source_bom(s), number;
    line l = line_at(source, 1);
    f->format = is_line(s, l, "---")   ? NL_FRONT_YAML
                : is_line(s, l, "+++") ? NL_FRONT_TOML
                : is_line(s, l, "{")   ? NL_FRONT_JSON
                                       : NL_FRONT_NONE;
    if (f->format == NL_FRONT_NONE) {
        find_almost(source, f);
        return bom;
    }
    bool json = f->format == NL_FRONT_JSON;
    size_t marks = json ? 1 : 3;
    f->open = nl_span_of(bom, bom + marks);
    f->content.start = json ? bom : l.next;
    f->first_line = 1;
    if (find_closing(source, f->format, &l, &number)) {
        f->close = nl_span_of(l.start, l.start + marks);
        f->content.end = json ? f->close.end : l.start;
        f->last_line = number;
        return l.next;
    }
    f->unclosed = true;
    f->content.end = s.n;
    f->last_line = source->line_count;
    f->close = nl_span_of(s.n, s.n);
    if (f->format == NL_FRONT_YAML)
        find_almost_closed(source, f);
    return s.n;
}
