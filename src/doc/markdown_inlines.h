/*
 * From cmark's inlines to ours: every inline is found again in its leaf's bytes, in one walk along
 * cmark's nodes and the bytes at once.
 */
#ifndef NL_DOC_MARKDOWN_INLINES_H
#define NL_DOC_MARKDOWN_INLINES_H

#include "doc/markdown_lines.h"

#endif
