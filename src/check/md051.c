/*
 * md051: markdownlint's link-fragments. A link to `#x` in the same article needs a heading with
 * that slug, `{#x}` in a heading, or a tag with that id. Fragments are compared percent-encoded.
 */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/anchors.h"
#include "check/md.h"
#include "rule/ruleset.h"
#include <stdlib.h>
#include <string.h>

enum { LABEL_MOST = 1000 };     /* bytes of a directive's label */
enum { DEFINITIONS_MAX = 100 }; /* that are compared with a link of which the bytes are not known */

typedef struct options {
    bool ignore_case;
    nl_str ignored_pattern;
    const nl_pattern *ignored;
} options;

static const nl_param params[] = {
    {.name = "ignore_case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, ignore_case),
     .fallback = "false",
     .help = "Let `#A` name the heading `a`."},
    {.name = "ignored_pattern",
     .type = NL_PARAM_TEXT,
     .offset = offsetof(options, ignored_pattern),
     .help = "A regex of fragments, without `#`, that are not looked at."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    nl_pattern_error e = {0};
    if (!o->ignored_pattern.n)
        return true;
    o->ignored = nl_pattern_get(nl_load_patterns(load), o->ignored_pattern, false, &e);
    if (!o->ignored)
        nl_load_error(load, "ignored_pattern", "bad regex: %s", e.message);
    return o->ignored != NULL;
}

typedef struct folded {
    nl_str lower, name;
    size_t order;
} folded;

typedef struct looking {
    nl_md *md;
    const nl_rule *rule;
    const options *o;
    nl_anchors anchors; /* percent-encoded, but for those of tags */
    folded *by_case;    /* the anchors in lower case, sorted; made on demand */
} looking;

/* JavaScript's encodeURIComponent(). */
static nl_str encoded(nl_str s, nl_arena *arena) {
    static const char hex[] = "0123456789ABCDEF";
    char *out = nl_arena_alloc(arena, s.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c && (nl_is_alnum(c) || strchr("-_.!~*'()", c))) {
            out[n++] = (char)c;
        } else {
            out[n++] = '%';
            out[n++] = hex[c >> 4];
            out[n++] = hex[c & 15];
        }
    }
    return nl_str_n(out, n);
}

/* Where a directive ends: behind its attributes. Its label, which is text, goes to `out`. */
static size_t directive_add(nl_buf *out, nl_str text, size_t end) {
    static const char marks[][2] = {{'[', ']'}, {'{', '}'}};
    for (size_t i = 0; i < 2; i++) {
        nl_str rest = nl_str_sub(text, end, end + LABEL_MOST);
        size_t close = nl_str_find(rest, marks[i][1]);
        if (!rest.n || rest.p[0] != marks[i][0] || close == rest.n)
            continue;
        if (i == 0)
            nl_buf_str_add(out, nl_str_sub(rest, 0, close));
        end += close + 1;
    }
    return end;
}

/* Without bare addresses and directives. */
static void add_text(nl_buf *out, nl_str text) {
    for (size_t i = 0; i < text.n;) {
        size_t address = nl_md_address_end(text, i);
        size_t name = text.p[i] == ':' ? nl_md_directive_end(text, i) : i;
        if (address > i)
            i = address;
        else if (name > i)
            i = directive_add(out, text, name);
        else
            nl_buf_putc(out, text.p[i++]);
    }
}

/* Marks are left out: they are of no slug, and would make addresses and directives. */
static void add_literal(nl_buf *out, nl_str text) {
    for (size_t i = 0; i < text.n; i++)
        if (!nl_is_punct((unsigned char)text.p[i]) || text.p[i] == '-' || text.p[i] == '_')
            nl_buf_putc(out, text.p[i]);
}

/* What of a heading's inlines goes into its slug: text, code and escaped characters; no entities,
 * and nothing of images. */
