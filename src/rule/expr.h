/*
 * The expression language of `when` and `assert` (SPEC: expressions): typed, total, three-valued.
 * Parsed and type-checked once, then immutable; evaluation never fails, allocates only in the
 * article's arena, and is linear in the expression and the values.
 */
#ifndef NL_RULE_EXPR_H
#define NL_RULE_EXPR_H

#include "rule/scope.h"

typedef enum nl_truth { NL_FALSE, NL_TRUE, NL_UNKNOWN } nl_truth;

/* Types that the rule file's tree gives fields; NL_TYPE_ANY where nothing is known. */
typedef enum nl_type {
    NL_TYPE_ANY,
    NL_TYPE_STRING,
    NL_TYPE_NUMBER,
    NL_TYPE_BOOL,
    NL_TYPE_LIST,
    NL_TYPE_MAP,
    NL_TYPE_TIME,
    NL_TYPE_DURATION,
    NL_TYPE_NULL
} nl_type;

typedef struct nl_expr nl_expr;

/* What the parser asks of the rule file that holds the expression. */
typedef struct nl_expr_env {
    nl_path_table *paths;
    nl_pattern_pool *patterns;
    nl_arena *arena;
    /* The type of a field by the tree; *known is false for a name that a closed tree does not have
     * (then *nearest is a suggestion or p == NULL). NULL: nothing is known of any field. */
    nl_type (*type_of)(void *context, const nl_path *path, bool *known, nl_str *nearest);
    void *context;
} nl_expr_env;

typedef struct nl_expr_error {
    size_t start, end; /* bytes of the expression */
    char message[256]; /* one sentence with the cure */
} nl_expr_error;

/* NULL and *error if it is no expression, or not one of a truth value. */
const nl_expr *nl_expr_parse(nl_str text, const nl_expr_env *env, nl_expr_error *error);

nl_truth nl_expr_eval(const nl_expr *e, nl_scope *s);

/* Numbers (in the table) of the field paths that the expression names, in order, each once. */
const size_t *nl_expr_paths(const nl_expr *e, size_t *count);

nl_str nl_expr_text(const nl_expr *e);

#endif
