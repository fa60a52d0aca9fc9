/*
 * What is made of a body on demand: inlines, link reference definitions (which cmark keeps to
 * itself; they are found in the lines that no block covers and before paragraphs), words.
 */
#include "base/unicode.h"
#include "base/utf8.h"
#include "doc/markdown_blocks.h"
#include "doc/markdown_inlines.h"
#include "doc/markdown_link.h"

static void definitions_read(nl_markdown *m, const nl_leaf *leaf, size_t behind, bool root) {
    nl_markdown_state *st = m->state;
    nl_str text = {leaf->p, leaf->full};
    nl_link_definition d;
    for (size_t at = 0; at < behind && text.p[at] == '['; at = d.behind) {
        if (!nl_link_definition_read(text, at, &d))
            return;
        m->definitions = nl_arena_grow(st->arena, m->definitions, &st->definition_cap,
                                       m->definition_count + 1, sizeof *m->definitions);
        nl_definition *add = &m->definitions[m->definition_count++];
        *add = (nl_definition){
            .span = nl_leaf_span(leaf, d.span.start, d.span.end),
            .label = nl_leaf_span(leaf, d.label.start, d.label.end),
            .target = nl_leaf_span(leaf, d.target.start, d.target.end),
            .line = nl_leaf_line_at(leaf, at)->line,
            .root = root,
        };
        nl_opaque_add(m, add->span, false);
    }
}

/* Enters the line; true if it has text of its own. */
static bool line_text(nl_markdown_state *st, size_t line, size_t *start, size_t *depth) {
    nl_line l = nl_line_open(st, line);
    if (nl_line_blank(&l))
        return false;
    *depth = nl_line_enter(st, &l, line);
    nl_line_indent(&l, start);
    return *start < l.end;
}

/* Lines without a block hold definitions or nothing. */
static void gap_read(nl_markdown *m, size_t from, size_t behind) {
    nl_markdown_state *st = m->state;
    for (size_t line = from; line < behind; line++) {
        size_t start = 0, depth = 0, other = 0;
        if (!line_text(st, line, &start, &depth))
            continue;
        st->depth = depth;
        size_t last = line + 1;
        while (last < behind && line_text(st, last, &other, &depth))
            last++;
        nl_leaf leaf;
        nl_leaf_read(st, &leaf, start, line, last);
        definitions_read(m, &leaf, leaf.n, st->depth == 0);
        line = last - 1;
    }
}

static void paragraph_read(nl_markdown *m, size_t i) {
    nl_markdown_state *st = m->state;
    const nl_block *b = &m->blocks[i];
    const nl_block_extra *x = &st->extra[i];
    nl_leaf leaf;
    if (x->raw_start < b->span.start) {
        nl_leaf_read(st, &leaf, x->raw_start, x->raw_line, x->text_end);
        size_t behind = nl_link_definitions_skip((nl_str){leaf.p, leaf.full});
        definitions_read(m, &leaf, behind, b->root);
    }
    nl_leaf_read(st, &leaf, b->span.start, b->first_line, x->text_end);
    nl_inlines_read(m, i, &leaf);
}

static void heading_read(nl_markdown *m, size_t i) {
    const nl_heading *h = &m->headings[m->blocks[i].index];
    if (h->style == NL_HEADING_SETEXT) {
        paragraph_read(m, i);
        return;
    }
    nl_leaf leaf = {
        .p = m->state->p + h->text.start, .n = h->text.end - h->text.start, .line_count = 1};
    leaf.full = leaf.n;
    leaf.lines = &leaf.one;
    leaf.one = (struct nl_leaf_line){.start = h->text.start, .end = h->text.end, .line = h->line};
    nl_inlines_read(m, i, &leaf);
}

static bool is_word_char(uint32_t cp) {
    return cp < 0x80 ? nl_is_alnum((int)cp) : nl_cp_is_letter(cp) || nl_cp_is_number(cp);
}

static bool is_word_space(uint32_t cp) {
    return cp < 0x80 ? cp == ' ' || (cp >= '\t' && cp <= '\r') : nl_cp_is_space(cp);
}

/* The words that begin in s; *counted: the one at hand is. */
static size_t words_of(nl_str s, bool *counted) {
    size_t words = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = (unsigned char)s.p[at];
        at += cp < 0x80 ? 1 : nl_utf8_read(s.p + at, s.n - at, &cp);
        if (cp == NL_CP_INVALID)
            continue;
        if (is_word_space(cp)) {
            *counted = false;
        } else if (!*counted && is_word_char(cp)) {
            *counted = true;
            words++;
        }
    }
    return words;
}

/* Words go on over emphasis and links, and end at code, tags and line ends. */
static size_t count_words(const nl_inline *in, size_t count) {
    size_t words = 0;
    bool counted = false;
    for (size_t i = 0; i < count; i++) {
        bool ends = in[i].kind == NL_INLINE_BREAK || in[i].kind == NL_INLINE_CODE ||
                    in[i].kind == NL_INLINE_HTML || in[i].kind == NL_INLINE_AUTOLINK;
        if (ends)
            counted = false;
        if (in[i].kind != NL_INLINE_TEXT)
            continue;
        words += words_of(in[i].text, &counted);
    }
    return words;
}

static void block_read(nl_markdown *m, size_t i) {
    nl_block *b = &m->blocks[i];
    switch (b->kind) {
    case NL_BLOCK_PARAGRAPH:
        paragraph_read(m, i);
        break;
    case NL_BLOCK_HEADING:
        heading_read(m, i);
        break;
    case NL_BLOCK_CODE:
    case NL_BLOCK_HTML:
        nl_opaque_add(m, b->span, b->kind == NL_BLOCK_CODE);
        break;
    default:
        break;
    }
    m->words += count_words(m->inlines + b->inlines, b->inline_count);
}

/* Room for as many inlines as there are nodes; escapes and entities make it grow. */
static void reserve(nl_markdown *m) {
    size_t count = 0;
    for (size_t i = 0; i < m->block_count; i++) {
        if (m->blocks[i].kind == NL_BLOCK_PARAGRAPH || m->blocks[i].kind == NL_BLOCK_HEADING)
            count += nl_node_count(m->state->extra[i].node);
    }
    m->inlines = nl_arena_alloc(m->state->arena, count * sizeof *m->inlines);
    m->state->inline_cap = count;
}

void nl_markdown_inlines(nl_markdown *m) {
    nl_markdown_state *st = m->state;
    nl_markdown_complete(m);
    if (st->done || m->refused)
        return;
    st->done = true;
    reserve(m);
    st->depth = 0;
    size_t line = st->first_line;
    for (size_t i = 0; i < m->block_count; i++) {
        const nl_block *b = &m->blocks[i];
        gap_read(m, line, st->extra[i].raw_line);
        nl_blocks_pass(m, i);
        line = nl_block_is_leaf(b) ? b->last_line + 1 : st->extra[i].raw_line;
        block_read(m, i);
    }
    gap_read(m, line, nl_source_line_count(st->source) + 1);
    if (st->tree)
        nl_arena_free(st->tree);
}
