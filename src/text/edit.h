/*
 * An edit replaces a span by text; a fix is edits that go together. Choosing takes as many fixes as
 * do not overlap, in order; applying makes the new text; the rest of the bytes stay as they are.
 */
#ifndef NL_TEXT_EDIT_H
#define NL_TEXT_EDIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/span.h"

typedef struct nl_edit {
    nl_span span;
    nl_str text;
} nl_edit;

typedef struct nl_fix {
    bool unsafe;
    nl_str description; /* "replace `â€¦` by `…`" */
    nl_edit *edits;     /* in order, not overlapping, no two insertions at one place */
    size_t count;
} nl_fix;

/*
 * Chooses among `count` fixes (NULL entries are passed over), in the order given: a fix is taken
 * when none of its edits overlaps or touches at a zero-length insertion an edit taken before. Two
 * identical edits count as one. A fix without edits, or whose own edits overlap, is not taken.
 * Returns the edits in order, in the arena; *taken is the number of fixes. O(n log n) in the edits.
 */
nl_edit *nl_edits_choose(nl_fix *const *fixes, size_t count, nl_arena *arena, size_t *edit_count,
                         size_t *taken);

/* Appends the text with the edits (in order, not overlapping, in bounds) applied. */
void nl_edits_apply(nl_str text, const nl_edit *edits, size_t count, nl_buf *out);

/*
 * Appends a unified diff of the two texts with three lines of context, as `patch -p0` and
 * `git apply -p0` take it (headers `--- path` and `+++ path`, C-style quoted where git would;
 * "\ No newline at end of file"). Appends nothing when they are equal. Lines end at LF, as for
 * diff(1). Minimal where little differs, and linear in time where much does.
 */
void nl_unified_diff(nl_str path, nl_str old_text, nl_str new_text, nl_buf *out);

#endif
