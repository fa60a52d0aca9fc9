/*
 * The 8-bit code pages whose misreadings are known: what each byte 0x80..0xFF stands for, and back.
 * A byte that a page leaves open stands for the code point of the same number (U+0081 for 0x81 in
 * Windows-1252), as decoders on the web have it (https://encoding.spec.whatwg.org/).
 *
 * NL_PAGE_1252_MIXED is no code page of its own: Windows-1252 and Latin-1 in one run, where a
 * byte 0x80..0x9F may stand as the printable character or as the C1 control.
 */
#ifndef NL_ENCODING_CODEPAGE_H
#define NL_ENCODING_CODEPAGE_H

#include "base/str.h"
#include <stdint.h>

typedef enum nl_page {
    NL_PAGE_1252,
    NL_PAGE_LATIN1,
    NL_PAGE_1250,
    NL_PAGE_1251,
    NL_PAGE_1253,
    NL_PAGE_1254,
    NL_PAGE_1257,
    NL_PAGE_1258,
    NL_PAGE_8859_2,
    NL_PAGE_8859_15,
    NL_PAGE_MACROMAN,
    NL_PAGE_437,
    NL_PAGE_850,
    NL_PAGE_852,
    NL_PAGE_866,
    NL_PAGE_KOI8R,
    NL_PAGE_COUNT, /* those above have tables */
    NL_PAGE_1252_MIXED = NL_PAGE_COUNT,
    NL_PAGE_GBK /* a name only */
} nl_page;

extern const uint16_t nl_page_points[NL_PAGE_COUNT][128];
extern const uint16_t nl_page_known_count;
extern const uint16_t nl_page_known[];
extern const uint8_t nl_page_bytes[][NL_PAGE_COUNT];
extern const uint8_t nl_page_block[];
extern const uint16_t nl_page_index[][64];

/* Pages (bits) in which a character is a lead byte of UTF-8, and, from bit 16 on, a continuation
 * byte. Bit NL_PAGE_LATIN1 is CP866's box drawing before its small letters; Latin-1 itself counts
 * with Windows-1252. */
extern const uint32_t nl_page_role[];
extern const uint32_t nl_page_role_low[2048];

/* "Windows-1252", "Latin-1", "Mac Roman", … */
nl_str nl_page_name(nl_page page);

/* The code point of a byte; bytes below 0x80 are ASCII in all pages. */
uint32_t nl_page_decode(nl_page page, unsigned char byte);

/* The bytes of a code point >= 0x80 in all pages, indexed by nl_page, 0 where a page has none; NULL
 * when no page has it. */
static inline const uint8_t *nl_page_bytes_of(uint32_t cp);

/* The same for a code point from U+2600 on. */
const uint8_t *nl_page_bytes_of_high(uint32_t cp);

/* The byte of a code point, -1 when the page has none. NL_PAGE_1252_MIXED takes both forms. */
int nl_page_encode(nl_page page, uint32_t cp);

static inline const uint8_t *nl_page_bytes_of(uint32_t cp) {
    if (cp >= 0x2600)
        return nl_page_bytes_of_high(cp);
    unsigned at = nl_page_index[nl_page_block[cp >> 6]][cp & 63];
    return at ? nl_page_bytes[at - 1] : NULL;
}

#endif
