/*
 * links: an empty target, a `#fragment` that nothing in the article has (by GitHub's slugs, as
 * markdownlint's MD051 has it), a relative target that is no file of the site or a place that
 * another article does not have, a host that is not wanted.
 */
#include "check/anchors.h"
#include "check/hosts.h"
#include "check/site_target.h"
#include "rule/say.h"

enum { CANDIDATES_MAX = 500, SUGGESTIONS_MAX = 50 }; /* the search for the nearest is bounded */

typedef struct options {
    bool empty, fragments, files;
    nl_host_options host;
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
    {.name = "files",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, files),
     .fallback = "true",
     .help =
         "Report a relative link to a file that is not there, `../a.md`, `map.pdf`, and one to a "
         "place that the article there does not have, `../a.md#place`. A target that ends in no "
         "extension, or begins with `/`, is an address of the site and not looked for."},
    NL_HOST_PARAMS(options),
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    return nl_hosts_prepare(load, &o->host);
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
    bool address; /* `<https://…>`, `<a@b.c>`: never a file */
} target;

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

static void collect(looking *l) {
    if (!l->collected)
        l->anchors = nl_anchors_of(l->scope, l->body);
    l->collected = true;
}

static void look_at_fragment(looking *l, const target *t) {
    collect(l);
    nl_str name = nl_percent_decoded(nl_str_sub(t->url, 1, t->url.n), l->scope->arena);
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
    } else {
        nl_host_verdict host = nl_hosts_judge(&o->host, url, l->scope->arena);
        if (host == NL_HOST_FORBIDDEN)
            report(l, t, none, "links to `{host}` are not allowed");
        else if (host == NL_HOST_OTHER)
            report(l, t, none, "`{host}` is not among the hosts that may be linked to");
        if (o->files && !t->address)
            nl_site_target_want(l->scope, l->rule, url, t->span);
    }
}

/* Links that name their target; those by reference are judged where the reference is defined. */
static void article(nl_scope *s, const nl_rule *rule) {
    nl_markdown *body = nl_article_body(s->article);
    const options *o = rule->options;
    looking l = {.scope = s, .rule = rule, .body = body};
    if (o->files) {
        collect(&l);
        nl_site_target_have(s, l.anchors.items, l.anchors.count);
    }
    if (s->indexing)
        return;
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
        look(&l, &(target){found ? in->target : in->span, in->target, url,
                           in->kind == NL_INLINE_AUTOLINK});
    }
    for (size_t i = 0; i < body->definition_count; i++) {
        const nl_definition *d = &body->definitions[i];
        nl_str url = nl_str_sub(s->article->source.bytes, d->target.start, d->target.end);
        look(&l, &(target){url.n ? d->target : d->span, d->target, url, false});
    }
}

static const char *const names[] = {"target", "host", "path", "fragment", NULL};

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
    .compares = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Our view\n\n[see](#our-view)\n",
    .bad = "## Our view\n\n[see](#our-views)\n",
    .prepare = prepare,
    .article = article,
};
