/*
 * HTML character references (https://html.spec.whatwg.org/#character-references): numbers, and of
 * the names those that HTML 4 had and `&apos;`, which are all that feeds and editors write.
 */
#ifndef NL_ENCODING_ENTITY_H
#define NL_ENCODING_ENTITY_H

#include <stddef.h>

enum { NL_ENTITY_MAX = 11 }; /* bytes, with the semicolon */

/* Length of the reference at p, with its semicolon, or 0; its text is written to `out` as UTF-8,
 * *out_n bytes. */
size_t nl_entity_read(const char *p, size_t n, char out[8], size_t *out_n);

#endif
