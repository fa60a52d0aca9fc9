/*
 * The YAML reader on libyaml's events. libyaml is given the text with a placeholder, one code point
 * each, for what YAML forbids and for U+0085, U+2028 and U+2029, which YAML 1.2 takes for content
 * and libyaml for line ends; so its marks still count the units of the source.
 */
#include "doc/yaml.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "doc/scalar.h"
#include "doc/tree.h"
#include "doc/yaml_error.h"
#include "doc/yaml_memory.h"
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum {
    MAX_PROBES = 256,   /* in the anchor table, at a load of one half: more is an attack */
    WORK_PER_BYTE = 32, /* libyaml looks at every open bracket for every token */
    WORK_ANYWAY = 1u << 20,
};

typedef struct anchor {
    nl_str name;
    nl_value *value;
    bool closed;
} anchor;

typedef struct reader {
    nl_tree tree;
    nl_span span;
    size_t head, tail;   /* up to head and from tail on, each unit is a byte */
    size_t head_to_tail; /* units between them */
    bool placeholders;   /* the text holds some */
    size_t unit, byte;   /* a place known in both; byte is from span.start */
    size_t work, flow_depth;
    anchor **anchors; /* open addressing */
    size_t anchor_count, anchor_cap;
    bool document_seen;
} reader;

