/* An article: its front matter's tree at once, its body when it is asked for. */
#include "doc/article.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "doc/mdx.h"
#include "doc/yaml_fast.h"
#include <string.h>

/* By its byte order mark, or by ASCII characters whose other byte is NUL. */
static bool is_utf16(nl_str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    if (s.n < 2)
        return false;
    if ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))
        return true;
    return s.n >= 4 && (p[0] == 0) != (p[1] == 0) && (p[0] == 0) == (p[2] == 0) &&
           (p[1] == 0) == (p[3] == 0);
}

static nl_yaml too_large(const nl_front *front, const nl_limits *limits, nl_arena *arena) {
    nl_buf b = {0};
    nl_limit_say(NL_LIMIT_front_matter, limits,
                 "the front matter is larger than %zu bytes and was not read; move text into the "
                 "body",
                 &b);
    nl_yaml_problem *p = NL_NEW(arena, nl_yaml_problem);
    p->trouble = NL_YAML_TOO_LARGE;
    p->span = front->open;
    p->message = nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    return (nl_yaml){.problems = p, .count = 1, .failed = true};
}

/* From the dashes on, so that no directive is taken. */
static void parse_yaml(nl_article *a) {
    nl_front *f = &a->front;
    nl_span span = nl_span_of(f->open.start, f->content.end);
    if (a->readers == NL_READERS_REFERENCE || !a->utf8 ||
        !nl_yaml_fast(&a->source, span, a->arena, &f->tree))
        f->tree = nl_yaml_parse(&a->source, span, NL_LIMIT_depth, a->arena);
}

static void parse_front(nl_article *a) {
    nl_front *f = &a->front;
    if (f->unclosed || f->format == NL_FRONT_NONE || f->format == NL_FRONT_TOML)
        return;
    const nl_limits *limits = a->source.limits;
    if (f->content.end - f->open.start > limits->front_matter)
        f->tree = too_large(f, limits, a->arena);
    else if (f->format == NL_FRONT_JSON)
        f->tree = nl_json_parse(&a->source, f->content, a->arena);
    else
        parse_yaml(a);
}

void nl_article_parse(nl_article *a, nl_str path, nl_str bytes, const nl_limits *limits,
                      nl_readers readers, nl_arena *arena) {
    *a = (nl_article){
        .arena = arena, .readers = readers, .body_start = bytes.n, .invalid_at = bytes.n};
    a->source = nl_source_of(path, bytes, arena);
    a->source.limits = limits;
    if (bytes.n > limits->size) {
        a->too_large = true;
        return;
    }
    nl_source_see(&a->source);
    if (a->source.seen.kinds & NL_BYTES_NOT_UTF8)
        a->invalid_at = nl_utf8_valid_to(bytes.p, bytes.n);
    a->utf16 = is_utf16(bytes);
    a->utf8 = a->invalid_at == bytes.n && !a->utf16;
    if (a->utf16)
        return;
    a->body_start = nl_front_find(&a->source, &a->front);
    parse_front(a);
}

static nl_markdown *read_body(nl_article *a) {
    if (nl_mdx_is(a->source.path))
        return nl_mdx_parse(&a->source, a->body_start, a->arena);
    if (!a->utf8)
        return nl_markdown_parse(&a->source, a->body_start, a->arena);
    size_t first_line = a->front.format == NL_FRONT_NONE ? 1 : a->front.last_line + 1;
    return nl_markdown_read(&a->source, a->body_start, first_line,
                            a->readers == NL_READERS_REFERENCE, a->arena);
}

void nl_article_read_body(nl_article *a) {
    uint64_t then = a->timing ? nl_timing_now() : 0;
    a->body = read_body(a);
    if (a->timing)
        nl_timing_inner(a->timing, NL_S("body"), then);
}
