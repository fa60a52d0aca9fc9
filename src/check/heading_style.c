/*
 * heading-style: ATX (`# A`), closed ATX (`# A #`) or setext (underlined) headings, one way for all
 * (markdownlint's MD003). A fix is offered where only marks change: hashes at the end are added or
 * removed, and an underlined line becomes one with hashes.
 */
#include "check/heading.h"
#include "rule/say.h"
#include <string.h>

enum { CONSISTENT, ATX, CLOSED, SETEXT, WITH_ATX, WITH_CLOSED };

static const char *const styles[] = {
    "consistent", "atx", "atx-closed", "setext", "setext-with-atx", "setext-with-atx-closed", NULL};

typedef struct options {
    int style;
} options;

static const nl_param params[] = {
    {.name = "style",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(options, style),
     .fallback = "consistent",
     .choices = styles,
     .help = "The wanted style; `consistent`: that of the first heading. With `setext-with-atx` "
             "levels 1 and 2 are underlined and the others have hashes."},
    {0},
};

static int style_of(const nl_heading *h) {
    return h->style == NL_HEADING_SETEXT ? SETEXT : h->style == NL_HEADING_ATX ? ATX : CLOSED;
}

static int wanted_of(int style, const nl_heading *h) {
    if (style == WITH_ATX || style == WITH_CLOSED)
        return h->level <= 2 ? SETEXT : style == WITH_ATX ? ATX : CLOSED;
    return style;
}

/* From a line with an underline to one with hashes: of a text in one line that hashes cannot spoil.
 */
static void fix_setext(nl_finding *f, const nl_heading *h, nl_str text, bool closed) {
    if (!h->root || memchr(text.p, '\n', text.n) || memchr(text.p, '\r', text.n))
        return;
    nl_finding_fix(f, false, "write it with hashes");
    nl_finding_edit(f, nl_span_of(h->text.start, h->text.start),
                    h->level == 1 ? NL_S("# ") : NL_S("## "));
    nl_str tail = !closed ? NL_S("") : h->level == 1 ? NL_S(" #") : NL_S(" ##");
    nl_finding_edit(f, nl_span_of(h->text.end, h->block.end), tail);
}

static void offer_fix(nl_scope *s, nl_finding *f, const nl_heading *h, int wanted) {
    nl_str text = nl_str_sub(s->article->source.bytes, h->text.start, h->text.end);
    if (!text.n || wanted == SETEXT || text.p[text.n - 1] == '#')
        return; /* a hash at the end could become a closing one */
    if (h->style == NL_HEADING_SETEXT) {
        fix_setext(f, h, text, wanted == CLOSED);
    } else if (wanted == ATX) {
        nl_finding_fix(f, false, "remove the closing hashes");
        nl_finding_edit(f, nl_span_of(h->text.end, h->closing.end), NL_S(""));
    } else {
        nl_finding_fix(f, false, "close it with hashes");
        nl_str hashes = nl_str_sub(NL_S(" ######"), 0, (size_t)h->level + 1);
        nl_finding_edit(f, nl_span_of(h->text.end, h->text.end), hashes);
    }
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    int style = o->style;
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        int own = style_of(h);
        if (style == CONSISTENT)
            style = own;
        int wanted = wanted_of(style, h);
        if (own == wanted || (o->style == CONSISTENT && wanted == SETEXT && h->level > 2))
            continue; /* underlines know two levels only */
        nl_finding f = nl_finding_at_heading(s, rule, h);
        nl_finding_say(&f, "style", "%s", styles[own]);
        nl_finding_say(&f, "expected", "%s", styles[wanted]);
        offer_fix(s, &f, h, wanted);
        nl_finding_report(&f, "heading is written as {style}, expected {expected}");
    }
}

static const char *const names[] = {"text", "style", NULL};

const nl_check nl_check_heading_style = {
    .name = "heading-style",
    .summary = "Headings written in several ways",
    .help = "Markdown knows three ways to write a heading: `## A`, `## A ##`, and a line that is "
            "underlined. One of them is enough for a site.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .fixes = true,
    .principal = "style",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n\n## Outlook\n",
    .bad = "## Overview\n\nOutlook\n-------\n",
    .article = article,
};
