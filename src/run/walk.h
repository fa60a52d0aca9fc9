/*
 * Arguments to articles: files as named, folders walked, all in one bytewise order of path, each
 * path once. A folder yields its `*.md`, `*.markdown` and `*.mdx`; hidden and `node_modules`
 * folders, hidden files, what ignore files or --exclude leave out, links to folders, and what is no
 * file are passed over and counted. A folder that is left out is not walked into. A file that was
 * named is taken whatever its name. Memory is one listing a level of the folder at hand.
 */
#ifndef NL_RUN_WALK_H
#define NL_RUN_WALK_H

#include "base/file.h"

typedef struct nl_walk_options {
    const char *const *include; /* globs: only files that match one; see nl_walk_add() */
    size_t include_count;
    const char *const *exclude; /* globs: files and folders left out */
    size_t exclude_count;
    bool no_ignore;     /* do not read ignore files */
    bool force_exclude; /* pass over named files too that a walk would not come to */
} nl_walk_options;

/* How many each filter removed below one argument. */
typedef struct nl_walk_left {
    size_t other, hidden, modules, ignored, excluded, not_included, special, links;
    size_t unreadable; /* folders, of which each was told */
    size_t unwanted;   /* by a rule file's include and exclude: for the caller to count */
} nl_walk_left;

/* One argument. */
typedef struct nl_walk_root {
    const char *shown;
    bool folder;
    size_t found; /* articles that came of it, for the caller to count */
    nl_walk_left left;
} nl_walk_root;

typedef struct nl_walk_item {
    const char *path; /* as shown, valid until the next call */
    nl_walk_root *root;
    bool named;          /* on the command line, and so taken whatever rules say of its path */
    const char *trouble; /* not NULL: no article, but a folder that could not be read, and why */
} nl_walk_item;

typedef struct nl_walk nl_walk;

/*
 * The globs are gitignore's with braces, matched against the path as shown and against the path
 * below the argument. A glob of --include lets files of other names through if its last component
 * holds a dot or no wildcard (`*.txt`, `README`); any other only narrows (`content/` + `**`). NULL
 * and *error for a bad glob. The options' strings are borrowed.
 */
nl_walk *nl_walk_new(const nl_walk_options *options, nl_error *error);

/* Adds an argument before the first nl_walk_next(). False if there is no such file or folder, or
 * it is something else. */
bool nl_walk_add(nl_walk *w, const char *path, nl_error *error);

/* False at the end. */
bool nl_walk_next(nl_walk *w, nl_walk_item *item);

/* The arguments in order of path. */
nl_walk_root *nl_walk_roots(nl_walk *w, size_t *count);

/* One sentence that says why the argument yielded nothing. */
void nl_walk_explain(const nl_walk_root *root, nl_buf *out);

void nl_walk_free(nl_walk *w);

#endif
