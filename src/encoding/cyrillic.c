/*
 * Which pairs of Cyrillic letters and marks no damage begins with: cyrillic.h. That nothing else is
 * passed over than what confirm.c would not take for damage, tests/unit/test_skip.c shows.
 */
#include "encoding/cyrillic.h"

#include "base/halves64.h"
#include "encoding/bytes64.h"

/* Bytes of a block that are of a kind, one bit each. */
typedef struct kinds {
    uint64_t high;                /* not ASCII */
    uint64_t to_8f, to_af, to_bf; /* from 80 to that */
    uint64_t is_d0, is_d1;
    uint64_t ukrainian; /* second bytes of є, і and ї: 94, 96, 97 */
} kinds;

/* What stands k bytes behind, or before, those of the mask. */
static inline uint64_t behind(uint64_t mask, int k) {
    return mask << k;
}

static inline uint64_t before(uint64_t mask, int k) {
    return mask >> k;
}

/* Characters, one bit each where they begin. */
typedef struct letters {
    uint64_t russian, capital, small; /* of the Russian alphabet but for Ё and ё */
    uint64_t ukrainian;               /* є, і and ї */
    uint64_t rest;                    /* all others: what may be second in a pair */
} letters;

static inline letters letters_of(const kinds *is) {
    uint64_t early = before(is->to_8f, 1);
    letters l = {.russian = (is->is_d0 & ~early) | (is->is_d1 & early)};
    l.capital = is->is_d0 & before(is->to_af ^ is->to_8f, 1);
    l.small = l.russian ^ l.capital;
    l.ukrainian = is->is_d1 & before(is->ukrainian, 1);
    l.rest = (is->high ^ is->to_bf) ^ l.russian;
    return l;
}

/*
 * Second characters of pairs behind a Russian letter that confirm.c never takes for damage under
 * the pages that have both, Windows-1251 and KOI8-R:
 *
 * - Behind two letters, the second a small one (`імені`, `слово…`): the first touches the sequence
 *   and is no part of one. Only sequences that a capital begins, or whose second byte is 80 (Ђ),
 *   may stand by themselves.
 * - A Ukrainian one behind a small letter (`дієта`): there it wants a third.
 * - A Ukrainian one behind a capital, where a letter touches them (`Він`): should that letter begin
 *   a sequence, it has something odd behind it, and then all of the word is looked at.
 */
static inline uint64_t harmless(const kinds *is, const letters *l) {
    uint64_t small = behind(l->small, 2), capital = behind(l->capital, 2);
    uint64_t within = behind(l->russian, 4);
    uint64_t touched = within | before(l->russian | l->ukrainian, 2);
    return (small & within & ~is->is_d0) |
           (l->ukrainian & ((small & ~before(l->rest, 2)) | (capital & touched)));
}

/* Second characters of pairs that must be looked at; those of two marks are not known yet. */
static inline uint64_t odd_ones(const kinds *is, const letters *l) {
    /* Capitals behind what begins sequences in CP866: р to я, Ё, Є, Ї. */
    uint64_t inner = l->capital & behind(is->is_d1 | (is->is_d0 & l->rest), 2);
    return (l->rest & behind(l->russian, 2) & ~harmless(is, l)) | inner;
}

/* What was passed over of a block: so many bytes, none where it is not for this file; and what is
 * odd then, so many bytes behind, NL_BYTES64 where nothing is. */
typedef struct passed {
    size_t bytes, odd;
} passed;

static passed pass_up_to(uint64_t high, uint64_t odd) {
    size_t end = nl_bytes64_end(~high);
    odd &= end ? ((uint64_t)1 << (end - 1)) - 1 : 0;
    if (!odd)
        return (passed){end, NL_BYTES64};
    end = nl_bytes64_end(~high & ((odd & -odd) - 1));
    return (passed){end, nl_bytes64_first(odd) - end};
}

/*
 * A block that has marks beyond ASCII, as few have, or something odd. A mark of no page but
 * Windows-1251 is not odd behind a small letter if it lacks a third (`м’я`); C1 controls are, and
 * marks behind marks.
 */
