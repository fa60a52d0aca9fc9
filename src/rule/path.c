/*
 * Field paths: reading, spelling, numbering, and following them in an article. Following goes step
 * by step from all targets of the step before, so that depth costs no stack; what no [] or * has
 * made many is looked up a map at a time.
 */
#include "rule/path.h"

#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

/* ---- Spelling */

static bool is_bare(char c) {
    unsigned char u = (unsigned char)c;
    return u > ' ' && u != 0x7F && u != '.' && u != '[' && u != ']' && u != '*' && u != '"' &&
           u != '\'';
}

static bool is_bare_key(nl_str key) {
    bool bare = key.n > 0;
    for (size_t i = 0; i < key.n && bare; i++)
        bare = is_bare(key.p[i]);
    return bare;
}

void nl_path_key_add(nl_str key, nl_buf *out) {
    if (is_bare_key(key)) {
        nl_buf_str_add(out, key);
        return;
    }
    nl_buf_putc(out, '"');
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '"' || key.p[i] == '\\')
            nl_buf_putc(out, '\\');
        nl_buf_putc(out, key.p[i]);
    }
    nl_buf_putc(out, '"');
}

static void step_add(const nl_step *step, nl_buf *out) {
    if (step->kind == NL_STEP_ITEMS) {
        nl_buf_puts(out, "[]");
        return;
    }
    if (out->n)
        nl_buf_putc(out, '.');
    if (step->kind == NL_STEP_VALUES)
        nl_buf_putc(out, '*');
    else
        nl_path_key_add(step->key, out);
}

nl_str nl_path_spell(const nl_step *steps, size_t count, nl_arena *arena) {
    nl_buf b = {0};
    for (size_t i = 0; i < count; i++)
        step_add(&steps[i], &b);
    nl_str text = nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    return text;
}

nl_path nl_path_below(const nl_path *base, nl_step step, nl_arena *arena) {
    nl_path path = {.many = base->many || step.kind != NL_STEP_KEY, .count = base->count + 1};
    path.steps = NL_NEW_ARRAY(arena, nl_step, path.count);
    if (base->count)
        memcpy(path.steps, base->steps, base->count * sizeof *path.steps);
    path.steps[base->count] = step;
    path.text = nl_path_spell(path.steps, path.count, arena);
    return path;
}

/* ---- Reading */

typedef struct reader {
    nl_str text;
    size_t at;
    nl_arena *arena;
    const char *error;
    size_t error_at;
} reader;

static bool fail(reader *r, size_t at, const char *error) {
    r->error = error;
    r->error_at = at;
    return false;
}

static bool read_quoted(reader *r, nl_str *key) {
    char quote = r->text.p[r->at];
    size_t end = r->at + 1;
    while (end < r->text.n && r->text.p[end] != quote)
        end += r->text.p[end] == '\\' ? 2 : 1;
    if (end >= r->text.n)
        return fail(r, r->at, "the quoted key is not closed: a quote like the first is wanted");
    char *to = nl_arena_alloc(r->arena, end - r->at);
    size_t n = 0;
    for (size_t i = r->at + 1; i < end; i++) {
        if (r->text.p[i] == '\\')
            i++;
        to[n++] = r->text.p[i];
    }
    r->at = end + 1;
    *key = nl_str_n(to, n);
    return true;
}

static bool read_key(reader *r, nl_step *step) {
    if (r->at >= r->text.n)
        return fail(r, r->at, "a key is wanted at the end of the path");
    char c = r->text.p[r->at];
    if (c == '"' || c == '\'')
        return read_quoted(r, &step->key);
    size_t start = r->at;
    while (r->at < r->text.n && is_bare(r->text.p[r->at]))
        r->at++;
    if (r->at > start) {
        step->key = nl_str_sub(r->text, start, r->at);
        return true;
    }
    if (c == '*') {
        step->kind = NL_STEP_VALUES;
        r->at++;
        return true;
    }
    if (c == '[')
        return fail(r, r->at, "a path begins with a key, as in `tags[]`");
    return fail(r, r->at, c == '.' ? "a key is wanted before the dot" : "a key is wanted here");
}

static bool read_items(reader *r, nl_step *step) {
    step->kind = NL_STEP_ITEMS;
    size_t at = r->at;
    if (at + 1 < r->text.n && r->text.p[at + 1] == ']') {
        r->at += 2;
        return true;
    }
    if (at + 1 < r->text.n && nl_is_digit((unsigned char)r->text.p[at + 1]))
        return fail(r, at, "each item of a list is meant by `[]`, single ones have no path");
    return fail(r, at, "`[]` is wanted for each item of a list; quote a key that holds a bracket");
}

static bool read_step(reader *r, bool first, nl_step *step) {
    if (!first && r->text.p[r->at] == '[')
        return read_items(r, step);
    if (!first) {
        char c = r->text.p[r->at];
        if (c == ' ' || c == '\t')
            return fail(r, r->at, "a path holds no blanks; quote a key that does");
        if (c == '*')
            return fail(r, r->at, "`.*` is wanted for each value of a map");
        if (c != '.')
            return fail(r, r->at, "a dot or `[]` is wanted between the parts of a path");
        r->at++;
    }
    return read_key(r, step);
}

