/* Decoding of garbled characters through chains of code pages: guess.h. */
#include "encoding/guess.h"

#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/model.h"
#include <string.h>

size_t nl_units_read(const char *p, size_t n, nl_unit *out) {
    size_t count = 0;
    for (size_t i = 0; i < n; count++) {
        out[count].at = (uint32_t)i;
        i += nl_utf8_read(p + i, n - i, &out[count].cp);
    }
    return count;
}

/* Spacing accents are out where they are clean text's: Greek `Β΄` under Windows-1253. */
bool nl_guess_plausible(uint32_t cp, uint8_t page) {
    nl_class c = nl_model_class_of(cp);
    if (c == NL_CLASS_MODIFIER)
        return cp < 0x100 ? page != NL_PAGE_1253 : cp >= 0x2B9 && cp <= 0x2BF; /* ʻokina and kin */
    return c != NL_CLASS_C1 && c != NL_CLASS_PRIVATE && c != NL_CLASS_UNASSIGNED &&
           c != NL_CLASS_CONTROL;
}

bool nl_guess_same_chain(const nl_guess *a, const nl_guess *b) {
    return a->layers == b->layers && a->swapped == b->swapped &&
           memcmp(a->chain, b->chain, a->layers) == 0;
}

static int byte_of(uint8_t page, uint32_t cp, uint8_t *saw) {
    if (cp < 0x80)
        return -1;
    if (page != NL_PAGE_1252)
        return nl_page_encode((nl_page)page, cp);
    int byte = nl_page_encode(NL_PAGE_1252_MIXED, cp);
    if (saw && byte >= 0x80 && byte < 0xA0) {
        if (cp >= 0xA0)
            *saw |= NL_SAW_PRINTABLE;
        else if (nl_page_decode(NL_PAGE_1252, (unsigned char)byte) != cp)
            *saw |= NL_SAW_CONTROL;
    }
    return byte;
}

static int length_of_lead(int byte) {
    return byte >= 0xC2 && byte <= 0xDF   ? 2
           : byte >= 0xE0 && byte <= 0xEF ? 3
           : byte >= 0xF0 && byte <= 0xF4 ? 4
                                          : 0;
}

/* One character of the text, or through so many layers. Of one layer is nearly all that is asked.
 */
static uint32_t below(const nl_unit *u, size_t n, size_t *at, const uint8_t *chain, int layers,
                      uint8_t *saw) {
    if (layers > 0)
        return nl_guess_read(u, n, at, chain, layers, saw);
    return *at < n ? u[(*at)++].cp : NL_CP_INVALID;
}

/* The next byte below the last layer; -1 when there is none. */
static int next_byte(const nl_unit *u, size_t n, size_t *at, const uint8_t *chain, int layers,
                     uint8_t *saw) {
    uint32_t c = below(u, n, at, chain, layers - 1, saw);
    return c == NL_CP_INVALID ? -1 : byte_of(chain[layers - 1], c, saw ? saw + layers - 1 : NULL);
}

/* What three bytes that begin with ED stand for; no UTF-8 when it is a surrogate. */
static uint32_t surrogate(const char *bytes) {
    return (unsigned char)bytes[0] == 0xED ? 0xD000u | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu)
                                           : 0;
}

static bool is_high(uint32_t cp) {
    return cp >= 0xD800 && cp < 0xDC00;
}

