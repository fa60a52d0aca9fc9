/*
 * Values that must be unique: which of those that articles tell are the same. Collected, parted
 * into buckets by the first bits of their keys, which are hashes, and sorted there; what is the
 * same then stands together, with the first of them, by path and place, in front.
 */
#ifndef NL_ENGINE_SAME_H
#define NL_ENGINE_SAME_H

#include "engine/engine.h"

/* A place in front matter, of which no more than NL_FRONT_MAX bytes are looked at. */
typedef struct nl_small_position {
    uint32_t offset, line, column, utf16, byte, display;
} nl_small_position;

typedef struct nl_teller nl_teller;

/* A value that one of them has. */
typedef struct nl_value_told {
    uint64_t key[2];
    const newslint_string *rule;
    const nl_teller *teller;
    nl_small_position start, end;
    size_t alike; /* sealed, of the first one with its key and rule: how many they are */
} nl_value_told;

/* An article that tells something; behind the values is its path. */
struct nl_teller {
    size_t count, path_size;
    nl_value_told values[];
};

static inline newslint_string nl_teller_path(const nl_teller *t) {
    return (newslint_string){(const char *)(t->values + t->count), t->path_size};
}

typedef struct nl_same_item {
    uint64_t key; /* the value's first half */
    nl_value_told *value;
} nl_same_item;

typedef struct nl_same {
    nl_same_item *items;
    size_t count, cap;
    size_t *buckets; /* sealed: where each begins in the items, and the end */
    unsigned shift;  /* of a key, to the number of its bucket */
} nl_same;

void nl_same_free(nl_same *s);

/* Adds an article's values, of rules that the engine or the corpus keeps; they stay where they
 * are. */
void nl_same_add(nl_same *s, nl_teller *teller);

/* Moves what another one holds here. */
void nl_same_take(nl_same *s, nl_same *from);

enum { NL_SAME_FIRST = 6 }; /* so many are in order; the others stand behind them in any */

/* Is told of those that are alike, two of them or more. */
typedef void nl_same_alike(void *context, const nl_same_item *first, size_t count);

/* After the last addition. May be undone by adding more and done again. */
void nl_same_seal(nl_same *s, nl_same_alike *alike, void *context);

/* Sealed: the first of the values with this key and rule, which has the others behind it; NULL if
 * there is none. */
const nl_same_item *nl_same_find(const nl_same *s, const uint64_t key[2], newslint_string rule);

/* Have they the same key and rule? */
bool nl_is_alike(const nl_value_told *a, const nl_value_told *b);

newslint_position nl_position_of(nl_small_position p);
nl_small_position nl_position_pack(newslint_position p);

#endif
