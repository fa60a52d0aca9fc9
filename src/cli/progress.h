/*
 * A line on standard error that tells how far a long run is: on a terminal, and not in a job of a
 * CI service. Whoever writes to a terminal erases it first.
 */
#ifndef NL_CLI_PROGRESS_H
#define NL_CLI_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct nl_progress {
    bool wanted;
    atomic_bool shown; /* the line stands there; asked also when a signal ends the program */
    struct timespec began, told;
} nl_progress;

/* The run begins. */
void nl_progress_begin(nl_progress *p, bool wanted);

/* Shows the number, unless the run is young or the last one stands there but a moment. */
void nl_progress_show(nl_progress *p, size_t articles);
void nl_progress_erase(nl_progress *p);

/* Since the beginning. */
double nl_progress_seconds(const nl_progress *p);

#endif
