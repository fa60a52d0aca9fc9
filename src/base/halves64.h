/*
 * For processors with AVX2: sixty-four bytes in two registers, and which of them are of a kind, one
 * bit each, the first byte the lowest.
 */
#ifndef NL_BASE_HALVES64_H
#define NL_BASE_HALVES64_H

#include "base/avx2.h"

#if defined(NL_AVX2)
#include <immintrin.h>
#include <stdint.h>

enum { NL_HALVES64 = 64 };

typedef struct nl_halves64 {
    __m256i first, second;
} nl_halves64;

NL_AVX2 static inline nl_halves64 nl_halves64_load(const unsigned char *p) {
    const __m256i *at = (const __m256i *)(const void *)p;
    return (nl_halves64){_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1)};
}

/* The highest bits of the bytes. */
NL_AVX2 static inline uint64_t nl_halves64_bits(__m256i first, __m256i second) {
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32 |
           (uint32_t)_mm256_movemask_epi8(first);
}

NL_AVX2 static inline uint64_t nl_halves64_equal(nl_halves64 b, unsigned char c) {
    const __m256i all = _mm256_set1_epi8((char)c);
    return nl_halves64_bits(_mm256_cmpeq_epi8(b.first, all), _mm256_cmpeq_epi8(b.second, all));
}

/* Bytes from 80 on that are less: as signed ones those are the least. */
NL_AVX2 static inline uint64_t nl_halves64_high_below(nl_halves64 b, unsigned char limit) {
    const __m256i all = _mm256_set1_epi8((char)limit);
    return nl_halves64_bits(_mm256_cmpgt_epi8(all, b.first), _mm256_cmpgt_epi8(all, b.second));
}

NL_AVX2 static inline uint64_t nl_halves64_from(nl_halves64 b, unsigned char low) {
    const __m256i all = _mm256_set1_epi8((char)low);
    return nl_halves64_bits(_mm256_cmpeq_epi8(_mm256_max_epu8(b.first, all), b.first),
                            _mm256_cmpeq_epi8(_mm256_max_epu8(b.second, all), b.second));
}

#endif
#endif
