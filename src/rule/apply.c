/*
 * Merging one rule file into the set. The file's tree is read strictly: what it says becomes
 * fields, layers, wildcards and overrides of the set, what cannot be understood becomes an error.
 */
#include "rule/apply.h"

static const char *const top_keys[] = {"newslint",  "name",   "extends", "include",
                                       "exclude",   "fields", "rules",   "unknown-fields",
                                       "overrides", NULL};

size_t nl_apply_globs(nl_apply *c, const nl_value *v, const char *name) {
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
            NL_FAIL(c, item->span, "bad glob in `%s`: %s", name, error);
    }
    r->glob_sets = nl_apply_grow(r, r->glob_sets, &r->glob_set_cap, r->glob_set_count + 1,
                                 sizeof *r->glob_sets);
    r->glob_sets[r->glob_set_count] = set;
    return r->glob_set_count++;
}

static void apply_override(nl_apply *c, const nl_value *v, size_t place) {
    static const char *const keys[] = {"files", "rules", NULL};
    const nl_value *files = v->kind == NL_MAP ? nl_apply_get(v, "files") : NULL;
    const nl_value *rules = v->kind == NL_MAP ? nl_apply_get(v, "rules") : NULL;
    bool known = true;
    for (size_t i = 0; v->kind == NL_MAP && i < v->count; i++)
        if (!nl_apply_in(v->entries[i].key->text, keys)) {
            NL_FAIL(c, v->entries[i].key->span, "an override has no `%.*s`%s",
                    NL_ARG(v->entries[i].key->text),
                    nl_apply_suggest(c, v->entries[i].key->text, keys));
            known = false;
        }
    if (!files || !rules) {
        if (known)
            NL_FAIL(c, v->span, "an override wants `files` and `rules`");
        return;
    }
    nl_apply_rules(c, rules, place + 1, nl_apply_globs(c, files, "files"));
}

static void apply_overrides(nl_apply *c, const nl_value *v) {
    if (v->kind != NL_LIST) {
        NL_FAIL(c, v->span, "`overrides` wants a list of {files: ..., rules: ...}");
        return;
    }
    for (size_t i = 0; i < v->count; i++)
        apply_override(c, v->items[i], NL_RANK_OVERRIDE + 2 * i);
}

/* `files` of rules: their globs are compiled once, here. */
static void find_rule_globs(nl_apply *c, const nl_layer *layer) {
    for (size_t i = 0; i < layer->count; i++)
        if (nl_str_is(layer->options[i].name, "files") &&
            layer->options[i].value->kind != NL_NULL) {
            size_t set = nl_apply_globs(c, layer->options[i].value, "files");
            c->set->glob_sets[set].of_rule = true;
        }
}

static void find_tree_globs(nl_apply *c, const nl_field_node *node) {
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

static void find_globs(nl_apply *c) {
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
    nl_apply c = {r, file, &r->arena};
    for (const nl_own_rule *own = nl_own_rules; own->id; own++)
        nl_apply_def(&c, nl_str_c(own->id), nl_span_of(0, 0))->own = true;
}

static void unknown_top(nl_apply *c, const nl_value *key) {
    nl_str names[sizeof top_keys / sizeof *top_keys];
    size_t n = 0;
    for (; top_keys[n]; n++)
        names[n] = nl_str_c(top_keys[n]);
    NL_FAIL(c, key->span, "a rule file has no `%.*s`%s", NL_ARG(key->text),
            nl_apply_near(c, key->text, names, n));
}

void nl_ruleset_apply(nl_ruleset *r, nl_rule_file *file, const nl_value *root) {
    nl_apply c = {r, file, &r->arena};
    const nl_value *v;
    file->order = ++r->applied;
    for (size_t i = 0; i < root->count; i++)
        if (!nl_apply_in(root->entries[i].key->text, top_keys))
            unknown_top(&c, root->entries[i].key);
    if ((v = nl_apply_get(root, "fields")) && v->kind != NL_NULL)
        nl_apply_fields(&c, r->root, v, 0);
    if ((v = nl_apply_get(root, "unknown-fields")))
        r->unknown = nl_apply_level(&c, v);
    if ((v = nl_apply_get(root, "rules")) && v->kind != NL_NULL)
        nl_apply_rules(&c, v, NL_RANK_RULE, NL_NO_GLOBS);
    if ((v = nl_apply_get(root, "overrides")) && v->kind != NL_NULL)
        apply_overrides(&c, v);
    if ((v = nl_apply_get(root, "include")))
        r->include = v->kind == NL_NULL ? NL_NO_GLOBS : nl_apply_globs(&c, v, "include");
    if ((v = nl_apply_get(root, "exclude")))
        r->exclude = v->kind == NL_NULL ? NL_NO_GLOBS : nl_apply_globs(&c, v, "exclude");
    find_globs(&c);
}
