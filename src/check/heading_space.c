/*
 * heading-space: no blank between hashes and text, or more than one (markdownlint's MD018 to
 * MD021). A paragraph that begins like `##Text` was meant as a heading; one that begins with
 * hashtags, or with `#1`, was not, and what stands within a paragraph is never looked at. `# C#`
 * ends in a letter's sharp, not in a closing hash.
 */
#include "base/utf8.h"
#include "check/heading.h"

typedef struct options {
    bool numbers;
} options;

static const nl_param params[] = {
    {.name = "numbers",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, numbers),
     .fallback = "false",
     .help = "Report `#1` at the start of a paragraph too."},
    {0},
};

static size_t run_of(nl_str line, char c) {
    size_t n = 0;
    while (n < line.n && line.p[n] == c)
        n++;
    return n;
}

/* `#one #two`, `#one`: every word has its hash. */
static bool is_hashtags(nl_str line) {
    for (size_t i = 0; i < line.n; i++) {
        bool starts = i == 0 || nl_is_blank((unsigned char)line.p[i - 1]);
        if (starts && line.p[i] != '#' && !nl_is_blank((unsigned char)line.p[i]))
            return false;
    }
    return true;
}

/* Is `rest`, which follows the hashes directly, the text of a heading? */
static bool is_heading_text(const options *o, nl_str line, size_t hashes) {
    static const char keycap[] = "\xEF\xB8\x8F"; /* U+FE0F: the first of what makes # an emoji */
    nl_str rest = nl_str_sub(line, hashes, line.n);
    unsigned char c = rest.n ? (unsigned char)rest.p[0] : ' ';
    if (hashes < 1 || hashes > 6 || nl_is_blank(c) || nl_str_starts(rest, nl_str_c(keycap)))
        return false;
    if (hashes == 1)
        return c != '!' && (o->numbers || !nl_is_digit(c)) && !is_hashtags(line);
    return rest.n > 1 || !nl_is_punct(c);
}

static void look_at_paragraph(nl_scope *s, const nl_rule *rule, const nl_block *b) {
    nl_str bytes = s->article->source.bytes;
    if (bytes.p[b->span.start] != '#')
        return;
    nl_span whole = nl_source_line(&s->article->source, b->first_line);
    nl_str line = nl_str_sub(bytes, b->span.start, whole.end);
    size_t hashes = run_of(line, '#');
    if (!is_heading_text(rule->options, line, hashes))
        return;
    size_t at = b->span.start + hashes;
    uint32_t cp;
    size_t next = nl_utf8_read(bytes.p + at, whole.end - at, &cp);
    nl_finding f = nl_finding_at(s, rule, nl_span_of(b->span.start, at + next));
    nl_finding_set(&f, "text", nl_str_sub(line, hashes, line.n));
    nl_finding_fix(&f, hashes == 1, "put a space behind the hashes");
    nl_finding_edit(&f, nl_span_of(at, at), NL_S(" "));
    nl_finding_report(&f, "no space between the hashes and `{text}`: this is no heading");
}

/* Blanks between hashes and text, of which one is enough. */
static void look_at_gap(nl_scope *s, const nl_rule *rule, const nl_heading *h, nl_span gap,
                        const char *where) {
    if (gap.end - gap.start < 2 || gap.end < gap.start)
        return;
    nl_finding f = nl_finding_at(s, rule, nl_span_of(gap.start + 1, gap.end));
    nl_finding_set(&f, "text", h->content);
    nl_finding_say(&f, "count", "%zu", gap.end - gap.start);
    nl_finding_say(&f, "where", "%s", where);
    nl_finding_fix(&f, false, "leave one space");
    nl_finding_edit(&f, gap, NL_S(" "));
    nl_finding_report(&f, "{count} blanks {where} hashes, expected one space");
}

/* `## A##`: hashes that were to close the heading and are of its text. As many as it has in front,
 * and not `C#`. */
static void look_at_end(nl_scope *s, const nl_rule *rule, const nl_heading *h) {
    nl_str bytes = s->article->source.bytes;
    size_t hash = h->text.end, level = (size_t)h->level;
    while (hash > h->text.start && bytes.p[hash - 1] == '#')
        hash--;
    if (h->text.end - hash != level || hash == h->text.start)
        return;
    unsigned char before = (unsigned char)bytes.p[hash - 1];
    if (before == '\\' || (level == 1 && nl_is_alnum(before)))
        return;
    nl_finding f = nl_finding_at(s, rule, nl_span_of(hash, h->text.end));
    nl_finding_set(&f, "text", h->content);
    nl_finding_fix(&f, level == 1, "put a space before the hashes");
    nl_finding_edit(&f, nl_span_of(hash, hash), NL_S(" "));
    nl_finding_report(&f, "no space before the closing hashes: they are part of the text");
}

static void look_at_heading(nl_scope *s, const nl_rule *rule, const nl_heading *h) {
    if (h->style == NL_HEADING_SETEXT || h->text.end == h->text.start)
        return;
    look_at_gap(s, rule, h, nl_span_of(h->marks.end, h->text.start), "behind the");
    if (h->style == NL_HEADING_ATX_CLOSED)
        look_at_gap(s, rule, h, nl_span_of(h->text.end, h->closing.start), "before the closing");
    else
        look_at_end(s, rule, h);
}

static void article(nl_scope *s, const nl_rule *rule) {
    const nl_markdown *body = nl_article_body(s->article);
    nl_str bytes = s->article->source.bytes;
    for (size_t i = 0; i < body->block_count; i++) {
        const nl_block *b = &body->blocks[i];
        if (b->kind == NL_BLOCK_PARAGRAPH && bytes.p[b->span.start] == '#')
            look_at_paragraph(s, rule, b);
        else if (b->kind == NL_BLOCK_HEADING)
            look_at_heading(s, rule, &body->headings[b->index]);
    }
}

static const char *const names[] = {"text", "count", "where", NULL};

const nl_check nl_check_heading_space = {
    .name = "heading-space",
    .summary = "No space, or several, between the hashes of a heading and its text",
    .help = "`##Text` is no heading but a paragraph that begins with two hashes: Markdown wants a "
            "space between them, and one is enough.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .fixes = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n\n#bitcoin #mining\n\n# C#\n",
    .bad = "##Overview\n",
    .article = article,
};
