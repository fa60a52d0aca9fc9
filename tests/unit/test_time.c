/* Timestamps: each form and each fault with the bytes at fault, what is said, how it is respelled.
 */
#include "unit.h"

#include "base/calendar.h"
#include "base/time.h"

typedef struct row {
    const char *text;
    nl_time_fault fault;
    size_t start, end;
    const char *respelled; /* NULL: not */
} row;

static void expect(const row *r) {
    nl_arena arena = {0};
    nl_str text = nl_str_c(r->text);
    nl_time t = nl_time_read(text);
    if (t.fault != r->fault || t.fault_start != r->start || t.fault_end != r->end)
        fail_msg("`%s`: fault %d at %zu to %zu", r->text, t.fault, t.fault_start, t.fault_end);
    nl_str respelled = nl_time_respell(text, &t, &arena);
    if (!nl_str_is(respelled, r->respelled ? r->respelled : ""))
        fail_msg("`%s` respelled as `%.*s`", r->text, NL_ARG(respelled));
    nl_str said = nl_time_explain(text, &t, &arena);
    assert_int_equal(said.n == 0, t.fault == NL_TIME_OK);
    if (respelled.p) {
        nl_time again = nl_time_read(respelled);
        assert_int_equal(again.fault, NL_TIME_OK);
        assert_int_equal(again.form, t.form);
        assert_int_equal(again.offset_minutes, t.offset_minutes);
        assert_int_equal(again.fraction_digits, t.fraction_digits);
        assert_int_equal(nl_instant_cmp(again.instant, t.instant), 0);
    }
    nl_arena_free(&arena);
}

