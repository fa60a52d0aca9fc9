/* heading-indent: blanks before a heading (markdownlint's MD023). */
#include "check/heading.h"

static void article(nl_scope *s, const nl_rule *rule) {
    const nl_markdown *body = nl_article_body(s->article);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        if (h->indent.end <= h->indent.start)
            continue;
        nl_finding f = nl_finding_at(s, rule, h->indent);
        nl_finding_set(&f, "text", h->content);
        nl_finding_say(&f, "count", "%zu", h->indent.end - h->indent.start);
        nl_str blanks = nl_str_sub(s->article->source.bytes, h->indent.start, h->indent.end);
        if (nl_str_find(blanks, '\t') ==
            blanks.n) { /* a tab may belong to the list item, in part */
            nl_finding_fix(&f, false, "remove the indentation");
            nl_finding_edit(&f, h->indent, NL_S(""));
        }
        nl_finding_report(&f, "heading is indented by {count}, expected at the start of the line");
    }
}

static const char *const names[] = {"text", "count", NULL};

const nl_check nl_check_heading_indent = {
    .name = "heading-indent",
    .summary = "Blanks before a heading",
    .help = "Some readers of Markdown take an indented heading for text, and one blank too many "
            "makes code of it. Begin it at the start of the line.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .fixes = true,
    .names = names,
    .good = "## Overview\n",
    .bad = "  ## Overview\n",
    .article = article,
};
