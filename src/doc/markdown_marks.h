/*
 * What a line of Markdown begins with, told from its bytes alone: CommonMark 0.30, chapters 4 and
 * 5, as cmark 0.30.2 reads them. For the fast reader (markdown_fast.c), whatever is open there.
 * `rest` is what stands behind blanks and the prefixes of containers, up to the line's end; it is
 * not empty. Thread-safe.
 */
#ifndef NL_DOC_MARKDOWN_MARKS_H
#define NL_DOC_MARKDOWN_MARKS_H

#include "base/str.h"
#include <stdbool.h>

typedef enum nl_mark {
    NL_MARK_REFUSED, /* for cmark to read */
    NL_MARK_BLANK,
    NL_MARK_TEXT,
    NL_MARK_UNDERLINE, /* dashes or equals signs alone: text, a rule, or what makes a heading */
    NL_MARK_ATX,
    NL_MARK_RULE,
    NL_MARK_FENCE,
    NL_MARK_COMMENT,
    NL_MARK_ITEM,
    NL_MARK_QUOTE
} nl_mark;

/* Of a line that begins with no letter. */
nl_mark nl_mark_of(nl_str rest);

/* How often its first byte stands there before another one. */
size_t nl_mark_run(nl_str rest);

/* Length of the list marker with a blank or the line's end behind it, or 0. */
size_t nl_mark_of_list(nl_str rest);

/* Could the bracket that it begins with begin a link reference definition? */
bool nl_mark_may_define(nl_str rest);

/* Is there nothing but blanks, from `at` on? */
bool nl_mark_is_blank(nl_str rest, size_t at);

#endif
