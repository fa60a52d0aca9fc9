/*
 * What an expression says of an article, in Kleene's strong three-valued logic (Kleene,
 * "Introduction to Metamathematics", §64). Recursion is as deep as the tree, which the parser
 * bounds. A list within any() could make work of the product of two lists: there is a budget, and
 * what goes over it is unknown.
 */
#include "rule/expr_value.h"

#include "base/calendar.h"
#include "base/file.h"
#include "base/unicode.h"

enum { WORK_MAX = 50000000 };

typedef struct evaluator {
    nl_scope *scope;
    const nl_value *member; /* of the list that any() or all() goes over */
    size_t work;
} evaluator;

typedef nl_expr_value value;
typedef nl_expr_node node;

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

/* ---- Comparing */

static value list_item(evaluator *e, value list, size_t i) {
    return list.list ? eval(e, list.list->items[i])
                     : nl_expr_of_article(list.value->items[i], NL_TYPE_ANY);
}

static size_t list_count(value list) {
    return list.list ? list.list->count : list.value->count;
}

static nl_truth equal(evaluator *e, value a, value b);

static nl_truth equal_lists(evaluator *e, value a, value b) {
    if (list_count(a) != list_count(b))
        return NL_FALSE;
    if (!a.list && !b.list) {
        if (!spend(e, a.value->weight))
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

static nl_truth equal(evaluator *e, value a, value b) {
    if (a.kind == NL_V_UNKNOWN || b.kind == NL_V_UNKNOWN || !spend(e, 1 + a.text.n / 16))
        return NL_UNKNOWN;
    if (a.kind == NL_V_LIST && b.kind == NL_V_LIST)
        return equal_lists(e, a, b);
    if (a.kind == NL_V_MAP && b.kind == NL_V_MAP && !spend(e, a.value->weight))
        return NL_UNKNOWN;
    bool same;
    if (a.kind == NL_V_MAP && b.kind == NL_V_MAP)
        same = nl_value_equal(a.value, b.value);
    else if (a.kind == NL_V_LIST || a.kind == NL_V_MAP)
        same = false;
    else
        same = nl_expr_equal(a, b);
    return same ? NL_TRUE : NL_FALSE;
}

static value eval_order(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), b = eval(e, n->items[1]);
    int order;
    if (!spend(e, 1 + a.text.n / 16) || !nl_expr_compare(a, b, &order))
        return nl_expr_unknown();
    switch (n->op) {
    case NL_E_LT:
        return nl_expr_of_bool(order < 0);
    case NL_E_LE:
        return nl_expr_of_bool(order <= 0);
    case NL_E_GT:
        return nl_expr_of_bool(order > 0);
    default:
        return nl_expr_of_bool(order >= 0);
    }
}

static nl_truth negate(nl_truth t) {
    return t == NL_UNKNOWN ? NL_UNKNOWN : t == NL_TRUE ? NL_FALSE : NL_TRUE;
}

static value eval_equal(evaluator *e, const node *n) {
    nl_truth t = equal(e, eval(e, n->items[0]), eval(e, n->items[1]));
    return nl_expr_of_truth(n->op == NL_E_EQ ? t : negate(t));
}

static value eval_in(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), list = eval(e, n->items[1]);
    if (a.kind == NL_V_UNKNOWN || a.kind == NL_V_NULL || list.kind != NL_V_LIST)
        return nl_expr_unknown();
    nl_truth found = NL_FALSE;
    for (size_t i = 0; i < list_count(list) && found != NL_TRUE; i++) {
        nl_truth one = equal(e, a, list_item(e, list, i));
        found = one == NL_FALSE ? found : one;
    }
    return nl_expr_of_truth(n->op == NL_E_IN ? found : negate(found));
}

static value eval_matches(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]);
    if (a.kind != NL_V_STRING || !spend(e, 1 + a.text.n))
        return nl_expr_unknown();
    switch (nl_pattern_find(n->pattern, e->scope->matcher, a.text, 0, NULL)) {
    case NL_MATCH_YES:
        return nl_expr_of_bool(true);
    case NL_MATCH_NO:
        return nl_expr_of_bool(false);
    case NL_MATCH_LIMIT:
        break;
    }
    e->scope->limited = true;
    return nl_expr_unknown();
}

static value eval_sum(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), b = eval(e, n->items[1]);
    return nl_expr_sum(a, b, n->op == NL_E_ADD, e->scope->arena);
}

/* ---- Fields and functions */

static value eval_field(evaluator *e, const node *n) {
    if (!n->bound)
        return nl_expr_of_article(nl_scope_targets(e->scope, n->path)->items[0].value, n->type);
    const nl_value *v = e->member;
    for (size_t i = 0; i < n->rest_count && v; i++) {
        const nl_entry *entry = nl_value_find(v, n->rest[i].key);
        v = entry ? entry->value : NULL;
    }
    return nl_expr_of_article(v, n->type);
}

