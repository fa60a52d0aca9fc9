/*
 * Bytes of a legacy code page in a text that is UTF-8: finders.h. All runs of the text vote on one
 * page, by what they read like where they stand. A run that is the beginning of a UTF-8 sequence
 * was cut off, and nobody knows what it was.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/finders.h"
#include "encoding/model.h"
#include <string.h>

enum {
    RUNS_MAX = 4000, /* that vote */
    MARGIN = 10 * 8, /* between the best page and the next that reads differently, to be safe */
    RUN_MARGIN = 4 * 8,
    FEW = 12,     /* bytes */
    OF_BYTE = 44, /* what a byte of a text may cost on average, */
    OF_RUN = 104  /* and the borders of a run besides */
};

static const uint8_t pages[] = {NL_PAGE_1252,     NL_PAGE_1250, NL_PAGE_1251,   NL_PAGE_1253,
                                NL_PAGE_1254,     NL_PAGE_1257, NL_PAGE_8859_2, NL_PAGE_8859_15,
                                NL_PAGE_MACROMAN, NL_PAGE_437,  NL_PAGE_850,    NL_PAGE_852,
                                NL_PAGE_866,      NL_PAGE_KOI8R};
/* In eighths of a bit: what is seldom met needs a longer code. */
static const uint8_t price[] = {0, 24, 24, 32, 24, 32, 32, 16, 120, 120, 120, 120, 120, 120};
enum { PAGES = sizeof pages / sizeof *pages };

/* Next run of bytes that are not UTF-8 at or after *at; false at the end. */
static bool next_run(const char *p, size_t n, size_t *at, size_t *end) {
    *at += nl_utf8_valid_to(p + *at, n - *at);
    if (*at >= n)
        return false;
    uint32_t cp;
    for (*end = *at + 1; *end < n; (*end)++)
        if (nl_utf8_read(p + *end, n - *end, &cp) > 1 || cp != NL_CP_INVALID)
            break;
    return true;
}

/* Is there UTF-8 beyond ASCII before the byte, and nothing else? */
static bool is_only(const char *p, size_t at) {
    return nl_ascii_prefix(p, at) < at && nl_utf8_valid_to(p, at) == at;
}

/* Is the run a UTF-8 sequence without its last bytes? */
static bool is_cut(const char *p, size_t n, size_t at, size_t end) {
    unsigned char lead = (unsigned char)p[at];
    size_t need = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (lead > 0xF4 || end - at >= need || need == 0)
        return false;
    for (size_t i = at + 1; i < end; i++)
        if (((unsigned char)p[i] & 0xC0) != 0x80)
            return false;
    return end - at > 1 || (end == n && is_only(p, at));
}

static nl_symbol before(const char *p, size_t at) {
    uint32_t cp = '\n';
    if (at)
        nl_utf8_read_back(p, at, &cp);
    return nl_model_symbol(cp == NL_CP_INVALID ? ' ' : cp);
}

static int run_cost(const char *p, size_t n, size_t at, size_t end, uint8_t page) {
    nl_symbol last = before(p, at);
    int cost = 0;
    for (size_t i = at; i < end; i++) {
        uint32_t cp = nl_page_decode((nl_page)page, (unsigned char)p[i]);
        nl_symbol s = nl_model_symbol(cp);
        cost += nl_model_cost(last, s) + (cp < 0xA0 ? 80 : 0);
        last = s;
    }
    uint32_t cp = '\n';
    if (end < n)
        nl_utf8_read(p + end, n - end, &cp);
    return cost + nl_model_cost(last, nl_model_symbol(cp == NL_CP_INVALID ? ' ' : cp));
}

/* Costs of all runs under each page; returns how many bytes were asked, and what they may cost. */
static size_t poll(const char *p, size_t n, int costs[PAGES], int *limit) {
    size_t at = 0, end, asked = 0;
    *limit = 0;
    for (int i = 0; i < PAGES; i++)
        costs[i] = price[i];
    for (int runs = 0; runs < RUNS_MAX && next_run(p, n, &at, &end); runs++, at = end)
        if (!is_cut(p, n, at, end)) {
            asked += end - at;
            *limit += (int)(end - at) * OF_BYTE + OF_RUN;
            for (int i = 0; i < PAGES; i++)
                costs[i] += run_cost(p, n, at, end, pages[i]);
        }
    return asked;
}

static bool reads_same(const char *p, size_t at, size_t end, uint8_t a, uint8_t b) {
    for (size_t i = at; i < end; i++)
        if (nl_page_decode((nl_page)a, (unsigned char)p[i]) !=
            nl_page_decode((nl_page)b, (unsigned char)p[i]))
            return false;
    return true;
}

/* Would another page that is nearly as likely read the run otherwise? */
static bool is_safe(const char *p, size_t n, size_t at, size_t end, const int costs[PAGES],
                    int best) {
    int own = run_cost(p, n, at, end, pages[best]);
    for (int i = 0; i < PAGES; i++)
        if (i != best && !reads_same(p, at, end, pages[best], pages[i]) &&
            (costs[i] - costs[best] < MARGIN ||
             run_cost(p, n, at, end, pages[i]) + price[i] - price[best] + RUN_MARGIN < own))
            return false;
    for (size_t i = at; i < end; i++)
        if (nl_page_decode((nl_page)pages[best], (unsigned char)p[i]) < 0xA0)
            return false;
    return true;
}

static void add(nl_verdicts *out, const char *p, size_t n, size_t at, size_t end,
                const int costs[PAGES], int best, nl_arena *arena) {
    nl_damage d;
    memset(&d, 0, sizeof d);
    d.start = at;
    d.end = end;
    d.layers = 1;
    d.chain[0] = pages[best];
    d.kind = NL_DAMAGE_RAW_BYTES;
    if (is_cut(p, n, at, end)) {
        d.kind = NL_DAMAGE_TRUNCATED;
        d.layers = 0;
        d.safety = NL_DAMAGE_REPORT;
        nl_verdicts_add(out, &d);
        return;
    }
    nl_buf text = {0};
    for (size_t i = at; i < end; i++)
        nl_buf_put_cp(&text, nl_page_decode((nl_page)pages[best], (unsigned char)p[i]));
    d.text = (nl_str){nl_arena_copy(arena, text.p, text.n), text.n};
    nl_buf_free(&text);
    bool safe = is_safe(p, n, at, end, costs, best);
    d.safety = safe ? NL_DAMAGE_SAFE : NL_DAMAGE_UNSAFE;
    d.bits = (float)(160 * (int)(end - at) - run_cost(p, n, at, end, pages[best])) / 8;
    nl_verdicts_add(out, &d);
}

void nl_find_raw(nl_verdicts *out, const char *p, size_t n, nl_arena *arena) {
    size_t at = 0, end;
    if (!next_run(p, n, &at, &end))
        return;
    int costs[PAGES], best = 0, limit;
    size_t asked = poll(p, n, costs, &limit);
    for (int i = 1; i < PAGES; i++)
        if (costs[i] < costs[best])
            best = i;
    bool is_text = costs[best] - price[best] <= limit; /* else in a page that is not known here */
    if (pages[best] != NL_PAGE_1252 && asked < FEW)    /* too few to tell a rare page by */
        for (int i = 0; i < PAGES; i++)
            costs[i] = costs[best];
    for (; !out->more && next_run(p, n, &at, &end); at = end)
        if (is_text || is_cut(p, n, at, end))
            add(out, p, n, at, end, costs, best, arena);
}
