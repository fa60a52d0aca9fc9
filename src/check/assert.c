/* assert: an expression over the fields that is false. Unknown is silent: another rule speaks. */
#include "check/checks.h"
#include "rule/say.h"

enum { OTHERS_MAX = 8 };

typedef struct options {
    const nl_expr *that;
} options;

static const nl_param params[] = {
    {.name = "that",
     .type = NL_PARAM_EXPR,
     .offset = offsetof(options, that),
     .wanted = true,
     .help = "What must hold: `updatedAt >= publishedAt`."},
    {0},
};

static void relate(nl_scope *s, nl_finding *f, const nl_target *t) {
    if (!t->value)
        return;
    nl_str name = nl_scope_shown(s, nl_target_named(t, s->arena));
    nl_str shown = nl_scope_shown(s, t->value->text);
    if (t->value->kind == NL_LIST || t->value->kind == NL_MAP)
        nl_finding_relate(f, nl_target_span(s, t), "`%.*s` is here", NL_ARG(name));
    else
        nl_finding_relate(f, nl_target_span(s, t), "`%.*s` is `%.*s`", NL_ARG(name), NL_ARG(shown));
}

/* Of several values the list or map that they stand in: which of them is meant is not known. */
static const nl_target *whole(const nl_targets *t) {
    const nl_target *out = &t->items[0];
    for (const nl_target *a = out; t->count > 1 && a; a = a->above)
        if (a->step && a->step->kind != NL_STEP_KEY && a->above)
            out = a->above;
    return out;
}

/* At the first field named; where none is, at the front matter's first line. */
static nl_finding begin(nl_scope *s, const nl_rule *rule, const size_t *paths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const nl_targets *t = nl_scope_targets(s, paths[i]);
        if (!t->count)
            continue;
        nl_finding f = nl_finding_on(s, rule, whole(t));
        size_t last = count - i > OTHERS_MAX ? i + OTHERS_MAX : count;
        for (size_t j = i + 1; j < last; j++) {
            const nl_targets *other = nl_scope_targets(s, paths[j]);
            if (other->count)
                relate(s, &f, whole(other));
        }
        return f;
    }
    const nl_front *front = &s->article->front;
    bool has = front->format != NL_FRONT_NONE;
    return nl_finding_at(s, rule, has ? front->open : nl_say_start(s));
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    if (nl_expr_eval(o->that, s) != NL_FALSE)
        return;
    size_t count;
    const size_t *paths = nl_expr_paths(o->that, &count);
    nl_finding f = begin(s, rule, paths, count);
    nl_str text = nl_scope_shown(s, nl_expr_text(o->that));
    nl_finding_say(&f, "that", "%.*s", NL_ARG(text));
    nl_finding_report(&f, "`{that}` does not hold");
}

static const char *const names[] = {"that", NULL};

const nl_check nl_check_assert = {
    .name = "assert",
    .summary = "Something that must hold between fields and does not",
    .help = "The fields contradict each other, or what the site asks of them. The rule that was "
            "broken stands in the message; correct one of the fields.",
    .level = NL_ERROR,
    .kind = NL_CHECK_ARTICLE,
    .principal = "that",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "publishedAt: 2025-11-14T02:13:55Z\nupdatedAt: 2025-11-15T00:00:00Z",
    .bad = "publishedAt: 2025-11-14T02:13:55Z\nupdatedAt: 2025-11-13T00:00:00Z",
    .article = article,
};
