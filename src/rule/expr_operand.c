/* What operators stand between: fields, literals, lists, calls, parentheses. */
#include "rule/expr_parse.h"

#include <string.h>

const nl_str nl_expr_fn_names[NL_F_NONE] = {
    [NL_F_HAS] = NL_STR("has"),
    [NL_F_LEN] = NL_STR("len"),
    [NL_F_LOWER] = NL_STR("lower"),
    [NL_F_UPPER] = NL_STR("upper"),
    [NL_F_COUNT] = NL_STR("count"),
    [NL_F_STARTS_WITH] = NL_STR("starts-with"),
    [NL_F_ENDS_WITH] = NL_STR("ends-with"),
    [NL_F_YEAR] = NL_STR("year"),
    [NL_F_MONTH] = NL_STR("month"),
    [NL_F_DAY] = NL_STR("day"),
    [NL_F_ANY] = NL_STR("any"),
    [NL_F_ALL] = NL_STR("all"),
};

/* ---- Fields */

static void path_used(nl_expr_parser *p, size_t path) {
    nl_expr *e = p->expr;
    for (size_t i = 0; i < e->path_count; i++)
        if (e->paths[i] == path)
            return;
    if (e->path_count == e->path_cap) {
        e->path_cap = e->path_cap ? e->path_cap * 2 : 4;
        size_t *paths = NL_NEW_ARRAY(p->env->arena, size_t, e->path_cap);
        if (e->path_count)
            memcpy(paths, e->paths, e->path_count * sizeof *paths);
        e->paths = paths;
    }
    e->paths[e->path_count++] = path;
}

/* The path less its last steps, added to the table. */
static size_t prefix_add(nl_expr_parser *p, const nl_path *path, size_t count) {
    nl_path prefix = {.steps = path->steps, .count = count};
    for (size_t i = 0; i < count; i++)
        prefix.many |= path->steps[i].kind != NL_STEP_KEY;
    prefix.text = nl_path_spell(path->steps, count, p->env->arena);
    return nl_path_table_add(p->env->paths, &prefix);
}

static bool knows(nl_expr_parser *p, nl_str name) {
    nl_path path;
    const char *error;
    size_t at;
    bool known = true;
    nl_str nearest;
    if (nl_str_is(name, "now") || nl_expr_is_amount(name))
        return true;
    if (!p->env->type_of || !nl_path_parse(name, p->env->arena, &path, &error, &at))
        return false;
    p->env->type_of(p->env->context, &path, &known, &nearest);
    return known;
}

/* `a-b` is one name. Where there is none such, but an `a` and a `b`, a minus was meant. */
static bool meant_minus(nl_expr_parser *p, const nl_expr_token *t, bool is_known) {
    nl_str text = nl_str_sub(p->expr->text, t->start, t->end);
    for (size_t i = 1, tried = 0; i + 1 < text.n && tried < 8; i++) {
        if (text.p[i] != '-')
            continue;
        tried++;
        nl_str a = nl_str_sub(text, 0, i), b = nl_str_sub(text, i + 1, text.n);
        bool clock = nl_str_is(a, "now") && nl_expr_is_amount(b);
        if (!clock && (is_known || !knows(p, a) || !knows(p, b)))
            continue;
        a = nl_expr_quote(a);
        b = nl_expr_quote(b);
        nl_expr_fail(p->lexer.error, t->start, t->end,
                     "`%.*s-%.*s` is one name; a minus is spaced: write `%.*s - %.*s`", NL_ARG(a),
                     NL_ARG(b), NL_ARG(a), NL_ARG(b));
        return true;
    }
    return false;
}

static bool type_field(nl_expr_parser *p, const nl_expr_token *t, const nl_path *path,
                       nl_type *type) {
    bool known = true;
    nl_str nearest = {NULL, 0};
    *type =
        p->env->type_of ? p->env->type_of(p->env->context, path, &known, &nearest) : NL_TYPE_ANY;
    if (meant_minus(p, t, known && p->env->type_of))
        return false;
    if (known)
        return true;
    nl_str name = nl_expr_quote(path->text);
    nl_str near = nl_expr_quote(nearest);
    if (nearest.p)
        return nl_expr_fail(p->lexer.error, t->start, t->end,
                            "`%.*s` is no field of the tree; did you mean `%.*s`?", NL_ARG(name),
                            NL_ARG(near));
    return nl_expr_fail(p->lexer.error, t->start, t->end,
                        "`%.*s` is no field of the tree; name it under `fields`, or quote it if "
                        "text is meant",
                        NL_ARG(name));
}

