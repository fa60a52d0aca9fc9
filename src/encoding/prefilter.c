/*
 * Where damage may begin: a character that stands for a lead byte in some code page, with one that
 * stands for a continuation byte in the same page right behind it, and, for the other finders, a
 * byte that is not UTF-8, a lead byte's character before what a lost byte leaves, a signature of
 * GBK, an escape. All the rest is passed over with a table lookup a character.
 */
#include "encoding/prefilter.h"

#include "base/utf8.h"
#include "encoding/codepage.h"
#include <string.h>

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
    uint8_t lead = first[NL_PAGE_1252], next = second[NL_PAGE_LATIN1]; /* the merged form */
    return lead >= 0xC2 && lead <= 0xF4 && next >= 0x80 && next <= 0xBF;
}

typedef struct scan {
    const char *p;
    size_t n;
    bool any; /* for all finders, not the search alone */
    bool one_record;
} scan;

/* Can what stands at i be what is left of a lost byte, behind a lead byte's character? */
static bool leaves_stump(const scan *s, const uint8_t *before, size_t i) {
    if (!before || before[NL_PAGE_1252] < 0xC2 || before[NL_PAGE_1252] > 0xF4)
        return false;
    if (i >= s->n)
        return s->one_record;
    switch ((unsigned char)s->p[i]) {
    case '?':
    case '"':
    case '\'':
    case '.':
    case '[':
    case '\n':
    case '\r':
        return true;
    case ' ':
        return i + 1 < s->n && s->p[i + 1] == '[';
    case 0xE2:
        return i + 2 < s->n && (unsigned char)s->p[i + 1] == 0x80 &&
               (unsigned char)s->p[i + 2] == 0xA6;
    case 0xEF:
        return i + 2 < s->n && (unsigned char)s->p[i + 1] == 0xBF;
    default:
        return false;
    }
}

static bool is_signature(const char *p, size_t left) {
    return left >= 3 && (memcmp(p, "\xE9\x88\xA5", 3) == 0 || memcmp(p, "\xE9\x94\x9F", 3) == 0);
}

static size_t look(const scan *s, size_t from) {
    const uint8_t *before = NULL;
    size_t at_before = 0;
    for (size_t i = from; i < s->n;) {
        unsigned char c = (unsigned char)s->p[i];
        if (c < 0x80) {
            if (before && s->any && leaves_stump(s, before, i))
                return at_before;
            before = NULL;
            i += nl_ascii_prefix(s->p + i, s->n - i);
            continue;
        }
        uint32_t cp;
        size_t length = nl_utf8_read(s->p + i, s->n - i, &cp);
        if (cp < 0xA0 || (s->any && (cp == NL_CP_INVALID || is_signature(s->p + i, s->n - i))))
            return i;
        const uint8_t *bytes = nl_page_bytes_of(cp);
        if (before &&
            ((bytes && pair_hits(before, bytes)) || (s->any && leaves_stump(s, before, i))))
            return at_before;
        before = bytes;
        at_before = i;
        i += length;
    }
    return before && s->any && leaves_stump(s, before, s->n) ? at_before : s->n;
}

size_t nl_prefilter(const char *p, size_t n, size_t from) {
    scan s = {p, n, false, false};
    return look(&s, from);
}

bool nl_prefilter_any(const char *p, size_t n, const nl_mojibake_options *options) {
    scan s = {p, n, true, options->one_record};
    if (n == 0)
        return false;
    if (options->escapes && (memchr(p, '&', n) || memchr(p, '\\', n)))
        return true;
    return look(&s, 0) < n;
}
