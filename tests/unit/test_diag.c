/* Diagnostics: their order, and that nothing is said twice. */
#include "unit.h"

#include "text/diag.h"

static void add(nl_diags *list, size_t start, const char *rule, size_t end, const char *message) {
    nl_diag *d = nl_diags_add(list, nl_str_c(rule), NL_WARNING, nl_span_of(start, end));
    d->message = nl_str_c(message);
}

static void sorts_and_drops_duplicates(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_diags list = {.arena = &arena};
    nl_diags_sort(&list);
    add(&list, 9, "a/a", 10, "m");
    add(&list, 3, "b/b", 4, "m");
    add(&list, 3, "a/z", 9, "y");
    add(&list, 3, "a/z", 9, "x");
    add(&list, 3, "a/z", 5, "z");
    add(&list, 9, "a/a", 10, "m"); /* the first again, with a fix */
    nl_fix fix = {0};
    list.items[list.count - 1].fix = &fix;
    add(&list, 9, "a/a", 10, "m");
    add(&list, 0, "z/z", 0, "m");
    nl_diags_sort(&list);
    static const struct {
        size_t start;
        const char *rule, *message;
    } want[] = {{0, "z/z", "m"}, {3, "a/z", "z"}, {3, "a/z", "x"},
                {3, "a/z", "y"}, {3, "b/b", "m"}, {9, "a/a", "m"}};
    assert_int_equal(list.count, 6);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.items[i].span.start, want[i].start);
        assert_true(nl_str_is(list.items[i].rule, want[i].rule));
        assert_true(nl_str_is(list.items[i].message, want[i].message));
    }
    assert_ptr_equal(list.items[5].fix, &fix);
    nl_arena_free(&arena);
}

static void keeps_what_differs_in_field_or_level(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_diags list = {.arena = &arena};
    add(&list, 1, "a/a", 2, "m");
    add(&list, 1, "a/a", 2, "m");
    add(&list, 1, "a/a", 2, "m");
    list.items[1].field = NL_S("title");
    list.items[2].level = NL_ERROR;
    nl_diags_sort(&list);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].level, NL_ERROR);
    nl_arena_free(&arena);
}

static void sorts_many(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_diags list = {.arena = &arena};
    uint32_t x = 1;
    for (size_t i = 0; i < 200000; i++) {
        x = x * 1664525 + 1013904223;
        add(&list, x >> 12, "a/a", x, "m");
    }
    nl_diags_sort(&list);
    for (size_t i = 1; i < list.count; i++)
        assert_true(list.items[i - 1].span.start <= list.items[i].span.start);
    nl_arena_free(&arena);
}

static void names_levels(void **state) {
    (void)state;
    for (nl_level level = NL_OFF; level <= NL_ERROR; level++) {
        nl_level back = NL_OFF;
        assert_true(nl_level_parse(nl_str_c(nl_level_name(level)), &back));
        assert_int_equal(back, level);
    }
    nl_level none;
    assert_false(nl_level_parse(NL_S("note"), &none));
    assert_false(nl_level_parse(NL_S(""), &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_and_drops_duplicates),
        cmocka_unit_test(keeps_what_differs_in_field_or_level),
        cmocka_unit_test(sorts_many),
        cmocka_unit_test(names_levels),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
