/*
 * Plain scalars that YAML engines type differently: YAML 1.1 (https://yaml.org/type/, as PyYAML and
 * Ruby's Psych have it), the 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), and
 * js-yaml, which stands between them.
 */
#ifndef NL_RULE_PLAIN_H
#define NL_RULE_PLAIN_H

#include "base/str.h"

/* "`no` is {first}, but {second}; {cure}". All static. */
typedef struct nl_plain_reading {
    const char *first, *second, *cure;
} nl_plain_reading;

bool nl_plain_is_ambiguous(nl_str text, nl_plain_reading *out);

#endif
