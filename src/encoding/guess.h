/*
 * What a run of characters could have been: every way to read the units at a place as one character
 * whose UTF-8 bytes were taken for characters of a code page, once or several times.
 */
#ifndef NL_ENCODING_GUESS_H
#define NL_ENCODING_GUESS_H

#include "encoding/mojibake.h"
#include <stdbool.h>

enum {
    NL_GUESSES_MAX = 24,      /* kept for one place */
    NL_GUESS_UNITS_MAX = 1024 /* of the text, in one character */
};

/* A code point of the text, or a byte that is not UTF-8 (NL_CP_INVALID), and where it stands. */
typedef struct nl_unit {
    uint32_t cp;
    uint32_t at; /* relative to the part of the text that is looked at */
} nl_unit;

/* What a layer has shown: forms of 0x80..0x9F in Windows-1252 or Latin-1, and CESU-8. */
enum {
    NL_SAW_PRINTABLE = 1,
    NL_SAW_CONTROL = 2,
    NL_SAW_BOTH = 3,
    NL_SAW_PAIR = 4 /* the innermost layer: a pair of surrogates, each in three bytes (CESU-8) */
};

typedef struct nl_guess {
    uint32_t cp;
    uint16_t units;
    uint8_t layers;
    uint8_t chain[NL_MOJIBAKE_LAYERS_MAX]; /* nl_page; NL_PAGE_1252 stands for Latin-1 too */
    uint8_t saw[NL_MOJIBAKE_LAYERS_MAX];
    bool swapped; /* a C1 control that is a printable of Windows-1252: no UTF-8 in it */
} nl_guess;

/* Units of p[0..n); returns their number (at most n). */
size_t nl_units_read(const char *p, size_t n, nl_unit *out);

/* All guesses for the units at the start of u[0..n). */
size_t nl_guess_at(const nl_unit *u, size_t n, nl_guess out[NL_GUESSES_MAX]);

/* Reads one character through `layers` pages of chain, one at least; NL_CP_INVALID when there is
 * none. *at moves behind it. saw may be NULL. */
uint32_t nl_guess_read(const nl_unit *u, size_t n, size_t *at, const uint8_t *chain, int layers,
                       uint8_t *saw);

/* May the character, misread under the page, stand in a repaired text? */
bool nl_guess_plausible(uint32_t cp, uint8_t page);

/* Same chain of pages? */
bool nl_guess_same_chain(const nl_guess *a, const nl_guess *b);

#endif