bool nl_path_parse(nl_str text, nl_arena *arena, nl_path *out, const char **error, size_t *at) {
    reader r = {.text = text, .arena = arena};
    size_t most = 1;
    for (size_t i = 0; i < text.n; i++)
        most += text.p[i] == '.' || text.p[i] == '[';
    if (most > NL_STEPS_MAX)
        most = NL_STEPS_MAX;
    *out = (nl_path){.steps = NL_NEW_ARRAY(arena, nl_step, most)};
    while (r.at < text.n && !r.error) {
        nl_step step = {0};
        if (out->count == NL_STEPS_MAX)
            fail(&r, r.at, "a path has at most 1000 parts");
        else if (read_step(&r, out->count == 0, &step))
            out->steps[out->count++] = step;
        out->many |= step.kind != NL_STEP_KEY;
    }
    if (r.error) {
        *error = r.error;
        *at = r.error_at;
        return false;
    }
    out->text = nl_path_spell(out->steps, out->count, arena);
    return true;
}

/* ---- Table */

static size_t node_add(nl_path_table *t, size_t above, const nl_step *step) {
    t->tree = nl_grow(t->tree, &t->tree_cap, t->tree_count + 1, sizeof *t->tree);
    size_t number = t->tree_count++;
    t->tree[number] = (nl_path_node){.above = above};
    if (!step)
        return number;
    nl_path_node *parent = &t->tree[above], *node = &t->tree[number];
    node->step = *step;
    node->step.bare = is_bare_key(step->key);
    node->many = parent->many || step->kind != NL_STEP_KEY;
    *(parent->first ? &t->tree[parent->last].next : &parent->first) = number;
    parent->last = number;
    if (step->kind == NL_STEP_KEY)
        nl_map_add(&parent->keys, step->key, number);
    return number;
}

/* The node below, or 0. */
static size_t node_find(const nl_path_table *t, size_t above, const nl_step *step) {
    if (step->kind == NL_STEP_KEY) {
        size_t number = nl_map_find(&t->tree[above].keys, step->key);
        return number == SIZE_MAX ? 0 : number;
    }
    size_t number = t->tree[above].first;
    while (number && t->tree[number].step.kind != step->kind)
        number = t->tree[number].next;
    return number;
}

static size_t node_of(nl_path_table *t, const nl_path *path) {
    size_t number = t->tree_count ? 0 : node_add(t, 0, NULL);
    for (size_t i = 0; i < path->count; i++) {
        size_t below = node_find(t, number, &path->steps[i]);
        number = below ? below : node_add(t, number, &path->steps[i]);
    }
    return number;
}

size_t nl_path_table_add(nl_path_table *table, const nl_path *path) {
    size_t number = nl_map_find(&table->numbers, path->text);
    if (number != SIZE_MAX)
        return number;
    table->items = nl_grow(table->items, &table->cap, table->count + 1, sizeof *table->items);
    table->nodes = nl_grow(table->nodes, &table->nodes_cap, table->count + 1, sizeof(size_t));
    table->items[table->count] = *path;
    table->nodes[table->count] = node_of(table, path);
    nl_map_add(&table->numbers, path->text, table->count);
    return table->count++;
}

void nl_path_table_free(nl_path_table *table) {
    for (size_t i = 0; i < table->tree_count; i++)
        nl_map_free(&table->tree[i].keys);
    free(table->tree);
    free(table->nodes);
    free(table->items);
    nl_map_free(&table->numbers);
    *table = (nl_path_table){0};
}

/* ---- Following */

static bool is_kind(const nl_value *v, nl_kind kind) {
    return v && v->kind == kind;
}

/* How many targets a step makes of one. */
static size_t fan(const nl_target *from, const nl_step *step, bool among_many) {
    switch (step->kind) {
    case NL_STEP_ITEMS:
        return is_kind(from->value, NL_LIST) ? from->value->count : 0;
    case NL_STEP_VALUES:
        return is_kind(from->value, NL_MAP) ? from->value->count : 0;
    case NL_STEP_KEY:
        break;
    }
    return !among_many || !from->value || from->value->kind == NL_MAP;
}

static nl_target follow(const nl_target *from, const nl_step *step, size_t i) {
    nl_target t = {.above = from, .step = step, .index = i};
    const nl_value *v = from->value;
    switch (step->kind) {
    case NL_STEP_ITEMS:
        t.parent = v;
        t.value = v->items[i];
        break;
    case NL_STEP_VALUES:
        t.parent = v;
        t.entry = &v->entries[i];
        t.value = t.entry->value;
        break;
    case NL_STEP_KEY:
        if (is_kind(v, NL_MAP)) {
            t.parent = v;
            t.entry = nl_value_find(v, step->key);
            t.value = t.entry ? t.entry->value : NULL;
        }
        break;
    }
    return t;
}

