/*
 * timestamp: a value that is no date or time by RFC 3339, with the reason; or one of another form,
 * zone or fraction than wanted, or out of bounds. A respelling that keeps the instant is a safe
 * fix.
 */
#include "base/calendar.h"
#include "base/time.h"
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"

enum { DATE_TIME, DATE, EITHER };
enum { REQUIRED, UTC, ANY };
enum { FRACTION_ANY = -1, FRACTION_MAX = 18 };

/* How far from its midnight UTC a date can begin and end: zones go from +14:00 to -12:00. */
enum { HOUR = 3600, EARLIEST = -14 * HOUR, LATEST = 12 * HOUR, DAY = 24 * HOUR };

static const char *const forms[] = {"date-time", "date", "either", NULL};
static const char *const zones[] = {"required", "utc", "any", NULL};

typedef struct options {
    int form, zone;
    nl_str fraction;
    int digits; /* of the fraction, or FRACTION_ANY: made of `fraction` */
    nl_bound after, before;
} options;

static const nl_param params[] = {
    {.name = "form",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(options, form),
     .fallback = "date-time",
     .choices = forms,
     .help = "A date with a time, a date alone, or either."},
    {.name = "zone",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(options, zone),
     .fallback = "required",
     .choices = zones,
     .help = "`required`: a time says its offset from UTC, `Z` or `+01:00`; `utc`: and that is "
             "zero; `any`: it need not say one."},
    {.name = "fraction",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, fraction),
     .fallback = "any",
     .help = "Digits of a second's fraction: `any`, `none`, or how many."},
    {.name = "after",
     .type = NL_PARAM_TIME,
     .offset = offsetof(options, after),
     .help = "The earliest time that is allowed: a time, `now`, or `now-7d`."},
    {.name = "before",
     .type = NL_PARAM_TIME,
     .offset = offsetof(options, before),
     .help = "The latest time that is allowed: a time, `now`, or `now+1h`."},
    {0},
};

static bool read_digits(nl_str t, int *out) {
    int n = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (!nl_is_digit((unsigned char)t.p[i]) || n > FRACTION_MAX)
            return false;
        n = n * 10 + (t.p[i] - '0');
    }
    *out = n;
    return t.n > 0 && n <= FRACTION_MAX;
}

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    o->digits = nl_str_is(o->fraction, "any") ? FRACTION_ANY : 0;
    if (o->digits == FRACTION_ANY || nl_str_is(o->fraction, "none") ||
        read_digits(o->fraction, &o->digits))
        return true;
    nl_load_error(load, "fraction", "`fraction` is `any`, `none`, or a number up to %d",
                  FRACTION_MAX);
    return false;
}

/* The same instant with `Z`; a leap second has no number of its own and is left alone. */
static nl_str in_utc(nl_scope *s, const nl_time *t, nl_str spelled) {
    if (t->utc || t->instant.leap)
        return t->utc ? spelled : (nl_str){NULL, 0};
    int64_t seconds = t->instant.seconds;
    int64_t day = seconds / DAY - (seconds % DAY < 0);
    int rest = (int)(seconds - day * DAY), year, month, date;
    nl_civil_from_days(day, &year, &month, &date);
    if (year < 1 || year > 9999)
        return (nl_str){NULL, 0};
    size_t point = nl_str_find(spelled, '.');
    nl_str fraction = point < spelled.n ? nl_str_sub(spelled, point, point + 1 + t->fraction_digits)
                                        : (nl_str){"", 0};
    return nl_say(s, "%04d-%02d-%02dT%02d:%02d:%02d%.*sZ", year, month, date, rest / HOUR,
                  rest / 60 % 60, rest % 60, NL_ARG(fraction));
}

/* With so many digits of the fraction; no text where that would take something away. */
static nl_str with_fraction(nl_scope *s, nl_str spelled, int digits) {
    size_t seconds = sizeof "2025-11-14T02:13:55" - 1, end = seconds;
    if (digits == FRACTION_ANY || spelled.n < seconds)
        return spelled;
    if (end < spelled.n && spelled.p[end] == '.')
        for (end++; end < spelled.n && nl_is_digit((unsigned char)spelled.p[end]);)
            end++;
    nl_str fraction = nl_str_sub(spelled, seconds + 1, end);
    for (size_t i = (size_t)digits; i < fraction.n; i++)
        if (fraction.p[i] != '0')
            return (nl_str){NULL, 0};
    static const char zeros[] = "000000000000000000"; /* FRACTION_MAX */
    fraction = nl_str_sub(fraction, 0, (size_t)digits);
    nl_str zone = nl_str_sub(spelled, end, spelled.n);
    return nl_say(s, "%.*s%s%.*s%.*s%.*s", (int)seconds, spelled.p, digits ? "." : "",
                  NL_ARG(fraction), digits - (int)fraction.n, zeros, NL_ARG(zone));
}

/* How it should be written, or no text if that is not certain. */
static nl_str respelled(nl_scope *s, const options *o, nl_str text, const nl_time *t) {
    nl_str spelled = t->fault == NL_TIME_OK ? text : nl_time_respell(text, t, s->arena);
    if (spelled.p && t->form == NL_TIME_FULL && o->zone == UTC)
        spelled = in_utc(s, t, spelled);
    return spelled.p && t->form != NL_TIME_DATE ? with_fraction(s, spelled, o->digits) : spelled;
}

