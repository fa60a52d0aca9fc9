/*
 * cmark's tree, without cmark: what the other markdown files see of it. The nodes live in the arena
 * that they were parsed into and are never freed one by one.
 */
#ifndef NL_DOC_MARKDOWN_TREE_H
#define NL_DOC_MARKDOWN_TREE_H

#include "base/arena.h"
#include "base/str.h"

typedef struct cmark_node nl_node;

typedef enum nl_node_kind {
    NL_NODE_DOCUMENT,
    NL_NODE_QUOTE,
    NL_NODE_LIST,
    NL_NODE_ITEM,
    NL_NODE_CODE,
    NL_NODE_HTML,
    NL_NODE_PARAGRAPH,
    NL_NODE_HEADING,
    NL_NODE_RULE,
    NL_NODE_TEXT, /* the first inline */
    NL_NODE_SOFTBREAK,
    NL_NODE_LINEBREAK,
    NL_NODE_CODE_SPAN,
    NL_NODE_TAG,
    NL_NODE_EMPHASIS,
    NL_NODE_STRONG,
    NL_NODE_LINK,
    NL_NODE_IMAGE
} nl_node_kind;

/* Bytes of a text: cmark's buffers have int sizes, grow by half and abort beyond (buffer.c). */
enum { NL_TREE_TEXT_MOST = 1 << 29 };

/* Parses the text, which must be UTF-8 without NUL and no longer than NL_TREE_TEXT_MOST; NULL if
 * the tree wants more than `most` bytes of memory. A node is some 150 bytes for as little as one
 * byte of text. */
nl_node *nl_tree_parse(nl_str text, size_t most, nl_arena *arena);

/* How many lines the tree's line numbers are ahead of the text's. cmark drops U+FEFF from the first
 * buffer that it sees, but here it is a character, so an empty line is fed before it. */
size_t nl_tree_shift(nl_str text);

nl_node_kind nl_node_kind_of(nl_node *n);
nl_node *nl_node_first(nl_node *n);
nl_node *nl_node_next(nl_node *n);
nl_node *nl_node_parent(nl_node *n);
size_t nl_node_count(nl_node *top); /* of its descendants */
nl_str nl_node_literal(nl_node *n); /* of text, code, HTML; lives as long as the arena */
nl_str nl_node_url(nl_node *n);
nl_str nl_node_title(nl_node *n);
int nl_node_level(nl_node *n);
size_t nl_node_line(nl_node *n); /* first line, from 1 in the text */
size_t nl_node_last_line(nl_node *n);
size_t nl_node_column(nl_node *n); /* first column, from 1, in bytes */

#endif
