/*
 * Ignore files as git reads them (gitignore(5), dir.c of git): the `.gitignore` and
 * `.newslintignore` of each folder from the repository's root down, and `.git/info/exclude` below
 * them all. Levels form a chain from a folder up to the root; the deepest file speaks first, and
 * in a file the last line that matches. `.newslintignore` counts as lines added to the
 * `.gitignore` beside it. What git knows as tracked plays no part.
 */
#ifndef NL_RUN_IGNORE_H
#define NL_RUN_IGNORE_H

#include "base/file.h"
#include "base/str.h"

typedef struct nl_ignore nl_ignore;

enum { NL_IGNORE_GIT = 1, NL_IGNORE_OWN = 2, NL_IGNORE_ROOT = 4 };

/*
 * The level of one folder. `folder` opens it ("" is the current one, else it ends in a slash);
 * `depth` is the length of its path (with the slash behind) as nl_ignore_match() will be given it.
 * `which` says what is to be read: NL_IGNORE_GIT and NL_IGNORE_OWN the two files, NL_IGNORE_ROOT
 * that the folder holds `.git`, so that `info/exclude` is read and the levels above do not count.
 * Returns the parent itself when there is nothing to add. An ignore file that is there and cannot
 * be read is an error (error->code), for nobody knows what it would have left out.
 */
const nl_ignore *nl_ignore_push(const nl_ignore *parent, const char *folder, size_t depth,
                                unsigned which, nl_error *error);

/* Frees the level if it is not the parent. */
void nl_ignore_pop(const nl_ignore *level, const nl_ignore *parent);

/* Is the path left out? Only its own name is judged: folders above must have been asked before. */
bool nl_ignore_match(const nl_ignore *level, nl_str path, bool is_folder);

#endif
