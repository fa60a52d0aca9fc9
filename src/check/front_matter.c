/*
 * front-matter: front matter that is missing, does not parse, repeats a key, or holds a plain
 * scalar that YAML engines read differently. Trouble with characters that YAML forbids is reported
 * here too; the engine drops it where a rule about encodings has spoken of the same bytes.
 */
#include "check/checks.h"
#include "doc/plain.h"
#include "rule/say.h"
#include "rule/walk.h"

enum { MISSING = 1, SYNTAX = 2, DUPLICATE_KEY = 4, AMBIGUOUS_SCALAR = 8, UNSUPPORTED = 16 };

static const char *const kinds[] = {"missing",          "syntax",      "duplicate-key",
                                    "ambiguous-scalar", "unsupported", NULL};

typedef struct options {
    unsigned kinds;
} options;

static const nl_param params[] = {
    {.name = "kinds",
     .type = NL_PARAM_CHOICES,
     .offset = offsetof(options, kinds),
     .fallback = "missing|syntax|duplicate-key|unsupported",
     .choices = kinds,
     .help = "What to look for. `ambiguous-scalar` is a value such as `no`, `0123`, `12:30:45`, "
             "`1_000` or an unquoted date, which one YAML engine takes for a string and another "
             "does not; `unsupported` is front matter in TOML."},
    {0},
};

static void report_missing(nl_scope *s, const nl_rule *rule, const nl_front *front) {
    nl_finding f = nl_finding_at(s, rule, front->almost ? front->almost_span : nl_say_start(s));
    nl_finding_say(&f, "reason", "%.*s", NL_ARG(front->almost_message));
    nl_finding_report(&f,
                      front->almost ? "{reason}" : "no front matter, expected a first line `---`");
}

static void report_unclosed(nl_scope *s, const nl_rule *rule, const nl_front *front) {
    nl_finding f = nl_finding_at(s, rule, front->open);
    nl_finding_say(&f, "reason", "front matter is not closed");
    if (front->almost)
        nl_finding_relate(&f, front->almost_span, "%.*s", NL_ARG(front->almost_message));
    nl_finding_report(
        &f, front->format == NL_FRONT_JSON   ? "{reason}, expected a line `}}` that ends it"
            : front->format == NL_FRONT_TOML ? "{reason}, expected a line `+++` that ends it"
                                             : "{reason}, expected a line `---` that ends it");
}

static void report_problem(nl_scope *s, const nl_rule *rule, const nl_yaml_problem *p) {
    nl_finding f = nl_finding_at(s, rule, p->span);
    nl_finding_say(&f, "reason", "%.*s", NL_ARG(p->message));
    if (p->related.n)
        nl_finding_relate(&f, p->other, "%.*s", NL_ARG(p->related));
    nl_finding_report(&f, "{reason}");
}

static void report_problems(nl_scope *s, const nl_rule *rule, const nl_front *front) {
    const options *o = rule->options;
    for (size_t i = 0; i < front->tree.count; i++) {
        const nl_yaml_problem *p = &front->tree.problems[i];
        unsigned kind = p->trouble == NL_YAML_DUPLICATE_KEY ? DUPLICATE_KEY : SYNTAX;
        if (o->kinds & kind)
            report_problem(s, rule, p);
    }
    const nl_value *root = front->tree.root;
    if (!(o->kinds & SYNTAX) || !root || root->kind == NL_MAP || root->kind == NL_NULL)
        return;
    nl_finding f = nl_finding_at(s, rule, root->span);
    nl_finding_say(&f, "reason", "front matter is %s", nl_say_kind(root->kind));
    nl_finding_report(&f, "{reason}, expected a map of fields such as `title: …`");
}

typedef struct looking {
    nl_scope *scope;
    const nl_rule *rule;
} looking;

static bool is_ambiguous(const nl_value *v, bool key) {
    nl_plain_reading r;
    (void)key;
    return v->style == NL_STYLE_PLAIN && !nl_plain_is_text(v->text) &&
           nl_plain_is_ambiguous(v->text, &r);
}

/* Quoting makes it a string for all; for some engines that is a change, so the fix is unsafe. */
static void look_at_scalar(void *context, const nl_target *t, const nl_value *v, bool key) {
    looking *l = context;
    nl_plain_reading r;
    if (v->style != NL_STYLE_PLAIN || v->tagged || v->json || v->alias ||
        !nl_plain_is_ambiguous(v->text, &r))
        return;
    nl_finding f = nl_finding_on(l->scope, l->rule, t);
    f.span = v->span;
    nl_finding_set(&f, "value", v->text);
    nl_finding_say(&f, "first", "%s", r.first);
    nl_finding_say(&f, "second", "%s", r.second);
    nl_finding_say(&f, "cure", "%s", r.cure);
    nl_finding_fix(&f, true, "put quotes around `%.*s`", NL_ARG(v->text));
    nl_finding_edit(&f, v->span, nl_say(l->scope, "'%.*s'", NL_ARG(v->text)));
    nl_finding_report(&f, key ? "the key `{value}` without quotes is {first}, but {second}; {cure}"
                              : "`{value}` without quotes is {first}, but {second}; {cure}");
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_front *front = &s->article->front;
    if (s->article->utf16 || s->article->too_large)
        return; /* nothing was parsed: that is what is wrong, and others say it */
    if (front->format == NL_FRONT_NONE) {
        if (o->kinds & MISSING)
            report_missing(s, rule, front);
        return;
    }
    if (front->unclosed) {
        if (o->kinds & SYNTAX)
            report_unclosed(s, rule, front);
        return;
    }
    if (front->format == NL_FRONT_TOML) {
        if (o->kinds & UNSUPPORTED) {
            nl_finding f = nl_finding_at(s, rule, front->open);
            nl_finding_report(&f, "front matter is TOML, whose fields are not checked; YAML and "
                                  "JSON are");
        }
        return;
    }
    report_problems(s, rule, front);
    if (o->kinds & AMBIGUOUS_SCALAR && !front->tree.failed && !front->tree.unambiguous &&
        nl_walk_any(front->tree.root, is_ambiguous)) {
        looking l = {s, rule};
        nl_target root = nl_target_of_root(front->tree.root);
        nl_walk_scalars(&root, look_at_scalar, &l);
    }
}

static const char *const names[] = {"reason", "first", "second", "cure", NULL};

const nl_check nl_check_front_matter = {
    .name = "front-matter",
    .summary = "Front matter that is missing, broken, or read differently by different programs",
    .help = "The fields between the two lines `---` on top of the file are what the site knows "
            "about the article. Where they are missing or cannot be read, the article is lost or "
            "the site is not built; where a value can be read in two ways, put it in quotes.",
    .level = NL_ERROR,
    .kind = NL_CHECK_ARTICLE,
    .always = true,
    .fixes = true,
    .unsafe_only = true,
    .principal = "kinds",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "title: Rain ahead\nlang: 'no'",
    .bad = "title: Rain ahead\ntitle: Sun ahead",
    .article = article,
};
