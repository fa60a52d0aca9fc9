/* The line table and the units in which a place is told. */
#include "text/source.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include <string.h>

enum {
    TAB_WIDTH = 8,
    MARK_STEP = 512,
    LONG_LINE = 4 * MARK_STEP,
    LINES_FIRST = 16,
    LINE_USUAL = 32,
    SEEN_WITH_LINES = 32 * 1024, /* bytes, each of which may be a line to begin with */
    SIMPLE_MOST = 128            /* bytes that may be looked at again for each place */
};

/* A place on a walk along a line: a character, and the cluster in which it lies or which it ends.
 */
struct nl_source_mark {
    size_t offset, column, utf16; /* 0, 0, 0: not made yet */
    size_t cluster_end, cells, width;
};

nl_source nl_source_of(nl_str path, nl_str bytes, nl_arena *arena) {
    nl_str text = bytes.p ? bytes : NL_S(""); /* one without bytes may be NULL */
    return (nl_source){.path = path,
                       .bytes = text,
                       .seen = {.kinds = ~0u, .high_end = text.n},
                       .limits = &nl_limits_default,
                       .arena = arena};
}

void nl_source_see(nl_source *s) {
    nl_str text = s->bytes;
    if (text.n > SEEN_WITH_LINES) {
        s->seen = nl_bytes_see(text.p, text.n, NULL);
        return;
    }
    size_t *lines = nl_arena_alloc(s->arena, (text.n + 1) * sizeof *lines), *end = lines;
    *end++ = 0;
    s->seen = nl_bytes_see(text.p, text.n, &end);
    nl_arena_cut(s->arena, lines, (size_t)(end - lines) * sizeof *lines);
    if (s->seen.kinds & NL_BYTES_CR && nl_has_lone_cr(text.p, text.n))
        return;
    s->lines = lines;
    s->line_count = (size_t)(end - lines);
    s->all_lines = true;
}

