/*
 * What articles tell each other: values that must be unique, and what links lead to (places.c).
 * Facts are collected, sorted by key, rule and path, and each result is told of the others with the
 * same key and rule. The answer depends on the set of results alone, not on the order in which they
 * were added. Keys are hashes: their first bits part the facts into buckets, each of which holds
 * but a few where few are the same.
 */
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "engine/places.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { RELATED_MAX = 5, UNITS = 6 };
enum { ARENA_FIRST = 1024 }; /* there may be many corpora with little in them */
enum { BUCKET = 4 };         /* facts of a bucket, about */

/* A fact stands in front matter, of which no more than NL_FRONT_MAX bytes are looked at. */
typedef struct place {
    uint32_t units[UNITS];
} place;

typedef struct entry {
    uint64_t key[2];
    const newslint_string *rule;
    newslint_string path;
    place start, end;
} entry;

typedef struct item {
    uint64_t key; /* the entry's first */
    const entry *entry;
} item;

struct newslint_corpus {
    nl_arena arena;
    nl_map rules; /* by id: newslint_string */
    item *items;
    size_t count, cap;
    const char **waiting; /* paths of results that have something pending */
    size_t waiting_count, waiting_cap;

    /* Sealed. */
    size_t *buckets;  /* where each begins in the items, and the end */
    unsigned shift;   /* of a key, to the number of its bucket */
    nl_map concerned; /* paths */
    bool sealed, whole;

    nl_places places;
};

newslint_corpus *newslint_corpus_new(void) {
    newslint_corpus *corpus = nl_calloc(1, sizeof *corpus);
    corpus->arena.first = ARENA_FIRST;
    return corpus;
}

static void unseal(newslint_corpus *corpus) {
    corpus->sealed = false;
    free(corpus->buckets);
    corpus->buckets = NULL;
    nl_map_free(&corpus->concerned);
}

void newslint_corpus_free(newslint_corpus *corpus) {
    if (!corpus)
        return;
    unseal(corpus);
    nl_arena_free(&corpus->arena);
    nl_map_free(&corpus->rules);
    free(corpus->items);
    free(corpus->waiting);
    nl_places_free(&corpus->places);
    free(corpus);
}

static nl_str view(newslint_string s) {
    return (nl_str){s.data, s.size};
}

static newslint_string keep(nl_arena *arena, newslint_string s) {
    return (newslint_string){s.data ? nl_arena_copy(arena, s.data, s.size) : NULL, s.size};
}

static place packed(newslint_position p) {
    return (place){{(uint32_t)p.offset, (uint32_t)p.line, (uint32_t)p.column, (uint32_t)p.utf16,
                    (uint32_t)p.byte, (uint32_t)p.display}};
}

static newslint_position unpacked(place p) {
    return (newslint_position){p.units[0], p.units[1], p.units[2],
                               p.units[3], p.units[4], p.units[5]};
}

/* ---- Adding --------------------------------------------------------------------------------- */

static const newslint_string *rule_of(newslint_corpus *corpus, newslint_string id) {
    nl_str key = view(id);
    newslint_string *rule = nl_map_get(&corpus->rules, key);
    if (!rule) {
        rule = NL_NEW(&corpus->arena, newslint_string);
        *rule = keep(&corpus->arena, id);
        nl_map_set(&corpus->rules, key, rule);
    }
    return rule;
}

void newslint_corpus_add(newslint_corpus *corpus, const newslint_result *result) {
    unseal(corpus);
    if (!newslint_result_tells(result))
        return;
    newslint_string path = keep(&corpus->arena, result->path);
    nl_places_add(&corpus->places, result, path.data, &corpus->arena);
    for (size_t i = 0; i < result->told_count; i++) {
        const nl_told *told = &result->told[i];
        if (told->wants)
            continue;
        entry *e = NL_NEW(&corpus->arena, entry);
        *e = (entry){.key = {told->key[0], told->key[1]},
                     .rule = rule_of(corpus, told->rule),
                     .path = path,
                     .start = packed(told->range.start),
                     .end = packed(told->range.end)};
        corpus->items =
            nl_grow(corpus->items, &corpus->cap, corpus->count + 1, sizeof *corpus->items);
        corpus->items[corpus->count++] = (item){e->key[0], e};
    }
    if (result->pending_count) {
        corpus->waiting = nl_grow(corpus->waiting, &corpus->waiting_cap, corpus->waiting_count + 1,
                                  sizeof *corpus->waiting);
        corpus->waiting[corpus->waiting_count++] = path.data;
    }
}

