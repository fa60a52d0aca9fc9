/* Beam search over keeping and decoding: search.h. */
#include "encoding/search.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/coverage.h"
#include "encoding/guards.h"
#include "encoding/model.h"
#include <stdlib.h>
#include <string.h>

enum {
    BEAM = 8,
    PROOF = 10, /* sequences that explain a text whole and need no search */
    BIT = 8,
    STAY = 2 * BIT,          /* price of one more character in the chain in force */
    LAYER = 2 * BIT,         /* of each layer below the first */
    AMID = 5 * BIT,          /* of a character that stays although it would decode in that chain */
    CASE_BREAK = 7 * BIT,    /* lower case decoded behind capitals */
    NO_BREAK_LATE = 3 * BIT, /* a no-break space behind a capital beyond ASCII */
    OTHER = 10 * BIT,        /* of a chain beside those that the text has gone through */
    SWAP_PRICE = 6 * BIT,
    NO_BREAK_MAX = 5 * BIT /* a no-break space, also beside another space */
};

/* Enter prices, in bits; rare code pages cost more (MDL: what is seldom needs a longer code). */
static const uint8_t enter_bits[NL_PAGE_COUNT] = {
    [NL_PAGE_1252] = 9,    [NL_PAGE_LATIN1] = 9,   [NL_PAGE_1250] = 11,     [NL_PAGE_1251] = 11,
    [NL_PAGE_1253] = 13,   [NL_PAGE_1254] = 11,    [NL_PAGE_1257] = 13,     [NL_PAGE_1258] = 15,
    [NL_PAGE_8859_2] = 13, [NL_PAGE_8859_15] = 13, [NL_PAGE_MACROMAN] = 12, [NL_PAGE_437] = 12,
    [NL_PAGE_850] = 13,    [NL_PAGE_852] = 14,     [NL_PAGE_866] = 14,      [NL_PAGE_KOI8R] = 14,
};

typedef struct state {
    int cost;
    int32_t back;  /* index of the state before, -1 at the start */
    int16_t guess; /* index among the guesses of the place before, -1: kept */
    nl_symbol last;
    nl_class letter; /* the last letter of the output; NL_CLASS_COUNT: none yet */
    bool capital;    /* `last` is a capital behind a letter */
    uint8_t layers;
    uint8_t chain[NL_MOJIBAKE_LAYERS_MAX]; /* in force */
    uint32_t from;
} state;

/* A guess, with what is the same whatever stands before it. */
typedef struct candidate {
    nl_guess guess;
    nl_symbol c;
    int price;   /* of taking up its chain */
    bool known;  /* the text has gone through the chain */
    bool covers; /* coverage.h */
} candidate;

typedef struct place {
    state states[BEAM];
    int count;
    candidate *candidates;
    size_t candidate_count;
    bool amid; /* its unit would decode in a chain that the text has gone through */
} place;

typedef struct search {
    const nl_unit *u;
    size_t n;
    const nl_prior *prior;
    nl_prior covering; /* coverage.h */
    place *places;     /* n + 1 */
} search;

static bool same_chain(const state *s, const nl_guess *g) {
    return s->layers == g->layers && memcmp(s->chain, g->chain, g->layers) == 0;
}

static bool holds(const nl_prior *prior, const nl_guess *g) {
    for (int i = 0; i < prior->count; i++)
        if (nl_guess_same_chain(&prior->chains[i], g))
            return true;
    return false;
}

int nl_search_price(const nl_guess *g) {
    if (g->swapped)
        return SWAP_PRICE;
    int price = 0;
    for (int i = 0; i < g->layers; i++)
        if (i == 0 || g->chain[i] != g->chain[i - 1])
            price += enter_bits[g->chain[i]] * BIT / (i ? 2 : 1);
        else
            price += LAYER;
    return price;
}

/* Puts a state among the best of its place; of two with the same last character and chain the
 * cheaper one stays. */
static void offer(place *p, const state *s) {
    int worst = 0;
    for (int i = 0; i < p->count; i++) {
        state *old = &p->states[i];
        if (old->last.cp == s->last.cp && old->layers == s->layers &&
            memcmp(old->chain, s->chain, s->layers) == 0) {
            if (s->cost < old->cost)
                *old = *s;
            return;
        }
        if (old->cost > p->states[worst].cost)
            worst = i;
    }
    if (p->count < BEAM)
        p->states[p->count++] = *s;
    else if (s->cost < p->states[worst].cost)
        p->states[worst] = *s;
}

static bool followed_by_lower(const search *sr, size_t at) {
    return at < sr->n && nl_class_is_lower(nl_model_class_of(sr->u[at].cp));
}

/* Another page beside those that the text has gone through. Windows-1252 is met beside any. */
static bool is_odd_one(const search *sr, const nl_guess *g) {
    return sr->prior->count > 0 && !g->swapped && g->chain[0] != NL_PAGE_1252;
}

static int decode_cost(const search *sr, const state *s, const candidate *cand, size_t end) {
    nl_symbol c = cand->c;
    int cost = nl_model_cost(s->last, c);
    bool known = cand->known || same_chain(s, &cand->guess);
    if (c.cp == 0xA0 && cost > NO_BREAK_MAX)
        cost = NO_BREAK_MAX;
    nl_standing where = {sr->u, sr->n, end, &cand->guess, c, s->last, s->letter, s->capital};
    if (!known && (nl_guard_capitals(&where) || (!cand->covers && nl_guard_lone(&where, cost))))
        return -1;
    if (nl_class_is_upper((nl_class)s->last.cls) && nl_class_is_lower((nl_class)c.cls) &&
        (s->capital || !followed_by_lower(sr, end)))
        cost += CASE_BREAK;
    return cost + (known ? STAY : cand->price);
}

