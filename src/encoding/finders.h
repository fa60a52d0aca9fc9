/*
 * Damage that the search for misread UTF-8 does not see. Each finder adds to the verdicts; what the
 * verdicts hold already stays.
 */
#ifndef NL_ENCODING_FINDERS_H
#define NL_ENCODING_FINDERS_H

#include "encoding/judge.h"

/* Bytes that are not UTF-8: which code page they are in is decided over the whole text. */
void nl_find_raw(nl_verdicts *out, const char *p, size_t n, nl_arena *arena);

/* Sequences with a byte lost, replaced or cut off, in Windows-1252. */
void nl_find_lost(nl_verdicts *out, const char *p, size_t n, const nl_mojibake_options *options,
                  nl_arena *arena);

/* Misread UTF-8 written as HTML character references or backslash escapes. */
void nl_find_escaped(nl_verdicts *out, const char *p, size_t n, nl_arena *arena);

/* UTF-8 read as GBK, by its signatures. */
void nl_find_foreign(nl_verdicts *out, const char *p, size_t n, nl_arena *arena);

#endif
