/*
 * What is made from the rows of commands, options, formats and checks: the reference of the checks,
 * parts of the man pages, completions. Each writes text that is the same whenever the rows are.
 */
#ifndef NL_GENERATE_H
#define NL_GENERATE_H

#include "cli/options.h"
#include "rule/check.h"

void nl_generate_checks(nl_buf *out); /* docs/checks.md */

/* Lists in mdoc(7), for the places that man/NAME.in names. */
void nl_generate_man_commands(nl_buf *out);
void nl_generate_man_options(nl_buf *out);
void nl_generate_man_formats(nl_buf *out);
void nl_generate_man_checks(nl_buf *out);
void nl_generate_man_limits(nl_buf *out);

void nl_generate_limits(nl_buf *out); /* the table of docs/limits.md */

void nl_generate_bash(nl_buf *out);
void nl_generate_zsh(nl_buf *out);
void nl_generate_fish(nl_buf *out);

#endif
