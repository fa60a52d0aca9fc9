/* enum: a value that is not among those allowed; suggests the nearest. */
#include "base/unicode.h"
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"

enum {
    WORD_MAX = 128,  /* bytes; nothing longer is a slip of the pen */
    TWICE_MAX = 1000 /* values that are compared with each other */
};

typedef struct options {
    nl_choices values;
    bool ignore_case;
} options;

static const nl_param params[] = {
    {.name = "values",
     .type = NL_PARAM_VALUES,
     .offset = offsetof(options, values),
     .wanted = true,
     .help = "The values that are allowed. A list is never one of them: name `tags[]` to look at "
             "each item."},
    {.name = "ignore-case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, ignore_case),
     .fallback = "false",
     .help = "Take a value that differs from an allowed one in the case of its letters alone."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    for (size_t i = 0; i < o->values.count; i++)
        for (size_t j = 0; j < i && o->values.count < TWICE_MAX; j++) {
            const nl_value *a = o->values.items[i], *b = o->values.items[j];
            if (a->kind == b->kind && nl_str_eq(a->text, b->text)) {
                nl_load_error_at(load, a, "`%.*s` stands twice in `values`", NL_ARG(a->text));
                return false;
            }
        }
    return true;
}

static bool is_number(const nl_value *v) {
    return v->kind == NL_INT || v->kind == NL_FLOAT;
}

static bool same(nl_scope *s, const options *o, const nl_value *a, const nl_value *b) {
    if (is_number(a) && is_number(b))
        return a->kind == b->kind && a->kind == NL_INT && !a->big && !b->big
                   ? a->integer == b->integer
                   : a->number == b->number && !(a->big && !nl_str_eq(a->text, b->text));
    if (a->kind != b->kind)
        return false;
    if (a->kind == NL_BOOL)
        return a->boolean == b->boolean;
    if (a->kind != NL_STRING)
        return a->kind == NL_NULL;
    if (nl_str_eq(a->text, b->text))
        return true;
    return o->ignore_case && nl_str_eq(nl_fold(a->text, s->arena), nl_fold(b->text, s->arena));
}

/* An allowed value with the same letters but another type: `1` and `'1'`. */
static const nl_value *lookalike(const options *o, const nl_value *v) {
    for (size_t i = 0; i < o->values.count; i++)
        if (nl_str_eq(o->values.items[i]->text, v->text))
            return o->values.items[i];
    return NULL;
}

/* Names the nearest value, and offers it where the text can be replaced; false: none is near. */
static bool suggest(nl_scope *s, nl_finding *f, const nl_value *v, const nl_str *texts,
                    size_t count) {
    const nl_str *near = v->text.n > WORD_MAX ? NULL : nl_str_nearest(v->text, texts, count);
    if (!near)
        return false;
    nl_finding_set(f, "suggestion", *near);
    nl_edit edit;
    if (v->alias || !nl_value_replace(&s->article->source, v, *near, s->arena, &edit))
        return true;
    nl_str shown = nl_scope_shown(s, *near);
    nl_finding_fix(f, true, "write `%.*s`", NL_ARG(shown));
    nl_finding_edit(f, edit.span, edit.text);
    return true;
}

static void report(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    nl_str *texts = NL_NEW_ARRAY(s->arena, nl_str, o->values.count);
    for (size_t i = 0; i < o->values.count; i++)
        texts[i] = o->values.items[i]->text;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_str list = nl_say_list(s, texts, o->values.count);
    nl_finding_say(&f, "expected", "%s%.*s", o->values.count > 1 ? "one of " : "", NL_ARG(list));
    if (v->kind == NL_LIST || v->kind == NL_MAP) {
        nl_finding_say(&f, "found", "%s", nl_say_kind(v->kind));
        nl_finding_report(&f, "`{field}` is {found}, expected {expected}");
        return;
    }
    const nl_value *like = lookalike(o, v);
    if (like) {
        nl_finding_say(&f, "found", "%s", nl_say_kind(v->kind));
        nl_finding_say(&f, "type", "%s", nl_say_kind(like->kind));
        nl_finding_report(&f, like->kind == NL_STRING
                                  ? "`{field}` is {found}, `{value}`, expected {type}: put quotes "
                                    "around it"
                              : v->kind == NL_STRING
                                  ? "`{field}` is {found}, `{value}`, expected {type}: take the "
                                    "quotes away"
                                  : "`{field}` is {found}, `{value}`, expected {type}");
        return;
    }
    bool near = v->kind == NL_STRING && suggest(s, &f, v, texts, o->values.count);
    nl_finding_report(&f, near && o->values.count > 1
                              ? "`{field}` is `{value}`, expected {expected}; did you mean "
                                "`{suggestion}`?"
                              : "`{field}` is `{value}`, expected {expected}");
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    for (size_t i = 0; i < o->values.count; i++)
        if (same(s, o, target->value, o->values.items[i]))
            return;
    report(s, rule, target);
}

static const char *const names[] = {"found", "type", NULL};

const nl_check nl_check_enum = {
    .name = "enum",
    .summary = "A value that is not among those allowed",
    .help = "Only certain values have a meaning here; the site's pages and filters know no others. "
            "Use one of those that the message lists, spelled exactly so.",
    .level = NL_ERROR,
    .about = NL_ABOUT_VALUE,
    .kind = NL_CHECK_FIELD,
    .fixes = true,
    .unsafe_only = true,
    .principal = "values",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "sentiment: NEGATIVE",
    .bad = "sentiment: Negative",
    .prepare = prepare,
    .field = field,
};
