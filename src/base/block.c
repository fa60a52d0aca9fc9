/*
 * Is a text UTF-8, and what kinds of bytes does it hold? Sixteen bytes at a time for processors
 * with SSSE3, sixty-four for those with AVX2. UTF-8 by the lookup method of J. Keiser and D.
 * Lemire, "Validating UTF-8 in less than one instruction per byte", Software: Practice and
 * Experience 51 (2021): each pair of bytes is classified by three nibbles, and what is wrong with
 * it is the bits that all three classes share. Kinds by two nibbles of each byte, as G. Langdale
 * and D. Lemire do in "Parsing gigabytes of JSON per second", The VLDB Journal 28 (2019).
 */
#include "base/block.h"

#include "base/halves64.h"
#include <string.h>

#if defined(NL_AVX2)

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

/* ---- Thirty-two bytes, and sixty-four ------------------------------------------------------- */

/* Kinds by the low nibble and by the high one: a byte is of those that both say. */
enum { C0_FIRST = 1, C0_SECOND = 2, DELETE = 4, AMPERSAND = 8, BACKSLASH = 16, TAB = 32, CR = 64 };
enum { SEMICOLON = 128 };
enum { ANY_C0 = C0_FIRST | C0_SECOND };
static const nl_byte_set all_kinds = {
    .by_low = {ANY_C0, ANY_C0, ANY_C0, ANY_C0, ANY_C0, ANY_C0, ANY_C0 | AMPERSAND, ANY_C0, ANY_C0,
               C0_SECOND | TAB, C0_SECOND /* LF */, ANY_C0 | SEMICOLON, ANY_C0 | BACKSLASH,
               C0_SECOND | CR, ANY_C0, ANY_C0 | DELETE},
    .by_high = {C0_FIRST | TAB | CR, C0_SECOND, AMPERSAND, SEMICOLON, 0, BACKSLASH, 0, DELETE}};

NL_AVX2 static __m256i load_32(const void *p) {
    return _mm256_loadu_si256((const __m256i *)p);
}

NL_AVX2 static __m256i table_32(const unsigned char *table) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}

NL_AVX2 static __m256i look_up_32(const unsigned char *table, __m256i bytes, bool high) {
    __m256i nibbles = high ? _mm256_srli_epi16(bytes, 4) : bytes;
    return _mm256_shuffle_epi8(table_32(table), _mm256_and_si256(nibbles, _mm256_set1_epi8(0x0F)));
}

