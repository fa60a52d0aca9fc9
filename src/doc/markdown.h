/*
 * The body of an article: headings, blocks and inlines with their exact bytes. cmark is the judge
 * of what is what; places are found again in the source's own bytes, and what could not be found
 * exactly is marked so: it may be reported, never edited. CommonMark 0.30 only: tables,
 * strikethrough and other extensions are paragraph text, as they are for cmark.
 *
 * Headings and blocks are there after nl_markdown_parse(); inlines, definitions, opaque, code and
 * words after nl_markdown_inlines(), which costs about as much again and is made once.
 */
#ifndef NL_DOC_MARKDOWN_H
#define NL_DOC_MARKDOWN_H

#include "base/arena.h"
#include "base/str.h"
#include "text/source.h"

/* Why a body was not parsed: a limit (nl_limits.body_depth, _steps, _memory), or that cmark takes
 * no text so long. */
typedef enum nl_refusal {
    NL_BODY_TAKEN,
    NL_BODY_TOO_DEEP, /* quotes and lists within one another: each line costs cmark each of them */
    NL_BODY_TOO_TANGLED, /* image brackets: cmark 0.30 would take more than linear time */
    NL_BODY_TOO_LARGE,
    NL_BODY_TOO_LONG
} nl_refusal;

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
    nl_span indent;  /* blanks before it that belong to no container; usually empty */
    nl_span text;    /* the inline content: no hashes, no blanks around; empty if there is none.
                        Of a setext heading over several lines: from the first to the last */
    nl_span marks;   /* the opening hashes; of a setext heading the underline */
    nl_span closing; /* the closing hashes; empty if there are none */
    size_t line;     /* of its text (from 1), also behind link reference definitions */
    size_t at;       /* its block: blocks[at] */
    nl_str content;  /* what a reader sees: markup gone, entities and escapes undone, image
                        alternatives in, a line break as a space */
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
    unsigned depth;               /* 0: a child of the document */
    nl_span span;                 /* first to last byte, without the last line end; behind the
                                     definitions that a paragraph begins with. Later lines hold the
                                     prefixes of the containers */
    size_t first_line, last_line; /* of span, from 1, in the source */
    size_t index;                 /* headings[index] for NL_BLOCK_HEADING */
    size_t inlines, inline_count; /* the leaf's inlines[]; after nl_markdown_inlines() */
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
    bool decoded;   /* text: an escape or an entity; else text is the very bytes of span */
    bool hard;      /* break */
    unsigned depth; /* 0: a direct child of the block; a descendant follows its ancestor and has a
                       greater depth */
    nl_span span;   /* with its markup: `[a](b)`, `**a**`, `` `a` ``; a break: from the blanks or
                       backslash before the line end to the next line's text, over the prefixes of
                       containers */
    nl_span target; /* link, image: the destination's bytes without <>, empty if not found
                       (reference); autolink: between the angle brackets */
    nl_span label;  /* link, image by reference: the label of `[a][label]` without brackets, else
                       empty */
    nl_str text;    /* text: as read; code: its literal; HTML: as written; link, image: the URL,
                       escapes and entities undone */
    nl_str title;   /* link, image */
} nl_inline;

/* A link reference definition, `[label]: target "title"`. */
typedef struct nl_definition {
    nl_span span;   /* from [ to the end of the target or title */
    nl_span label;  /* without brackets */
    nl_span target; /* without <> */
    size_t line;
    bool root;
} nl_definition;

struct nl_markdown_state;

typedef struct nl_markdown {
    nl_heading *headings;
    size_t heading_count;
    nl_block *blocks; /* in document order, containers before their members */
    size_t block_count;
    nl_refusal refused; /* other than NL_BODY_TAKEN: there is nothing in it */
    nl_span trouble;    /* where it is refused: the line, or empty at the start */

    /* after nl_markdown_inlines() */
    nl_inline *inlines; /* in document order, a parent before its children */
    size_t inline_count;
    nl_definition *definitions;
    size_t definition_count;
    nl_span *opaque; /* code spans and blocks, HTML, autolinks, link targets, reference labels and
                        definitions, in order, not overlapping: where text is not prose. A block
                        whose inlines are not exact is all of it */
    size_t opaque_count;
    nl_span *code; /* of these, code spans and blocks alone (and blocks that are not exact and hold
                      code) */
    size_t code_count;
    size_t words; /* of the prose: runs without white space that hold a letter or digit */

    struct nl_markdown_state *state;
} nl_markdown;

/*
 * Parses the bytes from `start` to the end of the source, a BOM at the source's start left out.
 * Linear; any bytes are taken: NULs and bytes that are not UTF-8 count as the letter U+FFFD, which
 * is what decoded texts hold for them; views into the source hold the bytes themselves. The source
 * must outlive the result, its bytes too.
 */
nl_markdown *nl_markdown_parse(nl_source *s, size_t start, nl_arena *arena);

/* The first half of that: nothing is parsed yet. */
nl_markdown *nl_markdown_begin(nl_source *s, size_t start, nl_arena *arena);

/* The same, unless `reference` without cmark if it is plain (doc/markdown_fast.h). The bytes are
 * UTF-8; `start` is on that line of the source. */
nl_markdown *nl_markdown_read(nl_source *s, size_t start, size_t first_line, bool reference,
                              nl_arena *arena);

/* What was read without cmark gets its private state too. */
void nl_markdown_complete(nl_markdown *m);

/* Makes what is made on demand; does nothing the second time. */
void nl_markdown_inlines(nl_markdown *m);

/* Gives back what it holds, if that is much. Nothing but what kept it from being parsed may be
 * asked of it then. */
void nl_markdown_drop(nl_markdown *m);

/* Is it no container? */
static inline bool nl_block_is_leaf(const nl_block *b) {
    return b->kind != NL_BLOCK_QUOTE && b->kind != NL_BLOCK_LIST && b->kind != NL_BLOCK_ITEM;
}

/* Does the offset lie in one of the ordered spans? */
bool nl_spans_hold(const nl_span *spans, size_t count, size_t offset);

/* The slug of a heading's content as GitHub makes it, without the counter; in the arena. */
nl_str nl_heading_slug(nl_str content, nl_arena *arena);

#endif
