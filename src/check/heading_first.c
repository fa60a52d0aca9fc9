/*
 * heading-first: the first heading's level, and a level 1 that is not the only one: beside a title
 * in the front matter, or for the second time (markdownlint's MD041 and MD025).
 */
#include "check/heading.h"

typedef struct options {
    nl_str title;
    int64_t is;
    bool single;
} options;

static const nl_param params[] = {
    {.name = "title",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, title),
     .fallback = "title",
     .help = "The front matter field that counts as a heading of level 1; empty for none."},
    {.name = "is",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, is),
     .min = 1,
     .max = 6,
     .help = "The level that the first heading must have. Without it: 1 where the front matter "
             "gives no title, and where it does, any but 1."},
    {.name = "single",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, single),
     .fallback = "true",
     .help = "Report every heading of level 1 but the article's one title."},
    {0},
};

static void report(nl_scope *s, const nl_rule *rule, const nl_heading *h, const nl_heading *other,
                   int64_t expected, const char *message) {
    nl_finding f = nl_finding_at_heading(s, rule, h);
    nl_finding_say(&f, "level", "%d", h->level);
    nl_finding_say(&f, "expected", "%d", (int)expected);
    if (other)
        nl_finding_relate(&f, other->text, "the first one is here");
    nl_finding_report(&f, message);
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    nl_title title = nl_heading_title(s, o->title);
    int64_t wanted = o->is > 0 ? o->is : title == NL_TITLE_NONE ? 1 : 0;
    const nl_heading *first = NULL; /* of level 1 */
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        bool top = h->level == 1, leads = i == 0;
        if (leads && wanted && h->level != wanted)
            report(s, rule, h, NULL, wanted,
                   "the first heading has level {level}, expected {expected}");
        else if (top && title == NL_TITLE_GIVEN && (leads ? o->is != 1 : o->single))
            report(s, rule, h, NULL, 2,
                   "a heading of level 1 beside the front matter's title, expected {expected} or "
                   "deeper");
        else if (top && first && o->single)
            report(s, rule, h, first, 2,
                   "a second heading of level 1, expected {expected} or deeper");
        if (top && !first)
            first = h;
    }
}

static const char *const names[] = {"text", "level", NULL};

const nl_check nl_check_heading_first = {
    .name = "heading-first",
    .summary = "A first heading of the wrong level, or more than one of level 1",
    .help =
        "A page has one title. Where the front matter gives it, the site prints it as the heading "
        "of level 1, and the article's own headings begin at level 2.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# Title\n\n## Overview\n",
    .bad = "# Title\n\n# Another title\n",
    .article = article,
};
