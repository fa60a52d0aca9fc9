/*
 * Finding text that was decoded with the wrong encoding, and what it was. Works on any text, knows
 * no articles. Every answer is a function of the bytes and the options alone; nothing is global but
 * constant tables, so any number of threads may call at once.
 *
 * A damage is safe when its repair is the lossless inverse of a named misreading (encoding the
 * replacement through the chain gives the damaged bytes again) and the evidence is strong, unsafe
 * when something was guessed, and only reported when no replacement can be given.
 */
#ifndef NL_ENCODING_MOJIBAKE_H
#define NL_ENCODING_MOJIBAKE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/str.h"
#include <stdint.h>

enum { NL_MOJIBAKE_LAYERS_MAX = 8 };

typedef enum nl_damage_kind {
    NL_DAMAGE_MISREAD, /* UTF-8 read as a single-byte code page, once or several times */
    NL_DAMAGE_LOST, /* the same with bytes lost or replaced ('?', U+FFFD, a straightened quote) */
    NL_DAMAGE_TRUNCATED, /* a run cut off at the end of the text or before an ellipsis */
    NL_DAMAGE_ESCAPED,   /* the same written as HTML entities or backslash escapes */
    NL_DAMAGE_RAW_BYTES, /* bytes of another code page in a text that is otherwise UTF-8 */
    NL_DAMAGE_SWAPPED    /* one 8-bit or CJK code page read as another */
} nl_damage_kind;

typedef enum nl_damage_safety {
    NL_DAMAGE_SAFE,
    NL_DAMAGE_UNSAFE,
    NL_DAMAGE_REPORT /* no replacement: text.p is NULL */
} nl_damage_safety;

typedef struct nl_damage {
    size_t start, end; /* bytes of the text, half-open, on unit borders (base/utf8.h) */
    nl_str text;       /* what it was; in the arena */
    nl_damage_kind kind;
    nl_damage_safety safety;
    uint8_t layers;                        /* how many misreadings are undone */
    uint8_t chain[NL_MOJIBAKE_LAYERS_MAX]; /* code pages (codepage.h), the last misreading first */
    bool swapped;                          /* what was misread was no UTF-8 but Windows-1252 */
    bool cesu;                             /* … but CESU-8 */
    bool capitals;                         /* put in capitals afterwards */
    uint32_t order;                        /* of the findings, for those who settle overlaps */
    float bits; /* evidence, in bits: how much likelier the repaired text is */
} nl_damage;

typedef struct nl_damages {
    nl_damage *items; /* in the arena; ordered by start, never overlapping */
    size_t count;
    bool more; /* there may be more than those: `most` were found */
} nl_damages;

typedef struct nl_mojibake_options {
    bool one_record; /* the text is one whole field: its end may be a cut (RSS), its start a BOM */
    bool escapes;    /* look into HTML entities and backslash escapes too */
    size_t most;     /* no more places are looked for; 0: all are found */
} nl_mojibake_options;

/* Can the text hold damage at all? False for pure ASCII without '&' and '\\' (with escapes) and for
 * most clean text; never false where nl_mojibake_find() would find something. */
bool nl_mojibake_possible(const char *p, size_t n, const nl_mojibake_options *options);

/* The same, given what was seen of the text: what is ASCII is passed over. */
bool nl_mojibake_possible_in(const char *p, size_t n, const nl_bytes_seen *seen,
                             const nl_mojibake_options *options);

/* All damage in the text. */
nl_damages nl_mojibake_find(const char *p, size_t n, const nl_mojibake_options *options,
                            nl_arena *arena);

/* "UTF-8 read as Windows-1252", "UTF-8 read as Windows-1252, twice", "… then as Latin-1", … In the
 * arena. */
nl_str nl_damage_describe(const nl_damage *damage, nl_arena *arena);

/* The text with its damage repaired, again and again until nothing changes (at most
 * NL_REPAIR_ROUNDS times): safe repairs, and with `unsafe` the others too. In the arena; the same
 * string when nothing is to be repaired. */
enum { NL_REPAIR_ROUNDS = 10 };

nl_str nl_mojibake_repair(nl_str text, const nl_mojibake_options *options, bool unsafe,
                          nl_arena *arena);

#endif
