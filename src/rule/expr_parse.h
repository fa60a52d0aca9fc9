/*
 * Inside the parser of expressions: its state, and what expr_parse.c (operators) and expr_operand.c
 * (fields, literals, lists, calls) need of each other. Functions that return a node return NULL
 * when the error is set.
 */
#ifndef NL_RULE_EXPR_PARSE_H
#define NL_RULE_EXPR_PARSE_H

#include "rule/expr_node.h"

typedef struct nl_expr_parser {
    nl_expr_lexer lexer;
    nl_expr_token token; /* the next one */
    const nl_expr_env *env;
    nl_expr *expr;
    nl_expr_node *over; /* the any() or all() that is being read */
    bool counting;      /* within has() or count() */
    unsigned depth;
} nl_expr_parser;

#define NL_EXPR_FAIL(p, start, end, ...)                                                           \
    (nl_expr_fail((p)->lexer.error, (start), (end), __VA_ARGS__), (nl_expr_node *)NULL)

/* Reads the next token. */
bool nl_expr_advance(nl_expr_parser *p);

nl_expr_node *nl_expr_node_new(nl_expr_parser *p, nl_expr_op op, size_t start, size_t end);

/* Adds an operand; *cap starts at 0. */
void nl_expr_item_add(nl_expr_parser *p, nl_expr_node *n, nl_expr_node *item, size_t *cap);

/* The node, once its depth and types were found good. */
nl_expr_node *nl_expr_typed(nl_expr_parser *p, nl_expr_node *n);

/* The literal that the next token is, with this value; the token is read. */
nl_expr_node *nl_expr_literal(nl_expr_parser *p, size_t start, nl_expr_value value);

/* What stands at the next token: a whole expression, or what operators stand between. */
nl_expr_node *nl_expr_parse_or(nl_expr_parser *p);
nl_expr_node *nl_expr_parse_operand(nl_expr_parser *p);

#endif
