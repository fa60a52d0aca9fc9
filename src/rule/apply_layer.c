/* Layers, ids and options: what all parts of applying a rule file share. */
#include "rule/apply.h"

#include <string.h>

const char *const nl_common_options[] = {"check",   "assert",   "fields", "level",
                                         "message", "help",     "url",    "files",
                                         "summary", "examples", "when",   NULL};

uint64_t nl_apply_rank(const nl_apply *c, size_t place) {
    return (uint64_t)c->file->order << 32 | place;
}

/* Room for `want` items; the old room stays in the arena, so the whole costs at most twice the
 * items. */
void *nl_apply_grow(nl_ruleset *r, void *items, size_t *cap, size_t want, size_t item) {
    if (want <= *cap)
        return items;
    size_t next = *cap ? *cap * 2 : 4;
    void *more = nl_arena_zalloc(&r->arena, next * item);
    if (*cap)
        memcpy(more, items, *cap * item);
    *cap = next;
    return more;
}

/* "did you mean" among C strings. */
const char *nl_apply_suggest(nl_apply *c, nl_str word, const char *const *names) {
    nl_str list[32];
    size_t n = 0;
    while (n < 32 && names[n]) {
        list[n] = nl_str_c(names[n]);
        n++;
    }
    return nl_suggest(word, list, n, c->arena);
}

bool nl_apply_in(nl_str word, const char *const *names) {
    for (; *names; names++)
        if (nl_str_is(word, *names))
            return true;
    return false;
}

void nl_apply_add_layer(nl_ruleset *r, nl_layers *list, nl_layer *layer) {
    list->items = nl_apply_grow(r, list->items, &list->cap, list->count + 1, sizeof *list->items);
    list->items[list->count++] = layer;
}

nl_layer *nl_apply_layer(nl_apply *c, size_t place, nl_span span, size_t options) {
    nl_layer *layer = NL_NEW(c->arena, nl_layer);
    layer->rank = nl_apply_rank(c, place);
    layer->file = c->file;
    layer->span = span;
    layer->glob_set = NL_NO_GLOBS;
    layer->options = NL_NEW_ARRAY(c->arena, nl_option, options ? options : 1);
    return layer;
}

void nl_apply_put(nl_apply *c, nl_layer *layer, const char *name, const nl_value *value) {
    layer->options[layer->count++] = (nl_option){nl_str_c(name), value, c->file};
}

/* "did you mean `x`?", or where nothing is near "; known are `a`, `b`". */
const char *nl_apply_near(nl_apply *c, nl_str word, const nl_str *names, size_t n) {
    const char *hint = nl_suggest(word, names, n, c->arena);
    if (*hint || n == 0)
        return hint;
    nl_buf b = {0};
    for (size_t i = 0; i < n; i++)
        nl_buf_printf(&b, "%s`%.*s`",
                      i == 0      ? "; known are "
                      : i + 1 < n ? ", "
                                  : " and ",
                      NL_ARG(names[i]));
    hint = nl_arena_copy(c->arena, nl_buf_c(&b), b.n);
    nl_buf_free(&b);
    return hint;
}

static void unknown_option(nl_apply *c, const nl_value *key, const nl_check *check) {
    nl_str names[64];
    size_t n = 0;
    for (const nl_param *row = check->params; row && row->name && n < 48; row++)
        names[n++] = nl_str_c(row->name);
    for (const char *const *common = nl_common_options; *common && n < 64; common++)
        names[n++] = nl_str_c(*common);
    NL_FAIL(c, key->span, "check `%s` has no option `%.*s`%s", check->name, NL_ARG(key->text),
            nl_apply_near(c, key->text, names, n));
}

/* A map of options. check may be NULL: then only the common ones are known. */
void nl_apply_options(nl_apply *c, nl_layer *layer, const nl_value *map, const nl_check *check) {
    for (size_t i = 0; i < map->count; i++) {
        nl_str name = map->entries[i].key->text;
        const nl_param *row = check ? nl_param_find(check->params, name) : NULL;
        if (row)
            nl_apply_put(c, layer, row->name, map->entries[i].value);
        else if (nl_apply_in(name, nl_common_options))
            layer->options[layer->count++] = (nl_option){name, map->entries[i].value, c->file};
        else if (check) {
            unknown_option(c, map->entries[i].key, check);
            layer->muddled = true;
        }
    }
}

bool nl_apply_is_bool(const nl_value *v, bool what) {
    return v->kind == NL_BOOL && v->boolean == what;
}

const nl_value *nl_apply_text(nl_apply *c, const nl_value *at, const char *text) {
    nl_value *v = NL_NEW(c->arena, nl_value);
    v->kind = NL_STRING;
    v->text = nl_str_c(text);
    v->span = at->span;
    v->key_span = at->key_span;
    return v;
}

const nl_check *nl_apply_check(const nl_ruleset *r, nl_str name) {
    for (const nl_check *const *row = r->options.checks; *row; row++)
        if (nl_str_is(name, (*row)->name))
            return *row;
    return NULL;
}

nl_rule_def *nl_apply_def_find(const nl_ruleset *r, nl_str id) {
    for (size_t i = 0; i < r->def_count; i++)
        if (nl_str_eq(r->defs[i]->id, id))
            return r->defs[i];
    return NULL;
}

nl_str nl_apply_id(nl_apply *c, nl_str set, nl_str name) {
    nl_buf b = {0};
    nl_buf_str_add(&b, set);
    nl_buf_putc(&b, '/');
    nl_buf_str_add(&b, name);
    nl_str id = {nl_arena_copy(c->arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return id;
}

nl_rule_def *nl_apply_def(nl_apply *c, nl_str id, nl_span span) {
    nl_ruleset *r = c->set;
    nl_rule_def *def = nl_apply_def_find(r, id);
    if (def)
        return def;
    def = NL_NEW(c->arena, nl_rule_def);
    def->id = id;
    def->file = c->file;
    def->span = span;
    r->defs = nl_apply_grow(r, r->defs, &r->def_cap, r->def_count + 1, sizeof *r->defs);
    r->defs[r->def_count++] = def;
    return def;
}

const nl_value *nl_apply_get(const nl_value *map, const char *name) {
    const nl_entry *e = nl_value_find(map, nl_str_c(name));
    return e ? e->value : NULL;
}
