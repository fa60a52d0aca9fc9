/*
 * The rule sets that are part of the program: the files of rules/, embedded by tools/embed.sh.
 */
#ifndef NL_RULE_BUILTIN_H
#define NL_RULE_BUILTIN_H

#include <stddef.h>

typedef struct nl_builtin_set {
    const char *name; /* "news" for rules/news.yaml; NULL behind the last */
    const char *text; /* the file, NUL-terminated */
    size_t size;
} nl_builtin_set;

extern const nl_builtin_set nl_builtin_sets[];

#endif
