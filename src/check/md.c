/* The article as markdownlint sees it, made when the first of its rules runs. */
#include "check/md.h"

#include "doc/markdown_lines.h"
#include "doc/mdx.h"
#include "rule/ruleset.h"
#include <string.h>

/* Front matter ends for markdownlint behind the blank lines that follow it, which make no
 * difference to the body. */
static bool is_body_of(const nl_article *a, size_t start) {
    if (nl_mdx_is(a->source.path) || start < a->body_start)
        return false;
    nl_str between = nl_str_sub(a->source.bytes, a->body_start, start);
    for (size_t i = 0; i < between.n; i++)
        if (!strchr(" \t\r\n", between.p[i]) || !between.p[i])
            return false;
    return true;
}

nl_md *nl_md_of(nl_scope *s) {
    if (s->md)
        return s->md;
    nl_md *md = s->md = NL_NEW(s->arena, nl_md);
    nl_source *source = &s->article->source;
    size_t bom = nl_source_bom(source->bytes);
    md->scope = s;
    md->start = nl_md_front_end(source->bytes, bom);
    if (md->start == bom && nl_source_bom(nl_str_sub(source->bytes, bom, SIZE_MAX)))
        md->start += 3; /* its parser drops a second one */
    md->front = nl_str_sub(source->bytes, bom, md->start);
    md->body = is_body_of(s->article, md->start) ? nl_article_body(s->article)
                                                 : nl_markdown_parse(source, md->start, s->arena);
    nl_markdown_complete(md->body);
    md->first_line = nl_source_line_at(source, md->start);
    md->last_line = nl_source_line_count(source);
    md->text = nl_md_without_comments(source->bytes, md->start, s->arena);
    nl_md_drop_tables(md);
    nl_md_control_read(md);
    return md;
}

nl_str nl_md_line(const nl_md *md, size_t line) {
    nl_span span = nl_source_line(&md->scope->article->source, line);
    return nl_str_sub(md->text, span.start < md->start ? md->start : span.start, span.end);
}

void nl_md_report(nl_md *md, nl_md_rule which, nl_finding *f, const char *message) {
    size_t line = nl_source_line_at(&md->scope->article->source, f->span.start);
    if (!md->enabled || line < md->first_line || line > md->last_line ||
        (md->enabled[line - md->first_line] >> which & 1))
        nl_finding_report(f, message);
}

size_t nl_md_heading_start(const nl_md *md, const nl_heading *h) {
    const nl_block_extra *x = &md->body->state->extra[h->at];
    return x->raw_start < h->block.start ? x->raw_start : h->block.start;
}

nl_finding nl_md_at_heading(nl_md *md, const nl_rule *rule, const nl_heading *h) {
    nl_span span = h->text.end > h->text.start ? h->text : h->block;
    size_t start = nl_md_heading_start(md, h);
    if (start < h->block.start)
        span.start = start;
    nl_finding f = nl_finding_at(md->scope, rule, span);
    nl_finding_set(&f, "text", h->content);
    return f;
}

nl_finding nl_md_at_line(nl_md *md, const nl_rule *rule, size_t line) {
    nl_str all = nl_md_line(md, line), trimmed = nl_md_trim(all);
    size_t start = trimmed.n ? (size_t)(trimmed.p - md->text.p) : (size_t)(all.p - md->text.p);
    nl_finding f = nl_finding_at(md->scope, rule, nl_span_of(start, start + trimmed.n));
    nl_finding_set(&f, "text", trimmed);
    return f;
}

bool nl_md_title_prepare(nl_load *load, nl_md_title *title) {
    nl_pattern_error e = {0};
    title->usual = nl_pattern_get(nl_load_patterns(load), NL_S(NL_MD_TITLE), true, &e);
    if (!title->text.n)
        return true;
    title->pattern = nl_pattern_get(nl_load_patterns(load), title->text, true, &e);
    if (!title->pattern)
        nl_load_error(load, "front_matter_title", "bad regex: %s", e.message);
    return title->pattern != NULL;
}

bool nl_md_has_title(nl_md *md, const nl_md_title *title) {
    nl_str rest = md->front;
    const nl_pattern *pattern = nl_str_is(title->text, NL_MD_TITLE) ? title->usual : title->pattern;
    if (!pattern || !title->text.n)
        return false;
    while (rest.n) {
        size_t end = 0;
        while (end < rest.n && rest.p[end] != '\n' && rest.p[end] != '\r')
            end++;
        if (nl_pattern_find(pattern, md->scope->matcher, nl_str_sub(rest, 0, end), 0, NULL) ==
            NL_MATCH_YES)
            return true;
        rest = nl_str_sub(rest, end + 1, rest.n);
    }
    return false;
}

size_t nl_md_text_end(const nl_md *md, const nl_heading *h) {
    nl_str bytes = md->scope->article->source.bytes;
    size_t end = h->text.end;
    while (h->style == NL_HEADING_SETEXT && end < bytes.n &&
           nl_is_blank((unsigned char)bytes.p[end]))
        end++;
    return end;
}

