/*
 * Characters that were cut in two, and the ellipsis of the one who cut them: feeds do so. In
 * `possibilitÃ…` the ellipsis is no byte of an `Å`, and in `possibilitÃâ€¦` none of one that the
 * next round would find.
 */
#ifndef NL_ENCODING_CUT_H
#define NL_ENCODING_CUT_H

#include "encoding/search.h"

typedef struct nl_cutting {
    const nl_unit *u;
    size_t n;
    const nl_reading *reading;
    const nl_prior *prior;
    size_t record_end; /* unit behind the text of a record; SIZE_MAX: not in this part */
} nl_cutting;

typedef struct nl_cut {
    size_t from, end; /* units */
    size_t hits_end;  /* the reading's first hit behind it */
    const nl_guess *chain;
    bool ellipsis; /* one stays; else nothing does */
} nl_cut;

/* Does hit i belong to a cut? */
bool nl_cut_at(const nl_cutting *c, size_t i, nl_cut *out);

#endif
