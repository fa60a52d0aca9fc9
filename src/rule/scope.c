/*
 * What checks and expressions see of an article: paths followed once, facts collected, and values
 * as messages show them. Showing costs a bounded effort, however large the value is.
 */
#include "rule/scope.h"
#include "base/utf8.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/unicode.h"
#include <string.h>

enum {
    SHOWN_BYTES = NL_VALUE_SHOWN * 16, /* of a value, before clusters are counted */
    SHOWN_DEPTH = 8,
    FACTS_FIRST = 8
};

const nl_value *nl_scope_root(const nl_scope *s) {
    static const nl_value empty = {.kind = NL_MAP, .style = NL_STYLE_BLOCK};
    const nl_front *front = &s->article->front;
    if ((front->format != NL_FRONT_YAML && front->format != NL_FRONT_JSON) || front->tree.failed ||
        front->unclosed)
        return NULL;
    const nl_value *root = front->tree.root;
    if (!root || root->kind == NL_NULL)
        return &empty;
    return root->kind == NL_MAP ? root : NULL;
}

const nl_targets *nl_scope_follow(nl_scope *s, size_t node) {
    const nl_targets *found = nl_path_follow(s->paths, node, nl_scope_root(s), s->targets,
                                             s->article->source.limits->targets, s->arena);
    if (found->cut)
        nl_scope_cut(s, NL_LIMIT_targets);
    return found;
}

void nl_scope_cut(nl_scope *s, nl_limit_id limit) {
    s->diags->cut |= 1U << limit;
}

void nl_scope_add_fact(nl_scope *s, const nl_fact *fact) {
    nl_facts *f = s->facts;
    if (f->count == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : FACTS_FIRST;
        nl_fact *items = nl_arena_alloc(s->arena, cap * sizeof *items);
        if (f->count)
            memcpy(items, f->items, f->count * sizeof *items);
        f->items = items;
        f->cap = cap;
    }
    f->items[f->count++] = *fact;
}

nl_hash nl_scope_there(nl_str path, nl_str anchor) {
    nl_buf b = {0};
    nl_buf_str_add(&b, path);
    nl_buf_putc(&b, '\0');
    nl_buf_str_add(&b, anchor);
    nl_hash hash = nl_hash_of(nl_buf_str(&b));
    nl_buf_free(&b);
    return hash;
}

void nl_scope_add_there(nl_scope *s, nl_str path, nl_str anchor) {
    nl_facts *f = s->facts;
    f->there =
        nl_arena_grow(s->arena, f->there, &f->there_cap, f->there_count + 1, sizeof *f->there);
    f->there[f->there_count++] = nl_scope_there(path, anchor);
}

/* ---- Showing */

/* Cuts at NL_VALUE_SHOWN grapheme clusters, or where they are monstrous, at SHOWN_BYTES. */
static nl_str cut(nl_str text) {
    nl_str head = nl_str_sub(text, 0, SHOWN_BYTES);
    size_t at = nl_grapheme_skip(head, NL_VALUE_SHOWN);
    if (at < head.n || head.n == text.n)
        return nl_str_sub(head, 0, at);
    return nl_str_sub(head, 0, nl_utf8_start(text, at)); /* not within a character */
}

static nl_str finish(nl_buf *b, nl_arena *arena) {
    nl_str out = nl_str_n(nl_arena_copy(arena, b->p, b->n), b->n);
    nl_buf_free(b);
    return out;
}

/* Is it shown as it stands, for sure? So is nearly all that is shown. */
static bool is_short_and_plain(nl_str text) {
    bool plain = text.n <= NL_VALUE_SHOWN;
    for (size_t i = 0; i < text.n && plain; i++)
        plain = text.p[i] >= ' ' && text.p[i] < 0x7F;
    return plain;
}

nl_str nl_scope_shown(nl_scope *s, nl_str text) {
    if (is_short_and_plain(text))
        return nl_str_n(nl_arena_copy(s->arena, text.p, text.n), text.n);
    nl_str head = cut(text);
    nl_buf b = {0};
    nl_visible(head, &b);
    if (head.n < text.n)
        nl_buf_puts(&b, "…");
    return finish(&b, s->arena);
}

/* Appends a value in flow style, for people: scalars as they read, not as YAML must write them. */
static void flow_add(const nl_value *v, int depth, nl_buf *out) {
    if (v->kind != NL_LIST && v->kind != NL_MAP) {
        if (v->kind == NL_NULL && v->text.n == 0)
            nl_buf_puts(out, "null");
        nl_buf_str_add(out, nl_str_sub(v->text, 0, SHOWN_BYTES));
        return;
    }
    bool list = v->kind == NL_LIST;
    nl_buf_putc(out, list ? '[' : '{');
    for (size_t i = 0; i < v->count && out->n < SHOWN_BYTES; i++) {
        if (i)
            nl_buf_puts(out, ", ");
        if (!list) {
            nl_buf_str_add(out, nl_str_sub(v->entries[i].key->text, 0, SHOWN_BYTES));
            nl_buf_puts(out, ": ");
        }
        const nl_value *member = list ? v->items[i] : v->entries[i].value;
        if (depth == SHOWN_DEPTH)
            nl_buf_puts(out, "…");
        else
            flow_add(member, depth + 1, out);
    }
    nl_buf_putc(out, list ? ']' : '}');
}

nl_str nl_scope_shown_value(nl_scope *s, const nl_value *v) {
    if (!v)
        return nl_str_n("", 0);
    if (v->kind != NL_LIST && v->kind != NL_MAP)
        return nl_scope_shown(s, v->text);
    nl_buf b = {0};
    flow_add(v, 0, &b);
    nl_str out = nl_scope_shown(s, nl_buf_str(&b));
    nl_buf_free(&b);
    return out;
}