void newslint_corpus_merge(newslint_corpus *corpus, newslint_corpus *from) {
    assert(corpus != from);
    unseal(corpus);
    corpus->items = nl_append(corpus->items, &corpus->count, &corpus->cap, from->items, from->count,
                              sizeof *corpus->items);
    corpus->waiting = nl_append(corpus->waiting, &corpus->waiting_count, &corpus->waiting_cap,
                                from->waiting, from->waiting_count, sizeof *corpus->waiting);
    nl_places_take(&corpus->places, &from->places);
    nl_arena_adopt(&corpus->arena, &from->arena);
    newslint_corpus_free(from);
}

void newslint_corpus_files(newslint_corpus *corpus, bool (*is_file)(void *, const char *),
                           void *context) {
    corpus->places.is_file = is_file;
    corpus->places.context = context;
}

/* ---- Sealing -------------------------------------------------------------------------------- */

static int cmp_string(newslint_string a, newslint_string b) {
    return nl_str_cmp(view(a), view(b));
}

static int cmp_key(const entry *a, newslint_string rule, const uint64_t *key) {
    for (size_t i = 0; i < 2; i++)
        if (a->key[i] != key[i])
            return a->key[i] > key[i] ? 1 : -1;
    return a->rule->data == rule.data ? 0 : cmp_string(*a->rule, rule);
}

static bool same_key(item a, item b) {
    return a.key == b.key && cmp_key(a.entry, *b.entry->rule, b.entry->key) == 0;
}

static int by_key(const void *a, const void *b) {
    const item *i = a, *j = b;
    if (i->key != j->key) /* as most are: without a look at the entries */
        return i->key > j->key ? 1 : -1;
    const entry *x = i->entry, *y = j->entry;
    int order = cmp_key(x, *y->rule, y->key);
    if (!order)
        order = cmp_string(x->path, y->path);
    if (!order)
        order = (x->start.units[0] > y->start.units[0]) - (x->start.units[0] < y->start.units[0]);
    return order;
}

static void concern(newslint_corpus *corpus, const char *path) {
    nl_map_add(&corpus->concerned, nl_str_c(path), 0);
}

/* Parts the items into buckets, as many as are a power of two. */
static void part(newslint_corpus *corpus) {
    unsigned bits = 1;
    while (corpus->count >> bits > BUCKET)
        bits++;
    corpus->shift = 64 - bits;
    size_t *next = nl_calloc(((size_t)1 << bits) + 2, sizeof *next);
    for (size_t i = 0; i < corpus->count; i++)
        next[(corpus->items[i].key >> corpus->shift) + 2]++;
    for (size_t b = 2; b < ((size_t)1 << bits) + 2; b++)
        next[b] += next[b - 1];
    item *parted = nl_alloc(corpus->cap * sizeof *parted);
    for (size_t i = 0; i < corpus->count; i++) /* the beginning of a bucket becomes its end */
        parted[next[(corpus->items[i].key >> corpus->shift) + 1]++] = corpus->items[i];
    free(corpus->items);
    corpus->items = parted;
    corpus->buckets = next;
}

static void sort(newslint_corpus *corpus) {
    part(corpus);
    for (size_t low = 0, high; low < corpus->count; low = high) {
        high = corpus->buckets[(corpus->items[low].key >> corpus->shift) + 1];
        if (high - low > 1)
            qsort(corpus->items + low, high - low, sizeof *corpus->items, by_key);
    }
}

