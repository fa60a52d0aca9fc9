/* The base layer: UTF-8, arena, strings. */
#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <stdio.h>

static void reads_each_form_of_utf8(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n, len;
        uint32_t cp;
    } cases[] = {
        {"a", 1, 1, 'a'},
        {"\xC3\xA9", 2, 2, 0xE9},
        {"\xE2\x80\xA6", 3, 3, 0x2026},
        {"\xF0\x9F\x98\x80", 4, 4, 0x1F600},
        {"\xC0\x80", 2, 1, NL_CP_INVALID},         /* overlong */
        {"\xED\xA0\x80", 3, 1, NL_CP_INVALID},     /* surrogate */
        {"\xF4\x90\x80\x80", 4, 1, NL_CP_INVALID}, /* above U+10FFFF */
        {"\xE2\x80", 2, 1, NL_CP_INVALID},         /* cut off */
        {"\x80", 1, 1, NL_CP_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t cp = 0;
        assert_int_equal(nl_utf8_read(cases[i].bytes, cases[i].n, &cp), cases[i].len);
        assert_int_equal(cp, cases[i].cp);
        if (cp != NL_CP_INVALID) {
            char out[4];
            assert_int_equal(nl_utf8_write(cp, out), cases[i].n);
            assert_memory_equal(out, cases[i].bytes, cases[i].n);
            assert_int_equal(nl_utf8_read_back(cases[i].bytes, cases[i].n, &cp), cases[i].len);
            assert_int_equal(cp, cases[i].cp);
        }
    }
}

static void finds_the_first_bad_byte(void **state) {
    (void)state;
    assert_int_equal(nl_utf8_valid_to("abc\xC3\xA9 x", 7), 7);
    assert_int_equal(nl_utf8_valid_to("abc\xE9 x", 6), 3);
    assert_int_equal(nl_utf8_valid_to("", 0), 0);
    assert_int_equal(nl_utf8_valid_to(NULL, 0), 0);
}

static void suggests_the_nearest_word(void **state) {
    (void)state;
    static const nl_str words[] = {NL_STR("required"), NL_STR("pattern"), NL_STR("type")};
    assert_true(nl_str_nearest(NL_S("requried"), words, 3) == &words[0]);
    assert_true(nl_str_nearest(NL_S("TYPE"), words, 3) == &words[2]);
    assert_null(nl_str_nearest(NL_S("banana"), words, 3));
}

static void gives_memory_back_and_takes_it_again(void **state) {
    (void)state;
    nl_arena a = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 1000; i++) {
            char *p = nl_arena_alloc(&a, i);
            for (size_t j = 0; j < i; j++)
                p[j] = (char)j;
        }
        assert_non_null(nl_arena_alloc(&a, 5000000));
        nl_arena_reset(&a);
    }
    nl_arena_free(&a);
}

/* A child goes with its arena, with what was allocated since a mark, or before both; and may be
 * used again. Leaks are for the sanitizer and valgrind to see. */
static void has_arenas_within(void **state) {
    (void)state;
    nl_arena a = {0};
    nl_arena *first = nl_arena_child(&a);
    nl_arena_alloc(first, 100000);
    nl_arena_mark mark = nl_arena_here(&a);
    nl_arena_alloc(nl_arena_child(nl_arena_child(&a)), 5000000);
    nl_arena_back(&a, mark);
    nl_arena_free(first);
    assert_int_equal(nl_arena_size(first), 0);
    memset(nl_arena_alloc(first, 100000), 1, 100000);
    nl_arena_alloc(nl_arena_child(&a), 10);
    nl_arena_reset(&a);
    nl_arena_alloc(nl_arena_child(&a), 10);
    nl_arena_free(&a);
    assert_int_equal(nl_arena_size(&a), 0);
}

static void gives_back_what_came_since_a_mark(void **state) {
    (void)state;
    nl_arena a = {0};
    nl_arena_back(&a, nl_arena_here(&a));
    assert_int_equal(nl_arena_size(&a), 0);
    char *kept = nl_arena_copy(&a, "kept", 4);
    nl_arena_mark mark = nl_arena_here(&a);
    size_t size = nl_arena_size(&a);
    char *first = nl_arena_alloc(&a, 8);
    nl_arena_alloc(&a, 5000000);
    nl_arena_back(&a, mark);
    assert_int_equal(nl_arena_size(&a), size);
    assert_ptr_equal(nl_arena_alloc(&a, 8), first);
    assert_string_equal(kept, "kept");
    nl_arena_free(&a);
}

/* What is cut off is given out again, what is kept is not. */
static void cuts_the_newest_allocation(void **state) {
    (void)state;
    nl_arena a = {0};
    char *newest = nl_arena_alloc(&a, 10000);
    memset(newest, 'x', 10000);
    nl_arena_cut(&a, newest, 100);
    char *next = nl_arena_alloc(&a, 9000);
    assert_true(next >= newest + 100 && next < newest + 200);
    memset(next, 'y', 9000);
    assert_int_equal(newest[99], 'x');
    nl_arena_free(&a);
}

static void writes_into_buffers_what_it_was_told(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 9, 10, 4096, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char wanted[32];
        nl_buf b = {0};
        int n = snprintf(wanted, sizeof wanted, "%zu", sizes[i]);
        nl_buf_put_size(&b, sizes[i]);
        assert_int_equal(b.n, n);
        assert_string_equal(nl_buf_c(&b), wanted);
        nl_buf_free(&b);
    }
    nl_buf b = {0};
    for (int width = 0; width < 300; width++) { /* what fits, what just does not, what is long */
        size_t before = b.n;
        nl_buf_printf(&b, "%*d", width, 7);
        assert_int_equal(b.n - before, width ? width : 1);
        assert_int_equal(b.p[b.n - 1], '7');
        assert_true(b.n - before == 1 || b.p[before] == ' ');
    }
    nl_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_arenas_within),
        cmocka_unit_test(reads_each_form_of_utf8),
        cmocka_unit_test(finds_the_first_bad_byte),
        cmocka_unit_test(suggests_the_nearest_word),
        cmocka_unit_test(gives_memory_back_and_takes_it_again),
        cmocka_unit_test(gives_back_what_came_since_a_mark),
        cmocka_unit_test(cuts_the_newest_allocation),
        cmocka_unit_test(writes_into_buffers_what_it_was_told),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
