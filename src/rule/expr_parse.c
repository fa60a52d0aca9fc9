/*
 * Expressions to trees, by recursive descent; `or`, `and` and lists have any number of members, and
 * all else is bounded in depth, so that what walks the tree is too. Operators bind, from loosest to
 * tightest: or, and, not, comparisons (which do not chain), + and -.
 */
#include "rule/expr_parse.h"

#include "base/utf8.h"

#include <string.h>

/* ---- Making nodes */

bool nl_expr_advance(nl_expr_parser *p) {
    p->token = nl_expr_next(&p->lexer);
    return p->token.kind != NL_T_BAD;
}

nl_expr_node *nl_expr_node_new(nl_expr_parser *p, nl_expr_op op, size_t start, size_t end) {
    nl_expr_node *n = NL_NEW(p->env->arena, nl_expr_node);
    n->op = op;
    n->start = start;
    n->end = end;
    n->depth = 1;
    return n;
}

void nl_expr_item_add(nl_expr_parser *p, nl_expr_node *n, nl_expr_node *item, size_t *cap) {
    if (n->count == *cap) {
        *cap = *cap ? *cap * 2 : 2;
        nl_expr_node **items = NL_NEW_ARRAY(p->env->arena, nl_expr_node *, *cap);
        if (n->count)
            memcpy(items, n->items, n->count * sizeof(nl_expr_node *));
        n->items = items;
    }
    n->items[n->count++] = item;
    if (item->depth >= n->depth)
        n->depth = item->depth + 1;
}

nl_expr_node *nl_expr_typed(nl_expr_parser *p, nl_expr_node *n) {
    if (n->depth > NL_EXPR_DEPTH_MAX)
        return NL_EXPR_FAIL(p, n->start, n->end,
                            "the expression is nested too deeply: at most %d levels",
                            NL_EXPR_DEPTH_MAX);
    return nl_expr_type(n, p->expr->text, p->lexer.error) ? n : NULL;
}

static nl_expr_node *binary(nl_expr_parser *p, nl_expr_op op, nl_expr_node *a, nl_expr_node *b) {
    nl_expr_node *n = nl_expr_node_new(p, op, a->start, b->end);
    size_t cap = 0;
    nl_expr_item_add(p, n, a, &cap);
    nl_expr_item_add(p, n, b, &cap);
    return nl_expr_typed(p, n);
}

/* ---- Operators */

static nl_expr_node *parse_sum(nl_expr_parser *p) {
    nl_expr_node *left = nl_expr_parse_operand(p);
    while (left && (p->token.kind == NL_T_PLUS || p->token.kind == NL_T_MINUS)) {
        nl_expr_op op = p->token.kind == NL_T_PLUS ? NL_E_ADD : NL_E_SUB;
        nl_expr_node *right = nl_expr_advance(p) ? nl_expr_parse_operand(p) : NULL;
        left = right ? binary(p, op, left, right) : NULL;
    }
    return left;
}

static nl_expr_op comparison_of(nl_expr_token_kind kind) {
    switch (kind) {
    case NL_T_EQ:
        return NL_E_EQ;
    case NL_T_NE:
        return NL_E_NE;
    case NL_T_LT:
        return NL_E_LT;
    case NL_T_LE:
        return NL_E_LE;
    case NL_T_GT:
        return NL_E_GT;
    case NL_T_GE:
        return NL_E_GE;
    case NL_T_IN:
        return NL_E_IN;
    case NL_T_NOT:
        return NL_E_NOT_IN;
    case NL_T_MATCHES:
        return NL_E_MATCHES;
    default:
        return NL_E_LITERAL; /* none */
    }
}

/* Where a byte of the regex stands in the string, in which the quote has a backslash before it. */
static size_t raw_offset(nl_str raw, char quote, size_t offset) {
    size_t i = 0;
    for (size_t n = 0; i < raw.n && n < offset; i++, n++)
        if (raw.p[i] == '\\' && i + 1 < raw.n && raw.p[i + 1] == quote)
            i++;
    return i;
}

static nl_expr_node *parse_matches(nl_expr_parser *p, nl_expr_node *left) {
    nl_expr_token t = p->token;
    if (t.kind == NL_T_BAD)
        return NULL;
    if (t.kind != NL_T_LITERAL || t.value.kind != NL_V_STRING)
        return NL_EXPR_FAIL(p, t.start, t.end,
                            "`matches` takes a regex in quotes, as in `slug matches "
                            "'^[a-z-]+$'`");
    nl_str raw = t.value.text;
    char quote = p->expr->text.p[t.start];
    char *regex = nl_arena_alloc(p->env->arena, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        if (raw.p[i] == '\\' && i + 1 < raw.n) {
            if (raw.p[i + 1] != quote)
                regex[n++] = raw.p[i];
            i++;
        }
        regex[n++] = raw.p[i];
    }
    nl_pattern_error error;
    nl_expr_node *right = nl_expr_literal(p, t.start, t.value);
    if (!right)
        return NULL;
    const nl_pattern *pattern = nl_pattern_get(p->env->patterns, nl_str_n(regex, n), false, &error);
    if (!pattern) {
        size_t from = t.start + 1 + raw_offset(raw, quote, error.start);
        return NL_EXPR_FAIL(p, from, from + 1, "%s", error.message);
    }
    nl_expr_node *made = binary(p, NL_E_MATCHES, left, right);
    if (made)
        made->pattern = pattern;
    return made;
}

