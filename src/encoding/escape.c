/*
 * Misread UTF-8 that was written as escapes afterwards (`&acirc;&#8364;&trade;`,
 * `\u00e2\u20ac\u2122`,
 * `\xe2\x80\x99`): finders.h. Runs of escapes and characters beyond ASCII are decoded and searched
 * like text. Backslash escapes may be program text, so that their repair is never safe.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "encoding/entity.h"
#include "encoding/finders.h"
#include "encoding/model.h"
#include <stdlib.h>
#include <string.h>

enum { RUN_MAX = 512, BACKSLASH = 1, REFERENCE = 2 };

static int hex(char c) {
    return c >= '0' && c <= '9'                       ? c - '0'
           : nl_lower(c) >= 'a' && nl_lower(c) <= 'f' ? nl_lower(c) - 'a' + 10
                                                      : -1;
}

/* `\xNN` or `\uNNNN`; length or 0. */
static size_t read_backslash(const char *p, size_t n, uint32_t *cp) {
    size_t digits = n > 1 && p[1] == 'x' ? 2 : n > 1 && p[1] == 'u' ? 4 : 0;
    if (digits == 0 || n < 2 + digits)
        return 0;
    *cp = 0;
    for (size_t i = 0; i < digits; i++) {
        int d = hex(p[2 + i]);
        if (d < 0)
            return 0;
        *cp = *cp << 4 | (uint32_t)d;
    }
    return 2 + digits;
}

/* A reference, also with its ampersand escaped once more. */
static size_t read_reference(const char *p, size_t n, uint32_t *cp) {
    char text[8], again[40] = "&";
    size_t text_n = 0, length = nl_entity_read(p, n, text, &text_n);
    if (length == 5 && memcmp(p, "&amp;", 5) == 0) {
        size_t rest = n - 5 < sizeof again - 1 ? n - 5 : sizeof again - 1;
        memcpy(again + 1, p + 5, rest);
        length = nl_entity_read(again, rest + 1, text, &text_n);
        length = length ? length + 4 : 0;
    }
    if (length == 0 || text_n == 0 || nl_utf8_read(text, text_n, cp) != text_n)
        return 0;
    return length;
}

/* The character at p, whichever way it is written; *form says which. 0 when it is ASCII. */
static size_t read_any(const char *p, size_t n, uint32_t *cp, int *form) {
    size_t length;
    *form = 0;
    if (*p == '&' && (length = read_reference(p, n, cp)))
        *form = REFERENCE;
    else if (*p == '\\' && (length = read_backslash(p, n, cp)))
        *form = BACKSLASH;
    else
        length = nl_utf8_read(p, n, cp);
    return *cp < 0x80 || *cp == NL_CP_INVALID ? 0 : length;
}

static bool holds_escape(const char *p, const nl_damage *d) {
    return memchr(p + d->start, '&', d->end - d->start) ||
           memchr(p + d->start, '\\', d->end - d->start);
}

/* Searches one run; damages without an escape in them are the other search's. */
static void search_run(nl_verdicts *out, const char *p, const nl_unit *u, size_t count, size_t end,
                       int forms, nl_arena *arena) {
    static const nl_prior none;
    nl_reading r = nl_search(u, count, &none, arena);
    size_t first = out->count, kept = first;
    nl_judge(out, u, count, 0, end, &r, &none, arena);
    for (size_t i = first; i < out->count; i++) {
        nl_damage d = out->items[i];
        if (!holds_escape(p, &d))
            continue;
        d.kind = NL_DAMAGE_ESCAPED;
        if (forms & BACKSLASH)
            d.safety = NL_DAMAGE_UNSAFE;
        d.order = (uint32_t)kept;
        out->items[kept++] = d;
    }
    out->count = kept;
}

/* Reads the run that begins at `at` behind the character before it; returns its end. */
static size_t take_run(nl_verdicts *out, const char *p, size_t n, size_t at, nl_unit *u,
                       nl_arena *arena) {
    size_t count = 0, i = at;
    int forms = 0, form;
    uint32_t cp = '\n';
    if (at)
        nl_utf8_read_back(p, at, &cp);
    u[count++] = (nl_unit){cp, (uint32_t)(at ? at - 1 : 0)};
    for (size_t length; i < n && count < RUN_MAX && (length = read_any(p + i, n - i, &cp, &form));
         i += length) {
        u[count++] = (nl_unit){cp, (uint32_t)i};
        forms |= form;
    }
    if (count > 1 && forms) {
        size_t end = i;
        if (i < n) {
            u[count++] = (nl_unit){(unsigned char)p[i], (uint32_t)i};
            end = i + 1;
        }
        search_run(out, p, u, count, end, forms, arena);
    }
    return i > at ? i : at + 1;
}

/* Where the characters beyond ASCII begin that stand right before the escape at `at`. */
static size_t run_start(const char *p, size_t at, size_t from) {
    size_t start = at;
    while (start > from && at - start < 32 && ((unsigned char)p[start - 1] & 0x80))
        start--;
    while (nl_utf8_goes_on(nl_str_n(p, at), start))
        start++;
    return start;
}

static size_t next_escape(const char *p, size_t n, size_t at) {
    const char *a = memchr(p + at, '&', n - at);
    size_t end = a ? (size_t)(a - p) : n;
    const char *b = memchr(p + at, '\\', end - at);
    return b ? (size_t)(b - p) : end;
}

void nl_find_escaped(nl_verdicts *out, const char *p, size_t n, nl_arena *arena) {
    nl_unit *u = nl_alloc((RUN_MAX + 2) * sizeof *u);
    for (size_t at = 0; !out->more && (at = next_escape(p, n, at)) < n;) {
        uint32_t cp;
        int form;
        if (!read_any(p + at, n - at, &cp, &form)) {
            at++;
            continue;
        }
        size_t end = take_run(out, p, n, run_start(p, at, 0), u, arena);
        at = end > at ? end : at + 1;
    }
    free(u);
}
