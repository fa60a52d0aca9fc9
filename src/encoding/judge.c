/* Verdicts: judge.h. */
#include "encoding/judge.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "encoding/codepage.h"
#include "encoding/confirm.h"
#include "encoding/cut.h"
#include "encoding/gibberish.h"
#include "encoding/model.h"
#include <stdlib.h>
#include <string.h>

enum { CUT_BITS = 8 };

typedef struct judging {
    const nl_unit *u;
    size_t count;
    size_t start, size;
    const nl_reading *reading;
    const nl_prior *prior;
} judging;

/* The page a layer is named by; Windows-1252 and Latin-1 differ only in 0x80..0x9F. */
static uint8_t page_name(uint8_t page, uint8_t saw) {
    if (page != NL_PAGE_1252 || !(saw & NL_SAW_CONTROL))
        return page;
    return saw & NL_SAW_PRINTABLE ? NL_PAGE_1252_MIXED : NL_PAGE_LATIN1;
}

static bool shows_pair(const nl_guess *g) {
    return g->saw[g->layers - 1] & NL_SAW_PAIR;
}

/* Can the hit be told in one damage with the one before it? */
static bool joins(const nl_hit *a, const nl_hit *b, const uint8_t *saw) {
    if (a->from + a->guess.units != b->from || a->guess.layers != b->guess.layers ||
        a->guess.swapped != b->guess.swapped || shows_pair(&a->guess) != shows_pair(&b->guess) ||
        memcmp(a->guess.chain, b->guess.chain, a->guess.layers) != 0)
        return false;
    for (int i = 0; i < a->guess.layers; i++)
        if (a->guess.chain[i] == NL_PAGE_1252 &&
            ((saw[i] | b->guess.saw[i]) & NL_SAW_BOTH) == NL_SAW_BOTH &&
            (saw[i] & NL_SAW_BOTH) != NL_SAW_BOTH)
            return false;
    return true;
}

static size_t group_end(const nl_reading *r, size_t i, uint8_t *saw) {
    memcpy(saw, r->hits[i].guess.saw, NL_MOJIBAKE_LAYERS_MAX);
    for (i++; i < r->count && joins(&r->hits[i - 1], &r->hits[i], saw); i++)
        for (int k = 0; k < NL_MOJIBAKE_LAYERS_MAX; k++)
            saw[k] |= r->hits[i].guess.saw[k];
    return i;
}

/* How many bits cheaper the group's text is than the damaged one, each in its surroundings. */
static float evidence(const judging *j, size_t first, size_t last) {
    const nl_hit *hits = j->reading->hits;
    size_t from = hits[first].from, end = hits[last - 1].from + hits[last - 1].guess.units;
    nl_symbol before = nl_model_symbol(from > 0 ? j->u[from - 1].cp : '\n');
    nl_symbol after = nl_model_symbol(end < j->count ? j->u[end].cp : '\n');
    int damaged = 0, repaired = 0;
    nl_symbol at = before;
    for (size_t i = from; i < end; i++) {
        nl_symbol c = nl_model_symbol(j->u[i].cp);
        damaged += nl_model_cost(at, c);
        at = c;
    }
    damaged += nl_model_cost(at, after);
    at = before;
    for (size_t i = first; i < last; i++) {
        nl_symbol c = nl_model_symbol(hits[i].guess.cp);
        repaired += nl_model_cost(at, c);
        at = c;
    }
    repaired += nl_model_cost(at, after);
    return (float)(damaged - repaired) / 8;
}

static bool covered(const nl_reading *r, size_t *hit, size_t unit, uint8_t page) {
    while (*hit < r->count && r->hits[*hit].from + r->hits[*hit].guess.units <= unit)
        (*hit)++;
    return *hit < r->count && r->hits[*hit].from <= unit && r->hits[*hit].guess.chain[0] == page;
}

static bool is_of_script(uint32_t cp, nl_class script) {
    nl_class c = nl_model_class_of(cp);
    return c == script || (nl_class_is_letter(c) && nl_class_is_upper(script) && c + 1 == script) ||
           (nl_class_is_lower(script) && c == script + 1);
}

