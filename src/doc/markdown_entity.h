/*
 * Entities and character references (CommonMark 0.30, 2.5), undone backwards: what bytes of the
 * source became which bytes of cmark's text. The 2,125 names themselves stay with cmark; all that
 * is needed of them here is which ones stand for more than one character.
 */
#ifndef NL_DOC_MARKDOWN_ENTITY_H
#define NL_DOC_MARKDOWN_ENTITY_H

#include "base/str.h"

/*
 * The length of the reference at `at` (an ampersand) if `as`, the text that cmark made from there
 * on, begins with what it stands for; *decoded is the length of that. 0 if it is plain text.
 */
size_t nl_entity_match(nl_str text, size_t at, nl_str as, size_t *decoded);

#endif
