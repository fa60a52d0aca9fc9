/* Fingerprints by libxxhash. */
#include "base/hash.h"

#include <xxhash.h>

nl_hash nl_hash_of(nl_str bytes) {
    XXH128_hash_t h = XXH3_128bits(bytes.n ? bytes.p : "", bytes.n);
    return (nl_hash){h.high64, h.low64};
}

uint64_t nl_hash_short(nl_str bytes) {
    return XXH3_64bits(bytes.n ? bytes.p : "", bytes.n);
}

int nl_hash_cmp(nl_hash a, nl_hash b) {
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}
