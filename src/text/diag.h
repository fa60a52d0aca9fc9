/*
 * A diagnostic is a span and a sentence, perhaps with a fix. A list collects them; nothing is
 * printed at discovery. All text is in the list's arena.
 */
#ifndef NL_TEXT_DIAG_H
#define NL_TEXT_DIAG_H

#include "base/arena.h"
#include "base/str.h"
#include "text/edit.h"
#include "text/source.h"

typedef enum nl_level { NL_OFF, NL_INFO, NL_WARNING, NL_ERROR } nl_level;

typedef struct nl_related {
    nl_str path;
    nl_position start, end; /* resolved, for it may lie in another text */
    nl_str message;
} nl_related;

typedef enum nl_about {
    NL_ABOUT_MEANING,
    NL_ABOUT_BYTES,  /* bytes or characters that are not what they should be */
    NL_ABOUT_PART,   /* the same, and void where an NL_ABOUT_DAMAGE explains them */
    NL_ABOUT_DAMAGE, /* bytes that are explained as damage */
    NL_ABOUT_GUESS,  /* the same, but no more than a guess: void where an NL_ABOUT_PART says what
                        they are */
    NL_ABOUT_VALUE,  /* what a value says; void where an NL_ABOUT_TYPE says it is no such thing */
    NL_ABOUT_TYPE    /* what type a value is of */
} nl_about;

typedef struct nl_diag {
    nl_str rule; /* "set/rule" */
    nl_level level;
    nl_span span;
    nl_str message;
    nl_str field, help, url; /* p == NULL: none */
    nl_related *related;
    size_t related_count;
    nl_fix *fix;    /* NULL: none */
    nl_about about; /* what kind of thing it speaks of, for dropping what is said twice */
} nl_diag;

typedef struct nl_diags {
    nl_arena *arena;
    nl_diag *items;
    size_t count, cap;
    size_t most;  /* that are kept; 0: all */
    bool dropped; /* a finding came when there were as many */
    unsigned cut; /* limits beyond which checks met more than they tell of: 1 << NL_LIMIT_… */
} nl_diags;

/* Are there as many as are kept? */
bool nl_diags_full(const nl_diags *list);

/* Adds an empty one (all zero but rule, level and span) and returns it, valid until the next. */
nl_diag *nl_diags_add(nl_diags *list, nl_str rule, nl_level level, nl_span span);

/* Orders by start, then rule id, then end, then message, then field; what is alike in all of these
 * and in level is one diagnostic (the one with a fix, else the first, is kept). Linearithmic.
 * Pointers into the list are void afterwards. */
void nl_diags_sort(nl_diags *list);

const char *nl_level_name(nl_level level); /* "error", "warning", "info", "off" */
bool nl_level_parse(nl_str name, nl_level *level);

#endif
