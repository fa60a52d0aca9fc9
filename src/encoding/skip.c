/*
 * Blocks of clean text: skip.h. What each block is asked is told by nl_bytes64; what only some
 * hold, more of the lead bytes, is looked for where they may be.
 */
#include "encoding/skip.h"

#include "base/avx2.h"
#include "encoding/bytes64.h"
#include "encoding/cyrillic.h"

/* Bits behind those of the mask: what stands k bytes after them. */
static uint64_t behind(uint64_t mask, int k) {
    return mask << k;
}

typedef struct block {
    const unsigned char *p;
    const nl_bytes64 *is;
    uint64_t lead, tail; /* first bytes of characters beyond ASCII; the others */
    uint64_t two, three; /* first bytes of characters so long */
    uint64_t paged;      /* those of them that some code page may have */
    uint64_t low;        /* first bytes below D0, but C2 */
    uint64_t odd;        /* what has to be looked at */
} block;

/* Where characters of three bytes and more begin otherwise than with E2. */
static void read_high(block *b) {
    const unsigned char *p = b->p;
    uint64_t from_f0 = nl_bytes64_from(p, 0xF0), from_a0 = nl_bytes64_from(p, 0xA0);
    uint64_t e9 = nl_bytes64_equal(p, 0xE9);
    b->three &= ~from_f0;
    b->paged |= nl_bytes64_equal(p, 0xEF);
    b->odd |= from_f0 | (behind(nl_bytes64_equal(p, 0xE0), 1) & ~from_a0) |
              (behind(nl_bytes64_equal(p, 0xED), 1) & from_a0);
    if (e9) /* `鈥` and `锟`, which UTF-8 read as GBK shows */
        b->odd |=
            behind(e9, 2) & ((behind(nl_bytes64_equal(p, 0x88), 1) & nl_bytes64_equal(p, 0xA5)) |
                             (behind(nl_bytes64_equal(p, 0x94), 1) & nl_bytes64_equal(p, 0x9F)));
}

static block block_of(const unsigned char *p, const nl_bytes64 *is) {
    block b = {.p = p, .is = is, .lead = is->from_c0, .tail = is->from_80 & ~is->from_c0};
    b.two = b.lead & ~is->from_e0;
    b.three = is->from_e0;
    b.paged = (b.lead & ~is->from_d3) | is->is_e2;
    b.low = b.lead & ~is->from_d0 & ~is->is_c2;
    if (is->from_e0 & ~is->is_e2)
        read_high(&b);
    if (b.low)
        b.odd |= b.lead & ~nl_bytes64_from(p, 0xC2);
    b.odd |= (behind(b.two | b.three, 1) | behind(b.three, 2)) ^ b.tail;
    return b;
}

/* Letters that stand for no continuation byte in any page: Greek and Vietnamese ones. (π and Ω do
 * in Mac Roman, which has no other Greek letters for the lead.) */
static uint64_t never_second_low(const block *b, uint64_t from_90) {
    const unsigned char *p = b->p;
    uint64_t ce = nl_bytes64_equal(p, 0xCE), cf = nl_bytes64_equal(p, 0xCF);
    uint64_t omega = nl_bytes64_equal(p, 0xA9) >> 1, pi = nl_bytes64_equal(p, 0x80) >> 1;
    uint64_t greek = (ce & from_90 & ~omega) | (cf & ~pi) |
                     ((ce | cf) & behind(ce | cf, 2) & from_90) | (cf & behind(ce | cf, 2));
    uint64_t vietnamese = nl_bytes64_equal(p, 0xC6) & ~(nl_bytes64_equal(p, 0x92) >> 1);
    return greek | vietnamese;
}

/* The same, and Russian ones. */
static uint64_t never_second(const block *b) {
    uint64_t d0 = b->is->is_d0, d1 = b->is->is_d1;
    uint64_t from_90 = (b->is->from_90 & b->tail) >> 1;
    uint64_t capital = d0 & from_90 & ~(b->is->from_b0 >> 1);
    uint64_t russian =
        (d0 & from_90 & ~(capital & behind(d1 | (d0 & ~from_90), 2))) | (d1 & ~from_90);
    return b->low ? russian | never_second_low(b, from_90) : russian;
}

