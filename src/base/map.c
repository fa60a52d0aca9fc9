/* Open addressing with linear probing, at most half full; hashed by XXH3 (libxxhash). */
#include "base/map.h"
#include "base/mem.h"
#include <stdlib.h>
#include <xxhash.h>

static nl_map_slot *slot_of(nl_map_slot *slots, size_t cap, nl_str key) {
    size_t at = (size_t)XXH3_64bits(key.n ? key.p : "", key.n) & (cap - 1);
    while (slots[at].value && !nl_str_eq(slots[at].key, key))
        at = (at + 1) & (cap - 1);
    return &slots[at];
}

void *nl_map_get(const nl_map *m, nl_str key) {
    return m->cap ? slot_of(m->slots, m->cap, key)->value : NULL;
}

static void grow(nl_map *m) {
    size_t cap = m->cap ? m->cap * 2 : 64;
    nl_map_slot *slots = nl_calloc(cap, sizeof *slots);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].value)
            *slot_of(slots, cap, m->slots[i].key) = m->slots[i];
    free(m->slots);
    m->slots = slots;
    m->cap = cap;
}

void nl_map_set(nl_map *m, nl_str key, void *value) {
    if ((m->count + 1) * 2 > m->cap)
        grow(m);
    nl_map_slot *slot = slot_of(m->slots, m->cap, key);
    if (!slot->value) {
        slot->key = nl_str_n(nl_arena_copy(&m->arena, key.n ? key.p : "", key.n), key.n);
        m->count++;
    }
    slot->value = value;
}

void nl_map_free(nl_map *m) {
    free(m->slots);
    nl_arena_free(&m->arena);
    *m = (nl_map){0};
}
