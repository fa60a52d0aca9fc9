/* md026: markdownlint's no-trailing-punctuation. What counts are the bytes between the marks. */
#include "base/utf8.h"
#include "check/heading.h"
#include "check/md.h"
#include "rule/ruleset.h"

typedef struct options {
    nl_str punctuation;
    const nl_pattern *entity, *gemoji;
} options;

static const nl_param params[] = {
    {.name = "punctuation",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, punctuation),
     .fallback = ".,;:!。，；：！",
     .help = "The characters that a heading must not end in; empty: none."},
    {0},
};

/* helpers.cjs: endOfLineHtmlEntityRe, endOfLineGemojiCodeRe */
static const nl_str entity =
    NL_STR("&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,31}|blk[0-9]{2}|emsp1[34]|"
           "frac[0-9]{2}|sup[0-9]|there4);\\z");
static const nl_str gemoji =
    NL_STR(":(?:[abmovx]|[-+]1|100|1234|(?:1st|2nd|3rd)_place_medal|8ball|clock[0-9]{1,4}|e-mail|"
           "non-potable_water|o2|t-rex|u5272|u5408|u55b6|u6307|u6708|u6709|u6e80|u7121|u7533|u7981|"
           "u7a7a|[a-z]{2,15}2?|[a-z]{1,14}(?:_[a-z0-9]{1,16})+):\\z");

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    nl_pattern_error e;
    o->entity = nl_pattern_get(nl_load_patterns(load), entity, false, &e);
    o->gemoji = nl_pattern_get(nl_load_patterns(load), gemoji, false, &e);
    return o->entity && o->gemoji;
}

enum { TAIL = 100 }; /* bytes that the two expressions can be about */

static bool is_code(nl_md *md, const nl_pattern *p, nl_str text) {
    nl_str tail = nl_str_sub(text, text.n > TAIL ? text.n - TAIL : 0, text.n);
    while (nl_utf8_goes_on(tail, 0))
        tail = nl_str_sub(tail, 1, tail.n);
    return nl_pattern_find(p, md->scope->matcher, tail, 0, NULL) == NL_MATCH_YES;
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD026);
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        nl_str text = nl_str_sub(s->article->source.bytes, h->text.start, h->text.end);
        size_t at = nl_heading_ends_in(text, o->punctuation);
        if (at == text.n || nl_md_text_end(md, h) > h->text.end || is_code(md, o->entity, text) ||
            is_code(md, o->gemoji, text))
            continue;
        nl_finding f = nl_finding_at(s, rule, nl_span_of(h->text.start + at, h->text.end));
        nl_finding_set(&f, "text", h->content);
        nl_finding_set(&f, "found", nl_str_sub(text, at, text.n));
        nl_md_report(md, NL_MD026, &f, "trailing punctuation in heading: `{found}`");
    }
}

static const char *const names[] = {"text", "found", NULL};

const nl_check nl_check_md026 = {
    .name = "md026",
    .summary = "Trailing punctuation in heading",
    .help = "markdownlint's MD026, no-trailing-punctuation.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A?\n",
    .bad = "# A.\n",
    .prepare = prepare,
    .article = article,
};
