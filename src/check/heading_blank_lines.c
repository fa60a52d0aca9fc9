/*
 * heading-blank-lines: blank lines above and below a heading (markdownlint's MD022). A line of
 * nothing but comments counts as blank; the start and the end of the body are blank enough, and so
 * is the start of a list item or quote. The fix repeats the marks of the quote that the heading
 * stands in.
 */
#include "check/heading.h"
#include "rule/ruleset.h"
#include <string.h>

enum { LINES_MAX = 20 };

typedef struct options {
    const nl_value *above_given, *below_given;
    int above[6], below[6]; /* by level; -1: any number */
} options;

#define LINES "{\"type\": \"integer\", \"minimum\": -1, \"maximum\": 20}"
#define LINES_SCHEMA                                                                               \
    "{\"anyOf\": [" LINES ", {\"type\": \"array\", \"items\": " LINES                              \
    ", \"minItems\": 1, \"maxItems\": 6}]}"

static const nl_param params[] = {
    {.name = "above",
     .type = NL_PARAM_TREE,
     .offset = offsetof(options, above_given),
     .fallback = "1",
     .help = "How many blank lines there must be above, at least: a number, or a list of six, one "
             "for each level, at most 20; -1 for any.",
     .schema = LINES_SCHEMA},
    {.name = "below",
     .type = NL_PARAM_TREE,
     .offset = offsetof(options, below_given),
     .fallback = "1",
     .help = "The same for the lines below.",
     .schema = LINES_SCHEMA},
    {0},
};

static bool read_one(nl_load *load, const nl_value *v, int *out) {
    if (v->kind != NL_INT || v->integer < -1 || v->integer > LINES_MAX) {
        nl_load_error_at(load, v, "expected a number from -1 to %d", LINES_MAX);
        return false;
    }
    *out = (int)v->integer;
    return true;
}

static bool read_levels(nl_load *load, const nl_value *v, int out[6]) {
    if (v->kind == NL_LIST && (v->count < 1 || v->count > 6)) {
        nl_load_error_at(load, v, "expected a number for each of the six levels");
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < 6; i++) {
        out[i] = 1;
        if (v->kind != NL_LIST)
            good = good && read_one(load, v, &out[i]);
        else if (i < v->count)
            good = read_one(load, v->items[i], &out[i]) && good;
    }
    return good;
}

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    bool above = read_levels(load, o->above_given, o->above);
    return read_levels(load, o->below_given, o->below) && above;
}

/* Nothing but blanks, marks of quotes and whole comments. */
static bool is_blank_line(nl_str line) {
    for (size_t i = 0; i < line.n; i++) {
        nl_str rest = nl_str_sub(line, i, line.n);
        if (nl_str_starts(rest, NL_S("<!--"))) {
            size_t end = nl_str_search(rest, NL_S("-->"));
            if (end == rest.n)
                return false;
            i += end + 2;
        } else if (line.p[i] != '>' && !nl_is_blank((unsigned char)line.p[i])) {
            return false;
        }
    }
    return true;
}

typedef struct place {
    nl_scope *scope;
    const nl_rule *rule;
    const nl_heading *heading;
    size_t first_line, last_line; /* of the heading */
    size_t body_line, end_line;   /* of the body */
} place;

static nl_str line_of(const place *p, size_t line) {
    nl_source *source = &p->scope->article->source;
    nl_span span = nl_source_line(source, line);
    if (span.start < p->scope->article->body_start)
        span.start = p->scope->article->body_start;
    return nl_str_sub(source->bytes, span.start, span.end);
}

/* Blank lines above or below, as far as they are wanted; the edge of the body is as many as that.
 */
static int count_blank(const place *p, bool above, int wanted) {
    int n = 0;
    for (size_t line = above ? p->first_line - 1 : p->last_line + 1; n < wanted; n++) {
        if (line < p->body_line || line > p->end_line)
            return wanted;
        if (!is_blank_line(line_of(p, line)))
            break;
        line += above ? (size_t)-1 : 1;
    }
    return n;
}

