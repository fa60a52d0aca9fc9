/* md022: markdownlint's blanks-around-headings. */
#include "check/md.h"
#include "rule/ruleset.h"

enum { LINES_MAX = 100 };

typedef struct options {
    const nl_value *lines_above, *lines_below;
} options;

static const nl_param params[] = {
    {.name = "lines_above",
     .type = NL_PARAM_TREE,
     .offset = offsetof(options, lines_above),
     .fallback = "1",
     .help = "Blank lines above: a number, or a list of one for each level; -1 for any."},
    {.name = "lines_below",
     .type = NL_PARAM_TREE,
     .offset = offsetof(options, lines_below),
     .fallback = "1",
     .help = "Blank lines below: a number, or a list of one for each level; -1 for any."},
    {0},
};

static bool is_number(nl_load *load, const nl_value *v) {
    if (v->kind == NL_INT && v->integer >= -1 && v->integer <= LINES_MAX)
        return true;
    nl_load_error_at(load, v, "expected a number from -1 to %d", LINES_MAX);
    return false;
}

static bool is_right(nl_load *load, const nl_value *v) {
    if (v->kind != NL_LIST)
        return is_number(load, v);
    bool good = true;
    for (size_t i = 0; i < v->count; i++)
        good = is_number(load, v->items[i]) && good;
    return good;
}

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    bool above = is_right(load, o->lines_above);
    return is_right(load, o->lines_below) && above;
}

static int64_t wanted(const nl_value *v, int level) {
    if (v->kind == NL_LIST)
        v = (size_t)level <= v->count ? v->items[level - 1] : NULL;
    return !v || v->kind != NL_INT ? 1 : v->integer < LINES_MAX ? v->integer : LINES_MAX;
}

/* Blank lines from `line` on, at most as many as are wanted; outside of the body all are. */
static int64_t count_blank(const nl_md *md, size_t line, bool up, int64_t most) {
    int64_t n = 0;
    for (; n < most; n++, line += up ? (size_t)-1 : 1) {
        bool inside = line >= md->first_line && line <= md->last_line;
        if (inside && !nl_md_is_blank(nl_md_line(md, line)))
            break;
    }
    return n;
}

static void report(nl_md *md, const nl_rule *rule, const nl_heading *h, int64_t expected,
                   int64_t actual, const char *where) {
    if (actual >= expected)
        return;
    nl_finding f = nl_md_at_heading(md, rule, h);
    nl_finding_say(&f, "expected", "%d", (int)expected);
    nl_finding_say(&f, "actual", "%d", (int)actual);
    nl_finding_say(&f, "where", "%s", where);
    nl_md_report(md, NL_MD022, &f,
                 "headings should be surrounded by blank lines: expected {expected}, found "
                 "{actual} {where}");
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD022);
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        const nl_block *b = &md->body->blocks[h->at];
        size_t first = nl_source_line_at(&s->article->source, nl_md_heading_start(md, h));
        int64_t above = wanted(o->lines_above, h->level), below = wanted(o->lines_below, h->level);
        report(md, rule, h, above, count_blank(md, first - 1, true, above), "above");
        report(md, rule, h, below, count_blank(md, b->last_line + 1, false, below), "below");
    }
}

static const char *const names[] = {"text", "actual", "where", NULL};

const nl_check nl_check_md022 = {
    .name = "md022",
    .summary = "Headings should be surrounded by blank lines",
    .help = "markdownlint's MD022, blanks-around-headings.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "text\n\n# A\n",
    .bad = "text\n# A\n",
    .prepare = prepare,
    .article = article,
};
