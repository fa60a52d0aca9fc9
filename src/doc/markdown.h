/*
 * The body of an article: headings, blocks and inlines with their exact bytes. The only file that
 * knows cmark. Block lines are cmark's; inline places are found again in the bytes, and what could
 * not be found exactly is marked so: it may be reported, never edited.
 */
#ifndef NL_DOC_MARKDOWN_H
#define NL_DOC_MARKDOWN_H

#include "base/arena.h"
#include "base/str.h"
#include "text/source.h"

typedef enum nl_heading_style {
    NL_HEADING_ATX,
    NL_HEADING_ATX_CLOSED,
    NL_HEADING_SETEXT
} nl_heading_style;

typedef struct nl_heading {
    int level; /* 1 to 6 */
    nl_heading_style style;
    bool root;       /* not in a quote or list */
    nl_span block;   /* from the first hash (or the text's first byte) to the end of the last line,
                        without line end */
    nl_span text;    /* the inline content: no hashes, no blanks around; empty if there is none.
                        Of a setext heading over several lines: from the first to the last */
    nl_span marks;   /* the opening hashes; of a setext heading the underline */
    nl_span closing; /* the closing hashes; empty if there are none */
    size_t line;     /* of its text (from 1), also behind link reference definitions */
    nl_str content;  /* what a reader sees: markup gone, entities and escapes undone, image
                        alternatives in */
} nl_heading;

typedef enum nl_block_kind {
    NL_BLOCK_PARAGRAPH,
    NL_BLOCK_HEADING, /* index: into headings */
    NL_BLOCK_CODE,    /* fenced or indented */
    NL_BLOCK_HTML,
    NL_BLOCK_RULE,  /* thematic break */
    NL_BLOCK_QUOTE, /* containers; their members follow */
    NL_BLOCK_LIST,
    NL_BLOCK_ITEM
} nl_block_kind;

typedef struct nl_block {
    nl_block_kind kind;
    bool root;                    /* a child of the document */
    bool fenced;                  /* NL_BLOCK_CODE */
    nl_span span;                 /* first to last byte, without the last line end */
    size_t first_line, last_line; /* from 1, in the source */
    size_t index;                 /* headings[index] for NL_BLOCK_HEADING */
    size_t inlines, inline_count; /* the leaf's inlines[] */
} nl_block;

typedef enum nl_inline_kind {
    NL_INLINE_TEXT,
    NL_INLINE_CODE,
    NL_INLINE_HTML,
    NL_INLINE_LINK,     /* text between: the following inlines that lie in its span */
    NL_INLINE_AUTOLINK, /* <https://…> */
    NL_INLINE_IMAGE,
    NL_INLINE_EMPHASIS,
    NL_INLINE_STRONG,
    NL_INLINE_BREAK /* soft or hard */
} nl_inline_kind;

typedef struct nl_inline {
    nl_inline_kind kind;
    bool exact;     /* span is proven; else it is the whole block's */
    unsigned depth; /* 0: a direct child of the block */
    nl_span span;   /* with its markup: `[a](b)`, `**a**`, `` `a` `` */
    nl_span target; /* link, image: the destination's bytes, empty if not found (reference) */
    nl_str text;    /* text: as read; code: its literal; link, image: the URL, decoded */
    nl_str title;   /* link, image */
} nl_inline;

typedef struct nl_markdown {
    nl_heading *headings;
    size_t heading_count;
    nl_block *blocks; /* in document order, containers before their members */
    size_t block_count;
    nl_inline *inlines; /* in document order */
    size_t inline_count;
    nl_span *opaque; /* code spans and blocks, HTML, autolinks and link targets, in order, not
                        overlapping: where text is not prose */
    size_t opaque_count;
    nl_span *code; /* of these, code spans and blocks alone */
    size_t code_count;
    size_t words; /* of the prose: runs without white space that hold a letter or digit */
} nl_markdown;

/* Parses the bytes from `start` to the end of the source. Linear; any bytes are taken. */
nl_markdown *nl_markdown_parse(nl_source *s, size_t start, nl_arena *arena);

/* Does the offset lie in one of the ordered spans? */
bool nl_spans_hold(const nl_span *spans, size_t count, size_t offset);

/* The slug of a heading's content as GitHub makes it, without the counter; in the arena. */
nl_str nl_heading_slug(nl_str content, nl_arena *arena);

#endif
