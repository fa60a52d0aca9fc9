/*
 * Memory that is given back all at once. One arena serves one article and is reset between
 * articles; an engine has one for as long as it lives. Not thread-safe: one arena, one thread.
 * Chunks double up to 1 MiB; an allocation larger than that gets a chunk of its own.
 */
#ifndef NL_BASE_ARENA_H
#define NL_BASE_ARENA_H

#include "base/mem.h"
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct nl_arena_chunk {
    struct nl_arena_chunk *older;
    size_t size;
    alignas(max_align_t) char bytes[];
} nl_arena_chunk;

/* The largest chunk of an arena that is `large`. */
enum { NL_ARENA_LARGE = NL_LARGE - sizeof(nl_arena_chunk) };

typedef struct nl_arena {
    char *at, *end;
    nl_arena_chunk *chunks;          /* newest first */
    struct nl_arena_child *children; /* newest first */
    size_t first; /* bytes of the first one, for arenas of which there are many; 0: 32 KiB */
    bool large;   /* chunks double further, up to what nl_alloc_large() gives: for what grows with
                     the number of articles */
} nl_arena;

/* An arena of all zero bytes is valid and empty: `nl_arena a = {0};`. */

/* What nl_arena_alloc() does when the newest chunk has no room, and for size 0. */
void *nl_arena_more(nl_arena *a, size_t size);

/* `size` bytes aligned for any object, uninitialised; never NULL, also for size 0. */
static inline void *nl_arena_alloc(nl_arena *a, size_t size) {
    const size_t align = alignof(max_align_t);
    if (size - 1 >= (size_t)(a->end - a->at)) /* what is left is whole alignments */
        return nl_arena_more(a, size);
    void *p = a->at;
    a->at += (size + align - 1) & ~(align - 1);
    return p;
}

/* The same, of zero bytes. */
void *nl_arena_zalloc(nl_arena *a, size_t size);

/* Of the newest allocation, gives back all but its first `size` bytes, which are not none. */
static inline void nl_arena_cut(nl_arena *a, void *newest, size_t size) {
    const size_t align = alignof(max_align_t);
    a->at = (char *)newest + ((size + align - 1) & ~(align - 1));
}

/* A copy of n bytes with a NUL behind it. */
char *nl_arena_copy(nl_arena *a, const char *p, size_t n);

/* Grows an array of `count` items in the arena, of `item` bytes each, so that it holds at least
 * `want`; *cap is in items. It doubles, from 16 on. */
void *nl_arena_grow(nl_arena *a, void *items, size_t *cap, size_t want, size_t item);

/* An arena for what may be given back before the rest, by nl_arena_free(). It goes with the one
 * that it is a child of, at the latest. */
nl_arena *nl_arena_child(nl_arena *a);

/* Where an arena stands. */
typedef struct nl_arena_mark {
    nl_arena_chunk *chunk;
    char *at;
    struct nl_arena_child *child;
} nl_arena_mark;

nl_arena_mark nl_arena_here(const nl_arena *a);

/* Gives back what was allocated since. */
void nl_arena_back(nl_arena *a, nl_arena_mark mark);

/* Moves what another arena holds here, where it stays where it is. The other one is empty then; it
 * must have no children. */
void nl_arena_adopt(nl_arena *a, nl_arena *from);

/* Gives all back but keeps one chunk for the next article. */
void nl_arena_reset(nl_arena *a);

/* Bytes that it holds, without its children. */
size_t nl_arena_size(const nl_arena *a);

void nl_arena_free(nl_arena *a);

#define NL_NEW(arena, type) ((type *)nl_arena_zalloc((arena), sizeof(type)))
#define NL_NEW_ARRAY(arena, type, n) ((type *)nl_arena_zalloc((arena), (n) * sizeof(type)))

#endif
