/*
 * links: an empty target, a `#fragment` that nothing in the article has (by GitHub's slugs, as
 * markdownlint's MD051 has it), a host that is not wanted. What stands in other files is not looked
 * at here.
 */
#include "check/anchors.h"
#include "check/hosts.h"
#include "rule/say.h"

enum { CANDIDATES_MAX = 500, SUGGESTIONS_MAX = 50 }; /* the search for the nearest is bounded */

typedef struct options {
    bool empty, fragments;
    nl_hosts hosts, forbidden;
} options;

static const nl_param params[] = {
    {.name = "empty",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, empty),
     .fallback = "true",
     .help = "Report a link that leads nowhere: `[text]()`, `[text](#)`."},
    {.name = "fragments",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, fragments),
     .fallback = "true",
     .help = "Report a link to `#a-place` in the same article that is not there."},
    {.name = "hosts",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(options, hosts.texts),
     .help = "The hosts that are allowed, as globs: `example.com`, `*.example.com`; none given: "
             "all."},
    {.name = "forbid-hosts",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(options, forbidden.texts),
     .help = "The hosts that are not allowed."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    bool good = nl_hosts_prepare(load, "hosts", &o->hosts);
    return nl_hosts_prepare(load, "forbid-hosts", &o->forbidden) && good;
}

typedef struct looking {
    nl_scope *scope;
    const nl_rule *rule;
    nl_markdown *body;
    nl_anchors anchors;
    bool collected;
    size_t suggestions;
} looking;

/* A target: its bytes, and the URL that they say. */
typedef struct target {
    nl_span span;  /* where to point */
    nl_span bytes; /* of the target itself; empty if it stands elsewhere */
    nl_str url;
} target;

static int hex_of(char c) {
    if (nl_is_digit((unsigned char)c))
        return c - '0';
    int lower = nl_lower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static nl_str percent_decoded(nl_str text, nl_arena *arena) {
    if (nl_str_find(text, '%') == text.n)
        return text;
    char *out = nl_arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        int high = text.p[i] == '%' && text.n - i > 2 ? hex_of(text.p[i + 1]) : -1;
        int low = high >= 0 ? hex_of(text.p[i + 2]) : -1;
        out[n++] = low >= 0 ? (char)(high * 16 + low) : text.p[i];
        i += low >= 0 ? 2 : 0;
    }
    return nl_str_n(out, n);
}

static void report(looking *l, const target *t, nl_str suggestion, const char *message) {
    nl_finding f = nl_finding_at(l->scope, l->rule, t->span);
    nl_finding_set(&f, "target", t->url);
    nl_finding_set(&f, "host", nl_host_of(t->url, l->scope->arena));
    if (suggestion.n) {
        nl_str shown = nl_scope_shown(l->scope, suggestion);
        nl_finding_set(&f, "suggestion", suggestion);
        nl_str written = nl_str_sub(l->scope->article->source.bytes, t->bytes.start, t->bytes.end);
        if (nl_str_eq(written, t->url)) {
            nl_finding_fix(&f, true, "replace it by `#%.*s`", NL_ARG(shown));
            nl_finding_edit(&f, nl_span_of(t->bytes.start + 1, t->bytes.end), suggestion);
        }
    }
    nl_finding_report(&f, message);
}

static void look_at_fragment(looking *l, const target *t) {
    if (!l->collected)
        l->anchors = nl_anchors_of(l->scope, l->body);
    l->collected = true;
    nl_str name = percent_decoded(nl_str_sub(t->url, 1, t->url.n), l->scope->arena);
    if (nl_anchors_hold(&l->anchors, name) || nl_is_line_fragment(name))
        return;
    nl_str suggestion = {NULL, 0};
    if (l->suggestions++ < SUGGESTIONS_MAX) {
        size_t count = l->anchors.count < CANDIDATES_MAX ? l->anchors.count : CANDIDATES_MAX;
        const nl_str *nearest = nl_str_nearest(nl_str_sub(name, 0, 200), l->anchors.items, count);
        if (nearest)
            suggestion = *nearest;
    }
    report(l, t, suggestion,
           suggestion.n ? "no heading or anchor for `{target}`, did you mean `#{suggestion}`?"
                        : "no heading or anchor for `{target}`");
}

static void look(looking *l, const target *t) {
    const options *o = l->rule->options;
    nl_str none = {NULL, 0};
    nl_str url = nl_str_trim(t->url);
    if (url.n == 0 || nl_str_is(url, "#")) {
        if (o->empty)
            report(l, t, none, "the link leads nowhere");
    } else if (url.p[0] == '#') {
        if (o->fragments)
            look_at_fragment(l, t);
    } else if (o->hosts.texts.count || o->forbidden.texts.count) {
        nl_str host = nl_host_of(url, l->scope->arena);
        if (host.n && nl_hosts_match(&o->forbidden, host))
            report(l, t, none, "links to `{host}` are not allowed");
        else if (host.n && o->hosts.texts.count && !nl_hosts_match(&o->hosts, host))
            report(l, t, none, "`{host}` is not among the hosts that may be linked to");
    }
}

/* Links that name their target; those by reference are judged where the reference is defined. */
static void article(nl_scope *s, const nl_rule *rule) {
    nl_markdown *body = nl_article_body(s->article);
    looking l = {.scope = s, .rule = rule, .body = body};
    nl_markdown_inlines(body);
    for (size_t i = 0; i < body->inline_count; i++) {
        const nl_inline *in = &body->inlines[i];
        if (in->kind != NL_INLINE_LINK && in->kind != NL_INLINE_AUTOLINK)
            continue;
        bool found = in->exact && in->target.end > in->target.start;
        if (in->exact && !found && in->text.n)
            continue;
        nl_str url = in->kind == NL_INLINE_LINK
                         ? in->text
                         : nl_str_sub(s->article->source.bytes, in->target.start, in->target.end);
        look(&l, &(target){found ? in->target : in->span, in->target, url});
    }
    for (size_t i = 0; i < body->definition_count; i++) {
        const nl_definition *d = &body->definitions[i];
        nl_str url = nl_str_sub(s->article->source.bytes, d->target.start, d->target.end);
        look(&l, &(target){url.n ? d->target : d->span, d->target, url});
    }
}

static const char *const names[] = {"target", "host", NULL};

const nl_check nl_check_links = {
    .name = "links",
    .summary = "A link that leads nowhere, or where it should not",
    .help = "A link without a target, or to a heading that is not there, does nothing when it is "
            "clicked. The name of a heading in a link is its text in lower case, without "
            "punctuation, with `-` for each space.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .fixes = true,
    .unsafe_only = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Our view\n\n[see](#our-view)\n",
    .bad = "## Our view\n\n[see](#our-views)\n",
    .prepare = prepare,
    .article = article,
};
