/*
 * What time goes into, by name, for `--timing`. Nothing else may depend on it. A table belongs to
 * one thread; tables are joined when the threads are done. All zero bytes is an empty table.
 */
#ifndef NL_BASE_TIMING_H
#define NL_BASE_TIMING_H

#include "base/map.h"
#include "base/str.h"
#include <stdint.h>

typedef struct nl_timing_row {
    nl_str name;
    uint64_t nanoseconds, count;
} nl_timing_row;

typedef struct nl_timing {
    nl_map names; /* of rows, and their memory */
    nl_timing_row **rows;
    size_t count, cap;
    uint64_t inner; /* already told of what runs now, see nl_timing_inner() */
} nl_timing;

/* A clock that only goes forward, in nanoseconds. */
uint64_t nl_timing_now(void);

/* The name is copied. */
void nl_timing_add(nl_timing *t, nl_str name, uint64_t nanoseconds, uint64_t count);

/* Adds one occurrence that began at `since`, less what nl_timing_inner() was told meanwhile.
 * Returns the time now. */
uint64_t nl_timing_lap(nl_timing *t, nl_str name, uint64_t since);

/* The same for something that runs within what the next nl_timing_lap() tells of. */
void nl_timing_inner(nl_timing *t, nl_str name, uint64_t since);

void nl_timing_free(nl_timing *t);

#endif
