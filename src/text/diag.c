/* Lists of diagnostics: adding, ordering, dropping what was said twice. */
#include "text/diag.h"

#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

enum { CAP_FIRST = 16 };

bool nl_diags_full(const nl_diags *list) {
    return list->most && list->count >= list->most;
}

nl_diag *nl_diags_add(nl_diags *list, nl_str rule, nl_level level, nl_span span) {
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : CAP_FIRST;
        if (cap > SIZE_MAX / 2 / sizeof *list->items)
            nl_mem_fail(SIZE_MAX);
        nl_diag *items = nl_arena_alloc(list->arena, cap * sizeof *items);
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->cap = cap;
    }
    nl_diag *d = &list->items[list->count++];
    *d = (nl_diag){.rule = rule, .level = level, .span = span};
    return d;
}

static int by_number(size_t a, size_t b) {
    return (a > b) - (a < b);
}

/* The order of what is printed; 0 for exact duplicates. */
static int compare(const nl_diag *a, const nl_diag *b) {
    int order = by_number(a->span.start, b->span.start);
    if (order == 0)
        order = nl_str_cmp(a->rule, b->rule);
    if (order == 0)
        order = by_number(a->span.end, b->span.end);
    if (order == 0)
        order = nl_str_cmp(a->message, b->message);
    if (order == 0)
        order = nl_str_cmp(a->field, b->field);
    if (order == 0)
        order = by_number(b->level, a->level); /* the worse one first */
    return order;
}

/* qsort() is not stable everywhere, so that what came first is made to stay first; but one with a
 * fix goes before its duplicate without. */
static int compare_stable(const void *pa, const void *pb) {
    const nl_diag *a = *(nl_diag *const *)pa, *b = *(nl_diag *const *)pb;
    int order = compare(a, b);
    if (order == 0)
        order = (b->fix != NULL) - (a->fix != NULL);
    return order ? order : (a > b) - (a < b);
}

void nl_diags_sort(nl_diags *list) {
    if (list->count < 2)
        return;
    nl_diag **order = nl_arena_alloc(list->arena, list->count * sizeof(nl_diag *));
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->items[i];
    qsort(order, list->count, sizeof(nl_diag *), compare_stable);
    nl_diag *sorted = nl_arena_alloc(list->arena, list->count * sizeof *sorted);
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++)
        if (n == 0 || compare(&sorted[n - 1], order[i]) != 0)
            sorted[n++] = *order[i];
    list->items = sorted;
    list->cap = list->count;
    list->count = n;
}

static const char *const level_names[] = {
    [NL_OFF] = "off", [NL_INFO] = "info", [NL_WARNING] = "warning", [NL_ERROR] = "error"};

const char *nl_level_name(nl_level level) {
    return level_names[level];
}

bool nl_level_parse(nl_str name, nl_level *level) {
    for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++) {
        if (nl_str_is(name, level_names[i])) {
            *level = (nl_level)i;
            return true;
        }
    }
    return false;
}