/* Between what is ASCII at the start and at the end; cheap when marks are near each other. */
static size_t walk_to(reader *r, size_t unit) {
    size_t n = r->span.end - r->span.start;
    const char *p = r->tree.source->bytes.p + r->span.start;
    uint32_t cp;
    while (r->unit < unit) {
        /* A mark behind the beginning has text before it.
         * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        bool ascii = (unsigned char)p[r->byte] < 0x80;
        r->byte += ascii ? 1 : nl_utf8_read(p + r->byte, n - r->byte, &cp);
        r->unit++;
    }
    while (r->unit > unit) {
        bool ascii = (unsigned char)p[r->byte - 1] < 0x80;
        r->byte -= ascii ? 1 : nl_utf8_read_back(p, r->byte, &cp);
        r->unit--;
    }
    return r->span.start + r->byte;
}

/* Bytes of the source at a mark of libyaml's. */
static inline size_t byte_at(reader *r, size_t unit) {
    if (unit <= r->head)
        return r->span.start + unit;
    if (unit < r->head + r->head_to_tail)
        return walk_to(r, unit);
    size_t at = r->span.start + r->tail + (unit - r->head - r->head_to_tail);
    return at < r->span.end ? at : r->span.end;
}

static void find_ascii(reader *r, nl_str text) {
    if (text.n == 0)
        return;
    r->head = r->unit = r->byte = nl_ascii_prefix(text.p, text.n);
    r->tail = text.n;
    while (r->tail >= r->head + 8 && nl_ascii_8(text.p + r->tail - 8))
        r->tail -= 8;
    while (r->tail > r->head && (unsigned char)text.p[r->tail - 1] < 0x80)
        r->tail--;
    r->head_to_tail = nl_utf8_count(text.p + r->head, r->tail - r->head);
}

static nl_span event_span(reader *r, const yaml_event_t *e) {
    size_t start = byte_at(r, e->start_mark.index);
    size_t end = byte_at(r, e->end_mark.index);
    return nl_span_of(start, end > start ? end : start);
}

static uint64_t hash(nl_str s) { /* FNV-1a, 64 bits */
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h ^ h >> 32;
}

/* The slot of a name or the empty one where it would be; NULL after too many probes. */
static anchor **anchor_slot(const reader *r, nl_str name) {
    size_t mask = r->anchor_cap - 1, at = (size_t)hash(name) & mask;
    for (int i = 0; i < MAX_PROBES; i++, at = (at + 1) & mask)
        if (!r->anchors[at] || nl_str_eq(r->anchors[at]->name, name))
            return &r->anchors[at];
    return NULL;
}

static void grow_anchors(reader *r) {
    reader bigger = *r;
    bigger.anchor_cap = r->anchor_cap ? r->anchor_cap * 2 : 16;
    bigger.anchors = nl_calloc(bigger.anchor_cap, sizeof *bigger.anchors);
    for (size_t i = 0; i < r->anchor_cap; i++) {
        anchor **slot = r->anchors[i] ? anchor_slot(&bigger, r->anchors[i]->name) : NULL;
        if (slot)
            *slot = r->anchors[i];
    }
    free(r->anchors);
    r->anchors = bigger.anchors;
    r->anchor_cap = bigger.anchor_cap;
}

/* Remembers what &name stands for; the last one of a name counts. */
static anchor *define(reader *r, const yaml_char_t *name, nl_value *v) {
    nl_str s = nl_str_c((const char *)name);
    if (r->anchor_count * 2 >= r->anchor_cap)
        grow_anchors(r);
    anchor **slot = anchor_slot(r, s);
    if (!slot) {
        nl_tree_fail(&r->tree, NL_YAML_TOO_MANY, v->span,
                     "there are too many anchors; write out what is meant");
        return NULL;
    }
    r->anchor_count += !*slot;
    *slot = NL_NEW(r->tree.arena, anchor);
    (*slot)->name = nl_str_n(nl_arena_copy(r->tree.arena, s.p, s.n), s.n);
    (*slot)->value = v;
    return *slot;
}

static void take_alias(reader *r, const yaml_event_t *e) {
    nl_tree *t = &r->tree;
    nl_span span = event_span(r, e);
    nl_str name = nl_str_c((const char *)e->data.alias.anchor);
    anchor **slot = r->anchor_cap ? anchor_slot(r, name) : NULL;
    const char *shown = nl_tree_quote(t, name);
    if (!slot || !*slot) {
        nl_tree_fail(t, NL_YAML_SYNTAX, span,
                     "`*%s` is an alias of an anchor `&%s` that is not defined before it; if it is "
                     "text, quote the value",
                     shown, shown);
        return;
    }
    if (!(*slot)->closed) {
        nl_tree_fail(t, NL_YAML_SYNTAX, span,
                     "the alias `*%s` stands inside the value that it names; write out what is "
                     "meant",
                     shown);
        return;
    }
    if (!nl_tree_expand(t, (*slot)->value->weight, span))
        return;
    nl_value *v = nl_tree_node(t, NL_NULL, NL_STYLE_PLAIN, span);
    size_t depth = v->depth;
    *v = *(*slot)->value;
    v->alias = true;
    v->depth = depth;
    v->span = v->key_span = span;
    nl_tree_put(t, v);
}

static bool is_property(char c) {
    return c == '&' || c == '!';
}

/* Behind the anchor and tag that stand before a node, and the blanks and comments behind them. */
static size_t skip_properties(const reader *r, size_t at, size_t end) {
    const char *p = r->tree.source->bytes.p;
    while (at < end && is_property(p[at])) {
        while (at < end && !strchr(" \t\r\n", p[at]))
            at++;
        for (; at < end && strchr(" \t\r\n#", p[at]); at++)
            if (p[at] == '#')
                while (at + 1 < end && p[at + 1] != '\n' && p[at + 1] != '\r')
                    at++;
    }
    return at;
}

static void apply_tag(nl_value *v, nl_str tag) {
    static const struct {
        const char *name;
        nl_kind kind;
    } core[] = {{"null", NL_NULL}, {"bool", NL_BOOL}, {"int", NL_INT}, {"float", NL_FLOAT}};
    nl_str prefix = NL_S("tag:yaml.org,2002:");
    v->tagged = true;
    nl_value_resolve(v);
    nl_kind found = v->kind;
    v->kind = NL_STRING;
    if (!nl_str_starts(tag, prefix))
        return;
    nl_str name = nl_str_sub(tag, prefix.n, tag.n);
    for (size_t i = 0; i < sizeof core / sizeof core[0]; i++)
        if (nl_str_is(name, core[i].name) &&
            (core[i].kind == found || (core[i].kind == NL_FLOAT && found == NL_INT)))
            v->kind = core[i].kind;
}

static nl_style scalar_style(yaml_scalar_style_t style) {
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return NL_STYLE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return NL_STYLE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
        return NL_STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return NL_STYLE_FOLDED;
    default:
        return NL_STYLE_PLAIN;
    }
}

/* libyaml puts a value that is not there where the next token begins; it belongs behind its key
 * (`? key`) or where its own properties end. */
static nl_span empty_span(const reader *r, nl_span span) {
    const nl_tree *t = &r->tree;
    const char *p = t->source->bytes.p;
    if (span.end > span.start) { /* properties only */
        while (span.end > span.start && strchr(" \t\r\n", p[span.end - 1]))
            span.end--;
        return nl_span_of(span.end, span.end);
    }
    if (t->frame_count && t->frames[t->frame_count - 1].value->kind == NL_MAP &&
        t->node_count > t->frames[t->frame_count - 1].base && !nl_tree_wants_key(t)) {
        size_t key_end = t->nodes[t->node_count - 1]->span.end;
        if (span.start > key_end && p[span.start - 1] != ':')
            return nl_span_of(key_end, key_end);
    }
    return span;
}

static void take_scalar(reader *r, const yaml_event_t *e) {
    nl_tree *t = &r->tree;
    nl_style style = scalar_style(e->data.scalar.style);
    nl_str text = nl_str_n((const char *)e->data.scalar.value, e->data.scalar.length);
    nl_span span = event_span(r, e);
    bool absent = style == NL_STYLE_PLAIN && text.n == 0;
    if (absent && t->frame_count == 0 && span.start == span.end && !e->data.scalar.anchor)
        return; /* an empty document */
    if (absent)
        span = empty_span(r, span);
    else if (is_property(t->source->bytes.p[span.start]))
        span.start = skip_properties(r, span.start, span.end);
    nl_value *v = nl_tree_node(t, NL_STRING, style, span);
    v->text = absent ? NL_S("") : text;
    if (!absent)
        nl_scalar_finish(t->source, v, r->placeholders, t->arena);
    if (e->data.scalar.tag)
        apply_tag(v, nl_str_c((const char *)e->data.scalar.tag));
    else if (e->data.scalar.plain_implicit && style == NL_STYLE_PLAIN)
        nl_value_resolve(v);
    anchor *a = e->data.scalar.anchor ? define(r, e->data.scalar.anchor, v) : NULL;
    if (a)
        a->closed = true;
    nl_tree_put(t, v);
}

static void open_collection(reader *r, const yaml_event_t *e, nl_kind kind, bool flow,
                            const yaml_char_t *name, const yaml_char_t *tag) {
    nl_span span = event_span(r, e);
    if (name || tag)
        span.start = skip_properties(r, span.start, r->span.end);
    span.end = span.end > span.start ? span.end : span.start;
    nl_value *v = nl_tree_node(&r->tree, kind, flow ? NL_STYLE_FLOW : NL_STYLE_BLOCK, span);
    v->tagged = tag != NULL;
    anchor *a = name ? define(r, name, v) : NULL;
    if (!r->tree.failed && nl_tree_open(&r->tree, v, a ? &a->closed : NULL))
        r->flow_depth += flow;
}

static void close_collection(reader *r, const yaml_event_t *e) {
    nl_tree *t = &r->tree;
    bool flow = t->frames[t->frame_count - 1].value->style == NL_STYLE_FLOW;
    bool bracket = flow && e->end_mark.index > e->start_mark.index; /* not a pair in a list */
    r->flow_depth -= flow;
    nl_tree_close(t, bracket ? byte_at(r, e->end_mark.index) : SIZE_MAX);
}

static void take_document(reader *r, const yaml_event_t *e) {
    if (r->document_seen) {
        size_t at = byte_at(r, e->start_mark.index);
        nl_tree_fail(&r->tree, NL_YAML_SYNTAX, nl_span_of(at, at + (at + 3 <= r->span.end ? 3 : 0)),
                     "a second YAML document begins here, where one is wanted; quote or indent "
                     "what is meant as text");
    }
    r->document_seen = true;
}

static void take(reader *r, const yaml_event_t *e) {
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        take_document(r, e);
        break;
    case YAML_ALIAS_EVENT:
        take_alias(r, e);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(r, e);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(r, e, NL_LIST, e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                        e->data.sequence_start.anchor, e->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(r, e, NL_MAP, e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                        e->data.mapping_start.anchor, e->data.mapping_start.tag);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(r, e);
        break;
    default:
        break;
    }
}

static void refuse(reader *r, const yaml_parser_t *p) {
    nl_yaml_refusal refusal = {
        .problem = p->problem,
        .context = p->context,
        .context_at = p->context ? byte_at(r, p->context_mark.index) : SIZE_MAX,
        .at = byte_at(r, p->problem_mark.index),
        .text = r->span,
    };
    if (p->error == YAML_READER_ERROR)
        refusal.at = r->span.start;
    nl_yaml_explain(&r->tree, &refusal);
}

/* Deep and wide together would take libyaml quadratic time. */
static void count_work(reader *r, const yaml_event_t *e) {
    if (r->flow_depth == 0)
        return;
    r->work += r->flow_depth;
    if (r->tree.failed || r->work / WORK_PER_BYTE <= r->span.end - r->span.start + WORK_ANYWAY)
        return;
    size_t at = byte_at(r, e->start_mark.index), end = byte_at(r, e->start_mark.index + 1);
    nl_tree_fail(&r->tree, NL_YAML_TOO_DEEP, nl_span_of(at, end),
                 "too much is nested too deep in brackets up to here; make it flatter");
}

static void read_events(reader *r, nl_str feed) {
    yaml_parser_t parser;
    nl_yaml_memory_begin(r->tree.arena);
    if (!yaml_parser_initialize(&parser))
        nl_mem_fail(sizeof parser);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    const char *input = feed.p ? feed.p : "";
    yaml_parser_set_input_string(&parser, (const unsigned char *)input, feed.n);
    for (bool more = true; more && !r->tree.failed;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            if (parser.error == YAML_MEMORY_ERROR)
                nl_mem_fail(feed.n);
            refuse(r, &parser);
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        take(r, &event);
        count_work(r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    nl_yaml_memory_end();
    free(r->anchors);
}

static void report_forbidden(nl_tree *t, nl_span run) {
    nl_str bytes = nl_str_sub(t->source->bytes, run.start, run.end);
    uint32_t cp;
    nl_utf8_read(bytes.p, bytes.n, &cp);
    if (cp == NL_CP_INVALID)
        nl_tree_problem(t, NL_YAML_READER, run,
                        "`%s` is not UTF-8, which YAML must be; save the file as UTF-8",
                        nl_tree_quote(t, bytes));
    else
        nl_tree_problem(t, NL_YAML_READER, run,
                        "the character U+%04X is not allowed in YAML; remove it, or write it as an "
                        "escape in double quotes",
                        (unsigned)cp);
}

/* Reports what YAML forbids, run by run, and makes what libyaml is fed with. */
static nl_str make_feed(reader *r, nl_buf *copy) {
    nl_str text = nl_str_sub(r->tree.source->bytes, r->span.start, r->span.end);
    size_t done = 0, run = SIZE_MAX;
    find_ascii(r, text);
    bool controls = r->tree.source->seen.kinds & NL_BYTES_CONTROL &&
                    nl_bytes_see(text.p, text.n, NULL).kinds & NL_BYTES_CONTROL;
    size_t last = controls ? text.n : r->tail;
    for (size_t i = controls ? 0 : r->head, n; i < last; i += n) {
        uint32_t cp = (unsigned char)text.p[i];
        bool plain = cp >= 0x20 && cp < 0x7F;
        n = plain ? 1 : nl_utf8_read(text.p + i, text.n - i, &cp);
        bool forbidden = !plain && nl_yaml_forbids(cp);
        if (forbidden && run == SIZE_MAX)
            run = i;
        if (run != SIZE_MAX && (!forbidden || i + n == last)) {
            size_t end = forbidden ? i + n : i;
            report_forbidden(&r->tree, nl_span_of(r->span.start + run, r->span.start + end));
            run = SIZE_MAX;
        }
        if (!plain && nl_yaml_substitutes(cp)) {
            nl_buf_add(copy, text.p + done, i - done);
            nl_buf_puts(copy, NL_PLACEHOLDER);
            done = i + n;
        }
    }
    if (!done)
        return text;
    nl_buf_add(copy, text.p + done, text.n - done);
    r->placeholders = true;
    return nl_buf_str(copy);
}

nl_yaml nl_yaml_parse(const nl_source *s, nl_span span, nl_limit_id depth, nl_arena *arena) {
    reader r = {.span = span};
    nl_tree_begin(&r.tree, s, depth, arena);
    if (span.start == 0)
        r.span.start = nl_source_bom(nl_str_sub(s->bytes, 0, span.end));
    nl_buf copy = {0};
    nl_str feed = make_feed(&r, &copy);
    read_events(&r, feed);
    nl_buf_free(&copy);
    return nl_tree_done(&r.tree);
}