static value eval_count(evaluator *e, const node *field, bool has) {
    if (field->bound)
        return nl_expr_of_bool(eval(e, field).kind != NL_V_NULL);
    const nl_targets *t = nl_scope_targets(e->scope, field->path);
    size_t count = 0;
    if (!spend(e, t->count))
        return nl_expr_unknown();
    for (size_t i = 0; i < t->count; i++)
        count += t->items[i].value && t->items[i].value->kind != NL_NULL;
    return has ? nl_expr_of_bool(count > 0) : nl_expr_of_size(count);
}

static value eval_over(evaluator *e, const node *n) {
    nl_truth stop = n->fn == NL_F_ANY ? NL_TRUE : NL_FALSE, result = negate(stop);
    const nl_value *base = nl_scope_targets(e->scope, n->base)->items[0].value;
    if (!base || base->kind != (n->base_is_map ? NL_MAP : NL_LIST))
        return nl_expr_unknown();
    const nl_targets *t = nl_scope_targets(e->scope, n->path);
    for (size_t i = 0; i < t->count && result != stop; i++) {
        if (!spend(e, 1))
            return nl_expr_unknown();
        e->member = t->items[i].value;
        nl_truth one = nl_expr_truth_of(eval(e, n->items[0]));
        result = one == negate(stop) ? result : one;
    }
    e->member = NULL;
    return nl_expr_of_truth(result);
}

static value eval_len(evaluator *e, value v) {
    if (v.kind == NL_V_STRING)
        return spend(e, v.text.n) ? nl_expr_of_size(nl_grapheme_count(v.text)) : nl_expr_unknown();
    if (v.kind == NL_V_LIST)
        return nl_expr_of_size(list_count(v));
    return v.kind == NL_V_MAP ? nl_expr_of_size(v.value->count) : nl_expr_unknown();
}

static value eval_case(evaluator *e, value v, bool lower) {
    if (v.kind != NL_V_STRING || !spend(e, v.text.n))
        return nl_expr_unknown();
    return nl_expr_of_text(lower ? nl_lower_str(v.text, e->scope->arena)
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
            return nl_expr_unknown();
        nl_civil_from_days(days, &year, &month, &day);
    } else if (v.kind == NL_V_STRING && nl_expr_time(v.text, &t)) {
        year = t.year, month = t.month, day = t.day;
    } else {
        return nl_expr_unknown();
    }
    return nl_expr_of_integer(part == NL_F_YEAR ? year : part == NL_F_MONTH ? month : day);
}

static value eval_edge(evaluator *e, const node *n) {
    value a = eval(e, n->items[0]), b = eval(e, n->items[1]);
    if (a.kind != NL_V_STRING || b.kind != NL_V_STRING || !spend(e, 1 + b.text.n / 16))
        return nl_expr_unknown();
    return nl_expr_of_bool(n->fn == NL_F_STARTS_WITH ? nl_str_starts(a.text, b.text)
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
    return nl_expr_unknown();
}

/* ---- The whole */

/* Of a body that is too much to be parsed nothing is known. */
static value eval_body(evaluator *e, bool words) {
    nl_markdown *m = nl_article_body(e->scope->article);
    if (m->refused)
        return nl_expr_unknown();
    if (!words)
        return nl_expr_of_size(m->heading_count);
    nl_markdown_inlines(m);
    return nl_expr_of_size(m->words);
}

static value eval_chain(evaluator *e, const node *n) {
    nl_truth stop = n->op == NL_E_OR ? NL_TRUE : NL_FALSE, result = negate(stop);
    for (size_t i = 0; i < n->count && result != stop; i++) {
        nl_truth one = nl_expr_truth_of(eval(e, n->items[i]));
        result = one == negate(stop) ? result : one;
    }
    return nl_expr_of_truth(result);
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
        return nl_expr_of_text(e->scope->path);
    case NL_E_FILE_NAME:
        return nl_expr_of_text(nl_path_name(e->scope->path));
    case NL_E_FILE_DIR:
        return nl_expr_of_text(nl_path_dir(e->scope->path));
    case NL_E_BODY_WORDS:
    case NL_E_BODY_HEADINGS:
        return eval_body(e, n->op == NL_E_BODY_WORDS);
    case NL_E_OR:
    case NL_E_AND:
        return eval_chain(e, n);
    case NL_E_NOT:
        return nl_expr_of_truth(negate(nl_expr_truth_of(eval(e, n->items[0]))));
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
    return nl_expr_unknown();
}

nl_truth nl_expr_eval(const nl_expr *expr, nl_scope *s) {
    evaluator e = {.scope = s};
    return nl_expr_truth_of(eval(&e, expr->root));
}
