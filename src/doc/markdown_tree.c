/*
 * The only file that knows cmark. cmark's memory hooks take no context, so the arena that a parse
 * draws from is held in a thread-local pointer for the time of the parse: it is set and cleared in
 * nl_tree_parse() and read by the three hooks alone. Freeing is a no-op; the arena frees all.
 */
#include "doc/markdown_tree.h"

#include <cmark.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

typedef struct tree_memory {
    nl_arena *arena;
    size_t used, most;
    jmp_buf full;
} tree_memory;

static _Thread_local tree_memory *memory;

/* realloc must know how much to copy. */
typedef struct block_header {
    alignas(max_align_t) size_t size;
} block_header;

static void *tree_alloc(size_t size) {
    if (size > memory->most || memory->used + size > memory->most)
        longjmp(memory->full, 1);
    memory->used += size + sizeof(block_header);
    block_header *h = nl_arena_alloc(memory->arena, sizeof *h + size);
    h->size = size;
    return h + 1;
}

static void *tree_calloc(size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        longjmp(memory->full, 1);
    return memset(tree_alloc(count * size), 0, count * size);
}

static void *tree_realloc(void *old, size_t size) {
    if (!old)
        return tree_alloc(size);
    size_t had = ((block_header *)old - 1)->size;
    if (size <= had)
        return old;
    return memcpy(tree_alloc(size), old, had);
}

static void tree_free(void *p) {
    (void)p;
}

size_t nl_tree_shift(nl_str text) {
    return text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0 ? 1 : 0;
}

static nl_node *run_cmark(nl_str text) {
    /* cmark does not write to it */
    static const cmark_mem hooks = {tree_calloc, tree_realloc, tree_free};
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, (cmark_mem *)&hooks);
    for (size_t i = 0; i < nl_tree_shift(text); i++)
        cmark_parser_feed(parser, "\n", 1);
    cmark_parser_feed(parser, text.p ? text.p : "", text.n);
    return cmark_parser_finish(parser);
}

nl_node *nl_tree_parse(nl_str text, size_t most, nl_arena *arena) {
    tree_memory here = {.arena = arena, .most = most};
    memory = &here;
    nl_arena_mark before = nl_arena_here(arena);
    nl_node *root = NULL;
    if (setjmp(here.full) == 0)
        root = run_cmark(text);
    else
        nl_arena_back(arena, before); /* the findings need it */
    memory = NULL;
    return root;
}

nl_node_kind nl_node_kind_of(nl_node *n) {
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_BLOCK_QUOTE:
        return NL_NODE_QUOTE;
    case CMARK_NODE_LIST:
        return NL_NODE_LIST;
    case CMARK_NODE_ITEM:
        return NL_NODE_ITEM;
    case CMARK_NODE_CODE_BLOCK:
        return NL_NODE_CODE;
    case CMARK_NODE_HTML_BLOCK:
        return NL_NODE_HTML;
    case CMARK_NODE_PARAGRAPH:
        return NL_NODE_PARAGRAPH;
    case CMARK_NODE_HEADING:
        return NL_NODE_HEADING;
    case CMARK_NODE_THEMATIC_BREAK:
        return NL_NODE_RULE;
    case CMARK_NODE_TEXT:
        return NL_NODE_TEXT;
    case CMARK_NODE_SOFTBREAK:
        return NL_NODE_SOFTBREAK;
    case CMARK_NODE_LINEBREAK:
        return NL_NODE_LINEBREAK;
    case CMARK_NODE_CODE:
        return NL_NODE_CODE_SPAN;
    case CMARK_NODE_HTML_INLINE:
        return NL_NODE_TAG;
    case CMARK_NODE_EMPH:
        return NL_NODE_EMPHASIS;
    case CMARK_NODE_STRONG:
        return NL_NODE_STRONG;
    case CMARK_NODE_LINK:
        return NL_NODE_LINK;
    case CMARK_NODE_IMAGE:
        return NL_NODE_IMAGE;
    default: /* custom nodes are made by programs only */
        return NL_NODE_DOCUMENT;
    }
}

nl_node *nl_node_first(nl_node *n) {
    return cmark_node_first_child(n);
}

nl_node *nl_node_next(nl_node *n) {
    return cmark_node_next(n);
}

nl_node *nl_node_parent(nl_node *n) {
    return cmark_node_parent(n);
}

size_t nl_node_count(nl_node *top) {
    size_t count = 0;
    nl_node *n = cmark_node_first_child(top);
    while (n) {
        count++;
        nl_node *next = cmark_node_first_child(n);
        while (!next && n != top) {
            next = cmark_node_next(n);
            if (!next)
                n = cmark_node_parent(n);
        }
        n = n == top ? NULL : next;
    }
    return count;
}

nl_str nl_node_literal(nl_node *n) {
    return nl_str_c(cmark_node_get_literal(n));
}

nl_str nl_node_url(nl_node *n) {
    return nl_str_c(cmark_node_get_url(n));
}

nl_str nl_node_title(nl_node *n) {
    return nl_str_c(cmark_node_get_title(n));
}

int nl_node_level(nl_node *n) {
    return cmark_node_get_heading_level(n);
}

size_t nl_node_line(nl_node *n) {
    return (size_t)cmark_node_get_start_line(n);
}

size_t nl_node_last_line(nl_node *n) {
    return (size_t)cmark_node_get_end_line(n);
}

size_t nl_node_column(nl_node *n) {
    return (size_t)cmark_node_get_start_column(n);
}
