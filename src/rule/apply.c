/*
 * Merging one rule file into the set. The file's tree is read strictly: what it says becomes
 * fields, layers, wildcards and overrides of the set, what cannot be understood becomes an error.
 */
#include "base/utf8.h"
#include "rule/load.h"
#include "rule/say.h"

#include <string.h>

/* Rank of a place within its file; overrides come behind all else, in order. */
enum { RANK_WILDCARD = 1, RANK_RULE = 2, RANK_TREE = 3, RANK_OVERRIDE = 4 };

const char *const nl_common_options[] = {"check",   "assert",   "fields", "level",
                                         "message", "help",     "url",    "files",
                                         "summary", "examples", "when",   NULL};

static const char *const top_keys[] = {"newslint",  "name",   "extends", "include",
                                       "exclude",   "fields", "rules",   "unknown-fields",
                                       "overrides", NULL};

typedef struct context {
    nl_ruleset *set;
    nl_rule_file *file;
    nl_arena *arena;
} context;

static uint64_t rank_of(const context *c, size_t place) {
    return (uint64_t)c->file->order << 32 | place;
}

#define FAIL(c, span, ...) nl_rule_file_error((c)->set, (c)->file, (span), __VA_ARGS__)

/* Room for `want` items; the old room stays in the arena, so the whole costs at most twice the
 * items. */
