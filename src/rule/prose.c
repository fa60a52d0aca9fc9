/* Prose and where it stands. */
#include "rule/prose.h"

#include <string.h>

/* U+FFFC OBJECT REPLACEMENT CHARACTER: something stands here that is no text. */
#define OBJECT "\xEF\xBF\xBC"

nl_prose nl_prose_of_scalar(const nl_target *target) {
    return (nl_prose){.text = target->value->text, .target = target};
}

static bool is_verbatim(nl_str source, const nl_inline *in) {
    return in->exact && in->span.end - in->span.start == in->text.n &&
           (in->text.n == 0 || memcmp(source.p + in->span.start, in->text.p, in->text.n) == 0);
}

static nl_str text_of(const nl_inline *in) {
    switch (in->kind) {
    case NL_INLINE_TEXT:
        return in->text;
    case NL_INLINE_BREAK:
        return NL_S("\n");
    case NL_INLINE_CODE:
    case NL_INLINE_AUTOLINK:
        return NL_S(OBJECT);
    case NL_INLINE_HTML:
    case NL_INLINE_LINK:
    case NL_INLINE_IMAGE:
    case NL_INLINE_EMPHASIS:
    case NL_INLINE_STRONG:
        break;
    }
    return (nl_str){NULL, 0};
}

static nl_prose read_block(nl_scope *s, const nl_markdown *body, const nl_block *block) {
    nl_prose p = {.runs = NL_NEW_ARRAY(s->arena, nl_prose_run, block->inline_count), .made = true};
    nl_buf text = {0};
    for (size_t i = 0; i < block->inline_count; i++) {
        const nl_inline *in = &body->inlines[block->inlines + i];
        nl_str part = text_of(in);
        if (!part.n)
            continue;
        bool exact = in->kind == NL_INLINE_TEXT && is_verbatim(s->article->source.bytes, in);
        p.runs[p.run_count++] = (nl_prose_run){text.n, in->span, exact};
        nl_buf_str_add(&text, part);
    }
    p.text = nl_str_n(nl_arena_copy(s->arena, text.p ? text.p : "", text.n), text.n);
    nl_buf_free(&text);
    return p;
}

nl_prose nl_prose_of_block(nl_scope *s, const nl_markdown *body, const nl_block *block) {
    if (!s->prose)
        s->prose = NL_NEW_ARRAY(s->arena, nl_prose, body->block_count);
    nl_prose *p = &s->prose[block - body->blocks];
    if (!p->made)
        *p = read_block(s, body, block);
    p->heading = block->kind == NL_BLOCK_HEADING;
    return *p;
}

/* The run that holds the byte. */
static size_t run_at(const nl_prose *p, size_t at) {
    size_t low = 0, high = p->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->runs[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool locate_in_body(const nl_prose *p, size_t from, size_t to, nl_span *out) {
    size_t first = run_at(p, from), last = to > from ? run_at(p, to - 1) : first;
    const nl_prose_run *a = &p->runs[first], *b = &p->runs[last];
    out->start = a->exact ? a->span.start + (from - a->at) : a->span.start;
    out->end = b->exact ? b->span.start + (to - b->at) : b->span.end;
    if (out->end < out->start)
        *out = a->span;
    for (size_t i = first; i <= last; i++)
        if (!p->runs[i].exact || (i > first && p->runs[i - 1].span.end != p->runs[i].span.start))
            return false;
    return true;
}

bool nl_prose_locate(const nl_scope *s, const nl_prose *p, size_t from, size_t to, nl_span *out) {
    if (!p->target)
        return p->run_count > 0 && locate_in_body(p, from, to, out);
    if (!p->target->value->alias)
        return nl_value_locate(&s->article->source, p->target->value, from, to, out);
    *out = p->target->value->span;
    return false;
}

bool nl_prose_edit(const nl_scope *s, const nl_prose *p, size_t from, size_t to, nl_str text,
                   nl_edit *out) {
    nl_span span;
    if (p->target)
        return !p->target->value->alias &&
               nl_value_edit(&s->article->source, p->target->value, from, to, text, s->arena, out);
    if (!nl_prose_locate(s, p, from, to, &span))
        return false;
    *out = (nl_edit){span, text};
    return true;
}

bool nl_spans_touch(const nl_span *items, size_t count, nl_span range) {
    size_t low = 0, high = count;
    while (low < high) { /* the first that ends behind the range's start */
        size_t middle = low + (high - low) / 2;
        if (items[middle].end > range.start)
            high = middle;
        else
            low = middle + 1;
    }
    return low < count && items[low].start < range.end;
}
