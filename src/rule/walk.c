/* Walking the front matter by recursion; its depth is the tree's, which the parser bounds. */
#include "rule/walk.h"
#include "base/bytes.h"

#include <math.h>

enum { DEPTH_MAX = 100000 };

static bool is_scalar(const nl_value *v) {
    return v->kind != NL_LIST && v->kind != NL_MAP;
}

nl_target nl_target_of_root(const nl_value *root) {
    return (nl_target){.value = root};
}

/* The root has no step, and so is no part of a name. */
static const nl_target *above(const nl_target *t) {
    return t->step ? t : NULL;
}

nl_target nl_target_of_entry(const nl_target *map, const nl_entry *entry, nl_step *step) {
    *step = (nl_step){.kind = NL_STEP_KEY, .key = entry->key->text};
    return (nl_target){
        .value = entry->value,
        .parent = map->value,
        .entry = entry,
        .above = above(map),
        .step = step,
    };
}

static void walk(const nl_target *t, size_t depth, nl_visitor *visit, void *context) {
    const nl_value *v = t->value;
    if (!v || v->alias || depth > DEPTH_MAX)
        return;
    if (is_scalar(v)) {
        visit(context, t, v, false);
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        nl_step step = {.kind = NL_STEP_ITEMS};
        nl_target child = {.parent = v, .above = above(t), .step = &step, .index = i};
        if (v->kind == NL_LIST) {
            child.value = v->items[i];
        } else {
            const nl_entry *e = &v->entries[i];
            if (e->merged || !e->key)
                continue;
            child = nl_target_of_entry(t, e, &step);
            if (is_scalar(e->key) && !e->key->alias)
                visit(context, &child, e->key, true);
        }
        walk(&child, depth + 1, visit, context);
    }
}

void nl_walk_scalars(const nl_target *top, nl_visitor *visit, void *context) {
    walk(top, 0, visit, context);
}

static bool any(const nl_value *v, size_t depth, bool (*is)(const nl_value *scalar, bool key)) {
    if (!v || v->alias || depth > DEPTH_MAX)
        return false;
    if (is_scalar(v))
        return is(v, false);
    for (size_t i = 0; i < v->count; i++) {
        const nl_value *child = v->kind == NL_LIST ? v->items[i] : v->entries[i].value;
        if (v->kind == NL_MAP) {
            const nl_entry *e = &v->entries[i];
            if (e->merged || !e->key)
                continue;
            if (is_scalar(e->key) && !e->key->alias && is(e->key, true))
                return true;
        }
        if (child && is_scalar(child) ? !child->alias && is(child, false)
                                      : any(child, depth + 1, is))
            return true;
    }
    return false;
}

bool nl_walk_any(const nl_value *top, bool (*is)(const nl_value *scalar, bool key)) {
    return any(top, 0, is);
}

bool nl_walk_has_escapes(const nl_scope *s) {
    const nl_front *front = &s->article->front;
    if (!(s->article->source.seen.kinds & NL_BYTES_BACKSLASH))
        return false;
    nl_str text = nl_str_sub(s->article->source.bytes, front->content.start, front->content.end);
    return nl_str_find(text, '\\') < text.n;
}

static void canon_bytes(char mark, const void *p, size_t n, nl_buf *out) {
    nl_buf_putc(out, mark);
    nl_buf_add(out, p, n);
}

static void canon_text(char mark, nl_str text, nl_buf *out) {
    canon_bytes(mark, &text.n, sizeof text.n, out);
    nl_buf_str_add(out, text);
}

/* Whole numbers that a double holds exactly are written alike, whether integer or float. */
static void canon_number(const nl_value *v, nl_buf *out) {
    bool whole = v->kind == NL_FLOAT && fabs(v->number) < 9007199254740992.0 &&
                 v->number == floor(v->number);
    int64_t integer = whole ? (int64_t)v->number : v->integer;
    double not_a_number = NAN; /* all are one */
    if (whole || (v->kind == NL_INT && !v->big))
        canon_bytes('n', &integer, sizeof integer, out);
    else if (v->kind == NL_FLOAT)
        canon_bytes('f', isnan(v->number) ? &not_a_number : &v->number, sizeof(double), out);
    else
        canon_text('b', v->text, out);
}

static bool canon(const nl_value *v, size_t depth, size_t limit, nl_buf *out) {
    if (out->n > limit || depth > DEPTH_MAX)
        return false;
    switch (v->kind) {
    case NL_NULL:
        nl_buf_putc(out, '~');
        return true;
    case NL_BOOL:
        nl_buf_putc(out, v->boolean ? 't' : 'f');
        return true;
    case NL_INT:
    case NL_FLOAT:
        canon_number(v, out);
        return true;
    case NL_STRING:
        canon_text('s', v->text, out);
        return true;
    case NL_LIST:
    case NL_MAP:
        break;
    }
    nl_buf_putc(out, v->kind == NL_LIST ? '[' : '{');
    for (size_t i = 0; i < v->count; i++) {
        if (v->kind == NL_MAP && !canon(v->entries[i].key, depth + 1, limit, out))
            return false;
        const nl_value *member = v->kind == NL_MAP ? v->entries[i].value : v->items[i];
        if (!canon(member, depth + 1, limit, out))
            return false;
    }
    nl_buf_putc(out, v->kind == NL_LIST ? ']' : '}');
    return true;
}

bool nl_value_canon(const nl_value *v, nl_buf *out) {
    return canon(v, 0, out->n + NL_CANON_MAX, out);
}
