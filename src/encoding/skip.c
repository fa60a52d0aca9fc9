/* Blocks of clean text: skip.h. */
#include "encoding/skip.h"

#include "encoding/bytes64.h"

/* Bits behind those of the mask: what stands k bytes after them. */
static uint64_t behind(uint64_t mask, int k) {
    return mask << k;
}

typedef struct block {
    uint64_t high, lead, tail; /* beyond ASCII; first bytes of characters; the others */
    uint64_t two, three;       /* first bytes of characters so long */
    uint64_t paged;            /* those of them that some code page may have */
} block;

static block block_of(const unsigned char *p) {
    block b;
    uint64_t from_e0 = nl_bytes64_from(p, 0xE0);
    b.high = nl_bytes64_from(p, 0x80);
    b.lead = nl_bytes64_from(p, 0xC0);
    b.tail = b.high & ~b.lead;
    b.two = b.lead & ~from_e0;
    b.three = from_e0 & ~nl_bytes64_from(p, 0xF0);
    b.paged = (b.lead & ~nl_bytes64_from(p, 0xD3)) | nl_bytes64_equal(p, 0xE2) |
              nl_bytes64_equal(p, 0xEF);
    return b;
}

/* What is not UTF-8, or a character of four bytes. */
static uint64_t wrong(const unsigned char *p, const block *b) {
    uint64_t from_a0 = nl_bytes64_from(p, 0xA0), e0 = nl_bytes64_equal(p, 0xE0),
             ed = nl_bytes64_equal(p, 0xED);
    uint64_t wanted = behind(b->two | b->three, 1) | behind(b->three, 2);
    uint64_t never = b->lead & ~(nl_bytes64_from(p, 0xC2) & (b->two | b->three));
    return (wanted ^ b->tail) | never | (behind(e0, 1) & ~from_a0) | (behind(ed, 1) & from_a0);
}

/* Letters that stand for no continuation byte in any page: Greek, Russian and Vietnamese ones. (π
 * and Ω do in Mac Roman, which has no other Greek letters for the lead.) */
static uint64_t never_second(const unsigned char *p, const block *b) {
    uint64_t from_90 = (nl_bytes64_from(p, 0x90) & b->tail) >> 1;
    uint64_t ce = nl_bytes64_equal(p, 0xCE), cf = nl_bytes64_equal(p, 0xCF);
    uint64_t omega = nl_bytes64_equal(p, 0xA9) >> 1, pi = nl_bytes64_equal(p, 0x80) >> 1;
    uint64_t greek = (ce & from_90 & ~omega) | (cf & ~pi) |
                     ((ce | cf) & behind(ce | cf, 2) & from_90) | (cf & behind(ce | cf, 2));
    uint64_t vietnamese = nl_bytes64_equal(p, 0xC6) & ~(nl_bytes64_equal(p, 0x92) >> 1);
    uint64_t d0 = nl_bytes64_equal(p, 0xD0), d1 = nl_bytes64_equal(p, 0xD1);
    uint64_t capital = d0 & from_90 & ~(nl_bytes64_from(p, 0xB0) >> 1);
    uint64_t russian =
        (d0 & from_90 & ~(capital & behind(d1 | (d0 & ~from_90), 2))) | (d1 & ~from_90);
    return greek | vietnamese | russian;
}

/*
 * Letters that other languages have beside the Russian ones stand for continuation bytes in
 * Windows-1251; there a small letter before them would want two such. Only ё stands for one in
 * KOI8-R too, where small letters want one.
 */
static uint64_t lone_cyrillic(const unsigned char *p, const block *b, uint64_t never) {
    uint64_t d0 = nl_bytes64_equal(p, 0xD0), d1 = nl_bytes64_equal(p, 0xD1);
    uint64_t from_90 = nl_bytes64_from(p, 0x90) & b->tail, from_b0 = nl_bytes64_from(p, 0xB0);
    uint64_t small = (d0 & from_b0 >> 1) | (d1 & ~(from_90 >> 1));
    uint64_t others = d1 & from_90 >> 1 & ~(nl_bytes64_equal(p, 0x91) >> 1);
    return others & behind(small, 2) & ~((b->paged & ~never) >> 2);
}

/* Second characters of pairs. */
static uint64_t pairs(const unsigned char *p, const block *b) {
    uint64_t second = b->paged & (behind(b->paged & b->two, 2) | behind(b->paged & b->three, 3));
    if (!second)
        return 0;
    /* CP866's box drawing is a lead byte to Russian letters too. */
    uint64_t boxes = nl_bytes64_equal(p, 0xE2) & nl_bytes64_from(p, 0x94) >> 1;
    uint64_t boxed = b->paged & behind(boxes, 3), never = never_second(p, b);
    second &= ~never;
    return boxed | (second ? second & ~lone_cyrillic(p, b, never) : 0);
}

/* C1 controls, capitals beyond ASCII behind a letter, and a letter before a question mark. */
static uint64_t stumps(const unsigned char *p, const block *b) {
    uint64_t c2 = nl_bytes64_equal(p, 0xC2), c3 = nl_bytes64_equal(p, 0xC3);
    uint64_t low = b->tail & ~nl_bytes64_from(p, 0xA0);
    uint64_t found = behind(c2, 1) & low;
    if (c3) {
        uint64_t letters = nl_bytes64_from(p, 'A');
        found |= behind(c3 & (behind(letters, 1) | 1), 1) & low;
        found |= behind(c3, 2) & nl_bytes64_equal(p, '?');
    }
    return found;
}

/* `鈥` and `锟`, which UTF-8 read as GBK shows. */
static uint64_t signatures(const unsigned char *p) {
    uint64_t e9 = nl_bytes64_equal(p, 0xE9);
    if (!e9)
        return 0;
    return behind(e9, 2) & ((behind(nl_bytes64_equal(p, 0x88), 1) & nl_bytes64_equal(p, 0xA5)) |
                            (behind(nl_bytes64_equal(p, 0x94), 1) & nl_bytes64_equal(p, 0x9F)));
}

/* Bytes of the block that can be passed over; *stumbled is where something has to be looked at. */
static size_t pass(const unsigned char *p, const block *b, bool escapes, size_t *stumbled) {
    uint64_t odd = wrong(p, b) | pairs(p, b) | stumps(p, b) | signatures(p);
    if (escapes)
        odd |= nl_bytes64_equal(p, '&') | nl_bytes64_equal(p, '\\');
    uint64_t other = ~b->paged;
    uint64_t ends = ~b->high | behind(b->two & other, 1) | behind(b->three & other, 2);
    *stumbled = nl_bytes64_first(odd);
    if (odd)
        ends &= (odd & -odd) - 1;
    return nl_bytes64_end(ends);
}

size_t nl_skip(const unsigned char *p, size_t n, bool escapes, size_t *look) {
    size_t at = 0, stumbled = NL_BYTES64, passed = 1;
    while (n - at >= NL_BYTES64 && stumbled == NL_BYTES64 && passed > 0) {
        block b = block_of(p + at);
        if (!b.high)
            break; /* for ASCII there are faster ways */
        passed = pass(p + at, &b, escapes, &stumbled);
        *look = at + stumbled + 1;
        at += passed;
    }
    return at;
}
