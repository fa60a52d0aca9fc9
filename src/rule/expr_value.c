/* Values of expressions. Integers and doubles are compared exactly; nothing is NaN or infinite. */
#include "rule/expr_value.h"

#include <math.h>
#include <stdio.h>

typedef nl_expr_value value;

static value of_number(double d) {
    return isfinite(d) ? (value){.kind = NL_V_FLOAT, .number = d} : nl_expr_unknown();
}

value nl_expr_of_article(const nl_value *v, nl_type type) {
    if (!v)
        return (value){.kind = NL_V_NULL};
    switch (v->kind) {
    case NL_NULL:
        return (value){.kind = NL_V_NULL};
    case NL_BOOL:
        return nl_expr_of_bool(v->boolean);
    case NL_INT:
        return v->big ? of_number(v->number) : nl_expr_of_integer(v->integer);
    case NL_FLOAT:
        return of_number(v->number);
    case NL_STRING:
        return (value){.kind = NL_V_STRING, .text = v->text, .timed = type == NL_TYPE_TIME};
    case NL_LIST:
        return (value){.kind = NL_V_LIST, .value = v};
    case NL_MAP:
        return (value){.kind = NL_V_MAP, .value = v};
    }
    return nl_expr_unknown();
}

static bool is_number(value v) {
    return v.kind == NL_V_INT || v.kind == NL_V_FLOAT;
}

static double as_double(value v) {
    return v.kind == NL_V_INT ? (double)v.integer : v.number;
}

bool nl_expr_as_time(value v, nl_instant *out) {
    nl_time t;
    if (v.kind == NL_V_TIME) {
        *out = v.time;
        return true;
    }
    if (v.kind != NL_V_STRING || !nl_expr_time(v.text, &t))
        return false;
    *out = t.instant;
    return true;
}

/* ---- Comparing */

static int sign(double a, double b) {
    return (a > b) - (a < b);
}

/* Exactly, though not every integer is a double. */
static int compare_mixed(int64_t i, double d) {
    if (d >= 0x1p63)
        return -1;
    if (d < -0x1p63)
        return 1;
    int64_t whole = (int64_t)d;
    return i != whole ? (i > whole) - (i < whole) : sign((double)whole, d);
}

static int compare_numbers(value a, value b) {
    if (a.kind == NL_V_INT && b.kind == NL_V_INT)
        return (a.integer > b.integer) - (a.integer < b.integer);
    if (a.kind == NL_V_INT)
        return compare_mixed(a.integer, b.number);
    return b.kind == NL_V_INT ? -compare_mixed(b.integer, a.number) : sign(a.number, b.number);
}

static int compare_durations(value a, value b) {
    if (a.integer != b.integer)
        return a.integer < b.integer ? -1 : 1;
    return sign(a.number, b.number);
}

/* Strings that the tree says are timestamps are equal as instants, if both are ones. */
static bool equal_texts(value a, value b) {
    nl_instant x, y;
    if (nl_str_eq(a.text, b.text))
        return true;
    return (a.timed || b.timed) && nl_expr_as_time(a, &x) && nl_expr_as_time(b, &y) &&
           nl_instant_cmp(x, y) == 0;
}

bool nl_expr_equal(value a, value b) {
    nl_instant x, y;
    if (a.kind == NL_V_TIME || b.kind == NL_V_TIME)
        return nl_expr_as_time(a, &x) && nl_expr_as_time(b, &y) && nl_instant_cmp(x, y) == 0;
    if (is_number(a) && is_number(b))
        return compare_numbers(a, b) == 0;
    if (a.kind != b.kind)
        return false;
    if (a.kind == NL_V_STRING)
        return equal_texts(a, b);
    if (a.kind == NL_V_DURATION)
        return compare_durations(a, b) == 0;
    return a.kind == NL_V_NULL || a.boolean == b.boolean;
}

