/*
 * What Unicode knows of characters: grapheme clusters (UAX #29), widths (UAX #11), NFC (UAX #15),
 * case folding. The only file that knows utf8proc. Bytes that are not UTF-8 are taken everywhere:
 * each is a unit, a cluster and a cell of its own.
 */
#ifndef NL_BASE_UNICODE_H
#define NL_BASE_UNICODE_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

/* Length in bytes of the grapheme cluster at p (n > 0 bytes left), and its width in terminal cells
 * (0, 1 or 2). Linear in the cluster. */
size_t nl_grapheme_read(const char *p, size_t n, size_t *width);

/* Length of a leading part of clusters that are one character and one cell wide, and how many they
 * are, `most` at most. Sees what most texts are made of, for little. */
size_t nl_grapheme_plain(const char *p, size_t n, size_t most, size_t *count);

/* Bytes of the first `count` clusters, or all. */
size_t nl_grapheme_skip(nl_str s, size_t count);

/* Number of grapheme clusters: what a reader calls characters. */
size_t nl_grapheme_count(nl_str s);

/* The text in normalisation form C; the same string when it is already, is not UTF-8, or has more
 * than 1000 marks in a row, which no text has. In the arena. */
nl_str nl_nfc(nl_str s, nl_arena *arena);
bool nl_is_nfc(nl_str s);

/* Does the code point leave any text in form C that is so without it? True only where it is never
 * reordered, never composed with what stands before it, and not replaced (UAX #15, section 9); some
 * of which that holds are left out. */
bool nl_cp_is_nfc_inert(uint32_t cp);

/* Full case folding, for comparing without case; what nl_nfc() leaves alone it leaves too. In the
 * arena. */
nl_str nl_fold(nl_str s, nl_arena *arena);

/* Simple lower and upper case of a whole text. In the arena. */
nl_str nl_lower_str(nl_str s, nl_arena *arena);
nl_str nl_upper_str(nl_str s, nl_arena *arena);

bool nl_cp_is_letter(uint32_t cp);
bool nl_cp_is_mark(uint32_t cp);
bool nl_cp_is_number(uint32_t cp);
bool nl_cp_is_upper(uint32_t cp);
bool nl_cp_is_lower(uint32_t cp);
bool nl_cp_is_space(uint32_t cp); /* Unicode White_Space */
bool nl_cp_is_punct(uint32_t cp); /* P* */

/* Does the text, which is not empty, begin or end with white space? */
bool nl_has_outer_space_at_all(nl_str text);

static inline bool nl_has_outer_space(nl_str text) {
    return text.n &&
           !(text.p[0] > ' ' && text.p[0] < 0x7F && text.p[text.n - 1] > ' ' &&
             text.p[text.n - 1] < 0x7F) &&
           nl_has_outer_space_at_all(text);
}

/* Could it mislead who reads a log or a terminal? Format characters (bidi controls, zero-width
 * space, BOM, soft hyphen, tags), line and paragraph separators, noncharacters; not the joiners
 * U+200C and U+200D, which scripts and emoji need and which act on nothing. */
bool nl_cp_is_hidden(uint32_t cp);

/* Appends s with everything that could act on a terminal or a log made visible: line ends as \n,
 * \r, tab as \t, other C0 and DEL and bytes that are not UTF-8 as \xNN, C1, bidi controls,
 * separators and what else nl_cp_is_hidden() knows as \u{NNNN}. */
typedef struct nl_buf nl_buf;
void nl_visible(nl_str s, nl_buf *out);

/* Is the byte at i the `[` of what the logs of CI services take for a command wherever it stands,
 * `##[name]` (actions/runner, ActionCommand.cs) or `##vso[name]` (microsoft/azure-pipelines-agent,
 * Command.cs)? Asked of each byte of s in turn it is linear. */
bool nl_acts_on_log(nl_str s, size_t i);

#endif
