/* The tree builder: members wait on a stack until their collection ends. */
#include "doc/tree.h"

#include "base/mem.h"
#include "base/utf8.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    QUOTE_UNITS = 40,
    FEW_KEYS = 32 /* compared each with each */,
    NODES_AT_ONCE = 12,
    NODES_FIRST = 64
};

void nl_tree_begin(nl_tree *t, const nl_source *s, nl_limit_id depth, nl_arena *arena) {
    t->source = s;
    t->arena = arena;
    t->depth = depth;
    t->max_depth = nl_limits_get(s->limits, depth);
}

/* The last ones under the limit end a batch, so that nl_tree_node() need not ask for it. */
void nl_tree_more(nl_tree *t, nl_span span) {
    size_t most = t->source->limits->values;
    if (t->made == most)
        nl_tree_fail_by(t, NL_LIMIT_values, NL_YAML_TOO_MANY, span,
                        "there are more than %zu values up to here; move some of them elsewhere");
    bool last = t->made < most && most - t->made < NODES_AT_ONCE;
    t->fresh_count = last ? most - t->made : NODES_AT_ONCE;
    t->fresh = NL_NEW_ARRAY(t->arena, nl_value, t->fresh_count);
    t->made += t->fresh_count;
}

void nl_tree_widen(nl_tree *t) {
    size_t want = t->node_cap ? t->node_cap + 1 : NODES_FIRST;
    t->nodes = nl_arena_grow(t->arena, t->nodes, &t->node_cap, want, sizeof *t->nodes);
}

bool nl_tree_open(nl_tree *t, nl_value *v, bool *closed) {
    if (t->frame_count >= t->max_depth) {
        nl_str from = nl_str_sub(t->source->bytes, v->span.start, t->source->bytes.n);
        uint32_t cp;
        size_t first = nl_utf8_read(from.p, from.n, &cp);
        nl_tree_fail_by(t, t->depth, NL_YAML_TOO_DEEP,
                        nl_span_of(v->span.start, v->span.start + first),
                        "this is nested more than %zu levels deep; make it flatter");
        return false;
    }
    nl_tree_put(t, v);
    t->frames =
        nl_arena_grow(t->arena, t->frames, &t->frame_cap, t->frame_count + 1, sizeof *t->frames);
    t->frames[t->frame_count++] = (nl_tree_frame){v, t->node_count, closed};
    t->flow = v->style == NL_STYLE_FLOW;
    return true;
}

bool nl_tree_wants_key(const nl_tree *t) {
    if (t->frame_count == 0)
        return false;
    const nl_tree_frame *f = &t->frames[t->frame_count - 1];
    return f->value->kind == NL_MAP && (t->node_count - f->base) % 2 == 0;
}

bool nl_tree_expand(nl_tree *t, size_t nodes, nl_span at) {
    size_t most = t->source->limits->aliases;
    t->expanded = nodes > most - t->expanded ? most + 1 : t->expanded + nodes;
    if (t->expanded <= most)
        return true;
    nl_tree_fail_by(
        t, NL_LIMIT_aliases, NL_YAML_TOO_MANY, at,
        "the aliases up to here stand for more than %zu values; write out what is meant");
    return false;
}

static bool is_collection(const nl_value *v) {
    return v->kind == NL_LIST || v->kind == NL_MAP;
}

static bool is_merge(const nl_value *key, const nl_value *value) {
    if (key->text.n != 2 || memcmp(key->text.p, "<<", 2) != 0 || key->json ||
        key->style != NL_STYLE_PLAIN || key->tagged)
        return false;
    if (value->kind == NL_MAP)
        return true;
    if (value->kind != NL_LIST || value->count == 0)
        return false;
    for (size_t i = 0; i < value->count; i++)
        if (value->items[i]->kind != NL_MAP)
            return false;
    return true;
}

/* A map's entries while they are gathered, in the arena. */
typedef struct pending {
    nl_arena *arena;
    nl_entry *items;
    size_t count, cap;
} pending;

