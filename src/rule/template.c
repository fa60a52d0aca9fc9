/*
 * Message templates: split into pieces once, filled for each finding. What fills a name is either
 * given by the check, already fit to be shown, or a field's value, made so here.
 */
#include "rule/template.h"

#include "base/buf.h"
#include "base/mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct piece {
    nl_str text; /* literal text, or the name that is given */
    bool name;
    size_t path; /* SIZE_MAX, or the number of the path that the name is */
} piece;

struct nl_template {
    piece *pieces;
    size_t count;
};

static const char *const common_names[] = {"field", "value", "expected", "suggestion", NULL};

/* ---- Splitting */

typedef enum fault { FAULT_NONE, FAULT_OPEN, FAULT_CLOSE, FAULT_EMPTY } fault;

/* The piece at *at, which is moved behind it. A quoted key in a name may hold braces. */
static piece next_piece(nl_str s, size_t *at, fault *wrong) {
    size_t start = *at, end = start;
    char c = s.p[start];
    *wrong = FAULT_NONE;
    if (c != '{' && c != '}') {
        while (end < s.n && s.p[end] != '{' && s.p[end] != '}')
            end++;
        *at = end;
        return (piece){.text = nl_str_sub(s, start, end), .path = SIZE_MAX};
    }
    if (start + 1 < s.n && s.p[start + 1] == c) {
        *at = start + 2;
        return (piece){.text = nl_str_sub(s, start, start + 1), .path = SIZE_MAX};
    }
    char quote = '\0';
    for (end = start + 1; end < s.n && (quote || (s.p[end] != '}' && s.p[end] != '{')); end++)
        if (quote ? s.p[end] == quote : s.p[end] == '"' || s.p[end] == '\'')
            quote = quote ? '\0' : s.p[end];
    nl_str name = nl_str_trim(nl_str_sub(s, start + 1, end));
    if (c == '}')
        *wrong = FAULT_CLOSE;
    else if (end == s.n || s.p[end] != '}')
        *wrong = FAULT_OPEN;
    else if (name.n == 0)
        *wrong = FAULT_EMPTY;
    *at = end < s.n ? end + 1 : end;
    return (piece){.text = name, .name = true, .path = SIZE_MAX};
}

static bool is_among(nl_str name, const char *const *names) {
    for (; names && *names; names++)
        if (nl_str_is(name, *names))
            return true;
    return false;
}

/* ---- Compiling */

typedef struct compiler {
    const char *const *names;
    nl_path_table *paths;
    bool (*knows)(void *context, const nl_path *path);
    void *context;
    nl_arena *arena;
    nl_template_error *error;
} compiler;

static bool fail(compiler *c, size_t start, size_t end, const char *what) {
    c->error->start = start;
    c->error->end = end;
    snprintf(c->error->message, sizeof c->error->message, "%s", what);
    return false;
}

static bool fail_fault(compiler *c, size_t start, size_t end, fault wrong) {
    if (wrong == FAULT_OPEN)
        return fail(c, start, start + 1,
                    "`{` is not closed by `}`; write `{{` for the brace itself");
    if (wrong == FAULT_CLOSE)
        return fail(c, start, start + 1, "`}` closes nothing; write `}}` for the brace itself");
    return fail(c, start, end, "a name is wanted between the braces; write `{{}}` for braces");
}

static const nl_str *nearest_name(const compiler *c, nl_str name) {
    enum { MOST = 32 };
    nl_str *all = NL_NEW_ARRAY(c->arena, nl_str, MOST);
    size_t count = 0;
    for (size_t i = 0; common_names[i]; i++)
        all[count++] = nl_str_c(common_names[i]);
    for (size_t i = 0; c->names && c->names[i] && count < MOST; i++)
        all[count++] = nl_str_c(c->names[i]);
    return nl_str_nearest(name, all, count);
}

static bool fail_unknown(compiler *c, nl_str name, size_t start) {
    const nl_str *nearest = nearest_name(c, name);
    int shown = (int)(name.n < 60 ? name.n : 60);
    char *message = c->error->message;
    c->error->start = start;
    c->error->end = start + name.n;
    if (nearest)
        snprintf(message, sizeof c->error->message,
                 "`%.*s` is no field and no name that this check gives; did you mean `%.*s`?",
                 shown, name.p, NL_ARG(*nearest));
    else
        snprintf(message, sizeof c->error->message,
                 "`%.*s` is no field and no name that this check gives; write `{{` for a brace",
                 shown, name.p);
    return false;
}

