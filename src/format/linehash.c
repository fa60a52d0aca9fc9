/*
 * GitHub's primaryLocationLineHash: for each line a polynomial hash over the 100 UTF-16 code units
 * that begin with it, blanks left out and line ends as LF; the end of the text is 65535, and zeros
 * follow it. Lines of one hash are told apart by counting. The algorithm is that of
 * github/codeql-action, src/fingerprints.ts, quirks included: they must agree.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "format/fingerprint.h"
#include <stdlib.h>

enum { BLOCK = 100, FACTOR = 37, END = 65535 };

/* How often each hash was seen. */
typedef struct counts {
    struct counts_slot {
        uint64_t hash;
        size_t count;
    } * slots;
    size_t used, cap;
} counts;

static struct counts_slot *counts_slot_of(const counts *c, uint64_t hash) {
    size_t i = (size_t)((hash * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (c->cap - 1);
    while (c->slots[i].count && c->slots[i].hash != hash)
        i = (i + 1) & (c->cap - 1);
    return &c->slots[i];
}

static size_t counts_add(counts *c, uint64_t hash) {
    if (2 * (c->used + 1) > c->cap) {
        counts old = *c;
        c->cap = old.cap ? 2 * old.cap : 256;
        c->slots = nl_calloc(c->cap, sizeof *c->slots);
        for (size_t i = 0; i < old.cap; i++)
            if (old.slots[i].count)
                *counts_slot_of(c, old.slots[i].hash) = old.slots[i];
        free(old.slots);
    }
    struct counts_slot *slot = counts_slot_of(c, hash);
    c->used += slot->count == 0;
    slot->hash = hash;
    return ++slot->count;
}

typedef struct roller {
    uint32_t window[BLOCK];
    size_t starts[BLOCK]; /* the line that starts at the unit, or 0 */
    uint64_t hash, first; /* first: FACTOR to the power of BLOCK */
    size_t index, line;
    bool at_start, after_cr;
    counts counts;
    const size_t *wanted;
    size_t wanted_count, wanted_at;
    nl_line_hash *out;
} roller;

/* The window has gone round: the hash is that of the line that started here. */
static void tell(roller *r) {
    size_t line = r->starts[r->index];
    if (line == 0)
        return;
    r->starts[r->index] = 0;
    size_t occurrence = counts_add(&r->counts, r->hash);
    for (; r->wanted_at < r->wanted_count && r->wanted[r->wanted_at] <= line; r->wanted_at++)
        if (r->wanted[r->wanted_at] == line)
            r->out[r->wanted_at] = (nl_line_hash){r->hash, occurrence};
}

static void roll(roller *r, uint32_t unit) {
    r->hash = r->hash * FACTOR + unit - r->first * r->window[r->index];
    r->window[r->index] = unit;
    r->index = (r->index + 1) % BLOCK;
}

static void feed(roller *r, uint32_t unit) {
    if (unit == ' ' || unit == '\t' || (r->after_cr && unit == '\n')) {
        r->after_cr = false;
        return;
    }
    r->after_cr = unit == '\r';
    if (unit == '\r')
        unit = '\n';
    tell(r);
    if (r->at_start)
        r->starts[r->index] = ++r->line;
    r->at_start = unit == '\n';
    roll(r, unit);
}

static bool is_in(const char *p, unsigned low, unsigned high) {
    return (unsigned char)*p >= low && (unsigned char)*p <= high;
}

/* Length of what a decoder replaces by one U+FFFD: the longest start of a sequence that could have
 * become well-formed (Unicode 15, 3.9, "maximal subpart"). */
static size_t bad_length(const char *p, size_t n) {
    unsigned lead = (unsigned char)*p;
    size_t more = lead >= 0xF0 && lead <= 0xF4   ? 3
                  : lead >= 0xE0 && lead <= 0xEF ? 2
                  : lead >= 0xC2 && lead <= 0xDF ? 1
                                                 : 0;
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    size_t len = 1;
    while (len <= more && len < n && is_in(p + len, low, high)) {
        low = 0x80;
        high = 0xBF;
        len++;
    }
    return len;
}

static void feed_text(roller *r, nl_str text) {
    for (size_t i = 0; i < text.n;) {
        uint32_t cp;
        size_t n = nl_utf8_read(text.p + i, text.n - i, &cp);
        if (cp == NL_CP_INVALID) {
            n = bad_length(text.p + i, text.n - i);
            feed(r, 0xFFFD);
        } else if (cp > 0xFFFF) {
            feed(r, 0xD800 + ((cp - 0x10000) >> 10));
            feed(r, 0xDC00 + ((cp - 0x10000) & 0x3FF));
        } else {
            feed(r, cp);
        }
        i += n;
    }
    feed(r, END);
}

nl_line_hash *nl_line_hashes(nl_str text, const size_t *lines, size_t count, nl_arena *arena) {
    nl_line_hash *out = NL_NEW_ARRAY(arena, nl_line_hash, count);
    roller r = {.first = 1, .at_start = true, .wanted = lines, .wanted_count = count, .out = out};
    for (int i = 0; i < BLOCK; i++)
        r.first *= FACTOR;
    feed_text(&r, text);
    for (int i = 0; i < BLOCK; i++) {
        tell(&r);
        roll(&r, 0);
    }
    free(r.counts.slots);
    return out;
}
