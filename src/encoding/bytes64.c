/* Sixty-four bytes by AVX2: bytes64.h. */
#include "encoding/bytes64.h"

#include "base/halves64.h"

#if defined(NL_AVX2)

NL_AVX2 void nl_bytes64_read_fast(const unsigned char *p, nl_bytes64 *out) {
    nl_halves64 b = nl_halves64_load(p);
    *out = (nl_bytes64){
        .from_80 = nl_halves64_bits(b.first, b.second),
        .from_90 = nl_halves64_from(b, 0x90),
        .from_b0 = nl_halves64_from(b, 0xB0),
        .from_c0 = nl_halves64_from(b, 0xC0),
        .from_d0 = nl_halves64_from(b, 0xD0),
        .from_d3 = nl_halves64_from(b, 0xD3),
        .from_e0 = nl_halves64_from(b, 0xE0),
        .is_91 = nl_halves64_equal(b, 0x91),
        .is_c2 = nl_halves64_equal(b, 0xC2),
        .is_d0 = nl_halves64_equal(b, 0xD0),
        .is_d1 = nl_halves64_equal(b, 0xD1),
        .is_e2 = nl_halves64_equal(b, 0xE2),
    };
}

#else
void nl_bytes64_read_fast(const unsigned char *p, nl_bytes64 *out) {
    nl_bytes64_read(p, out);
}
#endif
