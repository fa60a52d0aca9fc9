/* md025: markdownlint's single-title. */
#include "check/md.h"

typedef struct options {
    nl_md_title title;
    int64_t heading_level;
} options;

static const nl_param params[] = {
    {.name = "heading_level",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, heading_level),
     .fallback = "1",
     .min = 1,
     .max = 6,
     .help = "The level of a title; markdownlint's parameter `level`."},
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

/* Does the text end in a line end, or in blanks behind one? */
static bool ends_in_line_end(nl_str bytes) {
    while (bytes.n && nl_is_blank((unsigned char)bytes.p[bytes.n - 1]))
        bytes.n--;
    return bytes.n && (bytes.p[bytes.n - 1] == '\n' || bytes.p[bytes.n - 1] == '\r');
}

/* Is all that stands before the heading at the root no content? Of a heading that is not at the
 * root all counts but the very last thing, since its index is looked for in vain. */
static bool is_first(nl_md *md, const nl_heading *h) {
    nl_md_root root = {0};
    bool content = false;
    while (nl_md_next_root(md, &root)) {
        if (h->root && root.start >= h->block.start)
            break;
        if (content)
            return false;
        content = !root.block || !nl_md_is_comment(md, root.block);
    }
    return !content || (!h->root && !ends_in_line_end(md->scope->article->source.bytes));
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD025);
    bool titled = nl_md_has_title(md, &o->title), first = true;
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        if (h->level != o->heading_level || nl_md_is_tab(md, h))
            continue;
        if (first && !titled) {
            first = false;
            if (!is_first(md, h))
                return;
            continue;
        }
        nl_finding f = nl_md_at_heading(md, rule, h);
        nl_md_report(md, NL_MD025, &f,
                     "multiple top-level headings in the same document: `{text}`");
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md025 = {
    .name = "md025",
    .summary = "Multiple top-level headings in the same document",
    .help = "markdownlint's MD025, single-title.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n\n## B\n",
    .bad = "# A\n\n# B\n",
    .prepare = prepare,
    .article = article,
};
