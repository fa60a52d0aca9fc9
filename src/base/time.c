/*
 * Reads timestamps: RFC 3339, and around it what people and programs write instead, so that the
 * fault can be named and, where the instant is certain, mended. What is read is settled by the
 * first characters; there is no going back.
 */
#include "base/time.h"

#include "base/calendar.h"

int nl_instant_cmp(nl_instant a, nl_instant b) {
    if (a.seconds != b.seconds)
        return a.seconds < b.seconds ? -1 : 1;
    if (a.leap != b.leap)
        return a.leap ? 1 : -1;
    return nl_str_cmp(a.fraction, b.fraction);
}

/*
 * Is there a leap second within `slack` seconds of the one that follows this one (seconds since
 * 1970 without leap seconds)? All 27 so far were the last second of 30 June or 31 December UTC.
 * IERS Bulletin C, https://hpiers.obspm.fr/iers/bul/bulc/ (Leap_Second.dat); the last is
 * 2016-12-31, and the bulletins since then have announced none.
 */
static bool is_leap_second(int64_t seconds, int64_t slack) {
    static const int june[] = {1972, 1981, 1982, 1983, 1985, 1992, 1993, 1994, 1997, 2012, 2015};
    static const int december[] = {1972, 1973, 1974, 1975, 1976, 1977, 1978, 1979,
                                   1987, 1989, 1990, 1995, 1998, 2005, 2008, 2016};
    for (size_t i = 0; i < sizeof june / sizeof *june + sizeof december / sizeof *december; i++) {
        size_t n = sizeof june / sizeof *june;
        int64_t day = i < n ? nl_days_from_civil(june[i], 7, 1)
                            : nl_days_from_civil(december[i - n] + 1, 1, 1);
        int64_t distance = day * 86400 - (seconds + 1);
        if (distance >= -slack && distance <= slack)
            return true;
    }
    return false;
}

typedef struct reader {
    nl_str s;
    size_t at;
    size_t second, second_end; /* where the seconds stand */
    nl_time *t;
} reader;

static void fault(reader *r, nl_time_fault f, size_t start, size_t end) {
    nl_time *t = r->t;
    if (t->fault == NL_TIME_OK || (t->fault < NL_TIME_SPELLING && f > NL_TIME_SPELLING)) {
        t->fault = f;
        t->fault_start = start;
        t->fault_end = end;
    }
}

/* The same, where there is no sense in reading on. */
static bool stop(reader *r, nl_time_fault f, size_t start, size_t end) {
    fault(r, f, start, end);
    return false;
}

static int peek(const reader *r, size_t ahead) {
    return r->at + ahead < r->s.n ? (unsigned char)r->s.p[r->at + ahead] : -1;
}

static size_t count_digits(const reader *r, size_t ahead) {
    size_t n = 0;
    while (nl_is_digit(peek(r, ahead + n)))
        n++;
    return n;
}

static size_t skip_blanks(reader *r) {
    size_t from = r->at;
    while (nl_is_blank(peek(r, 0)))
        r->at++;
    return r->at - from;
}

/* The value of n digits (at most 8), which are passed over. */
static int number(reader *r, size_t n) {
    int value = 0;
    for (; n > 0; n--)
        value = value * 10 + (r->s.p[r->at++] - '0');
    return value;
}

/* Two digits, or what stands for them: one, or up to eight, is a fault but can be read. */
static bool two_digits(reader *r, int *value) {
    if (nl_is_digit(peek(r, 0)) && nl_is_digit(peek(r, 1)) && !nl_is_digit(peek(r, 2))) {
        *value = number(r, 2); /* as it mostly is */
        return true;
    }
    size_t n = count_digits(r, 0), from = r->at;
    if (n == 0 || n > 8)
        return stop(r, n ? NL_TIME_DIGITS : NL_TIME_NOT_A_TIME, n ? from : 0,
                    n ? from + n : r->s.n);
    *value = number(r, n);
    fault(r, NL_TIME_DIGITS, from, r->at);
    return true;
}

