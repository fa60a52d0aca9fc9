/* Reading and writing UTF-8 by table 3-7 of the Unicode Standard. */
#include "base/utf8.h"

#include "base/block.h"
#include <string.h>

enum { WORTH_BLOCKS = 32 };

static bool is_cont(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

size_t nl_utf8_read_long(const char *p, size_t n, uint32_t *cp) {
    const unsigned char *s = (const unsigned char *)p;
    unsigned char a = s[0];
    if (a >= 0xE0 && a <= 0xEF && n >= 3 && is_cont(s[1]) && is_cont(s[2])) {
        uint32_t c = (uint32_t)(a & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
        if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
            *cp = c;
            return 3;
        }
    }
    if (a >= 0xF0 && a <= 0xF4 && n >= 4 && is_cont(s[1]) && is_cont(s[2]) && is_cont(s[3])) {
        uint32_t c = (uint32_t)(a & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
                     (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
        if (c >= 0x10000 && c <= 0x10FFFF) {
            *cp = c;
            return 4;
        }
    }
    *cp = NL_CP_INVALID;
    return 1;
}

size_t nl_utf8_read_back(const char *p, size_t n, uint32_t *cp) {
    for (size_t back = 2; back <= 4 && back <= n; back++) {
        uint32_t c;
        if (nl_utf8_read(p + n - back, back, &c) == back) {
            *cp = c;
            return back;
        }
    }
    nl_utf8_read(p + n - 1, 1, cp);
    return 1;
}

size_t nl_utf8_write(uint32_t cp, char out[4]) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t nl_ascii_prefix(const char *p, size_t n) {
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        uint64_t words[4];
        memcpy(words, p + i, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u)
            break;
    }
    while (i + 8 <= n && nl_ascii_8(p + i))
        i += 8;
    while (i < n && !((unsigned char)p[i] & 0x80))
        i++;
    return i;
}

size_t nl_utf8_valid_to_plain(const char *p, size_t n) {
    size_t i = 0;
    while (i < n) {
        if (!((unsigned char)p[i] & 0x80)) {
            i += nl_ascii_prefix(p + i, n - i);
            continue;
        }
        uint32_t cp;
        size_t len = nl_utf8_read(p + i, n - i, &cp);
        if (cp == NL_CP_INVALID)
            return i;
        i += len;
    }
    return n;
}

/* In stretches that double, so that what is found costs what lies before it, however long the rest:
 * callers ask again behind each byte that is not UTF-8. */
size_t nl_utf8_valid_to(const char *p, size_t n) {
    size_t i = nl_ascii_prefix(p, n);
    if (i == n) /* p may be NULL then */
        return n;
    for (size_t step = WORTH_BLOCKS; n - i >= WORTH_BLOCKS && nl_block_is_usable(); step *= 2) {
        size_t end = n;
        if (n - i > step)
            for (end = i + step; end > i + step - 3 && ((unsigned char)p[end] & 0xC0) == 0x80;)
                end--;
        if (!nl_block_is_utf8(p + i, end - i))
            break;
        i = end;
    }
    return i + nl_utf8_valid_to_plain(p + i, n - i);
}

size_t nl_utf8_count(const char *p, size_t n) {
    size_t units = 0;
    for (size_t i = 0; i < n; units++) {
        uint32_t cp;
        i += nl_utf8_read(p + i, n - i, &cp);
    }
    return units;
}

size_t nl_utf8_count_utf16(const char *p, size_t n) {
    size_t units = 0;
    for (size_t i = 0; i < n; units++) {
        uint32_t cp;
        i += nl_utf8_read(p + i, n - i, &cp);
        if (cp != NL_CP_INVALID && cp > 0xFFFF)
            units++;
    }
    return units;
}

bool nl_cp_is_nonchar(uint32_t cp) {
    return (cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE;
}
