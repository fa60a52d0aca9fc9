/* What is answered by passes over bytes, against the same asked one character at a time. */
#include "unit.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "encoding/characters.h"
#include "text/source.h"

#include <stdlib.h>
#include <utf8proc.h>

enum { ROUNDS = 20000, LONGEST = 700 };

/* xorshift64 (Marsaglia 2003): the same texts in each run. */
static uint64_t next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static const char *const parts[] = {
    "a",
    "e",
    " ",
    "text ",
    "0123456789",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "&",
    "\\",
    "\x7F",
    "\x01",
    "\xC2\xA0",
    "\xC3\xA9",
    "\xD0\xB6",
    "\xD1\x8F",
    "\xE2\x80\xA6",
    "\xE2\x80\x8B",
    "\xF0\x9F\x98\x80",
    "\xEF\xBB\xBF",
    "\xCC\x81",
    "\xE4\xB8\xAD",
    "\xED\x9F\xBF",
    "\xF4\x8F\xBF\xBF",
    "\x80",
    "\xC0\x80",
    "\xC1",
    "\xE0\x80\x80",
    "\xE2\x80",
    "\xED\xA0\x80",
    "\xF0\x80\x80\x80",
    "\xF4\x90\x80\x80",
    "\xF5",
    "\xFF",
    "\xEF\xBF\xBD",
    "\xC2\x85",
};
enum { PARTS = sizeof parts / sizeof *parts, SOUND = 25 };

/* A text of parts, most of them ASCII; in every other one all of them are UTF-8. */
static nl_str make_text(uint64_t *seed, char *out) {
    size_t n = 0, want = next(seed) % LONGEST, choice = next(seed) % 2 ? PARTS : SOUND;
    size_t plain = next(seed) % 12;
    while (n < want) {
        size_t part = next(seed) % 12 < plain ? next(seed) % 4 : next(seed) % choice;
        size_t length = strlen(parts[part]);
        memcpy(out + n, parts[part], length);
        n += length;
    }
    if (next(seed) % 8 == 0 && n)
        out[next(seed) % n] = (char)next(seed);
    return nl_str_n(out, n);
}

typedef void property(nl_str text);

static void hold_for_random_texts(property *p) {
    uint64_t seed = 20251114;
    for (int i = 0; i < ROUNDS; i++) {
        char *text = malloc(LONGEST + 16), *exact;
        assert_non_null(text);
        nl_str t = make_text(&seed, text);
        exact = malloc(t.n ? t.n : 1); /* so that a byte read behind it is found */
        assert_non_null(exact);
        memcpy(exact, text, t.n);
        p(nl_str_n(exact, t.n));
        free(exact);
        free(text);
    }
}

static void utf8_is_found_alike(nl_str t) {
    assert_int_equal(nl_utf8_valid_to(t.p, t.n), nl_utf8_valid_to_plain(t.p, t.n));
}

static void validates_utf8_by_blocks_as_by_bytes(void **state) {
    (void)state;
    hold_for_random_texts(utf8_is_found_alike);
}

/* Are a pair of bytes, and third ones behind what may go on, told for what they are? */
static void short_sequences_are_told(char *text, size_t n, size_t place, unsigned pair) {
    char kept[4];
    memcpy(kept, text + place, sizeof kept);
    for (unsigned more = 0; more < 4; more++) {
        text[place] = (char)(pair >> 8);
        text[place + 1] = (char)pair;
        if (more > 0)
            text[place + 2] = (char)0x80;
        if (more > 1)
            text[place + 3] = (char)0xBF;
        size_t length = more > 2 ? place + 2 : n, valid = nl_utf8_valid_to_plain(text, length);
        bool told = nl_bytes_see(text, length, NULL).kinds & NL_BYTES_NOT_UTF8;
        assert_int_equal(nl_utf8_valid_to(text, length), valid);
        assert_int_equal(told, valid < length);
    }
    memcpy(text + place, kept, sizeof kept);
}

/* At each place of a block, behind ASCII and among letters of two bytes. */
static void validates_all_short_sequences(void **state) {
    (void)state;
    char ascii[140], letters[100];
    memset(ascii, 'x', sizeof ascii);
    memcpy(ascii, "\xD0\xB6", 2);
    for (size_t i = 0; i < sizeof letters; i++)
        letters[i] = (char)(i == 0 ? 'x' : i % 2 ? 0xD0 : 0xB6);
    for (size_t place = 28; place < 70; place++)
        for (unsigned a = 0x7F; a < 0x100; a++)
            for (unsigned b = 0x7E; b < 0xC1; b++) {
                if (place < 48 || place > 59)
                    short_sequences_are_told(ascii, sizeof ascii, place, a << 8 | b);
                if (place > 55)
                    short_sequences_are_told(letters, sizeof letters, place, a << 8 | b);
            }
}

