/* heading-empty: a heading without text. */
#include "check/heading.h"

static void article(nl_scope *s, const nl_rule *rule) {
    const nl_markdown *body = nl_article_body(s->article);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        nl_str source = nl_str_sub(s->article->source.bytes, h->text.start, h->text.end);
        if (nl_str_trim(h->content).n || nl_str_search(source, NL_S("<img")) < source.n)
            continue;
        nl_finding f = nl_finding_at_heading(s, rule, h);
        nl_finding_say(&f, "level", "%d", h->level);
        nl_finding_report(&f, "heading of level {level} has no text");
    }
}

static const char *const names[] = {"text", "level", NULL};

const nl_check nl_check_heading_empty = {
    .name = "heading-empty",
    .summary = "A heading without text",
    .help = "An empty heading is a hole in the table of contents. Write its text or delete it.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .names = names,
    .good = "## Overview\n",
    .bad = "##\n\ntext\n",
    .article = article,
};