static void add_entry(pending *p, nl_entry e) {
    if (p->count == p->cap) {
        nl_entry *more = nl_arena_alloc(p->arena, (p->cap * 2 + 1) * sizeof *more);
        if (p->count)
            memcpy(more, p->items, p->count * sizeof *more);
        p->items = more;
        p->cap = p->cap * 2 + 1;
    }
    p->items[p->count++] = e;
}

static void merge_map(nl_tree *t, pending *p, const nl_value *map, bool alias) {
    if (!nl_tree_expand(t, map->count, map->span))
        return;
    for (size_t i = 0; i < map->count; i++) {
        nl_entry e = map->entries[i];
        e.merged = e.merged || alias;
        add_entry(p, e);
    }
}

static void merge(nl_tree *t, pending *p, const nl_value *value) {
    if (value->kind == NL_MAP) {
        merge_map(t, p, value, value->alias);
        return;
    }
    for (size_t i = 0; i < value->count && !t->failed; i++)
        merge_map(t, p, value->items[i], value->alias || value->items[i]->alias);
}

/* Sorted rather than hashed: no choice of keys makes it slow. */
typedef struct ranked {
    const nl_value *key;
    size_t index, first;
} ranked;

static int compare_keys(const nl_value *a, const nl_value *b) {
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return nl_str_cmp(a->text, b->text);
}

