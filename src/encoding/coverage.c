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

typedef struct cover {
    size_t sequences; /* 0: something beyond ASCII is part of none */
    bool plausible;   /* what they read may stand in a text; else only a deeper chain covers */
} cover;

/* Does the chain read all that is not ASCII? */
static cover covers(const nl_unit *u, size_t n, const nl_guess *chain) {
    cover c = {0, true};
    size_t least = LEAST_KNOWN;
    for (size_t i = 0; i < n;) {
        if (u[i].cp < 0x80) {
            i++;
            continue;
        }
        uint32_t cp = nl_guess_read(u, n, &i, chain->chain, chain->layers, NULL);
        if (cp == NL_CP_INVALID || cp < 0x80)
            return (cover){0, false};
        c.plausible = c.plausible && nl_guess_plausible(cp, chain->chain[chain->layers - 1]);
        c.sequences++;
        if (!is_known(cp))
            least = LEAST_UNKNOWN;
    }
    return c.sequences >= least || !c.plausible ? c : (cover){0, false};
}

/* Adds the chains that go on from this one, or itself where none does; returns whether any was
 * added. Depth is bounded by the layers; hardly ever does more than one page cover. */
static bool extend(const nl_unit *u, size_t n, const nl_guess *chain, nl_prior *out) {
    bool deeper = false;
    for (uint8_t page = 0; page < NL_PAGE_COUNT && chain->layers < NL_MOJIBAKE_LAYERS_MAX; page++) {
        nl_guess next = *chain;
        next.chain[next.layers++] = page;
        if (page == NL_PAGE_LATIN1)
            continue;
        cover c = covers(u, n, &next);
        if (c.sequences == 0)
            continue;
        if (extend(u, n, &next, out)) {
            deeper = true;
        } else if (c.plausible && out->count < NL_PRIORS_MAX) {
            out->chains[out->count++] = next;
            deeper = true;
        }
    }
    return deeper;
}

size_t nl_coverage(const nl_unit *u, size_t n, nl_prior *out) {
    nl_guess none;
    memset(&none, 0, sizeof none);
    out->count = 0;
    extend(u, n, &none, out);
    return out->count ? covers(u, n, &out->chains[0]).sequences : 0;
}
