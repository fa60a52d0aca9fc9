/* Whole sequences, and what stands around them: confirm.h. */
#include "encoding/confirm.h"

#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/guess.h"
#include "encoding/model.h"

enum {
    NEAR = 80, /* bytes on either side in which a weak page must explain the letters */
    RUN = 2,   /* sequences on end that need no explaining */
    LEFT = 3   /* letters besides each sequence at most */
};

bool nl_page_is_weak(uint8_t page) {
    return page == NL_PAGE_1251 || page == NL_PAGE_1253 || page == NL_PAGE_850 ||
           page == NL_PAGE_852 || page == NL_PAGE_866 || page == NL_PAGE_KOI8R;
}

bool nl_is_typographic_mark(uint32_t cp) {
    return cp >= 0x2010 && cp <= 0x203A && cp != 0x2028 && cp != 0x2029;
}

/* Is that no continuation byte of the page, by a look at the table of roles? The small letters of
 * CP866 have a role of their own. */
static bool ends_sequence(uint32_t cp, uint8_t page) {
    return page != NL_PAGE_866 && cp < 0x800 && !(nl_page_role_low[cp] >> (16 + page) & 1);
}

static size_t decode(const nl_unit *u, size_t n, uint8_t page, uint32_t *cp) {
    size_t at = 0;
    *cp = nl_guess_read(u, n, &at, &page, 1, NULL);
    return *cp == NL_CP_INVALID ? 0 : at;
}

/* The sequence of `page` at u, decoded; its length in units or 0, as it mostly is in clean text. */
static inline size_t sequence(const nl_unit *u, size_t n, uint8_t page, uint32_t *cp) {
    *cp = NL_CP_INVALID;
    return n < 2 || ends_sequence(u[1].cp, page) ? 0 : decode(u, n, page, cp);
}

/* Letters of one script share it, whatever their case and rarity. */
static int script_of(uint32_t cp) {
    switch (nl_model_class_of(cp)) {
    case NL_CLASS_CYRILLIC_LOWER:
    case NL_CLASS_CYRILLIC_UPPER:
    case NL_CLASS_CYRILLIC_RARE:
        return NL_CLASS_CYRILLIC_LOWER;
    case NL_CLASS_GREEK_LOWER:
    case NL_CLASS_GREEK_UPPER:
    case NL_CLASS_GREEK_RARE:
        return NL_CLASS_GREEK_LOWER;
    case NL_CLASS_LATIN_LOWER:
    case NL_CLASS_LATIN_UPPER:
    case NL_CLASS_LATIN_RARE:
        return NL_CLASS_LATIN_LOWER;
    default:
        return -1;
    }
}

/* Could a reader meet the character, or a further layer hold it? What stays of clean text under a
 * wrong page is mostly a letter of a script that hardly anyone writes. */
static bool is_common(uint32_t cp) {
    switch (nl_model_class_of(cp)) {
    case NL_CLASS_OTHER:
    case NL_CLASS_RAREHAN:
    case NL_CLASS_GREEK_RARE:
    case NL_CLASS_CYRILLIC_RARE:
    case NL_CLASS_UNASSIGNED:
    case NL_CLASS_PRIVATE:
        return nl_model_symbol(cp).known >= 0;
    default:
        return true;
    }
}

/* As most lines of clean Cyrillic have: no sequence is without a tail, and none has more than two
 * letters for each, so that there are too many to be explained. */
static bool has_many_letters(const nl_unit *u, size_t n, uint8_t page) {
    size_t letters = 0, tails = 0;
    for (size_t i = 0; i < n; i++) {
        letters += u[i].cp >= 0x400 && u[i].cp < 0x480;
        tails += !ends_sequence(u[i].cp, page);
    }
    return letters > (2 + LEFT) * tails;
}

/* Are there enough sequences of the page for the letters of the script that are none? */
static bool explains_letters(const nl_unit *u, size_t n, uint8_t page, int script) {
    size_t sequences = 0, left = 0, han = 0;
    if (script == NL_CLASS_CYRILLIC_LOWER && has_many_letters(u, n, page))
        return false;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t length = u[i].cp < 0xA0 ? 0 : sequence(u + i, n - i, page, &cp);
        if (length && is_common(cp)) {
            sequences++;
            han += nl_model_class_of(cp) == NL_CLASS_HAN;
            i += length;
            continue;
        }
        left += script >= 0 && script_of(u[i].cp) == script;
        i++;
    }
    if (sequences == 1)
        return left == 0 && han == 0;
    return sequences * LEFT >= left;
}

static bool confirm_weak(const char *p, size_t n, size_t at, uint8_t page) {
    nl_unit units[2 * NEAR + 4];
    size_t from = at > NEAR ? at - NEAR : 0, end = n - at > NEAR ? at + NEAR : n;
    for (int k = 0; k < 3 && from > 0 && nl_utf8_goes_on(nl_str_n(p, n), from); k++)
        from--; /* no character has more; of bytes that are none there may be any number */
    for (size_t i = at; i > from; i--)
        if (p[i - 1] == '\n')
            from = i;
    size_t count = nl_units_read(p + from, end - from, units);
    uint32_t lead;
    nl_utf8_read(p + at, n - at, &lead);
    /* The last two units may be cut off from their sequence. */
    while (end < n && count > 2 && units[count - 1].cp >= 0x80)
        count--;
    return explains_letters(units, count, page, script_of(lead));
}

