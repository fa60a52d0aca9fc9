/* Any bytes as a body: every span lies in it on borders of characters, opaque and code in order. */
#include "laws.h"

#include "doc/markdown.h"

static void check_spans(const nl_span *spans, size_t count, nl_str text) {
    for (size_t i = 0; i < count; i++) {
        laws_check_span(text, spans[i].start, spans[i].end);
        require(spans[i].start < spans[i].end);
        require(i == 0 || spans[i - 1].end <= spans[i].start);
    }
}

static void check_headings(const nl_markdown *m, nl_str text) {
    for (size_t i = 0; i < m->heading_count; i++) {
        const nl_heading *h = &m->headings[i];
        laws_check_span(text, h->block.start, h->block.end);
        laws_check_span(text, h->text.start, h->text.end);
        require(h->block.start <= h->text.start && h->text.end <= h->block.end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_arena arena = {0};
    nl_str text = nl_str_n((const char *)data, size);
    nl_source source = nl_source_of(NL_S("a.md"), text, &arena);
    nl_markdown *m = nl_markdown_parse(&source, 0, &arena);
    nl_markdown_inlines(m);
    check_headings(m, text);
    for (size_t i = 0; i < m->inline_count; i++)
        laws_check_span(text, m->inlines[i].span.start, m->inlines[i].span.end);
    for (size_t i = 0; i < m->block_count; i++)
        laws_check_span(text, m->blocks[i].span.start, m->blocks[i].span.end);
    check_spans(m->opaque, m->opaque_count, text);
    check_spans(m->code, m->code_count, text);
    nl_arena_free(&arena);
    return 0;
}
