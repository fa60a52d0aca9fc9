/*
 * The rule sets that are part of the program: the files of rules/, embedded by tools/pack.
 */
#ifndef NL_RULE_BUILTIN_H
#define NL_RULE_BUILTIN_H

#include "base/str.h"

typedef struct nl_builtin_set {
    const char *name; /* "news" for rules/news.yaml; NULL behind the last */
    nl_str text;      /* the file, a NUL behind it */
    nl_str tree;      /* its values (doc/packed.h) */
} nl_builtin_set;

extern const nl_builtin_set nl_builtin_sets[];

#endif