/* The year has four digits, the day ends where the reader is. */
static void check_date(reader *r, size_t year, size_t month, size_t month_end, size_t day) {
    nl_time *t = r->t;
    if (t->year == 0)
        fault(r, NL_TIME_YEAR, year, year + 4);
    if (t->month < 1 || t->month > 12)
        fault(r, NL_TIME_NO_SUCH_MONTH, month, month_end);
    else if (t->day < 1 || t->day > nl_days_of_month(t->year, t->month))
        fault(r, NL_TIME_NO_SUCH_DAY, day, r->at);
}

/* The end of a week or ordinal date: where the time or something else begins. */
static size_t word_end(const reader *r) {
    size_t i = r->at;
    while (i < r->s.n && !nl_is_blank(r->s.p[i]) && nl_lower((unsigned char)r->s.p[i]) != 't')
        i++;
    return i;
}

static bool is_week(const reader *r, size_t ahead) {
    return peek(r, ahead) == 'W' && count_digits(r, ahead + 1) >= 2;
}

/* `14.11.2025`, `11/14/25`: three numbers, and which is which is anybody's guess. */
static bool is_other_order(const reader *r, size_t n) {
    int mark = peek(r, n);
    size_t m = count_digits(r, n + 1);
    return n <= 2 && (mark == '.' || mark == '/' || mark == '-') && m >= 1 && m <= 2 &&
           peek(r, n + 1 + m) == mark && count_digits(r, n + m + 2) >= 1;
}

/* Behind a year of four digits and a dash. */
static bool read_month_day(reader *r, size_t year) {
    size_t month = r->at, n = count_digits(r, 0);
    if (n == 3 && word_end(r) == month + 3)
        return stop(r, NL_TIME_ORDINAL, year, month + 3);
    if (!two_digits(r, &r->t->month))
        return false;
    size_t month_end = r->at;
    if (peek(r, 0) != '-' && word_end(r) == r->at)
        return stop(r, NL_TIME_REDUCED, year, r->at);
    if (peek(r, 0) != '-')
        return stop(r, NL_TIME_NOT_A_TIME, 0, r->s.n);
    size_t day = ++r->at;
    if (!two_digits(r, &r->t->day))
        return false;
    check_date(r, year, month, month_end, day);
    return true;
}

static bool read_date(reader *r) {
    size_t start = r->at, n = count_digits(r, 0);
    int mark = peek(r, n);
    if (n == 8) {
        r->t->year = number(r, 4);
        r->t->month = number(r, 2);
        r->t->day = number(r, 2);
        fault(r, NL_TIME_BASIC, start, r->at);
        check_date(r, start, start + 4, start + 6, start + 6);
        return true;
    }
    if (n == 4 && (is_week(r, 4) || (mark == '-' && is_week(r, 5))))
        return stop(r, NL_TIME_WEEK, start, word_end(r));
    if (n == 7 && word_end(r) == start + 7)
        return stop(r, NL_TIME_ORDINAL, start, start + 7);
    if (n == 4 && (mark == '/' || mark == '.') && count_digits(r, 5) > 0)
        return stop(r, NL_TIME_SEPARATOR, start, word_end(r));
    if (n == 4 && start + 4 == r->s.n)
        return stop(r, NL_TIME_REDUCED, start, start + 4);
    if (n == 4 && mark == '-') {
        r->t->year = number(r, 4);
        r->at++;
        return read_month_day(r, start);
    }
    if (is_other_order(r, n))
        return stop(r, NL_TIME_ORDER, start, word_end(r));
    if (n > 0 && mark == '-' && count_digits(r, n + 1) > 0)
        return stop(r, NL_TIME_YEAR, start, start + n);
    size_t sign = mark == '+' || mark == '-' ? count_digits(r, 1) : 0;
    if (n == 0 && sign >= 4 && peek(r, 1 + sign) == '-')
        return stop(r, NL_TIME_YEAR, start, start + 1 + sign);
    return stop(r, NL_TIME_NOT_A_TIME, 0, r->s.n);
}

