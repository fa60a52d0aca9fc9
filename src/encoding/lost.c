/*
 * Sequences of UTF-8 read as Windows-1252 or Latin-1 that are no longer whole: finders.h. A byte
 * was dropped, became `?`, U+FFFD, a space or a straight quote, or the text was cut in the middle
 * of a character. What is restored was guessed by the character model, so it is never safe.
 *
 * To keep clean text out, a sequence counts only with a reason: a beginning of two characters that
 * no language writes (`â€`), other damage of this kind in the text, or a capital inside a word.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/finders.h"
#include "encoding/model.h"
#include "encoding/prefilter.h"
#include <limits.h>
#include <string.h>

enum {
    GAIN_MIN = 10 * 8,
    SURE = 3 * 8 /* between the likeliest character and the next */
};

/* The bytes that may have stood where something else stands now. Windows-1252 has no characters for
 * five bytes; A0 and AD are blank or invisible. */
typedef struct slot {
    uint32_t now; /* 0: nothing stands there */
    const char *bytes;
} slot;

static const slot slots[] = {
    {'"', "\x93\x94\x84"},
    {'\'', "\x91\x92"},
    {'?', "\x81\x8D\x8F\x90\x9D"},
    {0xFFFD, "\x81\x8D\x8F\x90\x9D"},
    {' ', "\xA0"},
    {0, "\x81\x8D\x8F\x90\x9D\xA0\xAD"},
};

typedef struct losing {
    const char *p;
    size_t n;
    const nl_mojibake_options *options;
    bool damaged; /* the text holds whole sequences of this kind */
    nl_arena *arena;
} losing;

/* A sequence as far as it is there. */
typedef struct stump {
    size_t start, end; /* bytes of the text */
    unsigned char bytes[4];
    int have, need;
    nl_symbol before, after;
    int cost; /* of what stands there now, with the character behind it */
} stump;

static uint32_t at(const losing *l, size_t i) {
    uint32_t cp = '\n';
    if (i < l->n)
        nl_utf8_read(l->p + i, l->n - i, &cp);
    return cp;
}

static int lead_length(int byte) {
    return byte >= 0xC2 && byte <= 0xDF   ? 2
           : byte >= 0xE0 && byte <= 0xEF ? 3
           : byte >= 0xF0 && byte <= 0xF4 ? 4
                                          : 0;
}

static bool is_at(const losing *l, size_t i, const char *word) {
    size_t k = strlen(word);
    return l->n - i >= k && memcmp(l->p + i, word, k) == 0;
}

static bool ends_there(const losing *l, size_t i) {
    static const char *const cuts[] = {"\xE2\x80\xA6",
                                       "...",
                                       "[\xE2\x80\xA6]",
                                       "[...]",
                                       " [\xE2\x80\xA6]",
                                       " [...]",
                                       "\xC3\xA2\xE2\x82\xAC\xC2\xA6"};
    while (i < l->n && (l->p[i] == '\n' || l->p[i] == '\r'))
        i++;
    if (i == l->n)
        return l->options->one_record;
    for (size_t k = 0; k < sizeof cuts / sizeof *cuts; k++)
        if (is_at(l, i, cuts[k]))
            return true;
    return false;
}

static bool read_stump(const losing *l, size_t start, stump *s) {
    uint32_t cp;
    size_t i = start + nl_utf8_read(l->p + start, l->n - start, &cp);
    int byte = cp < 0xA0 ? -1 : nl_page_encode(NL_PAGE_1252_MIXED, cp);
    memset(s, 0, sizeof *s);
    if ((s->need = lead_length(byte)) == 0)
        return false;
    uint32_t before = '\n';
    if (start)
        nl_utf8_read_back(l->p, start, &before);
    s->before = nl_model_symbol(before);
    s->start = start;
    s->bytes[s->have++] = (unsigned char)byte;
    nl_symbol last = nl_model_symbol(cp);
    s->cost = nl_model_cost(s->before, last);
    while (s->have < s->need && i < l->n) {
        size_t length = nl_utf8_read(l->p + i, l->n - i, &cp);
        byte = cp < 0x80 || cp == NL_CP_INVALID ? -1 : nl_page_encode(NL_PAGE_1252_MIXED, cp);
        if (byte < 0x80 || byte > 0xBF || (cp == 0x2026 && s->need == 2 && ends_there(l, i)))
            break;
        nl_symbol c = nl_model_symbol(cp);
        s->cost += nl_model_cost(last, c);
        last = c;
        s->bytes[s->have++] = (unsigned char)byte;
        i += length;
    }
    s->end = i;
    s->after = nl_model_symbol(at(l, i));
    s->cost += nl_model_cost(last, s->after);
    return s->have < s->need;
}

