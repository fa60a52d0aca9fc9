/* One pass over blocks of bytes, in a form that gcc and clang vectorise at -O2, where base/block.c
 * does not know better. */
#include "base/bytes.h"

#include "base/block.h"
#include "base/utf8.h"
#include <stdbool.h>
#include <string.h>

enum { LARGE = 256, SMALL = 32 }; /* of constant length, or they are not vectorised */

/* Not zero where a byte of the kind was seen. */
typedef struct seen {
    unsigned char high, control, ampersand, backslash, tab, cr;
} seen;

static inline void look(const unsigned char *p, size_t n, seen *s) {
    unsigned char high = 0, control = 0, ampersand = 0, backslash = 0, tab = 0, cr = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = p[i];
        high |= c;
        control |= (unsigned char)((c < 0x20) & (c != '\t') & (c != '\n') & (c != '\r'));
        control |= (unsigned char)(c == 0x7F);
        ampersand |= (unsigned char)(c == '&');
        backslash |= (unsigned char)(c == '\\');
        tab |= (unsigned char)(c == '\t');
        cr |= (unsigned char)(c == '\r');
    }
    s->high |= high & 0x80;
    s->control |= control;
    s->ampersand |= ampersand;
    s->backslash |= backslash;
    s->tab |= tab;
    s->cr |= cr;
}

unsigned nl_bytes_of_plain(const char *p, size_t n) {
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
    return (bad ? NL_BYTES_NOT_UTF8 : 0u) | (s.high ? NL_BYTES_HIGH : 0u) |
           (s.control ? NL_BYTES_CONTROL : 0u) | (s.ampersand ? NL_BYTES_AMPERSAND : 0u) |
           (s.backslash ? NL_BYTES_BACKSLASH : 0u) | (s.tab ? NL_BYTES_TAB : 0u) |
           (s.cr ? NL_BYTES_CR : 0u);
}

unsigned nl_bytes_of(const char *p, size_t n) {
    return n > 0 && nl_block_kinds_usable() ? nl_block_kinds(p, n) : nl_bytes_of_plain(p, n);
}

size_t nl_bytes_find_plain(const nl_byte_set *set, const char *p, size_t n) {
    size_t i = 0;
    while (i < n &&
           !(set->by_low[(unsigned char)p[i] & 15] & set->by_high[(unsigned char)p[i] >> 4]))
        i++;
    return i;
}

size_t nl_bytes_find(const nl_byte_set *set, const char *p, size_t n) {
    return n >= NL_BLOCK_FIND_LEAST && nl_block_kinds_usable() ? nl_block_find(set, p, n)
                                                               : nl_bytes_find_plain(set, p, n);
}

bool nl_has_lone_cr(const char *p, size_t n) {
    const char *end = p + n;
    while (p < end && (p = memchr(p, '\r', (size_t)(end - p)))) {
        if (++p == end || *p != '\n')
            return true;
    }
    return false;
}
