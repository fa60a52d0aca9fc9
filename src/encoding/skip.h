/*
 * Passing over clean text sixty-four bytes at a time: what has no two characters of 8-bit code
 * pages side by side, no control, no stump and nothing that is not UTF-8 holds no
 * damage. What the blocks stumble over the prefilter looks at character by character.
 */
#ifndef NL_ENCODING_SKIP_H
#define NL_ENCODING_SKIP_H

#include <stddef.h>

/*
 * How many of the bytes from the border of a character on hold nothing, the character before them
 * being of no code page. What follows them is again behind such a character. *look is where the
 * next call is worth while.
 */
enum { NL_SKIP_MIN = 64 /* bytes that there must be */ };

size_t nl_skip(const unsigned char *p, size_t n, size_t *look);

#endif
