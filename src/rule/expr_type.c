/*
 * What an expression can be of, and what cannot be: a comparison that by the types known when the
 * rule file is loaded never has an answer is a mistake of the rule file.
 */
#include "rule/expr_node.h"

static const char *const names[] = {
    [NL_TYPE_ANY] = "anything",   [NL_TYPE_STRING] = "a string",     [NL_TYPE_NUMBER] = "a number",
    [NL_TYPE_BOOL] = "a boolean", [NL_TYPE_LIST] = "a list",         [NL_TYPE_MAP] = "a map",
    [NL_TYPE_TIME] = "a time",    [NL_TYPE_DURATION] = "a duration", [NL_TYPE_NULL] = "null",
};

typedef struct typer {
    nl_expr_node *node;
    nl_str text;
    nl_expr_error *error;
} typer;

static nl_str shown(const typer *t, const nl_expr_node *n) {
    return nl_expr_quote(nl_str_sub(t->text, n->start, n->end));
}

static bool is(nl_type type, nl_type wanted) {
    return type == wanted || type == NL_TYPE_ANY;
}

/* Times are written as strings: a field whose type is string may hold one. */
static bool is_timely(nl_type type) {
    return type == NL_TYPE_TIME || type == NL_TYPE_STRING;
}

bool nl_expr_type_truth(const nl_expr_node *n, nl_str text, nl_expr_error *error) {
    if (is(n->type, NL_TYPE_BOOL))
        return true;
    nl_str s = nl_expr_quote(nl_str_sub(text, n->start, n->end));
    return nl_expr_fail(error, n->start, n->end,
                        "`%.*s` is %s, where something true or false is wanted; compare it, as in "
                        "`… != null`",
                        NL_ARG(s), names[n->type]);
}

/* A string that is written in the expression and compared with a time must be one. */
static bool check_time_text(const typer *t, const nl_expr_node *n, const nl_expr_node *other) {
    nl_time time;
    if (n->op != NL_E_LITERAL || n->type != NL_TYPE_STRING || other->type != NL_TYPE_TIME ||
        nl_expr_time(n->value.text, &time))
        return true;
    return nl_expr_fail(t->error, n->start, n->end,
                        "`%.*s` is compared with a time and is none; write one such as "
                        "`2025-11-14T02:13:55Z`",
                        NL_ARG(shown(t, n)));
}

static bool mismatch(const typer *t, const char *what) {
    const nl_expr_node *a = t->node->items[0], *b = t->node->items[1];
    nl_str x = nl_expr_quote(nl_str_sub(t->text, a->start, a->end));
    nl_str y = nl_expr_quote(nl_str_sub(t->text, b->start, b->end));
    x.n = x.n > 40 ? nl_expr_quote(nl_str_sub(x, 0, 40)).n : x.n;
    return nl_expr_fail(t->error, t->node->start, t->node->end, "`%.*s` is %s and `%.*s` is %s: %s",
                        NL_ARG(x), names[a->type], NL_ARG(y), names[b->type], what);
}

static bool can_equal(nl_type a, nl_type b) {
    if (a == b || a == NL_TYPE_ANY || b == NL_TYPE_ANY || a == NL_TYPE_NULL || b == NL_TYPE_NULL)
        return true;
    return is_timely(a) && is_timely(b);
}

static bool type_equal(typer *t) {
    const nl_expr_node *a = t->node->items[0], *b = t->node->items[1];
    t->node->type = NL_TYPE_BOOL;
    if (!can_equal(a->type, b->type))
        return mismatch(t, "they are never equal; compare like with like");
    return check_time_text(t, a, b) && check_time_text(t, b, a);
}

static bool is_ordered(nl_type type) {
    return type == NL_TYPE_ANY || type == NL_TYPE_NUMBER || type == NL_TYPE_DURATION ||
           is_timely(type);
}

