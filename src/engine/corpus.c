/*
 * What articles tell each other: values that must be unique. Facts are collected, sorted by rule,
 * key and path, and each result is told of the others with the same key. The answer depends on the
 * set of results alone, not on the order in which they were added.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

enum { RELATED_MAX = 5 };

typedef struct entry {
    newslint_string path;
    nl_told told; /* texts in the corpus's arena */
} entry;

struct newslint_corpus {
    nl_arena arena;
    entry *items;
    size_t count, cap;
    bool sorted;
};

newslint_corpus *newslint_corpus_new(void) {
    return nl_calloc(1, sizeof(newslint_corpus));
}

void newslint_corpus_free(newslint_corpus *corpus) {
    if (!corpus)
        return;
    nl_arena_free(&corpus->arena);
    free(corpus->items);
    free(corpus);
}

static newslint_string keep(nl_arena *arena, newslint_string s) {
    return (newslint_string){s.data ? nl_arena_copy(arena, s.data, s.size) : NULL, s.size};
}

void newslint_corpus_add(newslint_corpus *corpus, const newslint_result *result) {
    newslint_string path = result->told_count ? keep(&corpus->arena, result->path) : result->path;
    for (size_t i = 0; i < result->told_count; i++) {
        corpus->items =
            nl_grow(corpus->items, &corpus->cap, corpus->count + 1, sizeof *corpus->items);
        entry *e = &corpus->items[corpus->count++];
        e->path = path;
        e->told = result->told[i];
        e->told.rule = keep(&corpus->arena, e->told.rule);
        e->told.shown = keep(&corpus->arena, e->told.shown);
        e->told.field = e->told.help = e->told.url = (newslint_string){NULL, 0};
    }
    corpus->sorted = false;
}

static int cmp_string(newslint_string a, newslint_string b) {
    return nl_str_cmp((nl_str){a.data, a.size}, (nl_str){b.data, b.size});
}

static int cmp_key(const entry *a, const nl_told *told) {
    int order = cmp_string(a->told.rule, told->rule);
    for (size_t i = 0; i < 2 && !order; i++)
        order = (a->told.key[i] > told->key[i]) - (a->told.key[i] < told->key[i]);
    return order;
}

static int by_key(const void *a, const void *b) {
    const entry *x = a, *y = b;
    int order = cmp_key(x, &y->told);
    if (!order)
        order = cmp_string(x->path, y->path);
    if (!order)
        order = (x->told.range.start.offset > y->told.range.start.offset) -
                (x->told.range.start.offset < y->told.range.start.offset);
    return order;
}

static void sort(newslint_corpus *corpus) {
    if (!corpus->sorted && corpus->count)
        qsort(corpus->items, corpus->count, sizeof *corpus->items, by_key);
    corpus->sorted = true;
}

/* The first entry that is not before the key. */
static size_t lower_bound(const newslint_corpus *corpus, const nl_told *told) {
    size_t low = 0, high = corpus->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cmp_key(&corpus->items[mid], told) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool is_self(const entry *e, const newslint_result *result, const nl_told *told) {
    return cmp_string(e->path, result->path) == 0 &&
           e->told.range.start.offset == told->range.start.offset;
}

static void relate(newslint_result *r, newslint_diagnostic *d, const entry *const *others,
                   size_t count) {
    newslint_related *related = NL_NEW_ARRAY(&r->arena, newslint_related, count);
    for (size_t i = 0; i < count; i++) {
        related[i].path = keep(&r->arena, others[i]->path);
        related[i].range = others[i]->told.range;
        related[i].message = keep(&r->arena, (newslint_string){"here too", 8});
    }
    d->related = related;
    d->related_count = count;
}

static void say(newslint_result *r, newslint_diagnostic *d, const nl_told *told, const entry *first,
                size_t others) {
    nl_buf b = {0}, path = {0};
    nl_visible((nl_str){first->path.data, first->path.size}, &path);
    nl_buf_printf(&b, "`%.*s` is not unique: %.*s%s `%s`", (int)told->field.size,
                  told->field.data ? told->field.data : "", (int)told->shown.size,
                  told->shown.data ? told->shown.data : "",
                  others == 1 ? " stands also in"
                              : " stands also in other articles, the first being",
                  nl_buf_c(&path));
    if (others > 1)
        nl_buf_printf(&b, " (%zu others)", others);
    d->message = keep(&r->arena, (newslint_string){nl_buf_c(&b), b.n});
    nl_buf_free(&b);
    nl_buf_free(&path);
}

/* One fact against all others of its key; adds a diagnostic if there is another. */
static void check_one(const newslint_corpus *corpus, newslint_result *r, const nl_told *told,
                      newslint_diagnostic *out, size_t *added) {
    const entry *others[RELATED_MAX];
    size_t kept = 0, count = 0;
    for (size_t i = lower_bound(corpus, told);
         i < corpus->count && cmp_key(&corpus->items[i], told) == 0; i++) {
        if (is_self(&corpus->items[i], r, told))
            continue;
        if (kept < RELATED_MAX)
            others[kept++] = &corpus->items[i];
        count++;
    }
    if (count == 0)
        return;
    newslint_diagnostic *d = &out[(*added)++];
    *d = (newslint_diagnostic){.path = r->path,
                               .rule = told->rule,
                               .level = told->level,
                               .range = told->range,
                               .field = told->field,
                               .help = told->help,
                               .url = told->url};
    say(r, d, told, others[0], count);
    relate(r, d, others, kept);
}

static int by_place(const void *a, const void *b) {
    const newslint_diagnostic *x = a, *y = b;
    if (x->range.start.offset != y->range.start.offset)
        return x->range.start.offset < y->range.start.offset ? -1 : 1;
    int order = cmp_string(x->rule, y->rule);
    return order ? order : cmp_string(x->message, y->message);
}

void newslint_corpus_check(newslint_corpus *corpus, newslint_result *result) {
    if (result->told_count == 0)
        return;
    sort(corpus);
    newslint_diagnostic *items =
        NL_NEW_ARRAY(&result->arena, newslint_diagnostic, result->count + result->told_count);
    size_t added = 0;
    if (result->count)
        memcpy(items, result->items, result->count * sizeof *items);
    for (size_t i = 0; i < result->told_count; i++)
        check_one(corpus, result, &result->told[i], items + result->count, &added);
    result->items = items;
    result->count += added;
    if (added)
        qsort(result->items, result->count, sizeof *result->items, by_place);
}
