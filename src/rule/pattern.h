/*
 * Regular expressions: PCRE2 with UTF and UCP, compiled once with JIT, matched under match, depth
 * and heap limits. The only file that knows PCRE2. Patterns are immutable and shared by threads; a
 * matcher is one thread's scratch. Subjects need not be UTF-8.
 */
#ifndef NL_RULE_PATTERN_H
#define NL_RULE_PATTERN_H

#include "base/arena.h"
#include "base/str.h"

typedef struct nl_pattern nl_pattern;
typedef struct nl_matcher nl_matcher;

/* Owns patterns; the same text and case is compiled once. All zero bytes is empty. */
typedef struct nl_pattern_pool {
    nl_pattern **items;
    size_t count, cap;
} nl_pattern_pool;

typedef struct nl_pattern_error {
    size_t offset; /* bytes into the pattern */
    char message[160];
} nl_pattern_error;

const nl_pattern *nl_pattern_get(nl_pattern_pool *pool, nl_str text, bool ignore_case,
                                 nl_pattern_error *error); /* NULL and *error if it is none */
void nl_pattern_pool_free(nl_pattern_pool *pool);
nl_str nl_pattern_text(const nl_pattern *p);

nl_matcher *nl_matcher_new(void);
void nl_matcher_free(nl_matcher *m);

typedef enum nl_match { NL_MATCH_NO, NL_MATCH_YES, NL_MATCH_LIMIT } nl_match;

enum { NL_GROUPS_MAX = 10 };

typedef struct nl_groups {
    size_t count; /* groups set, the whole match being the first */
    size_t start[NL_GROUPS_MAX], end[NL_GROUPS_MAX]; /* SIZE_MAX: not set */
} nl_groups;

/* Searches from byte `from`. groups may be NULL. */
nl_match nl_pattern_find(const nl_pattern *p, nl_matcher *m, nl_str subject, size_t from,
                         nl_groups *groups);

/* The replacement of a match, `$1` and `$name` expanded, `$$` a dollar; in the arena. */
nl_str nl_pattern_expand(const nl_pattern *p, nl_str subject, const nl_groups *groups,
                         nl_str replacement, nl_arena *arena);

#endif
