/*
 * Comments are read into items; a map leads from what an item is about to the items: "name" for
 * those that go from place to place and, with a mark and a line before it, for the others. A
 * finding asks for the four names that it has.
 */
#include "doc/suppress.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

/* What disables and enables one name, in order of place. */
typedef struct group {
    size_t *items;
    size_t count, cap;
} group;

struct nl_suppress {
    nl_article *article;
    nl_suppression *items;
    size_t count, cap;
    nl_map single; /* "l12:name", "f:name": number of an item */
    nl_map groups; /* "name": number of a group */
    group *group;
    size_t group_count, group_cap;
};

static const nl_str own = NL_STR("newslint-");

/* ---- Reading a comment ---------------------------------------------------------------------- */

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static nl_suppress_word word_of(nl_str spelled) {
    static const char *const words[] = {"disable", "enable", "disable-line", "disable-next-line",
                                        "disable-file"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nl_str_is(spelled, words[i]))
            return (nl_suppress_word)i;
    return NL_SUPPRESS_UNKNOWN;
}

/* The next run without blanks and commas, as a span of the source. */
static nl_span next_name(nl_str bytes, size_t *at, size_t end) {
    while (*at < end && (is_space(bytes.p[*at]) || bytes.p[*at] == ','))
        ++*at;
    size_t start = *at;
    while (*at < end && !is_space(bytes.p[*at]) && bytes.p[*at] != ',')
        ++*at;
    return nl_span_of(start, *at);
}

static void add(nl_suppress *s, const nl_suppression *item) {
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 8;
        nl_suppression *items = NL_NEW_ARRAY(s->article->arena, nl_suppression, cap);
        if (s->count)
            memcpy(items, s->items, s->count * sizeof *items);
        s->items = items;
        s->cap = cap;
    }
    s->items[s->count++] = *item;
}

/* A comment's inside. */
static void read_comment(nl_suppress *s, size_t at, size_t end) {
    nl_source *source = &s->article->source;
    nl_str bytes = source->bytes;
    nl_span word = next_name(bytes, &at, end);
    nl_str spelled = nl_str_sub(bytes, word.start, word.end);
    if (!nl_str_starts(spelled, own))
        return;
    nl_suppression item = {.word = word_of(nl_str_sub(spelled, own.n, spelled.n)),
                           .spelled = spelled};
    if (item.word == NL_SUPPRESS_LINE)
        item.line = nl_source_line_at(source, word.start);
    if (item.word == NL_SUPPRESS_NEXT_LINE)
        item.line = nl_source_line_at(source, end) + 1;
    size_t before = s->count;
    for (;;) {
        nl_span name = next_name(bytes, &at, end);
        item.name = nl_str_sub(bytes, name.start, name.end);
        if (item.name.n == 0 || nl_str_starts(item.name, NL_S("--")))
            break;
        item.span = name;
        add(s, &item);
    }
    if (s->count > before)
        return;
    item.name = (nl_str){NULL, 0};
    item.span = word;
    add(s, &item);
}

/* ---- Front matter --------------------------------------------------------------------------- */

typedef struct spans {
    nl_span *items;
    size_t count, cap;
} spans;

static void add_span(spans *list, nl_span span) {
    list->items = nl_grow(list->items, &list->cap, list->count + 1, sizeof *list->items);
    list->items[list->count++] = span;
}

/* A scalar's text; the first line of a block scalar may end in a comment. */
static void add_scalar(spans *list, nl_str bytes, const nl_value *v) {
    nl_span span = v->span;
    if (v->style == NL_STYLE_LITERAL || v->style == NL_STYLE_FOLDED)
        while (span.start < span.end && bytes.p[span.start] != '\n' && bytes.p[span.start] != '\r')
            span.start++;
    if (span.start < span.end)
        add_span(list, span);
}

/* Keys and scalars in order of place; the depth is that of the tree, NL_TREE_MAX_DEPTH at most. */
static void gather(const nl_value *v, nl_str bytes, spans *list) {
    if (v->alias || (v->kind != NL_MAP && v->kind != NL_LIST)) {
        add_scalar(list, bytes, v);
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        if (v->kind == NL_LIST) {
            gather(v->items[i], bytes, list);
        } else if (!v->entries[i].merged) {
            gather(v->entries[i].key, bytes, list);
            gather(v->entries[i].value, bytes, list);
        }
    }
}