static nl_str slug_text(nl_md *md, const nl_heading *h) {
    const nl_block *b = &md->body->blocks[h->at];
    nl_str bytes = md->scope->article->source.bytes;
    nl_buf raw = {0}, text = {0};
    size_t behind = 0; /* the last image */
    for (size_t i = b->inlines; i < b->inlines + b->inline_count; i++) {
        const nl_inline *in = &md->body->inlines[i];
        bool entity = in->decoded && in->exact && bytes.p[in->span.start] == '&';
        if (in->kind == NL_INLINE_IMAGE && in->span.end > behind)
            behind = in->span.end;
        if (in->span.start < behind || entity)
            continue;
        if (in->kind == NL_INLINE_TEXT && !in->decoded)
            nl_buf_str_add(&raw, in->text);
        else if (in->kind == NL_INLINE_TEXT || in->kind == NL_INLINE_CODE)
            add_literal(&raw, in->text);
    }
    add_text(&text, nl_buf_str(&raw));
    nl_str out = nl_str_n(nl_arena_copy(md->scope->arena, text.p, text.n), text.n);
    nl_buf_free(&raw);
    nl_buf_free(&text);
    return out;
}

static size_t word_from(nl_str s, size_t at) {
    while (at < s.n && (nl_is_digit((unsigned char)s.p[at]) || (s.p[at] >= 'a' && s.p[at] <= 'z')))
        at++;
    return at;
}

/* Each /\{(#[a-z\d]+(?:[-_][a-z\d]+)*)\}/ */
static void add_custom(looking *l, nl_str text) {
    for (size_t i = 0; i + 2 < text.n; i++) {
        size_t at = i + 2, end;
        if (text.p[i] != '{' || text.p[i + 1] != '#')
            continue;
        for (end = word_from(text, at); end > at && end < text.n; end = word_from(text, at)) {
            if (text.p[end] == '}') {
                nl_anchors_add(&l->anchors, nl_str_sub(text, i + 2, end), l->md->scope->arena);
                break;
            }
            if (text.p[end] != '-' && text.p[end] != '_')
                break;
            at = end + 1;
        }
    }
}

static void add_tag(void *context, nl_str tag) {
    looking *l = context;
    nl_str id = nl_tag_attribute(tag, "id");
    if (!id.n && nl_str_eq_nocase(nl_tag_name(tag), NL_S("a")))
        id = nl_tag_attribute(tag, "name");
    if (id.n && nl_tag_name(tag).n)
        nl_anchors_add(&l->anchors, id, l->md->scope->arena);
}

static void collect(looking *l) {
    nl_markdown *m = l->md->body;
    nl_arena *arena = l->md->scope->arena;
    nl_str bytes = l->md->scope->article->source.bytes;
    nl_anchors_reserve(&l->anchors, m->heading_count, arena);
    nl_anchors_add(&l->anchors, NL_S("top"), arena);
    for (size_t i = 0; i < m->heading_count; i++) {
        const nl_heading *h = &m->headings[i];
        nl_str slug = nl_heading_slug(slug_text(l->md, h), arena);
        if (!slug.n)
            continue;
        nl_anchors_add_slug(&l->anchors, encoded(slug, arena), arena);
        add_custom(l, nl_str_sub(bytes, h->text.start, h->text.end));
    }
    for (size_t i = 0; i < m->inline_count; i++)
        if (m->inlines[i].kind == NL_INLINE_HTML)
            add_tag(l, m->inlines[i].text);
    for (size_t i = 0; i < m->block_count; i++)
        if (m->blocks[i].kind == NL_BLOCK_HTML && !nl_md_is_comment(l->md, &m->blocks[i]))
            nl_tags_each(nl_str_sub(bytes, m->blocks[i].span.start, m->blocks[i].span.end), add_tag,
                         l);
}