static bool type_order(typer *t) {
    const nl_expr_node *a = t->node->items[0], *b = t->node->items[1];
    t->node->type = NL_TYPE_BOOL;
    for (size_t i = 0; i < 2; i++) {
        const nl_expr_node *n = t->node->items[i];
        if (!is_ordered(n->type))
            return nl_expr_fail(t->error, n->start, n->end,
                                "`%.*s` is %s and has no order; numbers, strings, times and "
                                "durations have",
                                NL_ARG(shown(t, n)), names[n->type]);
    }
    if (!can_equal(a->type, b->type))
        return mismatch(t, "they have no order; compare like with like");
    return check_time_text(t, a, b) && check_time_text(t, b, a);
}

static bool type_in(typer *t) {
    const nl_expr_node *a = t->node->items[0], *b = t->node->items[1];
    t->node->type = NL_TYPE_BOOL;
    if (b->type == NL_TYPE_STRING)
        return nl_expr_fail(t->error, b->start, b->end,
                            "`in` wants a list, and `%.*s` is a string; for a part of a string "
                            "write `… matches '…'`",
                            NL_ARG(shown(t, b)));
    if (!is(b->type, NL_TYPE_LIST))
        return nl_expr_fail(t->error, b->start, b->end, "`in` wants a list, and `%.*s` is %s",
                            NL_ARG(shown(t, b)), names[b->type]);
    if (b->op != NL_E_LIST)
        return true;
    bool possible = b->count == 0;
    for (size_t i = 0; i < b->count; i++)
        possible |= can_equal(a->type, b->items[i]->type);
    if (possible)
        return true;
    return nl_expr_fail(t->error, t->node->start, t->node->end,
                        "`%.*s` is %s and nothing in the list is: it is never in it",
                        NL_ARG(shown(t, a)), names[a->type]);
}

static bool type_matches(typer *t) {
    const nl_expr_node *a = t->node->items[0];
    t->node->type = NL_TYPE_BOOL;
    if (a->type == NL_TYPE_ANY || (is_timely(a->type) && a->op != NL_E_NOW))
        return true;
    return nl_expr_fail(t->error, a->start, a->end, "`matches` wants a string, and `%.*s` is %s",
                        NL_ARG(shown(t, a)), names[a->type]);
}

static bool type_sum(typer *t) {
    nl_type a = t->node->items[0]->type, b = t->node->items[1]->type;
    bool add = t->node->op == NL_E_ADD;
    nl_type *out = &t->node->type;
    *out = NL_TYPE_ANY;
    for (size_t i = 0; i < 2; i++) {
        const nl_expr_node *n = t->node->items[i];
        if (!is_ordered(n->type) || (add && n->op == NL_E_LITERAL && n->type == NL_TYPE_STRING))
            return nl_expr_fail(t->error, n->start, n->end,
                                "`%.*s` is %s; `+` and `-` take numbers, times and durations",
                                NL_ARG(shown(t, n)), names[n->type]);
    }
    if (a == NL_TYPE_ANY || b == NL_TYPE_ANY)
        return true;
    if (a == b && (a == NL_TYPE_NUMBER || a == NL_TYPE_DURATION))
        *out = a;
    else if (is_timely(a) && b == NL_TYPE_DURATION)
        *out = NL_TYPE_TIME;
    else if (add && a == NL_TYPE_DURATION && is_timely(b))
        *out = NL_TYPE_TIME;
    else if (!add && is_timely(a) && is_timely(b))
        *out = NL_TYPE_DURATION;
    else
        return mismatch(t, add ? "they cannot be added; a duration is like `2h` or `7d`"
                               : "they cannot be subtracted; a duration is like `2h` or `7d`");
    return check_time_text(t, t->node->items[0], t->node->items[1]) &&
           check_time_text(t, t->node->items[1], t->node->items[0]);
}

static bool wants(typer *t, size_t i, bool fine, const char *what) {
    const nl_expr_node *n = t->node->items[i];
    if (fine)
        return true;
    return nl_expr_fail(t->error, n->start, n->end, "%.*s() wants %s, and `%.*s` is %s",
                        NL_ARG(nl_expr_fn_names[t->node->fn]), what, NL_ARG(shown(t, n)),
                        names[n->type]);
}

