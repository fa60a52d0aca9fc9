/* The hash map of map.h, with at most two thirds of the slots used. */
#include "base/map.h"

#include "base/hash.h"
#include "base/mem.h"
#include <stdlib.h>

enum { CAP_FIRST = 16 };

static uint32_t hash_of(nl_str key) {
    return (uint32_t)nl_hash_short(key);
}

/* The slot that holds the key, or the empty one where it belongs. */
static nl_map_slot *slot_of(const nl_map *m, nl_str key, uint32_t hash) {
    size_t i = hash & (m->cap - 1);
    while (m->slots[i].used && !(m->slots[i].hash == hash && nl_str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

size_t nl_map_find(const nl_map *m, nl_str key) {
    if (m->count == 0)
        return SIZE_MAX;
    const nl_map_slot *slot = slot_of(m, key, hash_of(key));
    return slot->used ? slot->value : SIZE_MAX;
}

static void grow(nl_map *m) {
    nl_map wider = *m;
    wider.cap = m->cap ? m->cap * 2 : CAP_FIRST;
    wider.slots = nl_calloc(wider.cap, sizeof *wider.slots);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].used)
            *slot_of(&wider, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    free(m->slots);
    m->slots = wider.slots;
    m->cap = wider.cap;
}

void nl_map_add(nl_map *m, nl_str key, size_t value) {
    if ((m->count + 1) * 3 > m->cap * 2)
        grow(m);
    uint32_t hash = hash_of(key);
    nl_map_slot *slot = slot_of(m, key, hash);
    if (!slot->used)
        m->count++;
    *slot = (nl_map_slot){.key = key, .hash = hash, .value = value, .used = true};
}

void *nl_map_get(const nl_map *m, nl_str key) {
    size_t value = nl_map_find(m, key);
    /* What nl_map_set() put there. NOLINTNEXTLINE(performance-no-int-to-ptr) */
    return value == SIZE_MAX ? NULL : (void *)(uintptr_t)value;
}

void nl_map_set(nl_map *m, nl_str key, void *value) {
    bool known = nl_map_find(m, key) != SIZE_MAX;
    if (!known)
        key = nl_str_n(nl_arena_copy(&m->arena, key.p, key.n), key.n);
    nl_map_add(m, known ? slot_of(m, key, hash_of(key))->key : key, (size_t)(uintptr_t)value);
}

void nl_map_free(nl_map *m) {
    free(m->slots);
    nl_arena_free(&m->arena);
    *m = (nl_map){0};
}
