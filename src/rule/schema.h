/*
 * The JSON Schema (2020-12) of rule files, for completion and checking in editors
 * (`newslint rules --schema`). Made from the rows of the checks, so that it knows what the loader
 * knows; strict, but for what only a merged set can tell: whether an inherited rule exists, and
 * which options were set before. One line of JSON without an end.
 */
#ifndef NL_RULE_SCHEMA_H
#define NL_RULE_SCHEMA_H

#include "rule/check.h"

void nl_schema_write(const nl_check *const *checks, nl_buf *out);

#endif
