/*
 * Inside utf8.c: the same question answered by blocks of bytes, where the processor can.
 */
#ifndef NL_BASE_UTF8_BLOCK_H
#define NL_BASE_UTF8_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* May the other function be called here? */
bool nl_utf8_block_usable(void);

/* Is all of the text UTF-8? */
bool nl_utf8_block_valid(const char *p, size_t n);

#endif
