/* Views of bytes: comparing, searching, and the nearest word for "did you mean". */
#include "base/str.h"

#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

int nl_str_cmp(nl_str a, nl_str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

nl_str nl_str_trim(nl_str s) {
    while (s.n && is_space(s.p[0]))
        s.p++, s.n--;
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

size_t nl_str_search(nl_str s, nl_str needle) {
    if (needle.n == 0)
        return 0;
    const char *at = s.n >= needle.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

bool nl_is_punct(int c) {
    return c > ' ' && c < 0x7F && !nl_is_alnum(c);
}

bool nl_str_eq_nocase(nl_str a, nl_str b) {
    if (a.n != b.n)
        return false;
    if (nl_str_eq(a, b)) /* as it mostly is */
        return true;
    for (size_t i = 0; i < a.n; i++)
        if (nl_lower((unsigned char)a.p[i]) != nl_lower((unsigned char)b.p[i]))
            return false;
    return true;
}

enum { NEAREST_MAX = 64 };

/* Optimal string alignment distance (Damerau 1964, adjacent transpositions), words of at most
 * NEAREST_MAX bytes, case ignored. */
static size_t distance(nl_str a, nl_str b) {
    size_t rows[3][NEAREST_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            int ca = nl_lower((unsigned char)a.p[i - 1]), cb = nl_lower((unsigned char)b.p[j - 1]);
            size_t best = last[j - 1] + (ca != cb);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && ca == nl_lower((unsigned char)b.p[j - 2]) &&
                cb == nl_lower((unsigned char)a.p[i - 2]) && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b.n];
}

const nl_str *nl_str_nearest(nl_str word, const nl_str *candidates, size_t count) {
    const nl_str *best = NULL;
    size_t best_distance = word.n / 3 + 1;
    if (word.n == 0 || word.n > NEAREST_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].n > NEAREST_MAX || candidates[i].n == 0)
            continue;
        size_t d = distance(word, candidates[i]);
        if (d < best_distance) {
            best_distance = d;
            best = &candidates[i];
        }
    }
    return best;
}