/* The line end that the article uses here. */
static nl_str line_end_of(const place *p) {
    nl_str bytes = p->scope->article->source.bytes;
    nl_source *source = &p->scope->article->source;
    size_t line = p->first_line > 1 ? p->first_line - 1 : p->first_line;
    size_t at = nl_source_line(source, line).end;
    if (at < bytes.n && bytes.p[at] == '\r')
        return at + 1 < bytes.n && bytes.p[at + 1] == '\n' ? NL_S("\r\n") : NL_S("\r");
    return NL_S("\n");
}

static void offer_fix(const place *p, nl_finding *f, bool above, int missing) {
    nl_source *source = &p->scope->article->source;
    const nl_heading *h = p->heading;
    size_t start = nl_source_line(source, p->first_line).start;
    if (start < p->scope->article->body_start)
        start = p->scope->article->body_start;
    nl_str prefix =
        nl_str_sub(source->bytes, start, h->block.start - (h->indent.end - h->indent.start));
    if (nl_str_starts(prefix, NL_S("\xEF\xBB\xBF")))
        prefix = nl_str_sub(prefix, 3, prefix.n);
    for (size_t i = 0; i < prefix.n; i++)
        if (prefix.p[i] != '>' && !nl_is_blank((unsigned char)prefix.p[i]))
            return; /* the marker of a list item: its blank line is not so easily said */
    while (prefix.n && prefix.p[prefix.n - 1] != '>')
        prefix.n--;
    nl_str end = line_end_of(p);
    nl_buf text = {0};
    for (int i = 0; i < missing; i++) {
        nl_buf_str_add(&text, prefix);
        nl_buf_str_add(&text, end);
    }
    size_t at = above ? start : nl_source_line(source, p->last_line + 1).start;
    nl_finding_fix(f, false, "insert %d blank line%s", missing, missing == 1 ? "" : "s");
    nl_finding_edit(f, nl_span_of(at, at),
                    nl_str_n(nl_arena_copy(p->scope->arena, text.p, text.n), text.n));
    nl_buf_free(&text);
}

static void look(const place *p, bool above, int wanted) {
    if (wanted <= 0)
        return;
    int found = count_blank(p, above, wanted);
    if (found == wanted)
        return;
    nl_finding f = nl_finding_at_heading(p->scope, p->rule, p->heading);
    nl_finding_say(&f, "count", "%d blank line%s", found, found == 1 ? "" : "s");
    nl_finding_say(&f, "where", "%s", above ? "above" : "below");
    nl_finding_say(&f, "expected", "%d", wanted);
    offer_fix(p, &f, above, wanted - found);
    nl_finding_report(&f, "heading has {count} {where}, expected {expected}");
}

/* Is the heading the first thing in its list item or quote? */
static bool leads_container(const nl_markdown *body, const nl_heading *h) {
    return h->at > 0 && !nl_block_is_leaf(&body->blocks[h->at - 1]) &&
           body->blocks[h->at - 1].depth < body->blocks[h->at].depth;
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    nl_source *source = &s->article->source;
    place p = {.scope = s,
               .rule = rule,
               .body_line = nl_source_line_at(source, s->article->body_start),
               .end_line = nl_source_line_count(source)};
    for (size_t i = 0; i < body->heading_count; i++) {
        p.heading = &body->headings[i];
        const nl_block *b = &body->blocks[p.heading->at];
        p.first_line = b->first_line;
        p.last_line = b->last_line;
        if (!leads_container(body, p.heading))
            look(&p, true, o->above[p.heading->level - 1]);
        look(&p, false, o->below[p.heading->level - 1]);
    }
}

static const char *const names[] = {"text", "count", "where", NULL};

const nl_check nl_check_heading_blank_lines = {
    .name = "heading-blank-lines",
    .summary = "No blank line above or below a heading",
    .help = "Some readers of Markdown see no heading where text stands directly above it, and a "
            "blank line on both sides makes the source easier to read.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .fixes = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "text\n\n## Overview\n\ntext\n",
    .bad = "text\n## Overview\ntext\n",
    .prepare = prepare,
    .article = article,
};
