/* Outlines against headings: does it match, and what is the least difference? */
#include "check/outline.h"
#include "unit.h"
#include <string.h>

/* An item is a letter, or '.' for any; headings are letters. */
typedef struct sample {
    const char *items, *headings;
} sample;

static bool fits(void *context, size_t heading, size_t item) {
    const sample *s = context;
    return s->items[item] == '.' || s->items[item] == s->headings[heading];
}

/* "ab?.*c": a, perhaps b, any number of any, c. */
static size_t parse(const char *text, char *items, nl_slot *slots) {
    size_t n = 0;
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '?' || text[i] == '*') {
            slots[n - 1].optional = true;
            slots[n - 1].loop = text[i] == '*';
            continue;
        }
        items[n] = text[i];
        slots[n] = (nl_slot){.item = n};
        n++;
    }
    items[n] = 0;
    return n;
}

/* The difference as text: `-x` is missing, `+x` not expected, in order, each with its place. */
static void run(const char *outline, const char *headings, bool *takes, size_t *first, char *out) {
    char items[64];
    nl_slot slots[64];
    sample s = {items, headings};
    nl_arena arena = {0};
    nl_outline o = {slots, parse(outline, items, slots), fits, &s};
    size_t n = strlen(headings), count, at = 0;
    *takes = nl_outline_takes(&o, n, first, &arena);
    const nl_outline_step *steps = nl_outline_diff(&o, n, &count, &arena);
    for (size_t i = 0; i < count; i++) {
        bool missing = steps[i].kind == NL_STEP_MISSING;
        out[at++] = missing ? '-' : '+';
        out[at++] = missing ? items[slots[steps[i].slot].item] : headings[steps[i].heading];
        out[at++] = (char)('0' + steps[i].heading);
    }
    out[at] = 0;
    nl_arena_free(&arena);
}

static void tells_differences(void **state) {
    static const struct {
        const char *outline, *headings, *wanted;
        size_t first;
    } cases[] = {
        {"", "", "", 0},
        {"a", "a", "", 1},
        {"a", "", "-a0", 0},
        {"", "ab", "+a0+b1", 0},
        {"abc", "abc", "", 3},
        {"abc", "ac", "-b1", 1},
        {"abc", "abxc", "+x2", 2},
        {"ab?c", "ac", "", 2},
        {"ab?c", "abbc", "+b2", 2},
        {"a*b", "aaab", "", 4},
        {"a*a", "aaa", "", 3},
        {".*b.*b", "xbxxb", "", 5},
        {".*b.*b", "xbxx", "-b4", 4},
        {"a.*b", "b", "-a0", 0},
        {"ab", "ba", "-a0+a1", 0},
        {".*x", "xyxyx", "", 5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool takes;
        size_t first;
        char got[256];
        run(cases[i].outline, cases[i].headings, &takes, &first, got);
        assert_string_equal(got, cases[i].wanted);
        assert_int_equal(takes, cases[i].wanted[0] == 0);
        assert_int_equal(first, cases[i].first);
    }
}

/* The fewest steps by trying everything. */
static size_t least(const nl_outline *o, const sample *s, size_t i, size_t j) {
    size_t n = strlen(s->headings), best = 1000, other;
    if (i == n && j == o->count)
        return 0;
    if (j < o->count && i < n && fits((void *)s, i, o->slots[j].item))
        best = least(o, s, i + 1, o->slots[j].loop ? j : j + 1);
    if (j < o->count && (other = least(o, s, i, j + 1) + !(o->slots[j].optional)) < best)
        best = other;
    if (i < n && (other = least(o, s, i + 1, j) + 1) < best)
        best = other;
    return best;
}

static void agrees_with_trying_everything(void **state) {
    static const char *const outlines[] = {"ab", "a?b*", ".*a", "a.?b", "a*b*a", ".b?.", "aab?"};
    (void)state;
    for (size_t i = 0; i < sizeof outlines / sizeof *outlines; i++) {
        for (unsigned word = 0; word < 3 * 81; word++) {
            char headings[8], items[64];
            nl_slot slots[64];
            size_t n = 0, first, count;
            for (unsigned rest = word; rest; rest /= 3)
                headings[n++] = (char)('a' + rest % 3);
            headings[n] = 0;
            sample s = {items, headings};
            nl_arena arena = {0};
            nl_outline o = {slots, parse(outlines[i], items, slots), fits, &s};
            nl_outline_diff(&o, n, &count, &arena);
            size_t wanted = least(&o, &s, 0, 0);
            assert_int_equal(count, wanted);
            assert_int_equal(nl_outline_takes(&o, n, &first, &arena), wanted == 0);
            nl_arena_free(&arena);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_differences),
        cmocka_unit_test(agrees_with_trying_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
