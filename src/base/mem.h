/*
 * Allocation that never returns NULL. Sizes that come from input are capped where the bytes enter
 * (see doc/article.h), so running out below the caps is trouble with the machine: the program ends
 * in nl_mem_fail(), the one place where it does, with a sentence on standard error and status 2.
 */
#ifndef NL_BASE_MEM_H
#define NL_BASE_MEM_H

#include <stddef.h>

#if defined(__GNUC__)
#define NL_NEVER_NULL __attribute__((returns_nonnull))
#else
#define NL_NEVER_NULL
#endif

void *nl_alloc(size_t size) NL_NEVER_NULL;
void *nl_calloc(size_t count, size_t size) NL_NEVER_NULL;
void *nl_realloc(void *p, size_t size) NL_NEVER_NULL;

enum { NL_LARGE = 2 * 1024 * 1024 };

/* NL_LARGE bytes, which the system is asked to map as one page: the first touch of a page is what
 * new memory costs most. They go back to the system as soon as they are freed. */
void *nl_alloc_large(void) NL_NEVER_NULL;
void nl_free_large(void *p);

/* Grows *items of `item` bytes each so that it holds at least `want`; *cap is in items. */
void *nl_grow(void *items, size_t *cap, size_t want, size_t item);

/* Grows the array so and puts n more items behind its *count; `more` may be NULL if n is 0. */
void *nl_append(void *items, size_t *count, size_t *cap, const void *more, size_t n, size_t item);

_Noreturn void nl_mem_fail(size_t size);

/* What the calling thread does in nl_mem_fail() in place of that: it must not return, and not ask
 * for memory. */
typedef struct nl_mem_end {
    void (*run)(void *context, size_t size); /* NULL: as above */
    void *context;
} nl_mem_end;

/* From now on; returns what it was. */
nl_mem_end nl_mem_at_end(nl_mem_end end);

#endif
