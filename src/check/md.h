/*
 * What the checks of markdownlint's heading rules share: an article as markdownlint 0.40 sees it
 * (https://github.com/DavidAnson/markdownlint, lib/markdownlint.mjs), which is not as newslint
 * does. Its front matter is found by a regular expression, its lines have the text of HTML comments
 * dotted out, and comments turn its rules on and off.
 *
 * Known differences: markdownlint's parser knows math, footnotes and directives that hold blocks,
 * cmark does not; of a `markdownlint-configure-file` comment the regular expressions are not used,
 * and its keys count in their order, whatever the rule file names.
 */
#ifndef NL_CHECK_MD_H
#define NL_CHECK_MD_H

#include "check/checks.h"

typedef enum nl_md_rule {
    NL_MD001,
    NL_MD003,
    NL_MD018,
    NL_MD019,
    NL_MD020,
    NL_MD021,
    NL_MD022,
    NL_MD023,
    NL_MD024,
    NL_MD025,
    NL_MD026,
    NL_MD036,
    NL_MD041,
    NL_MD043,
    NL_MD051,
    NL_MD_RULES
} nl_md_rule;

typedef struct nl_md {
    nl_scope *scope;
    nl_markdown *body;
    nl_str front; /* the front matter with its delimiters and the blank lines behind it, or empty */
    nl_str text;  /* the whole source, comments dotted out */
    size_t start; /* of the body, in bytes */
    size_t first_line, last_line; /* of the body, in the source */
    const unsigned *enabled; /* a bit for each rule, for each line from first_line; NULL: all */
    const nl_value *options[NL_MD_RULES]; /* that a comment gives instead of the rule's, or NULL */
    const nl_check *const *checks;
} nl_md;

/* Made once for an article. */
nl_md *nl_md_of(nl_scope *s);

/* The options in force: those of the rule, or such as a comment in the article gives. */
const void *nl_md_options(nl_md *md, const nl_rule *rule, nl_md_rule which);

/* The line (from first_line on) without its line end. */
nl_str nl_md_line(const nl_md *md, size_t line);

/* Reports at the span unless a comment turned the rule off for its line. */
void nl_md_report(nl_md *md, nl_md_rule which, nl_finding *f, const char *message);

/* Where markdownlint's parser lets a heading begin: an underlined one at the link reference
 * definitions that stand directly above it. */
size_t nl_md_heading_start(const nl_md *md, const nl_heading *h);

/* A finding at a heading, {text} set; and one at a line without the blanks around it. */
nl_finding nl_md_at_heading(nl_md *md, const nl_rule *rule, const nl_heading *h);
nl_finding nl_md_at_line(nl_md *md, const nl_rule *rule, size_t line);

/* A regular expression that finds a title in a line of the front matter. A comment may set `text`
 * back to the usual one, but can give no other: that would have to be compiled for the article. */
typedef struct nl_md_title {
    nl_str text;
    const nl_pattern *pattern, *usual;
} nl_md_title;

#define NL_MD_TITLE "^\\s*\"?title\"?\\s*[:=]"

bool nl_md_title_prepare(nl_load *load, nl_md_title *title);
bool nl_md_has_title(nl_md *md, const nl_md_title *title);

/* Where a heading's text ends: that of an underlined one with the blanks behind it. */
size_t nl_md_text_end(const nl_md *md, const nl_heading *h);

/* markdownlint's heading text: the bytes between the marks, tags dropped that stand in no other
 * markup, line ends as spaces. */
nl_str nl_md_heading_text(nl_md *md, const nl_heading *h);

/* Is it `# [text](#tab/name)`, a tab of docfx? */
bool nl_md_is_tab(nl_md *md, const nl_heading *h);

/* Is it an HTML block that is a comment and nothing else, blanks before it included? */
bool nl_md_is_comment(const nl_md *md, const nl_block *b);

/* The next block or definition that stands in no other, behind byte `*at`; false if there is none.
 * *block is NULL for a definition; *at goes on behind its start. */
typedef struct nl_md_root {
    const nl_block *block;
    size_t start, line;
    size_t next_block, next_definition;
} nl_md_root;
bool nl_md_next_root(nl_md *md, nl_md_root *root);

/* White space as JavaScript's \s and trim() have it. */
nl_str nl_md_trim(nl_str s);
bool nl_md_is_space(uint32_t cp);

/* Lines of code and HTML blocks, asked for in rising order. */
typedef struct nl_md_lines {
    size_t next_block;
} nl_md_lines;
bool nl_md_is_code_or_html(const nl_md *md, nl_md_lines *lines, size_t line);

/* md_control.c: reads the control comments into md->enabled and md->options. */
void nl_md_control_read(nl_md *md);

/* md_table.c: makes paragraphs of the underlined headings that are tables. */
void nl_md_drop_tables(nl_md *md);

/* md_text.c: the text with what stands in comments dotted out. */
nl_str nl_md_without_comments(nl_str text, size_t start, nl_arena *arena);

/* Blank, or nothing but `>` and comments, whole or not. */
bool nl_md_is_blank(nl_str line);

/* md_text.c: where markdownlint's front matter ends; `start` (behind a BOM) if there is none. */
size_t nl_md_front_end(nl_str s, size_t start);

/* md_text.c: where the directive `:name` that begins at the colon ends, which is no text for
 * markdownlint's parser; `at` if none begins there. */
size_t nl_md_directive_end(nl_str text, size_t at);

/* md_address.c: where the bare address that begins at `at` ends, which is no text either; `at` if
 * none begins there. */
size_t nl_md_address_end(nl_str text, size_t at);

/* md_space.c: MD019 and MD021. */
void nl_md_look_at_spaces(nl_md *md, const nl_rule *rule, nl_md_rule which, nl_heading_style style);

#endif
