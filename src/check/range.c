/* range: a number below or above its bounds. */
#include "check/checks.h"
#include "rule/ruleset.h"
#include <math.h>

typedef struct options {
    double min, max;
} options;

static const nl_param params[] = {
    {.name = "min",
     .type = NL_PARAM_NUMBER,
     .offset = offsetof(options, min),
     .help = "The least number that is allowed."},
    {.name = "max",
     .type = NL_PARAM_NUMBER,
     .offset = offsetof(options, max),
     .help = "The greatest number that is allowed."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (isnan(o->min) && isnan(o->max))
        nl_load_error(load, NULL, "check `range` needs `min` or `max`");
    else if (o->min > o->max)
        nl_load_error(load, "min", "`min` is greater than `max`");
    else
        return true;
    return false;
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    if (v->kind != NL_INT && v->kind != NL_FLOAT)
        return;
    bool few = !isnan(o->min) && !(v->number >= o->min);
    bool many = !isnan(o->max) && !(v->number <= o->max);
    if (!few && !many)
        return;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_finding_say(&f, "expected", "at %s %.15g", few ? "least" : "most", few ? o->min : o->max);
    nl_finding_report(&f, "`{field}` is {value}, expected {expected}");
}

const nl_check nl_check_range = {
    .name = "range",
    .summary = "A number that is too small or too great",
    .help = "The number has bounds: a score from 0 to 100, a weight that is not negative. Values "
            "that are no numbers are passed over; `type` speaks of them.",
    .level = NL_ERROR,
    .kind = NL_CHECK_FIELD,
    .params = params,
    .options_size = sizeof(options),
    .good = "score: 7",
    .bad = "score: -1",
    .prepare = prepare,
    .field = field,
};
