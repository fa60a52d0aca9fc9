/* key-order: keys of a map that do not stand in the order that was given. */
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/walk.h"

enum { ANYWHERE, END };

static const char *const places[] = {"anywhere", "end", NULL};

typedef struct options {
    nl_texts order;
    int rest;
} options;

static const nl_param params[] = {
    {.name = "order",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(options, order),
     .wanted = true,
     .help =
         "The keys in the order in which they must stand; those that are absent do not matter."},
    {.name = "rest",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(options, rest),
     .fallback = "anywhere",
     .choices = places,
     .help = "Where keys may stand that `order` does not name."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    for (size_t i = 0; i < o->order.count; i++)
        for (size_t j = 0; j < i; j++)
            if (nl_str_eq(o->order.items[i], o->order.items[j])) {
                nl_load_error(load, "order", "`order` names a key twice");
                return false;
            }
    return true;
}

typedef struct ranked {
    const nl_entry *entry;
    size_t rank;
    size_t before; /* the one before it in the longest run that ends with it */
    bool placed;
} ranked;

static size_t rank_of(const options *o, nl_str key) {
    for (size_t i = 0; i < o->order.count; i++)
        if (nl_str_eq(o->order.items[i], key))
            return i;
    return o->order.count;
}

/* The keys that take part, in order of writing. */
static ranked *rank_all(nl_scope *s, const options *o, const nl_value *map, size_t *count) {
    ranked *keys = NL_NEW_ARRAY(s->arena, ranked, map->count);
    *count = 0;
    for (size_t i = 0; i < map->count; i++) {
        const nl_entry *e = &map->entries[i];
        size_t rank = e->merged ? o->order.count : rank_of(o, e->key->text);
        if (!e->merged && (rank < o->order.count || o->rest == END))
            keys[(*count)++] = (ranked){.entry = e, .rank = rank};
    }
    return keys;
}

/*
 * Marks the most keys that can stay where they are: a longest run that does not descend, by
 * patience sorting (Fredman, "On computing the length of longest increasing subsequences", 1975).
 */
static void mark_placed(nl_scope *s, ranked *keys, size_t count) {
    size_t *tops = NL_NEW_ARRAY(s->arena, size_t, count), piles = 0;
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = piles;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (keys[tops[middle]].rank <= keys[i].rank)
                low = middle + 1;
            else
                high = middle;
        }
        keys[i].before = low ? tops[low - 1] : count;
        tops[low] = i;
        piles += low == piles;
    }
    for (size_t i = piles ? tops[piles - 1] : count; i < count; i = keys[i].before)
        keys[i].placed = true;
}

/* The nearest placed key that it must stand before, or behind; NULL: none. */
static const ranked *neighbour(const ranked *keys, size_t count, size_t at, bool *before) {
    *before = true;
    for (size_t i = 0; i < at; i++)
        if (keys[i].placed && keys[i].rank > keys[at].rank)
            return &keys[i];
    *before = false;
    for (size_t i = count; i-- > at + 1;)
        if (keys[i].placed && keys[i].rank < keys[at].rank)
            return &keys[i];
    return NULL;
}

static void report(nl_scope *s, const nl_rule *rule, const nl_target *map, const ranked *keys,
                   size_t count, size_t at) {
    bool before;
    const ranked *other = neighbour(keys, count, at, &before);
    nl_step step;
    nl_target t = nl_target_of_entry(map, keys[at].entry, &step);
    nl_finding f = nl_finding_on(s, rule, &t);
    f.span = keys[at].entry->key->span;
    nl_finding_set(&f, "key", keys[at].entry->key->text);
    nl_finding_say(&f, "where", before ? "before" : "behind");
    if (other) {
        nl_finding_set(&f, "other", other->entry->key->text);
        nl_finding_relate(&f, other->entry->key->span, "%s this", before ? "before" : "behind");
    }
    nl_finding_report(&f, "`{key}` must stand {where} `{other}`");
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    if (target->value->kind != NL_MAP)
        return;
    size_t count;
    ranked *keys = rank_all(s, o, target->value, &count);
    mark_placed(s, keys, count);
    for (size_t i = 0; i < count; i++)
        if (!keys[i].placed)
            report(s, rule, target, keys, count, i);
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_target root = nl_target_of_root(nl_scope_root(s));
    if (root.value)
        field(s, rule, &root);
}

static const char *const names[] = {"key", "where", "other", NULL};

const nl_check nl_check_key_order = {
    .name = "key-order",
    .summary = "Keys that do not stand in the order agreed on",
    .help = "Front matter whose keys always stand in the same order is quicker to read and to "
            "compare. Move the line to its place.",
    .level = NL_WARNING,
    .kind = NL_CHECK_ARTICLE,
    .principal = "order",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "title: Rain ahead\nlang: en",
    .bad = "lang: en\ntitle: Rain ahead",
    .prepare = prepare,
    .article = article,
    .field = field,
};