static nl_expr_node *parse_comparison(nl_expr_parser *p) {
    nl_expr_node *left = parse_sum(p);
    nl_expr_op op = comparison_of(p->token.kind);
    if (!left || op == NL_E_LITERAL)
        return left;
    size_t start = p->token.start, end = p->token.end;
    if (!nl_expr_advance(p))
        return NULL;
    if (op == NL_E_NOT_IN) {
        if (p->token.kind != NL_T_IN)
            return NL_EXPR_FAIL(
                p, start, end,
                "`not` stands before a whole comparison, or in `not in`; write `and` or "
                "`or` between two");
        if (!nl_expr_advance(p))
            return NULL;
    }
    nl_expr_node *n;
    if (op == NL_E_MATCHES) {
        n = parse_matches(p, left);
    } else {
        nl_expr_node *right = parse_sum(p);
        n = right ? binary(p, op, left, right) : NULL;
    }
    if (n && comparison_of(p->token.kind) != NL_E_LITERAL && p->token.kind != NL_T_NOT)
        return NL_EXPR_FAIL(p, p->token.start, p->token.end,
                            "comparisons do not chain; write `a < b and b < c`");
    return n;
}

static nl_expr_node *parse_not(nl_expr_parser *p) {
    if (p->token.kind != NL_T_NOT)
        return parse_comparison(p);
    size_t start = p->token.start;
    if (++p->depth > NL_EXPR_DEPTH_MAX)
        return NL_EXPR_FAIL(p, start, p->token.end,
                            "the expression is nested too deeply: at most %d levels",
                            NL_EXPR_DEPTH_MAX);
    nl_expr_node *of = nl_expr_advance(p) ? parse_not(p) : NULL;
    p->depth--;
    if (!of)
        return NULL;
    nl_expr_node *n = nl_expr_node_new(p, NL_E_NOT, start, of->end);
    size_t cap = 0;
    nl_expr_item_add(p, n, of, &cap);
    return nl_expr_typed(p, n);
}

static nl_expr_node *parse_chain(nl_expr_parser *p, nl_expr_token_kind word, nl_expr_op op,
                                 nl_expr_node *(*part)(nl_expr_parser *)) {
    nl_expr_node *first = part(p);
    if (!first || p->token.kind != word)
        return first;
    nl_expr_node *n = nl_expr_node_new(p, op, first->start, 0);
    size_t cap = 0;
    nl_expr_item_add(p, n, first, &cap);
    while (p->token.kind == word) {
        nl_expr_node *next = nl_expr_advance(p) ? part(p) : NULL;
        if (!next)
            return NULL;
        nl_expr_item_add(p, n, next, &cap);
        n->end = next->end;
    }
    return nl_expr_typed(p, n);
}

static nl_expr_node *parse_and(nl_expr_parser *p) {
    return parse_chain(p, NL_T_AND, NL_E_AND, parse_not);
}

nl_expr_node *nl_expr_parse_or(nl_expr_parser *p) {
    if (++p->depth > NL_EXPR_DEPTH_MAX)
        return NL_EXPR_FAIL(p, p->token.start, p->token.end,
                            "the expression is nested too deeply: at most %d levels",
                            NL_EXPR_DEPTH_MAX);
    nl_expr_node *n = parse_chain(p, NL_T_OR, NL_E_OR, parse_and);
    p->depth--;
    return n;
}

/* ---- The whole */

static bool check_end(nl_expr_parser *p) {
    nl_expr_token t = p->token;
    nl_str shown = nl_expr_quote(nl_str_sub(p->expr->text, t.start, t.end));
    switch (t.kind) {
    case NL_T_END:
        return true;
    case NL_T_BAD:
        return false;
    case NL_T_CLOSE:
    case NL_T_CLOSE_LIST:
        return nl_expr_fail(p->lexer.error, t.start, t.end, "`%.*s` closes nothing", NL_ARG(shown));
    default:
        return nl_expr_fail(p->lexer.error, t.start, t.end,
                            "an operator such as `==`, `and` or `or` is wanted before `%.*s`",
                            NL_ARG(shown));
    }
}

/* What is wrong begins and ends between characters, which have four bytes at most. */
static const nl_expr *wrong(nl_str text, nl_expr_error *error) {
    for (int i = 0; i < 3 && error->start > 0 && nl_utf8_goes_on(text, error->start); i++)
        error->start--;
    for (int i = 0; i < 3 && nl_utf8_goes_on(text, error->end); i++)
        error->end++;
    return NULL;
}

const nl_expr *nl_expr_parse(nl_str text, const nl_expr_env *env, nl_expr_error *error) {
    nl_expr *e = NL_NEW(env->arena, nl_expr);
    e->text = nl_str_n(nl_arena_copy(env->arena, text.p, text.n), text.n);
    nl_expr_parser p = {
        .lexer = {.text = e->text, .arena = env->arena, .error = error}, .env = env, .expr = e};
    nl_expr_node *root = nl_expr_advance(&p) ? nl_expr_parse_or(&p) : NULL;
    if (!root || !check_end(&p) || !nl_expr_type_truth(root, e->text, error))
        return wrong(e->text, error);
    e->root = root;
    return e;
}

const size_t *nl_expr_paths(const nl_expr *e, size_t *count) {
    *count = e->path_count;
    return e->paths;
}

nl_str nl_expr_text(const nl_expr *e) {
    return e->text;
}
