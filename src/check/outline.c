/* Outlines: a row of sets of slots for "does it match?", a table for "what is different?". */
#include "check/outline.h"

#include <stdint.h>
#include <string.h>

/* Slots that may be left out let the next one be reached too. */
static void close_over(const nl_outline *o, bool *reached) {
    for (size_t j = 0; j < o->count; j++)
        if (reached[j] && (o->slots[j].optional || o->slots[j].loop))
            reached[j + 1] = true;
}

bool nl_outline_takes(const nl_outline *o, size_t headings, size_t *first, nl_arena *arena) {
    bool *now = nl_arena_zalloc(arena, o->count + 1), *next = nl_arena_zalloc(arena, o->count + 1);
    now[0] = true;
    close_over(o, now);
    for (size_t i = 0; i < headings; i++) {
        bool alive = false;
        memset(next, 0, o->count + 1);
        for (size_t j = 0; j < o->count; j++) {
            if (!now[j] || !o->fits(o->context, i, o->slots[j].item))
                continue;
            next[o->slots[j].loop ? j : j + 1] = alive = true;
        }
        *first = i;
        if (!alive)
            return false;
        close_over(o, next);
        bool *old = now;
        now = next;
        next = old;
    }
    *first = headings;
    return now[o->count];
}

enum { TAKE, SKIP, UNEXPECTED };

typedef struct table {
    const nl_outline *o;
    size_t headings, width;
    unsigned char *choice; /* for heading i and slot j: what is best from there on */
    uint32_t *row, *below; /* cost from heading i (and i + 1) on, by slot */
} table;

static size_t behind(const nl_slot *slot, size_t j) {
    return slot->loop ? j : j + 1;
}

static void fill_cell(table *t, size_t i, size_t j) {
    unsigned char *choice = &t->choice[i * t->width + j];
    uint32_t best = UINT32_MAX;
    if (j < t->o->count) {
        const nl_slot *slot = &t->o->slots[j];
        if (i < t->headings && t->o->fits(t->o->context, i, slot->item)) {
            best = t->below[behind(slot, j)];
            *choice = TAKE;
        }
        uint32_t cost = t->row[j + 1] + !(slot->optional || slot->loop);
        if (cost < best) {
            best = cost;
            *choice = SKIP;
        }
    }
    if (i < t->headings && t->below[j] + 1 < best) {
        best = t->below[j] + 1;
        *choice = UNEXPECTED;
    }
    t->row[j] = best;
}

static void fill(table *t) {
    for (size_t i = t->headings + 1; i-- > 0;) {
        uint32_t *old = t->below;
        t->below = t->row;
        t->row = old;
        if (i == t->headings)
            t->row[t->o->count] = 0;
        for (size_t j = t->width; j-- > 0;)
            if (i < t->headings || j < t->o->count)
                fill_cell(t, i, j);
    }
}

nl_outline_step *nl_outline_diff(const nl_outline *o, size_t headings, size_t *count,
                                 nl_arena *arena) {
    table t = {.o = o, .headings = headings, .width = o->count + 1};
    t.choice = nl_arena_alloc(arena, (headings + 1) * t.width);
    t.row = NL_NEW_ARRAY(arena, uint32_t, t.width);
    t.below = NL_NEW_ARRAY(arena, uint32_t, t.width);
    fill(&t);
    nl_outline_step *steps = NL_NEW_ARRAY(arena, nl_outline_step, headings + o->count + 1);
    *count = 0;
    for (size_t i = 0, j = 0; i < headings || j < o->count;) {
        switch (t.choice[i * t.width + j]) {
        case TAKE:
            j = behind(&o->slots[j], j);
            i++;
            break;
        case SKIP:
            if (!o->slots[j].optional && !o->slots[j].loop)
                steps[(*count)++] = (nl_outline_step){NL_STEP_MISSING, i, j};
            j++;
            break;
        default:
            steps[(*count)++] = (nl_outline_step){NL_STEP_UNEXPECTED, i, 0};
            i++;
        }
    }
    return steps;
}
