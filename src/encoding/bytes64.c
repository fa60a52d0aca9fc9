/* Sixty-four bytes by AVX2: bytes64.h. */
#include "encoding/bytes64.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* A block in two halves. */
typedef struct halves {
    __m256i first, second;
} halves;

AVX2 static inline uint64_t bits_of(__m256i first, __m256i second) {
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32 |
           (uint32_t)_mm256_movemask_epi8(first);
}

AVX2 static inline uint64_t equal(halves b, unsigned char c) {
    const __m256i all = _mm256_set1_epi8((char)c);
    return bits_of(_mm256_cmpeq_epi8(b.first, all), _mm256_cmpeq_epi8(b.second, all));
}

AVX2 static inline uint64_t from(halves b, unsigned char low) {
    const __m256i all = _mm256_set1_epi8((char)low);
    return bits_of(_mm256_cmpeq_epi8(_mm256_max_epu8(b.first, all), b.first),
                   _mm256_cmpeq_epi8(_mm256_max_epu8(b.second, all), b.second));
}

AVX2 static inline halves load(const unsigned char *p) {
    const __m256i *at = (const __m256i *)(const void *)p;
    return (halves){_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1)};
}

AVX2 void nl_bytes64_read_fast(const unsigned char *p, nl_bytes64 *out) {
    halves b = load(p);
    *out = (nl_bytes64){
        .from_80 = bits_of(b.first, b.second),
        .from_90 = from(b, 0x90),
        .from_b0 = from(b, 0xB0),
        .from_c0 = from(b, 0xC0),
        .from_d0 = from(b, 0xD0),
        .from_d3 = from(b, 0xD3),
        .from_e0 = from(b, 0xE0),
        .is_91 = equal(b, 0x91),
        .is_c2 = equal(b, 0xC2),
        .is_d0 = equal(b, 0xD0),
        .is_d1 = equal(b, 0xD1),
        .is_e2 = equal(b, 0xE2),
    };
}

AVX2 uint64_t nl_bytes64_leads_fast(const unsigned char *p) {
    halves b = load(p);
    if (!bits_of(b.first, b.second))
        return 0;
    return equal(b, 0xC2) | (from(b, 0xCC) & ~equal(b, 0xD0) & ~equal(b, 0xD1));
}

bool nl_bytes64_usable(void) {
    return __builtin_cpu_supports("avx2");
}
#else
bool nl_bytes64_usable(void) {
    return false;
}

void nl_bytes64_read_fast(const unsigned char *p, nl_bytes64 *out) {
    nl_bytes64_read(p, out);
}

uint64_t nl_bytes64_leads_fast(const unsigned char *p) {
    return nl_bytes64_leads(p);
}
#endif
