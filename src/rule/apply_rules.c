/* `rules`: rules of a file's own, changes of inherited ones, and wildcards. */
#include "rule/apply.h"

/* The check that a rule's map names by `check`, or by `assert`; NULL with *named false if by none.
 */
static const nl_check *named_check(nl_apply *c, const nl_value *map, bool *named) {
    const nl_value *name = nl_apply_get(map, "check");
    const nl_value *assertion = nl_apply_get(map, "assert");
    *named = name || assertion;
    if (name && assertion)
        NL_FAIL(c, assertion->key_span, "a rule has `check` or `assert`, not both");
    if (!name)
        return assertion ? nl_apply_check(c->set, NL_S("assert")) : NULL;
    const nl_check *check = nl_apply_check(c->set, name->text);
    if (!check) {
        nl_str names[80];
        size_t n = 0;
        for (const nl_check *const *row = c->set->options.checks; *row && n < 80; row++)
            names[n++] = nl_str_c((*row)->name);
        NL_FAIL(c, name->span, "there is no check `%.*s`%s", NL_ARG(name->text),
                nl_suggest(name->text, names, n, c->arena));
    }
    return check;
}

static void unknown_rule(nl_apply *c, const nl_value *key, nl_str id) {
    nl_str *ids = NL_NEW_ARRAY(c->arena, nl_str, c->set->def_count * 2 + 1);
    size_t n = 0;
    nl_str last = nl_str_sub(id, nl_str_find(id, '/') + 1, id.n);
    for (size_t i = 0; i < c->set->def_count; i++) {
        nl_str known = c->set->defs[i]->id;
        ids[n++] = known;
        if (nl_str_ends(known, last) && known.n > last.n && known.p[known.n - last.n - 1] == '/') {
            NL_FAIL(c, key->span, "there is no rule `%.*s`: did you mean `%.*s`?",
                    NL_ARG(key->text), NL_ARG(known));
            return;
        }
    }
    if (c->set->incomplete && !nl_str_starts(id, nl_apply_id(c, c->file->name, NL_S(""))))
        return; /* it may be a rule of the file that could not be read */
    const char *hint = nl_suggest(id, ids, n, c->arena);
    NL_FAIL(c, key->span, "there is no rule `%.*s` to change%s%s", NL_ARG(key->text), hint,
            *hint ? ""
                  : ": a rule of your own wants `check` or `assert`; an inherited one its set in "
                    "`extends`");
}

/* A rule that names no check may have misspelled the word. */
static bool misspelled_check(nl_apply *c, const nl_value *v) {
    nl_str words[] = {NL_S("check"), NL_S("assert")};
    for (size_t i = 0; v->kind == NL_MAP && i < v->count; i++) {
        const nl_value *key = v->entries[i].key;
        const nl_str *near = nl_str_nearest(key->text, words, 2);
        if (near) {
            NL_FAIL(c, key->span, "a rule has no `%.*s`: did you mean `%.*s`?", NL_ARG(key->text),
                    NL_ARG(*near));
            return true;
        }
    }
    return false;
}

static nl_layer *rule_layer(nl_apply *c, const nl_value *key, const nl_value *v,
                            const nl_check *check, size_t place) {
    nl_level level;
    nl_layer *layer = nl_apply_layer(c, place, key->span, v->kind == NL_MAP ? v->count + 1 : 1);
    if (v->kind == NL_NULL) {
        layer->removed = true;
    } else if (v->kind == NL_STRING && nl_level_parse(v->text, &level)) {
        nl_apply_put(c, layer, "level", v);
    } else if (nl_apply_is_bool(v, false)) {
        nl_apply_put(c, layer, "level", nl_apply_text(c, v, "off"));
    } else if (v->kind == NL_MAP) {
        const nl_value *assertion = nl_apply_get(v, "assert");
        if (assertion)
            nl_apply_put(c, layer, "that", assertion);
        nl_apply_options(c, layer, v, check);
    } else {
        NL_FAIL(c, v->span,
                "rule `%.*s` wants a level (error, warning, info, off) or a map of options",
                NL_ARG(key->text));
    }
    return layer;
}

static bool is_wildcard(nl_str name) {
    return nl_str_is(name, "*") || nl_str_ends(name, NL_S("/*"));
}

