/* Fixes: which are taken together, and that nothing but their spans changes. */
#include "unit.h"

#include "text/edit.h"

#define EDIT(s, e, t)                                                                              \
    { {(s), (e)}, NL_STR(t) }

static uint32_t seed = 1;

static size_t below(size_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static void takes_what_does_not_overlap(void **state) {
    (void)state;
    static const struct {
        nl_edit a, b;
        bool both;
        const char *result; /* of "0123456789" */
    } cases[] = {
        {EDIT(1, 2, "a"), EDIT(5, 6, "b"), true, "0a234b6789"},
        {EDIT(5, 6, "b"), EDIT(1, 2, "a"), true, "0a234b6789"},
        {EDIT(1, 3, "a"), EDIT(3, 5, "b"), true, "0ab56789"}, /* touching is no overlap */
        {EDIT(1, 3, "a"), EDIT(2, 5, "b"), false, "0a3456789"},
        {EDIT(2, 5, "b"), EDIT(1, 3, "a"), false, "01b56789"}, /* the first one wins */
        {EDIT(1, 9, ""), EDIT(3, 4, "b"), false, "09"},
        {EDIT(3, 4, "b"), EDIT(1, 9, ""), false, "012b456789"},
        {EDIT(3, 4, "b"), EDIT(3, 4, "b"), true, "012b456789"}, /* identical */
        {EDIT(3, 4, "b"), EDIT(3, 4, "c"), false, "012b456789"},
        {EDIT(3, 3, "b"), EDIT(3, 3, "c"), false, "012b3456789"},
        {EDIT(3, 3, "b"), EDIT(3, 3, "b"), true, "012b3456789"},
        {EDIT(3, 3, "b"), EDIT(3, 5, "c"), false, "012b3456789"},
        {EDIT(3, 3, "b"), EDIT(1, 3, "c"), false, "012b3456789"},
        {EDIT(1, 3, "c"), EDIT(3, 3, "b"), false, "0c3456789"},
        {EDIT(3, 5, "c"), EDIT(3, 3, "b"), false, "012c56789"},
        {EDIT(1, 5, "c"), EDIT(3, 3, "b"), false, "0c56789"},
        {EDIT(0, 0, "x"), EDIT(10, 10, "y"), true, "x0123456789y"},
        {EDIT(0, 10, ""), EDIT(10, 10, "y"), false, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_arena arena = {0};
        nl_buf out = {0};
        nl_edit a = cases[i].a, b = cases[i].b;
        nl_fix fixes[] = {{.edits = &a, .count = 1}, {.edits = &b, .count = 1}};
        nl_fix *list[] = {&fixes[0], NULL, &fixes[1]};
        size_t count, taken;
        nl_edit *edits = nl_edits_choose(list, 3, &arena, &count, &taken);
        nl_edits_apply(NL_S("0123456789"), edits, count, &out);
        assert_int_equal(taken, cases[i].both ? 2 : 1);
        assert_string_equal(nl_buf_c(&out), cases[i].result);
        nl_buf_free(&out);
        nl_arena_free(&arena);
    }
}

static void takes_a_fix_whole_or_not_at_all(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_edit first[] = {EDIT(4, 5, "x")};
    nl_edit second[] = {EDIT(1, 2, "y"), EDIT(4, 6, "z")}; /* its second edit is in the way */
    nl_edit third[] = {EDIT(1, 2, "w"), EDIT(2, 2, "v"), EDIT(8, 9, "u")}; /* touches itself */
    nl_edit fourth[] = {EDIT(6, 8, "q"), EDIT(7, 9, "q")};                 /* overlaps itself */
    nl_fix fixes[] = {{.edits = first, .count = 1},
                      {.edits = second, .count = 2},
                      {.edits = third, .count = 3},
                      {.edits = fourth, .count = 2},
                      {.count = 0}};
    nl_fix *list[] = {&fixes[0], &fixes[1], &fixes[2], &fixes[3], &fixes[4]};
    size_t count, taken;
    nl_edit *edits = nl_edits_choose(list, 5, &arena, &count, &taken);
    nl_buf out = {0};
    nl_edits_apply(NL_S("0123456789"), edits, count, &out);
    assert_string_equal(nl_buf_c(&out), "0wv23x567u9");
    assert_int_equal(taken, 2);
    assert_int_equal(count, 4);
    nl_edits_choose(list, 0, &arena, &count, &taken);
    assert_int_equal(count, 0);
    assert_int_equal(taken, 0);
    nl_buf_free(&out);
    nl_arena_free(&arena);
}

static bool same(const nl_edit *a, const nl_edit *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end &&
           nl_str_eq(a->text, b->text);
}

static bool overlap(const nl_edit *a, const nl_edit *b) {
    if (same(a, b))
        return false;
    if (a->span.start == a->span.end || b->span.start == b->span.end)
        return a->span.start <= b->span.end && b->span.start <= a->span.end;
    return a->span.start < b->span.end && b->span.start < a->span.end;
}

/* The definition, quadratic: takes each fix that disturbs none taken before. */
static size_t choose_slowly(nl_fix *fixes, size_t n, bool *takes) {
    size_t taken = 0;
    for (size_t i = 0; i < n; i++) {
        takes[i] = true;
        for (size_t j = 0; j < i; j++)
            for (size_t k = 0; takes[j] && k < fixes[i].count; k++)
                for (size_t l = 0; l < fixes[j].count; l++)
                    if (overlap(&fixes[i].edits[k], &fixes[j].edits[l]))
                        takes[i] = false;
        taken += takes[i];
    }
    return taken;
}

static void agrees_with_the_definition(void **state) {
    (void)state;
    enum { FIXES = 12, LENGTH = 40 };
    static const nl_str texts[] = {NL_STR(""), NL_STR("x"), NL_STR("yz")};
    for (int round = 0; round < 3000; round++) {
        nl_arena arena = {0};
        nl_fix fixes[FIXES], *list[FIXES];
        bool takes[FIXES];
        for (size_t i = 0; i < FIXES; i++) {
            size_t n = 1 + below(3), at = 0;
            nl_edit *edits = NL_NEW_ARRAY(&arena, nl_edit, n);
            for (size_t j = 0; j < n; j++) {
                size_t start = at + below(LENGTH / 4), end = start + below(4);
                edits[j] = (nl_edit){nl_span_of(start, end), texts[below(3)]};
                at = end + 1;
            }
            fixes[i] = (nl_fix){.edits = edits, .count = n};
            list[i] = &fixes[i];
        }
        size_t count, taken;
        nl_edit *edits = nl_edits_choose(list, FIXES, &arena, &count, &taken);
        assert_int_equal(taken, choose_slowly(fixes, FIXES, takes));
        for (size_t i = 1; i < count; i++) {
            assert_true(edits[i - 1].span.end <= edits[i].span.start);
            assert_false(overlap(&edits[i - 1], &edits[i]));
        }
        for (size_t i = 0; i < FIXES; i++)
            for (size_t j = 0; takes[i] && j < fixes[i].count; j++) {
                bool found = false;
                for (size_t k = 0; k < count; k++)
                    found |= same(&edits[k], &fixes[i].edits[j]);
                assert_true(found);
            }
        nl_arena_free(&arena);
    }
}

/* Backwards and interleaved: a sorted array with insertion would take minutes. */
static void is_fast_for_many(void **state) {
    (void)state;
    const size_t N = 200000;
    nl_arena arena = {0};
    nl_edit *edits = NL_NEW_ARRAY(&arena, nl_edit, 2 * N);
    nl_fix *fixes = NL_NEW_ARRAY(&arena, nl_fix, N);
    nl_fix **list = NL_NEW_ARRAY(&arena, nl_fix *, N);
    for (size_t i = 0; i < N; i++) {
        size_t at = (N - 1 - i) * 2;
        edits[2 * i] = (nl_edit){nl_span_of(at, at + 1), NL_S("a")};
        edits[2 * i + 1] = (nl_edit){nl_span_of(2 * N + at, 2 * N + at + 1), NL_S("b")};
        fixes[i] = (nl_fix){.edits = &edits[2 * i], .count = 2};
        list[i] = &fixes[i];
    }
    size_t count, taken;
    nl_edits_choose(list, N, &arena, &count, &taken);
    assert_int_equal(taken, N);
    assert_int_equal(count, 2 * N);
    nl_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_does_not_overlap),
        cmocka_unit_test(takes_a_fix_whole_or_not_at_all),
        cmocka_unit_test(agrees_with_the_definition),
        cmocka_unit_test(is_fast_for_many),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
