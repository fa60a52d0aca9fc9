/* md001: markdownlint's heading-increment. */
#include "check/md.h"

typedef struct options {
    nl_md_title title;
} options;

static const nl_param params[] = {
    {.name = "front_matter_title",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, title.text),
     .fallback = NL_MD_TITLE,
     .help = "A regex that finds a title in a line of the front matter; empty: none counts."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    return nl_md_title_prepare(load, &o->title);
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD001);
    int last = nl_md_has_title(md, &o->title) ? 1 : 6;
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        if (h->level > last + 1) {
            nl_finding f = nl_md_at_heading(md, rule, h);
            nl_finding_say(&f, "expected", "h%d", last + 1);
            nl_finding_say(&f, "actual", "h%d", h->level);
            nl_md_report(md, NL_MD001, &f,
                         "heading levels should only increment by one level at a time: expected "
                         "{expected}, found {actual}");
        }
        last = h->level;
    }
}

static const char *const names[] = {"text", "actual", NULL};

const nl_check nl_check_md001 = {
    .name = "md001",
    .summary = "Heading levels should only increment by one level at a time",
    .help = "markdownlint's MD001, heading-increment.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n\n## B\n",
    .bad = "# A\n\n### B\n",
    .prepare = prepare,
    .article = article,
};
