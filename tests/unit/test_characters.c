/* Characters: what is found, what may go, and what is left alone. */
#include "unit.h"

#include "base/utf8.h"
#include "encoding/characters.h"
#include <string.h>

static const unsigned all = (1u << NL_CHAR_KINDS) - 1;

typedef struct one {
    const char *text;
    int kind; /* -1: nothing is found */
    size_t start, end;
    const char *fixed; /* NULL: no fix */
} one;

static void finds_each_kind(void **state) {
    (void)state;
    static const one cases[] = {
        {"plain text\n\twith a tab\r\n", NL_CHAR_OUTER_SPACE, 22, 24, ""},
        {"plain", -1, 0, 0, NULL},
        {"caf\xE9 x", NL_CHAR_INVALID_UTF8, 3, 4, NULL},
        {"\xFF\xFE\xFDx", NL_CHAR_INVALID_UTF8, 0, 3, NULL},
        {"It\xEF\xBF\xBDs", NL_CHAR_REPLACEMENT, 2, 5, NULL},
        {"a\x1B[31m", NL_CHAR_CONTROL, 1, 2, NULL},
        {"a\x7F"
         "b",
         NL_CHAR_CONTROL, 1, 2, NULL},
        {"a\xC2\x85"
         "b",
         NL_CHAR_CONTROL, 1, 3, NULL},
        {"a\xEF\xBB\xBF"
         "b",
         NL_CHAR_BOM, 1, 4, ""},
        {"zero\xE2\x80\x8Bwidth", NL_CHAR_INVISIBLE, 4, 7, ""},
        {"soft\xC2\xADhyphen", NL_CHAR_INVISIBLE, 4, 6, ""},
        {"word\xE2\x81\xA0joiner", NL_CHAR_INVISIBLE, 4, 7, ""},
        {"\xE2\x80\xAE"
         "evil",
         NL_CHAR_INVISIBLE, 0, 3, NULL},
        {"line\xE2\x80\xA8sep", NL_CHAR_INVISIBLE, 4, 7, NULL},
        {"private \xEE\x80\x80 use", NL_CHAR_INVISIBLE, 8, 11, NULL},
        {"a\xE2\x80\x8D"
         "b",
         NL_CHAR_INVISIBLE, 1, 4, ""},
        {"cafe\xCC\x81!", NL_CHAR_NOT_NFC, 3, 6, "\xC3\xA9"},
        {"\xE2\x84\xAB", NL_CHAR_NOT_NFC, 0, 3, "\xC3\x85"},
        {"AT&amp;T", NL_CHAR_ENTITY, 2, 7, NULL},
        {"a &#8217; b", NL_CHAR_ENTITY, 2, 9, NULL},
        {"a &#x2019; b", NL_CHAR_ENTITY, 2, 10, NULL},
        {"AT&T; and & more; &;", -1, 0, 0, NULL},
        {" x", NL_CHAR_OUTER_SPACE, 0, 1, ""},
        {"x\xC2\xA0", NL_CHAR_OUTER_SPACE, 1, 3, ""},
        {"   ", -1, 0, 0, NULL},
        /* what needs its joiner, selector or break is left alone */
        {"\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85", -1, 0, 0, NULL},
        {"\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8D\xE0\xA4\xB7", -1, 0, 0, NULL},
        {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", -1, 0, 0, NULL},
        {"\xE2\x9D\xA4\xEF\xB8\x8F\xE2\x80\x8D\xF0\x9F\x94\xA5", -1, 0, 0, NULL},
        {"\xE1\x9E\x80\xE2\x80\x8B\xE1\x9E\x81", -1, 0, 0, NULL},
        {"1\xEF\xB8\x8F\xE2\x83\xA3", -1, 0, 0, NULL},
        {"Ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t", -1, 0, 0, NULL},
        {"\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD1\x96\xD1\x82", -1, 0, 0, NULL},
    };
    nl_arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const one *c = &cases[i];
        nl_char_findings found = nl_characters_find(nl_str_c(c->text), all, false, &arena);
        if (found.count != (c->kind < 0 ? 0u : 1u))
            fail_msg("case %zu: %zu findings", i, found.count);
        if (c->kind < 0)
            continue;
        const nl_char_finding *f = &found.items[0];
        assert_int_equal(f->kind, c->kind);
        assert_int_equal(f->start, c->start);
        assert_int_equal(f->end, c->end);
        assert_int_equal(f->fixable, c->fixed != NULL);
        if (c->fixed)
            assert_true(nl_str_is(f->text, c->fixed));
    }
    nl_arena_free(&arena);
}

static void takes_a_mark_at_the_start_for_what_it_is(void **state) {
    (void)state;
    nl_arena arena = {0};
    assert_int_equal(nl_characters_find(NL_S("\xEF\xBB\xBFx"), all, true, &arena).count, 0);
    assert_int_equal(nl_characters_find(NL_S("\xEF\xBB\xBFx"), all, false, &arena).count, 1);
    assert_int_equal(nl_characters_find(NL_S("\xEF\xBB\xBF\xEF\xBB\xBFx"), all, true, &arena).count,
                     1);
    nl_arena_free(&arena);
}

/* Whatever the bytes: in order, in bounds, on unit borders, and a second look finds no fix again.
 */
static void holds_for_random_bytes(void **state) {
    (void)state;
    nl_arena arena = {0};
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        size_t n = 0;
        while (n < sizeof text - 4) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t pick = seed >> 8;
            static const uint32_t cps[] = {'a',     'e',    0x301,  0x200B, 0x200D, 0xFEFF, 0xAD,
                                           0x1F469, 0x915,  0x94D,  0xE9,   ' ',    '&',    ';',
                                           0xA0,    0x1100, 0x1161, 0x11A8, 0xFFFD, 0x327};
            if (pick % 23 < sizeof cps / sizeof *cps)
                n += nl_utf8_write(cps[pick % 23], text + n);
            else
                text[n++] = (char)(pick >> 8);
        }
        nl_str s = {text, n};
        nl_char_findings found = nl_characters_find(s, all, false, &arena);
        size_t last = 0;
        for (size_t i = 0; i < found.count; i++) {
            const nl_char_finding *f = &found.items[i];
            assert_true(f->start >= last && f->start < f->end && f->end <= n);
            last = f->start;
            if (f->fixable && f->kind == NL_CHAR_NOT_NFC)
                assert_int_equal(
                    nl_characters_find(f->text, 1u << NL_CHAR_NOT_NFC, false, &arena).count, 0);
        }
        nl_arena_reset(&arena);
    }
    nl_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_kind),
        cmocka_unit_test(takes_a_mark_at_the_start_for_what_it_is),
        cmocka_unit_test(holds_for_random_bytes),
    };
    return cmocka_run_group_tests_name("characters", tests, NULL, NULL);
}
