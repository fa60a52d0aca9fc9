/*
 * Is a text UTF-8, and what kinds of bytes does it hold? Sixteen bytes at a time for processors
 * with SSSE3, thirty-two for those with AVX2. UTF-8 by the lookup method of J. Keiser and D.
 * Lemire, "Validating UTF-8 in less than one instruction per byte", Software: Practice and
 * Experience 51 (2021): each pair of bytes is classified by three nibbles, and what is wrong with
 * it is the bits that all three classes share. Kinds by two nibbles of each byte, as G. Langdale
 * and D. Lemire do in "Parsing gigabytes of JSON per second", The VLDB Journal 28 (2019).
 */
#include "base/block.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

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

enum { CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUED };
enum { CONTINUED = TOO_LONG | OVERLONG_2 | TWO_CONTINUED };
enum { FROM_F4 = CARRY | TOO_LARGE | TOO_LARGE_1000 };

/* By the high nibble of a byte, its low nibble, and the high nibble of the next one. */
static const unsigned char by_high[16] = {TOO_LONG,
                                          TOO_LONG,
                                          TOO_LONG,
                                          TOO_LONG,
                                          TOO_LONG,
                                          TOO_LONG,
                                          TOO_LONG,
                                          TOO_LONG,
                                          TWO_CONTINUED,
                                          TWO_CONTINUED,
                                          TWO_CONTINUED,
                                          TWO_CONTINUED,
                                          TOO_SHORT | OVERLONG_2,
                                          TOO_SHORT,
                                          TOO_SHORT | OVERLONG_3 | SURROGATE,
                                          TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4};
static const unsigned char by_low[16] = {CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
                                         CARRY | OVERLONG_2,
                                         CARRY,
                                         CARRY,
                                         CARRY | TOO_LARGE,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4,
                                         FROM_F4 | SURROGATE,
                                         FROM_F4,
                                         FROM_F4};
static const unsigned char by_next[16] = {TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          CONTINUED | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
                                          CONTINUED | OVERLONG_3 | TOO_LARGE,
                                          CONTINUED | SURROGATE | TOO_LARGE,
                                          CONTINUED | SURROGATE | TOO_LARGE,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT,
                                          TOO_SHORT};

/* ---- Sixteen bytes -------------------------------------------------------------------------- */

#define SSSE3 __attribute__((target("ssse3")))

SSSE3 static __m128i load(const void *p) {
    return _mm_loadu_si128((const __m128i *)p);
}

SSSE3 static __m128i look_up(const unsigned char *table, __m128i bytes, bool high) {
    __m128i nibbles = high ? _mm_srli_epi16(bytes, 4) : bytes;
    return _mm_shuffle_epi8(load(table), _mm_and_si128(nibbles, _mm_set1_epi8(0x0F)));
}

/* Errors in a block, given the block before it. */
SSSE3 static __m128i errors(__m128i input, __m128i last) {
    __m128i one = _mm_alignr_epi8(input, last, 15);
    __m128i two = _mm_alignr_epi8(input, last, 14), three = _mm_alignr_epi8(input, last, 13);
    __m128i third = _mm_subs_epu8(two, _mm_set1_epi8((char)(0xE0 - 0x80)));
    __m128i fourth = _mm_subs_epu8(three, _mm_set1_epi8((char)(0xF0 - 0x80)));
    __m128i must = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
    __m128i pairs =
        _mm_and_si128(_mm_and_si128(look_up(by_high, one, true), look_up(by_low, one, false)),
                      look_up(by_next, input, true));
    return _mm_xor_si128(must, pairs);
}

SSSE3 bool nl_block_is_utf8(const char *p, size_t n) {
    enum { BLOCK = 16 };
    __m128i last = _mm_setzero_si128(), bad = _mm_setzero_si128();
    size_t i = 0;
    for (; i + BLOCK <= n; i += BLOCK) {
        __m128i input = load(p + i);
        bad = _mm_or_si128(bad, errors(input, last));
        last = input;
    }
    char tail[BLOCK] = {0}; /* zeros behind the end are ASCII: what is cut off is an error */
    memcpy(tail, p + i, n - i);
    bad = _mm_or_si128(bad, errors(load(tail), last));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(bad, _mm_setzero_si128())) == 0xFFFF;
}

