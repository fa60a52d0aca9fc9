/*
 * md036: markdownlint's no-emphasis-as-heading: a paragraph at the root, or a line of an HTML
 * block, that is one emphasis around one plain text, tags aside.
 */
#include "check/heading.h"
#include "check/md.h"
#include <string.h>

typedef struct options {
    nl_str punctuation;
} options;

static const nl_param params[] = {
    {.name = "punctuation",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, punctuation),
     .fallback = ".,;:!?。，；：！？",
     .help = "A paragraph that ends in one of these characters is none."},
    {0},
};

/* Would markdownlint's parser see no more than text in this? */
static bool is_plain(nl_str text) {
    const char *dollar = memchr(text.p, '$', text.n);
    if (dollar && memchr(dollar + 1, '$', (size_t)(text.p + text.n - dollar - 1)))
        return false; /* math */
    if (nl_str_find(text, '[') < text.n)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] == ':' && nl_md_directive_end(text, i) > i) ||
            nl_md_address_end(text, i) > i)
            return false;
    return true;
}

/* The text of the one emphasis that the inlines are, or the empty string; *at is where it begins.
 */
static nl_str only_emphasis(const nl_markdown *m, const nl_block *b, nl_str bytes, size_t *at) {
    const nl_inline *found = NULL;
    nl_span text = {0, 0};
    for (size_t i = 0; i < b->inline_count; i++) {
        const nl_inline *in = &m->inlines[b->inlines + i];
        bool emphasis = in->kind == NL_INLINE_EMPHASIS || in->kind == NL_INLINE_STRONG;
        if (!in->exact)
            return (nl_str){"", 0};
        if (in->depth > 0 && found) {
            if (in->kind != NL_INLINE_TEXT || in->decoded)
                return (nl_str){"", 0};
            text.start = text.end ? text.start : in->span.start;
            text.end = in->span.end;
        } else if (emphasis && !found) {
            found = in;
        } else if (in->kind != NL_INLINE_HTML &&
                   (in->kind != NL_INLINE_TEXT || nl_md_trim(in->text).n)) {
            return (nl_str){"", 0};
        }
    }
    *at = text.start;
    nl_str all = nl_str_sub(bytes, text.start, text.end);
    return found && all.n && is_plain(all) ? all : (nl_str){"", 0};
}

static void report(nl_md *md, const nl_rule *rule, nl_str text, nl_span span) {
    const options *o = nl_md_options(md, rule, NL_MD036);
    if (!text.n || nl_heading_ends_in(text, o->punctuation) < text.n)
        return;
    nl_finding f = nl_finding_at(md->scope, rule, span);
    nl_finding_set(&f, "text", text);
    nl_md_report(md, NL_MD036, &f, "emphasis used instead of a heading: `{text}`");
}

static bool may_hold_emphasis(nl_str s) {
    return nl_str_find(s, '*') < s.n || nl_str_find(s, '_') < s.n;
}

static void look_at_paragraph(nl_md *md, const nl_rule *rule, const nl_block *b) {
    nl_str bytes = md->scope->article->source.bytes;
    size_t at = 0;
    nl_str line = nl_str_sub(bytes, b->span.start, b->span.end);
    if (b->first_line != b->last_line || nl_is_blank((unsigned char)line.p[line.n - 1]) ||
        !may_hold_emphasis(line))
        return;
    nl_markdown_inlines(md->body);
    nl_str text = only_emphasis(md->body, b, bytes, &at);
    report(md, rule, text, nl_span_of(at, at + text.n));
}

/* A line of an HTML block that is a paragraph for markdownlint. It is read here as the text of a
 * heading, so that no tag makes HTML of it. */
static void look_at_html_line(nl_md *md, const nl_rule *rule, nl_span line) {
    nl_arena *arena = md->scope->arena;
    nl_str bytes = nl_str_sub(md->scope->article->source.bytes, line.start, line.end);
    while (bytes.n && nl_is_blank((unsigned char)bytes.p[0]))
        bytes = nl_str_sub(bytes, 1, bytes.n);
    if (!bytes.n || nl_is_blank((unsigned char)bytes.p[bytes.n - 1]) || !may_hold_emphasis(bytes))
        return;
    nl_buf b = {0};
    nl_buf_puts(&b, "# ");
    nl_buf_str_add(&b, bytes);
    nl_source *source = NL_NEW(arena, nl_source);
    *source = nl_source_of(NL_S(""), nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n), arena);
    source->limits = md->scope->article->source.limits;
    nl_buf_free(&b);
    nl_markdown *m = nl_markdown_parse(source, 0, arena);
    nl_markdown_inlines(m);
    size_t at = 0, shift = (size_t)(bytes.p - md->scope->article->source.bytes.p) - 2;
    if (m->block_count != 1 || m->headings[0].text.end != source->bytes.n)
        return;
    nl_str text = only_emphasis(m, &m->blocks[0], source->bytes, &at);
    report(md, rule, text, nl_span_of(shift + at, shift + at + text.n));
}

/* The lines of the HTML block with what would make HTML or indented code of them hidden:
 * markdownlint reads it again as Markdown without these. */
static nl_str hidden(nl_md *md, const nl_block *b) {
    nl_str text = nl_str_sub(md->scope->article->source.bytes, b->span.start, b->span.end);
    char *out = nl_arena_alloc(md->scope->arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t blanks = 0;
        for (; i < text.n && nl_is_blank((unsigned char)text.p[i]); i++)
            for (int k = text.p[i] == '\t' ? 4 : 1; k > 0 && blanks < 3; k--, blanks++)
                if (blanks < 3 && n < i + 1)
                    out[n++] = ' ';
        if (i < text.n && text.p[i] == '<') {
            out[n++] = 'x';
            i++;
        }
        while (i < text.n && text.p[i] != '\n' && text.p[i] != '\r')
            out[n++] = text.p[i++];
        if (i < text.n)
            out[n++] = text.p[i];
    }
    return nl_str_n(out, n);
}

static void look_at_html(nl_md *md, const nl_rule *rule, const nl_block *b) {
    nl_source *source = &md->scope->article->source;
    nl_str bytes = nl_str_sub(source->bytes, b->span.start, b->span.end);
    if (nl_md_is_comment(md, b) || !may_hold_emphasis(bytes))
        return;
    nl_source *part = NL_NEW(md->scope->arena, nl_source);
    *part = nl_source_of(NL_S(""), hidden(md, b), md->scope->arena);
    part->limits = source->limits;
    const nl_markdown *m = nl_markdown_parse(part, 0, md->scope->arena);
    for (size_t i = 0; i < m->block_count; i++) {
        const nl_block *p = &m->blocks[i];
        size_t line = b->first_line + p->first_line - 1;
        if (p->root && p->kind == NL_BLOCK_PARAGRAPH && p->first_line == p->last_line)
            look_at_html_line(md, rule, nl_source_line(source, line));
    }
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    for (size_t i = 0; i < md->body->block_count; i++) {
        const nl_block *b = &md->body->blocks[i];
        if (b->root && b->kind == NL_BLOCK_PARAGRAPH)
            look_at_paragraph(md, rule, b);
        else if (b->root && b->kind == NL_BLOCK_HTML)
            look_at_html(md, rule, b);
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md036 = {
    .name = "md036",
    .summary = "Emphasis used instead of a heading",
    .help = "markdownlint's MD036, no-emphasis-as-heading.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n",
    .bad = "**A**\n",
    .article = article,
};
