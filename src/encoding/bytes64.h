/*
 * Which of sixty-four bytes are of a kind, one bit each, the first byte the lowest. Where the
 * compiler is for x86-64, by its baseline SSE2, and what is asked of each block by AVX2 where the
 * processor has it; elsewhere by the plain loops, which say what is meant.
 */
#ifndef NL_ENCODING_BYTES64_H
#define NL_ENCODING_BYTES64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NL_BYTES64 = 64 };

/* Bytes from a number on, and bytes of a number: what skip.c asks of each block. */
typedef struct nl_bytes64 {
    uint64_t from_80, from_90, from_b0, from_c0, from_d0, from_d3, from_e0;
    uint64_t is_91, is_c2, is_d0, is_d1, is_e2;
} nl_bytes64;

/* By AVX2: the same as nl_bytes64_read(). */
void nl_bytes64_read_fast(const unsigned char *p, nl_bytes64 *out);

static inline uint64_t nl_bytes64_equal_plain(const unsigned char *p, unsigned char c) {
    uint64_t out = 0;
    for (size_t i = 0; i < NL_BYTES64; i++)
        out |= (uint64_t)(p[i] == c) << i;
    return out;
}

static inline uint64_t nl_bytes64_from_plain(const unsigned char *p, unsigned char low) {
    uint64_t out = 0;
    for (size_t i = 0; i < NL_BYTES64; i++)
        out |= (uint64_t)(p[i] >= low) << i;
    return out;
}

#if defined(__SSE2__) && defined(__GNUC__)
#include <emmintrin.h>

static inline __m128i nl_bytes64_quarter(const unsigned char *p, size_t k) {
    return _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * k));
}

static inline uint64_t nl_bytes64_equal(const unsigned char *p, unsigned char c) {
    const __m128i all = _mm_set1_epi8((char)c);
    uint64_t out = 0;
    for (size_t k = 0; k < 4; k++)
        out |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(nl_bytes64_quarter(p, k), all))
               << 16 * k;
    return out;
}

static inline uint64_t nl_bytes64_from(const unsigned char *p, unsigned char low) {
    const __m128i all = _mm_set1_epi8((char)low);
    uint64_t out = 0;
    for (size_t k = 0; k < 4; k++) {
        __m128i x = nl_bytes64_quarter(p, k);
        out |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(x, all), x))
               << 16 * k;
    }
    return out;
}
#else
static inline uint64_t nl_bytes64_equal(const unsigned char *p, unsigned char c) {
    return nl_bytes64_equal_plain(p, c);
}

static inline uint64_t nl_bytes64_from(const unsigned char *p, unsigned char low) {
    return nl_bytes64_from_plain(p, low);
}
#endif

static inline void nl_bytes64_read(const unsigned char *p, nl_bytes64 *out) {
    *out = (nl_bytes64){
        .from_80 = nl_bytes64_from(p, 0x80),
        .from_90 = nl_bytes64_from(p, 0x90),
        .from_b0 = nl_bytes64_from(p, 0xB0),
        .from_c0 = nl_bytes64_from(p, 0xC0),
        .from_d0 = nl_bytes64_from(p, 0xD0),
        .from_d3 = nl_bytes64_from(p, 0xD3),
        .from_e0 = nl_bytes64_from(p, 0xE0),
        .is_91 = nl_bytes64_equal(p, 0x91),
        .is_c2 = nl_bytes64_equal(p, 0xC2),
        .is_d0 = nl_bytes64_equal(p, 0xD0),
        .is_d1 = nl_bytes64_equal(p, 0xD1),
        .is_e2 = nl_bytes64_equal(p, 0xE2),
    };
}

/* Number of the lowest bit that is set; 64 when none is. */
static inline size_t nl_bytes64_first(uint64_t mask) {
#if defined(__GNUC__)
    return mask ? (size_t)__builtin_ctzll(mask) : NL_BYTES64;
#else
    size_t at = 0;
    while (at < NL_BYTES64 && !(mask >> at & 1))
        at++;
    return at;
#endif
}

/* Behind the highest bit that is set; 0 when none is. */
static inline size_t nl_bytes64_end(uint64_t mask) {
#if defined(__GNUC__)
    return mask ? NL_BYTES64 - (size_t)__builtin_clzll(mask) : 0;
#else
    size_t end = NL_BYTES64;
    while (end > 0 && !(mask >> (end - 1) & 1))
        end--;
    return end;
#endif
}

#endif
