/*
 * What a command line names: arguments and --files-from to a walk, and afterwards which of them
 * yielded nothing and why; the clock.
 */
#ifndef NL_CLI_INPUTS_H
#define NL_CLI_INPUTS_H

#include "cli/options.h"
#include "run/walk.h"

typedef struct nl_inputs {
    nl_walk *walk;
    nl_buf list; /* of --files-from; the paths lie in it */
    bool failed; /* a path does not exist: was said */
    bool none;   /* no path was named: the current folder */
} nl_inputs;

/* False if there is nothing to go on with; was said then. */
bool nl_inputs_open(nl_inputs *in, const nl_options *o);

/* Says of each argument that yielded nothing why. True if there was one for which the run failed;
 * a named file that --force-exclude passes over is none. */
bool nl_inputs_complain(nl_inputs *in, const nl_options *o);

/* Says why a folder could not be read, where no report does. */
void nl_inputs_complain_of(const char *path, const char *trouble);
void nl_inputs_close(nl_inputs *in);

/* --now, SOURCE_DATE_EPOCH, or the system's clock. False if it is no time; was said then. */
bool nl_inputs_now(const nl_options *o, int64_t *now);

#endif
