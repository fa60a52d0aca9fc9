/* md003: markdownlint's heading-style. */
#include "check/md.h"

enum { CONSISTENT, ATX, ATX_CLOSED, SETEXT, WITH_ATX, WITH_ATX_CLOSED };

static const char *const styles[] = {
    "consistent", "atx", "atx_closed", "setext", "setext_with_atx", "setext_with_atx_closed", NULL};

typedef struct options {
    int style;
} options;

static const nl_param params[] = {
    {.name = "style",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(options, style),
     .fallback = "consistent",
     .choices = styles,
     .help = "The wanted style; `consistent`: that of the first heading."},
    {0},
};

static int style_of(const nl_heading *h) {
    return h->style == NL_HEADING_SETEXT ? SETEXT : h->style == NL_HEADING_ATX ? ATX : ATX_CLOSED;
}

static int wanted_of(int style, const nl_heading *h) {
    if (style != WITH_ATX && style != WITH_ATX_CLOSED)
        return style;
    return h->level <= 2 ? SETEXT : style == WITH_ATX ? ATX : ATX_CLOSED;
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD003);
    int style = o->style;
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        int own = style_of(h);
        if (style == CONSISTENT)
            style = own;
        if (own == wanted_of(style, h))
            continue;
        nl_finding f = nl_md_at_heading(md, rule, h);
        nl_finding_say(&f, "expected", "%s", styles[wanted_of(style, h)]);
        nl_finding_say(&f, "actual", "%s", styles[own]);
        nl_md_report(md, NL_MD003, &f, "heading style: expected {expected}, found {actual}");
    }
}

static const char *const names[] = {"text", "actual", NULL};

const nl_check nl_check_md003 = {
    .name = "md003",
    .summary = "Heading style",
    .help = "markdownlint's MD003, heading-style.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n\n# B\n",
    .bad = "# A\n\n# B #\n",
    .article = article,
};
