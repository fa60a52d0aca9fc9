/* Folding a rule's layers, in order of rank, into its options. */
#include "rule/compile.h"

#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

int nl_compile_by_rank(const void *a, const void *b) {
    uint64_t x = (*(nl_layer *const *)a)->rank, y = (*(nl_layer *const *)b)->rank;
    return (x > y) - (x < y);
}

void nl_compile_gather(nl_compiler *c, const nl_layers *from, nl_layers *into) {
    for (size_t i = 0; i < from->count; i++) {
        nl_layer *layer = from->items[i];
        if (layer->glob_set != NL_NO_GLOBS && !c->all && !c->key[layer->glob_set])
            continue;
        into->items = nl_grow(into->items, &into->cap, into->count + 1, sizeof *into->items);
        into->items[into->count++] = layer;
    }
}

void nl_compile_wildcards(nl_compiler *c, nl_str id, nl_layers *into) {
    nl_str set = nl_str_sub(id, 0, nl_str_find(id, '/'));
    for (size_t i = 0; i < c->set->wildcard_count; i++) {
        const nl_wildcard *w = &c->set->wildcards[i];
        if (w->set.n && !nl_str_eq(w->set, set))
            continue;
        nl_layer *one = w->layer;
        nl_layers single = {.items = &one, .count = 1};
        nl_compile_gather(c, &single, into);
    }
}

/* Two maps as one, the later one's keys winning; `null` removes. */
static const nl_value *merge(const nl_value *below, const nl_value *above, nl_arena *arena) {
    if (below->kind != NL_MAP || above->kind != NL_MAP)
        return above;
    nl_value *v = NL_NEW(arena, nl_value);
    *v = *above;
    v->entries = NL_NEW_ARRAY(arena, nl_entry, below->count + above->count);
    v->count = 0;
    for (size_t i = 0; i < below->count; i++)
        if (!nl_value_find(above, below->entries[i].key->text))
            v->entries[v->count++] = below->entries[i];
    for (size_t i = 0; i < above->count; i++)
        if (above->entries[i].value->kind != NL_NULL)
            v->entries[v->count++] = above->entries[i];
    return v;
}

static void fold_option(nl_load *load, nl_option *options, const nl_option *option) {
    size_t i = 0;
    while (i < load->option_count && !nl_str_eq(options[i].name, option->name))
        i++;
    if (option->value->kind == NL_NULL) {
        if (i < load->option_count)
            memmove(options + i, options + i + 1, (--load->option_count - i) * sizeof *options);
        return;
    }
    if (i == load->option_count) {
        options[load->option_count++] = *option;
        return;
    }
    options[i].value = merge(options[i].value, option->value, load->arena);
    options[i].file = option->file;
}

static bool defines(const nl_layer *layer) {
    for (size_t i = 0; i < layer->count; i++)
        if (nl_str_is(layer->options[i].name, "check") || nl_str_is(layer->options[i].name, "that"))
            return true;
    return false;
}

/* Folds the layers; false when the rule was removed. */
bool nl_compile_fold(nl_load *load, const nl_layers *layers, bool tree) {
    size_t most = 0;
    bool alive = tree;
    for (size_t i = 0; i < layers->count; i++)
        most += layers->items[i]->count;
    nl_option *options = NL_NEW_ARRAY(load->arena, nl_option, most + 1);
    load->options = options;
    load->option_count = 0;
    load->layers = layers;
    load->muddled = false;
    for (size_t i = 0; i < layers->count; i++) {
        const nl_layer *layer = layers->items[i];
        if (layer->removed) {
            load->option_count = 0;
            alive = false;
            continue;
        }
        alive = alive || defines(layer) ||
                (tree && layer->glob_set == NL_NO_GLOBS && (layer->rank & 0xFFFFFFFF) == 3);
        load->place = layer;
        load->muddled = load->muddled || layer->muddled;
        for (size_t j = 0; j < layer->count; j++)
            fold_option(load, options, &layer->options[j]);
    }
    return alive;
}
