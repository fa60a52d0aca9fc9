/* The allocator below everything. See mem.h for what happens when the machine has no more. */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* malloc() has no context argument, so what is to be done without memory is known by the thread. */
static _Thread_local nl_mem_end at_end;

nl_mem_end nl_mem_at_end(nl_mem_end end) {
    nl_mem_end before = at_end;
    at_end = end;
    return before;
}

_Noreturn void nl_mem_fail(size_t size) {
    nl_mem_end end = nl_mem_at_end((nl_mem_end){0}); /* once */
    if (end.run)
        end.run(end.context, size);
    fprintf(stderr, "newslint: out of memory (%zu bytes wanted)\n", size);
    exit(2);
}

void *nl_alloc(size_t size) {
    void *p = malloc(size ? size : 1);
    if (!p)
        nl_mem_fail(size);
    return p;
}

void *nl_calloc(size_t count, size_t size) {
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        nl_mem_fail(count * size);
    return p;
}

void *nl_realloc(void *p, size_t size) {
    void *moved = realloc(p, size ? size : 1);
    if (!moved)
        nl_mem_fail(size);
    return moved;
}

/* Not from malloc, which takes twice as much for what is aligned so, or keeps it. */
void *nl_alloc_large(void) {
    void *room = mmap(NULL, (size_t)2 * NL_LARGE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        nl_mem_fail(NL_LARGE);
    size_t before = NL_LARGE - (size_t)((uintptr_t)room % NL_LARGE);
    char *p = (char *)room + before;
    munmap(room, before);
    if (before < NL_LARGE)
        munmap(p + NL_LARGE, NL_LARGE - before);
#ifdef MADV_HUGEPAGE
    (void)madvise(p, NL_LARGE, MADV_HUGEPAGE); /* a wish */
#endif
    return p;
}

void nl_free_large(void *p) {
    munmap(p, NL_LARGE);
}

void *nl_grow(void *items, size_t *cap, size_t want, size_t item) {
    if (want <= *cap)
        return items;
    size_t next = *cap < 8 ? 8 : *cap;
    while (next < want && next <= SIZE_MAX / 2)
        next *= 2;
    if (next < want || next > SIZE_MAX / item)
        nl_mem_fail(SIZE_MAX);
    *cap = next;
    return nl_realloc(items, next * item);
}

void *nl_append(void *items, size_t *count, size_t *cap, const void *more, size_t n, size_t item) {
    if (n == 0)
        return items;
    items = nl_grow(items, cap, *count + n, item);
    memcpy((char *)items + *count * item, more, n * item);
    *count += n;
    return items;
}
