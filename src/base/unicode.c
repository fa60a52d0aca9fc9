/* utf8proc behind unicode.h. */
#include "base/unicode.h"

#include "base/buf.h"
#include "base/utf8.h"
#include <stdlib.h>
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

size_t nl_grapheme_read(const char *p, size_t n, size_t *width) {
    unsigned char first = (unsigned char)p[0];
    *width = 1;
    if (first >= 0x20 && first < 0x7F && (n == 1 || (unsigned char)p[1] < 0x80))
        return 1;
    uint32_t cp;
    size_t at = nl_utf8_read(p, n, &cp);
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
    size_t count = 0, width;
    for (size_t i = 0; i < s.n; count++)
        i += nl_grapheme_read(s.p + i, s.n - i, &width);
    return count;
}

static nl_str map(nl_str s, nl_arena *arena, int options) {
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                                      (utf8proc_option_t)options);
    if (n < 0)
        return s; /* not UTF-8: as it is */
    nl_str copy = {nl_arena_copy(arena, (const char *)out, (size_t)n), (size_t)n};
    free(out);
    return copy;
}

nl_str nl_nfc(nl_str s, nl_arena *arena) {
    if (nl_ascii_prefix(s.p, s.n) == s.n)
        return s;
    nl_str composed = map(s, arena, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return nl_str_eq(composed, s) ? s : composed;
}

bool nl_is_nfc(nl_str s) {
    if (nl_ascii_prefix(s.p, s.n) == s.n)
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

bool nl_cp_is_assigned(uint32_t cp) {
    utf8proc_category_t c = category(cp);
    return c != UTF8PROC_CATEGORY_CN && c != UTF8PROC_CATEGORY_CS;
}

bool nl_cp_is_space(uint32_t cp) {
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000;
}

bool nl_cp_is_hidden(uint32_t cp) {
    if (cp == 0x200C || cp == 0x200D)
        return false;
    utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_CF || c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP;
}

void nl_visible(nl_str s, nl_buf *out) {
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = nl_utf8_read(s.p + i, s.n - i, &cp);
        if (cp == '\n')
            nl_buf_puts(out, "\\n");
        else if (cp == '\r')
            nl_buf_puts(out, "\\r");
        else if (cp == '\t')
            nl_buf_puts(out, "\\t");
        else if (cp == NL_CP_INVALID || cp < 0x20 || cp == 0x7F)
            nl_buf_printf(out, "\\x%02X", (unsigned)(unsigned char)s.p[i]);
        else if (cp >= 0x80 && (cp < 0xA0 || nl_cp_is_hidden(cp)))
            nl_buf_printf(out, "\\u{%X}", (unsigned)cp);
        else
            nl_buf_add(out, s.p + i, len);
        i += len;
    }
}
