/*
 * What may be asked of a run by bytes that strangers wrote: every number is a row of limits.def,
 * and an option of the command line and of the library. A source carries the limits that hold for
 * it.
 */
#ifndef NL_TEXT_LIMITS_H
#define NL_TEXT_LIMITS_H

#include "base/buf.h"
#include <stdint.h>

#define NL_LIMIT_NONE (SIZE_MAX / 4) /* of sums and products of limits none overflows */

enum {
    NL_LIMIT_DEPTH_MOST = 10000,    /* trees are walked by recursion */
    NL_LIMIT_BODY_DEPTH_MOST = 1000 /* containers that are open are held on the stack */
};

typedef struct nl_limits {
#define NL_LIMIT(member, name, option, unit, fallback, least, most, what, over) size_t member;
#include "text/limits.def"
#undef NL_LIMIT
} nl_limits;

typedef enum nl_limit_id {
#define NL_LIMIT(member, name, option, unit, fallback, least, most, what, over) NL_LIMIT_##member,
#include "text/limits.def"
#undef NL_LIMIT
    NL_LIMIT_COUNT
} nl_limit_id;

typedef enum nl_unit { NL_UNIT_NUMBER, NL_UNIT_BYTES } nl_unit;

typedef struct nl_limit {
    const char *name, *option; /* option may be NULL */
    nl_unit unit;
    size_t offset; /* in nl_limits */
    size_t fallback, least, most;
    const char *what, *over;
} nl_limit;

extern const nl_limit nl_limit_rows[NL_LIMIT_COUNT];

extern const nl_limits nl_limits_default;

/* Puts the default in place of each that is 0, and the nearest bound of each that is out of bounds.
 */
void nl_limits_complete(nl_limits *limits);

size_t nl_limits_get(const nl_limits *limits, nl_limit_id id);

/* Appends "; --max-size sets the limit". */
void nl_limit_hint(nl_limit_id id, nl_buf *out);

/* Appends what was found, in which `%zu` stands for the limit's number, and what sets it:
 * "the file has more than 10000000 lines; --limit lines=N sets the limit". */
void nl_limit_say(nl_limit_id id, const nl_limits *limits, const char *what, nl_buf *out);

#endif
