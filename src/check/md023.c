/* md023: markdownlint's heading-start-left. Blanks before the quote or the list item that the
 * heading begins count too. */
#include "check/md.h"
#include "doc/markdown_lines.h"
#include <string.h>

/* Containers around the block that comes next, the outermost first. */
typedef struct stack {
    size_t blocks[2 * NL_LIMIT_BODY_DEPTH_MOST + 2];
    size_t count;
} stack;

static void enter(stack *st, const nl_markdown *m, size_t i) {
    const nl_block *b = &m->blocks[i];
    st->count = b->depth;
    if (!nl_block_is_leaf(b))
        st->blocks[st->count++] = i;
}

/* Behind `columns` columns of blanks at most. */
static size_t skip_blanks(nl_str bytes, size_t at, size_t end, size_t columns, size_t *column) {
    size_t most = *column + columns;
    while (at < end && *column < most && nl_is_blank((unsigned char)bytes.p[at])) {
        *column = bytes.p[at] == '\t' ? (*column / 4 + 1) * 4 : *column + 1;
        at++;
    }
    return at;
}

/* Blanks before a heading, or on its line before the mark of a quote or item: the last of them. */
static nl_span find_indent(const nl_md *md, const stack *st, const nl_heading *h) {
    nl_str bytes = md->scope->article->source.bytes;
    const nl_block *own = &md->body->blocks[h->at];
    nl_span line = nl_source_line(&md->scope->article->source, own->first_line), found = h->indent;
    size_t at = line.start < md->start ? md->start : line.start, end = h->block.start, column = 0;
    if (nl_md_heading_start(md, h) < h->block.start) /* the line begins in the midst of it */
        return nl_span_of(end, end);
    for (size_t i = 0; i < st->count && found.end <= found.start; i++) {
        const nl_block *b = &md->body->blocks[st->blocks[i]];
        size_t width = md->body->state->extra[st->blocks[i]].own.width;
        if (b->kind == NL_BLOCK_LIST)
            continue;
        if (b->kind == NL_BLOCK_ITEM && b->first_line < own->first_line) {
            at = skip_blanks(bytes, at, end, width, &column);
            continue;
        }
        size_t mark = skip_blanks(bytes, at, end, SIZE_MAX / 2, &column);
        if (mark > at)
            found = nl_span_of(at, mark);
        while (mark < end && !nl_is_blank((unsigned char)bytes.p[mark]) &&
               (b->kind == NL_BLOCK_ITEM || bytes.p[mark] == '>')) {
            mark++;
            column++;
            if (bytes.p[mark - 1] == '>' || strchr("-+*.)", bytes.p[mark - 1]))
                break;
        }
        at = skip_blanks(bytes, mark, end, b->kind == NL_BLOCK_ITEM ? 4 : 1, &column);
    }
    return found;
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const nl_markdown *m = md->body;
    stack containers = {.count = 0};
    for (size_t i = 0; i < m->block_count; i++) {
        enter(&containers, m, i);
        if (m->blocks[i].kind != NL_BLOCK_HEADING)
            continue;
        const nl_heading *h = &m->headings[m->blocks[i].index];
        nl_span indent = find_indent(md, &containers, h);
        if (indent.end <= indent.start)
            continue;
        nl_finding f = nl_finding_at(s, rule, indent);
        nl_finding_set(&f, "text", h->content);
        nl_str blanks = nl_str_sub(s->article->source.bytes, indent.start, indent.end);
        if (indent.start == h->indent.start && nl_str_find(blanks, '\t') == blanks.n) {
            nl_finding_fix(&f, false, "remove the indentation");
            nl_finding_edit(&f, indent, NL_S(""));
        }
        nl_md_report(md, NL_MD023, &f, "headings must start at the beginning of the line");
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md023 = {
    .name = "md023",
    .summary = "Headings must start at the beginning of the line",
    .help = "markdownlint's MD023, heading-start-left.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .fixes = true,
    .names = names,
    .good = "# A\n",
    .bad = " # A\n",
    .article = article,
};
