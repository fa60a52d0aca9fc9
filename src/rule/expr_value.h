/*
 * Values of expressions: making, comparing and adding them, without an article. All is total: what
 * cannot be done is NL_V_UNKNOWN.
 */
#ifndef NL_RULE_EXPR_VALUE_H
#define NL_RULE_EXPR_VALUE_H

#include "rule/expr_node.h"

static inline nl_expr_value nl_expr_unknown(void) {
    return (nl_expr_value){.kind = NL_V_UNKNOWN};
}

static inline nl_expr_value nl_expr_of_bool(bool b) {
    return (nl_expr_value){.kind = NL_V_BOOL, .boolean = b};
}

static inline nl_expr_value nl_expr_of_truth(nl_truth truth) {
    return truth == NL_UNKNOWN ? nl_expr_unknown() : nl_expr_of_bool(truth == NL_TRUE);
}

static inline nl_expr_value nl_expr_of_integer(int64_t i) {
    return (nl_expr_value){.kind = NL_V_INT, .integer = i};
}

static inline nl_expr_value nl_expr_of_size(size_t n) {
    return nl_expr_of_integer((int64_t)n);
}

static inline nl_expr_value nl_expr_of_text(nl_str text) {
    return (nl_expr_value){.kind = NL_V_STRING, .text = text};
}

/* Of a field's value; NULL is null. type: what the tree says of the field. */
nl_expr_value nl_expr_of_article(const nl_value *v, nl_type type);

/* An absent value is falsy; one of another type than boolean is neither. */
static inline nl_truth nl_expr_truth_of(nl_expr_value v) {
    if (v.kind == NL_V_NULL)
        return NL_FALSE;
    if (v.kind == NL_V_BOOL)
        return v.boolean ? NL_TRUE : NL_FALSE;
    return NL_UNKNOWN;
}

/* The instant, also of a string that tells one. */
bool nl_expr_as_time(nl_expr_value v, nl_instant *out);

/* Are the two equal? They are no lists and no maps, and known. */
bool nl_expr_equal(nl_expr_value a, nl_expr_value b);

/* False when the two have no order. */
bool nl_expr_compare(nl_expr_value a, nl_expr_value b, int *order);

/* a + b or a - b; a time's fraction is made in the arena. */
nl_expr_value nl_expr_sum(nl_expr_value a, nl_expr_value b, bool add, nl_arena *arena);

#endif
