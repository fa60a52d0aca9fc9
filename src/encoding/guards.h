/*
 * What clean text looks like where it happens to be a sequence of UTF-8 in some code page: capitals
 * with a closing mark behind, a lone letter of another script, a letter that hardly anyone writes.
 * A guess that a guard holds back is none, unless the text shows its chain elsewhere.
 */
#ifndef NL_ENCODING_GUARDS_H
#define NL_ENCODING_GUARDS_H

#include "encoding/guess.h"
#include "encoding/model.h"

/* A guess where it stands. */
typedef struct nl_standing {
    const nl_unit *u; /* the part's units */
    size_t n, end;    /* end: of the guess's units */
    const nl_guess *guess;
    nl_symbol c;      /* what it reads */
    nl_symbol before; /* the output before it */
    nl_class letter;  /* the last letter of the output before it; NL_CLASS_COUNT: none */
    bool capitals;    /* `before` is a capital behind a letter */
} nl_standing;

/* Capitals and what may follow them: held back even where the chain explains all of the part. */
bool nl_guard_capitals(const nl_standing *s);

/* The other guards; `cost` is what the character costs where it stands. */
bool nl_guard_lone(const nl_standing *s, int cost);

#endif
