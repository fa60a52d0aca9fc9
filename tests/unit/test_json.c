/* The JSON writer: its grammar, its escapes, and that any bytes make a valid string. */
#include "unit.h"

#include "base/json.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void writes_nested_values(void **state) {
    (void)state;
    nl_buf out = {0};
    nl_json j = {.out = &out};
    nl_json_begin_object(&j);
    nl_json_key_string(&j, "a", NL_S("x"));
    nl_json_key(&j, NL_S("b\n"));
    nl_json_begin_array(&j);
    nl_json_integer(&j, INT64_MIN);
    nl_json_size(&j, 7);
    nl_json_begin_array(&j);
    nl_json_end_array(&j);
    nl_json_begin_object(&j);
    nl_json_end_object(&j);
    nl_json_bool(&j, true);
    nl_json_bool(&j, false);
    nl_json_null(&j);
    nl_json_end_array(&j);
    nl_json_key_size(&j, "c", 0);
    nl_json_end_object(&j);
    nl_json_end_line(&j);
    nl_json_string(&j, (nl_str){0});
    nl_json_end_line(&j);
    nl_json_begin_array(&j);
    nl_json_end_array(&j);
    assert_string_equal(nl_buf_c(&out),
                        "{\"a\":\"x\",\"b\\n\":[-9223372036854775808,7,[],{},true,false,null],"
                        "\"c\":0}\n\"\"\n[]");
    nl_buf_free(&out);
}

static void escapes(void **state) {
    (void)state;
    static const struct {
        nl_str text;
        const char *json;
    } cases[] = {
        {NL_STR("é 中 😀 </script>"), "\"é 中 😀 </script>\""},
        {NL_STR("\"\\/\b\f\n\r\t"), "\"\\\"\\\\/\\b\\f\\n\\r\\t\""},
        {NL_STR("\0\x1B[31m\x7F"), "\"\\u0000\\u001B[31m\\u007F\""},
        {NL_STR("\xC2\x80\xC2\x9F\xC2\xA0"), "\"\\u0080\\u009F\xC2\xA0\""},
        {NL_STR("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAE\xE2\x81\xA6"),
         "\"\\u2028\\u2029\\u202E\\u2066\""},
        {NL_STR("\xEF\xBB\xBF\xC2\xAD\xE2\x80\x8B"), "\"\\uFEFF\\u00AD\\u200B\""},
        {NL_STR("\xF3\xA0\x81\x81"), "\"\\uDB40\\uDC41\""}, /* a tag, above the BMP */
        {NL_STR("a\xFF\xE2\x80z\xED\xA0\x80"), "\"a\\\\xFF\\\\xE2\\\\x80z\\\\xED\\\\xA0\\\\x80\""},
        {NL_STR("\xEF\xBF\xBE\xEF\xB7\x90"), "\"\\uFFFE\\uFDD0\""}, /* noncharacters */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_json j = {.out = &out};
        nl_json_string(&j, cases[i].text);
        assert_string_equal(nl_buf_c(&out), cases[i].json);
        nl_buf_free(&out);
    }
}

static void writes_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool number;
    } cases[] = {
        {"0", true},      {"-0", true},   {"12345678901234567890123", true},
        {"1.50", true},   {"1e5", true},  {"-1.5E+300", true},
        {"0.1e-1", true}, {"", false},    {"-", false},
        {"01", false},    {"1.", false},  {".5", false},
        {"1e", false},    {"1e+", false}, {"+1", false},
        {"0x1F", false},  {"inf", false}, {"1 ", false},
        {"1_000", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_json j = {.out = &out};
        nl_json_number(&j, nl_str_c(cases[i].text));
        if ((nl_buf_c(&out)[0] != '"') != cases[i].number)
            fail_msg("`%s`", cases[i].text);
        nl_buf_free(&out);
    }
    static const double doubles[] = {0.1, 1, -2.5, 1e300, 5e-324, DBL_MAX, 1.0 / 3, 123456789};
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        nl_buf out = {0};
        nl_json j = {.out = &out};
        nl_json_double(&j, doubles[i]);
        assert_true(strtod(nl_buf_c(&out), NULL) == doubles[i]);
        nl_buf_free(&out);
    }
    nl_buf out = {0};
    nl_json j = {.out = &out};
    nl_json_begin_array(&j);
    nl_json_double(&j, 0.1);
    nl_json_double(&j, INFINITY);
    nl_json_double(&j, NAN);
    nl_json_end_array(&j);
    assert_string_equal(nl_buf_c(&out), "[0.1,null,null]");
    nl_buf_free(&out);
}

