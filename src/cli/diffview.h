/*
 * A unified diff for people at a terminal: in colour, and with what could act on the terminal made
 * visible. Programs that apply a diff need it as it is.
 */
#ifndef NL_CLI_DIFFVIEW_H
#define NL_CLI_DIFFVIEW_H

#include "base/buf.h"
#include "base/str.h"
#include <stdbool.h>

/* Appends the diff of one file, which begins with its two lines of names. */
void nl_diff_view(nl_str diff, bool color, nl_buf *out);

#endif
