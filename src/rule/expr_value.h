/*
 * Values of expressions: making, comparing and adding them, without an article. All is total: what
 * cannot be done is NL_V_UNKNOWN.
 */
#ifndef NL_RULE_EXPR_VALUE_H
#define NL_RULE_EXPR_VALUE_H

#include "rule/expr_node.h"

nl_expr_value nl_expr_unknown(void);
nl_expr_value nl_expr_of_truth(nl_truth truth);
nl_expr_value nl_expr_of_bool(bool b);
nl_expr_value nl_expr_of_integer(int64_t i);
nl_expr_value nl_expr_of_size(size_t n);
nl_expr_value nl_expr_of_text(nl_str text);

/* Of a field's value; NULL is null. type: what the tree says of the field. */
nl_expr_value nl_expr_of_article(const nl_value *v, nl_type type);

/* An absent value is falsy; one of another type than boolean is neither. */
nl_truth nl_expr_truth_of(nl_expr_value v);

/* The instant, also of a string that tells one. */
bool nl_expr_as_time(nl_expr_value v, nl_instant *out);

/* Are the two equal? They are no lists and no maps, and known. */
bool nl_expr_equal(nl_expr_value a, nl_expr_value b);

/* False when the two have no order. */
bool nl_expr_compare(nl_expr_value a, nl_expr_value b, int *order);

/* a + b or a - b; a time's fraction is made in the arena. */
nl_expr_value nl_expr_sum(nl_expr_value a, nl_expr_value b, bool add, nl_arena *arena);

#endif