/* Reads a string back, strictly. */
static void read_back(nl_str json, nl_buf *out) {
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    uint32_t high = 0;
    assert_true(json.n >= 2 && json.p[0] == '"' && json.p[json.n - 1] == '"');
    for (size_t i = 1; i + 1 < json.n;) {
        uint32_t cp;
        size_t len = nl_utf8_read(json.p + i, json.n - i, &cp);
        assert_true(cp != NL_CP_INVALID && cp >= 0x20 && cp != '"' && !nl_cp_is_hidden(cp));
        if (cp == '\\' && json.p[i + 1] == 'u') {
            char hex[5] = {json.p[i + 2], json.p[i + 3], json.p[i + 4], json.p[i + 5], 0}, *last;
            cp = (uint32_t)strtoul(hex, &last, 16);
            assert_true(*last == 0);
            len = 6;
            if (cp >= 0xD800 && cp < 0xDC00) {
                high = cp;
                i += len;
                continue;
            }
            if (cp >= 0xDC00 && cp < 0xE000)
                cp = 0x10000 + ((high - 0xD800) << 10) + (cp - 0xDC00);
        } else if (cp == '\\') {
            const char *at = strchr(letters, json.p[i + 1]);
            assert_non_null(at);
            cp = (unsigned char)values[at - letters];
            len = 2;
        }
        nl_buf_put_cp(out, cp);
        i += len;
    }
}

static void makes_valid_strings_of_any_bytes(void **state) {
    (void)state;
    uint32_t x = 1;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        size_t n = 0;
        while (n < 20) {
            x = x * 1664525 + 1013904223;
            uint32_t cp = (x >> 4) % 0x10FFFF >> (x >> 28);
            if (x % 3 == 0 || (cp >= 0xD800 && cp < 0xE000))
                text[n++] = (char)(x >> 8);
            else
                n += nl_utf8_write(cp, text + n);
        }
        nl_buf out = {0}, back = {0}, want = {0};
        nl_json j = {.out = &out};
        nl_json_string(&j, nl_str_n(text, n));
        read_back(nl_buf_str(&out), &back);
        for (size_t i = 0; i < n;) {
            uint32_t cp;
            size_t len = nl_utf8_read(text + i, n - i, &cp);
            if (cp == NL_CP_INVALID)
                nl_buf_printf(&want, "\\x%02X", (unsigned)(unsigned char)text[i]);
            else
                nl_buf_put_cp(&want, cp);
            i += len;
        }
        assert_true(nl_str_eq(nl_buf_str(&back), nl_buf_str(&want)));
        nl_buf_free(&out);
        nl_buf_free(&back);
        nl_buf_free(&want);
    }
}

static void lays_out(void **state) {
    (void)state;
    static const struct {
        const char *json, *laid_out;
    } cases[] = {
        {"1", "1\n"},
        {"{}", "{}\n"},
        {" [ ] ", "[]\n"},
        {"{\"a\":[]}", "{\n  \"a\": []\n}\n"},
        {"{\"a\":[1,{\"b\":null}],\"c\":\"d, {e}: [\\\"]\"}",
         "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n"
         "  \"c\": \"d, {e}: [\\\"]\"\n}\n"},
        {"[\n[\n1 , 2]]", "[\n  [\n    1,\n    2\n  ]\n]\n"},
        {"[{\"a\":{}},[]]", "[\n  {\n    \"a\": {}\n  },\n  []\n]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_json_indent(nl_str_c(cases[i].json), &out);
        assert_string_equal(nl_buf_c(&out), cases[i].laid_out);
        nl_buf_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_nested_values),
        cmocka_unit_test(escapes),
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(makes_valid_strings_of_any_bytes),
        cmocka_unit_test(lays_out),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
