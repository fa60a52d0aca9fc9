/*
 * Memory that is given back all at once. One arena serves one article and is reset between
 * articles; an engine has one for as long as it lives. Not thread-safe: one arena, one thread.
 */
#ifndef NL_BASE_ARENA_H
#define NL_BASE_ARENA_H

#include <stddef.h>

typedef struct nl_arena_chunk nl_arena_chunk;

typedef struct nl_arena {
    char *at, *end;
    nl_arena_chunk *chunks; /* newest first */
    size_t first; /* bytes of the first one, for arenas of which there are many; 0: 32 KiB */
} nl_arena;

/* An arena of all zero bytes is valid and empty: `nl_arena a = {0};`. */

/* `size` bytes aligned for any object, uninitialised; never NULL, also for size 0. */
void *nl_arena_alloc(nl_arena *a, size_t size);

/* The same, of zero bytes. */
void *nl_arena_zalloc(nl_arena *a, size_t size);

/* A copy of n bytes with a NUL behind it. */
char *nl_arena_copy(nl_arena *a, const char *p, size_t n);

/* Where an arena stands. */
typedef struct nl_arena_mark {
    nl_arena_chunk *chunk;
    char *at;
} nl_arena_mark;

nl_arena_mark nl_arena_here(const nl_arena *a);

/* Gives back what was allocated since. */
void nl_arena_back(nl_arena *a, nl_arena_mark mark);

/* Gives all back but keeps one chunk for the next article. */
void nl_arena_reset(nl_arena *a);

/* Bytes that it holds. */
size_t nl_arena_size(const nl_arena *a);

void nl_arena_free(nl_arena *a);

#define NL_NEW(arena, type) ((type *)nl_arena_zalloc((arena), sizeof(type)))
#define NL_NEW_ARRAY(arena, type, n) ((type *)nl_arena_zalloc((arena), (n) * sizeof(type)))

#endif