/* `file.…` and `body.…`, which are no fields. */
static bool parse_builtin(nl_expr_parser *p, const nl_expr_token *t, const nl_path *path,
                          nl_expr_node **out) {
    static const struct {
        const char *name;
        nl_expr_op op;
        nl_type type;
    } names[] = {{"file.path", NL_E_FILE_PATH, NL_TYPE_STRING},
                 {"file.name", NL_E_FILE_NAME, NL_TYPE_STRING},
                 {"file.dir", NL_E_FILE_DIR, NL_TYPE_STRING},
                 {"body.words", NL_E_BODY_WORDS, NL_TYPE_NUMBER},
                 {"body.headings", NL_E_BODY_HEADINGS, NL_TYPE_NUMBER}};
    bool file = nl_str_starts(path->text, NL_S("file.")),
         body = nl_str_starts(path->text, NL_S("body."));
    *out = NULL;
    if (!file && !body)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (nl_str_is(path->text, names[i].name)) {
            *out = nl_expr_node_new(p, names[i].op, t->start, t->end);
            (*out)->type = names[i].type;
            return true;
        }
    }
    nl_expr_fail(p->lexer.error, t->start, t->end, "`%.*s` is not known; there are %s",
                 NL_ARG(nl_expr_quote(path->text)),
                 file ? "`file.path`, `file.name` and `file.dir`"
                      : "`body.words` and `body.headings`");
    return true;
}

/* Binds a path with [] or .* to the any() or all() around it. */
static bool bind(nl_expr_parser *p, nl_expr_node *n, const nl_path *path) {
    size_t last = 0, first = SIZE_MAX;
    for (size_t i = 0; i < path->count; i++) {
        if (path->steps[i].kind != NL_STEP_KEY) {
            last = i + 1;
            first = first == SIZE_MAX ? i : first;
        }
    }
    size_t prefix = prefix_add(p, path, last);
    if (p->over->path != SIZE_MAX && p->over->path != prefix) {
        nl_str name = nl_expr_quote(p->env->paths->items[p->over->path].text);
        return nl_expr_fail(p->lexer.error, n->start, n->end,
                            "any() and all() go over one list, and this one goes over `%.*s`",
                            NL_ARG(name));
    }
    p->over->path = prefix;
    p->over->base = prefix_add(p, path, first);
    p->over->base_is_map = path->steps[first].kind == NL_STEP_VALUES;
    n->bound = true;
    n->rest = path->steps + last;
    n->rest_count = path->count - last;
    return true;
}

static nl_expr_node *parse_field(nl_expr_parser *p) {
    nl_expr_token t = p->token;
    nl_str text = nl_str_sub(p->expr->text, t.start, t.end);
    nl_path path;
    const char *error;
    size_t at;
    if (!nl_path_parse(text, p->env->arena, &path, &error, &at)) {
        size_t from = t.start + (at < text.n ? at : text.n ? text.n - 1 : 0);
        return NL_EXPR_FAIL(p, from, from + 1, "%s", error);
    }
    nl_expr_node *n;
    if (parse_builtin(p, &t, &path, &n))
        return n && nl_expr_advance(p) ? n : NULL;
    n = nl_expr_node_new(p, NL_E_FIELD, t.start, t.end);
    if (!type_field(p, &t, &path, &n->type))
        return NULL;
    if (path.many && p->over) {
        if (!bind(p, n, &path))
            return NULL;
    } else if (path.many && !p->counting) {
        nl_str name = nl_expr_quote(text);
        return NL_EXPR_FAIL(
            p, t.start, t.end,
            "`%.*s` stands for several values; put any(…) or all(…) around the comparison",
            NL_ARG(name));
    }
    n->path = nl_path_table_add(p->env->paths, &path);
    path_used(p, n->path);
    return nl_expr_advance(p) ? n : NULL;
}

/* ---- Literals */

/* Undoes the escapes of a string. */
static bool unescape(nl_expr_parser *p, const nl_expr_token *t, nl_str *out) {
    nl_str raw = t->value.text;
    char *to = nl_arena_alloc(p->env->arena, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '\\') {
            c = raw.p[++i];
            if (c == 'n' || c == 't' || c == 'r')
                c = c == 'n' ? '\n' : c == 't' ? '\t' : '\r';
            else if (c != '\\' && c != '\'' && c != '"')
                return nl_expr_fail(p->lexer.error, t->start + i, t->start + i + 2,
                                    "this escape is not known; write `\\\\` for a backslash");
        }
        to[n++] = c;
    }
    *out = nl_str_n(to, n);
    return true;
}

