/*
 * Where misread UTF-8 may begin: a character that stands for a lead byte in some code page, with
 * one that stands for a continuation byte in the same page right behind it. All the rest is passed
 * over with two table lookups a character.
 */
#include "encoding/prefilter.h"

#include "base/utf8.h"
#include "encoding/codepage.h"

/* Pages in which the bytes are a lead and a continuation byte, as far as two bytes tell. */
static bool pair_hits(const uint8_t *first, const uint8_t *second) {
    for (int page = 0; page < NL_PAGE_COUNT; page++) {
        uint8_t lead = first[page], next = second[page];
        if (lead < 0xC2 || lead > 0xF4 || next < 0x80 || next > 0xBF)
            continue;
        if ((lead == 0xE0 && next < 0xA0) || (lead == 0xF0 && next < 0x90) ||
            (lead == 0xF4 && next > 0x8F))
            continue;
        return true;
    }
    return false;
}

/* The merged form: a C1 control and a printable may meet. */
static bool merged_hits(uint32_t a, uint32_t b) {
    int lead = nl_page_encode(NL_PAGE_1252_MIXED, a), next = nl_page_encode(NL_PAGE_1252_MIXED, b);
    return lead >= 0xC2 && lead <= 0xF4 && next >= 0x80 && next <= 0xBF;
}

size_t nl_prefilter(const char *p, size_t n, size_t from) {
    const uint8_t *before = NULL;
    uint32_t cp_before = 0;
    size_t at_before = 0;
    for (size_t i = from; i < n;) {
        if (!((unsigned char)p[i] & 0x80)) {
            i += nl_ascii_prefix(p + i, n - i);
            before = NULL;
            continue;
        }
        uint32_t cp;
        size_t length = nl_utf8_read(p + i, n - i, &cp);
        if (cp < 0xA0)
            return i;
        const uint8_t *bytes = nl_page_bytes_of(cp);
        if (before && bytes && (pair_hits(before, bytes) || merged_hits(cp_before, cp)))
            return at_before;
        before = bytes;
        cp_before = cp;
        at_before = i;
        i += length;
    }
    return n;
}
