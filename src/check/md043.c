/* md043: markdownlint's required-headings, its greedy matching included. */
#include "base/unicode.h"
#include "check/md.h"
#include "rule/ruleset.h"
#include "rule/say.h"

typedef struct options {
    const nl_value *headings;
    bool match_case;
} options;

static const nl_param params[] = {
    {.name = "headings",
     .type = NL_PARAM_TREE,
     .offset = offsetof(options, headings),
     .help = "The headings in order, as `## Text`; `*`: any number of others, `+`: one or more, "
             "`?`: one. Not given: the rule is silent; an empty list: no heading may be there."},
    {.name = "match_case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, match_case),
     .fallback = "false",
     .help = "Let `a` and `A` differ."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    bool good = !o->headings || o->headings->kind == NL_LIST;
    if (!good)
        nl_load_error(load, "headings", "`headings` wants a list of strings");
    for (size_t i = 0; good && o->headings && i < o->headings->count; i++) {
        const nl_value *v = o->headings->items[i];
        if (v->kind == NL_LIST || v->kind == NL_MAP) {
            nl_load_error_at(load, v, "`headings` wants a list of strings");
            good = false;
        }
    }
    return good;
}

typedef struct matching {
    nl_md *md;
    const nl_rule *rule;
    const options *o;
    size_t next; /* of the headings that are required */
    bool any, bad;
} matching;

static nl_str fold(const matching *m, nl_str s) {
    return m->o->match_case ? s : nl_lower_str(s, m->md->scope->arena);
}

static nl_str take(matching *m) {
    size_t i = m->next++;
    nl_str text = i < m->o->headings->count ? m->o->headings->items[i]->text : NL_S("");
    return text.n ? text : NL_S("[None]");
}

static bool is_same(const matching *m, nl_str a, nl_str b) {
    return nl_str_eq(fold(m, a), fold(m, b));
}

static void match(matching *m, const nl_heading *h) {
    nl_str raw = nl_md_heading_text(m->md, h),
           hashes = nl_str_sub(NL_S("######"), 0, (size_t)h->level);
    nl_str actual = nl_say(m->md->scope, "%.*s %.*s", NL_ARG(hashes), NL_ARG(raw));
    nl_str expected = take(m);
    if (nl_str_is(expected, "*")) {
        if (!is_same(m, take(m), actual)) {
            m->any = true;
            m->next--;
        }
    } else if (nl_str_is(expected, "+")) {
        m->any = true;
    } else if (nl_str_is(expected, "?")) {
        return;
    } else if (is_same(m, expected, actual)) {
        m->any = false;
    } else if (m->any) {
        m->next--;
    } else {
        nl_finding f = nl_md_at_heading(m->md, m->rule, h);
        nl_finding_set(&f, "expected", expected);
        nl_finding_set(&f, "actual", actual);
        nl_md_report(m->md, NL_MD043, &f,
                     "required heading structure: expected `{expected}`, found `{actual}`");
        m->bad = true;
    }
}

static bool all_stars(const nl_value *list) {
    for (size_t i = 0; i < list->count; i++)
        if (!nl_str_is(list->items[i]->text, "*"))
            return false;
    return true;
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    matching m = {.md = md, .rule = rule, .o = nl_md_options(md, rule, NL_MD043)};
    const nl_value *wanted = m.o->headings;
    if (!wanted || wanted->kind != NL_LIST)
        return;
    for (size_t i = 0; i < md->body->heading_count && !m.bad; i++)
        match(&m, &md->body->headings[i]);
    size_t rest = m.next < wanted->count ? wanted->count - m.next : 0;
    bool star = rest == 1 && nl_str_is(wanted->items[m.next]->text, "*");
    if (m.bad || rest == 0 || star || (!md->body->heading_count && all_stars(wanted)))
        return;
    size_t end = s->article->source.bytes.n;
    nl_finding f = nl_finding_at(s, rule, nl_span_of(end, end));
    nl_finding_set(&f, "expected", wanted->items[m.next]->text);
    nl_md_report(md, NL_MD043, &f, "required heading structure: `{expected}` is missing");
}

static const char *const names[] = {"text", "actual", NULL};

const nl_check nl_check_md043 = {
    .name = "md043",
    .summary = "Required heading structure",
    .help = "markdownlint's MD043, required-headings.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "---\nx: 1\n---\n",
    .bad = "",
    .prepare = prepare,
    .article = article,
};
