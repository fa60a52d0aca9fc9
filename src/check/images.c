/* images: no alternative text, an empty target or one that is no file, a host that is not wanted.
 */
#include "check/checks.h"
#include "check/hosts.h"
#include "check/site_target.h"

typedef struct options {
    bool alt, empty, files;
    nl_host_options host;
} options;

static const nl_param params[] = {
    {.name = "alt",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, alt),
     .fallback = "true",
     .help = "Report an image without alternative text."},
    {.name = "empty",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, empty),
     .fallback = "true",
     .help = "Report an image without an address."},
    {.name = "files",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, files),
     .fallback = "true",
     .help =
         "Report a relative address, `img/a.png`, at which there is no file. One that begins with "
         "`/` is not looked for."},
    NL_HOST_PARAMS(options),
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    return nl_hosts_prepare(load, &o->host);
}

/* Is there text among the descendants of inline i? They follow it, each deeper than it. */
static bool has_text(const nl_markdown *body, size_t i) {
    unsigned depth = body->inlines[i].depth;
    for (size_t j = i + 1; j < body->inline_count && body->inlines[j].depth > depth; j++) {
        const nl_inline *in = &body->inlines[j];
        if ((in->kind == NL_INLINE_TEXT || in->kind == NL_INLINE_CODE) && nl_str_trim(in->text).n)
            return true;
    }
    return false;
}

static void report(nl_scope *s, const nl_rule *rule, const nl_inline *in, nl_span span,
                   const char *message) {
    nl_finding f = nl_finding_at(s, rule, span);
    nl_finding_set(&f, "target", in->text);
    nl_finding_set(&f, "host", nl_host_of(in->text, s->arena));
    nl_finding_report(&f, message);
}

static void look_at_host(nl_scope *s, const nl_rule *rule, const nl_inline *in, nl_span span) {
    const options *o = rule->options;
    nl_host_verdict host = nl_hosts_judge(&o->host, in->text, s->arena);
    if (host == NL_HOST_FORBIDDEN)
        report(s, rule, in, span, "images from `{host}` are not allowed");
    else if (host == NL_HOST_OTHER)
        report(s, rule, in, span, "`{host}` is not among the hosts that images may come from");
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    if (s->indexing)
        return;
    nl_markdown *body = nl_article_body(s->article);
    nl_markdown_inlines(body);
    for (size_t i = 0; i < body->inline_count; i++) {
        const nl_inline *in = &body->inlines[i];
        if (in->kind != NL_INLINE_IMAGE)
            continue;
        bool found = in->exact && in->target.end > in->target.start;
        if (o->alt && !has_text(body, i))
            report(s, rule, in, in->span, "the image has no alternative text");
        if (o->empty && !nl_str_trim(in->text).n)
            report(s, rule, in, in->span, "the image has no address");
        look_at_host(s, rule, in, found ? in->target : in->span);
        if (o->files)
            nl_site_target_want(s, rule, nl_str_trim(in->text), found ? in->target : in->span);
    }
}

static const char *const names[] = {"target", "host", "path", "fragment", NULL};

const nl_check nl_check_images = {
    .name = "images",
    .summary = "An image without alternative text or address",
    .help = "Alternative text is what a reader gets who does not see the image, and what a search "
            "engine reads of it: say what is to be seen.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .compares = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "![A ferry in the harbour](ferry.jpg)\n",
    .bad = "![](ferry.jpg)\n",
    .prepare = prepare,
    .article = article,
};
