/*
 * The blocks and headings of a plain body, read without cmark; what they are and where they stand
 * is the same, to the last span: tests/unit/reader_laws.h compares the two. What it is not sure of
 * it refuses, and cmark reads. What is made on demand, cmark makes.
 */
#ifndef NL_DOC_MARKDOWN_FAST_H
#define NL_DOC_MARKDOWN_FAST_H

#include "doc/markdown.h"

/*
 * Reads the body that nl_markdown_begin() began, which is UTF-8; it begins on that line of the
 * source. False: refused, and nothing of m is set.
 */
bool nl_markdown_fast(nl_markdown *m, size_t first_line);

#endif
