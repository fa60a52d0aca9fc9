/*
 * Where links of a site may lead: the places that articles have and those that they want. An index
 * by hash, made once when all articles were read; what is no article may be a file all the same.
 */
#ifndef NL_ENGINE_PLACES_H
#define NL_ENGINE_PLACES_H

#include "engine/same.h"

typedef bool nl_is_file(void *context, const char *path);

/* What one article wants, as far as it is kept. */
typedef struct nl_wanted {
    const nl_told *told; /* its key, anchor and path alone */
    const nl_teller *teller;
} nl_wanted;

typedef struct nl_places {
    nl_hash *there;
    size_t there_count, there_cap;
    nl_wanted *wanted;
    size_t wanted_count, wanted_cap;
    nl_is_file *is_file; /* or NULL */
    void *context;
} nl_places;

typedef enum nl_place_found { NL_PLACE_FOUND, NL_PLACE_NO_FILE, NL_PLACE_NO_ANCHOR } nl_place_found;

void nl_places_free(nl_places *p);

/* What the result has, and what it wants; what is kept lives in the arena, as the teller does. */
void nl_places_add(nl_places *p, const newslint_result *result, const nl_teller *teller,
                   nl_arena *arena);

/* Moves what another index holds here, before sorting; what it keeps in its arena stays there. */
void nl_places_take(nl_places *p, nl_places *from);

void nl_places_sort(nl_places *p);

/* Is there what is wanted? Without knowing all articles (`whole`) or files, what is not known of is
 * taken to be there. Several threads at once. */
nl_place_found nl_places_find(const nl_places *p, const nl_told *told, bool whole);

#endif