/* A beginning that no language writes: `â€` of the marks, `ðŸ` of the emoji. */
static bool is_telling(const stump *s) {
    return s->have > 1 && ((s->bytes[0] == 0xE2 && s->bytes[1] == 0x80) ||
                           (s->bytes[0] == 0xF0 && s->bytes[1] == 0x9F));
}

/* Why a stump may be damage: see the head of the file. */
static bool has_reason(const losing *l, const stump *s, bool mark_inside) {
    if (is_telling(s))
        return true;
    nl_class c = (nl_class)s->before.cls;
    bool inside = nl_class_is_lower(c) || c == NL_CLASS_UPPER;
    if (l->damaged)
        return s->have > 1 || nl_class_is_lower(c) || !nl_class_is_letter(c);
    return s->have == 1 && s->bytes[0] == 0xC3 && inside && mark_inside;
}

static bool is_letter_at(const losing *l, size_t i) {
    uint32_t cp = at(l, i);
    return cp != NL_CP_INVALID && nl_class_is_letter(nl_model_class_of(cp));
}

/* Cut ends */

static bool is_cut(const losing *l, const stump *s) {
    if (!ends_there(l, s->end))
        return false;
    if (s->have > 1)
        return is_telling(s) || (s->bytes[0] >= 0xE2 && l->damaged);
    if (!l->damaged && (s->bytes[0] < 0xC3 || s->bytes[0] > 0xC5))
        return false; /* `1280×`; of the languages that write Ã, Ä or Å none ends a word so */
    return nl_class_is_lower((nl_class)s->before.cls) && s->bytes[0] < 0xDF;
}

static void add(nl_verdicts *out, const stump *s, size_t end, nl_damage_kind kind, nl_str text,
                int gain) {
    nl_damage d;
    memset(&d, 0, sizeof d);
    d.start = s->start;
    d.end = end;
    d.kind = kind;
    d.text = text;
    d.safety = text.p ? NL_DAMAGE_UNSAFE : NL_DAMAGE_REPORT;
    d.layers = 1;
    d.chain[0] = NL_PAGE_1252;
    d.bits = (float)gain / 8;
    nl_verdicts_add(out, &d);
}

/* Lost bytes */

typedef struct answer {
    uint32_t cp;
    size_t end;
    int gain;
    int second; /* the gain of the next likely character */
} answer;

/* The character when `byte` stands in the slot and the rest follows at `rest`. */
static void try_byte(const losing *l, const stump *s, unsigned char byte, size_t rest, int cost,
                     answer *best) {
    char bytes[4];
    memcpy(bytes, s->bytes, 4);
    int have = s->have;
    bytes[have++] = (char)byte;
    while (have < s->need && rest < l->n) {
        uint32_t cp;
        size_t length = nl_utf8_read(l->p + rest, l->n - rest, &cp);
        int b = cp < 0x80 || cp == NL_CP_INVALID ? -1 : nl_page_encode(NL_PAGE_1252_MIXED, cp);
        if (b < 0x80 || b > 0xBF)
            return;
        cost += 8 * 8; /* about what such a character costs */
        bytes[have++] = (char)b;
        rest += length;
    }
    uint32_t cp;
    if (have < s->need || nl_utf8_read(bytes, (size_t)have, &cp) != (size_t)have ||
        !nl_guess_plausible(cp, NL_PAGE_1252))
        return;
    nl_symbol c = nl_model_symbol(cp), after = nl_model_symbol(at(l, rest));
    int gain = cost - nl_model_cost(s->before, c) - nl_model_cost(c, after);
    if (nl_class_is_upper((nl_class)c.cls) && nl_class_is_lower((nl_class)s->before.cls))
        gain -= 7 * 8;
    if (best->cp == 0 || gain > best->gain)
        *best = (answer){cp, rest, gain, best->cp ? best->gain : INT_MIN / 2};
    else if (cp != best->cp && gain > best->second)
        best->second = gain;
}