NL_AVX2 static __m256i errors_32(__m256i input, __m256i last) {
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

NL_AVX2 static inline __m256i kinds_by(const nl_byte_set *set, __m256i input) {
    return _mm256_and_si256(look_up_32(set->by_low, input, false),
                            look_up_32(set->by_high, input, true));
}

/* What is known of the text so far. */
typedef struct looking {
    __m256i kinds, bad, last;
    uint64_t begun;        /* is the last byte the first one of a character of two? */
    bool open;             /* may the last byte be within a longer character? */
    size_t high, high_end; /* where bytes beyond ASCII stand */
} looking;

/* Has the block none but characters of one byte and two, all whole as far as it reaches? That costs
 * less than errors_32(), and most alphabets have no others. */
NL_AVX2 static inline bool has_pairs(looking *l, nl_halves64 b, uint64_t high) {
    uint64_t tail = nl_halves64_high_below(b, 0xC0), begun = l->begun;
    uint64_t lead = nl_halves64_high_below(b, 0xE0) & ~nl_halves64_high_below(b, 0xC2);
    l->begun = lead >> 63;
    return !l->open && (tail | lead) == high && (lead << 1 | begun) == tail;
}

NL_AVX2 static inline void look_at_high(looking *l, size_t at, nl_halves64 b) {
    uint64_t high = nl_halves64_bits(b.first, b.second);
    bool pairs = has_pairs(l, b, high);
    if (!pairs)
        l->bad = _mm256_or_si256(
            l->bad, _mm256_or_si256(errors_32(b.first, l->last), errors_32(b.second, b.first)));
    l->open = !pairs && high >> 63;
    if (high && l->high_end == 0)
        l->high = at + (unsigned)__builtin_ctzll(high);
    if (high)
        l->high_end = at + 64 - (unsigned)__builtin_clzll(high);
}

/* Blocks of ASCII behind what is whole cannot be wrong. */
NL_AVX2 static inline void look_at(looking *l, size_t at, nl_halves64 b) {
    __m256i kinds = _mm256_or_si256(kinds_by(&all_kinds, b.first), kinds_by(&all_kinds, b.second));
    l->kinds = _mm256_or_si256(l->kinds, kinds);
    unsigned high = (unsigned)_mm256_movemask_epi8(_mm256_or_si256(b.first, b.second));
    if (high | l->begun | l->open)
        look_at_high(l, at, b);
    l->last = b.second;
}

/* Where lines begin behind the LFs of the block. */
NL_AVX2 static inline size_t *note_lines(size_t *lines, size_t at, nl_halves64 b) {
    for (uint64_t lf = nl_halves64_equal(b, '\n'); lf; lf &= lf - 1)
        *lines++ = at + (size_t)__builtin_ctzll(lf) + 1;
    return lines;
}

/* All whole blocks of what stands at `at` in the text. */
NL_AVX2 static void look_at_blocks(looking *out, size_t at, const char *p, size_t n,
                                   size_t **lines) {
    looking l = *out;
    size_t *line = lines ? *lines : NULL;
    for (size_t i = 0; n - i >= NL_HALVES64; i += NL_HALVES64) {
        nl_halves64 b = nl_halves64_load((const unsigned char *)p + i);
        look_at(&l, at + i, b);
        if (line)
            line = note_lines(line, at + i, b);
    }
    *out = l;
    if (lines)
        *lines = line;
}

NL_AVX2 static bool has(__m256i kinds, unsigned bits) {
    return !_mm256_testz_si256(kinds, _mm256_set1_epi8((char)bits));
}

NL_AVX2 nl_bytes_seen nl_block_see(const char *p, size_t n, size_t **lines) {
    __m256i zero = _mm256_setzero_si256();
    looking l = {.kinds = zero, .bad = zero, .last = zero};
    look_at_blocks(&l, 0, p, n, lines);
    /* One blank or more behind the end: of no kind, and what is cut off is an error. */
    char tail[NL_HALVES64];
    size_t left = n % NL_HALVES64;
    memset(tail, ' ', sizeof tail);
    memcpy(tail, p + n - left, left);
    look_at_blocks(&l, n - left, tail, sizeof tail, lines);
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
NL_AVX2 size_t nl_block_find(const nl_byte_set *set, const char *p, size_t n) {
    enum { BLOCK = NL_BLOCK_FIND_LEAST };
    for (size_t i = 0;; i = n - i >= 2 * (size_t)BLOCK ? i + BLOCK : n - BLOCK) {
        __m256i kinds = kinds_by(set, load_32(p + i));
        unsigned others =
            (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(kinds, _mm256_setzero_si256()));
        if (~others)
            return i + (unsigned)__builtin_ctz(~others);
        if (i + BLOCK == n)
            return n;
    }
}

NL_AVX2 size_t nl_block_find_far(const nl_byte_set *set, const char *p, size_t n) {
    size_t i = 0;
    for (; n - i >= NL_HALVES64; i += NL_HALVES64) {
        nl_halves64 b = nl_halves64_load((const unsigned char *)p + i);
        __m256i kinds = _mm256_or_si256(kinds_by(set, b.first), kinds_by(set, b.second));
        if (!_mm256_testz_si256(kinds, kinds))
            break;
    }
    i = n - i >= NL_BLOCK_FIND_LEAST ? i : n - NL_BLOCK_FIND_LEAST;
    return i + nl_block_find(set, p + i, n - i);
}

NL_AVX2 uint64_t nl_block_which(const nl_byte_set *set, const char *p) {
    nl_halves64 b = nl_halves64_load((const unsigned char *)p);
    const __m256i zero = _mm256_setzero_si256();
    return ~nl_halves64_bits(_mm256_cmpeq_epi8(kinds_by(set, b.first), zero),
                             _mm256_cmpeq_epi8(kinds_by(set, b.second), zero));
}
#else
bool nl_block_is_usable(void) {
    return false;
}

bool nl_block_is_utf8(const char *p, size_t n) {
    (void)p, (void)n;
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

size_t nl_block_find_far(const nl_byte_set *set, const char *p, size_t n) {
    (void)set, (void)p;
    return n;
}

uint64_t nl_block_which(const nl_byte_set *set, const char *p) {
    (void)set, (void)p;
    return 0;
}
#endif
