/* What the two files of the check `text` share. */
#ifndef NL_CHECK_TEXT_H
#define NL_CHECK_TEXT_H

#include "check/checks.h"
#include "rule/prose.h"

typedef struct nl_text_occurrence {
    const nl_pattern *pattern;
    int64_t min, max; /* -1: none */
} nl_text_occurrence;

/* Spellings of one word. */
typedef struct nl_text_spellings {
    const nl_pattern **patterns;
    size_t count;
} nl_text_spellings;

/* Where the one matches, the other must too. */
typedef struct nl_text_need {
    const nl_pattern *when, *then;
} nl_text_need;

typedef enum nl_text_case {
    NL_TEXT_SENTENCE,
    NL_TEXT_TITLE,
    NL_TEXT_LOWER,
    NL_TEXT_UPPER
} nl_text_case;

/* Their names, in that order. */
extern const char *const nl_text_cases[];

typedef struct nl_text_options {
    nl_texts in;
    nl_patterns forbid;
    nl_pairs replace;
    const nl_value *occurrences, *consistent, *needs_given;
    bool ignore_case, repeated;
    int letter_case; /* nl_text_case, or -1 */
    nl_texts except;
    /* made of the above */
    bool body, headings;
    size_t *paths;
    size_t path_count;
    const nl_pattern **replaced;
    nl_text_occurrence *counted;
    size_t counted_count;
    nl_text_spellings *words;
    size_t word_count;
    const nl_pattern *twice, *word;
    nl_text_need *needs;
    size_t need_count;
} nl_text_options;

typedef struct nl_text_places {
    nl_prose *items;
    size_t count, cap;
} nl_text_places;

typedef struct nl_text_looking {
    nl_scope *scope;
    const nl_rule *rule;
    size_t which, spelling; /* number of the option's entry */
    size_t seen;
    nl_span first; /* of consistent spellings: the first use, and of which */
    size_t first_spelling;
    size_t first_at; /* byte in its text */
    nl_map defined;  /* of `requires`: what `then` matched, and what was reported */
} nl_text_looking;

/* A finding at bytes [from, to) of a text, {found} and {value} set. */
nl_finding nl_text_finding(nl_scope *s, const nl_rule *rule, const nl_prose *p, size_t from,
                           size_t to);

typedef void nl_text_on_match(nl_text_looking *l, const nl_prose *p, const nl_groups *g);

/* Every match, one behind the other, up to a bound; an empty one counts and is stepped over. */
void nl_text_each_match(nl_text_looking *l, const nl_pattern *pattern, const nl_prose *p,
                        nl_text_on_match *then);

/* text_words.c: `repeated`, `case` and `requires`. */
bool nl_text_words_prepare(nl_load *load, nl_text_options *o);
void nl_text_words_look(nl_text_looking *l, const nl_text_places *all);

#endif
