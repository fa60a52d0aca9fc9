/* The lines around a fix's edits, before and after. Looks at a bounded part of the text. */
#include "format/fixlines.h"

#include "format/window.h"
#include <string.h>

enum { SPAN_MAX = 16 * 1024, REACH = 2 * NL_WINDOW_REACH };

static bool is_end(char c) {
    return c == '\n' || c == '\r';
}

/* The lines that the edits touch, cut at REACH bytes from them. */
static nl_str region(const newslint_result *result, const newslint_diagnostic *d, size_t *line) {
    nl_str text = nl_view(newslint_result_text(result));
    size_t start = d->edits[0].start, end = d->edits[d->edit_count - 1].end;
    if (!text.p || start > end || end > text.n || end - start > SPAN_MAX)
        return (nl_str){0};
    newslint_position at = d->range.start; /* known, where locating is a walk through the line */
    if (at.offset != start)
        at = newslint_result_locate(result, start);
    *line = at.line;
    size_t head = at.byte - 1 < REACH ? at.byte - 1 : REACH;
    size_t tail = 0;
    while (tail < REACH && end + tail < text.n && !is_end(text.p[end + tail]))
        tail++;
    return nl_str_sub(text, start - head, end + tail);
}

static nl_str apply(nl_str region, const char *text, const newslint_diagnostic *d,
                    nl_arena *arena) {
    nl_buf b = {0};
    size_t origin = (size_t)(region.p - text), at = 0;
    for (size_t i = 0; i < d->edit_count; i++) {
        const newslint_edit *e = &d->edits[i];
        nl_buf_str_add(&b, nl_str_sub(region, at, e->start - origin));
        nl_buf_add(&b, e->text.data, e->text.size);
        at = e->end - origin;
    }
    nl_buf_str_add(&b, nl_str_sub(region, at, region.n));
    nl_str out = {nl_arena_copy(arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return out;
}

/* Takes the first line off. */
static nl_str cut_line(nl_str *s) {
    size_t n = 0;
    while (n < s->n && !is_end(s->p[n]))
        n++;
    nl_str line = {s->p, n};
    if (n < s->n)
        n += s->p[n] == '\r' && n + 1 < s->n && s->p[n + 1] == '\n' ? 2 : 1;
    *s = nl_str_sub(*s, n, s->n);
    return line;
}

static size_t count_lines(nl_str s) {
    size_t count = 1;
    for (size_t i = 0; i < s.n; i++)
        count += s.p[i] == '\n' || (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n'));
    return count;
}

static size_t split(nl_str s, size_t skip, size_t keep, nl_str *out) {
    for (size_t i = 0; i < skip; i++)
        cut_line(&s);
    for (size_t i = 0; i < keep; i++)
        out[i] = cut_line(&s);
    return keep;
}

/* How many lines both begin with; neither has fewer than `most`. */
static size_t same_lines(nl_str a, nl_str b, size_t most) {
    size_t same = 0;
    while (same < most && nl_str_eq(cut_line(&a), cut_line(&b)))
        same++;
    return same;
}

static void drop_same_tail(nl_fix_lines *l) {
    while (l->old_count && l->new_count &&
           nl_str_eq(l->old[l->old_count - 1], l->new[l->new_count - 1])) {
        l->old_count--;
        l->new_count--;
    }
}

bool nl_fix_lines_make(const newslint_result *result, const newslint_diagnostic *d,
                       nl_fix_lines *lines, nl_arena *arena) {
    *lines = (nl_fix_lines){0};
    if (d->safety == NEWSLINT_NO_FIX || d->edit_count == 0)
        return false;
    nl_str old = region(result, d, &lines->line);
    if (!old.p)
        return false;
    nl_str new = apply(old, newslint_result_text(result).data, d, arena);
    size_t old_count = count_lines(old), new_count = count_lines(new);
    size_t skip = same_lines(old, new, old_count < new_count ? old_count : new_count);
    if (old_count - skip > NL_FIX_LINES_MAX || new_count - skip > NL_FIX_LINES_MAX)
        return false;
    lines->line += skip;
    lines->old_count = split(old, skip, old_count - skip, lines->old);
    lines->new_count = split(new, skip, new_count - skip, lines->new);
    drop_same_tail(lines);
    return lines->old_count + lines->new_count > 0;
}
