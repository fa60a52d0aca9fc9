/*
 * Ends the program at SIGINT, SIGTERM and SIGHUP at once and cleanly: a thread of its own waits for
 * them, removes the temporary files that are registered, and ends with status 130, 143 or 129.
 * SIGHUP stays ignored where it was (nohup). What is written to a pipe in pieces of whole lines
 * below PIPE_BUF is never cut by that. While a guard stands, SIGPIPE and SIGXFSZ are ignored, so
 * that a closed pipe and a file that may not grow are errors of write(), and so is SIGIO, which
 * tells of broken leases (see replace.c).
 */
#ifndef NL_RUN_GUARD_H
#define NL_RUN_GUARD_H

#include "base/buf.h"
#include "base/str.h"

typedef struct nl_guard nl_guard;

/* A temporary file; the folder is an open descriptor. Its owner keeps it where it is until it is
 * dropped. */
typedef struct nl_guard_file {
    int folder;
    const char *name;
    struct nl_guard_file *next;
} nl_guard_file;

/* Before any other thread is started; blocks the signals in the calling thread. */
nl_guard *nl_guard_new(void);
void nl_guard_free(nl_guard *g); /* the signals act as before */

/* Between these two nothing ends the program: for steps that must not be half done. Short, and
 * without asking for memory. */
void nl_guard_enter(nl_guard *g);
void nl_guard_leave(nl_guard *g);

/* Registers a temporary file when it is made, and forgets it when it is gone. Inside
 * nl_guard_enter(), without asking for memory. */
void nl_guard_add(nl_guard *g, nl_guard_file *file);
void nl_guard_drop(nl_guard *g, nl_guard_file *file);

/* One more article has its new text. Inside nl_guard_enter(). */
void nl_guard_count(nl_guard *g);

/* Runs before a signal ends the program, such as to erase a line of progress and to say how many
 * articles were counted; may only write. */
void nl_guard_farewell(nl_guard *g, void (*farewell)(void *context, size_t count), void *context);

/* Writes the message to standard error, removes the temporary files and ends the program, as the
 * only thread and without asking for memory: for when there is none. */
_Noreturn void nl_guard_quit(nl_guard *g, nl_str message, int status);

#endif
