/* Any bytes as a body: every span in bounds, opaque and code in order. */
#include "doc/markdown.h"

#include <stdint.h>
#include <stdlib.h>

static void check(int holds) {
    if (!holds)
        abort();
}

static void check_spans(const nl_span *spans, size_t count, size_t n) {
    for (size_t i = 0; i < count; i++)
        check(spans[i].start < spans[i].end && spans[i].end <= n &&
              (i == 0 || spans[i - 1].end <= spans[i].start));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_arena arena = {0};
    nl_source source =
        nl_source_of((nl_str){"fuzz", 4}, (nl_str){(const char *)data, size}, &arena);
    nl_markdown *m = nl_markdown_parse(&source, 0, &arena);
    nl_markdown_inlines(m);
    for (size_t i = 0; i < m->heading_count; i++) {
        const nl_heading *h = &m->headings[i];
        check(h->block.start <= h->text.start && h->text.start <= h->text.end &&
              h->text.end <= h->block.end && h->block.end <= size);
        check(nl_heading_raw(m, h, &arena).n <= h->text.end - h->text.start);
    }
    for (size_t i = 0; i < m->inline_count; i++)
        check(m->inlines[i].span.start <= m->inlines[i].span.end && m->inlines[i].span.end <= size);
    check_spans(m->opaque, m->opaque_count, size);
    check_spans(m->code, m->code_count, size);
    nl_arena_free(&arena);
    return 0;
}
