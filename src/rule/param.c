/*
 * Reading options by the rows of a check. Every mistake names the option, what was found and what
 * is wanted, at the exact place.
 */
#include "rule/load.h"
#include "rule/say.h"

#include "base/unicode.h"

#include <math.h>
#include <stdio.h>

enum { FOUND_MAX = 40 }; /* characters of what was found, in a message */

const char *nl_suggest(nl_str word, const nl_str *candidates, size_t count, nl_arena *arena) {
    const nl_str *near = nl_str_nearest(word, candidates, count);
    if (!near)
        return "";
    nl_buf b = {0};
    nl_buf_printf(&b, ": did you mean `%.*s`?", NL_ARG(*near));
    char *text = nl_arena_copy(arena, b.p, b.n);
    nl_buf_free(&b);
    return text;
}

const char *nl_load_found(nl_arena *arena, const nl_value *v) {
    static const char *const kinds[] = {[NL_LIST] = "a list", [NL_MAP] = "a map"};
    if (v->kind == NL_LIST || v->kind == NL_MAP)
        return kinds[v->kind];
    if (v->kind == NL_NULL)
        return "null";
    nl_buf b = {0};
    size_t end = 0, width;
    for (size_t n = 0; end < v->text.n && n < FOUND_MAX; n++)
        end += nl_grapheme_read(v->text.p + end, v->text.n - end, &width);
    nl_buf_printf(&b, "`%.*s%s`", NL_ARG(nl_str_sub(v->text, 0, end)), end < v->text.n ? "…" : "");
    char *text = nl_arena_copy(arena, b.p, b.n);
    nl_buf_free(&b);
    return text;
}

const nl_param *nl_param_find(const nl_param *rows, nl_str name) {
    for (; rows && rows->name; rows++)
        if (nl_str_is(name, rows->name))
            return rows;
    return NULL;
}

void nl_param_takes(const nl_param *row, nl_buf *out) {
    static const char *const words[] = {
        [NL_PARAM_BOOL] = "true or false",
        [NL_PARAM_COUNT] = "a whole number",
        [NL_PARAM_NUMBER] = "a number",
        [NL_PARAM_TEXT] = "a string",
        [NL_PARAM_TEXTS] = "a string, or a list of them",
        [NL_PARAM_CHOICE] = "one of ",
        [NL_PARAM_CHOICES] = "some of ",
        [NL_PARAM_VALUES] = "a list of values",
        [NL_PARAM_PATTERN] = "a regex",
        [NL_PARAM_PATTERNS] = "a regex, or a list of them",
        [NL_PARAM_EXPR] = "an expression",
        [NL_PARAM_TIME] = "a time",
        [NL_PARAM_PATHS] = "a field, or a list of them",
        [NL_PARAM_PAIRS] = "a map of strings",
        [NL_PARAM_TREE] = "as told here",
    };
    nl_buf_puts(out, words[row->type]);
    for (size_t i = 0; row->choices && row->choices[i]; i++)
        nl_buf_printf(out, "%s%s", i ? ", " : "", row->choices[i]);
    if (row->max > row->min)
        nl_buf_printf(out, " from %g to %g", row->min, row->max);
}

static bool is_scalar(const nl_value *v) {
    return v->kind != NL_LIST && v->kind != NL_MAP;
}

static bool wrong(nl_load *load, const nl_value *v, const char *name, const char *wanted) {
    if (v->kind == NL_STRING)
        nl_load_error_at(load, v, "`%s` wants %s, not the string `%.*s`", name, wanted,
                         NL_ARG(v->text));
    else if (is_scalar(v) && v->text.n)
        nl_load_error_at(load, v, "`%s` wants %s, not `%.*s`", name, wanted, NL_ARG(v->text));
    else
        nl_load_error_at(load, v, "`%s` wants %s, not %s", name, wanted, nl_say_kind(v->kind));
    return false;
}

