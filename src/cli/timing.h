/* The table of `--timing`. */
#ifndef NL_CLI_TIMING_H
#define NL_CLI_TIMING_H

#include "base/buf.h"
#include "base/timing.h"

/* Appends the stages in their order, then the rules, the dearest first. */
void nl_timing_write(const nl_timing *t, nl_buf *out);

#endif