static bool compile_name(compiler *c, piece *p, size_t start) {
    if (is_among(p->text, common_names) || is_among(p->text, c->names))
        return true;
    nl_path path;
    const char *error;
    size_t at;
    if (!nl_path_parse(p->text, c->arena, &path, &error, &at))
        return fail(c, start + at, start + (at < p->text.n ? at + 1 : at), error);
    if (c->knows && !c->knows(c->context, &path))
        return fail_unknown(c, p->text, start);
    p->path = nl_path_table_add(c->paths, &path);
    return true;
}

static bool compile(compiler *c, nl_str text, nl_template *t) {
    size_t most = 1;
    for (size_t i = 0; i < text.n; i++)
        most += text.p[i] == '{' || text.p[i] == '}' ? 2 : 0;
    t->pieces = NL_NEW_ARRAY(c->arena, piece, most);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        fault wrong;
        piece *p = &t->pieces[t->count++];
        *p = next_piece(text, &at, &wrong);
        if (wrong != FAULT_NONE)
            return fail_fault(c, start, at, wrong);
        if (p->name && !compile_name(c, p, (size_t)(p->text.p - text.p)))
            return false;
    }
    return true;
}

const nl_template *nl_template_parse(nl_str text, const char *const *names, nl_path_table *paths,
                                     bool (*knows)(void *context, const nl_path *path),
                                     void *context, nl_arena *arena, nl_template_error *error) {
    compiler c = {names, paths, knows, context, arena, error};
    nl_template *t = NL_NEW(arena, nl_template);
    nl_str copy = nl_str_n(nl_arena_copy(arena, text.p, text.n), text.n);
    return compile(&c, copy, t) ? t : NULL;
}

/* ---- Filling */

static bool given_add(nl_str name, const nl_template_value *values, size_t count, nl_scope *s,
                      nl_buf *out) {
    for (size_t i = 0; i < count; i++) { /* there may be none, and no array */
        const nl_template_value *v = &values[i];
        if (nl_str_is(name, v->name)) {
            nl_buf_str_add(out, v->of ? nl_scope_shown_value(s, v->of) : v->value);
            return true;
        }
    }
    return false;
}

static void field_add(size_t path, nl_scope *s, nl_buf *out) {
    const nl_targets *targets = nl_scope_targets(s, path);
    size_t shown = 0;
    for (size_t i = 0; i < targets->count; i++) {
        const nl_value *v = targets->items[i].value;
        if (!v || v->kind == NL_NULL)
            continue;
        if (shown > 0)
            nl_buf_puts(out, ", ");
        if (shown++ == NL_PATH_VALUES_SHOWN) {
            nl_buf_puts(out, "…");
            return;
        }
        nl_buf_str_add(out, nl_scope_shown_value(s, v));
    }
}

static nl_str finish(nl_buf *b, nl_arena *arena) {
    nl_str out = nl_str_n(nl_arena_copy(arena, b->p, b->n), b->n);
    nl_buf_free(b);
    return out;
}

nl_str nl_template_expand(const nl_template *t, const nl_template_value *values, size_t count,
                          nl_scope *s) {
    nl_buf b = {0};
    for (size_t i = 0; i < t->count; i++) {
        const piece *p = &t->pieces[i];
        if (!p->name)
            nl_buf_str_add(&b, p->text);
        else if (!given_add(p->text, values, count, s, &b) && p->path != SIZE_MAX)
            field_add(p->path, s, &b);
    }
    return finish(&b, s->arena);
}

nl_str nl_template_fill(const char *text, const nl_template_value *values, size_t count,
                        nl_scope *s) {
    nl_buf b = {0};
    nl_str all = nl_str_c(text);
    for (size_t at = 0; at < all.n;) {
        fault wrong;
        piece p = next_piece(all, &at, &wrong);
        if (!p.name)
            nl_buf_str_add(&b, p.text);
        else
            given_add(p.text, values, count, s, &b);
    }
    return finish(&b, s->arena);
}
