/*
 * Characters that do not belong in a text: bytes that are no UTF-8, U+FFFD, controls, what is
 * invisible, byte order marks, what is not in normalisation form C, HTML entities, blanks at the
 * ends. Works on any text, knows no articles. What a script or an emoji needs is left alone.
 */
#ifndef NL_ENCODING_CHARACTERS_H
#define NL_ENCODING_CHARACTERS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/str.h"
#include <stdint.h>

/* Bits, so that several can be asked for. */
typedef enum nl_odd_kind {
    NL_ODD_INVALID_UTF8 = 1 << 0,
    NL_ODD_REPLACEMENT = 1 << 1, /* U+FFFD */
    NL_ODD_CONTROL = 1 << 2,     /* C0 but tab and line ends, DEL, C1 */
    NL_ODD_INVISIBLE = 1 << 3,   /* zero-width, soft hyphen, bidi controls, tags, fillers */
    NL_ODD_BOM = 1 << 4,         /* U+FEFF */
    NL_ODD_NOT_NFC = 1 << 5,     /* UAX #15 */
    NL_ODD_ENTITY = 1 << 6,      /* `&amp;` */
    NL_ODD_OUTER_SPACE = 1 << 7, /* at either end of the text */
    NL_ODD_PRIVATE_USE = 1 << 8, /* no meaning but by agreement */
    NL_ODD_NONCHARACTER = 1 << 9 /* U+FFFE and such, never to be exchanged */
} nl_odd_kind;

typedef enum nl_odd_repair { NL_ODD_NONE, NL_ODD_SAFE, NL_ODD_UNSAFE } nl_odd_repair;

/* A place; neighbours of one kind are one place. */
typedef struct nl_odd {
    size_t start, end; /* bytes of the text */
    nl_odd_kind kind;
    uint32_t cp; /* the first character, or the byte that is no UTF-8 */
    nl_odd_repair repair;
    nl_str text; /* what to put there; in the arena */
} nl_odd;

typedef struct nl_odds {
    nl_odd *items; /* in the arena; ordered by start, then kind */
    size_t count;
    bool more; /* there may be more than were wanted */
} nl_odds;

/* Which kinds there may be, given what was seen of the text; never too few. Fast. */
unsigned nl_odd_possible(nl_str text, const nl_bytes_seen *seen);

/* The places of these kinds, no more than `most`. Linear. */
nl_odds nl_odd_find(nl_str text, unsigned kinds, size_t most, nl_arena *arena);

/* "ZERO WIDTH SPACE" for the characters that occur, else NULL. */
const char *nl_odd_name(uint32_t cp);

#endif
