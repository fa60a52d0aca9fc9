/*
 * What an expression says of an article, in Kleene's strong three-valued logic (Kleene,
 * "Introduction to Metamathematics", §64). Recursion is as deep as the tree, which the parser
 * bounds. A list within any() could make work of the product of two lists: there is a budget, and
 * what goes over it is unknown.
 */
#include "rule/expr_node.h"

#include "base/file.h"
#include "base/unicode.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORK_MAX = 50000000 };

typedef struct evaluator {
    nl_scope *scope;
    const nl_value *member; /* of the list that any() or all() goes over */
    size_t work;
} evaluator;

typedef nl_expr_value value;
typedef nl_expr_node node;

static const value unknown = {.kind = NL_V_UNKNOWN};

static value eval(evaluator *e, const node *n);

/* False when there was too much work. */
static bool spend(evaluator *e, size_t amount) {
    if (amount > WORK_MAX - e->work) {
        e->work = WORK_MAX;
        e->scope->limited = true;
        return false;
    }
    e->work += amount;
    return true;
}

/* ---- Values */

static value of_truth(nl_truth truth) {
    if (truth == NL_UNKNOWN)
        return unknown;
    return (value){.kind = NL_V_BOOL, .boolean = truth == NL_TRUE};
}

static value of_bool(bool b) {
    return (value){.kind = NL_V_BOOL, .boolean = b};
}

static value of_integer(int64_t i) {
    return (value){.kind = NL_V_INT, .integer = i};
}

static value of_size(size_t n) {
    return of_integer((int64_t)n);
}

static value of_number(double d) {
    return isfinite(d) ? (value){.kind = NL_V_FLOAT, .number = d} : unknown;
}

static value of_text(nl_str text) {
    return (value){.kind = NL_V_STRING, .text = text};
}

static value of_article(const nl_value *v, nl_type type) {
    if (!v)
        return (value){.kind = NL_V_NULL};
    switch (v->kind) {
    case NL_NULL:
        return (value){.kind = NL_V_NULL};
    case NL_BOOL:
        return of_bool(v->boolean);
    case NL_INT:
        return v->big ? of_number(v->number) : of_integer(v->integer);
    case NL_FLOAT:
        return of_number(v->number);
    case NL_STRING:
        return (value){.kind = NL_V_STRING, .text = v->text, .timed = type == NL_TYPE_TIME};
    case NL_LIST:
        return (value){.kind = NL_V_LIST, .value = v};
    case NL_MAP:
        return (value){.kind = NL_V_MAP, .value = v};
    }
    return unknown;
}

/* An absent value is falsy; one of another type is neither. */
static nl_truth truth_of(value v) {
    if (v.kind == NL_V_NULL)
        return NL_FALSE;
    if (v.kind == NL_V_BOOL)
        return v.boolean ? NL_TRUE : NL_FALSE;
    return NL_UNKNOWN;
}

static bool is_number(value v) {
    return v.kind == NL_V_INT || v.kind == NL_V_FLOAT;
}

static double as_double(value v) {
    return v.kind == NL_V_INT ? (double)v.integer : v.number;
}

