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

/*
 * What is wrong with a timestamp. NL_TIME_OK: nothing, it is RFC 3339 (or its date, or its date and
 * time). Those below NL_TIME_SPELLING leave no doubt about what is meant and can be respelled; with
 * those above somebody would have to guess.
 */
typedef enum nl_time_fault {
    NL_TIME_OK,
    NL_TIME_SPACE_FOR_T,  /* `2025-11-14 02:13:55Z` */
    NL_TIME_LOWER_T_OR_Z, /* `2025-11-14t02:13:55z`: RFC 3339 lets it pass, many readers do not */
    NL_TIME_OFFSET_COLON, /* `+0000` */
    NL_TIME_OFFSET_HOURS, /* `+00` */
    NL_TIME_OFFSET_SPACE, /* a blank before the offset (Jekyll, Ruby) */
    NL_TIME_COMMA,        /* `55,123` */
    NL_TIME_BASIC,        /* `20251114T021355Z` */
    NL_TIME_ZONE_NAME,    /* `UTC`, `GMT`, `UT` */
    NL_TIME_NO_SECONDS,   /* `02:13Z`: every reader takes it for 02:13:00 */
    NL_TIME_MINUS,        /* U+2212 before the offset, which ISO 8601 allows */
    NL_TIME_OUTER_SPACE,  /* blanks before or behind */
    NL_TIME_SPELLING = 31,
    NL_TIME_NOT_A_TIME, /* nothing like one */
    NL_TIME_NO_SUCH_MONTH,
    NL_TIME_NO_SUCH_DAY,  /* 31 November, 29 February of a common year */
    NL_TIME_NO_SUCH_HOUR, /* 24:00 and above */
    NL_TIME_NO_SUCH_MINUTE,
    NL_TIME_NO_SUCH_SECOND,
    NL_TIME_NO_LEAP_SECOND, /* :60 where there was none */
    NL_TIME_NO_SUCH_OFFSET,
    NL_TIME_NO_TIME,      /* only a date where a time was wanted: set by callers */
    NL_TIME_NO_ZONE,      /* set by callers */
    NL_TIME_YEAR,         /* not four digits, or year 0000 */
    NL_TIME_DIGITS,       /* not two digits where two must stand */
    NL_TIME_ORDER,        /* 14.11.2025, 11/14/2025: day, month or both unclear */
    NL_TIME_SEPARATOR,    /* 2025/11/14 */
    NL_TIME_REDUCED,      /* 2025-11, 2025: ISO 8601, but no day */
    NL_TIME_WEEK,         /* 2025-W46-5: ISO 8601, but not RFC 3339 */
    NL_TIME_ORDINAL,      /* 2025-318: the same */
    NL_TIME_NO_MINUTES,   /* T02Z */
    NL_TIME_FRACTION,     /* a point without digits, or a fraction of a minute or an hour */
    NL_TIME_TWELVE_HOURS, /* AM, PM */
    NL_TIME_ZONE_UNKNOWN, /* CET, Europe/Berlin, UTC+1 */
    NL_TIME_TRAILING      /* something behind it */
} nl_time_fault;

typedef struct nl_time {
    nl_time_form form;
    nl_time_fault fault;           /* the first one above NL_TIME_SPELLING, else the first one */
    size_t fault_start, fault_end; /* bytes of the text that are at fault */
    nl_instant instant;     /* a date: midnight UTC; local: as if UTC; 0 if the fault is above */
    size_t fraction_digits; /* as written */
    int year, month, day;   /* as far as they could be read */
    int hour, minute, second;
    int offset_minutes;  /* east of Greenwich */
    bool utc;            /* Z, or an offset of zero */
    bool offset_written; /* in digits; else by Z or a name */
    bool offset_unknown; /* -00:00 (RFC 3339, 4.3), which is no fault */
    bool instant_known;  /* form is NL_TIME_FULL and nothing is wrong but the spelling */
} nl_time;

/* Reads the whole text. Never fails: `fault` says what is wrong. Linear. */
void nl_time_read_to(nl_str text, nl_time *out);

static inline nl_time nl_time_read(nl_str text) {
    nl_time t;
    nl_time_read_to(text, &t);
    return t;
}

/* A sentence for the fault without full stop, such as "30 February does not exist: February 2025
 * has 28 days"; what it quotes is made visible. In the arena; empty for NL_TIME_OK. */
nl_str nl_time_explain(nl_str text, const nl_time *t, nl_arena *arena);

/* The text spelled by RFC 3339: the same day, time, offset and fraction. {NULL, 0} if nothing is
 * wrong with it or if the fault is above NL_TIME_SPELLING. */
nl_str nl_time_respell(nl_str text, const nl_time *t, nl_arena *arena);

int nl_instant_cmp(nl_instant a, nl_instant b);

/* "10m", "2h", "7d", "1h30m", "90s", "2w" to seconds, larger units first, each once; false if it is
 * none or too large. */
bool nl_duration_read(nl_str text, int64_t *seconds);

#endif
