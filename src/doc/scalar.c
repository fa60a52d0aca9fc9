/*
 * Scalars and their places. A scalar whose bytes are its text needs nothing; for the others the
 * pieces are made when they are first asked for, and hold only if the text that they make is the
 * reader's, byte for byte.
 */
#include "doc/scalar.h"

#include "base/utf8.h"
#include <string.h>

bool nl_yaml_forbids(uint32_t cp) {
    if (cp >= 0xA0 && cp < 0xFEFF)
        return false;
    if (cp < 0x20)
        return cp != '\t' && cp != '\n' && cp != '\r';
    return (cp >= 0x7F && cp < 0xA0 && cp != 0x85) || cp == 0xFEFF || cp == 0xFFFE ||
           cp == 0xFFFF || cp == NL_CP_INVALID;
}

bool nl_yaml_substitutes(uint32_t cp) {
    if (cp >= 0xA0 && cp < 0x2028)
        return false;
    return cp == 0x85 || cp == 0x2028 || cp == 0x2029 || nl_yaml_forbids(cp);
}

nl_span nl_scalar_raw(const nl_value *v) {
    return v->map ? v->map->raw : v->span;
}

/* Is `text` what the reader made, but for the placeholders it was given? *damaged tells whether
 * one of them stands for something forbidden. */
static bool same_but_placeholders(nl_str text, nl_str read, bool *damaged) {
    size_t i = 0, j = 0;
    nl_str placeholder = NL_S(NL_PLACEHOLDER);
    *damaged = false;
    while (i < text.n && j < read.n) {
        uint32_t cp;
        size_t n = nl_utf8_read(text.p + i, text.n - i, &cp);
        if (nl_str_starts(nl_str_sub(read, j, read.n), placeholder) && nl_yaml_substitutes(cp)) {
            *damaged = *damaged || nl_yaml_forbids(cp);
            i += n;
            j += placeholder.n;
        } else if (text.p[i++] != read.p[j++]) {
            return false;
        }
    }
    return i == text.n && j == read.n;
}

static void keep_pieces(nl_scalar_map *map, const nl_decoded *d, nl_arena *arena) {
    map->made = map->exact = true;
    map->count = d->count;
    map->pieces = nl_arena_alloc(arena, d->count * sizeof *d->pieces);
    if (d->count)
        memcpy(map->pieces, d->pieces, d->count * sizeof *d->pieces);
}

static nl_str text_copy(nl_str text, nl_arena *arena) {
    return nl_str_n(nl_arena_copy(arena, text.p, text.n), text.n);
}

static void decode_now(const nl_source *s, nl_value *v, bool placeholders, nl_arena *arena) {
    nl_span raw = v->map->raw;
    size_t indent = nl_style_is_block(v->style) ? nl_scalar_indent(s->bytes, raw, v->text) : 0;
    nl_decoded d = nl_scalar_decode(s->bytes, raw, v->style, v->json, indent);
    nl_str text = nl_buf_str(&d.text);
    bool damaged = false;
    v->map->made = true;
    if (!d.bad && (placeholders ? same_but_placeholders(text, v->text, &damaged)
                                : nl_str_eq(text, v->text))) {
        keep_pieces(v->map, &d, arena);
        v->damaged = damaged;
        if (placeholders)
            v->text = text_copy(text, arena);
        if (nl_style_is_block(v->style))
            v->span.end = d.content_end;
    }
    if (!v->map->exact && placeholders)
        v->damaged = true;
    nl_decoded_free(&d);
}

static bool holds_substituted(nl_str raw) {
    size_t at = 0;
    while (at < raw.n) {
        uint32_t cp;
        at += nl_utf8_read(raw.p + at, raw.n - at, &cp);
        if (nl_yaml_substitutes(cp))
            return true;
    }
    return false;
}

static void trim_block(const nl_source *s, nl_value *v) {
    while (v->span.end > v->span.start && strchr(" \t\r\n", s->bytes.p[v->span.end - 1]))
        v->span.end--;
}

void nl_scalar_map_make(const nl_source *s, nl_value *v, bool placeholders, nl_arena *arena) {
    bool block = nl_style_is_block(v->style);
    v->text = text_copy(v->text, arena);
    v->map = NL_NEW(arena, nl_scalar_map);
    v->map->raw = v->span;
    placeholders =
        placeholders && holds_substituted(nl_str_sub(s->bytes, v->span.start, v->span.end));
    if (block)
        trim_block(s, v);
    if (block || placeholders)
        decode_now(s, v, placeholders, arena);
    v->key_span = v->span;
}

bool nl_scalar_read(const nl_source *s, nl_value *v, nl_arena *arena) {
    nl_decoded d = nl_scalar_decode(s->bytes, v->span, v->style, v->json, 0);
    bool good = !d.bad;
    if (good) {
        v->text = nl_buf_str(&d.text);
        nl_scalar_finish(s, v, false, arena);
    }
    nl_decoded_free(&d);
    return good;
}

static bool make_pieces(const nl_source *s, const nl_value *v) {
    if (!v->map->made) {
        nl_value copy = *v; /* the map is shared; nothing else of the value may change */
        decode_now(s, &copy, false, s->arena);
    }
    return v->map->exact;
}

/* The last piece that begins at or before `at`. */
static const nl_piece *piece_at(const nl_scalar_map *map, size_t at) {
    size_t low = 0, high = map->count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (map->pieces[mid].text <= at)
            low = mid;
        else
            high = mid;
    }
    return &map->pieces[low];
}

static bool locate_in_pieces(const nl_scalar_map *map, size_t from, size_t to, nl_span *out) {
    if (map->count == 0)
        return false;
    const nl_piece *first = piece_at(map, from);
    size_t into = from - first->text;
    if (into && !first->verbatim && into != first->text_n)
        return false;
    out->start = first->source + (first->verbatim ? into : into ? first->source_n : 0);
    if (from == to) {
        out->end = out->start;
        return true;
    }
    const nl_piece *last = piece_at(map, to - 1);
    size_t used = to - last->text;
    if (!last->verbatim && used != last->text_n)
        return false;
    out->end = last->source + (last->verbatim ? used : last->source_n);
    return true;
}

bool nl_value_locate(const nl_source *s, const nl_value *v, size_t from, size_t to, nl_span *out) {
    *out = v->span;
    if (v->alias || v->kind == NL_LIST || v->kind == NL_MAP || from > to || to > v->text.n)
        return false;
    nl_span inner = nl_scalar_inner(v);
    if (!v->map) {
        *out = nl_span_of(inner.start + from, inner.start + to);
        return true;
    }
    if (v->text.n == 0 && !nl_style_is_block(v->style)) {
        *out = nl_span_of(inner.start, inner.start);
        return true;
    }
    nl_span found;
    if (!make_pieces(s, v) || !locate_in_pieces(v->map, from, to, &found))
        return false;
    *out = found;
    return true;
}