/* False when the two have no order. */
bool nl_expr_compare(value a, value b, int *order) {
    nl_instant x, y;
    if (is_number(a) && is_number(b)) {
        *order = compare_numbers(a, b);
    } else if (a.kind == NL_V_DURATION && b.kind == NL_V_DURATION) {
        *order = compare_durations(a, b);
    } else if (nl_expr_as_time(a, &x) && nl_expr_as_time(b, &y)) {
        *order = nl_instant_cmp(x, y);
    } else if (a.kind == NL_V_STRING && b.kind == NL_V_STRING && !a.timed && !b.timed) {
        *order = nl_str_cmp(a.text, b.text); /* UTF-8's order is that of the code points */
    } else {
        return false;
    }
    return true;
}

/* ---- Arithmetic */

static double fraction_of(nl_instant t) {
    double f = 0, scale = 1;
    for (size_t i = 0; i < t.fraction.n && i < 15; i++) {
        f = f * 10 + (t.fraction.p[i] - '0');
        scale *= 10;
    }
    return f / scale;
}

static value of_duration(int64_t seconds, double rest) {
    double whole = floor(rest);
    value v = {.kind = NL_V_DURATION, .number = rest - whole};
    return __builtin_add_overflow(seconds, (int64_t)whole, &v.integer) ? nl_expr_unknown() : v;
}

static value of_time(nl_arena *arena, int64_t seconds, double rest) {
    value d = of_duration(seconds, rest);
    if (d.kind == NL_V_UNKNOWN)
        return nl_expr_unknown();
    value v = {.kind = NL_V_TIME, .time = {.seconds = d.integer}};
    if (d.number > 0) {
        char *digits = nl_arena_alloc(arena, 16);
        int n = snprintf(digits, 16, "%09ld", (long)(d.number * 1e9));
        while (n > 0 && digits[n - 1] == '0')
            n--;
        v.time.fraction = nl_str_n(digits, (size_t)n);
    }
    return v;
}

static value sum_numbers(value a, value b, bool add) {
    int64_t i;
    if (a.kind == NL_V_INT && b.kind == NL_V_INT &&
        !(add ? __builtin_add_overflow(a.integer, b.integer, &i)
              : __builtin_sub_overflow(a.integer, b.integer, &i)))
        return nl_expr_of_integer(i);
    return of_number(add ? as_double(a) + as_double(b) : as_double(a) - as_double(b));
}

static bool shift(int64_t a, int64_t b, bool add, int64_t *out) {
    return add ? !__builtin_add_overflow(a, b, out) : !__builtin_sub_overflow(a, b, out);
}

value nl_expr_sum(value a, value b, bool add, nl_arena *arena) {
    bool a_lasts = a.kind == NL_V_DURATION, b_lasts = b.kind == NL_V_DURATION;
    nl_instant x, y;
    int64_t seconds;
    if (is_number(a) && is_number(b))
        return sum_numbers(a, b, add);
    if (a_lasts && b_lasts)
        return shift(a.integer, b.integer, add, &seconds)
                   ? of_duration(seconds, add ? a.number + b.number : a.number - b.number)
                   : nl_expr_unknown();
    if (b_lasts && nl_expr_as_time(a, &x))
        return shift(x.seconds, b.integer, add, &seconds)
                   ? of_time(arena, seconds,
                             add ? fraction_of(x) + b.number : fraction_of(x) - b.number)
                   : nl_expr_unknown();
    if (a_lasts && add && nl_expr_as_time(b, &y))
        return shift(y.seconds, a.integer, true, &seconds)
                   ? of_time(arena, seconds, fraction_of(y) + a.number)
                   : nl_expr_unknown();
    if (!add && nl_expr_as_time(a, &x) && nl_expr_as_time(b, &y) &&
        shift(x.seconds, y.seconds, false, &seconds))
        return of_duration(seconds, fraction_of(x) - fraction_of(y));
    return nl_expr_unknown();
}
