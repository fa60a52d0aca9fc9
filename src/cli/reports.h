/*
 * The reports of one run: each format to its place, with what is hidden left out, and the counts
 * that the exit status and the summary are made of.
 */
#ifndef NL_CLI_REPORTS_H
#define NL_CLI_REPORTS_H

#include "base/map.h"
#include "cli/baseline.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "run/run.h"

typedef struct nl_tally { /* of one rule, for --statistics */
    nl_str rule;
    size_t count;
} nl_tally;

typedef struct nl_reports {
    const nl_options *options;
    nl_guard *guard;
    nl_report reports[NL_REPORTS_MAX];
    const char *files[NL_REPORTS_MAX]; /* NULL: to `fd` */
    size_t count;
    int fd;              /* standard output, or standard error when the fixed text goes out there */
    bool watched;        /* `fd` is a terminal: what there is, is shown at once */
    int broken;          /* errno: `fd` cannot be written any more, but files still can */
    bool lines;          /* one of them is text or pretty: a summary follows */
    nl_buf root, prefix; /* of the repository, where there is one: see nl_report_settings */
    bool in_repository;
    const nl_site **told; /* those whose rules are known */
    size_t told_count, told_cap;
    const newslint_diagnostic **shown;
    size_t shown_cap;
    nl_baseline *baseline; /* for the owner to set; NULL: none */
    nl_progress *progress; /* likewise: to be erased before the descriptor is written */
    nl_summary summary;
    nl_map by_rule; /* to a number in tallies */
    nl_tally *tallies;
    size_t tally_count, tally_cap;
    nl_arena arena;
} nl_reports;

/* False for a bad combination; was said then. */
bool nl_reports_open(nl_reports *r, const nl_options *o, nl_guard *guard, int fd);

/* Adds an item's diagnostics. */
void nl_reports_add(nl_reports *r, const nl_run_item *item);

/* Writes what has gathered for the descriptor. False with errno set if that fails and there is no
 * file for which to go on. */
bool nl_reports_flush(nl_reports *r);

/* Ends all and writes the files; says of each that could not be written why. False with errno set
 * if the descriptor could not. */
bool nl_reports_end(nl_reports *r);

/* On standard error: statistics and summary, as far as wanted. */
void nl_reports_epilogue(nl_reports *r);

/* The status by --fail-on and --max-warnings. */
int nl_reports_status(const nl_reports *r);
void nl_reports_free(nl_reports *r);

/* A result as text on standard error. */
void nl_reports_complain(const newslint_result *result);

#endif