static void *grow(nl_ruleset *r, void *items, size_t *cap, size_t want, size_t item) {
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
static const char *suggest(context *c, nl_str word, const char *const *names) {
    nl_str list[32];
    size_t n = 0;
    while (names[n] && n < 32) {
        list[n] = nl_str_c(names[n]);
        n++;
    }
    return nl_suggest(word, list, n, c->arena);
}

static bool in_list(nl_str word, const char *const *names) {
    for (; *names; names++)
        if (nl_str_is(word, *names))
            return true;
    return false;
}

static void layers_add(nl_ruleset *r, nl_layers *list, nl_layer *layer) {
    list->items = grow(r, list->items, &list->cap, list->count + 1, sizeof *list->items);
    list->items[list->count++] = layer;
}

static nl_layer *layer_new(context *c, size_t place, nl_span span, size_t options) {
    nl_layer *layer = NL_NEW(c->arena, nl_layer);
    layer->rank = rank_of(c, place);
    layer->file = c->file;
    layer->span = span;
    layer->glob_set = NL_NO_GLOBS;
    layer->options = NL_NEW_ARRAY(c->arena, nl_option, options ? options : 1);
    return layer;
}

static void layer_put(context *c, nl_layer *layer, const char *name, const nl_value *value) {
    layer->options[layer->count++] = (nl_option){nl_str_c(name), value, c->file};
}

/* ---- Options -------------------------------------------------------------------------------- */

/* "did you mean `x`?", or where nothing is near "; known are `a`, `b`". */
static const char *suggest_or_list(context *c, nl_str word, const nl_str *names, size_t n) {
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

static void unknown_option(context *c, const nl_value *key, const nl_check *check) {
    nl_str names[64];
    size_t n = 0;
    for (const nl_param *row = check->params; row && row->name && n < 48; row++)
        names[n++] = nl_str_c(row->name);
    for (const char *const *common = nl_common_options; *common && n < 64; common++)
        names[n++] = nl_str_c(*common);
    FAIL(c, key->span, "check `%s` has no option `%.*s`%s", check->name, NL_ARG(key->text),
         suggest_or_list(c, key->text, names, n));
}

/* A map of options. check may be NULL: then only the common ones are known. */
static void take_options(context *c, nl_layer *layer, const nl_value *map, const nl_check *check) {
    for (size_t i = 0; i < map->count; i++) {
        nl_str name = map->entries[i].key->text;
        const nl_param *row = check ? nl_param_find(check->params, name) : NULL;
        if (row)
            layer_put(c, layer, row->name, map->entries[i].value);
        else if (in_list(name, nl_common_options))
            layer->options[layer->count++] = (nl_option){name, map->entries[i].value, c->file};
        else if (check) {
            unknown_option(c, map->entries[i].key, check);
            layer->muddled = true;
        }
    }
}

static bool is_bool(const nl_value *v, bool what) {
    return v->kind == NL_BOOL && v->boolean == what;
}

static const nl_value *made_text(context *c, const nl_value *at, const char *text) {
    nl_value *v = NL_NEW(c->arena, nl_value);
    v->kind = NL_STRING;
    v->text = nl_str_c(text);
    v->span = at->span;
    v->key_span = at->key_span;
    return v;
}

/* These belong to a rule under `rules`; `fields` is told of when the rule is compiled. */
static void refuse_in_tree(context *c, const nl_check *check, const nl_value *map) {
    static const char *const names[] = {"check", "assert", "examples", NULL};
    for (size_t i = 0; i < map->count; i++) {
        const nl_value *key = map->entries[i].key;
        if (in_list(key->text, names) && !nl_param_find(check->params, key->text))
            FAIL(c, key->span, "`%.*s` has no place in the tree: write it under `rules`",
                 NL_ARG(key->text));
    }
}

/* What stands under a check's name in the tree: options, its principal one, or true or false. */
static nl_layer *tree_layer(context *c, const nl_check *check, const nl_value *v) {
    nl_layer *layer = layer_new(c, RANK_TREE, v->key_span, v->kind == NL_MAP ? v->count : 1);
    const nl_param *principal =
        check->principal ? nl_param_find(check->params, nl_str_c(check->principal)) : NULL;
    nl_level level;
    if (v->kind == NL_NULL)
        layer->removed = true;
    else if (v->kind == NL_MAP) {
        refuse_in_tree(c, check, v);
        take_options(c, layer, v, check);
    } else if (is_bool(v, false) && !(principal && principal->type == NL_PARAM_BOOL))
        layer_put(c, layer, "level", made_text(c, v, "off"));
    else if (is_bool(v, true) && !(principal && principal->type == NL_PARAM_BOOL))
        return layer;
    else if (principal)
        layer_put(c, layer, check->principal, v);
    else if (v->kind == NL_STRING && nl_level_parse(v->text, &level))
        layer_put(c, layer, "level", v);
    else {
        FAIL(c, v->span, "`%s` wants true, false, a level, or a map of options, not %s",
             check->name, nl_load_found(c->arena, v));
        layer->muddled = true;
    }
    return layer;
}

/* ---- The tree of fields --------------------------------------------------------------------- */

static const nl_check *check_find(const nl_ruleset *r, nl_str name) {
    for (const nl_check *const *row = r->options.checks; *row; row++)
        if (nl_str_is(name, (*row)->name))
            return *row;
    return NULL;
}

static nl_path path_below(context *c, const nl_path *base, nl_step step) {
    nl_path path = {.many = base->many || step.kind != NL_STEP_KEY, .count = base->count + 1};
    path.steps = NL_NEW_ARRAY(c->arena, nl_step, path.count);
    if (base->count)
        memcpy(path.steps, base->steps, base->count * sizeof *path.steps);
    path.steps[base->count] = step;
    path.text = nl_path_spell(path.steps, path.count, c->arena);
    return path;
}

static nl_field_node *node_new(context *c, const nl_field_node *above, nl_step step,
                               const nl_value *v) {
    nl_field_node *node = NL_NEW(c->arena, nl_field_node);
    node->name = step.key;
    node->path = path_below(c, &above->path, step);
    node->file = c->file;
    node->span = v->key_span;
    return node;
}

static nl_field_node *child_find(const nl_field_node *node, nl_str name, size_t *index) {
    for (size_t i = 0; i < node->field_count; i++)
        if (nl_str_eq(node->fields[i]->name, name)) {
            *index = i;
            return node->fields[i];
        }
    return NULL;
}

static nl_rule_def *def_find(const nl_ruleset *r, nl_str id) {
    for (size_t i = 0; i < r->def_count; i++)
        if (nl_str_eq(r->defs[i]->id, id))
            return r->defs[i];
    return NULL;
}

static nl_str id_of(context *c, nl_str set, nl_str name) {
    nl_buf b = {0};
    nl_buf_str_add(&b, set);
    nl_buf_putc(&b, '/');
    nl_buf_str_add(&b, name);
    nl_str id = {nl_arena_copy(c->arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return id;
}

static nl_rule_def *def_get(context *c, nl_str id, nl_span span) {
    nl_ruleset *r = c->set;
    nl_rule_def *def = def_find(r, id);
    if (def)
        return def;
    def = NL_NEW(c->arena, nl_rule_def);
    def->id = id;
    def->file = c->file;
    def->span = span;
    r->defs = grow(r, r->defs, &r->def_cap, r->def_count + 1, sizeof *r->defs);
    r->defs[r->def_count++] = def;
    return def;
}

static void apply_field_check(context *c, nl_field_node *node, const nl_check *check,
                              const nl_value *v) {
    nl_field_check *found = NULL;
    for (size_t i = 0; i < node->check_count; i++)
        if (node->checks[i].check == check)
            found = &node->checks[i];
    if (!found) {
        node->checks = grow(c->set, node->checks, &node->check_cap, node->check_count + 1,
                            sizeof *node->checks);
        found = &node->checks[node->check_count++];
        *found = (nl_field_check){.check = check, .set = c->file->name};
        nl_rule_def *def = def_get(c, id_of(c, found->set, nl_str_c(check->name)), v->key_span);
        if (def->check && !def->in_tree)
            FAIL(c, v->key_span,
                 "`%.*s` is the id of a rule under `rules` already: name that one differently",
                 NL_ARG(def->id));
        def->check = check;
        def->in_tree = true;
    }
    layers_add(c->set, &found->layers, tree_layer(c, check, v));
}

static bool stands_at_fields(const nl_check *check) {
    return check->field || check->kind == NL_CHECK_FIELD;
}

static void unknown_check(context *c, const nl_value *key) {
    nl_str names[80];
    size_t n = 0;
    if (check_find(c->set, key->text)) {
        FAIL(c, key->span,
             "check `%.*s` is not about a field: write it under `rules`, as `{check: %.*s}`",
             NL_ARG(key->text), NL_ARG(key->text));
        return;
    }
    for (const nl_check *const *row = c->set->options.checks; *row && n < 72; row++)
        if (stands_at_fields(*row))
            names[n++] = nl_str_c((*row)->name);
    names[n++] = NL_S("fields");
    names[n++] = NL_S("each");
    names[n++] = NL_S("values");
    FAIL(c, key->span, "a field has no check `%.*s`%s", NL_ARG(key->text),
         suggest_or_list(c, key->text, names, n));
}

/* The rule that `unknown-fields` stands for belongs to the set that first asked for it. */
static void unknown_def(context *c, nl_span span) {
    if (c->set->unknown_set.p)
        return;
    c->set->unknown_set = c->file->name;
    nl_rule_def *def = def_get(c, id_of(c, c->file->name, NL_S("unknown-field")), span);
    def->check = check_find(c->set, NL_S("unknown-field"));
    def->in_tree = true;
}

static const nl_option *level_option(context *c, const nl_value *v) {
    nl_level level;
    if (v->kind != NL_STRING || !nl_level_parse(v->text, &level)) {
        FAIL(c, v->span, "`unknown-fields` wants a level: error, warning, info or off");
        return NULL;
    }
    unknown_def(c, v->key_span);
    nl_option *option = NL_NEW(c->arena, nl_option);
    *option = (nl_option){NL_S("level"), v, c->file};
    return option;
}

enum { TREE_DEPTH = 100 };

static void apply_node(context *c, nl_field_node *node, const nl_value *v, size_t depth);

static void apply_fields(context *c, nl_field_node *node, const nl_value *v, size_t depth) {
    if (v->kind != NL_MAP) {
        FAIL(c, v->span, "`fields` wants a map of field names, not %s", nl_say_kind(v->kind));
        return;
    }
    node->closed = true;
    for (size_t i = 0; i < v->count; i++) {
        const nl_entry *e = &v->entries[i];
        size_t index = 0;
        nl_field_node *child = child_find(node, e->key->text, &index);
        if (e->value->kind ==
            NL_NULL) { /* `name:` names a field without a check; on an inherited one it removes */
            if (child) {
                memmove(node->fields + index, node->fields + index + 1,
                        (--node->field_count - index) * sizeof *node->fields);
                continue;
            }
        }
        if (!child) {
            child = node_new(c, node, (nl_step){NL_STEP_KEY, e->key->text}, e->value);
            node->fields = grow(c->set, node->fields, &node->field_cap, node->field_count + 1,
                                sizeof *node->fields);
            node->fields[node->field_count++] = child;
        }
        if (e->value->kind != NL_NULL)
            apply_node(c, child, e->value, depth + 1);
    }
}

static void apply_inner(context *c, nl_field_node *above, nl_field_node **inner, nl_step_kind kind,
                        const nl_value *v, size_t depth) {
    if (v->kind == NL_NULL) {
        *inner = NULL;
        return;
    }
    if (!*inner)
        *inner = node_new(c, above, (nl_step){.kind = kind}, v);
    apply_node(c, *inner, v, depth + 1);
}

static void apply_node(context *c, nl_field_node *node, const nl_value *v, size_t depth) {
    if (depth > TREE_DEPTH) {
        FAIL(c, v->span, "the tree of fields is deeper than %d", TREE_DEPTH);
        return;
    }
    if (v->kind != NL_MAP) {
        FAIL(c, v->span, "field `%.*s` wants a map of checks such as {required: true}, not %s",
             NL_ARG(node->name), nl_say_kind(v->kind));
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        const nl_value *key = v->entries[i].key, *value = v->entries[i].value;
        const nl_check *check = check_find(c->set, key->text);
        if (nl_str_is(key->text, "fields"))
            apply_fields(c, node, value, depth);
        else if (nl_str_is(key->text, "each"))
            apply_inner(c, node, &node->each, NL_STEP_ITEMS, value, depth);
        else if (nl_str_is(key->text, "values"))
            apply_inner(c, node, &node->values, NL_STEP_VALUES, value, depth);
        else if (nl_str_is(key->text, "unknown-fields"))
            node->unknown = level_option(c, value);
        else if (check && stands_at_fields(check))
            apply_field_check(c, node, check, value);
        else
            unknown_check(c, key);
    }
}

/* ---- Rules ---------------------------------------------------------------------------------- */

static const nl_value *map_get(const nl_value *map, const char *name) {
    const nl_entry *e = nl_value_find(map, nl_str_c(name));
    return e ? e->value : NULL;
}

/* The check that a rule's map names by `check`, or by `assert`; NULL with *named false if by none.
 */
static const nl_check *named_check(context *c, const nl_value *map, bool *named) {
    const nl_value *name = map_get(map, "check");
    const nl_value *assertion = map_get(map, "assert");
    *named = name || assertion;
    if (name && assertion)
        FAIL(c, assertion->key_span, "a rule has `check` or `assert`, not both");
    if (!name)
        return assertion ? check_find(c->set, NL_S("assert")) : NULL;
    const nl_check *check = check_find(c->set, name->text);
    if (!check) {
        nl_str names[80];
        size_t n = 0;
        for (const nl_check *const *row = c->set->options.checks; *row && n < 80; row++)
            names[n++] = nl_str_c((*row)->name);
        FAIL(c, name->span, "there is no check `%.*s`%s", NL_ARG(name->text),
             nl_suggest(name->text, names, n, c->arena));
    }
    return check;
}

static void unknown_rule(context *c, const nl_value *key, nl_str id) {
    nl_str *ids = NL_NEW_ARRAY(c->arena, nl_str, c->set->def_count * 2 + 1);
    size_t n = 0;
    nl_str last = nl_str_sub(id, nl_str_find(id, '/') + 1, id.n);
    for (size_t i = 0; i < c->set->def_count; i++) {
        nl_str known = c->set->defs[i]->id;
        ids[n++] = known;
        if (nl_str_ends(known, last) && known.n > last.n && known.p[known.n - last.n - 1] == '/') {
            FAIL(c, key->span, "there is no rule `%.*s`: did you mean `%.*s`?", NL_ARG(key->text),
                 NL_ARG(known));
            return;
        }
    }
    if (c->set->incomplete && !nl_str_starts(id, id_of(c, c->file->name, NL_S(""))))
        return; /* it may be a rule of the file that could not be read */
    const char *hint = nl_suggest(id, ids, n, c->arena);
    FAIL(c, key->span, "there is no rule `%.*s` to change%s%s", NL_ARG(key->text), hint,
         *hint ? ""
               : ": a rule of your own wants `check` or `assert`; an inherited one its set in "
                 "`extends`");
}

static nl_layer *rule_layer(context *c, const nl_value *key, const nl_value *v,
                            const nl_check *check, size_t place) {
    nl_level level;
    nl_layer *layer = layer_new(c, place, key->span, v->kind == NL_MAP ? v->count + 1 : 1);
    if (v->kind == NL_NULL) {
        layer->removed = true;
    } else if (v->kind == NL_STRING && nl_level_parse(v->text, &level)) {
        layer_put(c, layer, "level", v);
    } else if (is_bool(v, false)) {
        layer_put(c, layer, "level", made_text(c, v, "off"));
    } else if (v->kind == NL_MAP) {
        const nl_value *assertion = map_get(v, "assert");
        if (assertion)
            layer_put(c, layer, "that", assertion);
        take_options(c, layer, v, check);
    } else {
        FAIL(c, v->span,
             "rule `%.*s` wants a level (error, warning, info, off) or a map of options",
             NL_ARG(key->text));
    }
    return layer;
}

static void apply_examples(context *c, const nl_rule_def *def, const nl_value *v);

static bool is_wildcard(nl_str name) {
    return nl_str_is(name, "*") || nl_str_ends(name, NL_S("/*"));
}

static void apply_wildcard(context *c, const nl_value *key, const nl_value *v, size_t place,
                           size_t globs) {
    nl_str set = nl_str_is(key->text, "*") ? NL_S("") : nl_str_sub(key->text, 0, key->text.n - 2);
    bool known = set.n == 0;
    for (size_t i = 0; i < c->set->def_count && !known; i++) {
        nl_str id = c->set->defs[i]->id;
        known = nl_str_starts(id, set) && id.n > set.n && id.p[set.n] == '/';
    }
    if (!known) {
        FAIL(c, key->span, "no rule of a set `%.*s` is in force: name the set in `extends`",
             NL_ARG(set));
        return;
    }
    nl_layer *layer = rule_layer(c, key, v, NULL, place);
    for (size_t i = 0; i < layer->count; i++)
        if (!nl_str_is(layer->options[i].name, "level") &&
            !nl_str_is(layer->options[i].name, "when") &&
            !nl_str_is(layer->options[i].name, "files"))
            FAIL(c, layer->options[i].value->key_span,
                 "`%.*s` can be set for one rule only, not for `%.*s`",
                 NL_ARG(layer->options[i].name), NL_ARG(key->text));
    layer->glob_set = globs;
    nl_ruleset *r = c->set;
    r->wildcards =
        grow(r, r->wildcards, &r->wildcard_cap, r->wildcard_count + 1, sizeof *r->wildcards);
    r->wildcards[r->wildcard_count++] = (nl_wildcard){set, layer};
}

static void check_own(context *c, const nl_layer *layer) {
    for (size_t i = 0; i < layer->count; i++)
        if (!nl_str_is(layer->options[i].name, "level"))
            FAIL(c, layer->options[i].value->key_span,
                 "of newslint's own rules only the level can be set");
}

static void apply_rule(context *c, const nl_value *key, const nl_value *v, size_t place,
                       size_t globs) {
    nl_str id =
        nl_str_find(key->text, '/') < key->text.n ? key->text : id_of(c, c->file->name, key->text);
    bool named = false;
    const nl_check *check = v->kind == NL_MAP ? named_check(c, v, &named) : NULL;
    nl_rule_def *def = def_find(c->set, id);
    if (named && !check)
        return;
    if (named && !def && nl_str_find(key->text, '/') < key->text.n &&
        !nl_str_starts(id, id_of(c, c->file->name, NL_S("")))) {
        FAIL(c, key->span, "a rule of this file is called `%.*s/…`: write the id without its set",
             NL_ARG(c->file->name));
        return;
    }
    if (!def && (!named || globs != NL_NO_GLOBS)) {
        unknown_rule(c, key, id);
        return;
    }
    if (!def) {
        def = def_get(c, id, key->span);
        def->check = check;
    } else if (named && def->own) {
        FAIL(c, key->span, "`%.*s` is one of newslint's own rules: give this rule another id",
             NL_ARG(id));
        return;
    } else if (named && def->check != check) {
        FAIL(c, key->span, "`%.*s` is there already, with check `%s`: give this rule another id",
             NL_ARG(id), def->check ? def->check->name : "none");
        return;
    }
    nl_layer *layer = rule_layer(c, key, v, def->check, place);
    layer->glob_set = globs;
    if (def->own)
        check_own(c, layer);
    layers_add(c->set, &def->layers, layer);
    if (v->kind == NL_MAP && map_get(v, "examples"))
        apply_examples(c, def, map_get(v, "examples"));
}

static void apply_rules(context *c, const nl_value *v, size_t place, size_t globs) {
    if (v->kind != NL_MAP) {
        FAIL(c, v->span, "`rules` wants a map of rule ids, not %s", nl_say_kind(v->kind));
        return;
    }
    for (int wild = 1; wild >= 0; wild--) /* wildcards speak of what was there before */
        for (size_t i = 0; i < v->count; i++) {
            const nl_entry *e = &v->entries[i];
            if (is_wildcard(e->key->text) != (wild != 0))
                continue;
            if (wild)
                apply_wildcard(c, e->key, e->value, place - 1, globs);
            else
                apply_rule(c, e->key, e->value, place, globs);
        }
}

/* ---- Examples ------------------------------------------------------------------------------- */

/* `{bytes: "caf\xE9"}`: each character is the byte of its number. */
static bool example_bytes(context *c, const nl_value *v, nl_str *out) {
    nl_buf b = {0};
    bool good = v->kind == NL_STRING;
    for (size_t i = 0; good && i < v->text.n;) {
        uint32_t cp;
        i += nl_utf8_read(v->text.p + i, v->text.n - i, &cp);
        good = cp <= 0xFF;
        nl_buf_putc(&b, (char)cp);
    }
    *out = (nl_str){nl_arena_copy(c->arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return good;
}

static bool example_text(context *c, const nl_value *v, nl_str *out, bool *whole) {
    const nl_value *article = v->kind == NL_MAP ? map_get(v, "article") : NULL;
    const nl_value *bytes = v->kind == NL_MAP ? map_get(v, "bytes") : NULL;
    *whole = article || bytes;
    if (bytes && v->count == 1 && example_bytes(c, bytes, out))
        return true;
    if (article && v->count == 1)
        v = article;
    *out = v->text;
    return v->kind != NL_LIST && v->kind != NL_MAP && v->kind != NL_NULL;
}

static bool example_texts(context *c, const nl_value *v, nl_example *out) {
    bool several = v->kind == NL_LIST;
    size_t n = out->texts.count = several ? v->count : 1;
    out->texts.items = NL_NEW_ARRAY(c->arena, nl_str, n ? n : 1);
    out->whole = NL_NEW_ARRAY(c->arena, bool, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        const nl_value *item = several ? v->items[i] : v;
        if (!example_text(c, item, &out->texts.items[i], &out->whole[i])) {
            FAIL(c, item->span,
                 "an example wants a text, {article: text}, {bytes: \"\\xNN...\"}, or a list of "
                 "several that "
                 "are compared");
            return false;
        }
    }
    return true;
}

static void example_list(context *c, const nl_rule_def *def, const nl_value *v, bool good) {
    nl_ruleset *r = c->set;
    size_t n = v->kind == NL_LIST ? v->count : 1;
    for (size_t i = 0; i < n; i++) {
        const nl_value *item = v->kind == NL_LIST ? v->items[i] : v;
        nl_example example = {.rule = def->id,
                              .good = good,
                              .body = def->check && def->check->kind == NL_CHECK_BODY,
                              .file = c->file,
                              .span = item->span};
        if (!example_texts(c, item, &example))
            continue;
        r->examples =
            grow(r, r->examples, &r->example_cap, r->example_count + 1, sizeof *r->examples);
        r->examples[r->example_count++] = example;
    }
}

static void apply_examples(context *c, const nl_rule_def *def, const nl_value *v) {
    static const char *const keys[] = {"good", "bad", NULL};
    if (v->kind != NL_MAP) {
        FAIL(c, v->span, "`examples` wants {good: [...], bad: [...]}");
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        nl_str key = v->entries[i].key->text;
        if (nl_str_is(key, "good") || nl_str_is(key, "bad"))
            example_list(c, def, v->entries[i].value, nl_str_is(key, "good"));
        else
            FAIL(c, v->entries[i].key->span, "`examples` has no `%.*s`%s", NL_ARG(key),
                 suggest(c, key, keys));
    }
}

/* ---- Globs and overrides -------------------------------------------------------------------- */

static size_t apply_globs(context *c, const nl_value *v, const char *name) {
    nl_ruleset *r = c->set;
    nl_glob_set set = {.value = v};
    bool list = v->kind == NL_LIST;
    size_t n = list ? v->count : 1;
    set.globs = NL_NEW_ARRAY(c->arena, nl_glob *, n ? n : 1);
    set.negated = NL_NEW_ARRAY(c->arena, bool, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        const nl_value *item = list ? v->items[i] : v;
        const char *error = "it wants a string";
        bool negated = nl_str_starts(item->text, NL_S("!"));
        nl_str text = nl_str_sub(item->text, negated, item->text.n);
        nl_glob *glob = item->kind == NL_STRING ? nl_glob_new(text, true, c->arena, &error) : NULL;
        set.negated[set.count] = negated;
        if (glob)
            set.globs[set.count++] = glob;
        else
            FAIL(c, item->span, "bad glob in `%s`: %s", name, error);
    }
    r->glob_sets =
        grow(r, r->glob_sets, &r->glob_set_cap, r->glob_set_count + 1, sizeof *r->glob_sets);
    r->glob_sets[r->glob_set_count] = set;
    return r->glob_set_count++;
}

static void apply_override(context *c, const nl_value *v, size_t place) {
    static const char *const keys[] = {"files", "rules", NULL};
    const nl_value *files = v->kind == NL_MAP ? map_get(v, "files") : NULL;
    const nl_value *rules = v->kind == NL_MAP ? map_get(v, "rules") : NULL;
    if (!files || !rules) {
        FAIL(c, v->span, "an override wants `files` and `rules`");
        return;
    }
    for (size_t i = 0; i < v->count; i++)
        if (!in_list(v->entries[i].key->text, keys))
            FAIL(c, v->entries[i].key->span, "an override has no `%.*s`%s",
                 NL_ARG(v->entries[i].key->text), suggest(c, v->entries[i].key->text, keys));
    apply_rules(c, rules, place + 1, apply_globs(c, files, "files"));
}

static void apply_overrides(context *c, const nl_value *v) {
    if (v->kind != NL_LIST) {
        FAIL(c, v->span, "`overrides` wants a list of {files: ..., rules: ...}");
        return;
    }
    for (size_t i = 0; i < v->count; i++)
        apply_override(c, v->items[i], RANK_OVERRIDE + 2 * i);
}

/* `files` of rules: their globs are compiled once, here. */
static void find_rule_globs(context *c, const nl_layer *layer) {
    for (size_t i = 0; i < layer->count; i++)
        if (nl_str_is(layer->options[i].name, "files") && layer->options[i].value->kind != NL_NULL)
            apply_globs(c, layer->options[i].value, "files");
}

static void find_tree_globs(context *c, const nl_field_node *node) {
    for (size_t i = 0; i < node->check_count; i++)
        for (size_t j = 0; j < node->checks[i].layers.count; j++)
            if (node->checks[i].layers.items[j]->file == c->file)
                find_rule_globs(c, node->checks[i].layers.items[j]);
    for (size_t i = 0; i < node->field_count; i++)
        find_tree_globs(c, node->fields[i]);
    if (node->each)
        find_tree_globs(c, node->each);
    if (node->values)
        find_tree_globs(c, node->values);
}

static void find_globs(context *c) {
    find_tree_globs(c, c->set->root);
    for (size_t i = 0; i < c->set->def_count; i++)
        for (size_t j = 0; j < c->set->defs[i]->layers.count; j++)
            if (c->set->defs[i]->layers.items[j]->file == c->file)
                find_rule_globs(c, c->set->defs[i]->layers.items[j]);
    for (size_t i = 0; i < c->set->wildcard_count; i++)
        if (c->set->wildcards[i].layer->file == c->file)
            find_rule_globs(c, c->set->wildcards[i].layer);
}

void nl_ruleset_add_own(nl_ruleset *r, nl_rule_file *file) {
    context c = {r, file, &r->arena};
    for (const nl_own_rule *own = nl_own_rules; own->id; own++)
        def_get(&c, nl_str_c(own->id), nl_span_of(0, 0))->own = true;
}

/* ---- The file ------------------------------------------------------------------------------- */

static void unknown_top(context *c, const nl_value *key) {
    nl_str names[16];
    size_t n = 0;
    while (top_keys[n] && n < 16) {
        names[n] = nl_str_c(top_keys[n]);
        n++;
    }
    FAIL(c, key->span, "a rule file has no `%.*s`%s", NL_ARG(key->text),
         suggest_or_list(c, key->text, names, n));
}

void nl_ruleset_apply(nl_ruleset *r, nl_rule_file *file, const nl_value *root) {
    context c = {r, file, &r->arena};
    const nl_value *v;
    file->order = ++r->applied;
    for (size_t i = 0; i < root->count; i++)
        if (!in_list(root->entries[i].key->text, top_keys))
            unknown_top(&c, root->entries[i].key);
    if ((v = map_get(root, "fields")) && v->kind != NL_NULL)
        apply_fields(&c, r->root, v, 0);
    if ((v = map_get(root, "unknown-fields")))
        r->unknown = level_option(&c, v);
    if ((v = map_get(root, "rules")) && v->kind != NL_NULL)
        apply_rules(&c, v, RANK_RULE, NL_NO_GLOBS);
    if ((v = map_get(root, "overrides")) && v->kind != NL_NULL)
        apply_overrides(&c, v);
    if ((v = map_get(root, "include")))
        r->include = v->kind == NL_NULL ? NL_NO_GLOBS : apply_globs(&c, v, "include");
    if ((v = map_get(root, "exclude")))
        r->exclude = v->kind == NL_NULL ? NL_NO_GLOBS : apply_globs(&c, v, "exclude");
    find_globs(&c);
}
