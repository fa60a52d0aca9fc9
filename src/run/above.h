/*
 * What stands above an argument: the levels of ignore files from the root of its repository down
 * to its folder, and whether one of them leaves out the folder itself. Without a repository the
 * current folder is the root for what lies below it, and for the rest the argument itself.
 */
#ifndef NL_RUN_ABOVE_H
#define NL_RUN_ABOVE_H

#include "base/buf.h"
#include "run/ignore.h"

typedef struct nl_above {
    const nl_ignore *level; /* with that of the folder itself */
    nl_buf prefix;          /* the folder's path from the root, with a slash behind; or empty */
    bool ignored;
    nl_error error;           /* of an ignore file that cannot be read (its code), or none */
    char *here;               /* private: the current folder */
    const nl_ignore **levels; /* private: all, to be freed */
    size_t count, cap;
} nl_above;

/* `folder` as shown: with or without a slash behind, "" for the current one. With no_ignore only
 * the prefix is found. */
void nl_above_find(nl_above *a, nl_str folder, bool no_ignore);
void nl_above_free(nl_above *a);

/* The repository that the current folder is in: the real path of its root, and the current folder
 * as seen from there, both without a slash behind. False if it is in none. */
bool nl_above_repository(nl_buf *root, nl_buf *prefix);

#endif
