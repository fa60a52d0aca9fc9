/*
 * Headings: their spans, made from the source's line because cmark tells neither ATX from setext
 * nor where a setext heading ends; and their text.
 */
#ifndef NL_DOC_MARKDOWN_HEADING_H
#define NL_DOC_MARKDOWN_HEADING_H

#include "doc/markdown_lines.h"

/* Moves a leaf whose text ends before line `behind` past the link reference definitions that it
 * begins with. False if nothing is left behind them. */
bool nl_leaf_skip_definitions(nl_markdown_state *st, nl_block *b, size_t behind);

/* Completes the block b (its first line and start are cmark's) and adds its heading. */
void nl_heading_make(nl_markdown *m, nl_block *b, nl_block_extra *x, size_t lines_behind);

/* Fills in the marks, text and closing hashes of the ATX heading whose block is known. */
void nl_heading_atx(nl_markdown_state *st, nl_heading *h);

/* The same for a setext heading: its underline, and the end of the line before it. */
void nl_heading_setext(nl_markdown_state *st, nl_heading *h, nl_span marks, size_t end);

/* What a reader sees of the heading that is that node. */
nl_str nl_heading_content(nl_markdown_state *st, nl_node *node);

#endif