static passed pass_marks(const unsigned char *p, kinds is, uint64_t odd) {
    uint64_t c2 = nl_bytes64_equal(p, 0xC2), e2 = nl_bytes64_equal(p, 0xE2);
    uint64_t lead = is.is_d0 | is.is_d1 | c2 | e2, tail = behind(lead, 1) | behind(e2, 2);
    if (lead != (is.high ^ is.to_bf) || tail != is.to_bf || (behind(e2, 1) & ~is.to_8f))
        return (passed){0, NL_BYTES64};
    letters l = letters_of(&is);
    uint64_t apostrophe = e2 & before(nl_bytes64_equal(p, 0x80), 1);
    odd &= ~(apostrophe & behind(l.small, 2) & ~before(l.rest, 3));
    odd |= (c2 | e2) & (behind(c2, 2) | behind(e2, 3));
    odd |= behind(c2, 1) & ~nl_bytes64_from(p, 0xA0);
    return pass_up_to(is.high, odd);
}

#if defined(__GNUC__)
#define INLINE __attribute__((always_inline)) static inline
#else
#define INLINE static inline
#endif

/*
 * Passes over the words of a block that end in it, up to what is odd. What stands behind a word
 * that goes on is not known: it is left to the next block. In both loops below, or all masks would
 * go through memory.
 */
INLINE passed pass(const unsigned char *p, const kinds *is) {
    letters l = letters_of(is);
    uint64_t odd = odd_ones(is, &l), lead = is->is_d0 | is->is_d1,
             others = is->high ^ is->to_bf ^ lead;
    if (others && !nl_cyrillic_begins(p[nl_bytes64_first(others)]))
        return (passed){0, NL_BYTES64};
    if (odd | others | (behind(lead, 1) ^ is->to_bf))
        return pass_marks(p, *is, odd);
    return (passed){nl_bytes64_end(~is->high), NL_BYTES64};
}

size_t nl_cyrillic_pass_plain(const unsigned char *p, size_t n, size_t *odd) {
    passed so_far = {1, NL_BYTES64};
    size_t i = 0;
    while (n - i >= NL_BYTES64 && so_far.bytes && so_far.odd == NL_BYTES64) {
        const unsigned char *at = p + i;
        uint64_t high = nl_bytes64_from(at, 0x80);
        if (high) {
            kinds is = {
                .high = high,
                .to_8f = high & ~nl_bytes64_from(at, 0x90),
                .to_af = high & ~nl_bytes64_from(at, 0xB0),
                .to_bf = high & ~nl_bytes64_from(at, 0xC0),
                .is_d0 = nl_bytes64_equal(at, 0xD0),
                .is_d1 = nl_bytes64_equal(at, 0xD1),
                .ukrainian = nl_bytes64_equal(at, 0x94) | nl_bytes64_equal(at, 0x96) |
                             nl_bytes64_equal(at, 0x97),
            };
            so_far = pass(at, &is);
        }
        i += high ? so_far.bytes : NL_BYTES64;
    }
    *odd = so_far.odd;
    return i;
}

#if defined(NL_AVX2)

NL_AVX2 static inline __m256i is_ukrainian(__m256i b) {
    __m256i i_yi = _mm256_or_si256(_mm256_cmpeq_epi8(b, _mm256_set1_epi8((char)0x96)),
                                   _mm256_cmpeq_epi8(b, _mm256_set1_epi8((char)0x97)));
    return _mm256_or_si256(i_yi, _mm256_cmpeq_epi8(b, _mm256_set1_epi8((char)0x94)));
}

NL_AVX2 static size_t pass_fast(const unsigned char *p, size_t n, size_t *odd) {
    passed so_far = {1, NL_BYTES64};
    size_t i = 0;
    while (n - i >= NL_BYTES64 && so_far.bytes && so_far.odd == NL_BYTES64) {
        nl_halves64 b = nl_halves64_load(p + i);
        uint64_t high = nl_halves64_bits(b.first, b.second);
        if (high) {
            kinds is = {
                .high = high,
                .to_8f = nl_halves64_high_below(b, 0x90),
                .to_af = nl_halves64_high_below(b, 0xB0),
                .to_bf = nl_halves64_high_below(b, 0xC0),
                .is_d0 = nl_halves64_equal(b, 0xD0),
                .is_d1 = nl_halves64_equal(b, 0xD1),
                .ukrainian = nl_halves64_bits(is_ukrainian(b.first), is_ukrainian(b.second)),
            };
            so_far = pass(p + i, &is);
        }
        i += high ? so_far.bytes : NL_BYTES64;
    }
    *odd = so_far.odd;
    return i;
}
#endif

size_t nl_cyrillic_pass(const unsigned char *p, size_t n, size_t *odd) {
#if defined(NL_AVX2)
    if (nl_avx2_usable())
        return pass_fast(p, n, odd);
#endif
    return nl_cyrillic_pass_plain(p, n, odd);
}
