/*
 * From cmark's blocks to ours. cmark's first lines and first columns are right but for paragraphs
 * and setext headings behind link reference definitions; its last lines are not (HTML blocks,
 * setext headings and fences that a container closed), so ends are found again in the source.
 */
#ifndef NL_DOC_MARKDOWN_BLOCKS_H
#define NL_DOC_MARKDOWN_BLOCKS_H

#include "doc/markdown_lines.h"

/* Fills headings and blocks, and the state's extra, from the tree. */
void nl_blocks_make(nl_markdown *m, nl_node *root, size_t shift);

/* Sets the container stack to what is open behind blocks[i], all before it having been passed so:
 * what is around it, and itself if it is a container. */
void nl_blocks_pass(nl_markdown *m, size_t i);

#endif
