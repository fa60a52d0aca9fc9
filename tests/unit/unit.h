/* cmocka with what it wants to be included before it. */
#ifndef NL_TESTS_UNIT_H
#define NL_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A test that failed goes on nowhere, which cmocka says to nobody. */
#ifdef __clang_analyzer__
void _fail(const char *file, int line) /* NOLINT(*-redundant-declaration,*-identifier,cert-*) */
    __attribute__((noreturn));
#endif

#endif
