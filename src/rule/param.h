/*
 * Option tables. Each check has rows that say what its options are called, what they take, their
 * defaults, bounds and help. From the rows come: the reading of rule files, `newslint explain`,
 * docs/checks.md and the JSON Schema of rule files.
 */
#ifndef NL_RULE_PARAM_H
#define NL_RULE_PARAM_H

#include "base/buf.h"
#include "base/time.h"
#include "doc/value.h"
#include "rule/expr.h"
#include "rule/pattern.h"
#include <stdint.h>

typedef enum nl_param_type {
    NL_PARAM_BOOL,     /* bool */
    NL_PARAM_COUNT,    /* int64_t >= 0; unset: -1 */
    NL_PARAM_NUMBER,   /* double; unset: NAN */
    NL_PARAM_TEXT,     /* nl_str; unset: p == NULL */
    NL_PARAM_TEXTS,    /* nl_texts: a list of strings, or one string */
    NL_PARAM_CHOICE,   /* int: index into choices; unset: -1 */
    NL_PARAM_CHOICES,  /* unsigned: a bit for each of choices; a list, one, or several with `|` */
    NL_PARAM_VALUES,   /* nl_choices: a list of scalars */
    NL_PARAM_PATTERN,  /* const nl_pattern *; unset: NULL */
    NL_PARAM_PATTERNS, /* nl_patterns: a list of regexes, or one */
    NL_PARAM_EXPR,     /* const nl_expr *; unset: NULL */
    NL_PARAM_TIME,     /* nl_bound */
    NL_PARAM_PATHS,    /* nl_path_numbers: a list of field paths, or one */
    NL_PARAM_PAIRS,    /* nl_pairs: a map from string to string */
    NL_PARAM_TREE      /* const nl_value *, read by the check's prepare(); unset: NULL */
} nl_param_type;

typedef struct nl_texts {
    nl_str *items;
    size_t count;
} nl_texts;

typedef struct nl_choices {
    const nl_value **items;
    size_t count;
} nl_choices;

typedef struct nl_patterns {
    const nl_pattern **items;
    size_t count;
} nl_patterns;

typedef struct nl_path_numbers {
    size_t *items;
    size_t count;
} nl_path_numbers;

typedef struct nl_pairs {
    nl_str *keys, *values;
    size_t count;
} nl_pairs;

/* A time, or the run's clock with something added. */
typedef struct nl_bound {
    bool set, from_now;
    nl_instant instant; /* if not from_now */
    int64_t shift;      /* seconds added to now */
    nl_str text;        /* as written */
} nl_bound;

typedef struct nl_param {
    const char *name;
    nl_param_type type;
    size_t offset;              /* in the check's options struct */
    const char *fallback;       /* the default as YAML, NULL: unset */
    const char *const *choices; /* NULL-terminated, for CHOICE and CHOICES */
    double min, max;            /* of COUNT and NUMBER, when max > min */
    bool wanted;                /* must be given */
    const char *help;           /* one sentence, Markdown */
    const char *schema;         /* of a TREE: what it takes, as a JSON Schema */
} nl_param;

/* Rows end with one whose name is NULL. */

/* What it takes, for people: "a whole number from 1 to 6", "one of date-time, date, either". */
void nl_param_takes(const nl_param *row, nl_buf *out);

#endif
