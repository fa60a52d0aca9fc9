/*
 * A baseline: findings that a site has had for long and that are not to be reported. It is a text,
 * one entry a line in bytewise order, fields parted by tabs:
 *
 *     newslint baseline 1
 *     content/a.md	news/enum	1f0c6d3a9b27e854	2
 *
 * the path from the baseline's folder, the rule, a fingerprint of the offending text (and of its
 * field, without indices), and how many there may be. In paths and rules `\` and bytes that are
 * control characters or not UTF-8 are written as \xNN. What moves within its article stays what it
 * is; what is exchanged for something else does not.
 */
#ifndef NL_CLI_BASELINE_H
#define NL_CLI_BASELINE_H

#include "base/arena.h"
#include "base/file.h"
#include "newslint.h"
#include "run/discover.h"
#include "run/guard.h"

typedef struct nl_baseline nl_baseline;

/* NULL if it cannot be read or is broken: *error is a sentence then. With `update` it may be
 * missing. */
nl_baseline *nl_baseline_open(const char *path, bool update, const nl_discover *discover,
                              nl_error *error);

/* An article was checked: its entries that are not met by nl_baseline_holds() are gone. */
void nl_baseline_visit(nl_baseline *b, const newslint_result *result);

/* Is the finding of the article visited last held back? With `update` every one is. */
bool nl_baseline_holds(nl_baseline *b, const newslint_result *result, const newslint_diagnostic *d);

/* How many findings the baseline knows that are no more: of articles that were checked and, with
 * `all`, of those that are not there any more. */
size_t nl_baseline_gone(nl_baseline *b, bool all);

/* Writes what was found, and the entries of articles that were not checked and are there; not if
 * that changes nothing. */
bool nl_baseline_write(nl_baseline *b, nl_guard *guard, nl_error *error);

void nl_baseline_free(nl_baseline *b); /* NULL is fine */

#endif
