/* Characters that are no text in any language: gibberish.h. */
#include "encoding/gibberish.h"

#include "encoding/model.h"

enum {
    LEAST = 10, /* characters */
    ALONE = 4,  /* capitals */
    /* What one of them costs on average, in eighths of a bit: amid ASCII, and in alphabets that
     * write without. */
    LATIN_LIMIT = 96,
    OTHER_LIMIT = 78
};

/* Characters of the 8-bit code pages; what the model says of other scripts may be too little. */
static bool is_eight_bit(nl_class c) {
    return (c >= NL_CLASS_LATIN_LOWER && c <= NL_CLASS_CYRILLIC_RARE) ||
           (c >= NL_CLASS_MARK_OPEN && c <= NL_CLASS_MODIFIER) || c == NL_CLASS_MATH ||
           c == NL_CLASS_BOX || c == NL_CLASS_C1;
}

/* Is it beyond ASCII, with a neighbour that is too? A symbol by itself is no sign of anything. */
static bool touches(const nl_unit *u, size_t n, size_t i) {
    return u[i].cp >= 0x80 &&
           ((i > 0 && u[i - 1].cp >= 0x80) || (i + 1 < n && u[i + 1].cp >= 0x80));
}

/* A capital beyond ASCII before a space, behind one or behind what was read: `Р В Р`, what no-break
 * spaces that became spaces leave of lead bytes. */
static bool is_alone(const nl_unit *u, size_t n, size_t i, bool behind_hit) {
    return u[i].cp >= 0x80 && nl_class_is_upper(nl_model_class_of(u[i].cp)) &&
           (i == 0 || behind_hit || u[i - 1].cp == ' ') && (i + 1 == n || u[i + 1].cp == ' ');
}

bool nl_gibberish(const nl_unit *u, size_t n, const nl_reading *reading) {
    size_t kept = 0, read = 0, alone = 0, hit = 0;
    long cost = 0, limit = 0;
    nl_symbol last = nl_model_symbol('\n');
    for (size_t i = 0; i < n; i++) {
        nl_symbol c = nl_model_symbol(u[i].cp);
        while (hit < reading->count &&
               reading->hits[hit].from + reading->hits[hit].guess.units <= i)
            hit++;
        bool covered = hit < reading->count && reading->hits[hit].from <= i;
        if (is_eight_bit((nl_class)c.cls) && touches(u, n, i)) {
            if (covered) {
                read++;
            } else {
                kept++;
                cost += nl_model_cost(last, c);
                limit += (c.cls >= NL_CLASS_GREEK_LOWER && c.cls <= NL_CLASS_CYRILLIC_RARE) ||
                                 c.cls == NL_CLASS_BOX
                             ? OTHER_LIMIT
                             : LATIN_LIMIT;
            }
        }
        const nl_hit *before = hit > 0 ? &reading->hits[hit - 1] : NULL;
        alone += !covered && is_alone(u, n, i, before && before->from + before->guess.units == i);
        last = c;
    }
    if (alone >= ALONE && alone * 2 > reading->count)
        return true;
    return kept >= LEAST && kept > read && cost > limit;
}
