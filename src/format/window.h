/*
 * A line of an article as a terminal can show it: tabs expanded, what could act on the terminal in
 * visible form, long lines cut around a range with `…`. Time depends on the width alone, not on the
 * length of the line.
 */
#ifndef NL_FORMAT_WINDOW_H
#define NL_FORMAT_WINDOW_H

#include "base/arena.h"
#include "base/str.h"

enum { NL_WINDOW_MIN = 16, NL_WINDOW_MAX = 400, NL_WINDOW_REACH = 8 * NL_WINDOW_MAX + 256 };

typedef struct nl_window {
    nl_str text;
    size_t mark, mark_width; /* in cells: where the range is in the text; at least 1 wide */
} nl_window;

/* Shows the bytes start to end of the line within `width` cells, which is clamped to the bounds
 * above; a mark at the line's end may stand one cell behind the text. Nothing that is further than
 * NL_WINDOW_REACH bytes from the range is looked at. `in_job`: see nl_put_log(). */
nl_window nl_window_show(nl_str line, size_t start, size_t end, size_t width, bool in_job,
                         nl_arena *arena);

/* Width of a text in cells. */
size_t nl_cells(nl_str s);

#endif
