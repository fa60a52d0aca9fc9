/*
 * What is said about a timestamp that is wrong, how it is spelled right, and durations. Sentences
 * name the thing, what it is and what was wanted.
 */
#include "base/buf.h"
#include "base/calendar.h"
#include "base/time.h"
#include "base/unicode.h"

#include <string.h>

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* What is said where no number has to be worked in. */
static const char *const plain[] = {
    [NL_TIME_SPACE_FOR_T] = "there is a blank between date and time: write T",
    [NL_TIME_LOWER_T_OR_Z] = "T and Z are written as capitals",
    [NL_TIME_OFFSET_COLON] = "the offset has no colon: write +02:00, not +0200",
    [NL_TIME_OFFSET_HOURS] = "the offset has no minutes: write +02:00, not +02",
    [NL_TIME_OFFSET_SPACE] = "there is a blank before the offset",
    [NL_TIME_COMMA] = "the fraction begins with a comma: write a point",
    [NL_TIME_BASIC] = "it is written without - and : between the numbers (ISO 8601's basic format)",
    [NL_TIME_NO_SECONDS] = "the time has no seconds",
    [NL_TIME_MINUS] = "the offset begins with the minus sign U+2212: write the hyphen of ASCII",
    [NL_TIME_OUTER_SPACE] = "there are blanks around it",
    [NL_TIME_NOT_A_TIME] = "it is not a time such as 2025-11-14T02:13:55Z",
    [NL_TIME_NO_TIME] = "it is a date without a time: write one such as 2025-11-14T02:13:55Z",
    [NL_TIME_NO_ZONE] = "the time has no zone: write Z or an offset such as +02:00",
    [NL_TIME_ORDER] = ("it is not clear which number is the day, the month or the year: write "
                       "year-month-day, such as 2025-11-14"),
    [NL_TIME_SEPARATOR] = "the parts of a date are joined by hyphens: write 2025-11-14",
    [NL_TIME_REDUCED] = "the date has no day",
    [NL_TIME_NO_MINUTES] = "the time has no minutes",
    [NL_TIME_TWELVE_HOURS] = "the time is given by the 12-hour clock: write the hours 00 to 23",
};

typedef struct say {
    const nl_time *t;
    nl_str quoted; /* what is at fault, visible */
    nl_buf *out;
} say;

static void say_day(const say *s) {
    const nl_time *t = s->t;
    nl_buf_printf(s->out, "%d %s does not exist: %s ", t->day, months[t->month - 1],
                  months[t->month - 1]);
    if (t->month == 2)
        nl_buf_printf(s->out, "%d ", t->year);
    nl_buf_printf(s->out, "has %d days", nl_days_of_month(t->year, t->month));
}

static void say_hour(const say *s) {
    if (s->t->hour == 24 && s->t->minute == 0 && s->t->second == 0)
        nl_buf_puts(s->out, "24:00 does not exist: write 00:00 of the next day");
    else
        nl_buf_printf(s->out, "hour %d does not exist: hours go from 00 to 23", s->t->hour);
}

static void say_leap(const say *s) {
    nl_buf_puts(s->out, "second 60 does not exist: there was no leap second then");
}

static void say_number(const say *s, const char *what, const char *range) {
    nl_buf_printf(s->out, "%s `%.*s` does not exist: %s", what, NL_ARG(s->quoted), range);
}

static void say_year(const say *s) {
    if (nl_str_is(s->quoted, "0000"))
        nl_buf_puts(s->out, "year 0000 does not exist: the year before 0001 was 1 BC");
    else
        nl_buf_printf(s->out, "year `%.*s` is not written with four digits", NL_ARG(s->quoted));
}

static void say_fraction(const say *s) {
    if (s->quoted.n == 1)
        nl_buf_printf(s->out, "no digits follow the `%.*s` of the fraction", NL_ARG(s->quoted));
    else
        nl_buf_puts(s->out, "only seconds have a fraction");
}

