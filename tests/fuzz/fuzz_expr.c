/*
 * Expressions of any bytes (up to the first NUL or blank line) on an article of any bytes (the
 * rest), untyped and typed: errors name a range of the expression and say something; evaluating
 * ends, says the same twice, and `not (e)` is its negation. Paths and message templates are made of
 * the same bytes: a path's spelling leads to itself, a template's error lies in it.
 */
#include "fuzz.h"

#include "rule/expr.h"
#include "rule/template.h"

/* A closed tree in which the first byte of a name decides. */
static nl_type type_of(void *context, const nl_path *path, bool *known, nl_str *nearest) {
    (void)context;
    *nearest = path->text;
    *known = path->text.n > 0 && path->text.p[0] != 'z';
    return path->text.n > 0 ? (nl_type)((unsigned char)path->text.p[0] % (NL_TYPE_NULL + 1))
                            : NL_TYPE_ANY;
}

typedef struct setting {
    nl_scope scope;
    nl_article article;
    nl_diags diags;
    nl_path_table paths;
    nl_pattern_pool patterns;
    nl_arena *arena;
} setting;

static nl_truth eval(setting *s, const nl_expr *e) {
    size_t count;
    const size_t *paths = nl_expr_paths(e, &count);
    for (size_t i = 0; i < count; i++)
        require(paths[i] < s->paths.count);
    s->scope.targets = NL_NEW_ARRAY(s->arena, const nl_targets *, s->paths.tree_count);
    s->scope.limited = false;
    nl_truth truth = nl_expr_eval(e, &s->scope);
    require(s->scope.limited || truth == nl_expr_eval(e, &s->scope));
    return truth;
}

static void check_negation(setting *s, nl_str text, const nl_expr_env *env, nl_truth truth) {
    nl_buf b = {0};
    nl_expr_error error;
    nl_buf_puts(&b, "not (");
    nl_buf_str_add(&b, text);
    nl_buf_putc(&b, ')');
    const nl_expr *e = nl_expr_parse(nl_buf_str(&b), env, &error);
    bool limited = s->scope.limited;
    if (e && !limited) { /* it may be nested too deeply now */
        nl_truth negated = eval(s, e);
        require(truth == NL_UNKNOWN ? negated == NL_UNKNOWN
                                    : negated == (truth == NL_TRUE ? NL_FALSE : NL_TRUE));
    }
    nl_buf_free(&b);
}

static void check_expr(setting *s, nl_str text, bool typed) {
    nl_expr_env env = {.paths = &s->paths,
                       .patterns = &s->patterns,
                       .arena = s->arena,
                       .type_of = typed ? type_of : NULL};
    nl_expr_error error = {.start = SIZE_MAX};
    const nl_expr *e = nl_expr_parse(text, &env, &error);
    if (!e) {
        require(error.start <= error.end && error.end <= text.n && error.message[0]);
        return;
    }
    check_negation(s, text, &env, eval(s, e));
}

static void check_path(setting *s, nl_str text) {
    nl_path path, again;
    const char *error;
    size_t at;
    if (!nl_path_parse(text, s->arena, &path, &error, &at)) {
        require(at <= text.n);
        return;
    }
    require(nl_path_parse(path.text, s->arena, &again, &error, &at));
    require(nl_str_eq(path.text, again.text) && path.count == again.count);
    size_t number = nl_path_table_add(&s->paths, &path);
    s->scope.targets = NL_NEW_ARRAY(s->arena, const nl_targets *, s->paths.tree_count);
    const nl_targets *t = nl_scope_targets(&s->scope, number);
    for (size_t i = 0; i < t->count && i < 100; i++) {
        nl_buf name = {0};
        nl_target_name(&t->items[i], &name);
        nl_buf_free(&name);
    }
}

static void check_template(setting *s, nl_str text) {
    nl_template_error error = {.start = SIZE_MAX};
    const nl_template *t = nl_template_parse(text, NULL, &s->paths, NULL, NULL, s->arena, &error);
    if (!t) {
        require(error.start <= error.end && error.end <= text.n && error.message[0]);
        return;
    }
    s->scope.targets = NL_NEW_ARRAY(s->arena, const nl_targets *, s->paths.tree_count);
    nl_template_expand(t, NULL, 0, &s->scope);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_arena arena = {0};
    setting s = {.arena = &arena, .diags = {.arena = &arena}};
    nl_str all = nl_str_n((const char *)data, size);
    size_t cut = nl_str_search(all, NL_S("\n\n"));
    size_t nul = nl_str_find(all, '\0');
    cut = nul < cut ? nul : cut;
    nl_str text = nl_str_sub(all, 0, cut);
    nl_str article = nl_str_sub(all, cut + (cut == nul ? 1 : 2), size);
    nl_article_parse(&s.article, NL_S("a.md"), article, &nl_limits_default, NL_READERS_FAST,
                     &arena);
    s.scope = (nl_scope){.article = &s.article,
                         .path = NL_S("content/a.md"),
                         .now = 1763164800,
                         .arena = &arena,
                         .matcher = nl_matcher_new(),
                         .diags = &s.diags,
                         .paths = &s.paths};
    check_expr(&s, text, false);
    check_expr(&s, text, true);
    check_path(&s, text);
    check_template(&s, text);
    nl_matcher_free(s.scope.matcher);
    nl_path_table_free(&s.paths);
    nl_pattern_pool_free(&s.patterns);
    nl_arena_free(&arena);
    return 0;
}
