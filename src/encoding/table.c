/* Entries of repair tables: table.h. */
#include "encoding/table.h"

#include "base/utf8.h"
#include "encoding/model.h"
#include <string.h>

enum { BETWEEN_MAX = 16 }; /* bytes of quotes, commas, arrows */

static bool is_letter(uint32_t cp) {
    nl_class c = nl_model_class_of(cp);
    return cp != NL_CP_INVALID && (nl_class_is_letter(c) || c == NL_CLASS_DIGIT);
}

static bool letter_behind(const char *p, size_t n, size_t at) {
    uint32_t cp = ' ';
    if (at < n)
        nl_utf8_read(p + at, n - at, &cp);
    return is_letter(cp);
}

static bool letter_before(const char *p, size_t at) {
    uint32_t cp = ' ';
    if (at)
        nl_utf8_read_back(p, at, &cp);
    return is_letter(cp);
}

static bool holds(const char *p, size_t n, size_t at, nl_str text) {
    return n - at >= text.n && memcmp(p + at, text.p, text.n) == 0;
}

/* Only what separates, and something that does so in tables among it. */
static bool separates(const char *p, size_t from, size_t to) {
    bool more = false;
    for (size_t i = from; i < to;) {
        uint32_t cp;
        i += nl_utf8_read(p + i, to - i, &cp);
        if (cp == '\n' || is_letter(cp))
            return false;
        more = more || cp == 0x2192 || (cp < 0x80 && cp && strchr("=\"'`,|>:/", (int)cp));
    }
    return more;
}

bool nl_damage_is_entry(const char *p, size_t n, const nl_damage *d) {
    if (d->text.n == 0 || letter_before(p, d->start) || letter_behind(p, n, d->end))
        return false;
    for (size_t at = d->end + 1; at < n && at - d->end <= BETWEEN_MAX; at++)
        if (holds(p, n, at, d->text) && separates(p, d->end, at))
            return !letter_behind(p, n, at + d->text.n);
    for (size_t end = d->start; end > 0 && d->start - end <= BETWEEN_MAX; end--) {
        size_t at = end - d->text.n;
        if (end >= d->text.n && holds(p, n, at, d->text) && separates(p, end, d->start))
            return !letter_before(p, at);
    }
    return false;
}

static bool is_quote(uint32_t cp) {
    return cp == '"' || cp == '\'' || cp == '`' || cp == 0xAB || cp == 0xBB ||
           (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A;
}

bool nl_damage_is_quoted(const char *p, size_t n, const nl_damage *d) {
    uint32_t before = 0, after = 0, letter;
    if (d->start == 0 || d->end == n || d->text.n == 0 ||
        nl_utf8_read(d->text.p, d->text.n, &letter) < d->text.n || !is_letter(letter))
        return false;
    nl_utf8_read_back(p, d->start, &before);
    nl_utf8_read(p + d->end, n - d->end, &after);
    return is_quote(before) && is_quote(after);
}
