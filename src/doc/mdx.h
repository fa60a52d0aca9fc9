/*
 * The body of an MDX file (https://mdxjs.com/docs/what-is-mdx/): Markdown with imports, exports,
 * expressions in braces and JSX tags. What is JavaScript is hidden from cmark, byte for byte, so
 * that it is neither prose nor Markdown: imports, exports, and tags and expressions that have lines
 * of their own, are blank; within a line an expression is a code span and a tag an HTML tag.
 * Lower-case tags without braces are left to Markdown, which knows them.
 */
#ifndef NL_DOC_MDX_H
#define NL_DOC_MDX_H

#include "doc/markdown.h"

bool nl_mdx_is(nl_str path);

/* As nl_markdown_parse(). Texts of inlines hold what was put in the place of JavaScript. Linear. */
nl_markdown *nl_mdx_parse(nl_source *s, size_t start, nl_arena *arena);

#endif
