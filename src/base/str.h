/*
 * A view of bytes with a length. It owns nothing, may hold NULs and need not be UTF-8. A string
 * with p == NULL is "no string"; most functions take it as the empty one.
 */
#ifndef NL_BASE_STR_H
#define NL_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct nl_str {
    const char *p;
    size_t n;
} nl_str;

/* A literal as a string, also in static initialisers: NL_STR("title"). */
#define NL_STR(lit)                                                                                \
    { (lit), sizeof(lit) - 1 }
#define NL_S(lit) ((nl_str){(lit), sizeof(lit) - 1})

/* For printf's %.*s; only for text that is known to hold no NUL and no control character. */
#define NL_ARG(s) (int)(s).n, (s).p ? (s).p : ""

/* c may be NULL. */
static inline nl_str nl_str_c(const char *c) {
    return (nl_str){c, c ? strlen(c) : 0};
}

static inline nl_str nl_str_n(const char *p, size_t n) {
    return (nl_str){p, n};
}

static inline bool nl_str_eq(nl_str a, nl_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool nl_str_is(nl_str a, const char *c) {
    return nl_str_eq(a, nl_str_c(c));
}

/* Clamped. */
static inline nl_str nl_str_sub(nl_str s, size_t start, size_t end) {
    if (end > s.n)
        end = s.n;
    if (start > end)
        start = end;
    return s.n ? (nl_str){s.p + start, end - start} : s;
}

int nl_str_cmp(nl_str a, nl_str b); /* bytewise, a prefix first */

static inline bool nl_str_starts(nl_str s, nl_str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool nl_str_ends(nl_str s, nl_str suffix) {
    return s.n >= suffix.n &&
           (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

nl_str nl_str_trim(nl_str s); /* ASCII blanks and line ends, both sides */

/* Index of the first c, or s.n. */
static inline size_t nl_str_find(nl_str s, char c) {
    const char *at = s.n ? (const char *)memchr(s.p, c, s.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

/* Index of the first `needle`, or s.n. */
size_t nl_str_search(nl_str s, nl_str needle);

/* ASCII only and without a locale. */
static inline bool nl_is_alpha(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool nl_is_digit(int c) {
    return c >= '0' && c <= '9';
}

static inline bool nl_is_alnum(int c) {
    return nl_is_alpha(c) || nl_is_digit(c);
}

static inline bool nl_is_hex(int c) {
    return nl_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Space and tab. */
static inline bool nl_is_blank(int c) {
    return c == ' ' || c == '\t';
}

static inline int nl_lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

bool nl_is_punct(int c);
bool nl_str_eq_nocase(nl_str a, nl_str b);

/*
 * The nearest of `count` candidates to `word`, for "did you mean": a difference in case only wins,
 * then optimal string alignment distance of at most a third of the word's length. NULL if none is
 * near enough.
 */
const nl_str *nl_str_nearest(nl_str word, const nl_str *candidates, size_t count);

#endif
