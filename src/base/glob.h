/*
 * Globs as git matches them (gitignore(5), git's wildmatch.c): `*`, `?`, `[…]` with ranges, `!` or
 * `^` and `[:alpha:]`, `**`, backslash escapes; `{a,b}` besides when asked. As in git, `?` and
 * `[…]` stand for one byte. A pattern becomes a small automaton; matching takes at most time
 * proportional to path times pattern, whatever the stars and braces, and no memory.
 */
#ifndef NL_BASE_GLOB_H
#define NL_BASE_GLOB_H

#include "base/arena.h"
#include "base/str.h"

typedef struct nl_glob nl_glob;

/*
 * Compiles in the arena. NULL and *error (a sentence's end, static: "has a `[` without `]`") for a
 * pattern that git would take and that could never match, and for one above 4096 bytes. With
 * braces: `{a,b{c,}}` nests, a backslash escapes `{`, `,` and `}`; braces that are not closed or
 * hold no comma are an error. A slash in any choice counts as one in the pattern. The pattern's
 * leading `!` and trailing blanks are the business of who reads ignore files.
 */
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
