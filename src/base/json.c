/* The JSON writer of json.h. */
#include "base/json.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void separate(nl_json *j) {
    if (j->comma)
        nl_buf_putc(j->out, ',');
    j->comma = true;
}

static void begin(nl_json *j, char bracket) {
    separate(j);
    nl_buf_putc(j->out, bracket);
    j->depth++;
    j->comma = false;
}

static void end(nl_json *j, char bracket) {
    assert(j->depth > 0);
    nl_buf_putc(j->out, bracket);
    j->comma = --j->depth > 0;
}

/* A value at depth 0 is followed by nothing. */
static void scalar(nl_json *j, const char *text) {
    separate(j);
    nl_buf_puts(j->out, text);
    j->comma = j->depth > 0;
}

void nl_json_begin_object(nl_json *j) {
    begin(j, '{');
}

void nl_json_end_object(nl_json *j) {
    end(j, '}');
}

void nl_json_begin_array(nl_json *j) {
    begin(j, '[');
}

void nl_json_end_array(nl_json *j) {
    end(j, ']');
}

static bool is_plain(unsigned char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '[';
}

static void put_unit(nl_buf *out, uint32_t unit) {
    nl_buf_printf(out, "\\u%04X", (unsigned)unit);
}

static void put_escaped(nl_buf *out, uint32_t cp) {
    static const char names[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *name = cp > 0 && cp < 0x7F ? strchr(names, (int)cp) : NULL;
    if (name) {
        nl_buf_putc(out, '\\');
        nl_buf_putc(out, letters[name - names]);
    } else if (cp > 0xFFFF) {
        put_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
        put_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
    } else {
        put_unit(out, cp);
    }
}

static void put_string(nl_buf *out, nl_str s) {
    nl_buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        while (i < s.n && is_plain((unsigned char)s.p[i]))
            i++;
        nl_buf_str_add(out, nl_str_sub(s, start, i));
        if (i == s.n)
            break;
        uint32_t cp;
        size_t len = nl_utf8_read(s.p + i, s.n - i, &cp);
        if (cp == NL_CP_INVALID)
            nl_buf_printf(out, "\\\\x%02X", (unsigned)(unsigned char)s.p[i]);
        else if (cp == '[' ? nl_acts_on_log(s, i) : cp < 0xA0 || nl_cp_is_hidden(cp))
            put_escaped(out, cp);
        else
            nl_buf_add(out, s.p + i, len);
        i += len;
    }
    nl_buf_putc(out, '"');
}

void nl_json_key(nl_json *j, nl_str key) {
    assert(j->depth > 0);
    separate(j);
    put_string(j->out, key);
    nl_buf_putc(j->out, ':');
    j->comma = false;
}

void nl_json_string(nl_json *j, nl_str s) {
    separate(j);
    put_string(j->out, s);
    j->comma = j->depth > 0;
}

void nl_json_integer(nl_json *j, int64_t n) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)n);
    scalar(j, text);
}

void nl_json_size(nl_json *j, size_t n) {
    separate(j);
    nl_buf_put_size(j->out, n);
    j->comma = j->depth > 0;
}

void nl_json_double(nl_json *j, double d) {
    char text[40];
    if (!isfinite(d)) {
        nl_json_null(j);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) { /* 17 always suffice (IEEE 754) */
        snprintf(text, sizeof text, "%.*g", digits, d);
        if (strtod(text, NULL) == d)
            break;
    }
    for (char *c = text; *c; c++) /* the point of the embedder's locale */
        if (!nl_is_digit(*c) && *c != '-' && *c != '+' && *c != 'e')
            *c = '.';
    scalar(j, text);
}

static size_t digits_at(nl_str s, size_t i) {
    size_t n = 0;
    while (i + n < s.n && nl_is_digit((unsigned char)s.p[i + n]))
        n++;
    return n;
}

static int char_at(nl_str s, size_t i) {
    return i < s.n ? (unsigned char)s.p[i] : -1;
}

/* RFC 8259, section 6. */
static bool is_number(nl_str s) {
    size_t i = char_at(s, 0) == '-', whole = digits_at(s, i);
    if (whole == 0 || (whole > 1 && s.p[i] == '0'))
        return false;
    i += whole;
    if (char_at(s, i) == '.') {
        size_t n = digits_at(s, i + 1);
        if (n == 0)
            return false;
        i += 1 + n;
    }
    if (char_at(s, i) == 'e' || char_at(s, i) == 'E') {
        i += char_at(s, i + 1) == '+' || char_at(s, i + 1) == '-' ? 2 : 1;
        size_t n = digits_at(s, i);
        if (n == 0)
            return false;
        i += n;
    }
    return i == s.n;
}

void nl_json_number(nl_json *j, nl_str digits) {
    if (!is_number(digits)) {
        nl_json_string(j, digits);
        return;
    }
    separate(j);
    nl_buf_str_add(j->out, digits);
    j->comma = j->depth > 0;
}

void nl_json_raw(nl_json *j, const char *json) {
    scalar(j, json);
}

void nl_json_bool(nl_json *j, bool b) {
    scalar(j, b ? "true" : "false");
}

void nl_json_null(nl_json *j) {
    scalar(j, "null");
}

void nl_json_key_string(nl_json *j, const char *key, nl_str s) {
    nl_json_key(j, nl_str_c(key));
    nl_json_string(j, s);
}

void nl_json_key_size(nl_json *j, const char *key, size_t n) {
    nl_json_key(j, nl_str_c(key));
    nl_json_size(j, n);
}

void nl_json_end_line(nl_json *j) {
    assert(j->depth == 0);
    nl_buf_putc(j->out, '\n');
}

/* ---- Laying out ----------------------------------------------------------------------------- */

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void new_line(nl_buf *out, size_t depth) {
    nl_buf_printf(out, "\n%*s", (int)(2 * depth), "");
}

static size_t string_end(nl_str s, size_t i) {
    for (i++; i < s.n && s.p[i] != '"'; i++)
        if (s.p[i] == '\\')
            i++;
    return i + 1;
}

static size_t next_visible(nl_str s, size_t i) {
    while (i < s.n && is_space(s.p[i]))
        i++;
    return i;
}

void nl_json_indent(nl_str s, nl_buf *out) {
    size_t depth = 0;
    for (size_t i = next_visible(s, 0); i < s.n; i = next_visible(s, i)) {
        char c = s.p[i];
        if (c == '"') {
            size_t end = string_end(s, i);
            nl_buf_str_add(out, nl_str_sub(s, i, end));
            i = end;
            continue;
        }
        size_t next = next_visible(s, ++i);
        bool empty = next < s.n && (s.p[next] == '}' || s.p[next] == ']');
        if (c == '}' || c == ']') {
            if (out->n && out->p[out->n - 1] != '{' && out->p[out->n - 1] != '[')
                new_line(out, depth - 1);
            depth--;
        }
        nl_buf_putc(out, c);
        if (c == '{' || c == '[')
            depth++;
        if (c == ',' || ((c == '{' || c == '[') && !empty))
            new_line(out, depth);
        else if (c == ':')
            nl_buf_putc(out, ' ');
    }
    nl_buf_putc(out, '\n');
}
