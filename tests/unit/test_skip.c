/* The fast paths of the prefilter: the vector code counts what the plain loops count, and passing
 * over blocks finds what a look at each character finds. */
#include "unit.h"

#include "base/buf.h"
#include "encoding/bytes64.h"
#include "encoding/prefilter.h"
#include "encoding/skip.h"
#include <string.h>

static unsigned random_next(unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void counts_as_the_plain_loops(void **state) {
    (void)state;
    unsigned seed = 3;
    unsigned char p[NL_BYTES64];
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof p; i++)
            p[i] = (unsigned char)random_next(&seed);
        unsigned char c = p[random_next(&seed) % sizeof p];
        assert_true(nl_bytes64_equal(p, c) == nl_bytes64_equal_plain(p, c));
        assert_true(nl_bytes64_from(p, c) == nl_bytes64_from_plain(p, c));
    }
    assert_int_equal(nl_bytes64_first(0), NL_BYTES64);
    assert_int_equal(nl_bytes64_first((uint64_t)1 << 63), 63);
    assert_int_equal(nl_bytes64_end(0), 0);
    assert_int_equal(nl_bytes64_end((uint64_t)1 << 63), 64);
}

/* Words of all scripts, marks, and what damage is made of. */
static const char *const words[] = {
    "plain ",   "words ",       "of ",          "text, ",       "été ",     "garçon ", "Straße ",
    "ÜBER ",    "« ",           "» ",           "“so” ",        "— ",       "… ",      "’s ",
    "дії ",     "її ",          "Ні ",          "її, ",         "ёлка ",    "всё ",    "слово",
    "Њ",        "љубав ",       "Ελλάδα ",      "Ωπ ",          "ΈΩ ",      "được ",   "đó ",
    "ữa ",      "日本 ",        "語。",         "한국어 ",      "हिन्दी ",   "ไทย ",    "שלום ",
    "مرحبا ",   "ქართული ",     "Հայ ",         "😀 ",           "Ã©",       "â€™",     "Ã ",
    "Å¡",       "Ð¿",           "Ñ€",           "\xC2\x85",     "\xE9 ",    "\xC3",    "\xE2\x80",
    "\xF0\x9F", "&amp; ",       "&Atilde;",     "\\xe2 ",       "it鈥檚 ",  "锟斤拷",  "caf├⌐ ",
    "n├гo ",    "┬ш ",          "don‚Äô",       "Рџ",           "СЂ",       "aÃ\"N",   "nâ??s ",
    "xÀ… ",     "\xEF\xBF\xBD", "\xED\xA0\x80", "\xE0\x80\x80", "\xC0\xAF", "n",       "\n",
};

static void passes_over_nothing_else(void **state) {
    (void)state;
    static const nl_mojibake_options options = {.one_record = true, .escapes = true};
    unsigned seed = 11;
    for (int round = 0; round < 20000; round++) {
        nl_buf text = {0};
        unsigned odd = random_next(&seed) % 3; /* with much, little or no damage */
        while (text.n < 200 + random_next(&seed) % 200) {
            size_t limit =
                odd == 0 || random_next(&seed) % 60 < odd ? sizeof words / sizeof *words : 38;
            nl_buf_puts(&text, words[random_next(&seed) % limit]);
        }
        size_t fast = nl_prefilter_next(text.p, text.n, 0, &options);
        size_t slow = nl_prefilter_slow(text.p, text.n, 0, &options);
        if (fast != slow)
            fail_msg("%zu, not %zu: %.*s", fast, slow, (int)text.n, text.p);
        nl_buf_free(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_as_the_plain_loops),
        cmocka_unit_test(passes_over_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