/* Do several sequences follow one another, letters of one script all of them? Clean text has one by
 * chance, and a damaged word is nothing else, whatever stands around it. */
static bool is_run(const nl_unit *u, size_t n, uint8_t page) {
    size_t count = 0;
    int script = -1;
    for (size_t at = 0, length; at < n; at += length) {
        uint32_t cp;
        length = sequence(u + at, n - at, page, &cp);
        if (length == 0 || script_of(cp) < 0 || (count && script_of(cp) != script) ||
            !is_common(cp))
            break;
        script = script_of(cp);
        count++;
    }
    return count >= RUN;
}

/* A short look that spares most of the long ones: the letters that touch the sequence must be
 * parts of sequences themselves. */
static bool touches_own_letters(const nl_unit *u, size_t n, const char *p, size_t at,
                                uint8_t page) {
    uint32_t cp, before = ' ';
    size_t length = sequence(u, n, page, &cp);
    if (length == 0)
        return true;
    if (at)
        nl_utf8_read_back(p, at, &before);
    int script = script_of(u[0].cp);
    if (script >= 0 && before >= 0x80 && script_of(before) == script) {
        const uint8_t *bytes = nl_page_bytes_of(before);
        if (!bytes || bytes[page] < 0x80 || bytes[page] > 0xBF)
            return true;
    }
    return length < n && script >= 0 && script_of(u[length].cp) == script &&
           sequence(u + length, n - length, page, &cp) == 0;
}

static bool is_ascii_letter(uint32_t cp) {
    return cp < 0x80 && nl_is_alpha((int)cp);
}

/* Italian `c’è` under Mac Roman: one letter of another script that touches an ASCII letter is no
 * find. */
static bool is_stranger(const nl_unit *u, size_t n, size_t length, const char *p, size_t at,
                        uint32_t cp) {
    uint32_t before = ' ';
    if (at)
        nl_utf8_read_back(p, at, &before);
    nl_class c = nl_model_class_of(cp);
    return !nl_class_is_letter(nl_model_class_of(u[0].cp)) && nl_class_is_letter(c) &&
           script_of(cp) != NL_CLASS_LATIN_LOWER &&
           (is_ascii_letter(before) || (length < n && is_ascii_letter(u[length].cp)));
}

static bool is_cjk(uint32_t cp) {
    nl_class c = nl_model_class_of(cp);
    return c == NL_CLASS_HAN || c == NL_CLASS_KANA || c == NL_CLASS_HANGUL;
}

static bool is_lower_of(uint32_t cp, int script) {
    return script_of(cp) == script && nl_class_is_lower(nl_model_class_of(cp));
}

/* Letters of South Slavic languages, which have no capital R or S before them within a word. */
static bool is_south_slavic(uint32_t cp) {
    return cp == 0x452 || cp == 0x453 || cp == 0x455 || (cp >= 0x459 && cp <= 0x45F);
}

/*
 * `можР°`, `приймаєтСЊся`, `Р°ле`: a capital within a word, or at its beginning, with a symbol
 * behind it or another capital. The marks that open and close words may touch a capital of clean
 * text.
 */
static bool breaks_word(const nl_unit *u, size_t n, size_t length, uint32_t before, uint32_t cp) {
    int script = script_of(u[0].cp);
    if (length != 2 || script < 0 || script == NL_CLASS_LATIN_LOWER || !is_lower_of(cp, script) ||
        !nl_class_is_upper(nl_model_class_of(u[0].cp)))
        return false;
    nl_class second = nl_model_class_of(u[1].cp);
    bool symbol = script_of(u[1].cp) != script;
    bool goes_on = length < n && is_lower_of(u[length].cp, script);
    if (is_lower_of(before, script))
        return symbol || is_south_slavic(u[1].cp) || (nl_class_is_upper(second) && goes_on);
    return goes_on && script_of(before) < 0 && symbol && second != NL_CLASS_MARK_OPEN &&
           second != NL_CLASS_MARK_CLOSE;
}

/* What no clean text gives by chance under a weak page: a mark of three bytes, or a character among
 * its like that is read from letters which are not. */
static bool stands_by_itself(const nl_unit *u, size_t n, size_t length, const char *p, size_t at,
                             uint32_t cp) {
    uint32_t before = ' ';
    if (nl_is_typographic_mark(cp))
        return true;
    if (at)
        nl_utf8_read_back(p, at, &before);
    if (breaks_word(u, n, length, before, cp))
        return true;
    return is_cjk(cp) && (is_cjk(before) || (length < n && is_cjk(u[length].cp)));
}

bool nl_confirm(const char *p, size_t n, size_t at, uint32_t pages) {
    nl_unit units[24];
    size_t end = n - at > 20 ? at + 20 : n;
    size_t count = nl_units_read(p + at, end - at, units);
    if (pages & 1u << NL_PAGE_LATIN1) /* see nl_page_role */
        pages = (pages & ~(1u << NL_PAGE_LATIN1)) | 1u << NL_PAGE_866;
    for (uint8_t page = 0; pages >> page; page++) {
        uint32_t cp;
        size_t length = pages >> page & 1 ? sequence(units, count, page, &cp) : 0;
        if (length == 0 || is_stranger(units, count, length, p, at, cp))
            continue;
        if (!nl_page_is_weak(page) || stands_by_itself(units, count, length, p, at, cp))
            return true;
        if (is_common(cp) && !touches_own_letters(units, count, p, at, page) &&
            (is_run(units, count, page) || confirm_weak(p, n, at, page)))
            return true;
    }
    return false;
}
