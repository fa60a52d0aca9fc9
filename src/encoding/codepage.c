/* Names of code pages and lookups in their tables (codepage_tables.c). */
#include "encoding/codepage.h"

static const nl_str names[] = {
    [NL_PAGE_1252] = NL_STR("Windows-1252"),
    [NL_PAGE_LATIN1] = NL_STR("Latin-1"),
    [NL_PAGE_1250] = NL_STR("Windows-1250"),
    [NL_PAGE_1251] = NL_STR("Windows-1251"),
    [NL_PAGE_1253] = NL_STR("Windows-1253"),
    [NL_PAGE_1254] = NL_STR("Windows-1254"),
    [NL_PAGE_1257] = NL_STR("Windows-1257"),
    [NL_PAGE_1258] = NL_STR("Windows-1258"),
    [NL_PAGE_8859_2] = NL_STR("ISO 8859-2"),
    [NL_PAGE_8859_15] = NL_STR("ISO 8859-15"),
    [NL_PAGE_MACROMAN] = NL_STR("Mac Roman"),
    [NL_PAGE_437] = NL_STR("CP437"),
    [NL_PAGE_850] = NL_STR("CP850"),
    [NL_PAGE_852] = NL_STR("CP852"),
    [NL_PAGE_866] = NL_STR("CP866"),
    [NL_PAGE_KOI8R] = NL_STR("KOI8-R"),
    [NL_PAGE_1252_MIXED] = NL_STR("Windows-1252 and Latin-1 mixed"),
    [NL_PAGE_GBK] = NL_STR("GBK"),
};

nl_str nl_page_name(nl_page page) {
    return (size_t)page < sizeof names / sizeof *names ? names[page] : (nl_str){NULL, 0};
}

uint32_t nl_page_decode(nl_page page, unsigned char byte) {
    if (byte < 0x80)
        return byte;
    return page < NL_PAGE_COUNT ? nl_page_points[page][byte - 0x80] : byte;
}

const uint8_t *nl_page_bytes_of_high(uint32_t cp) {
    if (cp > 0xFFFF)
        return NULL;
    for (size_t i = nl_page_known_count; i > 0 && nl_page_known[i - 1] >= cp; i--)
        if (nl_page_known[i - 1] == cp)
            return nl_page_bytes[i - 1];
    return NULL;
}

int nl_page_encode(nl_page page, uint32_t cp) {
    if (cp < 0x80)
        return (int)cp;
    const uint8_t *bytes = nl_page_bytes_of(cp);
    if (!bytes || page > NL_PAGE_1252_MIXED)
        return -1;
    int byte = bytes[page == NL_PAGE_1252_MIXED ? NL_PAGE_1252 : page];
    if (!byte && page == NL_PAGE_1252_MIXED)
        byte = bytes[NL_PAGE_LATIN1];
    return byte ? byte : -1;
}
