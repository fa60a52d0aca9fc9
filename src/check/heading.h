/* What the checks of headings share. */
#ifndef NL_CHECK_HEADING_H
#define NL_CHECK_HEADING_H

#include "check/checks.h"

typedef enum nl_title { NL_TITLE_NONE, NL_TITLE_GIVEN, NL_TITLE_UNKNOWN } nl_title;

/*
 * Does the front matter give the article a title, which then counts as a heading of level 1?
 * `field` is a top-level key; an empty one, a nested one and an empty title do not count. It is not
 * known where the front matter cannot be read: then what depends on it is not to be reported.
 */
nl_title nl_heading_title(nl_scope *s, nl_str field);

/* A finding at a heading: its text without hashes, or its whole block when it has no text. Sets
 * {text}. */
nl_finding nl_finding_at_heading(nl_scope *s, const nl_rule *rule, const nl_heading *h);

/* The text that a heading is compared by: as a reader sees it, NFC, case folded if asked. */
nl_str nl_heading_key(nl_scope *s, const nl_heading *h, bool ignore_case);

/* Where the run of characters of the set that the text ends in begins; text.n if there is none. */
size_t nl_heading_ends_in(nl_str text, nl_str set);

#endif