/* Hours and minutes begin there; the seconds end where the reader is. */
static void check_clock(reader *r, size_t hour, size_t minute, size_t second) {
    nl_time *t = r->t;
    r->second = second;
    r->second_end = r->at;
    if (t->hour > 23)
        fault(r, NL_TIME_NO_SUCH_HOUR, hour, hour + 2);
    if (t->minute > 59)
        fault(r, NL_TIME_NO_SUCH_MINUTE, minute, minute + 2);
    if (t->second > 60)
        fault(r, NL_TIME_NO_SUCH_SECOND, second, r->at);
}

static bool read_fraction(reader *r, bool seconds) {
    size_t start = r->at, n = count_digits(r, 1);
    if (peek(r, 0) != '.' && peek(r, 0) != ',')
        return true;
    if (n == 0 || !seconds)
        return stop(r, NL_TIME_FRACTION, start, start + 1 + n);
    if (peek(r, 0) == ',')
        fault(r, NL_TIME_COMMA, start, start + 1);
    nl_str digits = nl_str_sub(r->s, start + 1, start + 1 + n);
    r->t->fraction_digits = n;
    while (digits.n > 0 && digits.p[digits.n - 1] == '0')
        digits.n--;
    r->t->instant.fraction = digits;
    r->at += 1 + n;
    return true;
}

/* `021355` or `0213`. */
static bool read_basic_clock(reader *r, size_t n) {
    size_t start = r->at;
    r->t->hour = number(r, 2);
    r->t->minute = number(r, 2);
    if (n == 6)
        r->t->second = number(r, 2);
    fault(r, NL_TIME_BASIC, start, r->at);
    if (n == 4)
        fault(r, NL_TIME_NO_SECONDS, start, r->at);
    check_clock(r, start, start + 2, start + 4);
    return read_fraction(r, n == 6);
}

static bool read_clock(reader *r) {
    size_t start = r->at, n = count_digits(r, 0);
    if (n == 4 || n == 6)
        return read_basic_clock(r, n);
    if (n == 0)
        return stop(r, NL_TIME_TRAILING, start, r->s.n);
    if (!two_digits(r, &r->t->hour))
        return false;
    if (peek(r, 0) != ':')
        return stop(r, n == 2 ? NL_TIME_NO_MINUTES : NL_TIME_DIGITS, start, r->at);
    size_t minute = ++r->at;
    if (count_digits(r, 0) == 0)
        return stop(r, NL_TIME_NO_MINUTES, start, r->at);
    if (!two_digits(r, &r->t->minute))
        return false;
    size_t second = r->at + 1;
    bool has_seconds = peek(r, 0) == ':' && count_digits(r, 1) > 0;
    if (has_seconds) {
        r->at++;
        if (!two_digits(r, &r->t->second))
            return false;
    }
    check_clock(r, start, minute, second);
    if (!read_fraction(r, has_seconds))
        return false;
    if (!has_seconds)
        fault(r, NL_TIME_NO_SECONDS, start, r->at);
    return true;
}

/* Behind the sign, which is before `r->at`. */
static bool read_offset(reader *r, size_t start, bool negative) {
    size_t n = count_digits(r, 0);
    int hours = 0, minutes = 0;
    if (n == 4) {
        hours = number(r, 2);
        minutes = number(r, 2);
        fault(r, NL_TIME_OFFSET_COLON, start, r->at);
    } else if (n == 0 || n > 8) {
        return stop(r, NL_TIME_NO_SUCH_OFFSET, start, r->at + n);
    } else {
        two_digits(r, &hours);
        if (peek(r, 0) != ':') {
            fault(r, NL_TIME_OFFSET_HOURS, start, r->at);
        } else {
            r->at++;
            if (count_digits(r, 0) == 0 || !two_digits(r, &minutes))
                return stop(r, NL_TIME_NO_SUCH_OFFSET, start, r->at);
        }
    }
    bool seconds = peek(r, 0) == ':' && count_digits(r, 1) > 0;
    if (seconds)
        r->at += 1 + count_digits(r, 1);
    if (hours > 23 || minutes > 59 || seconds)
        return stop(r, NL_TIME_NO_SUCH_OFFSET, start, r->at);
    int offset = hours * 60 + minutes;
    r->t->offset_minutes = negative ? -offset : offset;
    r->t->offset_written = true;
    r->t->offset_unknown = negative && offset == 0;
    return true;
}

