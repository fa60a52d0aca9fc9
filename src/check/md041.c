/* md041: markdownlint's first-line-heading. */
#include "check/md.h"
#include <string.h>

typedef struct options {
    nl_md_title title;
    int64_t heading_level;
    bool allow_preamble;
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
    {.name = "allow_preamble",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, allow_preamble),
     .fallback = "false",
     .help = "Let other things stand before the first heading."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    return nl_md_title_prepare(load, &o->title);
}

/* The level of the heading element whose tag comes first in an HTML block, or 0. */
static int html_level(nl_str html) {
    size_t unclosed = 0; /* a search that finds nothing is not made twice */
    for (size_t i = 0; i + 1 < html.n && unclosed < 2; i++) {
        char next = html.p[i + 1];
        if (html.p[i] != '<' || (!nl_is_alpha((unsigned char)next) && !strchr("/!?", next)))
            continue;
        nl_str rest = nl_str_sub(html, i, html.n);
        if (next == '!' && !nl_is_alpha((unsigned char)(rest.n > 2 ? rest.p[2] : ' ')) &&
            !nl_str_starts(rest, NL_S("<!--")) && !nl_str_starts(rest, NL_S("<![CDATA[")))
            continue;
        nl_str end = nl_str_starts(rest, NL_S("<!--"))        ? NL_S("-->")
                     : nl_str_starts(rest, NL_S("<?"))        ? NL_S("?>")
                     : nl_str_starts(rest, NL_S("<![CDATA[")) ? NL_S("]]>")
                                                              : NL_S(">");
        if (nl_str_search(rest, end) == rest.n) {
            unclosed++; /* what is not closed is text */
            continue;
        }
        size_t at = i + 1 + (next == '/');
        nl_str name = nl_str_sub(html, at, at + 2);
        bool ends = at + 2 >= html.n || strchr(" \t\n\f\v\r/>", html.p[at + 2]);
        bool heading = name.n == 2 && nl_lower((unsigned char)name.p[0]) == 'h' &&
                       name.p[1] >= '1' && name.p[1] <= '6';
        return ends && heading ? name.p[1] - '0' : 0;
    }
    return 0;
}

/* The level of a heading or of an HTML block that begins with one, or 0. */
static int level_of(const nl_md *md, const nl_block *b) {
    if (b && b->kind == NL_BLOCK_HEADING)
        return md->body->headings[b->index].level;
    if (!b || b->kind != NL_BLOCK_HTML)
        return 0;
    return html_level(nl_str_sub(md->scope->article->source.bytes, b->span.start, b->span.end));
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD041);
    nl_md_root root = {0};
    if (nl_md_has_title(md, &o->title))
        return;
    while (nl_md_next_root(md, &root)) {
        if (root.block && nl_md_is_comment(md, root.block))
            continue;
        int level = level_of(md, root.block);
        if (!level && o->allow_preamble)
            continue;
        if (level != o->heading_level) {
            bool heading = root.block && root.block->kind == NL_BLOCK_HEADING;
            nl_finding f = heading
                               ? nl_md_at_heading(md, rule, &md->body->headings[root.block->index])
                               : nl_md_at_line(md, rule, root.line);
            nl_finding_say(&f, "expected", "h%d", (int)o->heading_level);
            nl_md_report(md, NL_MD041, &f,
                         "first line in a file should be a top-level heading, {expected}");
        }
        return;
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md041 = {
    .name = "md041",
    .summary = "First line in a file should be a top-level heading",
    .help = "markdownlint's MD041, first-line-heading.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n",
    .bad = "text\n",
    .prepare = prepare,
    .article = article,
};