/* The members of a list, or the scalar as a list of one. */
static size_t members(const nl_value *const *v, const nl_value *const **items) {
    if ((*v)->kind == NL_LIST) {
        *items = (const nl_value *const *)(*v)->items;
        return (*v)->count;
    }
    *items = v;
    return 1;
}

static bool read_bool(nl_load *load, const nl_param *row, const nl_value *v, bool *out) {
    if (v->kind != NL_BOOL)
        return wrong(load, v, row->name, "true or false");
    *out = v->boolean;
    return true;
}

static bool read_number(nl_load *load, const nl_param *row, const nl_value *v, double *out) {
    if (v->kind != NL_INT && v->kind != NL_FLOAT)
        return wrong(load, v, row->name, "a number");
    if (isnan(v->number) ||
        (row->max > row->min && !(v->number >= row->min && v->number <= row->max))) {
        nl_load_error_at(load, v, "`%s` must lie between %g and %g", row->name, row->min, row->max);
        return false;
    }
    *out = v->number;
    return true;
}

static bool read_count(nl_load *load, const nl_param *row, const nl_value *v, int64_t *out) {
    if (v->kind != NL_INT || v->big || v->integer < 0)
        return wrong(load, v, row->name, "a whole number from 0");
    if (row->max > row->min && ((double)v->integer < row->min || (double)v->integer > row->max)) {
        nl_load_error_at(load, v, "`%s` must lie between %g and %g", row->name, row->min, row->max);
        return false;
    }
    *out = v->integer;
    return true;
}

static bool read_text(nl_load *load, const nl_param *row, const nl_value *v, nl_str *out) {
    if (!is_scalar(v) || v->kind == NL_NULL)
        return wrong(load, v, row->name, "a string");
    *out = v->text;
    return true;
}

static bool read_texts(nl_load *load, const char *name, const nl_value *v, nl_texts *out) {
    const nl_value *const *items;
    size_t n = members(&v, &items);
    out->items = NL_NEW_ARRAY(load->arena, nl_str, n);
    out->count = n;
    for (size_t i = 0; i < n; i++) {
        if (!is_scalar(items[i]) || items[i]->kind == NL_NULL)
            return wrong(load, items[i], name, "strings");
        out->items[i] = items[i]->text;
    }
    return true;
}

static bool find_choice(nl_load *load, const nl_param *row, const nl_value *v, nl_str word,
                        int *out) {
    nl_str names[32];
    size_t n = 0;
    for (; n < 32 && row->choices[n]; n++) {
        names[n] = nl_str_c(row->choices[n]);
        if (nl_str_eq(word, names[n])) {
            *out = (int)n;
            return true;
        }
    }
    nl_buf all = {0};
    for (size_t i = 0; i < n; i++)
        nl_buf_printf(&all, "%s%s", i ? ", " : "", row->choices[i]);
    nl_load_error_at(load, v, "`%s` cannot be `%.*s`, it is one of %s%s", row->name, NL_ARG(word),
                     nl_buf_c(&all), nl_suggest(word, names, n, load->arena));
    nl_buf_free(&all);
    return false;
}

static bool read_choice(nl_load *load, const nl_param *row, const nl_value *v, int *out) {
    if (!is_scalar(v))
        return wrong(load, v, row->name, "one word");
    return find_choice(load, row, v, v->text, out);
}

/* A list, one word, or several with `|` between. */
static bool read_choices(nl_load *load, const nl_param *row, const nl_value *v, unsigned *out) {
    const nl_value *const *items;
    size_t n = members(&v, &items);
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_scalar(items[i]))
            return wrong(load, items[i], row->name, "words");
        nl_str rest = items[i]->text;
        for (bool more = true; more;) {
            size_t bar = nl_str_find(rest, '|');
            int choice;
            if (!find_choice(load, row, items[i], nl_str_trim(nl_str_sub(rest, 0, bar)), &choice))
                return false;
            *out |= 1u << choice;
            more = bar < rest.n;
            rest = nl_str_sub(rest, bar + 1, rest.n);
        }
    }
    return true;
}

