/*
 * The fast look that lets nearly all clean text pass. A text that it lets pass holds no damage for
 * any finder.
 */
#ifndef NL_ENCODING_PREFILTER_H
#define NL_ENCODING_PREFILTER_H

#include "encoding/mojibake.h"
#include <stdbool.h>

/* Offset, at or after `from`, of the first unit at which a misread sequence may begin; n if none.
 */
size_t nl_prefilter(const char *p, size_t n, size_t from);

/* The same for all finders but that of escapes. */
size_t nl_prefilter_next(const char *p, size_t n, size_t from, const nl_mojibake_options *options);

/* The same by a look at each character: what the fast way is tested against. */
size_t nl_prefilter_slow(const char *p, size_t n, size_t from, const nl_mojibake_options *options);

/* Is there anything at all that a finder may take for damage? Given what was seen of the text. */
bool nl_prefilter_any(const char *p, size_t n, const nl_bytes_seen *seen,
                      const nl_mojibake_options *options);

#endif
