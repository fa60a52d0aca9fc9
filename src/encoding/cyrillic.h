/*
 * Passing over clean text in Cyrillic letters, as Ukrainian, Russian and their neighbours have it:
 * most of it is told by fewer looks than a text of any script wants (skip.c).
 */
#ifndef NL_ENCODING_CYRILLIC_H
#define NL_ENCODING_CYRILLIC_H

#include <stdbool.h>
#include <stddef.h>

/* Does a character that cyrillic.c knows begin so? Marks do, whatever is around them. */
static inline bool nl_cyrillic_begins(unsigned char lead) {
    return lead == 0xD0 || lead == 0xD1 || lead == 0xC2 || lead == 0xE2;
}

/*
 * How many of the bytes from the border of a character on hold nothing, the character before them
 * being of no code page; what follows them is again behind such a one. Stops where less than a
 * block of sixty-four bytes is left, where one holds anything but ASCII, U+0400 to U+047F, U+00A0
 * to U+00BF and U+2000 to U+23FF, and where something has to be looked at: *odd bytes behind, which
 * are NL_BYTES64 else.
 */
size_t nl_cyrillic_pass(const unsigned char *p, size_t n, size_t *odd);

/* The same, without what only some processors can. */
size_t nl_cyrillic_pass_plain(const unsigned char *p, size_t n, size_t *odd);

#endif
