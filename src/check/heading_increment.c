/* heading-increment: a level that jumps by more than one (markdownlint's MD001). */
#include "check/heading.h"

typedef struct options {
    nl_str title;
} options;

static const nl_param params[] = {
    {.name = "title",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, title),
     .fallback = "title",
     .help = "The front matter field that counts as a heading of level 1; empty for none."},
    {0},
};

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    int last = nl_heading_title(s, o->title) == NL_TITLE_GIVEN ? 1 : 0;
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        if (last && h->level > last + 1) {
            nl_finding f = nl_finding_at_heading(s, rule, h);
            nl_finding_say(&f, "level", "%d", h->level);
            nl_finding_say(&f, "previous", "%d", last);
            nl_finding_say(&f, "expected", "%d", last + 1);
            nl_finding_report(&f, i ? "heading level jumps from {previous} to {level}, expected at "
                                      "most {expected}"
                                    : "the first heading has level {level}, below a title in the "
                                      "front matter expected {expected}");
        }
        last = h->level;
    }
}

static const char *const names[] = {"text", "level", "previous", NULL};

const nl_check nl_check_heading_increment = {
    .name = "heading-increment",
    .summary = "A heading level that jumps by more than one",
    .help = "Headings are the article's table of contents, read aloud by screen readers and shown "
            "by search engines. A level that is left out makes a reader look for what is missing.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n\n### Details\n\n## Outlook\n",
    .bad = "## Overview\n\n#### Details\n",
    .article = article,
};
