/*
 * The memory that libyaml works in. It takes no hooks, but calls its own yaml_malloc(),
 * yaml_realloc() and yaml_free() by name, so that a program that has functions of these names is
 * asked in place of it (src/cli/yaml_hooks.c). Between nl_yaml_memory_begin() and _end() they give
 * room in a block of the arena, and what does not fit is malloc's, as all is outside.
 *
 * No pointer is ever given back to the wrong one. How libyaml was linked decides whether its calls
 * arrive: all do, none does, or, where a compiler has made some of them direct, a part. So the
 * first texts of a thread are read with malloc, and only when all that these functions gave out
 * came back to them is there a block for the next.
 */
#ifndef NL_DOC_YAML_MEMORY_H
#define NL_DOC_YAML_MEMORY_H

#include "base/arena.h"

/* The calling thread begins to use libyaml for one text. Whatever libyaml allocates from here on
 * it must give back before nl_yaml_memory_end(), or never. */
void nl_yaml_memory_begin(nl_arena *arena);
void nl_yaml_memory_end(void);

/* What malloc(), realloc() and free() do, and with sizes of 0 what libyaml's do. */
void *nl_yaml_alloc(size_t size);
void *nl_yaml_realloc(void *p, size_t size);
void nl_yaml_free(void *p);

#endif
