/* Beam search over keeping and decoding: search.h. */
#include "encoding/search.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/model.h"
#include <stdlib.h>
#include <string.h>

enum {
    BEAM = 8,
    BIT = 8,
    STAY = 2 * BIT,          /* price of one more character in the chain in force */
    LAYER = 2 * BIT,         /* of each layer below the first */
    AMID = 5 * BIT,          /* of a character that stays although it would decode in that chain */
    CASE_BREAK = 7 * BIT,    /* lower case decoded behind capitals */
    LONE_LIMIT = 180,        /* what a lone decoded character may cost where it stands */
    LONE_LIMIT_LONG = 400,   /* the same for four or more units */
    RARE_MIN = 4 * BIT,      /* share of its class that makes a letter rare */
    NO_BREAK_LATE = 3 * BIT, /* a no-break space behind a capital beyond ASCII */
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
    bool capital; /* `last` is a capital behind a letter or at the start of a capitals' word */
    uint8_t layers;
    uint8_t chain[NL_MOJIBAKE_LAYERS_MAX]; /* in force */
    uint32_t from;
} state;

typedef struct place {
    state states[BEAM];
    int count;
    nl_guess *guesses;
    size_t guess_count;
} place;

typedef struct search {
    const nl_unit *u;
    size_t n;
    const nl_prior *prior;
    place *places; /* n + 1 */
} search;

static bool same_chain(const state *s, const nl_guess *g) {
    return s->layers == g->layers && memcmp(s->chain, g->chain, g->layers) == 0;
}

static bool in_prior(const search *sr, const nl_guess *g) {
    for (int i = 0; i < sr->prior->count; i++)
        if (nl_guess_same_chain(&sr->prior->chains[i], g))
            return true;
    return false;
}

