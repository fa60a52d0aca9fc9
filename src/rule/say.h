/* Words that messages share: lists of what was wanted, kinds with their article. All in the arena.
 */
#ifndef NL_RULE_SAY_H
#define NL_RULE_SAY_H

#include "rule/check.h"

enum { NL_SAY_ITEMS_MAX = 12 };

/* "`a`, `b` or `c`"; behind NL_SAY_ITEMS_MAX items "`a`, … or 7 more". Made visible. */
nl_str nl_say_list(nl_scope *s, const nl_str *items, size_t count);

/* "a string", "an integer", "null". */
const char *nl_say_kind(nl_kind kind);

/* Copies a printf'd text. */
nl_str nl_say(nl_scope *s, const char *format, ...) NL_PRINTF(2, 3);

/* 1:1, for what concerns the whole article: empty, behind a byte order mark. */
nl_span nl_say_start(const nl_scope *s);

#endif
