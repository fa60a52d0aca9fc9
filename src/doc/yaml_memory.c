/*
 * A block that is given out from its start to its end; what is freed in it is not given out again
 * in this text, and in the next one all is. libyaml's functions take no context argument, so the
 * block is known by the thread.
 */
#include "doc/yaml_memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* libyaml's buffers take a quarter of it, each scalar some 100 bytes. */
enum { ROOM = 256 * 1024, ALIGN = alignof(max_align_t) };

typedef struct yaml_memory {
    char *start, *at, *end;    /* NULL: no block */
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

static void *by_malloc(size_t size) {
    void *p = malloc(size ? size : 1);
    memory.made += p != NULL;
    return p;
}

void *nl_yaml_alloc(size_t size) {
    if (size - 1 >= (size_t)(memory.end - memory.at))
        return by_malloc(size);
    char *p = memory.at;
    memory.at += (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    return p;
}

void nl_yaml_free(void *p) {
    if (!p || in_block(p))
        return;
    memory.freed++;
    free(p);
}

/* How much of the block p had does not matter: what is behind it is the block's too. */
void *nl_yaml_realloc(void *p, size_t size) {
    if (!p)
        return nl_yaml_alloc(size);
    if (!in_block(p)) {
        memory.moved++;
        return realloc(p, size ? size : 1);
    }
    size_t most = (size_t)(memory.at - (char *)p);
    void *moved = nl_yaml_alloc(size);
    return moved ? memcpy(moved, p, size < most ? size : most) : NULL;
}
