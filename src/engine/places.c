/* The index of places; see places.h. */
#include "engine/places.h"

#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

void nl_places_free(nl_places *p) {
    free(p->there);
    free(p->wanted);
}

void nl_places_add(nl_places *p, const newslint_result *result, const nl_teller *teller,
                   nl_arena *arena) {
    p->there = nl_append(p->there, &p->there_count, &p->there_cap, result->there,
                         result->there_count, sizeof *p->there);
    for (size_t i = 0; i < result->told_count; i++) {
        const nl_told *told = &result->told[i];
        if (!told->wants)
            continue;
        nl_told *kept = NL_NEW(arena, nl_told);
        *kept = (nl_told){.key = {told->key[0], told->key[1]}, .anchor = told->anchor};
        kept->shown.data = nl_arena_copy(arena, told->shown.data, told->shown.size);
        p->wanted = nl_grow(p->wanted, &p->wanted_cap, p->wanted_count + 1, sizeof *p->wanted);
        p->wanted[p->wanted_count++] = (nl_wanted){kept, teller};
    }
}

void nl_places_take(nl_places *p, nl_places *from) {
    p->there = nl_append(p->there, &p->there_count, &p->there_cap, from->there, from->there_count,
                         sizeof *p->there);
    p->wanted = nl_append(p->wanted, &p->wanted_count, &p->wanted_cap, from->wanted,
                          from->wanted_count, sizeof *p->wanted);
    nl_places_free(from);
    *from = (nl_places){0};
}

static int by_hash(const void *a, const void *b) {
    return nl_hash_cmp(*(const nl_hash *)a, *(const nl_hash *)b);
}

void nl_places_sort(nl_places *p) {
    if (p->there_count)
        qsort(p->there, p->there_count, sizeof *p->there, by_hash);
}

static bool is_there(const nl_places *p, nl_hash hash) {
    return p->there_count && bsearch(&hash, p->there, p->there_count, sizeof hash, by_hash);
}

nl_place_found nl_places_find(const nl_places *p, const nl_told *told, bool whole) {
    if (!is_there(p, (nl_hash){told->key[0], told->key[1]})) {
        bool known = p->is_file ? !p->is_file(p->context, told->shown.data) : whole;
        return known ? NL_PLACE_NO_FILE : NL_PLACE_FOUND;
    }
    bool asked = told->anchor.high || told->anchor.low;
    return asked && !is_there(p, told->anchor) ? NL_PLACE_NO_ANCHOR : NL_PLACE_FOUND;
}