nl_str nl_md_heading_text(nl_md *md, const nl_heading *h) {
    nl_markdown_inlines(md->body);
    const nl_block *b = &md->body->blocks[h->at];
    nl_str bytes = md->scope->article->source.bytes;
    size_t n = 0, at = h->text.start, end = nl_md_text_end(md, h);
    char *out = nl_arena_alloc(md->scope->arena, end - at + 1);
    for (size_t i = b->inlines; i < b->inlines + b->inline_count; i++) {
        const nl_inline *in = &md->body->inlines[i];
        bool tag = in->kind == NL_INLINE_HTML && in->depth == 0;
        if (!in->exact || (!tag && in->kind != NL_INLINE_BREAK) || in->span.start < at)
            continue;
        memcpy(out + n, bytes.p + at, in->span.start - at);
        n += in->span.start - at;
        if (in->kind == NL_INLINE_BREAK)
            out[n++] = ' ';
        at = in->span.end;
    }
    for (; at < end; at++)
        out[n++] = bytes.p[at] == '\n' || bytes.p[at] == '\r' ? ' ' : bytes.p[at];
    return nl_str_n(out, n);
}

bool nl_md_is_tab(nl_md *md, const nl_heading *h) {
    nl_markdown_inlines(md->body);
    const nl_block *b = &md->body->blocks[h->at];
    if (h->style == NL_HEADING_SETEXT || !b->inline_count)
        return false;
    const nl_inline *in = &md->body->inlines[b->inlines];
    return in->kind == NL_INLINE_LINK && in->span.start == h->text.start &&
           in->span.end == h->text.end && nl_str_starts(in->text, NL_S("#tab/"));
}

bool nl_md_is_comment(const nl_md *md, const nl_block *b) {
    nl_str text = nl_str_sub(md->scope->article->source.bytes, b->span.start, b->span.end);
    bool indented =
        b->span.start > md->start &&
        nl_is_blank((unsigned char)md->scope->article->source.bytes.p[b->span.start - 1]);
    if (b->kind != NL_BLOCK_HTML || indented || !nl_str_starts(text, NL_S("<!--")) ||
        !nl_str_ends(text, NL_S("-->")))
        return false;
    nl_str content = text.n < 7 ? NL_S("") : nl_str_sub(text, 4, text.n - 3);
    return !nl_str_starts(content, NL_S(">")) && !nl_str_starts(content, NL_S("->")) &&
           !nl_str_ends(content, NL_S("-"));
}

bool nl_md_next_root(nl_md *md, nl_md_root *root) {
    const nl_markdown *m = md->body;
    nl_markdown_inlines(md->body);
    while (root->next_block < m->block_count && !m->blocks[root->next_block].root)
        root->next_block++;
    while (root->next_definition < m->definition_count &&
           !m->definitions[root->next_definition].root)
        root->next_definition++;
    const nl_block *b = root->next_block < m->block_count ? &m->blocks[root->next_block] : NULL;
    const nl_definition *d =
        root->next_definition < m->definition_count ? &m->definitions[root->next_definition] : NULL;
    if (d && (!b || d->span.start < b->span.start)) {
        root->next_definition++;
        root->block = NULL;
        root->start = d->span.start;
        root->line = d->line;
        return true;
    }
    if (!b)
        return false;
    root->next_block++;
    root->block = b;
    root->start = b->span.start;
    root->line = b->first_line;
    return true;
}

bool nl_md_is_code_or_html(const nl_md *md, nl_md_lines *lines, size_t line) {
    const nl_markdown *m = md->body;
    while (lines->next_block < m->block_count) {
        const nl_block *b = &m->blocks[lines->next_block];
        bool raw = b->kind == NL_BLOCK_CODE || b->kind == NL_BLOCK_HTML;
        if (raw && line <= b->last_line)
            return line >= b->first_line;
        if (!raw && b->first_line > line)
            return false;
        lines->next_block++;
    }
    return false;
}

/* ---- Options from a comment */

static void read_into(const nl_param *row, const nl_value *v, void *at) {
    switch (row->type) {
    case NL_PARAM_BOOL:
        *(bool *)at = v->kind == NL_BOOL ? v->boolean : v->kind != NL_NULL;
        break;
    case NL_PARAM_COUNT:
        if (v->kind == NL_INT)
            *(int64_t *)at = v->integer;
        break;
    case NL_PARAM_TEXT:
        *(nl_str *)at = v->kind == NL_NULL ? NL_S("") : v->text;
        break;
    case NL_PARAM_CHOICE:
        for (int i = 0; row->choices[i]; i++)
            if (nl_str_is(v->text, row->choices[i]))
                *(int *)at = i;
        break;
    case NL_PARAM_TREE:
        *(const nl_value **)at = v;
        break;
    default:
        break;
    }
}

/* `heading_level` is `level` there. */
static const nl_entry *find_option(const nl_value *map, const char *name) {
    return nl_value_find(map, nl_str_c(strcmp(name, "heading_level") == 0 ? "level" : name));
}

const void *nl_md_options(nl_md *md, const nl_rule *rule, nl_md_rule which) {
    const nl_value *given = md->options[which];
    const nl_check *check = rule->check;
    if (!given || !check->params)
        return rule->options;
    char *out = nl_arena_alloc(md->scope->arena, check->options_size);
    memcpy(out, rule->options, check->options_size);
    for (const nl_param *row = check->params; row->name; row++) {
        const nl_entry *e = find_option(given, row->name);
        nl_value *plain = NL_NEW(md->scope->arena, nl_value);
        plain->text = nl_str_c(row->fallback);
        nl_value_resolve(plain);
        size_t size = row->type == NL_PARAM_TREE ? sizeof(nl_value *) : sizeof(nl_str);
        if (e)
            read_into(row, e->value, out + row->offset);
        else if (row->fallback)
            read_into(row, plain, out + row->offset);
        else
            memset(out + row->offset, 0, size);
    }
    return out;
}
