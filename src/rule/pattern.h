/*
 * Regular expressions: PCRE2 with UTF and UCP, compiled once with JIT, matched under match, depth
 * and heap limits. The only file that knows PCRE2. Patterns are immutable and shared by threads; a
 * matcher is one thread's scratch. Subjects need not be UTF-8: no pattern matches a byte that is
 * not, and what stands before and behind such a byte is seen as one text's start and end only.
 */
#ifndef NL_RULE_PATTERN_H
#define NL_RULE_PATTERN_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "text/limits.h"

typedef struct nl_pattern nl_pattern;
typedef struct nl_matcher nl_matcher;

/* Owns patterns; the same text and case is compiled once. All zero bytes is empty. */
typedef struct nl_pattern_pool {
    nl_pattern **items;
    size_t count, cap;
    nl_map numbers[2]; /* by text; [1]: of those that ignore case */
    size_t most;       /* bytes of a pattern; 0: any */
} nl_pattern_pool;

typedef struct nl_pattern_error {
    size_t start, end; /* bytes into the pattern (or the replacement): a whole character, or none */
    char message[200];
} nl_pattern_error;

const nl_pattern *nl_pattern_get(nl_pattern_pool *pool, nl_str text, bool ignore_case,
                                 nl_pattern_error *error); /* NULL and *error if it is none */
void nl_pattern_pool_free(nl_pattern_pool *pool);
nl_str nl_pattern_text(const nl_pattern *p);

nl_matcher *nl_matcher_new(void);

/* From now on a search may take so many steps at one place of the text (nl_limits.regex_steps,
 * whose default holds before), and in proportion over the whole text, in depth and in memory. */
void nl_matcher_bound(nl_matcher *m, size_t steps);
void nl_matcher_free(nl_matcher *m);

/* NL_MATCH_LIMIT: a limit was hit; whether there is a match is not known. It costs some 10 ms, so
 * that who searches many pieces of an article does not go on with that pattern. */
typedef enum nl_match { NL_MATCH_NO, NL_MATCH_YES, NL_MATCH_LIMIT } nl_match;

enum { NL_GROUPS_MAX = 10 };

typedef struct nl_groups {
    size_t count; /* groups set, the whole match being the first */
    size_t start[NL_GROUPS_MAX], end[NL_GROUPS_MAX]; /* SIZE_MAX: not set */
} nl_groups;

/* Searches from byte `from` (at most subject.n). groups may be NULL. A match may be empty: who
 * looks for the next one then goes on one character further. start <= end always holds. */
nl_match nl_pattern_find(const nl_pattern *p, nl_matcher *m, nl_str subject, size_t from,
                         nl_groups *groups);

/* Is each group that the replacement names one of the pattern's, and kept (NL_GROUPS_MAX)? */
bool nl_pattern_accepts(const nl_pattern *p, nl_str replacement, nl_pattern_error *error);

/* The replacement of a match: `$1`, `${1}`, `$name` and `${name}` expanded (`$0` is the whole
 * match, a group that took no part is empty), `$$` a dollar; any other dollar stands for itself. In
 * the arena. */
nl_str nl_pattern_expand(const nl_pattern *p, nl_str subject, const nl_groups *groups,
                         nl_str replacement, nl_arena *arena);

#endif
