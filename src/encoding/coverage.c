/* Full coverage: coverage.h. */
#include "encoding/coverage.h"

#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/model.h"
#include <string.h>

enum {
    LEAST_KNOWN = 2,  /* sequences that read characters of the model */
    LEAST_UNKNOWN = 4 /* the same where it does not know one of them */
};

static bool is_known(uint32_t cp) {
    nl_symbol c = nl_model_symbol(cp);
    return c.known >= 0 || c.cls == NL_CLASS_HAN || c.cls == NL_CLASS_HANGUL ||
           c.cls == NL_CLASS_EMOJI;
}

/* How many sequences it reads when it reads all that is not ASCII; else 0. */
static size_t covers(const nl_unit *u, size_t n, const nl_guess *chain) {
    size_t sequences = 0, least = LEAST_KNOWN;
    for (size_t i = 0; i < n;) {
        if (u[i].cp < 0x80) {
            i++;
            continue;
        }
        uint32_t cp = nl_guess_read(u, n, &i, chain->chain, chain->layers, NULL);
        if (cp == NL_CP_INVALID || cp < 0x80 ||
            !nl_guess_plausible(cp, chain->chain[chain->layers - 1]))
            return 0;
        sequences++;
        if (!is_known(cp))
            least = LEAST_UNKNOWN;
    }
    return sequences >= least ? sequences : 0;
}

/* Adds the chains that go on from this one, or itself where none does. Depth is bounded by the
 * layers; hardly ever does more than one page cover. */
static void extend(const nl_unit *u, size_t n, const nl_guess *chain, nl_prior *out) {
    bool deeper = false;
    for (uint8_t page = 0; page < NL_PAGE_COUNT && chain->layers < NL_MOJIBAKE_LAYERS_MAX; page++) {
        nl_guess next = *chain;
        next.chain[next.layers++] = page;
        if (page == NL_PAGE_LATIN1 || !covers(u, n, &next))
            continue;
        deeper = true;
        extend(u, n, &next, out);
    }
    if (!deeper && chain->layers && out->count < NL_PRIORS_MAX)
        out->chains[out->count++] = *chain;
}

size_t nl_coverage(const nl_unit *u, size_t n, nl_prior *out) {
    nl_guess none;
    memset(&none, 0, sizeof none);
    out->count = 0;
    extend(u, n, &none, out);
    return out->count ? covers(u, n, &out->chains[0]) : 0;
}
