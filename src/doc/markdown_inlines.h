/*
 * From cmark's inlines to ours: every inline is found again in its leaf's bytes, in one walk along
 * cmark's nodes and the bytes at once. cmark's inline syntax leaves no choice in that walk: a node
 * says what its markup looks like, and each byte is consumed by one node. Where node and byte
 * disagree, nothing of the leaf is called exact.
 */
#ifndef NL_DOC_MARKDOWN_INLINES_H
#define NL_DOC_MARKDOWN_INLINES_H

#include "doc/markdown_lines.h"

/* Adds the inlines of the leaf blocks[i], and what of them is opaque and code. */
void nl_inlines_read(nl_markdown *m, size_t i, const nl_leaf *leaf);

/* Adds to opaque, and to code too. */
void nl_opaque_add(nl_markdown *m, nl_span span, bool code);

/* What is kept of cmark's text, which goes with its tree: U+FFFD for the stand-in. */
nl_str nl_literal_keep(const nl_markdown_state *st, nl_str literal);

#endif
