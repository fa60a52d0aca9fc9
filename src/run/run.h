/*
 * A run: articles from a walk, each checked (and fixed) by the rules of its place, on as many
 * threads as wanted, delivered in order of path whatever their number. Where rules compare
 * articles, the rest of the site is read too, and results wait until all have been seen: in memory
 * up to a bound, beyond it as paths that are looked at again.
 */
#ifndef NL_RUN_RUN_H
#define NL_RUN_RUN_H

#include "base/buf.h"
#include "base/file.h"
#include "base/timing.h"
#include "newslint.h"
#include "run/discover.h"
#include "run/guard.h"
#include "run/walk.h"

typedef enum nl_run_fixes {
    NL_RUN_CHECK,
    NL_RUN_WRITE, /* write what was fixed to disk */
    NL_RUN_SHOW   /* hand it over, write nothing */
} nl_run_fixes;

/* A text that stands for an article: standard input. */
typedef struct nl_run_text {
    const char *path; /* NULL: there is none */
    nl_str text;
} nl_run_text;

typedef enum nl_run_kind {
    NL_RUN_ARTICLE,
    NL_RUN_RULES, /* what is wrong with a rule file; comes once, where it first mattered */
    NL_RUN_FOLDER /* a folder that could not be read */
} nl_run_kind;

/* What was found out about one path. */
typedef struct nl_run_item {
    nl_run_kind kind;
    newslint_result *trouble; /* what newslint itself has to say; comes before `result`; or NULL */
    newslint_result *result;  /* NULL when the article could not be read */
    nl_site *site;
    nl_buf shown; /* what options.show() made of the article and the fixed one */
    size_t fixed; /* fixes that were applied */
    bool failed;  /* something could not be read or written, or rules are bad: status 2 */
} nl_run_item;

typedef struct nl_run_options {
    nl_walk *walk;
    nl_discover *discover;
    nl_guard *guard;
    nl_run_text text;            /* in place of the walk */
    const nl_walk_options *rest; /* how the rest of a site is walked, for rules that compare
                                    articles; NULL: what is checked is compared alone */
    bool narrowed;               /* `walk` leaves out what `rest` does not (--include) */
    nl_run_fixes fixes;
    bool unsafe;
    unsigned jobs;     /* threads; 0: the processors this process may use */
    bool texts;        /* results are to keep the texts */
    nl_timing *timing; /* is told what the time of all threads goes into; NULL: not wanted */
    bool clean_too;    /* deliver articles without findings too; else they are counted alone */

    /* For NL_RUN_SHOW: appends what is to be shown of an article and its fixed text (the same if
     * nothing was fixed). Called by several threads at once. */
    void (*show)(nl_str path, nl_str old_text, nl_str new_text, nl_buf *out);

    /* On the calling thread, in order. The item is the run's; its results live until it returns.
     * False ends the run. */
    bool (*item)(void *context, const nl_run_item *item);
    void (*progress)(void *context, size_t articles); /* now and then; may be NULL */
    void *context;
} nl_run_options;

typedef struct nl_run_summary {
    size_t articles; /* that were to be checked, read or not */
    bool failed;
    bool fallback; /* there was an article without a rule file */
} nl_run_summary;

/* False if item() ended it. */
bool nl_run(const nl_run_options *options, nl_run_summary *summary);

/* Only the paths that would be checked, in order; `why` is NULL, or says why a folder cannot be
 * read.
 */
typedef bool (*nl_run_path)(void *context, const char *path, const char *why);
bool nl_run_list(const nl_run_options *options, nl_run_path path);

#endif