bool nl_block_is_usable(void) {
    return __builtin_cpu_supports("ssse3");
}

/* ---- Thirty-two bytes ----------------------------------------------------------------------- */

#define AVX2 __attribute__((target("avx2")))

/* Kinds by the low nibble and by the high one: a byte is of those that both say. */
enum { C0_FIRST = 1, C0_SECOND = 2, DELETE = 4, AMPERSAND = 8, BACKSLASH = 16, TAB = 32, CR = 64 };
enum { SEMICOLON = 128 };
enum { ANY_C0 = C0_FIRST | C0_SECOND };
static const unsigned char kinds_by_low[16] = {ANY_C0,
                                               ANY_C0,
                                               ANY_C0,
                                               ANY_C0,
                                               ANY_C0,
                                               ANY_C0,
                                               ANY_C0 | AMPERSAND,
                                               ANY_C0,
                                               ANY_C0,
                                               C0_SECOND | TAB,
                                               C0_SECOND /* LF */,
                                               ANY_C0 | SEMICOLON,
                                               ANY_C0 | BACKSLASH,
                                               C0_SECOND | CR,
                                               ANY_C0,
                                               ANY_C0 | DELETE};
static const unsigned char kinds_by_high[16] = {
    C0_FIRST | TAB | CR, C0_SECOND, AMPERSAND, SEMICOLON, 0, BACKSLASH, 0, DELETE};

AVX2 static __m256i load_32(const void *p) {
    return _mm256_loadu_si256((const __m256i *)p);
}

AVX2 static __m256i table_32(const unsigned char *table) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}

AVX2 static __m256i look_up_32(const unsigned char *table, __m256i bytes, bool high) {
    __m256i nibbles = high ? _mm256_srli_epi16(bytes, 4) : bytes;
    return _mm256_shuffle_epi8(table_32(table), _mm256_and_si256(nibbles, _mm256_set1_epi8(0x0F)));
}

AVX2 static __m256i errors_32(__m256i input, __m256i last) {
    __m256i across = _mm256_permute2x128_si256(last, input, 0x21);
    __m256i one = _mm256_alignr_epi8(input, across, 15);
    __m256i two = _mm256_alignr_epi8(input, across, 14);
    __m256i three = _mm256_alignr_epi8(input, across, 13);
    __m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xE0 - 0x80)));
    __m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xF0 - 0x80)));
    __m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    __m256i pairs = _mm256_and_si256(
        _mm256_and_si256(look_up_32(by_high, one, true), look_up_32(by_low, one, false)),
        look_up_32(by_next, input, true));
    return _mm256_xor_si256(must, pairs);
}

/* What is known of the text so far. */
typedef struct looking {
    __m256i kinds, bad, last;
    unsigned last_high;    /* mask of bytes beyond ASCII */
    size_t high, high_end; /* where they stand */
} looking;

AVX2 static void note_high(looking *l, size_t at, unsigned mask) {
    if (l->high_end == 0)
        l->high = at + (unsigned)__builtin_ctz(mask);
    l->high_end = at + 32 - (unsigned)__builtin_clz(mask);
}

/* What kinds are among the bytes. Those beyond ASCII are of none, to which the instruction that
 * looks up says 0 by itself. */
AVX2 static inline __m256i kinds_of(__m256i input) {
    __m256i by_low_nibble = _mm256_shuffle_epi8(table_32(kinds_by_low), input);
    return _mm256_and_si256(by_low_nibble, look_up_32(kinds_by_high, input, true));
}

/* Blocks of ASCII behind ASCII cannot be wrong. */
AVX2 static inline void look_at_high(looking *l, size_t at, __m256i input) {
    unsigned high = (unsigned)_mm256_movemask_epi8(input);
    if (high | l->last_high) {
        l->bad = _mm256_or_si256(l->bad, errors_32(input, l->last));
        if (high)
            note_high(l, at, high);
    }
    l->last_high = high;
    l->last = input;
}

/* Two blocks, which mostly are ASCII both. */
AVX2 static inline void look_at_both(looking *l, size_t at, __m256i first, __m256i second) {
    l->kinds = _mm256_or_si256(l->kinds, _mm256_or_si256(kinds_of(first), kinds_of(second)));
    if (l->last_high || _mm256_movemask_epi8(_mm256_or_si256(first, second))) {
        look_at_high(l, at, first);
        look_at_high(l, at + sizeof first, second);
    } else {
        l->last = second;
    }
}

