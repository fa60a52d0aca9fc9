/*
 * What articles tell each other: values that must be unique (same.c), and what links lead to
 * (places.c). Facts are collected and sealed, and each result is told of the others with the same
 * key and rule. The answer depends on the set of results alone, not on the order in which they were
 * added.
 */
#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "engine/places.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { RELATED_MAX = NL_SAME_FIRST - 1 };
enum { ARENA_FIRST = 1024 }; /* there may be many corpora with little in them */

/* An article of which the comparison may say something. */
typedef struct concerned {
    uint64_t hash; /* of its path */
    const nl_teller *teller;
} concerned;

struct newslint_corpus {
    nl_arena arena;
    nl_map rules; /* by id: newslint_string */
    nl_same same;
    nl_places places;
    const nl_teller **waiting; /* whose results have something pending */
    size_t waiting_count, waiting_cap;

    /* Sealed. */
    concerned *list; /* while sealing */
    size_t list_count, list_cap;
    concerned *slots; /* the same by hash: open addressing, at most half of them used */
    size_t slot_count;
    bool sealed, whole;
};

newslint_corpus *newslint_corpus_new(void) {
    newslint_corpus *corpus = nl_calloc(1, sizeof *corpus);
    corpus->arena.first = ARENA_FIRST;
    corpus->arena.large = true;
    return corpus;
}

static void unseal(newslint_corpus *corpus) {
    corpus->sealed = false;
    free(corpus->slots);
    corpus->slots = NULL;
    corpus->slot_count = 0;
}

