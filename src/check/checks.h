/* The rows of all checks: one file and one line of checks.def each. */
#ifndef NL_CHECK_CHECKS_H
#define NL_CHECK_CHECKS_H

#include "rule/check.h"

#define NL_CHECK(name) extern const nl_check nl_check_##name;
#include "check/checks.def"
#undef NL_CHECK

/* NULL-terminated, in order of name. */
extern const nl_check *const nl_checks[];

#endif
