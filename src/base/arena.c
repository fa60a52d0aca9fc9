/* See arena.h. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_FIRST = 32 * 1024, CHUNK_MOST = 1024 * 1024 };

struct nl_arena_child {
    nl_arena arena;
    struct nl_arena_child *older;
};

static void chunk_free(nl_arena_chunk *c) {
    if (c->size == NL_ARENA_LARGE)
        nl_free_large(c);
    else
        free(c);
}

static void chunk_add(nl_arena *a, size_t size) {
    size_t most = a->large ? NL_ARENA_LARGE : CHUNK_MOST;
    size_t want = a->first ? a->first : CHUNK_FIRST;
    if (a->chunks)
        want = a->chunks->size < most / 2 ? a->chunks->size * 2 : most;
    if (want < size)
        want = size;
    if (want > SIZE_MAX - sizeof(nl_arena_chunk) - alignof(max_align_t))
        nl_mem_fail(want);
    want = (want + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    nl_arena_chunk *c = want == NL_ARENA_LARGE ? nl_alloc_large() : nl_alloc(sizeof *c + want);
    c->older = a->chunks;
    c->size = want;
    a->chunks = c;
    a->at = c->bytes;
    a->end = c->bytes + want;
}

void *nl_arena_more(nl_arena *a, size_t size) {
    if (size == 0)
        size = 1;
    if ((size_t)(a->end - a->at) < size)
        chunk_add(a, size);
    return nl_arena_alloc(a, size);
}

void *nl_arena_zalloc(nl_arena *a, size_t size) {
    return memset(nl_arena_alloc(a, size), 0, size);
}

char *nl_arena_copy(nl_arena *a, const char *p, size_t n) {
    char *copy = nl_arena_alloc(a, n + 1);
    if (n)
        memcpy(copy, p, n);
    copy[n] = 0;
    return copy;
}

void *nl_arena_grow(nl_arena *a, void *items, size_t *cap, size_t want, size_t item) {
    if (want <= *cap)
        return items;
    size_t had = *cap;
    size_t next = had ? had * 2 : 16;
    while (next < want)
        next *= 2;
    *cap = next;
    void *grown = nl_arena_alloc(a, next * item);
    if (had)
        memcpy(grown, items, had * item);
    return grown;
}

nl_arena *nl_arena_child(nl_arena *a) {
    struct nl_arena_child *child = NL_NEW(a, struct nl_arena_child);
    child->older = a->children;
    a->children = child;
    return &child->arena;
}

/* Frees the children that are newer than this one, which lie in the arena. */
static void children_free(nl_arena *a, const struct nl_arena_child *last) {
    for (; a->children != last; a->children = a->children->older)
        nl_arena_free(&a->children->arena);
}

nl_arena_mark nl_arena_here(const nl_arena *a) {
    return (nl_arena_mark){a->chunks, a->at, a->children};
}

void nl_arena_back(nl_arena *a, nl_arena_mark mark) {
    children_free(a, mark.child);
    while (a->chunks != mark.chunk) {
        nl_arena_chunk *older = a->chunks->older;
        chunk_free(a->chunks);
        a->chunks = older;
    }
    a->at = mark.at;
    a->end = mark.chunk ? mark.chunk->bytes + mark.chunk->size : NULL;
}

void nl_arena_adopt(nl_arena *a, nl_arena *from) {
    assert(!from->children);
    if (!a->chunks) {
        from->children = a->children;
        *a = *from;
    } else if (from->chunks) { /* behind the newest, which has room yet */
        nl_arena_chunk *oldest = from->chunks;
        while (oldest->older)
            oldest = oldest->older;
        oldest->older = a->chunks->older;
        a->chunks->older = from->chunks;
    }
    *from = (nl_arena){0};
}

void nl_arena_reset(nl_arena *a) {
    children_free(a, NULL);
    nl_arena_chunk *keep = a->chunks;
    if (!keep)
        return;
    for (nl_arena_chunk *c = keep->older, *older; c; c = older) {
        older = c->older;
        chunk_free(c);
    }
    keep->older = NULL;
    if (keep->size > CHUNK_MOST) { /* one huge article must not be paid for ever after */
        chunk_free(keep);
        *a = (nl_arena){0};
        return;
    }
    a->at = keep->bytes;
    a->end = keep->bytes + keep->size;
}

size_t nl_arena_size(const nl_arena *a) {
    size_t size = 0;
    for (const nl_arena_chunk *c = a->chunks; c; c = c->older)
        size += sizeof *c + c->size;
    return size;
}

void nl_arena_free(nl_arena *a) {
    children_free(a, NULL);
    for (nl_arena_chunk *c = a->chunks, *older; c; c = older) {
        older = c->older;
        chunk_free(c);
    }
    *a = (nl_arena){0};
}
