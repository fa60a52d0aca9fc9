/*
 * How the decoded text of a scalar and its bytes in the source belong together: a decoder for each
 * style that keeps the places. It is checked against the reader's own text, so that what it says is
 * proven.
 */
#ifndef NL_DOC_SCALAR_H
#define NL_DOC_SCALAR_H

#include "base/buf.h"
#include "doc/value.h"

/* What stands in `text` for a character that the reader could not be given: U+FFFD. */
#define NL_PLACEHOLDER "\xEF\xBF\xBD"

/* Decoded bytes and the source bytes they are made of. Verbatim pieces are equal byte for byte;
 * others belong together as a whole (an escape, a folded line end). */
typedef struct nl_piece {
    size_t text, source;     /* where it begins */
    size_t text_n, source_n; /* how long it is */
    bool verbatim;
} nl_piece;

struct nl_scalar_map {
    bool made, exact;
    nl_span raw; /* all bytes of the scalar; of a block scalar with the blank lines behind it */
    nl_piece *pieces;
    size_t count;
};

/* What a decoder finds. Free with nl_decoded_free(). */
typedef struct nl_decoded {
    nl_buf text;
    nl_piece *pieces;
    size_t count, cap;
    size_t content_end; /* of a block scalar: behind its last content */
    bool bad;           /* not a scalar of that style */
} nl_decoded;

/*
 * Decodes the scalar at raw. `indent` is that of a block scalar's content if known, or 0 to find it
 * out.
 */
nl_decoded nl_scalar_decode(nl_str bytes, nl_span raw, nl_style style, bool json, size_t indent);
void nl_decoded_free(nl_decoded *d);

/* Of a block scalar whose indentation is told by a digit: found with the help of its text. */
size_t nl_scalar_indent(nl_str bytes, nl_span raw, nl_str text);

static inline bool nl_style_is_block(nl_style style) {
    return style == NL_STYLE_LITERAL || style == NL_STYLE_FOLDED;
}

/* Without the quotes, if it has some. */
static inline nl_span nl_scalar_inner(const nl_value *v) {
    bool quoted = v->style == NL_STYLE_SINGLE || v->style == NL_STYLE_DOUBLE;
    return nl_span_of(v->span.start + quoted, v->span.end - quoted);
}

/* What nl_scalar_finish() does with a scalar that is not its bytes one for one. */
void nl_scalar_map_make(const nl_source *s, nl_value *v, bool placeholders, nl_arena *arena);

/*
 * Finishes a scalar that a reader made: v->span and v->text are what the reader said; the text may
 * be in memory of the reader's own, and becomes the source's or a copy in the arena. Sets v->map,
 * makes the span of a block scalar end at its content, and with `placeholders` gives v the true
 * text and marks it damaged if it holds what YAML forbids.
 */
static inline void nl_scalar_finish(const nl_source *s, nl_value *v, bool placeholders,
                                    nl_arena *arena) {
    nl_span inner = nl_scalar_inner(v);
    nl_str verbatim = nl_str_n(s->bytes.p + inner.start, inner.end - inner.start);
    if (nl_style_is_block(v->style) || !nl_str_eq(verbatim, v->text))
        nl_scalar_map_make(s, v, placeholders, arena);
    else
        v->text = verbatim;
}

/*
 * The same for a reader that only knows where the scalar stands: gives v the text too. False if
 * the bytes are no scalar of that style. The indentation of a block scalar must be told by its
 * content.
 */
bool nl_scalar_read(const nl_source *s, nl_value *v, nl_arena *arena);

/* The bytes of a scalar with all its blank lines (see nl_scalar_map). */
nl_span nl_scalar_raw(const nl_value *v);

/* Is the unit one that YAML forbids (or libyaml, which refuses U+007F too)? */
bool nl_yaml_forbids(uint32_t cp);

/* The same, or one that libyaml takes for a line end while YAML 1.2 does not. */
bool nl_yaml_substitutes(uint32_t cp);

#endif
