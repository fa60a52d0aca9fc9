/*
 * Replacing a file as a whole, by a temporary one beside it: it is always either the old or the
 * new one. The temporary file is `.NAME.newslint-XXXXXX` in the folder of the file (of the target,
 * where it is a symbolic link; the link stays), locked (flock) while it is in use, and removed by
 * whoever finds it unlocked: see nl_replace_clean(). Any thread.
 */
#ifndef NL_RUN_REPLACE_H
#define NL_RUN_REPLACE_H

#include "base/file.h"
#include "run/guard.h"

/*
 * Writes `text` in place of an article that was read as `old` when it was `id`. Mode, owner and
 * extended attributes are kept; other names of the same file (hard links) keep the old text. An
 * article that is no longer what was read is left alone; so is one that may not be written. False
 * and *error then, and for all trouble.
 */
bool nl_replace_article(nl_guard *guard, const char *path, const nl_file_id *id, nl_str old,
                        nl_str text, nl_error *error);

/* The same for a report, which may be there or not. */
bool nl_replace_report(nl_guard *guard, const char *path, nl_str text, nl_error *error);

/* Removes what killed runs left in the folder ("" or with a slash behind). */
void nl_replace_clean(const char *folder);

#endif
