/* One pass over blocks of bytes, in a form that gcc and clang vectorise at -O2, where base/block.c
 * does not know better. */
#include "base/bytes.h"

#include "base/avx2.h"
#include "base/block.h"
#include "base/utf8.h"
#include <stdbool.h>
#include <string.h>

enum { LARGE = 256, SMALL = 32 }; /* of constant length, or they are not vectorised */

/* Not zero where a byte of the kind was seen. */
typedef struct seen {
    unsigned char high, control, ampersand, backslash, tab, cr, semicolon;
} seen;

static inline void look(const unsigned char *p, size_t n, seen *s) {
    unsigned char high = 0, control = 0, ampersand = 0, backslash = 0, tab = 0, cr = 0;
    unsigned char semicolon = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = p[i];
        high |= c;
        control |= (unsigned char)((c < 0x20) & (c != '\t') & (c != '\n') & (c != '\r'));
        control |= (unsigned char)(c == 0x7F);
        ampersand |= (unsigned char)(c == '&');
        backslash |= (unsigned char)(c == '\\');
        tab |= (unsigned char)(c == '\t');
        cr |= (unsigned char)(c == '\r');
        semicolon |= (unsigned char)(c == ';');
    }
    s->high |= high & 0x80;
    s->control |= control;
    s->ampersand |= ampersand;
    s->backslash |= backslash;
    s->tab |= tab;
    s->cr |= cr;
    s->semicolon |= semicolon;
}

static size_t *see_lines(const char *p, size_t n, size_t *lines) {
    for (const char *at = p; (at = memchr(at, '\n', n - (size_t)(at - p)));)
        *lines++ = (size_t)(++at - p);
    return lines;
}

static nl_bytes_seen see_high(const char *p, size_t n) {
    const unsigned char *u = (const unsigned char *)p;
    nl_bytes_seen out = {.high = nl_ascii_prefix(p, n), .high_end = n};
    while (u[out.high_end - 1] < 0x80)
        out.high_end--;
    return out;
}

nl_bytes_seen nl_bytes_see_plain(const char *p, size_t n, size_t **lines) {
    const unsigned char *u = (const unsigned char *)p;
    seen s = {0};
    size_t i = 0;
    for (; i + LARGE <= n; i += LARGE)
        look(u + i, LARGE, &s);
    for (; i + SMALL <= n; i += SMALL)
        look(u + i, SMALL, &s);
    if (i < n)
        look(u + i, n - i, &s);
    bool bad = s.high && nl_utf8_valid_to(p, n) != n;
    nl_bytes_seen out = s.high ? see_high(p, n) : (nl_bytes_seen){0};
    if (lines && n)
        *lines = see_lines(p, n, *lines);
    out.kinds = (bad ? NL_BYTES_NOT_UTF8 : 0u) | (s.high ? NL_BYTES_HIGH : 0u) |
                (s.control ? NL_BYTES_CONTROL : 0u) | (s.ampersand ? NL_BYTES_AMPERSAND : 0u) |
                (s.backslash ? NL_BYTES_BACKSLASH : 0u) | (s.tab ? NL_BYTES_TAB : 0u) |
                (s.cr ? NL_BYTES_CR : 0u) | (s.semicolon ? NL_BYTES_SEMICOLON : 0u);
    return out;
}

nl_bytes_seen nl_bytes_see(const char *p, size_t n, size_t **lines) {
    return n > 0 && nl_avx2_usable() ? nl_block_see(p, n, lines) : nl_bytes_see_plain(p, n, lines);
}

size_t nl_bytes_find_plain(const nl_byte_set *set, const char *p, size_t n) {
    size_t i = 0;
    while (i < n && !nl_byte_is_in(set, p[i]))
        i++;
    return i;
}

size_t nl_bytes_find(const nl_byte_set *set, const char *p, size_t n) {
    return n >= NL_BLOCK_FIND_LEAST && nl_avx2_usable() ? nl_block_find(set, p, n)
                                                        : nl_bytes_find_plain(set, p, n);
}

size_t nl_bytes_find_far(const nl_byte_set *set, const char *p, size_t n) {
    return n >= NL_BLOCK_FIND_LEAST && nl_avx2_usable() ? nl_block_find_far(set, p, n)
                                                        : nl_bytes_find_plain(set, p, n);
}

uint64_t nl_bytes_which(const nl_byte_set *set, const char *p, size_t n) {
    if (n == NL_BYTES_BLOCK && nl_avx2_usable())
        return nl_block_which(set, p);
    uint64_t out = 0;
    for (size_t i = 0; i < n; i++)
        out |= (uint64_t)nl_byte_is_in(set, p[i]) << i;
    return out;
}

bool nl_has_lone_cr(const char *p, size_t n) {
    const char *end = p + n;
    while (p < end && (p = memchr(p, '\r', (size_t)(end - p)))) {
        if (++p == end || *p != '\n')
            return true;
    }
    return false;
}
