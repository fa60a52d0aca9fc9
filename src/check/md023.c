/* md023: markdownlint's heading-start-left. */
#include "check/md.h"

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        if (h->indent.end <= h->indent.start)
            continue;
        nl_finding f = nl_finding_at(s, rule, h->indent);
        nl_finding_set(&f, "text", h->content);
        nl_finding_fix(&f, false, "remove the indentation");
        nl_finding_edit(&f, h->indent, NL_S(""));
        nl_md_report(md, NL_MD023, &f, "headings must start at the beginning of the line");
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md023 = {
    .name = "md023",
    .summary = "Headings must start at the beginning of the line",
    .help = "markdownlint's MD023, heading-start-left.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .fixes = true,
    .names = names,
    .good = "# A\n",
    .bad = " # A\n",
    .article = article,
};
