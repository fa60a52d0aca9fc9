/* heading-depth: a heading that is deeper than a site wants. */
#include "check/heading.h"

typedef struct options {
    int64_t max;
} options;

static const nl_param params[] = {
    {.name = "max",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, max),
     .fallback = "4",
     .min = 1,
     .max = 6,
     .help = "The deepest level that a heading may have."},
    {0},
};

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        if (h->level <= o->max)
            continue;
        nl_finding f = nl_finding_at_heading(s, rule, h);
        nl_finding_say(&f, "level", "%d", h->level);
        nl_finding_say(&f, "expected", "%d", (int)o->max);
        nl_finding_report(&f, "heading has level {level}, expected at most {expected}");
    }
}

static const char *const names[] = {"text", "level", NULL};

const nl_check nl_check_heading_depth = {
    .name = "heading-depth",
    .summary = "A heading that is too deep",
    .help = "An article that needs many levels of headings is hard to follow, and sites style only "
            "the first few. Raise the heading by a level, or split the article.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .principal = "max",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n\n### Details\n",
    .bad = "## A\n\n### B\n\n#### C\n\n##### D\n",
    .article = article,
};