size_t nl_source_bom(nl_str bytes) {
    return bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Offset of the next c at or behind `at`, or the length. */
static size_t find(nl_str text, char c, size_t at) {
    const char *p = at < text.n ? memchr(text.p + at, c, text.n - at) : NULL;
    return p ? (size_t)(p - text.p) : text.n;
}

static void add_line(nl_source *s, size_t start) {
    if (s->line_count == s->line_cap)
        s->lines =
            nl_arena_grow(s->arena, s->lines, &s->line_cap, s->line_count + 1, sizeof *s->lines);
    s->lines[s->line_count++] = start;
}

static void begin_lines(nl_source *s) {
    s->line_cap = LINES_FIRST + s->bytes.n / LINE_USUAL;
    s->lines = nl_arena_alloc(s->arena, s->line_cap * sizeof *s->lines);
    add_line(s, 0);
    s->lf = find(s->bytes, '\n', 0);
    s->cr = s->seen.kinds & NL_BYTES_CR ? find(s->bytes, '\r', 0) : s->bytes.n;
}

static void find_lines(nl_source *s, size_t to) {
    nl_str text = s->bytes;
    if (!s->lines)
        begin_lines(s);
    size_t start = s->lines[s->line_count - 1], lf = s->lf, cr = s->cr;
    while (start <= to && (lf < text.n || cr < text.n)) {
        if (lf < cr) {
            start = lf + 1;
        } else {
            start = cr + 1;
            cr = find(text, '\r', start);
            start += lf == start && lf < text.n;
        }
        if (lf < start)
            lf = find(text, '\n', start);
        add_line(s, start);
    }
    s->lf = lf;
    s->cr = cr;
    s->all_lines = lf == text.n && cr == text.n;
}

/* Finds lines up to the one that holds `to`, and where that one ends. */
static inline void make_lines(nl_source *s, size_t to) {
    if (s->arena && !s->all_lines)
        find_lines(s, to);
}

void nl_source_make_lines(nl_source *s) {
    make_lines(s, SIZE_MAX);
}

size_t nl_source_line_count(nl_source *s) {
    make_lines(s, SIZE_MAX);
    return s->line_count;
}

size_t nl_source_line_at(nl_source *s, size_t offset) {
    make_lines(s, offset);
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

static void pass_columns(nl_source_mark *m, size_t bytes, size_t count) {
    m->offset += bytes;
    m->column += count;
    m->utf16 += count;
}

/* All of the plain clusters but the last, which may go on behind them. */
static void pass_cells(nl_source_mark *m, nl_str text, size_t bytes, size_t count) {
    m->cells += m->width + count - 2;
    m->width = 1;
    m->cluster_end += bytes;
    do
        m->cluster_end--;
    while (nl_utf8_goes_on(text, m->cluster_end));
}

static void walk_columns(nl_str text, nl_source_mark *m, size_t to) {
    while (m->offset < to) {
        uint32_t cp;
        size_t count, len;
        len = nl_grapheme_plain(text.p + m->offset, to - m->offset, SIZE_MAX, &count);
        pass_columns(m, len, count);
        if (m->offset == to)
            break;
        len = nl_utf8_read(text.p + m->offset, text.n - m->offset, &cp);
        if (m->offset + len > to)
            break;
        m->offset += len;
        m->column++;
        m->utf16 += cp != NL_CP_INVALID && cp > 0xFFFF ? 2 : 1;
    }
}

static void walk_cells(nl_str text, nl_source_mark *m, size_t to) {
    while (m->cluster_end <= to) {
        size_t count, left = to - m->cluster_end;
        size_t plain = nl_grapheme_plain(text.p + m->cluster_end, left, SIZE_MAX, &count);
        if (count > 1)
            pass_cells(m, text, plain, count);
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

/* Goes on to the character that begins at or holds `to`, in the same line. Columns and cells are
 * counted together as long as they are the same, which is mostly all the way. */
static void walk(const nl_source *s, nl_source_mark *m, size_t to) {
    nl_str text = s->bytes;
    if (m->cluster_end == m->offset) {
        size_t count,
            plain = nl_grapheme_plain(text.p + m->offset, to - m->offset, SIZE_MAX, &count);
        if (count > 1) {
            pass_cells(m, text, plain, count);
            pass_columns(m, plain, count);
        }
    }
    walk_columns(text, m, to);
    walk_cells(text, m, to);
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

const nl_source_mark *nl_source_make_marks(nl_source *s, size_t *size) {
    make_lines(s, SIZE_MAX);
    for (size_t i = 0; i < s->line_count; i++) {
        size_t end = i + 1 < s->line_count ? s->lines[i + 1] - 1 : s->bytes.n;
        if (end - s->lines[i] > LONG_LINE)
            nl_source_locate(s, end);
    }
    *size = s->marks ? (s->bytes.n / MARK_STEP + 1) * sizeof *s->marks : 0;
    return s->marks;
}

/* The nearest mark before the place that is there already. */
static void take_mark(const nl_source *s, nl_source_mark *m, size_t to) {
    size_t from = m->offset, k = to / MARK_STEP;
    while (k * MARK_STEP > from && to - k * MARK_STEP < LONG_LINE && s->marks[k].column == 0)
        k--;
    if (k * MARK_STEP > from && s->marks[k].column)
        *m = s->marks[k];
}

/* Is the line so short and simple, up to there, that each byte is a column in all units? All is
 * printable ASCII; what is not, right behind, may belong to the character before. */
static bool is_simple(nl_str text, size_t from, size_t to) {
    static const nl_byte_set others = {{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 | 2},
                                       {1, 1, [7] = 2, 1, 1, 1, 1, 1, 1, 1, 1}};
    nl_str near = nl_str_sub(text, from, from + SIMPLE_MOST);
    return to - from <= near.n && (to == text.n || !((unsigned char)text.p[to] & 0x80)) &&
           nl_bytes_find(&others, near.p, near.n) >= to - from;
}

/* Goes on from *m, which is in the same line and not behind the place; with offset SIZE_MAX from
 * the best place there is. */
static nl_position locate(nl_source *s, size_t offset, nl_source_mark *m) {
    size_t line = nl_source_line_at(s, offset);
    size_t from = line == 1 ? nl_source_bom(s->bytes) : s->lines[line - 1];
    size_t to = offset > from ? offset : from, byte = to - from + 1;
    if (is_simple(s->bytes, from, to))
        return (nl_position){offset, line, byte, byte, byte, byte};
    if (m->offset < from || m->offset > to)
        *m = (nl_source_mark){.offset = from, .column = 1, .utf16 = 1, .cluster_end = from};
    if (s->arena)
        walk_marks(s, m, to);
    else if (s->marks)
        take_mark(s, m, to);
    walk(s, m, to);
    return (nl_position){.offset = offset,
                         .line = line,
                         .column = m->column,
                         .utf16 = m->utf16,
                         .byte = byte,
                         .display = m->cells + 1};
}

static size_t clamped(const nl_source *s, size_t offset) {
    return offset < s->bytes.n ? offset : s->bytes.n;
}

nl_position nl_source_locate(nl_source *s, size_t offset) {
    nl_source_mark m = {.offset = SIZE_MAX};
    return locate(s, clamped(s, offset), &m);
}

void nl_source_locate_span(nl_source *s, nl_span span, nl_position *start, nl_position *end) {
    nl_source_mark m = {.offset = SIZE_MAX};
    *start = locate(s, clamped(s, span.start), &m);
    *end = locate(s, clamped(s, span.end), &m);
}

size_t nl_source_offset(nl_source *s, size_t line, size_t column) {
    make_lines(s, SIZE_MAX);
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
