/*
 * Where damage may begin: a character that stands for a lead byte in some code page, with one that
 * stands for a continuation byte in the same page right behind it (a table lookup a character), and
 * then a whole sequence (confirm.c). For the other finders also: a byte that is not UTF-8, a lead
 * byte's character before what a lost byte leaves, a signature of GBK, an escape.
 */
#include "encoding/prefilter.h"

#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/confirm.h"
#include "encoding/skip.h"
#include <string.h>

typedef struct scan {
    const unsigned char *p;
    size_t n;
    size_t high_end; /* behind it all is ASCII */
    bool any;        /* for all finders, not the search alone */
    bool one_record;
    bool slow; /* without the blocks of skip.h */
} scan;

static bool is_lower_at(const scan *s, size_t i) {
    return i < s->n && nl_is_alpha(s->p[i]) && s->p[i] >= 'a';
}

static bool is_letter_at(const scan *s, size_t i) {
    return i < s->n && (s->p[i] >= 0x80 || nl_is_alpha(s->p[i]));
}

static bool starts(const scan *s, size_t i, const char *word) {
    size_t k = strlen(word);
    return s->n - i >= k && memcmp(s->p + i, word, k) == 0;
}

/* Does the text end at i, or go on as one does that was cut there? */
static bool ends_there(const scan *s, size_t i) {
    while (i < s->n && (s->p[i] == '\n' || s->p[i] == '\r'))
        i++;
    if (i >= s->n)
        return s->one_record;
    return starts(s, i, "...") || starts(s, i, "\xE2\x80\xA6") || s->p[i] == '[' ||
           starts(s, i, " [") || starts(s, i, "\xC3\xA2\xE2\x82\xAC\xC2\xA6");
}

/* A lone lead byte's character from `at` to i, U+00C2 to U+00F4: is it what a lost byte leaves? */
static bool is_stump(const scan *s, size_t at, size_t i) {
    unsigned char byte = s->p[at] == 0xC3 ? s->p[at + 1] + 0x40 : s->p[at + 1];
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    if (byte == 0xE2 && starts(s, i, "??"))
        return true;
    if (byte < 0xDF && at > 0 && (is_lower_at(s, at - 1) || s->p[at - 1] >= 0x80) &&
        ends_there(s, i))
        return true;
    if (byte != 0xC3 || i >= s->n || at == 0)
        return false;
    bool mark = s->p[i] == '"' || s->p[i] == '\'' || s->p[i] == '?';
    return mark && is_letter_at(s, at - 1) && is_letter_at(s, i + 1);
}

/* Roles of the character of two or three bytes at i; its length, 0 when it is not UTF-8. */
static inline size_t role_at(const unsigned char *p, size_t left, uint32_t *role) {
    unsigned char a = p[0];
    *role = 0;
    if (a >= 0xC2 && a < 0xE0) {
        if (left < 2 || (p[1] & 0xC0) != 0x80)
            return 0;
        *role = nl_page_role_low[(a & 0x1Fu) << 6 | (p[1] & 0x3Fu)];
        return 2;
    }
    if (a > 0xE0 && a < 0xF0 && a != 0xED) {
        if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
            return 0;
        if (a == 0xE2 && p[1] < 0x98)
            *role = nl_page_role[nl_page_index[nl_page_block[0x80 + (p[1] & 0x3F)]][p[2] & 0x3F]];
        else if (a == 0xEF) {
            const uint8_t *b =
                nl_page_bytes_of((uint32_t)(0xF000 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F)));
            *role = b ? 0xFFFFFFFF : 0; /* a few ligatures of Mac Roman; the second look decides */
        }
        return 3;
    }
    uint32_t cp;
    size_t length = nl_utf8_read((const char *)p, left, &cp);
    return cp == NL_CP_INVALID ? 0 : length;
}

/* `鈥` and `锟`, which UTF-8 read as GBK shows. */
static inline bool is_signature(const unsigned char *p) {
    return p[0] == 0xE9 && ((p[1] == 0x88 && p[2] == 0xA5) || (p[1] == 0x94 && p[2] == 0x9F));
}