/* Asked again behind each bad byte, the whole is walked through once. */
static void is_not_slowed_by_bad_bytes(void **state) {
    (void)state;
    size_t n = 2000000, bad = 0;
    char *text = calloc(n, 1);
    for (size_t i = 0; i < n; i += 4)
        text[i] = (char)0xE9;
    for (size_t at = 0; (at += nl_utf8_valid_to(text + at, n - at)) < n; at++)
        bad++;
    assert_int_equal(bad, n / 4);
    free(text);
}

typedef nl_bytes_seen seer(const char *p, size_t n, size_t **lines);

static void bytes_are_seen(nl_str t, seer *see, nl_bytes_seen wanted) {
    size_t *lines = malloc((t.n + 1) * sizeof *lines), *end = lines, *line = lines;
    nl_bytes_seen seen = see(t.p, t.n, &end);
    assert_int_equal(seen.kinds, wanted.kinds);
    assert_int_equal(seen.high, wanted.high);
    assert_int_equal(seen.high_end, wanted.high_end);
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] == '\n')
            assert_true(line < end && *line++ == i + 1);
    assert_ptr_equal(line, end);
    free(lines);
    assert_int_equal(see(t.p, t.n, NULL).kinds, wanted.kinds);
}

static void bytes_are_told(nl_str t) {
    unsigned told = 0;
    nl_bytes_seen wanted = {0};
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.p[i];
        if (c >= 0x80) {
            wanted.high = wanted.high_end ? wanted.high : i;
            wanted.high_end = i + 1;
        }
        told |= c >= 0x80 ? NL_BYTES_HIGH : 0u;
        told |= (c < 0x20 && c != 9 && c != 10 && c != 13) || c == 0x7F ? NL_BYTES_CONTROL : 0u;
        told |= c == '&' ? NL_BYTES_AMPERSAND : 0u;
        told |= c == '\\' ? NL_BYTES_BACKSLASH : 0u;
        told |= c == '\t' ? NL_BYTES_TAB : 0u;
        told |= c == '\r' ? NL_BYTES_CR : 0u;
        told |= c == ';' ? NL_BYTES_SEMICOLON : 0u;
    }
    told |= nl_utf8_valid_to_plain(t.p, t.n) < t.n ? NL_BYTES_NOT_UTF8 : 0u;
    wanted.kinds = told;
    bytes_are_seen(t, nl_bytes_see, wanted);
    bytes_are_seen(t, nl_bytes_see_plain, wanted);
}

static void tells_the_kinds_of_bytes(void **state) {
    (void)state;
    hold_for_random_texts(bytes_are_told);
}

/* Digits, `&` and what is beyond U+00BF. */
static const nl_byte_set some = {
    {1 | 2, 1 | 2, 1 | 2, 1 | 2, 1 | 2, 1 | 2, 1 | 2 | 4, 1 | 2, 1 | 2, 1 | 2, 2, 2, 2, 2, 2, 2},
    {0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2}};

static void bytes_are_found(nl_str t) {
    size_t first = 0;
    while (first < t.n && !(t.p[first] >= '0' && t.p[first] <= '9') && t.p[first] != '&' &&
           (unsigned char)t.p[first] < 0xC0)
        first++;
    assert_int_equal(nl_bytes_find(&some, t.p, t.n), first);
    assert_int_equal(nl_bytes_find_far(&some, t.p, t.n), first);
    assert_int_equal(nl_bytes_find_plain(&some, t.p, t.n), first);
    for (size_t i = 0, n = t.n < NL_BYTES_BLOCK ? t.n : NL_BYTES_BLOCK; i < n; i++) {
        bool is = nl_bytes_find_plain(&some, t.p + i, 1) == 0;
        assert_int_equal(nl_bytes_which(&some, t.p, n) >> i & 1, is);
    }
}

static void finds_the_first_byte_of_a_set(void **state) {
    (void)state;
    char text[150];
    hold_for_random_texts(bytes_are_found);
    for (size_t n = 0; n <= sizeof text; n++)
        for (size_t at = 0; at <= n; at++) {
            memset(text, 'x', sizeof text);
            if (at < n)
                text[at] = '7';
            bytes_are_found(nl_str_n(text, n));
        }
}