void newslint_corpus_free(newslint_corpus *corpus) {
    if (!corpus)
        return;
    unseal(corpus);
    nl_arena_free(&corpus->arena);
    nl_map_free(&corpus->rules);
    nl_same_free(&corpus->same);
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

static size_t count_values(const newslint_result *result) {
    size_t count = 0;
    for (size_t i = 0; i < result->told_count; i++)
        count += !result->told[i].wants;
    return count;
}

static nl_teller *teller_of(newslint_corpus *corpus, const newslint_result *result) {
    newslint_string path = result->path;
    size_t size = sizeof(nl_teller) + count_values(result) * sizeof(nl_value_told);
    nl_teller *teller = nl_arena_alloc(&corpus->arena, size + path.size + 1);
    memcpy((char *)teller + size, path.data, path.size + 1);
    teller->count = 0;
    teller->path_size = path.size;
    for (size_t i = 0; i < result->told_count; i++) {
        const nl_told *told = &result->told[i];
        if (!told->wants)
            teller->values[teller->count++] =
                (nl_value_told){.key = {told->key[0], told->key[1]},
                                .rule = rule_of(corpus, told->rule),
                                .teller = teller,
                                .start = nl_position_pack(told->range.start),
                                .end = nl_position_pack(told->range.end)};
    }
    return teller;
}

void newslint_corpus_add(newslint_corpus *corpus, const newslint_result *result) {
    unseal(corpus);
    if (!newslint_result_tells(result))
        return;
    nl_teller *teller = teller_of(corpus, result);
    nl_same_add(&corpus->same, teller);
    nl_places_add(&corpus->places, result, teller, &corpus->arena);
    if (result->pending_count) {
        corpus->waiting = nl_grow(corpus->waiting, &corpus->waiting_cap, corpus->waiting_count + 1,
                                  sizeof *corpus->waiting);
        corpus->waiting[corpus->waiting_count++] = teller;
    }
}

void newslint_corpus_merge(newslint_corpus *corpus, newslint_corpus *from) {
    assert(corpus != from);
    unseal(corpus);
    nl_same_take(&corpus->same, &from->same);
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

static void concern(newslint_corpus *corpus, const nl_teller *teller) {
    uint64_t hash = nl_hash_short(view(nl_teller_path(teller)));
    corpus->list =
        nl_grow(corpus->list, &corpus->list_cap, corpus->list_count + 1, sizeof *corpus->list);
    corpus->list[corpus->list_count++] = (concerned){hash, teller};
}

static void concern_alike(void *context, const nl_same_item *first, size_t count) {
    for (size_t i = 0; i < count; i++)
        concern(context, first[i].value->teller);
}

/* Puts those who are concerned into their slots, and the list away. */
static void index_concerned(newslint_corpus *corpus) {
    size_t count = 2;
    while (count < corpus->list_count * 2)
        count *= 2;
    corpus->slots = nl_calloc(count, sizeof *corpus->slots);
    corpus->slot_count = count;
    for (size_t k = 0; k < corpus->list_count; k++) {
        concerned c = corpus->list[k];
        size_t i = c.hash & (count - 1);
        while (corpus->slots[i].teller && corpus->slots[i].teller != c.teller)
            i = (i + 1) & (count - 1);
        corpus->slots[i] = c;
    }
    free(corpus->list);
    corpus->list = NULL;
    corpus->list_count = corpus->list_cap = 0;
}

static const nl_teller *find_concerned(const newslint_corpus *corpus, nl_str path) {
    uint64_t hash = nl_hash_short(path);
    size_t last = corpus->slot_count - 1, i = hash & last;
    for (; corpus->slots[i].teller; i = (i + 1) & last) {
        const nl_teller *teller = corpus->slots[i].teller;
        if (corpus->slots[i].hash == hash && nl_str_eq(view(nl_teller_path(teller)), path))
            return teller;
    }
    return NULL;
}

void newslint_corpus_seal(newslint_corpus *corpus, bool whole) {
    unseal(corpus);
    nl_same_seal(&corpus->same, concern_alike, corpus);
    nl_places_sort(&corpus->places);
    for (size_t i = 0; i < corpus->places.wanted_count; i++)
        if (nl_places_find(&corpus->places, corpus->places.wanted[i].told, whole))
            concern(corpus, corpus->places.wanted[i].teller);
    for (size_t i = 0; i < corpus->waiting_count && whole; i++)
        concern(corpus, corpus->waiting[i]);
    index_concerned(corpus);
    corpus->sealed = true;
    corpus->whole = whole;
}

bool newslint_corpus_concerns(const newslint_corpus *corpus, const char *path) {
    assert(corpus->sealed);
    return find_concerned(corpus, nl_str_c(path));
}

/* ---- Checking ------------------------------------------------------------------------------- */

/* What is being added to a result. */
typedef struct adding {
    const newslint_corpus *corpus;
    newslint_result *result;
    newslint_diagnostic *items; /* NULL: nothing yet; else the result's, with room for all */
    size_t count;
} adding;

static newslint_diagnostic *add(adding *a) {
    newslint_result *r = a->result;
    if (!a->items) {
        size_t most = (r->count + r->told_count + r->pending_count) * sizeof *a->items;
        r->added.first = most + r->told_count * NL_SAID;
        a->items = nl_arena_alloc(&r->added, most);
        if (r->count)
            memcpy(a->items, r->items, r->count * sizeof *a->items);
        a->count = r->count;
    }
    return &a->items[a->count++];
}

/* What the comparison says of the fact; NULL if the article wants nothing said. */
static newslint_diagnostic *report(adding *a, const nl_told *told) {
    newslint_result *r = a->result;
    if (told->suppressed) {
        if (told->pending != SIZE_MAX)
            r->pending[told->pending].level = NEWSLINT_OFF;
        return NULL;
    }
    newslint_diagnostic *d = add(a);
    *d = (newslint_diagnostic){.path = r->path,
                               .rule = told->rule,
                               .level = told->level,
                               .range = told->range,
                               .field = told->field,
                               .help = told->help,
                               .url = told->url};
    return d;
}

/* The fact itself among those that are like it; NULL if it was not added. */
static const nl_value_told *find_self(const newslint_corpus *corpus, const nl_value_told *first,
                                      newslint_string path, size_t offset) {
    const nl_teller *teller =
        first->alike == 1 ? first->teller : find_concerned(corpus, view(path));
    if (!teller || !nl_str_eq(view(nl_teller_path(teller)), view(path)))
        return NULL;
    for (const nl_value_told *v = teller->values; v < teller->values + teller->count; v++)
        if (v->start.offset == offset && nl_is_alike(v, first))
            return v;
    return NULL;
}

static void relate(newslint_result *r, newslint_diagnostic *d, const nl_value_told *const *others,
                   size_t count) {
    newslint_related *related = nl_arena_alloc(&r->added, count * sizeof *related);
    for (size_t i = 0; i < count; i++) {
        const nl_value_told *other = others[i];
        newslint_string path = nl_teller_path(other->teller);
        related[i] =
            (newslint_related){.path = r->sharing ? path : keep(&r->added, path),
                               .range = {nl_position_of(other->start), nl_position_of(other->end)},
                               .message = {"here too", 8}};
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
            nl_visible(other, out);
        else
            nl_buf_putc(out, c);
    }
}

static void say(newslint_result *r, newslint_diagnostic *d, const nl_told *told, nl_str other,
                size_t others) {
    nl_buf b = {0};
    nl_buf_reserve(&b, NL_SAID);
    if (told->message.data) {
        fill(told, other, others, &b);
    } else {
        nl_buf_putc(&b, '`');
        nl_buf_str_add(&b, view(told->field));
        nl_buf_puts(&b, "` is not unique: ");
        nl_buf_str_add(&b, view(told->shown));
        nl_buf_puts(&b, others == 1 ? " stands also in `"
                                    : " stands also in other articles, the first being `");
        nl_visible(other, &b);
        nl_buf_putc(&b, '`');
        if (others > 1) {
            nl_buf_puts(&b, " (");
            nl_buf_put_size(&b, others);
            nl_buf_puts(&b, " others)");
        }
    }
    d->message = keep(&r->added, (newslint_string){b.p, b.n});
    nl_buf_free(&b);
}

/* One fact against all others of its key; adds a diagnostic if there is another. */
static void check_unique(adding *a, const nl_told *told) {
    newslint_result *r = a->result;
    const nl_same_item *first = nl_same_find(&a->corpus->same, told->key, told->rule);
    if (!first)
        return;
    size_t alike = first->value->alike, kept = 0;
    const nl_value_told *others[RELATED_MAX];
    const nl_value_told *self =
        find_self(a->corpus, first->value, r->path, told->range.start.offset);
    for (size_t i = 0; i < alike && kept < RELATED_MAX; i++)
        if (first[i].value != self)
            others[kept++] = first[i].value;
    newslint_diagnostic *d = kept ? report(a, told) : NULL;
    if (!d)
        return;
    say(r, d, told, view(nl_teller_path(others[0]->teller)), alike - (self != NULL));
    relate(r, d, others, kept);
}

/* What an article wants; adds a diagnostic if it is not there. */
static void check_wanted(adding *a, const nl_told *told) {
    nl_place_found found = nl_places_find(&a->corpus->places, told, a->corpus->whole);
    newslint_diagnostic *d = found != NL_PLACE_FOUND ? report(a, told) : NULL;
    if (d)
        d->message = found == NL_PLACE_NO_FILE ? told->message : told->no_anchor;
}

static int by_place(const void *a, const void *b) {
    const newslint_diagnostic *x = a, *y = b;
    if (x->range.start.offset != y->range.start.offset)
        return x->range.start.offset < y->range.start.offset ? -1 : 1;
    int order = nl_str_cmp(view(x->rule), view(y->rule));
    return order ? order : nl_str_cmp(view(x->message), view(y->message));
}

void newslint_corpus_check(const newslint_corpus *corpus, newslint_result *result) {
    assert(corpus->sealed);
    adding a = {.corpus = corpus, .result = result};
    for (size_t i = 0; i < result->told_count; i++) {
        const nl_told *told = &result->told[i];
        (told->wants ? check_wanted : check_unique)(&a, told);
    }
    for (size_t i = 0; i < result->pending_count && corpus->whole; i++)
        if (result->pending[i].level != NEWSLINT_OFF)
            *add(&a) = result->pending[i];
    if (!a.items)
        return;
    result->items = a.items;
    result->count = a.count;
    qsort(result->items, result->count, sizeof *result->items, by_place);
}