static nl_targets follow_all(const nl_targets *from, const nl_step *step, bool among_many,
                             size_t most, nl_arena *arena) {
    nl_targets to = {.cut = from->cut};
    size_t total = 0;
    for (size_t i = 0; i < from->count && total <= most; i++)
        total += fan(&from->items[i], step, among_many);
    if (total > most) {
        total = most;
        to.cut = true;
    }
    to.items = nl_arena_alloc(arena, total * sizeof *to.items);
    for (size_t i = 0; i < from->count && to.count < total; i++) {
        size_t n = fan(&from->items[i], step, among_many);
        for (size_t j = 0; j < n && to.count < total; j++) {
            to.items[to.count] = follow(&from->items[i], step, j);
            to.kinds |= nl_target_kind(&to.items[to.count++]);
        }
    }
    return to;
}

/* The only target of a path of keys, with room for it. */
typedef struct single {
    nl_targets targets;
    nl_target target;
} single;

static nl_target *single_add(single *room, const nl_targets **known, nl_kind kind) {
    room->targets = (nl_targets){.items = &room->target, .count = 1, .kinds = 1u << kind};
    *known = &room->targets;
    return &room->target;
}

/* The node below with the key, or 0. `next` is the one behind that of the key before: keys mostly
 * come in the order in which rules name them. */
static size_t node_of_key(const nl_path_table *table, size_t above, nl_str key, size_t next) {
    const nl_step *step = &table->tree[next].step;
    if (next && step->kind == NL_STEP_KEY && nl_str_eq(step->key, key))
        return next;
    size_t number = nl_map_find(&table->tree[above].keys, key);
    return number == SIZE_MAX ? 0 : number;
}

/* All keys that paths name in one map, by one look at each of its entries. Of two entries with the
 * same key the first counts. */
static void follow_keys(const nl_path_table *table, size_t above, const nl_target *from,
                        const nl_targets **known, nl_arena *arena) {
    const nl_path_node *tree = table->tree;
    const nl_value *map = is_kind(from->value, NL_MAP) ? from->value : NULL;
    single *rooms = nl_arena_alloc(arena, tree[above].keys.count * sizeof *rooms);
    size_t next = tree[above].first;
    for (size_t i = 0; map && i < map->count; i++) {
        size_t below = node_of_key(table, above, map->entries[i].key->text, next);
        next = below ? tree[below].next : next;
        if (!below || known[below])
            continue;
        const nl_entry *entry = &map->entries[i];
        *single_add(rooms++, &known[below], entry->value->kind) =
            (nl_target){.value = entry->value,
                        .parent = map,
                        .entry = entry,
                        .above = from,
                        .step = &tree[below].step};
    }
    for (size_t below = tree[above].first; below; below = tree[below].next)
        if (tree[below].step.kind == NL_STEP_KEY && !known[below])
            *single_add(rooms++, &known[below], NL_NULL) =
                (nl_target){.parent = map, .above = from, .step = &tree[below].step};
}

static void follow_node(const nl_path_table *table, size_t node, const nl_value *root,
                        const nl_targets **known, size_t most, nl_arena *arena) {
    const nl_path_node *n = &table->tree[node];
    if (node == 0) {
        single *room = nl_arena_alloc(arena, sizeof *room);
        *single_add(room, &known[0], root ? root->kind : NL_NULL) = (nl_target){.value = root};
    } else if (n->many || n->step.kind != NL_STEP_KEY) {
        nl_targets *targets = NL_NEW(arena, nl_targets);
        *targets = follow_all(known[n->above], &n->step, table->tree[n->above].many, most, arena);
        known[node] = targets;
    } else {
        follow_keys(table, n->above, &known[n->above]->items[0], known, arena);
    }
}

const nl_targets *nl_path_follow(const nl_path_table *table, size_t node, const nl_value *root,
                                 const nl_targets **known, size_t most, nl_arena *arena) {
    size_t way[NL_STEPS_MAX + 1], depth = 0;
    for (size_t at = node; !known[at]; at = table->tree[at].above) {
        way[depth++] = at;
        if (at == 0)
            break;
    }
    while (depth > 0)
        follow_node(table, way[--depth], root, known, most, arena);
    return known[node];
}

void nl_target_name(const nl_target *t, nl_buf *out) {
    const nl_target *way[NL_STEPS_MAX];
    size_t depth = 0;
    for (; t && t->step && depth < NL_STEPS_MAX; t = t->above)
        way[depth++] = t;
    size_t start = out->n;
    while (depth > 0) {
        t = way[--depth];
        if (t->step->kind == NL_STEP_ITEMS) {
            nl_buf_printf(out, "[%zu]", t->index);
            continue;
        }
        if (out->n > start)
            nl_buf_putc(out, '.');
        nl_path_key_add(t->step->kind == NL_STEP_VALUES ? t->entry->key->text : t->step->key, out);
    }
}

nl_str nl_target_named(const nl_target *t, nl_arena *arena) {
    bool top = !t->above || !t->above->step;
    if (top && t->step && t->step->kind == NL_STEP_KEY &&
        (t->step->bare || is_bare_key(t->step->key)))
        return t->step->key;
    nl_buf b = {0};
    nl_target_name(t, &b);
    nl_str name = nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    return name;
}
