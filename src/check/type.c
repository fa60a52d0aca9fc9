/* type: a value of another type than the field has; scalars by the YAML 1.2 core schema. */
#include "check/checks.h"
#include "rule/say.h"

enum {
    STRING = 1 << 0,
    INTEGER = 1 << 1,
    NUMBER = 1 << 2,
    BOOLEAN = 1 << 3,
    LIST = 1 << 4,
    MAP = 1 << 5,
    TIMESTAMP = 1 << 6
};

static const char *const types[] = {"string", "integer", "number",    "boolean",
                                    "list",   "map",     "timestamp", NULL};
static const char *const phrases[] = {"a string", "an integer", "a number",   "a boolean",
                                      "a list",   "a map",      "a timestamp"};

typedef struct options {
    unsigned is;
} options;

static const nl_param params[] = {
    {.name = "is",
     .type = NL_PARAM_CHOICES,
     .offset = offsetof(options, is),
     .choices = types,
     .wanted = true,
     .help = "The type, or several: `map|string`. A quoted number is a string; a `timestamp` is a "
             "string that holds a date or a time."},
    {0},
};

/* A time in any spelling that leaves no doubt; the check `timestamp` is the strict one. */
static bool is_time(nl_str text) {
    return nl_time_read(text).fault < NL_TIME_SPELLING;
}

static const unsigned of_kind[] = {
    [NL_NULL] = 0,       [NL_BOOL] = BOOLEAN,  [NL_INT] = INTEGER | NUMBER,
    [NL_FLOAT] = NUMBER, [NL_STRING] = STRING, [NL_LIST] = LIST,
    [NL_MAP] = MAP,
};

/* Is it of one of these types? */
static bool is_of(const nl_value *v, unsigned any) {
    return of_kind[v->kind] & any || (any & TIMESTAMP && v->kind == NL_STRING && is_time(v->text));
}

static unsigned right(const void *options_) {
    const options *o = options_;
    unsigned kinds = 0;
    for (unsigned kind = 0; kind < sizeof of_kind / sizeof *of_kind; kind++)
        kinds |= of_kind[kind] & o->is ? 1u << kind : 0;
    return kinds;
}

static nl_str wanted(nl_scope *s, unsigned is) {
    nl_str out = {"", 0};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (!(is >> i & 1))
            continue;
        bool last = is >> (i + 1) == 0;
        out = nl_say(s, "%.*s%s%s", NL_ARG(out),
                     out.n == 0 ? ""
                     : last     ? " or "
                                : ", ",
                     phrases[i]);
    }
    return out;
}

/* What a string would be without its quotes. */
static nl_value unquoted(const nl_value *v) {
    nl_value plain = {.kind = NL_STRING, .style = NL_STYLE_PLAIN, .text = v->text};
    nl_value_resolve(&plain);
    return plain;
}

static bool is_quoted(const nl_value *v) {
    return v->style == NL_STYLE_SINGLE || v->style == NL_STYLE_DOUBLE;
}

/* Says the cure, and offers it, where quotes are all that is wrong. */
static const char *offer_cure(nl_scope *s, nl_finding *f, const nl_value *v, unsigned is) {
    bool scalar = v->kind == NL_BOOL || v->kind == NL_INT || v->kind == NL_FLOAT;
    bool editable = !v->alias && !v->tagged;
    if (scalar && is & STRING && v->style == NL_STYLE_PLAIN) {
        if (editable) {
            const char *quote = v->json ? "\"" : "'";
            nl_str raw = nl_str_sub(s->article->source.bytes, v->span.start, v->span.end);
            nl_finding_fix(f, true, "put quotes around it");
            nl_finding_edit(f, v->span, nl_say(s, "%s%.*s%s", quote, NL_ARG(raw), quote));
        }
        return ": put quotes around it";
    }
    if (v->kind != NL_STRING || !is_quoted(v))
        return "";
    nl_value plain = unquoted(v);
    if (plain.kind == NL_NULL || !is_of(&plain, is & (INTEGER | NUMBER | BOOLEAN)))
        return "";
    if (editable) {
        nl_finding_fix(f, true, "remove the quotes");
        nl_finding_edit(f, v->span, v->text);
    }
    return ": remove the quotes";
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    if (is_of(v, o->is))
        return;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_finding_say(&f, "expected", "%.*s", NL_ARG(wanted(s, o->is)));
    nl_finding_say(&f, "found", "%s", nl_say_kind(v->kind));
    nl_finding_say(&f, "cure", "%s", offer_cure(s, &f, v, o->is));
    if (v->kind == NL_STRING && o->is & TIMESTAMP)
        f.about = NL_ABOUT_MEANING; /* the check `timestamp` says more precisely what is wrong */
    bool scalar = v->kind != NL_LIST && v->kind != NL_MAP;
    nl_finding_report(&f, scalar ? "`{field}` is {found}, `{value}`, expected {expected}{cure}"
                                 : "`{field}` is {found}, expected {expected}");
}

static const char *const names[] = {"found", "cure", NULL};

const nl_check nl_check_type = {
    .name = "type",
    .summary = "A value of another type than the field has",
    .help = "The site's templates count on one type for this field. A value in quotes is always a "
            "string, also when it looks like a number: write `score: 0` for a number and "
            "`externalId: '54371037'` for a string.",
    .level = NL_ERROR,
    .about = NL_ABOUT_TYPE,
    .kind = NL_CHECK_FIELD,
    .fixes = true,
    .unsafe_only = true,
    .principal = "is",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "score: 0",
    .bad = "score: '0'",
    .right = right,
    .field = field,
};
