/* Mojibake: what is found, what it was, and that clean text is let be. */
#include "unit.h"

#include "base/arena.h"
#include "encoding/mojibake.h"
#include <string.h>

static const nl_mojibake_options options = {true, true};

static void one_damage(const char *text, const char *damaged, const char *was, const char *how) {
    nl_arena a = {0};
    nl_damages d = nl_mojibake_find(text, strlen(text), &options, &a);
    assert_int_equal(d.count, 1);
    const nl_damage *g = d.items;
    assert_int_equal(g->safety, NL_DAMAGE_SAFE);
    assert_ptr_equal(text + g->start, strstr(text, damaged));
    assert_int_equal(g->end - g->start, strlen(damaged));
    assert_true(nl_str_is(g->text, was));
    assert_true(nl_str_is(nl_damage_describe(g, &a), how));
    assert_true(nl_mojibake_possible(text, strlen(text), &options));
    nl_arena_free(&a);
}

static void repairs_the_text_that_started_the_project(void **state) {
    (void)state;
    one_damage("towards providingâ€¦", "â€¦", "…", "UTF-8 read as Windows-1252");
}

static void tells_layers_and_pages(void **state) {
    (void)state;
    one_damage("SÃƒÂ¥dan", "ÃƒÂ¥", "å", "UTF-8 read as Windows-1252, twice");
    one_damage("caf├⌐ au lait", "├⌐", "é", "UTF-8 read as CP437");
    one_damage("don‚Äôt", "‚Äô", "’", "UTF-8 read as Mac Roman");
    one_damage("РџСЂРёРІРµС‚", "РџСЂРёРІРµС‚", "Привет", "UTF-8 read as Windows-1251");
    one_damage("don\xC3\xA2\xC2\x80\xC2\x99"
               "t",
               "\xC3\xA2\xC2\x80\xC2\x99", "’", "UTF-8 read as Latin-1");
}

static void leaves_clean_neighbours(void **state) {
    (void)state;
    one_damage("Ã‰talez la pâte, déjà prête.", "Ã‰", "É", "UTF-8 read as Windows-1252");
}

static void lets_clean_text_be(void **state) {
    (void)state;
    static const char *clean[] = {
        "SÃO PAULO",
        "NÃO À CORRUPÇÃO",
        "Il dit « été » et l’été\u00a0»",
        "Â",
        "Ã",
        "â",
        "Đó là một điều rất đặc biệt ở Việt Nam",
        "Нові події в Україні",
        "CAFÉ»",

        "SPAß”",
        "Ångström 5×£3",
        "日本語のテキスト",
        "a plain line",
        "naïve façade — “quoted”",
    };
    nl_arena a = {0};
    for (size_t i = 0; i < sizeof clean / sizeof *clean; i++)
        assert_int_equal(nl_mojibake_find(clean[i], strlen(clean[i]), &options, &a).count, 0);
    nl_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repairs_the_text_that_started_the_project),
        cmocka_unit_test(tells_layers_and_pages),
        cmocka_unit_test(leaves_clean_neighbours),
        cmocka_unit_test(lets_clean_text_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