static bool wants_path(typer *t) {
    const nl_expr_node *n = t->node->items[0];
    nl_str path = nl_str_sub(t->text, n->start, n->end);
    bool many =
        nl_str_search(path, NL_S("[]")) < path.n || nl_str_search(path, NL_S(".*")) < path.n;
    if (n->op != NL_E_FIELD)
        return nl_expr_fail(
            t->error, n->start, n->end, "%.*s() wants a field, as in `%.*s(source.name)`",
            NL_ARG(nl_expr_fn_names[t->node->fn]), NL_ARG(nl_expr_fn_names[t->node->fn]));
    if (t->node->fn == NL_F_HAS || many)
        return true;
    path = nl_expr_quote(path);
    return nl_expr_fail(t->error, n->start, n->end,
                        "count() counts what a path with `[]` or `.*` leads to; write "
                        "`count(%.*s[])` or `len(%.*s)`",
                        NL_ARG(path), NL_ARG(path));
}

static bool type_call(typer *t) {
    nl_type a = t->node->items[0]->type;
    nl_type *out = &t->node->type;
    switch (t->node->fn) {
    case NL_F_HAS:
        *out = NL_TYPE_BOOL;
        return wants_path(t);
    case NL_F_COUNT:
        *out = NL_TYPE_NUMBER;
        return wants_path(t);
    case NL_F_LEN:
        *out = NL_TYPE_NUMBER;
        return wants(t, 0,
                     a == NL_TYPE_ANY || is_timely(a) || a == NL_TYPE_LIST || a == NL_TYPE_MAP,
                     "a string, list or map");
    case NL_F_LOWER:
    case NL_F_UPPER:
        *out = NL_TYPE_STRING;
        return wants(t, 0, is(a, NL_TYPE_STRING), "a string");
    case NL_F_STARTS_WITH:
    case NL_F_ENDS_WITH: {
        nl_type b = t->node->items[1]->type;
        *out = NL_TYPE_BOOL;
        return wants(t, 0, a == NL_TYPE_ANY || is_timely(a), "a string") &&
               wants(t, 1, is(b, NL_TYPE_STRING), "a string");
    }
    case NL_F_YEAR:
    case NL_F_MONTH:
    case NL_F_DAY:
        *out = NL_TYPE_NUMBER;
        return wants(t, 0, a == NL_TYPE_ANY || is_timely(a), "a time");
    case NL_F_ANY:
    case NL_F_ALL:
        *out = NL_TYPE_BOOL;
        return nl_expr_type_truth(t->node->items[0], t->text, t->error);
    case NL_F_NONE:
        break;
    }
    return true;
}

static bool type_truths(typer *t) {
    t->node->type = NL_TYPE_BOOL;
    for (size_t i = 0; i < t->node->count; i++)
        if (!nl_expr_type_truth(t->node->items[i], t->text, t->error))
            return false;
    return true;
}

bool nl_expr_type(nl_expr_node *node, nl_str text, nl_expr_error *error) {
    typer t = {node, text, error};
    switch (node->op) {
    case NL_E_LIST:
        node->type = NL_TYPE_LIST;
        return true;
    case NL_E_OR:
    case NL_E_AND:
    case NL_E_NOT:
        return type_truths(&t);
    case NL_E_EQ:
    case NL_E_NE:
        return type_equal(&t);
    case NL_E_LT:
    case NL_E_LE:
    case NL_E_GT:
    case NL_E_GE:
        return type_order(&t);
    case NL_E_IN:
    case NL_E_NOT_IN:
        return type_in(&t);
    case NL_E_MATCHES:
        return type_matches(&t);
    case NL_E_ADD:
    case NL_E_SUB:
        return type_sum(&t);
    case NL_E_CALL:
        return type_call(&t);
    default:
        return true;
    }
}
