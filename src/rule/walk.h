/*
 * Visiting every scalar below a place of the front matter, and telling values apart. What an alias
 * or a merge key repeats is visited where it was written, once.
 */
#ifndef NL_RULE_WALK_H
#define NL_RULE_WALK_H

#include "base/buf.h"
#include "rule/scope.h"

/* The scalar is the target's value, or its key when `key` is true. The target lives until the
 * visitor returns. */
typedef void nl_visitor(void *context, const nl_target *t, const nl_value *scalar, bool key);

/* In order of writing, each key before its value. */
void nl_walk_scalars(const nl_target *top, nl_visitor *visit, void *context);

/* Is there a scalar among them for which `is` holds? Asks less than a visitor gets, for less. */
bool nl_walk_any(const nl_value *top, bool (*is)(const nl_value *scalar, bool key));

/* The target of a map's entry; `step` is filled for it. `map` must be the target of the map. */
nl_target nl_target_of_entry(const nl_target *map, const nl_entry *entry, nl_step *step);

/* The target of the whole front matter. */
nl_target nl_target_of_root(const nl_value *root);

/* Has the front matter a backslash? Then its strings may hold what its bytes do not. */
bool nl_walk_has_escapes(const nl_scope *s);

enum { NL_CANON_MAX = 1 << 20 }; /* bytes */

/*
 * Appends bytes that are the same for values that are equal in kind and content (1 and 1.0 are;
 * 1 and "1" are not), and different for others. False when they would be more than NL_CANON_MAX:
 * aliases can stand for much.
 */
bool nl_value_canon(const nl_value *v, nl_buf *out);

#endif