/* What is no pair, but worth a look by the other finders. */
static bool is_odd(const scan *s, size_t i, uint32_t before, size_t at_before) {
    const unsigned char *p = s->p + i;
    if (s->n - i >= 3 && is_signature(p))
        return true;
    if (!(before & 1))
        return false;
    if (*p == 0xEF && (starts(s, i, "\xEF\xBF\xBD")))
        return true;
    return s->p[at_before] == 0xC3 && is_stump(s, at_before, i);
}

/* `â€` and `ðŸ`, of longer sequences; the C1 form is worth a look anyway. */
static bool is_long_stump(const scan *s, size_t at_before, size_t i) {
    return (starts(s, at_before, "\xC3\xA2") && starts(s, i, "\xE2\x82\xAC")) ||
           (starts(s, at_before, "\xC3\xB0") && starts(s, i, "\xC5\xB8"));
}

/* `ні`, `ає`: a small letter of the Russian alphabet is a lead byte of three and more in
 * Windows-1251, and the character at `behind` is none of its continuation bytes. */
static bool lacks_third(const scan *s, size_t at_before, size_t behind, uint32_t pages) {
    const unsigned char *lead = s->p + at_before;
    bool small = (lead[0] == 0xD0 && lead[1] >= 0xB0) || (lead[0] == 0xD1 && lead[1] < 0x90);
    uint32_t role = 0;
    if (!small || pages != 1u << NL_PAGE_1251)
        return false;
    if (behind < s->n)
        role_at(s->p + behind, s->n - behind, &role);
    return !(role >> 16 & pages);
}

static bool is_pair(const scan *s, size_t at_before, size_t i, uint32_t pages) {
    if (s->any && (pages & 1) && is_long_stump(s, at_before, i))
        return true;
    return nl_confirm((const char *)s->p, s->n, at_before, pages);
}

/* Box drawing behind a Cyrillic letter: CP866. */
static bool is_boxed_cyrillic(const scan *s, size_t at_before, size_t i) {
    return s->p[i] == 0xE2 && s->p[i + 1] >= 0x94 && s->p[i + 1] <= 0x96 && i > 0 &&
           (s->p[at_before] == 0xD0 || s->p[at_before] == 0xD1);
}

/* The unit beyond ASCII at i, with what stood before it; true when it is worth a look. */
static bool is_worth(const scan *s, size_t i, size_t length, uint32_t role, uint32_t before,
                     size_t at_before) {
    if (length == 2 && s->p[i] == 0xC2 && s->p[i + 1] < 0xA0)
        return true;
    uint32_t pages = (before & 0xFFFF) & role >> 16;
    if (pages && !lacks_third(s, at_before, i + length, pages) && is_pair(s, at_before, i, pages))
        return true;
    if (before && length == 3 && is_boxed_cyrillic(s, at_before, i))
        return true;
    return s->any && (length == 0 || is_odd(s, i, before, at_before));
}

/* Length of the character at p when it is of a script that no code page here has; else 0. Needs
 * four bytes. */
static inline size_t foreign_length(const unsigned char *p) {
    unsigned char a = p[0];
    bool first = (p[1] & 0xC0) == 0x80, second = (p[2] & 0xC0) == 0x80;
    if (a >= 0xD7 && a < 0xE0)
        return first ? 2 : 0;
    if ((a >= 0xE3 && a < 0xED) || a == 0xE1 || (a == 0xE0 && p[1] >= 0xA0))
        return first && second && !is_signature(p) ? 3 : 0;
    return 0;
}

static bool is_escape(const unsigned char *p, size_t left) {
    if (left < 4)
        return false;
    if (*p == '&')
        return (p[1] == '#' || nl_is_alpha(p[1])) && memchr(p, ';', left < 14 ? left : 14);
    return p[1] == 'x' || p[1] == 'u';
}

/* Is there an escape that begins with `sign`? */
static bool has_escape(const char *p, size_t n, char sign) {
    for (const char *at = p; (at = memchr(at, sign, n - (size_t)(at - p))); at++)
        if (is_escape((const unsigned char *)at, n - (size_t)(at - p)))
            return true;
    return false;
}

/* Characters of two bytes, which most alphabets have, in a loop of their own; at_before is that of
 * the last one. True when it stopped at one that is worth a look. */
