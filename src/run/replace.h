/*
 * Replacing a file as a whole, by a temporary one beside it (temporary.h; beside the target, where
 * it is a symbolic link; the link stays): it is always either the old or the new one. Any thread.
 */
#ifndef NL_RUN_REPLACE_H
#define NL_RUN_REPLACE_H

#include "base/file.h"
#include "run/guard.h"

typedef enum nl_replaced {
    NL_REPLACED,
    NL_REPLACED_BADLY, /* the new text is in place, and *error says what went wrong all the same */
    NL_NOT_REPLACED    /* the file is as it was, and *error says why */
} nl_replaced;

/*
 * Writes `text` in place of an article that was read as `old` when it was `id`. Mode, owner and
 * extended attributes are kept; other names of the same file (hard links) keep the old text. An
 * article that is no longer what was read, or that another program has open for writing, is left
 * alone; so is one that may not be written.
 */
nl_replaced nl_replace_article(nl_guard *guard, const char *path, const nl_file_id *id, nl_str old,
                               nl_str text, nl_error *error);

/* The same for a report, which may be there or not. */
nl_replaced nl_replace_report(nl_guard *guard, const char *path, nl_str text, nl_error *error);

#endif
