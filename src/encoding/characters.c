/*
 * One pass over the text, a class a character. The classes are those of the Unicode Character
 * Database (general category Cf, Zl, Zp, Co, Cn); the joiners' rules follow the Unicode Standard,
 * chapter 9 (Arabic), 12 (Indic) and UTS #51 (emoji ZWJ sequences).
 */
#include "encoding/characters.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

typedef struct scan {
    nl_str text;
    unsigned kinds;
    nl_arena *arena;
    nl_char_finding *items;
    size_t count, cap;
} scan;

static bool wants(const scan *s, nl_char_kind kind) {
    return s->kinds >> kind & 1;
}

static nl_char_finding *add(scan *s, nl_char_kind kind, size_t start, size_t end, uint32_t cp,
                            const char *what) {
    s->items = nl_grow(s->items, &s->cap, s->count + 1, sizeof *s->items);
    nl_char_finding *f = &s->items[s->count++];
    *f = (nl_char_finding){.start = start, .end = end, .kind = kind, .cp = cp, .what = what};
    return f;
}

static void fix(nl_char_finding *f, nl_str text) {
    f->fixable = true;
    f->text = text;
}

/* ---- Names ---------------------------------------------------------------------------------- */

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
    {0x7F, "DELETE"},
    {0x85, "NEXT LINE"},
    {0xA0, "NO-BREAK SPACE"},
    {0xAD, "SOFT HYPHEN"},
    {0x061C, "ARABIC LETTER MARK"},
    {0x115F, "HANGUL CHOSEONG FILLER"},
    {0x1160, "HANGUL JUNGSEONG FILLER"},
    {0x180E, "MONGOLIAN VOWEL SEPARATOR"},
    {0x2007, "FIGURE SPACE"},
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
    {0x2061, "FUNCTION APPLICATION"},
    {0x2062, "INVISIBLE TIMES"},
    {0x2063, "INVISIBLE SEPARATOR"},
    {0x2064, "INVISIBLE PLUS"},
    {0x2066, "LEFT-TO-RIGHT ISOLATE"},
    {0x2067, "RIGHT-TO-LEFT ISOLATE"},
    {0x2068, "FIRST STRONG ISOLATE"},
    {0x2069, "POP DIRECTIONAL ISOLATE"},
    {0x3164, "HANGUL FILLER"},
    {0xFEFF, "ZERO WIDTH NO-BREAK SPACE"},
    {0xFFA0, "HALFWIDTH HANGUL FILLER"},
    {0xFFFC, "OBJECT REPLACEMENT CHARACTER"},
    {0xFFFD, "REPLACEMENT CHARACTER"},
};

const char *nl_character_name(uint32_t cp) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].cp == cp)
            return names[i].name;
    return NULL;
}

/* ---- Neighbours ----------------------------------------------------------------------------- */

static uint32_t before(const scan *s, size_t at) {
    uint32_t cp = 0;
    if (at)
        nl_utf8_read_back(s->text.p, at, &cp);
    return cp;
}

static uint32_t behind(const scan *s, size_t at) {
    uint32_t cp = 0;
    if (at < s->text.n)
        nl_utf8_read(s->text.p + at, s->text.n - at, &cp);
    return cp;
}

/* Latin, Greek, Cyrillic, Armenian, Georgian: scripts that join nothing and need no joiner. */
static bool is_plain_script(uint32_t cp) {
    return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') ||
           (cp >= 0xC0 && cp < 0x590 && nl_cp_is_letter(cp)) || (cp >= 0x10A0 && cp < 0x1100) ||
           (cp >= 0x1E00 && cp < 0x2000) || (cp >= 0x2C60 && cp < 0x2C80) ||
           (cp >= 0xA640 && cp < 0xA700) || (cp >= 0xA720 && cp < 0xA800);
}

/* May stand beside anything in plain text: ASCII that is no letter, general punctuation, nothing.
 */
static bool is_neutral(uint32_t cp) {
    return cp < 0x80 || (cp >= 0xA0 && cp < 0xC0) || (cp >= 0x2010 && cp < 0x2028) ||
           (cp >= 0x2030 && cp < 0x205F);
}

/* Does a joiner have work to do between these? In Arabic, Indic and other scripts beyond the plain
 * ones, and in emoji sequences. */
static bool needs_joiner(uint32_t left, uint32_t right) {
    if (left == NL_CP_INVALID || right == NL_CP_INVALID)
        return false;
    bool left_plain = is_plain_script(left) || is_neutral(left);
    bool right_plain = is_plain_script(right) || is_neutral(right);
    return !left_plain && (!right_plain || nl_cp_is_letter(left) || nl_cp_is_mark(left));
}

/* An emoji, or something that makes one: what may stand before a variation selector or a tag. */
static bool takes_selector(uint32_t cp) {
    return (cp >= 0x23 && cp <= 0x39) || cp == 0xA9 || cp == 0xAE ||
           (cp >= 0x203C && cp < 0x3300) || (cp >= 0x3400 && cp < 0xA000) ||
           (cp >= 0xF900 && cp < 0xFB00) || cp >= 0x10000 || (cp >= 0x1800 && cp < 0x18B0) ||
           (cp >= 0x1000 && cp < 0x10A0);
}

