/*
 * Inside the expression language (expr.h): tokens, nodes, values. An expression is read by
 * expr_lex.c and expr_parse.c, typed by expr_type.c and evaluated by expr_eval.c.
 */
#ifndef NL_RULE_EXPR_NODE_H
#define NL_RULE_EXPR_NODE_H

#include "base/buf.h"
#include "base/time.h"
#include "rule/expr.h"

/* ---- Values */

typedef enum nl_expr_kind {
    NL_V_UNKNOWN, /* what comes of an operation on absent or mistyped operands */
    NL_V_NULL,    /* an absent field too */
    NL_V_BOOL,
    NL_V_INT,
    NL_V_FLOAT, /* never NaN or infinite */
    NL_V_STRING,
    NL_V_TIME,
    NL_V_DURATION,
    NL_V_LIST,
    NL_V_MAP
} nl_expr_kind;

typedef struct nl_expr_node nl_expr_node;

typedef struct nl_expr_value {
    nl_expr_kind kind;
    bool boolean;
    bool timed;  /* a string of a field that the tree says is a timestamp */
    nl_str text; /* NL_V_STRING; NL_V_TIME that is written somewhere */
    union {
        struct {
            int64_t integer; /* NL_V_INT; NL_V_DURATION: its whole seconds, rounded down */
            double number;   /* NL_V_FLOAT; NL_V_DURATION: the rest, at least 0 and below 1 */
        };
        nl_instant time; /* NL_V_TIME */
        struct {
            const nl_value *value;    /* NL_V_LIST, NL_V_MAP of an article */
            const nl_expr_node *list; /* NL_V_LIST that stands in the expression, or NULL */
        };
    };
} nl_expr_value;

/* ---- Nodes */

typedef enum nl_expr_op {
    NL_E_LITERAL,
    NL_E_LIST,
    NL_E_FIELD,
    NL_E_NOW,
    NL_E_FILE_PATH,
    NL_E_FILE_NAME,
    NL_E_FILE_DIR,
    NL_E_BODY_WORDS,
    NL_E_BODY_HEADINGS,
    NL_E_OR, /* of two or more */
    NL_E_AND,
    NL_E_NOT,
    NL_E_EQ,
    NL_E_NE,
    NL_E_LT,
    NL_E_LE,
    NL_E_GT,
    NL_E_GE,
    NL_E_IN,
    NL_E_NOT_IN,
    NL_E_MATCHES,
    NL_E_ADD,
    NL_E_SUB,
    NL_E_CALL
} nl_expr_op;

typedef enum nl_expr_fn {
    NL_F_HAS,
    NL_F_LEN,
    NL_F_LOWER,
    NL_F_UPPER,
    NL_F_COUNT,
    NL_F_STARTS_WITH,
    NL_F_ENDS_WITH,
    NL_F_YEAR,
    NL_F_MONTH,
    NL_F_DAY,
    NL_F_ANY,
    NL_F_ALL,
    NL_F_NONE
} nl_expr_fn;

extern const nl_str nl_expr_fn_names[NL_F_NONE];

struct nl_expr_node {
    nl_expr_op op;
    nl_expr_fn fn;
    nl_type type;
    size_t start, end; /* bytes of the expression */
    unsigned depth;
    nl_expr_node **items; /* operands, arguments, members */
    size_t count;
    nl_expr_value value; /* NL_E_LITERAL */
    size_t path;         /* NL_E_FIELD; any(), all(): what it goes over */
    size_t base;         /* any(), all(): the list or map that must be there */
    bool base_is_map;    /* any(), all() */
    bool bound;          /* NL_E_FIELD: stands for a member of what any() goes over, … */
    const nl_step *rest; /* … followed by these keys */
    size_t rest_count;
    const nl_pattern *pattern; /* NL_E_MATCHES */
};

struct nl_expr {
    nl_str text;
    const nl_expr_node *root;
    size_t *paths;
    size_t path_count, path_cap;
};

enum { NL_EXPR_DEPTH_MAX = 200 };

/* ---- Tokens */

typedef enum nl_expr_token_kind {
    NL_T_END,
    NL_T_PATH,
    NL_T_CALL, /* a name with a parenthesis behind it, which is the next token */
    NL_T_LITERAL,
    NL_T_NOW,
    NL_T_OR,
    NL_T_AND,
    NL_T_NOT,
    NL_T_IN,
    NL_T_MATCHES,
    NL_T_EQ,
    NL_T_NE,
    NL_T_LT,
    NL_T_LE,
    NL_T_GT,
    NL_T_GE,
    NL_T_PLUS,
    NL_T_MINUS,
    NL_T_OPEN,
    NL_T_CLOSE,
    NL_T_OPEN_LIST,
    NL_T_CLOSE_LIST,
    NL_T_COMMA,
    NL_T_BAD /* *error is set */
} nl_expr_token_kind;

typedef struct nl_expr_token {
    nl_expr_token_kind kind;
    size_t start, end;
    nl_expr_value value; /* NL_T_LITERAL */
} nl_expr_token;

typedef struct nl_expr_lexer {
    nl_str text;
    size_t at;
    nl_arena *arena;
    nl_expr_error *error;
} nl_expr_lexer;

nl_expr_token nl_expr_next(nl_expr_lexer *lexer);

/* Is the whole text a number or a duration? */
bool nl_expr_is_amount(nl_str text);

/* Sets the error; always false. */
bool nl_expr_fail(nl_expr_error *error, size_t start, size_t end, const char *format, ...)
    NL_PRINTF(4, 5);

/* For "%.*s": the text cut so that it fits into a message. */
nl_str nl_expr_quote(nl_str text);

/* ---- Types and times */

/* Sets the type of a node whose operands have theirs. False and *error where that cannot be. */
bool nl_expr_type(nl_expr_node *node, nl_str text, nl_expr_error *error);

/* Is it of a truth value, or may be? */
bool nl_expr_type_truth(const nl_expr_node *node, nl_str text, nl_expr_error *error);

/* The instant that a text tells, a date being midnight UTC and a time without zone in UTC. */
bool nl_expr_time(nl_str text, nl_time *out);

#endif
