/* Character references; see markdown_entity.h. */
#include "doc/markdown_entity.h"

#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

/* cmark 0.30.2, houdini_html_u.c */
enum { NAME_SHORTEST = 2, NAME_BEHIND = 32, DECIMAL_MOST = 7, HEX_MOST = 6 };

/* The names of https://html.spec.whatwg.org/entities.json that stand for two characters; sorted. */
static const char *const two_characters[] = {"NotEqualTilde",
                                             "NotGreaterFullEqual",
                                             "NotGreaterGreater",
                                             "NotGreaterSlantEqual",
                                             "NotHumpDownHump",
                                             "NotHumpEqual",
                                             "NotLeftTriangleBar",
                                             "NotLessLess",
                                             "NotLessSlantEqual",
                                             "NotNestedGreaterGreater",
                                             "NotNestedLessLess",
                                             "NotPrecedesEqual",
                                             "NotRightTriangleBar",
                                             "NotSquareSubset",
                                             "NotSquareSuperset",
                                             "NotSubset",
                                             "NotSucceedsEqual",
                                             "NotSucceedsTilde",
                                             "NotSuperset",
                                             "ThickSpace",
                                             "acE",
                                             "bne",
                                             "bnequiv",
                                             "caps",
                                             "cups",
                                             "fjlig",
                                             "gesl",
                                             "gvertneqq",
                                             "gvnE",
                                             "lates",
                                             "lesg",
                                             "lvertneqq",
                                             "lvnE",
                                             "nGg",
                                             "nGt",
                                             "nGtv",
                                             "nLl",
                                             "nLt",
                                             "nLtv",
                                             "nang",
                                             "napE",
                                             "napid",
                                             "nbump",
                                             "nbumpe",
                                             "ncongdot",
                                             "nedot",
                                             "nesim",
                                             "ngE",
                                             "ngeqq",
                                             "ngeqslant",
                                             "nges",
                                             "nlE",
                                             "nleqq",
                                             "nleqslant",
                                             "nles",
                                             "notinE",
                                             "notindot",
                                             "nparsl",
                                             "npart",
                                             "npre",
                                             "npreceq",
                                             "nrarrc",
                                             "nrarrw",
                                             "nsce",
                                             "nsubE",
                                             "nsubset",
                                             "nsubseteqq",
                                             "nsucceq",
                                             "nsupE",
                                             "nsupset",
                                             "nsupseteqq",
                                             "nvap",
                                             "nvge",
                                             "nvgt",
                                             "nvle",
                                             "nvlt",
                                             "nvltrie",
                                             "nvrtrie",
                                             "nvsim",
                                             "race",
                                             "smtes",
                                             "sqcaps",
                                             "sqcups",
                                             "varsubsetneq",
                                             "varsubsetneqq",
                                             "varsupsetneq",
                                             "varsupsetneqq",
                                             "vnsub",
                                             "vnsup",
                                             "vsubnE",
                                             "vsubne",
                                             "vsupnE",
                                             "vsupne"};

static int compare_names(const void *key, const void *name) {
    const nl_str *k = key;
    return nl_str_cmp(*k, nl_str_c(*(const char *const *)name));
}

static bool is_two(nl_str name) {
    return bsearch(&name, two_characters, sizeof two_characters / sizeof *two_characters,
                   sizeof *two_characters, compare_names) != NULL;
}

static int hex_value(char c) {
    int low = nl_lower((unsigned char)c);
    if (nl_is_digit((unsigned char)c))
        return c - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static size_t numeric_match(nl_str text, size_t at, nl_str as, size_t *decoded) {
    size_t i = at + 2;
    bool hex = i < text.n && (text.p[i] == 'x' || text.p[i] == 'X');
    i += hex;
    size_t start = i;
    uint32_t cp = 0;
    for (; i < text.n && i - start <= DECIMAL_MOST; i++) {
        int digit = hex_value(text.p[i]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        cp = cp * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (i == start || i - start > (hex ? HEX_MOST : DECIMAL_MOST) || i >= text.n ||
        text.p[i] != ';')
        return 0;
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        cp = 0xFFFD;
    char bytes[4];
    *decoded = nl_utf8_write(cp, bytes);
    return nl_str_starts(as, (nl_str){bytes, *decoded}) ? i + 1 - at : 0;
}

size_t nl_entity_match(nl_str text, size_t at, nl_str as, size_t *decoded) {
    if (at + 1 < text.n && text.p[at + 1] == '#')
        return numeric_match(text, at, as, decoded);
    size_t i = at + 1;
    while (i < text.n && i - at <= NAME_BEHIND && nl_is_alnum((unsigned char)text.p[i]))
        i++;
    nl_str name = {text.p + at + 1, i - at - 1};
    if (name.n < NAME_SHORTEST || name.n >= NAME_BEHIND || i >= text.n || text.p[i] != ';' ||
        as.n == 0)
        return 0;
    uint32_t cp = 0;
    *decoded = nl_utf8_read(as.p, as.n, &cp);
    if (cp == '&') /* an unknown name stays as it is; these two alone stand for an ampersand */
        return nl_str_is(name, "amp") || nl_str_is(name, "AMP") ? i + 1 - at : 0;
    if (is_two(name) && as.n > *decoded)
        *decoded += nl_utf8_read(as.p + *decoded, as.n - *decoded, &cp);
    return i + 1 - at;
}
