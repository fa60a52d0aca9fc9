/* Values: looking up, comparing, and typing by the YAML 1.2 core schema (YAML 1.2.2, 10.3.2). */
#include "doc/value.h"

#include "base/mem.h"
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *nl_kind_name(nl_kind kind) {
    static const char *const names[] = {
        [NL_NULL] = "null",     [NL_BOOL] = "boolean", [NL_INT] = "integer", [NL_FLOAT] = "number",
        [NL_STRING] = "string", [NL_LIST] = "list",    [NL_MAP] = "map",
    };
    return names[kind];
}

const nl_entry *nl_value_find(const nl_value *v, nl_str key) {
    if (!v || v->kind != NL_MAP)
        return NULL;
    char first = key.n ? key.p[0] : '\0';
    for (size_t i = 0; i < v->count; i++) {
        nl_str t = v->entries[i].key->text;
        if (t.n == key.n && (t.n == 0 || (t.p[0] == first && memcmp(t.p, key.p, t.n) == 0)))
            return &v->entries[i];
    }
    return NULL;
}

static bool is_one_of(nl_str s, const nl_str *words) {
    for (; words->p; words++)
        if (nl_str_eq(s, *words))
            return true;
    return false;
}

static size_t digits(nl_str s, size_t at) {
    size_t n = 0;
    while (at + n < s.n && nl_is_digit((unsigned char)s.p[at + n]))
        n++;
    return n;
}

static size_t sign(nl_str s) {
    return s.n && (s.p[0] == '-' || s.p[0] == '+');
}

static int digit_value(char c) {
    if (nl_is_digit((unsigned char)c))
        return c - '0';
    int lower = nl_lower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

/* strtod() without the locale's decimal point. */
static double to_double(nl_str s) {
    char small[64], *p = s.n < sizeof small ? small : nl_alloc(s.n + 1);
    memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double d = c ? strtod_l(p, NULL, c) : strtod(p, NULL);
    if (c)
        freelocale(c);
    if (p != small)
        free(p);
    return d;
}

/* The digits of an integer in a base; its sign was read. */
static void set_integer(nl_value *v, nl_str s, int base, bool negative) {
    static const size_t sure = 15; /* digits that are none too many, whatever the base */
    uint64_t n = 0, limit = (uint64_t)INT64_MAX + negative;
    v->kind = NL_INT;
    v->big = false;
    for (size_t i = 0; i < s.n && !v->big; i++) {
        uint64_t d = (uint64_t)digit_value(s.p[i]);
        v->big = i >= sure && n > (limit - d) / (uint64_t)base;
        n = n * (uint64_t)base + d;
    }
    if (!v->big) {
        v->integer = negative ? (int64_t)(0 - n) : (int64_t)n;
        v->number = (double)v->integer;
        return;
    }
    if (base == 10) {
        v->number = to_double(v->text);
        return;
    }
    for (size_t i = 0; i < s.n; i++)
        v->number = v->number * base + digit_value(s.p[i]);
}

static bool resolve_integer(nl_value *v) {
    nl_str s = v->text;
    size_t start = sign(s);
    if (s.n > start && digits(s, start) == s.n - start) {
        set_integer(v, nl_str_sub(s, start, s.n), 10, s.p[0] == '-');
        return true;
    }
    if (s.n < 3 || s.p[0] != '0' || (s.p[1] != 'o' && s.p[1] != 'x'))
        return false;
    int base = s.p[1] == 'o' ? 8 : 16;
    for (size_t i = 2; i < s.n; i++)
        if (digit_value(s.p[i]) >= base)
            return false;
    set_integer(v, nl_str_sub(s, 2, s.n), base, false);
    return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_float(nl_str s) {
    size_t i = sign(s);
    size_t whole = digits(s, i);
    i += whole;
    if (i < s.n && s.p[i] == '.') {
        size_t part = digits(s, ++i);
        if (whole == 0 && part == 0)
            return false;
        i += part;
    } else if (whole == 0) {
        return false;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        i += i < s.n && (s.p[i] == '-' || s.p[i] == '+');
        size_t part = digits(s, i);
        if (part == 0)
            return false;
        i += part;
    }
    return i == s.n;
}

static bool resolve_float(nl_value *v) {
    static const nl_str infinite[] = {NL_STR(".inf"), NL_STR(".Inf"), NL_STR(".INF"), {0}};
    static const nl_str not_a_number[] = {NL_STR(".nan"), NL_STR(".NaN"), NL_STR(".NAN"), {0}};
    nl_str s = v->text;
    if (is_one_of(nl_str_sub(s, sign(s), s.n), infinite))
        v->number = s.p[0] == '-' ? -INFINITY : INFINITY;
    else if (is_one_of(s, not_a_number))
        v->number = NAN;
    else if (is_float(s))
        v->number = to_double(s);
    else
        return false;
    v->kind = NL_FLOAT;
    return true;
}

static void resolve_number(nl_value *v) {
    if (!resolve_integer(v))
        resolve_float(v);
}

void nl_value_resolve_word(nl_value *v) {
    static const nl_str nulls[] = {NL_STR("null"), NL_STR("Null"), NL_STR("NULL"), {0}};
    static const nl_str trues[] = {NL_STR("true"), NL_STR("True"), NL_STR("TRUE"), {0}};
    static const nl_str falses[] = {NL_STR("false"), NL_STR("False"), NL_STR("FALSE"), {0}};
    nl_str t = v->text;
    int first = nl_lower((unsigned char)t.p[0]), second = nl_lower((unsigned char)t.p[1]);
    bool is_true = first == 't' && second == 'r' && is_one_of(t, trues);
    if (is_true || (first == 'f' && second == 'a' && is_one_of(t, falses))) {
        v->kind = NL_BOOL;
        v->boolean = is_true;
    } else if (first == 'n' && second == 'u' && is_one_of(t, nulls)) {
        v->kind = NL_NULL;
    }
}

void nl_value_resolve_rest(nl_value *v) {
    char c = v->text.n ? v->text.p[0] : '\0';
    if (nl_is_digit((unsigned char)c) || c == '+' || c == '-' || c == '.') {
        resolve_number(v);
    } else if (v->text.n == 0 || (c == '~' && v->text.n == 1)) {
        v->kind = NL_NULL;
    }
}

bool nl_value_equal(const nl_value *a, const nl_value *b) {
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == NL_LIST) {
        for (size_t i = 0; i < a->count; i++)
            if (!nl_value_equal(a->items[i], b->items[i]))
                return false;
        return true;
    }
    if (a->kind != NL_MAP)
        return nl_str_eq(a->text, b->text);
    for (size_t i = 0; i < a->count; i++)
        if (!nl_value_equal(a->entries[i].key, b->entries[i].key) ||
            !nl_value_equal(a->entries[i].value, b->entries[i].value))
            return false;
    return true;
}
