/* The index of values; see same.h. */
#include "engine/same.h"

#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

enum { BUCKET = 4 }; /* values of a bucket, about */

nl_small_position nl_position_pack(newslint_position p) {
    return (nl_small_position){(uint32_t)p.offset, (uint32_t)p.line, (uint32_t)p.column,
                               (uint32_t)p.utf16,  (uint32_t)p.byte, (uint32_t)p.display};
}

newslint_position nl_position_of(nl_small_position p) {
    return (newslint_position){p.offset, p.line, p.column, p.utf16, p.byte, p.display};
}

static void unseal(nl_same *s) {
    free(s->buckets);
    s->buckets = NULL;
}

void nl_same_free(nl_same *s) {
    unseal(s);
    free(s->items);
    *s = (nl_same){0};
}

void nl_same_add(nl_same *s, nl_teller *teller) {
    unseal(s);
    s->items = nl_grow(s->items, &s->cap, s->count + teller->count, sizeof *s->items);
    for (size_t i = 0; i < teller->count; i++)
        s->items[s->count++] = (nl_same_item){teller->values[i].key[0], &teller->values[i]};
}

void nl_same_take(nl_same *s, nl_same *from) {
    unseal(s);
    s->items = nl_append(s->items, &s->count, &s->cap, from->items, from->count, sizeof *s->items);
    nl_same_free(from);
}

/* ---- Sorting -------------------------------------------------------------------------------- */

static int cmp_string(newslint_string a, newslint_string b) {
    return nl_str_cmp(nl_str_n(a.data, a.size), nl_str_n(b.data, b.size));
}

static int cmp_key(const nl_value_told *v, const uint64_t key[2], newslint_string rule) {
    for (size_t i = 0; i < 2; i++)
        if (v->key[i] != key[i])
            return v->key[i] > key[i] ? 1 : -1;
    return v->rule->data == rule.data ? 0 : cmp_string(*v->rule, rule);
}

bool nl_is_alike(const nl_value_told *a, const nl_value_told *b) {
    return cmp_key(a, b->key, *b->rule) == 0;
}

/* Most keys differ in the half that is at hand, without a look at the values. */
static int cmp_item(const nl_same_item *a, const nl_same_item *b) {
    if (a->key != b->key)
        return a->key > b->key ? 1 : -1;
    return cmp_key(a->value, b->value->key, *b->value->rule);
}

static bool stands_before(const nl_same_item *a, const nl_same_item *b) {
    const nl_value_told *v = a->value, *w = b->value;
    int order = cmp_string(nl_teller_path(v->teller), nl_teller_path(w->teller));
    return order ? order < 0 : v->start.offset < w->start.offset;
}

/* Where the items end that are in order from `at` on. */
static size_t run_end(const nl_same_item *items, size_t at, size_t count) {
    for (at++; at < count && cmp_item(&items[at - 1], &items[at]) <= 0;)
        at++;
    return at;
}

/* Two runs, one behind the other; `spare` has room for the first. */
static void merge(nl_same_item *items, size_t middle, size_t count, nl_same_item *spare) {
    memcpy(spare, items, middle * sizeof *items);
    for (size_t left = 0, right = middle, at = 0; left < middle;) {
        bool take_right = right < count && cmp_item(&items[right], &spare[left]) < 0;
        items[at++] = take_right ? items[right++] : spare[left++];
    }
}

/* Merges runs until there is one. Where there are many items in a bucket, most are alike: there are
 * few runs. */
static void sort(nl_same_item *items, size_t count, nl_same_item *spare) {
    while (run_end(items, 0, count) < count)
        for (size_t low = 0, high; low < count; low = high) {
            size_t middle = run_end(items, low, count);
            high = middle < count ? run_end(items, middle, count) : count;
            merge(items + low, middle - low, high - low, spare);
        }
}

/* Parts the items into buckets, as many as are a power of two, and returns their old room. */
static nl_same_item *part(nl_same *s) {
    unsigned bits = 1;
    while (s->count >> bits > BUCKET)
        bits++;
    s->shift = 64 - bits;
    size_t *next = nl_calloc(((size_t)1 << bits) + 2, sizeof *next);
    for (size_t i = 0; i < s->count; i++)
        next[(s->items[i].key >> s->shift) + 2]++;
    for (size_t b = 2; b < ((size_t)1 << bits) + 2; b++)
        next[b] += next[b - 1];
    nl_same_item *old = s->items, *parted = nl_alloc(s->cap * sizeof *parted);
    for (size_t i = 0; i < s->count; i++) /* the beginning of a bucket becomes its end */
        parted[next[(old[i].key >> s->shift) + 1]++] = old[i];
    s->items = parted;
    s->buckets = next;
    return old;
}

/* Brings the first of those that are alike to the front. */
static void put_first(nl_same_item *items, size_t count) {
    for (size_t i = 1; i < count; i++) {
        nl_same_item item = items[i];
        size_t last = i < NL_SAME_FIRST ? i - 1 : NL_SAME_FIRST - 1, at = last;
        if (!stands_before(&item, &items[last]))
            continue;
        items[i] = items[last];
        for (; at > 0 && stands_before(&item, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static size_t count_alike(const nl_same_item *items, size_t most) {
    size_t count = 1;
    while (count < most && cmp_item(&items[0], &items[count]) == 0)
        count++;
    return count;
}

/* All that is to be done with a bucket, while its values are at hand. */
static void settle(nl_same_item *items, size_t count, nl_same_item *spare, nl_same_alike *alike,
                   void *context) {
    sort(items, count, spare);
    for (size_t i = 0, n; i < count; i += n) {
        n = count_alike(items + i, count - i);
        put_first(items + i, n);
        items[i].value->alike = n;
        if (n > 1)
            alike(context, items + i, n);
    }
}

void nl_same_seal(nl_same *s, nl_same_alike *alike, void *context) {
    unseal(s);
    nl_same_item *spare = part(s);
    for (size_t low = 0, high; low < s->count; low = high) {
        high = s->buckets[(s->items[low].key >> s->shift) + 1];
        settle(s->items + low, high - low, spare, alike, context);
    }
    free(spare);
}

const nl_same_item *nl_same_find(const nl_same *s, const uint64_t key[2], newslint_string rule) {
    const size_t *bucket = s->buckets + (key[0] >> s->shift);
    size_t low = bucket[0], high = bucket[1];
    while (low < high) { /* by what is at hand */
        size_t middle = low + (high - low) / 2;
        if (s->items[middle].key < key[0])
            low = middle + 1;
        else
            high = middle;
    }
    while (low < bucket[1] && s->items[low].key == key[0]) { /* mostly there is one */
        if (cmp_key(s->items[low].value, key, rule) == 0)
            return &s->items[low];
        low += s->items[low].value->alike;
    }
    return NULL;
}
