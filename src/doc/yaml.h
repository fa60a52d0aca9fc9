/*
 * YAML to a value tree, by libyaml's events; the only file that knows libyaml. Marks are turned
 * into bytes by walking code points in order, since libyaml's lines and columns are not an
 * editor's.
 */
#ifndef NL_DOC_YAML_H
#define NL_DOC_YAML_H

#include "doc/value.h"

typedef enum nl_yaml_trouble {
    NL_YAML_SYNTAX,        /* not YAML */
    NL_YAML_READER,        /* a byte or character that YAML forbids: C0/C1 control, not UTF-8 */
    NL_YAML_DUPLICATE_KEY, /* a key for the second time; `other` is the first */
    NL_YAML_KEY_KIND,      /* a key that is no string */
    NL_YAML_TOO_DEEP,
    NL_YAML_TOO_MANY, /* aliases that expand beyond reason */
    NL_YAML_TOO_LARGE,
    NL_YAML_TAB /* a tab where indentation is wanted */
} nl_yaml_trouble;

typedef struct nl_yaml_problem {
    nl_yaml_trouble trouble;
    nl_span span;   /* what is wrong, in the source */
    nl_span other;  /* a related place, or empty at 0 */
    nl_str message; /* one sentence: what was found, what was expected, the cure */
    nl_str related; /* what `other` is, or none */
    size_t order;   /* in which it was found */
} nl_yaml_problem;

typedef struct nl_yaml {
    nl_value *root;            /* NULL when it did not parse or is empty */
    nl_yaml_problem *problems; /* in order */
    size_t count;
    size_t unlisted;  /* problems beyond those that are kept (nl_limits.findings) */
    bool failed;      /* no tree: one of the problems is fatal, the last one */
    bool unambiguous; /* for sure no plain scalar that engines read differently (doc/plain.h) */
    bool trimmed;     /* for sure no string that begins or ends with white space */
} nl_yaml;

/*
 * Parses the bytes [span) of the source as one document. Characters that YAML forbids are reported
 * as NL_YAML_READER and the rest is parsed with placeholders in their stead, so that the tree is
 * there all the same; the values that hold them are `damaged` and have the true text. Under the
 * limits of the source; `depth` is the one that bounds the nesting.
 */
nl_yaml nl_yaml_parse(const nl_source *s, nl_span span, nl_limit_id depth, nl_arena *arena);

/* The same for JSON (RFC 8259), by a reader that keeps positions. */
nl_yaml nl_json_parse(const nl_source *s, nl_span span, nl_arena *arena);

#endif
