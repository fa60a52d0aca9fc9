/* length: a text that is too short or too long, in what a reader calls characters, or in words. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/checks.h"
#include "rule/ruleset.h"
#include <inttypes.h>

enum { CHARACTERS, WORDS };

static const char *const units[] = {"characters", "words", NULL};

typedef struct options {
    int64_t min, max;
    int unit;
} options;

static const nl_param params[] = {
    {.name = "min",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, min),
     .help = "The least number."},
    {.name = "max",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, max),
     .help = "The greatest number."},
    {.name = "unit",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(options, unit),
     .fallback = "characters",
     .choices = units,
     .help = "What to count. An emoji or a letter with its accents is one character; a word is "
             "whatever stands between white space and holds a letter or a digit."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (o->min < 0 && o->max < 0)
        nl_load_error(load, NULL, "check `length` needs `min` or `max`");
    else if (o->max >= 0 && o->min > o->max)
        nl_load_error(load, "min", "`min` is greater than `max`");
    else
        return true;
    return false;
}

static size_t count_words(nl_str text) {
    size_t words = 0;
    bool counted = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t cp;
        i += nl_utf8_read(text.p + i, text.n - i, &cp);
        if (cp == NL_CP_INVALID)
            continue;
        if (nl_cp_is_space(cp)) {
            counted = false;
        } else if (!counted && (nl_cp_is_letter(cp) || nl_cp_is_number(cp))) {
            counted = true;
            words++;
        }
    }
    return words;
}

/* The line ends that a literal or folded scalar closes with are no part of what is read. */
static nl_str text_of(const nl_value *v) {
    nl_str t = v->text;
    while ((v->style == NL_STYLE_LITERAL || v->style == NL_STYLE_FOLDED) && t.n &&
           t.p[t.n - 1] == '\n')
        t.n--;
    return t;
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    if (v->kind != NL_STRING)
        return;
    nl_str text = text_of(v);
    if (o->min <= 0 && o->max >= 0 && text.n <= (size_t)o->max)
        return; /* nothing has more characters or words than bytes */
    int64_t n = (int64_t)(o->unit == WORDS ? count_words(text) : nl_grapheme_count(text));
    bool few = o->min >= 0 && n < o->min;
    if (!few && (o->max < 0 || n <= o->max))
        return;
    int64_t bound = few ? o->min : o->max;
    nl_finding f = nl_finding_on(s, rule, target);
    const char *unit = o->unit == WORDS ? "word" : "character";
    nl_finding_say(&f, "length", "%" PRId64, n);
    nl_finding_say(&f, "unit", "%s%s", unit, n == 1 ? "" : "s");
    nl_finding_say(&f, "expected", "at %s %" PRId64, few ? "least" : "most", bound);
    nl_finding_report(&f, "`{field}` has {length} {unit}, expected {expected}");
}

static const char *const names[] = {"length", "unit", NULL};

const nl_check nl_check_length = {
    .name = "length",
    .summary = "A text that is too short or too long",
    .help = "Search results, cards and feeds cut a text that is too long, and show next to nothing "
            "of one that is too short. Characters are counted as a reader sees them.",
    .level = NL_WARNING,
    .about = NL_ABOUT_VALUE,
    .kind = NL_CHECK_FIELD,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "title: Rain ahead for the north",
    .bad = "title: R",
    .prepare = prepare,
    .field = field,
};
