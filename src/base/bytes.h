/*
 * What kinds of bytes a text holds, told by one vectorised pass: most articles have so little that
 * most of what is asked about them is answered by it.
 */
#ifndef NL_BASE_BYTES_H
#define NL_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum nl_bytes {
    NL_BYTES_HIGH = 1 << 0,      /* 0x80 and above: not ASCII */
    NL_BYTES_CONTROL = 1 << 1,   /* C0 but tab, LF and CR; and DEL */
    NL_BYTES_AMPERSAND = 1 << 2, /* & */
    NL_BYTES_BACKSLASH = 1 << 3, /* \ */
    NL_BYTES_NOT_UTF8 = 1 << 4,  /* somewhere it is not UTF-8 */
    NL_BYTES_TAB = 1 << 5,
    NL_BYTES_CR = 1 << 6,
    NL_BYTES_SEMICOLON = 1 << 7
} nl_bytes;

/* What was seen of a text. */
typedef struct nl_bytes_seen {
    unsigned kinds; /* bits of nl_bytes: a kind whose bit is not set does not occur */
    size_t high,
        high_end; /* from the first byte that is not ASCII to behind the last; 0, 0: none */
} nl_bytes_seen;

/* Looks at all bytes. Unless `lines` is NULL, *lines points to room for n offsets, takes that
 * behind each LF, and points behind the last of them afterwards. Linear. */
nl_bytes_seen nl_bytes_see(const char *p, size_t n, size_t **lines);

/* The same, without what only some processors can. */
nl_bytes_seen nl_bytes_see_plain(const char *p, size_t n, size_t **lines);

/* A set of bytes: those whose low nibble and high nibble share a bit. */
typedef struct nl_byte_set {
    unsigned char by_low[16], by_high[16];
} nl_byte_set;

static inline bool nl_byte_is_in(const nl_byte_set *set, char c) {
    return set->by_low[(unsigned char)c & 15] & set->by_high[(unsigned char)c >> 4];
}

/* Index of the first byte that is in the set, or n. */
size_t nl_bytes_find(const nl_byte_set *set, const char *p, size_t n);

/* The same, for less where hundreds of others stand before it. */
size_t nl_bytes_find_far(const nl_byte_set *set, const char *p, size_t n);

/* The same, without what only some processors can. */
size_t nl_bytes_find_plain(const nl_byte_set *set, const char *p, size_t n);

/* Which of n bytes are in the set, NL_BYTES_BLOCK at most: one bit each, the first byte the lowest.
 */
enum { NL_BYTES_BLOCK = 64 };
uint64_t nl_bytes_which(const nl_byte_set *set, const char *p, size_t n);

/* Is there a CR with no LF behind it? */
bool nl_has_lone_cr(const char *p, size_t n);

#endif