/* Has the line, up to there, an open quote? So it is with the value of a key that stands for the
 * second time, which is not in the tree. */
static bool in_quotes(nl_str line) {
    bool open[2] = {false, false};
    for (size_t i = 0; i < line.n; i++) {
        open[0] = open[0] ^ (line.p[i] == '"');
        open[1] = open[1] ^ (line.p[i] == '\'');
    }
    return open[0] || open[1];
}

static int by_start(const void *a, const void *b) {
    const nl_span *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* YAML 1.2, 6.6: a comment begins with a # that stands at a line's start or behind white space. */
static void read_front(nl_suppress *s) {
    const nl_front *front = &s->article->front;
    nl_str bytes = s->article->source.bytes;
    if (front->format != NL_FRONT_YAML || front->unclosed || front->tree.failed)
        return;
    spans texts = {0};
    if (front->tree.root)
        gather(front->tree.root, bytes, &texts);
    if (texts.count)
        qsort(texts.items, texts.count, sizeof *texts.items, by_start);
    size_t line = front->content.start, text = 0; /* start of the line; the next text */
    for (size_t at = line; at < front->content.end; at++) {
        while (text < texts.count && texts.items[text].end <= at)
            text++;
        size_t behind = text ? texts.items[text - 1].end : 0;
        char c = bytes.p[at];
        if (c == '\n' || c == '\r')
            line = at + 1;
        if (c != '#' || (text < texts.count && texts.items[text].start <= at) ||
            !(at == front->content.start || is_space(bytes.p[at - 1])))
            continue;
        size_t end = at;
        while (end < front->content.end && bytes.p[end] != '\n' && bytes.p[end] != '\r')
            end++;
        if (!in_quotes(nl_str_sub(bytes, behind > line ? behind : line, at)))
            read_comment(s, at + 1, end);
        at = end - 1;
    }
    free(texts.items);
}

/* ---- Body ----------------------------------------------------------------------------------- */

/* CommonMark 0.30 allows no `--` within a comment that stands in a paragraph, later versions do;
 * here it is one comment in either case, so that a reason may follow. */
static void read_body(nl_suppress *s) {
    nl_str bytes = s->article->source.bytes;
    nl_markdown *body = nl_article_body(s->article);
    if (body->refused)
        return;
    nl_markdown_inlines(body);
    for (size_t at = s->article->body_start; at < bytes.n;) {
        at += nl_str_search(nl_str_sub(bytes, at, bytes.n), NL_S("<!--"));
        if (at >= bytes.n)
            return;
        size_t start = at + 4;
        size_t length = nl_str_search(nl_str_sub(bytes, start, bytes.n), NL_S("-->"));
        if (start + length >= bytes.n)
            return;
        bool escaped = at > s->article->body_start && bytes.p[at - 1] == '\\';
        if (escaped || nl_spans_hold(body->code, body->code_count, at)) {
            at = start;
            continue;
        }
        read_comment(s, start, start + length);
        at = start + length + 3;
    }
}

/* ---- Finding what is suppressed ------------------------------------------------------------- */

static void key_of(nl_buf *key, char kind, size_t line, nl_str name) {
    nl_buf_clear(key);
    if (kind == 'l')
        nl_buf_printf(key, "l%zu:", line);
    else if (kind == 'f')
        nl_buf_puts(key, "f:");
    nl_buf_str_add(key, name);
}

static void enter_group(nl_suppress *s, nl_str key, size_t number) {
    size_t g = nl_map_find(&s->groups, key);
    if (g == SIZE_MAX) {
        g = s->group_count++;
        s->group = nl_grow(s->group, &s->group_cap, s->group_count, sizeof *s->group);
        s->group[g] = (group){0};
        nl_map_add(&s->groups, nl_str_n(nl_arena_copy(s->article->arena, key.p, key.n), key.n), g);
    }
    group *into = &s->group[g];
    into->items = nl_grow(into->items, &into->cap, into->count + 1, sizeof *into->items);
    into->items[into->count++] = number;
}

/* Of two that say the same the first counts; the other suppresses nothing. */
static void enter(nl_suppress *s, size_t number, nl_buf *key) {
    const nl_suppression *item = &s->items[number];
    switch (item->word) {
    case NL_SUPPRESS_FROM:
    case NL_SUPPRESS_TO:
        key_of(key, 0, 0, item->name);
        enter_group(s, nl_buf_str(key), number);
        break;
    case NL_SUPPRESS_LINE:
    case NL_SUPPRESS_NEXT_LINE:
    case NL_SUPPRESS_FILE:
        key_of(key, item->word == NL_SUPPRESS_FILE ? 'f' : 'l', item->line, item->name);
        if (nl_map_find(&s->single, nl_buf_str(key)) == SIZE_MAX)
            nl_map_add(&s->single,
                       nl_str_n(nl_arena_copy(s->article->arena, key->p, key->n), key->n), number);
        break;
    case NL_SUPPRESS_UNKNOWN:
        break;
    }
}

/* Comments begin with `#` in front matter and with `<` in a body: most articles have neither. */
static bool has_comment(const nl_article *a) {
    nl_str bytes = a->source.bytes, front = nl_str_sub(bytes, 0, a->body_start);
    nl_str body = nl_str_sub(bytes, a->body_start, bytes.n);
    return (nl_str_find(front, '#') < front.n || nl_str_find(body, '<') < body.n) &&
           nl_str_search(bytes, own) < bytes.n;
}

nl_suppress *nl_suppress_find(nl_article *a) {
    nl_str bytes = a->source.bytes;
    if (a->too_large || a->utf16 || !has_comment(a))
        return NULL;
    nl_suppress *s = nl_calloc(1, sizeof *s);
    s->article = a;
    read_front(s);
    nl_str body = nl_str_sub(bytes, a->body_start, bytes.n);
    if (nl_str_search(body, own) < body.n)
        read_body(s);
    nl_buf key = {0};
    for (size_t i = 0; i < s->count; i++)
        enter(s, i, &key);
    nl_buf_free(&key);
    if (s->count)
        return s;
    nl_suppress_free(s);
    return NULL;
}

void nl_suppress_free(nl_suppress *s) {
    if (!s)
        return;
    for (size_t i = 0; i < s->group_count; i++)
        free(s->group[i].items);
    free(s->group);
    nl_map_free(&s->single);
    nl_map_free(&s->groups);
    free(s);
}

nl_suppression *nl_suppress_items(const nl_suppress *s, size_t *count) {
    *count = s->count;
    return s->items;
}

/* Number of the last item of the name that stands before the place, or SIZE_MAX. */
static size_t last_before(const nl_suppress *s, nl_str name, size_t start) {
    size_t g = nl_map_find(&s->groups, name);
    if (g == SIZE_MAX)
        return SIZE_MAX;
    const group *list = &s->group[g];
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->items[list->items[mid]].span.start <= start)
            low = mid + 1;
        else
            high = mid;
    }
    return low ? list->items[low - 1] : SIZE_MAX;
}

