/*
 * body: an article without a body, or one with too few or too many words. Words are those of the
 * prose: code, HTML and addresses do not count.
 */
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"
#include <inttypes.h>

typedef struct options {
    int64_t min, max;
    bool empty;
} options;

static const nl_param params[] = {
    {.name = "min",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, min),
     .help = "The least number of words."},
    {.name = "max",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, max),
     .help = "The greatest number of words."},
    {.name = "empty",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, empty),
     .fallback = "false",
     .help = "Let a body be empty."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (o->max >= 0 && o->min > o->max) {
        nl_load_error(load, "min", "`min` is greater than `max`");
        return false;
    }
    return true;
}

/* Only comments, or nothing. */
static bool is_empty(const nl_scope *s, const nl_markdown *body) {
    for (size_t i = 0; i < body->block_count; i++) {
        const nl_block *b = &body->blocks[i];
        nl_str text = nl_str_sub(s->article->source.bytes, b->span.start, b->span.end);
        if (b->kind != NL_BLOCK_HTML || !nl_str_starts(text, NL_S("<!--")) ||
            !nl_str_ends(nl_str_trim(text), NL_S("-->")))
            return false;
    }
    return true;
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    nl_markdown *body = nl_article_body(s->article);
    if (body->refused)
        return;
    nl_finding f = nl_finding_at(s, rule, nl_say_start(s));
    nl_finding_say(&f, "count", "0 words");
    if (is_empty(s, body)) {
        if (!o->empty)
            nl_finding_report(&f, "the article has no body");
        return;
    }
    if (o->min < 0 && o->max < 0)
        return;
    nl_markdown_inlines(body);
    int64_t n = (int64_t)body->words;
    bool few = o->min >= 0 && n < o->min;
    if (!few && (o->max < 0 || n <= o->max))
        return;
    nl_finding_say(&f, "count", "%" PRId64 " word%s", n, n == 1 ? "" : "s");
    nl_finding_say(&f, "expected", "at %s %" PRId64, few ? "least" : "most", few ? o->min : o->max);
    nl_finding_report(&f, "the body has {count}, expected {expected}");
}

static const char *const names[] = {"count", NULL};

const nl_check nl_check_body = {
    .name = "body",
    .summary = "An empty body, or one with too few or too many words",
    .help = "An article without text is a page with nothing on it; a stub of a few words is seldom "
            "meant to be published.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "Rain is expected in the north.\n",
    .bad = "\n",
    .prepare = prepare,
    .article = article,
};