static inline bool pass_pairs(const scan *s, size_t *at, uint32_t *before, size_t *at_before) {
    const unsigned char *p = s->p;
    size_t i = *at;
    uint32_t last = *before;
    bool stopped = false;
    while (i + 1 < s->n && p[i] >= 0xC2 && p[i] < 0xE0 && (p[i + 1] & 0xC0) == 0x80) {
        uint32_t role = nl_page_role_low[(p[i] & 0x1Fu) << 6 | (p[i + 1] & 0x3Fu)];
        if ((last & role >> 16 & 0xFFFF) || (p[i] == 0xC2 && p[i + 1] < 0xA0) ||
            (p[i] == 0xC3 && p[i + 1] == 0xA2)) {
            stopped = true;
            break;
        }
        last = role;
        i += 2;
    }
    if (i > *at)
        *at_before = i - 2;
    *at = i;
    *before = last;
    return stopped;
}

static size_t look(const scan *s, size_t from) {
    uint32_t before = 0, role;
    size_t at_before = 0, i = from, length, skip_from = from;
    while (i < s->n) {
        unsigned char c = s->p[i];
        if (c >= 0x80 && before == 0 && i >= skip_from && s->n - i >= NL_SKIP_MIN && !s->slow) {
            size_t until, end = s->n - s->high_end > NL_SKIP_MIN ? s->high_end + NL_SKIP_MIN : s->n;
            size_t passed = nl_skip(s->p + i, end - i, &until);
            skip_from = i + until;
            i += passed;
            if (passed)
                continue;
        }
        if (c < 0x80) {
            if (s->any && (before & 1) && s->p[at_before] == 0xC3 && is_stump(s, at_before, i))
                return at_before;
            if (i >= s->high_end)
                return s->n;
            before = 0;
            i++;
            if (i < s->n && s->p[i] < 0x80)
                i += nl_ascii_prefix((const char *)s->p + i, s->n - i);
        } else if (!pass_pairs(s, &i, &before, &at_before) && i < s->n && s->p[i] < 0x80) {
            continue;
        } else if (s->n - i >= 4 && (length = foreign_length(s->p + i)) > 0) {
            before = 0;
            i += length;
        } else if (i < s->n) {
            length = role_at(s->p + i, s->n - i, &role);
            if (is_worth(s, i, length, role, before, at_before))
                return before ? at_before : i;
            before = role;
            at_before = i;
            i += length ? length : 1;
        }
    }
    bool stump = s->any && (before & 1) && s->p[at_before] == 0xC3 && is_stump(s, at_before, i);
    return stump ? at_before : s->n;
}

size_t nl_prefilter(const char *p, size_t n, size_t from) {
    scan s = {.p = (const unsigned char *)p, .n = n, .high_end = n};
    return look(&s, from);
}

static scan scan_of(const char *p, size_t n, const nl_mojibake_options *options) {
    return (scan){.p = (const unsigned char *)p,
                  .n = n,
                  .high_end = n,
                  .any = true,
                  .one_record = options->one_record};
}

size_t nl_prefilter_next(const char *p, size_t n, size_t from, const nl_mojibake_options *options) {
    scan s = scan_of(p, n, options);
    return look(&s, from);
}

size_t nl_prefilter_slow(const char *p, size_t n, size_t from, const nl_mojibake_options *options) {
    scan s = scan_of(p, n, options);
    s.slow = true;
    return look(&s, from);
}

/* A reference ends in a semicolon; addresses have many ampersands and hardly one of those. */
static bool has_escapes(const char *p, size_t n, unsigned kinds) {
    bool reference = kinds & NL_BYTES_AMPERSAND && kinds & NL_BYTES_SEMICOLON && memchr(p, ';', n);
    return (reference && has_escape(p, n, '&')) ||
           (kinds & NL_BYTES_BACKSLASH && has_escape(p, n, '\\'));
}

bool nl_prefilter_any(const char *p, size_t n, const nl_bytes_seen *seen,
                      const nl_mojibake_options *options) {
    scan s = scan_of(p, n, options);
    s.high_end = seen->high_end;
    return n > 0 && ((seen->kinds & NL_BYTES_HIGH && look(&s, seen->high) < n) ||
                     (options->escapes && has_escapes(p, n, seen->kinds)));
}
