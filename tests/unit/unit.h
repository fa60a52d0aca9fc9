/* cmocka with what it wants to be included before it. */
#ifndef NL_TESTS_UNIT_H
#define NL_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