/* ---- Classes -------------------------------------------------------------------------------- */

static bool is_bidi(uint32_t cp) {
    return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_private(uint32_t cp) {
    return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;
}

/* What an invisible character is, or NULL when it is none or has its reason to be there. */
static const char *invisible(const scan *s, size_t at, size_t end, uint32_t cp) {
    if (cp == 0xAD)
        return "soft hyphen";
    if (is_bidi(cp))
        return "direction control";
    if (cp == 0x2028 || cp == 0x2029)
        return "line separator";
    if (cp == 0x200C || cp == 0x200D)
        return needs_joiner(before(s, at), behind(s, end)) ? NULL : "zero-width joiner";
    if (cp == 0x200B) /* marks where Khmer, Thai, Lao and Myanmar text may break */
        return nl_cp_is_letter(before(s, at)) && !is_plain_script(before(s, at))
                   ? NULL
                   : "zero-width space";
    if (cp == 0x2060 || cp == 0x180E || (cp >= 0x2061 && cp <= 0x2064) ||
        (cp >= 0x206A && cp <= 0x206F))
        return "zero-width character";
    if (cp == 0x115F || cp == 0x1160 || cp == 0x3164 || cp == 0xFFA0)
        return "blank filler";
    if ((cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF))
        return takes_selector(before(s, at)) ? NULL : "variation selector";
    if (cp >= 0xE0000 && cp <= 0xE007F)
        return before(s, at) >= 0x1F000 ? NULL : "tag character";
    if (nl_cp_is_nonchar(cp))
        return "noncharacter";
    if (is_private(cp))
        return "private use character";
    if (cp >= 0xFFF9 && cp <= 0xFFFC)
        return "interlinear annotation";
    return NULL;
}

/* May an invisible character go without a loss? Where both sides are plain script, punctuation or
 * nothing, and it is none that steers the direction or stands for something. */
static bool may_go(const scan *s, size_t at, size_t end, uint32_t cp) {
    uint32_t left = before(s, at), right = behind(s, end);
    bool hidden = cp == 0xAD || cp == 0x200B || cp == 0x200C || cp == 0x200D || cp == 0x2060;
    return hidden && left != NL_CP_INVALID && right != NL_CP_INVALID &&
           (is_plain_script(left) || is_neutral(left)) &&
           (is_plain_script(right) || is_neutral(right));
}

static void look_at(scan *s, size_t at, size_t end, uint32_t cp, bool at_start) {
    if (cp < 0x20 || cp == 0x7F || (cp >= 0x80 && cp < 0xA0)) {
        if (cp != '\t' && cp != '\n' && cp != '\r' && wants(s, NL_CHAR_CONTROL))
            add(s, NL_CHAR_CONTROL, at, end, cp, "control character");
    } else if (cp == 0xFFFD) {
        if (wants(s, NL_CHAR_REPLACEMENT))
            add(s, NL_CHAR_REPLACEMENT, at, end, cp, "lost character");
    } else if (cp == 0xFEFF) {
        if (!(at_start && at == 0) && wants(s, NL_CHAR_BOM))
            fix(add(s, NL_CHAR_BOM, at, end, cp, "byte order mark"), NL_S(""));
    } else if (wants(s, NL_CHAR_INVISIBLE)) {
        const char *what = invisible(s, at, end, cp);
        if (!what)
            return;
        nl_char_finding *f = add(s, NL_CHAR_INVISIBLE, at, end, cp, what);
        if (may_go(s, at, end, cp))
            fix(f, NL_S(""));
    }
}

/* ---- Runs ----------------------------------------------------------------------------------- */

static size_t invalid_run(scan *s, size_t at) {
    size_t end = at;
    uint32_t cp = NL_CP_INVALID;
    while (end < s->text.n) {
        size_t len = nl_utf8_read(s->text.p + end, s->text.n - end, &cp);
        if (cp != NL_CP_INVALID)
            break;
        end += len;
    }
    if (wants(s, NL_CHAR_INVALID_UTF8))
        add(s, NL_CHAR_INVALID_UTF8, at, end, NL_CP_INVALID, "byte that is not UTF-8");
    return end;
}

/* Pairs that NFC may join or reorder: something before a mark, Hangul jamo, singletons. What stands
 * before is part of the run, from the last starter on. */
static void normalise_run(scan *s, size_t start, size_t end, uint32_t cp) {
    nl_str run = nl_str_sub(s->text, start, end);
    nl_str composed = nl_nfc(run, s->arena);
    if (!nl_str_eq(run, composed))
        fix(add(s, NL_CHAR_NOT_NFC, start, end, cp, "letter that is not in normalisation form C"),
            composed);
}

static bool is_jamo(uint32_t cp) {
    return cp >= 0x1100 && cp <= 0x11FF;
}

/* The stretches in which NFC could change something: from one starter to the next. */
static void find_not_nfc(scan *s) {
    size_t start = 0;
    uint32_t first = 0;
    bool open = false;
    for (size_t at = 0; at < s->text.n;) {
        uint32_t cp;
        size_t len = nl_utf8_read(s->text.p + at, s->text.n - at, &cp);
        bool joins = cp != NL_CP_INVALID && cp >= 0x300 &&
                     (nl_cp_is_mark(cp) || (is_jamo(cp) && is_jamo(first)));
        if (!joins) {
            if (open)
                normalise_run(s, start, at, first);
            start = at;
            first = cp;
            /* a singleton such as U+212B or U+2126, or a CJK compatibility ideograph, by itself */
            open = cp != NL_CP_INVALID &&
                   ((cp >= 0x340 && cp < 0x380) || cp == 0x387 || (cp >= 0x1F00 && cp < 0x2000) ||
                    cp == 0x2126 || cp == 0x212A || cp == 0x212B || cp == 0x2329 || cp == 0x232A ||
                    (cp >= 0xF900 && cp < 0xFB50) || (cp >= 0x958 && cp < 0xA60) || cp >= 0x1D15E);
        } else {
            open = true;
        }
        at += len;
    }
    if (open)
        normalise_run(s, start, s->text.n, first);
}

/* `&name;`, `&#123;`, `&#x1F;`: as HTML writes them, the name of 2 to 31 letters and digits. */
static size_t entity_length(nl_str text, size_t at) {
    size_t i = at + 1;
    bool number = i < text.n && text.p[i] == '#';
    bool hex = number && i + 1 < text.n && (text.p[i + 1] | 0x20) == 'x';
    i += number ? hex ? 2 : 1 : 0;
    size_t first = i;
    for (; i < text.n && i - first < 32; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == ';')
            return i > first + !number && (number || nl_is_alpha((unsigned char)text.p[first]))
                       ? i + 1 - at
                       : 0;
        bool good = !number ? nl_is_alnum(c)
                    : hex   ? nl_is_digit(c) || (nl_lower(c) >= 'a' && nl_lower(c) <= 'f')
                            : nl_is_digit(c);
        if (!good)
            return 0;
    }
    return 0;
}