static void apply_wildcard(nl_apply *c, const nl_value *key, const nl_value *v, size_t place,
                           size_t globs) {
    nl_str set = nl_str_is(key->text, "*") ? NL_S("") : nl_str_sub(key->text, 0, key->text.n - 2);
    bool known = set.n == 0;
    for (size_t i = 0; i < c->set->def_count && !known; i++) {
        nl_str id = c->set->defs[i]->id;
        known = nl_str_starts(id, set) && id.n > set.n && id.p[set.n] == '/';
    }
    if (!known) {
        NL_FAIL(c, key->span, "no rule of a set `%.*s` is in force: name the set in `extends`",
                NL_ARG(set));
        return;
    }
    nl_layer *layer = rule_layer(c, key, v, NULL, place);
    for (size_t i = 0; i < layer->count; i++)
        if (!nl_str_is(layer->options[i].name, "level") &&
            !nl_str_is(layer->options[i].name, "when") &&
            !nl_str_is(layer->options[i].name, "files"))
            NL_FAIL(c, layer->options[i].value->key_span,
                    "`%.*s` can be set for one rule only, not for `%.*s`",
                    NL_ARG(layer->options[i].name), NL_ARG(key->text));
    layer->glob_set = globs;
    nl_ruleset *r = c->set;
    r->wildcards = nl_apply_grow(r, r->wildcards, &r->wildcard_cap, r->wildcard_count + 1,
                                 sizeof *r->wildcards);
    r->wildcards[r->wildcard_count++] = (nl_wildcard){set, layer};
}

static void check_own(nl_apply *c, const nl_layer *layer) {
    for (size_t i = 0; i < layer->count; i++)
        if (!nl_str_is(layer->options[i].name, "level"))
            NL_FAIL(c, layer->options[i].value->key_span,
                    "of newslint's own rules only the level can be set");
}

static void apply_rule(nl_apply *c, const nl_value *key, const nl_value *v, size_t place,
                       size_t globs) {
    nl_str id = nl_str_find(key->text, '/') < key->text.n
                    ? key->text
                    : nl_apply_id(c, c->file->name, key->text);
    bool named = false;
    const nl_check *check = v->kind == NL_MAP ? named_check(c, v, &named) : NULL;
    nl_rule_def *def = nl_apply_def_find(c->set, id);
    if (named && !check)
        return;
    if (named && !def && nl_str_find(key->text, '/') < key->text.n &&
        !nl_str_starts(id, nl_apply_id(c, c->file->name, NL_S("")))) {
        NL_FAIL(c, key->span,
                "a rule of this file is called `%.*s/…`: write the id without its set",
                NL_ARG(c->file->name));
        return;
    }
    if (!def && !named && misspelled_check(c, v))
        return;
    if (!def && (!named || globs != NL_NO_GLOBS)) {
        unknown_rule(c, key, id);
        return;
    }
    if (!def) {
        if (!nl_rule_name_is_good(nl_str_sub(id, nl_str_find(id, '/') + 1, id.n)))
            NL_FAIL(c, key->span, "the id of a rule wants letters, digits, `-`, `_` and `.`");
        def = nl_apply_def(c, id, key->span);
        def->check = check;
    } else if (named && def->own) {
        NL_FAIL(c, key->span, "`%.*s` is one of newslint's own rules: give this rule another id",
                NL_ARG(id));
        return;
    } else if (named && def->check != check) {
        NL_FAIL(c, key->span, "`%.*s` is there already, with check `%s`: give this rule another id",
                NL_ARG(id), def->check ? def->check->name : "none");
        return;
    }
    nl_layer *layer = rule_layer(c, key, v, def->check, place);
    layer->glob_set = globs;
    if (def->own)
        check_own(c, layer);
    nl_apply_add_layer(c->set, &def->layers, layer);
    if (v->kind == NL_MAP && nl_apply_get(v, "examples"))
        nl_apply_examples(c, def, nl_apply_get(v, "examples"));
}

void nl_apply_rules(nl_apply *c, const nl_value *v, size_t place, size_t globs) {
    if (v->kind != NL_MAP) {
        NL_FAIL(c, v->span, "`rules` wants a map of rule ids, not %s", nl_say_kind(v->kind));
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
