/*
 * From strings to numbers: open addressing, linear probing. Keys are borrowed and must outlive the
 * map. All zero bytes is valid and empty.
 */
#ifndef NL_BASE_MAP_H
#define NL_BASE_MAP_H

#include "base/str.h"
#include <stdint.h>

typedef struct nl_map_slot {
    nl_str key;
    uint64_t hash;
    size_t value;
    bool used;
} nl_map_slot;

typedef struct nl_map {
    nl_map_slot *slots;
    size_t count, cap; /* cap is a power of two */
} nl_map;

/* The number of the key, or SIZE_MAX. */
size_t nl_map_find(const nl_map *m, nl_str key);

/* Sets the number of a key, new or not. */
void nl_map_add(nl_map *m, nl_str key, size_t value);

void nl_map_free(nl_map *m);

#endif
