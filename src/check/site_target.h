/* Relative targets of links and images, which must be there in the site. */
#ifndef NL_CHECK_SITE_TARGET_H
#define NL_CHECK_SITE_TARGET_H

#include "check/checks.h"

/* `%20` and the like undone; in the arena. */
nl_str nl_percent_decoded(nl_str text, nl_arena *arena);

/* Tells that the article is there, and what in it. */
void nl_site_target_have(nl_scope *s, const nl_str *anchors, size_t count);

/*
 * Asks for the file that a relative URL leads to, and for the place in it that its fragment names;
 * it is reported at the span when all articles were read. An URL that is absolute, that begins with
 * a slash (nobody knows what that is the root of), or of which the last name has no extension (it
 * is an address of the site, not a file) is left alone, and one that a site's templates fill.
 */
void nl_site_target_want(nl_scope *s, const nl_rule *rule, nl_str url, nl_span span);

#endif