static int by_key(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    int order = compare_keys(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_index(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

/* For each entry the index of the first one with an equal key. */
static ranked *rank(const pending *p) {
    ranked *r = nl_alloc((p->count + 1) * sizeof *r);
    for (size_t i = 0; i < p->count; i++)
        r[i] = (ranked){p->items[i].key, i, i};
    qsort(r, p->count, sizeof *r, by_key);
    for (size_t i = 1; i < p->count; i++)
        if (compare_keys(r[i - 1].key, r[i].key) == 0)
            r[i].first = r[i - 1].first;
    qsort(r, p->count, sizeof *r, by_index);
    return r;
}

/* One of 64 bits for a key: those of equal keys are equal. */
static uint64_t key_bit(nl_str text) {
    unsigned sum = text.n ? (unsigned char)text.p[0] * 5u + (unsigned char)text.p[text.n - 1] : 0;
    return (uint64_t)1 << ((sum + (unsigned)text.n * 11u) & 63u);
}

static const nl_value *find_equal(const nl_value *map, const nl_value *key) {
    for (size_t i = 0; i < map->count; i++) {
        const nl_value *first = map->entries[i].key;
        if (first->kind == key->kind && nl_str_eq(first->text, key->text))
            return first;
    }
    return NULL;
}

/* The entry of the map so far with an equal key, or NULL. *seen: bits of the keys that it has. */
static const nl_value *first_equal(const nl_value *map, const nl_value *key, uint64_t *seen) {
    uint64_t bit = key_bit(key->text), before = *seen;
    *seen |= bit;
    return before & bit ? find_equal(map, key) : NULL;
}

static void duplicate(nl_tree *t, const nl_value *again, const nl_value *first) {
    nl_yaml_problem *p = nl_tree_problem(t, NL_YAML_DUPLICATE_KEY, again->span,
                                         "the key `%s` stands twice in the same map; remove or "
                                         "rename one of the two",
                                         nl_tree_quote(t, again->text));
    p->other = first->span;
    p->related = NL_S("the first one");
}

static void key_kind(nl_tree *t, const nl_value *key) {
    nl_str raw = nl_str_sub(t->source->bytes, key->span.start, key->span.end);
    const char *shown = nl_tree_quote(t, raw);
    if (key->kind == NL_MAP && key->style == NL_STYLE_FLOW)
        nl_tree_problem(t, NL_YAML_KEY_KIND, key->span,
                        "`%s` in braces is a map used as a key; if it is text (a template), quote "
                        "the value",
                        shown);
    else if (is_collection(key))
        nl_tree_problem(t, NL_YAML_KEY_KIND, key->span,
                        "a %s is used as a key, where text is wanted; quote it",
                        nl_kind_name(key->kind));
    else if (raw.n == 0)
        nl_tree_problem(t, NL_YAML_KEY_KIND, key->span,
                        "a key is missing before the colon; write one");
    else
        nl_tree_problem(t, NL_YAML_KEY_KIND, key->span,
                        "the key `%s` is read as %s%s, not as text; quote it", shown,
                        key->kind == NL_NULL  ? ""
                        : key->kind == NL_INT ? "an "
                                              : "a ",
                        nl_kind_name(key->kind));
}

static void keep_entry(nl_value *map, nl_entry e) {
    map->entries[map->count++] = e;
    map->weight += e.key->weight + e.value->weight;
}

/* Gives the map what is left of the gathered entries, in their own place. `own` of them it has
 * itself. */
static void keep_entries(nl_tree *t, nl_value *map, const pending *p, size_t own) {
    ranked *r = p->count > FEW_KEYS ? rank(p) : NULL;
    uint64_t seen = 0;
    map->entries = p->items;
    for (size_t i = 0; i < p->count; i++) {
        nl_entry e = p->items[i];
        const nl_value *first = r ? r[r[i].first].key : first_equal(map, e.key, &seen);
        if (first && first != e.key) {
            if (i < own)
                duplicate(t, e.key, first);
            continue;
        }
        keep_entry(map, e);
    }
    free(r);
}

/* Is it a map as most are: few keys, each of them text, and nothing to merge? */
static bool is_simple_map(nl_value *const *nodes, size_t count) {
    for (size_t i = 0; i < count; i += 2)
        if (nodes[i]->kind != NL_STRING || (nodes[i]->text.n == 2 && nodes[i]->text.p[0] == '<'))
            return false;
    return count / 2 <= FEW_KEYS;
}

static void close_simple_map(nl_tree *t, nl_value *map, nl_value **nodes, size_t count) {
    uint64_t seen = 0;
    map->entries = nl_arena_alloc(t->arena, count / 2 * sizeof *map->entries);
    for (size_t i = 0; i < count; i += 2) {
        nl_value *key = nodes[i], *value = nodes[i + 1];
        const nl_value *first = first_equal(map, key, &seen);
        value->key_span = key->span;
        if (first)
            duplicate(t, key, first);
        else
            keep_entry(map, (nl_entry){key, value, false});
    }
}

static void close_map(nl_tree *t, nl_value *map, nl_value **nodes, size_t count) {
    pending p = {.arena = t->arena, .cap = count / 2};
    size_t merges = 0;
    assert(count % 2 == 0);
    p.items = nl_arena_alloc(t->arena, p.cap * sizeof *p.items);
    for (size_t i = 0; i < count; i += 2) {
        nl_value *key = nodes[i], *value = nodes[i + 1];
        value->key_span = key->span;
        if (key->kind != NL_STRING)
            key_kind(t, key);
        if (is_merge(key, value))
            merges++;
        else if (!is_collection(key))
            p.items[p.count++] = (nl_entry){key, value, false};
    }
    size_t own = p.count;
    for (size_t i = 0; i < count && merges && !t->failed; i += 2)
        if (is_merge(nodes[i], nodes[i + 1]))
            merge(t, &p, nodes[i + 1]);
    keep_entries(t, map, &p, own);
}

static void close_list(nl_tree *t, nl_value *list, nl_value **nodes, size_t count) {
    list->items = nl_arena_alloc(t->arena, count * sizeof *nodes);
    list->count = count;
    if (count)
        memcpy(list->items, nodes, count * sizeof *nodes);
    for (size_t i = 0; i < count; i++)
        list->weight += nodes[i]->weight;
}

void nl_tree_close(nl_tree *t, size_t end) {
    nl_tree_frame f = t->frames[--t->frame_count];
    t->flow = t->frame_count && t->frames[t->frame_count - 1].value->style == NL_STYLE_FLOW;
    size_t count = t->node_count - f.base;
    nl_value **nodes = count ? t->nodes + f.base : NULL;
    if (end != SIZE_MAX)
        f.value->span.end = end;
    else if (count)
        f.value->span = nl_span_of(nodes[0]->span.start, nodes[count - 1]->span.end);
    f.value->key_span = f.value->span;
    if (f.value->kind == NL_LIST)
        close_list(t, f.value, nodes, count);
    else if (is_simple_map(nodes, count))
        close_simple_map(t, f.value, nodes, count);
    else
        close_map(t, f.value, nodes, count);
    t->node_count = f.base;
    if (f.closed)
        *f.closed = true;
}

static nl_yaml_problem *add_problem(nl_tree *t, nl_yaml_trouble trouble, nl_span span,
                                    const char *format, va_list ap) NL_PRINTF(4, 0);

static nl_yaml_problem *add_problem(nl_tree *t, nl_yaml_trouble trouble, nl_span span,
                                    const char *format, va_list ap) {
    if (t->problem_count >= t->source->limits->findings && !t->failed) {
        t->unlisted++;
        t->spare = t->spare ? t->spare : NL_NEW(t->arena, nl_yaml_problem);
        return t->spare;
    }
    nl_buf b = {0};
    nl_buf_vprintf(&b, format, ap);
    t->problems = nl_grow(t->problems, &t->problem_cap, t->problem_count + 1, sizeof *t->problems);
    nl_yaml_problem *p = &t->problems[t->problem_count++];
    size_t length = t->source->bytes.n;
    span.end = span.end > length ? length : span.end;
    span.start = span.start > span.end ? span.end : span.start;
    *p = (nl_yaml_problem){.trouble = trouble, .span = span, .order = t->problem_count};
    p->message = nl_str_n(nl_arena_copy(t->arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    return p;
}

nl_yaml_problem *nl_tree_problem(nl_tree *t, nl_yaml_trouble trouble, nl_span span,
                                 const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    nl_yaml_problem *p = add_problem(t, trouble, span, format, ap);
    va_end(ap);
    return p;
}

nl_yaml_problem *nl_tree_fail(nl_tree *t, nl_yaml_trouble trouble, nl_span span, const char *format,
                              ...) {
    va_list ap;
    va_start(ap, format);
    t->failed = true;
    nl_yaml_problem *p = add_problem(t, trouble, span, format, ap);
    va_end(ap);
    return p;
}

void nl_tree_fail_by(nl_tree *t, nl_limit_id limit, nl_yaml_trouble trouble, nl_span span,
                     const char *what) {
    nl_buf b = {0};
    nl_limit_say(limit, t->source->limits, what, &b);
    nl_tree_fail(t, trouble, span, "%s", nl_buf_c(&b));
    nl_buf_free(&b);
}

static int by_place(const void *a, const void *b) {
    const nl_yaml_problem *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

nl_yaml nl_tree_done(nl_tree *t) {
    nl_yaml result = {.failed = t->failed, .root = t->failed ? NULL : t->root};
    if (t->problem_count > 1) /* the fatal one was the last to be found, and stays so */
        qsort(t->problems, t->problem_count - t->failed, sizeof *t->problems, by_place);
    result.count = t->problem_count;
    result.unlisted = t->unlisted;
    if (result.count) {
        size_t size = result.count * sizeof *result.problems;
        result.problems = nl_arena_alloc(t->arena, size);
        memcpy(result.problems, t->problems, size);
    }
    free(t->problems);
    return result;
}

const char *nl_tree_quote(nl_tree *t, nl_str text) {
    nl_buf b = {0};
    size_t units = 0;
    for (size_t i = 0; i < text.n; units++) {
        uint32_t cp;
        if (units == QUOTE_UNITS) {
            nl_buf_puts(&b, "\xE2\x80\xA6");
            break;
        }
        size_t n = nl_utf8_read(text.p + i, text.n - i, &cp);
        if (cp == NL_CP_INVALID)
            nl_buf_printf(&b, "\\x%02X", (unsigned char)text.p[i]);
        else if (cp == '\n' || cp == '\r' || cp == '\t')
            nl_buf_puts(&b, cp == '\n' ? "\\n" : cp == '\r' ? "\\r" : "\\t");
        else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            nl_buf_printf(&b, "\\x%02X", (unsigned)cp);
        else
            nl_buf_add(&b, text.p + i, n);
        i += n;
    }
    const char *out = nl_arena_copy(t->arena, b.p ? b.p : "", b.n);
    nl_buf_free(&b);
    return out;
}
