/*
 * The temporary file that will replace another: `.NAME.newslint-XXXXXX` in the folder of NAME,
 * locked (flock) while it is in use, known to the guard, and removed by whoever finds it unlocked:
 * see nl_temporary_clean(). What fails leaves errno. Any thread.
 */
#ifndef NL_RUN_TEMPORARY_H
#define NL_RUN_TEMPORARY_H

#include "run/guard.h"
#include <limits.h>

typedef struct nl_temporary {
    nl_guard *guard;
    int folder;              /* a descriptor, the caller's */
    int fd;                  /* -1: none */
    char name[NAME_MAX + 1]; /* the file's own, as long as it is known to the guard */
    nl_guard_file known;
} nl_temporary;

/* Makes the file, for reading and writing by its owner alone. False: there is none. */
bool nl_temporary_make(nl_temporary *t, nl_guard *guard, int folder, const char *name);

/* Makes the bytes last and closes the file for writing, so that nobody takes it for one that is
 * being written; the lock stays. */
bool nl_temporary_finish(nl_temporary *t);

/* Removes the file of that name, whichever it is by now, and forgets it. Inside nl_guard_enter().
 * False if it is still there. */
bool nl_temporary_remove(nl_temporary *t);

void nl_temporary_close(nl_temporary *t);

/* Removes what killed runs left in the folder ("" or with a slash behind). */
void nl_temporary_clean(const char *folder);

#endif
