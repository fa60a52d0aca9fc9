/*
 * Characters that nobody sees, that cannot be text, or that stand where they should not. Works on
 * any bytes, knows no articles. A scan is linear and answers in order.
 */
#ifndef NL_ENCODING_CHARACTERS_H
#define NL_ENCODING_CHARACTERS_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

typedef enum nl_char_kind {
    NL_CHAR_INVALID_UTF8, /* a run of bytes that are not UTF-8 */
    NL_CHAR_REPLACEMENT,  /* U+FFFD: a character was lost here */
    NL_CHAR_CONTROL,      /* C0 but tab, LF and CR; DEL; C1 */
    NL_CHAR_INVISIBLE,    /* zero-width, soft hyphen, bidi control, separator, private use,
                             noncharacter */
    NL_CHAR_BOM,          /* U+FEFF within the text */
    NL_CHAR_NOT_NFC,      /* a run that normalisation form C spells otherwise */
    NL_CHAR_ENTITY,       /* an HTML entity */
    NL_CHAR_OUTER_SPACE,  /* white space at the start or end */
    NL_CHAR_KINDS
} nl_char_kind;

typedef struct nl_char_finding {
    size_t start, end; /* bytes of the text */
    nl_char_kind kind;
    uint32_t cp;      /* the first character of it; NL_CP_INVALID for bytes */
    bool fixable;     /* `text` may stand for it without changing what the text says */
    nl_str text;      /* perhaps empty; in the arena */
    const char *what; /* "bidirectional control", "soft hyphen", …: for messages; static */
} nl_char_finding;

typedef struct nl_char_findings {
    nl_char_finding *items; /* in the arena, in order of start */
    size_t count;
} nl_char_findings;

/*
 * Looks for the kinds whose bits (1u << kind) are set. A byte order mark at offset 0 is no finding
 * when `at_start` is set: the text is a file's beginning.
 *
 * What is fixable: a BOM inside, zero-width characters and soft hyphens between Latin, Greek or
 * Cyrillic letters, runs that are not NFC, outer space. Never: joiners where a script or an emoji
 * sequence needs them (those are no findings at all), direction marks, anything that was lost.
 */
nl_char_findings nl_characters_find(nl_str text, unsigned kinds, bool at_start, nl_arena *arena);

/* Can the text hold anything but an entity or outer space? False for printable ASCII, tabs and line
 * ends. */
bool nl_characters_possible(nl_str text);

/* The character's name as Unicode has it, for those that a message may have to name; NULL for
 * others. */
const char *nl_character_name(uint32_t cp);

#endif