static bool read_values(nl_load *load, const nl_param *row, const nl_value *v, nl_choices *out) {
    const nl_value *const *items;
    out->count = members(&v, &items);
    out->items = NL_NEW_ARRAY(load->arena, const nl_value *, out->count);
    for (size_t i = 0; i < out->count; i++) {
        if (!is_scalar(items[i]))
            return wrong(load, items[i], row->name, "a list of strings, numbers or booleans");
        out->items[i] = items[i];
    }
    if (out->count == 0) {
        nl_load_error_at(load, v, "`%s` is an empty list: nothing could ever match", row->name);
        return false;
    }
    return true;
}

const nl_pattern *nl_load_pattern(nl_load *load, const nl_value *v, bool ignore_case) {
    if (!is_scalar(v) || v->kind == NL_NULL) {
        wrong(load, v, "a regex", "a string");
        return NULL;
    }
    nl_pattern_error error;
    const nl_pattern *p = nl_pattern_get(&load->set->patterns, v->text, ignore_case, &error);
    if (!p) {
        const nl_rule_file *file = nl_load_file_of(load, v);
        nl_span span;
        nl_value_locate(&file->source, v, error.start, error.end, &span);
        nl_rule_file_error(load->set, file, span, "bad regex: %s", error.message);
        load->failed = true;
    }
    return p;
}

/* Is `ignore-case` set among the options that are being read? Patterns are compiled with it. */
static bool ignores_case(const nl_load *load) {
    for (size_t i = 0; i < load->option_count; i++)
        if (nl_str_is(load->options[i].name, "ignore-case"))
            return load->options[i].value->kind == NL_BOOL && load->options[i].value->boolean;
    return false;
}

static bool read_patterns(nl_load *load, const nl_value *v, nl_patterns *out) {
    const nl_value *const *items;
    out->count = members(&v, &items);
    out->items = NL_NEW_ARRAY(load->arena, const nl_pattern *, out->count);
    bool good = true;
    for (size_t i = 0; i < out->count; i++) {
        out->items[i] = nl_load_pattern(load, items[i], ignores_case(load));
        good = good && out->items[i];
    }
    return good;
}

static bool read_expr(nl_load *load, const nl_param *row, const nl_value *v, const nl_expr **out) {
    if (!is_scalar(v) || v->kind == NL_NULL)
        return wrong(load, v, row->name, "an expression");
    nl_expr_error error;
    nl_expr_env env = nl_load_expr_env(load);
    *out = nl_expr_parse(v->text, &env, &error);
    if (*out)
        return true;
    const nl_rule_file *file = nl_load_file_of(load, v);
    nl_span span;
    nl_value_locate(&file->source, v, error.start, error.end, &span);
    nl_rule_file_error(load->set, file, span, "%s", error.message);
    load->failed = true;
    return false;
}

static bool read_bound(nl_load *load, const nl_param *row, const nl_value *v, nl_bound *out) {
    *out = (nl_bound){.text = v->text};
    if (!is_scalar(v))
        return wrong(load, v, row->name, "a time");
    nl_str text = v->text;
    if (nl_str_starts(text, NL_S("now"))) {
        nl_str rest = nl_str_trim(nl_str_sub(text, 3, text.n));
        int64_t seconds = 0;
        bool sign = rest.n && (rest.p[0] == '+' || rest.p[0] == '-');
        if (rest.n == 0 ||
            (sign && nl_duration_read(nl_str_trim(nl_str_sub(rest, 1, rest.n)), &seconds))) {
            out->set = out->from_now = true;
            out->shift = rest.n && rest.p[0] == '-' ? -seconds : seconds;
            return true;
        }
    } else {
        nl_time t = nl_time_read(text);
        if (t.fault == NL_TIME_OK && (t.instant_known || t.form == NL_TIME_DATE)) {
            out->set = true;
            out->instant = t.instant;
            return true;
        }
    }
    nl_load_error_at(load, v,
                     "`%s` wants a time such as 2025-01-31T12:00:00Z, a date, `now` or `now+1h`",
                     row->name);
    return false;
}

