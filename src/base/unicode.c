/* utf8proc behind unicode.h. */
#include "base/unicode.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static utf8proc_int32_t as_cp(uint32_t cp) {
    return cp == NL_CP_INVALID ? 0xFFFD : (utf8proc_int32_t)cp;
}

static size_t cp_width(uint32_t cp) {
    if (cp == NL_CP_INVALID)
        return 1;
    int w = utf8proc_charwidth(as_cp(cp));
    return w < 0 ? 0 : (size_t)w;
}

static bool is_regional(uint32_t cp) {
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/* The width of a cluster that grows by a code point. */
static size_t wider(size_t width, uint32_t last, uint32_t cp) {
    if (cp == 0xFE0F || (is_regional(last) && is_regional(cp))) /* shown as emoji (UTS #51) */
        return 2;
    return cp_width(cp) > width ? cp_width(cp) : width;
}

/* Letters and signs that join nothing and are one cell wide: two of them are two clusters. */
static bool is_simple(uint32_t cp) {
    return (cp >= 0x20 && cp < 0x7F) || (cp >= 0xC0 && cp < 0x300) || (cp >= 0x388 && cp < 0x482) ||
           (cp >= 0x48A && cp < 0x530) || (cp >= 0x2010 && cp < 0x2028);
}

static inline bool is_cont(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

/* Length of the character if it is simple by a look at its bytes: ASCII, U+00C0 to U+02FF, U+03C0
 * to U+047F, dashes and quotation marks; else 0. */
static inline size_t simple_length(const char *p, size_t n) {
    unsigned char a = (unsigned char)p[0];
    if (a < 0x80)
        return a >= 0x20 && a < 0x7F;
    if (a == 0xE2)
        return n > 2 && (unsigned char)p[1] == 0x80 && (unsigned char)p[2] >= 0x90 &&
                       (unsigned char)p[2] < 0xA8
                   ? 3
                   : 0;
    bool lead = (a >= 0xC3 && a <= 0xCB) || (a >= 0xCF && a <= 0xD1);
    return lead && n > 1 && is_cont((unsigned char)p[1]) ? 2 : 0;
}

enum { BLOCK = 32 }; /* of constant length, or it is not vectorised */

/* Do none but simple characters begin in the block? One byte more is looked at. */
static bool is_simple_block(const char *p, size_t *count) {
    unsigned char bad = is_cont((unsigned char)p[0]), begin = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char a = (unsigned char)p[i], b = (unsigned char)p[i + 1];
        unsigned char lead = ((a >= 0xC3) & (a <= 0xCB)) | ((a >= 0xCF) & (a <= 0xD1));
        unsigned char known = lead | ((a >= 0x20) & (a < 0x7F)) | is_cont(a);
        bad |= !known | (lead != is_cont(b));
        begin = (unsigned char)(begin + !is_cont(a));
    }
    *count = begin;
    return !bad;
}

/* Are the bytes, eight or a block of them, ASCII from the space to the tilde? What is below
 * borrows, what is above carries into a byte's first bit. */
static inline bool is_simple_ascii(const char *p, size_t n) {
    const uint64_t ones = 0x0101010101010101u;
    uint64_t bad = 0;
    for (size_t i = 0; i < n; i += 8) {
        uint64_t eight;
        memcpy(&eight, p + i, sizeof eight);
        bad |= eight | (eight + ones) | (eight - 0x20 * ones);
    }
    return (bad & 0x80 * ones) == 0;
}

/* Passes over simple characters up to `end` or somewhat behind it, `most` at most. */
static size_t pass_simple(const char *p, size_t i, size_t end, size_t n, size_t most,
                          size_t *seen) {
    for (size_t length; *seen < most && i < end && (length = simple_length(p + i, n - i)); ++*seen)
        i += length;
    return i;
}

size_t nl_grapheme_plain(const char *p, size_t n, size_t most, size_t *count) {
    size_t i = 0, seen = 0;
    for (bool more = true; more;) {
        size_t left = n - i, room = most - seen, begin;
        if (left >= BLOCK && room >= BLOCK && is_simple_ascii(p + i, BLOCK)) {
            i += BLOCK;
            seen += BLOCK;
        } else if (left >= 8 && room >= 8 && is_simple_ascii(p + i, 8)) {
            i += 8;
            seen += 8;
        } else if (left > 0 && left < 8 && n >= 8 && room >= 8 && is_simple_ascii(p + n - 8, 8)) {
            i = n;
            seen += left;
        } else if (left > BLOCK && room >= BLOCK && is_simple_block(p + i, &begin)) {
            i += is_cont((unsigned char)p[i + BLOCK]) ? BLOCK + 1 : BLOCK;
            seen += begin;
        } else {
            size_t end = left > BLOCK ? i + BLOCK : n;
            i = pass_simple(p, i, end, n, most, &seen);
            more = i >= end && i < n && seen < most;
        }
    }
    /* What follows may belong to the last one. */
    if (seen && i < n && (unsigned char)p[i] >= 0x80 && !simple_length(p + i, n - i)) {
        do
            i--;
        while (is_cont((unsigned char)p[i]));
        seen--;
    }
    *count = seen;
    return i;
}

size_t nl_grapheme_read(const char *p, size_t n, size_t *width) {
    unsigned char first = (unsigned char)p[0];
    *width = 1;
    if (first >= 0x20 && first < 0x7F && (n == 1 || (unsigned char)p[1] < 0x80))
        return 1;
    uint32_t cp, behind;
    size_t at = nl_utf8_read(p, n, &cp);
    if (is_simple(cp) && (at == n || (nl_utf8_read(p + at, n - at, &behind), is_simple(behind))))
        return at;
    *width = cp_width(cp);
    if (cp == NL_CP_INVALID)
        return at;
    utf8proc_int32_t state = 0;
    while (at < n) {
        uint32_t next;
        size_t len = nl_utf8_read(p + at, n - at, &next);
        if (next == NL_CP_INVALID ||
            utf8proc_grapheme_break_stateful(as_cp(cp), as_cp(next), &state))
            break;
        *width = wider(*width, cp, next);
        cp = next;
        at += len;
    }
    return at;
}

size_t nl_grapheme_count(nl_str s) {
    size_t count = 0, width, run;
    for (size_t i = 0; i < s.n; count++) {
        i += nl_grapheme_plain(s.p + i, s.n - i, SIZE_MAX, &run);
        count += run;
        if (i == s.n)
            break;
        i += nl_grapheme_read(s.p + i, s.n - i, &width);
    }
    return count;
}

size_t nl_grapheme_skip(nl_str s, size_t count) {
    size_t i = 0, width, run;
    while (count > 0 && i < s.n) {
        i += nl_grapheme_plain(s.p + i, s.n - i, count, &run);
        count -= run;
        if (count == 0 || i == s.n)
            break;
        i += nl_grapheme_read(s.p + i, s.n - i, &width);
        count--;
    }
    return i;
}

/* Longer runs of marks than any text needs (UAX #15, 13, allows 30) are utf8proc's to put in order
 * in quadratic time. */
enum { MARKS_MAX = 1000 };

static bool has_endless_marks(nl_str s) {
    size_t run = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        i += nl_utf8_read(s.p + i, s.n - i, &cp);
        bool mark = cp != NL_CP_INVALID && utf8proc_get_property(as_cp(cp))->combining_class != 0;
        run = mark ? run + 1 : 0;
        if (run > MARKS_MAX)
            return true;
    }
    return false;
}