static int by_lower(const void *a, const void *b) {
    const folded *x = a, *y = b;
    int order = nl_str_cmp(x->lower, y->lower);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* The first anchor that differs from the fragment in case at most, or NULL. */
static const folded *find_folded(looking *l, nl_str name) {
    nl_arena *arena = l->md->scope->arena;
    size_t count = l->anchors.count, low = 0, high = count;
    if (!l->by_case) {
        l->by_case = NL_NEW_ARRAY(arena, folded, count + 1);
        for (size_t i = 0; i < count; i++)
            l->by_case[i] =
                (folded){nl_lower_str(l->anchors.items[i], arena), l->anchors.items[i], i};
        qsort(l->by_case, count, sizeof *l->by_case, by_lower);
    }
    nl_str lower = nl_lower_str(name, arena);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (nl_str_cmp(l->by_case[middle].lower, lower) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && nl_str_eq(l->by_case[low].lower, lower) ? &l->by_case[low] : NULL;
}

static void look(looking *l, nl_str target, nl_span span) {
    nl_scope *s = l->md->scope;
    if (target.n < 2 || target.p[0] != '#')
        return;
    nl_str name = nl_str_sub(target, 1, target.n), code = encoded(name, s->arena);
    if (nl_anchors_hold(&l->anchors, code) || nl_is_line_fragment(code) ||
        (l->o->ignored_pattern.n && l->o->ignored &&
         nl_pattern_find(l->o->ignored, s->matcher, name, 0, NULL) == NL_MATCH_YES))
        return;
    const folded *other = find_folded(l, name);
    if (other && (l->o->ignore_case || nl_str_eq(other->name, name)))
        return;
    nl_finding f = nl_finding_at(s, l->rule, span);
    nl_finding_set(&f, "target", target);
    nl_finding_set(&f, "suggestion", other ? other->name : NL_S(""));
    nl_md_report(l->md, NL_MD051, &f,
                 other
                     ? "link fragments should be valid: expected `#{suggestion}`, found `{target}`"
                     : "link fragments should be valid: nothing is called `{target}`");
}

/* Does the bracket stand in an address that is written bare? */
static bool is_in_address(const nl_md *md, size_t bracket) {
    nl_str bytes = md->scope->article->source.bytes;
    size_t from = bracket;
    while (from > md->start && (unsigned char)bytes.p[from - 1] > ' ' && bytes.p[from - 1] != '<' &&
           bytes.p[from - 1] != '[')
        from--;
    if (from > md->start && bytes.p[from - 1] == '<')
        from++; /* `<https://…>` is not bare */
    for (; from < bracket; from++)
        if (nl_md_address_end(bytes, from) > bracket)
            return true;
    return false;
}

/* Does the link say its target itself? Where its bytes are not known: does no definition say it? */
static bool is_inline(const nl_md *md, const nl_inline *link) {
    const nl_markdown *m = md->body;
    if (link->exact || !link->text.n || link->text.p[0] != '#')
        return link->target.end > link->target.start;
    for (size_t i = 0; i < m->definition_count && i < DEFINITIONS_MAX; i++) {
        nl_span span = m->definitions[i].target;
        if (nl_str_eq(link->text,
                      nl_str_sub(md->scope->article->source.bytes, span.start, span.end)))
            return false;
    }
    return true;
}

/* A link's own target, and those of images in it. */
static void look_at_link(looking *l, size_t i) {
    const nl_markdown *m = l->md->body;
    const nl_inline *link = &m->inlines[i];
    if (is_inline(l->md, link) && !is_in_address(l->md, link->span.start))
        look(l, link->text, link->span);
    for (i++; i < m->inline_count && m->inlines[i].depth > link->depth; i++) {
        const nl_inline *in = &m->inlines[i];
        if (in->kind == NL_INLINE_IMAGE && in->target.end > in->target.start)
            look(l, in->text, link->span);
    }
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    looking l = {.md = md, .rule = rule, .o = nl_md_options(md, rule, NL_MD051)};
    nl_markdown *m = md->body;
    nl_markdown_inlines(m);
    collect(&l);
    for (size_t i = 0; i < m->block_count; i++) {
        const nl_block *b = &m->blocks[i];
        if (b->kind == NL_BLOCK_HEADING && nl_md_is_tab(md, &m->headings[b->index]))
            continue;
        for (size_t j = b->inlines; j < b->inlines + b->inline_count; j++)
            if (m->inlines[j].kind == NL_INLINE_LINK)
                look_at_link(&l, j);
    }
    for (size_t i = 0; i < m->definition_count; i++) {
        nl_span span = m->definitions[i].target;
        look(&l, nl_str_sub(s->article->source.bytes, span.start, span.end),
             m->definitions[i].span);
    }
}

static const char *const names[] = {"target", NULL};

const nl_check nl_check_md051 = {
    .name = "md051",
    .summary = "Link fragments should be valid",
    .help = "markdownlint's MD051, link-fragments.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n\n[a](#a)\n",
    .bad = "# A\n\n[b](#b)\n",
    .prepare = prepare,
    .article = article,
};
