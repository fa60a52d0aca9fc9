/*
 * Memory for things that one thread makes, one after the other, and any thread frees, in any order:
 * many lie in one crate, which goes with the last of them. A thing costs no malloc and no free so,
 * and who frees what another thread made does not wait for it. Crates have 64 KiB; who keeps most
 * of what is made gets larger ones, up to 2 MiB, but none larger than half of what is kept.
 */
#ifndef NL_BASE_CRATE_H
#define NL_BASE_CRATE_H

#include "base/arena.h"
#include <stdatomic.h>
#include <stdbool.h>

typedef struct nl_crate nl_crate;

/* First member of what lies in a crate. Private. */
typedef struct nl_crated {
    nl_crate *crate;
    size_t size;
    atomic_bool gone;
} nl_crated;

/* Where one thread makes things. All zero bytes is valid and empty. */
typedef struct nl_crates {
    nl_crate *open;       /* the crate that is being filled, or NULL */
    nl_crated *newest;    /* the last thing in it, if it is not known to be gone */
    nl_arena_mark before; /* where the crate stood before that */
    nl_crate *full;       /* the one before, or NULL */
    size_t kept; /* bytes of those before it, as long as most of what they held was there still */
} nl_crates;

/* Begins a thing of `size` zero bytes, of which an nl_crated is the first member, and about `more`
 * bytes that are to follow. What is free by then of the crate's end is used again. */
void *nl_crates_new(nl_crates *c, size_t size, size_t more);

/* The same for a thing that stands alone. */
void *nl_crated_alone(size_t size, size_t more);

/* Where the rest of the thing's memory comes from, until nl_crated_end(). */
nl_arena *nl_crated_arena(nl_crated *thing);

/* Nothing more will be taken from there: to be called before the next thing is begun. */
void nl_crated_end(nl_crated *thing);

/* Bytes that it holds, once it ended. */
static inline size_t nl_crated_size(const nl_crated *thing) {
    return thing->size;
}

/* Frees it, on any thread. */
void nl_crated_free(nl_crated *thing);

/* No more things are to be made; those that are there live on. */
void nl_crates_free(nl_crates *c);

#endif
