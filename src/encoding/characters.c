/* Finding characters that do not belong in a text. */
#include "encoding/characters.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "encoding/bytes64.h"
#include "encoding/entity.h"

#include <stdlib.h>
#include <string.h>

typedef struct finder {
    nl_str text;
    unsigned kinds;
    nl_arena *arena;
    nl_odd *items; /* malloc'd */
    size_t count, cap, most;
    bool more;          /* there were as many as are wanted already */
    bool right_to_left; /* the text has a letter that runs so */
} finder;

/* ---- What may be there ------------------------------------------------------------------------
 */

/* By the bytes of a character that is not ASCII; n of them are left. */
static unsigned possible_at(const char *p, size_t n) {
    uint32_t cp;
    unsigned char a = (unsigned char)p[0], b = n > 1 ? (unsigned char)p[1] : 0;
    unsigned char c = n > 2 ? (unsigned char)p[2] : 0;
    nl_utf8_read(p, n, &cp);
    unsigned nfc = cp == NL_CP_INVALID || nl_cp_is_nfc_inert(cp) ? 0u : NL_ODD_NOT_NFC;
    switch (a) {
    case 0xC2:
        return (b < 0xA0 ? NL_ODD_CONTROL : 0u) | (b == 0xAD ? NL_ODD_INVISIBLE : 0u);
    case 0xD8:
        return nfc | (b == 0x9C ? NL_ODD_INVISIBLE : 0u);
    case 0xE1:
        return nfc | (b == 0x85 || b == 0xA0 ? NL_ODD_INVISIBLE : 0u);
    case 0xE2:
        return nfc | ((b == 0x80 && c >= 0x8B && !(c > 0x8F && c < 0xA8) && c <= 0xAE) ||
                              (b == 0x81 && c >= 0xA0)
                          ? NL_ODD_INVISIBLE
                          : 0u);
    case 0xE3:
        return nfc | (b == 0x85 ? NL_ODD_INVISIBLE : 0u);
    case 0xEF:
        return nfc | NL_ODD_PRIVATE_USE |
               (b >= 0xB7 ? NL_ODD_INVISIBLE | NL_ODD_BOM | NL_ODD_REPLACEMENT | NL_ODD_NONCHARACTER
                          : 0u);
    default:
        return nfc | (a >= 0xEE ? NL_ODD_PRIVATE_USE : 0u) |
               (a >= 0xF0 ? NL_ODD_NONCHARACTER | NL_ODD_INVISIBLE : 0u);
    }
}

/* Leads, but of letters that are never odd: U+00C0..U+02FF, U+0400..U+047F. They are C2, CC to CF,
 * D2 to DF, and E0 to FF. */
static const nl_byte_set unusual = {.by_low = {8, 8, 1 | 4 | 8, 4 | 8, 4 | 8, 4 | 8, 4 | 8, 4 | 8,
                                               4 | 8, 4 | 8, 4 | 8, 4 | 8, 2 | 4 | 8, 2 | 4 | 8,
                                               2 | 4 | 8, 2 | 4 | 8},
                                    .by_high = {[0xC] = 1 | 2, [0xD] = 4, [0xE] = 8, [0xF] = 8}};

/* Is there an ampersand that a semicolon follows as near as it does in an entity? */
static bool has_entity(nl_str t) {
    for (size_t i = 0; i < t.n; i++) {
        i += nl_str_find(nl_str_sub(t, i, t.n), '&');
        size_t end = i + 1;
        while (end < t.n && end - i < NL_ENTITY_MAX &&
               (nl_is_alnum((unsigned char)t.p[end]) || t.p[end] == '#'))
            end++;
        if (end < t.n && t.p[end] == ';')
            return true;
    }
    return false;
}

