/*
 * Timestamps by RFC 3339 and ISO 8601, strictly: proleptic Gregorian calendar, leap seconds where
 * there were some, offsets, fractions of any length. Instants compare exactly.
 */
#ifndef NL_BASE_TIME_H
#define NL_BASE_TIME_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

/* A point in time. `fraction` is the digits behind the point without trailing zeros, borrowed. */
typedef struct nl_instant {
    int64_t seconds; /* since 1970-01-01T00:00:00Z, without leap seconds */
    bool leap;       /* within the leap second that follows `seconds` */
    nl_str fraction;
} nl_instant;

typedef enum nl_time_form {
    NL_TIME_DATE,
    NL_TIME_LOCAL, /* date and time without offset */
    NL_TIME_FULL
} nl_time_form;

/* What is wrong with a timestamp, in the order of the text. NL_TIME_OK: nothing. Those above
 * NL_TIME_SPELLING leave no doubt about the instant and can be respelled. */
typedef enum nl_time_fault {
    NL_TIME_OK,
    NL_TIME_SPACE_FOR_T,  /* `2025-11-14 02:13:55Z` */
    NL_TIME_LOWER_T_OR_Z, /* `2025-11-14t02:13:55z` */
    NL_TIME_OFFSET_COLON, /* `+0000` */
    NL_TIME_OFFSET_HOURS, /* `+00` */
    NL_TIME_OFFSET_SPACE, /* a blank before the offset (Jekyll) */
    NL_TIME_COMMA,        /* `55,123` */
    NL_TIME_BASIC,        /* `20251114T021355Z` */
    NL_TIME_ZONE_NAME,    /* `UTC`, `GMT` */
    NL_TIME_NO_SECONDS,   /* `02:13Z` */
    NL_TIME_SPELLING = 31,
    NL_TIME_NOT_A_TIME, /* nothing like one */
    NL_TIME_NO_SUCH_MONTH,
    NL_TIME_NO_SUCH_DAY,  /* 31 November, 29 February of a common year */
    NL_TIME_NO_SUCH_HOUR, /* 24:00 and above */
    NL_TIME_NO_SUCH_MINUTE,
    NL_TIME_NO_SUCH_SECOND,
    NL_TIME_NO_LEAP_SECOND, /* :60 where there was none */
    NL_TIME_NO_SUCH_OFFSET,
    NL_TIME_NO_TIME, /* only a date where a time was wanted: set by callers */
    NL_TIME_NO_ZONE, /* set by callers */
    NL_TIME_YEAR,    /* not four digits, or year 0000 */
    NL_TIME_DIGITS,  /* one digit where two must stand */
    NL_TIME_ORDER,   /* 14.11.2025, 11/14/2025: day, month or both unclear */
    NL_TIME_TRAILING /* something behind it */
} nl_time_fault;

typedef struct nl_time {
    nl_time_form form;
    nl_time_fault fault;           /* the first one */
    size_t fault_start, fault_end; /* bytes of the text that are at fault */
    bool instant_known; /* false for NL_TIME_DATE, NL_TIME_LOCAL and what does not parse */
    nl_instant instant; /* a date: midnight UTC; local: as if UTC */
    int offset_minutes;
    bool utc;               /* Z, or an offset of zero */
    size_t fraction_digits; /* as written */
    int year, month, day;
} nl_time;

/* Reads the whole text. Never fails: `fault` says what is wrong. */
nl_time nl_time_read(nl_str text);

/* One sentence's end for the fault, such as "has no such day: November has 30 days"; in the arena.
 */
nl_str nl_time_explain(nl_str text, const nl_time *t, nl_arena *arena);

/* The text spelled by RFC 3339 with the same instant, offset and fraction; {NULL, 0} unless the
 * instant is certain. */
nl_str nl_time_respell(nl_str text, const nl_time *t, nl_arena *arena);

int nl_instant_cmp(nl_instant a, nl_instant b);

/* "10m", "2h", "7d", "1h30m", "90s", "2w" to seconds; false if it is none. */
bool nl_duration_read(nl_str text, int64_t *seconds);

/* Days from 1970-01-01 of a date, and back (Hinnant, "chrono-compatible low-level date
 * algorithms"). */
int64_t nl_days_from_civil(int year, int month, int day);
void nl_civil_from_days(int64_t days, int *year, int *month, int *day);

#endif