size_t nl_load_path(nl_load *load, const char *option, nl_str text) {
    nl_path path;
    const char *error;
    size_t at;
    if (nl_path_parse(text, load->arena, &path, &error, &at))
        return nl_path_table_add(&load->set->paths, &path);
    nl_load_error(load, option, "bad field path `%.*s`: %s", NL_ARG(text), error);
    return SIZE_MAX;
}

static bool read_paths(nl_load *load, const nl_param *row, const nl_value *v,
                       nl_path_numbers *out) {
    nl_texts texts;
    if (!read_texts(load, row->name, v, &texts))
        return false;
    out->count = texts.count;
    out->items = NL_NEW_ARRAY(load->arena, size_t, texts.count);
    for (size_t i = 0; i < texts.count; i++)
        if ((out->items[i] = nl_load_path(load, row->name, texts.items[i])) == SIZE_MAX)
            return false;
    return true;
}

static bool read_pairs(nl_load *load, const nl_param *row, const nl_value *v, nl_pairs *out) {
    if (v->kind != NL_MAP)
        return wrong(load, v, row->name, "a map of strings");
    out->count = v->count;
    out->keys = NL_NEW_ARRAY(load->arena, nl_str, v->count);
    out->values = NL_NEW_ARRAY(load->arena, nl_str, v->count);
    for (size_t i = 0; i < v->count; i++) {
        if (!is_scalar(v->entries[i].value))
            return wrong(load, v->entries[i].value, row->name, "a map of strings");
        out->keys[i] = v->entries[i].key->text;
        out->values[i] = v->entries[i].value->text;
    }
    return true;
}

bool nl_param_read(nl_load *load, const nl_param *row, const nl_option *option, void *into) {
    void *at = (char *)into + row->offset;
    const nl_value *v = option->value;
    switch (row->type) {
    case NL_PARAM_BOOL:
        return read_bool(load, row, v, at);
    case NL_PARAM_COUNT:
        return read_count(load, row, v, at);
    case NL_PARAM_NUMBER:
        return read_number(load, row, v, at);
    case NL_PARAM_TEXT:
        return read_text(load, row, v, at);
    case NL_PARAM_TEXTS:
        return read_texts(load, row->name, v, at);
    case NL_PARAM_CHOICE:
        return read_choice(load, row, v, at);
    case NL_PARAM_CHOICES:
        return read_choices(load, row, v, at);
    case NL_PARAM_VALUES:
        return read_values(load, row, v, at);
    case NL_PARAM_PATTERN:
        return (*(const nl_pattern **)at = nl_load_pattern(load, v, ignores_case(load))) != NULL;
    case NL_PARAM_PATTERNS:
        return read_patterns(load, v, at);
    case NL_PARAM_EXPR:
        return read_expr(load, row, v, at);
    case NL_PARAM_TIME:
        return read_bound(load, row, v, at);
    case NL_PARAM_PATHS:
        return read_paths(load, row, v, at);
    case NL_PARAM_PAIRS:
        return read_pairs(load, row, v, at);
    case NL_PARAM_TREE:
        *(const nl_value **)at = v;
        return true;
    }
    return false;
}

/* Unset, where all zero bytes would be an answer. */
static void unset(const nl_param *row, void *at) {
    if (row->type == NL_PARAM_COUNT)
        *(int64_t *)at = -1;
    else if (row->type == NL_PARAM_NUMBER)
        *(double *)at = NAN;
    else if (row->type == NL_PARAM_CHOICE)
        *(int *)at = -1;
}

void nl_params_default(nl_load *load, const nl_param *rows, void *into) {
    for (const nl_param *row = rows; row && row->name; row++) {
        unset(row, (char *)into + row->offset);
        if (!row->fallback)
            continue;
        nl_value *v = NL_NEW(load->arena, nl_value);
        v->text = nl_str_c(row->fallback);
        nl_value_resolve(v);
        nl_option option = {nl_str_c(row->name), v, NULL};
        bool good = nl_param_read(load, row, &option, into);
        (void)good; /* a default that does not read is a bug, found by the test of all rows */
    }
}