/* What the options want and the value has not, which nobody can add for the author. */
static nl_str lack(nl_scope *s, const options *o, nl_str text, const nl_time *t) {
    nl_time_fault fault = NL_TIME_OK;
    if (t->form == NL_TIME_DATE && o->form == DATE_TIME)
        fault = NL_TIME_NO_TIME;
    else if (t->form == NL_TIME_LOCAL && o->form != DATE && o->zone != ANY)
        fault = NL_TIME_NO_ZONE;
    else if (t->form != NL_TIME_DATE && o->form == DATE)
        return nl_say(s, "it has a time, expected a date alone");
    if (fault == NL_TIME_OK)
        return (nl_str){NULL, 0};
    nl_time lacking = *t;
    lacking.fault = fault;
    return nl_time_explain(text, &lacking, s->arena);
}

/* What is written in another way than the options want. */
static nl_str wrong_form(nl_scope *s, const options *o, const nl_time *t) {
    if (t->form == NL_TIME_FULL && o->zone == UTC && !t->utc)
        return nl_say(s, "it is not in UTC, expected `Z`");
    if (t->form == NL_TIME_DATE || o->digits == FRACTION_ANY ||
        t->fraction_digits == (size_t)o->digits)
        return (nl_str){NULL, 0};
    if (o->digits == 0)
        return nl_say(s, "it has a fraction of a second, expected none");
    return nl_say(s, "it has %zu digit%s of a second's fraction, expected %d", t->fraction_digits,
                  t->fraction_digits == 1 ? "" : "s", o->digits);
}

static void report(nl_scope *s, const nl_rule *rule, const nl_target *target, nl_str reason,
                   nl_str spelled) {
    const nl_value *v = target->value;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_finding_say(&f, "reason", "%.*s", NL_ARG(reason));
    nl_edit edit;
    if (spelled.p && !nl_str_eq(spelled, v->text)) {
        nl_finding_set(&f, "suggestion", spelled);
        if (!v->alias && nl_value_replace(&s->article->source, v, spelled, s->arena, &edit)) {
            nl_finding_fix(&f, false, "write `%.*s`", NL_ARG(spelled));
            nl_finding_edit(&f, edit.span, edit.text);
        }
    }
    nl_finding_report(&f, "`{field}` is `{value}`: {reason}");
}

/* All that is wrong with how it is written, in one sentence; what is certain is offered as a fix.
 */
static void look_at_spelling(nl_scope *s, const nl_rule *rule, const nl_target *target,
                             const nl_time *t) {
    const options *o = rule->options;
    nl_str text = target->value->text, none = {NULL, 0};
    nl_str reason = t->fault == NL_TIME_OK ? none : nl_time_explain(text, t, s->arena);
    bool certain = t->fault < NL_TIME_SPELLING;
    nl_str more = certain ? lack(s, o, text, t) : none;
    bool whole = certain && !more.p;
    if (whole)
        more = wrong_form(s, o, t);
    if (reason.p && more.p)
        reason = nl_say(s, "%.*s; %.*s", NL_ARG(reason), NL_ARG(more));
    else if (more.p)
        reason = more;
    if (reason.p)
        report(s, rule, target, reason, whole ? respelled(s, o, text, t) : none);
}

static nl_instant shifted(nl_instant i, int64_t seconds) {
    i.seconds += seconds;
    return i;
}

static nl_instant bound_at(const nl_scope *s, const nl_bound *b) {
    nl_instant shifted = {.seconds = s->now + b->shift};
    return b->from_now ? shifted : b->instant;
}

/* A date or a time without a zone is out of bounds only if it is so in every zone. */
static void look_at_bounds(nl_scope *s, const nl_rule *rule, const nl_target *target,
                           const nl_time *t) {
    const options *o = rule->options;
    if (!o->after.set && !o->before.set)
        return;
    int64_t latest = LATEST + (t->form == NL_TIME_DATE ? DAY - 1 : 0);
    nl_instant first = t->instant_known ? t->instant : shifted(t->instant, EARLIEST);
    nl_instant last = t->instant_known ? t->instant : shifted(t->instant, latest);
    bool early = o->after.set && nl_instant_cmp(last, bound_at(s, &o->after)) < 0;
    bool late = o->before.set && nl_instant_cmp(first, bound_at(s, &o->before)) > 0;
    if (!early && !late)
        return;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_finding_set(&f, "bound", early ? o->after.text : o->before.text);
    nl_finding_report(&f, early ? "`{field}` is `{value}`, before `{bound}`, the earliest allowed"
                                : "`{field}` is `{value}`, after `{bound}`, the latest allowed");
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const nl_value *v = target->value;
    if (v->kind == NL_LIST || v->kind == NL_MAP) {
        nl_finding f = nl_finding_on(s, rule, target);
        nl_finding_say(&f, "reason", "is %s", nl_say_kind(v->kind));
        nl_finding_report(&f, "`{field}` {reason}, expected a timestamp");
        return;
    }
    nl_time t;
    nl_time_read_to(v->text, &t);
    look_at_spelling(s, rule, target, &t);
    if (t.fault < NL_TIME_SPELLING)
        look_at_bounds(s, rule, target, &t);
}

static const char *const names[] = {"reason", "bound", NULL};

const nl_check nl_check_timestamp = {
    .name = "timestamp",
    .summary = "A value that is not an ISO 8601 date or time",
    .help = "Programs that sort and show articles by their time read one form of it without doubt: "
            "`2025-11-14T02:13:55Z`, the year first, a `T` between date and time, and behind it "
            "`Z` for UTC or an offset such as `+01:00`. A time without an offset is another moment "
            "on each machine.",
    .level = NL_ERROR,
    .about = NL_ABOUT_VALUE,
    .kind = NL_CHECK_FIELD,
    .fixes = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "publishedAt: '2025-11-14T02:13:55Z'",
    .bad = "publishedAt: 14.11.2025",
    .prepare = prepare,
    .field = field,
};