nl_expr_node *nl_expr_literal(nl_expr_parser *p, size_t start, nl_expr_value value) {
    static const nl_type types[] = {
        [NL_V_NULL] = NL_TYPE_NULL,         [NL_V_BOOL] = NL_TYPE_BOOL,
        [NL_V_INT] = NL_TYPE_NUMBER,        [NL_V_FLOAT] = NL_TYPE_NUMBER,
        [NL_V_STRING] = NL_TYPE_STRING,     [NL_V_TIME] = NL_TYPE_TIME,
        [NL_V_DURATION] = NL_TYPE_DURATION,
    };
    nl_expr_node *n = nl_expr_node_new(p, NL_E_LITERAL, start, p->token.end);
    n->value = value;
    n->type = types[value.kind];
    return nl_expr_advance(p) ? n : NULL;
}

static nl_expr_node *parse_literal(nl_expr_parser *p) {
    nl_expr_value value = p->token.value;
    if (value.kind == NL_V_STRING && !unescape(p, &p->token, &value.text))
        return NULL;
    return nl_expr_literal(p, p->token.start, value);
}

static nl_expr_node *parse_negative(nl_expr_parser *p) {
    size_t start = p->token.start;
    if (!nl_expr_advance(p))
        return NULL;
    nl_expr_value v = p->token.value;
    bool number = p->token.kind == NL_T_LITERAL &&
                  (v.kind == NL_V_INT || v.kind == NL_V_FLOAT || v.kind == NL_V_DURATION);
    if (!number)
        return NL_EXPR_FAIL(p, start, start + 1,
                            "a minus stands between two values or before a number; write `0 - …`");
    v.integer = -v.integer;
    v.number = -v.number;
    return nl_expr_literal(p, start, v);
}

static nl_expr_node *parse_list(nl_expr_parser *p) {
    nl_expr_node *n = nl_expr_node_new(p, NL_E_LIST, p->token.start, 0);
    size_t cap = 0;
    if (!nl_expr_advance(p))
        return NULL;
    while (p->token.kind != NL_T_CLOSE_LIST) {
        nl_expr_node *item = nl_expr_parse_or(p);
        if (!item)
            return NULL;
        nl_expr_item_add(p, n, item, &cap);
        if (p->token.kind == NL_T_COMMA) {
            if (!nl_expr_advance(p))
                return NULL;
        } else if (p->token.kind != NL_T_CLOSE_LIST) {
            return NL_EXPR_FAIL(p, p->token.start, p->token.end,
                                "`,` or `]` is wanted in the list that begins at byte %zu",
                                n->start + 1);
        }
    }
    n->end = p->token.end;
    n = nl_expr_typed(p, n);
    return n && nl_expr_advance(p) ? n : NULL;
}

/* ---- Calls */

static nl_expr_fn fn_named(nl_str name) {
    for (int i = 0; i < NL_F_NONE; i++)
        if (nl_str_eq(name, nl_expr_fn_names[i]))
            return (nl_expr_fn)i;
    return NL_F_NONE;
}

static nl_expr_node *fail_fn(nl_expr_parser *p) {
    nl_expr_token t = p->token;
    nl_str name = nl_str_sub(p->expr->text, t.start, t.end);
    const nl_str *near = nl_str_nearest(name, nl_expr_fn_names, NL_F_NONE);
    name = nl_expr_quote(name);
    if (near)
        return NL_EXPR_FAIL(p, t.start, t.end, "`%.*s()` is no function; did you mean `%.*s()`?",
                            NL_ARG(name), NL_ARG(*near));
    return NL_EXPR_FAIL(
        p, t.start, t.end,
        "`%.*s()` is no function; there are has, len, lower, upper, count, starts-with, "
        "ends-with, year, month, day, any and all",
        NL_ARG(name));
}