/* Letters of the script that the hit is written in which no hit of its page covers: with them
 * about, the hit may be clean text too. */
static size_t letters_left(const judging *j, const nl_hit *h) {
    nl_class script = nl_model_class_of(j->u[h->from].cp);
    size_t left = 0, hit = 0;
    for (size_t i = 0; i < j->count; i++)
        left += j->u[i].cp >= 0x80 && !covered(j->reading, &hit, i, h->guess.chain[0]) &&
                is_of_script(j->u[i].cp, script);
    return left;
}

/* Is a lone hit in the middle of a word of the script that it is written in? */
static bool is_within_word(const judging *j, size_t first, size_t last) {
    const nl_hit *h = &j->reading->hits[first];
    nl_class script = nl_model_class_of(j->u[h->from].cp);
    size_t end = h->from + h->guess.units;
    return last - first == 1 && ((h->from > 0 && is_of_script(j->u[h->from - 1].cp, script)) ||
                                 (end < j->count && is_of_script(j->u[end].cp, script)));
}

/* `ШІ` amid Ukrainian: a lone hit that gives a letter of a script that no other hit gives. */
static bool is_alien(const judging *j, size_t first, size_t last) {
    const nl_reading *r = j->reading;
    nl_class script = nl_model_class_of(r->hits[first].guess.cp);
    if (last - first > 1 || !nl_class_is_letter(script))
        return false;
    for (size_t i = 0; i < r->count; i++)
        if (i != first && is_of_script(r->hits[i].guess.cp, script))
            return false;
    return true;
}

static size_t hits_of_page(const nl_reading *r, uint8_t page) {
    size_t n = 0;
    for (size_t i = 0; i < r->count; i++)
        n += r->hits[i].guess.chain[0] == page;
    return n;
}

/* `ƒã` under Mac Roman: two small letters of a language whose alphabet has more beyond Latin
 * Extended-A, as Ewe's ɖ. */
static bool is_two_letters(const judging *j, const nl_hit *h) {
    if (h->guess.units != 2 || !nl_class_is_lower(nl_model_class_of(j->u[h->from].cp)) ||
        !nl_class_is_lower(nl_model_class_of(j->u[h->from + 1].cp)))
        return false;
    for (size_t i = 0; i < j->count; i++)
        if (i != h->from && j->u[i].cp >= 0x180 && j->u[i].cp < 0x2B0)
            return true;
    return false;
}

static bool is_enough(const judging *j, size_t first, size_t last, float bits) {
    const nl_hit *h = &j->reading->hits[first];
    bool weak = nl_page_is_weak(h->guess.chain[0]) && !h->guess.swapped;
    bool stray = weak && (is_within_word(j, first, last) || is_alien(j, first, last));
    for (int i = 0; i < j->prior->count && !stray; i++)
        if (nl_guess_same_chain(&j->prior->chains[i], &h->guess))
            return bits > (weak && letters_left(j, h) > 0
                               ? 4.0f
                               : -4.0f); /* the search weighed it against its neighbours */
    size_t hits = hits_of_page(j->reading, h->guess.chain[0]);
    if (hits == 1 && is_two_letters(j, h))
        return bits > 25;
    if (!weak)
        return bits > 4;
    if (letters_left(j, h) == 0 || nl_is_typographic_mark(h->guess.cp))
        return hits > 1 ? bits > 4 : bits > 9;
    return hits > 3 ? bits > 12 : bits > (last - first > 1 ? 20.0f : 25.0f);
}

static void vote(nl_votes *v, const nl_guess *g, size_t hits, float bits) {
    int i = 0;
    while (i < v->count && !nl_guess_same_chain(&v->items[i].chain, g))
        i++;
    if (i == (int)(sizeof v->items / sizeof *v->items))
        return;
    if (i == v->count) {
        v->items[i].chain = *g;
        v->items[i].hits = 0;
        v->items[i].bits = 0;
        v->count++;
    }
    v->items[i].hits += hits;
    v->items[i].bits += bits;
}

