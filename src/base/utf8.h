/*
 * UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. A byte that is not
 * part of a well-formed sequence is a unit of its own (one byte), so every buffer has one reading.
 */
#ifndef NL_BASE_UTF8_H
#define NL_BASE_UTF8_H

#include "base/str.h"
#include <stdint.h>
#include <string.h>

#define NL_CP_INVALID UINT32_MAX

/* Reads the unit at p (n > 0 bytes left) and returns its length, 1 to 4. *cp is NL_CP_INVALID for
 * a byte that is not UTF-8. */
static inline size_t nl_utf8_read(const char *p, size_t n, uint32_t *cp);

/* The same where it is no character of one or two bytes. */
size_t nl_utf8_read_long(const char *p, size_t n, uint32_t *cp);

/* The same for the unit that ends at p + n (n > 0). */
size_t nl_utf8_read_back(const char *p, size_t n, uint32_t *cp);

/* Writes 1 to 4 bytes; cp must be a scalar value. */
size_t nl_utf8_write(uint32_t cp, char out[4]);

/* Offset of the first byte that is not UTF-8, or n. */
size_t nl_utf8_valid_to(const char *p, size_t n);

/* The same by one unit after the other: what nl_utf8_valid_to() is tested against. */
size_t nl_utf8_valid_to_plain(const char *p, size_t n);

/* Number of units (code points, plus bytes that are not UTF-8). */
size_t nl_utf8_count(const char *p, size_t n);

/* The same in UTF-16 code units; an invalid byte counts as one. */
size_t nl_utf8_count_utf16(const char *p, size_t n);

/* Does the byte at `at` go on with a character that begins before it? Bytes that are not UTF-8 may
 * only look so. */
static inline bool nl_utf8_goes_on(nl_str s, size_t at) {
    return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

/* Where the character begins that the byte at `at` goes on with: there, if it goes on with none. */
static inline size_t nl_utf8_start(nl_str s, size_t at) {
    while (at > 0 && nl_utf8_goes_on(s, at))
        at--;
    return at;
}

/* Length of the leading part without a byte >= 0x80. */
size_t nl_ascii_prefix(const char *p, size_t n);

/* Are the eight bytes at p ASCII? For loops that have nothing to do with those. */
static inline bool nl_ascii_8(const char *p) {
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (eight & 0x8080808080808080u) == 0;
}

/* Is the code point a Unicode noncharacter (U+FDD0..FDEF, U+xxFFFE, U+xxFFFF)? */
bool nl_cp_is_nonchar(uint32_t cp);

static inline size_t nl_utf8_read(const char *p, size_t n, uint32_t *cp) {
    unsigned char a = (unsigned char)p[0], b = n > 1 ? (unsigned char)p[1] : 0;
    if (a < 0x80) {
        *cp = a;
        return 1;
    }
    if (a >= 0xC2 && a <= 0xDF && (b & 0xC0) == 0x80) {
        *cp = (uint32_t)(a & 0x1F) << 6 | (b & 0x3F);
        return 2;
    }
    return nl_utf8_read_long(p, n, cp);
}

#endif
