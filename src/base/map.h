/*
 * From strings to numbers, or to pointers: open addressing, linear probing. A map is used for the
 * one or for the other. All zero bytes is valid and empty. Not thread-safe; its order shows
 * nowhere.
 */
#ifndef NL_BASE_MAP_H
#define NL_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

typedef struct nl_map_slot {
    nl_str key;
    size_t value;
    uint32_t hash;
    bool used;
} nl_map_slot;

typedef struct nl_map {
    nl_arena arena; /* of keys that were copied */
    nl_map_slot *slots;
    size_t count, cap; /* cap is a power of two */
} nl_map;

/* The number of the key, or SIZE_MAX. */
size_t nl_map_find(const nl_map *m, nl_str key);

/* Sets the number of a key, new or not. The key is borrowed and must outlive the map. */
void nl_map_add(nl_map *m, nl_str key, size_t value);

/* The pointer of the key, or NULL. */
void *nl_map_get(const nl_map *m, nl_str key);

/* Sets the pointer of a key, new or not; it must not be NULL. The key is copied. */
void nl_map_set(nl_map *m, nl_str key, void *value);

void nl_map_free(nl_map *m);

#endif