static bool parse_arguments(nl_expr_parser *p, nl_expr_node *n) {
    size_t cap = 0;
    size_t wanted = n->fn == NL_F_STARTS_WITH || n->fn == NL_F_ENDS_WITH ? 2 : 1;
    while (p->token.kind != NL_T_CLOSE) {
        nl_expr_node *item = nl_expr_parse_or(p);
        if (!item)
            return false;
        nl_expr_item_add(p, n, item, &cap);
        if (p->token.kind == NL_T_COMMA) {
            if (!nl_expr_advance(p))
                return false;
        } else if (p->token.kind != NL_T_CLOSE) {
            return nl_expr_fail(p->lexer.error, p->token.start, p->token.end,
                                "`)` is wanted behind what %.*s() takes",
                                NL_ARG(nl_expr_fn_names[n->fn]));
        }
    }
    n->end = p->token.end;
    if (n->count == wanted)
        return true;
    return nl_expr_fail(p->lexer.error, n->start, n->end, "%.*s() takes %s, not %zu",
                        NL_ARG(nl_expr_fn_names[n->fn]), wanted == 1 ? "one value" : "two values",
                        n->count);
}

static bool check_over(nl_expr_parser *p, const nl_expr_node *n) {
    nl_str name = nl_expr_fn_names[n->fn];
    if (n->path != SIZE_MAX)
        return true;
    return nl_expr_fail(p->lexer.error, n->start, n->end,
                        "%.*s() goes over a list: name its items with `[]`, as in `%.*s(tags[] == "
                        "'x')`, or a map's values with `.*`",
                        NL_ARG(name), NL_ARG(name));
}

static nl_expr_node *parse_call(nl_expr_parser *p) {
    nl_expr_node *n = nl_expr_node_new(p, NL_E_CALL, p->token.start, p->token.end);
    n->fn = fn_named(nl_str_sub(p->expr->text, n->start, n->end));
    n->path = SIZE_MAX;
    if (n->fn == NL_F_NONE)
        return fail_fn(p);
    bool over = n->fn == NL_F_ANY || n->fn == NL_F_ALL, was_counting = p->counting;
    nl_expr_node *was_over = p->over;
    if (over && was_over)
        return NL_EXPR_FAIL(p, n->start, n->end, "any() and all() do not stand within one another");
    if (over)
        p->over = n;
    else if (n->fn == NL_F_COUNT)
        p->over = NULL;
    p->counting = n->fn == NL_F_HAS || n->fn == NL_F_COUNT;
    /* Two words: the name and `(`. NOLINTNEXTLINE(misc-redundant-expression) */
    bool fine = nl_expr_advance(p) && nl_expr_advance(p) && parse_arguments(p, n);
    p->over = was_over;
    p->counting = was_counting;
    if (!fine || (over && !check_over(p, n)))
        return NULL;
    n = nl_expr_typed(p, n);
    return n && nl_expr_advance(p) ? n : NULL;
}

/* ---- Any operand */

static nl_expr_node *parse_group(nl_expr_parser *p) {
    size_t start = p->token.start;
    if (!nl_expr_advance(p))
        return NULL;
    nl_expr_node *n = nl_expr_parse_or(p);
    if (!n)
        return NULL;
    if (p->token.kind != NL_T_CLOSE)
        return NL_EXPR_FAIL(p, p->token.start, p->token.end,
                            "`)` is wanted for the parenthesis at byte %zu", start + 1);
    return nl_expr_advance(p) ? n : NULL;
}

nl_expr_node *nl_expr_parse_operand(nl_expr_parser *p) {
    switch (p->token.kind) {
    case NL_T_PATH:
        return parse_field(p);
    case NL_T_LITERAL:
        return parse_literal(p);
    case NL_T_CALL:
        return parse_call(p);
    case NL_T_OPEN:
        return parse_group(p);
    case NL_T_OPEN_LIST:
        return parse_list(p);
    case NL_T_MINUS:
        return parse_negative(p);
    case NL_T_NOW: {
        nl_expr_node *n = nl_expr_node_new(p, NL_E_NOW, p->token.start, p->token.end);
        n->type = NL_TYPE_TIME;
        return nl_expr_advance(p) ? n : NULL;
    }
    case NL_T_BAD:
        return NULL;
    case NL_T_END:
        return NL_EXPR_FAIL(p, p->token.start, p->token.end,
                            p->expr->text.n ? "the expression ends where a value is wanted"
                                            : "an expression is wanted, as in `draft != true`");
    default: {
        nl_str shown = nl_expr_quote(nl_str_sub(p->expr->text, p->token.start, p->token.end));
        return NL_EXPR_FAIL(p, p->token.start, p->token.end, "a value is wanted before `%.*s`",
                            NL_ARG(shown));
    }
    }
}
