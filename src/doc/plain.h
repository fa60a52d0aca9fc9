/*
 * Plain scalars that YAML engines type differently: YAML 1.1 (https://yaml.org/type/, as PyYAML and
 * Ruby's Psych have it), the 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), and
 * js-yaml, which stands between them.
 */
#ifndef NL_DOC_PLAIN_H
#define NL_DOC_PLAIN_H

#include "base/str.h"

/* "`no` is {first}, but {second}; {cure}". All static. */
typedef struct nl_plain_reading {
    const char *first, *second, *cure;
} nl_plain_reading;

enum {
    NL_PLAIN_WORDS =
        1 << ('n' - 'a') | 1 << ('t' - 'a') | 1 << ('f' - 'a') | 1 << ('y' - 'a') | 1 << ('o' - 'a')
};

bool nl_plain_is_ambiguous(nl_str text, nl_plain_reading *out);

/* Are its first bytes such that it may be ambiguous? */
static inline bool nl_plain_may_be_ambiguous(nl_str text) {
    return text.n <= 3 || !nl_is_alpha((unsigned char)text.p[0]);
}

/* Is it, as most are, text to all engines for sure? It begins with a letter, and is longer than
 * `false` or begins as none of their words for null, true and false does. */
static inline bool nl_plain_is_text(nl_str text) {
    if (text.n == 0 || !nl_is_alpha((unsigned char)text.p[0]))
        return false;
    unsigned letter = ((unsigned char)text.p[0] | 0x20u) - 'a';
    return text.n > sizeof "false" - 1 || !(NL_PLAIN_WORDS >> letter & 1);
}

#endif
