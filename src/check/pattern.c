/* pattern: a value that a regular expression does not match, or, forbidden, does. */
#include "base/utf8.h"
#include "check/checks.h"
#include "rule/ruleset.h"

/* `ignore-case` is read by the loader, which compiles the patterns. */

typedef struct options {
    const nl_pattern *match, *forbid;
    nl_str replace;
    bool ignore_case;
} options;

static const nl_param params[] = {
    {.name = "match",
     .type = NL_PARAM_PATTERN,
     .offset = offsetof(options, match),
     .help = "A regular expression that must be found in the value; anchor it with `^` and `$` to "
             "speak of all of it."},
    {.name = "forbid",
     .type = NL_PARAM_PATTERN,
     .offset = offsetof(options, forbid),
     .help = "A regular expression that must not be found; each place where it is is reported."},
    {.name = "replace",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, replace),
     .help = "What to put in place of what is forbidden, as an unsafe fix; `$1` and `$name` stand "
             "for groups, `$$` for a dollar."},
    {.name = "ignore-case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, ignore_case),
     .fallback = "false",
     .help = "Let upper and lower case be the same."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (!o->match && !o->forbid) {
        nl_load_error(load, NULL, "check `pattern` needs `match` or `forbid`");
        return false;
    }
    if (o->replace.p && !o->forbid) {
        nl_load_error(load, "replace", "`replace` needs `forbid`, whose matches it replaces");
        return false;
    }
    nl_pattern_error error;
    if (o->replace.p && !nl_pattern_accepts(o->forbid, o->replace, &error)) {
        nl_load_error(load, "replace", "%s", error.message);
        return false;
    }
    return true;
}

static void offer(nl_scope *s, const options *o, nl_finding *f, const nl_value *v,
                  const nl_groups *g) {
    nl_str text = nl_pattern_expand(o->forbid, v->text, g, o->replace, s->arena);
    nl_edit edit;
    if (v->alias ||
        !nl_value_edit(&s->article->source, v, g->start[0], g->end[0], text, s->arena, &edit))
        return;
    nl_str old = nl_scope_shown(s, nl_str_sub(v->text, g->start[0], g->end[0]));
    nl_str shown = nl_scope_shown(s, text);
    if (text.n)
        nl_finding_fix(f, true, "replace `%.*s` by `%.*s`", NL_ARG(old), NL_ARG(shown));
    else
        nl_finding_fix(f, true, "remove `%.*s`", NL_ARG(old));
    nl_finding_edit(f, edit.span, edit.text);
}

static void report_found(nl_scope *s, const nl_rule *rule, const nl_target *t, const nl_groups *g) {
    const options *o = rule->options;
    const nl_value *v = t->value;
    nl_finding f = nl_finding_on(s, rule, t);
    if (!v->alias)
        nl_value_locate(&s->article->source, v, g->start[0], g->end[0], &f.span);
    nl_finding_set(&f, "found", nl_str_sub(v->text, g->start[0], g->end[0]));
    nl_finding_set(&f, "pattern", nl_pattern_text(o->forbid));
    if (o->replace.p)
        offer(s, o, &f, v, g);
    nl_finding_report(&f, g->end[0] > g->start[0]
                              ? "`{found}` in `{field}` is what `{pattern}` forbids"
                              : "`{field}` is `{value}`, which `{pattern}` forbids");
}

static void look_for_forbidden(nl_scope *s, const nl_rule *rule, const nl_target *t) {
    const options *o = rule->options;
    nl_str text = t->value->text;
    size_t from = 0;
    for (size_t i = 0; from <= text.n; i++) {
        nl_groups g;
        nl_match found = nl_pattern_find(o->forbid, s->matcher, text, from, &g);
        if (found == NL_MATCH_LIMIT)
            nl_report_limit(s, rule, t->value->span);
        if (found != NL_MATCH_YES)
            return;
        if (i == s->article->source.limits->matches) {
            nl_scope_cut(s, NL_LIMIT_matches);
            return;
        }
        report_found(s, rule, t, &g);
        from = g.end[0];
        if (g.end[0] == g.start[0]) { /* nothing: go on behind the next character */
            uint32_t cp;
            from += from < text.n ? nl_utf8_read(text.p + from, text.n - from, &cp) : 1;
        }
    }
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    if (v->kind == NL_LIST || v->kind == NL_MAP)
        return;
    if (o->match) {
        nl_match found = nl_pattern_find(o->match, s->matcher, v->text, 0, NULL);
        if (found == NL_MATCH_LIMIT)
            nl_report_limit(s, rule, v->span);
        if (found == NL_MATCH_NO) {
            nl_finding f = nl_finding_on(s, rule, target);
            nl_finding_set(&f, "pattern", nl_pattern_text(o->match));
            nl_finding_set(&f, "expected", nl_pattern_text(o->match));
            nl_finding_report(&f, "`{field}` is `{value}`, which does not match `{pattern}`");
        }
    }
    if (o->forbid)
        look_for_forbidden(s, rule, target);
}

static const char *const names[] = {"pattern", "found", NULL};

const nl_check nl_check_pattern = {
    .name = "pattern",
    .summary = "A value that is not of the form that it must have",
    .help = "The value must have a certain form: a slug of lower-case letters, an id of digits. "
            "Lists and maps are passed over; name `tags[]` to look at each item.",
    .level = NL_ERROR,
    .about = NL_ABOUT_VALUE,
    .kind = NL_CHECK_FIELD,
    .fixes = true,
    .unsafe_only = true,
    .principal = "match",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "slug: rain-ahead",
    .bad = "slug: Rain Ahead!",
    .prepare = prepare,
    .field = field,
};
