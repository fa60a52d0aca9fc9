/* unknown-field: a key that the tree of fields does not name; names the nearest that it does. */
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"
#include "rule/walk.h"

enum { WORD_MAX = 128 }; /* bytes; nothing longer is a slip of the pen */

typedef struct options {
    nl_texts known;
    nl_patterns allow;
    size_t *paths; /* of the known keys, each once; NULL where the rule is about several maps */
} options;

static const nl_param params[] = {
    {.name = "known",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(options, known),
     .help = "The keys that are known; `unknown-fields` sets them from the tree of `fields`."},
    {.name = "allow",
     .type = NL_PARAM_PATTERNS,
     .offset = offsetof(options, allow),
     .help = "Regular expressions of keys that are allowed besides: `^x-`."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    size_t *paths = NL_NEW_ARRAY(nl_load_arena(load), size_t, o->known.count);
    nl_map seen = {0};
    bool good = true;
    for (size_t i = 0; i < o->known.count && good; i++) {
        nl_str key = o->known.items[i];
        paths[i] = nl_load_path_below(load, key);
        good = paths[i] != SIZE_MAX && nl_map_find(&seen, key) == SIZE_MAX;
        nl_map_add(&seen, key, i);
    }
    nl_map_free(&seen);
    o->paths = good ? paths : NULL;
    return true;
}

/* Are all keys of the map known for sure? It has no key twice, and where each path of a rule leads
 * was found by one look at its keys. */
static bool are_known(nl_scope *s, const options *o, const nl_value *map) {
    size_t there = 0;
    for (size_t i = 0; o->paths && i < o->known.count; i++)
        there += nl_scope_targets(s, o->paths[i])->items[0].entry != NULL;
    return there == map->count;
}

/* The known key behind this one, or NULL where there is no such key. */
static const nl_str *behind(const nl_texts *known, nl_str key) {
    for (const nl_str *at = known->items, *end = at + known->count; at < end; at++)
        if (nl_str_eq(*at, key))
            return at + 1;
    return NULL;
}

static bool is_allowed(nl_scope *s, const nl_rule *rule, const nl_value *key) {
    const options *o = rule->options;
    for (size_t i = 0; i < o->allow.count; i++) {
        nl_match m = nl_pattern_find(o->allow.items[i], s->matcher, key->text, 0, NULL);
        if (m == NL_MATCH_LIMIT)
            nl_report_limit(s, rule, key->span);
        if (m != NL_MATCH_NO)
            return true;
    }
    return false;
}

/* The known keys that the map does not have yet: what an unknown one may have been meant for. */
static nl_texts missing(nl_scope *s, const options *o, const nl_value *map) {
    nl_texts out = {NL_NEW_ARRAY(s->arena, nl_str, o->known.count), 0};
    for (size_t i = 0; i < o->known.count; i++)
        if (!nl_value_find(map, o->known.items[i]))
            out.items[out.count++] = o->known.items[i];
    return out;
}

static void offer(nl_scope *s, nl_finding *f, const nl_value *key, nl_str name) {
    nl_edit edit;
    if (key->alias || !nl_value_replace(&s->article->source, key, name, s->arena, &edit))
        return;
    nl_str shown = nl_scope_shown(s, name);
    nl_finding_fix(f, true, "rename it to `%.*s`", NL_ARG(shown));
    nl_finding_edit(f, edit.span, edit.text);
}

static void report(nl_scope *s, const nl_rule *rule, const nl_target *map, const nl_entry *entry,
                   const nl_texts *meant) {
    const options *o = rule->options;
    nl_step step;
    nl_target child = nl_target_of_entry(map, entry, &step);
    nl_finding f = nl_finding_on(s, rule, &child);
    f.span = entry->key->span;
    nl_finding_set(&f, "key", entry->key->text);
    nl_str list = nl_say_list(s, o->known.items, o->known.count);
    nl_finding_say(&f, "expected", "%.*s", NL_ARG(list));
    nl_str key = entry->key->text;
    const nl_str *near = key.n > WORD_MAX ? NULL : nl_str_nearest(key, meant->items, meant->count);
    const nl_str *there =
        near || key.n > WORD_MAX ? NULL : nl_str_nearest(key, o->known.items, o->known.count);
    if (near)
        offer(s, &f, entry->key, *near);
    if (near || there)
        nl_finding_set(&f, "suggestion", near ? *near : *there);
    nl_finding_report(&f, near                  ? "unknown field `{field}`; did you "
                                                  "mean `{suggestion}`?"
                          : there               ? "unknown field `{field}`, much like "
                                                  "`{suggestion}`, which is there already"
                          : o->known.count == 0 ? "unknown field `{field}`"
                          : o->known.count <= NL_SAY_ITEMS_MAX
                              ? "unknown field `{field}`, expected "
                                "{expected}"
                              : "unknown field `{field}`");
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const nl_value *map = target->value;
    const options *o = rule->options;
    if (map->kind != NL_MAP || are_known(s, o, map))
        return;
    nl_texts meant = {NULL, 0};
    /* keys mostly come in the order of the tree */
    const nl_str *next = o->known.items, *end = next + o->known.count;
    for (size_t i = 0; i < map->count; i++) {
        const nl_entry *e = &map->entries[i];
        bool usual = next < end && nl_str_eq(*next, e->key->text);
        const nl_str *then = usual ? next + 1 : behind(&o->known, e->key->text);
        next = then ? then : next;
        if (then || e->merged || nl_str_is(e->key->text, "<<") || is_allowed(s, rule, e->key))
            continue;
        if (!meant.items)
            meant = missing(s, rule->options, map);
        report(s, rule, target, e, &meant);
    }
}

static const char *const names[] = {"key", NULL};

const nl_check nl_check_unknown_field = {
    .name = "unknown-field",
    .summary = "A field that nobody knows",
    .help = "The site ignores a field that it does not know, so what is written there is lost; "
            "most often the name is misspelled. Correct it, or take the field out.",
    .level = NL_WARNING,
    .kind = NL_CHECK_FIELD,
    .fixes = true,
    .unsafe_only = true,
    .principal = "known",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "title: Rain ahead",
    .bad = "tilte: Rain ahead",
    .prepare = prepare,
    .field = field,
};
