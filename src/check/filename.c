/*
 * filename: a file whose name does not fit a pattern. A pattern is a glob in which `{slug}` stands
 * for that field's value; one with a `/` is about the path from the rule file's folder.
 */
#include "base/file.h"
#include "base/glob.h"
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"

/* A part of the pattern: text of the glob, or a field. */
typedef struct part {
    nl_str glob;
    size_t path;
    bool is_field;
} part;

typedef struct options {
    nl_str pattern;
    const nl_pattern *match;
    part *parts;
    size_t part_count;
} options;

static const nl_param params[] = {
    {.name = "pattern",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, pattern),
     .help = "A glob with fields in it: `{slug}.{lang}.md`, `{lang}/*.md`. Where one of the fields "
             "is absent nothing is reported."},
    {.name = "match",
     .type = NL_PARAM_PATTERN,
     .offset = offsetof(options, match),
     .help = "A regular expression that must be found in the name."},
    {0},
};

/* Cuts the pattern at its braces. */
static bool cut(nl_load *load, options *o) {
    nl_str rest = o->pattern;
    o->parts = NL_NEW_ARRAY(nl_load_arena(load), part, rest.n + 1);
    while (rest.n) {
        size_t open = nl_str_find(rest, '{'), close = nl_str_find(rest, '}');
        if (close < open || (open < rest.n && close == rest.n)) {
            nl_load_error(load, "pattern",
                          "a brace without its other half; a field stands between "
                          "`{` and `}`");
            return false;
        }
        if (open)
            o->parts[o->part_count++] = (part){.glob = nl_str_sub(rest, 0, open)};
        if (open == rest.n)
            break;
        size_t path = nl_load_path(load, "pattern", nl_str_sub(rest, open + 1, close));
        if (path == SIZE_MAX)
            return false;
        o->parts[o->part_count++] = (part){.path = path, .is_field = true};
        rest = nl_str_sub(rest, close + 1, rest.n);
    }
    return true;
}

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    if (!o->pattern.n && !o->match) {
        nl_load_error(load, NULL, "check `filename` needs `pattern` or `match`");
        return false;
    }
    if (!cut(load, o))
        return false;
    nl_buf glob = {0};
    for (size_t i = 0; i < o->part_count; i++)
        nl_buf_str_add(&glob, o->parts[i].is_field ? NL_S("x") : o->parts[i].glob);
    const char *error = NULL;
    bool good = !glob.n || nl_glob_new(nl_buf_str(&glob), false, nl_load_arena(load), &error);
    nl_buf_free(&glob);
    if (!good)
        nl_load_error(load, "pattern", "%s", error ? error : "not a glob");
    return good;
}

static void add_escaped(nl_buf *glob, nl_str value) {
    for (size_t i = 0; i < value.n; i++) {
        if (nl_str_find(NL_S("*?[]\\{}!"), value.p[i]) < 8)
            nl_buf_putc(glob, '\\');
        nl_buf_putc(glob, value.p[i]);
    }
}

/* The pattern with the fields' values: as a glob, and as a person reads it. False where a field is
 * absent, null, or no scalar. */
static bool fill_in(nl_scope *s, const options *o, nl_buf *glob, nl_buf *shown) {
    for (size_t i = 0; i < o->part_count; i++) {
        const part *p = &o->parts[i];
        if (!p->is_field) {
            nl_buf_str_add(glob, p->glob);
            nl_buf_str_add(shown, p->glob);
            continue;
        }
        const nl_targets *t = nl_scope_targets(s, p->path);
        const nl_value *v = t->count ? t->items[0].value : NULL;
        if (!v || v->kind == NL_NULL || v->kind == NL_LIST || v->kind == NL_MAP)
            return false;
        add_escaped(glob, v->text);
        nl_buf_str_add(shown, v->text);
    }
    return true;
}

static void relate_fields(nl_scope *s, nl_finding *f, const options *o) {
    for (size_t i = 0; i < o->part_count; i++) {
        if (!o->parts[i].is_field)
            continue;
        const nl_targets *t = nl_scope_targets(s, o->parts[i].path);
        nl_str text = nl_scope_shown(s, t->items[0].value->text);
        nl_finding_relate(f, nl_target_span(s, &t->items[0]), "`%.*s` is here", NL_ARG(text));
    }
}

static void look_at_pattern(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    nl_buf text = {0}, shown = {0};
    const char *error = NULL;
    if (fill_in(s, o, &text, &shown)) {
        nl_glob *glob = nl_glob_new(nl_buf_str(&text), false, s->arena, &error);
        if (glob && !nl_glob_match(glob, s->path, false)) {
            bool whole = nl_str_find(o->pattern, '/') < o->pattern.n;
            nl_finding f = nl_finding_at(s, rule, nl_say_start(s));
            nl_finding_set(&f, "name", whole ? s->path : nl_path_name(s->path));
            nl_finding_set(&f, "expected", nl_buf_str(&shown));
            relate_fields(s, &f, o);
            nl_finding_report(&f, "the file is named `{name}`, expected `{expected}`");
        }
    }
    nl_buf_free(&text);
    nl_buf_free(&shown);
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    if (o->pattern.n)
        look_at_pattern(s, rule);
    if (!o->match)
        return;
    nl_str name = nl_path_name(s->path);
    nl_match m = nl_pattern_find(o->match, s->matcher, name, 0, NULL);
    if (m == NL_MATCH_LIMIT)
        nl_report_limit(s, rule, nl_say_start(s));
    if (m != NL_MATCH_NO)
        return;
    nl_finding f = nl_finding_at(s, rule, nl_say_start(s));
    nl_finding_set(&f, "name", name);
    nl_finding_set(&f, "expected", nl_pattern_text(o->match));
    nl_finding_report(&f, "the file is named `{name}`, which does not match `{expected}`");
}

static const char *const names[] = {"name", NULL};

const nl_check nl_check_filename = {
    .name = "filename",
    .summary = "A file whose name does not fit",
    .help = "The address of the page is made of the file's name, and people look for an article by "
            "it. Rename the file, or correct the field that the name must agree with.",
    .level = NL_WARNING,
    .kind = NL_CHECK_ARTICLE,
    .principal = "pattern",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "slug: rain-ahead\nlang: en",
    .bad = "slug: sun-ahead\nlang: en",
    .prepare = prepare,
    .article = article,
};
