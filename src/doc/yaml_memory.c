/*
 * Blocks of sizes that double, each behind a header; what comes back is given out again, newest
 * first, so that the texts of all scalars pass through the same few lines of the cache. libyaml's
 * functions take no context argument, so the block is known by the thread.
 */
#include "doc/yaml_memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROOM = 128 * 1024, /* of which libyaml's buffers take a half; then some 500 open values */
    LEAST = 16,
    KINDS = 9, /* sizes that are given out again: 16 bytes to 4 KiB */
};

typedef struct piece {
    alignas(max_align_t) size_t size; /* of what is behind it */
    size_t kind;
} piece;

typedef struct spare {
    struct spare *older;
} spare;

typedef struct yaml_memory {
    char *start, *at, *end; /* NULL: no block */
    spare *spares[KINDS];
    size_t made, moved, freed; /* by malloc, in this text */
    bool decided, ours;
} yaml_memory;

static _Thread_local yaml_memory memory;

void nl_yaml_memory_begin(nl_arena *arena) {
    yaml_memory m = {.decided = memory.decided, .ours = memory.ours};
    if (m.ours) {
        m.start = m.at = nl_arena_alloc(arena, ROOM);
        m.end = m.start + ROOM;
    }
    memory = m;
}

void nl_yaml_memory_end(void) {
    yaml_memory m = {.decided = memory.decided, .ours = memory.ours};
    if (!m.decided) {
        bool balanced = memory.made > 0 && memory.made == memory.freed;
        m.ours = balanced && memory.moved > 0;
        m.decided = m.ours || !balanced;
    }
    memory = m;
}

static bool in_block(const void *p) {
    uintptr_t at = (uintptr_t)p;
    return at >= (uintptr_t)memory.start && at < (uintptr_t)memory.end;
}

/* The smallest kind that holds `size` bytes, or KINDS. */
static inline size_t kind_of(size_t size) {
    size_t kind = 0;
    for (size_t room = LEAST; room < size && kind < KINDS; room *= 2)
        kind++;
    return kind;
}

/* A piece that was not there before; NULL where there is no room for it. */
static void *from_block(size_t size, size_t kind) {
    size_t left = (size_t)(memory.end - memory.at);
    size_t room = kind < KINDS ? (size_t)LEAST << kind : (size + LEAST - 1) & ~(size_t)(LEAST - 1);
    if (size > left || room + sizeof(piece) > left)
        return NULL;
    piece *p = (piece *)memory.at;
    memory.at += sizeof *p + room;
    *p = (piece){room, kind};
    return p + 1;
}

static void *make(size_t size, size_t kind) {
    void *p = memory.start ? from_block(size, kind) : NULL;
    if (!p) {
        p = malloc(size ? size : 1);
        memory.made += p != NULL;
    }
    return p;
}

void *nl_yaml_alloc(size_t size) {
    size_t kind = kind_of(size);
    spare *s = kind < KINDS ? memory.spares[kind] : NULL;
    if (!s)
        return make(size, kind);
    memory.spares[kind] = s->older;
    return s;
}

void nl_yaml_free(void *p) {
    if (!p)
        return;
    if (!in_block(p)) {
        memory.freed++;
        free(p);
        return;
    }
    size_t kind = ((piece *)p)[-1].kind;
    if (kind == KINDS)
        return;
    spare *s = p;
    s->older = memory.spares[kind];
    memory.spares[kind] = s;
}

void *nl_yaml_realloc(void *p, size_t size) {
    if (!p)
        return nl_yaml_alloc(size);
    if (!in_block(p)) {
        memory.moved++;
        return realloc(p, size ? size : 1);
    }
    size_t had = ((piece *)p)[-1].size;
    if (size <= had)
        return p;
    void *moved = nl_yaml_alloc(size);
    if (moved) {
        memcpy(moved, p, had);
        nl_yaml_free(p);
    }
    return moved;
}
