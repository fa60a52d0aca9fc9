/* The line table and the units in which a place is told. */
#include "text/source.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include <string.h>

enum { TAB_WIDTH = 8 };

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

static size_t display_column(const char *p, size_t n) {
    size_t cells = 0;
    for (size_t i = 0; i < n;) {
        size_t width = 0;
        size_t len = nl_grapheme_read(p + i, n - i, &width);
        cells = p[i] == '\t' ? (cells / TAB_WIDTH + 1) * TAB_WIDTH : cells + width;
        i += len;
    }
    return cells + 1;
}

nl_position nl_source_locate(nl_source *s, size_t offset) {
    if (offset > s->bytes.n)
        offset = s->bytes.n;
    size_t line = nl_source_line_at(s, offset);
    size_t start = s->lines[line - 1];
    size_t from = line == 1 ? nl_source_bom(s->bytes) : start;
    const char *p = s->bytes.p + from;
    size_t n = offset > from ? offset - from : 0;
    return (nl_position){
        .offset = offset,
        .line = line,
        .column = nl_utf8_count(p, n) + 1,
        .utf16 = nl_utf8_count_utf16(p, n) + 1,
        .byte = n + 1,
        .display = display_column(p, n),
    };
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
