/*
 * The likeliest reading of a stretch of text: which of its units stay, and which are decoded by
 * what chain of code pages. Minimum description length: the cost of a reading is that of its output
 * under the character model plus a price for each decoding; found by beam search, in time linear in
 * the units.
 */
#ifndef NL_ENCODING_SEARCH_H
#define NL_ENCODING_SEARCH_H

#include "encoding/guess.h"

/* One decoded character of a reading. */
typedef struct nl_hit {
    uint32_t from; /* index of its first unit */
    nl_guess guess;
} nl_hit;

typedef struct nl_reading {
    nl_hit *hits; /* in order; in the arena */
    size_t count;
    int cost; /* in eighths of a bit, as all costs here */
} nl_reading;

/* Price of taking up a page, per page; added to that of the layers below it. */
int nl_search_price(const nl_guess *guess);

/* Chains that the text is known to have gone through: to take one up costs no more than to stay. */
enum { NL_PRIORS_MAX = 4 };

typedef struct nl_prior {
    nl_guess chains[NL_PRIORS_MAX];
    int count;
} nl_prior;

nl_reading nl_search(const nl_unit *u, size_t n, const nl_prior *prior, nl_arena *arena);

#endif