static void lines_are_found_in(nl_str t, bool seen) {
    nl_arena arena = {0};
    nl_source s = nl_source_of(NL_S("a.md"), t, &arena);
    size_t line = 1;
    if (seen)
        nl_source_see(&s);
    assert_int_equal(nl_source_line_at(&s, 0), 1);
    for (size_t i = 0; i < t.n; i++) {
        bool ends = t.p[i] == '\n' || (t.p[i] == '\r' && !(i + 1 < t.n && t.p[i + 1] == '\n'));
        assert_int_equal(nl_source_line_at(&s, i), line);
        line += ends;
    }
    assert_int_equal(nl_source_line_count(&s), line);
    nl_arena_free(&arena);
}

static void lines_are_found(nl_str t) {
    lines_are_found_in(t, false);
    lines_are_found_in(t, true);
}

static void finds_lines(void **state) {
    (void)state;
    hold_for_random_texts(lines_are_found);
}

static void places_are_alike(nl_str t) {
    nl_arena arena = {0};
    nl_source s = nl_source_of(NL_S("a.md"), t, &arena);
    size_t column = 1, utf16 = 1, bom = nl_source_bom(t);
    for (size_t i = bom; i < t.n;) {
        uint32_t cp;
        nl_position p = nl_source_locate(&s, i);
        assert_int_equal(p.column, column);
        assert_int_equal(p.utf16, utf16);
        size_t n = nl_utf8_read(t.p + i, t.n - i, &cp);
        bool pair = cp == '\r' && i + 1 < t.n && t.p[i + 1] == '\n';
        bool ends = cp == '\n' || (cp == '\r' && !pair);
        column = ends ? 1 : column + 1;
        utf16 = ends ? 1 : utf16 + (cp != NL_CP_INVALID && cp > 0xFFFF ? 2 : 1);
        i += n;
    }
    nl_arena_free(&arena);
}

static void locates_alike(void **state) {
    (void)state;
    hold_for_random_texts(places_are_alike);
}

static void clusters_are_counted(nl_str t) {
    size_t count = 0, width;
    for (size_t i = 0; i < t.n; count++) {
        if (count % 7 == 0)
            assert_int_equal(nl_grapheme_skip(t, count), i);
        i += nl_grapheme_read(t.p + i, t.n - i, &width);
    }
    assert_int_equal(nl_grapheme_count(t), count);
    assert_int_equal(nl_grapheme_skip(t, count + 1), t.n);
}

/* ASCII from the space to the tilde; U+00C0 to U+02FF, U+03C0 to U+047F, U+2010 to U+2027. */
static size_t plain_length(const unsigned char *p, size_t n) {
    if (p[0] < 0x80)
        return p[0] >= 0x20 && p[0] < 0x7F;
    if (p[0] == 0xE2)
        return n > 2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA7 ? 3 : 0;
    bool lead = (p[0] >= 0xC3 && p[0] <= 0xCB) || (p[0] >= 0xCF && p[0] <= 0xD1);
    return lead && n > 1 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
}

static size_t plain_by_one(const char *text, size_t n, size_t *count) {
    const unsigned char *p = (const unsigned char *)text;
    size_t at = 0, last = 0, length;
    for (*count = 0; at < n && (length = plain_length(p + at, n - at)); ++*count) {
        last = length;
        at += length;
    }
    if (*count == 0 || at == n || p[at] < 0x80)
        return at;
    --*count;
    return at - last;
}

static void is_passed_over(const char *text, size_t n) {
    size_t count, wanted, length = plain_by_one(text, n, &wanted);
    assert_int_equal(nl_grapheme_plain(text, n, SIZE_MAX, &count), length);
    assert_int_equal(count, wanted);
    nl_grapheme_plain(text, n, 33, &count);
    assert_true(count <= 33);
}

/* Each byte at each place, among letters of one byte and of two. */
static void passes_over_plain_clusters(void **state) {
    (void)state;
    for (unsigned round = 0; round < 2 * 80 * 0x100; round++) {
        size_t at = round / 0x100 % 80;
        char text[100];
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (char)(round < 80 * 0x100 ? 'x' : i % 2 ? 0xB0 : 0xD0);
        text[at] = (char)(round % 0x100);
        is_passed_over(text, sizeof text);
    }
}

