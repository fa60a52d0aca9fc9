/* The table of checks, made of checks.def. */
#include "check/checks.h"

#include <stddef.h>

const nl_check *const nl_checks[] = {
#define NL_CHECK(name) &nl_check_##name,
#include "check/checks.def"
#undef NL_CHECK
    NULL,
};