static void find_entities(scan *s) {
    for (size_t at = 0; at < s->text.n;) {
        const char *amp = memchr(s->text.p + at, '&', s->text.n - at);
        if (!amp)
            return;
        size_t start = (size_t)(amp - s->text.p);
        size_t len = entity_length(s->text, start);
        if (len)
            add(s, NL_CHAR_ENTITY, start, start + len, '&', "HTML entity");
        at = start + (len ? len : 1);
    }
}

static bool is_outer(uint32_t cp) {
    return cp != NL_CP_INVALID && nl_cp_is_space(cp);
}

static void find_outer_space(scan *s) {
    size_t start = 0, end = s->text.n;
    uint32_t cp;
    while (start < end) {
        size_t len = nl_utf8_read(s->text.p + start, end - start, &cp);
        if (!is_outer(cp))
            break;
        start += len;
    }
    if (start == end)
        return; /* nothing but space: that is for `required` to say */
    while (end > start) {
        size_t len = nl_utf8_read_back(s->text.p, end, &cp);
        if (!is_outer(cp))
            break;
        end -= len;
    }
    if (start)
        fix(add(s, NL_CHAR_OUTER_SPACE, 0, start, ' ', "white space at the start"), NL_S(""));
    if (end < s->text.n)
        fix(add(s, NL_CHAR_OUTER_SPACE, end, s->text.n, ' ', "white space at the end"), NL_S(""));
}

/* ---- The scan ------------------------------------------------------------------------------- */

bool nl_characters_possible(nl_str text) {
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r'))
            return true;
    }
    return false;
}

static int by_start(const void *a, const void *b) {
    const nl_char_finding *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

nl_char_findings nl_characters_find(nl_str text, unsigned kinds, bool at_start, nl_arena *arena) {
    scan s = {.text = text, .kinds = kinds, .arena = arena};
    if (nl_characters_possible(text)) {
        for (size_t at = 0; at < text.n;) {
            uint32_t cp;
            size_t len = nl_utf8_read(text.p + at, text.n - at, &cp);
            if (cp == NL_CP_INVALID) {
                at = invalid_run(&s, at);
                continue;
            }
            if (cp < 0x20 || cp >= 0x7F)
                look_at(&s, at, at + len, cp, at_start);
            at += len;
        }
        if (wants(&s, NL_CHAR_NOT_NFC))
            find_not_nfc(&s);
    }
    if (wants(&s, NL_CHAR_ENTITY) && text.n)
        find_entities(&s);
    if (wants(&s, NL_CHAR_OUTER_SPACE))
        find_outer_space(&s);
    nl_char_findings found = {.count = s.count};
    found.items = nl_arena_alloc(arena, (s.count ? s.count : 1) * sizeof *found.items);
    if (s.count) {
        memcpy(found.items, s.items, s.count * sizeof *found.items);
        qsort(found.items, s.count, sizeof *found.items, by_start);
    }
    free(s.items);
    return found;
}
