/* Unpacking by recursion, as deep as the text is nested. */
#include "doc/packed.h"

#include "doc/scalar.h"
#include <assert.h>

typedef struct unpacker {
    nl_str packed, text;
    size_t at, start; /* in packed; of the node before */
    nl_value **nodes; /* by number */
    size_t count;
    nl_arena *arena;
} unpacker;

static unsigned take_byte(unpacker *u) {
    assert(u->at < u->packed.n);
    return (unsigned char)u->packed.p[u->at++];
}

static size_t take(unpacker *u) {
    size_t n = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned byte = take_byte(u);
        n |= (size_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return n;
    }
}

/* Added to `from`. */
static size_t take_folded(unpacker *u, size_t from) {
    size_t n = take(u);
    return n & 1 ? from - (n >> 1) - 1 : from + (n >> 1);
}

static void take_text(unpacker *u, nl_value *v, unsigned flags) {
    if (flags & NL_PACKED_MAP) {
        v->map = NL_NEW(u->arena, nl_scalar_map);
        v->map->raw = nl_span_of(v->span.start, take_folded(u, v->span.end));
    }
    size_t start = flags & NL_PACKED_VERBATIM ? v->span.start + take(u) : 0;
    size_t n = take(u);
    const char *from = flags & NL_PACKED_VERBATIM ? u->text.p + start : u->packed.p + u->at;
    u->at += flags & NL_PACKED_VERBATIM ? 0 : n;
    v->text = nl_str_n(from, n);
    v->kind = NL_STRING;
    if (v->style == NL_STYLE_PLAIN)
        nl_value_resolve(v);
}

static nl_value *take_node(unpacker *u, size_t depth);

static void take_items(unpacker *u, nl_value *list) {
    list->kind = NL_LIST;
    list->count = take(u);
    list->items = NL_NEW_ARRAY(u->arena, nl_value *, list->count);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i] = take_node(u, list->depth + 1);
        list->weight += list->items[i]->weight;
    }
}

static void take_entries(unpacker *u, nl_value *map) {
    map->kind = NL_MAP;
    map->count = take(u);
    map->entries = NL_NEW_ARRAY(u->arena, nl_entry, map->count);
    for (size_t i = 0; i < map->count; i++) {
        nl_entry *e = &map->entries[i];
        e->key = take_node(u, map->depth + 1);
        e->value = take_node(u, map->depth + 1);
        e->value->key_span = e->key->span;
        map->weight += e->key->weight + e->value->weight;
    }
}

static nl_value *take_node(unpacker *u, size_t depth) {
    unsigned head = take_byte(u), flags = take_byte(u);
    nl_value *v = u->nodes[u->count++] = NL_NEW(u->arena, nl_value);
    u->start = take_folded(u, u->start);
    nl_span span = nl_span_of(u->start, u->start + take(u));
    if ((head & 3) == NL_PACKED_ALIAS) {
        *v = *u->nodes[take(u)];
        v->alias = true;
    } else {
        v->style = (nl_style)(head >> 2);
        v->flow = flags & NL_PACKED_FLOW;
        v->weight = 1;
    }
    v->depth = depth;
    v->span = v->key_span = span;
    if ((head & 3) == NL_PACKED_SCALAR)
        take_text(u, v, flags);
    else if ((head & 3) == NL_PACKED_LIST)
        take_items(u, v);
    else if ((head & 3) == NL_PACKED_MAPPING)
        take_entries(u, v);
    return v;
}

nl_value *nl_packed_read(nl_str packed, nl_str text, nl_arena *arena) {
    unpacker u = {.packed = packed, .text = text, .arena = arena};
    u.nodes = NL_NEW_ARRAY(arena, nl_value *, take(&u));
    nl_value *root = take_node(&u, 0);
    assert(u.at == packed.n);
    return root;
}
