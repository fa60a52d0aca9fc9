/*
 * Inside the fast reader of YAML (yaml_fast*.c): where it stands, and going from line to line.
 */
#ifndef NL_DOC_YAML_FAST_READER_H
#define NL_DOC_YAML_FAST_READER_H

#include "base/unicode.h"
#include "doc/plain.h"
#include "doc/tree.h"

/* An open block collection. An indentless list has the column of the map that it is in. */
typedef struct nl_fast_level {
    size_t column;
    bool list, indentless;
} nl_fast_level;

/* The end of a scalar, with its quotes. It goes from hand to hand, and not by way of the reader,
 * where it would be read before it has been written through: that costs more than all of putting
 * a scalar. */
typedef struct nl_fast_end {
    size_t at;   /* 0: it is no scalar that can be read here */
    bool decode; /* it holds escapes or line ends */
} nl_fast_end;

typedef struct nl_fast {
    nl_tree tree;
    const char *p;
    size_t at, end;
    const size_t *lines; /* where the source's lines begin */
    size_t row;          /* which of them is that of `at` */
    size_t line;         /* its first byte */
    size_t line_end;     /* behind its last byte, without line end */
    bool returns;        /* the text holds CRs */
    nl_fast_level *levels;
    size_t depth;
    bool waits;                /* a key or dash of the innermost level has no value yet */
    size_t absent;             /* where it is when there is none: behind the colon or dash */
    bool ambiguous, untrimmed; /* see nl_yaml */
} nl_fast;

/* ---- Lines ---------------------------------------------------------------------------------- */

/* Where the next line begins. */
static inline size_t nl_fast_behind_line(const nl_fast *r) {
    return r->lines[r->row + 1];
}

/* Goes to a line that is there. */
static inline void nl_fast_enter(nl_fast *r, size_t row) {
    r->row = row;
    r->line = r->at = r->lines[row];
    r->line_end = r->lines[row + 1] - 1;
    if (r->returns && r->line_end > r->line && r->p[r->line_end - 1] == '\r')
        r->line_end--;
}

/* Enters the next line; false at the end of the text. */
static inline bool nl_fast_next_line(nl_fast *r) {
    if (nl_fast_behind_line(r) >= r->end)
        return false;
    nl_fast_enter(r, r->row + 1);
    return true;
}

static inline size_t nl_fast_skip_spaces(const nl_fast *r, size_t at) {
    while (r->p[at] == ' ')
        at++;
    return at;
}

/* Is there nothing but blanks and a comment from `at` on? */
static inline bool nl_fast_line_is_over(const nl_fast *r, size_t at) {
    size_t behind = nl_fast_skip_spaces(r, at);
    return behind >= r->line_end || (behind > at && r->p[behind] == '#');
}

/* ---- Scalars (yaml_fast_scalar.c) ----------------------------------------------------------- */

/* Reads the quoted scalar at `at`, which may go on over lines: the last of them is entered. */
nl_fast_end nl_fast_quoted(nl_fast *r, size_t at);

/* A scalar that was read, with the bytes that stand there for its text, without the quotes. */
static inline nl_value *nl_fast_scalar(nl_fast *r, nl_style style, size_t start, size_t end) {
    nl_value *v = nl_tree_node(&r->tree, NL_STRING, style, nl_span_of(start, end));
    size_t quote = style == NL_STYLE_SINGLE || style == NL_STYLE_DOUBLE;
    v->text = nl_str_n(r->p + start + quote, end - start - 2 * quote);
    return v;
}

/* Puts one that has its text. */
static inline void nl_fast_put_whole(nl_fast *r, nl_value *v) {
    if (nl_has_outer_space(v->text))
        r->untrimmed = true;
    nl_tree_put(&r->tree, v);
}

/* Puts a scalar that was read, whatever it is. */
bool nl_fast_put(nl_fast *r, nl_style style, size_t start, nl_fast_end end);

/* Types a plain scalar that may be something else than text. */
void nl_fast_type(nl_fast *r, nl_value *v);

/* Puts a null where a value was waited for. */
void nl_fast_put_absent(nl_fast *r);

/* Reads and puts the plain scalar that is at hand, which goes on over lines that stand deeper than
 * what it is in. */
bool nl_fast_plain(nl_fast *r);

/* Reads and puts the literal or folded scalar whose sign is at hand. */
bool nl_fast_block(nl_fast *r);

#endif
