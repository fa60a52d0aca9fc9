/*
 * Ends the program at SIGINT and SIGTERM at once and cleanly: a thread of its own waits for them,
 * removes the temporary files that are registered, and ends with status 130 or 143. What is written
 * to a pipe in pieces of whole lines below PIPE_BUF is never cut by that. While a guard stands,
 * SIGPIPE and SIGXFSZ are ignored, so that a closed pipe and a file that may not grow are errors of
 * write().
 */
#ifndef NL_RUN_GUARD_H
#define NL_RUN_GUARD_H

#include "base/buf.h"
#include "base/str.h"

typedef struct nl_guard nl_guard;

/* Before any other thread is started; blocks the two signals in the calling thread. */
nl_guard *nl_guard_new(void);
void nl_guard_free(nl_guard *g); /* the signals act as before */

/* Between these two no signal ends the program: for steps that must not be half done. Short. */
void nl_guard_enter(nl_guard *g);
void nl_guard_leave(nl_guard *g);

/* Registers a temporary file before it is made, and forgets it when it is gone. The folder is an
 * open descriptor. Inside nl_guard_enter(). */
void nl_guard_add(nl_guard *g, int folder, const char *name);
void nl_guard_drop(nl_guard *g, int folder, const char *name);

/* Runs before the program ends by a signal, such as to erase a line of progress; may only write. */
void nl_guard_farewell(nl_guard *g, void (*farewell)(void *context), void *context);

#endif
