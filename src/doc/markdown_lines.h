/*
 * The lines of a body as CommonMark's block phase sees them: which part of a line belongs to the
 * containers (quotes and list items) around a block and which is its own, tabs and all, and the
 * content of a block put together from its lines with the way back to the source. Follows cmark
 * 0.30.2's blocks.c, so that the bytes are the ones that cmark's inline phase was given.
 */
#ifndef NL_DOC_MARKDOWN_LINES_H
#define NL_DOC_MARKDOWN_LINES_H

#include "doc/markdown.h"
#include "doc/markdown_tree.h"
#include <stdint.h>

typedef struct nl_container {
    bool item;         /* else a quote */
    size_t width;      /* columns from the parent's content to the item's */
    size_t first_line; /* where an item's marker stands */
} nl_container;

/* What is private to a block: blocks[i] has extra[i]. A source of 4 GiB or more is
 * refused (NL_BODY_TOO_LONG), so that its offsets and lines fit 32 bits. */
typedef struct nl_block_extra {
    nl_node *node;
    uint32_t depth;     /* of the container stack around it */
    uint32_t raw_line;  /* first line, its leading definitions included */
    uint32_t raw_start; /* first byte of that */
    uint32_t text_end;  /* line behind the last one of its text (a setext underline is not text) */
    nl_container own;   /* quote, item */
} nl_block_extra;

typedef struct nl_markdown_state {
    nl_source *source;
    bool large; /* the arena is the body's own, and goes before the article's */
    nl_arena *arena;
    nl_arena *tree; /* of a large body: holds cmark's until the inlines are made; or NULL */
    const char *p;  /* the source, by the source's offsets, damage replaced by `standin` */
    char standin;   /* 0 if nothing was replaced */
    size_t start, end;
    size_t first_line; /* the source's line that holds start */
    nl_block_extra *extra;
    nl_container *stack; /* room for nl_limits.body_depth + 1; not yet there while `fast` */
    size_t depth;
    size_t inline_cap, definition_cap, opaque_cap, code_cap;
    size_t *open; /* inlines that are not closed yet, by depth */
    size_t open_cap;
    bool fast; /* read without cmark: there is nothing but headings and blocks */
    bool done; /* inlines are made */
} nl_markdown_state;

/* A place in a line, with the column that tabs make of it. */
typedef struct nl_line {
    const char *p;
    size_t at, end; /* end: of the line, without line end */
    size_t column;  /* within a tab at `at` that is partly used up, too */
} nl_line;

/* The line of the source (from 1), from its start or the body's. */
static inline nl_line nl_line_open(nl_markdown_state *st, size_t line) {
    nl_span span = nl_source_line(st->source, line);
    size_t at = span.start < st->start ? st->start : span.start;
    return (nl_line){.p = st->p, .at = at, .end = span.end < at ? at : span.end};
}

/* Columns of blanks at `at`; *first is the first byte that is no blank. */
size_t nl_line_indent(const nl_line *l, size_t *first);

/* Length of the run of c at `at`. */
size_t nl_line_run(const nl_line *l, size_t at, char c);

bool nl_line_blank(const nl_line *l);

/* Goes past the prefixes of the containers on the stack. Returns how many are there: fewer on a
 * lazy continuation line or behind the end of some. */
size_t nl_line_enter(nl_markdown_state *st, nl_line *l, size_t line);

/* The item whose marker stands next on the line; `line` is entered up to its parent. */
nl_container nl_item_read(const nl_line *l, size_t line);

/* The bytes of a leaf as the inline phase sees them, lines joined by one '\n'. */
typedef struct nl_leaf {
    const char *p;
    size_t n;    /* without the blanks and line ends at its end */
    size_t full; /* with them; the last byte is a line end if p begins with '[' */
    size_t line_count;
    struct nl_leaf_line {
        size_t at;         /* of the line in p */
        size_t start, end; /* in the source, without line end */
        size_t line;
    } * lines;
    struct nl_leaf_line one;
} nl_leaf;

/* The leaf from byte `start` on line `first` to the line before `behind`, blanks at its end left
 * out. */
void nl_leaf_read(nl_markdown_state *st, nl_leaf *leaf, size_t start, size_t first, size_t behind);

/* The line that holds a place in the leaf's bytes; the place in the source. A line end maps to the
 * source's. */
const struct nl_leaf_line *nl_leaf_line_at(const nl_leaf *leaf, size_t at);
size_t nl_leaf_map(const nl_leaf *leaf, size_t at);
nl_span nl_leaf_span(const nl_leaf *leaf, size_t start, size_t end);

#endif
