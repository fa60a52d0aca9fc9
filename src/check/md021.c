/* md021: markdownlint's no-multiple-space-closed-atx. */
#include "check/md.h"

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md_look_at_spaces(nl_md_of(s), rule, NL_MD021, NL_HEADING_ATX_CLOSED);
}

static const char *const names[] = {"text", "where", NULL};

const nl_check nl_check_md021 = {
    .name = "md021",
    .summary = "Multiple spaces inside hashes on closed atx style heading",
    .help = "markdownlint's MD021, no-multiple-space-closed-atx.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .fixes = true,
    .names = names,
    .good = "# A #\n",
    .bad = "#  A #\n",
    .article = article,
};