/* The output goes on from `s` with the character. */
static void move_on(state *next, const state *s, nl_symbol c) {
    bool letter = nl_class_is_letter((nl_class)c.cls) && c.cls != NL_CLASS_COMBINING;
    next->capital = nl_class_is_upper((nl_class)c.cls) && nl_class_is_letter((nl_class)s->last.cls);
    next->letter = letter ? (nl_class)c.cls : s->letter;
    next->last = c;
}

static void step(search *sr, size_t at, int index, nl_symbol own) {
    place *here = &sr->places[at];
    const state *s = &here->states[index];
    state next = *s;
    next.back = index;
    next.from = (uint32_t)at;
    next.guess = -1;
    next.cost = s->cost + nl_model_cost(s->last, own) + (here->amid ? AMID : 0);
    if (own.cp == 0xA0 && s->last.cls == NL_CLASS_LATIN_UPPER)
        next.cost += NO_BREAK_LATE;
    move_on(&next, s, own);
    offer(&sr->places[at + 1], &next);
    for (size_t i = 0; i < here->candidate_count; i++) {
        const candidate *cand = &here->candidates[i];
        const nl_guess *g = &cand->guess;
        int cost = decode_cost(sr, s, cand, at + g->units);
        if (cost < 0)
            continue;
        next.cost = s->cost + cost;
        next.guess = (int16_t)i;
        move_on(&next, s, cand->c);
        if (!g->swapped) {
            next.layers = g->layers;
            memcpy(next.chain, g->chain, sizeof next.chain);
        }
        offer(&sr->places[at + g->units], &next);
    }
}

static void look_for_guesses(search *sr, size_t at, nl_arena *arena) {
    nl_guess found[NL_GUESSES_MAX];
    place *here = &sr->places[at];
    size_t count = nl_guess_at(sr->u + at, sr->n - at, found);
    if (count == 0)
        return;
    here->candidates = NL_NEW_ARRAY(arena, candidate, count);
    here->candidate_count = count;
    for (size_t i = 0; i < count; i++) {
        candidate *c = &here->candidates[i];
        c->guess = found[i];
        c->c = nl_model_symbol(found[i].cp);
        c->price = nl_search_price(&found[i]) + (is_odd_one(sr, &found[i]) ? OTHER : 0);
        c->known = holds(sr->prior, &found[i]);
        c->covers = holds(&sr->covering, &found[i]);
        here->amid = here->amid || c->known;
    }
}

/* Follows the cheapest end back to the start. */
static nl_reading collect(const search *sr, nl_arena *arena) {
    const place *end = &sr->places[sr->n];
    const state *s = &end->states[0];
    for (int i = 1; i < end->count; i++)
        if (end->states[i].cost < s->cost)
            s = &end->states[i];
    nl_reading r = {NULL, 0, s->cost};
    for (const state *t = s; t->back >= 0; t = &sr->places[t->from].states[t->back])
        r.count += t->guess >= 0;
    r.hits = NL_NEW_ARRAY(arena, nl_hit, r.count);
    size_t i = r.count;
    for (const state *t = s; t->back >= 0; t = &sr->places[t->from].states[t->back])
        if (t->guess >= 0)
            r.hits[--i] = (nl_hit){t->from, sr->places[t->from].candidates[t->guess].guess};
    return r;
}

/* The reading of a text that one chain explains whole; the arbiter looks at the others. */
static nl_reading read_whole(const search *sr, const nl_guess *chain, nl_arena *arena) {
    nl_reading r = {NL_NEW_ARRAY(arena, nl_hit, sr->n), 0, 0};
    for (size_t i = 0; i < sr->n;) {
        if (sr->u[i].cp < 0x80) {
            i++;
            continue;
        }
        nl_hit h = {(uint32_t)i, *chain};
        memset(h.guess.saw, 0, sizeof h.guess.saw);
        h.guess.cp = nl_guess_read(sr->u, sr->n, &i, chain->chain, chain->layers, h.guess.saw);
        h.guess.units = (uint16_t)(i - h.from);
        r.hits[r.count++] = h;
    }
    return r;
}

/* The covering chain that the text has gone through before, or the cheapest; there is one. */
static const nl_guess *likeliest(const search *sr) {
    const nl_guess *best = &sr->covering.chains[0];
    for (int i = 0; i < sr->covering.count; i++) {
        const nl_guess *g = &sr->covering.chains[i];
        if (holds(sr->prior, g))
            return g;
        if (nl_search_price(g) < nl_search_price(best))
            best = g;
    }
    return best;
}

nl_reading nl_search(const nl_unit *u, size_t n, const nl_prior *prior, nl_arena *arena) {
    search sr = {.u = u, .n = n, .prior = prior};
    if (nl_coverage(u, n, &sr.covering) >= PROOF)
        return read_whole(&sr, likeliest(&sr), arena);
    sr.places = nl_calloc(n + 1, sizeof(place));
    state *start = &sr.places[0].states[0];
    start->back = start->guess = -1;
    start->last = nl_model_symbol('\n');
    start->letter = NL_CLASS_COUNT;
    sr.places[0].count = 1;
    for (size_t at = 0; at < n; at++) {
        nl_symbol own = nl_model_symbol(u[at].cp);
        look_for_guesses(&sr, at, arena);
        for (int i = 0; i < sr.places[at].count; i++)
            step(&sr, at, i, own);
    }
    nl_reading r = collect(&sr, arena);
    free(sr.places);
    return r;
}