AVX2 static inline uint64_t lfs_of(__m256i input) {
    return (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(input, _mm256_set1_epi8('\n')));
}

/* Where lines begin behind LFs; a bit for each byte from `at` on. */
AVX2 static inline size_t *note_lines(size_t *lines, size_t at, uint64_t lfs) {
    for (; lfs; lfs &= lfs - 1)
        *lines++ = at + (unsigned)__builtin_ctzll(lfs) + 1;
    return lines;
}

AVX2 static bool has(__m256i kinds, unsigned bits) {
    return !_mm256_testz_si256(kinds, _mm256_set1_epi8((char)bits));
}

AVX2 nl_bytes_seen nl_block_see(const char *p, size_t n, size_t **lines) {
    enum { BLOCK = 32 };
    __m256i zero = _mm256_setzero_si256();
    looking l = {.kinds = zero, .bad = zero, .last = zero};
    size_t i = 0, *line = lines ? *lines : NULL;
    for (; i + 2 * BLOCK <= n; i += 2 * BLOCK) {
        __m256i first = load_32(p + i), second = load_32(p + i + BLOCK);
        look_at_both(&l, i, first, second);
        if (line)
            line = note_lines(line, i, lfs_of(first) | lfs_of(second) << BLOCK);
    }
    char tail[2 * BLOCK]; /* one blank or more behind the end: of no kind, and what is cut off an
                             error */
    memset(tail, ' ', sizeof tail);
    memcpy(tail, p + i, n - i);
    __m256i first = load_32(tail), second = load_32(tail + BLOCK);
    look_at_both(&l, i, first, second);
    if (line)
        *lines = note_lines(line, i, lfs_of(first) | lfs_of(second) << BLOCK);
    unsigned kinds = (l.high_end ? NL_BYTES_HIGH : 0u) |
                     (has(l.kinds, C0_FIRST | C0_SECOND | DELETE) ? NL_BYTES_CONTROL : 0u) |
                     (has(l.kinds, AMPERSAND) ? NL_BYTES_AMPERSAND : 0u) |
                     (has(l.kinds, BACKSLASH) ? NL_BYTES_BACKSLASH : 0u) |
                     (has(l.kinds, TAB) ? NL_BYTES_TAB : 0u) |
                     (has(l.kinds, CR) ? NL_BYTES_CR : 0u) |
                     (has(l.kinds, SEMICOLON) ? NL_BYTES_SEMICOLON : 0u) |
                     (has(l.bad, 0xFF) ? NL_BYTES_NOT_UTF8 : 0u);
    return (nl_bytes_seen){.kinds = kinds, .high = l.high, .high_end = l.high_end};
}

/* The last block ends where the text does, and may overlap the one before. */
AVX2 size_t nl_block_find(const nl_byte_set *set, const char *p, size_t n) {
    enum { BLOCK = NL_BLOCK_FIND_LEAST };
    for (size_t i = 0;; i = n - i >= 2 * (size_t)BLOCK ? i + BLOCK : n - BLOCK) {
        __m256i input = load_32(p + i);
        __m256i kinds = _mm256_and_si256(look_up_32(set->by_low, input, false),
                                         look_up_32(set->by_high, input, true));
        unsigned others =
            (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(kinds, _mm256_setzero_si256()));
        if (~others)
            return i + (unsigned)__builtin_ctz(~others);
        if (i + BLOCK == n)
            return n;
    }
}

bool nl_block_kinds_usable(void) {
    return __builtin_cpu_supports("avx2");
}
#else
bool nl_block_is_usable(void) {
    return false;
}

bool nl_block_is_utf8(const char *p, size_t n) {
    (void)p, (void)n;
    return false;
}

bool nl_block_kinds_usable(void) {
    return false;
}

nl_bytes_seen nl_block_see(const char *p, size_t n, size_t **lines) {
    (void)p, (void)n, (void)lines;
    return (nl_bytes_seen){0};
}

size_t nl_block_find(const nl_byte_set *set, const char *p, size_t n) {
    (void)set, (void)p;
    return n;
}
#endif
