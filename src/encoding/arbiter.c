/* The choice among code pages: arbiter.h. */
#include "encoding/arbiter.h"

#include "encoding/model.h"
#include <stdlib.h>
#include <string.h>

enum {
    RIVALS = 8,
    LANGUAGES_MAX = 64,
    FOLLOW_LEAST = 4,    /* hits that make a chain the line's */
    FOLLOW_SHARE = 4,    /* of all hits at most one in so many is under other chains */
    PRIOR_BONUS = 8 * 8, /* a chain that the text is known to have gone through */
    COMMON = 5 * 8,      /* of a letter that a language has; how often it has it the model knows */
    STRANGE = 12 * 8     /* of a letter that a language does not have; it may be one not known */
};

typedef struct contest {
    const nl_unit *u;
    size_t n;
    const nl_reading *reading;
    const nl_prior *prior;
    nl_guess leader;
    nl_guess rivals[RIVALS];
    int count;
    int pairs[LANGUAGES_MAX]; /* cost of the ASCII letters in each language */
} contest;

static const nl_guess *guess_of(const nl_guess *found, size_t count, const nl_guess *like,
                                uint16_t units) {
    for (size_t i = 0; i < count; i++)
        if (found[i].units == units && nl_guess_same_chain(&found[i], like))
            return &found[i];
    return NULL;
}

/* The chain with the most hits. */
static nl_guess leader_of(const nl_reading *r) {
    size_t best = 0, most = 0;
    for (size_t i = 0; i < r->count && i < 64; i++) {
        size_t same = 0;
        for (size_t k = 0; k < r->count; k++)
            same += nl_guess_same_chain(&r->hits[i].guess, &r->hits[k].guess);
        if (same > most) {
            most = same;
            best = i;
        }
    }
    return r->hits[best].guess;
}

/* Index of a letter in the languages' alphabet, -1 when it is not there. Capitals count as small
 * letters: in the blocks that matter they stand 0x20 below or one before them. */
static int letter_index(uint32_t cp) {
    if (nl_model_class_of(cp) == NL_CLASS_LATIN_UPPER)
        cp = cp < 0x100                                          ? cp + 0x20
             : nl_model_class_of(cp + 1) == NL_CLASS_LATIN_LOWER ? cp + 1
                                                                 : cp;
    for (int i = 0; i < nl_language_alphabet_count; i++)
        if (nl_language_alphabet[i] == cp)
            return i;
    return -1;
}

/* Does it read a mark where the other reads a letter of some language? No language's statistics
 * speak of marks, so that they would cost it less. */
static bool reads_mark(const nl_guess *g, const nl_guess *other) {
    return nl_model_class_of(g->cp) == NL_CLASS_COMBINING && letter_index(other->cp) >= 0;
}

/* Leaves those rivals that can decode this hit too; the first hit names them. */
static void narrow(contest *c, const nl_hit *h, bool first) {
    nl_guess found[NL_GUESSES_MAX];
    size_t count = nl_guess_at(c->u + h->from, c->n - h->from, found);
    if (first) {
        for (size_t i = 0; i < count && c->count < RIVALS; i++)
            if (found[i].units == h->guess.units && !found[i].swapped &&
                !nl_guess_same_chain(&found[i], &h->guess) && !reads_mark(&found[i], &h->guess))
                c->rivals[c->count++] = found[i];
        return;
    }
    for (int i = 0; i < c->count;) {
        const nl_guess *g = guess_of(found, count, &c->rivals[i], h->guess.units);
        if (g && !reads_mark(g, &h->guess))
            i++;
        else
            c->rivals[i] = c->rivals[--c->count];
    }
}

static int ascii_index(uint32_t cp) {
    return cp >= 'a' && cp <= 'z' ? (int)cp - 96 : cp >= 'A' && cp <= 'Z' ? (int)cp - 64 : 0;
}

static void price_ascii(contest *c) {
    for (size_t i = 1; i < c->n; i++) {
        int a = ascii_index(c->u[i - 1].cp), b = ascii_index(c->u[i].cp);
        if (a && b)
            for (int k = 0; k < nl_language_count; k++)
                c->pairs[k] += nl_language_pairs[k][a * 27 + b];
    }
}

typedef struct tally {
    nl_symbol last;
    int cost;
    int languages[LANGUAGES_MAX];
} tally;

static void take(tally *t, uint32_t cp) {
    nl_symbol s = nl_model_symbol(cp);
    t->cost += nl_model_cost(t->last, s);
    t->last = s;
    if (s.cls != NL_CLASS_LATIN_LOWER && s.cls != NL_CLASS_LATIN_UPPER &&
        s.cls != NL_CLASS_LATIN_RARE)
        return;
    int at = letter_index(cp);
    for (int k = 0; k < nl_language_count; k++) {
        int letter = at < 0 ? STRANGE : nl_language_letters[k][at];
        t->languages[k] += letter > STRANGE ? STRANGE : letter < COMMON ? 0 : letter - COMMON;
    }
}

