/*
 * heading-emphasis: a paragraph that is nothing but emphasis and stands above text, as a heading
 * would (markdownlint's MD036). One that ends in punctuation is a sentence, and the last thing of
 * an article is a remark: neither is reported.
 */
#include "base/utf8.h"
#include "check/heading.h"

typedef struct options {
    nl_str punctuation;
} options;

static const nl_param params[] = {
    {.name = "punctuation",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, punctuation),
     .fallback = ".,;:!?…。，；：！？",
     .help = "A paragraph that ends in one of these characters is a sentence."},
    {0},
};

static bool may_be(nl_str bytes, const nl_block *b) {
    return b->kind == NL_BLOCK_PARAGRAPH && b->root && b->first_line == b->last_line &&
           b->span.end > b->span.start + 2 &&
           (bytes.p[b->span.start] == '*' || bytes.p[b->span.start] == '_');
}

/* A heading stands above something: text, a list, a quote, code. */
static bool heads_something(const nl_markdown *body, size_t i) {
    if (i + 1 >= body->block_count)
        return false;
    nl_block_kind next = body->blocks[i + 1].kind;
    return next != NL_BLOCK_HEADING && next != NL_BLOCK_RULE && next != NL_BLOCK_HTML;
}

/* The one emphasis that the paragraph is, or NULL; *text is the last of the text within. */
static const nl_inline *only_emphasis(const nl_markdown *body, const nl_block *b, nl_str *text) {
    const nl_inline *found = NULL;
    *text = (nl_str){NULL, 0};
    for (size_t i = 0; i < b->inline_count; i++) {
        const nl_inline *in = &body->inlines[b->inlines + i];
        bool emphasis = in->kind == NL_INLINE_EMPHASIS || in->kind == NL_INLINE_STRONG;
        if (!in->exact || (!emphasis && in->kind != NL_INLINE_TEXT))
            return NULL;
        if (in->depth == 0 && emphasis && !found)
            found = in;
        else if (in->depth == 0 && (emphasis || nl_str_trim(in->text).n))
            return NULL;
        else if (in->kind == NL_INLINE_TEXT && in->depth > 0)
            *text = in->text;
    }
    return found;
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    nl_markdown *body = nl_article_body(s->article);
    for (size_t i = 0; i < body->block_count; i++) {
        if (!may_be(s->article->source.bytes, &body->blocks[i]) || !heads_something(body, i))
            continue;
        nl_markdown_inlines(body);
        nl_str text;
        const nl_inline *in = only_emphasis(body, &body->blocks[i], &text);
        text = nl_str_trim(text);
        if (!in || !text.n || nl_heading_ends_in(text, o->punctuation) < text.n)
            continue;
        nl_finding f = nl_finding_at(s, rule, in->span);
        nl_finding_set(&f, "text", text);
        nl_finding_report(&f, "a paragraph that is all emphasis: make it a heading");
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_heading_emphasis = {
    .name = "heading-emphasis",
    .summary = "A paragraph of emphasis that stands for a heading",
    .help = "Text in bold or italics is no heading: it is missing in the table of contents, and "
            "screen readers pass it by. Write `## Text`.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n\ntext\n",
    .bad = "**Overview**\n\ntext\n",
    .article = article,
};
