/* The tree of fields: `fields`, `each`, `values`, and the checks that stand at a field. */
#include "rule/apply.h"

#include <string.h>

/* These belong to a rule under `rules`; `fields` is told of when the rule is compiled. */
static void refuse_in_tree(nl_apply *c, const nl_check *check, const nl_value *map) {
    static const char *const names[] = {"check", "assert", "examples", NULL};
    for (size_t i = 0; i < map->count; i++) {
        const nl_value *key = map->entries[i].key;
        if (nl_apply_in(key->text, names) && !nl_param_find(check->params, key->text))
            NL_FAIL(c, key->span, "`%.*s` has no place in the tree: write it under `rules`",
                    NL_ARG(key->text));
    }
}

/* What stands under a check's name in the tree: options, its principal one, or true or false. */
static nl_layer *tree_layer(nl_apply *c, const nl_check *check, const nl_value *v) {
    nl_layer *layer =
        nl_apply_layer(c, NL_RANK_TREE, v->key_span, v->kind == NL_MAP ? v->count : 1);
    const nl_param *principal =
        check->principal ? nl_param_find(check->params, nl_str_c(check->principal)) : NULL;
    nl_level level;
    if (v->kind == NL_NULL)
        layer->removed = true;
    else if (v->kind == NL_MAP) {
        refuse_in_tree(c, check, v);
        nl_apply_options(c, layer, v, check);
    } else if (nl_apply_is_bool(v, false) && !(principal && principal->type == NL_PARAM_BOOL))
        nl_apply_put(c, layer, "level", nl_apply_text(c, v, "off"));
    else if (nl_apply_is_bool(v, true) && !(principal && principal->type == NL_PARAM_BOOL))
        return layer;
    else if (principal)
        nl_apply_put(c, layer, check->principal, v);
    else if (v->kind == NL_STRING && nl_level_parse(v->text, &level))
        nl_apply_put(c, layer, "level", v);
    else {
        NL_FAIL(c, v->span, "`%s` wants true, false, a level, or a map of options, not %s",
                check->name, nl_load_found(c->arena, v));
        layer->muddled = true;
    }
    return layer;
}

static nl_field_node *node_new(nl_apply *c, const nl_field_node *above, nl_step step,
                               const nl_value *v) {
    nl_field_node *node = NL_NEW(c->arena, nl_field_node);
    node->name = step.key;
    node->path = nl_path_below(&above->path, step, c->arena);
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

static void apply_field_check(nl_apply *c, nl_field_node *node, const nl_check *check,
                              const nl_value *v) {
    nl_field_check *found = NULL;
    for (size_t i = 0; i < node->check_count; i++)
        if (node->checks[i].check == check)
            found = &node->checks[i];
    if (!found) {
        node->checks = nl_apply_grow(c->set, node->checks, &node->check_cap, node->check_count + 1,
                                     sizeof *node->checks);
        found = &node->checks[node->check_count++];
        *found = (nl_field_check){.check = check, .set = c->file->name};
        nl_rule_def *def =
            nl_apply_def(c, nl_apply_id(c, found->set, nl_str_c(check->name)), v->key_span);
        if (def->check && !def->in_tree)
            NL_FAIL(c, v->key_span,
                    "`%.*s` is the id of a rule under `rules` already: name that one differently",
                    NL_ARG(def->id));
        def->check = check;
        def->in_tree = true;
    }
    nl_apply_add_layer(c->set, &found->layers, tree_layer(c, check, v));
}

static bool stands_at_fields(const nl_check *check) {
    return check->field || check->kind == NL_CHECK_FIELD;
}

static void unknown_check(nl_apply *c, const nl_value *key) {
    nl_str names[80];
    size_t n = 0;
    if (nl_apply_check(c->set, key->text)) {
        NL_FAIL(c, key->span,
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
    NL_FAIL(c, key->span, "a field has no check `%.*s`%s", NL_ARG(key->text),
            nl_apply_near(c, key->text, names, n));
}

/* The rule that `unknown-fields` stands for belongs to the set that first asked for it. */
static void unknown_def(nl_apply *c, nl_span span) {
    if (c->set->unknown_set.p)
        return;
    c->set->unknown_set = c->file->name;
    nl_rule_def *def = nl_apply_def(c, nl_apply_id(c, c->file->name, NL_S("unknown-field")), span);
    def->check = nl_apply_check(c->set, NL_S("unknown-field"));
    def->in_tree = true;
}

const nl_option *nl_apply_level(nl_apply *c, const nl_value *v) {
    nl_level level;
    if (v->kind != NL_STRING || !nl_level_parse(v->text, &level)) {
        NL_FAIL(c, v->span, "`unknown-fields` wants a level: error, warning, info or off");
        return NULL;
    }
    unknown_def(c, v->key_span);
    nl_option *option = NL_NEW(c->arena, nl_option);
    *option = (nl_option){NL_S("level"), v, c->file};
    return option;
}

enum { TREE_DEPTH = 100 };

static void apply_node(nl_apply *c, nl_field_node *node, const nl_value *v, size_t depth);

void nl_apply_fields(nl_apply *c, nl_field_node *node, const nl_value *v, size_t depth) {
    if (v->kind != NL_MAP) {
        NL_FAIL(c, v->span, "`fields` wants a map of field names, not %s", nl_say_kind(v->kind));
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
            child =
                node_new(c, node, (nl_step){.kind = NL_STEP_KEY, .key = e->key->text}, e->value);
            node->fields = nl_apply_grow(c->set, node->fields, &node->field_cap,
                                         node->field_count + 1, sizeof *node->fields);
            node->fields[node->field_count++] = child;
        }
        if (e->value->kind != NL_NULL)
            apply_node(c, child, e->value, depth + 1);
    }
}

static void apply_inner(nl_apply *c, nl_field_node *above, nl_field_node **inner, nl_step_kind kind,
                        const nl_value *v, size_t depth) {
    if (v->kind == NL_NULL) {
        *inner = NULL;
        return;
    }
    if (!*inner)
        *inner = node_new(c, above, (nl_step){.kind = kind}, v);
    apply_node(c, *inner, v, depth + 1);
}

static void apply_node(nl_apply *c, nl_field_node *node, const nl_value *v, size_t depth) {
    if (depth > TREE_DEPTH) {
        NL_FAIL(c, v->span, "the tree of fields is deeper than %d", TREE_DEPTH);
        return;
    }
    if (v->kind != NL_MAP) {
        NL_FAIL(c, v->span, "field `%.*s` wants a map of checks such as {required: true}, not %s",
                NL_ARG(node->name), nl_say_kind(v->kind));
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        const nl_value *key = v->entries[i].key, *value = v->entries[i].value;
        const nl_check *check = nl_apply_check(c->set, key->text);
        if (nl_str_is(key->text, "fields"))
            nl_apply_fields(c, node, value, depth);
        else if (nl_str_is(key->text, "each"))
            apply_inner(c, node, &node->each, NL_STEP_ITEMS, value, depth);
        else if (nl_str_is(key->text, "values"))
            apply_inner(c, node, &node->values, NL_STEP_VALUES, value, depth);
        else if (nl_str_is(key->text, "unknown-fields"))
            node->unknown = nl_apply_level(c, value);
        else if (check && stands_at_fields(check))
            apply_field_check(c, node, check, value);
        else
            unknown_check(c, key);
    }
}
