/* What a reading is worth: neighbouring hits become one damage, with evidence and a verdict. */
#ifndef NL_ENCODING_JUDGE_H
#define NL_ENCODING_JUDGE_H

#include "encoding/search.h"

/* How often which chain was found, and with how much evidence. */
typedef struct nl_votes {
    struct {
        nl_guess chain;
        size_t hits;
        float bits;
    } items[16];
    int count;
} nl_votes;

typedef struct nl_verdicts {
    nl_votes votes;
    nl_damage *items; /* grown with nl_grow(); the caller frees */
    size_t count, cap;
    size_t most;        /* that are kept; 0: all */
    bool more;          /* one came when there were as many, so a loop may end */
    size_t searched_to; /* bytes behind this were not looked at yet */
    size_t record_end;  /* where a record's text ends; SIZE_MAX: the text is none */
} nl_verdicts;

/* Adds the damages of a reading of `count` units, the text's bytes [start, start + size). */
void nl_judge(nl_verdicts *out, const nl_unit *u, size_t count, size_t start, size_t size,
              const nl_reading *reading, const nl_prior *prior, nl_arena *arena);

/* The chains that the votes leave no doubt of, the most frequent first. */
void nl_votes_count(const nl_votes *votes, nl_prior *prior);

/* Adds one if it is to be kept; order and overlaps are settled by nl_verdicts_settle(). */
void nl_verdicts_add(nl_verdicts *out, const nl_damage *damage);

/* Orders the damages; of two that overlap the earlier added one stays. */
void nl_verdicts_settle(nl_verdicts *out);

#endif
