/* Guards of clean text: guards.h. */
#include "encoding/guards.h"

#include "base/utf8.h"
#include "encoding/codepage.h"

enum {
    LONE_LIMIT = 180,      /* what a lone decoded character may cost where it stands */
    LONE_LIMIT_LONG = 400, /* the same for four or more units */
    RARE_MIN = 4 * 8,      /* share of its class that makes a letter rare */
    NEAR = 24              /* units in which the next letter is looked for */
};

static nl_class class_at(const nl_standing *s, size_t at) {
    return at < s->n ? nl_model_class_of(s->u[at].cp) : NL_CLASS_SPACE;
}

/* `REZERVĂ…`, `SÃO»`, `È™`, `DĹŽKA`. */
bool nl_guard_capitals(const nl_standing *s) {
    const nl_guess *g = s->guess;
    const nl_unit *u = s->u + s->end - g->units;
    if (g->units != 2 || !nl_class_is_upper(nl_model_class_of(u[0].cp)))
        return false;
    nl_class next = nl_model_class_of(u[1].cp);
    bool inside = nl_class_is_upper((nl_class)s->before.cls);
    if (inside && nl_class_is_upper(next))
        return s->capitals || nl_class_is_upper(class_at(s, s->end));
    if (nl_class_is_letter(class_at(s, s->end)))
        return false;
    if (inside && next == NL_CLASS_SPACE)
        return u[0].cp != 0xC2; /* no language ends a word in Â */
    if (next < NL_CLASS_MARK_OPEN || next > NL_CLASS_SYMBOL || u[1].cp == 0xA1 || u[1].cp == 0xBF)
        return false;
    if (inside)
        return !(u[0].cp == 0xC3 && u[1].cp == 0x2030); /* É, the commonest end of a word */
    return !nl_class_is_letter((nl_class)s->before.cls) && g->cp > 0xFF;
}

/* Does another sequence of the same pages stand right behind? Then the run is not a lone one. */
static bool run_goes_on(const nl_standing *s) {
    size_t at = s->end;
    return nl_guess_read(s->u, s->n, &at, s->guess->chain, s->guess->layers, NULL) != NL_CP_INVALID;
}

/* A letter of the International Phonetic Alphabet or the like, but not `ə`, which is common. */
static bool is_rare(nl_symbol c) {
    return c.cls == NL_CLASS_LATIN_RARE && (c.known < 0 || nl_model_char_cost[c.known] > RARE_MIN);
}

/* Latin letters with and without marks are one script. */
static int script_of(nl_class c) {
    switch (c) {
    case NL_CLASS_LOWER:
    case NL_CLASS_UPPER:
    case NL_CLASS_LATIN_LOWER:
    case NL_CLASS_LATIN_UPPER:
    case NL_CLASS_LATIN_RARE:
        return NL_CLASS_LOWER;
    case NL_CLASS_GREEK_LOWER:
    case NL_CLASS_GREEK_UPPER:
    case NL_CLASS_GREEK_RARE:
        return NL_CLASS_GREEK_LOWER;
    case NL_CLASS_CYRILLIC_LOWER:
    case NL_CLASS_CYRILLIC_UPPER:
    case NL_CLASS_CYRILLIC_RARE:
        return NL_CLASS_CYRILLIC_LOWER;
    case NL_CLASS_HAN:
    case NL_CLASS_RAREHAN:
    case NL_CLASS_KANA:
    case NL_CLASS_HANGUL:
        return NL_CLASS_HAN;
    default:
        return c;
    }
}

/* Does a letter of its script stand beside it? Not asked of Latin ones, which stand beside any. */
static bool is_among_its_like(const nl_standing *s) {
    int script = script_of((nl_class)s->c.cls);
    return script != NL_CLASS_LOWER && (script_of((nl_class)s->before.cls) == script ||
                                        script_of(class_at(s, s->end)) == script);
}

static int lone_limit(const nl_standing *s) {
    const nl_guess *g = s->guess;
    bool letter = nl_class_is_letter((nl_class)s->c.cls);
    if (g->units == 2 && !letter && s->u[s->end - 1].cp == g->cp)
        return LONE_LIMIT_LONG; /* `Â¹`: it stands there as it is */
    if (letter && g->units == 3 && is_among_its_like(s))
        return LONE_LIMIT_LONG;
    return g->units > 3 || (g->units == 3 && !letter) ? LONE_LIMIT_LONG : LONE_LIMIT;
}

/* The next letter behind the guess, read through its chain where that is possible. */
static nl_class letter_behind(const nl_standing *s) {
    for (size_t i = s->end; i < s->n && i < s->end + NEAR; i++) {
        size_t at = i;
        uint32_t cp = nl_guess_read(s->u, s->n, &at, s->guess->chain, s->guess->layers, NULL);
        nl_class c = nl_model_class_of(cp != NL_CP_INVALID ? cp : s->u[i].cp);
        if (nl_class_is_letter(c) && c != NL_CLASS_COMBINING)
            return c;
    }
    return NL_CLASS_COUNT;
}

/*
 * `1280×”`, `“Æ`: a letter of a script that neither neighbour is of. Windows-1252's sequences of a
 * letter and a symbol are no clean text, so that a lone `α` is believed there. Few letters are
 * sometimes one of another script by several layers, too.
 */
static bool is_stranger(const nl_standing *s) {
    int script = script_of((nl_class)s->c.cls);
    const nl_unit *u = s->u + s->end - s->guess->units;
    bool one = s->guess->layers == 1;
    if (!nl_class_is_letter((nl_class)s->c.cls) || script == NL_CLASS_LOWER ||
        s->guess->units > (one ? 2 : 4))
        return false;
    if (one && s->guess->chain[0] == NL_PAGE_1252 && nl_class_is_letter(nl_model_class_of(u[0].cp)))
        return false;
    nl_class behind = letter_behind(s);
    if (s->letter == NL_CLASS_COUNT && behind == NL_CLASS_COUNT)
        return false;
    return script_of(s->letter) != script && script_of(behind) != script;
}

bool nl_guard_lone(const nl_standing *s, int cost) {
    if (!is_rare(s->c) && (s->guess->swapped || cost <= lone_limit(s)) && !is_stranger(s))
        return false;
    return !run_goes_on(s);
}
