/* The fast paths of the prefilter: the vector code counts what the plain loops count, and passing
 * over blocks finds what a look at each character finds. */
#include "unit.h"

#include "base/avx2.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "encoding/bytes64.h"
#include "encoding/codepage.h"
#include "encoding/confirm.h"
#include "encoding/cyrillic.h"
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
    unsigned char p[NL_BYTES64] = {0};
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof p; i++)
            p[i] = (unsigned char)random_next(&seed);
        unsigned char c = p[random_next(&seed) % sizeof p];
        assert_true(nl_bytes64_equal(p, c) == nl_bytes64_equal_plain(p, c));
        assert_true(nl_bytes64_from(p, c) == nl_bytes64_from_plain(p, c));
        if (nl_avx2_usable()) {
            nl_bytes64 plain, fast;
            nl_bytes64_read(p, &plain);
            nl_bytes64_read_fast(p, &fast);
            assert_memory_equal(&plain, &fast, sizeof plain);
        }
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

static const nl_mojibake_options a_record = {.one_record = true, .escapes = true};

/* All that is found in the text, not the first alone. */
static void finds_the_same(const nl_buf *text) {
    for (size_t at = 0; at < text->n;) {
        size_t fast = nl_prefilter_next(text->p, text->n, at, &a_record);
        size_t slow = nl_prefilter_slow(text->p, text->n, at, &a_record);
        if (fast != slow)
            fail_msg("%zu, not %zu, from %zu: %.*s", fast, slow, at, (int)text->n, text->p);
        at = fast + 1;
        while (nl_utf8_goes_on(nl_str_n(text->p, text->n), at))
            at++;
    }
}

static void passes_over_nothing_else(void **state) {
    (void)state;
    unsigned seed = 11;
    for (int round = 0; round < 20000; round++) {
        nl_buf text = {0};
        unsigned odd = random_next(&seed) % 3; /* with much, little or no damage */
        while (text.n < 200 + random_next(&seed) % 200) {
            size_t limit =
                odd == 0 || random_next(&seed) % 60 < odd ? sizeof words / sizeof *words : 38;
            nl_buf_puts(&text, words[random_next(&seed) % limit]);
        }
        finds_the_same(&text);
        nl_buf_free(&text);
    }
}

/* Letters that begin and end sequences in Windows-1251, KOI8-R and CP866, and what may stand beside
 * them. */
static const char *const small[] = {"а", "в", "г", "д", "е", "з", "и", "н",
                                    "о", "п", "р", "с", "т", "ф", "ц", "я"};
static const char *const capital[] = {"А", "В", "Н", "О", "П", "Р", "С", "Ш", "Ф", "Я"};
static const char *const ukrainian[] = {"і", "ї", "є"};
static const char *const rest[] = {"ё", "Ё", "Є", "І", "Ї", "Ђ", "ђ", "ѓ", "ѕ", "ј",       "ў",
                                   "џ", "№", "√", "≈", "ѣ", "ґ", "’", "“", "”", "…",       "—",
                                   "€", "│", "«", "»", "·", "°", "©", "n", " ", "\xC2\xA0"};
static const char *const other[] = {"é",    "Ω",    "日",       "\xC2\x85", "\xD0",
                                    "\xB1", "\xC3", "\xE2\x80", "СЂ",       "\xEF\xBF\xBD"};

#define ADD_ONE_OF(text, seed, list)                                                               \
    nl_buf_puts(text, (list)[random_next(seed) % (sizeof(list) / sizeof *(list))])

/* Of so many letters one is as in no word. */
static void add_letter(nl_buf *text, unsigned *seed, unsigned odd) {
    unsigned kind = random_next(seed) % 100;
    if (kind < 70)
        ADD_ONE_OF(text, seed, small);
    else if (kind < 90)
        ADD_ONE_OF(text, seed, ukrainian);
    else if (random_next(seed) % odd)
        ADD_ONE_OF(text, seed, small);
    else if (kind < 94)
        ADD_ONE_OF(text, seed, capital);
    else if (kind < 99)
        ADD_ONE_OF(text, seed, rest);
    else
        ADD_ONE_OF(text, seed, other);
}

