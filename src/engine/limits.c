/* Limits that were met while an article was looked at: what is said of them. */
#include "engine/engine.h"

static void say(nl_look *look, nl_span at, const char *what, size_t limit) {
    const nl_source *source = &look->article.source;
    nl_buf b = {0};
    if (limit < NL_LIMIT_COUNT)
        nl_limit_say((nl_limit_id)limit, source->limits, what, &b);
    else
        nl_buf_puts(&b, what);
    nl_diag *d = nl_diags_add(&look->diags, NL_S("newslint/too-large"), NL_ERROR, at);
    d->message = nl_str_n(nl_arena_copy(look->diags.arena, b.p, b.n), b.n);
    nl_buf_free(&b);
}

/* What kept the body from being parsed is said once; its checks found nothing in it. */
static void report_refused_body(nl_look *look) {
    static const struct {
        const char *what;
        size_t limit; /* NL_LIMIT_COUNT: it is cmark's own */
    } reasons[] = {
        [NL_BODY_TOO_DEEP] = {"quotes and lists are nested more than %zu deep here, so the body "
                              "was not checked",
                              NL_LIMIT_body_depth},
        [NL_BODY_TOO_TANGLED] = {"the image brackets up to here want more than %zu looks, so the "
                                 "body was not checked",
                                 NL_LIMIT_body_steps},
        [NL_BODY_TOO_LARGE] = {"the body is too large or too tangled to be parsed within %zu bytes "
                               "of memory, so it was not checked",
                               NL_LIMIT_body_memory},
        [NL_BODY_TOO_LONG] = {"the body is larger than 512 MiB, more than cmark takes, so it was "
                              "not checked",
                              NL_LIMIT_COUNT}};
    const nl_markdown *body = look->article.body;
    if (body && body->refused)
        say(look, body->trouble, reasons[body->refused].what, reasons[body->refused].limit);
}

nl_limit_id nl_look_limited_by(const nl_look *look) {
    static const nl_limit_id cuts[] = {NL_LIMIT_places, NL_LIMIT_matches, NL_LIMIT_targets};
    if (look->diags.dropped)
        return NL_LIMIT_findings;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        if (look->diags.cut >> cuts[i] & 1)
            return cuts[i];
    return NL_LIMIT_COUNT;
}

/* The first ones are told, rule by rule; that there are more makes the article an error whatever
 * their levels are. */
static void report_dropped(nl_look *look) {
    static const struct {
        const char *what;
        nl_limit_id limit;
    } cuts[] = {
        {"more than %zu damaged places or odd characters are in one text of this article, and the "
         "rest is not told",
         NL_LIMIT_places},
        {"a pattern matches more than %zu times in one text of this article, and the rest is not "
         "told",
         NL_LIMIT_matches},
        {"a field path leads to more than %zu values of this article, and the rest was not checked",
         NL_LIMIT_targets}};
    unsigned cut = look->diags.cut;
    if (look->diags.dropped || look->article.front.tree.unlisted)
        say(look, nl_span_of(0, 0),
            "more than %zu findings are in this article, and the rest is not told",
            NL_LIMIT_findings);
    for (size_t i = 0; !look->diags.dropped && i < sizeof cuts / sizeof *cuts; i++)
        if (cut >> cuts[i].limit & 1)
            say(look, nl_span_of(0, 0), cuts[i].what, cuts[i].limit);
}

void nl_look_limit(nl_look *look) {
    report_dropped(look);
    report_refused_body(look);
}