void newslint_corpus_seal(newslint_corpus *corpus, bool whole) {
    unseal(corpus);
    sort(corpus);
    for (size_t i = 0, next; i < corpus->count; i = next) {
        const item *first = &corpus->items[i];
        for (next = i + 1; next < corpus->count && same_key(*first, corpus->items[next]); next++)
            concern(corpus, corpus->items[next].entry->path.data);
        if (next > i + 1)
            concern(corpus, first->entry->path.data);
    }
    nl_places_sort(&corpus->places);
    for (size_t i = 0; i < corpus->places.wanted_count; i++)
        if (nl_places_find(&corpus->places, corpus->places.wanted[i].told, whole))
            concern(corpus, corpus->places.wanted[i].path);
    for (size_t i = 0; i < corpus->waiting_count && whole; i++)
        concern(corpus, corpus->waiting[i]);
    corpus->sealed = true;
    corpus->whole = whole;
}

bool newslint_corpus_concerns(const newslint_corpus *corpus, const char *path) {
    assert(corpus->sealed);
    return corpus->concerned.count && nl_map_find(&corpus->concerned, nl_str_c(path)) != SIZE_MAX;
}

/* ---- Checking ------------------------------------------------------------------------------- */

/* The first entry with the key and rule, or behind all of them. */
static size_t bound(const newslint_corpus *corpus, const nl_told *told, bool behind) {
    const size_t *bucket = corpus->buckets + (told->key[0] >> corpus->shift);
    size_t low = bucket[0], high = bucket[1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = cmp_key(corpus->items[mid].entry, told->rule, told->key);
        if (order < 0 || (behind && order == 0))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int cmp_place(const entry *e, newslint_string path, size_t offset) {
    int order = cmp_string(e->path, path);
    return order ? order : (e->start.units[0] > offset) - (e->start.units[0] < offset);
}

/* The fact itself among those of its key, or SIZE_MAX. */
static size_t find_self(const newslint_corpus *corpus, size_t low, size_t high,
                        newslint_string path, size_t offset) {
    size_t end = high;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cmp_place(corpus->items[mid].entry, path, offset) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < end && cmp_place(corpus->items[low].entry, path, offset) == 0 ? low : SIZE_MAX;
}

/* The number of others with the same key, and the first of them. */
static size_t find_others(const newslint_corpus *corpus, const newslint_result *r,
                          const nl_told *told, const entry **others, size_t *kept) {
    size_t low = bound(corpus, told, false), high = bound(corpus, told, true);
    *kept = 0;
    size_t self = find_self(corpus, low, high, r->path, told->range.start.offset);
    for (size_t i = low; i < high && *kept < RELATED_MAX; i++)
        if (i != self)
            others[(*kept)++] = corpus->items[i].entry;
    return high - low - (self != SIZE_MAX);
}

static void relate(newslint_result *r, newslint_diagnostic *d, const entry *const *others,
                   size_t count) {
    newslint_related *related = NL_NEW_ARRAY(&r->added, newslint_related, count);
    for (size_t i = 0; i < count; i++) {
        related[i].path = keep(&r->added, others[i]->path);
        related[i].range = (newslint_range){unpacked(others[i]->start), unpacked(others[i]->end)};
        related[i].message = keep(&r->added, (newslint_string){"here too", 8});
    }
    d->related = related;
    d->related_count = count;
}

/* The rule's own message, with what was left open. */
static void fill(const nl_told *told, nl_str other, size_t others, nl_buf *out) {
    for (size_t i = 0; i < told->message.size; i++) {
        char c = told->message.data[i];
        if (c == NL_FACT_COUNT)
            nl_buf_put_size(out, others);
        else if (c == NL_FACT_OTHER)
            nl_buf_str_add(out, other);
        else
            nl_buf_putc(out, c);
    }
}

static void say(newslint_result *r, newslint_diagnostic *d, const nl_told *told, const entry *first,
                size_t others) {
    nl_buf b = {0}, path = {0};
    nl_visible(view(first->path), &path);
    if (told->message.data) {
        fill(told, nl_buf_str(&path), others, &b);
    } else {
        nl_buf_putc(&b, '`');
        nl_buf_str_add(&b, view(told->field));
        nl_buf_puts(&b, "` is not unique: ");
        nl_buf_str_add(&b, view(told->shown));
        nl_buf_puts(&b, others == 1 ? " stands also in `"
                                    : " stands also in other articles, the first being `");
        nl_buf_str_add(&b, nl_buf_str(&path));
        nl_buf_putc(&b, '`');
        if (others > 1) {
            nl_buf_puts(&b, " (");
            nl_buf_put_size(&b, others);
            nl_buf_puts(&b, " others)");
        }
    }
    d->message = keep(&r->added, (newslint_string){nl_buf_c(&b), b.n});
    nl_buf_free(&b);
    nl_buf_free(&path);
}

/* What the comparison says of the fact; NULL if the article wants nothing said. */
static newslint_diagnostic *report(newslint_result *r, const nl_told *told,
                                   newslint_diagnostic *out, size_t *added) {
    if (told->suppressed) {
        if (told->pending != SIZE_MAX)
            r->pending[told->pending].level = NEWSLINT_OFF;
        return NULL;
    }
    newslint_diagnostic *d = &out[(*added)++];
    *d = (newslint_diagnostic){.path = r->path,
                               .rule = told->rule,
                               .level = told->level,
                               .range = told->range,
                               .field = told->field,
                               .help = told->help,
                               .url = told->url};
    return d;
}

/* One fact against all others of its key; adds a diagnostic if there is another. */
static void check_unique(const newslint_corpus *corpus, newslint_result *r, const nl_told *told,
                         newslint_diagnostic *out, size_t *added) {
    const entry *others[RELATED_MAX];
    size_t kept, count = find_others(corpus, r, told, others, &kept);
    newslint_diagnostic *d = count ? report(r, told, out, added) : NULL;
    if (!d)
        return;
    assert(kept > 0);
    say(r, d, told, others[0], count);
    relate(r, d, others, kept);
}

/* What an article wants; adds a diagnostic if it is not there. */
static void check_wanted(const newslint_corpus *corpus, newslint_result *r, const nl_told *told,
                         newslint_diagnostic *out, size_t *added) {
    nl_place_found found = nl_places_find(&corpus->places, told, corpus->whole);
    newslint_diagnostic *d = found != NL_PLACE_FOUND ? report(r, told, out, added) : NULL;
    if (d)
        d->message = found == NL_PLACE_NO_FILE ? told->message : told->no_anchor;
}

static int by_place(const void *a, const void *b) {
    const newslint_diagnostic *x = a, *y = b;
    if (x->range.start.offset != y->range.start.offset)
        return x->range.start.offset < y->range.start.offset ? -1 : 1;
    int order = cmp_string(x->rule, y->rule);
    return order ? order : cmp_string(x->message, y->message);
}

void newslint_corpus_check(const newslint_corpus *corpus, newslint_result *result) {
    assert(corpus->sealed);
    if (result->told_count == 0)
        return;
    newslint_diagnostic *items =
        NL_NEW_ARRAY(&result->added, newslint_diagnostic,
                     result->count + result->told_count + result->pending_count);
    size_t added = 0;
    if (result->count)
        memcpy(items, result->items, result->count * sizeof *items);
    for (size_t i = 0; i < result->told_count; i++) {
        const nl_told *told = &result->told[i];
        (told->wants ? check_wanted : check_unique)(corpus, result, told, items + result->count,
                                                    &added);
    }
    for (size_t i = 0; i < result->pending_count && corpus->whole; i++)
        if (result->pending[i].level != NEWSLINT_OFF)
            items[result->count + added++] = result->pending[i];
    result->items = items;
    result->count += added;
    if (added)
        qsort(result->items, result->count, sizeof *result->items, by_place);
}