/* Those that quote or count. False: the fault is a plain one. */
static bool say_special(const say *s) {
    switch (s->t->fault) {
    case NL_TIME_ZONE_NAME:
        nl_buf_printf(s->out, "the zone is written as %.*s: write Z", NL_ARG(s->quoted));
        return true;
    case NL_TIME_NO_SUCH_MONTH:
        say_number(s, "month", "months go from 01 to 12");
        return true;
    case NL_TIME_NO_SUCH_DAY:
        say_day(s);
        return true;
    case NL_TIME_NO_SUCH_HOUR:
        say_hour(s);
        return true;
    case NL_TIME_NO_SUCH_MINUTE:
        say_number(s, "minute", "minutes go from 00 to 59");
        return true;
    case NL_TIME_NO_SUCH_SECOND:
        say_number(s, "second", "seconds go from 00 to 59");
        return true;
    case NL_TIME_NO_LEAP_SECOND:
        say_leap(s);
        return true;
    case NL_TIME_NO_SUCH_OFFSET:
        say_number(s, "offset", "offsets are written +hh:mm and go from -23:59 to +23:59");
        return true;
    case NL_TIME_YEAR:
        say_year(s);
        return true;
    case NL_TIME_DIGITS:
        nl_buf_printf(s->out, "`%.*s` must have two digits", NL_ARG(s->quoted));
        return true;
    case NL_TIME_FRACTION:
        say_fraction(s);
        return true;
    case NL_TIME_WEEK:
        nl_buf_printf(s->out,
                      "`%.*s` is a week date of ISO 8601, which RFC 3339 does not have: "
                      "write year-month-day",
                      NL_ARG(s->quoted));
        return true;
    case NL_TIME_ORDINAL:
        nl_buf_printf(s->out,
                      "`%.*s` is an ordinal date of ISO 8601, which RFC 3339 does not "
                      "have: write year-month-day",
                      NL_ARG(s->quoted));
        return true;
    case NL_TIME_ZONE_UNKNOWN:
        nl_buf_printf(s->out, "`%.*s` is no offset: write Z or one such as +02:00",
                      NL_ARG(s->quoted));
        return true;
    case NL_TIME_TRAILING:
        if (s->quoted.n)
            nl_buf_printf(s->out, "`%.*s` stands behind it", NL_ARG(s->quoted));
        else
            nl_buf_puts(s->out, "no time follows the T");
        return true;
    default:
        return false;
    }
}

enum { QUOTED_MOST = 40 };

nl_str nl_time_explain(nl_str text, const nl_time *t, nl_arena *arena) {
    nl_buf out = {0}, quoted = {0};
    nl_str at_fault = nl_str_trim(nl_str_sub(text, t->fault_start, t->fault_end));
    bool cut = at_fault.n > QUOTED_MOST;
    nl_visible(nl_str_sub(at_fault, 0, QUOTED_MOST), &quoted);
    if (cut)
        nl_buf_puts(&quoted, "…");
    say s = {t, nl_buf_str(&quoted), &out};
    bool is_number = t->fault == NL_TIME_NOT_A_TIME && at_fault.n > 0 &&
                     strspn(nl_buf_c(&quoted), "0123456789.") == quoted.n;
    s.quoted = nl_buf_str(&quoted);
    if (is_number)
        nl_buf_printf(&out, "`%.*s` is a number, not a time such as 2025-11-14T02:13:55Z",
                      NL_ARG(s.quoted));
    else if (!say_special(&s) && t->fault != NL_TIME_OK)
        nl_buf_puts(&out, plain[t->fault]);
    nl_str sentence = {nl_arena_copy(arena, out.p, out.n), out.n};
    nl_buf_free(&out);
    nl_buf_free(&quoted);
    return sentence;
}

/* The digits as written, with trailing zeros. */
static nl_str fraction_of(nl_str text, const nl_time *t) {
    size_t from = 0;
    while (from < text.n && text.p[from] != '.' && text.p[from] != ',')
        from++;
    return nl_str_sub(text, from + 1, from + 1 + t->fraction_digits);
}

nl_str nl_time_respell(nl_str text, const nl_time *t, nl_arena *arena) {
    if (t->fault == NL_TIME_OK || t->fault > NL_TIME_SPELLING)
        return (nl_str){0};
    nl_buf out = {0};
    nl_buf_printf(&out, "%04d-%02d-%02d", t->year, t->month, t->day);
    if (t->form != NL_TIME_DATE)
        nl_buf_printf(&out, "T%02d:%02d:%02d", t->hour, t->minute, t->second);
    if (t->fraction_digits > 0) {
        nl_buf_putc(&out, '.');
        nl_buf_str_add(&out, fraction_of(text, t));
    }
    if (t->form == NL_TIME_FULL && t->offset_written) {
        int minutes = t->offset_minutes < 0 ? -t->offset_minutes : t->offset_minutes;
        bool negative = t->offset_minutes < 0 || t->offset_unknown;
        nl_buf_printf(&out, "%c%02d:%02d", negative ? '-' : '+', minutes / 60, minutes % 60);
    } else if (t->form == NL_TIME_FULL) {
        nl_buf_putc(&out, 'Z');
    }
    nl_str result = {nl_arena_copy(arena, out.p, out.n), out.n};
    nl_buf_free(&out);
    return result;
}

bool nl_duration_read(nl_str text, int64_t *seconds) {
    static const struct {
        char name;
        int64_t seconds;
    } units[] = {{'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
    size_t at = 0, unit = 0;
    int64_t sum = 0;
    while (at < text.n) {
        int64_t value = 0;
        size_t start = at;
        for (; at < text.n && nl_is_digit((unsigned char)text.p[at]); at++) {
            value = value * 10 + (text.p[at] - '0');
            if (value > INT64_MAX / 604800 / 16)
                return false;
        }
        if (at == start || at == text.n)
            return false;
        while (unit < sizeof units / sizeof *units && units[unit].name != text.p[at])
            unit++;
        if (unit == sizeof units / sizeof *units)
            return false;
        sum += value * units[unit++].seconds;
        at++;
    }
    if (text.n > 0)
        *seconds = sum;
    return text.n > 0;
}
