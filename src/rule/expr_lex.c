/* Expressions to tokens: names, literals, operators; and what people write instead of them. */
#include "base/utf8.h"
#include "rule/expr_node.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool nl_expr_fail(nl_expr_error *error, size_t start, size_t end, const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    (void)vsnprintf(error->message, sizeof error->message, format, ap);
    va_end(ap);
    error->start = start;
    error->end = end;
    return false;
}

nl_str nl_expr_quote(nl_str text) {
    enum { MOST = 60 };
    return nl_str_sub(text, 0, nl_utf8_start(text, MOST));
}

bool nl_expr_time(nl_str text, nl_time *out) {
    nl_time_read_to(text, out);
    return out->fault < NL_TIME_SPELLING;
}

static nl_expr_token token(nl_expr_lexer *l, nl_expr_token_kind kind, size_t end) {
    nl_expr_token t = {.kind = kind, .start = l->at, .end = end};
    l->at = end;
    return t;
}

static nl_expr_token bad(nl_expr_lexer *l) {
    return (nl_expr_token){.kind = NL_T_BAD, .start = l->at, .end = l->at};
}

static char at(const nl_expr_lexer *l, size_t i) {
    return i < l->text.n ? l->text.p[i] : '\0';
}

/* ---- Names */

static bool is_name_char(char c) {
    return nl_is_alnum((unsigned char)c) || c == '_' || ((unsigned char)c & 0x80);
}

static bool is_digit(char c) {
    return nl_is_digit((unsigned char)c);
}

/* A hyphen or a colon belongs to the name when more of it follows. */
static size_t name_end(const nl_expr_lexer *l, size_t i) {
    while (is_name_char(at(l, i)) ||
           ((at(l, i) == '-' || at(l, i) == ':') && is_name_char(at(l, i + 1))))
        i++;
    return i;
}

/* SIZE_MAX if the quote is never closed. */
static size_t quoted_end(const nl_expr_lexer *l, size_t i) {
    char quote = at(l, i++);
    while (i < l->text.n && at(l, i) != quote)
        i += at(l, i) == '\\' ? 2 : 1;
    return i < l->text.n ? i + 1 : SIZE_MAX;
}

/* The end of a path of which the first key ends at i. */
static size_t path_end(const nl_expr_lexer *l, size_t i) {
    for (;;) {
        if (at(l, i) == '[') {
            while (i < l->text.n && at(l, i) != ']')
                i++;
            i += i < l->text.n;
        } else if (at(l, i) != '.') {
            return i;
        } else if (at(l, ++i) == '*') {
            i++;
        } else if (at(l, i) == '"' || at(l, i) == '\'') {
            i = quoted_end(l, i);
            if (i == SIZE_MAX)
                return l->text.n;
        } else {
            i = name_end(l, i);
        }
    }
}

static nl_expr_token word(nl_expr_lexer *l) {
    static const struct {
        const char *name;
        nl_expr_token_kind kind;
        nl_expr_value value;
    } words[] = {
        {"or", NL_T_OR, {0}},
        {"and", NL_T_AND, {0}},
        {"not", NL_T_NOT, {0}},
        {"in", NL_T_IN, {0}},
        {"matches", NL_T_MATCHES, {0}},
        {"now", NL_T_NOW, {0}},
        {"true", NL_T_LITERAL, {.kind = NL_V_BOOL, .boolean = true}},
        {"false", NL_T_LITERAL, {.kind = NL_V_BOOL}},
        {"null", NL_T_LITERAL, {.kind = NL_V_NULL}},
    };
    size_t end = name_end(l, l->at);
    nl_str name = nl_str_sub(l->text, l->at, end);
    for (size_t i = 0; i < sizeof words / sizeof *words && at(l, end) != '.'; i++) {
        if (nl_str_is(name, words[i].name)) {
            nl_expr_token t = token(l, words[i].kind, end);
            t.value = words[i].value;
            return t;
        }
    }
    if (at(l, end) == '(')
        return token(l, NL_T_CALL, end);
    return token(l, NL_T_PATH, path_end(l, end));
}

/* ---- Strings */

/* After `matches` a string is a regex: its backslashes are the regex's own. */
static nl_expr_token string(nl_expr_lexer *l) {
    size_t end = quoted_end(l, l->at);
    char quote = at(l, l->at);
    if (end == SIZE_MAX) {
        nl_expr_fail(l->error, l->at, l->at + 1,
                     "the string is not closed: `%c` is wanted at its "
                     "end",
                     quote);
        return bad(l);
    }
    if (at(l, end) == '.' || (at(l, end) == '[' && at(l, end + 1) == ']'))
        return token(l, NL_T_PATH, path_end(l, end));
    nl_expr_token t = token(l, NL_T_LITERAL, end);
    t.value.kind = NL_V_STRING;
    t.value.text = nl_str_sub(l->text, t.start + 1, end - 1);
    return t;
}

/* ---- Numbers, times, durations */

/* Digits with at most one point among them; read as YAML reads them. */
static bool read_number(nl_str s, nl_expr_value *out) {
    size_t dots = 0;
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]) && (s.p[i] != '.' || ++dots > 1 || i == 0 || i + 1 == s.n))
            return false;
    nl_value v = {.text = s};
    nl_value_resolve(&v);
    bool integer = v.kind == NL_INT && !v.big;
    *out = (nl_expr_value){
        .kind = integer ? NL_V_INT : NL_V_FLOAT, .integer = v.integer, .number = v.number};
    return s.n > 0 && (v.kind == NL_INT || v.kind == NL_FLOAT) && isfinite(v.number);
}

static bool read_duration(nl_str s, nl_expr_value *out) {
    *out = (nl_expr_value){.kind = NL_V_DURATION};
    return nl_duration_read(s, &out->integer);
}

