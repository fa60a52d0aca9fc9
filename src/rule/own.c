/*
 * newslint's own rules: what it says where it could not do its work. They are no checks and always
 * in force; rule files can set their level.
 */
#include "rule/load.h"

const nl_own_rule nl_own_rules[] = {
    {"newslint/unreadable", NL_ERROR, "An article that could not be read",
     "The file could not be opened or read, so nothing is known of it. Mend its permissions, or "
     "leave it out with `exclude`."},
    {"newslint/too-large", NL_ERROR, "An article, or a part of it, that is beyond the limits",
     "So that no article can keep a run from ending, files above --max-size and bodies nested "
     "beyond reason are not checked. Split the article, or raise the limit."},
    {"newslint/regex-limit", NL_ERROR, "A regular expression that gave up on a text",
     "A pattern of a rule file backtracks so much on this text that it was stopped. Make it "
     "simpler: nested repetitions such as `(a+)+` are the usual cause."},
    {"newslint/unused-suppression", NL_WARNING, "A suppression that suppresses nothing",
     "The comment names a rule that finds nothing there, or that does not exist. Take it out, so "
     "that it does not hide what comes later."},
    {"newslint/not-fixed", NL_ERROR, "A fix that was not made",
     "A fix is written only where the result is proven to change nothing but what was meant, and "
     "where the file did not change meanwhile. Make the correction by hand, or run newslint "
     "again."},
    {0}};

const nl_own_rule *nl_own_rule_find(nl_str id) {
    for (const nl_own_rule *own = nl_own_rules; own->id; own++)
        if (nl_str_is(id, own->id))
            return own;
    return NULL;
}

/* The layer that speaks of this path and has the highest rank wins. */
static void consider(const nl_ruleset *r, const nl_layer *layer, nl_str path, uint64_t *rank,
                     nl_level *level) {
    if (layer->rank < *rank || !nl_ruleset_covers(r, layer->glob_set, path))
        return;
    for (size_t i = 0; i < layer->count; i++)
        if (nl_str_is(layer->options[i].name, "level") &&
            nl_level_parse(layer->options[i].value->text, level))
            *rank = layer->rank;
}

nl_level nl_ruleset_own_level(const nl_ruleset *r, const nl_own_rule *own, nl_str path) {
    nl_level level = own->level;
    uint64_t rank = 0;
    for (size_t i = 0; i < r->wildcard_count; i++)
        if (nl_str_is(r->wildcards[i].set, "newslint"))
            consider(r, r->wildcards[i].layer, path, &rank, &level);
    for (size_t i = 0; i < r->def_count; i++)
        for (size_t j = 0; nl_str_is(r->defs[i]->id, own->id) && j < r->defs[i]->layers.count; j++)
            consider(r, r->defs[i]->layers.items[j], path, &rank, &level);
    return level;
}