static nl_str map(nl_str s, nl_arena *arena, int options) {
    if (has_endless_marks(s))
        return s;
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                                      (utf8proc_option_t)options);
    if (n < 0)
        return s; /* not UTF-8: as it is */
    nl_str copy = {nl_arena_copy(arena, (const char *)out, (size_t)n), (size_t)n};
    free(out);
    return copy;
}

bool nl_cp_is_nfc_inert(uint32_t cp) {
    static const struct {
        uint32_t first, last;
    } inert[] = {{0x0388, 0x0482},  {0x048A, 0x0590}, {0x05D0, 0x05F4}, {0x0620, 0x064A},
                 {0x0660, 0x066F},  {0x0671, 0x06D5}, {0x1E00, 0x1EFF}, {0x2002, 0x20CF},
                 {0x2100, 0x2125},  {0x2127, 0x2129}, {0x212C, 0x2328}, {0x232B, 0x2ADB},
                 {0x3001, 0x3029},  {0x3030, 0x3098}, {0x309B, 0x30FF}, {0x3105, 0x9FFF},
                 {0xAC00, 0xD7A3},  {0xE000, 0xF8FF}, {0xFE00, 0xFE0F}, {0xFE30, 0xFFFF},
                 {0x1F000, 0x1FAFF}};
    if (cp < 0x300)
        return true;
    size_t low = 0, high = sizeof inert / sizeof *inert;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cp > inert[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    return low < sizeof inert / sizeof *inert && cp >= inert[low].first;
}

/* First bytes of characters that are not inert for sure, as those up to U+02FF are, and Cyrillic
 * ones below U+0480: CC to CF, D2 to DF, and E0 to FF. */
static const nl_byte_set not_inert = {.by_low = {4, 4, 2 | 4, 2 | 4, 2 | 4, 2 | 4, 2 | 4, 2 | 4,
                                                 2 | 4, 2 | 4, 2 | 4, 2 | 4, 1 | 2 | 4, 1 | 2 | 4,
                                                 1 | 2 | 4, 1 | 2 | 4},
                                      .by_high = {[0xC] = 1, [0xD] = 2, [0xE] = 4, [0xF] = 4}};

/* Quick check: most texts hold nothing that normalising could change. */
static bool is_nfc_for_sure(nl_str s) {
    size_t i = nl_ascii_prefix(s.p, s.n);
    while ((i += nl_bytes_find(&not_inert, s.p + i, s.n - i)) < s.n) {
        do {
            uint32_t cp;
            i += nl_utf8_read(s.p + i, s.n - i, &cp);
            if (cp != NL_CP_INVALID && !nl_cp_is_nfc_inert(cp))
                return false;
        } while (i < s.n && nl_byte_is_in(&not_inert, s.p[i]));
    }
    return true;
}

nl_str nl_nfc(nl_str s, nl_arena *arena) {
    if (is_nfc_for_sure(s))
        return s;
    nl_str composed = map(s, arena, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return nl_str_eq(composed, s) ? s : composed;
}

bool nl_is_nfc(nl_str s) {
    if (is_nfc_for_sure(s))
        return true;
    nl_arena arena = {0};
    bool same = nl_str_eq(nl_nfc(s, &arena), s);
    nl_arena_free(&arena);
    return same;
}

nl_str nl_fold(nl_str s, nl_arena *arena) {
    return map(s, arena, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

static nl_str each(nl_str s, nl_arena *arena, utf8proc_int32_t (*to)(utf8proc_int32_t)) {
    nl_buf b = {0};
    nl_buf_reserve(&b, s.n);
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = nl_utf8_read(s.p + i, s.n - i, &cp);
        if (cp == NL_CP_INVALID)
            nl_buf_add(&b, s.p + i, len);
        else
            nl_buf_put_cp(&b, (uint32_t)to((utf8proc_int32_t)cp));
        i += len;
    }
    nl_str out = {nl_arena_copy(arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return out;
}

nl_str nl_lower_str(nl_str s, nl_arena *arena) {
    return each(s, arena, utf8proc_tolower);
}

nl_str nl_upper_str(nl_str s, nl_arena *arena) {
    return each(s, arena, utf8proc_toupper);
}

static utf8proc_category_t category(uint32_t cp) {
    return cp > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)cp);
}

bool nl_cp_is_letter(uint32_t cp) {
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool nl_cp_is_mark(uint32_t cp) {
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool nl_cp_is_number(uint32_t cp) {
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

bool nl_cp_is_upper(uint32_t cp) {
    return category(cp) == UTF8PROC_CATEGORY_LU;
}

bool nl_cp_is_lower(uint32_t cp) {
    return category(cp) == UTF8PROC_CATEGORY_LL;
}

bool nl_cp_is_punct(uint32_t cp) {
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_PO;
}

bool nl_cp_is_space(uint32_t cp) {
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000;
}

bool nl_has_outer_space_at_all(nl_str text) {
    uint32_t first, last;
    nl_utf8_read(text.p, text.n, &first);
    nl_utf8_read_back(text.p, text.n, &last);
    return nl_cp_is_space(first) || nl_cp_is_space(last);
}

bool nl_cp_is_hidden(uint32_t cp) {
    if (cp < 0x600)
        return cp == 0xAD;
    if (cp == 0x200C || cp == 0x200D)
        return false;
    utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_CF || c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP ||
           nl_cp_is_nonchar(cp);
}

static bool is_visible(uint32_t cp) {
    if (cp < 0x80)
        return cp >= 0x20 && cp != 0x7F;
    return cp >= 0xA0 && cp != NL_CP_INVALID && !nl_cp_is_hidden(cp);
}

static void put_escaped(unsigned char byte, uint32_t cp, nl_buf *out) {
    if (cp == '\n')
        nl_buf_puts(out, "\\n");
    else if (cp == '\r')
        nl_buf_puts(out, "\\r");
    else if (cp == '\t')
        nl_buf_puts(out, "\\t");
    else if (cp == NL_CP_INVALID || cp < 0x80)
        nl_buf_printf(out, "\\x%02X", (unsigned)byte);
    else
        nl_buf_printf(out, "\\u{%X}", (unsigned)cp);
}

void nl_visible(nl_str s, nl_buf *out) {
    size_t done = 0;
    for (size_t i = 0, n, count; i < s.n; i += n) {
        uint32_t cp;
        i += nl_grapheme_plain(s.p + i, s.n - i, SIZE_MAX, &count); /* all of them are visible */
        if (i == s.n)
            break;
        n = nl_utf8_read(s.p + i, s.n - i, &cp);
        if (is_visible(cp))
            continue;
        nl_buf_add(out, s.p + done, i - done);
        put_escaped((unsigned char)s.p[i], cp, out);
        done = i + n;
    }
    if (done < s.n)
        nl_buf_add(out, s.p + done, s.n - done);
}

bool nl_acts_on_log(nl_str s, size_t i) {
    if (s.p[i] != '[')
        return false;
    while (i > 0 && nl_is_alpha((unsigned char)s.p[i - 1]))
        i--;
    return i >= 2 && s.p[i - 1] == '#' && s.p[i - 2] == '#';
}
