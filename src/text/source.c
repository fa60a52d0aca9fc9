/* The line table and the units in which a place is told. */
#include "text/source.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include <string.h>

enum { TAB_WIDTH = 8, MARK_STEP = 512 };

/* A place on a walk along a line: a character, and the cluster in which it lies or which it ends.
 */
struct nl_source_mark {
    size_t offset, column, utf16; /* 0, 0, 0: not made yet */
    size_t cluster_end, cells, width;
};

nl_source nl_source_of(nl_str path, nl_str bytes, nl_arena *arena) {
    return (nl_source){.path = path, .bytes = bytes, .arena = arena};
}

size_t nl_source_bom(nl_str bytes) {
    return bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* The offset behind the next line end at or after `at`, or the length if there is none. */
static size_t next_line(nl_str text, size_t at, bool *ended) {
    for (; at < text.n; at++) {
        if (text.p[at] == '\n' || text.p[at] == '\r') {
            *ended = true;
            return at + (text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n' ? 2 : 1);
        }
    }
    *ended = false;
    return text.n;
}

static size_t count_lines(nl_str text) {
    size_t count = 1;
    bool ended = false;
    for (size_t at = 0; (at = next_line(text, at, &ended), ended);)
        count++;
    return count;
}

static void make_lines(nl_source *s) {
    if (s->lines)
        return;
    s->line_count = count_lines(s->bytes);
    s->lines = nl_arena_alloc(s->arena, s->line_count * sizeof *s->lines);
    size_t at = 0;
    bool ended = false;
    for (size_t i = 0; i < s->line_count; i++) {
        s->lines[i] = at;
        at = next_line(s->bytes, at, &ended);
    }
}

size_t nl_source_line_count(nl_source *s) {
    make_lines(s);
    return s->line_count;
}

size_t nl_source_line_at(nl_source *s, size_t offset) {
    make_lines(s);
    size_t low = 0, high = s->line_count; /* lines[low] <= offset < lines[high] */
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (s->lines[mid] <= offset)
            low = mid;
        else
            high = mid;
    }
    return low + 1;
}

nl_span nl_source_line(nl_source *s, size_t line) {
    make_lines(s);
    size_t start = s->lines[line - 1];
    size_t end = line < s->line_count ? s->lines[line] : s->bytes.n;
    if (line < s->line_count) {
        if (end > start && s->bytes.p[end - 1] == '\n')
            end--;
        if (end > start && s->bytes.p[end - 1] == '\r')
            end--;
    }
    return nl_span_of(start, end);
}

/* Goes on to the character that begins at or holds `to`, in the same line. */
static void walk(const nl_source *s, nl_source_mark *m, size_t to) {
    nl_str text = s->bytes;
    while (m->offset < to) {
        uint32_t cp;
        size_t len = nl_utf8_read(text.p + m->offset, text.n - m->offset, &cp);
        if (m->offset + len > to)
            break;
        m->offset += len;
        m->column++;
        m->utf16 += cp != NL_CP_INVALID && cp > 0xFFFF ? 2 : 1;
    }
    while (m->cluster_end <= to) {
        m->cells += m->width;
        m->width = 0;
        if (m->cluster_end == text.n)
            break;
        const char *p = text.p + m->cluster_end;
        m->cluster_end += nl_grapheme_read(p, text.n - m->cluster_end, &m->width);
        if (*p == '\t')
            m->width = TAB_WIDTH - m->cells % TAB_WIDTH;
    }
}

/* Goes on from the last mark in the line, and makes those that are missing, up to `to`. */
static void walk_marks(nl_source *s, nl_source_mark *m, size_t to) {
    size_t from = m->offset, k = to / MARK_STEP;
    if (k * MARK_STEP > from && !s->marks)
        s->marks = NL_NEW_ARRAY(s->arena, nl_source_mark, s->bytes.n / MARK_STEP + 1);
    while (k * MARK_STEP > from && s->marks[k].column == 0)
        k--;
    if (k * MARK_STEP > from)
        *m = s->marks[k];
    while (++k * MARK_STEP <= to) {
        walk(s, m, k * MARK_STEP);
        s->marks[k] = *m;
    }
}

nl_position nl_source_locate(nl_source *s, size_t offset) {
    if (offset > s->bytes.n)
        offset = s->bytes.n;
    size_t line = nl_source_line_at(s, offset);
    size_t from = line == 1 ? nl_source_bom(s->bytes) : s->lines[line - 1];
    size_t to = offset > from ? offset : from;
    nl_source_mark m = {.offset = from, .column = 1, .utf16 = 1, .cluster_end = from};
    if (s->arena)
        walk_marks(s, &m, to);
    walk(s, &m, to);
    return (nl_position){.offset = offset,
                         .line = line,
                         .column = m.column,
                         .utf16 = m.utf16,
                         .byte = to - from + 1,
                         .display = m.cells + 1};
}

size_t nl_source_offset(nl_source *s, size_t line, size_t column) {
    make_lines(s);
    if (line < 1)
        return 0;
    if (line > s->line_count)
        return s->bytes.n;
    nl_span span = nl_source_line(s, line);
    size_t at = span.start + (line == 1 ? nl_source_bom(s->bytes) : 0);
    for (size_t i = 1; i < column && at < span.end; i++) {
        uint32_t cp;
        at += nl_utf8_read(s->bytes.p + at, span.end - at, &cp);
    }
    return at;
}
