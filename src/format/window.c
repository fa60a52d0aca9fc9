/* Grapheme clusters as cells, and the choice of which to show. */
#include "format/window.h"
#include "base/utf8.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "format/write.h"
#include <string.h>

enum { CLUSTER_MAX = 256, TAB = 8 }; /* a cluster of more bytes is shown in parts */

typedef struct cell {
    size_t at;   /* in the line */
    size_t text; /* in the buffer */
    size_t col;  /* cells before it */
} cell;

/* The clusters near the range. One more cell closes the list. */
typedef struct row {
    cell *cells;
    size_t count;
    bool cut_left, cut_right;
    nl_buf text;
} row;

size_t nl_cells(nl_str s) {
    size_t sum = 0, width;
    for (size_t i = 0; i < s.n; sum += width)
        i += nl_grapheme_read(s.p + i, s.n - i, &width);
    return sum;
}

/* Appends what a cluster looks like and returns its width, which is never 0. */
static size_t put_cluster(nl_str cluster, size_t width, nl_buf *out) {
    size_t before = out->n;
    nl_visible(cluster, out);
    if (out->n - before != cluster.n) /* escaped */
        return nl_cells((nl_str){out->p + before, out->n - before});
    if (width)
        return width;
    out->n = before; /* a mark that stands alone */
    for (size_t i = 0; i < cluster.n; i++)
        nl_buf_printf(out, "\\x%02X", (unsigned)(unsigned char)cluster.p[i]);
    return out->n - before;
}

static void row_read(row *r, nl_str line, size_t from, size_t to, bool in_job, nl_arena *arena) {
    r->cells = NL_NEW_ARRAY(arena, cell, to - from + 1);
    unsigned guard = 0;
    size_t at = from, col = 0;
    while (at < to) {
        size_t width, left = line.n - at;
        size_t n = nl_grapheme_read(line.p + at, left < CLUSTER_MAX ? left : CLUSTER_MAX, &width);
        r->cells[r->count++] = (cell){at, r->text.n, col};
        if (line.p[at] == '\t') {
            for (width = TAB - col % TAB, n = 1; r->text.n - r->cells[r->count - 1].text < width;)
                nl_buf_putc(&r->text, ' ');
            guard = 0;
        } else if (nl_log_guard(&guard, line.p[at]) && in_job) {
            nl_buf_puts(&r->text, "\\x5B");
            width = 4;
        } else {
            width = put_cluster((nl_str){line.p + at, n}, width, &r->text);
        }
        col += width;
        at += n;
    }
    r->cells[r->count] = (cell){at, r->text.n, col};
    r->cut_left = from > 0;
    r->cut_right = at < line.n;
}

/* The cells first to last (exclusive) that touch the range; both are `count` at the line's end. */
static void find_marked(const row *r, size_t start, size_t end, size_t *first, size_t *last) {
    size_t i = 0;
    while (i < r->count && r->cells[i + 1].at <= start)
        i++;
    *first = i;
    while (i < r->count && (r->cells[i].at < end || i == *first))
        i++;
    *last = i;
}

/* The first cell to show, so that the marked ones are in sight with what stands around them. */
static size_t choose_first(const row *r, size_t first, size_t last, size_t width) {
    const cell *c = r->cells;
    size_t marked = c[last].col - c[first].col + (first == r->count);
    if (!r->cut_left && c[first].col + marked < width)
        return 0;
    size_t room = width - 2; /* for an ellipsis on each side */
    size_t left = marked >= room ? room / 4 : (room - marked) / 2;
    size_t rest = c[r->count].col - c[last].col;
    if (!r->cut_right && marked < room && rest < room - marked - left)
        left = room - marked - rest;
    size_t i = first;
    while (i > 0 && c[first].col - c[i - 1].col <= left)
        i--;
    return i;
}

static size_t choose_last(const row *r, size_t from, size_t room) {
    const cell *c = r->cells;
    if (!r->cut_right && c[r->count].col - c[from].col <= room)
        return r->count;
    size_t i = from;
    while (i < r->count && c[i + 1].col - c[from].col <= room - 1)
        i++;
    return i;
}

static nl_window row_show(const row *r, size_t first, size_t last, size_t width, nl_arena *arena) {
    const cell *c = r->cells;
    size_t from = choose_first(r, first, last, width);
    bool left = from > 0 || r->cut_left;
    size_t to = choose_last(r, from, width - left);
    bool right = to < r->count || r->cut_right;
    nl_buf b = {0};
    nl_buf_puts(&b, left ? "…" : "");
    nl_buf_str_add(&b, nl_str_sub(nl_buf_str(&r->text), c[from].text, c[to].text));
    nl_buf_puts(&b, right ? "…" : "");
    nl_window w = {.text = {nl_arena_copy(arena, b.p, b.n), b.n}};
    nl_buf_free(&b);
    w.mark = left + c[first].col - c[from].col;
    w.mark_width = last > to ? c[to].col - c[first].col + 1 : c[last].col - c[first].col;
    if (w.mark_width == 0)
        w.mark_width = 1;
    return w;
}

nl_window nl_window_show(nl_str line, size_t start, size_t end, size_t width, bool in_job,
                         nl_arena *arena) {
    width = width < NL_WINDOW_MIN ? NL_WINDOW_MIN : width > NL_WINDOW_MAX ? NL_WINDOW_MAX : width;
    start = start < line.n ? start : line.n;
    end = end < start ? start : end < line.n ? end : line.n;
    size_t reach = 8 * width + CLUSTER_MAX;
    size_t from = start > reach ? start - reach : 0;
    size_t to = end - start > reach ? start + reach : end;
    to = line.n - to > reach ? to + reach : line.n;
    while (from > 0 && from < start && nl_utf8_goes_on(line, from))
        from++;
    row r = {0};
    row_read(&r, line, from, to, in_job, arena);
    size_t first, last;
    find_marked(&r, start, end, &first, &last);
    nl_window w = row_show(&r, first, last, width, arena);
    nl_buf_free(&r.text);
    return w;
}