unsigned nl_odd_possible(nl_str t, const nl_bytes_seen *seen) {
    unsigned out = NL_ODD_OUTER_SPACE, bytes = seen->kinds;
    if (bytes & NL_BYTES_AMPERSAND && bytes & NL_BYTES_SEMICOLON && has_entity(t))
        out |= NL_ODD_ENTITY;
    if (bytes & NL_BYTES_CONTROL)
        out |= NL_ODD_CONTROL;
    if (!(bytes & NL_BYTES_HIGH))
        return out;
    if (bytes & NL_BYTES_NOT_UTF8)
        out |= NL_ODD_INVALID_UTF8;
    for (size_t at = seen->high, end = seen->high_end; at < end;) {
        at += nl_bytes_find_far(&unusual, t.p + at, end - at);
        size_t block = end - at < NL_BYTES_BLOCK ? end - at : NL_BYTES_BLOCK;
        for (uint64_t are = nl_bytes_which(&unusual, t.p + at, block); are; are &= are - 1) {
            size_t i = at + nl_bytes64_first(are);
            out |= possible_at(t.p + i, t.n - i);
        }
        at += block;
    }
    return out;
}

/* ---- One character ----------------------------------------------------------------------------
 */

static bool in(uint32_t cp, uint32_t first, uint32_t last) {
    return cp >= first && cp <= last;
}