static bool as_time(value v, nl_instant *out) {
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

static value list_item(evaluator *e, value list, size_t i) {
    return list.list ? eval(e, list.list->items[i]) : of_article(list.value->items[i], NL_TYPE_ANY);
}

static size_t list_count(value list) {
    return list.list ? list.list->count : list.value->count;
}

static nl_truth equal(evaluator *e, value a, value b);

static nl_truth equal_lists(evaluator *e, value a, value b) {
    if (list_count(a) != list_count(b))
        return NL_FALSE;
    if (!a.list && !b.list) {
        if (!spend(e, list_count(a) + 1))
            return NL_UNKNOWN;
        return nl_value_equal(a.value, b.value) ? NL_TRUE : NL_FALSE;
    }
    nl_truth all = NL_TRUE;
    for (size_t i = 0; i < list_count(a) && all != NL_FALSE; i++) {
        nl_truth one = equal(e, list_item(e, a, i), list_item(e, b, i));
        all = one == NL_TRUE ? all : one;
    }
    return all;
}

/* Strings that the tree says are timestamps are equal as instants, if both are ones. */
static bool equal_texts(value a, value b) {
    nl_instant x, y;
    if (nl_str_eq(a.text, b.text))
        return true;
    return (a.timed || b.timed) && as_time(a, &x) && as_time(b, &y) && nl_instant_cmp(x, y) == 0;
}

static nl_truth equal(evaluator *e, value a, value b) {
    nl_instant x, y;
    bool same = false;
    if (a.kind == NL_V_UNKNOWN || b.kind == NL_V_UNKNOWN || !spend(e, 1 + a.text.n / 16))
        return NL_UNKNOWN;
    if (a.kind == NL_V_TIME || b.kind == NL_V_TIME)
        same = as_time(a, &x) && as_time(b, &y) && nl_instant_cmp(x, y) == 0;
    else if (is_number(a) && is_number(b))
        same = compare_numbers(a, b) == 0;
    else if (a.kind != b.kind)
        same = false;
    else if (a.kind == NL_V_LIST)
        return equal_lists(e, a, b);
    else if (a.kind == NL_V_MAP)
        same = spend(e, a.value->count + 1) && nl_value_equal(a.value, b.value);
    else if (a.kind == NL_V_STRING)
        same = equal_texts(a, b);
    else if (a.kind == NL_V_BOOL)
        same = a.boolean == b.boolean;
    else if (a.kind == NL_V_DURATION)
        same = compare_durations(a, b) == 0;
    else
        same = true; /* null */
    return same ? NL_TRUE : NL_FALSE;
}

/* False when the two have no order. */
static bool compare(value a, value b, int *order) {
    nl_instant x, y;
    if (is_number(a) && is_number(b)) {
        *order = compare_numbers(a, b);
    } else if (a.kind == NL_V_DURATION && b.kind == NL_V_DURATION) {
        *order = compare_durations(a, b);
    } else if (as_time(a, &x) && as_time(b, &y)) {
        *order = nl_instant_cmp(x, y);
    } else if (a.kind == NL_V_STRING && b.kind == NL_V_STRING && !a.timed && !b.timed) {
        *order = nl_str_cmp(a.text, b.text); /* UTF-8's order is that of the code points */
    } else {
        return false;
    }
    return true;
}

static value eval_order(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), b = eval(e, n->items[1]);
    int order;
    if (!spend(e, 1 + a.text.n / 16) || !compare(a, b, &order))
        return unknown;
    switch (n->op) {
    case NL_E_LT:
        return of_bool(order < 0);
    case NL_E_LE:
        return of_bool(order <= 0);
    case NL_E_GT:
        return of_bool(order > 0);
    default:
        return of_bool(order >= 0);
    }
}

static nl_truth negate(nl_truth t) {
    return t == NL_UNKNOWN ? NL_UNKNOWN : t == NL_TRUE ? NL_FALSE : NL_TRUE;
}

static value eval_equal(evaluator *e, const node *n) {
    nl_truth t = equal(e, eval(e, n->items[0]), eval(e, n->items[1]));
    return of_truth(n->op == NL_E_EQ ? t : negate(t));
}

static value eval_in(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), list = eval(e, n->items[1]);
    if (a.kind == NL_V_UNKNOWN || a.kind == NL_V_NULL || list.kind != NL_V_LIST)
        return unknown;
    nl_truth found = NL_FALSE;
    for (size_t i = 0; i < list_count(list) && found != NL_TRUE; i++) {
        nl_truth one = equal(e, a, list_item(e, list, i));
        found = one == NL_FALSE ? found : one;
    }
    return of_truth(n->op == NL_E_IN ? found : negate(found));
}

static value eval_matches(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]);
    if (a.kind != NL_V_STRING || !spend(e, 1 + a.text.n))
        return unknown;
    switch (nl_pattern_find(n->pattern, e->scope->matcher, a.text, 0, NULL)) {
    case NL_MATCH_YES:
        return of_bool(true);
    case NL_MATCH_NO:
        return of_bool(false);
    case NL_MATCH_LIMIT:
        break;
    }
    e->scope->limited = true;
    return unknown;
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
    return __builtin_add_overflow(seconds, (int64_t)whole, &v.integer) ? unknown : v;
}

