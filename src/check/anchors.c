/* Anchors: collected in order, found by hash. */
#include "check/anchors.h"

#include "base/hash.h"
#include <string.h>

struct nl_anchor_slot {
    nl_str text;
    size_t repeats; /* how often a heading had this slug */
    bool used;
};

static struct nl_anchor_slot *find(const nl_anchors *a, nl_str text) {
    size_t at = (size_t)nl_hash_of(text).low & (a->slot_count - 1);
    while (a->slots[at].used && !nl_str_eq(a->slots[at].text, text))
        at = (at + 1) & (a->slot_count - 1);
    return &a->slots[at];
}

static void grow(nl_anchors *a, size_t cap, nl_arena *arena) {
    nl_anchors wider = {.cap = cap};
    wider.items = nl_arena_alloc(arena, wider.cap * sizeof *wider.items);
    wider.slot_count = wider.cap * 2;
    wider.slots = NL_NEW_ARRAY(arena, struct nl_anchor_slot, wider.slot_count);
    wider.count = a->count;
    if (a->count)
        memcpy(wider.items, a->items, a->count * sizeof *a->items);
    for (size_t i = 0; i < a->slot_count; i++)
        if (a->slots[i].used)
            *find(&wider, a->slots[i].text) = a->slots[i];
    *a = wider;
}

/* The slot of a text, made if it is new. */
static struct nl_anchor_slot *add(nl_anchors *a, nl_str text, nl_arena *arena) {
    if (a->count == a->cap)
        grow(a, a->cap ? a->cap * 2 : 16, arena);
    struct nl_anchor_slot *slot = find(a, text);
    if (!slot->used) {
        *slot = (struct nl_anchor_slot){.text = text, .used = true};
        a->items[a->count++] = text;
    }
    return slot;
}

bool nl_anchors_hold(const nl_anchors *a, nl_str name) {
    return a->slot_count && find(a, name)->used;
}

void nl_anchors_reserve(nl_anchors *a, size_t count, nl_arena *arena) {
    size_t cap = 16;
    while (cap < count)
        cap *= 2;
    if (cap > a->cap)
        grow(a, cap, arena);
}

void nl_anchors_add(nl_anchors *a, nl_str name, nl_arena *arena) {
    add(a, name, arena);
}

void nl_anchors_add_slug(nl_anchors *a, nl_str slug, nl_arena *arena) {
    struct nl_anchor_slot *slot = add(a, slug, arena);
    size_t repeats = slot->repeats++;
    if (repeats == 0)
        return;
    nl_buf b = {0};
    nl_buf_str_add(&b, slug);
    nl_buf_printf(&b, "-%zu", repeats);
    add(a, nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n), arena);
    nl_buf_free(&b);
}

/* `{#id}` in a heading: the id, and the heading's text before it, which is its slug's. */
static bool find_custom(nl_str text, nl_str *id) {
    size_t open = nl_str_search(text, NL_S("{#"));
    if (open == text.n)
        return false;
    nl_str rest = nl_str_sub(text, open + 2, text.n);
    size_t end = nl_str_find(rest, '}');
    *id = nl_str_sub(rest, 0, end);
    return end < rest.n && end > 0;
}

typedef struct collecting {
    nl_anchors *anchors;
    nl_arena *arena;
} collecting;

static void add_tag(void *context, nl_str tag) {
    collecting *c = context;
    nl_str id = nl_tag_attribute(tag, "id");
    if (!id.n && nl_str_eq_nocase(nl_tag_name(tag), NL_S("a")))
        id = nl_tag_attribute(tag, "name");
    if (id.n)
        add(c->anchors, id, c->arena);
}