static nl_suppression *match_single(const nl_suppress *s, char kind, size_t line,
                                    const nl_str *names, size_t count) {
    nl_buf key = {0};
    nl_suppression *found = NULL;
    for (size_t i = 0; i < count && !found; i++) {
        key_of(&key, kind, line, names[i]);
        size_t number = nl_map_find(&s->single, nl_buf_str(&key));
        found = number == SIZE_MAX ? NULL : &s->items[number];
    }
    nl_buf_free(&key);
    return found;
}

/* The last that speaks of one of the names decides. */
static nl_suppression *match_from(const nl_suppress *s, size_t start, const nl_str *names,
                                  size_t count) {
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t number = last_before(s, names[i], start);
        if (number != SIZE_MAX && (last == SIZE_MAX || number > last))
            last = number;
    }
    /* A number is that of an item. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    return last != SIZE_MAX && s->items[last].word == NL_SUPPRESS_FROM ? &s->items[last] : NULL;
}

nl_suppression *nl_suppress_match(const nl_suppress *s, nl_str rule, size_t start, bool named) {
    nl_buf set = {0};
    size_t slash = nl_str_find(rule, '/');
    nl_buf_str_add(&set, nl_str_sub(rule, 0, slash));
    nl_buf_puts(&set, "/*");
    nl_str names[] = {rule, nl_str_sub(rule, slash + 1, rule.n), nl_buf_str(&set), NL_S("")};
    size_t count = named ? 3 : 4;
    nl_suppression *found =
        match_single(s, 'l', nl_source_line_at(&s->article->source, start), names, count);
    if (!found)
        found = match_from(s, start, names, count);
    if (!found)
        found = match_single(s, 'f', 0, names, count);
    nl_buf_free(&set);
    return found;
}