/* Three bytes and each third one at each place, among both kinds of letters; and cut off. */
static void passes_over_dashes_and_quotes(void **state) {
    (void)state;
    for (unsigned round = 0; round < 2 * 80 * 0x100; round++) {
        size_t at = round / 0x100 % 80 & ~(size_t)1;
        char text[100];
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (char)(round < 80 * 0x100 ? 'x' : i % 2 ? 0xB0 : 0xD0);
        memcpy(text + at, "\xE2\x80", 2);
        text[at + 2] = (char)(round % 0x100);
        text[at + 3] = '.';
        is_passed_over(text, sizeof text);
        is_passed_over(text, at + 1);
        is_passed_over(text, at + 2);
        is_passed_over(text, at + 3);
    }
}

static void counts_clusters(void **state) {
    (void)state;
    hold_for_random_texts(clusters_are_counted);
}

/* Each pair of what the fast way may be taken for, against utf8proc itself. */
static void reads_clusters_as_utf8proc_does(void **state) {
    (void)state;
    for (uint32_t a = 0x20; a < 0x2040; a = a == 0x5FF ? 0x1FF0 : a + 1)
        for (uint32_t b = 0x20; b < 0x2040; b = b == 0x5FF ? 0x1FF0 : b + 1) {
            char text[8];
            size_t first = nl_utf8_write(a, text), n = first + nl_utf8_write(b, text + first);
            size_t width, length = nl_grapheme_read(text, n, &width);
            utf8proc_int32_t break_state = 0;
            bool apart = utf8proc_grapheme_break_stateful((utf8proc_int32_t)a, (utf8proc_int32_t)b,
                                                          &break_state);
            assert_int_equal(length, apart ? first : n);
            if (apart)
                assert_int_equal(width, utf8proc_charwidth((utf8proc_int32_t)a));
        }
}

/* Inert are those that are not reordered, not replaced, and second in no composition. */
static void knows_what_normalising_leaves_alone(void **state) {
    (void)state;
    bool *second = calloc(0x110000, sizeof *second);
    assert_non_null(second);
    for (utf8proc_int32_t cp = 0; cp < 0x110000; cp++) {
        utf8proc_int32_t parts_of[8];
        int last = 0;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        utf8proc_ssize_t n =
            utf8proc_decompose_char(cp, parts_of, 8, UTF8PROC_STABLE | UTF8PROC_COMPOSE, &last);
        for (utf8proc_ssize_t i = 1; i < n; i++)
            second[parts_of[i]] = true;
    }
    for (uint32_t cp = 0xA0; cp < 0x110000; cp++) {
        if (!nl_cp_is_nfc_inert(cp) || (cp >= 0xD800 && cp <= 0xDFFF))
            continue;
        char text[5] = {0};
        nl_utf8_write(cp, text);
        utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)text);
        assert_string_equal((char *)composed, text);
        assert_int_equal(utf8proc_get_property((utf8proc_int32_t)cp)->combining_class, 0);
        assert_false(second[cp]);
        free(composed);
    }
    free(second);
}

static void nothing_odd_is_missed(nl_str t) {
    nl_arena arena = {0};
    nl_bytes_seen seen = nl_bytes_see(t.p, t.n, NULL);
    unsigned may = nl_odd_possible(t, &seen);
    nl_odds odds = nl_odd_find(t, ~0u, SIZE_MAX, &arena);
    for (size_t i = 0; i < odds.count; i++)
        assert_true((unsigned)odds.items[i].kind & may);
    for (size_t i = 0; i < t.n;) {
        uint32_t cp;
        i += nl_utf8_read(t.p + i, t.n - i, &cp);
        assert_true(cp != 0x200B || may & NL_ODD_INVISIBLE);
        assert_true(cp != 0x85 || may & NL_ODD_CONTROL);
        assert_true(cp != 0x301 || may & NL_ODD_NOT_NFC);
        assert_true(cp != NL_CP_INVALID || may & NL_ODD_INVALID_UTF8);
    }
    nl_arena_free(&arena);
}

static void misses_nothing_odd(void **state) {
    (void)state;
    hold_for_random_texts(nothing_odd_is_missed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validates_utf8_by_blocks_as_by_bytes),
        cmocka_unit_test(validates_all_short_sequences),
        cmocka_unit_test(is_not_slowed_by_bad_bytes),
        cmocka_unit_test(tells_the_kinds_of_bytes),
        cmocka_unit_test(finds_the_first_byte_of_a_set),
        cmocka_unit_test(finds_lines),
        cmocka_unit_test(locates_alike),
        cmocka_unit_test(passes_over_plain_clusters),
        cmocka_unit_test(passes_over_dashes_and_quotes),
        cmocka_unit_test(counts_clusters),
        cmocka_unit_test(reads_clusters_as_utf8proc_does),
        cmocka_unit_test(knows_what_normalising_leaves_alone),
        cmocka_unit_test(misses_nothing_odd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
