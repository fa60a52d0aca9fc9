/* md019: markdownlint's no-multiple-space-atx. */
#include "check/md.h"

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md_look_at_spaces(nl_md_of(s), rule, NL_MD019, NL_HEADING_ATX);
}

static const char *const names[] = {"text", "where", NULL};

const nl_check nl_check_md019 = {
    .name = "md019",
    .summary = "Multiple spaces after hash on atx style heading",
    .help = "markdownlint's MD019, no-multiple-space-atx.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .fixes = true,
    .names = names,
    .good = "# A\n",
    .bad = "#  A\n",
    .article = article,
};
