/* A fingerprint of bytes: XXH3, 128 bits. The only file that knows libxxhash. The same bytes give
 * the same fingerprint on every machine; it is no protection against someone who looks for
 * collisions. */
#ifndef NL_BASE_HASH_H
#define NL_BASE_HASH_H

#include "base/str.h"
#include <stdint.h>

typedef struct nl_hash {
    uint64_t high, low;
} nl_hash;

nl_hash nl_hash_of(nl_str bytes);
uint64_t nl_hash_short(nl_str bytes); /* of 64 bits */
int nl_hash_cmp(nl_hash a, nl_hash b);

#endif
