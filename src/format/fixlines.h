/*
 * What a fix does to lines: those that go and those that come, for a small diff. A fix that does
 * more than a few lines, or nothing that lines show, has none.
 */
#ifndef NL_FORMAT_FIXLINES_H
#define NL_FORMAT_FIXLINES_H

#include "base/arena.h"
#include "format/write.h"

enum { NL_FIX_LINES_MAX = 6 };

typedef struct nl_fix_lines {
    size_t line; /* number of the first one */
    nl_str old[NL_FIX_LINES_MAX], new[NL_FIX_LINES_MAX];
    size_t old_count, new_count;
} nl_fix_lines;

/* False where there is nothing to show. Very long lines are cut far from the edits. */
bool nl_fix_lines_make(const newslint_result *result, const newslint_diagnostic *d,
                       nl_fix_lines *lines, nl_arena *arena);

#endif