void nl_votes_count(const nl_votes *votes, nl_prior *prior) {
    size_t all = 0;
    for (int i = 0; i < votes->count; i++)
        all += votes->items[i].hits;
    size_t limit = SIZE_MAX;
    prior->count = 0;
    while (prior->count < NL_PRIORS_MAX) {
        int best = -1;
        for (int i = 0; i < votes->count; i++)
            if (votes->items[i].hits < limit &&
                (best < 0 || votes->items[i].hits > votes->items[best].hits))
                best = i;
        if (best < 0)
            return;
        limit = votes->items[best].hits;
        if (limit >= 2 && limit * 8 >= all && votes->items[best].bits > 30)
            prior->chains[prior->count++] = votes->items[best].chain;
    }
}

void nl_verdicts_add(nl_verdicts *out, const nl_damage *damage) {
    if (out->most && out->count >= out->most) {
        out->more = true;
        return;
    }
    out->items = nl_grow(out->items, &out->cap, out->count + 1, sizeof *out->items);
    out->items[out->count] = *damage;
    out->items[out->count].order = (uint32_t)out->count;
    out->count++;
}

static int by_start(const void *a, const void *b) {
    const nl_damage *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

void nl_verdicts_settle(nl_verdicts *out) {
    if (out->count < 2)
        return;
    qsort(out->items, out->count, sizeof *out->items, by_start);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        nl_damage *last = kept ? &out->items[kept - 1] : NULL;
        if (!last || out->items[i].start >= last->end)
            out->items[kept++] = out->items[i];
        else if (out->items[i].order < last->order)
            *last = out->items[i]; /* begins behind last's start: nothing before it is touched */
    }
    out->count = kept;
}

/* The last letter before the unit; NL_CLASS_COUNT when there is none near by. */
static nl_class letter_before(const judging *j, size_t unit) {
    for (size_t k = unit; k > 0 && unit - k < 8; k--) {
        nl_class c = nl_model_class_of(j->u[k - 1].cp);
        if (nl_class_is_letter(c))
            return c;
    }
    return NL_CLASS_COUNT;
}

/* `á\x83`: a control behind what may be its lead byte. A closing quote may stand behind `é` too,
 * but not in a text whose UTF-8 was read as Latin-1, nor where the letter is not of the text's
 * script. */
static bool is_of_stump(const judging *j, const nl_hit *h) {
    uint32_t before = 0;
    size_t k = 1;
    for (; k <= 3 && k <= h->from && before < 0xC2; k++) {
        before = j->u[h->from - k].cp;
        if (before < 0x80 || before > 0xF4)
            return false;
    }
    if (before < 0xC2)
        return false;
    nl_class mark = nl_model_class_of(h->guess.cp), letter = letter_before(j, h->from - k + 1);
    if (mark < NL_CLASS_MARK_OPEN || mark > NL_CLASS_CURRENCY || j->prior->count > 0 ||
        (letter != NL_CLASS_COUNT && letter > NL_CLASS_LATIN_RARE))
        return true;
    for (size_t i = 0; i < j->reading->count; i++)
        if (!j->reading->hits[i].guess.swapped)
            return true;
    return false;
}

static nl_class class_before(const judging *j, size_t unit) {
    return unit > 0 ? nl_model_class_of(j->u[unit - 1].cp) : NL_CLASS_SPACE;
}

/* `FÃ¼GE`: small letters amid capitals were `FÜGE`, unless it is ß, which has no capital. */
static bool amid_capitals(const judging *j, size_t first, size_t last) {
    const nl_hit *hits = j->reading->hits;
    size_t from = hits[first].from, end = hits[last - 1].from + hits[last - 1].guess.units;
    for (size_t i = first; i < last; i++)
        if (nl_model_class_of(hits[i].guess.cp) != NL_CLASS_LATIN_LOWER || hits[i].guess.cp == 0xDF)
            return false;
    if (!nl_class_is_upper(class_before(j, from)))
        return false;
    nl_class after = end < j->count ? nl_model_class_of(j->u[end].cp) : NL_CLASS_SPACE;
    return nl_class_is_upper(after) ||
           (!nl_class_is_letter(after) && from > 1 && nl_class_is_upper(class_before(j, from - 1)));
}

