/*
 * Is a text UTF-8? For processors with SSSE3, sixteen bytes at a time by the lookup method of J.
 * Keiser and D. Lemire, "Validating UTF-8 in less than one instruction per byte", Software:
 * Practice and Experience 51 (2021): each pair of bytes is classified by three nibbles, and what is
 * wrong with it is the bits that all three classes share.
 */
#include "base/utf8_block.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <string.h>
#include <tmmintrin.h>

enum { BLOCK = 16 };

/* What can be wrong with two bytes; TWO_CONTINUED is wrong unless a lead asked for it. */
enum {
    TOO_SHORT = 1 << 0,  /* a lead without a continuation */
    TOO_LONG = 1 << 1,   /* ASCII before a continuation */
    OVERLONG_3 = 1 << 2, /* E0 80..9F */
    TOO_LARGE = 1 << 3,  /* F4 90..BF, F5..FF */
    SURROGATE = 1 << 4,  /* ED A0..BF */
    OVERLONG_2 = 1 << 5, /* C0, C1 */
    TOO_LARGE_1000 = 1 << 6,
    OVERLONG_4 = 1 << 6, /* F0 80..8F */
    TWO_CONTINUED = 1 << 7
};

#define SSSE3 __attribute__((target("ssse3")))

/* What is wrong, by the pair of each byte and the one before it. */
SSSE3 static __m128i pairs(__m128i input, __m128i before) {
    enum { CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUED };
    const __m128i low = _mm_set1_epi8(0x0F);
    const __m128i by_high = _mm_setr_epi8(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
        (char)TWO_CONTINUED, (char)TWO_CONTINUED, (char)TWO_CONTINUED, (char)TWO_CONTINUED,
        TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
        TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
    const __m128i by_low = _mm_setr_epi8(
        (char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2),
        (char)CARRY, (char)CARRY, (char)(CARRY | TOO_LARGE),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000));
    enum { CONTINUED = TOO_LONG | OVERLONG_2 | TWO_CONTINUED };
    const __m128i by_next = _mm_setr_epi8(
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        (char)(CONTINUED | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
        (char)(CONTINUED | OVERLONG_3 | TOO_LARGE), (char)(CONTINUED | SURROGATE | TOO_LARGE),
        (char)(CONTINUED | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
    __m128i high_of = _mm_and_si128(_mm_srli_epi16(before, 4), low);
    __m128i next_high = _mm_and_si128(_mm_srli_epi16(input, 4), low);
    return _mm_and_si128(_mm_and_si128(_mm_shuffle_epi8(by_high, high_of),
                                       _mm_shuffle_epi8(by_low, _mm_and_si128(before, low))),
                         _mm_shuffle_epi8(by_next, next_high));
}

/* Errors in a block, given the block before it. */
SSSE3 static __m128i block(__m128i input, __m128i last) {
    __m128i one = _mm_alignr_epi8(input, last, 15);
    __m128i two = _mm_alignr_epi8(input, last, 14), three = _mm_alignr_epi8(input, last, 13);
    __m128i third = _mm_subs_epu8(two, _mm_set1_epi8((char)(0xE0 - 0x80)));
    __m128i fourth = _mm_subs_epu8(three, _mm_set1_epi8((char)(0xF0 - 0x80)));
    __m128i must = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
    return _mm_xor_si128(must, pairs(input, one));
}

SSSE3 bool nl_utf8_block_valid(const char *p, size_t n) {
    __m128i last = _mm_setzero_si128(), bad = _mm_setzero_si128();
    size_t i = 0;
    for (; i + BLOCK <= n; i += BLOCK) {
        __m128i input = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        bad = _mm_or_si128(bad, block(input, last));
        last = input;
    }
    char tail[BLOCK] = {0}; /* zeros behind the end are ASCII: what is cut off is an error */
    memcpy(tail, p + i, n - i);
    __m128i input = _mm_loadu_si128((const __m128i *)(const void *)tail);
    bad = _mm_or_si128(bad, block(input, last));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(bad, _mm_setzero_si128())) == 0xFFFF;
}

bool nl_utf8_block_usable(void) {
    return __builtin_cpu_supports("ssse3");
}
#else
bool nl_utf8_block_usable(void) {
    return false;
}

bool nl_utf8_block_valid(const char *p, size_t n) {
    (void)p, (void)n;
    return false;
}
#endif