/*
 * Letters that other languages have beside the Russian ones stand for continuation bytes in
 * Windows-1251; there a small letter before them would want two such. Only ё stands for one in
 * KOI8-R too, where small letters want one.
 */
static uint64_t lone_cyrillic(const block *b, uint64_t never) {
    uint64_t d0 = b->is->is_d0, d1 = b->is->is_d1, from_90 = (b->is->from_90 & b->tail) >> 1;
    uint64_t small = (d0 & b->is->from_b0 >> 1) | (d1 & ~from_90);
    uint64_t others = d1 & from_90 & ~(b->is->is_91 >> 1);
    return others & behind(small, 2) & ~((b->paged & ~never) >> 2);
}

/* Second characters of pairs. */
static uint64_t pairs(const block *b) {
    uint64_t second = b->paged & (behind(b->paged & b->two, 2) | behind(b->paged & b->three, 3));
    if (!second)
        return 0;
    /* Nothing is known of a character that begins with the last byte: no more than what stands
     * before its word is passed over, and the next block has all of it. */
    uint64_t last = (uint64_t)1 << (NL_BYTES64 - 1);
    uint64_t never = never_second(b) | last, boxed = b->paged & behind(b->is->is_e2, 3);
    if (boxed) /* CP866's box drawing is a lead byte to Russian letters too */
        boxed &= behind(nl_bytes64_from(b->p, 0x94), 2);
    second &= ~never;
    return boxed | (second ? second & ~lone_cyrillic(b, never) : 0);
}

/* C1 controls, capitals beyond ASCII behind a letter, and a letter before a question mark. */
static uint64_t stumps(const block *b) {
    uint64_t c2 = b->is->is_c2, c3 = b->low ? nl_bytes64_equal(b->p, 0xC3) : 0;
    if (!(c2 | c3))
        return 0;
    uint64_t low = b->tail & ~nl_bytes64_from(b->p, 0xA0), found = behind(c2, 1) & low;
    if (c3) {
        uint64_t letters = nl_bytes64_from(b->p, 'A');
        found |= behind(c3 & (behind(letters, 1) | 1), 1) & low;
        found |= behind(c3, 2) & nl_bytes64_equal(b->p, '?');
    }
    return found;
}

/* Bytes of the block that can be passed over; *stumbled is where something has to be looked at. */
static size_t pass(const block *b, size_t *stumbled) {
    uint64_t odd = b->odd | pairs(b) | stumps(b), other = ~b->paged;
    uint64_t ends = ~b->is->from_80 | behind(b->two & other, 1) | behind(b->three & other, 2);
    *stumbled = nl_bytes64_first(odd);
    if (odd)
        ends &= (odd & -odd) - 1;
    return nl_bytes64_end(ends);
}

/* Blocks that are Cyrillic are passed over with less ado; the one before tells what the next is
 * likely to be. */
size_t nl_skip(const unsigned char *p, size_t n, size_t *look) {
    bool fast = nl_avx2_usable(), cyrillic = nl_cyrillic_begins(*p);
    size_t at = 0, stumbled = NL_BYTES64, passed = 1;
    while (stumbled == NL_BYTES64 && passed > 0) {
        if (cyrillic)
            at += nl_cyrillic_pass(p + at, n - at, &stumbled);
        *look = at + stumbled + 1;
        if (stumbled < NL_BYTES64 || n - at < NL_BYTES64)
            break;
        nl_bytes64 is;
        fast ? nl_bytes64_read_fast(p + at, &is) : nl_bytes64_read(p + at, &is);
        block b = block_of(p + at, &is);
        passed = pass(&b, &stumbled);
        *look = at + stumbled + 1;
        at += passed;
        cyrillic = !(is.from_c0 & ~(is.is_c2 | is.is_d0 | is.is_d1 | is.is_e2));
    }
    return at;
}