/* CESU-8 (Unicode Technical Report 26): the other surrogate of the pair follows. */
static uint32_t finish_pair(const nl_unit *u, size_t n, size_t *at, const uint8_t *chain,
                            int layers, uint32_t high, uint8_t *saw) {
    char bytes[3];
    for (int i = 0; i < 3; i++) {
        int byte = next_byte(u, n, at, chain, layers, saw);
        if (byte < 0x80 || (i > 0 && byte > 0xBF))
            return NL_CP_INVALID;
        bytes[i] = (char)byte;
    }
    uint32_t low = surrogate(bytes);
    if (low < 0xDC00 || low > 0xDFFF)
        return NL_CP_INVALID;
    if (saw)
        saw[layers - 1] |= NL_SAW_PAIR;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* The character whose lead byte was read already: its continuation bytes come through the layers
 * below. */
static uint32_t finish(const nl_unit *u, size_t n, size_t *at, const uint8_t *chain, int layers,
                       int lead, uint8_t *saw) {
    char bytes[4] = {(char)lead};
    int length = length_of_lead(lead);
    if (length == 0)
        return NL_CP_INVALID;
    for (int i = 1; i < length; i++) {
        int byte = next_byte(u, n, at, chain, layers, saw);
        if (byte < 0x80 || byte > 0xBF)
            return NL_CP_INVALID;
        bytes[i] = (char)byte;
    }
    uint32_t cp = surrogate(bytes);
    if (is_high(cp))
        return finish_pair(u, n, at, chain, layers, cp, saw);
    return nl_utf8_read(bytes, (size_t)length, &cp) == (size_t)length ? cp : NL_CP_INVALID;
}

/* Recursion is bounded by `layers` <= NL_MOJIBAKE_LAYERS_MAX. */
uint32_t nl_guess_read(const nl_unit *u, size_t n, size_t *at, const uint8_t *chain, int layers,
                       uint8_t *saw) {
    uint32_t c = below(u, n, at, chain, layers - 1, saw);
    if (c == NL_CP_INVALID)
        return NL_CP_INVALID;
    int lead = byte_of(chain[layers - 1], c, saw ? saw + layers - 1 : NULL);
    return lead < 0 ? NL_CP_INVALID : finish(u, n, at, chain, layers, lead, saw);
}

typedef struct guessing {
    const nl_unit *u;
    size_t n;
    nl_guess *out;
    size_t count;
} guessing;

static void keep(guessing *g, const nl_guess *guess, size_t end) {
    if (g->count == NL_GUESSES_MAX ||
        !nl_guess_plausible(guess->cp, guess->chain[guess->layers - 1]))
        return;
    g->out[g->count] = *guess;
    g->out[g->count++].units = (uint16_t)end;
}

/* Adds a layer to `guess`, which was read from the first `end` units, in every page that has its
 * character as a lead byte. Depth is bounded by the layers. */
static void extend(guessing *g, const nl_guess *guess, size_t end) {
    const uint8_t *bytes = nl_page_bytes_of(guess->cp);
    if (!bytes || guess->layers == NL_MOJIBAKE_LAYERS_MAX)
        return;
    for (int page = 0; page < NL_PAGE_COUNT; page++) {
        if (bytes[page] < 0xC2 || bytes[page] > 0xF4 || page == NL_PAGE_LATIN1)
            continue;
        nl_guess next = *guess;
        size_t at = end;
        next.chain[next.layers++] = (uint8_t)page;
        next.cp = finish(g->u, g->n, &at, next.chain, next.layers, bytes[page], next.saw);
        if (next.cp == NL_CP_INVALID || next.cp < 0x80)
            continue;
        keep(g, &next, at);
        extend(g, &next, at);
    }
}

size_t nl_guess_at(const nl_unit *u, size_t n, nl_guess out[NL_GUESSES_MAX]) {
    guessing g = {u, n > NL_GUESS_UNITS_MAX ? NL_GUESS_UNITS_MAX : n, out, 0};
    if (n == 0 || u[0].cp < 0x80 || u[0].cp == NL_CP_INVALID)
        return 0;
    nl_guess start;
    memset(&start, 0, sizeof start);
    start.cp = u[0].cp;
    extend(&g, &start, 1);
    if (u[0].cp < 0xA0) {
        start.cp = nl_page_decode(NL_PAGE_1252, (unsigned char)u[0].cp);
        start.layers = 1;
        start.chain[0] = NL_PAGE_LATIN1;
        start.swapped = true;
        keep(&g, &start, 1);
    }
    return g.count;
}
