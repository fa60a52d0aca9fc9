/*
 * A table from strings to pointers. All zero bytes is valid and empty. Keys are copied; values are
 * the caller's. Its order shows nowhere: there is no way to visit all entries but by the caller's
 * own list. Not thread-safe.
 */
#ifndef NL_BASE_MAP_H
#define NL_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

typedef struct nl_map_slot {
    nl_str key;
    void *value;
} nl_map_slot;

typedef struct nl_map {
    nl_arena arena;
    nl_map_slot *slots;
    size_t count, cap; /* cap is a power of two, or 0 */
} nl_map;

/* NULL if there is none. */
void *nl_map_get(const nl_map *m, nl_str key);

/* Sets or replaces; value must not be NULL. */
void nl_map_set(nl_map *m, nl_str key, void *value);

void nl_map_free(nl_map *m);

#endif