/* Does a unit stay that would decode in a chain that the text is known to have gone through? */
static bool stays_amid(const search *sr, const place *here) {
    for (size_t i = 0; i < here->guess_count; i++)
        if (in_prior(sr, &here->guesses[i]))
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

/* Does another sequence of the same pages stand right behind? Then the run is not a lone one. */
static bool run_goes_on(const search *sr, size_t at, const nl_guess *g) {
    return nl_guess_read(sr->u, sr->n, &at, g->chain, g->layers, NULL) != NL_CP_INVALID;
}

static int lone_limit(const nl_guess *g, nl_symbol c) {
    bool letter = nl_class_is_letter((nl_class)c.cls);
    return g->units > 3 || (g->units == 3 && !letter) ? LONE_LIMIT_LONG : LONE_LIMIT;
}

static nl_class class_at(const search *sr, size_t at) {
    return at < sr->n ? nl_model_class_of(sr->u[at].cp) : NL_CLASS_SPACE;
}

/*
 * Capitals and what may follow them in clean text (`REZERVĂ…`, `SÃO»`, `È™`, `DĹŽKA`): no damage
 * unless the text shows the same damage elsewhere.
 */
static bool is_capital_and_mark(const search *sr, const state *s, const nl_guess *g, size_t end) {
    const nl_unit *u = sr->u + end - g->units;
    if (g->units != 2 || !nl_class_is_upper(nl_model_class_of(u[0].cp)))
        return false;
    nl_class next = nl_model_class_of(u[1].cp);
    bool inside = nl_class_is_upper((nl_class)s->last.cls);
    if (inside && nl_class_is_upper(next))
        return s->capital || nl_class_is_upper(class_at(sr, end));
    if (nl_class_is_letter(class_at(sr, end)))
        return false;
    if (inside && next == NL_CLASS_SPACE)
        return u[0].cp != 0xC2; /* no language ends a word in Â */
    if (next < NL_CLASS_MARK_OPEN || next > NL_CLASS_SYMBOL || u[1].cp == 0xA1 || u[1].cp == 0xBF)
        return false;
    if (inside)
        return !(u[0].cp == 0xC3 && u[1].cp == 0x2030); /* É, the commonest end of a word */
    return !nl_class_is_letter((nl_class)s->last.cls) && g->cp > 0xFF;
}

/* A letter of the International Phonetic Alphabet or the like, but not `ə`, which is common. */
static bool is_rare(nl_symbol c) {
    return c.cls == NL_CLASS_LATIN_RARE && (c.known < 0 || nl_model_char_cost[c.known] > RARE_MIN);
}

static int decode_cost(const search *sr, const state *s, const nl_guess *g, nl_symbol c,
                       size_t end) {
    int cost = nl_model_cost(s->last, c);
    bool stays = same_chain(s, g) || in_prior(sr, g);
    if (c.cp == 0xA0 && cost > NO_BREAK_MAX)
        cost = NO_BREAK_MAX;
    if (!stays && is_capital_and_mark(sr, s, g, end))
        return -1;
    if (!stays && is_rare(c) && !run_goes_on(sr, end, g))
        return -1;
    if (!stays && !g->swapped && cost > lone_limit(g, c) && !run_goes_on(sr, end, g))
        return -1;
    if (nl_class_is_upper((nl_class)s->last.cls) && nl_class_is_lower((nl_class)c.cls) &&
        (s->capital || !followed_by_lower(sr, end)))
        cost += CASE_BREAK;
    return cost + (stays ? STAY : nl_search_price(g));
}

static void step(search *sr, size_t at, int index) {
    place *here = &sr->places[at];
    const state *s = &here->states[index];
    nl_symbol own = nl_model_symbol(sr->u[at].cp);
    state next = *s;
    next.back = index;
    next.from = (uint32_t)at;
    next.guess = -1;
    next.cost = s->cost + nl_model_cost(s->last, own) + (stays_amid(sr, here) ? AMID : 0);
    if (own.cp == 0xA0 && s->last.cls == NL_CLASS_LATIN_UPPER)
        next.cost += NO_BREAK_LATE;
    next.capital =
        nl_class_is_upper((nl_class)own.cls) && nl_class_is_letter((nl_class)s->last.cls);
    next.last = own;
    offer(&sr->places[at + 1], &next);
    for (size_t i = 0; i < here->guess_count; i++) {
        const nl_guess *g = &here->guesses[i];
        nl_symbol c = nl_model_symbol(g->cp);
        int cost = decode_cost(sr, s, g, c, at + g->units);
        if (cost < 0)
            continue;
        next.cost = s->cost + cost;
        next.guess = (int16_t)i;
        next.capital =
            nl_class_is_upper((nl_class)c.cls) && nl_class_is_letter((nl_class)s->last.cls);
        next.last = c;
        if (!g->swapped) {
            next.layers = g->layers;
            memcpy(next.chain, g->chain, sizeof next.chain);
        }
        offer(&sr->places[at + g->units], &next);
    }
}

static void look_for_guesses(search *sr, size_t at, nl_arena *arena) {
    nl_guess found[NL_GUESSES_MAX];
    size_t count = nl_guess_at(sr->u + at, sr->n - at, found);
    if (count == 0)
        return;
    sr->places[at].guesses = NL_NEW_ARRAY(arena, nl_guess, count);
    memcpy(sr->places[at].guesses, found, count * sizeof *found);
    sr->places[at].guess_count = count;
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
            r.hits[--i] = (nl_hit){t->from, sr->places[t->from].guesses[t->guess]};
    return r;
}

nl_reading nl_search(const nl_unit *u, size_t n, const nl_prior *prior, nl_arena *arena) {
    search sr = {u, n, prior, nl_calloc(n + 1, sizeof(place))};
    state *start = &sr.places[0].states[0];
    start->back = start->guess = -1;
    start->last = nl_model_symbol('\n');
    sr.places[0].count = 1;
    for (size_t at = 0; at < n; at++) {
        look_for_guesses(&sr, at, arena);
        for (int i = 0; i < sr.places[at].count; i++)
            step(&sr, at, i);
    }
    nl_reading r = collect(&sr, arena);
    free(sr.places);
    return r;
}