static void add(nl_verdicts *out, const judging *j, size_t first, size_t last, const uint8_t *saw,
                nl_arena *arena) {
    const nl_hit *hits = j->reading->hits;
    size_t end = hits[last - 1].from + hits[last - 1].guess.units;
    float bits = evidence(j, first, last);
    if (!is_enough(j, first, last, bits) ||
        (hits[first].guess.swapped && is_of_stump(j, &hits[first])))
        return;
    vote(&out->votes, &hits[first].guess, last - first, bits);
    nl_damage d;
    memset(&d, 0, sizeof d);
    d.start = j->start + j->u[hits[first].from].at;
    d.end = j->start + (end < j->count ? j->u[end].at : j->size);
    d.kind = hits[first].guess.swapped ? NL_DAMAGE_SWAPPED : NL_DAMAGE_MISREAD;
    d.layers = hits[first].guess.layers;
    d.swapped = hits[first].guess.swapped;
    d.cesu = shows_pair(&hits[first].guess);
    for (int i = 0; i < d.layers; i++)
        d.chain[i] = page_name(hits[first].guess.chain[i], saw[i]);
    d.bits = bits;
    d.safety = NL_DAMAGE_SAFE;
    nl_buf text = {0};
    for (size_t i = first; i < last; i++)
        nl_buf_put_cp(&text, hits[i].guess.cp);
    d.text = (nl_str){nl_arena_copy(arena, text.p, text.n), text.n};
    nl_buf_free(&text);
    if (hits[first].guess.cp == 0x2028 || hits[first].guess.cp == 0x2029)
        d.safety = NL_DAMAGE_UNSAFE; /* a line end to some readers of YAML */
    if (amid_capitals(j, first, last)) {
        d.capitals = true;
        d.safety = NL_DAMAGE_UNSAFE;
        d.text = nl_upper_str(d.text, arena);
    }
    nl_verdicts_add(out, &d);
}

/* A stump and what ends it: what stands there is guessed. */
static void add_cut(nl_verdicts *out, const judging *j, const nl_cut *cut, nl_arena *arena) {
    nl_damage d;
    memset(&d, 0, sizeof d);
    d.start = j->start + j->u[cut->from].at;
    d.end = j->start + (cut->end < j->count ? j->u[cut->end].at : j->size);
    d.kind = NL_DAMAGE_TRUNCATED;
    d.safety = NL_DAMAGE_UNSAFE;
    d.layers = cut->chain->layers;
    memcpy(d.chain, cut->chain->chain, sizeof d.chain);
    d.text = (nl_str){nl_arena_copy(arena, "\xE2\x80\xA6", 3), cut->ellipsis ? 3 : 0};
    d.bits = CUT_BITS;
    nl_verdicts_add(out, &d);
}

/* The unit at a byte of the text; behind the last one when the part does not reach so far. */
static size_t unit_at(const judging *j, size_t byte) {
    if (byte >= j->start + j->size)
        return byte == j->start + j->size ? j->count : SIZE_MAX;
    size_t at = j->count;
    while (at > 0 && j->start + j->u[at - 1].at >= byte)
        at--;
    return at;
}

void nl_judge(nl_verdicts *out, const nl_unit *u, size_t count, size_t start, size_t size,
              const nl_reading *reading, const nl_prior *prior, nl_arena *arena) {
    judging j = {u, count, start, size, reading, prior};
    if (reading->count && nl_gibberish(u, count, reading))
        return;
    nl_cutting cutting = {u, count, reading, prior, unit_at(&j, out->record_end)};
    for (size_t i = 0; i < reading->count;) {
        uint8_t saw[NL_MOJIBAKE_LAYERS_MAX];
        nl_cut cut;
        size_t end = group_end(reading, i, saw), whole = i;
        while (whole < end && !nl_cut_at(&cutting, whole, &cut))
            whole++;
        if (whole > i)
            add(out, &j, i, whole, saw, arena);
        if (whole < end) {
            add_cut(out, &j, &cut, arena);
            whole = cut.hits_end;
        }
        i = whole;
    }
}
