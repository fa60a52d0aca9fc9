/*
 * Which rules an article is checked by: those of the nearest `newslint.yaml` or `.newslint.yaml` in
 * its folder or above, the built-in set `news` where there is none, or what the command line says
 * for all. Each rule file is compiled once, each folder looked at once. One thread at a time;
 * engines and places live as long as the discovery.
 */
#ifndef NL_RUN_DISCOVER_H
#define NL_RUN_DISCOVER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "newslint.h"
#include <stdint.h>

typedef struct nl_discover_options {
    const char *config;      /* one rule file for all; NULL: none */
    const char *const *sets; /* built-in sets and rule files for all, if set_count > 0 */
    size_t set_count;
    int64_t now;
    newslint_limits limits;
    bool reference; /* as in newslint_rules */
} nl_discover_options;

/* Articles that are checked by the same rules. */
typedef struct nl_site {
    newslint_engine *engine;   /* NULL: the rules are bad */
    newslint_result *problems; /* with the rule file; NULL: none */
    char *folder;              /* real path of the folder that rule paths start at */
    char *shown;               /* the same from the current one, with a slash behind; or "" */
    char *file;                /* the rule file as shown; NULL: built-in sets */
    bool fallback;             /* `news`, since there is no rule file */
    bool told;                 /* for the caller: the problems were delivered */
    newslint_corpus *corpus;   /* for the caller; freed with the site; NULL: not needed */
    bool met, covered;         /* for the caller: all of the site is checked */
    bool compared;             /* for the caller: an article in the folder has facts */
    struct nl_site *next;      /* of all, the newest first */
} nl_site;

/* One folder's site, and what stands before a file's name in its rule path. */
typedef struct nl_place {
    nl_site *site;
    char *prefix; /* "content/blog/" or "" */
    char *shown;  /* the folder in the shortest way from the current one, likewise */
} nl_place;

typedef struct nl_discover nl_discover;

/* NULL and *error where the current folder cannot be found. */
nl_discover *nl_discover_new(const nl_discover_options *options, nl_error *error);

/* The place of a folder as shown ("" or with a slash behind). Never NULL. */
const nl_place *nl_discover_place(nl_discover *d, nl_str folder);

/* The real path of a folder as shown; of one that is not there, that of the nearest one above and
 * the rest as written. In the arena. */
char *nl_discover_real(const nl_discover *d, nl_arena *arena, nl_str shown);

/* Appends the path from one real folder to another, with a slash behind; nothing if they are the
 * same. */
void nl_discover_between(const char *from, const char *to, nl_buf *out);

nl_site *nl_discover_sites(const nl_discover *d);
void nl_discover_free(nl_discover *d);

#endif
