/*
 * Choosing edits that do not disturb each other, and applying them. All edits are ranked by place
 * once; the ranks that are taken are kept in a Fenwick tree (1994, "A new data structure for
 * cumulative frequency tables"), so that each edit looks at its two neighbours only and any number
 * of fixes in any order costs O(n log n).
 */
#include "text/edit.h"

#include <assert.h>
#include <stdlib.h>

typedef struct ranks {
    const nl_edit **edits; /* by place, without repetition */
    size_t count;
    size_t *tree; /* 1-based: how many are taken */
    bool *taken;
    size_t taken_count;
} ranks;

static int compare_place(const nl_edit *a, const nl_edit *b) {
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    if (a->span.end != b->span.end)
        return a->span.end < b->span.end ? -1 : 1;
    return nl_str_cmp(a->text, b->text);
}

static int compare_places(const void *a, const void *b) {
    return compare_place(*(const nl_edit *const *)a, *(const nl_edit *const *)b);
}

static ranks ranks_of(nl_fix *const *fixes, size_t count, nl_arena *arena) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += fixes[i] ? fixes[i]->count : 0;
    ranks r = {.edits = nl_arena_alloc(arena, n * sizeof(const nl_edit *)),
               .tree = NL_NEW_ARRAY(arena, size_t, n + 1),
               .taken = NL_NEW_ARRAY(arena, bool, n)};
    n = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; fixes[i] && j < fixes[i]->count; j++)
            r.edits[n++] = &fixes[i]->edits[j];
    if (n > 1)
        qsort(r.edits, n, sizeof(const nl_edit *), compare_places);
    for (size_t i = 0; i < n; i++)
        if (r.count == 0 || compare_place(r.edits[r.count - 1], r.edits[i]) != 0)
            r.edits[r.count++] = r.edits[i];
    return r;
}

static size_t rank_of(const ranks *r, const nl_edit *e) {
    size_t low = 0, high = r->count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (compare_place(r->edits[mid], e) <= 0)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void take(ranks *r, size_t rank) {
    if (r->taken[rank])
        return;
    r->taken[rank] = true;
    r->taken_count++;
    for (size_t i = rank + 1; i <= r->count; i += i & -i)
        r->tree[i]++;
}

/* How many ranks below this one are taken. */
static size_t taken_before(const ranks *r, size_t rank) {
    size_t sum = 0;
    for (size_t i = rank; i > 0; i &= i - 1)
        sum += r->tree[i];
    return sum;
}

/* The k-th taken edit, from 0. */
static const nl_edit *taken_at(const ranks *r, size_t k) {
    size_t at = 0, step = 1;
    while (step <= r->count / 2)
        step *= 2;
    for (; step > 0; step /= 2) {
        if (at + step <= r->count && r->tree[at + step] <= k) {
            at += step;
            k -= r->tree[at];
        }
    }
    return r->edits[at];
}

static bool disturbs(nl_span a, nl_span b) {
    if (a.start == a.end || b.start == b.end)
        return a.start <= b.end && b.start <= a.end;
    return a.start < b.end && b.start < a.end;
}

/* What is taken does not overlap, so that only the neighbours can be in the way. */
static bool is_free(const ranks *r, const nl_edit *e) {
    size_t rank = rank_of(r, e);
    if (r->taken[rank])
        return true;
    size_t before = taken_before(r, rank);
    if (before > 0 && disturbs(taken_at(r, before - 1)->span, e->span))
        return false;
    return before == r->taken_count || !disturbs(taken_at(r, before)->span, e->span);
}

static bool can_take(const ranks *r, const nl_fix *fix) {
    for (size_t i = 0; i < fix->count; i++) {
        const nl_edit *e = &fix->edits[i];
        if (e->span.end < e->span.start || (i > 0 && e->span.start < e[-1].span.end))
            return false; /* disturbs itself */
        if (!is_free(r, e))
            return false;
    }
    return fix->count > 0;
}

nl_edit *nl_edits_choose(nl_fix *const *fixes, size_t count, nl_arena *arena, size_t *edit_count,
                         size_t *taken) {
    ranks r = ranks_of(fixes, count, arena);
    *taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (!fixes[i] || !can_take(&r, fixes[i]))
            continue;
        for (size_t j = 0; j < fixes[i]->count; j++)
            take(&r, rank_of(&r, &fixes[i]->edits[j]));
        ++*taken;
    }
    nl_edit *edits = nl_arena_alloc(arena, r.taken_count * sizeof *edits);
    *edit_count = 0;
    for (size_t i = 0; i < r.count; i++)
        if (r.taken[i])
            edits[(*edit_count)++] = *r.edits[i];
    return edits;
}

void nl_edits_apply(nl_str text, const nl_edit *edits, size_t count, nl_buf *out) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        nl_span span = edits[i].span;
        assert(at <= span.start && span.start <= span.end && span.end <= text.n);
        nl_buf_str_add(out, nl_str_sub(text, at, span.start));
        nl_buf_str_add(out, edits[i].text);
        at = span.end;
    }
    nl_buf_str_add(out, nl_str_sub(text, at, text.n));
}