/* Cost of the line when `chain` takes the leader's hits. */
static int cost_under(const contest *c, const nl_guess *chain) {
    tally t = {.last = nl_model_symbol('\n'), .cost = nl_search_price(chain)};
    for (int i = 0; i < c->prior->count; i++)
        if (nl_guess_same_chain(&c->prior->chains[i], chain))
            t.cost -= PRIOR_BONUS / (i + 1);
    size_t hit = 0;
    for (size_t i = 0; i < c->n;) {
        if (hit == c->reading->count || c->reading->hits[hit].from > i) {
            take(&t, c->u[i++].cp);
            continue;
        }
        const nl_guess *g = &c->reading->hits[hit++].guess;
        size_t at = i;
        uint32_t cp = g->cp;
        if (nl_guess_same_chain(g, &c->leader))
            cp = nl_guess_read(c->u, c->n, &at, chain->chain, chain->layers, NULL);
        take(&t, cp);
        i += g->units;
    }
    int best = -1;
    for (int k = 0; k < nl_language_count; k++) {
        int cost = t.languages[k] + c->pairs[k] / 2;
        if (best < 0 || cost < best)
            best = cost;
    }
    return t.cost + best;
}

static void give_to(contest *c, nl_reading *r, const nl_guess *chain) {
    for (size_t i = 0; i < r->count; i++) {
        nl_hit *h = &r->hits[i];
        if (!nl_guess_same_chain(&h->guess, &c->leader))
            continue;
        nl_guess found[NL_GUESSES_MAX];
        size_t count = nl_guess_at(c->u + h->from, c->n - h->from, found);
        const nl_guess *g = guess_of(found, count, chain, h->guess.units);
        if (g)
            h->guess = *g;
    }
}

/* Decodes the units of a hit under another chain; false where that does not come out even. */
static bool redo(nl_hit *out, size_t *count, const nl_hit *h, const nl_guess *chain,
                 const nl_unit *u, size_t n) {
    size_t made = *count;
    uint32_t at = h->from, end = h->from + h->guess.units;
    while (at < end) {
        nl_guess found[NL_GUESSES_MAX];
        size_t k = 0, guesses = nl_guess_at(u + at, n - at, found);
        while (k < guesses &&
               !(nl_guess_same_chain(&found[k], chain) && at + found[k].units <= end))
            k++;
        if (k == guesses)
            return false;
        out[made++] = (nl_hit){at, found[k]};
        at += found[k].units;
    }
    *count = made;
    return true;
}

/* A few hits under other chains, in a line that one chain explains, are that chain's where it can
 * decode them too: one text went one way. */
static void follow_the_many(nl_reading *r, const nl_unit *u, size_t n, nl_arena *arena) {
    nl_guess many = leader_of(r);
    size_t same = 0, units = 0, count = 0;
    for (size_t i = 0; i < r->count; i++) {
        same += nl_guess_same_chain(&r->hits[i].guess, &many);
        units += r->hits[i].guess.units;
    }
    if (same == r->count || same < FOLLOW_LEAST || (r->count - same) * FOLLOW_SHARE > r->count)
        return;
    nl_hit *hits = nl_arena_alloc(arena, units * sizeof *hits);
    for (size_t i = 0; i < r->count; i++)
        if (nl_guess_same_chain(&r->hits[i].guess, &many) ||
            !redo(hits, &count, &r->hits[i], &many, u, n))
            hits[count++] = r->hits[i];
    r->hits = hits;
    r->count = count;
}

static void arbitrate(nl_reading *r, const nl_unit *u, size_t n, const nl_prior *prior) {
    contest c = {.u = u, .n = n, .reading = r, .prior = prior, .leader = leader_of(r)};
    bool first = true;
    for (size_t i = 0; i < r->count; i++)
        if (nl_guess_same_chain(&r->hits[i].guess, &c.leader)) {
            narrow(&c, &r->hits[i], first);
            first = false;
            if (c.count == 0)
                return;
        }
    price_ascii(&c);
    int best = cost_under(&c, &c.leader), winner = -1;
    for (int i = 0; i < c.count; i++) {
        int cost = cost_under(&c, &c.rivals[i]);
        if (cost < best) {
            best = cost;
            winner = i;
        }
    }
    if (winner >= 0)
        give_to(&c, r, &c.rivals[winner]);
}

void nl_arbitrate(nl_reading *r, const nl_unit *u, size_t n, const nl_prior *prior,
                  nl_arena *arena) {
    if (r->count == 0)
        return;
    arbitrate(r, u, n, prior);
    follow_the_many(r, u, n, arena);
}
