/*
 * Globs as in gitignore(5): `*`, `?`, `[…]`, `**`, backslash escapes; `{a,b}` besides when asked.
 * Matching is linear in path times pattern at worst, without recursion on the path.
 */
#ifndef NL_BASE_GLOB_H
#define NL_BASE_GLOB_H

#include "base/arena.h"
#include "base/str.h"

typedef struct nl_glob nl_glob;

/* Compiles in the arena. NULL and *error (a sentence, static) for a bad pattern. */
nl_glob *nl_glob_new(nl_str pattern, bool braces, nl_arena *arena, const char **error);

/*
 * Does the whole path match? Paths have `/` and no leading `./`. A pattern without a slash matches
 * the last component at any depth, one with a slash (but for a trailing one) matches from the root;
 * `**` spans components: that is gitignore's rule, and `**` + `/` + `*.md` matches `a.md` too. A
 * pattern that ends in `/` matches directories only.
 */
bool nl_glob_match(const nl_glob *g, nl_str path, bool is_dir);

/* Does it match the path or a folder above it? For `exclude: ["drafts/"]`. */
bool nl_glob_covers(const nl_glob *g, nl_str path);

#endif