static bool is_control(uint32_t cp) {
    return (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || in(cp, 0x7F, 0x9F);
}

static bool is_private(uint32_t cp) {
    return in(cp, 0xE000, 0xF8FF) || in(cp, 0xF0000, 0xFFFFD) || in(cp, 0x100000, 0x10FFFD);
}

/* Hebrew, Arabic and their like; enough to tell a text that has use for direction marks. */
static bool is_right_to_left(uint32_t cp) {
    return in(cp, 0x590, 0x8FF) || in(cp, 0xFB1D, 0xFDFF) || in(cp, 0xFE70, 0xFEFC) ||
           in(cp, 0x10800, 0x10FFF) || in(cp, 0x1E800, 0x1EFFF);
}

static bool is_direction_mark(uint32_t cp) {
    return cp == 0x200E || cp == 0x200F || cp == 0x061C;
}

/* Embeddings, overrides and isolates: text that reads otherwise than it is (CVE-2021-42574). */
static bool is_bidi_control(uint32_t cp) {
    return in(cp, 0x202A, 0x202E) || in(cp, 0x2066, 0x2069);
}

static bool is_invisible(uint32_t cp) {
    return cp == 0xAD || in(cp, 0x200B, 0x200F) || cp == 0x061C || is_bidi_control(cp) ||
           in(cp, 0x2060, 0x2064) || in(cp, 0x206A, 0x206F) || cp == 0x180E ||
           in(cp, 0x115F, 0x1160) || cp == 0x3164 || cp == 0xFFA0 || in(cp, 0xFFF9, 0xFFFB) ||
           in(cp, 0xE0000, 0xE007F) || cp == 0x2028 || cp == 0x2029;
}

/* Arabic, Indic and others join letters, or keep them apart, by invisible characters. */
static bool joins(uint32_t cp) {
    return in(cp, 0x0590, 0x1CFF) || in(cp, 0xA800, 0xABFF) || in(cp, 0xFB1D, 0xFEFC) ||
           in(cp, 0x10A00, 0x11FFF) || in(cp, 0x1E900, 0x1E95F);
}

static bool is_emoji(uint32_t cp) {
    return in(cp, 0x1F000, 0x1FAFF) || in(cp, 0x2190, 0x2BFF) || cp == 0xFE0F || cp == 0x20E3 ||
           cp == 0x3030;
}

/* Scripts that are written without spaces mark where a line may break. */
static bool breaks_by_zero_width(uint32_t cp) {
    return in(cp, 0x0E00, 0x0FFF) || in(cp, 0x1000, 0x109F) || in(cp, 0x1780, 0x17FF) ||
           in(cp, 0x1950, 0x1AAF);
}

static bool is_needed(const finder *f, uint32_t before, uint32_t cp, uint32_t after) {
    if (is_direction_mark(cp))
        return f->right_to_left;
    if (cp == 0x200C)
        return joins(before); /* the letter before takes another form, at a word's end too */
    if (cp == 0x200D)
        return joins(before) || (is_emoji(before) && is_emoji(after));
    if (cp == 0x200B)
        return breaks_by_zero_width(before) || breaks_by_zero_width(after);
    if (in(cp, 0xE0020, 0xE007F)) /* flags of regions: UTS #51, ED-14a */
        return before == 0x1F3F4 || in(before, 0xE0020, 0xE007E);
    return false;
}

static nl_odd_kind kind_of(const finder *f, uint32_t before, uint32_t cp, uint32_t after) {
    if (cp == NL_CP_INVALID)
        return NL_ODD_INVALID_UTF8;
    if (is_control(cp))
        return NL_ODD_CONTROL;
    if (cp < 0xA0)
        return 0;
    if (cp == 0xFFFD)
        return NL_ODD_REPLACEMENT;
    if (cp == 0xFEFF)
        return NL_ODD_BOM;
    if (is_invisible(cp))
        return is_needed(f, before, cp, after) ? 0 : NL_ODD_INVISIBLE;
    if (nl_cp_is_nonchar(cp))
        return NL_ODD_NONCHARACTER;
    return is_private(cp) ? NL_ODD_PRIVATE_USE : 0;
}

/* Taking it out is safe where nothing can be seen of it and it has no effect that was meant. */
static nl_odd_repair repair_of(nl_odd_kind kind, uint32_t cp) {
    switch (kind) {
    case NL_ODD_CONTROL:
        return cp < 0x20 && !in(cp, 0x0B, 0x0C) && cp != 0x1B ? NL_ODD_SAFE : NL_ODD_UNSAFE;
    case NL_ODD_BOM:
        return NL_ODD_SAFE;
    case NL_ODD_INVISIBLE:
        return cp == 0xAD || cp == 0x200B || cp == 0x2060 ? NL_ODD_SAFE : NL_ODD_UNSAFE;
    case NL_ODD_NONCHARACTER:
        return NL_ODD_UNSAFE;
    default:
        return NL_ODD_NONE;
    }
}

/* What parted lines or words leaves a space behind. */
static nl_str instead_of(uint32_t cp) {
    bool parts = in(cp, 0x0B, 0x0C) || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
    return parts ? NL_S(" ") : NL_S("");
}

/* ---- Places -----------------------------------------------------------------------------------
 */

static void add(finder *f, nl_odd odd) {
    if (!(f->kinds & (unsigned)odd.kind))
        return;
    if (f->count == f->most) {
        f->more = true;
        return;
    }
    if (f->count == f->cap)
        f->items = nl_grow(f->items, &f->cap, f->count + 1, sizeof *f->items);
    f->items[f->count++] = odd;
}

/* A neighbour of the same kind, which is the same mistake. */
static bool extend(finder *f, const nl_odd *odd) {
    nl_odd *last = f->count ? &f->items[f->count - 1] : NULL;
    if (!last || last->kind != odd->kind || last->end != odd->start)
        return false;
    last->end = odd->end;
    if (odd->repair > last->repair)
        last->repair = odd->repair;
    return true;
}

static void find_characters(finder *f) {
    nl_str t = f->text;
    uint32_t before = 0, cp = 0, after = 0;
    size_t n = t.n ? nl_utf8_read(t.p, t.n, &cp) : 0, next_n;
    for (size_t i = 0; i < t.n && !f->more; i += n, n = next_n, before = cp, cp = after) {
        after = 0;
        next_n = i + n < t.n ? nl_utf8_read(t.p + i + n, t.n - i - n, &after) : 0;
        nl_odd_kind kind = kind_of(f, before, cp, after);
        if (!kind || !(f->kinds & (unsigned)kind))
            continue;
        uint32_t shown = cp == NL_CP_INVALID ? (unsigned char)t.p[i] : cp;
        nl_odd odd = {i, i + n, kind, shown, repair_of(kind, cp), instead_of(cp)};
        if (!extend(f, &odd))
            add(f, odd);
    }
}

/* ---- Normalisation ----------------------------------------------------------------------------
 */

/* Han ideographs that are one with others by NFC, yet drawn otherwise. */
static bool is_compatibility_ideograph(nl_str cluster) {
    uint32_t cp;
    nl_utf8_read(cluster.p, cluster.n, &cp);
    return in(cp, 0xF900, 0xFAFF) || in(cp, 0x2F800, 0x2FA1F);
}

/* By clusters: NFC joins nothing across their borders but in scripts that nobody decomposes. What
 * stands in one word is one place. */
static void find_not_nfc(finder *f) {
    nl_str t = f->text;
    bool same_word = false;
    if (nl_is_nfc(t))
        return;
    for (size_t i = 0, n; i < t.n && !f->more; i += n) {
        size_t width;
        uint32_t cp;
        n = nl_grapheme_read(t.p + i, t.n - i, &width);
        nl_str cluster = nl_str_n(t.p + i, n);
        nl_utf8_read(t.p + i, n, &cp);
        if (cp == NL_CP_INVALID || nl_cp_is_space(cp)) {
            same_word = false;
            continue;
        }
        if (nl_ascii_prefix(cluster.p, n) == n || nl_is_nfc(cluster))
            continue;
        if (same_word)
            f->items[f->count - 1].end = i + n;
        else
            add(f, (nl_odd){i, i + n, NL_ODD_NOT_NFC, cp, NL_ODD_SAFE, {NULL, 0}});
        if (f->more)
            return;
        same_word = true;
        if (is_compatibility_ideograph(cluster))
            f->items[f->count - 1].repair = NL_ODD_UNSAFE;
    }
}

static void normalise(finder *f) {
    for (size_t i = 0; i < f->count; i++) {
        nl_odd *odd = &f->items[i];
        if (odd->kind == NL_ODD_NOT_NFC)
            odd->text = nl_nfc(nl_str_sub(f->text, odd->start, odd->end), f->arena);
    }
}

/* ---- Entities and blanks ----------------------------------------------------------------------
 */

static void find_entities(finder *f) {
    nl_str t = f->text;
    for (size_t i = 0; i < t.n && !f->more;) {
        i += nl_str_find(nl_str_sub(t, i, t.n), '&');
        if (i == t.n)
            return;
        char out[8];
        size_t out_n, n = nl_entity_read(t.p + i, t.n - i, out, &out_n);
        if (n)
            add(f, (nl_odd){i,
                            i + n,
                            NL_ODD_ENTITY,
                            '&',
                            NL_ODD_UNSAFE,
                            {nl_arena_copy(f->arena, out, out_n), out_n}});
        i += n ? n : 1;
    }
}

static bool is_space(uint32_t cp) {
    return cp != NL_CP_INVALID && nl_cp_is_space(cp);
}

static void find_outer_space(finder *f) {
    nl_str t = f->text;
    if (!nl_has_outer_space(t))
        return;
    size_t head = 0, tail = t.n;
    uint32_t first = 0, last = 0, cp;
    while (head < t.n) {
        size_t n = nl_utf8_read(t.p + head, t.n - head, &cp);
        if (!is_space(cp))
            break;
        first = head ? first : cp;
        head += n;
    }
    while (tail > head) {
        size_t n = nl_utf8_read_back(t.p + head, tail - head, &cp);
        if (!is_space(cp))
            break;
        last = cp;
        tail -= n;
    }
    if (head)
        add(f, (nl_odd){0, head, NL_ODD_OUTER_SPACE, first, NL_ODD_SAFE, {"", 0}});
    if (tail < t.n)
        add(f, (nl_odd){tail, t.n, NL_ODD_OUTER_SPACE, last, NL_ODD_SAFE, {"", 0}});
}

/* ---- All --------------------------------------------------------------------------------------
 */

static bool has_right_to_left(nl_str t) {
    for (size_t i = 0; i < t.n;) {
        uint32_t cp;
        i += nl_utf8_read(t.p + i, t.n - i, &cp);
        if (cp != NL_CP_INVALID && is_right_to_left(cp) && cp != 0x061C)
            return true;
    }
    return false;
}

static int by_place(const void *a, const void *b) {
    const nl_odd *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

nl_odds nl_odd_find(nl_str text, unsigned kinds, size_t most, nl_arena *arena) {
    static const unsigned characters = NL_ODD_INVALID_UTF8 | NL_ODD_REPLACEMENT | NL_ODD_CONTROL |
                                       NL_ODD_INVISIBLE | NL_ODD_BOM | NL_ODD_PRIVATE_USE |
                                       NL_ODD_NONCHARACTER;
    static const unsigned cheap = NL_ODD_ENTITY | NL_ODD_OUTER_SPACE;
    finder f = {.text = text, .kinds = kinds, .arena = arena, .most = most};
    if (kinds & ~cheap) {
        nl_bytes_seen seen = nl_bytes_see(text.p, text.n, NULL);
        f.kinds &= nl_odd_possible(text, &seen);
    }
    if (f.kinds & NL_ODD_INVISIBLE)
        f.right_to_left = has_right_to_left(text);
    if (f.kinds & characters)
        find_characters(&f);
    if (f.kinds & NL_ODD_NOT_NFC)
        find_not_nfc(&f);
    if (f.kinds & NL_ODD_ENTITY)
        find_entities(&f);
    if (f.kinds & NL_ODD_OUTER_SPACE)
        find_outer_space(&f);
    if (f.count == 0)
        return (nl_odds){NULL, 0, false};
    normalise(&f);
    nl_odds out = {nl_arena_alloc(arena, f.count * sizeof(nl_odd)), f.count, f.more};
    memcpy(out.items, f.items, f.count * sizeof(nl_odd));
    qsort(out.items, out.count, sizeof(nl_odd), by_place);
    free(f.items);
    return out;
}

const char *nl_odd_name(uint32_t cp) {
    static const struct {
        uint32_t cp;
        const char *name;
    } names[] = {
        {0x00, "NULL"},
        {0x07, "BELL"},
        {0x08, "BACKSPACE"},
        {0x0B, "LINE TABULATION"},
        {0x0C, "FORM FEED"},
        {0x1B, "ESCAPE"},
        {0x20, "SPACE"},
        {0x7F, "DELETE"},
        {0x85, "NEXT LINE"},
        {0xA0, "NO-BREAK SPACE"},
        {0xAD, "SOFT HYPHEN"},
        {0x061C, "ARABIC LETTER MARK"},
        {0x180E, "MONGOLIAN VOWEL SEPARATOR"},
        {0x200B, "ZERO WIDTH SPACE"},
        {0x200C, "ZERO WIDTH NON-JOINER"},
        {0x200D, "ZERO WIDTH JOINER"},
        {0x200E, "LEFT-TO-RIGHT MARK"},
        {0x200F, "RIGHT-TO-LEFT MARK"},
        {0x2028, "LINE SEPARATOR"},
        {0x2029, "PARAGRAPH SEPARATOR"},
        {0x202A, "LEFT-TO-RIGHT EMBEDDING"},
        {0x202B, "RIGHT-TO-LEFT EMBEDDING"},
        {0x202C, "POP DIRECTIONAL FORMATTING"},
        {0x202D, "LEFT-TO-RIGHT OVERRIDE"},
        {0x202E, "RIGHT-TO-LEFT OVERRIDE"},
        {0x202F, "NARROW NO-BREAK SPACE"},
        {0x2060, "WORD JOINER"},
        {0x2066, "LEFT-TO-RIGHT ISOLATE"},
        {0x2067, "RIGHT-TO-LEFT ISOLATE"},
        {0x2068, "FIRST STRONG ISOLATE"},
        {0x2069, "POP DIRECTIONAL ISOLATE"},
        {0x3000, "IDEOGRAPHIC SPACE"},
        {0x3164, "HANGUL FILLER"},
        {0xFEFF, "ZERO WIDTH NO-BREAK SPACE"},
        {0xFFFC, "OBJECT REPLACEMENT CHARACTER"},
        {0xFFFD, "REPLACEMENT CHARACTER"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].cp == cp)
            return names[i].name;
    return NULL;
}
