/* Code pages: known bytes, and that reading back gives the byte again. */
#include "unit.h"

#include "encoding/codepage.h"

static void knows_some_bytes(void **state) {
    (void)state;
    static const struct {
        nl_page page;
        unsigned char byte;
        uint32_t cp;
    } cases[] = {
        {NL_PAGE_1252, 0x80, 0x20AC},    {NL_PAGE_1252, 0x81, 0x81},
        {NL_PAGE_LATIN1, 0x80, 0x80},    {NL_PAGE_1250, 0xE6, 0x107},
        {NL_PAGE_1251, 0xE9, 0x439},     {NL_PAGE_1253, 0xE1, 0x3B1},
        {NL_PAGE_1254, 0xFD, 0x131},     {NL_PAGE_1257, 0xE0, 0x105},
        {NL_PAGE_1258, 0xF0, 0x111},     {NL_PAGE_8859_2, 0xB1, 0x105},
        {NL_PAGE_8859_15, 0xA4, 0x20AC}, {NL_PAGE_MACROMAN, 0x8E, 0xE9},
        {NL_PAGE_437, 0x82, 0xE9},       {NL_PAGE_850, 0xD0, 0xF0},
        {NL_PAGE_852, 0xD0, 0x111},      {NL_PAGE_866, 0x80, 0x410},
        {NL_PAGE_KOI8R, 0xC1, 0x430},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(nl_page_decode(cases[i].page, cases[i].byte), cases[i].cp);
        assert_int_equal(nl_page_encode(cases[i].page, cases[i].cp), cases[i].byte);
    }
}

static void reads_back_what_it_wrote(void **state) {
    (void)state;
    for (int page = 0; page < NL_PAGE_COUNT; page++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t cp = nl_page_decode((nl_page)page, (unsigned char)byte);
            int back = nl_page_encode((nl_page)page, cp);
            assert_true(back >= 0);
            assert_int_equal(nl_page_decode((nl_page)page, (unsigned char)back), cp);
        }
        assert_int_equal(nl_page_encode((nl_page)page, 0x4E00), -1);
        assert_non_null(nl_page_name((nl_page)page).p);
    }
}

static void takes_both_forms_where_windows_and_latin1_mix(void **state) {
    (void)state;
    assert_int_equal(nl_page_encode(NL_PAGE_1252_MIXED, 0x20AC), 0x80);
    assert_int_equal(nl_page_encode(NL_PAGE_1252_MIXED, 0x80), 0x80);
    assert_int_equal(nl_page_encode(NL_PAGE_1252, 0x80), -1);
}

/* But for the small letters of CP866, and Latin-1, which counts with Windows-1252. */
static void knows_which_characters_continue(void **state) {
    (void)state;
    for (uint32_t cp = 0x80; cp < 0x800; cp++)
        for (int page = 0; page < NL_PAGE_COUNT; page++) {
            if (page == NL_PAGE_LATIN1 || page == NL_PAGE_866)
                continue;
            int byte =
                nl_page_encode(page == NL_PAGE_1252 ? NL_PAGE_1252_MIXED : (nl_page)page, cp);
            bool continues = byte >= 0x80 && byte <= 0xBF;
            assert_int_equal(nl_page_role_low[cp] >> (16 + page) & 1, continues);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_some_bytes),
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(takes_both_forms_where_windows_and_latin1_mix),
        cmocka_unit_test(knows_which_characters_continue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
