/* Stumps that the search took for characters: cut.h. */
#include "encoding/cut.h"

#include "encoding/codepage.h"
#include "encoding/model.h"
#include <string.h>

enum {
    ELLIPSIS = 0x2026,
    LIKELY_END = 13 * 8 /* what a letter that ends a record may cost, with that end */
};

static size_t end_of(const nl_hit *h) {
    return h->from + h->guess.units;
}

/* What stands before hit i in the repaired text. */
static uint32_t output_before(const nl_cutting *c, size_t i) {
    const nl_hit *h = &c->reading->hits[i];
    if (i > 0 && end_of(h - 1) == h->from)
        return h[-1].guess.cp;
    return h->from > 0 ? c->u[h->from - 1].cp : ' ';
}

static bool is_syllable(nl_symbol c) {
    return c.cls == NL_CLASS_HAN || c.cls == NL_CLASS_HANGUL || c.cls == NL_CLASS_EMOJI;
}

/* Is a character whose last unit is an ellipsis more likely a stump and that ellipsis? */
static bool eats_ellipsis(const nl_cutting *c, size_t i) {
    const nl_hit *h = &c->reading->hits[i];
    size_t end = end_of(h);
    if (h->guess.layers != 1 || c->u[end - 1].cp != ELLIPSIS || h->guess.swapped)
        return false;
    if (end < c->n && nl_class_is_letter(nl_model_class_of(c->u[end].cp)))
        return false;
    nl_symbol before = nl_model_symbol(output_before(c, i)), own = nl_model_symbol(h->guess.cp);
    if (own.known < 0 && !is_syllable(own))
        return true;
    if (nl_class_is_upper((nl_class)own.cls) && nl_class_is_lower((nl_class)before.cls))
        return true;
    if (end != c->record_end)
        return false;
    return is_syllable(own) || !nl_class_is_letter((nl_class)own.cls) ||
           nl_model_cost(before, own) + nl_model_cost(own, nl_model_symbol('\n')) > LIKELY_END;
}

/* Would the ellipsis that hit i reads make a character of what stands before it? */
static bool completes_stump(const nl_cutting *c, size_t i, size_t *from) {
    const nl_hit *h = &c->reading->hits[i];
    size_t least = i > 0 ? end_of(h - 1) : 0;
    if (h->guess.cp != ELLIPSIS)
        return false;
    for (size_t k = 1; k <= 2 && h->from >= least + k; k++) {
        nl_unit u[3];
        memcpy(u, c->u + h->from - k, k * sizeof *u);
        u[k].cp = ELLIPSIS;
        size_t at = 0;
        uint32_t cp = nl_guess_read(u, k + 1, &at, h->guess.chain, 1, NULL);
        if (u[0].cp < 0x80 || at != k + 1 || !nl_guess_plausible(cp, h->guess.chain[0]))
            continue;
        *from = h->from - k;
        return *from == 0 || !nl_class_is_upper(nl_model_class_of(c->u[*from - 1].cp));
    }
    return false;
}

/* The chain that the text has gone through, as far as hit i can tell. */
static const nl_guess *chain_of_text(const nl_cutting *c, size_t i) {
    if (c->prior->count)
        return &c->prior->chains[0];
    return i > 0 ? &c->reading->hits[i - 1].guess : NULL;
}

static nl_page mixed(uint8_t page) {
    return page == NL_PAGE_1252 ? NL_PAGE_1252_MIXED : (nl_page)page;
}

/* `слово Ð`: does a Latin letter stand behind one of another script? */
static bool behind_other_script(const nl_cutting *c, size_t i) {
    nl_class own = nl_model_class_of(c->reading->hits[i].guess.cp);
    if (own < NL_CLASS_LATIN_LOWER || own > NL_CLASS_LATIN_RARE)
        return false;
    for (size_t k = i; k > 0; k--) {
        nl_class cls = nl_model_class_of(c->reading->hits[k - 1].guess.cp);
        if (nl_class_is_letter(cls))
            return cls > NL_CLASS_LATIN_RARE;
    }
    return false;
}

/* `á¸`: no text ends so, but many do in `é…` or in `ям`, which are bytes of a beginning too. */
static bool ends_oddly(const nl_cutting *c) {
    nl_class last = nl_model_class_of(c->reading->hits[c->reading->count - 1].guess.cp);
    return last == NL_CLASS_CURRENCY || last == NL_CLASS_SYMBOL || last == NL_CLASS_MODIFIER ||
           last == NL_CLASS_C1;
}

/* Do the last hits of a record read bytes of a character that is not whole? */
static bool is_half_peeled(const nl_cutting *c, size_t i) {
    const nl_hit *h = &c->reading->hits[i];
    const nl_guess *whole = chain_of_text(c, i);
    size_t last = c->reading->count - 1, have = 0;
    if (end_of(&c->reading->hits[last]) != c->record_end || h->guess.swapped)
        return false;
    bool deeper = whole && whole->layers > h->guess.layers &&
                  memcmp(whole->chain, h->guess.chain, h->guess.layers) == 0;
    nl_page page = mixed(deeper ? whole->chain[h->guess.layers] : h->guess.chain[0]);
    int lead = nl_page_encode(page, h->guess.cp);
    for (size_t k = i; k <= last; k++, have++) {
        const nl_hit *next = &c->reading->hits[k];
        int byte = nl_page_encode(page, next->guess.cp);
        if (k > i && (end_of(next - 1) != next->from || byte < 0x80 || byte > 0xBF ||
                      !nl_guess_same_chain(&next->guess, &h->guess)))
            return false;
    }
    if (lead < 0xC2 || lead > 0xF4 || have >= (lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u))
        return false;
    return deeper || (have > 1 && ends_oddly(c)) || behind_other_script(c, i);
}

bool nl_cut_at(const nl_cutting *c, size_t i, nl_cut *out) {
    const nl_hit *h = &c->reading->hits[i];
    *out = (nl_cut){h->from, end_of(h), i + 1, &h->guess, true};
    if (eats_ellipsis(c, i) || completes_stump(c, i, &out->from))
        return true;
    if (!is_half_peeled(c, i))
        return false;
    out->end = c->record_end;
    out->hits_end = c->reading->count;
    out->ellipsis = false;
    return true;
}
