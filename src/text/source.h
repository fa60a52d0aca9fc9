/*
 * A text as it is on disk, and where its lines begin. Lines end at LF, CRLF or a lone CR and at
 * nothing else. Offsets are bytes; lines and columns are made only where something is printed.
 */
#ifndef NL_TEXT_SOURCE_H
#define NL_TEXT_SOURCE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/str.h"
#include "text/limits.h"
#include "text/span.h"

/*
 * A place in all units; all but offset start at 1. A BOM at the start of the text is not counted.
 * Within a character (a cluster, for display), it is the column of its beginning that is told, but
 * for offset and byte.
 */
typedef struct nl_position {
    size_t offset, line, column, utf16, byte, display;
} nl_position;

typedef struct nl_source_mark nl_source_mark;

/* Made by nl_source_of(). Looking places up fills what is behind `arena`: one thread at a time. */
typedef struct nl_source {
    nl_str path;             /* as shown */
    nl_str bytes;            /* borrowed */
    nl_bytes_seen seen;      /* of them; all kinds, everywhere, where nobody looked */
    const nl_limits *limits; /* what may be asked of those who look at it; never NULL */
    nl_arena *arena; /* for the tables; NULL with `lines` given: each place is a walk of its own */
    size_t *lines;   /* offset of each line's first byte; made as far as it is asked for */
    size_t line_count;       /* at least 1 once made */
    size_t line_cap, lf, cr; /* the next LF and CR behind the lines made, or the length */
    bool all_lines;
    nl_source_mark *marks; /* places within long lines from where to count on; without an arena,
                              NULL or those of nl_source_make_marks() */
} nl_source;

/* Under the default limits. */
nl_source nl_source_of(nl_str path, nl_str bytes, nl_arena *arena);

/* Looks at all bytes, for `seen` and, of what is not very long, the lines. */
void nl_source_see(nl_source *s);

/* Makes all lines, if that is still to be done. */
void nl_source_make_lines(nl_source *s);

/* Number of lines; a text that ends in a line end has an empty last line. */
size_t nl_source_line_count(nl_source *s);

/* The line (from 1) that holds the byte; the offset may be the text's length. */
size_t nl_source_line_at(nl_source *s, size_t offset);

/* The bytes of a line (from 1) without its line end. */
static inline nl_span nl_source_line(nl_source *s, size_t line) {
    if (!s->all_lines)
        nl_source_make_lines(s);
    size_t start = s->lines[line - 1];
    if (line == s->line_count)
        return nl_span_of(start, s->bytes.n);
    size_t end = s->lines[line];
    if (end > start && s->bytes.p[end - 1] == '\n')
        end--;
    if (end > start && s->bytes.p[end - 1] == '\r')
        end--;
    return nl_span_of(start, end);
}

/* The place of an offset (clamped to the text). The first in a line is linear in the line up to it,
 * each other one next to free: any number of places in any order costs one walk over the text. */
nl_position nl_source_locate(nl_source *s, size_t offset);

/* The places of both ends of a span, for one walk. */
void nl_source_locate_span(nl_source *s, nl_span span, nl_position *start, nl_position *end);

/* Makes what is needed for finding places in long lines, one walk over them, so that a copy of the
 * source without an arena finds them as fast; NULL, and *size 0, if there is no long line. */
const nl_source_mark *nl_source_make_marks(nl_source *s, size_t *size);

/* The inverse of locate by line and column in code points; clamped to the line. Offsets within a
 * line end, a BOM or a character come back as the place where that begins or ends. */
size_t nl_source_offset(nl_source *s, size_t line, size_t column);

/* Length of the BOM at the start: 3 or 0. */
size_t nl_source_bom(nl_str bytes);

#endif