static value of_time(evaluator *e, int64_t seconds, double rest) {
    value d = of_duration(seconds, rest);
    if (d.kind == NL_V_UNKNOWN)
        return unknown;
    value v = {.kind = NL_V_TIME, .time = {.seconds = d.integer}};
    if (d.number > 0) {
        char *digits = nl_arena_alloc(e->scope->arena, 16);
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
        return of_integer(i);
    return of_number(add ? as_double(a) + as_double(b) : as_double(a) - as_double(b));
}

static bool shift(int64_t a, int64_t b, bool add, int64_t *out) {
    return add ? !__builtin_add_overflow(a, b, out) : !__builtin_sub_overflow(a, b, out);
}

static value eval_sum(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), b = eval(e, n->items[1]);
    bool add = n->op == NL_E_ADD, a_lasts = a.kind == NL_V_DURATION,
         b_lasts = b.kind == NL_V_DURATION;
    nl_instant x, y;
    int64_t seconds;
    if (is_number(a) && is_number(b))
        return sum_numbers(a, b, add);
    if (a_lasts && b_lasts)
        return shift(a.integer, b.integer, add, &seconds)
                   ? of_duration(seconds, add ? a.number + b.number : a.number - b.number)
                   : unknown;
    if (b_lasts && as_time(a, &x))
        return shift(x.seconds, b.integer, add, &seconds)
                   ? of_time(e, seconds,
                             add ? fraction_of(x) + b.number : fraction_of(x) - b.number)
                   : unknown;
    if (a_lasts && add && as_time(b, &y))
        return shift(y.seconds, a.integer, true, &seconds)
                   ? of_time(e, seconds, fraction_of(y) + a.number)
                   : unknown;
    if (!add && as_time(a, &x) && as_time(b, &y) && shift(x.seconds, y.seconds, false, &seconds))
        return of_duration(seconds, fraction_of(x) - fraction_of(y));
    return unknown;
}

/* ---- Fields and functions */

static value eval_field(evaluator *e, const node *n) {
    if (!n->bound)
        return of_article(nl_scope_targets(e->scope, n->path)->items[0].value, n->type);
    const nl_value *v = e->member;
    for (size_t i = 0; i < n->rest_count && v; i++) {
        const nl_entry *entry = nl_value_find(v, n->rest[i].key);
        v = entry ? entry->value : NULL;
    }
    return of_article(v, n->type);
}

static value eval_count(evaluator *e, const node *field, bool has) {
    if (field->bound)
        return of_bool(eval(e, field).kind != NL_V_NULL);
    const nl_targets *t = nl_scope_targets(e->scope, field->path);
    size_t count = 0;
    if (!spend(e, t->count))
        return unknown;
    for (size_t i = 0; i < t->count; i++)
        count += t->items[i].value && t->items[i].value->kind != NL_NULL;
    return has ? of_bool(count > 0) : of_size(count);
}

static value eval_over(evaluator *e, const node *n) {
    nl_truth stop = n->fn == NL_F_ANY ? NL_TRUE : NL_FALSE, result = negate(stop);
    const nl_value *base = nl_scope_targets(e->scope, n->base)->items[0].value;
    if (!base || base->kind != (n->base_is_map ? NL_MAP : NL_LIST))
        return unknown;
    const nl_targets *t = nl_scope_targets(e->scope, n->path);
    for (size_t i = 0; i < t->count && result != stop; i++) {
        if (!spend(e, 1))
            return unknown;
        e->member = t->items[i].value;
        nl_truth one = truth_of(eval(e, n->items[0]));
        result = one == negate(stop) ? result : one;
    }
    e->member = NULL;
    return of_truth(result);
}

static value eval_len(evaluator *e, value v) {
    if (v.kind == NL_V_STRING)
        return spend(e, v.text.n) ? of_size(nl_grapheme_count(v.text)) : unknown;
    if (v.kind == NL_V_LIST)
        return of_size(list_count(v));
    return v.kind == NL_V_MAP ? of_size(v.value->count) : unknown;
}

static value eval_case(evaluator *e, value v, bool lower) {
    if (v.kind != NL_V_STRING || !spend(e, v.text.n))
        return unknown;
    return of_text(lower ? nl_lower_str(v.text, e->scope->arena)
                         : nl_upper_str(v.text, e->scope->arena));
}

