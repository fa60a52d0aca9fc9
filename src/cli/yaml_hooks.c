/*
 * libyaml's allocator, for the program alone: where libyaml is a shared library that finds its own
 * functions by name, it finds these first (see doc/yaml_memory.h). A library must not replace
 * symbols of its host, so they are in no library of newslint's. They are weak, so that libyaml.a
 * keeps its own, and left out under sanitizers (Makefile), which are to see what libyaml allocates.
 */
#include "doc/yaml_memory.h"

#include <string.h>

#define HOOK __attribute__((weak, visibility("default")))

HOOK void *yaml_malloc(size_t size);
HOOK void *yaml_realloc(void *p, size_t size);
HOOK void yaml_free(void *p);
HOOK unsigned char *yaml_strdup(const unsigned char *text);

void *yaml_malloc(size_t size) {
    return nl_yaml_alloc(size);
}

void *yaml_realloc(void *p, size_t size) {
    return nl_yaml_realloc(p, size);
}

void yaml_free(void *p) {
    nl_yaml_free(p);
}

unsigned char *yaml_strdup(const unsigned char *text) {
    if (!text)
        return NULL;
    size_t size = strlen((const char *)text) + 1;
    void *copy = nl_yaml_alloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}
