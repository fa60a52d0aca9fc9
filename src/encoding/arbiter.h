/*
 * Which of several code pages: when other chains can decode the same runs of a reading, the one
 * whose text is likeliest, letters and language together, takes them. `hĂĄlla` is `hålla` under
 * Windows-1250 and `hálla` under ISO 8859-2, and only the rest of the line tells that it is
 * Swedish.
 */
#ifndef NL_ENCODING_ARBITER_H
#define NL_ENCODING_ARBITER_H

#include "encoding/search.h"

void nl_arbitrate(nl_reading *reading, const nl_unit *u, size_t n, const nl_prior *prior,
                  nl_arena *arena);

#endif