/* Of a time that is written: as written, in its own zone; of one that was computed: in UTC. */
static value eval_date(value v, nl_expr_fn part) {
    nl_time t;
    int year, month, day;
    if (v.kind == NL_V_TIME && v.text.p)
        v.kind = NL_V_STRING;
    if (v.kind == NL_V_TIME) {
        int64_t days = v.time.seconds / 86400 - (v.time.seconds % 86400 < 0);
        if (days < nl_days_from_civil(1, 1, 1) || days > nl_days_from_civil(9999, 12, 31))
            return unknown;
        nl_civil_from_days(days, &year, &month, &day);
    } else if (v.kind == NL_V_STRING && nl_expr_time(v.text, &t)) {
        year = t.year, month = t.month, day = t.day;
    } else {
        return unknown;
    }
    return of_integer(part == NL_F_YEAR ? year : part == NL_F_MONTH ? month : day);
}

static value eval_edge(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), b = eval(e, n->items[1]);
    if (a.kind != NL_V_STRING || b.kind != NL_V_STRING || !spend(e, 1 + b.text.n / 16))
        return unknown;
    return of_bool(n->fn == NL_F_STARTS_WITH ? nl_str_starts(a.text, b.text)
                                             : nl_str_ends(a.text, b.text));
}

static value eval_call(evaluator *e, const node *n) {
    switch (n->fn) {
    case NL_F_HAS:
    case NL_F_COUNT:
        return eval_count(e, n->items[0], n->fn == NL_F_HAS);
    case NL_F_ANY:
    case NL_F_ALL:
        return eval_over(e, n);
    case NL_F_STARTS_WITH:
    case NL_F_ENDS_WITH:
        return eval_edge(e, n);
    case NL_F_LEN:
        return eval_len(e, eval(e, n->items[0]));
    case NL_F_LOWER:
    case NL_F_UPPER:
        return eval_case(e, eval(e, n->items[0]), n->fn == NL_F_LOWER);
    case NL_F_YEAR:
    case NL_F_MONTH:
    case NL_F_DAY:
        return eval_date(eval(e, n->items[0]), n->fn);
    case NL_F_NONE:
        break;
    }
    return unknown;
}

/* ---- The whole */

/* Of a body that is too much to be parsed nothing is known. */
static value eval_body(evaluator *e, bool words) {
    nl_markdown *m = nl_article_body(e->scope->article);
    if (m->too_deep || m->too_big)
        return unknown;
    if (!words)
        return of_size(m->heading_count);
    nl_markdown_inlines(m);
    return of_size(m->words);
}

static value eval_chain(evaluator *e, const node *n) {
    nl_truth stop = n->op == NL_E_OR ? NL_TRUE : NL_FALSE, result = negate(stop);
    for (size_t i = 0; i < n->count && result != stop; i++) {
        nl_truth one = truth_of(eval(e, n->items[i]));
        result = one == negate(stop) ? result : one;
    }
    return of_truth(result);
}

static value eval(evaluator *e, const node *n) {
    switch (n->op) {
    case NL_E_LITERAL:
        return n->value;
    case NL_E_LIST:
        return (value){.kind = NL_V_LIST, .list = n};
    case NL_E_FIELD:
        return eval_field(e, n);
    case NL_E_NOW:
        return (value){.kind = NL_V_TIME, .time = {.seconds = e->scope->now}};
    case NL_E_FILE_PATH:
        return of_text(e->scope->path);
    case NL_E_FILE_NAME:
        return of_text(nl_path_name(e->scope->path));
    case NL_E_FILE_DIR:
        return of_text(nl_path_dir(e->scope->path));
    case NL_E_BODY_WORDS:
    case NL_E_BODY_HEADINGS:
        return eval_body(e, n->op == NL_E_BODY_WORDS);
    case NL_E_OR:
    case NL_E_AND:
        return eval_chain(e, n);
    case NL_E_NOT:
        return of_truth(negate(truth_of(eval(e, n->items[0]))));
    case NL_E_EQ:
    case NL_E_NE:
        return eval_equal(e, n);
    case NL_E_LT:
    case NL_E_LE:
    case NL_E_GT:
    case NL_E_GE:
        return eval_order(e, n);
    case NL_E_IN:
    case NL_E_NOT_IN:
        return eval_in(e, n);
    case NL_E_MATCHES:
        return eval_matches(e, n);
    case NL_E_ADD:
    case NL_E_SUB:
        return eval_sum(e, n);
    case NL_E_CALL:
        return eval_call(e, n);
    }
    return unknown;
}

nl_truth nl_expr_eval(const nl_expr *expr, nl_scope *s) {
    evaluator e = {.scope = s};
    return truth_of(eval(&e, expr->root));
}
