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

bool nl_plain_is_ambiguous(nl_str text, nl_plain_reading *out);

/* Is it, as most are, a word or more that begins with a letter, and so not ambiguous for sure? */
static inline bool nl_plain_is_text(nl_str text) {
    return text.n > 3 && nl_is_alpha((unsigned char)text.p[0]);
}

#endif
