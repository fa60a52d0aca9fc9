/* The rule set in force for a path, for commands that look at rules and not at articles. */
#ifndef NL_CLI_SITES_H
#define NL_CLI_SITES_H

#include "cli/options.h"
#include "engine/engine.h"
#include "run/discover.h"

typedef struct nl_rules_view {
    nl_discover *discover;
    const nl_site *site;
    nl_ruleset *rules;
    const char *rule_path; /* of the path, from the rule file's folder; owned by this */
} nl_rules_view;

/* By -c, --rules or discovery from the path's folder (NULL: the current one). False if the rules
 * are bad; they were said then. */
bool nl_rules_view_open(nl_rules_view *v, const nl_options *o, const char *path);

/* The same for sets or rule files alone. */
bool nl_rules_view_open_sets(nl_rules_view *v, const nl_options *o, const char *const *sets,
                             size_t count);
void nl_rules_view_close(nl_rules_view *v);

/* "safe", "unsafe" or "none": what a rule's fixes can be. */
const char *nl_rule_fixes(const nl_check *check);

/* Text for a terminal, wrapped by nobody: made visible but for line ends, each line indented. */
void nl_put_indented(nl_str text, const char *indent, nl_buf *out);

/* The same for prose: lines longer than 80 cells are broken between words. */
void nl_put_wrapped(nl_str text, size_t indent, nl_buf *out);

#endif
