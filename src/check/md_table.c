/*
 * Tables, which markdownlint's parser knows and cmark does not: an underline below a table's rows
 * is a row or a rule, where cmark sees an underlined heading. Such headings are made paragraphs. By
 * GFM 0.29, section 4.10; tables that stand in quotes and lists are not looked for.
 */
#include "check/md.h"
#include <string.h>

/* The number of cells of a row; a bar at its ends and one behind a backslash divide nothing. */
static size_t count_cells(nl_str row) {
    row = nl_str_trim(row);
    size_t cells = 1;
    for (size_t i = 0; i < row.n; i++) {
        if (row.p[i] == '\\')
            i++;
        else if (row.p[i] == '|' && i > 0 && i + 1 < row.n)
            cells++;
    }
    return row.n ? cells : 0;
}

/* `:--` in each cell, with a bar somewhere. */
static bool is_delimiter_row(nl_str row) {
    bool dash = false, bar = false, cell = false;
    row = nl_str_trim(row);
    for (size_t i = 0; i < row.n; i++) {
        char c = row.p[i];
        if (c == '|') {
            if (i > 0 && !cell)
                return false;
            bar = true;
            cell = false;
        } else if (c == '-') {
            if (cell && row.p[i - 1] != '-' && row.p[i - 1] != ':')
                return false;
            dash = cell = true;
        } else if (c != ':' && !nl_is_blank((unsigned char)c)) {
            return false;
        }
    }
    return dash && bar;
}

static bool is_table(const nl_md *md, const nl_heading *h) {
    const nl_block *b = &md->body->blocks[h->at];
    if (h->style != NL_HEADING_SETEXT || !h->root || b->last_line < b->first_line + 2)
        return false;
    nl_source *source = &md->scope->article->source;
    nl_span head = nl_source_line(source, b->first_line);
    nl_span second = nl_source_line(source, b->first_line + 1);
    nl_str row = nl_str_sub(source->bytes, second.start, second.end);
    return is_delimiter_row(row) &&
           count_cells(nl_str_sub(source->bytes, b->span.start, head.end)) == count_cells(row);
}

void nl_md_drop_tables(nl_md *md) {
    const nl_markdown *m = md->body;
    size_t tables = 0;
    for (size_t i = 0; i < m->heading_count; i++)
        tables += is_table(md, &m->headings[i]);
    if (!tables)
        return;
    nl_markdown_inlines(md->body);
    nl_markdown *copy = NL_NEW(md->scope->arena, nl_markdown);
    *copy = *m;
    copy->heading_count = 0;
    copy->headings = NL_NEW_ARRAY(md->scope->arena, nl_heading, m->heading_count);
    copy->blocks = NL_NEW_ARRAY(md->scope->arena, nl_block, m->block_count);
    memcpy(copy->blocks, m->blocks, m->block_count * sizeof *m->blocks);
    for (size_t i = 0; i < m->heading_count; i++) {
        const nl_heading *h = &m->headings[i];
        if (is_table(md, h)) {
            copy->blocks[h->at].kind = NL_BLOCK_PARAGRAPH;
            continue;
        }
        copy->blocks[h->at].index = copy->heading_count;
        copy->headings[copy->heading_count++] = *h;
    }
    md->body = copy;
}
