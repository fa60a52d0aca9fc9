/*
 * Inside utf8.c and bytes.c: the same questions answered by blocks of bytes, where the processor
 * can. Whether it can is asked when the program runs; the plain code beside them is their twin.
 */
#ifndef NL_BASE_BLOCK_H
#define NL_BASE_BLOCK_H

#include "base/bytes.h"

/* May nl_block_is_utf8() be called here? */
bool nl_block_is_usable(void);

/* Is all of the text UTF-8? */
bool nl_block_is_utf8(const char *p, size_t n);

/* Those below want a processor with AVX2. */

/* What nl_bytes_see() says. */
nl_bytes_seen nl_block_see(const char *p, size_t n, size_t **lines);

enum { NL_BLOCK_FIND_LEAST = 32 /* bytes that there must be */ };

/* What nl_bytes_find() says; for less where it is far. */
size_t nl_block_find(const nl_byte_set *set, const char *p, size_t n);
size_t nl_block_find_far(const nl_byte_set *set, const char *p, size_t n);

/* What nl_bytes_which() says of NL_BYTES_BLOCK bytes. */
uint64_t nl_block_which(const nl_byte_set *set, const char *p);

#endif