static void try_slot(const losing *l, const stump *s, const slot *t, answer *best) {
    size_t rest = s->end;
    if (t->now) {
        if (at(l, rest) != t->now || rest >= l->n)
            return;
        uint32_t cp;
        rest += nl_utf8_read(l->p + rest, l->n - rest, &cp);
    }
    bool mark = t->now && t->now != ' ';
    if (!has_reason(l, s, mark && is_letter_at(l, rest)))
        return;
    if ((t->now == '"' || t->now == '\'') && s->have == 1 && !is_letter_at(l, rest))
        return; /* it may close a quotation */
    answer own = {0, 0, 0, INT_MIN / 2};
    for (const char *b = t->bytes; *b; b++)
        try_byte(l, s, (unsigned char)*b, rest, s->cost + (t->now ? 4 * 8 : 0), &own);
    own.gain -= t->now ? 0 : 4 * 8;
    own.second -= t->now ? 0 : 4 * 8;
    if (own.cp && own.gain >= GAIN_MIN && (best->cp == 0 || own.gain > best->gain))
        *best = own;
}

/* Several characters are about as likely. What is a U+FFFD within may become one as a whole. */
static void take_unsure(nl_verdicts *out, const losing *l, const stump *s, size_t end) {
    static const char replacement[] = "\xEF\xBF\xBD";
    nl_str none = {NULL, 0}, text = {replacement, 3};
    add(out, s, end, NL_DAMAGE_LOST, is_at(l, s->end, replacement) ? text : none, GAIN_MIN);
}

static size_t take_stump(nl_verdicts *out, const losing *l, const stump *s) {
    if (is_cut(l, s)) {
        add(out, s, s->end, NL_DAMAGE_TRUNCATED, (nl_str){"", 0}, 64);
        return s->end;
    }
    answer best = {0, 0, 0, INT_MIN / 2};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        try_slot(l, s, &slots[i], &best);
    if (best.cp && best.gain - best.second < SURE) {
        take_unsure(out, l, s, best.end);
        return best.end;
    }
    if (best.cp) {
        char text[4];
        size_t k = nl_utf8_write(best.cp, text);
        add(out, s, best.end, NL_DAMAGE_LOST, (nl_str){nl_arena_copy(l->arena, text, k), k},
            best.gain);
        return best.end;
    }
    if (s->bytes[0] == 0xE2 && s->have == 1 && is_at(l, s->end, "??")) {
        add(out, s, s->end + 2, NL_DAMAGE_LOST, (nl_str){NULL, 0}, 64);
        return s->end + 2;
    }
    return s->end;
}

/* The walk */

static bool is_damaged(const nl_verdicts *v) {
    for (size_t i = 0; i < v->count; i++) {
        uint8_t page = v->items[i].chain[0];
        if (v->items[i].kind == NL_DAMAGE_MISREAD &&
            (page == NL_PAGE_1252 || page == NL_PAGE_LATIN1 || page == NL_PAGE_1252_MIXED))
            return true;
    }
    return false;
}

/* U+FFFD that was misread itself: what it stood for is gone. */
static bool is_replacement(const losing *l, size_t i) {
    return is_at(l, i, "\xC3\xAF\xC2\xBF\xC2\xBD");
}

void nl_find_lost(nl_verdicts *out, const char *p, size_t n, const nl_mojibake_options *options,
                  nl_arena *arena) {
    losing l = {p, n, options, is_damaged(out), arena};
    size_t known = 0, known_count = out->count;
    for (size_t i = 0; i < n && !out->more;) {
        /* Where nothing is damaged, what a stump must look like is narrow: prefilter.c knows. */
        i = l.damaged ? i + nl_ascii_prefix(p + i, n - i) : nl_prefilter_next(p, n, i, options);
        if (i >= n)
            return;
        while (known < known_count && out->items[known].end <= i)
            known++;
        if (known < known_count && out->items[known].start <= i) {
            i = out->items[known].end;
            continue;
        }
        stump s;
        uint32_t cp;
        if (is_replacement(&l, i)) {
            memset(&s, 0, sizeof s);
            s.start = i;
            add(out, &s, i + 6, NL_DAMAGE_LOST, (nl_str){NULL, 0}, 64);
            i += 6;
        } else if (read_stump(&l, i, &s)) {
            i = take_stump(out, &l, &s);
        } else {
            i += nl_utf8_read(p + i, n - i, &cp);
        }
    }
}
