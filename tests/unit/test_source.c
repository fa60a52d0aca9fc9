/* Places in a text, in all units; clusters and widths; that huge lines cost one walk. */
#include "unit.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "text/source.h"
#include <string.h>

static void tells_places_in_all_units(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t offset, line, column, utf16, byte, display;
    } cases[] = {
        {"", 0, 1, 1, 1, 1, 1},
        {"abc", 0, 1, 1, 1, 1, 1},
        {"abc", 3, 1, 4, 4, 4, 4},
        {"abc", 99, 1, 4, 4, 4, 4},
        {"a\nb", 1, 1, 2, 2, 2, 2},
        {"a\nb", 2, 2, 1, 1, 1, 1},
        {"a\n", 2, 2, 1, 1, 1, 1},
        {"a\rb\r\nc\n\rd", 2, 2, 1, 1, 1, 1},
        {"a\rb\r\nc\n\rd", 4, 2, 3, 3, 3, 2}, /* between CR and LF */
        {"a\rb\r\nc\n\rd", 5, 3, 1, 1, 1, 1},
        {"a\rb\r\nc\n\rd", 7, 4, 1, 1, 1, 1},
        {"a\rb\r\nc\n\rd", 8, 5, 1, 1, 1, 1},
        {"\xEF\xBB\xBF"
         "ab",
         0, 1, 1, 1, 1, 1},
        {"\xEF\xBB\xBF"
         "ab",
         2, 1, 1, 1, 1, 1},
        {"\xEF\xBB\xBF"
         "ab",
         3, 1, 1, 1, 1, 1},
        {"\xEF\xBB\xBF"
         "ab",
         4, 1, 2, 2, 2, 2},
        {"\n\xEF\xBB\xBF"
         "a",
         4, 2, 2, 2, 4, 1}, /* not at the start */
        {"\tx", 1, 1, 2, 2, 2, 9},
        {"abc\tx", 4, 1, 5, 5, 5, 9},
        {"\xE4\xB8\xAD\tx", 4, 1, 3, 3, 5, 9},
        {"\xC3\xA9x", 2, 1, 2, 2, 3, 2},
        {"\xC3\xA9x", 1, 1, 1, 1, 2, 1}, /* within the character */
        {"\xF0\x9F\x98\x80x", 4, 1, 2, 3, 5, 3},
        {"\xE4\xB8\xADx", 3, 1, 2, 2, 4, 3},
        {"e\xCC\x81x", 1, 1, 2, 2, 2, 1}, /* within the cluster */
        {"e\xCC\x81x", 3, 1, 3, 3, 4, 2},
        {"\xFF\x80x", 2, 1, 3, 3, 3, 3},
        {"a\xE2\x80\xA8"
         "b",
         4, 1, 3, 3, 5, 2}, /* U+2028 ends no line */
        {"a\xC2\x85"
         "b",
         3, 1, 3, 3, 4, 2}, /* nor does U+0085 */
        {"a\v\fb", 3, 1, 4, 4, 4, 2},
        {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAAx", 8, 1, 3, 5, 9, 3},               /* a flag */
        {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBBx", 11, 1, 4, 6, 12, 3}, /* woman, ZWJ */
        {"\xE2\x98\x80\xEF\xB8\x8Fx", 6, 1, 3, 3, 7, 3}, /* a sun shown as emoji */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_arena arena = {0};
        nl_source s = nl_source_of(NL_S("a"), nl_str_c(cases[i].text), &arena);
        nl_position p = nl_source_locate(&s, cases[i].offset);
        if (p.line != cases[i].line || p.column != cases[i].column || p.utf16 != cases[i].utf16 ||
            p.byte != cases[i].byte || p.display != cases[i].display)
            fail_msg("case %zu: %zu:%zu utf16 %zu byte %zu display %zu", i, p.line, p.column,
                     p.utf16, p.byte, p.display);
        nl_arena_free(&arena);
    }
}

static void finds_lines(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_source s = nl_source_of(NL_S("a"), NL_S("ab\r\n\r\n\rcd\n\n"), &arena);
    static const size_t spans[][2] = {{0, 2}, {4, 4}, {6, 6}, {7, 9}, {10, 10}, {11, 11}};
    assert_int_equal(nl_source_line_count(&s), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(nl_source_line(&s, i + 1).start, spans[i][0]);
        assert_int_equal(nl_source_line(&s, i + 1).end, spans[i][1]);
        assert_int_equal(nl_source_line_at(&s, spans[i][1]), i + 1);
    }
    assert_int_equal(nl_source_offset(&s, 0, 1), 0);
    assert_int_equal(nl_source_offset(&s, 1, 99), 2);
    assert_int_equal(nl_source_offset(&s, 99, 1), 11);
    assert_int_equal(nl_source_offset(&s, 4, 2), 8);
    nl_source none = nl_source_of(NL_S("a"), (nl_str){0}, &arena);
    assert_int_equal(nl_source_line_count(&none), 1);
    assert_int_equal(nl_source_locate(&none, 5).column, 1);
    nl_arena_free(&arena);
}

static uint32_t seed = 1;

static size_t below(size_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static void random_text(nl_buf *out, size_t pieces, bool lines) {
    static const char *const kinds[] = {"a",
                                        " ",
                                        "\t",
                                        "\xC3\xA9",
                                        "\xF0\x9F\x98\x80",
                                        "\xE2\x80\xA8",
                                        "\n",
                                        "\r",
                                        "\r\n",
                                        "\xFF",
                                        "\xE2\x80",
                                        "\xCC\x81",
                                        "\x7F",
                                        "\xE4\xB8\xAD",
                                        "\xE2\x80\x8D",
                                        "\xEF\xBB\xBF",
                                        "\xF0\x9F\x87\xA9",
                                        "word"};
    if (below(4) == 0)
        nl_buf_puts(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < pieces; i++) {
        size_t kind = below(sizeof kinds / sizeof *kinds);
        nl_buf_puts(out, !lines && kind >= 6 && kind <= 8 ? "b" : kinds[kind]);
    }
}

/* On the border of a character, and not within a BOM at the start or a CRLF. */
static bool is_border(nl_str s, size_t at) {
    if (at < nl_source_bom(s) || (at > 0 && at < s.n && s.p[at - 1] == '\r' && s.p[at] == '\n'))
        return false;
    for (size_t i = 0; i < s.n && i < at;) {
        uint32_t cp;
        i += nl_utf8_read(s.p + i, s.n - i, &cp);
        if (i > at)
            return false;
    }
    return true;
}

static void finds_back_every_offset(void **state) {
    (void)state;
    for (int round = 0; round < 300; round++) {
        nl_arena arena = {0};
        nl_buf b = {0};
        random_text(&b, below(60), true);
        nl_str text = nl_buf_str(&b);
        nl_source s = nl_source_of(NL_S("a"), text, &arena);
        for (size_t at = 0; at <= text.n; at++) {
            nl_position p = nl_source_locate(&s, at);
            assert_int_equal(p.offset, at);
            size_t back = nl_source_offset(&s, p.line, p.column);
            if (is_border(text, at))
                assert_int_equal(back, at);
            else
                assert_int_equal(nl_source_locate(&s, back).line, p.line);
        }
        nl_buf_free(&b);
        nl_arena_free(&arena);
    }
}

/* In whatever order they are asked, places are the same. */
static void forgets_nothing_on_long_lines(void **state) {
    (void)state;
    for (int round = 0; round < 20; round++) {
        nl_arena arena = {0};
        nl_buf b = {0};
        random_text(&b, 3000, round % 2);
        nl_str text = nl_buf_str(&b);
        nl_source s = nl_source_of(NL_S("a"), text, &arena);
        for (int i = 0; i < 300; i++) {
            size_t at = below(text.n + 1);
            nl_source fresh = nl_source_of(NL_S("a"), text, &arena);
            nl_position p = nl_source_locate(&s, at), q = nl_source_locate(&fresh, at);
            assert_memory_equal(&p, &q, sizeof p);
            nl_source bare = {.bytes = text, .lines = s.lines, .line_count = s.line_count};
            q = nl_source_locate(&bare, at);
            assert_memory_equal(&p, &q, sizeof p);
            nl_span line = nl_source_line(&fresh, p.line); /* counted without any memory */
            size_t from = p.line == 1 ? nl_source_bom(text) : line.start;
            if (is_border(text, at) && at <= line.end) {
                assert_int_equal(p.column, nl_utf8_count(text.p + from, at - from) + 1);
                assert_int_equal(p.utf16, nl_utf8_count_utf16(text.p + from, at - from) + 1);
            }
        }
        nl_buf_free(&b);
        nl_arena_free(&arena);
    }
}

/* Starts that rise with ends that jump: the worst for a memory of one place. Were it quadratic, the
 * test would not end. */
static void tells_places_on_one_huge_line(void **state) {
    (void)state;
    static const char *const kinds[] = {"word ", "\xC3\xA9", "\xCC\x81"}; /* all one cluster, too */
    for (size_t kind = 0; kind < 3; kind++) {
        nl_arena arena = {0};
        nl_buf b = {0};
        while (b.n < 2000000)
            nl_buf_puts(&b, kinds[kind]);
        nl_source s = nl_source_of(NL_S("a"), nl_buf_str(&b), &arena);
        for (size_t i = 0; i < 10000; i++) {
            assert_int_equal(nl_source_locate(&s, i * 190).byte, i * 190 + 1);
            assert_int_equal(nl_source_locate(&s, b.n - i).byte, b.n - i + 1);
        }
        size_t size;
        nl_source copy = {.bytes = s.bytes, .lines = s.lines, .line_count = s.line_count};
        copy.marks = (void *)nl_source_make_marks(&s, &size); /* read only without an arena */
        for (size_t i = 0; i < 10000; i++) {
            nl_position a = nl_source_locate(&s, i * 190), b2 = nl_source_locate(&copy, i * 190);
            assert_memory_equal(&a, &b2, sizeof a);
        }
        nl_buf_free(&b);
        nl_arena_free(&arena);
    }
}

static void reads_clusters(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t len, width;
    } cases[] = {
        {"ab", 1, 1},
        {"\r\n", 2, 0},
        {"e\xCC\x81\xCC\x81x", 5, 1},
        {"\xE1\x84\x80\xE1\x85\xA1", 6, 2}, /* Hangul of two letters */
        {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA\xF0\x9F\x87\xAB", 8, 2},
        {"1\xEF\xB8\x8F\xE2\x83\xA3", 7, 2},
        {"\xFF\xCC\x81", 1, 1},
        {"\xD8\x80"
         "1",
         3, 1}, /* a sign before a digit (GB9b) */
        {"a\xE2\x80\x8D"
         "b",
         4, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t width, len = nl_grapheme_read(cases[i].text, strlen(cases[i].text), &width);
        if (len != cases[i].len || width != cases[i].width)
            fail_msg("case %zu: %zu bytes, %zu cells", i, len, width);
    }
    assert_int_equal(nl_grapheme_count(NL_S("e\xCC\x81x\xFF")), 3);
}

static void makes_everything_visible(void **state) {
    (void)state;
    nl_buf out = {0};
    nl_visible(NL_S("a\n\r\t\x1B[m\x7F\xFF\xC2\x85\xE2\x80\xAE\xE2\x80\xA8\xC2\xADé中"), &out);
    assert_string_equal(nl_buf_c(&out),
                        "a\\n\\r\\t\\x1B[m\\x7F\\xFF\\u{85}\\u{202E}\\u{2028}\\u{AD}é中");
    nl_buf_free(&out);
}

static void normalises_and_folds(void **state) {
    (void)state;
    nl_arena arena = {0};
    assert_false(nl_is_nfc(NL_S("e\xCC\x81")));
    assert_true(nl_is_nfc(NL_S("\xC3\xA9")));
    assert_true(nl_is_nfc(NL_S("\xFF\xCC\x81"))); /* not UTF-8: as it is */
    assert_true(nl_str_is(nl_nfc(NL_S("e\xCC\x81"), &arena), "\xC3\xA9"));
    assert_true(nl_str_is(nl_fold(NL_S("Stra\xC3\x9F"
                                       "E"),
                                  &arena),
                          "strasse"));
    assert_int_equal(nl_fold((nl_str){0}, &arena).n, 0);
    /* Putting such a run of marks in order would take minutes. */
    nl_buf marks = {0};
    for (int i = 0; i < 100000; i++)
        nl_buf_puts(&marks, "\xCC\x81\xCC\xA3");
    assert_true(nl_is_nfc(nl_buf_str(&marks)));
    nl_buf_free(&marks);
    assert_true(nl_str_is(nl_upper_str(NL_S("\xC3\xA9\xFF"), &arena), "\xC3\x89\xFF"));
    nl_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_places_in_all_units),
        cmocka_unit_test(finds_lines),
        cmocka_unit_test(finds_back_every_offset),
        cmocka_unit_test(forgets_nothing_on_long_lines),
        cmocka_unit_test(tells_places_on_one_huge_line),
        cmocka_unit_test(reads_clusters),
        cmocka_unit_test(makes_everything_visible),
        cmocka_unit_test(normalises_and_folds),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
