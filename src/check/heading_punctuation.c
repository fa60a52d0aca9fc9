/*
 * heading-punctuation: a heading that ends in a full stop or the like (markdownlint's MD026). What
 * a reader sees decides, so that entities and `**A.**` are judged by what they show; code, entities
 * that are not known and emoji codes such as `:tada:` are left alone. The fix may change meaning
 * (`Inc.`), and there is none for an escaped character.
 */
#include "base/utf8.h"
#include "check/heading.h"
#include "rule/prose.h"

typedef struct options {
    nl_str characters;
} options;

static const nl_param params[] = {
    {.name = "characters",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, characters),
     .fallback = ".,;:!。，；：！",
     .help = "The characters that a heading must not end in."},
    {0},
};

/* `:tada:`, `&nosuch;`: a word between marks. */
static bool is_code(nl_str text) {
    size_t at = text.n - 1;
    char last = text.p[at];
    while (at > 0 && (nl_is_alnum((unsigned char)text.p[at - 1]) || text.p[at - 1] == '_' ||
                      text.p[at - 1] == '+' || text.p[at - 1] == '-' || text.p[at - 1] == '#'))
        at--;
    if (at == 0 || at == text.n - 1)
        return false;
    return (last == ':' && text.p[at - 1] == ':') || (last == ';' && text.p[at - 1] == '&');
}

static void report(nl_scope *s, const nl_rule *rule, const nl_heading *h, const nl_prose *p,
                   size_t from, size_t to) {
    nl_str bytes = s->article->source.bytes;
    nl_span span;
    bool exact = nl_prose_locate(s, p, from, to, &span);
    nl_finding f = nl_finding_at(s, rule, span);
    nl_finding_set(&f, "text", h->content);
    nl_finding_set(&f, "found", nl_str_sub(p->text, from, to));
    if (exact && span.start > h->text.start && bytes.p[span.start - 1] != '\\') {
        size_t start = span.start;
        while (start > h->text.start && nl_is_blank((unsigned char)bytes.p[start - 1]))
            start--;
        if (start > h->text.start) {
            nl_finding_fix(&f, true, "remove it");
            nl_finding_edit(&f, nl_span_of(start, span.end), NL_S(""));
        }
    }
    nl_finding_report(&f, "heading ends in `{found}`");
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    nl_markdown *body = nl_article_body(s->article);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        nl_str seen = nl_str_trim(h->content);
        if (nl_heading_ends_in(seen, o->characters) == seen.n || is_code(seen))
            continue;
        nl_markdown_inlines(body);
        nl_prose p = nl_prose_of_block(s, body, &body->blocks[h->at]);
        nl_str text = {p.text.p, p.text.n};
        while (text.n &&
               (nl_is_blank((unsigned char)text.p[text.n - 1]) || text.p[text.n - 1] == '\n'))
            text.n--;
        size_t from = nl_heading_ends_in(text, o->characters);
        if (from < text.n)
            report(s, rule, h, &p, from, text.n);
    }
}

static const char *const names[] = {"text", "found", NULL};

const nl_check nl_check_heading_punctuation = {
    .name = "heading-punctuation",
    .summary = "A heading that ends in punctuation",
    .help = "A heading is a title, not a sentence: it ends without a full stop, comma, colon or "
            "exclamation mark. A question mark is fine.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .fixes = true,
    .unsafe_only = true,
    .principal = "characters",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## What now?\n",
    .bad = "## Overview:\n",
    .article = article,
};