/* What is read from UTF-8 of two bytes as Windows-1251 and as KOI8-R, of three, of four as CP866.
 */
static void add_damaged(nl_buf *text, unsigned *seed) {
    static const char *const koi8[] = {"√", "≈", "·", "°", "©", "ё"};
    static const char *const marks[] = {"“", "”", "‚", "’", "…"};
    unsigned kind = random_next(seed) % 5, lead = random_next(seed) % 2;
    for (unsigned letters = 1 + random_next(seed) % 2; letters > 0; letters--) {
        if (kind < 2)
            nl_buf_puts(text, lead ? "Р" : "О");
        else if (kind < 4)
            ADD_ONE_OF(text, seed, small);
        if (kind < 2 || (kind == 2 && lead))
            ADD_ONE_OF(text, seed, ukrainian);
        if (kind == 2)
            ADD_ONE_OF(text, seed, marks);
        if (kind == 2 && !lead)
            ADD_ONE_OF(text, seed, ukrainian);
        if (kind == 3)
            ADD_ONE_OF(text, seed, koi8);
        if (kind == 4)
            nl_buf_puts(text, "ЁЯША");
    }
}

static void add_word(nl_buf *text, unsigned *seed, unsigned odd) {
    if (random_next(seed) % (4 * odd) == 0)
        add_damaged(text, seed);
    if (random_next(seed) % 4 == 0)
        ADD_ONE_OF(text, seed, capital);
    for (unsigned letters = random_next(seed) % 8; letters > 0; letters--)
        add_letter(text, seed, odd);
    nl_buf_puts(text, random_next(seed) % 3 ? " " : "\n");
}

static void passes_over_clean_cyrillic(void **state) {
    (void)state;
    unsigned seed = 7;
    size_t passed = 0, all = 0;
    for (int round = 0; round < 20000; round++) {
        nl_buf text = {0};
        unsigned odd = 1 + random_next(&seed) % 30;
        while (text.n < 150 + random_next(&seed) % 200)
            add_word(&text, &seed, odd);
        finds_the_same(&text);
        for (size_t at = 0; at < text.n; at++) {
            const unsigned char *p = (const unsigned char *)text.p + at;
            size_t odd_fast, odd_plain, fast = nl_cyrillic_pass(p, text.n - at, &odd_fast);
            assert_int_equal(nl_cyrillic_pass_plain(p, text.n - at, &odd_plain), fast);
            assert_int_equal(odd_plain, odd_fast);
            passed += fast;
            all += text.n - at;
        }
        nl_buf_free(&text);
    }
    assert_true(passed > all / 8);
}

/* Two characters of a sequence of three or four in Windows-1251 are passed over without the second
 * look when the third is none of it; what that look takes for whole never is. */
static void asks_for_whole_sequences(void **state) {
    (void)state;
    static const nl_mojibake_options options = {.one_record = false};
    size_t found = 0;
    for (unsigned lead = 0xE0; lead <= 0xF4; lead++)
        for (unsigned second = 0x80; second <= 0xBF; second++)
            for (unsigned third = 0x7F; third <= 0xFF; third++) {
                char text[16];
                size_t n = 0;
                const unsigned bytes[] = {lead, second, third, 0xBB};
                for (size_t i = 0; i < 4; i++)
                    n += nl_utf8_write(nl_page_decode(NL_PAGE_1251, (unsigned char)bytes[i]),
                                       text + n);
                bool whole = nl_confirm(text, n, 0, 1u << NL_PAGE_1251);
                if (whole && nl_prefilter_next(text, n, 0, &options) != 0)
                    fail_msg("%02X %02X %02X", lead, second, third);
                found += whole;
            }
    assert_true(found > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_as_the_plain_loops),
        cmocka_unit_test(passes_over_nothing_else),
        cmocka_unit_test(passes_over_clean_cyrillic),
        cmocka_unit_test(asks_for_whole_sequences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