bool nl_expr_is_amount(nl_str text) {
    nl_expr_value v;
    return read_number(text, &v) || read_duration(text, &v);
}

static nl_expr_token time_literal(nl_expr_lexer *l) {
    size_t end = l->at;
    while (is_name_char(at(l, end)) || (at(l, end) == '-' && is_digit(at(l, end + 1))) ||
           (at(l, end) && strchr(":.", at(l, end)) && is_digit(at(l, end + 1))) ||
           (at(l, end) == '+' && is_digit(at(l, end + 1)) && end > l->at + 10))
        end++;
    nl_str text = nl_str_sub(l->text, l->at, end);
    nl_time t = nl_time_read(text);
    if (t.fault != NL_TIME_OK) {
        nl_str why = nl_time_explain(text, &t, l->arena);
        nl_str shown = nl_expr_quote(text);
        nl_expr_fail(l->error, l->at + t.fault_start, l->at + t.fault_end,
                     "`%.*s` is no ISO time: %.*s", NL_ARG(shown), NL_ARG(why));
        return bad(l);
    }
    nl_expr_token out = token(l, NL_T_LITERAL, end);
    out.value = (nl_expr_value){.kind = NL_V_TIME, .time = t.instant, .text = text};
    return out;
}

static bool looks_like_date(const nl_expr_lexer *l) {
    for (size_t i = 0; i < 4; i++)
        if (!is_digit(at(l, l->at + i)))
            return false;
    return at(l, l->at + 4) == '-' && is_digit(at(l, l->at + 5));
}

static nl_expr_token amount(nl_expr_lexer *l) {
    if (looks_like_date(l))
        return time_literal(l);
    size_t end = l->at;
    while (is_name_char(at(l, end)) || (at(l, end) == '.' && is_digit(at(l, end + 1))))
        end++;
    nl_str text = nl_str_sub(l->text, l->at, end);
    nl_expr_value value;
    if (!read_number(text, &value) && !read_duration(text, &value)) {
        nl_str shown = nl_expr_quote(text);
        nl_expr_fail(l->error, l->at, end,
                     "`%.*s` is no number, time or duration; durations are like `10m`, `2h`, "
                     "`7d`, and a key that begins with a digit cannot stand first",
                     NL_ARG(shown));
        return bad(l);
    }
    nl_expr_token t = token(l, NL_T_LITERAL, end);
    t.value = value;
    return t;
}

/* ---- Operators */

static nl_expr_token operator(nl_expr_lexer *l) {
    static const struct {
        const char *text;
        nl_expr_token_kind kind;
        const char *instead; /* NL_T_BAD: what to write */
    } operators[] = {
        /* longer ones first */
        {"===", NL_T_BAD, "`==`"},     {"!==", NL_T_BAD, "`!=`"},
        {"==", NL_T_EQ, NULL},         {"!=", NL_T_NE, NULL},
        {"<=", NL_T_LE, NULL},         {">=", NL_T_GE, NULL},
        {"=~", NL_T_BAD, "`matches`"}, {"!~", NL_T_BAD, "`not … matches`"},
        {"=<", NL_T_BAD, "`<=`"},      {"=>", NL_T_BAD, "`>=`"},
        {"<>", NL_T_BAD, "`!=`"},      {"&&", NL_T_BAD, "`and`"},
        {"||", NL_T_BAD, "`or`"},      {"<", NL_T_LT, NULL},
        {">", NL_T_GT, NULL},          {"+", NL_T_PLUS, NULL},
        {"-", NL_T_MINUS, NULL},       {"(", NL_T_OPEN, NULL},
        {")", NL_T_CLOSE, NULL},       {"[", NL_T_OPEN_LIST, NULL},
        {"]", NL_T_CLOSE_LIST, NULL},  {",", NL_T_COMMA, NULL},
        {"=", NL_T_BAD, "`==`"},       {"~", NL_T_BAD, "`matches`"},
        {"!", NL_T_BAD, "`not`"},      {"&", NL_T_BAD, "`and`"},
        {"|", NL_T_BAD, "`or`"},
    };
    nl_str rest = nl_str_sub(l->text, l->at, l->text.n);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        nl_str text = nl_str_c(operators[i].text);
        if (!nl_str_starts(rest, text))
            continue;
        if (operators[i].kind != NL_T_BAD)
            return token(l, operators[i].kind, l->at + text.n);
        nl_expr_fail(l->error, l->at, l->at + text.n, "`%s` is no operator here; write %s",
                     operators[i].text, operators[i].instead);
        return bad(l);
    }
    char c = at(l, l->at);
    if (c > ' ' && c < 0x7F && strchr("*/%^", c))
        nl_expr_fail(l->error, l->at, l->at + 1,
                     "`%c` is not known; expressions add and subtract only", c);
    else if (c > ' ' && c < 0x7F)
        nl_expr_fail(l->error, l->at, l->at + 1,
                     "`%c` has no meaning in an expression; text is quoted", c);
    else
        nl_expr_fail(l->error, l->at, l->at + 1,
                     "byte 0x%02x has no meaning in an expression; text is quoted",
                     (unsigned)(unsigned char)c);
    return bad(l);
}

nl_expr_token nl_expr_next(nl_expr_lexer *l) {
    while (l->at < l->text.n && strchr(" \t\r\n", l->text.p[l->at]) && l->text.p[l->at])
        l->at++;
    if (l->at >= l->text.n)
        return token(l, NL_T_END, l->at);
    char c = l->text.p[l->at];
    if (is_digit(c))
        return amount(l);
    if (is_name_char(c))
        return word(l);
    if (c == '"' || c == '\'')
        return string(l);
    return operator(l);
}
