/*
 * Matching a sequence of headings against an outline, and the least difference between the two.
 *
 * An outline is a row of slots. A slot wants one heading; it may be optional, and it may take any
 * number. Items of a rule file become slots: {min: 2, max: 3} is two slots and an optional one.
 */
#ifndef NL_CHECK_OUTLINE_H
#define NL_CHECK_OUTLINE_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

enum {
    NL_OUTLINE_SLOTS = 1000,   /* at most */
    NL_OUTLINE_CELLS = 4 << 20 /* headings times slots for which the difference is looked for */
};

typedef struct nl_slot {
    size_t item; /* number of the item in the rule file */
    bool optional, loop;
} nl_slot;

typedef struct nl_outline {
    const nl_slot *slots;
    size_t count;
    bool (*fits)(void *context, size_t heading, size_t item);
    void *context;
} nl_outline;

/* A step of the difference, in order. */
typedef struct nl_outline_step {
    enum { NL_STEP_MISSING, NL_STEP_UNEXPECTED } kind;
    size_t heading; /* the unexpected one; or the one that the missing one must stand before, which
                       is the number of headings at the end */
    size_t slot;    /* the missing one */
} nl_outline_step;

/*
 * Does the outline take the headings? If not, *first is the first heading that no reading of the
 * outline explains, or `headings` if something is missing at the end. O(headings * slots) time,
 * O(slots) memory: all readings are followed at once.
 */
bool nl_outline_takes(const nl_outline *o, size_t headings, size_t *first, nl_arena *arena);

/*
 * The fewest steps that lead from the outline to the headings, in the arena; of as few the one that
 * takes most headings early. O(headings * slots) time and memory: call it for at most
 * NL_OUTLINE_CELLS. It is the alignment of Wagner and Fischer (1974), with optional and repeated
 * symbols.
 */
nl_outline_step *nl_outline_diff(const nl_outline *o, size_t headings, size_t *count,
                                 nl_arena *arena);

#endif