static void takes_what_is_right(void **state) {
    (void)state;
    static const char *const right[] = {
        "2025-11-14T02:13:55Z",
        "2025-11-14T02:13:55+00:00",
        "2025-11-14T02:13:55-00:00",
        "2025-11-14T02:13:55+23:59",
        "2025-11-14T02:13:55-23:59",
        "2025-11-14T02:13:55.1Z",
        "2025-11-14T02:13:55.123456789012345678901234567890Z",
        "2025-11-14T00:00:00Z",
        "2025-11-14T23:59:59Z",
        "2025-11-14",
        "2025-11-14T02:13:55",
        "2025-11-14T02:13:55.5",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2024-02-29",
        "2000-02-29",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.999Z",
        "2017-01-01T00:59:60+01:00",
        "2016-12-31T18:59:60-05:00",
        "2017-01-01T05:29:60+05:30",
        "1972-06-30T23:59:60Z",
        "2015-06-30T23:59:60Z",
        "2017-01-01T08:59:60", /* local: Tokyo had it then */
        "2016-12-31T23:59:60",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        expect(&(row){right[i], NL_TIME_OK, 0, 0, NULL});
}

static void mends_spelling(void **state) {
    (void)state;
    static const row rows[] = {
        {"2025-11-14 02:13:55Z", NL_TIME_SPACE_FOR_T, 10, 11, "2025-11-14T02:13:55Z"},
        {"2025-11-14  \t02:13:55Z", NL_TIME_SPACE_FOR_T, 10, 13, "2025-11-14T02:13:55Z"},
        {"2025-11-14 02:13:55+0000", NL_TIME_SPACE_FOR_T, 10, 11, "2025-11-14T02:13:55+00:00"},
        {"2025-11-14 02:13:55", NL_TIME_SPACE_FOR_T, 10, 11, "2025-11-14T02:13:55"},
        {"2025-11-14t02:13:55Z", NL_TIME_LOWER_T_OR_Z, 10, 11, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13:55z", NL_TIME_LOWER_T_OR_Z, 19, 20, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13:55+0000", NL_TIME_OFFSET_COLON, 19, 24, "2025-11-14T02:13:55+00:00"},
        {"2025-11-14T02:13:55-0530", NL_TIME_OFFSET_COLON, 19, 24, "2025-11-14T02:13:55-05:30"},
        {"2025-11-14T02:13:55-0000", NL_TIME_OFFSET_COLON, 19, 24, "2025-11-14T02:13:55-00:00"},
        {"2025-11-14T02:13:55+02", NL_TIME_OFFSET_HOURS, 19, 22, "2025-11-14T02:13:55+02:00"},
        {"2025-11-14T02:13:55 +02:00", NL_TIME_OFFSET_SPACE, 19, 20, "2025-11-14T02:13:55+02:00"},
        {"2025-11-14T02:13:55 Z", NL_TIME_OFFSET_SPACE, 19, 20, "2025-11-14T02:13:55Z"},
        {"2025-11-14 02:13:55 -0800", NL_TIME_SPACE_FOR_T, 10, 11, "2025-11-14T02:13:55-08:00"},
        {"2025-11-14T02:13:55,120Z", NL_TIME_COMMA, 19, 20, "2025-11-14T02:13:55.120Z"},
        {"20251114T021355Z", NL_TIME_BASIC, 0, 8, "2025-11-14T02:13:55Z"},
        {"20251114T021355.250+0100", NL_TIME_BASIC, 0, 8, "2025-11-14T02:13:55.250+01:00"},
        {"20251114T0213Z", NL_TIME_BASIC, 0, 8, "2025-11-14T02:13:00Z"},
        {"2025-11-14T021355Z", NL_TIME_BASIC, 11, 17, "2025-11-14T02:13:55Z"},
        {"20251114", NL_TIME_BASIC, 0, 8, "2025-11-14"},
        {"2025-11-14T02:13:55UTC", NL_TIME_ZONE_NAME, 19, 22, "2025-11-14T02:13:55Z"},
        {"2025-11-14 02:13:55 UTC", NL_TIME_SPACE_FOR_T, 10, 11, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13:55 GMT", NL_TIME_ZONE_NAME, 20, 23, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13:55 UT", NL_TIME_ZONE_NAME, 20, 22, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13Z", NL_TIME_NO_SECONDS, 11, 16, "2025-11-14T02:13:00Z"},
        {"2025-11-14T02:13", NL_TIME_NO_SECONDS, 11, 16, "2025-11-14T02:13:00"},
        {"2025-11-14T02:13+01:00", NL_TIME_NO_SECONDS, 11, 16, "2025-11-14T02:13:00+01:00"},
        {"2025-11-14T02:13:55\xE2\x88\x92"
         "05:00",
         NL_TIME_MINUS, 19, 22, "2025-11-14T02:13:55-05:00"},
        {" 2025-11-14T02:13:55Z", NL_TIME_OUTER_SPACE, 0, 1, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13:55Z \t", NL_TIME_OUTER_SPACE, 20, 22, "2025-11-14T02:13:55Z"},
        {"2025-11-14T02:13:55 ", NL_TIME_OUTER_SPACE, 19, 20, "2025-11-14T02:13:55"},
        {"2025-11-14 ", NL_TIME_OUTER_SPACE, 10, 11, "2025-11-14"},
        {"2016-12-31 23:59:60Z", NL_TIME_SPACE_FOR_T, 10, 11, "2016-12-31T23:59:60Z"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i]);
}

static void names_what_is_wrong(void **state) {
    (void)state;
    static const row rows[] = {
        {"", NL_TIME_NOT_A_TIME, 0, 0, NULL},
        {"   ", NL_TIME_NOT_A_TIME, 0, 3, NULL},
        {"soon", NL_TIME_NOT_A_TIME, 0, 4, NULL},
        {"Nov 14, 2025", NL_TIME_NOT_A_TIME, 0, 12, NULL},
        {"Fri, 14 Nov 2025 02:13:55 GMT", NL_TIME_NOT_A_TIME, 0, 29, NULL},
        {"02:13:55", NL_TIME_NOT_A_TIME, 0, 8, NULL},
        {"1763086435", NL_TIME_NOT_A_TIME, 0, 10, NULL},
        {"202511", NL_TIME_NOT_A_TIME, 0, 6, NULL},
        {"2025-", NL_TIME_NOT_A_TIME, 0, 5, NULL},
        {"2025-11-", NL_TIME_NOT_A_TIME, 0, 8, NULL},
        {"2025-Nov-14", NL_TIME_NOT_A_TIME, 0, 11, NULL},
        {"2025-11.14", NL_TIME_NOT_A_TIME, 0, 10, NULL},
        {"\xFF", NL_TIME_NOT_A_TIME, 0, 1, NULL},
        {"2025-13-14", NL_TIME_NO_SUCH_MONTH, 5, 7, NULL},
        {"2025-00-14", NL_TIME_NO_SUCH_MONTH, 5, 7, NULL},
        {"20251314", NL_TIME_NO_SUCH_MONTH, 4, 6, NULL},
        {"14112025", NL_TIME_NO_SUCH_MONTH, 4, 6, NULL},
        {"2025-11-31", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2025-11-31T02:13:55Z", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2025-11-31 02:13:55Z", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2025-11-00", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2025-02-29", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"1900-02-29", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2100-02-29", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2024-02-30", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"2025-01-32", NL_TIME_NO_SUCH_DAY, 8, 10, NULL},
        {"20250229T000000Z", NL_TIME_NO_SUCH_DAY, 6, 8, NULL},
        {"2025-11-14T24:00:00Z", NL_TIME_NO_SUCH_HOUR, 11, 13, NULL},
        {"2025-11-14T24:00Z", NL_TIME_NO_SUCH_HOUR, 11, 13, NULL},
        {"2025-11-14 25:00:00Z", NL_TIME_NO_SUCH_HOUR, 11, 13, NULL},
        {"2025-11-14T99:99:99Z", NL_TIME_NO_SUCH_HOUR, 11, 13, NULL},
        {"2025-11-14T02:60:00Z", NL_TIME_NO_SUCH_MINUTE, 14, 16, NULL},
        {"20251114T026000Z", NL_TIME_NO_SUCH_MINUTE, 11, 13, NULL},
        {"2025-11-14T02:13:61Z", NL_TIME_NO_SUCH_SECOND, 17, 19, NULL},
        {"2025-11-14T02:13:99", NL_TIME_NO_SUCH_SECOND, 17, 19, NULL},
        {"2025-11-14T02:13:60Z", NL_TIME_NO_LEAP_SECOND, 17, 19, NULL},
        {"2025-12-31T23:59:60Z", NL_TIME_NO_LEAP_SECOND, 17, 19, NULL},
        {"2016-12-31T23:59:60+01:00", NL_TIME_NO_LEAP_SECOND, 17, 19, NULL},
        {"2016-06-30T23:59:60Z", NL_TIME_NO_LEAP_SECOND, 17, 19, NULL},
        {"2016-12-31T23:58:60Z", NL_TIME_NO_LEAP_SECOND, 17, 19, NULL},
        {"2018-01-01T08:59:60", NL_TIME_NO_LEAP_SECOND, 17, 19, NULL},
        {"20251231T235960Z", NL_TIME_NO_LEAP_SECOND, 13, 15, NULL},
        {"2025-11-14T02:13:55+24:00", NL_TIME_NO_SUCH_OFFSET, 19, 25, NULL},
        {"2025-11-14T02:13:55+02:60", NL_TIME_NO_SUCH_OFFSET, 19, 25, NULL},
        {"2025-11-14T02:13:55+2460", NL_TIME_NO_SUCH_OFFSET, 19, 24, NULL},
        {"2025-11-14T02:13:55+01:00:30", NL_TIME_NO_SUCH_OFFSET, 19, 28, NULL},
        {"2025-11-14T02:13:55+", NL_TIME_NO_SUCH_OFFSET, 19, 20, NULL},
        {"2025-11-14T02:13:55+01:", NL_TIME_NO_SUCH_OFFSET, 19, 23, NULL},
        {"2025-11-14T02:13:55+123456789", NL_TIME_NO_SUCH_OFFSET, 19, 29, NULL},
        {"2025-11-14T02:13:55+1:00", NL_TIME_DIGITS, 20, 21, NULL},
        {"2025-11-14T02:13:55+1", NL_TIME_DIGITS, 20, 21, NULL},
        {"2025-11-14T02:13:55+100", NL_TIME_DIGITS, 20, 23, NULL},
        {"0000-01-01", NL_TIME_YEAR, 0, 4, NULL},
        {"0000-02-30", NL_TIME_YEAR, 0, 4, NULL},
        {"12025-11-14", NL_TIME_YEAR, 0, 5, NULL},
        {"025-11-14", NL_TIME_YEAR, 0, 3, NULL},
        {"+002025-11-14T02:13:55Z", NL_TIME_YEAR, 0, 7, NULL},
        {"-2025-11-14", NL_TIME_YEAR, 0, 5, NULL},
        {"2025-1-14", NL_TIME_DIGITS, 5, 6, NULL},
        {"2025-11-4", NL_TIME_DIGITS, 8, 9, NULL},
        {"2025-11-014", NL_TIME_DIGITS, 8, 11, NULL},
        {"2025-1-4", NL_TIME_DIGITS, 5, 6, NULL},
        {"2025-11-14T2:13:55Z", NL_TIME_DIGITS, 11, 12, NULL},
        {"2025-11-14T02:3:55Z", NL_TIME_DIGITS, 14, 15, NULL},
        {"2025-11-14T02:13:5Z", NL_TIME_DIGITS, 17, 18, NULL},
        {"14.11.2025", NL_TIME_ORDER, 0, 10, NULL},
        {"11/14/2025", NL_TIME_ORDER, 0, 10, NULL},
        {"14-11-2025", NL_TIME_ORDER, 0, 10, NULL},
        {"25-11-14", NL_TIME_ORDER, 0, 8, NULL},
        {"1/2/25 10:00", NL_TIME_ORDER, 0, 6, NULL},
        {"2025/11/14", NL_TIME_SEPARATOR, 0, 10, NULL},
        {"2025.11.14 02:13", NL_TIME_SEPARATOR, 0, 10, NULL},
        {"2025", NL_TIME_REDUCED, 0, 4, NULL},
        {"2025-11", NL_TIME_REDUCED, 0, 7, NULL},
        {"2025-11T02:13:55Z", NL_TIME_REDUCED, 0, 7, NULL},
        {"2025-W46-5", NL_TIME_WEEK, 0, 10, NULL},
        {"2025-W46", NL_TIME_WEEK, 0, 8, NULL},
        {"2025W465T021355Z", NL_TIME_WEEK, 0, 8, NULL},
        {"2025-318", NL_TIME_ORDINAL, 0, 8, NULL},
        {"2025-318T02:13:55Z", NL_TIME_ORDINAL, 0, 8, NULL},
        {"2025318", NL_TIME_ORDINAL, 0, 7, NULL},
        {"2025-11-14T02Z", NL_TIME_NO_MINUTES, 11, 13, NULL},
        {"2025-11-14T02:", NL_TIME_NO_MINUTES, 11, 14, NULL},
        {"2025-11-14T02", NL_TIME_NO_MINUTES, 11, 13, NULL},
        {"2025-11-14T02:13:55.Z", NL_TIME_FRACTION, 19, 20, NULL},
        {"2025-11-14T02:13:55,", NL_TIME_FRACTION, 19, 20, NULL},
        {"2025-11-14T02:13.5Z", NL_TIME_FRACTION, 16, 18, NULL},
        {"20251114T0213.5Z", NL_TIME_FRACTION, 13, 15, NULL},
        {"2025-11-14 02:13:55 PM", NL_TIME_TWELVE_HOURS, 20, 22, NULL},
        {"2025-11-14 02:13pm", NL_TIME_TWELVE_HOURS, 16, 18, NULL},
        {"2025-11-14T02:13:55 CET", NL_TIME_ZONE_UNKNOWN, 20, 23, NULL},
        {"2025-11-14T02:13:55 Europe/Berlin", NL_TIME_ZONE_UNKNOWN, 20, 33, NULL},
        {"2025-11-14T02:13:55 UTC+1", NL_TIME_ZONE_UNKNOWN, 20, 25, NULL},
        {"2025-11-14T02:13:55ZZ", NL_TIME_ZONE_UNKNOWN, 19, 21, NULL},
        {"2025-11-14T02:13:55Z.", NL_TIME_TRAILING, 20, 21, NULL},
        {"2025-11-14T02:13:55Z Z", NL_TIME_TRAILING, 20, 22, NULL},
        {"2025-11-14T02:13:55+01:00[Europe/Paris]", NL_TIME_TRAILING, 25, 39, NULL},
        {"2025-11-14 02:13:55 +0000 UTC", NL_TIME_TRAILING, 25, 29, NULL},
        {"2025-11-14T02:13:55:00", NL_TIME_TRAILING, 19, 22, NULL},
        {"2025-11-14T", NL_TIME_TRAILING, 11, 11, NULL},
        {"2025-11-14Z", NL_TIME_TRAILING, 10, 11, NULL},
        {"2025-11-14 noon", NL_TIME_TRAILING, 10, 15, NULL},
        {"2025-11-14\n", NL_TIME_TRAILING, 10, 11, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i]);
}

static void explains(void **state) {
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"2025-02-30", "30 February does not exist: February 2025 has 28 days"},
        {"2025-11-31", "31 November does not exist: November has 30 days"},
        {"2025-13-01", "month `13` does not exist: months go from 01 to 12"},
        {"2025-11-14T24:00:00Z", "24:00 does not exist: write 00:00 of the next day"},
        {"2025-11-14T24:01:00Z", "hour 24 does not exist: hours go from 00 to 23"},
        {"2025-11-14T00:00:60Z", "second 60 does not exist: there was no leap second then"},
        {"2025-11-14 02:13:55 UTC", "there is a blank between date and time: write T"},
        {"2025-11-14T02:13:55GMT", "the zone is written as GMT: write Z"},
        {"2025-11-14Z\x1B[31m", "`Z\\x1B[31m` stands behind it"},
        {"1763086435", "`1763086435` is a number, not a time such as 2025-11-14T02:13:55Z"},
        {"0000-01-01", "year 0000 does not exist: the year before 0001 was 1 BC"},
        {"2025-11-14T02:13:55+25:00",
         "offset `+25:00` does not exist: offsets are written +hh:mm and go from -23:59 to +23:59"},
        {"2025-W46-5", "`2025-W46-5` is a week date of ISO 8601, which RFC 3339 does not have: "
                       "write year-month-day"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_arena arena = {0};
        nl_time t = nl_time_read(nl_str_c(cases[i].text));
        assert_string_equal(nl_time_explain(nl_str_c(cases[i].text), &t, &arena).p, cases[i].said);
        nl_arena_free(&arena);
    }
    nl_arena arena = {0};
    nl_time t = nl_time_read(NL_S("2025-11-14T02:13:55"));
    assert_int_equal(t.form, NL_TIME_LOCAL);
    t.fault = NL_TIME_NO_ZONE;
    assert_string_equal(nl_time_explain(NL_S("2025-11-14T02:13:55"), &t, &arena).p,
                        "the time has no zone: write Z or an offset such as +02:00");
    for (int f = NL_TIME_OK + 1; f <= NL_TIME_TRAILING; f++) { /* none without a sentence */
        if (f > NL_TIME_OUTER_SPACE && f <= NL_TIME_SPELLING)
            continue;
        t.fault = (nl_time_fault)f;
        assert_true(nl_time_explain(NL_S("2025-11-14T02:13:55"), &t, &arena).n > 10);
    }
    nl_arena_free(&arena);
}

static void orders_instants(void **state) {
    (void)state;
    static const char *const rising[] = {
        "0001-01-01T00:00:00Z",      "1969-12-31T23:59:59Z",      "1970-01-01T00:00:00Z",
        "2016-12-31T23:59:59Z",      "2016-12-31T23:59:59.999Z",  "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",    "2017-01-01T00:00:00Z",      "2025-11-14T02:13:55Z",
        "2025-11-14T02:13:55.09Z",   "2025-11-14T02:13:55.1Z",    "2025-11-14T02:13:55.10000001Z",
        "2025-11-14T02:13:56+00:00", "2025-11-14T02:13:56-00:01", "9999-12-31T23:59:59Z",
    };
    size_t n = sizeof rising / sizeof *rising;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            nl_time a = nl_time_read(nl_str_c(rising[i])), b = nl_time_read(nl_str_c(rising[j]));
            assert_true(a.instant_known && b.instant_known);
            assert_int_equal(nl_instant_cmp(a.instant, b.instant), (i > j) - (i < j));
        }
    nl_time a = nl_time_read(NL_S("2025-11-14T02:13:55.100Z"));
    nl_time b = nl_time_read(NL_S("2025-11-14T07:43:55.1+05:30"));
    assert_int_equal(nl_instant_cmp(a.instant, b.instant), 0);
    assert_int_equal(a.instant.seconds, 1763086435);
    assert_int_equal(a.fraction_digits, 3);
    assert_true(a.utc);
    assert_false(b.utc);
    assert_int_equal(b.offset_minutes, 330);
}

static void turns_days_into_dates(void **state) {
    (void)state;
    int64_t days = nl_days_from_civil(-400, 1, 1);
    for (int year = -400; year <= 3000; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= nl_days_of_month(year, month); day++, days++) {
                int y, m, d;
                nl_civil_from_days(days, &y, &m, &d);
                if (y != year || m != month || d != day ||
                    nl_days_from_civil(year, month, day) != days)
                    fail_msg("%d-%d-%d", year, month, day);
            }
    assert_int_equal(nl_days_from_civil(1970, 1, 1), 0);
}

static void reads_durations(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds; /* -1: none */
    } cases[] = {{"10m", 600},   {"2h", 7200},
                 {"7d", 604800}, {"1h30m", 5400},
                 {"90s", 90},    {"2w", 1209600},
                 {"0s", 0},      {"1w2d3h4m5s", 788645},
                 {"", -1},       {"m", -1},
                 {"10", -1},     {"10M", -1},
                 {"30m1h", -1},  {"1h1h", -1},
                 {"1 h", -1},    {"-1h", -1},
                 {"1.5h", -1},   {"99999999999999999999w", -1},
                 {"10mm", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -1;
        bool ok = nl_duration_read(nl_str_c(cases[i].text), &seconds);
        if (ok != (cases[i].seconds >= 0) || seconds != cases[i].seconds)
            fail_msg("%s", cases[i].text);
    }
}

/* Whatever the bytes: the fault lies within the text. */
static void takes_any_bytes(void **state) {
    (void)state;
    static const char alphabet[] = "0123456789012-::+-.,TZtzW UC/\xE2\x88\x92\n";
    uint32_t x = 1;
    for (int i = 0; i < 200000; i++) {
        char text[32] = "2025-11-14T02:13:55.5+01:00";
        size_t n = 27;
        for (int j = 0; j < 3; j++) {
            x = x * 1664525 + 1013904223;
            text[(x >> 8) % n] = alphabet[(x >> 16) % (sizeof alphabet - 1)];
        }
        n -= (x >> 24) % 20;
        nl_arena arena = {0};
        nl_time t = nl_time_read(nl_str_n(text, n));
        assert_true(t.fault_start <= t.fault_end && t.fault_end <= n);
        nl_time_explain(nl_str_n(text, n), &t, &arena);
        nl_str again = nl_time_respell(nl_str_n(text, n), &t, &arena);
        if (again.p)
            assert_int_equal(nl_time_read(again).fault, NL_TIME_OK);
        nl_arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_is_right), cmocka_unit_test(mends_spelling),
        cmocka_unit_test(names_what_is_wrong), cmocka_unit_test(explains),
        cmocka_unit_test(orders_instants),     cmocka_unit_test(turns_days_into_dates),
        cmocka_unit_test(reads_durations),     cmocka_unit_test(takes_any_bytes),
    };
    return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
