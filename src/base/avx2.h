/*
 * Functions marked NL_AVX2 are for processors with AVX2 (and BMI1, which all those have); whether
 * it is one is asked when the program runs.
 */
#ifndef NL_BASE_AVX2_H
#define NL_BASE_AVX2_H

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define NL_AVX2 __attribute__((target("avx2,bmi")))
#endif

static inline bool nl_avx2_usable(void) {
#if defined(NL_AVX2)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
#else
    return false;
#endif
}

#endif