nl_anchors nl_anchors_of(nl_scope *s, nl_markdown *body) {
    nl_anchors a = {0};
    collecting c = {&a, s->arena};
    nl_markdown_inlines(body);
    nl_anchors_reserve(&a, body->heading_count, s->arena);
    add(&a, NL_S("top"), s->arena);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        nl_str id;
        if (find_custom(h->content, &id))
            add(&a, id, s->arena);
        nl_str slug = nl_heading_slug(h->content, s->arena);
        if (slug.n)
            nl_anchors_add_slug(&a, slug, s->arena);
    }
    for (size_t i = 0; i < body->inline_count; i++)
        if (body->inlines[i].kind == NL_INLINE_HTML)
            add_tag(&c, body->inlines[i].text);
    for (size_t i = 0; i < body->block_count; i++) {
        const nl_block *b = &body->blocks[i];
        if (b->kind == NL_BLOCK_HTML)
            nl_tags_each(nl_str_sub(s->article->source.bytes, b->span.start, b->span.end), add_tag,
                         &c);
    }
    return a;
}

/* ---- Fragments */

static size_t digits_from(nl_str t, size_t at) {
    while (at < t.n && nl_is_digit((unsigned char)t.p[at]))
        at++;
    return at;
}

/* `L10`, `L10C5`: where it ends, or SIZE_MAX. */
static size_t line_place(nl_str t, size_t at, bool *column) {
    *column = false;
    if (at >= t.n || t.p[at] != 'L' || digits_from(t, at + 1) == at + 1)
        return SIZE_MAX;
    at = digits_from(t, at + 1);
    if (at < t.n && t.p[at] == 'C' && digits_from(t, at + 1) > at + 1) {
        *column = true;
        at = digits_from(t, at + 1);
    }
    return at;
}

bool nl_is_line_fragment(nl_str t) {
    bool column;
    size_t at = line_place(t, 0, &column);
    if (at == SIZE_MAX)
        return false;
    if (at == t.n)
        return !column;
    return t.p[at] == '-' && line_place(t, at + 1, &column) == t.n;
}

/* ---- Tags */

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

nl_str nl_tag_name(nl_str tag) {
    size_t end = 1;
    if (tag.n < 2 || !nl_is_alpha((unsigned char)tag.p[1]))
        return (nl_str){"", 0};
    while (end < tag.n && !is_space(tag.p[end]) && tag.p[end] != '/' && tag.p[end] != '>')
        end++;
    return nl_str_sub(tag, 1, end);
}

/* The value that begins at `at`, behind the equals sign. */
static nl_str value_at(nl_str tag, size_t at) {
    while (at < tag.n && is_space(tag.p[at]))
        at++;
    if (at < tag.n && (tag.p[at] == '"' || tag.p[at] == '\''))
        at++;
    size_t end = at;
    while (end < tag.n && !is_space(tag.p[end]) && !strchr("\"'>", tag.p[end]))
        end++;
    return nl_str_sub(tag, at, end);
}

nl_str nl_tag_attribute(nl_str tag, const char *name) {
    nl_str wanted = nl_str_c(name);
    for (size_t i = 1; i + wanted.n < tag.n; i++) {
        if (!is_space(tag.p[i - 1]) || !nl_str_eq_nocase(nl_str_sub(tag, i, i + wanted.n), wanted))
            continue;
        size_t at = i + wanted.n;
        while (at < tag.n && is_space(tag.p[at]))
            at++;
        if (at < tag.n && tag.p[at] == '=')
            return value_at(tag, at + 1);
    }
    return (nl_str){"", 0};
}

void nl_tags_each(nl_str html, void (*then)(void *context, nl_str tag), void *context) {
    bool unclosed = false; /* a comment: it hides nothing, and no end is looked for again */
    for (size_t i = 0; i < html.n; i++) {
        nl_str rest = nl_str_sub(html, i, html.n);
        if (!unclosed && nl_str_starts(rest, NL_S("<!--"))) {
            size_t end = nl_str_search(rest, NL_S("-->"));
            unclosed = end == rest.n;
            i += unclosed ? 0 : end;
            continue;
        }
        if (rest.n < 2 || rest.p[0] != '<' || !nl_is_alpha((unsigned char)rest.p[1]))
            continue;
        size_t end = 1;
        for (char quote = 0; end < rest.n && (quote || rest.p[end] != '>'); end++) {
            if (quote ? rest.p[end] == quote : (rest.p[end] == '"' || rest.p[end] == '\''))
                quote = quote ? 0 : rest.p[end];
        }
        if (end == rest.n)
            return;
        then(context, nl_str_sub(rest, 0, end + 1));
        i += end;
    }
}
