/* The second look, at a pair of characters that the first one stumbled over. */
#ifndef NL_ENCODING_CONFIRM_H
#define NL_ENCODING_CONFIRM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pages in which lead and continuation bytes are letters of living alphabets: one sequence under
 * them can be clean text (Ukrainian `дії` under Windows-1251, Vietnamese `đó` under CP852). */
bool nl_page_is_weak(uint8_t page);

/* Dashes, quotes, ellipsis and their like (U+2010..203A): their three bytes are a sequence that no
 * language writes, in weak pages too (`ÔÇ×`, `вЂњ`). */
bool nl_is_typographic_mark(uint32_t cp);

/* Is there, at byte `at`, a whole sequence under one of the pages (bits)? Under a weak page it
 * wants others behind it, or all letters of its script near by must be parts of such sequences. */
bool nl_confirm(const char *p, size_t n, size_t at, uint32_t pages);

#endif
