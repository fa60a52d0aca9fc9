/* heading-length: a heading that is too short or too long, in what a reader calls characters. */
#include "base/unicode.h"
#include "check/heading.h"
#include "rule/ruleset.h"
#include <inttypes.h>

typedef struct options {
    int64_t min, max;
} options;

static const nl_param params[] = {
    {.name = "min",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, min),
     .help = "The least number of characters."},
    {.name = "max",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, max),
     .help = "The greatest number of characters."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (o->min < 0 && o->max < 0)
        nl_load_error(load, NULL, "check `heading-length` needs `min` or `max`");
    else if (o->max >= 0 && o->min > o->max)
        nl_load_error(load, "min", "`min` is greater than `max`");
    else
        return true;
    return false;
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        nl_str text = nl_str_trim(h->content);
        if (!text.n)
            continue; /* heading-empty's */
        int64_t n = (int64_t)nl_grapheme_count(text);
        bool few = o->min >= 0 && n < o->min;
        if (!few && (o->max < 0 || n <= o->max))
            continue;
        nl_finding f = nl_finding_at_heading(s, rule, h);
        nl_finding_say(&f, "length", "%" PRId64 " character%s", n, n == 1 ? "" : "s");
        nl_finding_say(&f, "expected", "at %s %" PRId64, few ? "least" : "most",
                       few ? o->min : o->max);
        nl_finding_report(&f, "heading has {length}, expected {expected}");
    }
}

static const char *const names[] = {"text", "length", NULL};

const nl_check nl_check_heading_length = {
    .name = "heading-length",
    .summary = "A heading that is too short or too long",
    .help = "A heading that runs over several lines on a phone is no heading any more, and one of "
            "a letter or two says nothing. Characters are counted as a reader sees them, without "
            "markup.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n",
    .bad = "## A\n",
    .prepare = prepare,
    .article = article,
};
