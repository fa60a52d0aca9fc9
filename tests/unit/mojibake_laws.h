/*
 * What holds for every answer of the mojibake engine, on any bytes: spans ordered, in bounds and on
 * unit borders; a safe repair is the exact inverse of its chain; repairing comes to rest.
 * Shared by the unit tests and the fuzz target.
 */
#ifndef NL_TESTS_MOJIBAKE_LAWS_H
#define NL_TESTS_MOJIBAKE_LAWS_H

#include "base/buf.h"
#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/mojibake.h"
#include <stdbool.h>
#include <string.h>

/* UTF-8 of `in`, its bytes read as `page`, as UTF-8. */
static inline void laws_misread(nl_buf *out, nl_str in, nl_page page) {
    for (size_t i = 0; i < in.n; i++)
        nl_buf_put_cp(out, nl_page_decode(page, (unsigned char)in.p[i]));
}

/* Bytes of the text in a code page; false when it does not hold a character. */
static inline bool laws_encode(nl_buf *out, nl_str in, nl_page page) {
    for (size_t i = 0; i < in.n;) {
        uint32_t cp;
        i += nl_utf8_read(in.p + i, in.n - i, &cp);
        int byte = nl_page_encode(page, cp);
        if (byte < 0)
            return false;
        nl_buf_putc(out, (char)byte);
    }
    return true;
}

/* CESU-8: beyond U+FFFF two surrogates of three bytes each. */
static inline void laws_cesu(nl_buf *out, nl_str in) {
    for (size_t i = 0; i < in.n;) {
        uint32_t cp;
        size_t k = nl_utf8_read(in.p + i, in.n - i, &cp);
        uint32_t halves[] = {0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF)};
        if (cp < 0x10000)
            nl_buf_add(out, in.p + i, k);
        for (int h = 0; cp >= 0x10000 && h < 2; h++) {
            nl_buf_putc(out, (char)0xED);
            nl_buf_putc(out, (char)(0x80 | (halves[h] >> 6 & 0x3F)));
            nl_buf_putc(out, (char)(0x80 | (halves[h] & 0x3F)));
        }
        i += k;
    }
}

/* Does damaging the replacement as the damage says give the damaged bytes? */
static inline bool laws_invert(const char *p, const nl_damage *d) {
    nl_buf now = {0}, next = {0};
    bool same = true;
    if (d->cesu)
        laws_cesu(&now, d->text);
    else
        nl_buf_str_add(&now, d->text);
    for (int i = d->layers; i > 0 && same; i--) {
        nl_page page = (nl_page)d->chain[i - 1];
        nl_buf_clear(&next);
        if (d->kind == NL_DAMAGE_RAW_BYTES)
            same = laws_encode(&next, nl_buf_str(&now), page);
        else if (d->swapped) {
            nl_buf bytes = {0};
            same = laws_encode(&bytes, nl_buf_str(&now), NL_PAGE_1252);
            laws_misread(&next, nl_buf_str(&bytes), page);
            nl_buf_free(&bytes);
        } else if (page == NL_PAGE_1252_MIXED) {
            goto done; /* both forms: no one inverse */
        } else {
            laws_misread(&next, nl_buf_str(&now), page);
        }
        nl_buf swap = now;
        now = next;
        next = swap;
    }
    same = same && nl_str_eq(nl_buf_str(&now), (nl_str){p + d->start, d->end - d->start});
done:
    nl_buf_free(&now);
    nl_buf_free(&next);
    return same;
}

static inline bool laws_on_border(const char *p, size_t n, size_t at) {
    uint32_t cp;
    for (size_t i = at > 3 ? at - 3 : 0; i < at; i++)
        if (nl_utf8_read(p + i, n - i, &cp) > at - i) {
            /* A unit that begins inside another one does not count. */
            size_t k = i > 3 ? i - 3 : 0;
            while (k < i)
                k += nl_utf8_read(p + k, n - k, &cp);
            if (k == i)
                return false;
        }
    return true;
}

/* Repairing twice is repairing once, but for what wants more than NL_REPAIR_ROUNDS rounds: there
 * each repair shortens the text (as the layers of ÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂ¿ go one by one). */
static inline bool laws_come_to_rest(nl_str text, const nl_mojibake_options *options,
                                     nl_arena *arena) {
    nl_str once = nl_mojibake_repair(text, options, false, arena);
    for (;;) {
        nl_str again = nl_mojibake_repair(once, options, false, arena);
        if (nl_str_eq(once, again))
            return true;
        if (again.n >= once.n)
            return false;
        once = again;
    }
}

/* NULL when all holds, else what does not. */
static inline const char *laws_broken(const char *p, size_t n, const nl_mojibake_options *options,
                                      nl_arena *arena) {
    nl_damages d = nl_mojibake_find(p, n, options, arena);
    nl_bytes_seen seen = nl_bytes_see(p, n, NULL);
    bool possible = nl_mojibake_possible(p, n, options);
    if (d.count && !possible)
        return "found where it was not possible";
    if (possible != nl_mojibake_possible_in(p, n, &seen, options))
        return "what was seen of the bytes makes a difference";
    size_t at = 0;
    for (size_t i = 0; i < d.count; i++) {
        const nl_damage *g = &d.items[i];
        if (g->start < at || g->end <= g->start || g->end > n)
            return "spans overlap or are out of bounds";
        if (!laws_on_border(p, n, g->start) || !laws_on_border(p, n, g->end))
            return "a span is not on unit borders";
        if ((g->safety == NL_DAMAGE_REPORT) != (g->text.p == NULL))
            return "a replacement that is none";
        if (g->layers > NL_MOJIBAKE_LAYERS_MAX)
            return "too many layers";
        if (g->safety == NL_DAMAGE_SAFE && g->kind != NL_DAMAGE_ESCAPED && !laws_invert(p, g))
            return "a safe repair is no inverse";
        if (g->text.p && nl_utf8_valid_to(g->text.p, g->text.n) < g->text.n)
            return "a replacement is not UTF-8";
        at = g->end;
    }
    return laws_come_to_rest(nl_str_n(p, n), options, arena) ? NULL
                                                             : "repairing does not come to rest";
}

#endif
