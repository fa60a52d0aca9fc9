/*
 * The unified diff of two texts. Lines are compared by Myers's greedy algorithm (1986, "An O(ND)
 * difference algorithm and its variations"), which is minimal for up to DIFFERENCES_MOST lines that
 * differ; beyond, what was found so far is kept and it starts again from there, so that the time is
 * linear in the lines whatever the texts, and the result right, if not the shortest.
 */
#include "base/mem.h"
#include "text/edit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, DIFFERENCES_MOST = 128 };

typedef struct line {
    nl_str text; /* with its LF, if it has one */
    uint64_t hash;
} line;

typedef struct side {
    line *lines;
    bool *changed; /* removed from the old text, added to the new; one more than there are lines */
    size_t count;
} side;

/* FNV-1a (RFC 9923), only to tell most lines apart quickly. */
static uint64_t hash_of(nl_str s) {
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static side split(nl_str text) {
    side s = {.lines = nl_alloc(sizeof *s.lines)};
    size_t cap = 1;
    while (text.n > 0) {
        size_t end = nl_str_find(text, '\n');
        end += end < text.n;
        s.lines = nl_grow(s.lines, &cap, s.count + 1, sizeof *s.lines);
        nl_str one = nl_str_sub(text, 0, end);
        s.lines[s.count++] = (line){one, hash_of(one)};
        text = nl_str_sub(text, end, text.n);
    }
    s.changed = nl_calloc(s.count + 1, sizeof *s.changed);
    return s;
}

static void drop(side *s) {
    free(s->lines);
    free(s->changed);
}

static bool same(const line *a, const line *b) {
    return a->hash == b->hash && nl_str_eq(a->text, b->text);
}

/* The lines from which two sides are still to be compared. */
typedef struct window {
    side *old, *now;
    size_t old_at, new_at;
    int64_t old_count, new_count;
    int64_t *reach; /* row d, diagonal k at d*d + d + k: how far in the old lines, -1 for nowhere */
} window;

static int64_t reach(const window *w, int64_t d, int64_t k) {
    return k < -d || k > d ? -1 : w->reach[d * d + d + k];
}

/* Where diagonal k is entered with d differences, before equal lines are followed. */
static int64_t enter(const window *w, int64_t d, int64_t k, bool *added) {
    if (d == 0)
        return 0;
    int64_t add = reach(w, d - 1, k + 1), removed = reach(w, d - 1, k - 1);
    if (add >= 0 && add - k > w->new_count)
        add = -1;
    removed = removed >= 0 && removed < w->old_count ? removed + 1 : -1;
    *added = add >= removed;
    return *added ? add : removed;
}

static int64_t follow_equal(const window *w, int64_t x, int64_t k) {
    while (x < w->old_count && x - k < w->new_count &&
           same(&w->old->lines[w->old_at + (size_t)x], &w->now->lines[w->new_at + (size_t)(x - k)]))
        x++;
    return x;
}

/* Marks the way that leads to diagonal k with d differences. */
static void mark(const window *w, int64_t d, int64_t k) {
    for (; d > 0; d--) {
        bool added = false;
        int64_t x = enter(w, d, k, &added);
        if (added) {
            w->now->changed[w->new_at + (size_t)(x - k - 1)] = true;
            k++;
        } else {
            w->old->changed[w->old_at + (size_t)(x - 1)] = true;
            k--;
        }
    }
}

/* Compares up to the end or to DIFFERENCES_MOST, marks what differs, and moves the window behind
 * it. False at the end. */
static bool compare_some(window *w) {
    int64_t best = 0, best_x = 0, best_k = 0;
    for (int64_t d = 0; d <= DIFFERENCES_MOST; d++) {
        best = -1;
        for (int64_t k = -d; k <= d; k++) {
            bool added;
            int64_t x = (d + k) % 2 == 0 ? enter(w, d, k, &added) : -1;
            if (x >= 0)
                x = follow_equal(w, x, k);
            w->reach[d * d + d + k] = x;
            if (x >= 0 && 2 * x - k > best) {
                best = 2 * x - k;
                best_x = x;
                best_k = k;
            }
        }
        if (best == w->old_count + w->new_count) {
            mark(w, d, best_k);
            return false;
        }
    }
    mark(w, DIFFERENCES_MOST, best_k);
    w->old_at += (size_t)best_x;
    w->old_count -= best_x;
    w->new_at += (size_t)(best_x - best_k);
    w->new_count -= best_x - best_k;
    return true;
}

static void compare(side *a, side *b) {
    size_t head = 0, tail = 0, least = a->count < b->count ? a->count : b->count;
    while (head < least && same(&a->lines[head], &b->lines[head]))
        head++;
    while (tail < least - head &&
           same(&a->lines[a->count - 1 - tail], &b->lines[b->count - 1 - tail]))
        tail++;
    window w = {.old = a,
                .now = b,
                .old_at = head,
                .new_at = head,
                .old_count = (int64_t)(a->count - head - tail),
                .new_count = (int64_t)(b->count - head - tail)};
    size_t rows = DIFFERENCES_MOST + 1;
    w.reach = nl_alloc(rows * rows * sizeof *w.reach);
    while (compare_some(&w))
        ;
    free(w.reach);
}

/* The same places in both texts, in lines. */
typedef struct place {
    size_t old, now;
} place;

/* Passes over at most `most` equal lines. */
static place pass_equal(const side *a, const side *b, place p, size_t most) {
    while (most-- > 0 && p.old < a->count && p.now < b->count && !a->changed[p.old] &&
           !b->changed[p.now])
        p.old++, p.now++;
    return p;
}

static place pass_changed(const side *a, const side *b, place p) {
    while (a->changed[p.old])
        p.old++;
    while (b->changed[p.now])
        p.now++;
    return p;
}

static void put_range(char sign, size_t start, size_t count, nl_buf *out) {
    nl_buf_printf(out, "%c%zu", sign, count ? start + 1 : start);
    if (count != 1)
        nl_buf_printf(out, ",%zu", count);
}

static void put_line(char sign, nl_str text, nl_buf *out) {
    nl_buf_putc(out, sign);
    nl_buf_str_add(out, text);
    if (!nl_str_ends(text, NL_S("\n")))
        nl_buf_puts(out, "\n\\ No newline at end of file\n");
}

static void put_hunk(const side *a, const side *b, place from, place to, nl_buf *out) {
    nl_buf_puts(out, "@@ ");
    put_range('-', from.old, to.old - from.old, out);
    nl_buf_putc(out, ' ');
    put_range('+', from.now, to.now - from.now, out);
    nl_buf_puts(out, " @@\n");
    while (from.old < to.old || from.now < to.now) {
        if (a->changed[from.old]) {
            put_line('-', a->lines[from.old++].text, out);
        } else if (b->changed[from.now]) {
            put_line('+', b->lines[from.now++].text, out);
        } else {
            put_line(' ', a->lines[from.old++].text, out);
            from.now++;
        }
    }
}

static void put_hunks(const side *a, const side *b, nl_buf *out) {
    place p = pass_equal(a, b, (place){0, 0}, SIZE_MAX);
    while (p.old < a->count || p.now < b->count) {
        size_t before = p.old < p.now ? p.old : p.now;
        if (before > CONTEXT)
            before = CONTEXT;
        place from = {p.old - before, p.now - before}, end;
        do {
            end = pass_changed(a, b, p);
            p = pass_equal(a, b, end, (size_t)2 * CONTEXT);
        } while (a->changed[p.old] || b->changed[p.now]);
        put_hunk(a, b, from, pass_equal(a, b, end, CONTEXT), out);
        p = pass_equal(a, b, p, SIZE_MAX);
    }
}

/* As git's quote_c_style() with core.quotePath on; a tab ends a name with blanks, which would end
 * there else. */
static void put_path(const char *mark, nl_str path, nl_buf *out) {
    static const char escapes[] = "\a\b\t\n\v\f\r\"\\", names[] = "abtnvfr\"\\";
    bool quote = false, blank = false;
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        quote = quote || c < ' ' || c >= 0x7F || c == '"' || c == '\\';
        blank = blank || c == ' ';
    }
    nl_buf_puts(out, mark);
    if (quote)
        nl_buf_putc(out, '"');
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        const char *escape = c ? strchr(escapes, c) : NULL;
        if (escape)
            nl_buf_printf(out, "\\%c", names[escape - escapes]);
        else if (c < ' ' || c >= 0x7F)
            nl_buf_printf(out, "\\%03o", (unsigned)c);
        else
            nl_buf_putc(out, (char)c);
    }
    nl_buf_puts(out, quote ? "\"\n" : blank ? "\t\n" : "\n");
}

void nl_unified_diff(nl_str path, nl_str old_text, nl_str new_text, nl_buf *out) {
    if (nl_str_eq(old_text, new_text))
        return;
    side a = split(old_text), b = split(new_text);
    compare(&a, &b);
    put_path("--- ", path, out);
    put_path("+++ ", path, out);
    put_hunks(&a, &b, out);
    drop(&a);
    drop(&b);
}
