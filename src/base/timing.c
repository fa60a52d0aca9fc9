/* A few dozen names: rows by name in a map. */
#include "base/timing.h"

#include "base/mem.h"
#include <stdlib.h>
#include <time.h>

uint64_t nl_timing_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void nl_timing_add(nl_timing *t, nl_str name, uint64_t nanoseconds, uint64_t count) {
    nl_timing_row *row = nl_map_get(&t->names, name);
    if (!row) {
        row = NL_NEW(&t->names.arena, nl_timing_row);
        row->name = nl_str_n(nl_arena_copy(&t->names.arena, name.p, name.n), name.n);
        nl_map_set(&t->names, name, row);
        t->rows = nl_grow(t->rows, &t->cap, t->count + 1, sizeof(nl_timing_row *));
        t->rows[t->count++] = row;
    }
    row->nanoseconds += nanoseconds;
    row->count += count;
}

uint64_t nl_timing_lap(nl_timing *t, nl_str name, uint64_t since) {
    uint64_t now = nl_timing_now();
    nl_timing_add(t, name, now - since - t->inner, 1);
    t->inner = 0;
    return now;
}

void nl_timing_inner(nl_timing *t, nl_str name, uint64_t since) {
    uint64_t spent = nl_timing_now() - since;
    nl_timing_add(t, name, spent, 1);
    t->inner += spent;
}

void nl_timing_free(nl_timing *t) {
    free(t->rows);
    nl_map_free(&t->names);
    *t = (nl_timing){0};
}