static bool read_zone_name(reader *r) {
    size_t start = r->at, end = start;
    while (end < r->s.n && nl_is_alpha((unsigned char)r->s.p[end]))
        end++;
    nl_str name = nl_str_sub(r->s, start, end);
    bool last = end == r->s.n || nl_is_blank(r->s.p[end]);
    if (nl_str_eq_nocase(name, NL_S("AM")) || nl_str_eq_nocase(name, NL_S("PM")))
        return stop(r, NL_TIME_TWELVE_HOURS, start, end);
    if (!last || !(nl_str_is(name, "UTC") || nl_str_is(name, "GMT") || nl_str_is(name, "UT"))) {
        while (end < r->s.n && !nl_is_blank(r->s.p[end]))
            end++;
        return stop(r, NL_TIME_ZONE_UNKNOWN, start, end);
    }
    fault(r, NL_TIME_ZONE_NAME, start, end);
    r->at = end;
    return true;
}

static bool read_zone(reader *r) {
    size_t blank = r->at, blanks = skip_blanks(r), offset = r->at;
    int c = peek(r, 0);
    bool minus = nl_str_starts(nl_str_sub(r->s, offset, r->s.n), NL_S("\xE2\x88\x92"));
    if (c < 0) {
        r->at = blank;
        return true;
    }
    if (c == 'Z' || c == 'z' || c == '+' || c == '-' || minus || nl_is_alpha(c)) {
        r->t->form = NL_TIME_FULL;
        if (blanks > 0 && !(nl_is_alpha(c) && nl_lower(c) != 'z'))
            fault(r, NL_TIME_OFFSET_SPACE, blank, offset);
    }
    if ((c == 'Z' || c == 'z') && !nl_is_alpha(peek(r, 1))) {
        if (c == 'z')
            fault(r, NL_TIME_LOWER_T_OR_Z, offset, offset + 1);
        r->at++;
        return true;
    }
    if (nl_is_alpha(c))
        return read_zone_name(r);
    if (c != '+' && c != '-' && !minus)
        return true;
    if (minus)
        fault(r, NL_TIME_MINUS, offset, offset + 3);
    r->at += minus ? 3 : 1;
    return read_offset(r, offset, c != '+');
}

/* The T or what stands for it; false if there is no time behind. */
static bool read_separator(reader *r) {
    size_t start = r->at;
    int c = peek(r, 0);
    if (c == 'T' || c == 't') {
        r->at++;
        if (c == 't')
            fault(r, NL_TIME_LOWER_T_OR_Z, start, r->at);
        return true;
    }
    if (skip_blanks(r) > 0 && nl_is_digit(peek(r, 0))) {
        fault(r, NL_TIME_SPACE_FOR_T, start, r->at);
        return true;
    }
    r->at = start;
    return false;
}

static int64_t seconds_of(const nl_time *t) {
    int64_t days = nl_days_from_civil(t->year, t->month, t->day);
    return days * 86400 + (int64_t)t->hour * 3600 + ((int64_t)t->minute - t->offset_minutes) * 60 +
           t->second;
}

static void make_instant(reader *r) {
    nl_time *t = r->t;
    int64_t seconds = seconds_of(t);
    if (t->second == 60) {
        seconds--;
        t->instant.leap = true;
        /* without an offset, one of any whole minutes may be meant */
        if (!is_leap_second(seconds, t->form == NL_TIME_FULL ? 0 : 86400 - 60))
            fault(r, NL_TIME_NO_LEAP_SECOND, r->second, r->second_end);
    }
    t->instant.seconds = seconds;
}

