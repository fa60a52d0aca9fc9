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

/* May nl_block_see() and nl_block_find() be called here? */
static inline bool nl_block_kinds_usable(void) {
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

/* What nl_bytes_see() says. */
nl_bytes_seen nl_block_see(const char *p, size_t n, size_t **lines);

enum { NL_BLOCK_FIND_LEAST = 32 /* bytes that there must be */ };

/* What nl_bytes_find() says. */
size_t nl_block_find(const nl_byte_set *set, const char *p, size_t n);

#endif