/* The value of two digits, or something above 99. */
static unsigned pair(const char *p) {
    unsigned tens = (unsigned char)p[0] - (unsigned)'0', ones = (unsigned char)p[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/* The zone from `at` to the end. */
static bool read_usual_zone(nl_str s, size_t at, nl_time *t) {
    const char *p = s.p + at;
    if (s.n - at == 1)
        return *p == 'Z';
    if (s.n - at != sizeof "+00:00" - 1 || (*p != '+' && *p != '-') || p[3] != ':')
        return false;
    unsigned hours = pair(p + 1), minutes = pair(p + 4);
    if (hours > 23 || minutes > 59)
        return false;
    int offset = (int)(hours * 60 + minutes);
    t->offset_minutes = *p == '-' ? -offset : offset;
    t->offset_written = true;
    t->offset_unknown = *p == '-' && offset == 0;
    return true;
}

/* `2025-11-14T02:13:55.123Z`, as most are: right for sure, or it is left to the other reader. */
static bool read_usual(nl_str s, nl_time *t) {
    static const size_t clock_end = sizeof "0000-00-00T00:00:00" - 1;
    const char *p = s.p;
    if (s.n <= clock_end || p[4] != '-' || p[7] != '-' || p[10] != 'T' || p[13] != ':' ||
        p[16] != ':')
        return false;
    unsigned century = pair(p), year = pair(p + 2), month = pair(p + 5), day = pair(p + 8);
    unsigned hour = pair(p + 11), minute = pair(p + 14), second = pair(p + 17);
    size_t at = clock_end;
    if (century > 99 || year > 99 || century + year == 0 || month < 1 || month > 12 || day < 1 ||
        hour > 23 || minute > 59 || second > 59)
        return false;
    *t = (nl_time){.form = NL_TIME_FULL,
                   .year = (int)(century * 100 + year),
                   .month = (int)month,
                   .day = (int)day,
                   .hour = (int)hour,
                   .minute = (int)minute,
                   .second = (int)second};
    if (t->day > 28 && t->day > nl_days_of_month(t->year, t->month))
        return false;
    if (p[at] == '.') {
        size_t first = ++at, end;
        while (at < s.n && nl_is_digit((unsigned char)p[at]))
            at++;
        for (end = at; end > first && p[end - 1] == '0';)
            end--;
        t->fraction_digits = at - first;
        t->instant.fraction = nl_str_sub(s, first, end);
        if (at == first)
            return false;
    }
    if (!read_usual_zone(s, at, t))
        return false;
    t->instant.seconds = seconds_of(t);
    return true;
}

static bool read_any(reader *r) {
    size_t blanks = skip_blanks(r);
    if (blanks > 0)
        fault(r, NL_TIME_OUTER_SPACE, 0, blanks);
    if (!read_date(r))
        return false;
    if (!read_separator(r))
        return true;
    r->t->form = NL_TIME_LOCAL;
    return read_clock(r) && read_zone(r);
}

static void read_all(reader *r) {
    if (!read_any(r))
        return;
    size_t end = r->at;
    size_t blanks = skip_blanks(r);
    if (r->at < r->s.n)
        stop(r, NL_TIME_TRAILING, end, r->s.n);
    else if (blanks > 0)
        fault(r, NL_TIME_OUTER_SPACE, end, r->s.n);
}

static void read_unusual(nl_str text, nl_time *t) {
    reader r = {.s = text, .t = t};
    *t = (nl_time){.form = NL_TIME_DATE};
    read_all(&r);
    if (t->fault < NL_TIME_SPELLING)
        make_instant(&r);
    if (t->fault > NL_TIME_SPELLING)
        t->instant = (nl_instant){0};
}

void nl_time_read_to(nl_str text, nl_time *t) {
    if (!read_usual(text, t))
        read_unusual(text, t);
    t->instant_known = t->form == NL_TIME_FULL && t->fault < NL_TIME_SPELLING;
    t->utc = t->instant_known && t->offset_minutes == 0;
}
